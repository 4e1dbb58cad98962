"""A draft as its coordinator sees it: every row with what would become of it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.drafts import DocumentState, Draft, DraftRow, JudgedRow, Judgement, RowState
from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId, RowId
from bot.domain.judging import judge, judge_row, proposed_term
from bot.domain.network import Actor
from bot.domain.terms.model import Term
from bot.ports.drafts import DraftSummary
from bot.ports.storage import Storage, Stores
from bot.services.import_document import managed_paths


@dataclass(frozen=True, slots=True)
class DraftView:
    draft: Draft
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class RowView:
    """``proposal``: the days that a repeating term without a day could fall on, where there is such a proposal.

    ``place``: which of the rows that are shown it is, from 1. ``parts``: the rows that were joined into it.
    ``is_piece``: it was cut, or is a piece of one that was. ``of_section``: how many rows stand under its heading.
    """

    draft: Draft
    judged: JudgedRow
    proposal: Term | None
    place: int = 1
    parts: tuple[DraftRow, ...] = ()
    is_piece: bool = False
    of_section: int = 0


@dataclass(frozen=True, slots=True)
class DocumentPage:
    documents: tuple[DraftSummary, ...]
    total: int


async def show_draft(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> DraftView:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        draft = await managed_document(tx, actor, document_id)
        rows = await tx.drafts.rows(document_id)
    return DraftView(draft, judged_draft(draft, rows, now))


async def show_row(storage: Storage, *, actor: Actor, row_id: RowId, now: datetime) -> RowView:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        row = await tx.drafts.row(row_id)
        if row is None:
            raise NotFoundError(f"row {row_id}")
        if row.joined_into is not None:  # an old button leads to the row that it is a part of by now
            row = await tx.drafts.row(row.joined_into) or row
        draft = await managed_document(tx, actor, row.document_id)
        rows = await tx.drafts.rows(row.document_id)
    calendar = work_calendar()
    is_sure, zone = draft.region is not None, ZoneInfo(draft.timezone)
    judged = judge_row(row, zone=zone, now=now, calendar=calendar, is_zone_sure=is_sure)
    is_open = judged.state in (RowState.QUESTION, RowState.UNDATED) and row.term is not None
    today = now.astimezone(ZoneInfo(draft.timezone)).date()
    return RowView(
        draft,
        judged,
        proposed_term(row.term, today) if is_open and row.term else None,
        place=sum(one.joined_into is None and one.position <= row.position for one in rows),
        parts=tuple(one for one in rows if one.joined_into == row.id),
        is_piece=row.split_from is not None or any(one.split_from == row.id for one in rows),
        of_section=sum(one.section == row.section and one.joined_into is None for one in rows) if row.section else 0,
    )


async def list_documents(
    storage: Storage, *, actor: Actor, states: Sequence[DocumentState], limit: int, offset: int
) -> DocumentPage:
    """Documents of the actor's part of the network, the latest first."""
    async with storage.read() as tx:
        paths = managed_paths(actor)
        found = await tx.drafts.listed(states, paths, limit=limit, offset=offset)
        return DocumentPage(found, await tx.drafts.count(states, paths))


async def managed_document(tx: Stores, actor: Actor, document_id: DocumentId) -> Draft:
    """The document, checked against the actor's part of the network. Raises NotFoundError."""
    draft = await tx.drafts.get(document_id)
    if draft is None or not actor.can_manage(draft.unit_path):
        raise NotFoundError(f"document {document_id}")
    return draft


def judged_draft(draft: Draft, rows: Sequence[DraftRow], now: datetime) -> Judgement:
    """What would become of the rows at this moment."""
    is_sure, zone = draft.region is not None, ZoneInfo(draft.timezone)
    return judge(rows, zone=zone, now=now, calendar=work_calendar(), is_zone_sure=is_sure)


@cache
def work_calendar() -> WorkCalendar:
    """One for the process: it remembers the years that it has looked up."""
    return WorkCalendar()
