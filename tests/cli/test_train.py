"""A model is made by the same arithmetic on every machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.train import common_kernel

FLAGS = {"flags : fpu sse2 avx avx2 fma": "Haswell", "flags : fpu sse2 avx": None, "Features : fp asimd": None}


@pytest.mark.parametrize(("told", "kernel"), FLAGS.items(), ids=FLAGS)
def test_processors_with_avx2_share_a_kernel(told: str, kernel: str | None, tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text(f"processor : 0\n{told}\n", encoding="utf-8")
    assert common_kernel(tmp_path / "cpuinfo") == kernel


def test_where_nothing_tells_of_processors_none_is_chosen(tmp_path: Path) -> None:
    assert common_kernel(tmp_path / "cpuinfo") is None


def test_the_kernel_is_chosen_before_numpy_is_loaded() -> None:
    code = "import sys, bot.cli, bot.cli.train; print('numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
