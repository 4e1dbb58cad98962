"""How many shares of people are planned in one transaction: what the machine does in a moment."""

from __future__ import annotations

from itertools import pairwise

from bot.domain.ids import PersonId
from bot.ports.planning import Share
from bot.services.planning_pace import PlanningPace
from storage.database import Database

SHARES = tuple(Share(PersonId(after), PersonId(upto)) for after, upto in pairwise(range(101)))
QUICK, SLOW = 0.001, 0.5
SHARE = 0.00175  # a moment holds eight of them


def sizes(seconds: list[float]) -> list[int]:
    """How many are taken each time, where one took so long after the other."""
    pace, taken = PlanningPace(), []
    for share, took in zip(pace.joined(SHARES), seconds, strict=False):
        taken.append(share.upto - share.after)
        pace.note(took)
    return taken


def test_quick_shares_are_taken_together_up_to_a_bound() -> None:
    assert sizes([QUICK] * 9) == [4, 8, 16, 16, 16, 16, 16, 8], "that is all of them"


def test_as_many_are_taken_as_fill_a_moment() -> None:
    assert sizes([4 * SHARE, 8 * SHARE, 8 * SHARE]) == [4, 8, 8]


def test_one_that_stood_for_the_disk_changes_nothing() -> None:
    assert sizes([4 * SHARE, 8 * SHARE, 8 * SHARE, SLOW, 8 * SHARE]) == [4, 8, 8, 8, 8]


def test_after_two_slow_ones_as_many_are_taken_as_would_have_fitted() -> None:
    slower = 11 * SHARE
    assert sizes([4 * SHARE, 8 * SHARE, slower, slower, slower]) == [4, 8, 8, 8, 5]


def test_however_slow_it_is_a_few_are_taken() -> None:
    assert sizes([SLOW, SLOW, SLOW]) == [4, 4, 4]


def test_it_gathers_speed_again_by_twice_as_many() -> None:
    assert sizes([SLOW, SLOW, QUICK, QUICK, QUICK]) == [4, 4, 4, 4, 8]


async def test_a_transaction_that_was_cut_short_says_nothing_of_the_machine(database: Database) -> None:
    """A share of readers whose steps are not known yet is only looked at: that is quick on any machine."""
    pace = PlanningPace()
    for _ in range(3):
        async with pace.watched(database):
            pace.disregard()
    assert next(pace.joined(SHARES)) == Share(SHARES[0].after, SHARES[3].upto)


def test_nobody_is_left_out_or_taken_twice() -> None:
    pace = PlanningPace()
    people: list[int] = []
    for share in pace.joined(SHARES):
        people += range(share.after + 1, share.upto + 1)
        pace.note(QUICK)
    assert people == list(range(1, 101))
