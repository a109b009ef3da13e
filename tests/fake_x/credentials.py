"""What the assistant needs to speak on the fake X: secrets as files, and a credentials.yml that names them."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.channels.x.accounts import SECTION
from tests.fake_x.server import FakeX


def write_secrets(x: FakeX, folder: Path) -> None:
    """FOLDER/consumer_key, FOLDER/HANDLE/access_token and so on."""
    app = x.world.app
    secrets = {"consumer_key": app.consumer_key, "consumer_secret": app.consumer_secret}
    for account in x.world.accounts():
        secrets[f"{account.username}/access_token"] = account.token
        secrets[f"{account.username}/access_token_secret"] = account.token_secret
    for name, secret in secrets.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(secret + "\n", encoding="utf-8")


def write_credentials(x: FakeX, file: Path, secrets: Path) -> None:
    """`secrets` is the folder of `write_secrets`."""
    section: dict[str, object] = {name: f"file:{secrets}/{name}" for name in ("consumer_key", "consumer_secret")}
    section |= {name: f"file:{secrets}/{{handle}}/{name}" for name in ("access_token", "access_token_secret")}
    section |= {"base_url": x.url, "accounts": {account.username: account.id for account in x.world.accounts()}}
    file.write_text(yaml.safe_dump({SECTION: section}), encoding="utf-8")
