"""An event that moves or is called off: who hears of it, and what becomes of the messages that people have already."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.domain.ids import OccurrenceId
from bot.services.cancel_occurrence import cancel_occurrence
from bot.services.move_occurrence import move_occurrence
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Message, labels
from tests.factories import SmallNetwork, account_of
from tests.opening import open_event, open_webinar
from tests.running import Running, everybody, running

THURSDAY = MONDAY + timedelta(days=3)
FRIDAY = THURSDAY + timedelta(days=1)
WEEK = timedelta(weeks=1)


@pytest.fixture
async def live(database_file: Path, clock: MovableClock, network: SmallNetwork) -> AsyncIterator[Running]:
    async with running(database_file, clock) as live:
        live.meet(*everybody(network))
        yield live


async def move(
    database: Database, network: SmallNetwork, occurrence: OccurrenceId, to: datetime, *, version: int, now: datetime
) -> None:
    await move_occurrence(
        database,
        actor=await actor_of(database, network.regional),
        occurrence_id=occurrence,
        version=version,
        due_at=to,
        due_on=to.date(),
        has_time=True,
        now=now,
    )


async def call_off(
    database: Database, network: SmallNetwork, occurrence: OccurrenceId, *, version: int, now: datetime
) -> None:
    actor = await actor_of(database, network.regional)
    await cancel_occurrence(database, actor=actor, occurrence_id=occurrence, version=version, now=now)


async def press(live: Running, chat: int, label: str) -> None:
    pressing = asyncio.create_task(live.sandbox.press(chat, label))
    while not pressing.done():
        await asyncio.sleep(0)
        await live.app.drain()
    await pressing


def texts(messages: list[Message]) -> list[str]:
    return [message["text"] for message in messages]


async def test_a_moved_event_is_told_and_the_older_message_reads_right(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network, due_at=THURSDAY)
    await live.app.tick()
    clock.advance(timedelta(hours=1))

    await move(database, network, occurrence, FRIDAY, version=1, now=clock.now())
    await live.app.tick()

    old, new = texts(live.told(network.teacher_1))
    assert "Время вебинара изменилось" in new
    assert "пятница, 11 сентября, 12:00 МСК" in new
    assert "пятница, 11 сентября, 12:00 МСК" in old, "whoever scrolls up finds the right hour"
    assert "10 сентября" not in old


async def test_the_buttons_of_the_older_message_answer_for_the_new_date(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network, due_at=THURSDAY)
    await live.app.tick()
    await move(database, network, occurrence, FRIDAY, version=1, now=clock.now())
    await live.app.tick()

    first = live.told(network.teacher_1)[0]
    button = next(b for row in first["reply_markup"]["inline_keyboard"] for b in row if b["text"] == "✅ Приду")
    pressing = asyncio.create_task(
        live.sandbox.press(account_of(network.teacher_1), data=button["callback_data"], message_id=first["message_id"])
    )
    while not pressing.done():
        await asyncio.sleep(0)
        await live.app.drain()

    assert "Записал: вы придёте" in ((await pressing) or {})["text"]


async def test_a_called_off_event_has_no_answers_left_anywhere(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network, due_at=THURSDAY)
    await live.app.tick()
    await press(live, account_of(network.teacher_2), "❌ Не смогу")
    await press(live, account_of(network.teacher_2), "🤒 Болезнь")

    await call_off(database, network, occurrence, version=1, now=clock.now())
    await live.app.tick()

    for teacher in (network.teacher_1, network.teacher_2):
        told = live.told(teacher)
        assert "Вебинар отменён" in told[-1]["text"], "who declined is told too: he may have changed his plans for it"
        assert "Вебинар отменён" in told[0]["text"]
        assert "example.org" not in told[0]["text"]
        assert {label for message in told for label in labels(message)} <= {"📅 Убрать из календаря"}


async def test_at_night_the_older_message_changes_in_silence_and_the_news_wait_for_the_morning(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network, due_at=THURSDAY)
    await live.app.tick()
    clock.move_to(datetime(2026, 9, 7, 20, 0, tzinfo=UTC))

    await move(database, network, occurrence, FRIDAY, version=1, now=clock.now())
    await live.app.tick()
    (only,) = texts(live.told(network.teacher_1))
    assert "11 сентября" in only

    clock.move_to(datetime(2026, 9, 8, 5, 0, tzinfo=UTC))
    await live.app.tick()
    assert len(live.told(network.teacher_1)) == 2


async def test_moving_twice_ends_in_the_last_hour_everywhere(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network, due_at=THURSDAY)
    await live.app.tick()
    await move(database, network, occurrence, FRIDAY, version=1, now=clock.now())
    await live.app.tick()
    await move(database, network, occurrence, FRIDAY + timedelta(hours=2), version=2, now=clock.now())
    await live.app.tick()
    before = live.told(network.teacher_1)

    await live.app.tick()

    assert live.told(network.teacher_1) == before, "what is up to date is not touched again"
    assert len(before) == 3
    assert all("11 сентября, 14:00 МСК" in text for text in texts(before))


async def test_a_message_that_its_reader_deleted_harms_nothing(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network, due_at=THURSDAY)
    await live.app.tick()
    live.sandbox.add_fault(
        method="editMessageText", error_code=400, description="Bad Request: message to edit not found", count=9
    )

    await move(database, network, occurrence, FRIDAY, version=1, now=clock.now())
    await live.app.tick()

    assert len(live.told(network.teacher_1)) == 2
    async with database.read() as tx:
        assert "failed" not in {state.value for state in await tx.notices.counts()}


async def test_several_dates_of_a_series_moved_at_once_are_one_message_and_the_list_reads_right(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    event = await open_event(database, network, dates=[THURSDAY, THURSDAY + WEEK, THURSDAY + 2 * WEEK])
    await live.app.tick()
    first, second, third = event.occurrence_ids

    await move(database, network, first, FRIDAY, version=1, now=clock.now())
    await move(database, network, second, FRIDAY + WEEK, version=1, now=clock.now())
    await call_off(database, network, third, version=1, now=clock.now())
    await live.app.tick()

    old, new = texts(live.told(network.teacher_1))
    for text in (old, new):
        assert "11 сентября" in text
        assert "18 сентября" in text
        assert "10 сентября" not in text
    assert "вот как теперь" in old
    assert "✖️ отменено" in old


SATURDAY_NOON = datetime(2026, 9, 12, 9, 0, tzinfo=UTC)


async def test_who_would_come_in_vain_on_a_day_off_hears_of_the_call_off_before(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network, due_at=SATURDAY_NOON)
    await live.app.tick()
    clock.move_to(SATURDAY_NOON - timedelta(hours=2))

    await call_off(database, network, occurrence, version=1, now=clock.now())
    await live.app.tick()
    assert not any("отменён" in heading for heading in live.headings(network.teacher_1)[1:]), "it is a day off"

    clock.move_to(SATURDAY_NOON - timedelta(minutes=15))
    await live.app.tick()
    assert live.headings(network.teacher_1)[-1] == "✖️ Вебинар отменён"


async def test_who_would_come_to_the_old_hour_on_a_day_off_hears_of_the_new_one_before(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network, due_at=SATURDAY_NOON)
    await live.app.tick()
    clock.move_to(SATURDAY_NOON - timedelta(hours=2))

    await move(database, network, occurrence, SATURDAY_NOON + timedelta(hours=4), version=1, now=clock.now())
    clock.move_to(SATURDAY_NOON - timedelta(minutes=15))
    await live.app.tick()

    assert live.headings(network.teacher_1)[-1] == "📅 Время вебинара изменилось"
