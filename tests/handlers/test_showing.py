"""A screen takes the place of the message that was tapped, or comes below it where that cannot become one."""

from __future__ import annotations

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from bot.reports.qr import qr_png
from bot.texts.catalogue import Markup
from handlers.showing import edit
from tests.driver import Telegram
from tests.factories import SmallNetwork

BUTTON = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Дальше", callback_data="x")]])


async def test_a_text_becomes_the_screen(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    sent = await tg.bot.send_message(chat.id, "Было")

    assert await edit(tg.bot, chat.id, sent.message_id, Markup("Стало"), BUTTON)
    assert await edit(tg.bot, chat.id, sent.message_id, Markup("Стало"), BUTTON), "the same again is as good as done"

    assert [one["text"] for one in chat.messages] == ["Стало"]


@pytest.mark.parametrize("caption", [None, "Подпись под картинкой"])
async def test_a_picture_stays_what_it_is(network: SmallNetwork, tg: Telegram, caption: str | None) -> None:
    chat = tg.chat_of(network.regional)
    picture = BufferedInputFile(qr_png("https://example.org"), "qr.png")
    sent = await tg.bot.send_photo(chat.id, picture, caption=caption, reply_markup=BUTTON)

    assert not await edit(tg.bot, chat.id, sent.message_id, Markup("Экран"), None)

    assert chat.last.get("caption") == caption


async def test_what_is_wrong_with_the_screen_itself_is_not_hidden(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    sent = await tg.bot.send_message(chat.id, "Было")

    with pytest.raises(TelegramBadRequest):
        await edit(tg.bot, chat.id, sent.message_id, Markup("<b>не закрыто"), None)
