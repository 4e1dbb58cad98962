"""«Сводка»: the dates, the tree below each, and the same as .xlsx."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, FSInputFile, Message

from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.export_board import BoardExport, export_board
from bot.services.show_board import list_board, show_board
from bot.texts.catalogue import plain, say
from bot.texts.times import short_day
from handlers.board.callbacks import BoardDate, BoardFile, BoardPageButton
from handlers.board.file_progress import FileProgress, grouped
from handlers.board.screens import list_screen, unit_screen
from handlers.filters import IsCoordinator
from handlers.showing import show, toast

Tell = Callable[[int], Awaitable[None]]
MakeBoardFile = Callable[[BoardExport, ZoneInfo, datetime, Tell], AbstractAsyncContextManager[Path]]


def build_router() -> Router:
    router = Router(name="board")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.message.register(on_board, Command("board"))
    router.callback_query.register(on_page, BoardPageButton.filter())
    router.callback_query.register(on_date, BoardDate.filter())
    router.callback_query.register(on_file, BoardFile.filter())
    return router


async def on_board(
    message: Message, state: FSMContext, app_storage: Storage, actor: Actor, now: datetime, reader: ZoneInfo
) -> None:
    await state.clear()
    page = await list_board(app_storage, actor=actor, now=now)
    text, keyboard = list_screen(page, reader=reader, today=now.astimezone(reader).date())
    await message.answer(text, reply_markup=keyboard)


async def on_page(
    query: CallbackQuery,
    callback_data: BoardPageButton,
    app_storage: Storage,
    actor: Actor,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    page = await list_board(app_storage, actor=actor, now=now, page=callback_data.page, is_past=callback_data.is_past)
    await toast(query)
    await show(query, *list_screen(page, reader=reader, today=now.astimezone(reader).date()))


async def on_date(
    query: CallbackQuery,
    callback_data: BoardDate,
    app_storage: Storage,
    actor: Actor,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    board = await show_board(
        app_storage,
        actor=actor,
        occurrence_id=OccurrenceId(callback_data.occurrence),
        unit_id=UnitId(callback_data.unit) if callback_data.unit else None,
    )
    await toast(query)
    today = now.astimezone(reader).date()
    await show(query, *unit_screen(board, reader=reader, today=today, page=callback_data.page))


async def on_file(
    query: CallbackQuery,
    callback_data: BoardFile,
    app_storage: Storage,
    actor: Actor,
    now: datetime,
    reader: ZoneInfo,
    board_file: MakeBoardFile,
) -> None:
    export = await export_board(
        app_storage,
        actor=actor,
        occurrence_id=OccurrenceId(callback_data.occurrence),
        unit_id=UnitId(callback_data.unit) if callback_data.unit else None,
    )
    await toast(query)
    if not isinstance(query.message, Message):
        return
    progress = FileProgress(query.message, export.line.tally.total)
    async with board_file(export, reader, now, progress.tell) as file:
        name = plain("file-board-name", date=short_day(now.astimezone(reader).date()), suffix=file.suffix)
        is_packed = file.suffix == ".zip"
        caption = say("board-file-long", total=grouped(export.line.tally.total)) if is_packed else None
        await query.message.answer_document(FSInputFile(file, name), caption=caption)
    await progress.end()
