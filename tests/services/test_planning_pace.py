"""How many shares of people are planned in one transaction: what the machine does in a moment."""

from __future__ import annotations

from itertools import pairwise

from bot.domain.ids import PersonId
from bot.ports.planning import Share
from bot.services.planning_pace import PlanningPace

SHARES = tuple(Share(PersonId(after), PersonId(upto)) for after, upto in pairwise(range(101)))
QUICK, SLOW = 0.001, 0.5


def sizes(seconds: list[float]) -> list[int]:
    """How many are taken each time, where one took so long after the other."""
    pace, taken = PlanningPace(), []
    for share, took in zip(pace.joined(SHARES), seconds, strict=False):
        taken.append(share.upto - share.after)
        pace.note(took)
    return taken


def test_quick_shares_are_taken_together_up_to_a_bound() -> None:
    assert sizes([QUICK] * 7) == [1, 2, 4, 8, 16, 16, 16]


def test_after_a_slow_one_fewer_are_taken_and_never_none() -> None:
    assert sizes([QUICK, QUICK, QUICK, SLOW, SLOW, SLOW, SLOW, SLOW]) == [1, 2, 4, 8, 4, 2, 1, 1]


def test_what_takes_just_its_moment_stays_as_it_is() -> None:
    assert sizes([QUICK, 0.015, 0.015, 0.015]) == [1, 2, 2, 2]


def test_nobody_is_left_out_or_taken_twice() -> None:
    pace = PlanningPace()
    people: list[int] = []
    for share in pace.joined(SHARES):
        people += range(share.after + 1, share.upto + 1)
        pace.note(QUICK)
    assert people == list(range(1, 101))
