"""The whole bot in this process, against the local Telegram, on a clock that a test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.app import App
from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.ids import PersonId
from bot.sandbox.server import Sandbox
from tests.driver import SharedDispatcher
from tests.factories import SmallNetwork, account_of
from tests.movable_database import MovableDatabase


class Running:
    """``app`` does what is due when it is asked to; people speak through the sandbox."""

    def __init__(self, app: App, sandbox: Sandbox) -> None:
        self.app = app
        self.sandbox = sandbox

    def meet(self, *people: PersonId) -> None:
        """They are known to Telegram and have pressed Start long ago."""
        for person in people:
            self.sandbox.add_person(f"Person {person}", id=account_of(person))
            self.sandbox.start_bot(account_of(person))
        self.sandbox.world.bots[self.sandbox.bot_token].queue.clear()

    def told(self, person: PersonId) -> list[dict[str, Any]]:
        """What the bot sent to him, the oldest first."""
        return [m for m in self.sandbox.messages(account_of(person)) if m["from"]["is_bot"]]

    def headings(self, person: PersonId) -> list[str]:
        return [message["text"].splitlines()[0] for message in self.told(person)]


@asynccontextmanager
async def running(database_file: Path, clock: MovableClock, **settings: Any) -> AsyncIterator[Running]:
    sandbox = Sandbox(clock)
    await sandbox.start()
    app = app_over(settings_for(sandbox, database_file, **settings), clock, database_file)
    try:
        yield Running(app, sandbox)
    finally:
        await app.close()
        await sandbox.stop()


def app_over(settings: Settings, clock: MovableClock, file: Path) -> App:
    """As ``App.build`` puts it together over a file that is migrated; its database and its dispatcher are those of the
    process, because to make them anew takes longer than most tests. One app at a time, until it is closed.

    The real start is shown in ``tests/end_to_end``.
    """
    database = _database()
    database.move_to(file)
    with patch("bot.app.build_dispatcher", _DISPATCHER.over):
        return App(settings, clock, database, chat_pause=0)


_DISPATCHER = SharedDispatcher()


@cache
def _database() -> MovableDatabase:
    return MovableDatabase()


def settings_for(sandbox: Sandbox, database_file: Path, **settings: Any) -> Settings:
    plain: dict[str, Any] = {
        "_env_file": None,
        "bot_token": sandbox.bot_token,
        "telegram_api_url": sandbox.url,
        "database_url": f"sqlite+aiosqlite:///{database_file}",
        "send_rate": 500,
    }
    return Settings(**{**plain, **settings})


def everybody(network: SmallNetwork) -> tuple[PersonId, ...]:
    coordinators = (network.regional, network.municipal, network.coordinator_1, network.coordinator_2,
                    network.coordinator_3, network.amur_regional, network.coordinator_4)  # fmt: skip
    return (*coordinators, network.teacher_1, network.teacher_2, network.teacher_4)
