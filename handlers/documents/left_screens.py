"""The rows that a plan left out, one of them, and what it would become: words and buttons."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.drafts import JudgedRow, RowState
from bot.domain.judging import is_dark
from bot.domain.terms.occurrences import needs_day
from bot.services.plan_row import LeftRow, LeftRows, RowPreview, RowReading
from bot.texts.catalogue import Markup, say
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import term_callbacks as on
from handlers.documents.draft_screens import ROWS, Screen, entries
from handlers.documents.telling import foreseen_lines, unreached_lines
from handlers.documents.wording import (
    Rows,
    audience_line,
    button,
    date_words,
    days_off_line,
    doubts_of,
    fitting,
    labelled,
    row_mark,
    term_words,
    understood,
)
from handlers.rows import page_of, turning

_NUMBER_BUTTON = 12
_DATES = 4


def left_rows_screen(left: LeftRows, *, page: int, now: datetime) -> Screen:
    """Five rows a page, each beside its phrase and what is doubtful about it."""
    document, found = left.document, left.judgement.rows
    page, pages = page_of(page, len(found), ROWS)
    shown = found[(page - 1) * ROWS : page * ROWS]
    rows: Rows = [
        [
            labelled(f"{row_mark(judged)} {judged.row.number[:_NUMBER_BUTTON] or judged.row.position}",
                     on.ShowLeftRow(row=judged.row.id))
            for judged in shown
        ]
    ]  # fmt: skip
    rows = [row for row in rows if row]
    rows += turning(page, pages, lambda n: on.ShowLeft(document=document.id, page=n), first=1)
    rows.append([button("button-to-plan", to.ShowPlan(document=document.id))])
    text = fitting(partial(_list_text, left, shown, _today(left.document.timezone, now)))
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def left_row_screen(left: LeftRow, *, now: datetime) -> Screen:
    """One row, and the ways into the plan that its term allows."""
    judged = left.judged
    row, term = judged.row, judged.row.term
    rows: Rows = []

    def offer(key: str, reading: RowReading) -> None:
        rows.append([button(key, on.PreviewLeftRow(row=row.id, reading=reading))])

    if left.proposal is not None:
        offer("button-left-proposal", RowReading.PROPOSED)
    if judged.dates and judged.dates[-1].due_at < now:
        offer("button-left-overdue", RowReading.OVERDUE)
    elif term is not None and not is_dark(term) and not needs_day(term):
        offer("button-left-plan", RowReading.AS_READ)
    rows.append([button("button-left-fix", on.FixLeftRow(row=row.id))])
    rows.append([button("button-to-left-rows", on.ShowLeft(document=row.document_id))])
    text = fitting(partial(_row_text, left, _today(left.document.timezone, now)))
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def left_preview_screen(preview: RowPreview, reading: RowReading, *, now: datetime) -> Screen:
    """What would join the plan, who would answer and hear of it, and when."""
    row = preview.judged.row
    rows: Rows = []
    if preview.foreseen.size.schools or not preview.judged.dates:
        rows.append([button("button-left-yes", on.PlanLeftRow(row=row.id, reading=reading))])
    rows.append([button("button-cancel", on.ShowLeftRow(row=row.id))])
    return fitting(partial(_preview_text, preview, now)), InlineKeyboardMarkup(inline_keyboard=rows)


def _list_text(left: LeftRows, shown: tuple[JudgedRow, ...], today: date, share: float) -> Markup:
    title = shorten(left.document.title, int(250 * share))
    if not shown:
        return say("left-none")
    parts = [say("left-title", n=len(left.judgement.rows), title=title), say("left-hint")]
    return Markup("\n".join([*parts, *entries(shown, today=today, share=share)]))


def _row_text(left: LeftRow, today: date, share: float) -> Markup:
    judged = left.judged
    row = judged.row
    parts = [say("row-title", mark=row_mark(judged), number=row.number, title=shorten(row.title, int(1500 * share)))]
    if row.responsible:
        parts.append(say("row-responsible", text=shorten(row.responsible, int(400 * share))))
    parts.append(say("row-phrase", phrase=shorten(row.phrase or "–", int(400 * share))))
    if row.typed_phrase and row.typed_phrase != row.phrase:
        parts.append(say("row-typed", phrase=shorten(row.typed_phrase, int(400 * share))))
    parts.append(understood(judged, form="full", today=today, limit=int(600 * share)))
    parts += doubts_of(row) + days_off_line(judged)
    if left.proposal is not None:
        parts.append(say("row-proposal", term=shorten(term_words(left.proposal, form="full", today=today), 300)))
    return Markup("\n".join(parts))


def _preview_text(preview: RowPreview, now: datetime, share: float) -> Markup:
    judged, document = preview.judged, preview.document
    row = judged.row
    assert row.term is not None, "a row is planned with its term"
    today = _today(document.timezone, now)
    term = shorten(term_words(row.term, form="full", today=today), int(600 * share))
    lines = [
        say("left-preview-title"),
        say("dates-title", title=shorten(f"{row.number}. {row.title}", int(500 * share))),
    ]
    lines.append(say("dates-one", due=term))
    if judged.state is RowState.READY and len(judged.dates) > 1:
        dates = ", ".join(date_words(due) for due in judged.dates[:_DATES])
        lines.append(say("row-dates", dates=dates, rest=max(0, len(judged.dates) - _DATES)))
    lines += days_off_line(judged)
    if judged.state is RowState.OVERDUE:
        lines.append(say("dates-over"))
    audience = row.audience or document.audience
    who = audience_line(audience, preview.parts, document.unit_title)
    lines += [Markup(""), say("audience-now", who=who)]
    if not judged.dates:
        return Markup("\n".join([*lines, say("left-preview-undated")]))
    if not preview.foreseen.size.schools:
        return Markup("\n".join([*lines, say("dates-nobody")]))
    return Markup("\n".join([*lines, *foreseen_lines(preview.foreseen, now), *unreached_lines(preview.foreseen)]))


def _today(zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
