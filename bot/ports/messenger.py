"""What the sender needs of a messenger. Requests, chats and flood control live in the adapter."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from bot.domain.delivery import Outcome


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message ready to go: ``text`` is marked up, ``buttons`` the plain data of its buttons as the messenger's API
    takes them (both are made by the same edge, so nothing in between has to understand them).

    ``replaces``: the earlier message to the same person that shall read so from now on; nothing new is sent then.
    ``own``: of many messages that share text and buttons, what stands in the buttons for the number of each reader, and
    nowhere else in them; and this one's number. Whoever encodes the buttons may do so once for all of them.
    """

    text: str
    buttons: Mapping[str, Any] | None = None
    replaces: int | None = None
    own: tuple[str, str] | None = None

    @property
    def keyboard(self) -> Mapping[str, Any] | None:
        """The buttons with the reader's own number in them."""
        if self.buttons is None or self.own is None:
            return self.buttons
        keyboard: Mapping[str, Any] = json.loads(json.dumps(self.buttons).replace(*self.own))
        return keyboard


@dataclass(frozen=True, slots=True)
class OwnButtons:
    """Buttons that differ from those of others in a number alone. ``shared``: the plain data of all of them as JSON,
    with ``stand_in`` in place of the ``number``, and nowhere else.
    """

    shared: str
    stand_in: str
    number: str

    @property
    def encoded(self) -> str:
        """As JSON, with the own number."""
        return self.shared.replace(self.stand_in, self.number)


@dataclass(frozen=True, slots=True)
class TapAnswer:
    """What a tap comes to: a toast with ``words``, or as a window with ``is_alert``, and what its message becomes."""

    query_id: str
    words: str | None
    is_alert: bool
    chat_id: int
    message_id: int
    text: str
    buttons: OwnButtons | Mapping[str, Any] | None


class TapAnswerer(ABC):
    """Of a session of the messenger: it can do both at once."""

    @abstractmethod
    async def answer_and_show(self, bot: Any, answer: TapAnswer) -> tuple[Exception | None, Exception | None]:
        """Both leave together, and each has come to its end when this returns: what the toast met, and the message.

        ``bot``: the one whose session it is.
        """


class Delivery(NamedTuple):
    """What became of one request. ``retry_after`` (seconds) comes with a flood wait and concerns everybody.

    ``is_refused``: the messenger does not know us any more, so that no other request can end better.
    """

    outcome: Outcome
    message_id: int | None = None
    retry_after: float = 0.0
    error: str | None = None
    is_refused: bool = False


def unnoticed() -> None:
    """For requests whose leaving nobody counts."""


class Messenger(Protocol):
    async def deliver(
        self, account: int, message: OutgoingMessage, leaving: Callable[[], None] = unnoticed
    ) -> Delivery:
        """Makes one request and says what became of it; a refusal is an outcome, not an exception.

        ``leaving`` is called as its bytes are written; never where it did not come so far.
        """
