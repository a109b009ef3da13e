"""What can come of a call to X, told apart by what has to happen next. None of it holds a message's text or a token."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from bot.channels.x.rates import Scope


class XError(Exception):
    """X did not do what it was asked, or did not say that it did."""

    def __init__(self, told: str, status: int | None = None) -> None:
        super().__init__(f"X answered {status}: {told}" if status else told)
        self.status = status


class TokenRefused(XError):
    """401: the account's tokens are wrong, revoked or expired, this computer's clock is wrong, or X has a bad hour.
    The account waits, and people look; its tokens are kept."""

    def __init__(self, told: str, skew: timedelta = timedelta()) -> None:
        """`skew`: how far our clock is ahead of X's, where that is too much for a signature; else nothing."""
        super().__init__(f"{told}; our clock differs from X's by {abs(skew)}" if skew else told, 401)
        self.skew = skew


class Refusal(Enum):
    """Why X forbids something."""

    RECIPIENT = "recipient"
    """This person takes no messages from us, or none at all: never try again."""
    PERMISSION = "permission"
    """The account did not allow the app to read and send messages."""
    APP = "app"
    """The app itself may not: it concerns every account."""
    SUSPENDED = "suspended"
    """The account is suspended or locked."""
    POLICY = "policy"
    """Not now: X's own protection against too much of a thing. Wait for hours."""


class NotAllowed(XError):
    """403. Asking again changes nothing."""

    def __init__(self, told: str, refusal: Refusal) -> None:
        super().__init__(told, 403)
        self.refusal = refusal


class RateLimited(XError):
    """429: nothing was done, and nothing will be before `until`, for the account or (`scope`) for the whole app."""

    def __init__(self, until: datetime, scope: Scope | None) -> None:
        """`scope`: which limit; None where X did not say, and `until` is a guess."""
        super().__init__(f"too many calls{f' ({scope.value})' if scope else ''}, until {until:%Y-%m-%d %H:%M:%S}", 429)
        self.until = until
        self.scope = scope


class CreditsExhausted(XError):
    """402, or a cap on use: nothing works on any account until somebody pays."""


class NotFound(XError):
    """404: there is no such person, conversation or message."""


class Misasked(XError):
    """400 and its like: X does not understand us. A fault in this program; asking again changes nothing."""


class Unavailable(XError):
    """X could not be reached or was out of order, and surely did nothing: try again later."""


class BadAnswer(Unavailable):
    """X said that all was well, and what it sent cannot be read. Only of calls that change nothing."""


class Unsure(XError):
    """Nobody knows whether the message was sent. Look at the conversation before anything is sent again."""
