"""Matters as their owners see them, and the answers given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.documents import DocumentFact
from bot.domain.events import MaterialPhase, SeatState, SubstitutionState
from bot.domain.ids import (
    AssignmentId,
    OccurrenceId,
    PersonId,
    ReplyId,
    UnitId,
)
from bot.domain.matters import ActivityKind, Answer, Matter, OccurrenceState
from bot.domain.network import Reach
from bot.domain.reviewing import AssignmentRequestState, DecisionKind, Review
from bot.ports.replies import LaterDates, MatterPage, NewReply, PastReply
from storage.alike import alike
from storage.applications import with_applications
from storage.coordinators import COORDINATES
from storage.due import term_at, term_has_time, term_on
from storage.event_tables import materials, seats, substitutions
from storage.form_standing import FORM_STANDING
from storage.gathering import TELLS_SEVERAL
from storage.given_answers import add_reply
from storage.matter_rows import answer_from, matter_from
from storage.prepared import Prepared
from storage.repeats import is_after_another, later_dates
from storage.seats import mark_booked_up
from storage.substitutes import comes_for
from storage.tables import (
    activities,
    assignments,
    documents,
    memberships,
    notices,
    occurrences,
    persons,
    replies,
    units,
)
from storage.task_tables import assignment_requests, decisions

_FINAL = [answer.value for answer in Answer if answer.is_final]
_WAITS = AssignmentRequestState.WAITING.value
_ASKED_OR_AGREED = (SubstitutionState.ASKED.value, SubstitutionState.AGREED.value)


class ReplyStore:
    """Implements ``bot.ports.replies.Replies``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def matter(self, assignment_id: AssignmentId) -> Matter | None:
        row = await _MATTER.first(self._connection, of_assignment=assignment_id)
        return None if row is None else (await self._read([row]))[0]

    async def matter_and_source(self, assignment_id: AssignmentId, source: str) -> tuple[Matter | None, bool]:
        row = await _MATTER_AND_SOURCE.first(self._connection, of_assignment=assignment_id, of_source=source)
        return (None, False) if row is None else ((await self._read([row]))[0], bool(row.has_source))

    async def matters(self, assignment_ids: Sequence[AssignmentId]) -> tuple[Matter, ...]:
        return await self._read(await _MATTERS.all(self._connection, ids=assignment_ids))

    async def alike(self, assignment_ids: Sequence[AssignmentId]) -> Mapping[AssignmentId, AssignmentId]:
        return await alike(self._connection, _matters(), assignment_ids)

    async def open_matters(
        self, person_id: PersonId, school_ids: Sequence[UnitId], *, since: datetime, offset: int, limit: int
    ) -> MatterPage:
        is_open = and_(
            _owed_by(person_id, school_ids),
            occurrences.c.state == OccurrenceState.OPEN.value,
            or_(assignments.c.answer.is_(None), assignments.c.answer.not_in(_FINAL)),
            or_(
                activities.c.kind == ActivityKind.TASK.value,
                func.coalesce(occurrences.c.ends_at, occurrences.c.due_at) >= since,
            ),
            ~is_after_another(since),
        )
        return await self._page(is_open, term_at, offset=offset, limit=limit)

    async def later_dates(
        self, assignment_ids: Sequence[AssignmentId], *, since: datetime
    ) -> Mapping[AssignmentId, LaterDates]:
        return await later_dates(self._connection, assignment_ids, since=since)

    async def answered_matters(
        self, person_id: PersonId, school_ids: Sequence[UnitId], *, offset: int, limit: int
    ) -> MatterPage:
        is_answered = and_(_owed_by(person_id, school_ids), assignments.c.answer.in_(_FINAL))
        return await self._page(is_answered, assignments.c.answered_at.desc(), offset=offset, limit=limit)

    async def matter_of_message(self, person_id: PersonId, message_id: int) -> AssignmentId | None:
        statement = (
            select(notices.c.assignment_id)
            .where(notices.c.person_id == person_id, notices.c.message_id == message_id, ~TELLS_SEVERAL)
            .order_by(notices.c.id.desc())
            .limit(1)
        )
        found = (await self._connection.execute(statement)).scalar_one_or_none()
        return None if found is None else AssignmentId(found)

    async def has_source(self, source: str) -> bool:
        return await _OF_SOURCE.first(self._connection, of_source=source) is not None

    async def add(self, reply: NewReply, *, comment: str | None) -> ReplyId:
        return await add_reply(self._connection, reply, comment=comment)

    async def history(self, assignment_id: AssignmentId) -> tuple[PastReply, ...]:
        statement = (
            select(replies.c.id, persons.c.full_name, replies.c.answer, replies.c.text, replies.c.given_at)
            .join(persons, persons.c.id == replies.c.person_id)
            .where(replies.c.assignment_id == assignment_id)
            .order_by(replies.c.id)
        )
        return tuple(
            PastReply(ReplyId(row.id), row.full_name, answer_from(row.answer), row.text, row.given_at)
            for row in await self._connection.execute(statement)
        )

    async def clear_answers(self, occurrence_id: OccurrenceId) -> int:
        statement = (
            update(assignments)
            .where(assignments.c.occurrence_id == occurrence_id, assignments.c.answer.is_not(None))
            .values(answer=None, answered_at=None, answered_by=None, comment=None, review=None)
        )
        return (await self._connection.execute(statement)).rowcount

    async def coordinators_for(
        self, unit_id: UnitId, *, with_own: bool, besides: PersonId | None = None
    ) -> tuple[PersonId, ...]:
        path = (await self._connection.execute(select(units.c.path).where(units.c.id == unit_id))).scalar_one()
        way_up = [int(part) for part in path.strip("/").split("/")]
        if not with_own:
            way_up.remove(unit_id)
        statement = (
            select(memberships.c.unit_id, memberships.c.person_id)
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(
                memberships.c.unit_id.in_(way_up),
                COORDINATES,
                persons.c.reach == Reach.REACHABLE.value,
                memberships.c.person_id != (besides or 0),
            )
            .order_by(memberships.c.person_id)
        )
        rows = (await self._connection.execute(statement)).all()
        nearest = max((way_up.index(row.unit_id) for row in rows), default=None)
        return tuple(PersonId(row.person_id) for row in rows if way_up.index(row.unit_id) == nearest)

    async def _page(
        self, condition: ColumnElement[bool], order: ColumnElement[Any], *, offset: int, limit: int
    ) -> MatterPage:
        owed = _matters().where(condition)
        total = (await self._connection.execute(select(func.count()).select_from(owed.subquery()))).scalar_one()
        rows = await self._connection.execute(owed.order_by(order, assignments.c.id).offset(offset).limit(limit))
        return MatterPage(await self._read(rows.all()), total)

    async def _read(self, rows: Sequence[Row[Any]]) -> tuple[Matter, ...]:
        """What is read beside the rows and differs from person to person is to be known to ``storage/alike.py``."""
        matters = await with_applications(self._connection, [matter_from(row) for row in rows])
        return await mark_booked_up(self._connection, matters)


def _owed_by(person_id: PersonId, school_ids: Sequence[UnitId]) -> ColumnElement[bool]:
    own = assignments.c.person_id == person_id
    of_schools = and_(assignments.c.person_id.is_(None), assignments.c.unit_id.in_(school_ids))
    return and_(or_(own, of_schools), assignments.c.withdrawn_at.is_(None))


@cache  # built once: with its aliases the statement takes longer to build than to run
def _matters() -> Select[Any]:
    answerer, substitute = persons.alias("answerer"), persons.alias("substitute")
    asked = assignment_requests.alias("asked")
    is_asked = and_(substitutions.c.assignment_id == assignments.c.id, substitutions.c.state.in_(_ASKED_OR_AGREED))
    return (
        select(
            *_WHOSE_IT_IS,
            answerer.c.full_name.label("answered_by_name"),
            units.c.title.label("unit_title"),
            *_when_it_is_due(),
            *_how_it_was_decided(),
            asked.c.id.label("request_id"),
            asked.c.wanted_on,
            *_WHAT_IT_IS,
            *_who_sits(),
            substitute.c.full_name.label("substitute_name"),
            substitutions.c.state.label("substitution"),
            comes_for().label("comes_for"),
            _has_materials(MaterialPhase.AFTER).label("has_recording"),
            _has_materials(MaterialPhase.BEFORE).label("has_materials"),
            *FORM_STANDING,
        )
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .join(units, units.c.id == assignments.c.unit_id)
        .outerjoin(documents, documents.c.id == activities.c.document_id)
        .outerjoin(answerer, answerer.c.id == assignments.c.answered_by)
        .outerjoin(asked, and_(asked.c.assignment_id == assignments.c.id, asked.c.state == _WAITS))
        .outerjoin(seats, seats.c.assignment_id == assignments.c.id)
        .outerjoin(substitutions, is_asked)
        .outerjoin(substitute, substitute.c.id == substitutions.c.person_id)
    )


def _when_it_is_due() -> tuple[ColumnElement[Any], ...]:
    """The term that counts for this one, and that of all others."""
    return (
        occurrences.c.version,
        occurrences.c.moved_from,
        _was_answered().label("was_answered"),
        term_at.label("due_at"),
        term_on.label("due_on"),
        term_has_time.label("has_time"),
        occurrences.c.due_on.label("first_on"),
        assignments.c.due_on.label("own_on"),
        assignments.c.due_version,
    )


def _how_it_was_decided() -> tuple[ColumnElement[Any], ...]:
    return (
        assignments.c.review,
        activities.c.needs_acceptance,
        case((assignments.c.review == Review.RETURNED.value, _why_returned())).label("return_reason"),
    )


def _who_sits() -> tuple[ColumnElement[Any], ...]:
    return (
        seats.c.state.label("seat"),
        seats.c.offered_until,
        case((seats.c.state == SeatState.RESERVE.value, _place_in_reserve())).label("reserve_place"),
    )


_WHOSE_IT_IS: tuple[ColumnElement[Any], ...] = (
    assignments.c.id.label("assignment_id"),
    assignments.c.occurrence_id,
    assignments.c.unit_id,
    assignments.c.person_id,
    assignments.c.answer,
    assignments.c.answered_at,
    assignments.c.answered_by,
    assignments.c.comment,
    assignments.c.attendance,
    assignments.c.withdrawn_at,
)
_WHAT_IT_IS: tuple[ColumnElement[Any], ...] = (
    occurrences.c.timezone,
    occurrences.c.state,
    occurrences.c.ends_at,
    activities.c.id.label("activity_id"),
    activities.c.kind,
    activities.c.title,
    activities.c.responsible,
    activities.c.result,
    activities.c.phrase,
    activities.c.link,
    activities.c.asks,
    activities.c.event,
    activities.c.series_id,
    documents.c.kind.label("document_kind"),
    documents.c.number.label("document_number"),
    documents.c.dated.label("document_dated"),
    documents.c.title.label("document_title"),
    documents.c.quotes[DocumentFact.KIND.value].as_string().label("document_kind_title"),
)


_MATTER = Prepared(lambda: _matters().where(assignments.c.id == bindparam("of_assignment")))
_MATTER_AND_SOURCE = Prepared(
    lambda: (
        _matters()
        .add_columns(
            select(replies.c.id).where(replies.c.source == bindparam("of_source")).exists().label("has_source")
        )
        .where(assignments.c.id == bindparam("of_assignment"))
    )
)
_MATTERS = Prepared(
    lambda: (
        _matters().where(assignments.c.id.in_(bindparam("ids", expanding=True))).order_by(term_at, assignments.c.id)
    ),
    lists=["ids"],
)
_OF_SOURCE = Prepared(lambda: select(replies.c.id).where(replies.c.source == bindparam("of_source")))


def _place_in_reserve() -> Any:
    before = seats.alias("before")
    return (
        select(func.count())
        .where(
            before.c.occurrence_id == seats.c.occurrence_id,
            before.c.state == SeatState.RESERVE.value,
            before.c.place <= seats.c.place,
        )
        .correlate(seats)
        .scalar_subquery()
    )


def _has_materials(phase: MaterialPhase) -> Any:
    """What nobody was told of yet is for its organiser alone."""
    of_it = and_(
        materials.c.activity_id == activities.c.id, materials.c.phase == phase.value, materials.c.told_at.is_not(None)
    )
    return select(materials.c.id).where(of_it).correlate(activities).exists()


def _was_answered() -> Any:
    given = and_(replies.c.assignment_id == assignments.c.id, replies.c.answer.is_not(None))
    return select(replies.c.id).where(given).correlate(assignments).exists()


def _why_returned() -> Any:
    last = decisions.alias("last")
    is_return = and_(last.c.assignment_id == assignments.c.id, last.c.kind == DecisionKind.RETURNED.value)
    return (
        select(last.c.reason).where(is_return).order_by(last.c.id.desc()).limit(1).correlate(assignments)
    ).scalar_subquery()
