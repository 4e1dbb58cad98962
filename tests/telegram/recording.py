"""A messenger that keeps what it was given and answers as it was told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.domain.delivery import Outcome
from bot.domain.ids import NoticeId
from bot.ports.messenger import Delivery, OutgoingMessage, unnoticed
from bot.ports.notices import DueNotice
from bot.ports.storage import Storage
from bot.telegram.silence import Reason, Silence

DELIVERED = Delivery(Outcome.DELIVERED)


class RecordingMessenger:
    """Implements ``bot.ports.messenger.Messenger``. ``answers``: the coming outcomes; after them all is delivered."""

    def __init__(self, *answers: Delivery | Exception) -> None:
        self.answers = list(answers)
        self.sent: list[tuple[int, str]] = []
        self.in_flight = 0
        self.most_in_flight = 0

    async def deliver(
        self, account: int, message: OutgoingMessage, leaving: Callable[[], None] = unnoticed
    ) -> Delivery:
        leaving()
        self.sent.append((account, message.text))
        answer = self.answers.pop(0) if self.answers else DELIVERED
        if isinstance(answer, Exception):
            raise answer
        if answer.outcome is Outcome.DELIVERED:
            return Delivery(Outcome.DELIVERED, message_id=len(self.sent))
        return answer

    def assert_sent(self, *texts: str) -> None:
        assert sorted(text for _, text in self.sent) == sorted(texts)


async def compose_keys(notices: Sequence[DueNotice]) -> Mapping[NoticeId, OutgoingMessage | None]:
    """Each message is the key of its notice.

    A key that begins with «silent» has nothing to say, «broken» fails wherever it is told,
    «lonely» beside others.
    """
    for due in notices:
        for notice in (due.notice, *due.gathered):
            if notice.key.startswith("broken") or (notice.key.startswith("lonely") and due.gathered):
                raise ValueError(notice.key)
    return {
        due.notice.id: None if due.notice.key.startswith("silent") else OutgoingMessage(due.notice.key)
        for due in notices
    }


def untold_silence(storage: Storage, clock: Clock) -> Silence:
    """One of which nobody hears."""

    async def to_nobody(_since: datetime, _reason: Reason) -> None:
        return None

    return Silence(storage, clock, to_nobody)
