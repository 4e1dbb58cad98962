"""A platform's list is sent: matched, shown, its doubts cleared one by one, and applied when the leader says so."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Bot, F, Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.documents import DocumentFault
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.platform_table import PlatformRow, TableMatching
from bot.ports.documents import MAX_FILE_BYTES, AttendanceReader, Unreadable
from bot.services.import_attendance import (
    TablePreview,
    apply_attendance,
    match_attendance,
    preview_attendance,
)
from bot.services.mark_attendance import TooEarlyError
from bot.texts.catalogue import Markup, plain, say
from bot.texts.document_errors import explain
from handlers.attendance import callbacks as to
from handlers.attendance.leading import leave, show_sheet, tell_early
from handlers.attendance.states import Leading
from handlers.attendance.table_screens import LEAST, doubt_screen, preview_screen
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast

_NO_TABLE = (
    DocumentFault.DAMAGED,
    DocumentFault.UNSUPPORTED_FORMAT,
    DocumentFault.READER_FAILED,
    DocumentFault.UNREADABLE_TEXT,
)
_READABLE = (".csv", ".xlsx", ".xlsm", ".tsv", ".txt")


def build_router() -> Router:
    router = Router(name="attendance tables")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_file, F.document, StateFilter(Leading.table))
    router.message.register(on_no_file, ~F.text.startswith("/"), StateFilter(Leading.table))
    router.callback_query.register(on_load, to.LoadTable.filter())
    router.callback_query.register(on_apply, to.TableButton.filter(F.act == to.TableAct.APPLY))
    router.callback_query.register(on_drop, to.TableButton.filter(F.act == to.TableAct.DROP))
    router.callback_query.register(on_preview, to.TableButton.filter())
    router.callback_query.register(on_doubt, to.ShowDoubt.filter())
    router.callback_query.register(on_settle, to.SettleDoubt.filter())
    return router


async def on_load(query: CallbackQuery, callback_data: to.LoadTable, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    try:
        await match_attendance(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, rows=(), now=scene.now)
    except TooEarlyError as refusal:
        await tell_early(query, scene, refusal)
        return
    await scene.state.set_state(Leading.table)
    await scene.state.set_data({"occurrence": occurrence_id})
    await toast(query)
    await show(query, say("table-ask"), keyboard([_drop(occurrence_id)]))


async def on_file(message: Message, bot: Bot, scene: Scene, read_attendance: AttendanceReader) -> None:
    asked = await scene.state.get_data()
    occurrence_id = OccurrenceId(asked["occurrence"])
    file = message.document
    assert file is not None, "the filter lets nothing else through"
    name = file.file_name or plain("file-unnamed")
    if not name.lower().endswith(_READABLE) or (file.file_size or 0) > MAX_FILE_BYTES:
        await message.answer(say("table-wrong-file", limit=MAX_FILE_BYTES // 2**20), reply_markup=_back(occurrence_id))
        return
    content = await bot.download(file.file_id)
    assert content is not None, "a download without a destination gives its bytes"
    rows = await read_attendance(content.read(), name)
    if isinstance(rows, Unreadable) or not rows:
        await message.answer(_refusal(rows), reply_markup=_back(occurrence_id))
        return
    known = _matching(asked)
    preview = await match_attendance(
        scene.storage, actor=scene.actor, occurrence_id=occurrence_id, rows=rows, known=known, now=scene.now
    )
    await _keep(scene, preview)
    text, buttons = preview_screen(preview)
    await message.answer(text, reply_markup=buttons)


async def on_no_file(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    await message.answer(say("table-only-file"), reply_markup=_back(OccurrenceId(asked["occurrence"])))


async def on_preview(query: CallbackQuery, callback_data: to.TableButton, scene: Scene) -> None:
    """The counts again, or with the next choice of the least minutes."""
    matching = await _current(query, scene, callback_data.occurrence)
    if matching is None:
        return
    if callback_data.act is to.TableAct.LEAST:
        known = LEAST.index(matching.least) if matching.least in LEAST else 0
        matching = replace(matching, least=LEAST[(known + 1) % len(LEAST)])
    await toast(query)
    await _show_preview(query, scene, callback_data.occurrence, matching)


async def on_doubt(query: CallbackQuery, callback_data: to.ShowDoubt, scene: Scene) -> None:
    matching = await _current(query, scene, callback_data.occurrence)
    if matching is None:
        return
    await toast(query)
    await _show_doubt(query, scene, callback_data.occurrence, matching, callback_data.place)


async def on_settle(query: CallbackQuery, callback_data: to.SettleDoubt, scene: Scene) -> None:
    matching = await _current(query, scene, callback_data.occurrence)
    if matching is None:
        return
    chosen = AssignmentId(callback_data.assignment) if callback_data.assignment else None
    matching = matching.settled(callback_data.place, chosen)
    await toast(query)
    await _show_doubt(query, scene, callback_data.occurrence, matching, callback_data.place)


async def on_apply(query: CallbackQuery, callback_data: to.TableButton, scene: Scene) -> None:
    matching = await _current(query, scene, callback_data.occurrence)
    if matching is None:
        return
    occurrence_id = OccurrenceId(callback_data.occurrence)
    done = await apply_attendance(
        scene.storage, actor=scene.actor, occurrence_id=occurrence_id, matching=matching, now=scene.now
    )
    await toast(query)
    doubtful, unknown = len(matching.doubtful), len(matching.unknown)
    text = say("table-applied", new=len(done.new), known=len(done.known), doubtful=doubtful, unknown=unknown)
    sheet = button("button-attendance-sheet", to.ShowSheet(occurrence=occurrence_id))
    again = button("button-attendance-table-again", to.LoadTable(occurrence=occurrence_id))
    await show(query, text, keyboard([sheet], [again]))
    await scene.state.clear()


async def on_drop(query: CallbackQuery, callback_data: to.TableButton, scene: Scene) -> None:
    await leave(scene)
    await toast(query, "table-dropped")
    await show_sheet(query, scene, callback_data.occurrence)


async def _current(query: CallbackQuery, scene: Scene, occurrence: int) -> TableMatching | None:
    """What this dialogue holds of the event's table; else the button is an old one, and the counts are shown."""
    asked = await scene.state.get_data()
    if await scene.state.get_state() == Leading.table.state and asked.get("occurrence") == occurrence:
        matching = _matching(asked)
        if matching is not None:
            return matching
    await toast(query, "toast-table-old", alert=True)
    await show_sheet(query, scene, occurrence)
    return None


async def _show_preview(query: CallbackQuery, scene: Scene, occurrence: int, matching: TableMatching) -> None:
    preview = await preview_attendance(
        scene.storage, actor=scene.actor, occurrence_id=OccurrenceId(occurrence), matching=matching
    )
    await _keep(scene, preview)
    await show(query, *preview_screen(preview))


async def _show_doubt(query: CallbackQuery, scene: Scene, occurrence: int, matching: TableMatching, place: int) -> None:
    """The doubtful name at that place or behind it, then those before it; the counts when there is none left."""
    doubtful = matching.doubtful
    if not doubtful:
        await _show_preview(query, scene, occurrence, matching)
        return
    preview = await preview_attendance(
        scene.storage, actor=scene.actor, occurrence_id=OccurrenceId(occurrence), matching=matching
    )
    await _keep(scene, preview)
    at = next((one for one in doubtful if one >= place), doubtful[0])
    await show(query, *doubt_screen(preview, at))


async def _keep(scene: Scene, preview: TablePreview) -> None:
    data = {"occurrence": preview.event.occurrence_id, "matching": preview.matching.to_json()}
    await scene.state.set_data(data)


def _refusal(read: Unreadable | tuple[PlatformRow, ...]) -> Markup:
    if not isinstance(read, Unreadable):
        return say("table-no-names")
    # Whose words speak of documents.
    if read.code in _NO_TABLE:
        return say("table-broken")
    return say("file-unreadable", reason=explain(read))


def _matching(asked: dict[str, object]) -> TableMatching | None:
    stored = asked.get("matching")
    return TableMatching.from_json(stored) if isinstance(stored, dict) else None


def _drop(occurrence_id: OccurrenceId) -> InlineKeyboardButton:
    return button("button-cancel", to.TableButton(occurrence=occurrence_id, act=to.TableAct.DROP))


def _back(occurrence_id: OccurrenceId) -> InlineKeyboardMarkup:
    return keyboard([_drop(occurrence_id)])
