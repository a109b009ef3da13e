"""Many advisers at one queue, some of them killed: each conversation is claimed once, and none is lost: `make race`.

    python -m benchmarks.race [--advisers 50] [--handoffs 500] [--kills 60] [--seed 1]

On SQLite, and on PostgreSQL: the server that JOBCENTRE_TEST_POSTGRESQL names, or else a throw-away one where the
program is installed. Prints one JSON line.
"""
