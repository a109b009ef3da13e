"""Members of staff: added by an administrator, invited, signed in, shut out."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection, Sequence
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
from bot.services.public_words import check_plain, tidy
from bot.store.records import Role, StaffMember
from bot.store.unit_of_work import UnitOfWork

__all__ = ["Role", "StaffMember", "add"]

INVITATION_LASTS = timedelta(days=7)
TRIES = 5
"""Wrong passwords or codes in a row before an account is locked."""
LOCKED_FOR = timedelta(minutes=15)
NAME_AT_MOST = 80
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
class Checked:
    """A password held against the hash that was kept at the time."""

    kept: str
    is_right: bool
    renewed: str = ""
    """A hash by what counts as slow enough today, where the one kept is older."""


@dataclass(frozen=True)
class SignedIn:
    result: SignIn
    member: StaffMember | None = None


def add(work: UnitOfWork, name: str, role: Role, handles: Sequence[str] = (), *, by: str, at: datetime) -> StaffMember:
    """Add a member of staff who sees those accounts, or all. They cannot sign in to the console until they are invited.

    Raises NotFound for an account that there is not, Conflict where the name is taken, BadInput for what is no name
    and for an administrator who would not see all accounts.
    """
    name = tidy(name)  # two names that look alike are one: the history is told by names
    if not name:
        raise BadInput("a member of staff needs a name")
    check_plain(name, "the name", NAME_AT_MOST)
    member = work.staff.add(StaffMember(name, role, accounts=_seen_by(work, role, handles)))
    _audit(work, "add", None, member, by, at)
    return member


def change(
    work: UnitOfWork, name: str, role: Role, handles: Sequence[str], is_active: bool, *, by: str, at: datetime
) -> StaffMember:
    """Give a member another role or other accounts, or shut them out; open sessions end, and so does an open link of
    whoever is shut out.

    Raises NotFound; Conflict where no active administrator would be left; BadInput as `add`.
    """
    work.audit.hold()  # or two administrators could take away each other's role at once
    before = work.staff.hold(name)
    after = replace(
        before,
        role=role,
        accounts=_seen_by(work, role, handles),
        is_active=is_active,
        invitation_hash=before.invitation_hash if is_active else None,
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
    member = work.staff.hold(name)
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
    invited = find_invited(work, secret, at=at)
    member = work.staff.hold(invited.name) if invited else None
    if member is None or member.invitation_hash != _digest(secret):
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


def find_hash(work: UnitOfWork, name: str) -> str:
    """What a password for that name is to be checked against: nobody's where nobody can sign in by it."""
    try:
        member = work.staff.get(name)
    except NotFound:
        return _NOBODYS
    return member.password_hash if member.is_active and member.password_hash else _NOBODYS


def check(kept: str, password: str) -> Checked:
    """Outside of any piece of work: it is slow on purpose, and nobody who writes is to wait for it."""
    is_right = _is_password(kept, password)
    is_old = is_right and _hasher.check_needs_rehash(kept)
    return Checked(kept, is_right, _hasher.hash(password) if is_old else "")


def sign_in(
    work: UnitOfWork, name: str, checked: Checked, code: str = "", *, at: datetime, known_to: Collection[int] = ()
) -> SignedIn:
    """With a name, a checked password and, where the member has a second factor, a one-time code. Never raises: what
    came of it is kept, so that wrong tries count. A password that was changed since it was checked is wrong.

    `known_to`: numbers of the members who have signed in with that browser before. They are not locked out of it by
    what others try elsewhere, nor does what is tried there count: how often it may be is for the caller to limit.
    """
    member = _member_called(work, name)
    if member is None or not member.is_active or member.password_hash is None:
        return SignedIn(SignIn.REFUSED)
    is_known = member.id in known_to
    is_locked = not is_known and member.locked_until is not None and at < member.locked_until
    if is_locked:
        return SignedIn(SignIn.LOCKED)
    if not checked.is_right or checked.kept != member.password_hash:
        return SignedIn(_failed(work, member, at, SignIn.REFUSED, is_known))
    if member.totp_secret and not code:
        return SignedIn(SignIn.NEEDS_CODE)
    step = _step_of(member.totp_secret, code, at) if member.totp_secret else member.last_code_step
    if member.totp_secret and step <= member.last_code_step:
        return SignedIn(_failed(work, member, at, SignIn.NEEDS_CODE, is_known))
    signed_in = replace(member, last_sign_in_at=at, last_code_step=step)
    if not is_known:
        signed_in = replace(signed_in, failed_sign_ins=0, locked_until=None)
    if checked.renewed:
        signed_in = replace(signed_in, password_hash=checked.renewed)
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
    """Sign them out everywhere: a copy of a cookie is worth nothing either."""
    held = work.staff.hold(member.name)
    work.staff.save(replace(held, session_version=held.session_version + 1))


# One-time codes


def new_code_secret() -> str:
    return pyotp.random_base32()


def code_address(member: StaffMember, secret: str) -> str:
    """What an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=member.name, issuer_name="Jobcentre Assistant")


def use_codes(work: UnitOfWork, name: str, secret: str, code: str, *, at: datetime) -> StaffMember:
    """Ask for one-time codes from now on; open sessions end. Raises BadInput where the first code is wrong."""
    member = work.staff.hold(name)
    step = _step_of(secret, code, at)
    if not step:
        raise BadInput("Enter the code that your app shows now")
    changed = replace(member, totp_secret=secret, last_code_step=step, session_version=member.session_version + 1)
    work.staff.save(changed)
    _audit(work, "use codes", member, changed, member.name, at)
    return changed


def drop_codes(work: UnitOfWork, name: str, *, by: str, at: datetime) -> StaffMember:
    """Ask for no codes any more: the phone is lost, say."""
    member = work.staff.hold(name)
    changed = replace(member, totp_secret=None, last_code_step=0, session_version=member.session_version + 1)
    work.staff.save(changed)
    _audit(work, "drop codes", member, changed, by, at)
    return changed


# Inside


def _member_called(work: UnitOfWork, name: str) -> StaffMember | None:
    try:
        return work.staff.hold(name)
    except NotFound:
        return None


def _is_password(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password[:LONGEST_PASSWORD])
    except VerificationError:
        return False


def _step_of(secret: str, code: str, at: datetime) -> int:
    """The half minute whose code it is: this one or one beside it; 0 where it is none of theirs."""
    codes, said = pyotp.TOTP(secret), "".join(code.split()).encode()
    this = codes.timecode(at)
    near = (step for step in (this - 1, this, this + 1) if hmac.compare_digest(codes.generate_otp(step).encode(), said))
    return next(near, 0)


def _failed(work: UnitOfWork, member: StaffMember, at: datetime, result: SignIn, is_known: bool) -> SignIn:
    """What came of it, counted unless the browser is known."""
    if is_known:
        return result
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


def _seen_by(work: UnitOfWork, role: Role, handles: Sequence[str]) -> tuple[str, ...]:
    """Raises BadInput for an administrator of some accounts: who may sign in is one question for all of them."""
    if role is Role.ADMINISTRATOR and handles:
        raise BadInput("an administrator sees all accounts: choose none of them, or another role")
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
