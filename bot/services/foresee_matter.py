"""A matter as its reader will get it, before it is announced."""

from __future__ import annotations

from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind, Assignment, Matter, OccurrenceState
from bot.domain.network import Unit
from bot.domain.selection import Selection


def foresee_matter(
    kind: ActivityKind,
    unit: Unit,
    due: DueMoment,
    *,
    title: str,
    result: str,
    phrase: str,
    timezone: str,
    selection: Selection | None = None,
) -> Matter:
    """It has no ids yet; ``due`` and ``timezone`` are those of the unit that asks."""
    return Matter(
        assignment=Assignment(AssignmentId(0), OccurrenceId(0), unit.id, PersonId(0)),
        activity_id=ActivityId(0),
        kind=kind,
        title=title,
        responsible="",
        result=result,
        phrase=phrase,
        link=None,
        document=None,
        unit_title=unit.title,
        version=1,
        due_at=due.at,
        due_on=due.on,
        has_time=False,
        timezone=timezone,
        state=OccurrenceState.OPEN,
        selection=selection,
    )
