"""Once a selection takes no more applications, those who decide hear how many came for how many places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.delivery import NoticeKind
from bot.domain.ids import OccurrenceId
from bot.domain.matters import OccurrenceState
from bot.domain.network import Actor
from bot.ports.notices import NewNotice
from bot.ports.selections import SelectionLine
from bot.ports.storage import Stores

HELPS_FOR = timedelta(days=14)


async def plan_end(tx: Stores, occurrence_id: OccurrenceId, *, actor: Actor, now: datetime) -> int:
    """One message for the actor and for each who coordinates the unit, due with the term; returns how many.

    One that was planned for an earlier term keeps silent: ``ended_selection``.
    """
    line = await tx.applications.line(occurrence_id)
    assert line is not None, "it was opened, or read, in this very transaction"
    people = {actor.person.id, *await tx.replies.coordinators_for(line.unit_id, with_own=True)}
    due = line.due_at
    notices = [
        NewNotice(
            key=f"applications-over:{occurrence_id}:{due:%Y%m%d%H%M}:p{person_id}",
            person_id=person_id,
            kind=NoticeKind.INFO,
            due_at=due,
            expires_at=due + HELPS_FOR,
            unit_id=line.unit_id,
            detail={"event": "applications_over", "selection": occurrence_id, "until": due.isoformat()},
        )
        for person_id in sorted(people)
    ]
    return await tx.notices.plan(notices, now=now)


async def ended_selection(tx: Stores, detail: Mapping[str, Any]) -> SelectionLine | None:
    """None where the term was moved since, or somebody has ended the selection himself."""
    line = await tx.applications.line(OccurrenceId(detail["selection"]))
    is_so = line is not None and line.state is OccurrenceState.OPEN and line.due_at.isoformat() == detail["until"]
    return line if is_so else None
