"""The sandbox that counts as it goes: a moment is met at the very call that it was chosen by."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable

from bot.clock import MovableClock
from bot.sandbox.calls import Call, CallLog
from bot.sandbox.chats import Chat, StoredMessage
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.server import Sandbox

_FOR_EVER = 1_000_000_000


class _CountingLog(CallLog):
    """``delivered``: by account, the messages that arrived. ``fresh``: the accounts of those since it was emptied."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.delivered: Counter[int] = Counter()
        self.fresh: set[int] = set()
        self.listeners: list[Callable[[Call], None]] = []
        self._awaited: dict[asyncio.Event, tuple[str, int]] = {}

    def append(self, call: Call) -> None:
        super().append(call)
        self.counts[call.method] += 1
        if call.method == "sendMessage" and call.status == 200:
            account = int(call.parameters["chat_id"])
            self.delivered[account] += 1
            self.fresh.add(account)
        for listener in self.listeners:
            listener(call)
        for event, (method, count) in list(self._awaited.items()):
            if self.counts[method] >= count:
                event.set()

    async def reach(self, method: str, count: int) -> None:
        event = asyncio.Event()
        self._awaited[event] = method, count
        try:
            if self.counts[method] < count:
                await event.wait()
        finally:
            del self._awaited[event]


class _CountingFaults(Faults):
    """``cut``: by method, the calls that lost their connection."""

    def __init__(self) -> None:
        super().__init__()
        self.cut: Counter[str] = Counter()

    def strike(self, method: str, chat_id: str) -> Fault | None:
        fault = super().strike(method, chat_id)
        if fault is not None and fault.drop:
            self.cut[method] += 1
        return fault


class Telegram:
    """The sandbox in this process, which outlives every kill. ``way``: a call's seconds, and as many its answer's."""

    def __init__(self, *, way: float) -> None:
        self._sandbox = Sandbox(MovableClock())
        self._way = way
        self.log = self._sandbox.world.calls = _CountingLog()
        self._faults = self._sandbox.world.faults = _CountingFaults()

    async def start(self) -> None:
        await self._sandbox.start()
        self.slow_down(self._way)

    async def stop(self) -> None:
        await self._sandbox.stop()

    @property
    def url(self) -> str:
        return self._sandbox.url

    @property
    def token(self) -> str:
        return self._sandbox.bot_token

    def let_in(self, people: Iterable[int], *, blocked_every: int = 0) -> set[int]:
        """They all pressed Start long ago; returns those who have blocked the bot since."""
        world, blocked = self._sandbox.world, set()
        bot = world.bots[self.token]
        for account in people:
            person = world.people[self._sandbox.add_person("Участник", id=account)]
            world.open_private_chat(bot, person)
            if blocked_every and account % blocked_every == 0:
                person.blocked_bot_ids.add(bot.id)
                blocked.add(account)
        return blocked

    def cut(self, calls: int, *, takes_effect: bool) -> None:
        """The next ``calls`` lose their connection, whatever they are."""
        self._faults.clear()
        self._faults.order({"drop": "after" if takes_effect else "before", "delay": self._way, "count": calls})
        self.slow_down(self._way)

    @property
    def calls_cut(self) -> Counter[str]:
        """By method."""
        return self._faults.cut

    @property
    def waiting(self) -> int:
        """Updates that the bot has not confirmed."""
        return len(self._sandbox.world.bots[self.token].queue)

    def text_of(self, account: int, message_id: int) -> str:
        return str(self._chat(account).messages[message_id].body["text"])

    def message_of(self, account: int) -> StoredMessage:
        """The bot's last message with buttons."""
        chat = self._chat(account)
        return next(message for message in reversed(chat.messages.values()) if message.buttons())

    def _chat(self, account: int) -> Chat:
        return self._sandbox.world.private_chats[self._sandbox.world.bots[self.token].id, account]

    def press(self, account: int, *, label: str | None = None) -> None:
        """The first button of his last message, or the one with this label."""
        message = self.message_of(account)
        button = next(button for button in message.buttons() if label in (None, button["text"]))
        self._sandbox.crowd.press_without_waiting(account, message_id=message.id, data=button["callback_data"])

    def write(self, account: int, text: str) -> None:
        self._sandbox.person_writes(account, text)

    def send_document(self, account: int, name: str, data: bytes) -> None:
        self._sandbox.send_document(account, name, data)

    def slow_down(self, way: float) -> None:
        self._way = way
        if way:
            self._faults.order({"delay": way, "answer_delay": way, "count": _FOR_EVER})
