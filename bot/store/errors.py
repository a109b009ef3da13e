"""What can be wrong with the database itself."""

from bot.jobcentre.errors import JobcentreError


class StoreError(JobcentreError):
    """The database cannot be used. The message says why and what to do."""
