"""One card for all who see it alike is, for each of them, the card that he would have got alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.events import Attendance, EventDetails, Seats, SeatState, SubstitutionState
from bot.domain.forms import FormStanding
from bot.domain.ids import AssignmentId, PersonId, SeriesId, UnitId
from bot.domain.matters import ActivityKind, Answer, Matter, OccurrenceState
from bot.domain.reviewing import Review, Reviewing
from bot.domain.seats import Seat, Substitute
from bot.domain.selection import ApplicationState, Selection
from handlers.answers import shared_cards
from handlers.answers.card import Card, matter_card
from handlers.answers.shared_cards import SharedCard, shared_card
from tests.calendar_days import MONDAY
from tests.handlers.answers.test_card import MOSCOW, TASK, TODAY, WEBINAR, answered

YAKUTSK = ZoneInfo("Asia/Yakutsk")
BEFORE, DURING = WEBINAR.due_at - timedelta(days=3), WEBINAR.due_at + timedelta(minutes=20)
COUNTED = replace(WEBINAR, event=EventDetails(seats=Seats(main=2, reserve=1)))

MATTERS = [
    pytest.param(TASK, id="a task of a school"),
    pytest.param(replace(TASK, title="Свод " * 100), id="a long title, with «Подробнее»"),
    pytest.param(replace(TASK, title="Заявка 1999999973"), id="words with the very number that stands in"),
    pytest.param(answered(TASK, Answer.DONE), id="answered by a colleague"),
    pytest.param(answered(TASK, Answer.PROBLEM, "нет света"), id="somebody's own words"),
    pytest.param(replace(answered(TASK, Answer.NOT_OURS), reviewing=Reviewing(review=Review.RETURNED)), id="returned"),
    pytest.param(replace(TASK, form=FormStanding(12, answered=3)), id="a form half filled in"),
    pytest.param(replace(TASK, state=OccurrenceState.CANCELLED), id="cancelled"),
    pytest.param(WEBINAR, id="a webinar"),
    pytest.param(answered(WEBINAR, Answer.COMING), id="coming"),
    pytest.param(replace(answered(WEBINAR, Answer.MAYBE), series_id=SeriesId(3)), id="maybe, one of a series"),
    pytest.param(replace(WEBINAR, has_recording=True, has_materials=True), id="with papers"),
    pytest.param(COUNTED, id="seats are counted"),
    pytest.param(replace(COUNTED, seat=Seat(SeatState.RESERVE, place=1)), id="in the reserve"),
    pytest.param(
        replace(WEBINAR, substitute=Substitute("Котов Пётр", SubstitutionState.ASKED)), id="a colleague asked"
    ),
    pytest.param(
        replace(WEBINAR, assignment=replace(WEBINAR.assignment, attendance=Attendance.PRESENT)), id="he was there"
    ),
    pytest.param(replace(TASK, kind=ActivityKind.CALL), id="a call"),
    pytest.param(
        replace(TASK, kind=ActivityKind.SELECTION, selection=Selection(5), applications=(ApplicationState.WAITING,)),
        id="a selection",
    ),
    pytest.param(
        replace(WEBINAR, kind=ActivityKind.SELECTION, selection=Selection(5), applications=(ApplicationState.MAIN,)),
        id="a selection of people",
    ),
]


@pytest.mark.parametrize("now", [BEFORE, DURING], ids=["ahead", "begun"])
@pytest.mark.parametrize("reader", [MOSCOW, YAKUTSK], ids=str)
@pytest.mark.parametrize("matter", MATTERS)
def test_everybody_gets_the_card_that_is_made_for_him_alone(matter: Matter, reader: ZoneInfo, now: datetime) -> None:
    for person in (matter, *(of_another(matter, n) for n in (2, 31, 777_777))):
        for options in ({}, {"is_full": True}, {"listed": True}, {"is_changing": True}):
            alone = matter_card(person, reader=reader, today=TODAY, now=now, **options)
            shared = shared_card(person, reader=reader, today=TODAY, now=now, **options)
            assert Card(shared.text, shared.keyboard) == alone


def test_a_card_is_made_once_for_those_who_answered_within_a_minute_and_anew_after_it() -> None:
    given = answered(WEBINAR, Answer.COMING)

    cards = [of_another(given, n, answered_after=timedelta(seconds=n)) for n in range(50)]
    assert len({shared(matter).text for matter in cards}) == 1
    assert misses_of(cards) == 0
    assert misses_of([of_another(given, 51, answered_after=timedelta(minutes=1))]) == 1


def test_words_that_somebody_wrote_are_not_kept() -> None:
    assert misses_of([answered(WEBINAR, Answer.NOT_COMING, "болею")]) == 0


def of_another(matter: Matter, number: int, *, answered_after: timedelta = timedelta(0)) -> Matter:
    own = matter.assignment
    his = replace(
        own,
        id=AssignmentId(number),
        unit_id=UnitId(number),
        person_id=own.person_id and PersonId(number),
        answered_by=own.answered_by and PersonId(number),
        answered_at=own.answered_at and own.answered_at + answered_after,
    )
    if own.person_id is None:
        return replace(matter, assignment=his)
    return replace(matter, assignment=his, unit_title=f"Школа № {number}", answered_by_name=f"Зимина {number}")


def shared(matter: Matter, today: date = TODAY) -> Card | SharedCard:
    return shared_card(matter, reader=MOSCOW, today=today, now=MONDAY)


def misses_of(matters: list[Matter]) -> int:
    """How many of these cards had to be made."""
    before = shared_cards._card_of_all.cache_info().misses
    for matter in matters:
        shared(matter)
    return shared_cards._card_of_all.cache_info().misses - before
