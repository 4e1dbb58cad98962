"""The pace of sending, on a clock that jumps."""

from __future__ import annotations

import asyncio

from bot.telegram.pacing import Pacer
from tests.virtual_time import run_in_virtual_time


async def permissions(pacer: Pacer, count: int) -> list[float]:
    times = []
    for _ in range(count):
        assert await pacer.permission()
        times.append(asyncio.get_running_loop().time())
    return times


def most_in_a_second(times: list[float]) -> int:
    return max(sum(start <= at < start + 0.999 for at in times) for start in times)


def test_the_first_second_lets_no_more_through_than_the_others() -> None:
    async def scene() -> list[float]:
        await asyncio.sleep(60)  # a bucket would be full by now
        return await permissions(Pacer(30), 90)

    times = run_in_virtual_time(scene())
    assert most_in_a_second(times) == 30
    assert 2.9 < times[-1] - times[0] < 3.1


def test_a_turn_taken_a_little_late_shifts_no_later_one() -> None:
    async def scene(pause: float) -> list[float]:
        pacer = Pacer(100)
        await permissions(pacer, 1)
        await asyncio.sleep(pause)
        return await permissions(pacer, 10)

    late = run_in_virtual_time(scene(0.045))
    assert sum(at == late[0] for at in late) == 4, "the turns of 10, 20, 30 and 40 ms at once"
    idle = run_in_virtual_time(scene(10))
    assert sum(at == idle[0] for at in idle) == 1, "idle time earns nothing"


def test_a_refusal_stops_everyone_and_lowers_the_pace() -> None:
    async def scene() -> tuple[list[float], float, float]:
        pacer = Pacer(10)
        await permissions(pacer, 1)
        waiting = [asyncio.create_task(permissions(pacer, 1)) for _ in range(3)]
        await asyncio.sleep(0)
        pacer.refused(5)
        pacer.refused(5)  # of requests that were in flight together: lowers the pace once
        slowed = pacer.rate
        times = [at for task in waiting for at in await task]
        await asyncio.sleep(60)
        await permissions(pacer, 1)
        return times, slowed, pacer.rate

    times, slowed, recovered = run_in_virtual_time(scene())
    assert min(times) >= 5
    assert slowed == 8.5
    assert recovered == 10, "the pace creeps back"


def test_closing_sends_those_who_wait_away() -> None:
    async def scene() -> bool:
        pacer = Pacer(0.001)
        await permissions(pacer, 1)
        waiting = asyncio.create_task(pacer.permission())
        await asyncio.sleep(0)
        pacer.close()
        return await waiting

    assert run_in_virtual_time(scene()) is False
