"""Finds what a message asks: its clauses, the intent of each, and the language.

Word and character n-grams and a pretrained sentence vector, with a linear classifier. Places and days are masked first,
so that training phrases teach how people ask and not where or when. Where the vectors are not installed, n-grams alone:
less is understood then, and the log says so.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap, zip_longest
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.clauses import Span, asks, halves, is_negated, split
from bot.jobcentre.conversation import Language
from bot.jobcentre.courtesy import without_manners
from bot.jobcentre.crisis import in_order
from bot.jobcentre.dates import find_days
from bot.jobcentre.function_words import has_language, is_plainly, language_of, language_of_names
from bot.jobcentre.intent import FURTHER
from bot.jobcentre.masks import DAY, HABIT, PLACE, find_elsewhere, masked
from bot.jobcentre.personal_data import without_removed
from bot.jobcentre.question import day_to_dict
from bot.jobcentre.text import PICTURE
from bot.nlu.classifiers import Blocks, IntentClassifier, LinearClassifier, Ranking
from bot.nlu.light_words import LightWords
from bot.nlu.meant import FAMILY_OF, TOLD_APART, MeantClassifier, Part, Parts
from bot.nlu.ngrams import NGrams
from bot.nlu.reading import for_vectors
from bot.nlu.risk_hearing import RISK_OF_INTENT, Heard, agreed, hear, is_surely_none, settled
from bot.nlu.risk_pairs import with_pairs
from bot.nlu.spelling import Spelling, english_words
from bot.nlu.vectors import are_here, sentence_vectors

log = logging.getLogger(__name__)
WITHOUT_VECTORS = (
    "The sentence vectors are not installed, so fewer messages will be understood. To have them, run `make`, "
    "or install what requirements.lock names; then `jobcentre train`."
)
NOT_UNDERSTOOD = "nlu_fallback"
_OURS = frozenset(language.value for language in Language)
ONLY_PLACE_OR_DAY = "inform"
_LETTER = re.compile(r"\w")
_PICTURE = re.compile(PICTURE)
_WORD = re.compile(r"[^\W\d_]{2}")
_CODE = re.compile(r"\W*\d+[^\W\d_]\W*")
"""What a terminal or a keyboard left behind: "[31m"."""
SHORT = 2
"""Words, of which a slip or a name looks like any language."""
OWN_CASE = "ask_individual_case"
SMALL_TALK = frozenset({"greet", "thank", "goodbye"})
_SHOWN = {**{name: name for name in SMALL_TALK}, "affirm": "thank"}
"""What a picture says, by what it is heard as."""
OF_NOTHING = "out_of_scope"
OF_NO_SUBJECT = frozenset({"affirm", "deny", "cancel", "ask_repeat"})
OF_AN_OFFICE = frozenset({"ask_opening", "ask_hours", "ask_office", "ask_office_contact"})
"""Where none of these is likely but together they are, several are asked at once: "address, phone and times"."""
CLAUSES_AT_MOST = 60
"""Of one message: nobody asks so much, and each costs."""
CUTS_AT_MOST = 4
"""In two, of one message: each costs two clauses more."""
TOGETHER = 400
"""Messages heard at once in training: all that is heard in them fills memory."""
Said = tuple[Span, str, float]
"""Where something is said, its intent, and how surely it is heard."""
# Training phrases hold no clock; any will do to see which words are days.
_TRAINING_NOW = datetime(2026, 11, 18, 10, 0, tzinfo=LONDON)
# What may stand beside a place or a day in a follow-up that asks nothing new: "and", "what about", "in", "a beth am".
_FILLER = re.compile(
    r"(?:and|what|wot|wat|how|about|bout|n|or|the|in|at|on|for|to|of|by|near|then|also|ok|okay|no|sorry|i meant?|one|"
    r"office|jobcentre|job centre|jcp|branch|pls|please|plz|a|beth|am|yn|ar|i|neu|hefyd|y|yr|o|ger|swyddfa|na|"
    r"canolfan|byd|gwaith|ta|te|'te|it'?s|its|i'?m|from|live|there|though|but|instead|so)",
    re.IGNORECASE,
)


_HERE = re.compile("here|yma", re.IGNORECASE)
"""Our own offices, and as often this conversation ("who reads what I write here"), or this life ("I don't want to be
here")."""
_QUOTED = re.compile(r"[\"“][^\"“”]{2,200}[\"”]|(?<!\w)['‘][^'‘’]{3,200}['’](?!\w)")
_FAREWELL = re.compile(r"\bta[ -]?[tr]a\b", re.IGNORECASE)


@dataclass(frozen=True)
class Cut:
    """A message cut up, not yet heard: the whole, its clauses (these are `said`), then the halves of these."""

    spans: Sequence[Span]
    phrases: Sequence[str]
    said: int
    language: str | None

    def parts(self, rankings: Sequence[Ranking]) -> Parts:
        whole, *parts = zip(self.spans, self.phrases, rankings, strict=True)
        clauses, half = parts[: self.said - 1], parts[self.said - 1 :]
        return Parts(whole, clauses if len(clauses) > 1 else [], half)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionFinder(GraphComponent):
    """Classifies each clause, and the message by its main one. Keeps `clauses` and `language` on the message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Inverse regularisation of the intent classifier.
            "strength": 20.0,
            # Below this the message is not understood.
            "threshold": 0.3,
            # Nor is one of strange words alone below this: likeness of letters means little.
            "strange_threshold": 0.7,
            # Or the questions of an office together below this.
            "office_threshold": 0.5,
            # What is heard in a message of several parts is meant where it is as likely as this.
            "meant_threshold": 0.3,
            # And a matter of somebody's own as this.
            "meant_threshold_of_a_case": 0.4,
            # What is less likely than this comes after what is not, wherever it is said.
            "first_threshold": 0.5,
            # And half as likely where a clause asks it and is as sure of it as this.
            "sure_threshold": 0.95,
            # What only the conversation explains is the whole message where that is as sure of it as this.
            "apart_threshold": 0.6,
            # What a clause says must be as sure as this; else where it is heard best.
            "clause_threshold": 0.45,
            # Below this the language is not told from the words.
            "language_threshold": 0.6,
            # And below this a word or two are no other language.
            "slip_threshold": 0.8,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        models: dict[str, Any] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._models = models or {}
        self._has_vectors = self._models.get("has_vectors", False)
        if models:
            english_words()  # at start, not at somebody's first message
        if models and self._has_vectors:
            sentence_vectors()
        elif models:
            log.warning(WITHOUT_VECTORS)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionFinder:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionFinder:
        with model_storage.read_from(resource) as folder:
            # Mapped: of the weights of all n-grams a process meets few. A copy is made of what is written to, and
            # Rasa may remove the file at once.
            models = joblib.load(folder / "models.joblib", mmap_mode="c")
            return cls(config, model_storage, resource, models)

    def train(self, training_data: TrainingData) -> Resource:
        # Each thread adds up in its own order: with one, the same phrases make the same model on two cores or eight.
        with threadpool_limits(limits=1):
            self._learn(training_data)
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._models, folder / "models.joblib")
        return self._resource

    def _learn(self, training_data: TrainingData) -> None:
        told = [e for e in training_data.intent_examples if e.get(TEXT)]
        examples = [e for e in told if not is_whole(e)]
        ngrams, strength = NGrams(), self._config["strength"]
        texts, languages = [masked_example(e) for e in examples], [language_of_example(e) for e in examples]
        rows, self._has_vectors = ngrams.fit(texts), are_here()
        blocks = self._blocks(rows, list(map(for_vectors, texts, languages)))
        intents = [e.get(INTENT) for e in examples]
        self._models = {
            "spelling": Spelling(*(_in(language, examples, texts) for language in ("en", "cy"))),
            "light": LightWords(texts, intents),
            "ngrams": ngrams,
            "has_vectors": self._has_vectors,
            "intent": IntentClassifier(blocks, intents, strength),
            "risk": LinearClassifier(*with_pairs(blocks, intents, languages), strength, is_balanced=False),
            "language": LinearClassifier([rows], languages, strength / 2),
        }
        messages = [e for e in told if is_whole(e)]
        parts = self._parts_of_examples(messages)
        asked = map(asked_in, messages)
        self._models["meant"] = MeantClassifier(list(zip(parts, asked, strict=True))) if messages else None

    def _blocks(self, rows: Any, texts: Sequence[str]) -> Blocks:
        """The rows of n-grams, and the vectors of the same texts where there are vectors. Neither is weighed: to do so
        was no better."""
        return [rows, sentence_vectors().rows(texts)] if self._has_vectors else [rows]

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if not message.get(INTENT, {}).get(INTENT_NAME_KEY):
                self._understand(message, text)
        return messages

    def _understand(self, message: Message, text: str) -> None:
        entities = message.get(ENTITIES, [])
        words = _language_words(text, entities)  # "plis" tells the language, and nothing of what is asked
        text = without_manners(text)
        language = self._language_of(words)
        parts, risks, is_calm = self._parts(text, entities, language)
        clauses = self._clauses(text, parts)
        main, ranking = clauses[0], parts.whole[2]
        message.set(INTENT, {INTENT_NAME_KEY: main["intent"], "confidence": main["confidence"]}, add_to_output=True)
        message.set(
            INTENT_RANKING_KEY,
            [{INTENT_NAME_KEY: name, "confidence": confidence} for name, confidence in ranking[:5]],
            add_to_output=True,
        )
        message.set("clauses", clauses, add_to_output=True)
        told = in_order(found[0] for found in risks if found)
        message.set("risks", [risk.value for risk in told], add_to_output=True)
        message.set("is_calm", is_calm, add_to_output=True)
        message.set("light", self._models["light"].among(text), add_to_output=True)
        message.set("language", language, add_to_output=True)

    def _parts(
        self, text: str, entities: list[dict[str, Any]], language: str | None
    ) -> tuple[Parts, list[Heard | None], bool]:
        """The message in parts, the risks in it and its clauses, and whether it is all but certain that there is
        none."""
        cut = self._cut(text, entities, language)
        rankings, risks, is_calm = self._heard(cut, *self._ranked([cut]))
        return cut.parts(rankings), risks, is_calm

    def _parts_of_examples(self, examples: Sequence[Message]) -> list[Parts]:
        """As `_parts`, of many at once: in a third of the time."""
        cuts = [
            self._cut(without_manners(e.get(TEXT)), _entities_of_example(e), language_of_example(e)) for e in examples
        ]
        found: list[Parts] = []
        for first in range(0, len(cuts), TOGETHER):
            few = cuts[first : first + TOGETHER]
            intents, chances = self._ranked(few)
            at = 0
            for cut in few:
                end = at + len(cut.phrases)
                found.append(cut.parts(self._heard(cut, intents[at:end], chances[at:end])[0]))
                at = end
        return found

    def _cut(self, text: str, entities: list[dict[str, Any]], language: str | None) -> Cut:
        named = [span for entity in entities for span in _spans(entity)]
        said = [(0, len(text)), *_from_both_ends(split(text, named))]
        cuts = [cut for start, end in said[1:] for cut in halves(text, start, end, language or "", named)]
        spans = [*said, *dict.fromkeys(half for cut in cuts[:CUTS_AT_MOST] for half in cut)]
        phrases = [masked_part(text, start, end, entities) for start, end in spans]
        if language in _OURS:
            phrases = self._models["spelling"].mended(phrases, language)
        return Cut(spans, phrases, len(said), language)

    def _ranked(self, cuts: Sequence[Cut]) -> tuple[list[Ranking], list[Ranking]]:
        """What each phrase of them is taken for, and how likely each risk is in it."""
        phrases = [(phrase, for_vectors(phrase, cut.language)) for cut in cuts for phrase in cut.phrases]
        once = list(dict.fromkeys(phrases))  # most messages are one clause, and read once
        blocks = self._blocks(self._models["ngrams"].rows([text for text, _ in once]), [text for _, text in once])
        intents, risks = (dict(zip(once, self._models[kind].rank(blocks), strict=True)) for kind in ("intent", "risk"))
        return [intents[phrase] for phrase in phrases], [risks[phrase] for phrase in phrases]

    def _heard(
        self, cut: Cut, intents: list[Ranking], chances: list[Ranking]
    ) -> tuple[list[Ranking], list[Heard | None], bool]:
        """What each phrase is taken for, the risks in the message and its clauses, and whether it is all but certain
        that there is none, which n-grams alone cannot say."""
        phrases, said, language = cut.phrases, cut.said, cut.language
        if not _has_words(phrases[0]):
            return intents, [], False
        chances = chances[:said]
        risks = hear(phrases[:said], intents[:said], chances)
        if language == Language.ENGLISH.value and any(risks):
            risks = self._heard_in_known_words(phrases[:said], risks)
        is_calm = self._has_vectors and is_surely_none(intents[:said], chances)
        return list(starmap(settled, zip_longest(intents, risks))), risks, is_calm

    def _heard_in_known_words(self, phrases: Sequence[str], risks: list[Heard | None]) -> list[Heard | None]:
        """The risks that do not rest on words which nobody knows: slang by ear drifts towards anything."""
        known = [self._models["spelling"].known_part(phrase) for phrase in phrases]
        if known == list(phrases):
            return risks
        blocks = self._blocks(self._models["ngrams"].rows(known), known)
        again = hear(phrases, self._models["intent"].rank(blocks), self._models["risk"].rank(blocks))
        return agreed(risks, again)

    def _clauses(self, text: str, parts: Parts) -> list[dict[str, Any]]:
        """What the message asks, in the order in which it does; the whole message where nothing is surely meant."""
        span, phrase, ranking = parts.whole
        if _is_only_place_or_day(phrase):
            return [_clause(ONLY_PLACE_OR_DAY, 1.0, text, span)]
        said = self._said_in_parts(parts)
        if len(said) > 1 or (said and said[0][2] >= ranking[0][1]):
            return [_clause(name, confidence, text, span) for span, name, confidence in said]
        name, confidence = (said[0][1], dict(ranking).get(said[0][1], 0.0)) if said else ranking[0]
        if not _LETTER.search(phrase):
            name = self._shown(ranking) if _PICTURE.search(phrase) else NOT_UNDERSTOOD
        is_strange = confidence < self._config["strange_threshold"] and self._models["spelling"].is_strange(phrase)
        is_faint = confidence < self._config["threshold"] and not self._is_of_an_office(ranking)
        if is_strange or is_faint or _CODE.fullmatch(phrase):
            name = NOT_UNDERSTOOD
        return [_clause(name, confidence, text, span)]

    def _said_in_parts(self, parts: Parts) -> list[Said]:
        """What is meant, each where it is said; nothing where the message has no parts, or is surely one that only the
        conversation explains."""
        name, confidence = parts.whole[2][0]
        is_told_apart = name in TOLD_APART and confidence >= self._config["apart_threshold"]
        if not (parts.clauses or parts.halves) or is_told_apart or not self._models["meant"]:
            return []
        meant, clauses = self._meant(parts), parts.clauses or [parts.whole]
        if not parts.clauses and len(meant) < 2:
            return []  # it is one clause, and asks one thing
        said = [told for part in clauses if (told := self._said(part, meant))]
        ruled_out = [span for span, phrase, _ in clauses if is_negated(phrase)]
        halves = [half for half in parts.halves if not any(_holds(span, half[0]) for span in ruled_out)]
        said += [_best_said(name, [*clauses, *halves]) for name in meant.keys() - {name for _, name, _ in said}]
        is_of_nothing = all(one in SMALL_TALK | OF_NO_SUBJECT | {FURTHER} for _, one, _ in said)
        says_more = name not in SMALL_TALK | OF_NO_SUBJECT and confidence >= self._config["clause_threshold"]
        if is_of_nothing and says_more:
            return []
        if is_of_nothing:  # "no matter. Monday at Hull any good"
            said += self._likeliest([part for part in clauses if any(mask in part[1] for mask in (PLACE, DAY))])
        surely = {name for name, chance in meant.items() if chance >= self._config["first_threshold"]}
        said = _once_in_the_same_words(_one_of_a_family(_apart(said, halves), meant), surely)
        return _without_further(sorted(said, key=lambda one: (self._is_faint(one[1], meant), one)))

    def _meant(self, parts: Parts) -> dict[str, float]:
        """The intents that are likely to be meant, and heard somewhere, with how likely they are meant."""
        every = (parts.whole, *parts.clauses, *parts.halves)
        heard = {name for _, _, ranking in every for name, share in ranking if share >= self._config["threshold"]}
        tops = [ranking[0] for _, phrase, ranking in parts.clauses if asks(phrase)]
        surely = {name for name, confidence in tops if confidence >= self._config["sure_threshold"]}
        ranked = self._models["meant"].rank(parts)
        return {name: chance for name, chance in ranked if name in heard and chance >= self._least(name, surely)}

    def _is_faint(self, name: str, meant: Mapping[str, float]) -> bool:
        least: float = self._config["first_threshold"]
        return meant.get(name, 1.0) < least

    def _likeliest(self, parts: Sequence[Part]) -> list[Said]:
        """What is heard best in them, where it is heard at all."""
        heard = [(span, *ranking[0]) for span, _, ranking in parts if ranking[0][1] >= self._config["threshold"]]
        return [max(heard, key=lambda said: said[2])] if heard else []

    def _least(self, name: str, surely: Collection[str]) -> float:
        """How likely it must be to count as meant: less where a clause surely asks it, more for a matter of their own,
        which is soon heard in what leads to a question."""
        least: float = self._config["meant_threshold_of_a_case" if name == OWN_CASE else "meant_threshold"]
        return least / 2 if name in surely else least

    def _said(self, part: Part, meant: Collection[str]) -> Said | None:
        """What a clause says: something meant, a place or a day alone, an answer to our question, or a risk."""
        span, phrase, ranking = part
        name, confidence = (ONLY_PLACE_OR_DAY, 1.0) if _is_only_place_or_day(phrase) else ranking[0]
        is_said = name in meant or name in TOLD_APART or name in RISK_OF_INTENT
        return (span, name, confidence) if is_said and confidence >= self._config["clause_threshold"] else None

    def _shown(self, ranking: Ranking) -> str:
        """What a picture says: it greets or thanks, and asks nothing. A yes to nothing is thanks."""
        manners = (name for name, share in ranking if name in _SHOWN and share >= self._config["threshold"])
        return _SHOWN.get(next(manners, NOT_UNDERSTOOD), NOT_UNDERSTOOD)

    def _is_of_an_office(self, ranking: Ranking) -> bool:
        together = sum(confidence for name, confidence in ranking if name in OF_AN_OFFICE)
        return ranking[0][0] in OF_AN_OFFICE and together >= self._config["office_threshold"]

    def _language_of(self, words: str) -> str | None:
        """en, cy or another; None where nothing but places and numbers is left to tell by."""
        left = words.replace(PLACE, "")
        if not has_language(left):
            return None
        name, confidence = self._models["language"].rank([self._models["ngrams"].rows([words])])[0][0]
        known = language_of(left) or language_of_names(left)
        is_slip = name not in _OURS and len(left.split()) <= SHORT
        is_faint = confidence < self._config["language_threshold"]
        if known and (name in _OURS or is_slip or is_faint or is_plainly(known, left)):
            return known.value
        threshold = self._config["slip_threshold" if is_slip else "language_threshold"]
        return str(name) if confidence >= threshold else None


def _without_further(said: list[Said]) -> list[Said]:
    """Without what names nothing, which the rest of the message explains; with it beside manners, or a yes or no."""
    telling = [one for one in said if one[1] != FURTHER]
    says_more = any(name not in SMALL_TALK | OF_NO_SUBJECT | {OF_NOTHING} for _, name, _ in telling)
    return telling if says_more else said


def _one_of_a_family(said: Sequence[Said], meant: Mapping[str, float]) -> list[Said]:
    """Of intents that are near each other, heard in the very same words, the likeliest: "why was it closed on Tuesday"
    asks one thing, of closing or of opening."""
    best: dict[tuple[Span, int | str], Said] = {}
    for one in said:
        of = (one[0], FAMILY_OF.get(one[1], one[1]))
        if of not in best or meant.get(one[1], 1.0) > meant.get(best[of][1], 1.0):
            best[of] = one
    return list(best.values())


def _once_in_the_same_words(said: Sequence[Said], surely: Collection[str]) -> list[Said]:
    """Of intents heard in the very same words the one that they sound like most: words ask one thing. What the message
    surely means stays, whatever else its words alone could go on with: "I'm due in Alnwick at 2"."""
    best: dict[Span, tuple[bool, float]] = {}
    for one in said:
        best[one[0]] = max(_standing(one, surely), best.get(one[0], (False, 0.0)))
    return [one for one in said if _standing(one, surely) == best[one[0]]]


def _standing(said: Said, surely: Collection[str]) -> tuple[bool, float]:
    _, name, share = said
    return name in surely or name not in TOLD_APART, share


def _apart(said: Sequence[Said], halves: Sequence[Part]) -> list[Said]:
    """Each where the others are not: what was heard in a clause of which one half says something else is said in the
    other half."""
    return [(_rest(span, [other for other, _, _ in said], halves), name, share) for span, name, share in said]


def _rest(span: Span, said: Sequence[Span], halves: Sequence[Part]) -> Span:
    within = [other for other in said if other != span and _holds(span, other)]
    free = (half for half, _, _ in halves if _holds(span, half) and not any(_touch(half, other) for other in within))
    return next(free, span) if within else span


def _holds(span: Span, other: Span) -> bool:
    return span[0] <= other[0] and other[1] <= span[1]


def _touch(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _best_said(name: str, parts: Sequence[Part]) -> Said:
    span, _, ranking = max(parts, key=lambda part: dict(part[2]).get(name, 0.0))
    return span, name, dict(ranking).get(name, 0.0)


def _from_both_ends(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """All of them; of very many the first and the last."""
    half = CLAUSES_AT_MOST // 2
    return spans if len(spans) <= CLAUSES_AT_MOST else [*spans[:half], *spans[-half:]]


def _language_words(text: str, entities: Iterable[dict[str, Any]]) -> str:
    """The text without its places and without what it quotes: those tell nothing of who speaks."""
    words = masked(text, [(e["start"], e["end"], PLACE) for e in entities if e["entity"] == "office"])
    own = _QUOTED.sub(" ", words)
    return own if _WORD.search(own) else words


def _clause(intent: str, confidence: float, text: str, span: Span) -> dict[str, Any]:
    start, end = span
    said = text[start:end]
    return {
        "intent": intent,
        "confidence": round(confidence, 4),
        "text": said,
        "start": start,
        "end": end,
        "negated": is_negated(said),
    }


def _spans(entity: dict[str, Any]) -> list[tuple[int, int]]:
    """All characters that an entity covers: a day and its time may stand apart."""
    spans = (entity.get("additional_info") or {}).get("spans") or [[entity["start"], entity["end"]]]
    return [(start, end) for start, end in spans]


def masked_part(text: str, start: int, end: int, entities: Iterable[dict[str, Any]]) -> str:
    """The part of the text, with its places, days, habits and other establishments masked, and without what stands for
    personal data that was removed."""
    spans = [(a, b, e) for e in entities for a, b in _spans(e) if start <= a and b <= end]
    named = [(a - start, b - start, _mask_of(e)) for a, b, e in spans if not _HERE.fullmatch(text, a, b)]
    phrase = masked(text[start:end], [*named, *find_elsewhere(text[start:end])])
    return " ".join(without_removed(phrase).split())  # those words are ours


def _mask_of(entity: dict[str, Any]) -> str:
    if entity["entity"] == "office":
        return PLACE
    is_habit = (entity.get("additional_info") or {}).get("weekly") is not None
    return HABIT if is_habit else DAY


def masked_example(example: Message) -> str:
    """A training phrase with its annotated places and days masked, and the days that were not annotated."""
    text = example.get(TEXT)
    found = [
        (start, end, DAY if day.weekly is None else HABIT)
        for day in find_days(text, _TRAINING_NOW)
        for start, end in day.spans or ((day.start, day.end),)
    ]
    annotated = [
        (e["start"], e["end"], _mask_of(e))
        for e in example.get(ENTITIES, [])
        if not any(start < e["end"] and e["start"] < end for start, end, _ in found)
    ]
    return masked(text, [*annotated, *found, *find_elsewhere(text)])


def _has_words(phrase: str) -> bool:
    """Whether more than a place, a day or a picture is left to hear."""
    return _WORD.search(phrase) is not None and not _is_only_place_or_day(phrase)


def _is_only_place_or_day(phrase: str) -> bool:
    rest, masks = re.subn(rf"{PLACE}|{DAY}|{HABIT}|\b(?:{_HERE.pattern})\b", " ", phrase, flags=re.IGNORECASE)
    return (
        masks > 0
        and not _FAREWELL.search(rest)
        and all(_FILLER.fullmatch(word) for word in re.findall(r"[\w']+", rest))
    )


def _in(language: str, examples: Sequence[Message], texts: Sequence[str]) -> list[str]:
    pairs = zip(examples, texts, strict=True)
    return [text for example, text in pairs if language_of_example(example) == language]


def _entities_of_example(example: Message) -> list[dict[str, Any]]:
    """The annotated places of a training message, and the days in it, as they are found in messages."""
    days = find_days(example.get(TEXT), _TRAINING_NOW)
    found = [{"entity": "day", "start": d.start, "end": d.end, "additional_info": day_to_dict(d)} for d in days]
    return [*(e for e in example.get(ENTITIES, []) if e["entity"] == "office"), *found]


def is_whole(example: Message) -> bool:
    """Whether it is a message with all that it asks, and no phrase for one thing."""
    return bool(((example.get("metadata") or {}).get("intent") or {}).get("whole"))


def asked_in(example: Message) -> frozenset[str]:
    """The intents that a whole message asks."""
    also = ((example.get("metadata") or {}).get("example") or {}).get("also") or ()
    return frozenset({example.get(INTENT), *also})


def language_of_example(example: Message) -> str:
    metadata = example.get("metadata") or {}
    return str((metadata.get("intent") or {}).get("language") or "en")
