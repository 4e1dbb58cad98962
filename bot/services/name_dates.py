"""The dates that a document leaves open, in the coordinator's words: for a row of a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.awaiting import Awaited, Pace, awaited, due_of, offset_of, pace_of, with_dates, with_event, with_pace
from bot.domain.drafts import Draft, DraftRow, JudgedRow, PlannedDate, RowDecision
from bot.domain.errors import DomainError, OutdatedError
from bot.domain.ids import DocumentId, RowId
from bot.domain.judging import judge_row, split_dates, zone_of
from bot.domain.naming_dates import NamedDate, read_dates, read_event
from bot.domain.network import Actor
from bot.domain.terms.model import Term
from bot.ports.storage import Storage
from bot.services.edit_draft import MAX_PHRASE, grow, row_of
from bot.services.show_draft import work_calendar
from bot.services.show_plan import NotOneDateError


class EventHourError(DomainError):
    """The term counts in hours, and the words name a day without an hour."""


class NoDatesError(DomainError):
    """A list of dates was asked for, and none of it was understood; ``pieces`` is what was read of it."""

    def __init__(self, pieces: tuple[NamedDate, ...]) -> None:
        super().__init__("no date in the list")
        self.pieces = pieces


@dataclass(frozen=True, slots=True)
class NamedDates:
    """What a coordinator's words add to a term: its dates ahead, and those that are over already.

    ``event``: the day or moment that a relative term counts from; ``pieces``: a list as it was typed; ``term``: the
    term with these dates; ``unsure_years``: working days were counted through them before their days off are known.
    """

    awaited: Awaited
    term: Term
    ahead: tuple[PlannedDate, ...]
    over: tuple[PlannedDate, ...]
    event: date | datetime | None = None
    pieces: tuple[NamedDate, ...] = ()
    unsure_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedRow:
    """What a row of a draft would become; nothing is stored yet."""

    draft: Draft
    judged: JudgedRow
    named: NamedDates


def understand_dates(
    term: Term, words: str, *, asked: Awaited, zone: ZoneInfo, read_at: datetime, now: datetime
) -> NamedDates:
    """What the words, typed at ``read_at``, add to the term at ``now``; ``zone`` is its own.

    Raises NotOneDateError, EventHourError, NoDatesError.
    """
    today = read_at.astimezone(zone).date()
    if asked is Awaited.EVENT:
        return _from_event(term, words, zone, today, now)
    pieces = read_dates(words, today=today)
    found = [piece.term for piece in pieces if piece.term is not None]
    if asked is not Awaited.SCHEDULE and (len(pieces) != 1 or not found or len(found[0].parts) > 1):
        raise NotOneDateError(words)
    if not found:
        raise NoDatesError(pieces)
    ahead, over = _split(found, zone, now)
    return NamedDates(asked, with_dates(term, found), ahead, over, pieces=pieces)


async def understand_row_dates(
    storage: Storage, *, actor: Actor, row_id: RowId, words: str, read_at: datetime, now: datetime
) -> NamedRow:
    """The row as it would be with the dates that the words name. Raises as ``understand_dates``, and NotFoundError."""
    async with storage.read() as tx:
        row, draft = await row_of(tx, actor, row_id)
    named = _named_for(row, draft, words, read_at, now)
    judged = judge_row(_with_term(row, named), zone=ZoneInfo(draft.timezone), now=now, calendar=work_calendar())
    return NamedRow(draft, judged, named)


async def name_row_dates(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, words: str, read_at: datetime, now: datetime
) -> DocumentId:
    """The row gets the dates, and is accepted with them. A second tap does nothing.

    Raises as ``understand_dates``, and DraftChangedError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        named = _with_term(row, _named_for(row, draft, words, read_at, now))
        assert named.term is not None, "the row has just got it"
        assert named.typed_phrase is not None, "the row has just got it"
        if row != named:
            await grow(tx, draft, version)
            await tx.drafts.set_term(row_id, named.term, named.typed_phrase)
    return row.document_id


async def set_row_pace(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, pace: Pace, now: datetime
) -> DocumentId:
    """How often a matter without an end will be reminded of. Raises as ``name_row_dates``."""
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        if row.term is None or awaited(row.term) is not Awaited.PACE:
            raise OutdatedError(f"row {row_id} waits for no pace")
        if row.decision is RowDecision.ACCEPT and pace_of(row.term) is pace:
            return row.document_id
        await grow(tx, draft, version)
        today = now.astimezone(ZoneInfo(draft.timezone)).date()
        await tx.drafts.set_term(row_id, with_pace(row.term, pace, today), row.typed_phrase or row.phrase)
    return row.document_id


def _from_event(term: Term, words: str, zone: ZoneInfo, today: date, now: datetime) -> NamedDates:
    offset = offset_of(term)
    if offset is None:
        raise OutdatedError("the term counts from no event")
    event = read_event(words[:MAX_PHRASE], today=today, is_ahead=offset.direction == "before")
    if event is None:
        raise NotOneDateError(words)
    settled = with_event(term, event)
    due = None if settled is None else due_of(settled.term)
    if settled is None or due is None:
        raise EventHourError(words) if offset.unit == "hour" else NotOneDateError(words)
    ahead, over = _split([due], zone, now)
    return NamedDates(Awaited.EVENT, settled.term, ahead, over, event, unsure_years=settled.unsure_years)


def _split(terms: list[Term], zone: ZoneInfo, now: datetime) -> tuple[tuple[PlannedDate, ...], tuple[PlannedDate, ...]]:
    """Each date once, the earliest first."""
    split = [split_dates(term, zone=zone, now=now, calendar=work_calendar()) for term in terms]
    ahead = {due.due_at: due for dates, _ in split for due in dates}
    over = {due.due_at: due for _, dates in split for due in dates}
    return tuple(ahead[at] for at in sorted(ahead)), tuple(over[at] for at in sorted(over))


def _named_for(row: DraftRow, draft: Draft, words: str, read_at: datetime, now: datetime) -> NamedDates:
    asked = None if row.term is None else awaited(row.term)
    if row.term is None or asked is None:
        raise OutdatedError(f"row {row.id} waits for no dates")
    zone = zone_of(row.term, ZoneInfo(draft.timezone))
    return understand_dates(row.term, words, asked=asked, zone=zone, read_at=read_at, now=now)


def _with_term(row: DraftRow, named: NamedDates) -> DraftRow:
    """What counts from an event keeps its words; the dates that were named stand beside the document's own."""
    phrase = row.typed_phrase or row.phrase
    understood = ", ".join(piece.words for piece in named.pieces if piece.term is not None)
    if named.pieces and not row.phrase:
        phrase = understood
    elif named.awaited is Awaited.START:
        phrase = f"{understood}, далее – {row.phrase}"
    elif named.awaited is Awaited.SCHEDULE:
        phrase = f"{row.phrase}: {understood}"
    return replace(row, term=named.term, typed_phrase=phrase, decision=RowDecision.ACCEPT)
