"""Calendar files in the chat: of one event by its button, of everything by /calendar."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import icalendar
import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.matters import Answer
from bot.file_making import calendar_file
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.cancel_occurrence import cancel_occurrence
from bot.services.export_calendar import export_event, export_matter
from handlers.answers.callbacks import ShowMatter
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Message, Telegram, labels, telegram
from tests.factories import SmallNetwork
from tests.opening import assignment, open_event, open_task, open_webinar


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, calendar_file=calendar_file) as tg:
        yield tg


def entries(tg: Telegram, message: Message) -> dict[str, Any]:
    """What the file of the message puts into a calendar, by title."""
    stored = tg.sandbox.world.files.get(message["document"]["file_id"])
    assert stored is not None
    calendar: Any = icalendar.Calendar.from_ical(stored.data)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


async def own(database: Database, network: SmallNetwork, occurrence: OccurrenceId) -> AssignmentId:
    return await assignment(database, occurrence, person=network.teacher_1)


async def test_an_event_goes_into_the_calendar_by_one_tap(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_webinar(database, network)
    owed = await own(database, network, occurrence)
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/my")
    card = await chat.presses(data=ShowMatter(assignment=owed, listed=True).pack())
    assert "📅 В календарь" in labels(card)

    sent = await chat.presses("📅 В календарь")

    assert sent["document"]["file_name"] == "вебинар-2026-09-10.ics"
    assert "появится в календаре" in sent["caption"]
    (event,) = entries(tg, sent).values()
    assert event["dtstart"].dt == MONDAY + timedelta(days=3)


async def test_another_persons_matter_gives_nothing(database: Database, network: SmallNetwork) -> None:
    owed = await own(database, network, await open_webinar(database, network))
    with pytest.raises(NotFoundError):
        await export_matter(database, actor=await actor_of(database, network.teacher_2), assignment_id=owed)


async def test_after_a_call_off_the_same_button_takes_it_out(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    occurrence = await open_webinar(database, network)
    owed = await own(database, network, occurrence)
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/my")
    await chat.presses(data=ShowMatter(assignment=owed, listed=True).pack())
    first = await chat.presses("📅 В календарь")
    organiser = await actor_of(database, network.regional)
    await cancel_occurrence(database, actor=organiser, occurrence_id=occurrence, version=1, now=clock.now())

    second = await chat.presses("📅 В календарь")

    assert "уйдёт из календаря" in second["caption"]
    (before,), (after,) = entries(tg, first).values(), entries(tg, second).values()
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]


async def test_everything_of_mine_is_one_file(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await open_task(database, network)
    await open_event(database, network, dates=[MONDAY + timedelta(days=3), MONDAY + timedelta(days=10)])
    coordinator, teacher = tg.chat_of(network.coordinator_1), tg.chat_of(network.teacher_1)

    of_school, of_teacher = await coordinator.says("/calendar"), await teacher.says("/calendar")

    assert list(entries(tg, of_school)) == ["Срок: Провести родительские собрания"]
    assert "1 запись" in of_school["caption"]
    assert len(entries(tg, of_teacher)) == 2
    assert of_teacher["document"]["file_name"] == "мой-календарь.ics"


async def test_the_file_can_be_taken_again_and_names_the_same_entries(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    occurrence = await open_webinar(database, network)
    chat = tg.chat_of(network.teacher_1)
    first = await chat.says("/calendar")
    declined = GivenReply(await own(database, network, occurrence), Answer.NOT_COMING)
    giver = await actor_of(database, network.teacher_1)
    await accept_reply(database, actor=giver, reply=declined, source="telegram:1", now=clock.now())

    again = await chat.says("/calendar")

    (before,), (after,) = entries(tg, first).values(), entries(tg, again).values()
    assert before["uid"] == after["uid"]
    assert after["status"] == "CANCELLED", "who does not come has it in his calendar no more"


async def test_the_calendar_is_also_found_among_ones_own_data(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")

    sent = await chat.presses("📅 Мой календарь")

    assert len(entries(tg, sent)) == 1


async def test_with_nothing_to_put_in_it_says_so(network: SmallNetwork, tg: Telegram) -> None:
    assert "класть нечего" in (await tg.chat_of(network.teacher_1).says("/calendar"))["text"]


async def test_whoever_looks_after_events_has_them_in_his_calendar_too(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    event = await open_event(database, network, title="Школа тьютора")
    chat = tg.chat_of(network.regional)
    listed = await chat.says("/webinars")
    every = await chat.presses("📅 Все в календарь")
    await chat.presses(labels(listed)[0], on=listed)
    one = await chat.presses("📅 В календарь")

    assert every["document"]["file_name"] == "события.ics"
    mine, single = entries(tg, every)["Школа тьютора"], entries(tg, one)["Школа тьютора"]
    assert mine["uid"] == single["uid"]
    owed = await own(database, network, event.occurrence_id)
    teacher = tg.chat_of(network.teacher_1)
    await teacher.says("/my")
    await teacher.presses(data=ShowMatter(assignment=owed, listed=True).pack())
    invited = entries(tg, await teacher.presses("📅 В календарь"))["Школа тьютора"]
    assert invited["uid"] == mine["uid"], "one entry, whichever of the two files it came from"


async def test_a_stranger_gets_no_event_of_another_part_of_the_network(
    database: Database, network: SmallNetwork
) -> None:
    event = await open_event(database, network)
    with pytest.raises(NotFoundError):
        await export_event(
            database, actor=await actor_of(database, network.amur_regional), occurrence_id=event.occurrence_id
        )
