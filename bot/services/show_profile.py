"""What is stored about the one who asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.errors import NotFoundError
from bot.domain.network import Actor
from bot.ports.join_requests import JoinRequest
from bot.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class Profile:
    """``actor`` as stored now; ``waiting``: the request he waits with."""

    actor: Actor
    waiting: JoinRequest | None


async def show_profile(storage: Storage, *, actor: Actor) -> Profile:
    """Read anew, because the screen is shown right after a change. Raises NotFoundError once he is erased."""
    async with storage.read() as tx:
        person = await tx.people.get(actor.person.id)
        if person is None:
            raise NotFoundError(f"person {actor.person.id} is erased")
        memberships = tuple(await tx.memberships.of_person(person.id))
        waiting = await tx.join_requests.waiting_of(person.id)
        return Profile(replace(actor, person=person, memberships=memberships), waiting)
