"""Where a school must send somebody: its coordinator sees who is going and how many are missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.network import Actor
from bot.domain.quiet import WorkingDays, local_instant, next_allowed
from bot.domain.steps import MORNING
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage
from bot.ports.teams import SchoolTeam, TeamReader

PAGE = 8


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A page from 1."""

    teams: tuple[SchoolTeam, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


async def list_teams(storage: Storage, *, actor: Actor, page: int = 1, now: datetime) -> TeamPage:
    """Of the very schools that the actor coordinates, the next date first. A page beyond the end is the last one."""
    async with storage.read() as tx:
        found = await tx.teams.teams_ahead([unit.id for unit in actor.coordinated], now=now)
    page = min(max(page, 1), max(1, -(-len(found) // PAGE)))
    return TeamPage(found[(page - 1) * PAGE : page * PAGE], len(found), page)


async def show_team(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, unit_id: UnitId) -> SchoolTeam:
    """Raises NotFoundError for a school that is not in the actor's part of the network, or has not to send anybody."""
    async with storage.read() as tx:
        unit = await tx.units.get(unit_id)
        team = await tx.teams.team(occurrence_id, unit_id)
        if unit is None or team is None or not actor.can_manage(unit.path):
            raise NotFoundError(f"team of unit {unit_id} for person {actor.person.id}")
        return team


async def plan_teams(storage: Storage, *, days: WorkingDays, now: datetime) -> int:
    """The job: tells the coordinators of schools that have to send somebody, at once and on the day before.

    Planned once for each version of a date; what is missing, and whether anything is, is looked at when it is sent.
    Returns how many notices were planned.
    """
    async with storage.read() as tx:
        readers = await tx.teams.team_readers(now=now)
    if not readers:
        return 0
    notices = [notice for reader in readers for notice in _notices(reader, days, now)]
    async with storage.write() as tx:
        return await tx.notices.plan(notices, now=now)


def _notices(to: TeamReader, days: WorkingDays, now: datetime) -> list[NewNotice]:
    zone = to.reader.zone
    eve: date = to.due_at.astimezone(zone).date() - timedelta(days=1)
    steps = {"first": next_allowed(now, to.reader, days)}
    if (morning := local_instant(eve, MORNING, zone)) > now:
        steps["eve"] = next_allowed(morning, to.reader, days)
    return [
        NewNotice(
            key=f"team:o{to.occurrence_id}:v{to.version}:u{to.unit_id}:p{to.person_id}:{step}",
            person_id=to.person_id,
            kind=NoticeKind.INFO,
            due_at=at,
            expires_at=to.due_at,
            occurrence_id=to.occurrence_id,
            occurrence_version=to.version,
            unit_id=to.unit_id,
            detail={"event": "team", "occurrence": to.occurrence_id, "unit": to.unit_id, "step": step},
        )
        for step, at in steps.items()
        if at < to.due_at
    ]
