"""So many of so many: what every figure is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """How many of some messages something holds for."""

    right: int
    of: int

    @property
    def percent(self) -> float:
        return round(100 * self.right / self.of, 1) if self.of else 0.0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    def __str__(self) -> str:
        return f"{self.percent:.1f} % ({self.right} of {self.of})"

    def to_dict(self) -> dict[str, int]:
        return {"right": self.right, "of": self.of}

    @classmethod
    def from_dict(cls, data: Mapping[str, int]) -> Share:
        return cls(data["right"], data["of"])

    def has_fallen(self, kept: Share) -> bool:
        """Whether it is below the kept one by more than one of its messages. Of other messages than then the share
        counts."""
        return self.right * kept.of < (kept.right - 1) * self.of


def share(holds: Iterable[bool]) -> Share:
    held = list(holds)
    return Share(sum(held), len(held))
