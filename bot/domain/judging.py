"""What each row of a document would become if the document were planned now: the rules of the draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.drafts import DraftRow, JudgedRow, Judgement, PlannedDate, RowDecision, RowState
from bot.domain.terms.model import Doubt, Term, TermKind
from bot.domain.terms.occurrences import DueDate, due_dates, due_instant, needs_day, propose_days

OPENED_AHEAD = timedelta(days=400)
"""How far ahead a repeating activity has its dates: every yearly one always has its next."""

_LONG_AGO = date(1990, 1, 1)
_FAR = date(2100, 1, 1)
_PAST_REACH = timedelta(days=400)
_ASKED = frozenset({Doubt.VAGUE, Doubt.AMBIGUOUS, Doubt.YEAR_ASSUMED, Doubt.WEEKDAY_MISMATCH, Doubt.REVERSED})
_DATELESS = frozenset({TermKind.AS_NEEDED, TermKind.BY_SCHEDULE, TermKind.CONTINUOUS, TermKind.RELATIVE})


def judge(
    rows: Iterable[DraftRow], *, zone: ZoneInfo, now: datetime, calendar: WorkCalendar, is_zone_sure: bool = True
) -> Judgement:
    """Every row with what would become of it at ``now``; ``zone`` is the document's own.

    ``is_zone_sure``: the document names its region; else an hour without a zone is read on a clock that was assumed.

    A row that was joined into another is a part of that one, and no row of its own.
    """
    own = (row for row in rows if row.joined_into is None)
    return Judgement(
        tuple(judge_row(row, zone=zone, now=now, calendar=calendar, is_zone_sure=is_zone_sure) for row in own)
    )


def judge_row(
    row: DraftRow, *, zone: ZoneInfo, now: datetime, calendar: WorkCalendar, is_zone_sure: bool = True
) -> JudgedRow:
    """A term that was not understood gives no date, whatever else is true of the row."""
    if row.decision is RowDecision.SKIP:
        return JudgedRow(row, RowState.SKIPPED)
    term = row.term
    if term is None or is_dark(term):
        return JudgedRow(row, RowState.QUESTION)
    if not term.has_date:
        return JudgedRow(row, RowState.UNDATED if term.kind in _DATELESS else RowState.QUESTION)
    if needs_day(term) or (needs_confirmation(term) and not row.is_confirmed):
        return JudgedRow(row, RowState.QUESTION)
    ahead, over = split_dates(term, zone=zone, now=now, calendar=calendar)
    if ahead or (term.rrule is not None and not over):
        is_assumed = not is_zone_sure and term.tz is None and any(due.has_time for due in ahead)
        days_off, unsure = _days_off(ahead, calendar), _unsure_years(ahead, calendar)
        return JudgedRow(row, RowState.READY, ahead, days_off, unsure, is_zone_assumed=is_assumed)
    if not over:
        return JudgedRow(row, RowState.QUESTION)
    state = {RowDecision.DONE: RowState.DONE, RowDecision.OVERDUE: RowState.OVERDUE}.get(row.decision, RowState.PAST)
    return JudgedRow(row, state, over[-1:])


def is_dark(term: Term) -> bool:
    """Nothing was understood, or what was said is impossible («31 февраля»), or it speaks of no term at all."""
    return term.kind is TermKind.UNPARSABLE or term.is_invalid or term.is_negative


def needs_confirmation(term: Term) -> bool:
    """It was read, but in a way that somebody has to look at before anything rests on it."""
    return term.is_vague or not _ASKED.isdisjoint(term.doubts)


def clear(judgement: Judgement) -> tuple[JudgedRow, ...]:
    """Rows understood without a doubt that nobody has accepted yet."""
    return tuple(judged for judged in judgement.rows if judged.is_clear)


def confirmable(judgement: Judgement) -> tuple[JudgedRow, ...]:
    """Rows that wait for nothing but a look: there is a reading, and something about it to be doubted."""
    return tuple(
        judged
        for judged in judgement.rows
        if judged.is_doubtful and (judged.state is not RowState.QUESTION or can_be_confirmed(judged.row))
    )


def can_be_confirmed(row: DraftRow) -> bool:
    """Whether a «Верно» settles the row: it has a date, and a doubt that nobody has settled yet."""
    if row.term is None or row.is_confirmed or is_dark(row.term):
        return False
    return row.term.has_date and needs_confirmation(row.term) and not needs_day(row.term)


def split_dates(
    term: Term, *, zone: ZoneInfo, now: datetime, calendar: WorkCalendar
) -> tuple[tuple[PlannedDate, ...], tuple[PlannedDate, ...]]:
    """The dates ahead and those over. A rule that goes on has only the dates ahead, up to ``OPENED_AHEAD``."""
    zone = zone_of(term, zone)
    today = now.astimezone(zone).date()
    first = today - _PAST_REACH if repeats(term) else _LONG_AGO
    dates = dates_between(term, after=first, until=horizon(term, today), zone=zone, calendar=calendar)
    ahead = tuple(planned for planned in dates if planned.due_at >= now)
    return ahead, tuple(planned for planned in dates if planned.due_at < now)


def dates_between(
    term: Term, *, after: date, until: date, zone: ZoneInfo, calendar: WorkCalendar
) -> tuple[PlannedDate, ...]:
    """The dates later than the day ``after``, up to the day ``until`` and with it, the earliest first."""
    found = due_dates(term, after=after + timedelta(days=1), until=until, calendar=calendar)
    return tuple(_planned_date(due, zone) for due in found)


def proposed_term(term: Term, today: date) -> Term | None:
    """«Ежеквартально» on the last working day of each quarter from today on; None where nothing can be proposed."""
    proposal = propose_days(term)
    return None if proposal is None else replace(proposal, start=today)


def horizon(term: Term, today: date) -> date:
    """Up to which day the dates of a term are opened: all that are named, and of a rule those of ``OPENED_AHEAD``."""
    return today + OPENED_AHEAD if repeats(term) else _FAR


def repeats(term: Term) -> bool:
    """Whether new dates of the term go on coming."""
    return term.rrule is not None or any(part.rrule is not None for part in term.parts)


def zone_of(term: Term, zone: ZoneInfo) -> ZoneInfo:
    """The zone that the phrase names, else the document's."""
    return ZoneInfo(term.tz) if term.tz else zone


def confirmed(term: Term) -> Term:
    """The same without the doubts that a person has settled."""
    return replace(term, doubts=tuple(doubt for doubt in term.doubts if doubt not in _ASKED))


def _days_off(dates: Sequence[PlannedDate], calendar: WorkCalendar) -> tuple[date, ...]:
    return tuple(planned.due_on for planned in dates if not calendar.is_working_day(planned.due_on))


def _unsure_years(dates: Sequence[PlannedDate], calendar: WorkCalendar) -> tuple[int, ...]:
    return tuple(sorted({due.due_on.year for due in dates if not calendar.is_official(due.due_on.year)}))


def _planned_date(due: DueDate, zone: ZoneInfo) -> PlannedDate:
    return PlannedDate(due_instant(due, zone), due.on, due.at is not None, zone.key)
