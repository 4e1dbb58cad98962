"""A decision taken back: an answer that was accepted by a wrong tap waits again, one given back by mistake stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, DecisionId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.domain.reviewing import DecisionKind, Review
from bot.domain.undoing import TIME_TO_UNDO
from bot.ports.reviews import NewDecision, PastDecision
from bot.ports.storage import Storage, Stores
from bot.services.refresh_messages import Change, refresh_standing
from bot.services.review_answers import DecidedAlreadyError, managed_matter
from bot.services.tell_school import decision_notices


async def undo_acceptance(
    storage: Storage, *, actor: Actor, decision_id: DecisionId, source: str, now: datetime
) -> Matter:
    """A wrong tap: the answer waits again. Only one's own, only at once, and only while nothing followed.

    Raises NotFoundError, DecidedAlreadyError (it is too late, or another decision stands).
    """
    async with storage.write() as tx:
        decision = await _decision(tx, decision_id, DecisionKind.ACCEPTED)
        matter = await managed_matter(tx, actor, decision.assignment_id)
        if await tx.reviews.has_source(source):
            return matter
        is_fresh = now < decision.decided_at + TIME_TO_UNDO and decision.decided_by_id == actor.person.id
        await _ensure_last(tx, decision, still=matter.is_accepted and is_fresh)
        await tx.reviews.set_review(decision.assignment_id, None)
        await _add(tx, decision, DecisionKind.REOPENED, actor, source, now)
        # Accepted once more, the answer is accepted again: the news of the first time would tell of it too early.
        await tx.reviews.drop_news(decision_id, await tx.reviews.answerers(decision.assignment_id), now=now)
        return await _matter(tx, decision.assignment_id)


async def undo_return(storage: Storage, *, actor: Actor, decision_id: DecisionId, source: str, now: datetime) -> Matter:
    """The answer, what was handed in with it, its review and the term are as they were before; who was told of the
    return is told of this. Any coordinator above may do it, as long as the school has not begun anew.

    Raises NotFoundError, and DecidedAlreadyError where the school has begun anew or another decision stands.
    """
    async with storage.write() as tx:
        decision = await _decision(tx, decision_id, DecisionKind.RETURNED)
        assignment_id = decision.assignment_id
        matter = await managed_matter(tx, actor, assignment_id)
        if await tx.reviews.has_source(source):
            return matter
        await _ensure_last(tx, decision, still=await _is_untouched(tx, matter))
        stood = await _stood_before(tx, decision_id)
        review = Review.ACCEPTED if stood and stood[0].kind is DecisionKind.ACCEPTED else None  # by mistake, even so
        comment = await _comment_of(tx, matter, decision, stood)
        await tx.reviews.put_back(assignment_id, review, comment=comment, returned=decision_id, now=now)
        undone_id = await _add(tx, decision, DecisionKind.UNRETURNED, actor, source, now)
        await _tell(tx, matter, decision_id, undone_id, now)
        detail = {"assignment": assignment_id, "decision": decision_id}
        await tx.audit.record("return undone", by=actor.person.id, unit_id=matter.assignment.unit_id, detail=detail,
                              now=now)  # fmt: skip
        return await _matter(tx, assignment_id)


async def _decision(tx: Stores, decision_id: DecisionId, kind: DecisionKind) -> PastDecision:
    decision = await tx.reviews.decision(decision_id)
    if decision is None or decision.kind is not kind:
        raise NotFoundError(f"no decision {decision_id} of {kind.value}")
    return decision


async def _ensure_last(tx: Stores, decision: PastDecision, *, still: bool) -> None:
    """Nothing was decided since, and it can ``still`` be undone."""
    last = await tx.reviews.last_decision(decision.assignment_id)
    if last is None or last.id != decision.id or not still:
        raise DecidedAlreadyError(last or decision)


async def _add(
    tx: Stores, decision: PastDecision, kind: DecisionKind, actor: Actor, source: str, now: datetime
) -> DecisionId:
    return await tx.reviews.add_decision(NewDecision(decision.assignment_id, kind, actor.person.id, now, source))


async def _is_untouched(tx: Stores, matter: Matter) -> bool:
    """Nothing has been answered, filled in or asked for since."""
    assignment = matter.assignment
    is_returned = assignment.answer is None and matter.reviewing.review is Review.RETURNED
    is_begun = await tx.forms.draft(assignment.id) is not None or matter.reviewing.request_id is not None
    return is_returned and not is_begun


async def _stood_before(tx: Stores, decision_id: DecisionId) -> list[PastDecision]:
    """What had been decided before, the latest first, without the returns that were undone."""
    stood, earlier = list[PastDecision](), await tx.reviews.decision_before(decision_id)
    while earlier is not None:
        if earlier.kind is DecisionKind.UNRETURNED:
            undone = await tx.reviews.decision_before(earlier.id)
            assert undone is not None, "nothing is decided between a return and its undoing"
            earlier = undone
        else:
            stood.append(earlier)
        earlier = await tx.reviews.decision_before(earlier.id)
    return stood


async def _comment_of(tx: Stores, matter: Matter, decision: PastDecision, stood: list[PastDecision]) -> str | None:
    """What stood beside the answer when it was returned; what was said before an earlier return went with that one."""
    cleared_at = next((one.decided_at for one in stood if one.kind is DecisionKind.RETURNED), None)
    assignment = replace(matter.assignment, answer=None, comment=None)
    for said in await tx.replies.history(assignment.id):
        if said.given_at <= decision.decided_at and (cleared_at is None or said.given_at > cleared_at):
            comment = assignment.comment_after(said.answer, said.text)
            assignment = replace(assignment, answer=said.answer or assignment.answer, comment=comment)
    return assignment.comment


async def _tell(tx: Stores, matter: Matter, returned: DecisionId, undone: DecisionId, now: datetime) -> None:
    """Whoever has not heard of the return yet, nor seen it in an older message, does not hear of either."""
    assignment_id = matter.assignment.id
    answerers = await tx.reviews.answerers(assignment_id)
    told = await tx.reviews.told_of_return(returned)
    saw = {*told, *await tx.reviews.shown_decision(returned, answerers)}
    await tx.reviews.drop_news(returned, answerers, now=now)
    detail = {"event": "unreturned", "decision": undone}
    await tx.notices.plan(decision_notices(matter, told, f"unreturned:{undone}", detail, now), now=now)
    await refresh_standing(tx, [assignment_id], Change.UNRETURNED, now=now, only=saw)


async def _matter(tx: Stores, assignment_id: AssignmentId) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    assert matter is not None, "it was read in this very transaction"
    return matter
