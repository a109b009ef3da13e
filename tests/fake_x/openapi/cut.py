"""Cuts X's OpenAPI document down to what the fake serves: `python -m tests.fake_x.openapi.cut X.json > 2.167.json`.

Kept: the operations below with what they refer to. Left out: descriptions and examples, and what lies inside posts,
places and polls, which the fake never answers with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

KEPT = {
    "/2/dm_events": {"get"},
    "/2/dm_events/{event_id}": {"get", "delete"},
    "/2/dm_conversations/with/{participant_id}/dm_events": {"get"},
    "/2/dm_conversations/{id}/dm_events": {"get"},
    "/2/dm_conversations/with/{participant_id}/messages": {"post"},
    "/2/dm_conversations/{dm_conversation_id}/messages": {"post"},
    "/2/users/me": {"get"},
    "/2/users/by/username/{username}": {"get"},
}
EMPTIED = {"Tweet", "Post", "Place", "Poll", "Topic"}
WORDS = {"description", "example", "examples", "tags", "externalDocs", "summary"}
_REFERENCE = "#/components/"


def cut(document: dict[str, Any]) -> dict[str, Any]:
    """The smaller document."""
    paths = {path: {m: document["paths"][path][m] for m in sorted(KEPT[path])} for path in sorted(KEPT)}
    components = _reached(paths, document["components"])
    components["securitySchemes"] = document["components"]["securitySchemes"]
    info = {"title": document["info"]["title"], "version": document["info"]["version"]}
    top = {"openapi": document["openapi"], "info": info, "servers": document["servers"]}
    small: dict[str, Any] = _without_words({**top, "paths": paths, "components": components})
    return small


def _reached(paths: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    """The components that the paths refer to, directly or through others."""
    reached: dict[str, Any] = {}
    waiting = sorted(_references(paths))
    while waiting:
        section, name = waiting.pop().removeprefix(_REFERENCE).split("/")
        if name in reached.setdefault(section, {}):
            continue
        reached[section][name] = {"type": "object"} if name in EMPTIED else components[section][name]
        waiting.extend(sorted(_references(reached[section][name])))
    return {section: dict(sorted(named.items())) for section, named in sorted(reached.items())}


def _references(value: Any) -> set[str]:
    """Where it points to, a discriminator's mapping included."""
    if isinstance(value, str):
        return {value} if value.startswith(_REFERENCE) else set()
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(_references, inside))


def _without_words(value: Any, is_named: bool = False) -> Any:
    """`is_named`: the keys are names (of properties, say), which stay whatever they are called."""
    if isinstance(value, list):
        return [_without_words(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_words(inside, is_named=key in ("properties", "schemas", "parameters", "mapping"))
        for key, inside in value.items()
        if is_named or not _is_words(key, value)
    }


def _is_words(key: str, of: dict[str, Any]) -> bool:
    """An answer's description has to stay."""
    return key.startswith("x-") or (key in WORDS and not (key == "description" and "content" in of))


if __name__ == "__main__":
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    json.dump(cut(found), sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")
