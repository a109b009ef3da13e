"""The trained model of these sources: trained once, found again by their digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.jobcentre.errors import JobcentreError
from bot.nlu.vectors import are_here
from bot.settings import PROJECT

SOURCES = (
    "config.yml",
    "domain.yml",
    "data/messages",
    "data/nlu",
    "data/rules",
    "bot/nlu",
    "bot/jobcentre/calendar_days.py",
    "bot/jobcentre/clauses.py",
    "bot/jobcentre/clock_times.py",
    "bot/jobcentre/courtesy.py",
    "bot/jobcentre/dates.py",
    "bot/jobcentre/day_joining.py",
    "bot/jobcentre/day_pieces.py",
    "bot/jobcentre/day_row.py",
    "bot/jobcentre/day_words.py",
    "bot/jobcentre/feasts.py",
    "bot/jobcentre/glossary.py",
    "bot/jobcentre/masks.py",
    "bot/jobcentre/question_words.py",
    "bot/jobcentre/data/elsewhere.json",
    "bot/jobcentre/data/welsh_words.txt",
    "bot/jobcentre/relative_days.py",
    "bot/jobcentre/single_days.py",
    "bot/jobcentre/spelling.py",
    "bot/jobcentre/text.py",
    "bot/jobcentre/welsh_order.py",
)
"""What a model is made from: the words, and the code that reads them in training."""


class NoModel(JobcentreError):
    """There is no trained model for these sources."""


def source_digest(project: Path = PROJECT) -> str:
    """Twelve characters that change with anything the model is made from, and with whether there are sentence vectors
    (which ones is said in the sources)."""
    digest = hashlib.sha256(b"vectors" if are_here() else b"")
    for source in SOURCES:
        for file in _files(project / source):
            digest.update(str(file.relative_to(project)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    wanted = (file for file in path.rglob("*") if file.suffix in (".py", ".yml", ".json", ".txt"))
    return sorted(wanted)


def model_name(project: Path = PROJECT) -> str:
    return f"jobcentre-{source_digest(project)}"


def find_model(models: Path, project: Path = PROJECT) -> Path:
    """The model trained from these very sources. Raises NoModel saying what to do."""
    path = models / f"{model_name(project)}.tar.gz"
    if path.is_file():
        return path
    if any(models.glob("*.tar.gz")):
        raise NoModel(
            f"the models in {models} were trained from other sources than these (or by `rasa train`): "
            "run `jobcentre train`"
        )
    raise NoModel(f"there is no trained model in {models}: run `jobcentre train`")


def train(models: Path, project: Path = PROJECT) -> Path:
    """Train with Rasa unless a model of these sources is there; returns its path. Raises JobcentreError."""
    path = models / f"{model_name(project)}.tar.gz"
    if path.is_file():
        return path
    import rasa

    result = rasa.train(
        domain=str(project / "domain.yml"),
        config=str(project / "config.yml"),
        training_files=[
            str(project / "data" / "nlu"),
            str(project / "data" / "messages"),
            str(project / "data" / "rules"),
        ],
        output=str(models),
        fixed_model_name=model_name(project),
        # Rasa's cache knows the words, not our code: it would hand back what an older component had learnt.
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise JobcentreError("training failed: see the lines above")
    return path
