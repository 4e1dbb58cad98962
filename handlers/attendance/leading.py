"""The leader's taps: the counts, the list, «Все остальные не были», a name that is looked for, guests."""

from __future__ import annotations

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.names import one_line
from bot.services.mark_attendance import TooEarlyError, admit_guest, mark_attendance, mark_rest
from bot.services.show_attendance import list_attendees, list_schools, show_attendance, show_trace
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import short_name, shorten
from handlers.attendance import callbacks as to
from handlers.attendance.screens import (
    Screen,
    hour,
    people_screen,
    rest_screen,
    schools_screen,
    sheet_screen,
    trace_screen,
)
from handlers.attendance.states import Leading
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE

_QUERY = 100


def build_router() -> Router:
    router = Router(name="leading attendance")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_cancel, Command("cancel"), StateFilter(Leading))
    router.message.register(on_name, IS_LINE, StateFilter(Leading.finding))
    router.message.register(on_no_name, ~F.text, StateFilter(Leading.finding))
    router.callback_query.register(on_sheet, to.ShowSheet.filter())
    router.callback_query.register(on_people, to.ShowPeople.filter())
    router.callback_query.register(on_mark, to.MarkPerson.filter())
    router.callback_query.register(on_trace, to.ShowTrace.filter())
    router.callback_query.register(on_schools, to.ShowSchools.filter())
    router.callback_query.register(on_find, to.FindPerson.filter())
    router.callback_query.register(on_rest_sure, to.MarkRest.filter(F.is_sure))
    router.callback_query.register(on_rest, to.MarkRest.filter(~F.is_sure))
    router.callback_query.register(on_guest, to.AdmitGuest.filter())
    return router


async def on_sheet(query: CallbackQuery, callback_data: to.ShowSheet, scene: Scene) -> None:
    await leave(scene)
    await toast(query)
    await show_sheet(query, scene, callback_data.occurrence)


async def on_people(query: CallbackQuery, callback_data: to.ShowPeople, scene: Scene) -> None:
    await toast(query)
    await _show_people(query, scene, callback_data)


async def on_mark(query: CallbackQuery, callback_data: to.MarkPerson, scene: Scene) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        marked = await mark_attendance(
            scene.storage, actor=scene.actor, assignment_id=assignment_id, state=callback_data.to.state, now=scene.now
        )
    except TooEarlyError as refusal:
        await tell_early(query, scene, refusal)
        return
    state = plain("attendance-state", state=callback_data.to.state.value if callback_data.to.state else "none")
    await toast(query, "toast-attendance-marked", name=short_name(marked.attendee.full_name), state=state)
    place: dict[str, Any] = {"page": callback_data.page, "unit": callback_data.unit, "found": callback_data.found}
    if callback_data.alone:
        at = to.ShowTrace(assignment=callback_data.assignment, **place)
        trace = await show_trace(scene.storage, actor=scene.actor, assignment_id=assignment_id)
        await show(query, *trace_screen(trace, at, reader=scene.reader))
    else:
        await _show_people(query, scene, to.ShowPeople(occurrence=marked.event.occurrence_id, **place))


async def on_trace(query: CallbackQuery, callback_data: to.ShowTrace, scene: Scene) -> None:
    trace = await show_trace(scene.storage, actor=scene.actor, assignment_id=AssignmentId(callback_data.assignment))
    await toast(query)
    await show(query, *trace_screen(trace, callback_data, reader=scene.reader))


async def on_schools(query: CallbackQuery, callback_data: to.ShowSchools, scene: Scene) -> None:
    found = await list_schools(
        scene.storage,
        actor=scene.actor,
        occurrence_id=OccurrenceId(callback_data.occurrence),
        page=callback_data.page,
    )
    await toast(query)
    await show(query, *schools_screen(found))


async def on_find(query: CallbackQuery, callback_data: to.FindPerson, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    await show_attendance(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    await scene.state.set_state(Leading.finding)
    await scene.state.set_data({"occurrence": occurrence_id})
    await toast(query)
    back = button("button-back", to.ShowPeople(occurrence=occurrence_id))
    await show(query, say("attendance-find"), keyboard([back]))


async def on_name(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    await scene.state.set_data({**asked, "query": one_line(message.text or "")[:_QUERY]})
    at = to.ShowPeople(occurrence=asked["occurrence"], found=True)
    text, buttons = await _people(scene, at)
    await message.answer(text, reply_markup=buttons)


async def on_no_name(message: Message) -> None:
    await message.answer(say("attendance-find"))


async def on_rest(query: CallbackQuery, callback_data: to.MarkRest, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    sheet = await show_attendance(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    await toast(query)
    await show(query, *rest_screen(sheet))


async def on_rest_sure(query: CallbackQuery, callback_data: to.MarkRest, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    try:
        done = await mark_rest(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, now=scene.now)
    except TooEarlyError as refusal:
        await tell_early(query, scene, refusal)
        return
    await toast(query, "toast-attendance-rest", n=done.absent + done.excused)
    await show_sheet(query, scene, occurrence_id)


async def on_guest(query: CallbackQuery, callback_data: to.AdmitGuest, scene: Scene) -> None:
    marked = await admit_guest(
        scene.storage,
        actor=scene.actor,
        occurrence_id=OccurrenceId(callback_data.occurrence),
        person_id=PersonId(callback_data.person),
        now=scene.now,
    )
    await toast(query)
    text = say(
        "attendance-guest-added",
        name=marked.attendee.full_name,
        unit=shorten(marked.attendee.unit_title, 100),
        title=shorten(marked.event.title, 200),
    )
    sheet = button("button-attendance-sheet", to.ShowSheet(occurrence=marked.event.occurrence_id))
    await show(query, text, keyboard([sheet]))


async def on_cancel(message: Message, scene: Scene) -> None:
    is_table = await scene.state.get_state() == Leading.table.state
    await scene.state.clear()
    await message.answer(say("table-dropped" if is_table else "attendance-dropped"))


async def show_sheet(query: CallbackQuery, scene: Scene, occurrence: int) -> None:
    """The counts of the event, in place of the message that was tapped, or below it where it is a picture."""
    sheet = await show_attendance(scene.storage, actor=scene.actor, occurrence_id=OccurrenceId(occurrence))
    await show(query, *sheet_screen(sheet, reader=scene.reader, now=scene.now))


async def answer_sheet(message: Message, scene: Scene, occurrence: int, said: Markup) -> None:
    """The same below ``said``, in answer to what was typed."""
    sheet = await show_attendance(scene.storage, actor=scene.actor, occurrence_id=OccurrenceId(occurrence))
    text, buttons = sheet_screen(sheet, reader=scene.reader, now=scene.now)
    await message.answer(Markup(f"{said}\n\n{text}"), reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def tell_early(query: CallbackQuery, scene: Scene, refusal: TooEarlyError) -> None:
    at = hour(refusal.event.window.opens_at, reader=scene.reader, today=scene.today)
    await toast(query, "toast-attendance-early", alert=True, at=at)


async def leave(scene: Scene) -> None:
    """Who goes elsewhere by a button has dropped what was asked of him here."""
    if (await scene.state.get_state() or "").startswith("Leading:"):
        await scene.state.clear()


async def _show_people(query: CallbackQuery, scene: Scene, at: to.ShowPeople) -> None:
    await show(query, *await _people(scene, at))


async def _people(scene: Scene, at: to.ShowPeople) -> Screen:
    data = await scene.state.get_data() if at.found else {}
    asked = data.get("query") if data.get("occurrence") == at.occurrence else None
    found = await list_attendees(
        scene.storage,
        actor=scene.actor,
        occurrence_id=OccurrenceId(at.occurrence),
        page=at.page,
        unit_id=UnitId(at.unit) if at.unit else None,
        query=asked,
    )
    return people_screen(found, at.model_copy(update={"page": found.page}))
