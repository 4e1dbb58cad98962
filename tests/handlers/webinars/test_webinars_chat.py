"""Announcing a webinar and looking after it, through the chat."""

from __future__ import annotations

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import func, select

from bot.clock import MovableClock
from bot.domain.ids import PersonId
from bot.domain.network import Role
from storage.database import Database
from storage.tables import activities, assignments, occurrences
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import open_webinar


async def count(database: Database) -> int:
    async with database.read() as tx:
        return int((await tx._connection.execute(select(func.count()).select_from(activities))).scalar_one())


async def invited(database: Database) -> set[PersonId]:
    async with database.read() as tx:
        found = await tx._connection.execute(select(assignments.c.person_id))
        return {PersonId(i) for i in found.scalars()}


async def at_the_audience(chat: Chat) -> Message:
    await chat.says("/webinar")
    await chat.says("Одарённые <дети> & мы 🙂")
    await chat.says("10 сентября в 15:00")
    return await chat.says("https://example.org/w")


async def at_the_preview(chat: Chat) -> Message:
    await at_the_audience(chat)
    return await chat.presses("Дальше ›")


async def test_a_webinar_is_announced_in_five_steps(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)

    assert "Как он называется?" in (await chat.says("/webinar"))["text"]
    assert "Когда начало?" in (await chat.says("Одарённые <дети> & мы 🙂"))["text"]
    understood = await chat.says("10 сентября в 15:00")
    assert "Понял так: четверг, 10 сентября, 15:00 МСК" in understood["text"]
    audience = await chat.says("https://example.org/w")
    assert "Где: Владимирская область" in audience["text"]
    assert "Получат сообщение: 2 человека" in audience["text"]
    assert "☑️ Педагоги" in labels(audience)

    preview = await chat.presses("Дальше ›")
    assert "🎥 Одарённые <дети> & мы 🙂\nНачало: четверг, 10 сентября, 15:00 МСК" in preview["text"]
    assert "Ссылка: https://example.org/w" in preview["text"]
    assert "Получат: 2 человека\nПервое сообщение: сразу" in preview["text"]
    assert await count(database) == 0, "nothing is sent before «Объявить»"

    announced = await chat.presses("📣 Объявить")
    assert "✅ Объявлено: Одарённые <дети> & мы 🙂" in announced["text"]
    assert await invited(database) == {network.teacher_1, network.teacher_2}


async def test_a_second_announce_button_announces_nothing_more(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    older = await at_the_preview(chat)
    newer = await chat.says("ну что?")
    assert "📣 Объявить" in labels(newer), "words at a step of buttons bring the step again"
    await chat.presses("📣 Объявить", on=newer)

    await chat.presses("📣 Объявить", on=older)

    assert "устарела" in chat.toast["text"]
    assert await count(database) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31 февраля в 15:00", "Такого дня в календаре нет"),
        ("12 декабря", "День понял, а час – нет"),
        ("в 15:00", "Час понял, а день – нет"),
        ("сегодня в 9:00", "Это время уже прошло"),
        ("когда-нибудь", "Не понял, когда"),
        ("<b>12</b>", "Не понял, когда"),
    ],
)
async def test_a_time_that_cannot_be_used_is_asked_again_with_an_example(
    network: SmallNetwork, tg: Telegram, typed: str, said: str
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    await chat.says("Олимпиады")

    refused = await chat.says(typed)

    assert said in refused["text"]
    assert "в 15:00" in refused["text"], "an example to follow"
    assert "Понял так" in (await chat.says("12 декабря в 15:00"))["text"]


async def test_a_title_or_a_link_that_cannot_be_used_is_asked_again(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    assert "Название не вижу" in (await chat.says("?"))["text"]
    assert "до 300 знаков" in (await chat.says("а" * 301))["text"]
    assert "жду текст" in (await chat.sends("план.docx", b"PK"))["text"]
    await chat.says("Олимпиады")
    await chat.says("12 декабря в 15:00")
    assert "не похоже на ссылку" in (await chat.says("потом пришлю"))["text"]
    assert "Кого зовём?" in (await chat.presses("Пропустить"))["text"]
    assert "Ссылку пришлём позже" in (await chat.presses("Дальше ›"))["text"]


async def test_every_step_can_be_gone_back_to_and_what_stands_can_be_kept(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_preview(chat)

    for question in ("Кого зовём?", "Пришлите ссылку", "Когда начало?", "Как он называется?"):
        shown = await chat.presses("‹ Назад")
        assert question in shown["text"]
    assert "Сейчас: Одарённые <дети> & мы 🙂" in shown["text"]
    assert "‹ Назад" not in labels(shown), "this is where it began"

    await chat.says("Другое название")
    kept = await chat.presses("Оставить как есть ›")
    assert "четверг, 10 сентября, 15:00" in kept["text"]
    await chat.presses("Оставить как есть ›")
    preview = await chat.presses("Дальше ›")
    assert "Другое название" in preview["text"]
    assert "https://example.org/w" in preview["text"]


@pytest.mark.parametrize("way", ["button", "/cancel"])
async def test_announcing_can_be_left_anywhere(
    database: Database, network: SmallNetwork, tg: Telegram, way: str
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_audience(chat)

    left = await chat.presses("Отмена") if way == "button" else await chat.says(way)

    assert "вебинар не объявлен" in left["text"]
    assert "Я не понял" in (await chat.says("12 декабря в 15:00"))["text"]
    assert await count(database) == 0


async def test_the_audience_is_narrowed_by_parts_and_widened_by_roles(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_audience(chat)

    parts = await chat.presses("Выбрать муниципалитеты")
    assert labels(parts)[:2] == ["Суздальский район", "округ Муром"]
    await chat.presses("округ Муром")
    narrowed = await chat.presses("Готово")
    assert "Где: округ Муром" in narrowed["text"]
    assert "Получат сообщение: 0 человек" in narrowed["text"]
    await chat.presses("Дальше ›")
    assert "пока никого нет" in chat.toast["text"]

    widened = await chat.presses("Координаторы")
    assert "Получат сообщение: 1 человек" in widened["text"]
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")
    assert await invited(database) == {network.coordinator_3}


async def test_an_hour_in_a_far_zone_is_read_on_its_own_clock(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.amur_regional)
    await chat.says("/webinar")
    assert "Время – местное (МСК+6)" in (await chat.says("Олимпиады"))["text"]

    understood = await chat.says("10 сентября в 15:00")

    assert "четверг, 10 сентября, 15:00 (у вас) · 09:00 МСК" in understood["text"]


async def test_a_coordinator_of_two_units_is_asked_which_one_announces(
    network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    factory.member(network.regional, network.amur, Role.COORDINATOR)
    chat = tg.chat_of(network.regional)

    asked = await chat.says("/webinar")
    assert labels(asked) == ["Владимирская область", "Амурская область", "Отмена"]
    await chat.presses("Амурская область")
    assert "Время – местное (МСК+6)" in (await chat.says("Олимпиады"))["text"]


async def test_a_teacher_announces_nothing(network: SmallNetwork, tg: Telegram) -> None:
    assert "для координаторов" in (await tg.chat_of(network.teacher_1).says("/webinar"))["text"]


async def test_webinars_are_listed_and_opened_with_their_counts(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    assert "Вебинаров впереди нет" in (await tg.chat_of(network.regional).says("/webinars"))["text"]
    await open_webinar(database, network)
    teacher = tg.chat_of(network.teacher_1)
    await teacher.presses(labels(await teacher.says("/my"))[0])
    await teacher.presses("✅ Приду")
    chat = tg.chat_of(network.regional)

    listed = await chat.says("/webinars")
    assert "придут 1 · не смогут 0 · молчат 1" in listed["text"]
    webinar = await chat.presses(labels(listed)[0])
    assert labels(webinar)[:3] == ["✅ Придут: 1", "❌ Не смогут: 0", "🤐 Молчат: 1"]

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

    await chat.presses("🚫 Отменить вебинар", on=older)

    assert "изменили" in chat.toast["text"]
    async with database.read() as tx:
        assert (await tx._connection.execute(select(occurrences.c.state))).scalar_one() == "open"


async def test_a_webinar_is_called_off_after_a_question(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.regional)
    await opened_webinar(chat)

    sure = await chat.presses("🚫 Отменить вебинар")
    assert "Вернуть будет нельзя" in sure["text"]
    await chat.presses("‹ Нет, оставить")
    await chat.presses("🚫 Отменить вебинар")
    off = await chat.presses("Да, отменить")

    assert "🚫 Вебинар отменён" in off["text"]
    assert "🕒 Перенести" not in labels(off)
    assert "Вебинаров впереди нет" in (await chat.presses("‹ К вебинарам"))["text"]


async def test_a_link_is_added_later(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await open_webinar(database, network, link=None)
    chat = tg.chat_of(network.regional)
    await opened_webinar(chat)

    await chat.presses("🔗 Изменить ссылку")
    assert "не похоже на ссылку" in (await chat.says("потом"))["text"]
    shown = await chat.says("example.org/new")

    assert "Ссылка изменена" in shown["text"]
    assert "Ссылка: https://example.org/new" in shown["text"]


async def test_a_question_about_a_webinar_can_be_left(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.regional)
    await opened_webinar(chat)
    await chat.presses("🕒 Перенести")

    back = await chat.presses("Отмена")

    assert "🕒 Перенести" in labels(back)
    assert "Я не понял" in (await chat.says("11 сентября в 15:00"))["text"]


async def test_a_button_with_an_answer_that_does_not_exist_is_an_unknown_button(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_webinar(database, network)
    chat = tg.chat_of(network.regional)
    forged = InlineKeyboardButton(text="подделка", callback_data=f"wn:{occurrence}:audience:1")
    await tg.bot.send_message(chat.id, "…", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[forged]]))

    await chat.presses("подделка")

    assert "устарела" in chat.toast["text"], "and its update is not tried again and again"
