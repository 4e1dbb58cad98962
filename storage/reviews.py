"""Requests for another term, acceptance and return: what waits, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeKind, NoticeState, Unneeded
from bot.domain.ids import (
    ActivityId,
    AssignmentId,
    AssignmentRequestId,
    DecisionId,
    OccurrenceId,
    PersonId,
    ReplyId,
)
from bot.domain.network import Reach
from bot.domain.reviewing import (
    AnswerMark,
    AssignmentRequest,
    AssignmentRequestState,
    DecisionKind,
    PastEntry,
    Review,
)
from bot.ports.reviews import NewAssignmentRequest, NewDecision, PastDecision, QueuedAnswer, QueueSize, Reviewer
from storage.assignment_history import history_of
from storage.coordinators import COORDINATES
from storage.dialect import begins_with
from storage.due import plan_anew
from storage.prepared import Prepared
from storage.put_back import put_answer_back, term_before
from storage.readers import zone_of_member
from storage.review_queue import WAITS, requests_to_decide, waiting_answers
from storage.tables import activities, assignments, memberships, notices, persons, replies
from storage.task_tables import assignment_requests, decisions, submissions

_WITHDRAW = Prepared(
    lambda: (
        update(assignment_requests)
        .where(assignment_requests.c.assignment_id == bindparam("of_assignment"), WAITS)
        .values(
            state=AssignmentRequestState.WITHDRAWN.value, decided_by=bindparam("new_by"), decided_at=bindparam("new_at")
        )
        .returning(assignment_requests.c.id)
    )
)


class ReviewStore:
    """Implements ``bot.ports.reviews.Reviews``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_request(self, request: NewAssignmentRequest) -> AssignmentRequestId:
        row = {
            "assignment_id": request.assignment_id,
            "phrase": request.phrase,
            "wanted_on": request.wanted_on,
            "reason": request.reason,
            "state": AssignmentRequestState.WAITING.value,
            "asked_by": request.asked_by,
            "asked_at": request.asked_at,
            "source": request.source,
        }
        statement = insert(assignment_requests).values(row).returning(assignment_requests.c.id)
        return AssignmentRequestId((await self._connection.execute(statement)).scalar_one())

    async def request(self, request_id: AssignmentRequestId) -> AssignmentRequest | None:
        row = (await self._connection.execute(_requests().where(assignment_requests.c.id == request_id))).one_or_none()
        return None if row is None else _to_request(row)

    async def request_of(self, source: str) -> AssignmentRequestId | None:
        statement = select(assignment_requests.c.id).where(assignment_requests.c.source == source)
        found = (await self._connection.execute(statement)).scalar_one_or_none()
        return None if found is None else AssignmentRequestId(found)

    async def waiting_request(self, assignment_id: AssignmentId) -> AssignmentRequest | None:
        statement = _requests().where(assignment_requests.c.assignment_id == assignment_id, WAITS)
        row = (await self._connection.execute(statement.order_by(assignment_requests.c.id.desc()).limit(1))).first()
        return None if row is None else _to_request(row)

    async def settle_request(
        self,
        request_id: AssignmentRequestId,
        state: AssignmentRequestState,
        *,
        decided_by: PersonId,
        now: datetime,
        granted_on: Any = None,
    ) -> bool:
        values = {"state": state.value, "decided_by": decided_by, "decided_at": now, "granted_on": granted_on}
        statement = update(assignment_requests).where(assignment_requests.c.id == request_id, WAITS).values(values)
        return (await self._connection.execute(statement)).rowcount > 0

    async def withdraw_requests(self, assignment_id: AssignmentId, *, by: PersonId, now: datetime) -> int:
        return len(await _WITHDRAW.all(self._connection, of_assignment=assignment_id, new_by=by, new_at=now))

    async def add_decision(self, decision: NewDecision) -> DecisionId:
        row = {
            "assignment_id": decision.assignment_id,
            "kind": decision.kind.value,
            "reason": decision.reason,
            "due_on": decision.due_on,
            "decided_by": decision.decided_by,
            "decided_at": decision.decided_at,
            "source": decision.source,
        }
        statement = insert(decisions).values(row).returning(decisions.c.id)
        return DecisionId((await self._connection.execute(statement)).scalar_one())

    async def decision(self, decision_id: DecisionId) -> PastDecision | None:
        row = (await self._connection.execute(_decisions().where(decisions.c.id == decision_id))).one_or_none()
        return None if row is None else _to_decision(row)

    async def last_decision(self, assignment_id: AssignmentId) -> PastDecision | None:
        statement = _decisions().where(decisions.c.assignment_id == assignment_id)
        row = (await self._connection.execute(statement.order_by(decisions.c.id.desc()).limit(1))).first()
        return None if row is None else _to_decision(row)

    async def decision_before(self, decision_id: DecisionId) -> PastDecision | None:
        its_assignment = select(decisions.c.assignment_id).where(decisions.c.id == decision_id).scalar_subquery()
        earlier = _decisions().where(decisions.c.assignment_id == its_assignment, decisions.c.id < decision_id)
        row = (await self._connection.execute(earlier.order_by(decisions.c.id.desc()).limit(1))).first()
        return None if row is None else _to_decision(row)

    async def told_of_return(self, decision_id: DecisionId) -> tuple[PersonId, ...]:
        is_of_it = begins_with(self._connection.dialect.name, notices.c.key, literal(f"returned:{decision_id}:"))
        statement = select(notices.c.person_id).where(is_of_it, _HAS_GONE)
        return tuple(PersonId(i) for i in (await self._connection.execute(statement)).scalars())

    async def shown_decision(self, decision_id: DecisionId, people: Collection[PersonId]) -> tuple[PersonId, ...]:
        is_edit = notices.c.kind == NoticeKind.REFRESH.value
        statement = select(notices.c.person_id).where(_is_news_of(decision_id, people), is_edit, _HAS_GONE)
        return tuple(PersonId(i) for i in (await self._connection.execute(statement.distinct())).scalars())

    async def drop_news(self, decision_id: DecisionId, people: Collection[PersonId], *, now: datetime) -> None:
        waits = notices.c.state == NoticeState.PLANNED.value
        values = {"state": NoticeState.CANCELLED.value, "settled_at": now, "error": Unneeded.DROPPED.value}
        await self._connection.execute(update(notices).where(_is_news_of(decision_id, people), waits).values(values))

    async def has_source(self, source: str) -> bool:
        statement = select(decisions.c.id).where(decisions.c.source == source)
        return (await self._connection.execute(statement)).first() is not None

    async def mark(self, assignment_id: AssignmentId) -> AnswerMark | None:
        statement = select(_last_reply().label("reply_id"), _last_decision().label("decision_id"))
        row = (await self._connection.execute(statement.where(assignments.c.id == assignment_id))).one_or_none()
        if row is None or row.reply_id is None:
            return None
        return AnswerMark(ReplyId(row.reply_id), DecisionId(row.decision_id))

    async def set_review(self, assignment_id: AssignmentId, review: Review | None) -> None:
        await self._set(assignment_id, review=None if review is None else review.value)
        state = "accepted" if review is Review.ACCEPTED else "handed_in"
        await self._mark_submission(assignment_id, state)

    async def ask_acceptance(self, activity_id: ActivityId, *, is_needed: bool) -> None:
        statement = update(activities).where(activities.c.id == activity_id)
        await self._connection.execute(statement.values(needs_acceptance=is_needed))

    async def take_back(self, assignment_id: AssignmentId) -> None:
        nothing: dict[str, Any] = {"answer": None, "answered_at": None, "answered_by": None, "comment": None}
        await self._set(assignment_id, review=Review.RETURNED.value, **nothing)
        await self._mark_submission(assignment_id, "returned")

    async def put_back(
        self,
        assignment_id: AssignmentId,
        review: Review | None,
        *,
        comment: str | None,
        returned: DecisionId,
        now: datetime,
    ) -> None:
        await put_answer_back(self._connection, assignment_id, review, comment)
        version = assignments.c.due_version + 1
        due_on, due_at = await term_before(self._connection, assignment_id, returned)
        await self._set(assignment_id, due_at=due_at, due_on=due_on, due_version=version)
        await plan_anew(self._connection, assignment_id, now=now)

    async def set_term(self, assignment_id: AssignmentId, *, due_at: datetime, due_on: Any, now: datetime) -> int:
        version = assignments.c.due_version + 1
        await self._set(assignment_id, due_at=due_at, due_on=due_on, due_version=version)
        await plan_anew(self._connection, assignment_id, now=now)
        statement = select(assignments.c.due_version).where(assignments.c.id == assignment_id)
        return int((await self._connection.execute(statement)).scalar_one())

    async def queue_size(self, scope: Sequence[str], besides: PersonId) -> QueueSize:
        requests = select(func.count()).select_from(requests_to_decide(self._connection, scope, besides).subquery())
        return QueueSize(
            await self.count_queue(scope, besides), int((await self._connection.execute(requests)).scalar_one())
        )

    async def queue(
        self,
        scope: Sequence[str],
        besides: PersonId,
        *,
        limit: int,
        offset: int = 0,
        after: ReplyId | None = None,
        occurrence_id: OccurrenceId | None = None,
    ) -> tuple[QueuedAnswer, ...]:
        ids = waiting_answers(self._connection, scope, besides, occurrence_id)
        marked = select(assignments.c.id, _last_reply().label("reply_id"), _last_decision().label("decision_id"))
        waiting = marked.where(assignments.c.id.in_(ids)).subquery()
        statement = select(waiting).order_by(waiting.c.reply_id).limit(limit).offset(offset)
        if after is not None:
            statement = statement.where(waiting.c.reply_id > after)
        return tuple(
            QueuedAnswer(AssignmentId(row.id), AnswerMark(ReplyId(row.reply_id), DecisionId(row.decision_id)))
            for row in await self._connection.execute(statement)
        )

    async def count_queue(
        self, scope: Sequence[str], besides: PersonId, occurrence_id: OccurrenceId | None = None
    ) -> int:
        waiting = waiting_answers(self._connection, scope, besides, occurrence_id).subquery()
        return int((await self._connection.execute(select(func.count()).select_from(waiting))).scalar_one())

    async def waiting_requests(
        self, scope: Sequence[str], besides: PersonId, *, limit: int
    ) -> tuple[AssignmentRequest, ...]:
        theirs = requests_to_decide(self._connection, scope, besides)
        asked = _requests().where(WAITS, assignment_requests.c.assignment_id.in_(theirs))
        rows = await self._connection.execute(
            asked.order_by(assignment_requests.c.id).limit(limit)
        )  # fmt: skip
        return tuple(_to_request(row) for row in rows)

    async def history(self, assignment_id: AssignmentId) -> tuple[PastEntry, ...]:
        return await history_of(self._connection, assignment_id)

    async def answerers(self, assignment_id: AssignmentId) -> tuple[PersonId, ...]:
        is_himself = persons.c.id == assignments.c.person_id
        coordinates = and_(
            assignments.c.person_id.is_(None),
            memberships.c.unit_id == assignments.c.unit_id,
            memberships.c.person_id == persons.c.id,
            COORDINATES,
        )
        is_of_it = or_(is_himself, select(memberships.c.id).where(coordinates).exists())
        statement = (
            select(persons.c.id)
            .select_from(persons.join(assignments, is_of_it))
            .where(assignments.c.id == assignment_id, persons.c.reach == Reach.REACHABLE.value)
            .order_by(persons.c.id)
        )
        return tuple(PersonId(i) for i in (await self._connection.execute(statement)).scalars())

    async def _set(self, assignment_id: AssignmentId, **values: Any) -> None:
        await self._connection.execute(update(assignments).where(assignments.c.id == assignment_id).values(values))

    async def _mark_submission(self, assignment_id: AssignmentId, state: str) -> None:
        """Only of what was handed in: a draft stays a draft, and what was returned before stays as it was."""
        of_it = submissions.c.assignment_id == assignment_id
        handed_in = submissions.c.state.in_(("handed_in", "accepted"))
        is_over = submissions.c.state != "draft"  # a change may be under way beside it
        latest = select(func.max(submissions.c.number)).where(of_it, is_over).scalar_subquery()
        statement = update(submissions).where(of_it, submissions.c.number == latest, handed_in)
        await self._connection.execute(statement.values(state=state))

    async def reviewers(self, person_ids: Sequence[PersonId], *, apart_since: datetime) -> tuple[Reviewer, ...]:
        told = func.coalesce(notices.c.settled_at, notices.c.due_at)
        is_of_all = notices.c.key.startswith("review:p")
        is_apart = or_(notices.c.key.startswith("postpone:"), notices.c.key.startswith("not-ours:"))
        is_waiting = notices.c.state.in_([NoticeState.PLANNED.value, NoticeState.IN_DOUBT.value])
        is_sent = notices.c.state == NoticeState.SENT.value
        statement = (
            select(
                persons.c.id,
                func.coalesce(persons.c.timezone, zone_of_member(persons.c.id)).label("zone"),
                func.max(case((and_(is_of_all, is_waiting), 1), else_=0)).label("is_about_to_hear"),
                func.max(case((and_(is_of_all, is_sent), told))).label("heard_at"),
                func.sum(case((and_(is_apart, notices.c.created_at > apart_since), 1), else_=0)).label("apart"),
            )
            .outerjoin(notices, and_(notices.c.person_id == persons.c.id, or_(is_of_all, is_apart)))
            .where(persons.c.id.in_(person_ids))
            .group_by(persons.c.id)
            .order_by(persons.c.id)
        )
        return tuple(
            Reviewer(
                PersonId(row.id),
                ZoneInfo(row.zone) if row.zone else None,
                bool(row.is_about_to_hear),
                row.heard_at,
                int(row.apart),
            )
            for row in await self._connection.execute(statement)
        )


_HAS_GONE = notices.c.state.in_([NoticeState.SENT.value, NoticeState.SENDING.value, NoticeState.IN_DOUBT.value])


def _is_news_of(decision_id: DecisionId, people: Collection[PersonId]) -> ColumnElement[bool]:
    """Of ``notices``; by their few readers, of which there is an index."""
    return and_(notices.c.person_id.in_(people), notices.c.detail["decision"].as_integer() == decision_id)


def _last_reply() -> Any:
    return (
        select(func.max(replies.c.id))
        .where(replies.c.assignment_id == assignments.c.id, replies.c.answer.is_not(None))
        .correlate(assignments)
        .scalar_subquery()
    )


def _last_decision() -> Any:
    of_it = decisions.c.assignment_id == assignments.c.id
    return select(func.coalesce(func.max(decisions.c.id), 0)).where(of_it).correlate(assignments).scalar_subquery()


def _requests() -> Select[Any]:
    asker, decider = persons.alias("asker"), persons.alias("decider")
    return (
        select(
            assignment_requests,
            asker.c.full_name.label("asked_by_name"),
            decider.c.full_name.label("decided_by_name"),
        )
        .join(asker, asker.c.id == assignment_requests.c.asked_by)
        .outerjoin(decider, decider.c.id == assignment_requests.c.decided_by)
    )


def _to_request(row: Row[Any]) -> AssignmentRequest:
    return AssignmentRequest(
        id=AssignmentRequestId(row.id),
        assignment_id=AssignmentId(row.assignment_id),
        wanted_on=row.wanted_on,
        reason=row.reason,
        state=AssignmentRequestState(row.state),
        asked_by=PersonId(row.asked_by),
        asked_by_name=row.asked_by_name,
        asked_at=row.asked_at,
        decided_by=row.decided_by_name,
        decided_at=row.decided_at,
        granted_on=row.granted_on,
    )


def _decisions() -> Select[Any]:
    return select(decisions, persons.c.full_name).join(persons, persons.c.id == decisions.c.decided_by)


def _to_decision(row: Row[Any]) -> PastDecision:
    return PastDecision(
        id=DecisionId(row.id),
        assignment_id=AssignmentId(row.assignment_id),
        kind=DecisionKind(row.kind),
        decided_by_id=PersonId(row.decided_by),
        decided_by=row.full_name,
        decided_at=row.decided_at,
        reason=row.reason,
        due_on=row.due_on,
    )
