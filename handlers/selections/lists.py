"""One selection as a whole: its lists, whom the reserve offers, what is announced, and its file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.domain.errors import OutdatedError
from bot.domain.ids import ApplicationId, OccurrenceId
from bot.domain.selection import ApplicationMovedError, BoundExceededError
from bot.services.announce_decisions import announce_decisions, preview_decisions
from bot.services.select_applicants import (
    SelectionExport,
    end_selection,
    export_selection,
    read_application,
    show_selection,
    take_up,
    undo_take_up,
)
from bot.texts.catalogue import plain, say
from bot.texts.times import short_day
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard
from handlers.scene import Scene, SceneMiddleware
from handlers.selections.callbacks import (
    AnnounceDecisions,
    EndSelection,
    ExportSelection,
    PreviewDecisions,
    ShowList,
    ShowSelection,
    TakeUp,
    UndoTakeUp,
)
from handlers.selections.list_screens import decisions_screen, one_list_screen
from handlers.selections.reading import leave_reason
from handlers.selections.reading_screens import Screen, end_screen, selection_screen
from handlers.showing import show, toast

MakeSelectionFile = Callable[[SelectionExport, ZoneInfo, datetime], Awaitable[bytes]]


def build_router() -> Router:
    router = Router(name="lists of a selection")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.middleware(SceneMiddleware())
    router.callback_query.register(on_selection, ShowSelection.filter())
    router.callback_query.register(on_list, ShowList.filter())
    router.callback_query.register(on_take_up, TakeUp.filter())
    router.callback_query.register(on_undo_take_up, UndoTakeUp.filter())
    router.callback_query.register(on_preview, PreviewDecisions.filter())
    router.callback_query.register(on_announce, AnnounceDecisions.filter())
    router.callback_query.register(on_end, EndSelection.filter())
    router.callback_query.register(on_export, ExportSelection.filter())
    return router


async def on_selection(query: CallbackQuery, callback_data: ShowSelection, scene: Scene) -> None:
    await leave_reason(scene)
    screen = await _selection(scene, OccurrenceId(callback_data.occurrence))
    await toast(query)
    await show(query, *screen)


async def on_list(query: CallbackQuery, callback_data: ShowList, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    view = await show_selection(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    await toast(query)
    await show(query, *one_list_screen(view, callback_data.state, callback_data.page))


async def on_take_up(query: CallbackQuery, callback_data: TakeUp, scene: Scene) -> None:
    """From the screen of the selection, or from the message that a place is free: one tap."""
    application_id = ApplicationId(callback_data.application)
    try:
        read = await take_up(
            scene.storage,
            actor=scene.actor,
            application_id=application_id,
            version=callback_data.version,
            now=scene.now,
        )
    except (ApplicationMovedError, BoundExceededError):
        await toast(query, "toast-place-taken", alert=True)
        read = await read_application(scene.storage, actor=scene.actor, application_id=application_id)
    else:
        await toast(query, "toast-taken-up-quietly" if read.application.is_untold else "toast-taken-up")
    await show(query, *await _selection(scene, read.application.occurrence_id))


async def on_undo_take_up(query: CallbackQuery, callback_data: UndoTakeUp, scene: Scene) -> None:
    application_id = ApplicationId(callback_data.application)
    try:
        read = await undo_take_up(
            scene.storage,
            actor=scene.actor,
            application_id=application_id,
            version=callback_data.version,
            now=scene.now,
        )
    except ApplicationMovedError as refusal:
        await toast(query, "toast-take-up-stands", alert=True)
        await show(query, *await _selection(scene, refusal.application.occurrence_id))
        return
    await toast(query, "toast-take-up-undone")
    await show(query, *await _selection(scene, read.application.occurrence_id))


async def on_preview(query: CallbackQuery, callback_data: PreviewDecisions, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    found = await preview_decisions(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    if not found.total:
        await toast(query, "toast-decisions-none")
        await show(query, *await _selection(scene, occurrence_id))
        return
    await toast(query)
    await show(query, *decisions_screen(found, reader=scene.reader, now=scene.now))


async def on_announce(query: CallbackQuery, callback_data: AnnounceDecisions, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    try:
        told = await announce_decisions(
            scene.storage, actor=scene.actor, occurrence_id=occurrence_id, seen=callback_data.seen, now=scene.now
        )
    except OutdatedError:
        await toast(query, "toast-decisions-changed", alert=True)
        found = await preview_decisions(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
        await show(query, *decisions_screen(found, reader=scene.reader, now=scene.now))
        return
    if not told.total:
        await toast(query, "toast-decisions-none")
        await show(query, *await _selection(scene, occurrence_id))
        return
    await toast(query)
    back = button("button-selection-back", ShowSelection(occurrence=occurrence_id))
    await show(query, say("decisions-announced", n=told.total), keyboard([back]))


async def on_end(query: CallbackQuery, callback_data: EndSelection, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    if not callback_data.is_sure:
        view = await show_selection(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
        await toast(query)
        await show(query, *end_screen(view.line))
        return
    version = callback_data.version
    await end_selection(
        scene.storage, actor=scene.actor, occurrence_id=occurrence_id, version=version, now=scene.now
    )  # fmt: skip
    await toast(query)
    await show(query, *await _selection(scene, occurrence_id))


async def on_export(
    query: CallbackQuery, callback_data: ExportSelection, scene: Scene, selection_file: MakeSelectionFile
) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    export = await export_selection(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    await toast(query)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    data = await selection_file(export, scene.reader, scene.now)
    file = BufferedInputFile(data, plain("selection-file", day=short_day(scene.today)))
    caption = say("selection-file-caption", n=export.view.line.standing)
    await query.bot.send_document(query.from_user.id, file, caption=caption)


async def _selection(scene: Scene, occurrence_id: OccurrenceId) -> Screen:
    view = await show_selection(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    return selection_screen(view, by=scene.actor.person.id, reader=scene.reader, now=scene.now)
