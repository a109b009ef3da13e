"""Members of staff: added by an administrator, invited, signed in, shut out."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from zxcvbn import zxcvbn

from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.services import accounts
from bot.store.records import Role, StaffMember
from bot.store.unit_of_work import UnitOfWork

__all__ = ["Role", "StaffMember", "add"]

INVITATION_LASTS = timedelta(days=7)
TRIES = 5
"""Wrong passwords or codes in a row before an account is locked."""
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
"""Hashing a longer one costs the server more than it protects."""
_STRONG_ENOUGH = 3
"""Of zxcvbn's 0 to 4: safely unguessable to somebody who holds a copy of the hashes slowly hashed."""
_hasher = PasswordHasher()
_NOBODYS = _hasher.hash(secrets.token_urlsafe())
"""Checked where there is no such person, so that the time tells nobody which names there are."""


class SignIn(str, Enum):
    """What came of trying to sign in."""

    DONE = "done"
    REFUSED = "refused"
    """Wrong name or password. Which, is told to nobody."""
    LOCKED = "locked"
    NEEDS_CODE = "needs_code"
    """The password was right; the one-time code is missing or wrong."""


@dataclass(frozen=True)
class SignedIn:
    result: SignIn
    member: StaffMember | None = None


def add(work: UnitOfWork, name: str, role: Role, handles: Sequence[str] = (), *, by: str, at: datetime) -> StaffMember:
    """Add a member of staff who sees those accounts, or all. They cannot sign in to the console until they are invited.

    Raises NotFound for an account that there is not, Conflict where the name is taken.
    """
    name = " ".join(name.split())
    if not name:
        raise BadInput("a member of staff needs a name")
    member = work.staff.add(StaffMember(name, role, accounts=_handles(work, handles)))
    _audit(work, "add", None, member, by, at)
    return member


def change(
    work: UnitOfWork, name: str, role: Role, handles: Sequence[str], is_active: bool, *, by: str, at: datetime
) -> StaffMember:
    """Give a member another role or other accounts, or shut them out; open sessions end.

    Raises NotFound; Conflict where no active administrator would be left.
    """
    before = work.staff.get(name)
    after = replace(
        before,
        role=role,
        accounts=_handles(work, handles),
        is_active=is_active,
        session_version=before.session_version + 1,
    )
    _check_an_administrator_is_left(work, before, after)
    work.staff.save(after)
    _audit(work, "change", before, after, by, at)
    return after


# Invitations. A forgotten password is mended by another one.


def invite(work: UnitOfWork, name: str, *, by: str, at: datetime) -> str:
    """Returns the secret of a link with which they choose a password, once, within a week. Raises NotFound, and
    Conflict where they are shut out."""
    member = work.staff.get(name)
    if not member.is_active:
        raise Conflict(f"{member.name} is shut out: let them in again first")
    secret = secrets.token_urlsafe(32)
    invited = replace(
        member,
        invited_at=at,
        invited_by=by,
        invitation_hash=_digest(secret),
        invitation_expires_at=at + INVITATION_LASTS,
    )
    work.staff.save(invited)
    _audit(work, "invite", member, invited, by, at)
    return secret


def find_invited(work: UnitOfWork, secret: str, *, at: datetime) -> StaffMember | None:
    """Whom the link is for; None where it is used up, too old or none of ours."""
    found = work.staff.find_invited(_digest(secret))
    open_for = [m for m in found if m.is_active and m.invitation_expires_at and at < m.invitation_expires_at]
    return open_for[0] if open_for else None


def accept(work: UnitOfWork, secret: str, password: str, *, at: datetime) -> StaffMember:
    """Choose a password with a link; open sessions end, and so does a lock.

    Raises NotFound where the link is no good, BadInput for a password that is too easy.
    """
    member = find_invited(work, secret, at=at)
    if member is None:
        raise NotFound("this link has been used or is too old: ask an administrator for another one")
    check_password(password, member.name)
    accepted = replace(
        member,
        password_hash=_hasher.hash(password),
        invitation_hash=None,
        invitation_expires_at=None,
        failed_sign_ins=0,
        locked_until=None,
        session_version=member.session_version + 1,
    )
    work.staff.save(accepted)
    _audit(work, "choose password", member, accepted, member.name, at)
    return accepted


def check_password(password: str, name: str) -> None:
    """Raises BadInput for a password that is too short, too long or too easy to guess."""
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput(f"Password must be {SHORTEST_PASSWORD} characters or more")
    if len(password) > LONGEST_PASSWORD:
        raise BadInput(f"Password must be {LONGEST_PASSWORD} characters or fewer")
    if zxcvbn(password[:72], user_inputs=[*name.split(), "jobcentre", "dwp"])["score"] < _STRONG_ENOUGH:
        raise BadInput("Password is too easy to guess. Three random words make a good one")


# Signing in


def sign_in(work: UnitOfWork, name: str, password: str, code: str = "", *, at: datetime) -> SignedIn:
    """Check a name, a password and, where the member has a second factor, a one-time code. Never raises: what came of
    it is kept, so that wrong tries count."""
    member = _member_called(work, name)
    if member is None or not member.is_active or member.password_hash is None:
        _is_password(_NOBODYS, password)
        return SignedIn(SignIn.REFUSED)
    if member.locked_until and at < member.locked_until:
        return SignedIn(SignIn.LOCKED)
    if not _is_password(member.password_hash, password):
        return SignedIn(_count_a_failure(work, member, at, SignIn.REFUSED))
    if member.totp_secret and not code:
        return SignedIn(SignIn.NEEDS_CODE)
    if member.totp_secret and not _is_code(member, code, at):
        return SignedIn(_count_a_failure(work, member, at, SignIn.NEEDS_CODE))
    signed_in = replace(
        member, failed_sign_ins=0, locked_until=None, last_sign_in_at=at, last_code=code or member.last_code
    )
    if _hasher.check_needs_rehash(str(member.password_hash)):
        signed_in = replace(signed_in, password_hash=_hasher.hash(password))
    work.staff.save(signed_in)
    _audit(work, "sign in", None, signed_in, member.name, at)
    return SignedIn(SignIn.DONE, signed_in)


def find_signed_in(work: UnitOfWork, number: int, session_version: int) -> StaffMember | None:
    """Whose session it is; None where it has ended or they are shut out."""
    try:
        member = work.staff.get_by_id(number)
    except NotFound:
        return None
    return member if member.is_active and member.session_version == session_version else None


def end_sessions(work: UnitOfWork, member: StaffMember) -> None:
    """Sign them out everywhere."""
    work.staff.save(replace(member, session_version=member.session_version + 1))


# One-time codes


def new_code_secret() -> str:
    return pyotp.random_base32()


def code_address(member: StaffMember, secret: str) -> str:
    """What an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=member.name, issuer_name="Jobcentre Assistant")


def use_codes(work: UnitOfWork, name: str, secret: str, code: str, *, at: datetime) -> StaffMember:
    """Ask for one-time codes from now on. Raises BadInput where the first code is wrong."""
    member = work.staff.get(name)
    if not pyotp.TOTP(secret).verify(_digits(code), for_time=at, valid_window=1):
        raise BadInput("Enter the code that your app shows now")
    changed = replace(member, totp_secret=secret, last_code=_digits(code))
    work.staff.save(changed)
    _audit(work, "use codes", member, changed, member.name, at)
    return changed


def drop_codes(work: UnitOfWork, name: str, *, by: str, at: datetime) -> StaffMember:
    """Ask for no codes any more: the phone is lost, say."""
    member = work.staff.get(name)
    changed = replace(member, totp_secret=None, last_code=None, session_version=member.session_version + 1)
    work.staff.save(changed)
    _audit(work, "drop codes", member, changed, by, at)
    return changed


# Inside


def _member_called(work: UnitOfWork, name: str) -> StaffMember | None:
    try:
        return work.staff.get(name)
    except NotFound:
        return None


def _is_password(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password[:LONGEST_PASSWORD])
    except VerificationError:
        return False


def _is_code(member: StaffMember, code: str, at: datetime) -> bool:
    """Whether it is the code of this half minute or one beside it, and not the one used last."""
    said = _digits(code)
    return said != member.last_code and pyotp.TOTP(str(member.totp_secret)).verify(said, for_time=at, valid_window=1)


def _digits(code: str) -> str:
    return "".join(code.split())


def _count_a_failure(work: UnitOfWork, member: StaffMember, at: datetime, result: SignIn) -> SignIn:
    failures = member.failed_sign_ins + 1
    is_locked = failures >= TRIES
    work.staff.save(
        replace(
            member,
            failed_sign_ins=0 if is_locked else failures,
            locked_until=at + LOCKED_FOR if is_locked else None,
        )
    )
    if is_locked:
        _audit(work, "lock", None, member, member.name, at)
    return SignIn.LOCKED if is_locked else result


def _digest(secret: str) -> str:
    """Of a secret of 256 random bits, which needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _handles(work: UnitOfWork, handles: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(accounts.get(work, handle).handle for handle in handles))


def _check_an_administrator_is_left(work: UnitOfWork, before: StaffMember, after: StaffMember) -> None:
    if after.is_active and after.role is Role.ADMINISTRATOR:
        return
    others = [m for m in work.staff.find_all() if m.is_active and m.role is Role.ADMINISTRATOR and m.id != before.id]
    if before.role is Role.ADMINISTRATOR and before.is_active and not others:
        raise Conflict(f"{before.name} is the only administrator: make somebody else one first")


def _json(member: StaffMember) -> dict[str, Any]:
    """What the history tells of a member: nothing secret."""
    return {
        "name": member.name,
        "role": member.role.value,
        "accounts": list(member.accounts),
        "is_active": member.is_active,
        "uses_codes": member.totp_secret is not None,
    }


def _audit(
    work: UnitOfWork, action: str, before: StaffMember | None, after: StaffMember, by: str, at: datetime
) -> None:
    work.audit.add(
        by=by,
        action=action,
        subject_type="staff",
        subject_id=str(after.id),
        at=at,
        before=_json(before) if before else None,
        after=_json(after),
    )
