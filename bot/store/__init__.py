"""The same things, kept: tables, repositories, unit of work, migrations."""
