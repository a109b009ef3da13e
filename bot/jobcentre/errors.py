"""Errors a person can put right.

JobcentreError
 ├─ BadInput     what was given cannot be used; the message says what is wrong and what to do
 ├─ NotFound     nothing has that name
 └─ Conflict     somebody else changed or claimed it first
"""


class JobcentreError(Exception):
    """Something a person can put right; the message is fit to show them."""


class BadInput(JobcentreError, ValueError):
    """What was given cannot be used. The message says what is wrong, where, and what to do."""


class NotFound(JobcentreError, LookupError):
    """Nothing has the name or number that was given."""


class Conflict(JobcentreError):
    """The thing changed, or was taken by somebody else, in the meantime."""
