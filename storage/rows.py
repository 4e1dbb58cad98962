"""How rows become domain objects: one place knows the columns of both sides."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.domain.events import EventDetails
from bot.domain.ids import ActivityId, DocumentId, LadderId, MembershipId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.matters import (
    Activity,
    ActivityKind,
    ActivityState,
    AnswerForm,
    Audience,
    LadderName,
    Occurrence,
    OccurrenceState,
)
from bot.domain.network import Membership, Person, QuietHours, Reach, Role, Standing, Unit, UnitKind
from storage.tables import memberships, persons, units

UNIT = (
    units.c.id.label("unit_id"),
    units.c.kind.label("unit_kind"),
    units.c.parent_id.label("unit_parent_id"),
    units.c.path.label("unit_path"),
    units.c.title.label("unit_title"),
    units.c.region.label("unit_region"),
    units.c.timezone.label("unit_timezone"),
)

PERSON = (
    persons.c.id.label("person_id"),
    persons.c.full_name,
    persons.c.timezone.label("person_timezone"),
    persons.c.quiet_from,
    persons.c.quiet_to,
    persons.c.reach,
    persons.c.consent_version,
    persons.c.consented_at,
)

MEMBERSHIP = (
    memberships.c.id.label("membership_id"),
    memberships.c.person_id.label("member_id"),
    memberships.c.role.label("member_role"),
    memberships.c.standing,
    memberships.c.cohort.label("member_cohort"),
)


def unit_from(row: Row[Any]) -> Unit:
    return Unit(
        id=UnitId(row.unit_id),
        kind=UnitKind(row.unit_kind),
        parent_id=None if row.unit_parent_id is None else UnitId(row.unit_parent_id),
        path=row.unit_path,
        title=row.unit_title,
        region=row.unit_region,
        timezone=row.unit_timezone,
    )


def person_from(row: Row[Any]) -> Person:
    return Person(
        id=PersonId(row.person_id),
        full_name=row.full_name,
        timezone=row.person_timezone,
        quiet_hours=QuietHours(row.quiet_from, row.quiet_to),
        reach=Reach(row.reach),
        consent_version=row.consent_version,
        consented_at=row.consented_at,
    )


def membership_from(row: Row[Any]) -> Membership:
    return Membership(
        id=MembershipId(row.membership_id),
        person_id=PersonId(row.member_id),
        unit=unit_from(row),
        role=Role(row.member_role),
        standing=Standing(row.standing),
        cohort=row.member_cohort,
    )


def activity_from(row: Any) -> Activity:
    return Activity(
        id=ActivityId(row.id),
        kind=ActivityKind(row.kind),
        document_id=None if row.document_id is None else DocumentId(row.document_id),
        unit_id=UnitId(row.unit_id),
        title=row.title,
        responsible=row.responsible,
        result=row.result,
        phrase=row.phrase,
        term=row.term,
        audience=Audience.from_json(row.audience),
        timezone=row.timezone,
        link=row.link,
        state=ActivityState(row.state),
        created_by=PersonId(row.created_by),
        created_at=row.created_at,
        ladder=LadderName(row.ladder),
        ladder_id=None if row.ladder_id is None else LadderId(row.ladder_id),
        is_obligatory=row.is_obligatory,
        asks=row.asks and AnswerForm(row.asks),
        needs_acceptance=row.needs_acceptance,
        event_on=row.event_on,
        event=None if row.event is None else EventDetails.from_json(row.event),
        series_id=None if row.series_id is None else SeriesId(row.series_id),
        series_place=row.series_place,
    )


def occurrence_from(row: Any) -> Occurrence:
    return Occurrence(
        id=OccurrenceId(row.id),
        activity_id=ActivityId(row.activity_id),
        version=row.version,
        due_at=row.due_at,
        due_on=row.due_on,
        has_time=row.has_time,
        timezone=row.timezone,
        state=OccurrenceState(row.state),
        ends_at=row.ends_at,
    )
