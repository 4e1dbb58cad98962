"""An audience as SQL: the schools and the people that it means at this moment."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, func, select

from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Reach, Role, Standing, UnitKind
from storage.tables import memberships, persons, units

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
    root = units.alias("root")
    return exists(
        select(root.c.id).where(root.c.id.in_(audience.unit_ids), units.c.path.startswith(root.c.path)).correlate(units)
    )
