"""Sees every message that leaves, and remembers what its reader could know: a messenger without a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock
from bot.domain.delivery import NoticeKind, Outcome
from bot.domain.ids import AssignmentId, NoticeId
from bot.ports.messenger import Delivery, OutgoingMessage, unnoticed
from bot.ports.notices import DueNotice
from bot.telegram.wording import Compose
from handlers.answers.callbacks import AnswerMatter, ShowMatter


@dataclass(frozen=True)
class Sighting:
    """One message as it arrived. ``assignments``: what its buttons are about."""

    at: datetime
    account: int
    due: DueNotice
    assignments: tuple[AssignmentId, ...]
    text: str

    @property
    def kind(self) -> NoticeKind:
        return self.due.notice.kind

    def telling(self, assignment: AssignmentId) -> NoticeId:
        """The notice by which it tells of that one: after a kill another may lead what comes in one message."""
        both = (self.due.notice, *self.due.gathered)
        return next((one.id for one in both if one.assignment_id == assignment), self.due.notice.id)


@dataclass
class Witness:
    """``hear`` is called with each message that arrives; ``interrupt`` before and after each request."""

    clock: Clock
    has_blocked: Callable[[int, datetime], bool]
    hear: Callable[[Sighting], None]
    interrupt: Callable[[], object] = lambda: None
    sightings: list[Sighting] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    _about: dict[int, tuple[OutgoingMessage, DueNotice]] = field(default_factory=dict)

    def watching(self, compose: Compose) -> Compose:
        """The composer, with every message remembered until it is sent."""

        async def composed(notices: Sequence[DueNotice]) -> Mapping[NoticeId, OutgoingMessage | None]:
            messages = await compose(notices)
            for due in notices:
                message = messages[due.notice.id]
                if message is not None:
                    self._about[id(message)] = (message, due)
            return messages

        return composed

    async def deliver(
        self, account: int, message: OutgoingMessage, leaving: Callable[[], None] = unnoticed
    ) -> Delivery:
        _, due = self._about.pop(id(message))
        self.interrupt()
        leaving()
        now = self.clock.now()
        if self.has_blocked(account, now):
            self.outcomes[Outcome.BLOCKED] += 1
            return Delivery(Outcome.BLOCKED, error="Forbidden: bot was blocked by the user")
        seen = Sighting(now, account, due, tuple(_assignments(message)), message.text)
        self.sightings.append(seen)
        self.outcomes[Outcome.DELIVERED] += 1
        self.hear(seen)
        self.interrupt()
        return Delivery(Outcome.DELIVERED, message_id=message.replaces or len(self.sightings))


def _assignments(message: OutgoingMessage) -> Iterator[AssignmentId]:
    known = set()
    for row in (message.keyboard or {}).get("inline_keyboard", ()):
        for button in row:
            packed = button.get("callback_data", "")
            for kind in (AnswerMatter, ShowMatter):
                if packed.startswith(f"{kind.__prefix__}:"):
                    assignment_id = AssignmentId(kind.unpack(packed).assignment)
                    if assignment_id not in known:
                        known.add(assignment_id)
                        yield assignment_id
