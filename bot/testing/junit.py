"""A run as JUnit XML, which every CI reads: a suite for each file, a case for each conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from bot.testing.result import Played, Status
from bot.testing.run import Run
from bot.testing.text_report import told

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def junit(run: Run) -> bytes:
    """The document, in UTF-8. A known failure counts as skipped, one that passes as failed."""
    root = Element("testsuites", {"name": "conversations", **_totals(run.played)})
    for file, of_file in groupby(run.played, key=lambda played: played.file):
        cases = list(of_file)
        suite = SubElement(root, "testsuite", {"name": file, **_totals(cases)})
        for played in cases:
            _case(suite, played)
    if run.problems:
        _problems(root, run.problems)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _totals(played: Sequence[Played]) -> dict[str, str]:
    wrong = sum(one.status in (Status.FAILED, Status.MENDED) for one in played)
    return {
        "tests": str(len(played)),
        "failures": str(wrong),
        "errors": str(sum(one.status is Status.ERROR for one in played)),
        "skipped": str(sum(one.status is Status.KNOWN_FAILURE for one in played)),
        "time": f"{sum(one.seconds for one in played):.3f}",
    }


def _case(suite: Element, played: Played) -> None:
    case = SubElement(
        suite,
        "testcase",
        {"classname": played.file.rpartition(".")[0], "name": _plain(played.name), "time": f"{played.seconds:.3f}"},
    )
    if played.status is Status.KNOWN_FAILURE:
        SubElement(case, "skipped", {"message": _plain(f"not yet: {played.not_yet}")})
    elif played.status is not Status.PASSED:
        name = "error" if played.status is Status.ERROR else "failure"
        faults = [fault.text for fault in played.faults]
        message = played.error or "; ".join(faults) or f"it is right now: take not_yet out of {played.file}"
        SubElement(case, name, {"message": _plain(message), "type": played.status.value}).text = _plain(told(played))


def _problems(root: Element, problems: Sequence[str]) -> None:
    """What is wrong with the run as a whole, as cases of a suite of their own."""
    count = str(len(problems))
    totals = {"tests": count, "failures": count, "errors": "0", "skipped": "0", "time": "0.000"}
    suite = SubElement(root, "testsuite", {"name": "the run as a whole", **totals})
    for number, problem in enumerate(problems, start=1):
        case = SubElement(suite, "testcase", {"classname": "run", "name": f"problem {number}", "time": "0.000"})
        SubElement(case, "failure", {"message": _plain(problem), "type": "problem"})
    for name in ("tests", "failures"):
        root.set(name, str(int(root.get(name, "0")) + len(problems)))


def _plain(text: str) -> str:
    """Without colours, and without what XML cannot hold: people's messages have anything in them."""
    return _NOT_XML.sub("\ufffd", _COLOUR.sub("", text))
