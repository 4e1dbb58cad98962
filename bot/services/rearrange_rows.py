"""Rows corrected, joined, split, and put back as the document had them: each an edit of the version that was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.drafts import Draft, DraftRow, RowDecision
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.ids import DocumentId, RowId
from bot.domain.network import Actor
from bot.domain.rearranging import MAX_PARTS, MAX_TEXT, Part, cut, joined, proposed_parts, restored
from bot.ports.storage import Storage
from bot.services.edit_draft import grow, row_of


class RowText(StrEnum):
    """A text of a row that the coordinator may write himself."""

    TITLE = "title"
    RESPONSIBLE = "responsible"
    RESULT = "result"


class WrongTextError(DomainError):
    """An empty title, or a text longer than a row can hold."""


class WrongPartsError(DomainError):
    """A row is cut into two parts at least, and into no more than a screen can show."""


class EntangledRowError(DomainError):
    """A row that was joined or split is put back first: what is undone must be one thing."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The rows right above and below, where they can be joined with this one."""

    draft: Draft
    row: DraftRow
    above: DraftRow | None
    below: DraftRow | None


async def show_neighbours(storage: Storage, *, actor: Actor, row_id: RowId) -> Neighbours:
    """Raises NotFoundError."""
    async with storage.read() as tx:
        row, draft = await row_of(tx, actor, row_id)
        rows = await tx.drafts.rows(row.document_id)
    return Neighbours(draft, row, *_around(rows, row))


async def correct_text(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, text_of: RowText, text: str
) -> DocumentId:
    """The coordinator's own words for one text of a row.

    Raises WrongTextError, DraftChangedError, NotADraftError, NotFoundError.
    """
    text = " ".join(text.split())
    if len(text) > MAX_TEXT or (text_of is RowText.TITLE and not text):
        raise WrongTextError(f"{len(text)} characters for {text_of}")
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        if getattr(row, text_of.value) != text:
            await grow(tx, draft, version)
            written = {text_of.value: text, "as_read": row.as_read or row.content}
            await tx.drafts.rewrite([replace(row, **written)])  # type: ignore[arg-type]  # the names are its own fields
    return row.document_id


async def join_rows(storage: Storage, *, actor: Actor, row_id: RowId, other_id: RowId, version: int) -> DocumentId:
    """``other`` becomes a part of the row, whose term stays. Joining again does nothing.

    Raises EntangledRowError, DraftChangedError, NotADraftError, NotFoundError (also for no neighbour).
    """
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        rows = await tx.drafts.rows(row.document_id)
        other = next((one for one in rows if one.id == other_id), None)
        if other is not None and other.joined_into == row.id:
            return row.document_id
        if other is None or other not in _around(rows, row):
            raise NotFoundError(f"row {other_id} beside row {row_id}")
        await grow(tx, draft, version)
        into = joined(row, other)
        moved = [replace(one, joined_into=row.id) for one in rows if one is other or one.joined_into == other.id]
        await tx.drafts.rewrite([into, *moved])
    return row.document_id


async def take_term_of_part(
    storage: Storage, *, actor: Actor, row_id: RowId, part_id: RowId, version: int
) -> DocumentId:
    """The joined row gets the term of one of its parts. Raises DraftChangedError, NotADraftError, NotFoundError."""
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        part = await tx.drafts.row(part_id)
        if part is None or part.joined_into != row.id:
            raise NotFoundError(f"part {part_id} of row {row_id}")
        if (part.phrase, part.term) != (row.phrase, row.term):
            await grow(tx, draft, version)
            told = replace(row, phrase=part.phrase, term=part.term, typed_phrase=part.typed_phrase)
            await tx.drafts.rewrite([replace(told, decision=RowDecision.TAKE)])
    return row.document_id


async def split_row(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, titles: Sequence[str] | None
) -> int:
    """Cuts a row into parts by their titles (None: as proposed); returns how many. Each keeps the phrase of the row.

    Raises WrongPartsError, EntangledRowError, DraftChangedError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        rows = await tx.drafts.rows(row.document_id)
        if row.joined_into is not None or _is_entangled(rows, row):
            raise EntangledRowError(f"row {row_id}")
        parts = proposed_parts(row) if titles is None else [Part(title[:MAX_TEXT], row.term) for title in titles]
        if not 2 <= len(parts) <= MAX_PARTS:
            raise WrongPartsError(f"{len(parts)} parts")
        await grow(tx, draft, version)
        first, *rest = cut(row, parts)
        await tx.drafts.rewrite([first])
        await tx.drafts.insert_after(first, rest)
        return len(parts)


async def restore_row(storage: Storage, *, actor: Actor, row_id: RowId, version: int) -> RowId:
    """«Вернуть как было»: the row, what was joined into it, and what it was cut into; returns the row that stays.

    Pressed on a piece it restores the row that the piece was cut from. Raises DraftChangedError, NotADraftError,
    NotFoundError.
    """
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        rows = await tx.drafts.rows(row.document_id)
        root = next((one for one in rows if one.id == row.split_from), row)
        pieces = [one.id for one in rows if one.split_from == root.id]
        parts = [one for one in rows if one.joined_into == root.id]
        if root.as_read is None and not pieces and not parts:
            return root.id
        await grow(tx, draft, version)
        await tx.drafts.rewrite([restored(one) for one in (root, *parts)])
        if pieces:
            await tx.drafts.remove_rows(pieces)
        return root.id


def _around(rows: Sequence[DraftRow], row: DraftRow) -> tuple[DraftRow | None, DraftRow | None]:
    """The rows above and below it that it can be joined with."""
    if _is_cut(rows, row) or row.joined_into is not None:
        return None, None
    own = [one for one in rows if one.joined_into is None]
    place = own.index(row)
    above, below = own[place - 1] if place else None, own[place + 1] if place + 1 < len(own) else None
    return tuple(None if one is None or _is_cut(rows, one) else one for one in (above, below))  # type: ignore[return-value]


def _is_cut(rows: Sequence[DraftRow], row: DraftRow) -> bool:
    return row.split_from is not None or any(one.split_from == row.id for one in rows)


def _is_entangled(rows: Sequence[DraftRow], row: DraftRow) -> bool:
    return _is_cut(rows, row) or any(one.joined_into == row.id for one in rows)
