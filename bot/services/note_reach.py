"""The messenger told whether a person can be written to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.ids import PersonId
from bot.domain.network import Reach
from bot.ports.storage import Storage, Stores


async def note_reach(storage: Storage, *, person_id: PersonId, reach: Reach, now: datetime) -> bool:
    """Called with the outcome of a delivery. Returns whether anything changed."""
    async with storage.write() as tx:
        return await tx.people.set_reach(person_id, reach, now=now)


async def note_reaches(tx: Stores, reaches: Mapping[PersonId, Reach], *, now: datetime) -> None:
    """Several at once, in the transaction of whoever found it out."""
    for person_id, reach in reaches.items():
        await tx.people.set_reach(person_id, reach, now=now)


async def note_reach_of_account(storage: Storage, *, account: int, reach: Reach, now: datetime) -> bool:
    """Called when the person blocks or unblocks the bot; a stranger's account changes nothing."""
    async with storage.write() as tx:
        person = await tx.people.by_account(account)
        return person is not None and await tx.people.set_reach(person.id, reach, now=now)
