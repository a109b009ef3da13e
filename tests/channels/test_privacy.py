"""A running web chat keeps and logs nothing personal, whatever is sent to it and however."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.assistant.test_privacy import DISGUISED, SECRETS
from tests.assistant.worlds import SqliteTemplate
from tests.channels.servers import running
from tests.channels.test_webchat import LEEDS

pytestmark = [pytest.mark.xdist_group("webchat"), pytest.mark.slow]
MARK = "wombat marmalade"


def test_it_is_nowhere_on_disk_in_the_output_or_on_the_page(
    sample: SqliteTemplate, models: Path, tmp_path: Path
) -> None:
    told = [*SECRETS.values(), *DISGUISED.values()]
    with running(sample.new(), models, tmp_path) as server:
        seen = ""
        for number, (words, _) in enumerate(told):
            person = server.person()
            send = (
                person.write
                if number % 2
                else lambda text, account, of=person: of.post({"text": text, "account": account})
            )
            assert send(f"{words} {MARK}", LEEDS).status_code in (200, 303)
            seen += person.page(LEEDS)
        person.client.get("messages", params={"account": f"AB123456C {MARK}"})
        person.client.get(f"AB123456C/{MARK}")
        file = Path(str(make_url(server.database).database))
        # While it runs: the write-ahead log and its index are there.
        on_disk = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
        output = server.output.read_text()
    assert seen.count("removed]") >= len(told) - 1
    assert MARK in on_disk.decode("utf-8", "replace"), "the rest of the message is kept"
    places = on_disk.decode("utf-8", "replace") + output + seen
    assert [secret for _, secrets in told for secret in secrets if secret in places] == []
    assert MARK not in output
    assert "AB123456C" not in output
