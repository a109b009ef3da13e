"""Rasa's default pipeline beside ours: DIET, trained with the first fold's phrases in the stock environment."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.stock import environment
from benchmarks.understanding.folds import split
from benchmarks.understanding.messages import Message, kind_of, masked_phrases, training_phrases
from benchmarks.understanding.shares import share


def ask(epochs: int, seed: int, sets: Sequence[Message]) -> Mapping[str, Any]:
    """Right kinds of the first fold and of the sets. The same masked phrases as ours. Takes minutes an epoch or two."""
    phrases = training_phrases()
    train, test = split([one.masked for one in phrases], 0, seed)
    asked = [*(phrases[i] for i in test), *masked_phrases(sets)]
    heard = _heard([(phrases[i].masked, phrases[i].intent) for i in train], [one.masked for one in asked], epochs, seed)
    told = [(one.origin, kind_of(intent) in one.right) for one, intent in zip(asked, heard, strict=True)]
    return {
        "epochs": epochs,
        **{origin: share(right for of, right in told if of == origin).to_dict() for origin in ("folds", "sets")},
    }


def _heard(train: Sequence[tuple[str, str]], asked: Sequence[str], epochs: int, seed: int) -> list[str]:
    python = environment.make_environment()
    with tempfile.TemporaryDirectory(prefix="understanding-") as folder:
        for name, content in (("train", train), ("asked", asked)):
            (Path(folder) / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
        command = [str(python), "-m", "benchmarks.stock.nlu", folder, str(epochs), str(seed)]
        own = {**os.environ, **environment.QUIET}
        subprocess.run(command, check=True, cwd=environment.PROJECT, env=own, stdout=subprocess.DEVNULL)
        heard: list[str] = json.loads((Path(folder) / "heard.json").read_text(encoding="utf-8"))
    return heard
