"""A file that does not say which sheet, or which column is which, is asked about and then read once more."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.domain.network import Actor
from bot.domain.reading_choices import AS_FOUND, ReadingChoices
from bot.ports.documents import FileReader, Unreadable
from bot.ports.storage import Storage
from bot.texts.catalogue import Markup, say
from bot.texts.document_errors import explain
from bot.texts.wording import shorten
from handlers.documents import column_callbacks as to
from handlers.documents.column_questions import (
    ColumnQuestions,
    SheetQuestion,
    column_screen,
    question_about,
    sheet_screen,
)
from handlers.documents.states import NamingColumns
from handlers.documents.taking import Origin, Reception, take
from handlers.filters import IsCoordinator
from handlers.showing import show, toast
from handlers.typing_line import drop_by_cancel

_FIRST_ROWS = 3


def build_router() -> Router:
    router = Router(name="documents columns")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_sheet, to.ChooseSheet.filter(), StateFilter(NamingColumns.sheet))
    router.callback_query.register(on_column, to.ChooseColumn.filter(), StateFilter(NamingColumns.column))
    router.callback_query.register(on_back, to.StepBack.filter(), StateFilter(NamingColumns.column))
    router.callback_query.register(on_leave, to.LeaveFile.filter(), StateFilter(NamingColumns))
    for data in (to.ChooseSheet, to.ChooseColumn, to.StepBack, to.LeaveFile):
        router.callback_query.register(on_old_button, data.filter())
    drop_by_cancel(router, NamingColumns, words="columns-cancelled")
    return router


async def receive(reception: Reception, state: FSMContext, origin: Origin, choices: ReadingChoices = AS_FOUND) -> bool:
    """Reads and shows the draft, or asks what the file does not tell, or says in words what is wrong with it: False."""
    failure = await take(reception, await origin.fetch(reception.bot), choices)
    question = None if failure is None else question_about(failure, origin, choices.sheets)
    if isinstance(question, SheetQuestion):
        await state.set_state(NamingColumns.sheet)
        await state.set_data({"at": reception.message_id, "question": question.to_json()})
        await reception.show(*sheet_screen(question, reception.message_id))
    elif isinstance(question, ColumnQuestions):
        await state.set_state(NamingColumns.column)
        await state.set_data({"at": reception.message_id, "question": question.to_json()})
        await reception.show(*column_screen(question, reception.message_id))
    else:
        await state.clear()
        if failure is not None:
            await reception.show(_why_unreadable(failure))
    return question is not None or failure is None


async def on_sheet(
    query: CallbackQuery,
    callback_data: to.ChooseSheet,
    bot: Bot,
    state: FSMContext,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    now: datetime,
    read_file: FileReader,
) -> None:
    stored = await state.get_data()
    question = SheetQuestion.from_json(stored["question"])
    names = question.chosen(callback_data.place)
    if stored["at"] != callback_data.at or not names:
        await on_old_button(query)
        return
    await toast(query)
    chat_id = query.from_user.id
    reception = Reception(bot, chat_id, callback_data.at, actor, app_storage, read_file, reader, now)
    await receive(reception, state, question.origin, ReadingChoices(sheets=names))


async def on_column(
    query: CallbackQuery,
    callback_data: to.ChooseColumn,
    bot: Bot,
    state: FSMContext,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    now: datetime,
    read_file: FileReader,
) -> None:
    stored = await state.get_data()
    questions = ColumnQuestions.from_json(stored["question"])
    is_open = stored["at"] == callback_data.at and len(questions.answers) == callback_data.step
    if not is_open or not questions.takes(callback_data.place):
        await on_old_button(query)
        return
    await toast(query)
    questions = questions.answered(callback_data.place)
    if questions.asked is not None:
        await state.update_data(question=questions.to_json())
        await show(query, *column_screen(questions, callback_data.at))
        return
    chat_id = query.from_user.id
    reception = Reception(bot, chat_id, callback_data.at, actor, app_storage, read_file, reader, now)
    await receive(reception, state, questions.origin, questions.choices)


async def on_back(query: CallbackQuery, callback_data: to.StepBack, state: FSMContext) -> None:
    stored = await state.get_data()
    if stored["at"] != callback_data.at:
        await on_old_button(query)
        return
    questions = ColumnQuestions.from_json(stored["question"]).one_back()
    await state.update_data(question=questions.to_json())
    await toast(query)
    await show(query, *column_screen(questions, callback_data.at))


async def on_leave(query: CallbackQuery, callback_data: to.LeaveFile, state: FSMContext) -> None:
    if (await state.get_data())["at"] != callback_data.at:
        await on_old_button(query)
        return
    await state.clear()
    await toast(query)
    await show(query, say("columns-cancelled"))


async def on_old_button(query: CallbackQuery) -> None:
    """A button of a question that was answered, left, or asked about another file since."""
    await toast(query, "toast-question-over", alert=True)


def _why_unreadable(failure: Unreadable) -> Markup:
    """The reason and, where a header was not understood, the first rows as they were read."""
    rows = [" | ".join(map(str, row)) for row in failure.facts.get("rows", ())][:_FIRST_ROWS]
    reason = say("file-unreadable", reason=explain(failure))
    if not rows:
        return reason
    shown = [say("file-first-row", row=shorten(row, 250)) for row in rows]
    return Markup("\n".join([reason, "", say("file-first-rows"), *shown]))
