"""Which query parameters X takes, read from its own OpenAPI document: 2.166 and 2.167 differ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "openapi"
VERSIONS = ("2.166", "2.167")


class Invalid(ValueError):
    """A parameter that X does not take, or not with that value."""

    def __init__(self, parameter: str, value: str, message: str) -> None:
        super().__init__(message)
        self.parameter, self.value, self.message = parameter, value, message


@dataclass(frozen=True)
class Parameter:
    """What one query parameter may be."""

    name: str
    choices: frozenset[str] | None = None
    """A list, comma between, of these."""
    least: int | None = None
    most: int | None = None
    shortest: int = 0

    def check(self, value: str) -> None:
        """Raises Invalid."""
        if self.choices is not None:
            self._check_list(value)
        elif self.least is not None:
            most = self.most or 0
            if not value.isascii() or not value.isdigit() or not self.least <= int(value) <= most:
                raise self._wrong(value, f"is not between {self.least} and {most}")
        elif len(value) < self.shortest:
            raise self._wrong(value, f"is shorter than {self.shortest}")

    def _check_list(self, value: str) -> None:
        assert self.choices is not None
        items = value.split(",")
        if strange := [item for item in items if item not in self.choices]:
            raise self._wrong(value, f"[{strange[0]}] is not one of [{','.join(sorted(self.choices))}]")
        if len(set(items)) < len(items):
            raise self._wrong(value, "names one of them twice")

    def _wrong(self, value: str, why: str) -> Invalid:
        return Invalid(self.name, value, f"The `{self.name}` query parameter value [{value}] {why}")


@cache
def document(version: str) -> dict[str, Any]:
    """X's OpenAPI document, cut to what the fake serves."""
    read: dict[str, Any] = json.loads((FOLDER / f"{version}.json").read_text(encoding="utf-8"))
    return read


def check_query(version: str, path: str, method: str, query: Mapping[str, str]) -> None:
    """`path` is the document's own, with braces. Raises Invalid."""
    known = _parameters(version, path, method)
    for name, value in query.items():
        if name not in known:
            raise Invalid(name, value, f"The query parameter [{name}] is not one of [{','.join(sorted(known))}]")
        known[name].check(value)


@cache
def _parameters(version: str, path: str, method: str) -> dict[str, Parameter]:
    found = document(version)["paths"][path][method.lower()].get("parameters", [])
    resolved = [_resolved(version, parameter) for parameter in found]
    return {told["name"]: _parameter(version, told) for told in resolved if told["in"] == "query"}


def _parameter(version: str, told: Mapping[str, Any]) -> Parameter:
    schema = _resolved(version, told["schema"])
    if schema["type"] == "array":
        return Parameter(told["name"], choices=frozenset(_resolved(version, schema["items"])["enum"]))
    return Parameter(told["name"], None, schema.get("minimum"), schema.get("maximum"), schema.get("minLength", 0))


def _resolved(version: str, value: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = value
    while "$ref" in found:
        *_, section, name = found["$ref"].split("/")
        found = document(version)["components"][section][name]
    return found  # type: ignore[no-any-return]
