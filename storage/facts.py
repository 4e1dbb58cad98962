"""The facts that a document states about itself, as they were read or corrected, and the papers it mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.documents import Mention
from bot.domain.drafts import DocumentState, Draft
from bot.domain.ids import DocumentId, RowId
from bot.domain.terms.model import Term
from bot.ports.facts import CorrectedFacts
from storage.drafts import DraftStore, term_to_json
from storage.subtrees import within
from storage.tables import document_rows, documents, units

_MOST = 200  # conditions of one query: the mentions of a document are bounded, those of a hostile one too


class FactStore:
    """Implements ``bot.ports.facts.Facts``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def correct(self, document_id: DocumentId, facts: CorrectedFacts) -> None:
        await self._connection.execute(
            update(documents)
            .where(documents.c.id == document_id)
            .values(
                title=facts.title,
                number=facts.number,
                dated=facts.dated,
                region=facts.region,
                quotes={fact.value: quote for fact, quote in facts.quotes.items()},
                problems=list(facts.problems),
            )
        )

    async def reread(self, terms: Mapping[RowId, Term]) -> None:
        if terms:
            await self._connection.execute(
                update(document_rows).where(document_rows.c.id == bindparam("row_id")).values(term=bindparam("read")),
                [{"row_id": row_id, "read": term_to_json(term)} for row_id, term in terms.items()],
            )

    async def mentioned(self, mentions: Sequence[Mention], paths: Sequence[str]) -> tuple[Draft, ...]:
        named = {(mention.number, mention.dated) for mention in mentions if mention.number and mention.dated}
        if not named or not paths:
            return ()
        same = [and_(documents.c.number == number, documents.c.dated == dated) for number, dated in sorted(named)]
        query = (
            select(documents.c.id)
            .join(units, units.c.id == documents.c.unit_id)
            .where(
                or_(*same[:_MOST]),
                within(self._connection, paths),
                documents.c.state != DocumentState.CANCELLED.value,
            )
            .order_by(documents.c.id.desc())
        )
        drafts = DraftStore(self._connection)
        found = [await drafts.get(DocumentId(row.id)) for row in await self._connection.execute(query)]
        return tuple(draft for draft in found if draft is not None)
