"""`jobcentre train`: the model of these sources, trained once."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bot.settings import Settings

PROCESSORS = Path("/proc/cpuinfo")


@click.command()
def train() -> None:
    """Train the assistant, unless a model of these very sources is there already."""
    settings = Settings.read(os.environ)
    if kernel := common_kernel(PROCESSORS):
        os.environ.setdefault("OPENBLAS_CORETYPE", kernel)
    from bot.assistant.loading import quiet

    quiet()
    from bot.assistant.training import train as train_model

    click.echo(train_model(settings.models))


def common_kernel(processors: Path) -> str | None:
    """The kernel of OpenBLAS that all processors with AVX2 can run; None for others.

    Each kind of processor has a kernel of its own, which adds up in its own order. With one for all the same phrases
    make the same model everywhere. It is chosen as NumPy is loaded: until then nothing may import that.
    """
    flags = processors.read_text(encoding="utf-8").split() if processors.is_file() else []
    return "Haswell" if "avx2" in flags else None
