"""«Другой год»: a pasted list names no year, one was guessed for all of it, and the coordinator names another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.documents import ProblemCode
from bot.domain.drafts import Draft, DraftRow
from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId, RowId
from bot.domain.network import Actor
from bot.domain.terms.model import Term
from bot.domain.terms.reading import read_term
from bot.ports.facts import CorrectedFacts
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import grow
from bot.services.show_draft import managed_document

_FURTHEST = 3  # years: no button offers more at once


def assumed_school_year(draft: Draft) -> int | None:
    """The autumn of the school year that was taken for the list; None where its dates named theirs."""
    years = next((str(one["years"]) for one in draft.problems if _is_assumption(one)), None)
    return None if years is None else int(years[:4])


async def change_school_year(
    storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, autumn: int, now: datetime
) -> None:
    """Reads the list as of the school year that begins in ``autumn``.

    What a coordinator has confirmed or typed himself stays, and so does a date that names its own year. Raises
    NotFoundError (also where no year was guessed, or one far from this), DraftChangedError, NotADraftError.
    """
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        guessed = assumed_school_year(draft)
        if guessed is None or abs(autumn - guessed) > _FURTHEST:
            raise NotFoundError(f"no school year {autumn} for document {document_id}")
        await grow(tx, draft, version)
        said = tuple(
            {**problem, "years": school_years(autumn)} if _is_assumption(problem) else problem
            for problem in draft.problems
        )
        facts = CorrectedFacts(draft.title, draft.number, draft.dated, draft.region, draft.quotes, said)
        await tx.facts.correct(document_id, facts)
        await tx.facts.reread(await _reread(tx, draft, guessed, autumn))
        detail = {"document": document_id, "from": guessed, "to": autumn}
        await tx.audit.record("school year", by=actor.person.id, unit_id=draft.unit_id, detail=detail, now=now)


def school_years(autumn: int) -> str:
    """«2026/27»."""
    return f"{autumn}/{(autumn + 1) % 100:02}"


def _is_assumption(problem: Mapping[str, Any]) -> bool:
    return bool(problem["code"] == ProblemCode.SCHOOL_YEAR_ASSUMED.value)


async def _reread(tx: Stores, draft: Draft, guessed: int, autumn: int) -> Mapping[RowId, Term]:
    """Only what its phrase alone, in the guessed year, gave: what else had a say in a term, the draft does not keep."""
    rows = [row for row in await tx.drafts.rows(draft.id) if row.term is not None and not row.is_confirmed]
    return {row.id: _read(row, draft, autumn) for row in rows if _read(row, draft, guessed) == row.term}


def _read(row: DraftRow, draft: Draft, autumn: int) -> Term:
    day = draft.created_at.astimezone(ZoneInfo(draft.timezone)).date()
    return read_term(row.phrase, reference_date=day, region=draft.region, context={"school_year": school_years(autumn)})
