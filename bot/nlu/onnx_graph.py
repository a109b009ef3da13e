"""The graph of a small BERT in ONNX's format, made from its weights, with the weights of its layers in eight bits.

The format is protocol buffers (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). The few messages that are
needed are written here by their field numbers: the `onnx` package would be 60 MiB for that alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

Weights = Callable[[str], NDArray[np.float32]]
"""Gives the weights of a name."""
INPUT, OUTPUT = "embedded", "read"
HEADS, LAYERS = 12, 6
SMALLEST = 1e-12
"""What is added to a variance before it divides, in this model."""
STEPS = 63
"""Weights go from -63 to 63. Of their eight bits they leave one: without it, sums of two products overflow the sixteen
bits in which older processors hold them, and the same message would get another vector there."""
_FLOAT, _INT8 = 1, 3
_IR_VERSION = 8
_OPSETS = {"": 17, "com.microsoft": 1}
Attribute = int | float


def graph(weights: Weights) -> bytes:
    """An ONNX model from what the words of one text are embedded as (1 x words x size) to what they are read as."""
    size = len(weights("embeddings.LayerNorm.weight"))
    made = _Graph(weights)
    at = made.node(
        "LayerNormalization", INPUT, *made.norm("embeddings.LayerNorm"), domain="", epsilon=SMALLEST, axis=-1
    )
    for number in range(LAYERS):
        at = _layer(made, f"encoder.layer.{number}.", at)
    made.node("Identity", at, domain="", output=OUTPUT)
    return made.model(size)


def _layer(made: _Graph, layer: str, at: str) -> str:
    sides = [made.product(at, f"{layer}attention.self.{side}") for side in ("query", "key", "value")]
    heard = made.product(made.node("MultiHeadAttention", *sides, num_heads=HEADS), f"{layer}attention.output.dense")
    norm = made.norm(f"{layer}attention.output.LayerNorm")
    at = made.node("SkipLayerNormalization", heard, at, *norm, epsilon=SMALLEST)
    wide = made.node("Gelu", made.product(at, f"{layer}intermediate.dense"))
    norm = made.norm(f"{layer}output.LayerNorm")
    return made.node("SkipLayerNormalization", made.product(wide, f"{layer}output.dense"), at, *norm, epsilon=SMALLEST)


class _Graph:
    """Nodes and tensors, each written as it is added."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[bytes] = []
        self._tensors: list[bytes] = []

    def node(self, kind: str, *inputs: str, domain: str = "com.microsoft", output: str = "", **extra: Attribute) -> str:
        """Add a node; returns the name of what it puts out."""
        output = output or f"{kind}{len(self._nodes)}"
        attributes = [_attribute(name, value) for name, value in extra.items()]
        self._nodes.append(
            _fields(1, inputs) + _field(2, output) + _field(4, kind) + _fields(5, attributes) + _field(7, domain)
        )
        return output

    def product(self, at: str, name: str) -> str:
        """A dense layer: its input rounded as it comes, its weights in whole steps, of a size for each column."""
        weights = self._weights(f"{name}.weight").T
        steps = np.abs(weights).max(axis=0) / STEPS
        whole = np.rint(weights / steps).astype(np.int8)
        inputs = (self._tensor(f"{name}.whole", whole, _INT8), self._tensor(f"{name}.steps", steps, _FLOAT))
        return self.node("DynamicQuantizeMatMul", at, *inputs, "", self._named(f"{name}.bias"))

    def norm(self, name: str) -> tuple[str, str]:
        return self._named(f"{name}.weight"), self._named(f"{name}.bias")

    def _named(self, name: str) -> str:
        return self._tensor(name, self._weights(name), _FLOAT)

    def _tensor(self, name: str, values: NDArray[np.generic], kind: int) -> str:
        self._tensors.append(_fields(1, values.shape) + _field(2, kind) + _field(8, name) + _field(9, values.tobytes()))
        return name

    def model(self, size: int) -> bytes:
        ends = _fields(11, [_value(INPUT, size)]) + _fields(12, [_value(OUTPUT, size)])
        body = _fields(1, self._nodes) + _field(2, "sentence vectors") + _fields(5, self._tensors) + ends
        opsets = [_field(1, domain) + _field(2, version) for domain, version in _OPSETS.items()]
        return _field(1, _IR_VERSION) + _field(7, body) + _fields(8, opsets)


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, int):
        return _field(1, name) + _field(3, value) + _field(20, 2)
    return _field(1, name) + b"\x15" + np.float32(value).tobytes() + _field(20, 1)


def _value(name: str, size: int) -> bytes:
    dimensions = [_field(1, 1), _field(2, "words"), _field(1, size)]
    tensor = _field(1, _FLOAT) + _field(2, _fields(1, dimensions))
    return _field(1, name) + _field(2, _field(1, tensor))


def _fields(number: int, values: Iterable[int | str | bytes]) -> bytes:
    return b"".join(_field(number, value) for value in values)


def _field(number: int, value: int | str | bytes) -> bytes:
    """One field of a protocol buffer: a whole number, or a text or message with its length before it."""
    if isinstance(value, int):
        return _whole(number << 3) + _whole(value)
    content = value.encode() if isinstance(value, str) else value
    return _whole(number << 3 | 2) + _whole(len(content)) + content


def _whole(value: int) -> bytes:
    """A whole number in groups of seven bits, the lowest first; below zero in 64 bits' complement."""
    value &= 2**64 - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
