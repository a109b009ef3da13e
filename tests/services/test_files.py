"""Reading what staff hand in: what is wrong is named, with its file and line."""

from __future__ import annotations

import pytest

from bot.jobcentre.errors import BadInput
from bot.services.files import did_you_mean, read_rows

COLUMNS = ("id", "name")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "r.csv is empty", id="empty"),
        pytest.param(b"id,name\n", "a header and no rows", id="no rows"),
        pytest.param(b"id\na\n", "r.csv, line 1: no column name", id="missing column"),
        pytest.param(b"id;name\na;b\n", "with commas between them", id="semicolons"),
        pytest.param(b"id,name,id\na,b,c\n", "the column id is there twice", id="column twice"),
        pytest.param(b"id,name\na,b\nc,\xff\xfe\n", "r.csv, line 3: it is not in UTF-8", id="not utf-8"),
        pytest.param("id,name\na,b\n".encode("utf-16"), "not in UTF-8", id="utf-16"),
        pytest.param(b"PK\x03\x04rest", "is a spreadsheet", id="xlsx"),
        pytest.param(b"id,name\na,\0\n", "is not text", id="nul"),
        pytest.param(b'id,name\na,"b\n', "line 2: it cannot be read as CSV", id="open quote"),
        pytest.param(b'id,name\na,"b"c\n', "line 2: it cannot be read as CSV", id="text after a quote"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_is_wrong_and_where(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=r"^r") as raised:
        read_rows(data, "r.csv", COLUMNS)
    assert says in str(raised.value)


def test_a_byte_order_mark_blank_lines_and_further_columns_do_no_harm() -> None:
    rows = read_rows(b"\xef\xbb\xbfID, Name ,more\r\n a , b ,x\r\n\r\n , , \r\nc,d,y\r\n", "r.csv", COLUMNS)
    assert [(row.line, row.text("id"), row.text("name")) for row in rows] == [(2, "a", "b"), (5, "c", "d")]


def test_hidden_characters_are_taken_out_of_cells() -> None:
    assert read_rows("id,name\na,Le\u200beds\u202e\n".encode(), "r.csv", COLUMNS)[0].text("name") == "Leeds"


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("leeds-parkplace", ": did you mean leeds-park-place?"),
        ("LEEDS-PARK-PLACE", ": did you mean leeds-park-place?"),
        ("zzz", ""),
    ],
)
def test_a_near_name_is_suggested_and_a_far_one_is_not(word: str, says: str) -> None:
    assert did_you_mean(word, ["leeds-park-place", "glasgow-laurieston"]) == says
