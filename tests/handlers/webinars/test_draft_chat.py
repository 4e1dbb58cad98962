"""An event that is being made is kept, corrected, continued, copied and deleted."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.events import EventDetails, EventKind
from storage.database import Database
from tests.driver import Telegram, labels
from tests.factories import SmallNetwork
from tests.handlers.webinars.steps import as_it_is, at_the_card, filled
from tests.opening import open_event


async def test_a_restart_loses_nothing_and_a_draft_is_continued(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    assert "Черновик сохранён" in (await chat.says("/cancel"))["text"]
    await chat.says("/webinars")
    drafts = await chat.presses("📝 Черновики")

    card = await chat.presses(labels(drafts)[0])

    assert "Ссылка: https://example.org/w" in card["text"]
    await chat.presses("🗑 Удалить")
    await chat.presses("Да, удалить")
    await chat.says("/webinars")
    assert "Черновиков нет" in (await chat.presses("📝 Черновики"))["text"]


async def test_a_dialogue_whose_draft_was_deleted_by_an_older_button_ends(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    older = await at_the_card(chat)
    await chat.presses("🗑 Удалить", on=older)
    await chat.says("/webinars")
    drafts = await chat.presses("📝 Черновики")
    await chat.presses(labels(drafts)[0])
    await chat.presses("✓ Название")
    await chat.presses("Да, удалить", on=older)

    await chat.says("Другое название")

    assert "Я не понял" in chat.last["text"]


async def test_a_field_is_corrected_and_cleared_from_the_card(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    corrected = await filled(chat, "Название", "Другое название")
    assert "Название: Другое название" in corrected["text"]
    asked = await filled(chat, "Ссылка")
    assert "Сейчас: https://example.org/w" in asked["text"]
    cleared = await chat.presses("Очистить")
    assert "Ссылка: пока нет" in cleared["text"]


async def test_words_at_the_card_bring_it_again_and_a_file_goes_its_own_way(
    network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    assert "Нажмите на карточке" in (await chat.says("ну что?"))["text"]


async def test_an_older_button_of_a_card_changes_nothing(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    older = await chat.presses("✓ Тип")
    await chat.says("/webinars")
    drafts = await chat.presses("📝 Черновики")
    await chat.presses(labels(drafts)[0])
    await chat.presses("✓ Тип")
    await chat.presses("👥 Совещание", on=chat.last)

    await chat.presses("🏆 Конкурс", on=older)

    assert "изменили" in chat.toast["text"]
    assert "Новое совещание" in as_it_is(chat, older)["text"]


async def test_an_earlier_event_is_copied_without_its_date(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_event(database, network, title="Школа тьютора", details=EventDetails(EventKind.SEMINAR, leader="Ким Е."))
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    earlier = await chat.presses("📋 Как в прошлый раз")
    await chat.presses(labels(earlier)[0])

    card = await chat.says("24 сентября в 15:00")

    assert "Новый семинар" in card["text"]
    assert "Название: Школа тьютора" in card["text"]
    assert "Ведёт: Ким Е." in card["text"]


async def test_the_draft_of_another_is_not_found(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await at_the_card(tg.chat_of(network.regional))
    stranger = tg.chat_of(network.amur_regional)
    forged = InlineKeyboardButton(text="подделка", callback_data="wf:1:title")
    await tg.bot.send_message(stranger.id, "…", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[forged]]))

    await stranger.presses("подделка")

    assert "не в вашей части сети" in stranger.toast["text"]
