"""Seats as people take, wait for and give them: through the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.domain.events import EventDetails, EventKind, Seats, SeatsPer
from bot.services.keep_seats import pass_on_seats
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.seats.seated import FOUR, announced, opened_card, opened_card_of_answered, said
from tests.opening import open_event


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
    late = tg.chat_of(colleague)
    await opened_card(late)
    await opened_card(first)
    await first.presses("✅ Приду")

    card = await late.presses("✅ Приду")
    assert late.toast["text"].startswith("От вашей школы мест больше нет."), "the hall has four"
    assert "Мест нет" in card["text"]
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
