"""`jobcentre train`: the model of these sources, trained once."""

from __future__ import annotations

import os

import click

from bot.settings import Settings


@click.command()
def train() -> None:
    """Train the assistant, unless a model of these very sources is there already."""
    settings = Settings.read(os.environ)
    from bot.assistant.loading import quiet

    quiet()
    from bot.assistant.training import train as train_model

    click.echo(train_model(settings.models))
