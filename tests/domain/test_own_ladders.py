"""A ladder of one's own: what can be made of it, and what nobody could bear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.foretelling import foretell
from bot.domain.ladder import DueMoment, Heard, plan_steps
from bot.domain.matters import LadderName
from bot.domain.own_ladders import (
    MAX_STEPS,
    BadLadderError,
    LadderFault,
    ladder_title,
    with_bounds,
    with_changed,
    with_step,
    without_step,
)
from bot.domain.quiet import Reader
from bot.domain.steps import LADDERS, Ladder, LadderStep, Level

MSK = ZoneInfo("Europe/Moscow")
DAYS = WorkCalendar()
USUAL = LADDERS[LadderName.USUAL]
FULL = Ladder(tuple(LadderStep(-days) for days in range(MAX_STEPS)))
ONE = Ladder((LadderStep(-1),))
NOON = datetime(2026, 9, 1, 9, tzinfo=UTC)
"""A Tuesday, twelve in Moscow."""


@pytest.mark.parametrize(
    ("change", "fault", "reason"),
    [
        (lambda: with_step(FULL, LadderStep(-30)), LadderFault.TOO_MANY, "nobody bears a seventeenth"),
        (lambda: with_step(USUAL, LadderStep(-7, time(15))), LadderFault.TWICE, "two in one day would be one"),
        (lambda: with_step(USUAL, LadderStep(-120)), LadderFault.FAR, "nobody knows of the matter yet"),
        (lambda: with_step(USUAL, LadderStep(40)), LadderFault.FAR, "who has not answered by then will not"),
        (lambda: with_step(USUAL, LadderStep(-5, time(23))), LadderFault.HOUR, "it would wait until the morning"),
        (lambda: without_step(ONE, LadderStep(-1)), LadderFault.NOBODY, "nobody would be reminded at all"),
        (lambda: with_changed(ONE, LadderStep(-1), LadderStep(2)), LadderFault.NOBODY, "only after the term"),
        (lambda: with_bounds(USUAL, least_gap=timedelta(minutes=5)), LadderFault.BOUND, "no less than twelve hours"),
        (lambda: with_bounds(USUAL, most=100), LadderFault.BOUND, "no more than people bear"),
        (lambda: ladder_title("  "), LadderFault.TITLE, "a name is words"),
    ],
)
def test_what_would_not_work_is_refused(change: Callable[[], object], fault: LadderFault, reason: str) -> None:
    with pytest.raises(BadLadderError) as refused:
        change()
    assert refused.value.fault is fault, reason


def test_a_ladder_survives_being_stored() -> None:
    for ladder in LADDERS.values():
        stored = Ladder.from_json(with_bounds(ladder, least_gap=timedelta(hours=24), most=5).to_json())
        assert (sorted(stored.steps), stored.least_gap, stored.most) == (sorted(ladder.steps), timedelta(hours=24), 5)


def planned(ladder: Ladder, *, heard: Heard | None = None, now: datetime = NOON) -> list[str]:
    due = DueMoment(datetime(2026, 9, 18, 20, 59, 59, tzinfo=UTC), date(2026, 9, 18), has_time=False)
    steps = plan_steps(ladder, due, Reader(MSK), now=now, days=DAYS, heard=heard)
    return [f"{step.at.astimezone(MSK):%d.%m %H:%M} {step.kind.value}" for step in steps]


def test_a_step_comes_at_its_own_hour_before_and_after_the_term() -> None:
    ladder = Ladder((LadderStep(-3, time(15)), LadderStep(0, time(10)), LadderStep(1, time(11))))
    assert planned(ladder) == [
        "01.09 12:00 announcement",
        "15.09 15:00 reminder",
        "18.09 10:00 today",
        "21.09 11:00 reminder",
    ]


def test_of_two_steps_closer_than_the_least_gap_the_more_urgent_one_stays() -> None:
    ladder = Ladder((LadderStep(-1, time(19)), LadderStep(0, time(8))), least_gap=timedelta(hours=24))
    assert planned(ladder) == ["01.09 12:00 announcement", "18.09 08:00 today"]


def test_of_more_messages_than_allowed_those_farthest_from_the_term_are_left_out() -> None:
    assert planned(Ladder(USUAL.steps, most=3)) == [
        "01.09 12:00 announcement",
        "17.09 09:00 reminder",
        "18.09 09:00 today",
    ]


def test_what_he_was_told_before_counts() -> None:
    """Planned anew on the evening of a reminder: the next comes no sooner than the gap, and the bound counts on."""
    heard = Heard(datetime(2026, 9, 15, 6, tzinfo=UTC), 2)
    ladder = Ladder((LadderStep(-3, time(18)), LadderStep(-2), LadderStep(-1), LadderStep(0)), most=4)
    at_four = datetime(2026, 9, 15, 13, tzinfo=UTC)
    assert planned(ladder, heard=heard, now=at_four) == ["17.09 09:00 reminder", "18.09 09:00 today"]


def test_what_is_foretold_is_what_would_be_planned() -> None:
    found = foretell(USUAL, date(2026, 9, 18), MSK, now=NOON, days=DAYS)
    said = [f"{one.at.astimezone(MSK):%d.%m %H:%M} {one.to.value} {one.days}" for one in found]
    assert said == [
        "01.09 12:00 ower None",
        "04.09 09:00 ower -14",
        "11.09 09:00 ower -7",
        "15.09 09:00 ower -3",
        "17.09 09:00 ower -1",
        "18.09 09:00 ower 0",
        "21.09 09:00 municipality 1",
        "23.09 09:00 municipality 3",
        "23.09 09:00 region 3",
    ]


@pytest.mark.parametrize("name", LADDERS, ids=str)
def test_no_ready_ladder_sends_nobody_above_more_than_one_level_a_step(name: LadderName) -> None:
    places = [(step.days, step.to) for step in LADDERS[name].steps]
    assert len(places) == len(set(places))
    assert any(step.to is Level.MUNICIPALITY for step in LADDERS[name].upwards), "somebody above hears of the silent"
