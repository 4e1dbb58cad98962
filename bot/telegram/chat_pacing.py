"""The pace within one chat: one message a second to a person, twenty a minute to a group, evenly.

Telegram allows a person's chat short bursts, so that an answer may take three messages; a notice waits for a free
second. Times are the event loop's.
"""

from __future__ import annotations

from dataclasses import dataclass

_GROUP = 3.0  # times the pause of a person's chat: twenty a minute
_BURST = 3
_LATELY = 3.0  # seconds: a refusal this soon after another message to the same chat is about that chat
_PRUNED_AT = 4096  # chats remembered before those that are free again are forgotten


@dataclass(slots=True)
class _Chat:
    free_at: float
    written_at: float
    before_at: float  # the message before that


class ChatPaces:
    def __init__(self, pause: float) -> None:
        """``pause``: seconds between two messages to one person; 0: chats are not looked at."""
        self._pause = pause
        self._chats: dict[int, _Chat] = {}
        self._prune_at = _PRUNED_AT
        self._refused: tuple[int, float] | None = None

    def wait(self, chat: int, now: float, *, is_reply: bool = False) -> float:
        """Seconds until a message may go to this chat."""
        known = self._chats.get(chat)
        if known is None:
            return 0.0
        advance = (_BURST - 1) * self._pause if is_reply and chat > 0 else 0.0
        return max(0.0, known.free_at - advance - now)

    def note(self, chat: int, now: float) -> None:
        """A message goes to this chat."""
        if not self._pause:
            return
        pause = self._pause * (_GROUP if chat < 0 else 1.0)
        known = self._chats.get(chat)
        if known is None:
            self._prune(now)
            self._chats[chat] = _Chat(now + pause, now, float("-inf"))
            return
        known.free_at = max(known.free_at, now) + pause
        known.before_at, known.written_at = known.written_at, now

    def refused(self, chat: int, retry_after: float, now: float) -> bool:
        """Whether this refusal is about the chat alone, which then rests: a group's, or one written to just before.

        A second chat refused at the same time tells that it was not.
        """
        known, last = self._chats.get(chat), self._refused
        self._refused = (chat, now)
        is_widespread = last is not None and last[0] != chat and now - last[1] < _LATELY
        if known is None or is_widespread or not (chat < 0 or now - known.before_at < _LATELY):
            return False
        known.free_at = max(known.free_at, now + retry_after)
        return True

    def _prune(self, now: float) -> None:
        if len(self._chats) >= self._prune_at:
            self._chats = {chat: known for chat, known in self._chats.items() if known.free_at + _LATELY > now}
            self._prune_at = max(_PRUNED_AT, 2 * len(self._chats))
