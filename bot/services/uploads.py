"""Files that staff handed in and have not decided on yet: kept from looking at what they would change to doing it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.services.files import ImportReport
from bot.store.unit_of_work import UnitOfWork

KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Upload:
    """One file. A person has at most one of a kind."""

    name: str
    text: str
    at: str
    """ISO text."""
    is_complete: bool = False
    """Whether what the file lacks is to be retired."""

    @property
    def data(self) -> bytes:
        return self.text.encode("utf-8")


def keep(work: UnitOfWork, kind: str, member: int, upload: Upload) -> None:
    """In the place of the person's last one of that kind."""
    work.settings.put(_key(kind, member), asdict(upload))


def find(work: UnitOfWork, kind: str, member: int, at: datetime) -> Upload | None:
    """None where there is none, or it has lain too long."""
    held = work.settings.get(_key(kind, member))
    upload = Upload(**held) if held else None
    return upload if upload and datetime.fromisoformat(upload.at) + KEPT_FOR > at else None


def drop(work: UnitOfWork, kind: str, member: int) -> None:
    work.settings.remove(_key(kind, member))


def digest(report: ImportReport) -> str:
    """Of what a file would do: another one where the file or what is held has changed since."""
    return sha256(repr(report.rows).encode("utf-8")).hexdigest()


def _key(kind: str, member: int) -> str:
    return f"console_upload:{kind}:{member}"
