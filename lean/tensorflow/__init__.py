"""Stands where TensorFlow would be, so that Rasa can be imported without it.

Rasa imports TensorFlow everywhere, also where no component uses it: 400 MiB of memory and seconds of every start. This
assistant's pipeline has no TensorFlow component, so the lock leaves TensorFlow out and this package takes its name. Any
module and any name can be imported from it and used as a type or a base class. Whatever tries to compute with it
fails at once, with a message that says why.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

__version__ = "0.0.0"
STANDS_FOR = ("tensorflow", "keras")


class TensorFlowIsLeftOut(ImportError):
    """Something needs the real TensorFlow: a DIET or TED component in `config.yml`, say."""


class _Absent(type):
    """The type of every name found here: it may be named, subclassed and subscripted, not used."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return absent(f"{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls.__qualname__ == "tensorflow.function":
            return _undecorated(*args)
        raise TensorFlowIsLeftOut(
            f"{cls.__qualname__} needs TensorFlow, which this project leaves out: use components in config.yml that do "
            "without it (no DIET, TED, UnexpecTED, ConveRT or language model), or install rasa's own requirements"
        )

    def __getitem__(cls, _: Any) -> Any:
        return cls

    def __or__(cls, other: Any) -> Any:
        return cls

    __ror__ = __or__


def absent(name: str) -> Any:
    """A stand-in for the TensorFlow name."""
    return _Absent(name.rpartition(".")[2], (), {"__qualname__": name, "__module__": __name__})


def _undecorated(*args: Any) -> Any:
    """`@tf.function` and `@tf.function(…)` run when a class is defined: they leave it as it is."""
    if len(args) == 1 and callable(args[0]):
        return args[0]

    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        return function

    return keep


class _Finder(MetaPathFinder, Loader):
    """Makes every submodule of the packages stood for importable."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        parent = name.partition(".")[0]
        return ModuleSpec(name, self, is_package=True) if parent in STANDS_FOR and parent != name else None

    def exec_module(self, module: ModuleType) -> None:
        module.__getattr__ = _named_in(module.__name__)  # type: ignore[method-assign]


def _named_in(module: str) -> Callable[[str], Any]:
    def __getattr__(name: str) -> Any:  # noqa: N807 — a module's own (PEP 562)
        if name.startswith("__"):
            raise AttributeError(name)
        return absent(f"{module}.{name}")

    return __getattr__


sys.meta_path.append(_Finder())
__getattr__ = _named_in(__name__)
