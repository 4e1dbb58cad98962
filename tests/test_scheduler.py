"""The metronome: fixed jobs, each told apart when it fails, none dropped for being late."""

from __future__ import annotations

from bot.scheduler import Job, Scheduler


async def _three() -> int:
    return 3


async def _broken() -> int:
    raise OSError("the disk is full")


async def test_a_job_that_fails_keeps_none_of_the_others_from_running() -> None:
    scheduler = Scheduler([Job("broken", _broken, 60), Job("three", _three, 60)])
    assert await scheduler.run_all_now() == {"broken": 0, "three": 3}


async def test_a_late_job_is_run_once_and_never_dropped() -> None:
    """APScheduler's own default drops a job that is a second late."""
    scheduler = Scheduler([Job("three", _three, 60)])
    scheduler.start()
    try:
        (job,) = scheduler._metronome.get_jobs()
        assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
        assert str(scheduler._metronome.timezone) == "UTC"
    finally:
        scheduler.stop()


def test_stopping_what_never_started_is_no_error() -> None:
    Scheduler([]).stop()
