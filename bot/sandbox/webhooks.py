"""Webhooks: what addresses are taken, and the delivery of updates with its retries.

One deviation on purpose: a loopback address is taken over plain HTTP and on any port, as a local Bot API server does.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.clock import Clock
from bot.sandbox.errors import refuse
from bot.sandbox.updates import QueuedUpdate, UpdateQueue

_PORTS = frozenset({443, 80, 88, 8443})
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LONGEST_DELAY = 60.0
_LONGEST_RETRY_AFTER = 3600.0
_GONE_FOR = timedelta(hours=23)
_NOT_EXECUTED = ("get", "setwebhook", "deletewebhook", "close", "logout")

Execute = Callable[[str, dict[str, Any]], Awaitable[None]]


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str
    max_connections: int
    has_custom_certificate: bool = False
    last_error_at: datetime | None = None
    last_error: str = ""
    gone_since: datetime | None = None  # since when the address has answered nothing but 410


def ensure_good_url(url: str) -> None:
    """Raises ApiError 400 for an address that Telegram would not take (loopback ones are taken)."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        refuse("Invalid webhook URL specified")
    if not host or parts.scheme not in ("http", "https") or re.search(r"\s", url):
        refuse("Invalid webhook URL specified")
    address = _as_address(host)
    if host == "localhost" or (address is not None and address.is_loopback):
        return
    if parts.scheme != "https":
        refuse("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in _PORTS:
        refuse("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if address is not None and not address.is_global:
        refuse(f"bad webhook: IP address {address} is reserved")


def ensure_good_secret(secret: str) -> None:
    if len(secret) > 256:
        refuse("Secret token is too long")
    if not _SECRET.fullmatch(secret):
        refuse("Secret token contains unallowed characters")


def _as_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


class WebhookDelivery:
    """Posts a bot's updates to its webhook: in order within a chat, in parallel between chats.

    An update is confirmed by any 2xx; otherwise it is tried again, at once and then with doubling delays, until it
    expires. The delays pass in real time; `hurry` (the clock was moved) ends them.
    """

    def __init__(
        self, queue: UpdateQueue, webhook: Webhook, clock: Clock, execute: Execute, remove: Callable[[], None]
    ) -> None:
        self._queue = queue
        self._webhook = webhook
        self._clock = clock
        self._execute = execute
        self._remove = remove
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(webhook.max_connections)
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._hurry = asyncio.Event()

    def start(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        self._queue.on_push = self._start_workers
        self._start_workers()

    async def stop(self) -> None:
        self._queue.on_push = None
        workers = [task for task in self._workers.values() if task is not asyncio.current_task()]
        for task in workers:
            task.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def hurry(self) -> None:
        self._hurry.set()
        self._hurry = asyncio.Event()

    def _start_workers(self) -> None:
        for update in self._queue.pending():
            if update.order_key not in self._workers:
                key = update.order_key
                task = asyncio.get_running_loop().create_task(self._deliver_in_order(key))
                self._workers[key] = task

    async def _deliver_in_order(self, key: int) -> None:
        failures = 0
        try:
            while update := next((u for u in self._queue.pending() if u.order_key == key), None):
                retry_after = await self._deliver(update)
                if retry_after is None:
                    failures = 0
                    continue
                failures += 1
                delay = retry_after or (0.0 if failures == 1 else min(_LONGEST_DELAY, 2.0 ** (failures - 2)))
                await self._pause(delay)
        finally:
            # No await stands between the last look at the queue and this line, so no update is left without a worker.
            del self._workers[key]

    async def _pause(self, delay: float) -> None:
        try:
            await asyncio.wait_for(self._hurry.wait(), delay)
        except TimeoutError:
            return

    async def _deliver(self, update: QueuedUpdate) -> float | None:
        """Returns None when the update is confirmed, otherwise the asked delay (0 for none asked)."""
        assert self._session is not None
        headers = {"Content-Type": "application/json"}
        if self._webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._webhook.secret
        async with self._slots:
            try:
                async with self._session.post(
                    self._webhook.url, data=update.encoded, headers=headers, allow_redirects=False
                ) as answer:
                    body = await answer.read()
            except (aiohttp.ClientError, TimeoutError) as error:
                self._failed(str(error) or "Connection timed out")
                return 0.0
        if not 200 <= answer.status < 300:
            self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
            self._note_gone(answer.status)
            return _retry_after(answer.headers.get("Retry-After", ""))
        self._webhook.gone_since = None
        self._queue.confirm(update.id)
        await self._execute_answer(body)
        return None

    def _failed(self, description: str) -> None:
        self._webhook.last_error = description
        self._webhook.last_error_at = self._clock.now()

    def _note_gone(self, status: int) -> None:
        now = self._clock.now()
        if status != 410:
            self._webhook.gone_since = None
        elif self._webhook.gone_since is None:
            self._webhook.gone_since = now
        elif now - self._webhook.gone_since >= _GONE_FOR:
            self._remove()

    async def _execute_answer(self, body: bytes) -> None:
        try:
            call = json.loads(body)
        except ValueError:
            return
        method = call.get("method") if isinstance(call, dict) else None
        if isinstance(method, str) and not method.lower().startswith(_NOT_EXECUTED):
            await self._execute(method, {name: value for name, value in call.items() if name != "method"})


def _retry_after(header: str) -> float:
    return min(_LONGEST_RETRY_AFTER, float(header)) if header.isdecimal() else 0.0
