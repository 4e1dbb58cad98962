"""The history of one assignment, for those who owe it and for those above them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.domain.reviewing import AnswerMark, PastEntry, may_decide
from bot.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class History:
    """``is_above``: the reader may decide about the answer; ``mark``: of that which stands."""

    matter: Matter
    entries: tuple[PastEntry, ...]
    is_above: bool
    mark: AnswerMark | None


async def show_history(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> History:
    """Everything that was said, asked, handed in, decided and moved, the oldest first. Raises NotFoundError."""
    async with storage.read() as tx:
        matter = await tx.replies.matter(assignment_id)
        unit = None if matter is None else await tx.units.get(matter.assignment.unit_id)
        if matter is None or unit is None:
            raise NotFoundError(f"no assignment {assignment_id}")
        is_above = may_decide(actor, unit_path=unit.path, owed_by=matter.assignment.person_id)
        if not is_above and not matter.assignment.can_be_answered_by(actor):
            raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
        entries = await tx.reviews.history(assignment_id)
        return History(matter, entries, is_above, await tx.reviews.mark(assignment_id))
