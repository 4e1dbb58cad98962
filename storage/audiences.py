"""An audience as SQL: the schools and the people that it means at this moment."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import Attendance
from bot.domain.ids import UnitId
from bot.domain.matters import Answer, AnsweredBy, Audience, Elsewhere, Said
from bot.domain.network import Reach, Role, Standing, UnitKind
from bot.domain.tags import tag_key
from storage.subtrees import within
from storage.tables import assignments, memberships, persons, units
from storage.tag_tables import tags

_STANDING = (Standing.MAIN.value, Standing.RESERVE.value)
_FINAL = tuple(answer.value for answer in Answer if answer.is_final)
_UNIT, _ROOT = units.alias(), units.alias()
"""Made once: an alias takes SQLAlchemy as long as the rest of the question. No part that names one holds another."""


def schools_of(audience: Audience) -> Select[int]:
    """``unit_id`` of every school in the audience's subtrees, with or without a coordinator."""
    query = select(units.c.id.label("unit_id")).where(
        units.c.kind == UnitKind.SCHOOL.value, units.c.removed_at.is_(None), _in_subtrees(audience)
    )
    if audience.tags:
        query = query.where(_unit_has(audience.tags))
    if audience.elsewhere is not None:
        query = query.where(_school_said(audience.elsewhere))
    return query


def people_of(audience: Audience) -> Select[int, int]:
    """``person_id, unit_id``, one row a person: everyone of the roles (any, where none is named) and the cohort."""
    query = _places().where(_in_subtrees(audience))
    if audience.roles:
        query = query.where(memberships.c.role.in_([role.value for role in audience.roles]))
    if audience.cohort is not None:
        query = query.where(memberships.c.cohort == audience.cohort)
    if audience.programmes:
        query = query.where(memberships.c.programme.in_(audience.programmes))
    if audience.tags:
        query = query.where(or_(_unit_has(audience.tags), _person_has(audience.tags, is_here=True)))
    if audience.without_tags:
        query = query.where(~_person_has(audience.without_tags, is_here=False))
    if audience.without_people:
        query = query.where(memberships.c.person_id.not_in(audience.without_people))
    if audience.elsewhere is not None:
        query = query.where(_person_said(audience.elsewhere))
    return query


def hearers_of(audience: Audience) -> Select[int, int]:
    """``person_id, unit_id`` of those who are written to: who owe, or the coordinators of the schools that do."""
    if audience.answered_by is AnsweredBy.PERSON:
        return people_of(audience)
    return _places().where(memberships.c.role == Role.COORDINATOR.value, units.c.id.in_(schools_of(audience)))


def cohorts_below(connection: AsyncConnection, path: str) -> Select[str | None]:
    return words_below(connection, memberships.c.cohort, path)


def words_below(connection: AsyncConnection, column: ColumnElement[str | None], path: str) -> Select[str | None]:
    """Every value of a column of ``memberships`` among those who belong to the subtree now."""
    return (
        select(column)
        .join(units, units.c.id == memberships.c.unit_id)
        .where(
            within(connection, [path]),
            memberships.c.standing.in_(_STANDING),
            column.is_not(None),
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


def _places() -> Select[int, int]:
    return (
        select(memberships.c.person_id, func.min(memberships.c.unit_id).label("unit_id"))
        .join(units, units.c.id == memberships.c.unit_id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(
            memberships.c.standing.in_(_STANDING),
            persons.c.erased_at.is_(None),
            units.c.removed_at.is_(None),
        )
        .group_by(memberships.c.person_id)
    )


def _in_subtrees(audience: Audience) -> ColumnElement[bool]:
    """Within, and neither in a part that is left out nor in a unit whose tag is."""
    is_within = _below(audience.unit_ids)
    if audience.excluded:
        is_within = and_(is_within, ~_below(audience.excluded))
    return and_(is_within, ~_unit_has(audience.without_tags)) if audience.without_tags else is_within


def _below(unit_ids: Sequence[UnitId]) -> ColumnElement[bool]:
    """Asked of the units once, and not once more for each of those who belong to them."""
    below = select(_UNIT.c.id).join(_ROOT, _UNIT.c.path.startswith(_ROOT.c.path)).where(_ROOT.c.id.in_(unit_ids))
    return units.c.id.in_(below.correlate(None))


def _unit_has(words: Sequence[str]) -> ColumnElement[bool]:
    """For a row of ``units``: the unit, or one above it, has one of these tags."""
    return exists(
        select(tags.c.id)
        .join(_ROOT, _ROOT.c.id == tags.c.unit_id)
        .where(
            tags.c.person_id.is_(None),
            tags.c.key.in_([tag_key(word) for word in words]),
            units.c.path.startswith(_ROOT.c.path),
        )
        .correlate(units)
    )


def _person_has(words: Sequence[str], *, is_here: bool) -> ColumnElement[bool]:
    """For a row of ``memberships``: its person has one of these tags; ``is_here``: as a member of this very unit."""
    query = select(tags.c.id).where(
        tags.c.person_id == memberships.c.person_id, tags.c.key.in_([tag_key(word) for word in words])
    )
    if is_here:
        query = query.where(tags.c.unit_id == memberships.c.unit_id)
    return exists(query.correlate(memberships))


def _person_said(elsewhere: Elsewhere) -> ColumnElement[bool]:
    """For a row of ``memberships``: he said so himself, or his school did where one answer of a school was asked."""
    his = or_(
        assignments.c.person_id == memberships.c.person_id,
        and_(assignments.c.person_id.is_(None), assignments.c.unit_id == memberships.c.unit_id),
    )
    return exists(_answers(elsewhere).where(his, _said(elsewhere.said)).correlate(memberships))


def _school_said(elsewhere: Elsewhere) -> ColumnElement[bool]:
    """For a row of ``units``: the school, or somebody of it, said so; silent is one of which nobody said anything."""
    of_it = _answers(elsewhere).where(assignments.c.unit_id == units.c.id)
    if elsewhere.said not in (Said.SILENT, Said.OWING):
        return exists(of_it.where(_said(elsewhere.said)).correlate(units))
    other = assignments.c.answer.in_(_FINAL) if elsewhere.said is Said.OWING else assignments.c.answer.is_not(None)
    return and_(exists(of_it.correlate(units)), ~exists(of_it.where(other).correlate(units)))


def _answers(elsewhere: Elsewhere) -> Select[int]:
    return select(assignments.c.id).where(
        assignments.c.occurrence_id == elsewhere.occurrence_id, assignments.c.withdrawn_at.is_(None)
    )


def _said(said: Said) -> ColumnElement[bool]:
    answer, attendance = assignments.c.answer, assignments.c.attendance
    return {
        Said.COMING: answer == Answer.COMING.value,
        Said.MAYBE: answer == Answer.MAYBE.value,
        Said.NOT_COMING: answer == Answer.NOT_COMING.value,
        Said.PRESENT: attendance == Attendance.PRESENT.value,
        Said.ABSENT: attendance == Attendance.ABSENT.value,
        Said.DONE: answer.in_(_FINAL),
        Said.OWING: or_(answer.is_(None), answer.not_in(_FINAL)),
        Said.SILENT: answer.is_(None),
    }[said]
