"""«Напоминать?»: how often a planned matter without an end is reminded of."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.domain.awaiting import Pace, pace_of
from bot.domain.ids import ActivityId
from bot.domain.network import Actor
from bot.domain.terms.model import Term
from bot.ports.storage import Storage
from bot.services.set_pace import PacePreview, preview_pace, set_pace
from bot.services.show_plan import show_activity
from bot.services.start_dates import ActivityChangedError
from bot.texts.catalogue import Markup, say
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import term_callbacks as on
from handlers.documents.awaited_buttons import pace_buttons
from handlers.documents.draft_screens import Screen
from handlers.documents.plan_screens import activity_screen
from handlers.documents.telling import date_warnings, foreseen_lines, unreached_lines
from handlers.documents.wording import Rows, button, date_words
from handlers.filters import IsCoordinator
from handlers.showing import show, toast

_DATES = 4


def build_router() -> Router:
    router = Router(name="documents paces")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_choose, on.ChoosePace.filter())
    router.callback_query.register(on_preview, on.PreviewPace.filter())
    router.callback_query.register(on_set, on.SetPace.filter())
    return router


async def on_choose(query: CallbackQuery, callback_data: on.ChoosePace, actor: Actor, app_storage: Storage) -> None:
    view = await show_activity(app_storage, actor=actor, activity_id=ActivityId(callback_data.activity))
    activity = view.opened.activity
    rows = pace_buttons(activity.id, pace_of(Term.from_json(activity.term)))
    rows.append([button("button-back", to.ShowActivity(activity=activity.id))])
    await toast(query)
    text = say("pace-ask", title=shorten(activity.title, 300), phrase=shorten(activity.phrase or "–", 300))
    await show(query, text, InlineKeyboardMarkup(inline_keyboard=rows))


async def on_preview(
    query: CallbackQuery, callback_data: on.PreviewPace, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    activity_id = ActivityId(callback_data.activity)
    preview = await preview_pace(app_storage, actor=actor, activity_id=activity_id, pace=callback_data.pace, now=now)
    if preview.is_same:
        await toast(query, "toast-pace-same")
        return
    await toast(query)
    await show(query, *pace_screen(preview, now=now))


async def on_set(
    query: CallbackQuery, callback_data: on.SetPace, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    tap, activity_id = callback_data, ActivityId(callback_data.activity)
    try:
        is_set = await set_pace(
            app_storage, actor=actor, activity_id=activity_id, version=tap.version, pace=tap.pace, now=now
        )
    except ActivityChangedError:
        preview = await preview_pace(app_storage, actor=actor, activity_id=activity_id, pace=tap.pace, now=now)
        await toast(query, "toast-activity-changed", alert=True)
        await show(query, *pace_screen(preview, now=now, is_changed=True))
        return
    await toast(query, "toast-pace-set" if is_set else "toast-pace-same")
    view = await show_activity(app_storage, actor=actor, activity_id=activity_id)
    await show(query, *activity_screen(view, page=1, now=now))


def pace_screen(preview: PacePreview, *, now: datetime, is_changed: bool = False) -> Screen:
    """What another pace opens and calls off, who hears of it and when."""
    activity, pace = preview.opened.activity, preview.pace
    lines = [say("activity-changed")] if is_changed else []
    lines.append(say("pace-preview", title=shorten(activity.title, 300), pace=pace.value))
    if preview.dates:
        dates = ", ".join(date_words(due) for due in preview.dates[:_DATES])
        lines.append(say("pace-dates", dates=dates, rest=max(0, len(preview.dates) - _DATES)))
        lines += date_warnings(preview.dates)
    if preview.dropped:
        lines.append(say("pace-dropped", n=len(preview.dropped)))
    if preview.dates:
        lines += [Markup(""), *foreseen_lines(preview.foreseen, now), *unreached_lines(preview.foreseen)]
    is_heard = pace is Pace.NEVER or preview.foreseen.size.schools > 0
    rows: Rows = []
    if is_heard:
        accept = on.SetPace(activity=activity.id, version=preview.version, pace=pace)
        rows.append([button("button-open", accept)])
    else:
        lines.append(say("dates-nobody"))
    rows.append([button("button-cancel", to.ShowActivity(activity=activity.id))])
    return Markup("\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows)
