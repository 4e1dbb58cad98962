"""Tells those who owe an answer what their coordinator decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain.delivery import NoticeKind
from bot.domain.ids import PersonId
from bot.domain.matters import Matter
from bot.ports.notices import NewNotice
from bot.ports.storage import Stores

DECISION_HELPS_FOR = timedelta(days=14)


async def tell_school(
    tx: Stores,
    matter: Matter,
    *,
    key: str,
    detail: Mapping[str, Any],
    now: datetime,
    after: timedelta = timedelta(0),
) -> int:
    """The person himself, or every reachable coordinator of the school; returns how many. ``after``: not at once.

    ``detail`` names what was decided and quotes nobody: the words are read when it is sent.
    """
    people = await tx.reviews.answerers(matter.assignment.id)
    await tx.notices.plan(decision_notices(matter, people, key, detail, now + after), now=now)
    return len(people)


def decision_notices(
    matter: Matter, people: Sequence[PersonId], key: str, detail: Mapping[str, Any], due_at: datetime
) -> list[NewNotice]:
    """One for each of them, due at that instant."""
    return [
        NewNotice(
            key=f"{key}:p{person_id}",
            person_id=person_id,
            kind=NoticeKind.INFO,
            due_at=due_at,
            expires_at=due_at + DECISION_HELPS_FOR,
            assignment_id=matter.assignment.id,
            detail=detail,
        )
        for person_id in people
    ]
