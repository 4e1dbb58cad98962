"""The board in chat: down the tree and back, the file, the nudge, and a forwarded button in a stranger's hands."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import openpyxl
import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.ids import OccurrenceId
from bot.reports.board_file import board_file
from handlers.board.callbacks import BoardDate
from storage.database import Database
from tests.driver import Telegram, labels, telegram
from tests.factories import SmallNetwork
from tests.storage.test_board import open_task


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, board_file=board_file) as tg:
        yield tg


@pytest.fixture
async def occurrence(database: Database, network: SmallNetwork) -> OccurrenceId:
    return await open_task(database, network, network.vladimir)


async def test_down_the_tree_to_the_school_and_back(
    tg: Telegram, network: SmallNetwork, occurrence: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    listed = await chat.says("/board")
    assert "Мониторинг" in listed["text"]
    assert "ответили 0 из 3 · молчат 3" in listed["text"]
    region = await chat.presses("1")
    assert region["message_id"] == listed["message_id"], "the screen changes in place"
    assert "Суздальский район – 0 из 2" in region["text"]
    await chat.presses("🔕 Суздальский район")
    school = await chat.presses("🔕 Школа № 1 г. Суздаля")
    assert "🔕 Школа № 1 г. Суздаля: молчит" in school["text"]
    assert "пишем: Зимина А. О." in school["text"]
    assert "‹ Суздальский район" in labels(school)
    back = await chat.presses("‹ Все дела")
    assert back["text"] == listed["text"]


async def test_an_empty_board_says_what_to_do(tg: Telegram, network: SmallNetwork) -> None:
    listed = await tg.chat_of(network.regional).says("/board")
    assert "Пришлите мне документ" in listed["text"]


async def test_the_table_holds_every_school(tg: Telegram, network: SmallNetwork, occurrence: OccurrenceId) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/board")
    await chat.presses("1")
    sent = await chat.presses("⬇️ Таблица .xlsx")
    assert sent["document"]["file_name"] == "Сводка 07.09.2026.xlsx"
    buffer = io.BytesIO()
    await tg.bot.download(sent["document"]["file_id"], destination=buffer)
    sheet = openpyxl.load_workbook(buffer).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=sheet.max_row - 2)] == [
        "Школа № 1 г. Суздаля",
        "Школа № 2 г. Суздаля",
        "Школа № 3 г. Мурома",
    ]


async def test_the_silent_are_counted_before_they_are_reminded(
    tg: Telegram, network: SmallNetwork, occurrence: OccurrenceId, database_file: Path
) -> None:
    chat = tg.chat_of(network.municipal)
    await chat.says("/board")
    await chat.presses("1")
    preview = await chat.presses("🔔 Напомнить молчащим (2)")
    assert "Напишу только тем, кто ещё не ответил: 2 человека" in preview["text"]
    with sqlite3.connect(database_file) as other_hand:
        assert other_hand.execute("SELECT count(*) FROM notices").fetchone() == (0,)
    done = await chat.presses("🔔 Напомнить (2)")
    assert "Напоминаю 2 людям" in done["text"]
    await chat.presses("‹ Назад")
    await chat.presses("🔔 Напомнить молчащим (2)")
    assert chat.toast["show_alert"]
    assert "08.09.2026 00:00" in chat.toast["text"]


async def test_a_forwarded_button_shows_a_stranger_nothing(
    tg: Telegram, network: SmallNetwork, occurrence: OccurrenceId
) -> None:
    """The data of a button carries ids, not rights: whoever presses is looked up in the tree."""
    shown = await tg.chat_of(network.regional).says("/board")
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for stranger in (tg.chat_of(network.amur_regional), tg.chat_of(network.teacher_1), tg.chat(777)):
        if stranger.id == 777:
            await stranger.starts()
        # Telegram lets nobody press what is not in his chat, so the forwarded button is sent to his.
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="1", callback_data=data)]])
        await tg.bot.send_message(stranger.id, "Переслано", reply_markup=keyboard)
        await stranger.presses(data=data)
        assert stranger.toast.get("show_alert"), "he is told, not shown"
        assert all("Суздал" not in message.get("text", "") for message in stranger.messages)


async def test_a_teacher_who_tries_a_coordinators_command_is_told_whose_it_is(
    tg: Telegram, network: SmallNetwork
) -> None:
    answer = await tg.chat_of(network.teacher_1).says("/board")
    assert "для координаторов" in answer["text"]


async def test_a_forged_button_with_an_impossible_number_finds_nothing(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    data = BoardDate(occurrence=10**25).pack()
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="1", callback_data=data)]])
    await tg.bot.send_message(chat.id, "Подделано", reply_markup=keyboard)
    await chat.presses(data=data)
    assert "этого больше нет" in chat.toast["text"].lower()
