"""A form as it was handed in: to those who answered, and to the coordinators above."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import NotFoundError
from bot.domain.forms import Submission
from bot.domain.ids import AssignmentId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class HandedIn:
    """``is_own``: the reader answers for it himself."""

    matter: Matter
    submission: Submission
    is_own: bool


async def show_form(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> HandedIn:
    """The latest that was handed in. Raises NotFoundError (also for who stands neither there nor above)."""
    async with storage.read() as tx:
        matter = await tx.replies.matter(assignment_id)
        submission = await tx.forms.handed_in(assignment_id)
        unit = None if matter is None else await tx.units.get(matter.assignment.unit_id)
        if matter is not None and submission is not None and unit is not None:
            is_own = matter.assignment.can_be_answered_by(actor)
            if is_own or actor.can_manage(unit.path):
                return HandedIn(matter, submission, is_own)
    raise NotFoundError(f"the form of assignment {assignment_id} for person {actor.person.id}")
