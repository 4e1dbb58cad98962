"""Edits, deletions, keyboards, files, pins: what a bot does with messages."""

from __future__ import annotations

import struct
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Message

from bot.clock import MovableClock
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Client

YES = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def sent(client: Client, chat_id: int, **parameters: Any) -> int:
    message_id: int = (await client.call("sendMessage", chat_id=chat_id, **parameters)).result["message_id"]
    return message_id


async def test_an_edit_shows_the_new_text_and_loses_the_old_keyboard(client: Client, anna: int) -> None:
    message_id = await sent(client, anna, text="Придёте?", reply_markup=YES)
    edited = (await client.call("editMessageText", chat_id=anna, message_id=message_id, text="Спасибо")).result
    assert (edited["text"], "reply_markup" in edited, "edit_date" in edited) == ("Спасибо", False, True)


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        pytest.param("editMessageText", {"text": "<b>Да</b>?", "parse_mode": "HTML", "reply_markup": YES}, id="text"),
        pytest.param("editMessageReplyMarkup", {"reply_markup": YES}, id="keyboard"),
    ],
)
async def test_an_edit_that_changes_nothing_is_refused(
    client: Client, anna: int, method: str, parameters: dict[str, Any]
) -> None:
    message_id = await sent(client, anna, text="<b>Да</b>?", parse_mode="HTML", reply_markup=YES)
    for _ in range(2):  # the first edit sets nothing either: edit_date is no content
        answer = await client.call(method, chat_id=anna, message_id=message_id, **parameters)
        assert answer.refusal == (400, NOT_MODIFIED)


async def test_an_edit_is_compared_with_the_latest_content(client: Client, anna: int) -> None:
    message_id = await sent(client, anna, text="Раз")
    for expected in (200, 400):
        answer = await client.call("editMessageText", chat_id=anna, message_id=message_id, text="Два")
        assert answer.status == expected
    assert answer.refusal == (400, NOT_MODIFIED)


async def test_a_long_edit_is_refused_in_the_servers_words(client: Client, anna: int) -> None:
    message_id = await sent(client, anna, text="Раз")
    answer = await client.call("editMessageText", chat_id=anna, message_id=message_id, text="я" * 4097)
    assert answer.refusal == (400, "Bad Request: MESSAGE_TOO_LONG")


@pytest.mark.parametrize(
    "markup",
    [{"keyboard": [["Да", "Нет"]]}, {"remove_keyboard": True}, {"force_reply": True}],
    ids=["keyboard", "removal", "forced reply"],
)
async def test_a_message_with_another_markup_is_never_edited(
    client: Client, sandbox: Sandbox, anna: int, markup: dict[str, Any]
) -> None:
    message = (await client.call("sendMessage", chat_id=anna, text="Раз", reply_markup=markup)).result
    assert "reply_markup" not in message, "the bot does not get it back"
    shown = sandbox.messages(anna)[-1]["reply_markup"]
    assert markup.keys() <= shown.keys(), "the person sees it"
    answer = await client.call("editMessageText", chat_id=anna, message_id=message["message_id"], text="Два")
    assert answer.refusal == (400, "Bad Request: message can't be edited")


async def test_an_edit_takes_inline_keyboards_only(client: Client, anna: int) -> None:
    message_id = await sent(client, anna, text="Раз")
    answer = await client.call(
        "editMessageText", chat_id=anna, message_id=message_id, text="Два", reply_markup={"keyboard": [["Да"]]}
    )
    assert answer.refusal == (400, "Bad Request: inline keyboard expected")


async def test_a_document_has_a_caption_and_no_text(client: Client, bot: Bot, anna: int) -> None:
    message = await bot.send_document(anna, BufferedInputFile(b"x", "отчёт.txt"), caption="Отчёт")
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await message.edit_text("Текст")
    edited = await message.edit_caption(caption="Новый")
    assert getattr(edited, "caption", None) == "Новый"
    message_id = await sent(client, anna, text="Раз")
    answer = await client.call("editMessageCaption", chat_id=anna, message_id=message_id, caption="x")
    assert answer.refusal == (400, "Bad Request: there is no caption in the message to edit")


async def test_a_picture_takes_the_place_of_another(client: Client, bot: Bot, anna: int) -> None:
    def picture(width: int) -> BufferedInputFile:
        return BufferedInputFile(b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + struct.pack(">II", width, 10), "code.png")

    message = await bot.send_photo(anna, picture(10), caption="Старый")
    edited = await message.edit_media(InputMediaPhoto(media=picture(20), caption="<b>Новый</b>", parse_mode="HTML"))
    assert isinstance(edited, Message)
    assert edited.photo is not None
    assert (edited.message_id, edited.caption, edited.photo[0].width) == (message.message_id, "Новый", 20)
    message_id = await sent(client, anna, text="Раз")
    media = {"type": "photo", "media": edited.photo[0].file_id}
    answer = await client.call("editMessageMedia", chat_id=anna, message_id=message_id, media=media)
    assert answer.status == 400, "a text does not become a picture here"


async def test_a_button_address_comes_back_normalised(client: Client, anna: int) -> None:
    markup = {"inline_keyboard": [[{"text": "Сайт", "url": "example.com"}]]}
    message = (await client.call("sendMessage", chat_id=anna, text="Раз", reply_markup=markup)).result
    assert message["reply_markup"]["inline_keyboard"][0][0]["url"] == "http://example.com/"


async def test_the_first_action_of_a_button_wins(client: Client, anna: int) -> None:
    markup = {"inline_keyboard": [[{"text": "Сайт", "callback_data": "x", "url": "https://a.ru/"}]]}
    message = (await client.call("sendMessage", chat_id=anna, text="Раз", reply_markup=markup)).result
    assert message["reply_markup"]["inline_keyboard"] == [[{"text": "Сайт", "url": "https://a.ru/"}]]


async def test_sixty_four_bytes_of_data_fit(client: Client, anna: int) -> None:
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "я" * 32}]]}
    assert (await client.call("sendMessage", chat_id=anna, text="Раз", reply_markup=markup)).status == 200


async def test_a_deleted_message_leaves_the_transcript(client: Client, sandbox: Sandbox, anna: int) -> None:
    message_id = await sent(client, anna, text="Раз")
    assert (await client.call("deleteMessage", chat_id=anna, message_id=message_id)).result is True
    assert message_id not in [message["message_id"] for message in sandbox.messages(anna)]
    answer = await client.call("editMessageText", chat_id=anna, message_id=message_id, text="Два")
    assert answer.refusal == (400, "Bad Request: message to edit not found")


async def test_after_two_days_a_message_stays(client: Client, clock: MovableClock, anna: int) -> None:
    message_id = await sent(client, anna, text="Раз")
    clock.advance(timedelta(hours=48, seconds=1))
    answer = await client.call("deleteMessage", chat_id=anna, message_id=message_id)
    assert answer.refusal == (400, "Bad Request: message can't be deleted for everyone")
    assert (await client.call("deleteMessages", chat_id=anna, message_ids=[message_id, 999])).result is True
    assert (await client.call("editMessageText", chat_id=anna, message_id=message_id, text="Два")).status == 200


async def test_a_file_goes_out_and_comes_back(bot: Bot, sandbox: Sandbox, anna: int) -> None:
    content = b"\x00\xff" * 700_000
    message = await bot.send_document(anna, BufferedInputFile(content, "Отчёт за I квартал.xlsx"), caption="Отчёт")
    assert message.document is not None
    assert (message.document.file_name, message.document.file_size) == ("Отчёт за I квартал.xlsx", 1_400_000)
    downloaded = await bot.download(message.document)
    assert downloaded is not None
    assert downloaded.read() == content
    again = await bot.send_document(anna, message.document.file_id)
    assert again.document == message.document
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.url}/sandbox/files/{message.document.file_id}") as answer,
    ):
        assert "attachment" in answer.headers["Content-Disposition"]
        assert await answer.read() == content


async def test_a_picture_has_its_size(bot: Bot, anna: int) -> None:
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
    message = await bot.send_photo(
        anna, BufferedInputFile(png, "board.png"), caption="<b>Сводка</b>", parse_mode="HTML"
    )
    assert message.photo is not None
    assert (message.photo[0].width, message.photo[0].height) == (640, 480)
    assert message.caption == "Сводка"
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(anna, BufferedInputFile(b"text", "board.png"))


async def test_more_than_fifty_megabytes_are_too_much(bot: Bot, anna: int) -> None:
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(anna, BufferedInputFile(bytes(50 * 1024 * 1024 + 1), "big.bin"))


async def test_a_long_caption_is_refused(bot: Bot, anna: int) -> None:
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_document(anna, BufferedInputFile(b"x", "a.txt"), caption="я" * 1025)


async def test_a_reply_shows_what_it_answers(client: Client, anna: int) -> None:
    first = await sent(client, anna, text="Раз")
    reply = await client.call("sendMessage", chat_id=anna, text="Два", reply_parameters={"message_id": first})
    assert reply.result["reply_to_message"]["text"] == "Раз"
    lost = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in (
        (await client.call("sendMessage", chat_id=anna, text="Три", reply_parameters=lost)).result
    )


async def test_a_pin_is_seen_in_the_chat(client: Client, anna: int) -> None:
    message_id = await sent(client, anna, text="Важно")
    assert (await client.call("pinChatMessage", chat_id=anna, message_id=message_id)).result is True
    assert (await client.call("getChat", chat_id=anna)).result["pinned_message"]["message_id"] == message_id
    assert (await client.call("unpinChatMessage", chat_id=anna)).result is True
    assert (await client.call("unpinChatMessage", chat_id=anna)).refusal == (
        400,
        "Bad Request: message to unpin not found",
    )


async def test_commands_are_kept_by_scope_and_language(client: Client) -> None:
    commands = [{"command": "/help", "description": "Помощь"}]
    await client.call("setMyCommands", commands=commands, language_code="ru")
    assert (await client.call("getMyCommands", language_code="ru")).result == [
        {"command": "help", "description": "Помощь"}
    ]
    assert (await client.call("getMyCommands")).result == []
    await client.call("setMyCommands", language_code="ru")
    assert (await client.call("getMyCommands", language_code="ru")).result == []


async def test_aiogram_reads_every_answer(bot: Bot, sandbox: Sandbox, anna: int) -> None:
    me = await bot.get_me()
    assert me.username == "vestovoy_demo_bot"
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])
    message = await bot.send_message(anna, "<b>Вебинар</b>", parse_mode="HTML", reply_markup=keyboard)
    assert message.html_text == "<b>Вебинар</b>"
    assert (await bot.get_chat(anna)).full_name == "Анна Петрова"
    assert (await bot.get_chat_member(anna, anna)).status == "member"
    assert (await bot.send_poll(anna, "Когда?", ["Сегодня", "Завтра"])).poll is not None
    assert (await bot.forward_message(anna, anna, message.message_id)).forward_origin is not None
    assert (await bot.copy_message(anna, anna, message.message_id)).message_id > message.message_id
    assert await bot.send_chat_action(anna, "typing")
    assert (await bot.get_webhook_info()).url == ""
    assert sandbox.calls("GETME")[0]["parameters"] == {}
    assert sandbox.state()["bots"][0]["token"] == TOKEN
