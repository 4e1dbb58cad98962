"""Claimed notices become messages; what there is no message for is settled at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

import structlog

from bot.domain.delivery import NoticeState, Unneeded
from bot.domain.ids import NoticeId
from bot.ports.messenger import OutgoingMessage
from bot.ports.notices import DueNotice, Settlement
from bot.ports.trouble import StorageDownError

log = structlog.get_logger()

Compose = Callable[[Sequence[DueNotice]], Awaitable[Mapping[NoticeId, OutgoingMessage | None]]]
"""Turns claimed notices into messages, from what the database says now. None: there is nothing to say any more."""

_Said = OutgoingMessage | Exception | None


class Worded(NamedTuple):
    """``settled``: the outcomes of those that are not in ``messages``."""

    messages: Mapping[NoticeId, OutgoingMessage]
    settled: Sequence[Settlement]


async def put_into_words(compose: Compose, claimed: Sequence[DueNotice]) -> Worded:
    """All at once where that works; one by one where not, so that a mistake in one text holds up one notice.

    Where the database does not answer, nothing is wrong with a notice: it waits as if it had not been claimed.
    """
    settled: list[Settlement] = []
    said = await _said_of(compose, claimed, settled)
    messages = {}
    for due in claimed:
        message = said.get(due.notice.id)
        if isinstance(message, OutgoingMessage):
            messages[due.notice.id] = message
        elif isinstance(message, StorageDownError):
            settled.append(_released(due))
        elif due.notice.id in said:  # else settled already, with a broken one that was to come in its message
            settled.append(_unsent(due, message))
    return Worded(messages, settled)


async def _said_of(
    compose: Compose, claimed: Sequence[DueNotice], settled: list[Settlement]
) -> Mapping[NoticeId, _Said]:
    try:
        return await compose(claimed)
    except StorageDownError as error:
        return dict.fromkeys((due.notice.id for due in claimed), error)
    except Exception as error:
        if len(claimed) == 1 and claimed[0].gathered:
            return await _without_broken(compose, claimed[0], settled)
        if len(claimed) == 1:
            log.exception("a notice could not be put into words", notice=claimed[0].notice.id)
            return {claimed[0].notice.id: error}
    said: dict[NoticeId, _Said] = {}
    for due in claimed:
        said |= await _said_of(compose, [due], settled)
    return said


async def _without_broken(compose: Compose, due: DueNotice, settled: list[Settlement]) -> Mapping[NoticeId, _Said]:
    """A message of several that has no words: the broken fail, the others are claimed anew without them.

    Where each can be said and only all together cannot, the first of them goes alone.
    """
    apart = [due._replace(notice=notice, gathered=()) for notice in (due.notice, *due.gathered)]
    alone = await _said_of(compose, apart, settled)
    broken = {notice_id: said for notice_id, said in alone.items() if isinstance(said, Exception)}
    first = {} if broken else {due.notice.id: alone[due.notice.id]}
    for one in apart:
        if one.notice.id not in first:
            mistake = broken.get(one.notice.id)
            is_sound = mistake is None or isinstance(mistake, StorageDownError)
            settled.append(_released(one) if is_sound else _unsent(one, mistake))
    return first


def _unsent(due: DueNotice, reason: Exception | None) -> Settlement:
    """A claimed notice for which there is no message: nothing left to say, or a mistake in its words."""
    notice = due.notice
    state = NoticeState.CANCELLED if reason is None else NoticeState.FAILED
    error = Unneeded.NOTHING_TO_SAY.value if reason is None else f"{type(reason).__name__}: {reason}"
    is_of_several = bool(due.gathered)
    return Settlement(
        notice.id, state, notice.attempts, notice.due_at, notice.was_in_doubt, error, is_of_several=is_of_several
    )


def _released(due: DueNotice) -> Settlement:
    """It waits again as if it had not been claimed."""
    notice = due.notice
    return Settlement(notice.id, notice.state, notice.attempts, notice.due_at, notice.was_in_doubt)
