"""Notices that come in one message: found at the claim, settled with the one that leads them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, case, column, exists, or_, select, text, update, values
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeState
from bot.ports.notices import Settlement
from storage.dialect import claimable
from storage.tables import notices

# Word for word the condition of the partial index: with bound parameters SQLite would not recognise it.
_CAN_BE_GATHERED = text("notices.state IN ('planned', 'sending', 'in_doubt') AND notices.kind IN ('reminder', 'today')")
_FOLLOWER = notices.alias("follower")
TELLS_SEVERAL = exists().where(_FOLLOWER.c.gathered_into == notices.c.id)
"""That others came in the message of a notice: it is the card of none of them."""
_TRIED_AGAIN = (NoticeState.PLANNED.value, NoticeState.IN_DOUBT.value)


async def due_beside(
    connection: AsyncConnection, leaders: Sequence[tuple[Row[Any], datetime]], claimed: Collection[int]
) -> Mapping[int, int]:
    """The leader of each notice that goes into the message of one of the ``leaders``, by its id.

    Each leader comes with the end of its reader's day. One question for all of them: with nothing beside them that is
    all it costs. What a crash left in doubt is gathered with its like, so that what never went is not called doubtful.
    """
    if not leaders:
        return {}
    of_person = {row.person_id: (row, end) for row, end in leaders}
    # Joined, because of a list of a hundred persons SQLite thinks that all that waits is read sooner.
    persons = values(column("person_id", Integer), name="leading").data([(person,) for person in of_person]).cte()
    statement = (
        select(notices.c.id, notices.c.person_id, notices.c.kind, notices.c.state, notices.c.due_at)
        .select_from(persons.join(notices, notices.c.person_id == persons.c.person_id))
        .where(_CAN_BE_GATHERED, notices.c.due_at < max(end for _, end in leaders))
    )
    beside: dict[int, int] = {}
    for row in await connection.execute(claimable(statement, of=notices)):
        leader, end = of_person[row.person_id]
        if row.id not in claimed and (row.kind, row.state) == (leader.kind, leader.state) and row.due_at < end:
            beside[row.id] = leader.id
    return beside


async def settle_gathered(connection: AsyncConnection, settlements: Sequence[Settlement], now: datetime) -> None:
    """What became of a leader becomes of those it brought along; tried again, each may be led by another."""
    of_several = [settlement for settlement in settlements if settlement.is_of_several]
    if not of_several:
        return
    state = bindparam("new_state", type_=notices.c.state.type)
    is_tried_again = or_(*(state == again for again in _TRIED_AGAIN))  # one statement for many rows takes no list
    statement = (
        update(notices)
        .where(notices.c.gathered_into == bindparam("of_id"), notices.c.state == NoticeState.SENDING.value)
        .values(
            state=state,
            attempts=bindparam("new_attempts"),
            due_at=case((is_tried_again, bindparam("new_due_at", type_=notices.c.due_at.type)), else_=notices.c.due_at),
            was_in_doubt=or_(notices.c.was_in_doubt, state == NoticeState.IN_DOUBT.value),
            error=bindparam("new_error"),
            gathered_into=case((is_tried_again, None), else_=notices.c.gathered_into),
            settled_at=bindparam("new_settled_at"),
        )
    )
    await connection.execute(
        statement,
        [
            {
                "of_id": settlement.notice_id,
                "new_state": settlement.state.value,
                "new_attempts": settlement.attempts,
                "new_due_at": settlement.due_at,
                "new_error": settlement.error and settlement.error[:255],
                "new_settled_at": None if settlement.state.value in _TRIED_AGAIN else now,
            }
            for settlement in of_several
        ],
    )
