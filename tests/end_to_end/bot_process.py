"""The real bot in a process of its own that can be killed, on the machine's clock or one that the test moves."""

from __future__ import annotations

import asyncio
import multiprocessing
from datetime import datetime
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from pydantic import SecretStr

from bot.clock import SystemClock
from bot.config import Settings
from bot.logs import set_up_logs


class FileClock:
    """Shows the instant that stands in a file: one clock for several processes."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        return datetime.fromisoformat(self._file.read_text())

    def set(self, now: datetime) -> None:
        """In one step: a reader in another process never finds half an instant."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(now.isoformat())
        fresh.replace(self._file)


class BotProcess:
    """Starts quickly however often: each process is forked from one that has the program in memory.

    ``clock``: the file of a FileClock; None for the machine's own.
    """

    def __init__(
        self, *, api_url: str, token: str, database: Path, clock: Path | None, owner: int, log: Path, rate: int = 30
    ) -> None:
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.end_to_end.preloaded"])
        self._arguments = (api_url, token, database, clock, owner, log, rate)
        self._process: ForkServerProcess | None = None

    def start(self) -> None:
        self._process = self._context.Process(target=_serve, args=self._arguments, daemon=True)
        self._process.start()

    def kill(self) -> None:
        """SIGKILL: no handler, no finally, no flush."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None


def _serve(api_url: str, token: str, database: Path, clock: Path | None, owner: int, log: Path, rate: int) -> None:
    from bot.app import App

    set_up_logs("WARNING", token=token)
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it, its type does not tell
        bot_token=SecretStr(token),
        owner_ids=frozenset({owner}),
        database_url=f"sqlite+aiosqlite:///{database}",
        telegram_api_url=api_url,
        send_rate=rate,
    )

    async def serve() -> None:
        app = await App.build(settings, SystemClock() if clock is None else FileClock(clock), chat_pause=0)
        await app.run(asyncio.Event())

    try:
        asyncio.run(serve())
    except BaseException as error:
        with log.open("a") as file:
            file.write(f"{error!r}\n")
        raise
