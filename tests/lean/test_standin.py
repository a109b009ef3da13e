"""The stand-in for TensorFlow: Rasa runs without it, and whatever needs it says so at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT

STANDIN = PROJECT / "lean" / "tensorflow" / "__init__.py"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    names = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=names, timeout=120, check=False)


def test_it_is_what_rasa_imports() -> None:
    import tensorflow

    assert Path(str(tensorflow.__file__)) == STANDIN


@pytest.mark.parametrize(
    "use",
    [
        "tensorflow.constant(1)",
        "tensorflow.keras.layers.Dense(10)",
        "tensorflow.python.framework.ops.Tensor()",
        "type('Mine', (tensorflow.keras.Model,), {})()",
        "__import__('keras').layers.Dense(1)",
    ],
)
def test_whatever_computes_with_it_fails_at_once_and_says_why(use: str) -> None:
    import tensorflow

    with pytest.raises(tensorflow.TensorFlowIsLeftOut, match=r"leaves out: use components in config\.yml"):
        eval(use, {"tensorflow": tensorflow})


def test_names_can_be_imported_subclassed_and_used_as_types() -> None:
    import tensorflow as tf
    from tensorflow.keras.utils import Sequence
    from tensorflow.python.training.tracking.data_structures import NoDependency

    class Mine(Sequence):  # type: ignore[misc]
        def size(self) -> tf.Tensor | None:
            return None

        @tf.function(input_signature=[])
        def twice(self) -> int:
            return 2

    assert issubclass(Mine, Sequence)
    assert NoDependency.__name__ == "NoDependency"
    assert isinstance(tf.Tensor[int], type)


def test_a_name_of_python_itself_is_not_made_up() -> None:
    import tensorflow

    for module in (tensorflow, tensorflow.keras):
        with pytest.raises(AttributeError):
            _ = module.__wrapped__


CONFIG = """\
recipe: default.v1
assistant_id: heavy
language: en
pipeline:
- name: WhitespaceTokenizer
- name: CountVectorsFeaturizer
- name: {nlu}
policies:
- name: {policy}
"""
DATA = """\
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hello
    - hi there
- intent: goodbye
  examples: |
    - bye
    - see you later
stories:
- story: greeting
  steps:
  - intent: greet
  - action: action_listen
- story: leaving
  steps:
  - intent: goodbye
  - action: action_listen
"""
DOMAIN = """\
version: "3.1"
intents: [greet, goodbye]
"""


@pytest.mark.parametrize(
    ("nlu", "policy"),
    [
        ("DIETClassifier", "RulePolicy"),
        pytest.param("LogisticRegressionClassifier", "TEDPolicy", marks=pytest.mark.slow),
    ],
)
def test_a_component_that_needs_it_fails_loudly_in_training(tmp_path: Path, nlu: str, policy: str) -> None:
    """Never a model that answers by chance."""
    for name, text in (("config", CONFIG.format(nlu=nlu, policy=policy)), ("data", DATA), ("domain", DOMAIN)):
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    files = {"--config": "config.yml", "--data": "data.yml", "--domain": "domain.yml", "--out": "models"}
    options = [part for option, name in files.items() for part in (option, str(tmp_path / name))]
    done = run(sys.executable, "-m", "rasa", "train", *options)
    assert done.returncode != 0
    assert "which this project leaves out" in done.stderr + done.stdout
    assert not list(tmp_path.glob("models/*.tar.gz"))


def test_the_command_line_of_rasa_works() -> None:
    done = run(sys.executable, "-m", "rasa", "--version")
    assert done.returncode == 0
    assert "3.6.21" in done.stdout


def test_nothing_of_the_real_one_is_loaded_by_the_assistant() -> None:
    code = (
        "from bot.assistant.loading import quiet; quiet(); import bot.assistant.rasa_runner, sys;"
        "print([m for m in sys.modules if m.startswith('tensorflow') and getattr(sys.modules[m], '__file__', None)])"
    )
    done = run(sys.executable, "-c", code)
    assert (done.returncode, done.stdout.strip()) == (0, "['tensorflow']"), done.stderr
