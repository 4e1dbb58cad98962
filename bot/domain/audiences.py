"""Choosing who answers, one tap at a time. Every choice gives an audience that can be used as it is."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.ids import PersonId, UnitId
from bot.domain.matters import ActivityKind, AnsweredBy, Audience, Said
from bot.domain.network import Role, UnitKind

PARTS_OF: dict[UnitKind, UnitKind | None] = {
    UnitKind.FEDERATION: UnitKind.REGION,
    UnitKind.REGION: UnitKind.MUNICIPALITY,
    UnitKind.MUNICIPALITY: UnitKind.SCHOOL,
    UnitKind.SCHOOL: None,
}
"""By which parts the audience below a unit is chosen."""

SAID_TO: dict[ActivityKind, tuple[Said, ...]] = {
    ActivityKind.WEBINAR: (Said.COMING, Said.MAYBE, Said.NOT_COMING, Said.SILENT, Said.PRESENT, Said.ABSENT),
    ActivityKind.TASK: (Said.DONE, Said.OWING, Said.SILENT),
    ActivityKind.CALL: (),
    ActivityKind.SELECTION: (),
}
"""What can be chosen by, of an answer to an event or to a task."""


def answered_by(audience: Audience, who: AnsweredBy) -> Audience:
    """«Школы» or «Люди»; people are teachers until somebody chooses otherwise. Where, tags and answers stay."""
    if who is AnsweredBy.SCHOOL:
        return replace(audience, answered_by=who, roles=(), cohort=None, programmes=(), without_people=())
    return replace(audience, answered_by=who, roles=audience.roles or (Role.TEACHER,))


def with_part(audience: Audience, part: UnitId, *, whole: UnitId) -> Audience:
    """Adds a part or takes it away. The first part chosen narrows the whole; taking the last away widens it again."""
    chosen = [unit_id for unit_id in audience.unit_ids if unit_id != whole]
    chosen = [unit_id for unit_id in chosen if unit_id != part] if part in chosen else [*chosen, part]
    return replace(audience, unit_ids=tuple(sorted(chosen)) or (whole,))


def everywhere(audience: Audience, *, whole: UnitId) -> Audience:
    """The same people of the whole unit, whichever parts of it were chosen."""
    return replace(audience, unit_ids=(whole,))


def with_role(audience: Audience, role: Role) -> Audience:
    """Adds a role or takes it away; the last one stays, because nobody at all cannot answer."""
    roles = tuple(r for r in Role if (r in audience.roles) != (r is role))
    return replace(audience, roles=roles or audience.roles)


def with_cohort(audience: Audience, cohort: str | None) -> Audience:
    """Only this cohort; None, or the one that stands already: whichever."""
    return replace(audience, cohort=None if cohort == audience.cohort else cohort)


def with_programme(audience: Audience, programme: str) -> Audience:
    """Adds a programme or takes it away; none: whoever takes part in whatever."""
    return replace(audience, programmes=_toggled(audience.programmes, programme))


def with_tag(audience: Audience, tag: str) -> Audience:
    """Only those with this tag or another that was chosen; or no more so. It cannot be left out at the same time."""
    rest = tuple(one for one in audience.without_tags if one != tag)
    return replace(audience, tags=_toggled(audience.tags, tag), without_tags=rest)


def without_tag(audience: Audience, tag: str) -> Audience:
    """Leaves out whoever has this tag, or lets them in again."""
    rest = tuple(one for one in audience.tags if one != tag)
    return replace(audience, without_tags=_toggled(audience.without_tags, tag), tags=rest)


def without_part(audience: Audience, part: UnitId) -> Audience:
    """Leaves a part out, or lets it in again."""
    excluded = set(audience.excluded) ^ {part}
    return replace(audience, excluded=tuple(sorted(excluded)))


def without_person(audience: Audience, person: PersonId) -> Audience:
    """Leaves one person out, or lets him in again."""
    return replace(audience, without_people=tuple(sorted(set(audience.without_people) ^ {person})))


def _toggled(chosen: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(sorted(set(chosen) ^ {one}))
