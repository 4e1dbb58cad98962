"""Persons and their accounts in the messenger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import PersonId
from bot.domain.network import Actor, Person, QuietHours, Reach, Standing
from bot.domain.rhythm import Preferences, Rhythm
from bot.ports.dialogues import Dialogue
from storage.erasing import erase_person
from storage.exporting import export_person
from storage.prepared import Prepared
from storage.program_tables import dialogues
from storage.rhythms import rhythm_from
from storage.rows import MEMBERSHIP, PERSON, UNIT, membership_from, person_from
from storage.tables import accounts, memberships, persons, units

MESSENGER = "telegram"


class PeopleStore:
    """Implements ``bot.ports.people.People``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def actor_by_account(self, external_id: int, *, is_owner: bool) -> Actor | None:
        rows = await _ACTOR.all(self._connection, account=external_id)
        return _actor(rows, is_owner=is_owner) if rows else None

    async def actor_in_dialogue(self, external_id: int, key: str, *, is_owner: bool) -> tuple[Actor | None, Dialogue]:
        rows = await _ACTOR_IN_DIALOGUE.all(self._connection, account=external_id, of_key=key)
        first = rows[0]
        dialogue = Dialogue() if first.dialogue_data is None else Dialogue(first.dialogue_state, first.dialogue_data)
        return None if first.person_id is None else _actor(rows, is_owner=is_owner), dialogue

    async def get(self, person_id: PersonId) -> Person | None:
        return await self._one(_living().where(persons.c.id == person_id))

    async def by_account(self, external_id: int) -> Person | None:
        row = await _BY_ACCOUNT.first(self._connection, account=external_id)
        return None if row is None else person_from(row)

    async def by_accounts(self, external_ids: Collection[int]) -> Sequence[PersonId]:
        statement = select(accounts.c.person_id).where(
            accounts.c.messenger == MESSENGER, accounts.c.external_id.in_(external_ids)
        )
        rows = await self._connection.execute(statement.order_by(accounts.c.person_id))
        return [PersonId(person_id) for person_id in rows.scalars()]

    async def account_of(self, person_id: PersonId) -> int | None:
        statement = select(accounts.c.external_id).where(
            accounts.c.messenger == MESSENGER, accounts.c.person_id == person_id
        )
        return (await self._connection.execute(statement)).scalars().first()

    async def add(self, full_names: Sequence[str], *, reach: Reach, now: datetime) -> Sequence[PersonId]:
        if not full_names:
            return []
        hours = QuietHours()
        rows = [
            {
                "full_name": name,
                "quiet_from": hours.start,
                "quiet_to": hours.end,
                "reach": reach.value,
                "created_at": now,
            }
            for name in full_names
        ]
        statement = insert(persons).returning(persons.c.id, sort_by_parameter_order=True)
        return [PersonId(i) for i in (await self._connection.execute(statement, rows)).scalars()]

    async def link_account(self, person_id: PersonId, external_id: int, *, now: datetime) -> None:
        row = {"messenger": MESSENGER, "external_id": external_id, "person_id": person_id, "linked_at": now}
        await self._connection.execute(insert(accounts).values(row))
        await self.set_reach(person_id, Reach.REACHABLE, now=now)

    async def record_consent(self, person_id: PersonId, version: int, *, now: datetime) -> None:
        await self._change(person_id, consent_version=version, consented_at=now)

    async def rename(self, person_id: PersonId, full_name: str) -> None:
        await self._change(person_id, full_name=full_name)

    async def set_timezone(self, person_id: PersonId, timezone: str | None) -> None:
        await self._change(person_id, timezone=timezone)

    async def set_quiet_hours(self, person_id: PersonId, hours: QuietHours) -> None:
        await self._change(person_id, quiet_from=hours.start, quiet_to=hours.end)

    async def preferences(self, person_id: PersonId) -> Preferences:
        statement = select(
            persons.c.rhythm, persons.c.rhythm_at, persons.c.rhythm_weekday, persons.c.wants_optional, persons.c.phone
        ).where(persons.c.id == person_id, persons.c.erased_at.is_(None))
        row = (await self._connection.execute(statement)).one_or_none()
        return Preferences() if row is None else Preferences(rhythm_from(row), row.wants_optional, row.phone)

    async def set_rhythm(self, person_id: PersonId, rhythm: Rhythm) -> None:
        await self._change(person_id, rhythm=rhythm.often.value, rhythm_at=rhythm.at, rhythm_weekday=rhythm.weekday)

    async def set_wants_optional(self, person_id: PersonId, *, is_wanted: bool) -> None:
        await self._change(person_id, wants_optional=is_wanted)

    async def set_phone(self, person_id: PersonId, phone: str | None) -> None:
        await self._change(person_id, phone=phone)

    async def set_reach(self, person_id: PersonId, reach: Reach, *, now: datetime) -> bool:
        changed = await self._connection.execute(
            update(persons)
            .where(persons.c.id == person_id, persons.c.reach != reach.value, persons.c.erased_at.is_(None))
            .values(reach=reach.value, reach_changed_at=now)
        )
        return changed.rowcount > 0

    async def erase(self, person_id: PersonId, *, now: datetime) -> None:
        account = await self.account_of(person_id)
        await erase_person(self._connection, person_id, account, now=now)
        await self._connection.execute(delete(accounts).where(accounts.c.person_id == person_id))

    async def export(self, person_id: PersonId) -> Mapping[str, Any]:
        return await export_person(self._connection, person_id)

    async def _change(self, person_id: PersonId, **values: object) -> None:
        await self._connection.execute(update(persons).where(persons.c.id == person_id).values(**values))

    async def _one(self, statement: Select[Any]) -> Person | None:
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else person_from(row)


def _actor(rows: Sequence[Row[Any]], *, is_owner: bool) -> Actor:
    """``rows``: his memberships, each with himself; one without, where he has none."""
    belongs = tuple([membership_from(row) for row in rows if row.membership_id is not None])
    return Actor(person_from(rows[0]), belongs, is_owner)


def _living() -> Select[Any]:
    return select(*PERSON).where(persons.c.erased_at.is_(None))


def _of_account(statement: Select[Any]) -> Select[Any]:
    is_his = and_(accounts.c.messenger == MESSENGER, accounts.c.external_id == bindparam("account"))
    return statement.join(accounts, accounts.c.person_id == persons.c.id).where(is_his)


def _with_memberships(statement: Select[Any]) -> Select[Any]:
    stands = and_(memberships.c.person_id == persons.c.id, memberships.c.standing != Standing.LEFT.value)
    return (
        statement.add_columns(*MEMBERSHIP, *UNIT)
        .outerjoin(memberships, stands)
        .outerjoin(units, units.c.id == memberships.c.unit_id)
        .order_by(units.c.path, memberships.c.id)
    )


def _actor_in_dialogue() -> Select[Any]:
    """A row at least, of a stranger without a dialogue too: one question takes half as long as two."""
    one = select(literal(1).label("one")).subquery()
    is_his = and_(accounts.c.messenger == MESSENGER, accounts.c.external_id == bindparam("account"))
    found = (
        select(dialogues.c.state.label("dialogue_state"), dialogues.c.data.label("dialogue_data"), *PERSON)
        .select_from(one)
        .outerjoin(dialogues, dialogues.c.key == bindparam("of_key"))
        .outerjoin(accounts, is_his)
        .outerjoin(persons, and_(persons.c.id == accounts.c.person_id, persons.c.erased_at.is_(None)))
    )
    return _with_memberships(found)


_BY_ACCOUNT = Prepared(lambda: _of_account(_living()))
_ACTOR = Prepared(lambda: _with_memberships(_of_account(_living())))
_ACTOR_IN_DIALOGUE = Prepared(_actor_in_dialogue)
