"""A document that comes in may be a newer edition of one that is planned already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.documents import DocumentDraft
from bot.domain.drafts import DocumentState, Draft, DraftRow, RowDecision
from bot.domain.editions import Letterhead, is_edition_of
from bot.domain.ids import DocumentId, UnitId
from bot.domain.matching import match_rows, same_words
from bot.ports.storage import Stores

_RECENT = timedelta(days=180)
"""Between two editions of one year: «до 15 ноября» of another year is another day."""
_PLANS = 1_000


async def older_edition(tx: Stores, unit_id: UnitId, read: DocumentDraft, *, title: str) -> Draft | None:
    """The planned document of the same unit that this one is a newer edition of, the latest where there are several.

    A document that was given to another unit is another plan, with an audience of its own.
    """
    facts = read.facts
    new = Letterhead(facts.kind, facts.number, facts.signed_on, title)
    unit = await tx.units.get(unit_id)
    if unit is None:
        return None
    for summary in await tx.drafts.listed([DocumentState.PLANNED], [unit.path], limit=_PLANS):
        old = summary.draft
        head = Letterhead(old.kind, old.number, old.dated, old.title)
        # The rows are read only where the heads agree: whatever share of them matches would do otherwise.
        if old.unit_id != unit_id or not is_edition_of(new, head, matching=1):
            continue
        rows = await tx.drafts.rows(old.id)
        found = len(match_rows(read.rows, rows))
        if is_edition_of(new, head, matching=found / max(1, min(len(rows), len(read.rows)))):
            return old
    return None


async def begin_comparison(tx: Stores, document_id: DocumentId, planned: Draft) -> None:
    """Makes a fresh draft an edition of the plan. What the coordinator had said of its rows holds for the same ones."""
    await tx.editions.compare_with(document_id, planned.id)
    edition = await tx.drafts.get(document_id)
    assert edition is not None, "it has just been stored"
    is_recent = not (edition.dated and planned.dated) or abs(edition.dated - planned.dated) <= _RECENT
    rows, known = await tx.drafts.rows(document_id), await tx.drafts.rows(planned.id)
    carried = [(rows[i], _carried_over(rows[i], known[j], is_recent=is_recent)) for i, j in match_rows(rows, known)]
    await tx.drafts.rewrite([new for old, new in carried if new != old])


def _carried_over(row: DraftRow, known: DraftRow, *, is_recent: bool) -> DraftRow:
    is_same_phrase = same_words(row.phrase, known.phrase)
    row = replace(
        row,
        audience=known.audience,
        ladder=known.ladder,
        ladder_id=known.ladder_id,
        is_obligatory=known.is_obligatory,
        asks=known.asks,
        form_id=known.form_id,
        needs_acceptance=known.needs_acceptance,
    )
    if is_same_phrase and is_recent and known.typed_phrase is not None and known.term is not None:
        row = replace(row, term=known.term, typed_phrase=known.typed_phrase, decision=RowDecision.ACCEPT)
    if known.decision is RowDecision.SKIP or (is_same_phrase and known.decision is RowDecision.DONE):
        row = replace(row, decision=known.decision)
    return row
