"""Words made once for many readers are the words that each would get alone, and one reader's own stay his."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import MovableClock
from bot.domain.delivery import Notice, NoticeKind, NoticeState
from bot.domain.events import EventDetails, Seats, SeatsPer
from bot.domain.ids import AssignmentId, NoticeId, PersonId
from bot.domain.matters import AnsweredBy
from bot.ports.messenger import OutgoingMessage
from bot.ports.notices import DueNotice
from bot.services.view_notices import NoticeView, view_alike
from handlers.notices.composing import Composer
from handlers.notices.shared import compose_alike
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import open_event
from tests.storage.test_board import open_task

MOSCOW, CHITA = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Chita")
CROWD = 6
OWN = {
    "an answer": "UPDATE assignments SET answer = 'coming', answered_at = :now, answered_by = person_id WHERE id = :id",
    "a reason": "UPDATE assignments SET answer = 'not_coming', comment = 'Болею', answered_at = :now WHERE id = :id",
    "a term": "UPDATE assignments SET due_at = :now, due_on = '2026-09-08', due_version = 1 WHERE id = :id",
    "was there": "UPDATE assignments SET attendance = 'present' WHERE id = :id",
    "left": "UPDATE assignments SET withdrawn_at = :now WHERE id = :id",
    "a seat": "INSERT INTO seats (assignment_id, occurrence_id, state, place, asked_at)"
    " SELECT id, occurrence_id, 'reserve', 1, :now FROM assignments WHERE id = :id",
}


@pytest.fixture
def crowd(factory: NetworkFactory, network: SmallNetwork) -> list[PersonId]:
    """Teachers of two schools."""
    return [
        factory.person(f"Участник {number}", school)
        for number in range(CROWD // 2)
        for school in (network.school_1, network.school_2)
    ]


def owed(file: Path) -> list[tuple[AssignmentId, PersonId]]:
    with sqlite3.connect(file) as other_hand:
        return other_hand.execute("SELECT id, coalesce(person_id, 1) FROM assignments ORDER BY id").fetchall()


def notices(
    owed: Sequence[tuple[AssignmentId, PersonId]], kind: NoticeKind, zone: ZoneInfo = MOSCOW
) -> list[DueNotice]:
    return [
        DueNotice(
            Notice(
                NoticeId(number), f"n{number}", person, kind, NoticeState.SENDING, MONDAY, MONDAY + timedelta(days=1),
                assignment_id=assignment, days_before=3 if kind is NoticeKind.REMINDER else None,
            ),
            1000 + number,
            zone,
        )
        for number, (assignment, person) in enumerate(owed, start=1)
    ]  # fmt: skip


async def together(composer: Composer, dues: Sequence[DueNotice]) -> dict[NoticeId, tuple[object, ...] | None]:
    """What each reader gets to see."""
    messages = await composer(dues)
    return {
        id_: None if message is None else (message.text, message.keyboard, message.replaces)
        for id_, message in messages.items()
    }


async def alone(composer: Composer, dues: Sequence[DueNotice]) -> dict[NoticeId, tuple[object, ...] | None]:
    return {id_: seen for due in dues for id_, seen in (await together(composer, [due])).items()}


@pytest.mark.parametrize("own", [None, *OWN])
async def test_everybody_gets_what_he_would_get_alone(
    database: Database,
    database_file: Path,
    network: SmallNetwork,
    crowd: list[PersonId],
    clock: MovableClock,
    own: str | None,
) -> None:
    await open_event(database, network)
    all_owed = owed(database_file)
    if own is not None:
        with sqlite3.connect(database_file) as other_hand:
            values = {"id": all_owed[0][0], "now": "2026-09-07 06:00:00.000000"}
            other_hand.execute(OWN[own], values)
    composer = Composer(database, clock, without_personal_data=False)

    assert len(all_owed) > CROWD
    for kind in ("announcement", "reminder", "today", "starts_soon", "moved", "nudge"):
        dues = notices(all_owed, NoticeKind(kind))
        assert await together(composer, dues) == await alone(composer, dues), kind


async def test_a_thousand_alike_are_put_into_words_once(
    database: Database, database_file: Path, network: SmallNetwork, crowd: list[PersonId]
) -> None:
    await open_event(database, network)
    dues = notices(owed(database_file), NoticeKind.ANNOUNCEMENT)
    said: list[NoticeView] = []

    def say(view: NoticeView) -> OutgoingMessage:
        said.append(view)
        button = {"text": "Да", "callback_data": f"a:{view.matters[0].assignment.id}:1"}
        return OutgoingMessage("Приходите", {"inline_keyboard": [[button]]})

    [alike] = await view_alike(database, dues)
    messages = compose_alike(alike, say)
    assert len(said) == 1
    sent_back = [
        message.keyboard["inline_keyboard"][0][0]["callback_data"]
        for message in messages.values()
        if message is not None and message.keyboard is not None
    ]
    assert sent_back == [f"a:{due.notice.assignment_id}:1" for due in dues]


async def test_a_number_that_is_shown_is_put_into_words_for_each(
    database: Database, database_file: Path, network: SmallNetwork, crowd: list[PersonId]
) -> None:
    await open_event(database, network)
    dues = notices(owed(database_file), NoticeKind.ANNOUNCEMENT)
    [alike] = await view_alike(database, dues)

    messages = compose_alike(alike, lambda view: OutgoingMessage(f"Ваш номер {view.matters[0].assignment.id}"))

    said = [message.text for message in messages.values() if message is not None]
    assert said == [f"Ваш номер {due.notice.assignment_id}" for due in dues]


async def test_another_clock_another_kind_and_a_school_with_seats_of_its_own_are_read_apart(
    database: Database, database_file: Path, network: SmallNetwork, crowd: list[PersonId], clock: MovableClock
) -> None:
    await open_event(database, network, details=EventDetails(seats=Seats(1, per=SeatsPer.SCHOOL)))
    all_owed = owed(database_file)
    here, there = notices(all_owed, NoticeKind.TODAY), notices(all_owed, NoticeKind.TODAY, CHITA)

    schools = len(await view_alike(database, here))
    assert schools == 2
    mixed = [*here[:4], *there[4:]]
    assert len(await view_alike(database, mixed)) > schools
    composer = Composer(database, clock, without_personal_data=False)
    assert await together(composer, mixed) == await alone(composer, mixed)


async def test_schools_are_named_each_by_its_own_name(
    database: Database, database_file: Path, network: SmallNetwork, clock: MovableClock
) -> None:
    await open_task(database, network, network.vladimir, answered_by=AnsweredBy.SCHOOL)
    composer = Composer(database, clock, without_personal_data=False)
    dues = notices(owed(database_file), NoticeKind.ANNOUNCEMENT)

    assert len(await view_alike(database, dues)) == len(dues) > 1
    assert await together(composer, dues) == await alone(composer, dues)
