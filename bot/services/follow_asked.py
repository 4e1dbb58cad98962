"""What becomes of a question to a colleague, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.delivery import NoticeKind
from bot.domain.forms import AskedState
from bot.domain.ids import PersonId
from bot.domain.matters import Matter
from bot.ports.asked_questions import AskedQuestion
from bot.ports.notices import NewNotice
from bot.ports.storage import Stores

HELPS_FOR = timedelta(days=7)
"""Who has not been reached in a week is waited for no longer: the question stands in the form all the time."""


async def settle_asked(
    tx: Stores, matter: Matter, asked: Sequence[AskedQuestion], state: AskedState, *, now: datetime
) -> None:
    """Notes it, and tells the colleague that he need not answer any more, or the one who asked what he said."""
    if not asked:
        return
    await tx.asked_questions.decide([one.id for one in asked], state, now=now)
    told = [
        asked_notice(matter, one, one.colleague_id if state is AskedState.WITHDRAWN else one.asked_by, state, now=now)
        for one in asked
    ]
    await tx.notices.plan(told, now=now)


async def release_asked(tx: Stores, person_id: PersonId, *, now: datetime) -> int:
    """Once somebody has left a school, those of it who wait for his answers are told that he cannot give them.

    Returns how many questions those were.
    """
    waiting = await tx.asked_questions.left_behind(person_id)
    for asked, assignment_id in waiting:
        matter = await tx.replies.matter(assignment_id)
        assert matter is not None, "a filling is of an assignment"
        await settle_asked(tx, matter, [asked], AskedState.DECLINED, now=now)
    return len(waiting)


def asked_notice(
    matter: Matter, asked: AskedQuestion, person_id: PersonId, state: AskedState, *, now: datetime
) -> NewNotice:
    """No names and no words are kept here: they are read when it is sent."""
    return NewNotice(
        key=f"asked:{asked.id}:{state.value}",
        person_id=person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=max(matter.due_at, now) + HELPS_FOR,
        detail={"event": f"asked_{state.value}", "asked": asked.id},
    )
