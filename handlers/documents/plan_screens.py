"""A planned document, an activity of it and one of its dates: words and buttons."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.awaiting import Awaited, awaited, pace_of, side_of
from bot.domain.drafts import DocumentState
from bot.domain.matters import ActivityKind, ActivityState, LadderName, Occurrence, OccurrenceState
from bot.domain.terms.model import Term
from bot.ports.matters import OccurrenceFacts, OpenedActivity
from bot.services.show_plan import ActivityView, PlanView
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day, short_day
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import term_callbacks as on
from handlers.documents.awaited_buttons import activity_buttons
from handlers.documents.date_screens import event_label
from handlers.documents.draft_screens import Screen
from handlers.documents.edition_callbacks import SendFile
from handlers.documents.edition_screens import history_lines
from handlers.documents.facts_callbacks import ShowFacts
from handlers.documents.mention_words import mentions_line
from handlers.documents.telling import date_warnings
from handlers.documents.wording import (
    Rows,
    audience_line,
    button,
    date_words_of,
    draft_name,
    fitting,
    labelled,
    planned_date,
    size_words,
)
from handlers.form_making.callbacks import ActivityForms
from handlers.ladders.callbacks import ActivityLadder
from handlers.rows import page_of, turning
from handlers.selections.callbacks import SelectionOfActivity

_ACTIVITIES = 5
_DATES = 8
_LEFT = 10


def plan_screen(view: PlanView, *, page: int) -> Screen:
    page, pages = page_of(page, len(view.activities), _ACTIVITIES)
    first = (page - 1) * _ACTIVITIES
    shown = view.activities[first : first + _ACTIVITIES]
    rows: Rows = [
        [
            labelled(str(place), to.ShowActivity(activity=opened.activity.id))
            for place, opened in enumerate(shown, start=first + 1)
        ]
    ]
    rows = [row for row in rows if row]
    rows += turning(page, pages, lambda n: to.ShowPlan(document=view.document.id, page=n), first=1)
    if view.left and view.document.state is DocumentState.PLANNED:
        rows.append([button("button-left-rows", on.ShowLeft(document=view.document.id), n=len(view.left))])
    source = [button("button-facts", ShowFacts(document=view.document.id))]
    rows.append([*source, button("button-document-file", SendFile(document=view.document.id))])
    if view.document.state is DocumentState.PLANNED:
        rows.append([button("button-cancel-plan", to.CancelPlan(document=view.document.id))])
    rows.append([button("button-shelf-planned", to.ShowShelf(shelf=to.Shelf.PLANNED))])
    text = fitting(partial(_plan_text, view, shown, first))
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def activity_screen(view: ActivityView, *, page: int, now: datetime) -> Screen:
    opened = view.opened
    activity = opened.activity
    dates = sorted(opened.occurrences, key=lambda found: (found.due_at < now, found.due_at))
    page, pages = page_of(page, len(dates), _DATES)
    rows: Rows = [
        [labelled(_date_label(found, now), to.ShowDate(occurrence=found.id))]
        for found in dates[(page - 1) * _DATES : page * _DATES]
    ]
    rows += turning(page, pages, lambda n: to.ShowActivity(activity=activity.id, page=n), first=1)
    if activity.state is ActivityState.ACTIVE:
        rows += activity_buttons(opened)
        if activity.kind is ActivityKind.TASK:
            rows.append([button("button-activity-ladder", ActivityLadder(activity=activity.id))])
            rows.append([button("button-activity-form", ActivityForms(activity=activity.id))])
            turned = to.AskAcceptance(activity=activity.id, is_needed=not activity.needs_acceptance)
            state = "yes" if activity.needs_acceptance else "no"
            rows.append([button("button-row-acceptance", turned, is_needed=state)])
            rows.append([button("button-row-selection", SelectionOfActivity(activity=activity.id))])
    if activity.document_id is not None:
        rows.append([button("button-to-plan", to.ShowPlan(document=activity.document_id))])
    return fitting(partial(_activity_text, view, now)), InlineKeyboardMarkup(inline_keyboard=rows)


def date_screen(facts: OccurrenceFacts) -> Screen:
    found, activity = facts.occurrence, facts.activity
    parts = [
        say("date-title", title=shorten(activity.title, 500)),
        say("date-due", date=date_words_of(found)),
        *date_warnings([planned_date(found)] if found.state is OccurrenceState.OPEN else []),
        say("date-counts", owed=facts.owed, answered=facts.answered, told=facts.told),
    ]
    rows: Rows = []
    if found.state is OccurrenceState.OPEN:
        rows.append([button("button-move-date", to.MoveDate(occurrence=found.id))])
        rows.append([button("button-cancel-date", to.CancelDate(occurrence=found.id, version=found.version))])
    else:
        parts.append(say("date-state", state=found.state.value))
    rows.append([button("button-to-activity", to.ShowActivity(activity=activity.id))])
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def _plan_text(view: PlanView, shown: tuple[OpenedActivity, ...], first: int, share: float) -> Markup:
    document = view.document
    name = draft_name(document)
    parts = [say("plan-title", name=name, title=shorten(document.title, int(250 * share)), state=document.state.value)]
    parts += mentions_line(document)
    for place, opened in enumerate(shown, start=first + 1):
        title = shorten(opened.activity.title, int(250 * share))
        parts.append(say("plan-activity", place=place, title=title, dates=_dates_words(opened)))
    if view.left:
        numbers = ", ".join(row.number or str(row.position) for row in view.left[:_LEFT])
        parts.append(say("plan-left", n=len(view.left), numbers=shorten(numbers, 150)))
    parts += history_lines(view.editions, ZoneInfo(document.timezone))
    return Markup("\n\n".join(parts))


def _dates_words(opened: OpenedActivity) -> str:
    """«01.10.2026 и ещё 3 даты»; what is cancelled says so."""
    if opened.activity.state is ActivityState.CANCELLED:
        return plain("plan-cancelled")
    dates = [found for found in opened.occurrences if found.state is OccurrenceState.OPEN]
    if not dates:
        return plain("plan-no-dates")
    return plain("plan-dates", first=short_day(dates[0].due_on), rest=len(dates) - 1)


def _activity_text(view: ActivityView, now: datetime, share: float) -> Markup:
    activity = view.opened.activity
    parts = [say("activity-title", title=shorten(activity.title, int(1500 * share)))]
    if activity.responsible:
        parts.append(say("row-responsible", text=shorten(activity.responsible, int(400 * share))))
    if activity.result:
        parts.append(say("row-result", text=shorten(activity.result, int(500 * share))))
    if activity.phrase:
        parts.append(say("row-phrase", phrase=shorten(activity.phrase, int(300 * share))))
    whole = view.parts[0].title if view.parts else ""
    parts.append(say("audience-now", who=audience_line(activity.audience, view.parts, whole)))
    parts.append(say("audience-count", size=size_words(view.size)))
    if activity.ladder_id is not None:
        parts.append(say("row-ladder-own"))
    elif activity.ladder is not LadderName.USUAL:
        parts.append(say("row-ladder", name=plain("ladder-name", name=activity.ladder.value)))
    if activity.asks is not None:
        parts.append(say("row-asks", form=plain("form-name", form=activity.asks.value)))
    if activity.state is ActivityState.CANCELLED:
        parts.append(say("activity-cancelled"))
    else:
        parts += _standing_lines(view.opened, now)
    return Markup("\n".join(parts))


def _standing_lines(opened: OpenedActivity, now: datetime) -> list[Markup]:
    """What it waits for, the event that its date was counted from, and what is unsure about the dates ahead."""
    activity, term = opened.activity, Term.from_json(opened.activity.term)
    asked = awaited(term)
    ahead = [date for date in opened.occurrences if date.state is OccurrenceState.OPEN and date.due_at >= now]
    lines = []
    if activity.event_on is not None:
        label = event_label(term).removesuffix(",")
        today = now.astimezone(ZoneInfo(activity.timezone)).date()
        on_day = day(activity.event_on, today=today)
        lines.append(say("activity-event", event=label[:1].upper() + label[1:], day=on_day))
    if asked is Awaited.PACE or (asked is not None and not ahead):
        lines.append(say("activity-waits", awaited=asked.value, pace=pace_of(term).value, side=side_of(term)))
    elif not opened.occurrences:
        lines.append(say("activity-no-dates"))
    return lines + date_warnings(planned_date(date) for date in ahead)


def _date_label(found: Occurrence, now: datetime) -> str:
    if found.state is OccurrenceState.CANCELLED:
        return plain("date-label-cancelled", date=date_words_of(found))
    return plain("date-label-past" if found.due_at < now else "date-label", date=date_words_of(found))
