"""An answer as it is given: a row of the history, and what stands of its assignment from then on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Update, bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ReplyId
from bot.ports.replies import NewReply
from storage.prepared import Prepared
from storage.tables import assignments, replies


async def add_reply(connection: AsyncConnection, reply: NewReply, *, comment: str | None) -> ReplyId:
    """``comment``: what stands beside the answer from now on."""
    added = await _ADD.first(
        connection,
        new_assignment_id=reply.assignment_id,
        new_person_id=reply.person_id,
        new_answer=reply.answer and reply.answer.value,
        new_text=reply.text,
        new_given_at=reply.given_at,
        new_source=reply.source,
    )
    if reply.answer is None:
        await _COMMENT.all(connection, of_assignment=reply.assignment_id, new_comment=comment)
        return ReplyId(added.id)
    await (_ANSWER_FINALLY if reply.answer.is_final else _ANSWER).all(
        connection,
        of_assignment=reply.assignment_id,
        new_comment=comment,
        new_answer=reply.answer.value,
        new_answered_at=reply.given_at,
        new_answered_by=reply.person_id,
    )
    return ReplyId(added.id)


def _now_stands(*names: str, **values: Any) -> Update:
    """What is true of an assignment now; each of ``names`` is asked for as ``new_`` and its name."""
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return update(assignments).where(assignments.c.id == bindparam("of_assignment")).values(**new, **values)


_REPLY = ("assignment_id", "person_id", "answer", "text", "given_at", "source")
_ADD = Prepared(
    lambda: insert(replies).values({name: bindparam(f"new_{name}") for name in _REPLY}).returning(replies.c.id)
)
_GIVEN = ("comment", "answer", "answered_at", "answered_by")
_COMMENT = Prepared(lambda: _now_stands("comment"))
_ANSWER = Prepared(lambda: _now_stands(*_GIVEN))
_ANSWER_FINALLY = Prepared(lambda: _now_stands(*_GIVEN, review=None))  # it is looked at anew
