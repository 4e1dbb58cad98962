"""Moving an event, and several dates of a series in one act, through the chat."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import OccurrenceId
from handlers.webinars.callbacks import MoveFollowing, MoveWebinar, ShowWebinar
from storage.database import Database
from storage.tables import notices, occurrences
from tests.calendar_days import MONDAY
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import SmallNetwork
from tests.opening import open_event
from tests.planning import plan_notices

MSK = ZoneInfo("Europe/Moscow")
THURSDAY = MONDAY + timedelta(days=3)  # at noon in Moscow
WEEK = timedelta(weeks=1)


async def dates(database: Database) -> list[str]:
    """Beginning and end of each date, in Moscow."""
    async with database.read() as tx:
        rows = await tx._connection.execute(select(occurrences.c.due_at, occurrences.c.ends_at).order_by("id"))
        return [f"{_local(row.due_at):%d.%m %H:%M}–{_local(row.ends_at):%H:%M}" for row in rows]


def _local(at: datetime) -> datetime:
    return at.astimezone(MSK)


async def asked_when(chat: Chat, occurrence: OccurrenceId) -> Message:
    await chat.says("/webinars")
    await chat.presses(data=ShowWebinar(occurrence=occurrence).pack())
    return await chat.presses("🕒 Перенести")


async def test_an_event_keeps_its_length_unless_another_end_is_named(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    event = await open_event(database, network, dates=[THURSDAY], lasts=timedelta(hours=1))
    chat = tg.chat_of(network.regional)

    await asked_when(chat, event.occurrence_id)
    await chat.says("11 сентября в 15:00")
    await chat.presses("Да, перенести")
    assert await dates(database) == ["11.09 15:00–16:00"]

    await chat.presses("🕒 Перенести")
    await chat.says("11 сентября с 16:00 до 18:30")
    await chat.presses("Да, перенести")
    assert await dates(database) == ["11.09 16:00–18:30"]


async def test_an_hour_alone_is_of_the_day_that_stands(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    event = await open_event(database, network, dates=[THURSDAY])
    chat = tg.chat_of(network.regional)
    await asked_when(chat, event.occurrence_id)

    sure = await chat.says("в 17:00")

    assert "четверг, 10 сентября, 17:00 МСК" in sure["text"]
    assert "ответы сохранятся" in sure["text"]


async def test_several_dates_where_one_is_asked_for_are_not_guessed_among(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    event = await open_event(database, network, dates=[THURSDAY])
    chat = tg.chat_of(network.regional)
    await asked_when(chat, event.occurrence_id)

    assert "Не понял, когда" in (await chat.says("12, 19 и 26 декабря в 15:00"))["text"]


async def test_the_following_dates_of_a_series_move_along_and_each_person_is_told_once(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    event = await open_event(database, network, dates=[THURSDAY, THURSDAY + WEEK, THURSDAY + 2 * WEEK])
    await plan_notices(database, days=WorkCalendar(), now=clock.now())
    async with database.write() as tx:
        await tx._connection.execute(notices.update().where(notices.c.kind == "assigned").values(state="sent"))
    chat = tg.chat_of(network.regional)
    await asked_when(chat, event.occurrence_ids[1])
    sure = await chat.says("18 сентября в 15:00")
    assert "Эту и следующие так же: ещё 1" in labels(sure)

    await chat.presses("Эту и следующие так же: ещё 1")

    assert "одним сообщением" in chat.toast["text"]
    assert "Теперь встречи:\nпятница, 18 сентября, 15:00 МСК\nпятница, 25 сентября, 15:00 МСК" in chat.last["text"]
    assert await dates(database) == ["10.09 12:00–13:00", "18.09 15:00–16:00", "25.09 15:00–16:00"]
    await plan_notices(database, days=WorkCalendar(), now=clock.now())
    async with database.read() as tx:
        told = select(notices.c.kind).where(
            notices.c.person_id == network.teacher_1, notices.c.kind.in_(["moved", "changed"])
        )
        assert list((await tx._connection.execute(told)).scalars()) == ["changed"]


async def test_a_second_tap_moves_nothing_further(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    event = await open_event(database, network, dates=[THURSDAY, THURSDAY + WEEK])
    chat = tg.chat_of(network.regional)
    first = event.occurrence_id
    await asked_when(chat, first)
    sure = await chat.says("11 сентября в 12:00")
    along = MoveFollowing(occurrence=first, version=1).pack()
    alone = MoveWebinar(occurrence=first, version=1, is_sure=True).pack()
    buttons = [b for row in sure["reply_markup"]["inline_keyboard"] for b in row]
    assert [b["callback_data"] for b in buttons][:2] == [alone, along]

    await chat.presses(data=along)
    moved = await dates(database)
    await asked_when(chat, first)
    again = await chat.says("11 сентября в 12:00")
    await chat.presses("Эту и следующие так же: ещё 1", on=again)

    assert moved == ["11.09 12:00–13:00", "18.09 12:00–13:00"]
    assert await dates(database) == moved
    assert "Ничего не изменилось" in chat.toast["text"]


async def test_the_last_date_and_an_event_by_itself_have_nothing_to_move_along(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    series = await open_event(database, network, dates=[THURSDAY, THURSDAY + WEEK])
    alone = await open_event(database, network, dates=[THURSDAY], source="event:alone")
    chat = tg.chat_of(network.regional)
    for occurrence in (series.occurrence_ids[-1], alone.occurrence_id):
        await asked_when(chat, occurrence)
        sure = await chat.says("20 сентября в 15:00")
        assert labels(sure) == ["Да, перенести", "‹ Нет, оставить"]
