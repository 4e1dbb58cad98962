"""Many requests under one timer: each ends at its own time, and for its own reason."""

from __future__ import annotations

import asyncio

import pytest

from bot.telegram.time_limits import TimeLimits

SOON, LATER, MUCH_LATER = 0.01, 0.03, 60.0


async def asked(limits: TimeLimits, seconds: float | None, answer: asyncio.Future[str]) -> str:
    limit = limits.begin(seconds)
    try:
        return await answer
    except asyncio.CancelledError:
        if limit.was_the_reason():
            raise TimeoutError from None
        raise
    finally:
        limits.end(limit)


def silence() -> asyncio.Future[str]:
    return asyncio.get_running_loop().create_future()


@pytest.mark.parametrize(
    ("begun", "ended", "reason"),
    [
        ((SOON,), [SOON], "the only one"),
        ((MUCH_LATER, SOON), [SOON], "the timer is set for the one that has begun first, and must be set anew"),
        ((SOON, LATER), [SOON, LATER], "after the first the timer goes on for the second"),
        ((SOON, SOON), [SOON, SOON], "two at one time"),
        ((None, SOON), [SOON], "what may take for ever sets no timer"),
    ],
)
async def test_what_is_over_ends_at_its_time(begun: tuple[float, ...], ended: list[float], reason: str) -> None:
    limits = TimeLimits()
    tasks = {asyncio.create_task(asked(limits, seconds, silence())): seconds for seconds in begun}
    over: list[float] = []
    while len(over) < len(ended):
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            assert isinstance(task.exception(), TimeoutError), reason
            over.append(tasks.pop(task))
    assert sorted(over) == ended, reason
    for task in tasks:
        assert not task.done(), reason
        task.cancel()


async def test_one_that_was_answered_in_time_is_left_alone_afterwards() -> None:
    limits, answer = TimeLimits(), silence()

    async def ask_then_go_on() -> str:
        said = await asked(limits, SOON, answer)
        with pytest.raises(TimeoutError):
            await asked(limits, LATER, silence())
        return said

    task = asyncio.create_task(ask_then_go_on())
    answer.set_result("done")
    assert await task == "done"
    assert task.cancelling() == 0


async def test_who_is_cancelled_by_somebody_else_is_cancelled() -> None:
    limits = TimeLimits()
    task = asyncio.create_task(asked(limits, MUCH_LATER, silence()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_who_is_cancelled_by_somebody_else_at_the_same_moment_is_cancelled() -> None:
    limits, begun = TimeLimits(), asyncio.Event()

    async def ask() -> str:
        limit = limits.begin(SOON)
        begun.set()
        try:
            return await silence()
        except asyncio.CancelledError:
            asyncio.current_task().cancel()  # type: ignore[union-attr]  # a task runs it
            assert limit.is_over
            if limit.was_the_reason():
                raise TimeoutError from None
            raise

    task = asyncio.create_task(ask())
    await begun.wait()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_who_makes_another_error_of_it_does_not_count_as_cancelled() -> None:
    """Else a timeout of his own would never again say that it was the reason."""
    limits = TimeLimits()

    async def broken_off() -> str:
        try:
            return await silence()
        except asyncio.CancelledError:
            raise ConnectionError("closed") from None

    async def ask_then_go_on() -> None:
        limit = limits.begin(SOON)
        try:
            await broken_off()
        except asyncio.CancelledError:
            assert limit.was_the_reason()
            raise
        finally:
            limits.end(limit)

    async def ask() -> int:
        with pytest.raises(ConnectionError):
            await ask_then_go_on()
        task = asyncio.current_task()
        assert task is not None
        return task.cancelling()

    assert await asyncio.create_task(ask()) == 0
