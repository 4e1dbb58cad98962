"""An audience as SQL: the schools and the people that it means at this moment."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from bot.domain.events import Attendance
from bot.domain.ids import UnitId
from bot.domain.matters import Answer, AnsweredBy, Audience, Elsewhere, Said
from bot.domain.network import Reach, Role, Standing, UnitKind
from storage.tables import assignments, memberships, persons, units

_STANDING = (Standing.MAIN.value, Standing.RESERVE.value)


def schools_of(audience: Audience) -> Select[int]:
    """``unit_id`` of every school in the audience's subtrees, with or without a coordinator."""
    return select(units.c.id.label("unit_id")).where(
        units.c.kind == UnitKind.SCHOOL.value, units.c.removed_at.is_(None), _in_subtrees(audience)
    )


def people_of(audience: Audience) -> Select[int, int]:
    """``person_id, unit_id``, one row a person: everyone of the roles (any, where none is named) and the cohort."""
    query = _places(audience)
    if audience.roles:
        query = query.where(memberships.c.role.in_([role.value for role in audience.roles]))
    if audience.cohort is not None:
        query = query.where(memberships.c.cohort == audience.cohort)
    if audience.elsewhere is not None:
        query = query.where(_was_elsewhere(audience.elsewhere))
    return query


def hearers_of(audience: Audience) -> Select[int, int]:
    """``person_id, unit_id`` of those who are written to: who owe, or the coordinators of the schools that do."""
    if audience.answered_by is AnsweredBy.PERSON:
        return people_of(audience)
    return _places(audience).where(
        memberships.c.role == Role.COORDINATOR.value, units.c.kind == UnitKind.SCHOOL.value
    )  # fmt: skip


def cohorts_below(path: str) -> Select[str]:
    return (
        select(memberships.c.cohort)
        .join(units, units.c.id == memberships.c.unit_id)
        .where(
            units.c.path.startswith(path, autoescape=True),
            memberships.c.standing.in_(_STANDING),
            memberships.c.cohort.is_not(None),
        )
        .distinct()
    )


def has_reachable_coordinator() -> ColumnElement[bool]:
    """For a row of ``units``: somebody coordinates this very unit and can be written to."""
    return exists(
        select(memberships.c.id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(
            memberships.c.unit_id == units.c.id,
            memberships.c.role == Role.COORDINATOR.value,
            memberships.c.standing.in_(_STANDING),
            persons.c.reach == Reach.REACHABLE.value,
        )
        .correlate(units)
    )


def _places(audience: Audience) -> Select[int, int]:
    return (
        select(memberships.c.person_id, func.min(memberships.c.unit_id).label("unit_id"))
        .join(units, units.c.id == memberships.c.unit_id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(
            memberships.c.standing.in_(_STANDING),
            persons.c.erased_at.is_(None),
            units.c.removed_at.is_(None),
            _in_subtrees(audience),
        )
        .group_by(memberships.c.person_id)
    )


def _in_subtrees(audience: Audience) -> ColumnElement[bool]:
    within = _below(audience.unit_ids)
    return and_(within, ~_below(audience.excluded)) if audience.excluded else within


def _below(unit_ids: Sequence[UnitId]) -> ColumnElement[bool]:
    root = units.alias()
    return exists(
        select(root.c.id).where(root.c.id.in_(unit_ids), units.c.path.startswith(root.c.path)).correlate(units)
    )


def _was_elsewhere(elsewhere: Elsewhere) -> ColumnElement[bool]:
    there = assignments.alias("there")
    said = {
        Said.COMING: there.c.answer == Answer.COMING.value,
        Said.NOT_COMING: there.c.answer == Answer.NOT_COMING.value,
        Said.SILENT: there.c.answer.is_(None),
        Said.PRESENT: there.c.attendance == Attendance.PRESENT.value,
        Said.ABSENT: there.c.attendance == Attendance.ABSENT.value,
    }[elsewhere.said]
    return exists(
        select(there.c.id)
        .where(
            there.c.occurrence_id == elsewhere.occurrence_id,
            there.c.person_id == memberships.c.person_id,
            there.c.withdrawn_at.is_(None),
            said,
        )
        .correlate(memberships)
    )
