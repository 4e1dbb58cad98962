"""A Bot API that does as little as it can, in a process of its own: what it costs must not be what is measured.

``python -m tests.benchmarks.lean_telegram`` is asked the same things as ``local_telegram``'s process. The flood model
is the sandbox's own; ``refuses_all`` makes it the harsh one: a refusal is for everybody until its time has passed.
It knows ``sendMessage``, and answers everything else with what a bot needs to start.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import sys
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import uvloop

from bot.clock import SystemClock
from bot.sandbox.errors import ApiError, flood_wait
from bot.sandbox.flood import FloodControl
from tests.benchmarks.own_process import obey
from tests.benchmarks.requests_read import Requests, http_answer, listen

_PATH = re.compile(rb"POST /bot(\d+):[^/]+/(\w+) ")
_CHAT = re.compile(rb'chat_id"?[=:] ?"?(-?\d+)')
_PAID = re.compile(rb'allow_paid_broadcast"?[=:] ?"?true', re.IGNORECASE)
_LONG_POLL = 25.0
_BEAT = 0.005  # seconds between two looks whether this process stood still
_BOT_ID = 42


@dataclass(slots=True)
class _Bot:
    """What one bot has sent. ``most``: the messages that were let through in its fullest second; ``stood_still``: for
    how many seconds at most nothing was read meanwhile, so that more came together than were sent so."""

    delivered: Counter[int] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    first: float = 0.0
    last: float = 0.0
    most: int = 0
    stood_still: float = 0.0
    lately: deque[float] = field(default_factory=deque)
    open_until: float = 0.0  # in the harsh model: until when everything is refused

    def note(self, chat: int, status: int, now: float) -> None:
        self.statuses[status] += 1
        self.first, self.last = self.first or now, now
        if status != 429:
            self.lately.append(now)
            while self.lately[0] <= now - 1:
                self.lately.popleft()
            self.most = max(self.most, len(self.lately))
        if status == 200:
            self.delivered[chat] += 1


class LeanTelegram:
    def __init__(self, order: Mapping[str, Any]) -> None:
        self.bots = {_BOT_ID + number: _Bot() for number in range(order["bots"])}
        people = range(order["first"], order["first"] + order["count"])
        every = order["blocked_every"]
        self.blocked = {person for person in people if every and person % every == 0}
        self.latency: float = order["latency"]
        self._refuses_all: bool = order.get("refuses_all", False)
        self._flood = FloodControl()
        self._clock = SystemClock()
        if order["per_second"]:
            self._flood.configure({"enabled": True, "per_second": order["per_second"]})

    def send_message(self, bot_id: int, body: bytes) -> bytes:
        """The whole HTTP answer."""
        bot, now = self.bots[bot_id], time.monotonic()
        found = _CHAT.search(body)
        assert found is not None, body
        chat = int(found[1])
        try:
            self._take(bot, bot_id, chat, now, is_paid=_PAID.search(body) is not None)
        except ApiError as refusal:
            bot.note(chat, refusal.code, now)
            return http_answer(refusal.code, json.dumps(refusal.answer()).encode())
        status = 403 if chat in self.blocked else 200
        bot.note(chat, status, now)
        if status == 403:
            return _BLOCKED
        return http_answer(200, _MESSAGE % (bot.statuses[200], bot_id, chat, int(now)))

    def _take(self, bot: _Bot, bot_id: int, chat: int, now: float, *, is_paid: bool) -> None:
        if now < bot.open_until:
            raise flood_wait(max(1, round(bot.open_until - now + 0.5)))
        try:
            self._flood.take(bot_id, chat, self._clock.now(), is_group=chat < 0, is_paid=is_paid)
        except ApiError as refusal:
            if self._refuses_all:
                bot.open_until = now + (refusal.parameters or {})["retry_after"]
            raise

    def tally(self, token: str) -> dict[str, Any]:
        bot = self.bots[int(token.partition(":")[0])]
        return {
            "delivered": bot.delivered,
            "refused": bot.statuses[429],
            "blocked": bot.statuses[403],
            "seconds": bot.last - bot.first,
            "most_in_a_second": bot.most,
            "stood_still": bot.stood_still,
        }

    async def watch(self) -> None:
        """Notes how late this process is, for the bots that are sending."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(_BEAT)
            now = time.monotonic()
            for bot in self.bots.values():
                if bot.first and bot.last > before - 1:
                    bot.stood_still = max(bot.stood_still, now - before - _BEAT)

    def arrived(self, token: str) -> int:
        return self.bots[int(token.partition(":")[0])].statuses[200]


class _Connection(Requests):
    def __init__(self, telegram: LeanTelegram) -> None:
        super().__init__()
        self._telegram = telegram

    def handle(self, head: bytes, body: bytes) -> None:
        path = _PATH.match(head)
        if path is None:
            self.answer(http_answer(404, b'{"ok":false,"error_code":404,"description":"Not Found"}'))
        elif path[2] == b"sendMessage":
            self.answer(self._telegram.send_message(int(path[1]), body), after=self._telegram.latency)
        else:
            after = _LONG_POLL if path[2] == b"getUpdates" else 0.0
            self.answer(_OTHERS.get(path[2], _DONE), after=after)


# As much as Telegram says of a message: who reads all of it shall pay for it.
_MESSAGE = (
    b'{"ok":true,"result":{"message_id":%d,"from":{"id":%d,"is_bot":true,"first_name":"\xd0\x92\xd0\xb5\xd1\x81\xd1\x82'
    b'\xd0\xbe\xd0\xb2\xd0\xbe\xd0\xb9","username":"vestovoy_bot"},"chat":{"id":%d,"first_name":"Anna","type":"private"},'
    b'"date":%d,"text":"Webinar","entities":[{"offset":0,"length":7,"type":"bold"}],"reply_markup":{"inline_keyboard":'
    b'[[{"text":"Yes","callback_data":"a:1"},{"text":"No","callback_data":"a:2"}]]}}}'
)
_BLOCKED = http_answer(403, b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}')
_DONE = http_answer(200, b'{"ok":true,"result":true}')
_OTHERS = {
    b"getMe": http_answer(
        200, b'{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"Lean","username":"lean_bot"}}'
    ),
    b"getUpdates": http_answer(200, b'{"ok":true,"result":[]}'),
    b"getWebhookInfo": http_answer(
        200, b'{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}'
    ),
}


async def _serve(order: Mapping[str, Any]) -> None:
    telegram = LeanTelegram(order)
    url = await listen(lambda: _Connection(telegram))
    tokens = [f"{bot_id}:lean" for bot_id in telegram.bots]
    hello = {"url": url, "bots": tokens, "blocked": sorted(telegram.blocked)}
    gc.collect()
    gc.freeze()  # what is looked through again and again would make it stand still
    watching = asyncio.create_task(telegram.watch())
    await obey(hello, {"tally": telegram.tally, "arrived": telegram.arrived})
    watching.cancel()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(json.loads(sys.argv[1])))
