"""Activities, their dates, and who owes an answer: the opening side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import ActivityId, DocumentId, OccurrenceId
from bot.domain.matters import Activity, ActivityState, Answer, AnsweredBy, Audience, Occurrence, OccurrenceState
from bot.domain.network import Reach
from bot.ports.matters import AudienceSize, NewActivity, NewOccurrence, OccurrenceFacts, OpenedActivity
from storage.assigning import assign, is_assigned
from storage.audiences import cohorts_below, has_reachable_coordinator, hearers_of, people_of, schools_of
from storage.broadcast_tables import broadcasts
from storage.dialect import insert_new, items_of
from storage.due import drop_own_terms
from storage.rows import activity_from, occurrence_from
from storage.tables import (
    activities,
    assignments,
    document_rows,
    memberships,
    notices,
    occurrences,
    persons,
    replies,
    units,
)

_GONE = (NoticeState.SENT.value, NoticeState.SENDING.value, NoticeState.IN_DOUBT.value)
_LISTS = (NoticeKind.ASSIGNED.value, NoticeKind.CHANGED.value)
_FINAL = tuple(answer.value for answer in Answer if answer.is_final)
_IS_OPEN = occurrences.c.state == OccurrenceState.OPEN.value


class MatterStore:
    """Implements ``bot.ports.matters.Matters``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_activity(self, activity: NewActivity, *, now: datetime) -> ActivityId:
        result = await self._connection.execute(
            insert(activities)
            .values(
                kind=activity.kind.value,
                document_id=activity.document_id,
                unit_id=activity.unit_id,
                title=activity.title,
                responsible=activity.responsible,
                result=activity.result,
                phrase=activity.phrase,
                term=dict(activity.term or {}),
                audience=activity.audience.to_json(),
                timezone=activity.timezone,
                link=activity.link,
                state=ActivityState.ACTIVE.value,
                source=activity.source,
                ladder=activity.ladder.value,
                ladder_id=activity.ladder_id,
                is_obligatory=activity.is_obligatory,
                asks=activity.asks and activity.asks.value,
                form_id=activity.form_id,
                needs_acceptance=activity.needs_acceptance,
                selection=activity.selection and activity.selection.to_json(),
                event_on=activity.event_on,
                event=activity.event and activity.event.to_json(),
                series_id=activity.series_id,
                series_place=activity.series_place,
                opened_until=activity.opened_until,
                created_by=activity.created_by,
                created_at=now,
            )
            .returning(activities.c.id)
        )
        return ActivityId(result.scalar_one())

    async def add_occurrences(
        self, activity_id: ActivityId, dates: Sequence[NewOccurrence], *, now: datetime
    ) -> tuple[OccurrenceId, ...]:
        if not dates:
            return ()
        rows = [
            {
                "activity_id": activity_id,
                "key": new.key,
                "version": 1,
                "due_at": new.due_at,
                "due_on": new.due_on,
                "has_time": new.has_time,
                "ends_at": new.ends_at,
                "timezone": new.timezone,
                "state": OccurrenceState.OPEN.value,
                "needs_planning": True,
                "created_at": now,
            }
            for new in dates
        ]
        statement = insert_new(self._connection, occurrences, rows).returning(occurrences.c.id)
        return tuple(OccurrenceId(i) for i in (await self._connection.execute(statement)).scalars())

    async def assign(self, activity_id: ActivityId, audience: Audience, *, since: datetime, now: datetime) -> int:
        return await assign(self._connection, activity_id, audience, since=since, now=now)

    async def is_assigned(self, activity_id: ActivityId, audience: Audience, *, since: datetime) -> bool:
        return await is_assigned(self._connection, activity_id, audience, since=since)

    async def opened(self, activity_id: ActivityId) -> OpenedActivity | None:
        found = await self._opened(_ACTIVITY.where(activities.c.id == activity_id))
        return found[0] if found else None

    async def opened_of_document(self, document_id: DocumentId) -> tuple[OpenedActivity, ...]:
        return await self._opened(_ACTIVITY.where(activities.c.document_id == document_id).order_by(activities.c.id))

    async def occurrence_facts(self, occurrence_id: OccurrenceId) -> OccurrenceFacts | None:
        owed = and_(assignments.c.occurrence_id == occurrences.c.id, assignments.c.withdrawn_at.is_(None))
        counts = {
            "owed": select(func.count()).select_from(assignments).where(owed),
            "answered": select(func.count()).select_from(assignments).where(owed, assignments.c.answer.in_(_FINAL)),
            "told": select(func.count())
            .select_from(notices)
            .where(
                notices.c.occurrence_id == occurrences.c.id,
                notices.c.state.in_(_GONE),
                notices.c.kind != NoticeKind.REFRESH.value,  # no message of its own
            ),
        }
        query = select(
            *_OCCURRENCE_COLUMNS,
            *(count.correlate(occurrences).scalar_subquery().label(name) for name, count in counts.items()),
        ).where(occurrences.c.id == occurrence_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        found = await self.opened(ActivityId(row.activity_id))
        assert found is not None, "an occurrence belongs to an activity"
        told = row.told + await self._lists_naming(occurrence_id, found.activity)
        return OccurrenceFacts(
            occurrence_from(row), found.activity, found.unit_path, owed=row.owed, answered=row.answered, told=told
        )

    async def _lists_naming(self, occurrence_id: OccurrenceId, activity: Activity) -> int:
        """How many lists of a document's matters, or of a series, have gone out with this date among them."""
        if activity.document_id is not None:
            is_its = notices.c.document_id == activity.document_id
        elif activity.series_id is not None:
            is_its = notices.c.series_id == activity.series_id
        else:
            return 0
        # Read where the rows are: a move of a series asks for each of its dates, and there is a list for each person.
        owed = select(assignments.c.id).where(assignments.c.occurrence_id == occurrence_id)
        named = items_of(self._connection, notices.c.detail, "assignments")
        lists = select(func.count()).where(
            is_its, notices.c.kind.in_(_LISTS), notices.c.state.in_(_GONE), exists(select(named).where(named.in_(owed)))
        )
        return int((await self._connection.execute(lists)).scalar_one())

    async def still_repeating(self, *, before: date) -> tuple[tuple[Activity, date], ...]:
        query = _ACTIVITY.where(
            activities.c.state == ActivityState.ACTIVE.value, activities.c.opened_until < before
        ).order_by(activities.c.id)
        return tuple((activity_from(row), row.opened_until) for row in await self._connection.execute(query))

    async def opened_until(self, activity_id: ActivityId, day: date) -> None:
        await self._connection.execute(
            update(activities).where(activities.c.id == activity_id).values(opened_until=day)
        )

    async def note_event(self, activity_id: ActivityId, day: date) -> None:
        await self._connection.execute(update(activities).where(activities.c.id == activity_id).values(event_on=day))

    async def set_term(self, activity_id: ActivityId, term: Mapping[str, Any], *, opened_until: date | None) -> None:
        await self._connection.execute(
            update(activities).where(activities.c.id == activity_id).values(term=dict(term), opened_until=opened_until)
        )

    async def with_dates_after(
        self, now: datetime, *, by_answers_only: bool = False
    ) -> tuple[tuple[ActivityId, Audience], ...]:
        has_dates = exists().where(occurrences.c.activity_id == activities.c.id, _IS_OPEN, occurrences.c.due_at > now)
        query = select(activities.c.id, activities.c.audience).where(
            activities.c.state == ActivityState.ACTIVE.value, has_dates
        )
        if by_answers_only:
            query = query.where(activities.c.audience["elsewhere"].as_string().is_not(None))
        rows = (await self._connection.execute(query)).all()
        return tuple((ActivityId(row.id), Audience.from_json(row.audience)) for row in rows)

    async def has_newcomers(self, since: datetime) -> bool:
        joined = exists().where(memberships.c.created_at >= since)
        built = exists().where(units.c.created_at >= since)
        return bool((await self._connection.execute(select(or_(joined, built)))).scalar_one())

    async def move(
        self,
        occurrence_id: OccurrenceId,
        *,
        from_version: int,
        due_at: datetime,
        due_on: date,
        has_time: bool,
        ends_at: datetime | None = None,
    ) -> bool:
        values = {"due_at": due_at, "due_on": due_on, "has_time": has_time, "ends_at": ends_at}
        await drop_own_terms(self._connection, occurrence_id, until=due_at)
        return await self._change(occurrence_id, from_version, moved_from=occurrences.c.due_at, **values)

    async def cancel_occurrence(self, occurrence_id: OccurrenceId, *, from_version: int) -> bool:
        return await self._change(occurrence_id, from_version, state=OccurrenceState.CANCELLED.value)

    async def cancel_activities(self, activity_ids: Sequence[ActivityId]) -> int:
        await self._connection.execute(
            update(activities).where(activities.c.id.in_(activity_ids)).values(state=ActivityState.CANCELLED.value)
        )
        result = await self._connection.execute(
            update(occurrences)
            .where(occurrences.c.activity_id.in_(activity_ids), _IS_OPEN)
            .values(state=OccurrenceState.CANCELLED.value, version=occurrences.c.version + 1, needs_planning=True)
        )
        return result.rowcount

    async def is_untouched(self, document_id: DocumentId) -> bool:
        dates = _dates_of(document_id)
        gone = exists().where(
            or_(notices.c.document_id == document_id, notices.c.occurrence_id.in_(dates)), notices.c.state.in_(_GONE)
        )
        owed = select(assignments.c.id).where(assignments.c.occurrence_id.in_(dates))
        answered = exists().where(replies.c.assignment_id.in_(owed))
        return bool((await self._connection.execute(select(not_(or_(gone, answered))))).scalar_one())

    async def forget(self, document_id: DocumentId) -> None:
        dates = _dates_of(document_id)
        tasks = select(activities.c.id).where(activities.c.document_id == document_id)
        for statement in (
            update(document_rows).where(document_rows.c.document_id == document_id).values(activity_id=None),
            delete(notices).where(or_(notices.c.document_id == document_id, notices.c.occurrence_id.in_(dates))),
            delete(broadcasts).where(or_(broadcasts.c.document_id == document_id, broadcasts.c.activity_id.in_(tasks))),
            delete(assignments).where(assignments.c.occurrence_id.in_(dates)),
            delete(occurrences).where(occurrences.c.id.in_(dates)),
            delete(activities).where(activities.c.document_id == document_id),
        ):
            await self._connection.execute(statement)

    async def audience_size(self, audiences: Sequence[Audience]) -> AudienceSize:
        if not audiences:
            return AudienceSize(0, 0, 0)
        hearers = union(*(_ids(hearers_of(audience), "person_id") for audience in audiences)).subquery()
        query = select(func.count(), func.count().filter(persons.c.reach != Reach.REACHABLE.value)).select_from(
            hearers.join(persons, persons.c.id == hearers.c.person_id)
        )
        people, unreachable = (await self._connection.execute(query)).one()
        owing = union(*(_ids(_owing(audience), "unit_id") for audience in audiences)).subquery()
        schools = (await self._connection.execute(select(func.count()).select_from(owing))).scalar_one()
        return AudienceSize(schools, people, unreachable)

    async def schools_without_coordinator(
        self, audiences: Sequence[Audience], *, limit: int
    ) -> tuple[int, tuple[str, ...]]:
        answering = [audience for audience in audiences if audience.answered_by is AnsweredBy.SCHOOL]
        if not answering:
            return 0, ()
        owing = union(*(schools_of(audience) for audience in answering)).subquery()
        silent = select(units.c.title).where(units.c.id.in_(select(owing.c.unit_id)), ~has_reachable_coordinator())
        count = (await self._connection.execute(select(func.count()).select_from(silent.subquery()))).scalar_one()
        titles = silent.order_by(units.c.title, units.c.id).limit(limit)
        return count, tuple((await self._connection.execute(titles)).scalars())

    async def zones_of(self, audiences: Sequence[Audience]) -> tuple[str, ...]:
        if not audiences:
            return ()
        hearers = union(*(hearers_of(audience) for audience in audiences)).subquery()
        query = (
            select(func.coalesce(persons.c.timezone, units.c.timezone))
            .select_from(
                hearers.join(persons, persons.c.id == hearers.c.person_id).join(units, units.c.id == hearers.c.unit_id)
            )
            .distinct()
        )
        return tuple(sorted(row[0] for row in await self._connection.execute(query)))

    async def cohorts_below(self, path: str) -> tuple[str, ...]:
        found = (await self._connection.execute(cohorts_below(self._connection, path))).scalars()
        return tuple(sorted(cohort for cohort in found if cohort is not None))

    async def _change(self, occurrence_id: OccurrenceId, from_version: int, **values: Any) -> bool:
        result = await self._connection.execute(
            update(occurrences)
            .where(occurrences.c.id == occurrence_id, occurrences.c.version == from_version, _IS_OPEN)
            .values(version=from_version + 1, needs_planning=True, **values)
        )
        return result.rowcount == 1

    async def _opened(self, query: Select[Any]) -> tuple[OpenedActivity, ...]:
        rows = (await self._connection.execute(query)).all()
        dates = select(*_OCCURRENCE_COLUMNS).where(occurrences.c.activity_id.in_([row.id for row in rows]))
        by_activity: dict[int, list[Occurrence]] = {}
        for row in await self._connection.execute(dates.order_by(occurrences.c.due_at, occurrences.c.id)):
            by_activity.setdefault(row.activity_id, []).append(occurrence_from(row))
        return tuple(
            OpenedActivity(
                activity_from(row),
                row.unit_path,
                tuple(by_activity.get(row.id, ())),
                is_repeating=row.opened_until is not None,
            )
            for row in rows
        )


_ACTIVITY = select(activities, units.c.path.label("unit_path")).join(units, units.c.id == activities.c.unit_id)
_OCCURRENCE_COLUMNS = (
    occurrences.c.id,
    occurrences.c.activity_id,
    occurrences.c.version,
    occurrences.c.due_at,
    occurrences.c.due_on,
    occurrences.c.has_time,
    occurrences.c.timezone,
    occurrences.c.state,
    occurrences.c.ends_at,
)


def _dates_of(document_id: DocumentId) -> Select[int]:
    return (
        select(occurrences.c.id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(activities.c.document_id == document_id)
    )


def _owing(audience: Audience) -> Select[*tuple[Any, ...]]:
    return schools_of(audience) if audience.answered_by is AnsweredBy.SCHOOL else people_of(audience)


def _ids(query: Select[*tuple[Any, ...]], name: str) -> Select[int]:
    return select(query.subquery().c[name])
