"""Writes a stock Rasa project with our data, and trains it: `python -m benchmarks.stock.project FOLDER EPOCHS SEED`.

Run by the stock environment's Python. The pipeline and policies are Rasa's default ones, read from its own package; of
them only the number of epochs is changed. Its stories are walks over the intents: a stock TED learns from stories.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import rasa
import yaml

PROJECT = Path(__file__).resolve().parents[2]
ACTION = "action_stock_answer"
STORIES = 200
TURNS = 3
DEFAULT_CONFIG = Path(rasa.__file__).parent / "engine" / "recipes" / "config_files" / "default_config.yml"


def write(folder: Path, epochs: int, seed: int) -> None:
    """The project: configuration, domain, stories. The phrases are read where they are, in `data/nlu`."""
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("config.yml", config(epochs, seed)),
        ("domain.yml", {**domain, "actions": [ACTION], "responses": {}}),
        ("stories.yml", _stories(domain["intents"], seed)),
    ):
        (folder / name).write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")


def config(epochs: int, seed: int) -> dict[str, Any]:
    """Rasa's default configuration, for so many epochs."""
    default = yaml.safe_load(DEFAULT_CONFIG.read_text(encoding="utf-8"))
    for part in (*default["pipeline"], *default["policies"]):
        if "epochs" in part:
            part |= {"epochs": epochs, "random_seed": seed}
    return {**default, "assistant_id": "stock"}


def _stories(intents: list[str], seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    rules = [{"rule": intent, "steps": _steps([intent])} for intent in intents]
    stories = [{"story": f"walk {number}", "steps": _steps(chance.sample(intents, TURNS))} for number in range(STORIES)]
    return {"version": "3.1", "rules": rules, "stories": stories}


def _steps(intents: list[str]) -> list[dict[str, str]]:
    return [step for intent in intents for step in ({"intent": intent}, {"action": ACTION})]


def main() -> int:
    folder, epochs, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    write(folder, epochs, seed)
    result = rasa.train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(PROJECT / "data" / "nlu"), str(folder / "stories.yml")],
        output=str(folder),
        fixed_model_name="stock",
    )
    return int(result.code)


if __name__ == "__main__":
    raise SystemExit(main())
