"""Seats and teams as the organiser and the coordinator of a school see them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.events import EventDetails, EventKind, Seats, SeatsPer
from bot.domain.network import Role
from bot.services.gather_team import plan_teams
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.seats.seated import announced, opened_card, opened_card_of_answered, opened_seats, said
from tests.opening import open_event


async def test_a_colleague_is_chosen_asked_and_agrees(
    database: Database, factory: NetworkFactory, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    colleague = factory.person("Яшина Елена Петровна", network.school_1, Role.TUTOR)
    await announced(database, network, EventDetails())
    chat = tg.chat_of(network.teacher_1)
    await opened_card(chat)

    choices = await chat.presses("👥 Вместо меня придёт …")
    assert "Кто придёт вместо вас?" in choices["text"]
    assert "Яшина Елена Петровна" in labels(choices)
    card = await chat.presses("Яшина Елена Петровна")
    assert "Ждём, придёт ли вместо вас Яшина Е. П." in card["text"]
    assert "Отозвать просьбу" in labels(card)

    news = await said(database, clock)
    assert "👥 <b>Смирнова Д. П.</b> просит вас прийти вместо себя" in news[colleague]
    other = tg.chat_of(colleague)
    stale = {"text": "Приду", "callback_data": "se:1:1:0"}
    await tg.bot.send_message(other.id, "…", reply_markup={"inline_keyboard": [[stale]]})  # type: ignore[arg-type]  # aiogram takes plain data too
    assert "просит вас прийти вместо себя" in (await other.presses("Приду"))["text"], "of an hour that is not so"
    button = {"text": "✅ Приду вместо", "callback_data": "se:1:1:1"}
    await tg.bot.send_message(other.id, "…", reply_markup={"inline_keyboard": [[button]]})  # type: ignore[arg-type]  # aiogram takes plain data too
    shown = await other.presses("✅ Приду вместо")
    assert other.toast["text"] == "Записал: вы придёте. Спасибо, что выручаете!"
    assert "Вы идёте вместо: Смирнова Д. П." in shown["text"]
    assert "✅ <b>Вместо вас придёт Яшина Е. П.</b>" in (await said(database, clock))[network.teacher_1]
    card = await opened_card_of_answered(chat)
    assert "Причина: вместо меня – Яшина Е. П." in card["text"]


@pytest.mark.parametrize(
    ("seats", "why", "reason"),
    [
        (Seats(1, 1), "Мест больше нет: на «Семинар наставников» занято 1 из 1.", "the hall is full"),
        (
            Seats(20, 1, SeatsPer.SCHOOL, 1),
            "От вашей школы мест больше нет: на «Семинар наставников» занято 1 из 1.",
            "nineteen seats are free, for others",
        ),
    ],
)
async def test_whoever_has_no_seat_is_warned_before_a_colleague_joins_the_reserve(
    database: Database,
    factory: NetworkFactory,
    network: SmallNetwork,
    tg: Telegram,
    clock: MovableClock,
    seats: Seats,
    why: str,
    reason: str,
) -> None:
    colleague = factory.person("Яшина Елена Петровна", network.school_1, Role.TUTOR)
    other = tg.chat_of(factory.person("Носов Пётр Ильич", network.school_1))
    await announced(database, network, EventDetails(seats=seats))
    await opened_card(other)
    await other.presses("✅ Приду")
    chat = tg.chat_of(network.teacher_1)
    await opened_card(chat)
    await chat.presses("👥 Вместо меня придёт …")

    sure = await chat.presses("Яшина Елена Петровна")
    assert why in sure["text"], reason
    assert "встанет в резерв 1-м" in sure["text"]
    assert colleague not in await said(database, clock), "nobody is asked before that is sure"
    card = await chat.presses("✅ Да, попросить")

    assert "Ждём, придёт ли вместо вас Яшина Е. П." in card["text"]
    assert "просит вас прийти вместо себя" in (await said(database, clock))[colleague]


async def test_the_organiser_reads_both_lists_and_swaps_two_people(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await announced(database, network, EventDetails(EventKind.SEMINAR, seats=Seats(1, 1)))
    organiser = tg.chat_of(network.regional)
    empty = await opened_seats(organiser)
    assert "Мест ещё никто не занял." in empty["text"]
    for person in (network.teacher_1, network.teacher_2):
        chat = tg.chat_of(person)
        await opened_card(chat)
        await chat.presses("✅ Приду")

    listed = await opened_seats(organiser)
    assert "основной состав 1, резервный 1" in listed["text"]
    assert "1. Смирнова Дарья Павловна – Школа № 1 г. Суздаля" in listed["text"]
    reserve = await organiser.presses("Резерв")
    assert "1. Котов Глеб Романович" in reserve["text"]
    await organiser.presses("1. Котов Глеб Романович")
    full = await organiser.presses("⬆️ Дать место")
    assert "Мест нет: выберите" in full["text"]
    sure = await organiser.presses("1. Смирнова Дарья Павловна")
    assert "Мест больше нет: на «Семинар наставников» занято 1 из 1." in sure["text"]
    assert "Котов Глеб Романович получит место, Смирнова Дарья Павловна перейдёт" in sure["text"]
    assert "Мест нет: выберите" in (await organiser.presses("‹ Назад"))["text"], "nobody was moved by the first tap"
    await organiser.presses("1. Смирнова Дарья Павловна")
    await organiser.presses("✅ Да, заменить")
    assert organiser.toast["text"] == "Место отдано, человеку напишу."

    news = await said(database, clock)
    assert "🎉 <b>Для вас нашлось место</b>" in news[network.teacher_2]
    assert "⏳ <b>Организатор перевёл вас в резерв</b>" in news[network.teacher_1]


async def test_another_number_of_seats_is_typed_and_what_came_of_it_is_told(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await announced(database, network, EventDetails(EventKind.SEMINAR, seats=Seats(1, 1)))
    for person in (network.teacher_1, network.teacher_2):
        chat = tg.chat_of(person)
        await opened_card(chat)
        await chat.presses("✅ Приду")
    organiser = tg.chat_of(network.regional)
    await opened_seats(organiser)

    asked = await organiser.presses("✏️ Число мест")
    assert "Сейчас: 1, резерв 1" in asked["text"]
    assert "Не понял" in (await organiser.says("много"))["text"]
    raised = await organiser.says("2+3")
    assert raised["text"] == "✅ Мест: 2, резерв 3. Из резерва поднялся 1 человек, ему напишу."

    await opened_seats(organiser)
    await organiser.presses("✏️ Число мест")
    again = await organiser.says("2+3")
    assert "✅ Мест: 2, резерв 3. Так уже и записано" in again["text"], "as after a crash before the answer"

    await opened_seats(organiser)
    await organiser.presses("✏️ Число мест")
    lowered = await organiser.says("1")
    assert "на 1 больше, чем мест. Никого не убираю" in lowered["text"]


async def test_a_schools_coordinator_sees_who_is_missing_and_nudges(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await announced(database, network, EventDetails(EventKind.SEMINAR, least_per_school=2))
    coordinator = tg.chat_of(network.coordinator_1)
    assert await plan_teams(database, days=WorkCalendar(), now=clock.now()) == 4, "two schools, at once and on the eve"
    assert await plan_teams(database, days=WorkCalendar(), now=clock.now()) == 0, "planned once"
    async with database.read() as tx:
        assert await tx.teams.team_readers(now=clock.now()) == (), "nor are those told read again, minute after minute"
    news = await said(database, clock)
    assert "🏫 <b>От школы нужно не меньше 2 участников</b>" in news[network.coordinator_1]
    assert "❗ идут 0 из 2, не хватает 2" in news[network.coordinator_1]

    teacher = tg.chat_of(network.teacher_1)
    mine = await coordinator.says("/my")
    assert "🏫 Кто идёт от школы" in labels(mine)
    await coordinator.presses("🏫 Кто идёт от школы")
    team = await coordinator.presses("Семинар наставников")
    assert "Ещё не ответили: Смирнова Д. П." in team["text"]
    await coordinator.presses("🔔 Напомнить тем, кто не ответил (1)")
    assert coordinator.toast["text"] == "Напомню: 1."

    await opened_card(teacher)
    await teacher.presses("✅ Приду")
    await coordinator.presses("🏫 Кто идёт от школы", on=await coordinator.says("/my"))
    team = await coordinator.presses("Семинар наставников")
    assert "Идут: Смирнова Д. П." in team["text"]
    assert "не хватает 1" in team["text"]


async def test_forty_events_that_the_school_must_send_to_are_turned_over_in_pages(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    for half in range(2):
        dates = [MONDAY + timedelta(days=3 + half * 20 + n) for n in range(20)]
        details = EventDetails(EventKind.SEMINAR, least_per_school=2)
        await open_event(
            database, network, details=details, dates=dates, source=f"event:{half}", title="Семинар наставников " * 5
        )
    coordinator = tg.chat_of(network.coordinator_1)

    first = await coordinator.presses("🏫 Кто идёт от школы", on=await coordinator.says("/my"))
    assert sum("Семинар" in label for label in labels(first)) == 8
    last = first
    for _ in range(4):
        last = await coordinator.presses("›", on=last)
    assert sum("Семинар" in label for label in labels(last)) == 8
    assert "5 из 5" in labels(last)
