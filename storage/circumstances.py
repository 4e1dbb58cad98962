"""What a due notice is judged by, as it stands when it is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import Circumstances, Notice, NoticeKind
from bot.domain.events import SeatState
from bot.domain.ladder import DueMoment
from bot.domain.matters import Answer, OccurrenceState
from bot.domain.network import QuietHours, Reach, Role, Standing
from bot.domain.quiet import Reader
from storage.due import term_at, term_has_time, term_on
from storage.event_tables import seats
from storage.prepared import Prepared
from storage.program_tables import dialogues
from storage.readers import zone_of_member
from storage.rhythms import is_unwanted, rhythm_from
from storage.stopping import is_stopped
from storage.tables import accounts, assignments, memberships, notices, occurrences, persons, units

_FIRST_OF_THEM = len(Notice._fields) + 1  # after the notice's own columns and its reader's account


def with_circumstances() -> Select[Any]:
    """The notices of ``ids``, the longest due first: their columns as a ``Notice`` has them, the reader's account, what
    they are judged by."""
    return (
        select(
            *(notices.c[name] for name in Notice._fields),
            accounts.c.external_id.label("account"),
            persons.c.reach,
            persons.c.quiet_from,
            persons.c.quiet_to,
            func.coalesce(persons.c.timezone, zone_of_member(notices.c.person_id), units.c.timezone).label("zone"),
            occurrences.c.version.label("current_version"),
            occurrences.c.state.label("occurrence_state"),
            assignments.c.withdrawn_at,
            assignments.c.answer,
            assignments.c.due_version,
            _is_still_concerned().label("is_still_concerned"),
            is_stopped().label("is_stopped"),
            seats.c.state.label("seat"),
            term_at.label("term_at"),
            term_on.label("term_on"),
            term_has_time.label("term_has_time"),
            persons.c.rhythm,
            persons.c.rhythm_at,
            persons.c.rhythm_weekday,
            is_unwanted().label("is_unwanted"),
        )
        .join(persons, persons.c.id == notices.c.person_id)
        .outerjoin(accounts, and_(accounts.c.person_id == persons.c.id, accounts.c.messenger == "telegram"))
        .outerjoin(occurrences, occurrences.c.id == notices.c.occurrence_id)
        .outerjoin(assignments, assignments.c.id == notices.c.assignment_id)
        .outerjoin(seats, seats.c.assignment_id == notices.c.assignment_id)
        .outerjoin(units, units.c.id == func.coalesce(notices.c.unit_id, assignments.c.unit_id))
        .where(notices.c.id.in_(bindparam("ids", expanding=True)))
        .order_by(notices.c.due_at, notices.c.id)
    )


class CircumstancesOfRows:
    """Made once for all who share them: thousands are told of one event, and of nearly all of them it knows the same,
    which to put together anew for each costs more than to judge it. For one claim."""

    def __init__(self, home: ZoneInfo) -> None:
        self._home = home
        self._known: dict[tuple[Any, ...], Circumstances] = {}

    def of(self, row: Row[Any]) -> Circumstances:
        """Of a row of ``with_circumstances``."""
        same = (row.account is None, *row[_FIRST_OF_THEM:])
        if (known := self._known.get(same)) is None:
            known = self._known[same] = _circumstances(row, self._home)
        return known


async def worked_in(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> frozenset[int]:
    """Those of the claimed ``rows`` that would edit a message in which their reader is being asked something.

    Asked only where an edit is among them. Messages of different chats have the same number, so the chat counts too.
    """
    edits = [row for row in rows if row.kind == NoticeKind.REFRESH.value]
    if not edits:
        return frozenset()
    replaced = {row.id: row.detail["replaces"] for row in edits}
    found = await _ASKED_IN.all(connection, messages=[*replaced.values()])
    asked_in = {(row.key.rsplit(":", 1)[-1], row.message_id) for row in found}
    return frozenset(row.id for row in edits if (str(row.account), replaced[row.id]) in asked_in)


def _asked_in() -> Select[Any]:
    return select(dialogues.c.key, dialogues.c.message_id).where(
        dialogues.c.message_id.in_(bindparam("messages", expanding=True))
    )


_ASKED_IN = Prepared(_asked_in, lists=["messages"])


def _is_still_concerned() -> ColumnElement[bool]:
    """His own matter always; a school's as long as he coordinates it. What is about a unit alone (somebody asks to be
    let in) was for its coordinators or, where it had none, for the owner, who has never been one to leave."""
    is_about_a_unit = and_(assignments.c.id.is_(None), units.c.id.is_not(None))
    return case(
        (assignments.c.person_id.is_not(None), true()),
        (_coordinates(memberships.c.standing != Standing.LEFT.value), true()),
        (is_about_a_unit, ~_coordinates(memberships.c.standing == Standing.LEFT.value)),
        else_=assignments.c.id.is_(None),
    )


def _coordinates(standing: ColumnElement[bool]) -> ColumnElement[bool]:
    own = units.alias("coordinated_unit")
    return (
        select(memberships.c.id)
        .join(own, own.c.id == memberships.c.unit_id)
        .where(
            memberships.c.person_id == notices.c.person_id,
            memberships.c.role == Role.COORDINATOR.value,
            standing,
            func.substr(units.c.path, 1, func.length(own.c.path)) == own.c.path,
        )
        .correlate(notices, units)
        .exists()
    )


def _circumstances(row: Row[Any], home: ZoneInfo) -> Circumstances:
    zone = ZoneInfo(row.zone) if row.zone else home
    term = None if row.term_at is None else DueMoment(row.term_at, row.term_on, bool(row.term_has_time))
    return Circumstances(
        reader=Reader(zone, QuietHours(row.quiet_from, row.quiet_to)),
        reach=Reach(row.reach),
        has_account=row.account is not None,
        occurrence_version=row.current_version,
        occurrence_state=None if row.occurrence_state is None else OccurrenceState(row.occurrence_state),
        is_withdrawn=row.withdrawn_at is not None,
        is_still_concerned=bool(row.is_still_concerned),
        is_stopped=bool(row.is_stopped),
        answer=None if row.answer is None else Answer(row.answer),
        due_version=row.due_version or 0,
        waits_for_seat=row.seat is not None and row.seat != SeatState.MAIN.value,
        rhythm=rhythm_from(row),
        is_unwanted=bool(row.is_unwanted),
        term_at=row.term_at,
        term_on=None if term is None else term.day_for(zone),
    )
