"""A soak fails for each thing that it watches, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.soak.crowd import Minute
from tests.soak.process import Footprint
from tests.soak.verdict import Course, Line, fitted, judged, summary

MINUTES = 8


def line(**changes: Any) -> Line:
    minute = Minute(fell_due=1800, sent=1800, waits=[0.1] * 300, imports=4, exports=4, behind=20)
    for name in changes.keys() & set(Minute.__slots__):
        setattr(minute, name, changes.pop(name))
    return Line(minute, Footprint(200.0, 40, 10, 12.0), **{"files": 40, "cpu": 12.0, **changes})


def course(*, last: dict[str, Any] | None = None, rise: float = 0.0) -> Course:
    """Eight minutes of which the last differs in ``last``; ``rise``: MB a second."""
    lines = [line() for _ in range(MINUTES - 1)] + [line(**(last or {}))]
    return Course(lines, [200 + second % 3 + rise * second for second in range(MINUTES * 60)], taps=5)


def broken(one: Course) -> list[str]:
    return [promise.words.split(",")[0] for promise in judged(one) if not promise.is_kept]


def test_a_bot_that_keeps_up_is_well() -> None:
    assert broken(course()) == []
    assert "14,400 of 14,400 that fell due" in summary(course())


@pytest.mark.parametrize(
    ("last", "words", "reason"),
    [
        ({"behind": 700}, "due and not sent at the end", "five in a hundred of what fell due"),
        ({"waits": [0.5] * 300}, "p95 of the taps", "it was 100 ms"),
        ({"unanswered": 1}, "taps that changed nothing", "nobody is left without an answer"),
        ({"failed_turns": 1}, "imports and exports that failed", "the coordinator waited a minute in vain"),
        ({"files": 46}, "open files more than in the second quarter", "they are not given back"),
        ({"lost": 1}, "notices given up or out of date", "nothing is lost"),
    ],
)
def test_each_failure_is_named(last: dict[str, Any], words: str, reason: str) -> None:
    assert broken(course(last=last)) == [words], reason


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one: replace(one, taps=6), "taps missing"),
        (lambda one: replace(one, lines=[line(imports=0) for _ in one.lines]), "imports missing"),
        (lambda one: replace(one, lines=[line(exports=0) for _ in one.lines]), "exports missing"),
    ],
)
def test_a_load_that_was_not_there_proves_nothing(change: Callable[[Course], Course], words: str) -> None:
    assert broken(change(course())) == [words]


@pytest.mark.parametrize(("rise", "is_well"), [(0.02, True), (0.1, False), (-0.1, True)])
def test_memory_is_judged_by_its_slope_after_the_warm_up(rise: float, is_well: bool) -> None:
    """Over 360 seconds: by 7 MB of 202 or by 36."""
    assert (broken(course(rise=rise)) == []) is is_well


def test_memory_has_a_limit_at_every_second() -> None:
    once = course()
    swollen = replace(once, memory=[*once.memory[:-1], 251.0])
    assert broken(swollen) == ["memory at the worst second"]


def test_what_fills_up_in_the_beginning_is_no_growth() -> None:
    full = course()
    filling = replace(full, memory=[min(one, 50 + 2 * second) for second, one in enumerate(full.memory)])
    assert broken(filling) == []


def test_a_line_is_fitted_to_all_seconds() -> None:
    began, slope = fitted([10, 12, 14, 16])
    assert (began, slope) == pytest.approx((10, 2))
    assert fitted([7.0]) == (7.0, 0.0)
