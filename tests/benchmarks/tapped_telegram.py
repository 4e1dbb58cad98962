"""A Bot API that people tap at, in a process of its own: it tells how long each waited for the changed message.

``python -m tests.benchmarks.tapped_telegram`` is that process. It does as little as it can: what it costs must not be
what is measured.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import uvloop

from tests.benchmarks.own_process import OwnProcess, obey, own_process
from tests.benchmarks.requests_read import Requests, http_answer, listen

TOKEN = "42:tapped"
_PATH = re.compile(rb"POST /bot[^/]+/(\w+) ")
_CHAT = re.compile(rb'chat_id"?[=:] ?"?(-?\d+)')
_BATCH = 100


class Tapped:
    """The side of the measuring program. ``latency``: seconds that every answer takes, a batch of updates as well."""

    def __init__(self, process: OwnProcess) -> None:
        self._process = process
        self.url: str = process.hello

    async def tap(self, datas: list[list[str]], *, first: int, rate: float = 0.0, latency: float = 0.0) -> None:
        """Person ``first + n`` presses the button of each ``datas[n]``: ``rate`` taps a second in all, or at once."""
        await self._process.ask("tap", datas=datas, first=first, rate=rate, latency=latency)

    async def waits(self) -> list[float]:
        """Seconds from each tap to its changed message, of those that were changed so far."""
        return list(await self._process.ask("waits"))

    async def changed(self) -> int:
        """How many of the taps have their changed message."""
        return int(await self._process.ask("changed"))

    async def seconds(self) -> float:
        """From the first tap to the last changed message."""
        return float(await self._process.ask("seconds"))


@asynccontextmanager
async def tapped_telegram() -> AsyncIterator[Tapped]:
    async with own_process(__name__) as process:
        yield Tapped(process)


# The other side: the process itself


class _Telegram:
    def __init__(self) -> None:
        self.latency = 0.0
        self._pending: deque[dict[str, Any]] = deque()
        self._next_update = 2_000_001
        self._stirred = asyncio.Event()
        self._tapped_at: defaultdict[int, deque[float]] = defaultdict(deque)
        self._waits: list[float] = []
        self._began = 0.0
        self._ended = 0.0
        self._tapping: asyncio.Task[None] | None = None

    def tap(self, *, datas: list[list[str]], first: int, rate: float, latency: float) -> bool:
        self.latency = latency
        self._waits, self._began = [], time.monotonic()
        self._tapped_at.clear()
        rounds = max(map(len, datas), default=0)
        taps = [(first + n, own[turn]) for turn in range(rounds) for n, own in enumerate(datas) if turn < len(own)]
        self._tapping = asyncio.get_running_loop().create_task(self._tap(taps, rate))
        return True

    async def _tap(self, taps: list[tuple[int, str]], rate: float) -> None:
        for number, (person, data) in enumerate(taps):
            if rate:
                await asyncio.sleep(self._began + number / rate - time.monotonic())
            self._tapped_at[person].append(self._began + number / rate if rate else self._began)
            self._pending.append(_update(self._next_update, person, data))
            self._next_update += 1
            self._stirred.set()

    def waits(self) -> list[float]:
        return self._waits

    def changed(self) -> int:
        return len(self._waits)

    def seconds(self) -> float:
        return self._ended - self._began

    async def updates(self, *, offset: int = 0, timeout: float = 0, **_: Any) -> bytes:  # noqa: ASYNC109 - as Telegram calls it
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        if not self._pending and timeout:
            self._stirred.clear()
            try:
                async with asyncio.timeout(timeout):
                    await self._stirred.wait()
            except TimeoutError:
                pass
        return json.dumps({"ok": True, "result": [*self._pending][:_BATCH]}).encode()

    def edited(self, chat: int) -> None:
        """The reader sees the change when the answer has come all its way, as late as the bot hears of it."""
        if self._tapped_at[chat]:
            self._ended = time.monotonic() + self.latency
            self._waits.append(self._ended - self._tapped_at[chat].popleft())


class _Connection(Requests):
    def __init__(self, telegram: _Telegram) -> None:
        super().__init__()
        self._telegram = telegram

    def handle(self, head: bytes, body: bytes) -> None:
        path = _PATH.match(head)
        method = path[1] if path else b""
        chat = _CHAT.search(body)
        if method == b"getUpdates":
            asyncio.ensure_future(self._poll(json.loads(body)))  # noqa: RUF006 - as long as its connection
            return
        if method == b"editMessageText" and chat is not None:
            self._telegram.edited(int(chat[1]))
        self._say(_MESSAGE % (int(chat[1]), int(time.time())) if chat is not None else _DONE)

    async def _poll(self, request: Mapping[str, Any]) -> None:
        self._say(await self._telegram.updates(**request))

    def _say(self, body: bytes) -> None:
        self.answer(http_answer(200, body), after=self._telegram.latency)


def _update(number: int, person: int, data: str) -> dict[str, Any]:
    """As much as Telegram says of a tap."""
    message = {
        "message_id": person,
        "from": {"id": 42, "is_bot": True, "first_name": "Вестовой", "username": "vestovoy_bot"},
        "chat": {"id": person, "first_name": "Участник", "type": "private"},
        "date": int(time.time()),
        "text": "🎥 Вебинар о работе центров\nНачало: сегодня",
        "entities": [{"offset": 3, "length": 23, "type": "bold"}],
        "reply_markup": {"inline_keyboard": [[{"text": "✅ Буду", "callback_data": data}]]},
    }
    query = {
        "id": str(7_000_000_000 + number),
        "from": {"id": person, "is_bot": False, "first_name": "Участник", "language_code": "ru"},
        "message": message,
        "chat_instance": "1",
        "data": data,
    }
    return {"update_id": number, "callback_query": query}


_MESSAGE = b'{"ok":true,"result":{"message_id":1,"chat":{"id":%d,"type":"private"},"date":%d,"text":"Webinar"}}'
_DONE = b'{"ok":true,"result":true}'


async def _serve() -> None:
    telegram = _Telegram()
    url = await listen(lambda: _Connection(telegram))
    await obey(url, {name: getattr(telegram, name) for name in ("tap", "waits", "changed", "seconds")})


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve())
