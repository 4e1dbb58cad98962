"""Announcing a webinar and looking after it, through the chat."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import select

from bot.clock import MovableClock
from storage.database import Database
from storage.tables import occurrences
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import SmallNetwork
from tests.opening import open_webinar


async def test_webinars_are_listed_and_opened_with_their_counts(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    assert "Событий впереди нет" in (await tg.chat_of(network.regional).says("/webinars"))["text"]
    await open_webinar(database, network)
    teacher = tg.chat_of(network.teacher_1)
    await teacher.presses(labels(await teacher.says("/my"))[0])
    await teacher.presses("✅ Приду")
    chat = tg.chat_of(network.regional)

    listed = await chat.says("/webinars")
    assert "придут 1 · не смогут 0 · молчат 1" in listed["text"]
    webinar = await chat.presses(labels(listed)[0])
    assert labels(webinar)[:3] == ["✅ Придут: 1", "❌ Не смогут: 0", "🤐 Без ответа: 1"]

    names = await chat.presses("✅ Придут: 1")
    assert "Школа № 1 г. Суздаля\n• Смирнова Дарья Павловна" in names["text"]


async def opened_webinar(chat: Chat) -> Message:
    return await chat.presses(labels(await chat.says("/webinars"))[0])


async def test_a_webinar_is_moved_in_words_after_a_question(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.regional)
    await opened_webinar(chat)

    await chat.presses("🕒 Перенести")
    assert "Такого дня" in (await chat.says("31 февраля в 15:00"))["text"]
    sure = await chat.says("11 сентября в 15:00")
    assert "новое начало: пятница, 11 сентября, 15:00 МСК. Перенести?" in sure["text"]
    assert "всех спросим заново" in sure["text"]
    moved = await chat.presses("Да, перенести")

    assert "Перенёс" in chat.toast["text"]
    assert "Начало: пятница, 11 сентября, 15:00 МСК" in moved["text"]
    async with database.read() as tx:
        row = (await tx._connection.execute(select(occurrences.c.version, occurrences.c.needs_planning))).one()
    assert row == (2, True)


async def test_an_older_button_of_a_moved_webinar_shows_it_as_it_is(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.regional)
    older = await opened_webinar(chat)
    await opened_webinar(chat)
    await chat.presses("🕒 Перенести")
    await chat.says("11 сентября в 15:00")
    await chat.presses("Да, перенести")

    await chat.presses("🚫 Отменить событие", on=older)

    assert "изменили" in chat.toast["text"]
    async with database.read() as tx:
        assert (await tx._connection.execute(select(occurrences.c.state))).scalar_one() == "open"


async def test_a_webinar_is_called_off_after_a_question(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.regional)
    await opened_webinar(chat)

    sure = await chat.presses("🚫 Отменить событие")
    assert "Вернуть будет нельзя" in sure["text"]
    await chat.presses("‹ Нет, оставить")
    await chat.presses("🚫 Отменить событие")
    off = await chat.presses("Да, отменить")

    assert "🚫 Событие отменено" in off["text"]
    assert "🕒 Перенести" not in labels(off)
    assert "Событий впереди нет" in (await chat.presses("‹ К событиям"))["text"]


async def test_a_link_is_added_later(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await open_webinar(database, network, link=None)
    chat = tg.chat_of(network.regional)
    await opened_webinar(chat)

    assert "🔗 Ссылка: нет" in (await chat.presses("🔗 Как попасть"))["text"]
    await chat.presses("🔗 Изменить ссылку")
    assert "не похоже на ссылку" in (await chat.says("потом"))["text"]
    shown = await chat.says("example.org/new")

    assert "Ссылка изменена" in shown["text"]
    assert "Ссылка: https://example.org/new" in shown["text"]

    await chat.presses("🔗 Как попасть")
    await chat.presses("🔗 Изменить ссылку")
    again = await chat.says("example.org/new")
    assert "Так уже и записано" in again["text"], "as after a crash before the answer: nobody was left untold"
    assert "некому" not in again["text"]


async def test_the_place_and_the_code_are_changed_and_taken_away(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.regional)
    await opened_webinar(chat)

    await chat.presses("🔗 Как попасть")
    await chat.presses("📍 Изменить место")
    assert "Место: Владимир, ул. Мира, 1" in (await chat.says("Владимир,  ул. Мира, 1"))["text"]
    await chat.presses("🔗 Как попасть")
    await chat.presses("🔑 Изменить код")
    assert "Слишком длинно" in (await chat.says("7" * 51))["text"]
    shown = await chat.says("1234 5678")
    assert "Код изменён" in shown["text"]
    assert "Код доступа: 1234 5678" in shown["text"]

    await chat.presses("🔗 Как попасть")
    await chat.presses("📍 Изменить место", on=chat.last)
    gone = await chat.presses("Убрать совсем")
    assert "📍" not in gone["text"]
    assert "Место изменено" in gone["text"]
    assert "ул. Мира" not in gone["text"]


async def test_a_question_about_a_webinar_can_be_left(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.regional)
    await opened_webinar(chat)
    await chat.presses("🕒 Перенести")

    back = await chat.presses("Отмена")

    assert "🕒 Перенести" in labels(back)
    assert "Передать это некому" in (await chat.says("11 сентября в 15:00"))["text"]


async def test_a_button_with_an_answer_that_does_not_exist_is_an_unknown_button(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_webinar(database, network)
    chat = tg.chat_of(network.regional)
    forged = InlineKeyboardButton(text="подделка", callback_data=f"wn:{occurrence}:audience:1")
    await tg.bot.send_message(chat.id, "…", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[forged]]))

    await chat.presses("подделка")

    assert "устарела" in chat.toast["text"], "and its update is not tried again and again"
