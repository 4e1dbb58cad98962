"""Asking for the dates that a document leaves open, and what was understood of the answer: words and buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.domain.awaiting import Awaited, offset_of, side_of
from bot.domain.drafts import PlannedDate, RowState
from bot.domain.errors import DomainError
from bot.domain.naming_dates import NamedDate
from bot.domain.terms.model import Term
from bot.domain.terms.occurrences import day_of
from bot.services.move_occurrence import PastDateError
from bot.services.name_dates import EventHourError, NamedDates, NamedRow, NoDatesError
from bot.services.start_dates import CorrectionPreview, StartPreview
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import term_callbacks as on
from handlers.documents.draft_screens import Screen
from handlers.documents.telling import date_warnings, foreseen_lines, unreached_lines
from handlers.documents.wording import Rows, button, date_words_of, fitting, term_words

_UNNAMED = 5


def ask_screen(
    title: str, phrase: str, term: Term, asked: Awaited, *, pick: on.PickDay, cancel: CallbackData
) -> Screen:
    """What the coordinator is to type; the commonest two days of an event are buttons."""
    shown = say(
        "ask-dates", title=shorten(title, 300), phrase=shorten(phrase or "–", 300), question=question(term, asked)
    )
    rows: Rows = []
    if asked is Awaited.EVENT and not _counts_hours(term):
        is_ahead = side_of(term) == "before"
        other = pick.model_copy(update={"days_ago": -1 if is_ahead else 1})
        rows.append(
            [button("button-today", pick), button("button-tomorrow" if is_ahead else "button-yesterday", other)]
        )
    return shown, InlineKeyboardMarkup(inline_keyboard=[*rows, [button("button-cancel", cancel)]])


def question(term: Term, asked: Awaited) -> Markup:
    if asked is not Awaited.EVENT:
        return say(f"ask-{asked.value}")
    side = side_of(term)
    example = "hours" if _counts_hours(term) else "ahead" if side == "before" else "past"
    return say("ask-event", side=side, event=event_label(term), example=example)


def event_label(term: Term) -> str:
    """«день получения»: phrases name their events in the genitive."""
    offset = offset_of(term)
    if offset is None or not offset.event:
        return plain("event-day-unnamed")
    return plain("event-day", event=shorten(offset.event, 60))


def refusal(error: DomainError, words: str, term: Term, asked: Awaited) -> Markup:
    """Why the words gave no date, and what to write instead."""
    if isinstance(error, EventHourError):
        return say("ask-event-hour")
    if isinstance(error, PastDateError) and asked is Awaited.EVENT:
        label = event_label(term).removesuffix(",")
        return say("event-due-past", event=label[:1].upper() + label[1:], phrase=shorten(words, 200))
    if isinstance(error, PastDateError):
        return say("ask-dates-past", phrase=shorten(words, 200))
    if isinstance(error, NoDatesError):
        lines = [say("ask-dates-none"), *_unnamed_lines(error.pieces), Markup(""), question(term, asked)]
        return Markup("\n".join(lines))
    return say("ask-dates-again", phrase=shorten(words, 200), question=question(term, asked))


def row_dates_screen(found: NamedRow, *, now: datetime, is_changed: bool = False) -> Screen:
    """What the row of a draft would become, with «Верно»."""
    row, draft = found.judged.row, found.draft
    lines = [say("draft-changed")] if is_changed else []
    lines.append(say("dates-title", title=shorten(f"{row.number}. {row.title}", 300)))
    lines += _named_lines(found.named, (), today=_today(ZoneInfo(draft.timezone), now))
    lines += _warnings(found.named, found.named.ahead)
    if found.judged.state is RowState.PAST:
        lines.append(say("dates-over-row"))
    rows = [
        [button("button-right", on.AcceptRowDates(row=row.id, version=draft.version))],
        [button("button-cancel", to.ShowRow(row=row.id))],
    ]
    return Markup("\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows)


def start_screen(preview: StartPreview, *, now: datetime, is_changed: bool = False) -> Screen:
    """What would be opened, who hears of it and when, with «Верно» where there is anything new."""
    text = fitting(partial(_start_text, preview, now, is_changed))
    activity = preview.opened.activity
    rows: Rows = []
    if preview.dates and preview.foreseen.size.schools:
        rows.append([button("button-open", on.AcceptDates(activity=activity.id, version=preview.version))])
    rows.append([button("button-cancel", to.ShowActivity(activity=activity.id))])
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def correction_screen(preview: CorrectionPreview, *, now: datetime, is_changed: bool = False) -> Screen:
    """Where the date of the last event would move."""
    activity = preview.opened.activity
    today = _today(ZoneInfo(activity.timezone), now)
    lines = [say("activity-changed")] if is_changed else []
    lines.append(say("dates-title", title=shorten(activity.title, 300)))
    lines += _named_lines(preview.named, (), today=today)
    key = "dates-merge" if preview.is_merge else "dates-move"
    lines.append(say(key, old=date_words_of(preview.old), new=due_words(preview.date, today)))
    lines += _warnings(preview.named, [preview.date])
    lines.append(say("dates-move-told", told=preview.told))
    rows = [
        [button("button-open", on.AcceptDates(activity=activity.id, version=preview.version))],
        [button("button-cancel", to.ShowActivity(activity=activity.id))],
    ]
    return Markup("\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows)


def due_words(due: PlannedDate, today: date) -> str:
    """«вторник, 17 ноября», with the hour where one was named."""
    words = day(due.due_on, today=today)
    if not due.has_time:
        return words
    return plain("date-with-time", day=words, time=f"{due.due_at.astimezone(ZoneInfo(due.timezone)):%H:%M}")


def _start_text(preview: StartPreview, now: datetime, is_changed: bool, share: float) -> Markup:
    activity, named = preview.opened.activity, preview.named
    today = _today(ZoneInfo(activity.timezone), now)
    lines = [say("activity-changed")] if is_changed else []
    lines.append(say("dates-title", title=shorten(activity.title, int(300 * share))))
    lines += _named_lines(named, preview.known, today=today, share=share)
    if named.awaited is Awaited.EVENT and not named.ahead:
        lines.append(say("dates-over"))
    if named.awaited is not Awaited.SCHEDULE:
        lines += [say("dates-known", due=due_words(due, today)) for due in preview.known]
    if not preview.dates:
        lines += [say("dates-nothing-new")] if named.awaited is Awaited.SCHEDULE else []
        return Markup("\n".join(lines))
    lines += _warnings(named, preview.dates)
    if not preview.foreseen.size.schools:
        return Markup("\n".join([*lines, say("dates-nobody")]))
    return Markup("\n".join([*lines, "", *foreseen_lines(preview.foreseen, now), *unreached_lines(preview.foreseen)]))


def _named_lines(named: NamedDates, known: Sequence[PlannedDate], *, today: date, share: float = 1.0) -> list[Markup]:
    if named.awaited is Awaited.EVENT:
        label = event_label(named.term).removesuffix(",")
        due = due_words((named.ahead or named.over)[0], today)
        rule = term_words(named.term, form="short", today=today)
        return [
            say("dates-event", event=label[:1].upper() + label[1:], day=_event_words(named, today), due=due, rule=rule)
        ]
    if named.awaited is Awaited.START:
        return [say("dates-one", due=due_words(due, today)) for due in (named.ahead or named.over)[:1]]
    known_days = {due.due_on for due in known}
    over = {due.due_on for due in named.over}
    lines = [say("dates-list")]
    for piece in named.pieces:
        if piece.term is None:
            continue
        key = _line_key(piece.term, known_days, over)
        words = shorten(piece.words, int(60 * share))
        lines.append(say(key, words=words, days=_days_words(piece.term, today)))
    unnamed = _unnamed_lines([piece for piece in named.pieces if piece.term is None])
    return [*lines, *unnamed, *([say("dates-unnamed-note")] if unnamed else [])]


def _line_key(term: Term, known: set[date], over: set[date]) -> str:
    days = {day_of(part.end) for part in term.parts or (term,)}
    if days <= known:
        return "dates-line-known"
    return "dates-line-over" if days <= over else "dates-line"


def _days_words(term: Term, today: date) -> str:
    found = []
    for part in term.parts or (term,):
        on_day = day_of(part.end)
        if on_day is None:
            continue
        words = day(on_day, today=today)
        if isinstance(part.end, datetime):
            words = plain("date-with-time", day=words, time=f"{part.end:%H:%M}")
        found.append(words)
    return "; ".join(found)


def _event_words(named: NamedDates, today: date) -> str:
    event = named.event
    assert event is not None, "a term that was counted from an event"
    if not isinstance(event, datetime):
        return day(event, today=today)
    return plain("date-with-time", day=day(event.date(), today=today), time=f"{event:%H:%M}")


def _unnamed_lines(pieces: Sequence[NamedDate]) -> list[Markup]:
    lines = [
        say("dates-unnamed", words=shorten(piece.words, 60), why=piece.unnamed.value)
        for piece in pieces[:_UNNAMED]
        if piece.unnamed is not None
    ]
    if len(pieces) > _UNNAMED:
        lines.append(say("dates-unnamed-more", n=len(pieces) - _UNNAMED))
    return lines


def _warnings(named: NamedDates, dates: Sequence[PlannedDate]) -> list[Markup]:
    """Days off among the dates, and years whose moved days off are not known, also those that were counted through."""
    if not named.unsure_years:
        return date_warnings(dates)
    sure = [due for due in dates if due.due_on.year not in named.unsure_years]
    years = ", ".join(str(year) for year in named.unsure_years)
    return [*date_warnings(sure), say("dates-unsure-years", years=years)]


def _counts_hours(term: Term) -> bool:
    offset = offset_of(term)
    return offset is not None and offset.unit == "hour"


def _today(zone: ZoneInfo, now: datetime) -> date:
    return now.astimezone(zone).date()


def words_of_day(days_ago: int, zone: ZoneInfo, now: datetime) -> str:
    """What a tap on «Сегодня», «Вчера» or «Завтра» would have been typed as."""
    return f"{_today(zone, now) - timedelta(days=days_ago):%d.%m.%Y}"
