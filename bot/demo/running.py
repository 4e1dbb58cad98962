"""The demonstration: the unchanged bot, pointed at a Telegram of its own, with a network already living in it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.app import App
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo.network import OWNER, OWNER_NAME, DemoNetwork, Resident, fill_network
from bot.demo.papers import PAPERS
from bot.demo.selection import open_selection
from bot.demo.tasks import open_checklist
from bot.demo.webinars import announce_series
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Paper
from bot.texts.catalogue import plain, say

STRANGER = 2000

_LOOK = 0.003  # seconds between two looks whether the bot has finished


class Demo:
    """The sandbox with the running bot. Made by ``running_demo``."""

    def __init__(self, sandbox: Sandbox, app: App, network: DemoNetwork) -> None:
        self.sandbox = sandbox
        self.app = app
        self.network = network

    def link(self, account: int, payload: str = "") -> str:
        """The page's address at which this person speaks, with Start pressed on an invitation."""
        start = f"&start={payload}" if payload else ""
        return f"{self.sandbox.url}/?person={account}{start}"

    async def settle(self) -> None:
        """Waits until the bot has handled everything that people have said so far."""
        # An update leaves the queue when the bot asks for the next ones, and it asks after the backlog has been told.
        queue = self.sandbox.world.bots[self.sandbox.bot_token].queue
        while queue.pending() or not self.app.backlog.is_idle:  # noqa: ASYNC110 - two parts, neither of which tells
            await asyncio.sleep(_LOOK)


@asynccontextmanager
async def running_demo(
    *, port: int = 0, start: datetime | None = None, database: Path | None = None, with_matters: bool = True
) -> AsyncIterator[Demo]:
    """The demonstration, serving until the block is left.

    ``start`` (aware): when its clock begins; now, if None. ``database``: a file to go on with; by default a new one
    that is thrown away. ``with_matters``: webinars are announced, a checklist is owed and a selection is running before
    anybody looks. Raises OSError when the port is taken.
    """
    with tempfile.TemporaryDirectory(prefix="vestovoy-demo-") as folder:
        file = database or Path(folder) / "demo.sqlite3"
        clock = MovableClock(start)
        parts: list[App] = []
        sandbox = Sandbox(
            clock,
            next_due=lambda: _next_event(parts[0]),
            after_move=lambda: _do_what_is_due(parts[0]),
            port=port,
        )
        await sandbox.start()
        app = await App.build(_settings(sandbox, file), clock, chat_pause=0)
        parts.append(app)
        network = await fill_network(app.storage, now=clock.now())
        _let_people_in(sandbox, network)
        _lay_papers_ready(sandbox, clock.now().date())
        demo = Demo(sandbox, app, network)
        if with_matters:
            await announce_series(app.storage, now=clock.now())
            await open_checklist(app.storage, now=clock.now())
            await open_selection(app.storage, now=clock.now())
            await _ask_for_a_document(demo)
        stop = asyncio.Event()
        serving = asyncio.create_task(app.run(stop))
        try:
            yield demo
        finally:
            stop.set()
            await serving
            await sandbox.stop()


async def _next_event(app: App) -> datetime | None:
    """What has just been said must be planned before anybody asks what comes next."""
    await app.tick()
    return await app.next_due_at()


async def _do_what_is_due(app: App) -> None:
    await app.tick()


def _settings(sandbox: Sandbox, file: Path) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it, its type does not tell
        bot_token=SecretStr(sandbox.bot_token),
        owner_ids=frozenset({OWNER}),
        database_url=f"sqlite+aiosqlite:///{file}",
        telegram_api_url=sandbox.url,
        operator_name="Методический центр (демонстрация)",
        operator_contact="demo@example.org",
        log_level="WARNING",
    )


def _let_people_in(sandbox: Sandbox, network: DemoNetwork) -> None:
    """Everybody has a Telegram account; who has joined pressed Start long ago."""
    bot = sandbox.world.bots[sandbox.bot_token]
    people = [(OWNER, OWNER_NAME, "владелец бота", True)]
    people += [(one.account, one.full_name, _standing(one), one.has_joined) for one in network.residents]
    people.append((STRANGER, "Прохожий Игорь", "не из сети", False))
    for account, full_name, note, has_joined in people:
        last_name, first_name, *_ = full_name.split()
        sandbox.add_person(first_name, last_name, id=account, note=note)
        sandbox.world.people[account].invitation = network.links.get(account, "")
        if has_joined:
            sandbox.world.open_private_chat(bot, sandbox.world.people[account])


def _standing(one: Resident) -> str:
    return f"{one.role}, {one.place}" if one.has_joined else "приглашена, ещё не в боте"


def _lay_papers_ready(sandbox: Sandbox, today: date) -> None:
    sandbox.world.papers = [Paper(paper.file_name, plain(paper.note), paper.compose(today)) for paper in PAPERS]


async def _ask_for_a_document(demo: Demo) -> None:
    """The regional coordinator finds in her chat what to try first."""
    coordinator = next(one for one in demo.network.residents if one.has_joined and not one.municipality)
    await demo.app.bot.send_message(coordinator.account, say("demo-send-yours"))
