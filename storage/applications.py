"""Applications to selections, and the selections with their counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import Submission, SubmissionState
from bot.domain.ids import (
    ActivityId,
    ApplicationId,
    AssignmentId,
    OccurrenceId,
    PersonId,
    SubmissionId,
    UnitId,
)
from bot.domain.matters import ActivityKind, AnsweredBy, Matter, OccurrenceState
from bot.domain.network import UnitKind
from bot.domain.selection import Application, ApplicationState, Selection
from bot.ports.selections import Move, SelectionLine
from storage.dialect import held
from storage.forms import FormStore
from storage.subtrees import within
from storage.tables import activities, assignments, occurrences, persons, units
from storage.task_tables import application_moves, applications, submissions

_PART = units.alias("part")
_DECIDER = persons.alias("decider")
_PART_ID = case((units.c.kind == UnitKind.SCHOOL.value, func.coalesce(units.c.parent_id, units.c.id)), else_=units.c.id)
_IS_DRAFT = submissions.c.state == SubmissionState.DRAFT.value
_WITHDRAWN = ApplicationState.WITHDRAWN.value


class ApplicationStore:
    """Implements ``bot.ports.selections.Applications``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lines(self, paths: Sequence[str], *, limit: int, offset: int) -> tuple[SelectionLine, ...]:
        page = (
            _lines()
            .where(within(self._connection, paths))
            .order_by(occurrences.c.due_at.desc(), occurrences.c.id.desc())
        )
        return await self._counted((await self._connection.execute(page.limit(limit).offset(offset))).all())

    async def line(self, occurrence_id: OccurrenceId) -> SelectionLine | None:
        found = (await self._connection.execute(_lines().where(occurrences.c.id == occurrence_id))).all()
        return next(iter(await self._counted(found)), None)

    async def count_waiting(self, paths: Sequence[str]) -> int:
        selections = _lines().where(within(self._connection, paths)).subquery()
        waiting = (
            select(func.count())
            .select_from(applications.join(selections, selections.c.id == applications.c.occurrence_id))
            .where(applications.c.state == ApplicationState.WAITING.value)
        )
        return int((await self._connection.execute(waiting)).scalar_one())

    async def bound(self, activity_id: ActivityId, selection: Selection) -> None:
        of_it = activities.c.id == activity_id
        await self._connection.execute(update(activities).where(of_it).values(selection=selection.to_json()))

    async def hold(self, occurrence_id: OccurrenceId) -> None:
        # Otherwise two deciders would both see the last place free.
        await self._connection.execute(held(select(occurrences.c.id).where(occurrences.c.id == occurrence_id)))

    async def all_of(self, occurrence_id: OccurrenceId) -> tuple[Application, ...]:
        return await self._applications(applications.c.occurrence_id == occurrence_id)

    async def of_assignment(self, assignment_id: AssignmentId) -> tuple[Application, ...]:
        return await self._applications(applications.c.assignment_id == assignment_id)

    async def get(self, application_id: ApplicationId) -> Application | None:
        return next(iter(await self._applications(applications.c.id == application_id)), None)

    async def add(
        self,
        occurrence_id: OccurrenceId,
        assignment_id: AssignmentId,
        *,
        about: str | None,
        by: PersonId,
        now: datetime,
    ) -> ApplicationId:
        before = select(func.coalesce(func.max(applications.c.number), 0)).where(
            applications.c.assignment_id == assignment_id
        )
        row = {
            "assignment_id": assignment_id,
            "occurrence_id": occurrence_id,
            "number": (await self._connection.execute(before)).scalar_one() + 1,
            "about": about,
            "state": ApplicationState.WAITING.value,
            "version": 1,
            "applied_by": by,
            "applied_at": now,
        }
        added = await self._connection.execute(insert(applications).values(row).returning(applications.c.id))
        return ApplicationId(added.scalar_one())

    async def correct(self, application_id: ApplicationId, *, about: str | None, by: PersonId) -> None:
        values = {
            "about": about,
            "applied_by": by,
            "state": ApplicationState.WAITING.value,
            "place": None,
            "reason": None,
            "decided_by": None,
            "decided_at": None,
            "version": applications.c.version + 1,
        }
        await self._connection.execute(update(applications).where(applications.c.id == application_id).values(values))

    async def decide(
        self,
        application: Application,
        to: ApplicationState,
        *,
        by: PersonId,
        now: datetime,
        reason: str | None,
        keeps_place: bool = False,
    ) -> bool:
        place: int | ColumnElement[int] | None = applications.c.place
        if not keeps_place:
            place = await self._end_of_reserve(application.occurrence_id) if to is ApplicationState.RESERVE else None
        statement = (
            update(applications)
            .where(applications.c.id == application.id, applications.c.version == application.version)
            .values(
                state=to.value,
                place=place,
                reason=reason,
                decided_by=by,
                decided_at=now,
                version=application.version + 1,
            )
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def put_places(self, places: Mapping[ApplicationId, int]) -> None:
        for application_id, place in places.items():
            of_it = applications.c.id == application_id
            moved = update(applications).where(of_it).values(place=place, version=applications.c.version + 1)
            await self._connection.execute(moved)

    async def tell(self, application_ids: Sequence[ApplicationId], *, keeps_place: bool) -> None:
        values: dict[str, ColumnElement[Any]] = {"told_state": applications.c.state}
        if not keeps_place:
            is_up = applications.c.state == ApplicationState.MAIN.value
            values["place"] = case((is_up, null()), else_=applications.c.place)
        told = update(applications).where(applications.c.id.in_(application_ids))
        await self._connection.execute(told.values(values))

    async def tell_again(self, application_id: ApplicationId, told: ApplicationState | None) -> None:
        values = {"told_state": None if told is None else told.value}
        await self._connection.execute(update(applications).where(applications.c.id == application_id).values(values))

    async def note(
        self, application_id: ApplicationId, what: str, *, by: PersonId, now: datetime, reason: str | None = None
    ) -> None:
        row = {"application_id": application_id, "what": what, "made_by": by, "made_at": now, "reason": reason}
        await self._connection.execute(insert(application_moves).values(row))

    async def history(self, application_id: ApplicationId) -> tuple[Move, ...]:
        statement = (
            select(application_moves, persons.c.full_name)
            .join(persons, persons.c.id == application_moves.c.made_by)
            .where(application_moves.c.application_id == application_id)
            .order_by(application_moves.c.id)
        )
        rows = await self._connection.execute(statement)
        return tuple(Move(row.what, row.made_at, row.full_name, row.reason) for row in rows)

    async def bind(self, submission_id: SubmissionId, application_id: ApplicationId) -> None:
        of_it = submissions.c.id == submission_id
        await self._connection.execute(update(submissions).where(of_it).values(application_id=application_id))

    async def submission(self, application_id: ApplicationId) -> Submission | None:
        found = await FormStore(self._connection).latest_of(
            and_(submissions.c.application_id == application_id, ~_IS_DRAFT)
        )
        return next(iter(found.values()), None)

    async def submissions(self, occurrence_id: OccurrenceId) -> Mapping[ApplicationId, Submission]:
        of_it = select(applications.c.id).where(applications.c.occurrence_id == occurrence_id)
        return await FormStore(self._connection).latest_of(and_(submissions.c.application_id.in_(of_it), ~_IS_DRAFT))

    async def _end_of_reserve(self, occurrence_id: OccurrenceId) -> int:
        last = select(func.coalesce(func.max(applications.c.place), 0)).where(
            applications.c.occurrence_id == occurrence_id
        )
        return int((await self._connection.execute(last)).scalar_one()) + 1

    async def _applications(self, condition: ColumnElement[bool]) -> tuple[Application, ...]:
        rows = await self._connection.execute(_applications().where(condition).order_by(applications.c.id))
        return tuple(_application(row) for row in rows)

    async def _counted(self, rows: Sequence[Row[Any]]) -> tuple[SelectionLine, ...]:
        statement = (
            select(applications.c.occurrence_id, applications.c.state, func.count().label("n"))
            .where(applications.c.occurrence_id.in_([row.id for row in rows]))
            .group_by(applications.c.occurrence_id, applications.c.state)
        )
        counts: defaultdict[int, dict[ApplicationState, int]] = defaultdict(dict)
        for found in await self._connection.execute(statement):
            counts[found.occurrence_id][ApplicationState(found.state)] = found.n
        return tuple(_line(row, counts[row.id]) for row in rows)


async def with_applications(connection: AsyncConnection, matters: Sequence[Matter]) -> tuple[Matter, ...]:
    """The same matters; those of selections with what is selected, and with the applications that stand, as far as
    their applicants have heard."""
    asked = [matter.assignment.id for matter in matters if matter.kind is ActivityKind.SELECTION]
    if not asked:
        return tuple(matters)
    stands = and_(applications.c.assignment_id == assignments.c.id, applications.c.state != _WITHDRAWN)
    statement = (
        select(
            assignments.c.id,
            activities.c.selection,
            _PART_ID.label("part_id"),
            applications.c.id.label("application_id"),
            applications.c.told_state,
        )
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .join(units, units.c.id == assignments.c.unit_id)
        .outerjoin(applications, stands)
        .where(assignments.c.id.in_(asked))
        .order_by(applications.c.id)
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in await connection.execute(statement):
        found[row.id].append(row)
    return tuple(_with(one, found[one.assignment.id]) if one.assignment.id in found else one for one in matters)


def _with(matter: Matter, rows: Sequence[Any]) -> Matter:
    selection = Selection.from_json(rows[0].selection)
    return replace(
        matter,
        selection=selection,
        places_here=selection.quota_of(UnitId(rows[0].part_id)),
        applications=tuple(
            ApplicationState(row.told_state or ApplicationState.WAITING)
            for row in rows
            if row.application_id is not None
        ),
    )


def _lines() -> Select[Any]:
    asked = (
        select(func.count())
        .select_from(assignments)
        .where(assignments.c.occurrence_id == occurrences.c.id, assignments.c.withdrawn_at.is_(None))
        .correlate(occurrences)
        .scalar_subquery()
    )
    return (
        select(
            occurrences.c.id,
            occurrences.c.activity_id,
            occurrences.c.version,
            occurrences.c.state,
            occurrences.c.due_at,
            occurrences.c.timezone,
            activities.c.unit_id,
            activities.c.title,
            activities.c.result,
            activities.c.audience,
            activities.c.selection,
            units.c.path,
            asked.label("asked"),
        )
        .select_from(
            occurrences.join(activities, activities.c.id == occurrences.c.activity_id).join(
                units, units.c.id == activities.c.unit_id
            )
        )
        .where(activities.c.kind == ActivityKind.SELECTION.value)
    )


def _line(row: Row[Any], counts: Mapping[ApplicationState, int]) -> SelectionLine:
    return SelectionLine(
        occurrence_id=OccurrenceId(row.id),
        activity_id=ActivityId(row.activity_id),
        version=row.version,
        state=OccurrenceState(row.state),
        unit_id=UnitId(row.unit_id),
        unit_path=row.path,
        title=row.title,
        details=row.result,
        due_at=row.due_at,
        timezone=row.timezone,
        selection=Selection.from_json(row.selection),
        is_of_people=row.audience["answered_by"] == AnsweredBy.PERSON.value,
        asked=row.asked,
        counts=counts,
    )


def _applications() -> Select[Any]:
    return (
        select(
            applications,
            assignments.c.unit_id,
            assignments.c.person_id,
            units.c.title.label("unit_title"),
            _PART.c.id.label("part_id"),
            _PART.c.title.label("part_title"),
            persons.c.full_name.label("person_name"),
            _DECIDER.c.full_name.label("decider_name"),
        )
        .join(assignments, assignments.c.id == applications.c.assignment_id)
        .join(units, units.c.id == assignments.c.unit_id)
        .join(_PART, _PART.c.id == _PART_ID)
        .outerjoin(persons, persons.c.id == assignments.c.person_id)
        .outerjoin(_DECIDER, _DECIDER.c.id == applications.c.decided_by)
    )


def _application(row: Row[Any]) -> Application:
    return Application(
        id=ApplicationId(row.id),
        occurrence_id=OccurrenceId(row.occurrence_id),
        assignment_id=AssignmentId(row.assignment_id),
        number=row.number,
        unit_id=UnitId(row.unit_id),
        unit_title=row.unit_title,
        part=UnitId(row.part_id),
        part_title=row.part_title,
        person_id=None if row.person_id is None else PersonId(row.person_id),
        person_name=row.person_name,
        about=row.about,
        state=ApplicationState(row.state),
        version=row.version,
        applied_at=row.applied_at,
        place=row.place,
        reason=row.reason,
        decided_at=row.decided_at,
        decided_by=None if row.decided_by is None else PersonId(row.decided_by),
        decided_by_name=row.decider_name,
        told=None if row.told_state is None else ApplicationState(row.told_state),
    )
