"""What a monitor is told: well, or what is wrong; figures without a single name."""

from __future__ import annotations

import io
import json
import logging
from datetime import datetime, timedelta

import aiohttp
import pytest
import structlog

from bot.clock import MovableClock
from bot.config import ListenError
from bot.domain.delivery import NoticeKind, Outcome
from bot.logs import set_up_logs
from bot.monitoring import Monitoring
from bot.ports.inbox import Received
from bot.ports.notices import NewNotice
from bot.ports.trouble import StorageDownError, StorageFault
from storage.database import Database
from tests.factories import SmallNetwork


def monitoring(database: Database, clock: MovableClock, contact: datetime | None = None) -> Monitoring:
    return Monitoring(database, clock, lambda: contact)


async def test_all_is_well_at_the_start(database: Database, clock: MovableClock) -> None:
    assert (await monitoring(database, clock).health()).is_well


@pytest.fixture
async def waiting(database: Database, clock: MovableClock, network: SmallNetwork) -> datetime:
    """Since when a notice waits that is due at the beginning of the test."""
    now = clock.now()
    notice = NewNotice(
        key="n", person_id=network.coordinator_1, kind=NoticeKind.INFO, due_at=now, expires_at=now + timedelta(days=1)
    )
    async with database.write() as tx:
        await tx.notices.plan([notice], now=now)
    return now


async def test_a_late_sender_and_a_silent_telegram_are_troubles(
    database: Database, clock: MovableClock, waiting: datetime
) -> None:
    watched = monitoring(database, clock, contact=waiting)
    assert (await watched.health()).is_well, "due this very moment is not late"
    clock.advance(timedelta(minutes=6))
    assert (await watched.health()).troubles == ("sender is late", "no contact with Telegram")


@pytest.mark.parametrize(
    ("outcome", "minutes_ago", "due_after", "is_late", "reason"),
    [
        (Outcome.DELIVERED, 0, 0, False, "one of nine thousand that are due at once: they take five minutes by rights"),
        (Outcome.BLOCKED, 1, 0, False, "nobody to read it, and off the queue all the same"),
        (Outcome.DELIVERED, 1, -60, False, "the queue is what an outage of an hour left behind"),
        (Outcome.DELIVERED, 3, 0, True, "it went on for a while and stands now"),
        (Outcome.FLOOD, 0, 0, True, "a refusal takes nothing off the queue"),
        (Outcome.UNKNOWN, 0, 0, True, "nor does a connection that broke"),
        (Outcome.DELIVERED, 0, 6, True, "what became due long after it goes out before it: it stands beside the queue"),
    ],
)
async def test_a_queue_that_moves_on_explains_why_its_last_waits(
    database: Database,
    clock: MovableClock,
    waiting: datetime,
    outcome: Outcome,
    minutes_ago: int,
    due_after: int,
    is_late: bool,
    reason: str,
) -> None:
    watched = monitoring(database, clock)
    clock.advance(timedelta(minutes=7 - minutes_ago))
    watched.note_outcome(outcome, waiting + timedelta(minutes=due_after))
    clock.advance(timedelta(minutes=minutes_ago))
    assert (await watched.health()).troubles == (("sender is late",) if is_late else ()), reason
    assert "vestovoy_notices_late_seconds 420.0" in (await watched.metrics()).decode().splitlines(), "late or not"


async def test_a_database_that_does_not_answer_is_a_trouble(database: Database, clock: MovableClock) -> None:
    class Broken:
        def read(self) -> None:
            raise OSError("disk I/O error")

    watched = Monitoring(Broken(), clock, lambda: None)  # type: ignore[arg-type]  # broken on purpose
    assert (await watched.health()).troubles == ("database",)


async def test_a_database_that_does_not_answer_keeps_no_figure_of_the_program_back(
    database: Database, clock: MovableClock
) -> None:
    """It is when something is wrong that somebody looks at them."""

    class Broken:
        def read(self) -> None:
            raise StorageDownError(StorageFault.LOCKED)

    watched = Monitoring(Broken(), clock, lambda: None, lambda: ["token refused"])  # type: ignore[arg-type]  # as above
    watched.note_outcome(Outcome.DELIVERED, clock.now())
    lines = (await watched.metrics()).decode().splitlines()
    assert 'vestovoy_requests_total{outcome="delivered"} 1.0' in lines
    assert "vestovoy_inbox_waiting NaN" in lines
    assert "vestovoy_troubles 2.0" in lines


async def test_a_database_that_can_be_read_and_not_written_is_a_trouble(
    database: Database, clock: MovableClock
) -> None:
    """As on a full disk, or beside a program that holds it: the owner is told, and so is the monitor."""
    watched = Monitoring(database, clock, lambda: None, is_ailing=lambda: True)
    assert (await watched.health()).troubles == ("database",)
    assert "vestovoy_inbox_waiting 0.0" in (await watched.metrics()).decode().splitlines()


async def test_a_port_that_is_taken_is_named_with_its_setting(database: Database, clock: MovableClock) -> None:
    async with monitoring(database, clock).served("127.0.0.1:0") as port:
        for address in (f"127.0.0.1:{port}", "127.0.0.1:99999"):
            with pytest.raises(ListenError) as caught:
                async with monitoring(database, clock).served(address):
                    pass
            assert (caught.value.setting, caught.value.address) == ("METRICS_LISTEN", address)


async def test_it_answers_over_http(database: Database, clock: MovableClock) -> None:
    watched = monitoring(database, clock)
    watched.note_outcome(Outcome.DELIVERED, clock.now())
    watched.note_outcome(Outcome.DELIVERED, clock.now())
    watched.note_update("handled", 0.2)
    async with database.write() as tx:
        await tx.inbox.add([Received(1, 1, {})], now=clock.now())
    async with watched.served("127.0.0.1:0") as port, aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/health") as response:
            assert (response.status, await response.json()) == (200, {"status": "ok", "troubles": []})
        async with session.get(f"http://127.0.0.1:{port}/metrics") as response:
            lines = (await response.text()).splitlines()
    assert 'vestovoy_requests_total{outcome="delivered"} 2.0' in lines
    assert 'vestovoy_updates_total{fate="handled"} 1.0' in lines
    assert "vestovoy_inbox_waiting 1.0" in lines


async def test_a_monitor_reads_trouble_from_the_status(database: Database, clock: MovableClock) -> None:
    watched = monitoring(database, clock, contact=clock.now() - timedelta(hours=1))
    async with (
        watched.served("127.0.0.1:0") as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/health") as response,
    ):
        assert response.status == 503


def test_a_line_of_the_log_can_be_an_object(monkeypatch: pytest.MonkeyPatch) -> None:
    said, before, configured = io.StringIO(), logging.getLogger().handlers[:], structlog.get_config()
    monkeypatch.setattr("sys.stderr", said)
    try:
        set_up_logs("INFO", token="1:secret", as_json=True)
        structlog.get_logger("test").info("sent", notice=7, url="https://x/bot1:secret/getMe")
    finally:
        structlog.configure(**configured)
        logging.getLogger().handlers[:] = before
    line = json.loads(said.getvalue())
    assert (line["event"], line["notice"], line["level"]) == ("sent", 7, "info")
    assert "secret" not in line["url"]
