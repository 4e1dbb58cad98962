"""Calendar files: of one matter by its button, and of everything by /calendar."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.domain.calendar_entries import calendar_entry
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.matters import ActivityKind, Matter
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.export_calendar import (
    CalendarExport,
    export_calendar,
    export_event,
    export_events,
    export_matter,
)
from bot.texts.catalogue import Markup, plain, say
from bot.texts.events import event_word, kind_of
from handlers.calendar.callbacks import CalendarOfEvent, CalendarOfEvents, CalendarOfMatter, MyCalendar
from handlers.filters import IsCoordinator, IsRegistered
from handlers.showing import toast

MakeCalendarFile = Callable[[CalendarExport, bool, ZoneInfo, datetime], Awaitable[bytes]]
"""``True``: the file of one matter; ``False``: of everything."""


def build_router() -> Router:
    router = Router(name="calendar files")
    router.message.filter(IsRegistered())
    router.callback_query.filter(IsRegistered())
    router.message.register(on_calendar, Command("calendar"))
    router.callback_query.register(on_matter, CalendarOfMatter.filter())
    router.callback_query.register(on_mine, MyCalendar.filter())
    router.callback_query.register(on_event, CalendarOfEvent.filter(), IsCoordinator())
    router.callback_query.register(on_events, CalendarOfEvents.filter(), IsCoordinator())
    return router


async def on_calendar(
    message: Message,
    bot: Bot,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
    calendar_file: MakeCalendarFile,
) -> None:
    await state.clear()
    await _send_mine(bot, message.chat.id, actor, app_storage, now, reader, calendar_file)


async def on_mine(
    query: CallbackQuery,
    bot: Bot,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    calendar_file: MakeCalendarFile,
) -> None:
    await toast(query)
    await _send_mine(bot, query.from_user.id, actor, app_storage, now, reader, calendar_file)


async def on_matter(
    query: CallbackQuery,
    callback_data: CalendarOfMatter,
    bot: Bot,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    calendar_file: MakeCalendarFile,
) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    export = await export_matter(app_storage, actor=actor, assignment_id=assignment_id)
    await toast(query)
    matter = export.matters[0]
    file = BufferedInputFile(await calendar_file(export, True, reader, now), _name(matter))
    await bot.send_document(query.from_user.id, file, caption=_caption(matter, reader))


async def on_event(
    query: CallbackQuery,
    callback_data: CalendarOfEvent,
    bot: Bot,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    calendar_file: MakeCalendarFile,
) -> None:
    """Whoever looks after an event has it in his calendar too, invited or not."""
    export = await export_event(app_storage, actor=actor, occurrence_id=OccurrenceId(callback_data.occurrence))
    await toast(query)
    (matter,) = export.matters
    file = BufferedInputFile(await calendar_file(export, True, reader, now), _name(matter))
    await bot.send_document(query.from_user.id, file, caption=_caption(matter, reader))


async def on_events(
    query: CallbackQuery,
    bot: Bot,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    calendar_file: MakeCalendarFile,
) -> None:
    export = await export_events(app_storage, actor=actor, now=now)
    if not export.matters:
        await toast(query, "calendar-events-empty", alert=True)
        return
    await toast(query)
    file = BufferedInputFile(await calendar_file(export, False, reader, now), plain("calendar-file-events"))
    await bot.send_document(query.from_user.id, file, caption=say("calendar-events-caption", n=len(export.matters)))


async def _send_mine(
    bot: Bot,
    chat: int,
    actor: Actor,
    storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    calendar_file: MakeCalendarFile,
) -> None:
    export = await export_calendar(storage, actor=actor, now=now)
    standing = sum(not calendar_entry(matter, reader).is_off for matter in export.matters)
    if not export.matters:
        await bot.send_message(chat, say("calendar-mine-empty"))
        return
    file = BufferedInputFile(await calendar_file(export, False, reader, now), plain("calendar-file-mine"))
    await bot.send_document(chat, file, caption=say("calendar-mine-caption", n=standing))


def _name(matter: Matter) -> str:
    day = matter.due_on.isoformat()
    if matter.kind is not ActivityKind.WEBINAR:
        return plain("calendar-file-task", date=day)
    return plain("calendar-file-event", kind=kind_of(matter.event).value, date=day)


def _caption(matter: Matter, reader: ZoneInfo) -> Markup:
    off = "yes" if calendar_entry(matter, reader).is_off else "no"
    if matter.kind is not ActivityKind.WEBINAR:
        return say("calendar-task-caption")
    return say("calendar-event-caption", event=event_word(matter.event), off=off)
