"""Documents, terms and audiences in words: the phrases that several of these screens share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.awaiting import event_of
from bot.domain.documents import DocumentFact
from bot.domain.drafts import Draft, DraftRow, JudgedRow, PlannedDate, RowState
from bot.domain.judging import repeats
from bot.domain.matters import AnsweredBy, Audience, Foundation, Occurrence
from bot.domain.network import Unit
from bot.domain.terms.model import Doubt, Term
from bot.domain.terms.saying import say_term
from bot.ports.matters import AudienceSize
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.answers.card import document_kind, document_name
from handlers.audiences.wording import filters_words

Rows = list[list[InlineKeyboardButton]]

LABEL = 40
_MESSAGE = 4000  # Telegram's limit is 4,096 UTF-16 units after parsing; the tags are counted with them, to be safe
_SILENT_DOUBTS = frozenset({Doubt.NOT_UNDERSTOOD, Doubt.INVALID})
_PARTS_NAMED = 3


def button(key: str, data: CallbackData, **values: str | int) -> InlineKeyboardButton:
    return labelled(plain(key, **values), data)


def labelled(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shorten(text, LABEL), callback_data=data.pack())


def fitting(render: Callable[[float], Markup]) -> Markup:
    """The screen with its long texts as whole as one message allows: ``render`` is given their share of the room."""
    for share in (1.0, 0.6, 0.35, 0.2):
        text = render(share)
        if len(text.encode("utf-16-le")) // 2 <= _MESSAGE:
            return text
    return render(0.1)


def draft_name(draft: Draft) -> str:
    """«Дорожная карта № 1074-р от 10.12.2020», or the kind alone: the title stands beside it on every screen."""
    kind_title = draft.quotes.get(DocumentFact.KIND)
    foundation = Foundation(draft.kind.value, draft.number, draft.dated, draft.title, kind_title)
    is_told = draft.number or draft.dated
    name = shorten(document_name(foundation), 120) if is_told else document_kind(foundation)
    return name[:1].upper() + name[1:]


def row_mark(judged: JudgedRow) -> str:
    if judged.is_accepted:
        return plain("row-mark", state="accepted")
    return plain("row-mark", state="doubtful" if judged.is_doubtful and judged.dates else judged.state.value)


def understood(judged: JudgedRow, *, form: str, today: date, limit: int) -> Markup:
    """What would become of the row, in one line."""
    row, state = judged.row, judged.state
    term = "" if row.term is None else shorten(term_words(row.term, form=form, today=today), limit)
    if state is RowState.READY and row.term is not None and repeats(row.term) and judged.dates:
        return say("row-ready-repeating", term=term, next=short_day(judged.dates[0].due_on))
    if state is RowState.READY and row.term is not None and event_of(row.term) is not None and form == "short":
        return say("row-ready-counted", term=term, date=short_day(judged.dates[0].due_on))
    if state is RowState.READY:
        return say("row-ready", term=term)
    if state is RowState.UNDATED:
        return say("row-undated", kind=row.term.kind.value if row.term else "")
    if state in (RowState.PAST, RowState.OVERDUE, RowState.DONE):
        return say(f"row-{state.value}", date=short_day(judged.dates[-1].due_on))
    if state is RowState.SKIPPED:
        return say("row-skipped")
    if _has_reading(row):
        if row.term is not None and Doubt.YEAR_ASSUMED in row.term.doubts:  # the year is the question: it is named
            term = shorten(term_words(row.term, form="full", today=today), limit)
        return say("row-question-read", reason=question(row), term=term)
    return say("row-question", reason=question(row))


def term_words(term: Term, *, form: str, today: date) -> str:
    return say_term(term, form="full" if form == "full" else "short", today=today)


def question(row: DraftRow) -> str:
    """Why a row waits for the coordinator."""
    if row.term is None:
        return plain("doubt", doubt="no_phrase")
    doubts = row.term.doubts or (Doubt.INVALID if row.term.is_invalid else Doubt.NOT_UNDERSTOOD,)
    return plain("doubt", doubt=doubts[0].value)


def doubts_of(row: DraftRow, *, besides_first: bool = False) -> list[Markup]:
    """The doubts that a reading still has, a line each; ``besides_first``: the first stands in the line above."""
    if row.term is None or row.is_confirmed or not _SILENT_DOUBTS.isdisjoint(row.term.doubts):
        return []
    doubts = row.term.doubts[besides_first:]
    return [say("row-doubt", doubt=plain("doubt", doubt=doubt.value)) for doubt in doubts]


def days_off_line(judged: JudgedRow) -> list[Markup]:
    """A date on a day off warns, and stays; so does a year whose days off are not all known yet."""
    lines = []
    if judged.days_off:
        days = ", ".join(short_day(on) for on in judged.days_off[:3])
        lines.append(say("row-days-off", days=days, n=len(judged.days_off)))
    if judged.unsure_years:
        years = ", ".join(str(year) for year in judged.unsure_years[:3])
        lines.append(say("row-unsure-years", years=years))
    return lines


def date_words(due: PlannedDate) -> str:
    """«01.10.2026», with the hour where one was named: the hour of the document's own zone."""
    if not due.has_time:
        return short_day(due.due_on)
    return f"{short_day(due.due_on)} {due.due_at.astimezone(ZoneInfo(due.timezone)):%H:%M}"


def date_words_of(found: Occurrence) -> str:
    """The same of a date that was opened."""
    return date_words(planned_date(found))


def planned_date(found: Occurrence) -> PlannedDate:
    """An opened date as it would be planned."""
    return PlannedDate(found.due_at, found.due_on, found.has_time, found.timezone)


def audience_line(audience: Audience, parts: Sequence[Unit], whole: str) -> str:
    """«школы: Суздальский район, округ Муром», «люди (педагоги): вся Владимирская область»."""
    chosen = [part.title for part in parts if part.id in audience.unit_ids]
    where = ", ".join(shorten(title, 60) for title in chosen[:_PARTS_NAMED]) or shorten(whole, 60)
    if len(chosen) > _PARTS_NAMED:
        where = plain("audience-and-more", where=where, n=len(chosen) - _PARTS_NAMED)
    filters = filters_words(audience)
    if audience.answered_by is AnsweredBy.SCHOOL:
        return plain("audience-schools", where=where, filters=filters)
    roles = ", ".join(plain("audience-role", role=role.value) for role in audience.roles)
    if audience.cohort:
        roles = plain("audience-cohort", roles=roles, cohort=shorten(audience.cohort, 50))
    return plain("audience-people-line", roles=roles, where=where, filters=filters)


def size_words(size: AudienceSize) -> str:
    """«47 школ, 112 человек»."""
    return plain("audience-size", schools=plain("n-schools", n=size.schools), people=plain("n-people", n=size.people))


def _has_reading(row: DraftRow) -> bool:
    return row.term is not None and row.term.has_date and _SILENT_DOUBTS.isdisjoint(row.term.doubts)
