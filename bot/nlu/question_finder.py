"""Finds what a message asks: its clauses, the intent of each, and the language.

Word and character n-grams and a pretrained sentence vector, with a linear classifier. Places and days are masked first,
so that training phrases teach how people ask and not where or when. Where the vectors are not installed, n-grams alone:
less is understood then, and the log says so.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
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

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.clauses import Span, asks, halves, is_joined, is_negated, split
from bot.jobcentre.conversation import Language
from bot.jobcentre.courtesy import without_manners
from bot.jobcentre.crisis import in_order
from bot.jobcentre.dates import find_days
from bot.jobcentre.function_words import has_language, is_plainly, language_of, language_of_names
from bot.jobcentre.intent import KIND_OF_INTENT
from bot.jobcentre.kinds import Kind
from bot.jobcentre.masks import DAY, HABIT, PLACE, find_elsewhere, masked
from bot.jobcentre.personal_data import without_removed
from bot.nlu.classifiers import Blocks, IntentClassifier, LinearClassifier, Ranking
from bot.nlu.light_words import LightWords
from bot.nlu.ngrams import NGrams
from bot.nlu.reading import for_vectors
from bot.nlu.risk_hearing import Heard, agreed, hear, is_surely_none, settled
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
_WORD = re.compile(r"[^\W\d_]{2}")
SHORT = 2
"""Words, of which a slip or a name looks like any language."""
SMALL_TALK = frozenset({"greet", "thank", "goodbye"})
OF_AN_OFFICE = frozenset({"ask_opening", "ask_hours", "ask_office", "ask_office_contact"})
"""Where none of these is likely but together they are, several are asked at once: "address, phone and times"."""
CLAUSES_AT_MOST = 60
"""Of one message: nobody asks so much, and each costs."""
CUTS_AT_MOST = 4
"""In two, of one message: each costs two clauses more."""
OF_THEIRS = frozenset({"ask_individual_case", "ask_closure_appointment", "complain", "ask_scam"})
"""What somebody tells at length, and ends with a scrap: "why", "what has happened"."""
OWN_CASE = "ask_individual_case"
GENERAL = frozenset({"ask_benefit_info", "ask_contact"})
TOLD_OF_A_CASE = frozenset(
    {"complain", "report_wrong_information", "ask_closure_appointment", "ask_closures", "give_feedback", "nlu_fallback"}
)
"""What is heard where somebody tells what befell them, and names no benefit."""
SCRAP = 4
"""Words, at most, of what has no meaning without the sentence before it."""
Part = tuple[Span, str, Ranking]
"""A clause: its span, its masked words, and what they were taken for."""
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
            # A clause of several must be this sure to count by itself.
            "clause_threshold": 0.45,
            # Each of two questions in a clause must be this sure, where no word opens the second.
            "half_threshold": 0.6,
            # And this sure, where nothing joins them.
            "bare_half_threshold": 0.8,
            # Nor does it where the whole is as sure as this of something else, and the clause not as sure as that.
            "whole_threshold": 0.9,
            # That somebody's own claim is not discussed is left out only where the whole is as sure as this.
            "whole_threshold_of_a_case": 0.97,
            "beside_threshold": 0.8,
            # A scrap beside a matter of somebody's own counts where the whole is as sure as this of it too.
            "scrap_threshold": 0.1,
            # What is told after a general question is of somebody's own claim where the whole is as sure as this of it.
            "told_threshold": 0.3,
            # And as sure as this where nothing was heard in it.
            "untold_threshold": 0.5,
            # What has the form of a question need be no surer than this.
            "asked_threshold": 0.6,
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
            return cls(config, model_storage, resource, joblib.load(folder / "models.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
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
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._models, folder / "models.joblib")
        return self._resource

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
        named = [span for entity in entities for span in _spans(entity)]
        said = [(0, len(text)), *_from_both_ends(split(text, named))]
        cuts = [cut for start, end in said[1:] for cut in halves(text, start, end, language or "", named)]
        cuts = cuts[:CUTS_AT_MOST]
        spans = [*said, *dict.fromkeys(half for cut in cuts for half in cut)]
        phrases = [masked_part(text, start, end, entities) for start, end in spans]
        if language in _OURS:
            phrases = self._models["spelling"].mended(phrases, language)
        rankings, risks, is_calm = self._heard(phrases, len(said), language)
        part_of = {part[0]: part for part in zip(spans, phrases, rankings, strict=True)}
        parts = self._cut([part_of[span] for span in said[1:]], self._two_questions(text, cuts, part_of))
        ranking = rankings[0]
        clauses = self._clauses(text, phrases[0], ranking, parts if len(parts) > 1 else [])
        main = clauses[0]
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

    def _heard(
        self, phrases: Sequence[str], said: int, language: str | None
    ) -> tuple[list[Ranking], list[Heard | None], bool]:
        """What each phrase is taken for, the risks in the first `said` of them (the message and its clauses), and
        whether it is all but certain that there is none, which n-grams alone cannot say."""
        rows = self._models["ngrams"].rows(phrases)
        blocks = self._blocks(rows, [for_vectors(phrase, language) for phrase in phrases])
        intents: list[Ranking] = self._models["intent"].rank(blocks)
        if not _has_words(phrases[0]):
            return intents, [], False
        chances = self._models["risk"].rank([block[:said] for block in blocks])
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

    def _clauses(self, text: str, phrase: str, ranking: Ranking, parts: Sequence[Part]) -> list[dict[str, Any]]:
        """The clauses that are sure of themselves; the whole message where none or only one is."""
        if _is_only_place_or_day(phrase):
            return [_clause(ONLY_PLACE_OR_DAY, 1.0, text, 0, len(text))]
        asked = [part for part in parts if not self._is_scrap(part, ranking)]
        sure = [clause for part in asked if (clause := self._sure_clause(text, *part))]
        sure = [clause for clause in sure if not self._is_drowned(clause, ranking)]
        sure = self._without_asides(sure, ranking)
        if sure and all(clause["negated"] or clause["intent"] in SMALL_TALK for clause in sure):
            sure += self._likeliest(text, [part for part in parts if not self._sure_clause(text, *part)])
        if len(sure) > 1 or (sure and sure[0]["confidence"] >= ranking[0][1]):
            return self._with_case_told(text, sure, parts, ranking)
        name, confidence = ranking[0]
        if not _LETTER.search(phrase):
            name = self._shown(ranking)
        is_strange = confidence < self._config["strange_threshold"] and self._models["spelling"].is_strange(phrase)
        if is_strange or (confidence < self._config["threshold"] and not self._is_of_an_office(ranking)):
            name = NOT_UNDERSTOOD
        return [_clause(name, confidence, text, 0, len(text))]

    def _without_asides(self, sure: list[dict[str, Any]], whole: Ranking) -> list[dict[str, Any]]:
        """Beside a place or a day, without what is faintly of somebody's own and of nothing such in the whole: "I'm at
        my nan's this week. Norwich". Places and days alone give way to what the whole surely asks of them."""
        named = [clause for clause in sure if clause["intent"] == ONLY_PLACE_OR_DAY]
        is_of_whole = dict(whole).get(OWN_CASE, 0.0) >= self._config["scrap_threshold"]
        if not named or is_of_whole:
            return sure
        if len(named) == len(sure):
            asks_else = whole[0][0] != ONLY_PLACE_OR_DAY and whole[0][1] >= self._config["whole_threshold"]
            return [] if asks_else else sure
        least = self._config["beside_threshold"]
        return [clause for clause in sure if clause["intent"] != OWN_CASE or clause["confidence"] >= least]

    def _shown(self, ranking: Ranking) -> str:
        """What a picture says: it greets or thanks, and asks nothing."""
        manners = (name for name, share in ranking if name in SMALL_TALK and share >= self._config["threshold"])
        return next(manners, NOT_UNDERSTOOD)

    def _with_case_told(
        self, text: str, sure: list[dict[str, Any]], parts: Sequence[Part], whole: Ranking
    ) -> list[dict[str, Any]]:
        """The clauses, the last of which tells of a matter of their own where it is told after a general question,
        sounds of nothing that is asked and the whole of such a matter: "…? Your desk gave it back to us"."""
        (start, end), last = parts[-1][0], sure[-1]
        told = text[start:end]
        is_told = sure[0]["start"] < start and sure[0]["intent"] in GENERAL and not asks(told)
        is_heard = last["start"] == start
        least = self._config["told_threshold" if is_heard else "untold_threshold"]
        is_own = any(clause["intent"] == OWN_CASE for clause in sure) or dict(whole).get(OWN_CASE, 0.0) < least
        if is_own or not is_told or (is_heard and last["intent"] not in TOLD_OF_A_CASE):
            return sure
        kept = sure[:-1] if is_heard else sure
        return [*kept, _clause(OWN_CASE, dict(whole)[OWN_CASE], told, start, end)]

    def _two_questions(
        self, text: str, cuts: Sequence[tuple[Span, Span]], part_of: Mapping[Span, Part]
    ) -> list[tuple[Part, Part]]:
        """The cuts that part two things of different kinds, for sure; the surest last."""
        sure = []
        for cut in cuts:
            least = self._config["half_threshold" if is_joined(text, cut) else "bare_half_threshold"]
            first, second = part_of[cut[0]], part_of[cut[1]]
            is_begun = is_joined(text, cut) or asks(second[1]) or second[2][0][0] == "ask_individual_case"
            if is_begun and (certainty := _certainty_of_two(first, second)) >= least:
                sure.append((certainty, (first, second)))
        return [cut for _, cut in sorted(sure, key=lambda one: one[0])]

    def _cut(self, parts: Sequence[Part], cuts: Sequence[tuple[Part, Part]]) -> list[Part]:
        """The parts, each that asks two things as two."""
        best = {
            part[0]: cut for part in parts for cut in cuts if cut[0][0][0] == part[0][0] and cut[1][0][1] == part[0][1]
        }
        return [half for part in parts for half in best.get(part[0], (part,))]

    def _is_drowned(self, clause: dict[str, Any], whole: Ranking) -> bool:
        """Whether the message around it tells that it leads up to something else: "bangor is shut, I was booked in"."""
        name, confidence = whole[0]
        is_other = clause["intent"] not in (name, ONLY_PLACE_OR_DAY) and name not in SMALL_TALK
        least = "asked_threshold" if asks(clause["text"]) else "beside_threshold"
        is_faint = clause["confidence"] < self._config[least]
        enough = "whole_threshold_of_a_case" if clause["intent"] == "ask_individual_case" else "whole_threshold"
        return is_other and is_faint and confidence >= self._config[enough]

    def _is_scrap(self, part: Part, whole: Ranking) -> bool:
        """Whether it is a few words that ask something else only when heard alone: "my money has not come, what is
        going on"."""
        _, phrase, ranking = part
        name = ranking[0][0]
        is_short = len(phrase.split()) <= SCRAP and not any(mask in phrase for mask in (PLACE, DAY, HABIT))
        kind = KIND_OF_INTENT.get(name)
        is_asked = name == "ask_repeat" or (kind is not None and kind.is_routine)
        heard = dict(whole).get(name, 0.0)
        return whole[0][0] in OF_THEIRS and is_short and is_asked and heard < self._config["scrap_threshold"]

    def _is_of_an_office(self, ranking: Ranking) -> bool:
        together = sum(confidence for name, confidence in ranking if name in OF_AN_OFFICE)
        return ranking[0][0] in OF_AN_OFFICE and together >= self._config["office_threshold"]

    def _likeliest(self, text: str, parts: Sequence[Part]) -> list[dict[str, Any]]:
        """The clause that comes nearest to a question, where only hello, thanks and what is not asked are sure. People
        at risk are heard elsewhere."""
        asking = [(ranking[0], span) for span, _, ranking in parts if not ranking[0][0].startswith("report_crisis")]
        if not asking:
            return []
        (name, confidence), (start, end) = max(asking, key=lambda part: part[0][1])
        is_enough = confidence >= self._config["threshold"]
        return [_clause(name, confidence, text[start:end], start, end)] if is_enough else []

    def _sure_clause(self, text: str, span: tuple[int, int], phrase: str, ranking: Ranking) -> dict[str, Any] | None:
        name, confidence = (ONLY_PLACE_OR_DAY, 1.0) if _is_only_place_or_day(phrase) else ranking[0]
        if confidence < self._config["clause_threshold"]:
            return None
        start, end = span
        return _clause(name, confidence, text[start:end], start, end)

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


def _certainty_of_two(first: Part, second: Part) -> float:
    """How sure it is that they ask two things: routine ones of different kinds, or one of an office and a matter of a
    claim."""
    told = [(KIND_OF_INTENT.get(ranking[0][0]), ranking[0][1]) for _, _, ranking in (first, second)]
    if any(_is_only_place_or_day(phrase) for _, phrase, _ in (first, second)) or not _are_two(*(k for k, _ in told)):
        return 0.0
    return min(confidence for _, confidence in told)


def _are_two(kind: Kind | None, other: Kind | None) -> bool:
    if kind is None or other is None or kind is other:
        return False
    if Kind.INDIVIDUAL_CASE in (kind, other):
        return kind.is_about_offices or other.is_about_offices
    return kind.is_routine and other.is_routine


def _from_both_ends(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """All of them; of very many the first and the last."""
    half = CLAUSES_AT_MOST // 2
    return spans if len(spans) <= CLAUSES_AT_MOST else [*spans[:half], *spans[-half:]]


def _language_words(text: str, entities: Iterable[dict[str, Any]]) -> str:
    """The text without its places and without what it quotes: those tell nothing of who speaks."""
    words = masked(text, [(e["start"], e["end"], PLACE) for e in entities if e["entity"] == "office"])
    own = _QUOTED.sub(" ", words)
    return own if _WORD.search(own) else words


def _clause(intent: str, confidence: float, text: str, start: int, end: int) -> dict[str, Any]:
    return {
        "intent": intent,
        "confidence": round(confidence, 4),
        "text": text,
        "start": start,
        "end": end,
        "negated": is_negated(text),
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


def language_of_example(example: Message) -> str:
    metadata = example.get("metadata") or {}
    return str((metadata.get("intent") or {}).get("language") or "en")
