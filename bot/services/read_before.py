"""What those invited can read before an event."""

from __future__ import annotations

from bot.domain.errors import NotFoundError
from bot.domain.event_drafts import DraftMaterial
from bot.domain.ids import AssignmentId
from bot.domain.network import Actor
from bot.ports.storage import Storage


async def read_before(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> tuple[DraftMaterial, ...]:
    """Links and files, by the messenger's own id. Raises NotFoundError for who is not invited, or no longer."""
    async with storage.read() as tx:
        matter = await tx.replies.matter(assignment_id)
        if matter is None or matter.is_withdrawn or not matter.assignment.can_be_answered_by(actor):
            raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
        return await tx.announcing.materials_before(matter.activity_id)
