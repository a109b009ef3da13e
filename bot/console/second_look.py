"""What whoever writes a reply looks at again before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.jobcentre.reply_risks import ReplyRisk
from bot.services import reply_risks
from bot.store.unit_of_work import UnitOfWork

WORDS = {
    ReplyRisk.PERSONAL_DATA: "The reply holds what looks like personal data ({}): leave it out",
    ReplyRisk.BLANK: "{} is not filled in",
    ReplyRisk.INDIVIDUAL_BENEFIT: "“{}” may discuss their own benefit. That belongs in the journal or on the phone",
    ReplyRisk.PROMISE: "“{}” may promise what we cannot be sure of",
}
"""The blank is where it stands."""
NEWER = {"newer": "The person has written again. Read it first"}


@dataclass(frozen=True)
class SecondLook:
    """What stands in a reply."""

    wrong: str = ""
    """What has to be changed; "" for nothing."""
    warnings: dict[str, str] = field(default_factory=dict)
    """What may be sent anyway, by name."""

    def is_over(self, anyway: str | None) -> bool:
        """Whether it can be sent. `anyway`: names of the warnings that were seen, as the form sends them."""
        return not self.wrong and set(self.warnings) <= set((anyway or "").split())


def look(work: UnitOfWork, *texts: str, has_newer: bool = False) -> SecondLook:
    """`has_newer`: whether the person has written since the page was shown."""
    found = [one for text in texts for one in reply_risks.find(work, text)]
    wrong = next((WORDS[one.risk].format(one.words) for one in found if one.risk.forbids), "")
    warnings = {one.risk.value: WORDS[one.risk].format(one.words) for one in found if not one.risk.forbids}
    return SecondLook(wrong, warnings | NEWER if has_newer else warnings)
