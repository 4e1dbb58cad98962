"""Seats as people take, wait for and give them: through the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.events import EventDetails, EventKind, Seats, SeatsPer
from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.network import Role
from bot.services.gather_team import plan_teams
from bot.services.keep_seats import pass_on_seats
from handlers.notices.composing import Composer
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import open_event

FOUR = ["✅ Приду", "❌ Не смогу", "🤔 Под вопросом", "👥 Вместо меня придёт …"]


async def announced(database: Database, network: SmallNetwork, details: EventDetails) -> OccurrenceId:
    return (await open_event(database, network, details=details)).occurrence_ids[0]


async def opened_card(chat: Chat) -> Message:
    mine = await chat.says("/my")
    return await chat.presses(labels(mine)[0], on=mine)


async def opened_seats(chat: Chat) -> Message:
    listed = await chat.says("/webinars")
    event = next(label for label in labels(listed) if "Семинар" in label)
    await chat.presses(event, on=listed)
    return await chat.presses("🪑 Места и резерв")


async def said(database: Database, clock: MovableClock) -> dict[PersonId, str]:
    """What goes out now, by reader; composing as the sender does it."""
    async with database.write() as tx:
        claim = await tx.notices.claim(100, now=clock.now(), days=WorkCalendar())
    composed = await Composer(database, clock, without_personal_data=False)(claim.to_send)
    found = {due.notice.person_id: composed[due.notice.id] for due in claim.to_send}
    return {person: message.text for person, message in found.items() if message is not None}


async def test_seats_run_out_in_front_of_everybody(
    database: Database, factory: NetworkFactory, network: SmallNetwork, tg: Telegram
) -> None:
    third = factory.person("Носов Пётр Ильич", network.school_3)
    await announced(database, network, EventDetails(EventKind.SEMINAR, seats=Seats(1, 1)))
    first, second, late = tg.chat_of(network.teacher_1), tg.chat_of(network.teacher_2), tg.chat_of(third)

    card = await opened_card(first)
    assert "Мест: 1, резерв: 1" in card["text"]
    assert labels(card)[:4] == FOUR
    assert "https://example.org/w" not in card["text"], "the silent have no seat"
    assert "Ссылка придёт, когда место будет за вами." in card["text"]
    card = await first.presses("✅ Приду")
    assert first.toast["text"] == "Место за вами. Ждём!"
    assert "🪑 Место есть" in card["text"]
    assert "https://example.org/w" in card["text"]

    await opened_card(second)
    card = await second.presses("✅ Приду")
    assert second.toast["text"].startswith("Мест пока нет, вы 1-й в резерве.")
    assert "1-й в резерве" in card["text"]
    assert "https://example.org/w" not in card["text"], "the link is for those who have a seat"
    assert labels(card)[:2] == ["Изменить ответ", "Выйти из резерва"]

    card = await opened_card(late)
    assert labels(card)[:2] == FOUR[1:3], "there is nothing to come to"
    assert "Мест нет" in card["text"]
    assert "Ссылка" not in card["text"]


@pytest.mark.parametrize(
    ("reserve", "reason"), [(1, "the reserve is full too"), (0, "there is no reserve to speak of")]
)
async def test_the_last_seat_goes_while_a_card_is_open(
    database: Database, factory: NetworkFactory, network: SmallNetwork, tg: Telegram, reserve: int, reason: str
) -> None:
    third = factory.person("Носов Пётр Ильич", network.school_3)
    await announced(database, network, EventDetails(EventKind.SEMINAR, seats=Seats(1, reserve)))
    late = tg.chat_of(third)
    await opened_card(late)
    for person in [network.teacher_1, network.teacher_2][: 1 + reserve]:
        await opened_card(tg.chat_of(person))
        await tg.chat_of(person).presses("✅ Приду")

    card = await late.presses("✅ Приду")

    assert late.toast["text"].startswith("Мест больше нет."), reason
    assert "🪑 Мест нет." in card["text"], reason
    assert "езерв" not in card["text"] + late.toast["text"], reason
    assert "https://example.org/w" not in card["text"], reason
    assert "✅ Приду" not in labels(card), reason


async def test_who_is_in_doubt_gets_no_link_where_seats_are_counted(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await announced(database, network, EventDetails(seats=Seats(1, 1)))
    chat = tg.chat_of(network.teacher_1)
    await opened_card(chat)

    card = await chat.presses("🤔 Под вопросом")

    assert "https://example.org/w" not in card["text"]
    assert "Ссылка придёт, когда место будет за вами." in card["text"]


async def test_a_quota_of_a_school_books_up_only_that_school(
    database: Database, factory: NetworkFactory, network: SmallNetwork, tg: Telegram
) -> None:
    colleague = factory.person("Носов Пётр Ильич", network.school_1)
    await announced(database, network, EventDetails(seats=Seats(5, 0, each=1, per=SeatsPer.SCHOOL)))
    first = tg.chat_of(network.teacher_1)
    await opened_card(first)
    await first.presses("✅ Приду")

    assert "Мест нет" in (await opened_card(tg.chat_of(colleague)))["text"]
    assert "✅ Приду" in labels(await opened_card(tg.chat_of(network.teacher_2)))


async def test_the_reserve_is_promised_nothing_once_the_event_has_begun(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await announced(database, network, EventDetails(EventKind.SEMINAR, seats=Seats(1, 1)))
    first, second = tg.chat_of(network.teacher_1), tg.chat_of(network.teacher_2)
    for chat in (first, second):
        await opened_card(chat)
        await chat.presses("✅ Приду")
    clock.move_to(MONDAY + timedelta(days=3, minutes=5))

    card = await second.presses("Изменить ответ")

    assert second.toast["text"].startswith("Уже началось")
    assert "Места не хватило: вы были 1-м в резерве." in card["text"]
    assert "Освободится место" not in card["text"]
    assert "Семинар уже начался." in card["text"]
    assert not {"Изменить ответ", "Выйти из резерва", *FOUR} & set(labels(card))


async def test_an_offered_seat_is_taken_from_the_notice(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await announced(database, network, EventDetails(seats=Seats(1, 1)))
    first, second = tg.chat_of(network.teacher_1), tg.chat_of(network.teacher_2)
    for chat in (first, second):
        await opened_card(chat)
        await chat.presses("✅ Приду")

    await first.presses("Изменить ответ")
    await first.presses("❌ Не смогу")
    await first.presses("Без причины")

    news = await said(database, clock)
    assert "🎟 <b>Освободилось место!</b>" in news[network.teacher_2]
    assert news[network.teacher_2].count("вторник, 8 сентября") == 1, "until when is said once"
    card = await opened_card_of_answered(second)
    assert "Место ваше, если займёте его до: вторник, 8 сентября" in card["text"]
    assert labels(card)[:2] == ["✅ Занять место", "❌ Не смогу"]
    await second.presses("✅ Занять место")
    assert second.toast["text"] == "Место за вами. Ждём!"


async def opened_card_of_answered(chat: Chat) -> Message:
    await chat.says("/my")
    mine = await chat.presses("✅ Отвеченные")
    return await chat.presses(labels(mine)[0], on=mine)


async def test_a_seat_that_is_not_taken_in_time_says_so(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await announced(database, network, EventDetails(seats=Seats(1, 1)))
    first, second = tg.chat_of(network.teacher_1), tg.chat_of(network.teacher_2)
    for chat in (first, second):
        await opened_card(chat)
        await chat.presses("✅ Приду")
    await first.presses("Изменить ответ")
    await first.presses("🤔 Под вопросом")
    assert first.toast["text"].startswith("Записал: под вопросом. Место пока отдаю")
    await said(database, clock)

    clock.move_to(MONDAY + timedelta(days=1, minutes=1))
    await pass_on_seats(database, now=clock.now())

    assert "⌛ <b>Время ответа вышло</b>" in (await said(database, clock))[network.teacher_2]


async def test_who_waits_in_vain_hears_it_once_when_the_event_begins(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await announced(database, network, EventDetails(EventKind.SEMINAR, seats=Seats(1, 1)))
    first, second = tg.chat_of(network.teacher_1), tg.chat_of(network.teacher_2)
    for chat in (first, second):
        await opened_card(chat)
        await chat.presses("✅ Приду")
    clock.move_to(MONDAY + timedelta(days=3))
    await said(database, clock)

    assert await pass_on_seats(database, now=clock.now()) == 1
    assert await pass_on_seats(database, now=clock.now() + timedelta(minutes=1)) == 0, "once"

    news = await said(database, clock)
    assert list(news) == [network.teacher_2], "not to the one who has a seat"
    assert "место так и не освободилось" in news[network.teacher_2]
    clock.move_to(MONDAY + timedelta(days=4))
    card = await opened_card_of_answered(second)
    assert "Места не хватило: вы были 1-м в резерве." in card["text"]


async def test_the_list_of_ones_own_names_the_kind_of_an_event_by_its_sign(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await announced(database, network, EventDetails(EventKind.DEFENCE))
    assert "🎓 четверг, 10 сентября" in (await tg.chat_of(network.teacher_1).says("/my"))["text"]


async def test_the_next_meeting_of_a_series_is_one_tap_from_an_answer(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    days = [MONDAY + timedelta(days=n) for n in (2, 3, 4)]
    await open_event(database, network, dates=days)
    chat = tg.chat_of(network.teacher_1)
    mine = await chat.says("/my")
    await chat.presses(labels(mine)[1], on=mine)

    answered = await chat.presses("✅ Приду")
    assert labels(answered)[0] == "Следующая: 11 сент., 12:00 ›", "the one after it, though an earlier one waits too"
    await chat.presses(labels(answered)[0])
    answered = await chat.presses("🤔 Под вопросом")
    assert "Решите – нажмите «Приду» или «Не смогу»." in answered["text"]
    assert labels(answered)[0] == "Следующая: 9 сент., 12:00 ›", "then what was passed over"
    await chat.presses(labels(answered)[0])
    answered = await chat.presses("✅ Приду")
    assert labels(answered)[0] == "Изменить ответ", "nothing is left to answer"


async def test_an_older_card_does_not_give_away_the_seat_that_was_taken_since(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await announced(database, network, EventDetails(seats=Seats(1, 1)))
    first, second = tg.chat_of(network.teacher_1), tg.chat_of(network.teacher_2)
    for chat in (first, second):
        await opened_card(chat)
        older = await chat.presses("✅ Приду")
    await first.presses("Изменить ответ")
    await first.presses("❌ Не смогу")
    await first.presses("Без причины")
    await opened_card_of_answered(second)
    await second.presses("✅ Занять место")

    await second.presses("Выйти из резерва", on=older)

    assert second.toast["text"].startswith("Место уже ваше")
    shown = next(one for one in second.messages if one["message_id"] == older["message_id"])
    assert "🪑 Место есть" in shown["text"], "the older card shows the seat now"
    assert "Выйти из резерва" not in labels(shown)


async def test_leaving_the_reserve_is_one_tap(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await announced(database, network, EventDetails(seats=Seats(1, 1), needs_reason=True))
    for person in (network.teacher_1, network.teacher_2):
        chat = tg.chat_of(person)
        await opened_card(chat)
        await chat.presses("✅ Приду")

    card = await chat.presses("Выйти из резерва")

    assert chat.toast["text"] == "Вы вышли из резерва."
    assert "Причина: вышли из резерва" in card["text"]


@pytest.mark.parametrize(("is_needed", "has_none"), [(True, False), (False, True)])
async def test_a_reason_may_be_left_out_only_where_nobody_asks_for_it(
    database: Database, network: SmallNetwork, tg: Telegram, is_needed: bool, has_none: bool
) -> None:
    await announced(database, network, EventDetails(needs_reason=is_needed))
    chat = tg.chat_of(network.teacher_1)
    await opened_card(chat)

    why = await chat.presses("❌ Не смогу")

    assert ("Без причины" in labels(why)) is has_none
    assert ("войдёт в протокол" in why["text"]) is is_needed


async def test_after_the_beginning_a_tap_is_told_why_it_changes_nothing(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await announced(database, network, EventDetails())
    chat = tg.chat_of(network.teacher_1)
    card = await opened_card(chat)
    clock.move_to(MONDAY + timedelta(days=3, minutes=1))

    await chat.presses("❌ Не смогу", on=card)

    assert chat.toast["text"] == "Уже началось, поэтому ответ больше не меняется."


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
    await organiser.presses("1. Смирнова Дарья Павловна")
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
        last = await coordinator.presses("Следующие ›", on=last)
    assert sum("Семинар" in label for label in labels(last)) == 8
    assert "Следующие ›" not in labels(last)
