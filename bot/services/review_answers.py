"""«На проверку»: a coordinator looks at the answers below him, accepts them or gives them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError, NotFoundError
from bot.domain.forms import Submission
from bot.domain.ids import AssignmentId, DecisionId, OccurrenceId, ReplyId
from bot.domain.matters import MAX_REPLY_TEXT, ActivityKind, Matter, OccurrenceState
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.own_terms import ensure_ahead, own_due_at, read_wanted
from bot.domain.reviewing import AnswerMark, AssignmentRequest, DecisionKind, Review, may_decide
from bot.domain.undoing import TIME_TO_UNDO
from bot.ports.reviews import NewDecision, PastDecision, QueuedAnswer
from bot.ports.storage import Storage, Stores
from bot.services.accept_reply import MatterClosedError, ReplyTooLongError
from bot.services.refresh_messages import Change, refresh_standing
from bot.services.request_postponement import today_of
from bot.services.show_board import board_scope
from bot.services.tell_school import tell_school

_PAGE = 6
_REQUESTS = 10


class AnswerChangedError(DomainError):
    """The school has answered anew, or taken its answer back, since it was shown."""


class DecidedAlreadyError(DomainError):
    """Another coordinator (or a second tap) has decided about this answer meanwhile."""

    def __init__(self, decision: PastDecision) -> None:
        super().__init__(f"assignment {decision.assignment_id} is {decision.kind}")
        self.decision = decision


class ReturnReasonNeededError(DomainError):
    """Nothing is given back without a word why."""


@dataclass(frozen=True, slots=True)
class ReviewedMatter:
    """An answer with its mark; ``decision``: the latest about the matter; ``filled``: what was handed in with it."""

    matter: Matter
    mark: AnswerMark
    decision: PastDecision | None = None
    filled: Submission | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A page of what waits; ``page`` counts from 0 and is the last one where a later was asked for.

    ``requests``: for another term, the oldest first; ``title``: of the one date that it is about.
    """

    answers: tuple[ReviewedMatter, ...]
    total: int
    page: int
    pages: int
    requests: tuple[tuple[AssignmentRequest, Matter], ...]
    occurrence_id: OccurrenceId | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The matter as it stands after the decision; ``decision_id``: of that."""

    matter: Matter
    decision_id: DecisionId


async def list_queue(
    storage: Storage, *, actor: Actor, page: int = 0, occurrence_id: OccurrenceId | None = None
) -> ReviewPage:
    """What waits for the actor, in the order in which it came. Raises NotAllowedError."""
    scope, me = board_scope(actor), actor.person.id
    async with storage.read() as tx:
        total = await tx.reviews.count_queue(scope, me, occurrence_id)
        pages = max(1, -(-total // _PAGE))
        page = min(max(page, 0), pages - 1)
        queued = await tx.reviews.queue(scope, me, limit=_PAGE, offset=page * _PAGE, occurrence_id=occurrence_id)
        answers = [await _reviewed(tx, one) for one in queued]
        requests = await tx.reviews.waiting_requests(scope, me, limit=_REQUESTS) if occurrence_id is None else ()
        asked = [(one, await tx.replies.matter(one.assignment_id)) for one in requests]
    known = tuple((one, matter) for one, matter in asked if matter is not None)
    return ReviewPage(tuple(answers), total, page, pages, known, occurrence_id)


async def next_in_queue(
    storage: Storage, *, actor: Actor, after: ReplyId | None, occurrence_id: OccurrenceId | None = None
) -> ReviewedMatter | None:
    """The answer that came next after that one, else the first that waits; None where none does."""
    scope, me = board_scope(actor), actor.person.id
    async with storage.read() as tx:
        queued = await tx.reviews.queue(scope, me, limit=1, after=after, occurrence_id=occurrence_id)
        if not queued and after is not None:
            queued = await tx.reviews.queue(scope, me, limit=1, occurrence_id=occurrence_id)
        return await _with_form(tx, await _reviewed(tx, queued[0])) if queued else None


async def read_answer(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> tuple[Matter, AnswerMark]:
    """The matter as it stands, for who may decide about it. Raises NotFoundError."""
    async with storage.read() as tx:
        matter = await managed_matter(tx, actor, assignment_id)
        return matter, await tx.reviews.mark(assignment_id) or _NOTHING


async def show_reviewed(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> ReviewedMatter:
    """The same with all that a decision needs to be seen. Raises NotFoundError."""
    async with storage.read() as tx:
        matter = await managed_matter(tx, actor, assignment_id)
        mark = await tx.reviews.mark(assignment_id) or _NOTHING
        return await _with_form(tx, ReviewedMatter(matter, mark, await tx.reviews.last_decision(assignment_id)))


async def accept_answer(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, mark: AnswerMark, source: str, now: datetime
) -> Reviewed:
    """Takes the answer that was seen; of «Не относится к нам» it says that it is so. The school hears in ten minutes.

    Raises NotFoundError, MatterClosedError, AnswerChangedError, DecidedAlreadyError.
    """
    async with storage.write() as tx:
        matter = await managed_matter(tx, actor, assignment_id)
        if await tx.reviews.has_source(source):
            return Reviewed(matter, (await _last(tx, assignment_id)).id)
        await _ensure_seen(tx, matter, mark)
        return await _accept(tx, actor, matter, source=source, now=now)


async def accept_shown(
    storage: Storage,
    *,
    actor: Actor,
    first: ReplyId,
    last: ReplyId,
    occurrence_id: OccurrenceId | None,
    source: str,
    now: datetime,
) -> int:
    """Takes all answers of a page: those that came from the ``first`` to the ``last`` shown and wait still.

    «Не относится к нам» is decided one by one. Returns how many were taken. Raises NotAllowedError.
    """
    scope, me = board_scope(actor), actor.person.id
    async with storage.write() as tx:
        before = ReplyId(first - 1)
        queued = await tx.reviews.queue(scope, me, limit=_PAGE, after=before, occurrence_id=occurrence_id)
        taken = 0
        for one in queued:
            matter = await tx.replies.matter(one.assignment_id)
            if one.mark.reply_id > last or matter is None or not matter.reviewing.is_needed:
                continue
            if is_not_ours(matter):
                continue
            await _accept(tx, actor, matter, source=f"{source}:{one.assignment_id}", now=now)
            taken += 1
        return taken


async def understand_return_term(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, words: str, now: datetime
) -> date:
    """The day that the coordinator typed. Raises NotFoundError, TermNotReadError, TermPastError."""
    async with storage.read() as tx:
        matter = await managed_matter(tx, actor, assignment_id)
    return read_wanted(one_line(words), today=today_of(matter, now))


async def return_answer(
    storage: Storage,
    *,
    actor: Actor,
    assignment_id: AssignmentId,
    mark: AnswerMark,
    reason: str,
    due_on: date,
    source: str,
    now: datetime,
) -> Reviewed:
    """Gives the answer back with a reason and a term: it is owed again, what was filled in stays for the next filling.

    Also one that was accepted, as long as ``mark`` is of what was seen. Raises NotFoundError, MatterClosedError,
    AnswerChangedError, DecidedAlreadyError, ReturnReasonNeededError, ReplyTooLongError, TermPastError.
    """
    reason = one_line(reason)
    if not reason:
        raise ReturnReasonNeededError(f"assignment {assignment_id}")
    if len(reason) > MAX_REPLY_TEXT:
        raise ReplyTooLongError(len(reason))
    async with storage.write() as tx:
        matter = await managed_matter(tx, actor, assignment_id)
        if await tx.reviews.has_source(source):
            return Reviewed(matter, (await _last(tx, assignment_id)).id)
        await _ensure_seen(tx, matter, mark)
        ensure_ahead(due_on, today=today_of(matter, now))
        await tx.reviews.take_back(assignment_id)
        due_at = own_due_at(due_on, ZoneInfo(matter.timezone))
        await tx.reviews.set_term(assignment_id, due_at=due_at, due_on=due_on, now=now)
        new = NewDecision(assignment_id, DecisionKind.RETURNED, actor.person.id, now, source, reason, due_on)
        decision_id = await tx.reviews.add_decision(new)
        detail = {"event": "returned", "decision": decision_id}
        await tell_school(tx, matter, key=f"returned:{decision_id}", detail=detail, now=now)
        await refresh_standing(tx, [assignment_id], Change.RETURNED, now=now, decision_id=decision_id)
        return await _decided(tx, actor, matter, decision_id, "answer returned", now)


def is_not_ours(matter: Matter) -> bool:
    """Whether what waits is «Не относится к нам»."""
    return matter.assignment.answer is not None and matter.assignment.answer.value == "not_ours"


async def managed_matter(tx: Stores, actor: Actor, assignment_id: AssignmentId) -> Matter:
    """A task that somebody owes below the actor: who comes to an event is not reviewed. Raises NotFoundError."""
    matter = await tx.replies.matter(assignment_id)
    unit = None if matter is None else await tx.units.get(matter.assignment.unit_id)
    if matter is None or unit is None or matter.kind is not ActivityKind.TASK:
        raise NotFoundError(f"no assignment {assignment_id}")
    if not may_decide(actor, unit_path=unit.path, owed_by=matter.assignment.person_id):
        raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
    return matter


_NOTHING = AnswerMark(ReplyId(0), DecisionId(0))


async def _reviewed(tx: Stores, queued: QueuedAnswer) -> ReviewedMatter:
    matter = await tx.replies.matter(queued.assignment_id)
    assert matter is not None, "it was found in this very transaction"
    return ReviewedMatter(matter, queued.mark, await tx.reviews.last_decision(queued.assignment_id))


async def _with_form(tx: Stores, one: ReviewedMatter) -> ReviewedMatter:
    form = one.matter.form
    if form is None or not form.is_handed_in:
        return one
    return replace(one, filled=await tx.forms.handed_in(one.matter.assignment.id))


async def _ensure_seen(tx: Stores, matter: Matter, mark: AnswerMark) -> None:
    """The decision is about the answer that was shown: not about a newer one, nor about one decided meanwhile."""
    if matter.state is not OccurrenceState.OPEN or matter.is_withdrawn:
        raise MatterClosedError(f"assignment {matter.assignment.id} is closed")
    current = await tx.reviews.mark(matter.assignment.id) or _NOTHING
    if current.decision != mark.decision:
        raise DecidedAlreadyError(await _last(tx, matter.assignment.id))
    answer = matter.assignment.answer
    if current.reply_id != mark.reply_id or answer is None or not answer.is_final:
        raise AnswerChangedError(f"assignment {matter.assignment.id}: {current.reply_id}, not {mark.reply_id}")


async def _accept(tx: Stores, actor: Actor, matter: Matter, *, source: str, now: datetime) -> Reviewed:
    if matter.is_accepted:
        raise DecidedAlreadyError(await _last(tx, matter.assignment.id))
    await tx.reviews.set_review(matter.assignment.id, Review.ACCEPTED)
    new = NewDecision(matter.assignment.id, DecisionKind.ACCEPTED, actor.person.id, now, source)
    decision_id = await tx.reviews.add_decision(new)
    detail = {"event": "accepted", "decision": decision_id}
    await tell_school(tx, matter, key=f"accepted:{decision_id}", detail=detail, now=now, after=TIME_TO_UNDO)
    owed = [matter.assignment.id]
    await refresh_standing(tx, owed, Change.ACCEPTED, now=now, after=TIME_TO_UNDO, decision_id=decision_id)
    return await _decided(tx, actor, matter, decision_id, "answer accepted", now)


async def _decided(
    tx: Stores, actor: Actor, matter: Matter, decision_id: DecisionId, act: str, now: datetime
) -> Reviewed:
    detail = {"assignment": matter.assignment.id, "decision": decision_id}
    await tx.audit.record(act, by=actor.person.id, unit_id=matter.assignment.unit_id, detail=detail, now=now)
    changed = await tx.replies.matter(matter.assignment.id)
    assert changed is not None, "it was read in this very transaction"
    return Reviewed(changed, decision_id)


async def _last(tx: Stores, assignment_id: AssignmentId) -> PastDecision:
    last = await tx.reviews.last_decision(assignment_id)
    assert last is not None, "a decision was found by its source, or stands in the mark"
    return last
