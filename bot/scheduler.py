"""The metronome: a few fixed jobs that ask "what is due?". Reminders are rows, never jobs of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.clock import Clock, JumpDetector, SystemClock
from bot.ports.trouble import StorageDownError

log = structlog.get_logger()

_LOOK_AT_CLOCK = 5.0  # seconds
_A_JUMP = timedelta(minutes=1)  # less is the ordinary correction by a time server


@dataclass(frozen=True, slots=True)
class Job:
    """``run`` returns how much it did. It is run at the start and then every ``seconds``."""

    name: str
    run: Callable[[], Awaitable[int]]
    seconds: int


class Scheduler:
    """Runs the jobs in turn at their intervals. A late job runs once, however late; no job runs beside itself.

    APScheduler counts by the machine's clock, so a clock set back would leave it waiting for as long: such a jump is
    noticed, and every job runs at once. ``on_jump`` is told by how much.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        machine: Clock | None = None,
        on_jump: Callable[[timedelta], None] = lambda _: None,
    ) -> None:
        self._jobs = jobs
        self._machine = machine or SystemClock()
        self._on_jump = on_jump
        self._watching: asyncio.Task[None] | None = None
        self._metronome = AsyncIOScheduler(
            timezone=UTC,
            # The default grace of one second would silently drop a job that the loop reached late.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        for job in self._jobs:
            self._metronome.add_job(_run, _Beat(job.seconds), args=[job], id=job.name)
        self._metronome.start()
        self._watching = asyncio.create_task(self._watch_clock(JumpDetector(self._machine)))

    def stop(self) -> None:
        """No new run begins; one under way goes on (its transaction ends or is rolled back)."""
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None
        if self._metronome.running:
            self._metronome.shutdown(wait=False)

    async def run_all_now(self) -> dict[str, int]:
        """Every job once, in the order of the list; what each of them did. For the start, a moved clock and tests."""
        return {job.name: await _run(job) for job in self._jobs}

    async def _watch_clock(self, detector: JumpDetector) -> None:
        while True:
            await asyncio.sleep(_LOOK_AT_CLOCK)
            jumped = detector.jump()
            if abs(jumped) < _A_JUMP:
                continue
            log.warning("the machine's clock was set, or the machine slept", by_seconds=round(jumped.total_seconds()))
            for job in self._jobs:
                self._metronome.modify_job(job.name, next_run_time=self._machine.now())
            self._on_jump(jumped)


class _Beat(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """``seconds`` from now. APScheduler's own counts every beat that was missed: a clock that jumps from 1970 to today
    would hold the loop for minutes."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + timedelta(seconds=self._seconds)


async def _run(job: Job) -> int:
    """A job that fails is told in the log and runs again at its next beat."""
    try:
        done = await job.run()
    except StorageDownError:  # told already, once for all jobs
        return 0
    except Exception:
        log.exception("a job failed", job=job.name)
        return 0
    if done:
        log.info("job done", job=job.name, count=done)
    return done
