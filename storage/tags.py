"""Tags on units and people, and the programme of a membership."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import MembershipId, PersonId, UnitId
from bot.domain.network import Standing
from bot.domain.tags import tag_key
from storage.dialect import insert_new
from storage.subtrees import within
from storage.tables import memberships, units
from storage.tag_tables import tags


class TagStore:
    """Implements ``bot.ports.tags.Tags``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, unit_id: UnitId, person_id: PersonId | None) -> tuple[str, ...]:
        found = await self._connection.execute(select(tags.c.word).where(_on(unit_id, person_id)))
        return tuple(sorted(found.scalars(), key=tag_key))

    async def spelled(self, word: str) -> str:
        known = select(tags.c.word).where(tags.c.key == tag_key(word)).order_by(tags.c.id).limit(1)
        return (await self._connection.execute(known)).scalar_one_or_none() or word

    async def put(self, unit_id: UnitId, person_id: PersonId | None, word: str, *, by: PersonId, now: datetime) -> bool:
        row = {
            "unit_id": unit_id,
            "person_id": person_id,
            "word": word,
            "key": tag_key(word),
            "put_by": by,
            "put_at": now,
        }
        return (await self._connection.execute(insert_new(self._connection, tags, [row]))).rowcount == 1

    async def take(self, unit_id: UnitId, person_id: PersonId | None, word: str) -> bool:
        statement = delete(tags).where(_on(unit_id, person_id), tags.c.key == tag_key(word))
        return (await self._connection.execute(statement)).rowcount > 0

    async def below(self, path: str) -> tuple[str, ...]:
        belongs = exists().where(
            memberships.c.person_id == tags.c.person_id,
            memberships.c.unit_id == tags.c.unit_id,
            memberships.c.standing != Standing.LEFT.value,
        )
        statement = (
            select(tags.c.word)
            .join(units, units.c.id == tags.c.unit_id)
            .where(
                within(self._connection, [path]),
                units.c.removed_at.is_(None),
                or_(tags.c.person_id.is_(None), belongs),
            )
            .distinct()
        )
        return tuple(sorted((await self._connection.execute(statement)).scalars(), key=tag_key))

    async def programme(self, membership_id: MembershipId) -> str | None:
        statement = select(memberships.c.programme).where(memberships.c.id == membership_id)
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def set_programme(self, membership_id: MembershipId, programme: str | None) -> None:
        statement = update(memberships).where(memberships.c.id == membership_id)
        await self._connection.execute(statement.values(programme=programme))


def _on(unit_id: UnitId, person_id: PersonId | None) -> ColumnElement[bool]:
    return and_(tags.c.unit_id == unit_id, tags.c.person_id.is_not_distinct_from(person_id))
