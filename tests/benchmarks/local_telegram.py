"""The sandbox in a process of its own, so that what it costs and how it fares is not the measured program's.

``python -m tests.benchmarks.local_telegram`` is that process.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.clock import MovableClock
from bot.sandbox.server import Sandbox
from tests.benchmarks.own_process import OwnProcess, obey, own_process
from tests.benchmarks.paces import most_in

_FOR_EVER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Tally:
    """What came to the sandbox from one bot. ``seconds``: from the first message to the last.

    ``most_in_a_second``: let through in the fullest one, by the server's clock. ``stood_still``: for how many seconds
    at most the server read nothing meanwhile, where it knows.
    """

    delivered: Mapping[int, int]
    refused: int
    blocked: int
    seconds: float
    most_in_a_second: int = 0
    stood_still: float = 0.0

    @property
    def doubled(self) -> int:
        return sum(times - 1 for times in self.delivered.values())

    def lost(self, wanted: set[int]) -> int:
        return len(wanted - set(self.delivered))


class LocalTelegram:
    """Made by ``local_telegram``. ``bots``: their tokens. ``blocked``: the people who blocked all of them."""

    def __init__(self, process: OwnProcess) -> None:
        self._process = process
        self.url: str = process.hello["url"]
        self.bots: list[str] = process.hello["bots"]
        self.blocked: set[int] = set(process.hello["blocked"])

    async def tally(self, token: str) -> Tally:
        found = await self._process.ask("tally", token=token)
        delivered = {int(chat): times for chat, times in found.pop("delivered").items()}
        return Tally(delivered=delivered, **found)

    async def arrived(self, token: str) -> int:
        """How many messages this bot has delivered so far."""
        return int(await self._process.ask("arrived", token=token))

    async def press(self, token: str, number: int) -> int:
        """Everybody presses button ``number`` of his last message from this bot; returns how many did."""
        return int(await self._process.ask("press", token=token, number=number))


@asynccontextmanager
async def local_telegram(
    people: range,
    *,
    bots: int = 1,
    per_second: float | None = None,
    latency: float = 0.0,
    blocked_every: int = 0,
    refuses_all: bool | None = None,
) -> AsyncIterator[LocalTelegram]:
    """``people`` (their ids) have all pressed Start at each of the ``bots``; every ``blocked_every``-th blocked them.

    ``per_second`` switches flood control on; ``latency``: seconds that each message takes. With ``refuses_all`` it is
    the lean one (``lean_telegram``): True is its harsh model of a flood wait, False the sandbox's own.
    """
    order = {
        "first": people.start, "count": len(people), "bots": bots,
        "per_second": per_second, "latency": latency, "blocked_every": blocked_every, "refuses_all": bool(refuses_all),
    }  # fmt: skip
    server = __name__ if refuses_all is None else "tests.benchmarks.lean_telegram"
    async with own_process(server, json.dumps(order)) as process:
        yield LocalTelegram(process)


# The other side: the process itself


async def _serve(order: Mapping[str, Any]) -> None:
    sandbox = Sandbox(MovableClock())
    await sandbox.start()
    tokens = [sandbox.bot_token, *(sandbox.add_bot() for _ in range(order["bots"] - 1))]
    people = range(order["first"], order["first"] + order["count"])
    every = order["blocked_every"]
    blocked = [person for person in people if every and person % every == 0]
    _let_in(sandbox, people, set(blocked))
    if order["per_second"]:
        sandbox.set_limits(enabled=True, per_second=order["per_second"])
    if order["latency"]:
        sandbox.add_fault(method="sendMessage", delay=order["latency"], count=_FOR_EVER)
    gc.collect()
    gc.freeze()  # what is looked through again and again would make it stand still
    await obey(
        {"url": sandbox.url, "bots": tokens, "blocked": blocked},
        {"tally": partial(_tally, sandbox), "arrived": partial(_arrived, sandbox), "press": partial(_press, sandbox)},
    )
    await sandbox.stop()


def _let_in(sandbox: Sandbox, people: range, blocked: set[int]) -> None:
    world = sandbox.world
    for number in people:
        person = world.people[sandbox.add_person("Участник", id=number)]
        for bot in world.bots.values():
            world.open_private_chat(bot, person)
            if number in blocked:
                person.blocked_bot_ids.add(bot.id)  # long ago: the bots are told nothing of it now


def _tally(sandbox: Sandbox, token: str) -> dict[str, Any]:
    bot = sandbox.world.bots[token]
    calls = [call for call in sandbox.world.calls.find("sendMessage") if call.bot_id == bot.id]
    codes = Counter(call.status for call in calls)
    return {
        "delivered": Counter(call.parameters["chat_id"] for call in calls if call.status == 200),
        "refused": codes[429],
        "blocked": codes[403],
        "seconds": (calls[-1].real_time - calls[0].real_time).total_seconds() if calls else 0.0,
        "most_in_a_second": most_in(1, [call.real_time.timestamp() for call in calls if call.status != 429]),
    }


def _arrived(sandbox: Sandbox, token: str) -> int:
    bot = sandbox.world.bots[token]
    return sum(call.bot_id == bot.id and call.status == 200 for call in sandbox.world.calls.find("sendMessage"))


def _press(sandbox: Sandbox, token: str, number: int) -> int:
    world = sandbox.world
    bot = world.bots[token]
    pressed = 0
    for (bot_id, person_id), chat in world.private_chats.items():
        shown = [message for message in chat.messages.values() if message.buttons()] if bot_id == bot.id else []
        if shown:
            button = list(shown[-1].buttons())[number]
            sandbox.crowd.press_without_waiting(person_id, message_id=shown[-1].id, data=button["callback_data"])
            pressed += 1
    return pressed


if __name__ == "__main__":
    asyncio.run(_serve(json.loads(sys.argv[1])))
