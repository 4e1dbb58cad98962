from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiogram import Bot

from bot.clock import MovableClock
from bot.sandbox.server import Sandbox
from tests.plain_session import session_to

TOKEN = "42:demo"
MONDAY = datetime(2025, 11, 10, 9, 0, tzinfo=UTC)


@dataclass
class Answer:
    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        assert self.body["ok"] is False, self.body
        return self.status, self.body["description"]


class Client:
    """Speaks HTTP with the sandbox as a bot (`call`) and as the page (`ask`)."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.session = session

    async def call(self, method: str, token: str = TOKEN, /, **parameters: Any) -> Answer:
        """A form, as aiogram sends it: what is not a string goes as JSON."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
        return await self._answer("POST", f"/bot{token}/{method}", data=form)

    async def ask(self, method: str, path: str, body: Any = None) -> Answer:
        return await self._answer(method, f"/sandbox{path}", json=body)

    async def _answer(self, method: str, path: str, **options: Any) -> Answer:
        async with self.session.request(method, self.url + path, **options) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))


async def until_polled(sandbox: Sandbox, *, is_polled: bool = True) -> None:
    """Returns when a poll of the bot waits (or waits no more). Turns of the loop pass, not time."""
    queue = sandbox.world.bots[TOKEN].queue
    while queue.is_polled is not is_polled:  # noqa: ASYNC110 - the server has no reason to signal this to anybody
        await asyncio.sleep(0)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MONDAY, is_frozen=True)


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(sandbox.url, session)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    session = session_to(sandbox)
    yield Bot(TOKEN, session=session)
    await session.close()


@pytest.fixture
def anna(sandbox: Sandbox) -> int:
    """A teacher who has pressed Start; the bot has already taken the update."""
    person_id = sandbox.add_person("Анна", "Петрова", username="anna_p", id=1001)
    sandbox.start_bot(person_id)
    sandbox.world.bots[TOKEN].queue.clear()
    return person_id
