"""The metronome: a few fixed jobs that ask "what is due?". Reminders are rows, never jobs of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """``run`` returns how much it did. It is run at the start and then every ``seconds``."""

    name: str
    run: Callable[[], Awaitable[int]]
    seconds: int


class Scheduler:
    """Runs the jobs in turn at their intervals. A late job runs once, however late; no job runs beside itself."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._metronome = AsyncIOScheduler(
            timezone=UTC,
            # The default grace of one second would silently drop a job that the loop reached late.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        for job in self._jobs:
            trigger = IntervalTrigger(seconds=job.seconds, timezone=UTC)
            self._metronome.add_job(_run, trigger, args=[job], id=job.name)
        self._metronome.start()

    def stop(self) -> None:
        """No new run begins; one under way goes on (its transaction ends or is rolled back)."""
        if self._metronome.running:
            self._metronome.shutdown(wait=False)

    async def run_all_now(self) -> dict[str, int]:
        """Every job once, in the order of the list; what each of them did. For the start, a moved clock and tests."""
        return {job.name: await _run(job) for job in self._jobs}


async def _run(job: Job) -> int:
    """A job that fails is told in the log and runs again at its next beat."""
    try:
        done = await job.run()
    except Exception:
        log.exception("a job failed", job=job.name)
        return 0
    if done:
        log.info("job done", job=job.name, count=done)
    return done
