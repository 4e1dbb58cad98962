"""A coordinator gives one school another term without being asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import AssignmentId
from bot.domain.matters import Matter
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.own_terms import ensure_later, proposed_terms, read_wanted
from bot.domain.reviewing import AssignmentRequestState, DecisionKind
from bot.ports.reviews import NewDecision
from bot.ports.storage import Storage, Stores
from bot.services.accept_reply import MatterClosedError
from bot.services.decide_postponement import RequestView, decide_in, move_term
from bot.services.refresh_messages import Change, refresh_standing
from bot.services.request_postponement import today_of
from bot.services.review_answers import managed_matter
from bot.services.show_draft import work_calendar
from bot.services.tell_school import tell_school


@dataclass(frozen=True, slots=True)
class TermChoice:
    """The matter as it stands, and the days that are offered for it."""

    matter: Matter
    days: tuple[date, ...]


async def choose_term(storage: Storage, *, actor: Actor, assignment_id: AssignmentId, now: datetime) -> TermChoice:
    """Raises NotFoundError, MatterClosedError (it is answered, or owed no more)."""
    async with storage.read() as tx:
        matter = await _owed(tx, actor, assignment_id)
    return TermChoice(matter, proposed_terms(matter.due_on, today=today_of(matter, now), days=work_calendar()))


async def understand_term(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, words: str, now: datetime
) -> date:
    """The day that was typed. Raises as ``choose_term``, TermNotReadError, TermPastError, TermNoLaterError."""
    async with storage.read() as tx:
        matter = await _owed(tx, actor, assignment_id)
    found = read_wanted(one_line(words), today=today_of(matter, now), since=matter.due_on)
    ensure_later(found, due_on=matter.due_on)
    return found


async def give_term(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, due_on: date, source: str, now: datetime
) -> Matter:
    """The school owes it by the end of that day, its reminders move along, and it is told. A request that waits is
    granted by that. The same update handled again, or the same day given again, changes nothing.

    Raises as ``choose_term``, TermPastError, TermNoLaterError.
    """
    async with storage.write() as tx:
        matter = await _owed(tx, actor, assignment_id)
        if await tx.reviews.has_source(source) or (matter.first_on is not None and matter.due_on == due_on):
            return matter
        waiting = await tx.reviews.waiting_request(assignment_id)
        if waiting is not None and waiting.state is AssignmentRequestState.WAITING:
            return (await decide_in(tx, actor, RequestView(waiting, matter), due_on, now=now)).matter
        await move_term(tx, matter, due_on, now=now)
        new = NewDecision(assignment_id, DecisionKind.EXTENDED, actor.person.id, now, source, due_on=due_on)
        decision_id = await tx.reviews.add_decision(new)
        detail = {"event": "extended", "decision": decision_id}
        await tell_school(tx, matter, key=f"extended:{decision_id}", detail=detail, now=now)
        await refresh_standing(tx, [assignment_id], Change.TERM, now=now)
        noted = {"assignment": assignment_id, "until": due_on.isoformat()}
        unit_id = matter.assignment.unit_id
        await tx.audit.record("term given", by=actor.person.id, unit_id=unit_id, detail=noted, now=now)
        return await managed_matter(tx, actor, assignment_id)


async def _owed(tx: Stores, actor: Actor, assignment_id: AssignmentId) -> Matter:
    matter = await managed_matter(tx, actor, assignment_id)
    if not matter.is_open:
        raise MatterClosedError(f"assignment {assignment_id} is owed no more")
    return matter
