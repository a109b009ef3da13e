"""`make soak`: one JSON line of what came of every message. The exit code is 1 where something is wrong."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import fields
from pathlib import Path

from tests.soak.people import Sizes
from tests.soak.running import Soak


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    for size in fields(Sizes):
        parser.add_argument(f"--{size.name}", type=type(size.default), default=size.default)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", type=Path, help="a trained model, in place of an engine that repeats what it hears")
    parser.add_argument("--folder", type=Path, help="where database and log are left, to be looked at")
    asked = parser.parse_args()
    sizes = Sizes(**{size.name: getattr(asked, size.name) for size in fields(Sizes)})
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="soak-") as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        soak = Soak(folder.absolute(), sizes, asked.seed, asked.model)
        verdict = soak.run()
        calls = soak.x.journal.find()
    beside = {"calls": len(calls), "faults": sum(call.fault is not None for call in calls)}
    line = {**verdict.to_dict(), "seed": asked.seed, **beside, "seconds": round(time.monotonic() - began)}
    sys.stdout.write(json.dumps(line) + "\n")
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
