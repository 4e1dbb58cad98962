"""The bot's presence at Telegram: its first call, its menus, and the way its updates come in."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from aiohttp import web

from bot.clock import Clock
from bot.config import ListenError, Settings
from bot.telegram.abandoned import is_abandoned
from bot.telegram.intake import Intake
from bot.telegram.outages import Outage
from bot.telegram.updates import (
    AnotherInstanceError,
    ForeignWebhookError,
    TokenRefusedError,
    UpdatesError,
    WebhookRefusedError,
)
from bot.telegram.webhook import build_webhook

log = structlog.get_logger()

_PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
_PASSING = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError)

Menus = Mapping[int | None, Sequence[BotCommand]]
"""The commands offered in each chat; None: in all others."""


class Serving:
    """``kinds``: the updates that somebody handles, so that Telegram sends no others."""

    def __init__(self, bot: Bot, settings: Settings, clock: Clock, intake: Intake, kinds: Sequence[str]) -> None:
        self._bot = bot
        self._clock = clock
        self._settings = settings
        self._intake = intake
        self._kinds = list(kinds)

    async def introduce(self, stop: asyncio.Event, menus: Menus, *, takes_over: bool = False) -> None:
        """Waits until Telegram answers, then sets the menus and the webhook. Raises TokenRefusedError.

        Unless it ``takes_over``, AnotherInstanceError where another program takes the updates, as far as Telegram
        tells: it is at another address, or polls while we would set a webhook. WebhookRefusedError where our own
        address will not do.
        """
        failures, outage = 0, Outage()
        while not stop.is_set():
            try:
                await self._announce(menus, takes_over=takes_over)
            except (TelegramUnauthorizedError, TelegramNotFound):
                raise TokenRefusedError("Telegram does not know the token") from None
            except _PASSING as error:
                failures += 1
                pause = _PAUSES[min(failures, len(_PAUSES)) - 1]
                outage.note("no connection to Telegram", now=self._clock.now(), error=type(error).__name__)
                await _pause(stop, pause)
            else:
                outage.end("Telegram answers", now=self._clock.now())
                return

    async def take_updates(self, stop: asyncio.Event) -> None:
        """By webhook where one is set, else by polling; until ``stop``. Raises ListenError."""
        if self._settings.webhook_url is None:
            await self._intake.run(stop)
        else:
            await self._listen(stop)

    async def _announce(self, menus: Menus, *, takes_over: bool) -> None:
        me = await self._bot.me()
        log.info("Telegram knows us", username=me.username)
        if not takes_over:
            await self._ensure_alone()
        for chat, commands in menus.items():
            await self._set_menu(chat, commands)
        url, secret = self._settings.webhook_url, self._settings.webhook_secret
        if url is None:
            await self._bot.delete_webhook()
        else:
            assert secret is not None, "checked before the start"
            try:
                await self._bot.set_webhook(url, secret_token=secret.get_secret_value(), allowed_updates=self._kinds)
            except TelegramBadRequest as error:
                raise WebhookRefusedError(error.message) from None

    async def _ensure_alone(self) -> None:
        """Raises AnotherInstanceError."""
        info, url = await self._bot.get_webhook_info(), self._settings.webhook_url
        is_gone = is_abandoned(waiting=info.pending_update_count, failed_at=info.last_error_date, now=self._clock.now())
        if info.url and info.url != url and not is_gone:
            raise ForeignWebhookError(urlsplit(info.url).hostname or "?")
        if url is not None and not info.url:
            try:
                await self._intake.ensure_alone()
            except (AnotherInstanceError, TokenRefusedError):
                raise
            except UpdatesError as error:  # the line: the next call meets it too, and waits for it
                log.info("who else takes the updates could not be seen", error=str(error))

    async def _set_menu(self, chat: int | None, commands: Sequence[BotCommand]) -> None:
        scope = BotCommandScopeDefault() if chat is None else BotCommandScopeChat(chat_id=chat)
        try:
            await self._bot.set_my_commands(list(commands), scope=scope)
        except _PASSING:
            raise
        except TelegramAPIError as error:  # an owner who has never pressed Start has no chat yet
            log.info("no menu there", error=type(error).__name__)

    async def _listen(self, stop: asyncio.Event) -> None:
        url, secret = self._settings.webhook_url, self._settings.webhook_secret
        assert url is not None, "asked only with a webhook"
        assert secret is not None, "checked before the start"
        host, _, port = self._settings.webhook_listen.rpartition(":")
        application = build_webhook(
            self._intake.receive, path=urlsplit(url).path or "/", secret=secret.get_secret_value()
        )
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, host, int(port)).start()
            except (OSError, OverflowError) as error:  # the other: a port beyond the last
                raise ListenError("WEBHOOK_LISTEN", self._settings.webhook_listen) from error
            log.info("waiting for updates", host=host, port=port)
            await stop.wait()
        finally:
            await runner.cleanup()


async def run_together(parts: Sequence[asyncio.Task[None]], stop: asyncio.Event, *, grace: float) -> None:
    """Until ``stop``, or until one part falls, which takes the others along: half a bot would look like a whole one.

    What is in flight has ``grace`` seconds to end. Raises what a part raised.
    """
    waiting: asyncio.Task[Any] = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([waiting, *parts], return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        _, late = await asyncio.wait(parts, timeout=grace)
        for task in late:
            log.warning("stopped in the middle of its work", part=task.get_name())
    finally:
        for task in (waiting, *parts):
            task.cancel()
        ended = await asyncio.gather(*parts, return_exceptions=True)
    for fault in ended:
        if isinstance(fault, Exception):
            raise fault


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Whether the work came to its end before ``stop``; else it is given up, whatever it waits for."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        working.cancel()
        await asyncio.wait({working})
    if working.cancelled():
        return False
    working.result()
    return True


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
