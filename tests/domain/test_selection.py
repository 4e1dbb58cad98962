"""A selection by its rules: how the lists stand, what is above a quota, who moves up, what an applicant is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.forms import Question, QuestionKind, Value
from bot.domain.ids import ApplicationId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.selection import (
    Application,
    ApplicationState,
    Bound,
    News,
    Selection,
    can_be_corrected,
    excesses,
    heard_before,
    label_of,
    lists_of,
    neighbour,
    news_of,
    next_up,
    reserve_of,
)
from bot.domain.selection_lists import numbered_reserve
from tests.calendar_days import MONDAY

WAITING, MAIN, RESERVE, DECLINED, WITHDRAWN = ApplicationState
TYNDA, ZEYA, SVOBODNY = UnitId(1), UnitId(2), UnitId(3)
TITLES = {TYNDA: "г. Тында", ZEYA: "г. Зея", SVOBODNY: "г. Свободный"}


def applied(
    number: int,
    state: ApplicationState = WAITING,
    part: UnitId = TYNDA,
    *,
    place: int | None = None,
    told: ApplicationState | None = None,
    at: datetime = MONDAY,
) -> Application:
    return Application(
        id=ApplicationId(number),
        occurrence_id=OccurrenceId(1),
        assignment_id=AssignmentId(number),
        number=1,
        unit_id=UnitId(100 + number),
        unit_title=f"Школа № {number}",
        part=part,
        part_title=TITLES[part],
        person_id=PersonId(number),
        person_name="Цой Марина Викторовна",
        about=None,
        state=state,
        version=1,
        applied_at=at,
        place=place if state is RESERVE else None,
        told=told,
    )


QUOTAS = Selection(places=3, reserve=2, quotas={TYNDA: 2, ZEYA: 1})
NO_QUOTAS = Selection(places=3, reserve=2)


def test_the_lists_are_counted_by_municipality_and_in_all() -> None:
    everybody = [
        applied(1, MAIN, told=MAIN),
        applied(2, MAIN),
        applied(3, RESERVE, ZEYA, place=1, told=MAIN),
        applied(4),
        applied(5, DECLINED, SVOBODNY),
        applied(6, WITHDRAWN, told=MAIN),
    ]
    lists = lists_of(QUOTAS, everybody, {})
    standing = [(one.title, one.quota, one.main, one.reserve, one.waiting, one.is_full) for one in lists.parts]
    assert standing == [
        ("г. Зея", 1, 0, 1, 0, False),
        ("г. Свободный", None, 0, 0, 0, False),
        ("г. Тында", 2, 2, 0, 1, True),
    ]
    assert (lists.count(MAIN), lists.count(RESERVE), lists.count(WAITING)) == (2, 1, 1)
    assert lists.untold == 3, "one never told, one moved since, one declined; who withdrew is told nothing"
    assert lists.is_announced


def test_a_municipality_with_a_quota_is_shown_before_anybody_there_applies() -> None:
    lists = lists_of(QUOTAS, [], {TYNDA: "г. Тында", ZEYA: "г. Зея"})
    assert [(one.title, one.quota, one.main) for one in lists.parts] == [("г. Зея", 1, 0), ("г. Тында", 2, 0)]
    assert not lists.is_announced


FULL = [applied(1, MAIN), applied(2, MAIN)]


@pytest.mark.parametrize(
    ("selection", "others", "part", "to", "bounds", "why"),
    [
        (QUOTAS, FULL, TYNDA, MAIN, [Bound.QUOTA], "two of two"),
        (QUOTAS, FULL, ZEYA, MAIN, [], "another municipality has its own"),
        (QUOTAS, [*FULL, applied(3, MAIN, ZEYA)], ZEYA, MAIN, [Bound.QUOTA, Bound.PLACES], "both are full"),
        (QUOTAS, [*FULL, applied(3, MAIN, ZEYA)], SVOBODNY, MAIN, [Bound.PLACES], "no quota, no place either"),
        (replace(QUOTAS, each=1), [applied(1, MAIN, SVOBODNY)], SVOBODNY, MAIN, [Bound.QUOTA], "that of all others"),
        (NO_QUOTAS, FULL, TYNDA, MAIN, [], "a place is left"),
        (NO_QUOTAS, FULL, TYNDA, DECLINED, [], "a refusal exceeds nothing"),
        (
            NO_QUOTAS,
            [applied(1, RESERVE, place=1), applied(2, RESERVE, place=2)],
            TYNDA,
            RESERVE,
            [Bound.RESERVE],
            "two of two wait",
        ),
        (Selection(places=3), [], TYNDA, RESERVE, [Bound.RESERVE], "no reserve at all"),
    ],
)
def test_what_one_more_would_exceed(
    selection: Selection,
    others: list[Application],
    part: UnitId,
    to: ApplicationState,
    bounds: list[Bound],
    why: str,
) -> None:
    one = applied(9, WAITING, part)
    assert [found.bound for found in excesses(selection, [*others, one], one, to)] == bounds, why


def test_who_stands_on_the_list_already_exceeds_nothing() -> None:
    assert excesses(QUOTAS, FULL, FULL[0], MAIN) == ()


@pytest.mark.parametrize(
    ("selection", "everybody", "freed", "expected", "why"),
    [
        (QUOTAS, [applied(1, MAIN), applied(2, RESERVE, ZEYA, place=1), applied(3, RESERVE, place=2)], TYNDA, 3,
         "the first of the municipality whose place it was, before the first of all"),
        (QUOTAS, [applied(1, MAIN), applied(2, RESERVE, ZEYA, place=1)], TYNDA, 2,
         "nobody waits there: the first of the others whose quota has room"),
        (QUOTAS, [*FULL, applied(3, RESERVE, place=1), applied(4, RESERVE, ZEYA, place=2)], None, 4,
         "the first is of a full municipality and is passed over"),
        (QUOTAS, [*FULL, applied(3, MAIN, ZEYA), applied(4, RESERVE, SVOBODNY, place=1)], None, None,
         "all places are taken"),
        (NO_QUOTAS, [applied(1, MAIN), applied(2, RESERVE, ZEYA, place=2), applied(3, RESERVE, place=1)], ZEYA, 3,
         "without quotas the order alone counts"),
        (NO_QUOTAS, [applied(1, MAIN)], TYNDA, None, "nobody waits"),
    ],
)  # fmt: skip
def test_who_moves_up(
    selection: Selection, everybody: list[Application], freed: UnitId | None, expected: int | None, why: str
) -> None:
    found = next_up(selection, everybody, freed=freed)
    assert (found and found.id) == expected, why


@pytest.mark.parametrize(
    ("selection", "moved", "up", "expected", "why"),
    [
        (NO_QUOTAS, 2, True, 0, "one before it"),
        (NO_QUOTAS, 1, True, None, "nobody is before the first"),
        (QUOTAS, 3, True, 0, "the one before it in its municipality, not in the whole reserve"),
        (QUOTAS, 2, False, None, "alone in its municipality"),
    ],
)
def test_the_order_of_the_reserve_is_that_of_a_line(
    selection: Selection, moved: int, up: bool, expected: int | None, why: str
) -> None:
    reserve = reserve_of(
        [applied(3, RESERVE, place=9), applied(1, RESERVE, place=1), applied(2, RESERVE, ZEYA, place=5)]
    )
    assert [one.id for one in reserve] == [1, 2, 3]
    one = next(found for found in reserve if found.id == moved)
    assert neighbour(selection, reserve, one, up=up) == expected, why


@pytest.mark.parametrize(
    ("selection", "expected", "why"),
    [
        (NO_QUOTAS, [(1, 1), (2, 2), (3, 3)], "one line for all, whoever it is"),
        (QUOTAS, [(1, 2), (1, 1), (2, 3)], "Зея before Тында, each with a line of its own"),
        (Selection(places=3, each=1), [(1, 2), (1, 1), (2, 3)], "the same quota for all is a quota too"),
    ],
)
def test_the_reserve_is_numbered_by_its_lines(selection: Selection, expected: list[tuple[int, int]], why: str) -> None:
    reserve = [applied(3, RESERVE, place=9), applied(1, RESERVE, place=1), applied(2, RESERVE, ZEYA, place=5)]
    assert [(place, one.id) for place, one in numbered_reserve(selection, reserve)] == expected, why


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ("applied reserve told main told", RESERVE),
        ("applied reserve main", None),
        ("applied reserve told declined reserve main told", RESERVE),
        ("applied declined told reserve main told", DECLINED),
        ("applied reserve told main told untaken main told", RESERVE),
        ("applied reserve told main untaken main", RESERVE),
        ("applied reserve main told", None),
    ],
)
def test_what_was_heard_before_one_was_taken_up(moves: str, expected: ApplicationState | None) -> None:
    assert heard_before(moves.split()) is expected


@pytest.mark.parametrize(
    ("told", "state", "news"),
    [
        (None, MAIN, News.MAIN),
        (None, RESERVE, News.RESERVE),
        (None, DECLINED, News.DECLINED),
        (None, WAITING, None),
        (None, WITHDRAWN, None),
        (MAIN, MAIN, None),
        (RESERVE, MAIN, News.RAISED),
        (DECLINED, MAIN, News.RAISED),
        (MAIN, RESERVE, News.TO_RESERVE),
        (DECLINED, RESERVE, News.TO_RESERVE),
        (MAIN, DECLINED, News.TAKEN_OFF),
        (RESERVE, DECLINED, News.TAKEN_OFF),
        (MAIN, WITHDRAWN, None),
    ],
)
def test_what_an_applicant_is_told(told: ApplicationState | None, state: ApplicationState, news: News | None) -> None:
    assert news_of(told, state) is news
    assert applied(1, state, told=told).is_untold is (news is not None)


@pytest.mark.parametrize(
    ("state", "told", "is_open", "can"),
    [
        (WAITING, None, True, True),
        (MAIN, None, True, True),
        (MAIN, MAIN, True, False),
        (WAITING, None, False, False),
        (WITHDRAWN, None, True, False),
    ],
)
def test_what_was_not_announced_is_corrected_until_the_term(
    state: ApplicationState, told: ApplicationState | None, is_open: bool, can: bool
) -> None:
    assert can_be_corrected(applied(1, state, told=told), is_open=is_open) is can


def test_an_application_of_a_school_is_named_by_its_first_words() -> None:
    questions = (
        Question("age", QuestionKind.WHOLE, "Сколько лет?"),
        Question("name", QuestionKind.TEXT, "ФИО"),
        Question("why", QuestionKind.TEXT, "Почему?"),
    )
    values = {"age": Value("15", 15), "name": Value("Петров\nИван"), "why": Value("Хочет")}
    assert label_of(questions, values) == "Петров Иван"
    assert label_of(questions, {"age": Value("15", 15)}) is None
    assert label_of(questions, {"name": Value("я" * 300)}) == "я" * 100, "what a column holds"
