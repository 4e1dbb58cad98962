"""What a monitor may ask of the running bot: ``/health`` and, for Prometheus, ``/metrics``. No names, no ids of people.

Only where METRICS_LISTEN names an address; the figures are counted either way, which costs nothing.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.clock import Clock
from bot.config import ListenError
from bot.domain.delivery import Outcome
from bot.ports.storage import Storage
from bot.ports.trouble import StorageDownError

log = structlog.get_logger()

_MAY_BE_LATE = timedelta(minutes=5)
_MAY_PAUSE = timedelta(minutes=2)  # a flood wait of up to a minute is no trouble, a longer one has a name of its own
_LEFT_THE_QUEUE = frozenset({Outcome.DELIVERED, Outcome.BLOCKED, Outcome.GONE, Outcome.PERMANENT})
_MAY_BE_SILENT = timedelta(minutes=3)  # three long polls without an answer
_DATABASE_SECONDS = 5
_DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Health:
    """``troubles``: stable words for a monitor; none of them when all is well."""

    troubles: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        return not self.troubles


class _Departure(NamedTuple):
    """When a notice left the queue, and since when it had been due."""

    at: datetime
    due_at: datetime


class Monitoring:
    """Counts what happens and answers what a monitor asks."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        last_contact: Callable[[], datetime | None],
        silences: Callable[[], Sequence[str]] = tuple,
        is_ailing: Callable[[], bool] = bool,
    ) -> None:
        """``last_contact``: when Telegram last answered a poll; None where nobody polls, and it writes when it has to.
        ``silences``: why nothing can be sent now. ``is_ailing``: whether the database refused a write, and has taken
        none since; to read, which is all that is tried here, often works on a full disk or beside a lock."""
        self._storage = storage
        self._clock = clock
        self._last_contact = last_contact
        self._silences = silences
        self._is_ailing = is_ailing
        self._last: _Departure | None = None
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "vestovoy_requests", "Notices sent, by what the messenger said", ["outcome"], registry=self.registry
        )
        self._of_outcome = {outcome: self._requests.labels(outcome.value) for outcome in Outcome}  # looked up once
        self._updates = Counter("vestovoy_updates", "Updates, by what became of them", ["fate"], registry=self.registry)
        self._handling = Histogram(
            "vestovoy_handling_seconds", "How long an update took to handle", registry=self.registry
        )
        self._late = Gauge(
            "vestovoy_notices_late_seconds", "How long the most urgent notice has been due", registry=self.registry
        )
        self._waiting = Gauge("vestovoy_inbox_waiting", "Updates stored and not yet handled", registry=self.registry)
        self._troubles = Gauge(
            "vestovoy_troubles", "How many things /health has to complain of", registry=self.registry
        )

    def note_outcome(self, outcome: Outcome, due_at: datetime) -> None:
        """What the messenger said of a notice that had been due since ``due_at``."""
        self._of_outcome[outcome].inc()
        if outcome in _LEFT_THE_QUEUE:
            self._last = _Departure(self._clock.now(), due_at)

    def note_update(self, fate: str, seconds: float) -> None:
        """``fate``: handled, or failed: then it is tried again or set aside."""
        self._updates.labels(fate).inc()
        self._handling.observe(seconds)

    async def health(self) -> Health:
        """Asks the database, and looks whether the sender is late and when Telegram was last heard of."""
        now, troubles = self._clock.now(), []
        try:
            async with asyncio.timeout(_DATABASE_SECONDS):
                due_at = await self._look(now)
        except StorageDownError:  # told already, once for all who meet it
            troubles.append(_DATABASE)
        except Exception:  # whatever it is, the monitor wants to hear of it
            log.exception("the database does not answer")
            troubles.append(_DATABASE)
        else:
            if due_at is not None and self._is_late(due_at, now):
                troubles.append("sender is late")
        if self._is_ailing() and _DATABASE not in troubles:
            troubles.append(_DATABASE)
        contact = self._last_contact()
        if contact is not None and now - contact > _MAY_BE_SILENT:
            troubles.append("no contact with Telegram")
        return Health((*troubles, *map(str, self._silences())))

    async def metrics(self) -> bytes:
        """In the text format of Prometheus. What a database that does not answer would tell is NaN: neither nought nor
        the figure of an hour ago; the rest is told as ever, because now is when it is looked at."""
        self._late.set(math.nan)
        self._waiting.set(math.nan)
        health = await self.health()  # which sets them anew where the database can be read
        self._troubles.set(len(health.troubles))
        return generate_latest(self.registry)

    @asynccontextmanager
    async def served(self, listen: str) -> AsyncIterator[int]:
        """Answers at ``host:port`` until the block is left; gives the port. Raises ListenError where it is taken."""
        application = web.Application()
        application.router.add_get("/health", self._answer_health)
        application.router.add_get("/metrics", self._answer_metrics)
        host, _, port = listen.rpartition(":")
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, host, int(port)).start()
            except (OSError, OverflowError) as error:  # the other: a port beyond the last
                raise ListenError("METRICS_LISTEN", listen) from error
            address = runner.addresses[0]
            log.info("a monitor may ask", host=host, port=address[1])
            yield address[1]
        finally:
            await runner.cleanup()

    async def _answer_health(self, _request: web.Request) -> web.Response:
        health = await self.health()
        body = {"status": "ok" if health.is_well else "trouble", "troubles": list(health.troubles)}
        return web.json_response(body, status=200 if health.is_well else 503)

    async def _answer_metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=await self.metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _is_late(self, due_at: datetime, now: datetime) -> bool:
        """Whether the most urgent notice has been due for longer than the queue before it explains: nothing leaves the
        queue, or what became due long after it does. Nine thousand that are due at once take five minutes by rights.
        """
        if now - due_at <= _MAY_BE_LATE:
            return False
        last = self._last
        return last is None or now - last.at > _MAY_PAUSE or last.due_at - due_at > _MAY_BE_LATE

    async def _look(self, now: datetime) -> datetime | None:
        """Asks the database, sets the gauges; returns since when the most urgent notice has been due, or will be."""
        async with self._storage.read() as tx:
            due_at = await tx.notices.next_due_at()
            waiting = await tx.inbox.count_waiting()
        late = max(timedelta(), now - due_at) if due_at else timedelta()
        self._late.set(late.total_seconds())
        self._waiting.set(waiting)
        return due_at
