"""Documents and their rows, from the file to the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.documents import DocumentFact, DocumentKind, Mention
from bot.domain.drafts import DocumentState, Draft, DraftRow, RowContent, RowDecision, document_zone
from bot.domain.ids import ActivityId, DocumentId, FormId, LadderId, PersonId, RowId, UnitId
from bot.domain.matters import AnswerForm, Audience, LadderName
from bot.domain.terms.model import Doubt, Term
from bot.ports.drafts import DraftSummary, NewDraft
from storage.subtrees import within
from storage.tables import document_rows, documents, files, units

_NUMBER_LENGTH = 64
_ROW_NUMBER_LENGTH = 32
_CONTENT_TEXTS = ("number", "title", "responsible", "result", "phrase")


class DraftStore:
    """Implements ``bot.ports.drafts.Drafts``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, draft: NewDraft, *, now: datetime) -> DocumentId:
        facts = draft.read.facts
        await self._keep_file(draft, now)
        statement = insert(documents).values(
            unit_id=draft.unit_id,
            kind=facts.kind.value,
            number=(facts.number or "")[:_NUMBER_LENGTH] or None,
            dated=facts.signed_on,
            title=draft.title,
            region=facts.region,
            controller=facts.controller,
            file_name=draft.file_name[-255:],
            file_hash=draft.file_hash,
            sheets="\n".join(draft.sheets),
            state=DocumentState.DRAFT.value,
            version=1,
            audience=draft.audience.to_json(),
            problems=[problem.to_json() for problem in draft.read.problems],
            quotes={fact.value: quote for fact, quote in facts.quotes.items()},
            mentions=[mention.to_json() for mention in draft.read.mentions],
            created_by=draft.created_by,
            created_at=now,
        )
        document_id = (await self._connection.execute(statement.returning(documents.c.id))).scalar_one()
        rows = _new_rows(DocumentId(document_id), draft)
        if rows:
            await self._connection.execute(insert(document_rows), rows)
        return DocumentId(document_id)

    async def get(self, document_id: DocumentId) -> Draft | None:
        row = (await self._connection.execute(_DRAFT.where(documents.c.id == document_id))).one_or_none()
        return None if row is None else _draft(row)

    async def rows(self, document_id: DocumentId) -> tuple[DraftRow, ...]:
        query = _ROW.where(document_rows.c.document_id == document_id).order_by(document_rows.c.position)
        return tuple(_row(row) for row in await self._connection.execute(query))

    async def row(self, row_id: RowId) -> DraftRow | None:
        row = (await self._connection.execute(_ROW.where(document_rows.c.id == row_id))).one_or_none()
        return None if row is None else _row(row)

    async def by_file(self, file_hash: str, sheets: Sequence[str], unit_ids: Sequence[UnitId]) -> Draft | None:
        query = (
            _DRAFT.where(
                documents.c.file_hash == file_hash,
                documents.c.sheets == "\n".join(sheets),
                documents.c.state != DocumentState.CANCELLED.value,
                documents.c.unit_id.in_(unit_ids),
            )
            .order_by(documents.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _draft(row)

    async def listed(
        self, states: Sequence[DocumentState], paths: Sequence[str], *, limit: int, offset: int = 0
    ) -> tuple[DraftSummary, ...]:
        of_document = and_(document_rows.c.document_id == documents.c.id, document_rows.c.joined_into.is_(None))
        count = select(func.count()).select_from(document_rows).correlate(documents)
        query = (
            _DRAFT.add_columns(
                count.where(of_document).scalar_subquery().label("rows"),
                count.where(of_document, document_rows.c.activity_id.is_not(None))
                .scalar_subquery()
                .label("activities"),
            )
            .where(documents.c.state.in_([state.value for state in states]), within(self._connection, paths))
            .order_by(documents.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        found = await self._connection.execute(query)
        return tuple(DraftSummary(_draft(row), rows=row.rows, activities=row.activities) for row in found)

    async def count(self, states: Sequence[DocumentState], paths: Sequence[str]) -> int:
        query = (
            select(func.count())
            .select_from(documents.join(units, units.c.id == documents.c.unit_id))
            .where(documents.c.state.in_([state.value for state in states]), within(self._connection, paths))
        )
        return (await self._connection.execute(query)).scalar_one()

    async def grow(self, document_id: DocumentId, *, from_version: int) -> bool:
        result = await self._connection.execute(
            update(documents)
            .where(
                documents.c.id == document_id,
                documents.c.version == from_version,
                documents.c.state == DocumentState.DRAFT.value,
            )
            .values(version=from_version + 1)
        )
        return result.rowcount == 1

    async def set_term(self, row_id: RowId, term: Term, typed_phrase: str) -> None:
        await self._connection.execute(
            update(document_rows)
            .where(document_rows.c.id == row_id)
            .values(term=term_to_json(term), typed_phrase=typed_phrase, decision=RowDecision.ACCEPT.value)
        )

    async def rewrite(self, rows: Sequence[DraftRow]) -> None:
        if rows:
            names = [name for name in _row_values(rows[0]) if name not in {"id", "document_id"}]
            await self._connection.execute(
                update(document_rows)
                .where(document_rows.c.id == bindparam("row_id"))
                .values({name: bindparam(f"new_{name}") for name in names}),
                [
                    {"row_id": row.id, **{f"new_{name}": values[name] for name in names}}
                    for row in rows
                    for values in [_row_values(row)]
                ],
            )

    async def insert_after(self, row: DraftRow, parts: Sequence[DraftRow]) -> None:
        below = and_(document_rows.c.document_id == row.document_id, document_rows.c.position > row.position)
        # Two steps by way of numbers that no row has: positions are unique at every moment.
        shifted = {"position": -(document_rows.c.position + len(parts))}
        await self._connection.execute(update(document_rows).where(below).values(shifted))
        moved = and_(document_rows.c.document_id == row.document_id, document_rows.c.position < 0)
        await self._connection.execute(update(document_rows).where(moved).values(position=-document_rows.c.position))
        values = [_row_values(part) | {"position": row.position + place} for place, part in enumerate(parts, start=1)]
        await self._connection.execute(
            insert(document_rows), [{k: v for k, v in one.items() if k != "id"} for one in values]
        )

    async def remove_rows(self, row_ids: Sequence[RowId]) -> None:
        await self._connection.execute(delete(document_rows).where(document_rows.c.id.in_(row_ids)))

    async def decide(self, row_ids: Sequence[RowId], decision: RowDecision) -> None:
        await self._connection.execute(
            update(document_rows).where(document_rows.c.id.in_(row_ids)).values(decision=decision.value)
        )

    async def set_audience(self, document_id: DocumentId, audience: Audience) -> None:
        await self._connection.execute(
            update(documents).where(documents.c.id == document_id).values(audience=audience.to_json())
        )

    async def set_row_audience(self, row_id: RowId, audience: Audience | None) -> None:
        await self._connection.execute(
            update(document_rows)
            .where(document_rows.c.id == row_id)
            .values(audience=None if audience is None else audience.to_json())
        )

    async def mark_planned(
        self, document_id: DocumentId, activities: Mapping[RowId, ActivityId], *, now: datetime
    ) -> None:
        await self._connection.execute(
            update(documents)
            .where(documents.c.id == document_id)
            .values(state=DocumentState.PLANNED.value, planned_at=now, version=documents.c.version + 1)
        )
        await self.join_plan(activities)

    async def join_plan(self, activities: Mapping[RowId, ActivityId]) -> None:
        if activities:
            await self._connection.execute(
                update(document_rows)
                .where(document_rows.c.id == bindparam("row_id"))
                .values(activity_id=bindparam("planned_as")),
                [{"row_id": row_id, "planned_as": activity_id} for row_id, activity_id in activities.items()],
            )

    async def mark(self, document_id: DocumentId, state: DocumentState) -> None:
        await self._connection.execute(
            update(documents)
            .where(documents.c.id == document_id)
            .values(state=state.value, version=documents.c.version + 1)
        )
        if state is DocumentState.DRAFT:
            await self._connection.execute(
                update(document_rows).where(document_rows.c.document_id == document_id).values(activity_id=None)
            )

    async def remove(self, document_id: DocumentId) -> None:
        related = update(document_rows).where(document_rows.c.document_id == document_id)
        await self._connection.execute(related.values(joined_into=None, split_from=None))
        await self._connection.execute(delete(document_rows).where(document_rows.c.document_id == document_id))
        # What was compared with it stands alone from now on.
        editions = update(documents).where(documents.c.compared_with == document_id)
        await self._connection.execute(editions.values(compared_with=None))
        await self._connection.execute(delete(documents).where(documents.c.id == document_id))
        is_used = select(documents.c.id).where(documents.c.file_hash == files.c.hash).exists()
        await self._connection.execute(delete(files).where(~is_used))

    async def _keep_file(self, draft: NewDraft, now: datetime) -> None:
        is_known = select(files.c.hash).where(files.c.hash == draft.file_hash)
        if (await self._connection.execute(is_known)).first() is None:
            statement = insert(files).values(hash=draft.file_hash, content=draft.file, received_at=now)
            await self._connection.execute(statement)


_DRAFT = select(
    *(column for column in documents.c if column.name not in {"file_hash", "sheets"}),
    units.c.path.label("unit_path"),
    units.c.title.label("unit_title"),
    units.c.timezone.label("unit_timezone"),
    units.c.region.label("unit_region"),
).join(units, units.c.id == documents.c.unit_id)
_ROW = select(document_rows)


def _new_rows(document_id: DocumentId, draft: NewDraft) -> list[dict[str, Any]]:
    return [
        {
            "document_id": document_id,
            "position": position,
            "number": (row.number or "")[:_ROW_NUMBER_LENGTH],
            "title": row.title,
            "responsible": row.responsible,
            "result": row.result,
            "phrase": row.phrase,
            "term": term_to_json(row.term),
            "links": list(row.links),
            "problems": [problem.to_json() for problem in row.problems],
            "decision": RowDecision.TAKE.value,
            "section": row.group,
            "cohort": row.cohort,
        }
        for position, row in enumerate(draft.read.rows, start=1)
    ]


def _draft(row: Any) -> Draft:
    return Draft(
        id=DocumentId(row.id),
        unit_id=UnitId(row.unit_id),
        unit_path=row.unit_path,
        unit_title=row.unit_title,
        kind=DocumentKind(row.kind),
        number=row.number,
        dated=row.dated,
        title=row.title,
        region=row.region,
        controller=row.controller,
        timezone=document_zone(row.region, row.unit_timezone),
        file_name=row.file_name,
        state=DocumentState(row.state),
        version=row.version,
        audience=Audience.from_json(row.audience),
        problems=tuple(row.problems),
        created_by=PersonId(row.created_by),
        created_at=row.created_at,
        planned_at=row.planned_at,
        quotes={DocumentFact(fact): quote for fact, quote in row.quotes.items()},
        mentions=tuple(Mention.from_json(mention) for mention in row.mentions),
        compared_with=None if row.compared_with is None else DocumentId(row.compared_with),
        dropped=tuple(ActivityId(i) for i in row.dropped),
        unit_region=row.unit_region,
    )


def _row(row: Any) -> DraftRow:
    return DraftRow(
        id=RowId(row.id),
        document_id=DocumentId(row.document_id),
        position=row.position,
        number=row.number,
        title=row.title,
        responsible=row.responsible,
        result=row.result,
        phrase=row.phrase,
        term=_term_from_json(row.term),
        links=tuple(row.links),
        problems=tuple(row.problems),
        typed_phrase=row.typed_phrase,
        decision=RowDecision(row.decision),
        audience=None if row.audience is None else Audience.from_json(row.audience),
        activity_id=None if row.activity_id is None else ActivityId(row.activity_id),
        section=row.section,
        cohort=row.cohort,
        ladder=row.ladder and LadderName(row.ladder),
        ladder_id=None if row.ladder_id is None else LadderId(row.ladder_id),
        is_obligatory=row.is_obligatory,
        asks=row.asks and AnswerForm(row.asks),
        form_id=None if row.form_id is None else FormId(row.form_id),
        needs_acceptance=row.needs_acceptance,
        joined_into=row.joined_into,
        split_from=row.split_from,
        as_read=_content_from_json(row.as_read),
    )


def _row_values(row: DraftRow) -> dict[str, Any]:
    """A stored row as the table has it."""
    return {
        "id": row.id,
        "document_id": row.document_id,
        "position": row.position,
        "number": row.number[:_ROW_NUMBER_LENGTH],
        "title": row.title,
        "responsible": row.responsible,
        "result": row.result,
        "phrase": row.phrase,
        "term": term_to_json(row.term),
        "links": list(row.links),
        "problems": list(row.problems),
        "typed_phrase": row.typed_phrase,
        "decision": row.decision.value,
        "audience": None if row.audience is None else row.audience.to_json(),
        "section": row.section,
        "cohort": row.cohort,
        "ladder": row.ladder and row.ladder.value,
        "ladder_id": row.ladder_id,
        "is_obligatory": row.is_obligatory,
        "asks": row.asks and row.asks.value,
        "form_id": row.form_id,
        "needs_acceptance": row.needs_acceptance,
        "joined_into": row.joined_into,
        "split_from": row.split_from,
        "as_read": None if row.as_read is None else _content_to_json(row.as_read),
    }


def _content_to_json(content: RowContent) -> dict[str, Any]:
    texts = {name: getattr(content, name) for name in _CONTENT_TEXTS}
    return {
        **texts,
        "term": term_to_json(content.term),
        "links": list(content.links),
        "typed_phrase": content.typed_phrase,
    }


def _content_from_json(data: dict[str, Any] | None) -> RowContent | None:
    if data is None:
        return None
    texts = {name: data[name] for name in _CONTENT_TEXTS}
    term, links = _term_from_json(data["term"]), tuple(data["links"])
    return RowContent(**texts, term=term, links=links, typed_phrase=data.get("typed_phrase"))


def term_to_json(term: Term | None) -> dict[str, Any]:
    """The exchange form, and with it the doubts, which the coordinator must see as long as the draft lives."""
    return {} if term is None else {**term.to_json(), "doubts": [doubt.value for doubt in term.doubts]}


def _term_from_json(data: dict[str, Any]) -> Term | None:
    if not data:
        return None
    return replace(Term.from_json(data), doubts=tuple(Doubt(doubt) for doubt in data.get("doubts", ())))
