"""Messages about events that people have in their chats, for when what they say is not so any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, and_, bindparam, exists, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.events import SubstitutionState, WayIn
from bot.domain.ids import AssignmentId, NoticeId, OccurrenceId, PersonId, SeriesId
from bot.ports.sent_messages import SentMessage
from storage.coordinators import COORDINATES
from storage.event_tables import substitutions
from storage.gathering import TELLS_SEVERAL
from storage.prepared import Prepared
from storage.tables import assignments, memberships, notices, occurrences

_CARDS = [
    kind.value
    for kind in (
        NoticeKind.ANNOUNCEMENT, NoticeKind.REMINDER, NoticeKind.TODAY, NoticeKind.STARTS_SOON, NoticeKind.MOVED,
        NoticeKind.NUDGE,
    )
]  # fmt: skip
_REMINDERS = [NoticeKind.REMINDER.value, NoticeKind.TODAY.value]
_LISTS = [NoticeKind.ASSIGNED.value, NoticeKind.CHANGED.value]


class SentMessageStore:
    """Implements ``bot.ports.sent_messages.SentMessages``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def outdated_cards(
        self, occurrence_ids: Sequence[OccurrenceId], people: Collection[PersonId]
    ) -> tuple[SentMessage, ...]:
        return await self._cards(_told_of(occurrence_ids, people), _IS_OLD)

    async def cards(self, occurrence_id: OccurrenceId) -> tuple[SentMessage, ...]:
        return await self._cards(notices.c.occurrence_id == occurrence_id)

    async def showing(
        self, assignment_ids: Collection[AssignmentId], *, besides: PersonId | None = None
    ) -> tuple[SentMessage, ...]:
        found = [
            await _SHOWING.all(self._connection, of_assignment=assignment_id, besides=besides or 0)
            for assignment_id in assignment_ids
        ]
        return tuple(
            SentMessage(
                NoticeId(row.id),
                PersonId(row.person_id),
                row.message_id,
                versions={},
                assignment_id=AssignmentId(row.assignment_id),
            )
            for rows in found
            for row in rows
        )

    async def reminding(self, assignment_ids: Collection[AssignmentId]) -> tuple[SentMessage, ...]:
        rows = [
            row
            for assignment_id in assignment_ids
            for row in await _REMINDING.all(self._connection, of_assignment=assignment_id)
        ]
        found: dict[int, dict[AssignmentId, int]] = defaultdict(dict)
        for row in rows:
            found[row.id][AssignmentId(row.assignment_id)] = row.occurrence_version
        of_notice = {row.id: row for row in rows}
        return tuple(
            SentMessage(NoticeId(row.id), PersonId(row.person_id), row.message_id, versions=found[row.id])
            for row in of_notice.values()
        )

    async def lists_of_series(
        self, series_ids: Collection[SeriesId], people: Collection[PersonId]
    ) -> tuple[SentMessage, ...]:
        statement = _SENT.add_columns(notices.c.series_id, notices.c.detail).where(
            notices.c.kind.in_(_LISTS),
            notices.c.person_id.in_(people),
            (notices.c.series_id + 0).in_(series_ids),  # as in ``_told_of``
        )
        rows = (await self._connection.execute(statement)).all()
        listed = {row.id: [AssignmentId(i) for i in (row.detail or {}).get("assignments", ())] for row in rows}
        versions = await self._versions({assignment_id for ids in listed.values() for assignment_id in ids})
        return tuple(
            SentMessage(
                NoticeId(row.id),
                PersonId(row.person_id),
                row.message_id,
                versions={i: versions[i] for i in listed[row.id] if i in versions},
                series_id=SeriesId(row.series_id),
                detail=row.detail or {},
            )
            for row in rows
        )

    async def gathered(
        self, occurrence_ids: Sequence[OccurrenceId], people: Collection[PersonId]
    ) -> tuple[SentMessage, ...]:
        concerned = select(func.coalesce(notices.c.gathered_into, notices.c.id)).where(_told_of(occurrence_ids, people))
        statement = (
            _SENT.add_columns(_MEMBER.c.assignment_id, occurrences.c.version)
            .add_columns((_MEMBER.c.occurrence_version < occurrences.c.version).label("is_outdated"))
            .join(_MEMBER, or_(_MEMBER.c.id == notices.c.id, _MEMBER.c.gathered_into == notices.c.id))
            .join(occurrences, occurrences.c.id == _MEMBER.c.occurrence_id)
            .where(TELLS_SEVERAL, notices.c.id.in_(concerned), _MEMBER.c.assignment_id.is_not(None))
        )
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in await self._connection.execute(statement):
            found[row.id].append(row)
        return tuple(
            SentMessage(
                NoticeId(notice_id),
                PersonId(rows[0].person_id),
                rows[0].message_id,
                versions={AssignmentId(row.assignment_id): row.version for row in rows},
                is_outdated=True,
            )
            for notice_id, rows in found.items()
            if any(row.is_outdated for row in rows)
        )

    async def questions(self, occurrence_id: OccurrenceId) -> tuple[SentMessage, ...]:
        substitution = notices.c.detail["substitution"].as_integer()
        waits = exists().where(
            substitutions.c.id == substitution, substitutions.c.state == SubstitutionState.ASKED.value
        )
        statement = _SENT.add_columns(notices.c.detail).where(
            notices.c.occurrence_id == occurrence_id,
            notices.c.kind == NoticeKind.INFO.value,
            notices.c.detail["event"].as_string() == "substitute_asked",
            waits,
        )
        return tuple(
            SentMessage(NoticeId(row.id), PersonId(row.person_id), row.message_id, versions={}, detail=row.detail)
            for row in await self._connection.execute(statement)
        )

    async def _cards(self, *conditions: ColumnElement[bool]) -> tuple[SentMessage, ...]:
        columns = (notices.c.occurrence_id, notices.c.assignment_id, notices.c.occurrence_version)
        statement = (
            _SENT.add_columns(*columns, occurrences.c.version)
            .join(occurrences, occurrences.c.id == notices.c.occurrence_id)
            .where(_IS_CARD, ~TELLS_SEVERAL, notices.c.assignment_id.is_not(None), *conditions)
        )
        return tuple(
            SentMessage(
                NoticeId(row.id),
                PersonId(row.person_id),
                row.message_id,
                versions={AssignmentId(row.assignment_id): row.version},
                occurrence_id=OccurrenceId(row.occurrence_id),
                assignment_id=AssignmentId(row.assignment_id),
                is_outdated=row.occurrence_version is not None and row.occurrence_version < row.version,
            )
            for row in await self._connection.execute(statement)
        )

    async def _versions(self, assignment_ids: Collection[AssignmentId]) -> dict[AssignmentId, int]:
        statement = (
            select(assignments.c.id, occurrences.c.version)
            .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
            .where(assignments.c.id.in_(assignment_ids))
        )
        return {AssignmentId(row.id): row.version for row in await self._connection.execute(statement)}


def _told_of(occurrence_ids: Sequence[OccurrenceId], people: Collection[PersonId]) -> ColumnElement[bool]:
    """By what these people were told, a share of all: the sum with nothing keeps the index of the dates out, or every
    share would read what a date told everybody."""
    return and_((notices.c.occurrence_id + 0).in_(occurrence_ids), notices.c.person_id.in_(people))


# What a colleague has said is news at any hour, so it is of no version; its detail names the one that it was said of.
_IS_OLD = or_(
    notices.c.occurrence_version < occurrences.c.version,
    notices.c.detail["version"].as_integer() < occurrences.c.version,
)
_SENT: Select[Any] = select(notices.c.id, notices.c.person_id, notices.c.message_id).where(
    notices.c.state == NoticeState.SENT.value, notices.c.message_id.is_not(None)
)
_MEMBER = notices.alias("member")
_NAMED = notices.alias("named")
# News of one event, with its card below.
_NEWS = [
    *(way.value for way in WayIn),
    "seat_offered", "seat_given", "seat_taken", "seat_lapsed", "substitute_agreed", "substitute_declined",
]  # fmt: skip
_REVIEW_NEWS = ["accepted", "returned", "unreturned", "extended", "postponement_decided"]
_IS_CARD = or_(
    notices.c.kind.in_(_CARDS),
    and_(notices.c.kind == NoticeKind.INFO.value, notices.c.detail["event"].as_string().in_(_NEWS)),
)
_IS_REVIEW_NEWS = and_(notices.c.kind == NoticeKind.INFO.value, notices.c.detail["event"].as_string().in_(_REVIEW_NEWS))


def _answering() -> CompoundSelect[Any]:
    """The few people who answer for an assignment. Of their messages there is an index: one by assignment would be
    written to for every notice of every broadcast."""
    of_it = assignments.c.id == bindparam("of_assignment")
    himself = select(assignments.c.person_id).where(of_it, assignments.c.person_id.is_not(None))
    of_school = (
        select(memberships.c.person_id)
        .join(assignments, assignments.c.unit_id == memberships.c.unit_id)
        .where(
            of_it,
            assignments.c.person_id.is_(None),
            COORDINATES,
        )
    )
    return union(himself, of_school)


def _showing() -> Select[Any]:
    return _SENT.add_columns(notices.c.assignment_id).where(
        notices.c.person_id.in_(_answering()),
        notices.c.person_id != bindparam("besides"),
        notices.c.assignment_id == bindparam("of_assignment"),
        notices.c.message_id > 0,
        ~TELLS_SEVERAL,
        or_(_IS_CARD, _IS_REVIEW_NEWS),
    )


def _reminding() -> Select[Any]:
    is_among = exists().where(
        _NAMED.c.assignment_id == bindparam("of_assignment"),
        or_(_NAMED.c.id == notices.c.id, _NAMED.c.gathered_into == notices.c.id),
    )
    return (
        _SENT.add_columns(_MEMBER.c.assignment_id, _MEMBER.c.occurrence_version)
        .join(_MEMBER, or_(_MEMBER.c.id == notices.c.id, _MEMBER.c.gathered_into == notices.c.id))
        .where(
            notices.c.person_id.in_(_answering()),
            notices.c.message_id > 0,
            notices.c.kind.in_(_REMINDERS),
            TELLS_SEVERAL,
            is_among,
            _MEMBER.c.assignment_id.is_not(None),
        )
    )


_SHOWING, _REMINDING = Prepared(_showing), Prepared(_reminding)  # asked for every answer of a school
