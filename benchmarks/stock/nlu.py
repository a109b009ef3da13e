"""Trains Rasa's default NLU pipeline with phrases, and asks it others.

    python -m benchmarks.stock.nlu FOLDER EPOCHS SEED

Run by the stock environment's Python. The folder has `train.json` (pairs of a text and its intent) and `asked.json`
(texts); what was heard is written beside them, `heard.json`, one intent for each text.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from benchmarks.stock.project import config


def main() -> int:
    folder, epochs, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    _write(folder, epochs, seed)
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="stock")
    texts = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    heard = asyncio.run(_ask(Agent.load(model), texts))
    (folder / "heard.json").write_text(json.dumps(heard), encoding="utf-8")
    return 0


def _write(folder: Path, epochs: int, seed: int) -> None:
    by_intent: defaultdict[str, list[str]] = defaultdict(list)
    for text, intent in json.loads((folder / "train.json").read_text(encoding="utf-8")):
        by_intent[intent].append(text)
    examples = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in by_intent.items()
    ]
    for name, content in (("config.yml", config(epochs, seed)), ("nlu.yml", {"version": "3.1", "nlu": examples})):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


async def _ask(agent: Agent, texts: Sequence[str]) -> list[str]:
    return [(await agent.parse_message(text))["intent"]["name"] or "" for text in texts]


if __name__ == "__main__":
    raise SystemExit(main())
