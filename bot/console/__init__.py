"""The staff console: pages in GOV.UK style. Staff change what the assistant says in seconds, from a phone."""
