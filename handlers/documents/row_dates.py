"""A row of a draft whose document leaves the date open: the coordinator names it, or says how often to remind."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.awaiting import awaited
from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.ids import RowId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.edit_draft import DraftChangedError
from bot.services.name_dates import (
    EventHourError,
    NoDatesError,
    name_row_dates,
    set_row_pace,
    understand_row_dates,
)
from bot.services.show_draft import RowView, show_row
from bot.services.show_plan import NotOneDateError
from bot.texts.catalogue import Markup, say
from handlers.documents import callbacks as to
from handlers.documents import term_callbacks as on
from handlers.documents.date_screens import ask_screen, refusal, row_dates_screen, words_of_day
from handlers.documents.draft_screens import Screen
from handlers.documents.drafts import made, tell_edit
from handlers.documents.row_screens import row_screen
from handlers.documents.states import TypingTerm
from handlers.documents.wording import button
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE

_REFUSED = (NotOneDateError, EventHourError, NoDatesError)


def build_router() -> Router:
    router = Router(name="documents row dates")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_ask, on.AskRowDates.filter())
    router.callback_query.register(on_day, on.PickDay.filter(F.row))
    router.callback_query.register(on_accept, on.AcceptRowDates.filter())
    router.callback_query.register(on_pace, on.SetRowPace.filter())
    router.message.register(on_words, IS_LINE, StateFilter(TypingTerm.of_row_dates))
    return router


async def on_ask(
    query: CallbackQuery,
    callback_data: on.AskRowDates,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    view = await show_row(app_storage, actor=actor, row_id=RowId(callback_data.row), now=now)
    row = view.judged.row
    asked = None if row.term is None else awaited(row.term)
    if row.term is None or asked is None:
        raise OutdatedError(f"row {row.id} waits for no dates")
    await state.set_state(TypingTerm.of_row_dates)
    await state.set_data({"row": row.id})
    pick = on.PickDay(days_ago=0, row=row.id)
    await toast(query)
    await show(
        query,
        *ask_screen(
            f"{row.number}. {row.title}", row.phrase, row.term, asked, pick=pick, cancel=to.ShowRow(row=row.id)
        ),
    )


async def on_words(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    row_id = RowId((await state.get_data())["row"])
    screen = await _understood(app_storage, actor, row_id, message.text or "", now, state)
    await message.answer(screen[0], reply_markup=screen[1], link_preview_options=NO_PREVIEW)


async def on_day(
    query: CallbackQuery,
    callback_data: on.PickDay,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    row_id = RowId(callback_data.row)
    if await state.get_state() != TypingTerm.of_row_dates.state or (await state.get_data()).get("row") != row_id:
        await toast(query, "toast-words-forgotten", alert=True)
        return
    view = await show_row(app_storage, actor=actor, row_id=row_id, now=now)
    words = words_of_day(callback_data.days_ago, ZoneInfo(view.draft.timezone), now)
    await toast(query)
    await show(query, *await _understood(app_storage, actor, row_id, words, now, state))


async def on_accept(
    query: CallbackQuery,
    callback_data: on.AcceptRowDates,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    row_id = RowId(callback_data.row)
    asked = await state.get_data()
    if asked.get("row") != row_id or "read_at" not in asked:
        await toast(query, "toast-words-forgotten", alert=True)
    else:
        words, read_at = str(asked["words"]), datetime.fromisoformat(asked["read_at"])
        try:
            await name_row_dates(
                app_storage,
                actor=actor,
                row_id=row_id,
                version=callback_data.version,
                words=words,
                read_at=read_at,
                now=now,
            )
        except DraftChangedError:
            found = await understand_row_dates(
                app_storage, actor=actor, row_id=row_id, words=words, read_at=read_at, now=now
            )
            await toast(query, "toast-draft-changed", alert=True)
            await show(query, *row_dates_screen(found, now=now, is_changed=True))
            return
        except DomainError:
            await state.clear()  # planned or discarded meanwhile: the question is over
            raise
        await toast(query, "toast-dates-taken")
    await _show_row(query, await show_row(app_storage, actor=actor, row_id=row_id, now=now), now)
    await state.clear()  # last: what a crash interrupts is handled again, and must find the words


async def on_pace(
    query: CallbackQuery, callback_data: on.SetRowPace, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    tap = callback_data
    row_id = RowId(tap.row)
    is_current = await made(
        set_row_pace(app_storage, actor=actor, row_id=row_id, version=tap.version, pace=tap.pace, now=now)
    )
    view = await show_row(app_storage, actor=actor, row_id=row_id, now=now)
    await tell_edit(query, is_current=is_current)
    await _show_row(query, view, now, is_current=is_current)


async def _understood(
    storage: Storage, actor: Actor, row_id: RowId, words: str, now: datetime, state: FSMContext
) -> Screen:
    """The preview of what was typed, which then waits for «Верно»; or the question again."""
    try:
        found = await understand_row_dates(storage, actor=actor, row_id=row_id, words=words, read_at=now, now=now)
    except _REFUSED as error:
        row = (await show_row(storage, actor=actor, row_id=row_id, now=now)).judged.row
        assert row.term is not None, "it was asked for the dates of its term"
        asked = awaited(row.term)
        assert asked is not None, "it was asked for the dates of its term"
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[button("button-cancel", to.ShowRow(row=row_id))]])
        return refusal(error, words, row.term, asked), keyboard
    except (NotFoundError, OutdatedError):
        await state.clear()  # the draft is gone, or the row has dates now, and the question is over
        raise
    await state.update_data(words=words, read_at=now.isoformat())
    return row_dates_screen(found, now=now)


async def _show_row(query: CallbackQuery, view: RowView, now: datetime, *, is_current: bool = True) -> None:
    text, keyboard = row_screen(view, now=now)
    await show(query, text if is_current else Markup(f"{say('draft-changed')}\n\n{text}"), keyboard)
