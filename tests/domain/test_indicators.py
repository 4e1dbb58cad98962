"""Figures added up along the tree: what they reach, what they lack, and which of them nobody would believe."""

from __future__ import annotations

import pytest

from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import UnitId
from bot.domain.indicators import SchoolFigure, added_up, adds_up, outliers
from bot.domain.network import Unit, UnitKind

MENTORS = Question("mentors", QuestionKind.WHOLE, "Сколько наставников?", at_least=5)
UNPLANNED = Question("rooms", QuestionKind.WHOLE, "Сколько кабинетов?")
DISTRICT = Unit(UnitId(1), UnitKind.MUNICIPALITY, None, "/1/", "Район", None, "Europe/Moscow")


def school(number: int) -> Unit:
    return Unit(UnitId(number), UnitKind.SCHOOL, UnitId(1), f"/1/{number}/", f"Школа {number}", None, "Europe/Moscow")


def figures(*numbers: float | None) -> list[SchoolFigure]:
    return [
        SchoolFigure(school(place), number, owed=1, handed_in=number is not None)
        for place, number in enumerate(numbers, start=10)
    ]


def test_the_schools_add_up_and_the_rest_of_the_plan_is_named() -> None:
    whole = added_up(DISTRICT, MENTORS, figures(8, 3, None), before={}, plans={})
    assert (whole.number, whole.plan, whole.missing) == (11, 15, 4), "«не менее 5» of three schools"
    assert (whole.handed_in, whole.owed) == (2, 3)


@pytest.mark.parametrize(
    ("plans", "expected", "reason"),
    [
        ({}, 10, "of the question for each school"),
        ({UnitId(10): 8}, 13, "a school's own goes before that of the question"),
        ({UnitId(1): 40}, 40, "the district's own goes before those of its schools"),
    ],
)
def test_the_nearest_plan_counts(plans: dict[UnitId, float], expected: float, reason: str) -> None:
    assert added_up(DISTRICT, MENTORS, figures(1, 1), before={}, plans=plans).plan == expected, reason


def test_without_any_plan_nothing_is_missing() -> None:
    whole = added_up(DISTRICT, UNPLANNED, figures(1, None), before={}, plans={})
    assert (whole.plan, whole.missing) == (None, 0)


def test_only_schools_that_handed_in_both_times_are_compared() -> None:
    """Ten schools of last quarter against the one that has answered already are no fall."""
    whole = added_up(DISTRICT, MENTORS, figures(8, None, 4), before={UnitId(10): 5, UnitId(11): 100}, plans={})
    assert whole.change == 3
    assert added_up(DISTRICT, MENTORS, figures(None), before={UnitId(10): 5}, plans={}).change is None
    assert added_up(DISTRICT, MENTORS, figures(7), before={}, plans={}).change is None, "nothing to compare with"


def test_shares_are_averaged_and_not_added_up() -> None:
    """«Доля педагогов с категорией, %, не менее 60»: two schools with 80 and 50 are 65 % of both, never 130."""
    share = Question("share", QuestionKind.DECIMAL, "Доля педагогов", unit="%", at_least=60)
    whole = added_up(DISTRICT, share, figures(80, 50, None), before={UnitId(10): 70, UnitId(11): 50}, plans={})
    assert (whole.number, whole.plan, whole.missing, whole.change) == (65, 60, 0, 5)
    plans = {UnitId(10): 90.0}
    assert added_up(DISTRICT, share, figures(80, 50), before={}, plans=plans).plan == 75, "of both plans"


def test_of_shares_every_answer_counts_once() -> None:
    """Three people of one school with 90 % weigh more than one of another with 50 %."""
    share = Question("share", QuestionKind.DECIMAL, "Доля", unit="%")
    both = [SchoolFigure(school(10), 90, owed=3, handed_in=3), SchoolFigure(school(11), 50, owed=1, handed_in=1)]
    assert added_up(DISTRICT, share, both, before={}, plans={}).number == 80


@pytest.mark.parametrize(
    ("numbers", "plan", "missing", "reason"),
    [
        ((66.64, 66.64, 66.64), 66.64, 0, "met: neither rounding nor the adding of fractions takes anything away"),
        ((66.96, 66.96), 67, 0.04, "nearly met is not met"),
        ((80, 50, 70), 66.7, 0.033333, "as it is, not as it is shown"),
    ],
)
def test_an_average_is_compared_with_its_plan_as_it_is(
    numbers: tuple[float, ...], plan: float, missing: float, reason: str
) -> None:
    share = Question("share", QuestionKind.DECIMAL, "Доля", unit="%")
    assert added_up(DISTRICT, share, figures(*numbers), before={}, plans={UnitId(1): plan}).missing == missing, reason


@pytest.mark.parametrize(
    ("numbers", "far", "reason"),
    [
        ([10, 11, 9, 12, 10, 8, 11, 900], {17}, "a slip of the finger"),
        ([10, 11, 9, 12, 10, 800, 11, 900], {15, 17}, "one wild figure does not hide another"),
        ([10, 11, 9, 12, 10, 8, 11, 13], set(), "schools differ"),
        ([5, 5, 5, 5, 5, 5, 5, 30], {17}, "all others say the same"),
        ([5, 5, 5, 5, 5, 5, 5, 6], set(), "and one says nearly the same"),
        ([0, 0, 0, 0, 0, 0, 0, 3], set(), "of nought everything is many times"),
        ([1, 1, 900], set(), "three schools say nothing about each other"),
        ([10, 11, 9, 12, 10, 8, None, 900], set(), "who handed in nothing is not counted"),
    ],
)
def test_figures_far_from_all_others_are_marked(numbers: list[float | None], far: set[int], reason: str) -> None:
    assert outliers(figures(*numbers)) == far, reason


def test_yes_is_counted_and_words_are_not() -> None:
    assert [kind for kind in QuestionKind if adds_up(kind)] == [
        QuestionKind.CHOICE,
        QuestionKind.SEVERAL,
        QuestionKind.YES_NO,
        QuestionKind.WHOLE,
        QuestionKind.DECIMAL,
    ]
