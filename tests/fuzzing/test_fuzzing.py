"""The harness itself: that it would notice, and that the readers stand a short run in every suite."""

from __future__ import annotations

import os
import signal
import time
from random import Random

import pytest

from bot.documents import limits
from bot.documents.errors import DamagedError
from tests.fuzzing import children
from tests.fuzzing.children import load_readers, read_in_child
from tests.fuzzing.mutations import mutated
from tests.fuzzing.samples import samples

_INPUTS_A_READER = 20


load_readers()  # under the limits of a child there is no room left to import in


def _dies(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _swells(*_: object, **__: object) -> list[bytes]:
    return [bytes(1 << 30)]


def _raises(*_: object, **__: object) -> None:
    raise KeyError("unforeseen")


def _hangs(*_: object, **__: object) -> None:
    time.sleep(60)


def _refuses(*_: object, **__: object) -> None:
    raise DamagedError(detail="x")


@pytest.mark.parametrize(
    ("reader", "kind", "is_failure"),
    [
        (_dies, "ended by SIGKILL", True),
        (_swells, "out of memory", True),
        (_raises, "unforeseen", True),
        (_hangs, "ended by SIGALRM", True),
        (_refuses, "refused", False),
    ],
)
def test_every_way_to_fall_is_told_from_a_refusal(
    reader: object, kind: str, is_failure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "read_document", reader)
    monkeypatch.setattr(limits, "READING_SECONDS", 1)
    monkeypatch.setattr(children, "_PATIENCE", 1)
    outcome = read_in_child(b"x", "a.docx")
    assert (outcome.kind, outcome.is_failure) == (kind, is_failure)


def test_the_same_seed_makes_the_same_damage() -> None:
    for of_reader in samples().values():
        sample = of_reader[0]
        made = [mutated(sample.data, sample.reader, Random("1/7")) for _ in range(2)]
        assert made[0] == made[1] != sample.data


@pytest.mark.parametrize("reader", sorted(samples()))
def test_damaged_files_are_read_or_refused_in_words(reader: str) -> None:
    for place in range(_INPUTS_A_READER):
        of_reader = samples()[reader]
        sample = of_reader[place % len(of_reader)]
        outcome = read_in_child(mutated(sample.data, reader, Random(f"suite/{place}")), sample.file_name)
        assert not outcome.is_failure, f"{sample.file_name}, input {place}: {outcome.kind}\n{outcome.detail}"
