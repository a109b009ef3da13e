"""Training phrases that staff make of messages that were not understood: proposed by one, accepted by another.

A person's words become a phrase only by being read twice: whoever proposes it takes out places and whatever somebody
could be known by, and somebody else looks again. Until then it hangs by the message and goes with it; from then on
nothing leads back. Nothing here trains anything: accepted phrases are exported, and put into `data/nlu` by developers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.gazetteer import Gazetteer
from bot.jobcentre.personal_data import redact
from bot.jobcentre.phrase import INTENTS, TEXT_AT_MOST, PhraseState, example_of, pieces_of, place_in, with_blanks
from bot.services.public_words import check_note, check_plain, tidy
from bot.store.records import Miss, Phrase
from bot.store.unit_of_work import UnitOfWork

SUBJECT = "phrase"
X = "x"
X_SAYS = (
    "X prohibits any use of the X APIs and/or X Content to fine-tune or train a foundation or frontier model with the "
    "exception of Grok"
)
"""Source: X's documentation, "More about restricted uses of the X APIs" (docs/x.md)."""
_NOT_IN_A_PHRASE = re.compile(r"[\[\]{}()\\]")
"""What means something in Rasa's training data."""


def may_learn_from(channel: str, *, from_x: bool) -> bool:
    """Whether phrases may be made of messages of that channel. X's terms forbid it, unless the service has been told
    otherwise (`from_x`)."""
    return channel != X or from_x


def first_text(gazetteer: Gazetteer, miss: Miss, *, at: datetime) -> str:
    """What the form begins with: the words, without the places and days that are known."""
    return with_blanks(miss.text, gazetteer.find(miss.text), at)


def check(work: UnitOfWork, gazetteer: Gazetteer, miss: Miss, intent: str, text: str, language: Language) -> str:
    """The phrase as it would be kept. Raises BadInput for what no phrase may hold, Conflict for one that there is."""
    if intent not in INTENTS:
        raise BadInput("choose what the person wanted")
    phrase = tidy(text)
    _check_words(gazetteer, phrase)
    if work.phrases.is_known(phrase, language):
        raise Conflict("the phrase is there already")
    return phrase


def _check_words(gazetteer: Gazetteer, phrase: str) -> None:
    pieces = pieces_of(phrase)
    if not any(letter.isalpha() for piece in pieces for letter in piece):
        raise BadInput("enter the phrase: words are needed beside places and days")
    check_plain(phrase, "the phrase", TEXT_AT_MOST)
    for piece in pieces:
        if found := _NOT_IN_A_PHRASE.search(piece):
            raise BadInput(f"the phrase holds {found[0]}: only {{place}} and {{day}} may have brackets")
    if kinds := redact(phrase).kinds:
        named = ", ".join(kind.value.replace("_", " ") for kind in kinds)
        raise BadInput(f"the phrase holds what looks like personal data ({named}): leave it out")
    places = [named for piece in pieces if (named := place_in(piece, gazetteer.find(piece)))]
    if places:
        raise BadInput(f"the phrase names a place ({places[0]}): write {{place}} in its stead")


def propose(
    work: UnitOfWork,
    gazetteer: Gazetteer,
    miss_id: int,
    intent: str,
    text: str,
    language: Language,
    *,
    from_x: bool,
    by: str,
    at: datetime,
) -> Phrase:
    """Make a phrase of a message, for somebody else to look at.

    Raises NotFound where the message is erased; BadInput as `check`, and for a message of a channel whose terms forbid
    it; Conflict where there is such a phrase, or one made of the message waits already.
    """
    miss = work.misses.get(miss_id)
    _check_channel(miss.channel, from_x)
    checked = check(work, gazetteer, miss, intent, text, language)
    kept = work.phrases.propose(
        Phrase(checked, intent, language, miss.channel, proposed_at=at, proposed_by=by, miss_id=miss_id)
    )
    _audit(work, "propose", kept, by, at)
    return kept


def accept(work: UnitOfWork, phrase_id: int, *, from_x: bool, by: str, at: datetime) -> Phrase:
    """It is fit to train with. Its message leaves the list, and nothing leads from the phrase to it any more.

    Raises NotFound; BadInput where the channel's terms forbid it; Conflict for whoever proposed it, and where it has
    been decided.
    """
    phrase = _waiting(work, phrase_id, by)
    _check_channel(phrase.channel, from_x)
    kept = work.phrases.decide(phrase_id, PhraseState.ACCEPTED, by=by, at=at)
    if phrase.miss_id is not None:
        work.misses.remove(phrase.miss_id)
    _audit(work, "accept", kept, by, at)
    return kept


def reject(work: UnitOfWork, phrase_id: int, reason: str, *, by: str, at: datetime) -> Phrase:
    """It is not fit as it stands. Another one can be made of its message; this one goes with that.

    Raises NotFound, BadInput without a reason or with personal data in it, and Conflict as `accept`.
    """
    _waiting(work, phrase_id, by)
    told = tidy(reason)
    if not told:
        raise BadInput("say why: whoever proposed it reads it")
    check_note(told, "the reason")
    kept = work.phrases.decide(phrase_id, PhraseState.REJECTED, by=by, at=at, reason=told)
    _audit(work, "reject", kept, by, at)
    return kept


def remove(work: UnitOfWork, phrase_id: int, *, by: str, at: datetime) -> None:
    """Take one out, in whatever state. Raises NotFound."""
    phrase = work.phrases.get(phrase_id)
    if not work.phrases.remove(phrase_id):
        raise NotFound("there is no such phrase any more")
    _audit(work, "remove", phrase, by, at)


def find(
    work: UnitOfWork, state: PhraseState, accounts: Collection[str] | None = None, *, first: int = 0, limit: int = 25
) -> list[Phrase]:
    """Those in that state, the newest first. `accounts`: without those made of messages to any other handle; of those
    accepted nobody knows any more to which account their message was."""
    return work.phrases.find(state, accounts, first=first, limit=limit)


def count(work: UnitOfWork, accounts: Collection[str] | None = None) -> dict[PhraseState, int]:
    """How many there are in each state."""
    return work.phrases.count(accounts)


def get(work: UnitOfWork, phrase_id: int) -> Phrase:
    """Raises NotFound."""
    return work.phrases.get(phrase_id)


def _waiting(work: UnitOfWork, phrase_id: int, by: str) -> Phrase:
    phrase = work.phrases.get(phrase_id)
    if phrase.state is not PhraseState.PROPOSED:
        raise Conflict(f"{phrase.decided_by} has looked at this phrase already")
    if phrase.proposed_by == by:
        raise Conflict("the second look at a phrase is somebody else’s")
    return phrase


def _check_channel(channel: str, from_x: bool) -> None:
    if not may_learn_from(channel, from_x=from_x):
        raise BadInput("no phrases are made of messages on X: its terms forbid to train models with them")


# Taking them away


def export(work: UnitOfWork, *, from_x: bool, by: str, at: datetime) -> str:
    """The accepted phrases as Rasa's training data, in the form of the files of `data/nlu`: by intent and language,
    places and days annotated. Those of X are left out unless they may be learnt from."""
    accepted = work.phrases.find(PhraseState.ACCEPTED)
    fit = [phrase for phrase in accepted if may_learn_from(phrase.channel, from_x=from_x)]
    after = {"phrases": len(fit)}
    work.audit.add(by=by, action="export", subject_type=SUBJECT, subject_id="", at=at, after=after)
    return as_yaml(fit)


def as_yaml(phrases: Sequence[Phrase]) -> str:
    """Rasa's training data, version 3.1."""
    ordered = sorted(phrases, key=lambda phrase: (phrase.intent, phrase.language.value, phrase.id))
    groups = groupby(ordered, key=lambda phrase: (phrase.intent, phrase.language))
    blocks = [_block(intent, language, list(group)) for (intent, language), group in groups]
    return 'version: "3.1"\n\n' + ("nlu:\n" + "\n".join(blocks) if blocks else "nlu: []\n")


def _block(intent: str, language: Language, phrases: Sequence[Phrase]) -> str:
    lines = "".join(f"      - {example_of(phrase.text, language)}\n" for phrase in phrases)
    return f"  - intent: {intent}\n    metadata:\n      language: {language.value}\n    examples: |\n{lines}"


def _audit(work: UnitOfWork, action: str, phrase: Phrase, by: str, at: datetime) -> None:
    """Without its words: they are a person's until somebody has accepted them, and may be taken out after that."""
    after: dict[str, Any] = {"intent": phrase.intent, "language": phrase.language.value}
    work.audit.add(by=by, action=action, subject_type=SUBJECT, subject_id=str(phrase.id), at=at, after=after)
