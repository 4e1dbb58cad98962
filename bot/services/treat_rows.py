"""How rows are reminded of, what their answer asks for, and who gives it: for one row, its section, or all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from bot.domain.drafts import DraftRow
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.ids import DocumentId, LadderId, RowId
from bot.domain.matters import AnsweredBy, AnswerForm, Audience, LadderName
from bot.domain.network import Actor, Role
from bot.ports.storage import Storage
from bot.services.edit_draft import grow, row_of
from bot.services.edit_ladders import usable_ladders


class RowScope(StrEnum):
    """For which rows a choice made on one of them is."""

    ROW = "r"
    SECTION = "s"
    DOCUMENT = "d"


class NoCohortError(DomainError):
    """Nobody of the document's unit belongs to the cohort that the row names."""


async def choose_ladder(
    storage: Storage,
    *,
    actor: Actor,
    row_id: RowId,
    version: int,
    ladder: LadderName,
    scope: RowScope,
    own: LadderId | None = None,
) -> int:
    """A ready ladder, or one of the coordinators' ``own``.

    Returns how many rows that changed. Raises DraftChangedError, NotADraftError, NotFoundError.
    """
    if own is not None:
        async with storage.read() as tx:
            if own not in {one.id for one in await usable_ladders(tx, actor)}:
                raise NotFoundError(f"ladder {own} is not for person {actor.person.id}")
    return await treat_rows(
        storage, actor, row_id, version, scope, lambda row: replace(row, ladder=ladder, ladder_id=own)
    )


async def choose_obligation(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, is_obligatory: bool, scope: RowScope
) -> int:
    """Returns how many rows that changed. Raises DraftChangedError, NotADraftError, NotFoundError."""
    return await treat_rows(
        storage, actor, row_id, version, scope, lambda row: replace(row, is_obligatory=is_obligatory)
    )


async def choose_form(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, form: AnswerForm | None, scope: RowScope
) -> int:
    """In place of a form of questions, too. Returns how many rows that changed.

    Raises DraftChangedError, NotADraftError, NotFoundError.
    """
    return await treat_rows(storage, actor, row_id, version, scope, lambda row: replace(row, asks=form, form_id=None))


async def choose_acceptance(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, is_needed: bool, scope: RowScope
) -> int:
    """Whether each answer is accepted or given back; returns and raises as ``choose_form``."""
    return await treat_rows(
        storage, actor, row_id, version, scope, lambda row: replace(row, needs_acceptance=is_needed)
    )  # fmt: skip


async def share_audience(storage: Storage, *, actor: Actor, row_id: RowId, version: int) -> int:
    """The rows of the section get the audience of this row; returns how many changed. Raises as ``choose_ladder``."""
    async with storage.read() as tx:
        row, _ = await row_of(tx, actor, row_id)
    audience = row.audience
    return await treat_rows(
        storage, actor, row_id, version, RowScope.SECTION, lambda one: replace(one, audience=audience)
    )  # fmt: skip


async def address_cohort(storage: Storage, *, actor: Actor, row_id: RowId, version: int) -> DocumentId:
    """«Только набор 2023»: the people of the cohort that the row names, in the units of the document's audience.

    Raises NoCohortError, DraftChangedError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        known = await tx.matters.cohorts_below(draft.unit_path)
        if row.cohort is None or row.cohort not in known:
            raise NoCohortError(row.cohort or "no cohort")
        before = row.audience or draft.audience
        roles = before.roles if before.answered_by is AnsweredBy.PERSON else (Role.TEACHER,)
        audience = Audience(before.unit_ids, AnsweredBy.PERSON, roles, row.cohort)
        if audience != row.audience:
            await grow(tx, draft, version)
            await tx.drafts.set_row_audience(row.id, audience)
        return row.document_id


async def treat_rows(
    storage: Storage,
    actor: Actor,
    row_id: RowId,
    version: int,
    scope: RowScope,
    change: Callable[[DraftRow], DraftRow],
) -> int:
    """``change`` for the row, its section or all rows of its draft; how many that changed.

    Raises DraftChangedError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        rows = [one for one in await tx.drafts.rows(row.document_id) if _is_meant(one, row, scope)]
        changed = [change(one) for one in rows if change(one) != one]
        if changed:
            await grow(tx, draft, version)
            await tx.drafts.rewrite(changed)
        return len(changed)


def _is_meant(one: DraftRow, row: DraftRow, scope: RowScope) -> bool:
    if scope is RowScope.DOCUMENT or one.id == row.id:
        return True
    return scope is RowScope.SECTION and row.section is not None and one.section == row.section
