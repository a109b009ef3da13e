"""The stock side's own environment and model, each made once for what it is made from."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = PROJECT / ".venv-stock"
PYTHON = ENVIRONMENT / "bin" / "python"
REQUIREMENTS = Path(__file__).parent / "requirements.txt"
MODELS = PROJECT / ".cache" / "stock"
SOURCES = ("data/nlu", "domain.yml", "benchmarks/stock/project.py", "benchmarks/stock/requirements.txt")
SEED = 1
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


def make_environment() -> Path:
    """The Python of `.venv-stock`, installed anew where its requirements changed. Takes minutes and 2.6 GB."""
    stamp, wanted = ENVIRONMENT / "installed", _digest([REQUIREMENTS])
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        print("installing a stock Rasa into .venv-stock: this takes minutes", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return PYTHON


def train(epochs: int) -> Path:
    """The stock model of this very data, trained for so many epochs."""
    files = [file for source in SOURCES for file in _files(PROJECT / source)]
    folder = MODELS / f"{_digest(files)}-{epochs}"
    model = folder / "stock.tar.gz"
    if not model.is_file():
        print(f"training the stock model for {epochs} epochs: this takes minutes", file=sys.stderr)
        command = [str(PYTHON), "-m", "benchmarks.stock.project", str(folder), str(epochs), str(SEED)]
        subprocess.run(command, check=True, cwd=PROJECT, env={**os.environ, **QUIET}, stdout=subprocess.DEVNULL)
    return model


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.yml"))


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
