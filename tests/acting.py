"""Who acts in a test, with his rights read from the database as for every update."""

from __future__ import annotations

from bot.domain.ids import PersonId
from bot.domain.network import Actor
from storage.database import Database
from tests.factories import account_of


async def actor_of(database: Database, person: PersonId, *, is_owner: bool = False) -> Actor:
    """A person of the factory as an actor."""
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(account_of(person), is_owner=is_owner)
    assert actor is not None
    return actor
