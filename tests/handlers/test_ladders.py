"""/ladders: a ready one is copied, changed by taps, foretold and attached; two editors notice each other."""

from __future__ import annotations

from datetime import time

from sqlalchemy import select

from bot.domain.calendar import WorkCalendar
from bot.domain.matters import LadderName
from bot.domain.network import Role
from bot.domain.steps import LADDERS, Ladder, LadderStep, Level
from storage.database import Database
from storage.tables import notices
from storage.task_tables import ladders
from tests.calendar_days import MONDAY
from tests.driver import Chat, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import open_task
from tests.planning import plan_notices

DAYS = WorkCalendar()


async def copied(tg: Telegram, network: SmallNetwork) -> Chat:
    chat = tg.chat_of(network.municipal)
    await chat.says("/ladders")
    await chat.presses("Обычная")
    await chat.presses("✏️ Скопировать и изменить")
    return chat


async def stored(database: Database) -> list[tuple[str, Ladder, int]]:
    async with database.read() as tx:
        rows = await tx._connection.execute(select(ladders).order_by(ladders.c.id))
        return [(row.title, Ladder.from_json(row.steps), row.version) for row in rows]


async def test_those_that_are_ready_are_told_in_full_words(tg: Telegram, network: SmallNetwork) -> None:
    text = (await tg.chat_of(network.municipal).says("/ladders"))["text"]
    assert "Кто отвечает, в 09:00: за 14, 7, 3 и 1 день до срока, в день срока" in text
    assert "Муниципалитет, в 09:00: через 1 и 3 рабочих дня после срока" in text
    assert "Контролирующий, в 09:00: через 5 рабочих дней после срока" in text


async def test_a_copy_belongs_to_the_coordinators_unit(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await copied(tg, network)
    assert "Суздальский район" in chat.last["text"]
    assert await stored(database) == [("Моя: Обычная", LADDERS[LadderName.USUAL], 1)]
    own = tg.chat_of(network.coordinator_1)
    await own.says("/ladders")
    offered = labels(await own.presses("🪜 Моя: Обычная"))
    assert "➕ Шаг" not in offered, "a school may use the ladder of its district, not change it"
    assert "👀 Что получится" in offered


async def test_a_step_is_added_by_taps(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await copied(tg, network)
    await chat.presses("➕ Шаг")
    await chat.presses("Регион")
    await chat.presses("за 1 день")
    shown = await chat.presses("15:00")
    assert "Регион, в 15:00: за 1 день до срока" in shown["text"]
    assert LadderStep(-1, time(15), Level.REGION) in (await stored(database))[0][1].steps


async def test_a_step_is_moved_and_removed(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await copied(tg, network)
    await chat.presses("✏️ Шаги")
    await chat.presses("за 14 дней, 09:00 · кто отвечает")
    shown = await chat.presses("‹ за 15 дней")
    assert LadderStep(-15) in (await stored(database))[0][1].steps
    assert labels(shown)[:2] == ["‹ за 16 дней", "за 14 дней ›"], "the step stays on the screen, to be moved on"
    assert {"✅ 09:00", "▫️ 08:00", "▫️ 19:00"} <= set(labels(shown)), "every hour, the present one too"
    await chat.presses("✖️ Убрать шаг")
    ladder = (await stored(database))[0][1]
    assert [step.days for step in ladder.to_ower] == [-7, -3, -1, 0]


async def test_a_step_jumps_over_the_days_that_are_taken(tg: Telegram, network: SmallNetwork) -> None:
    chat = await copied(tg, network)
    await chat.presses("✏️ Шаги")
    await chat.presses("за 1 день, 09:00 · кто отвечает")
    assert labels(chat.last)[0] == "‹ за 2 дня", "the day of the term is a step of its own: there is no later day"
    await chat.presses("‹ за 2 дня")
    assert labels(chat.last)[:2] == ["‹ за 4 дня", "за 1 день ›"]


async def test_two_editors_notice_each_other(
    tg: Telegram, database: Database, factory: NetworkFactory, network: SmallNetwork
) -> None:
    factory.member(network.teacher_1, network.suzdal, Role.COORDINATOR)
    mine = await copied(tg, network)
    await mine.presses("⚖️ Пределы")
    other = tg.chat_of(network.teacher_1)
    await other.says("/ladders")
    await other.presses("🪜 Моя: Обычная")
    await other.presses("⚖️ Пределы")
    await other.presses("▫️ Не больше 3")
    shown = await mine.presses("▫️ Не больше 5")
    assert "изменил кто-то ещё" in mine.toast["text"]
    assert "✅ Не больше 3" in labels(shown), "he sees what it is by now"
    assert [(ladder.most, version) for _, ladder, version in await stored(database)] == [(3, 2)]


async def test_the_name_is_typed(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await copied(tg, network)
    await chat.presses("Название")
    assert "от 1 до 60" in (await chat.says("я" * 61))["text"]
    assert "<b>" not in (await chat.says("Для мониторинга"))["text"]
    assert [title for title, _, _ in await stored(database)] == ["Для мониторинга"]


async def test_what_would_come_is_shown_for_a_sample_date(tg: Telegram, network: SmallNetwork) -> None:
    chat = await copied(tg, network)
    text = (await chat.presses("👀 Что получится"))["text"]
    lines = [line for line in text.splitlines() if " – " in line and ":" in line]
    assert lines[0].endswith("кто отвечает: новое дело")
    assert any(line.endswith("кто отвечает: в день срока") for line in lines)
    assert any(line.endswith("регион: через 3 рабочих дня после срока") for line in lines)
    soon = (await chat.presses("▫️ через 3 дня"))["text"]
    assert "за 7 дней" not in soon


async def test_what_waits_is_planned_anew_when_the_ladder_changes(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network, network.school_1)
    await plan_notices(database, days=DAYS, now=MONDAY)
    assert await waiting(database) == [3, 0], "the day before is a Sunday: it says no more than the day itself"
    async with database.read() as tx:
        facts = await tx.matters.occurrence_facts(occurrence)
    assert facts is not None
    chat = await copied(tg, network)
    async with database.write() as tx:
        await tx.ladders.attach(
            facts.activity.id, name=LadderName.USUAL, own=(await tx.ladders.of_units(None))[0].id, is_obligatory=True
        )
    await chat.presses("✏️ Шаги")
    await chat.presses("за 3 дня, 09:00 · кто отвечает")
    await chat.presses("‹ за 4 дня")
    await plan_notices(database, days=DAYS, now=MONDAY)
    assert await waiting(database) == [4, 0]


async def waiting(database: Database) -> list[int]:
    async with database.read() as tx:
        rows = await tx._connection.execute(
            select(notices.c.days_before)
            .where(notices.c.state == "planned", notices.c.days_before.is_not(None))
            .order_by(notices.c.due_at)
        )
        return list(rows.scalars())
