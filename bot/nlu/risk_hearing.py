"""The second net for people at risk: what no phrase of the crisis check holds, heard by the likeness of the words."""

from __future__ import annotations

from bot.jobcentre.crisis import Risk

NO_RISK = "none"
INTENT_OF_RISK = {
    Risk.LIFE: "report_crisis_life",
    Risk.CHILD: "report_child_at_risk",
    Risk.ABUSE: "report_crisis_abuse",
    Risk.THREAT: "threaten",
    Risk.HARDSHIP: "report_crisis_hardship",
}
RISK_OF_INTENT = {intent: risk for risk, intent in INTENT_OF_RISK.items()}
Ranking = list[tuple[str, float]]
"""Labels and their probabilities, the likeliest first."""
ASKING = 0.45
"""A question is as likely as this where it is answered beside the help."""
Heard = tuple[Risk, float]
"""A risk, and the probability that there is any."""


def label_of(intent: str) -> str:
    """What is learnt of a training phrase: its risk, or none."""
    risk = RISK_OF_INTENT.get(intent)
    return risk.value if risk else NO_RISK


def heard(ranking: Ranking, threshold: float) -> Heard | None:
    """The likeliest risk; None where the probability that there is any is below the threshold.

    All risks count together: that somebody needs help matters more than which help it is.
    """
    chance = 1 - dict(ranking).get(NO_RISK, 0.0)
    if chance < threshold:
        return None
    return next((Risk(label), chance) for label, _ in ranking if label != NO_RISK)


def settled(ranking: Ranking, found: Heard | None) -> Ranking:
    """The ranking of intents as the hearing settles it: none of a risk where none was heard; else the risk first, or
    the question that is asked in the same breath ("is bury open we have no food")."""
    left = [(intent, share) for intent, share in ranking if intent not in RISK_OF_INTENT]
    if found is None:
        total = sum(share for _, share in left) or 1.0
        return [(intent, share / total) for intent, share in left]
    risk, chance = found
    is_asking = ranking[0] in left and ranking[0][1] >= ASKING
    return left if is_asking else [(INTENT_OF_RISK[risk], chance), *left]
