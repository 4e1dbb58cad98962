"""Documents for tests, as a reader would have read them."""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import Table, func, select

from bot.domain.documents import DocumentDraft, DocumentFacts, DocumentKind, Problem, ProblemCode, RowDraft
from bot.domain.ids import DocumentId, PersonId, RowId
from bot.domain.terms.model import Term
from bot.domain.terms.reading import read_term
from bot.services.edit_draft import accept_clear
from bot.services.import_document import UploadedFile, import_document
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY

READY = "до 15 октября 2026 года"
QUARTERLY = "1 октября 2021 года, далее – ежеквартально"
PAST = "до 1 июня 2026 года"
DOUBTFUL = "до 15 ноября"
DARK = "в установленные сроки, но не позже"
UNDATED = "по мере необходимости"
NO_DAY = "ежеквартально"

ALL_KINDS = (READY, QUARTERLY, PAST, DOUBTFUL, DARK, UNDATED, NO_DAY)
"""One row of each state that a draft knows before anybody decides: rows 1 to 7."""

THE_FILE = UploadedFile("карта.docx", b"a roadmap")


def a_row(number: str, phrase: str, title: str = "") -> RowDraft:
    term = _as_read(phrase) if phrase else None
    return RowDraft(number, title or f"Мероприятие {number}", "Школы", "Отчёт", phrase, term)


@cache  # a hundred tests begin with the same phrases
def _as_read(phrase: str) -> Term:
    return read_term(phrase, reference_date=date(2026, 9, 1))


def a_document(*phrases: str, region: str | None = "Владимирская область", title: str = "") -> DocumentDraft:
    facts = DocumentFacts(
        kind=DocumentKind.ROADMAP,
        number="1074-р",
        signed_on=date(2026, 8, 10),
        title=title or "Комплекс мер «Точка роста»",
        region=region,
        controller="Иванов И. И.",
    )
    rows = tuple(a_row(str(place), phrase) for place, phrase in enumerate(phrases, start=1))
    return DocumentDraft(facts, rows, (Problem(ProblemCode.MISSING_NUMBER, {"number": "9"}),))


async def imported(database: Database, person: PersonId, *phrases: str, file: UploadedFile = THE_FILE) -> DocumentId:
    """A draft that this coordinator has sent, by the use case itself."""
    actor = await actor_of(database, person)
    document = a_document(*(phrases or ALL_KINDS))
    return (await import_document(database, actor=actor, file=file, read=document, now=MONDAY)).document_id


async def accepted(database: Database, person: PersonId, *phrases: str) -> DocumentId:
    """The same with every row accepted that nothing is doubtful about: version 2, and ready to be planned."""
    document_id = await imported(database, person, *phrases)
    actor = await actor_of(database, person)
    await accept_clear(database, actor=actor, document_id=document_id, version=1, now=MONDAY)
    return document_id


async def row_of(database: Database, document_id: DocumentId, position: int) -> RowId:
    """The row in this place of the document, counted from 1."""
    async with database.read() as tx:
        return (await tx.drafts.rows(document_id))[position - 1].id


async def version_of(database: Database, document_id: DocumentId) -> int:
    async with database.read() as tx:
        draft = await tx.drafts.get(document_id)
    assert draft is not None
    return draft.version


async def count(database: Database, table: Table) -> int:
    async with database.read() as tx:
        return int((await tx._connection.execute(select(func.count()).select_from(table))).scalar_one())
