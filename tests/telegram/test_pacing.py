"""The pace of sending, on a clock that jumps."""

from __future__ import annotations

import asyncio
import math
import random
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import pytest

from bot.telegram.pacing import Pacer, Turn
from tests.benchmarks.paces import most_in
from tests.benchmarks.stalls import Stall, usual, written_at
from tests.virtual_time import run_in_virtual_time, spend

ANNA, BORIS, GROUP = 1001, 1002, -5
LATENCY = 0.05


async def permissions(pacer: Pacer, count: int) -> list[float]:
    times = []
    for _ in range(count):
        assert await written(pacer)
        times.append(asyncio.get_running_loop().time())
    return times


async def written(pacer: Pacer, chat: int | None = None) -> bool:
    """A message leaves as soon as its turn comes."""
    turn = await pacer.permission(chat)
    if turn is not None:
        turn.leave()
    return turn is not None


def test_the_first_second_lets_no_more_through_than_the_others() -> None:
    async def scene() -> list[float]:
        await asyncio.sleep(60)  # a bucket would be full by now
        return await permissions(Pacer(30), 90)

    times = run_in_virtual_time(scene())
    assert most_in(1, times) == 30
    assert most_in(0.1, times) == 4, "evenly"
    assert times[-1] - times[0] == pytest.approx(2.9, abs=0.03)


@pytest.mark.parametrize("rate", [30, 1000])
@pytest.mark.parametrize(
    ("stalls", "behind"),
    [
        ((), -0.08),
        (((5.0, 5.09),), -0.05),
        (((5.0, 5.2),), 0.06),
        (((5.5, 5.7),), 0.09),
        (usual(0.1, 0.01), -0.04),
    ],
)
def test_a_second_makes_up_for_its_stalls_and_holds_no_more_for_it(
    rate: int, stalls: Sequence[Stall], behind: float
) -> None:
    """``behind``: seconds that ten seconds' messages take longer than at an even pace, 5 ms in a second spared."""
    times = written_at(rate, 10 * rate, stalls)
    assert most_in(1, times) <= rate
    assert most_in(0.1, times) <= 1.1 * 0.13 * rate + 1, "no crowd after it"
    assert times[-1] - times[0] < (10 - 1 / rate) * 1.005 + behind


def test_a_message_counts_in_the_second_in_which_its_bytes_are_written() -> None:
    """Connections that take long to open, as all do at the beginning; some never open."""
    chance = random.Random(1)

    async def scene() -> list[float]:
        pacer, times, loop = Pacer(30), list[float](), asyncio.get_running_loop()

        async def carry() -> None:
            while len(times) < 150:
                turn = await pacer.permission()
                assert turn is not None
                await asyncio.sleep(chance.choice([0] * 20 + [0.02, 0.4]))
                if chance.random() < 0.1:
                    turn.give_up()
                else:
                    turn.leave()
                    times.append(loop.time())
                turn.give_up()  # as whoever sends does it in the end, for nothing

        await asyncio.gather(*(carry() for _ in range(20)))
        return times

    times = run_in_virtual_time(scene())
    assert most_in(1, times) == 30
    assert len(times) > 28 * (times[-1] - times[0]), "and little is lost by it"


def test_who_is_cancelled_as_his_turn_comes_takes_nobody_elses() -> None:
    async def scene() -> float:
        pacer = Pacer(1)
        await permissions(pacer, 1)
        for _ in range(3):
            waiting = asyncio.create_task(pacer.permission())
            await asyncio.sleep(0)
            pacer._timer = None
            pacer._allowance._next = pacer._allowance._written[-1] = -10.0
            pacer._give()
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        async with asyncio.timeout(60):  # a turn that was lost would never come, and nothing else let the clock go on
            await permissions(pacer, 1)
        return asyncio.get_running_loop().time()

    assert run_in_virtual_time(scene()) < 2


def test_who_gives_his_turn_up_brings_the_next_one_forward() -> None:
    async def scene() -> float:
        pacer = Pacer(2)
        await permissions(pacer, 1)
        await asyncio.sleep(0.46)
        given_up = await pacer.permission()
        assert given_up is not None
        waiting = asyncio.create_task(written(pacer))  # for the first to be a second ago
        await asyncio.sleep(0.1)
        given_up.give_up()
        assert await waiting
        return asyncio.get_running_loop().time()

    assert run_in_virtual_time(scene()) == pytest.approx(0.91, abs=0.01), "and not a second after the first"


def test_a_notice_gives_way_to_a_tap_and_a_reply_to_nobody() -> None:
    """A tap that takes so many ms of the loop begins as their turn comes."""

    async def scene(steps: int, ask: Callable[[Pacer], Coroutine[Any, Any, object]]) -> float:
        pacer, loop = Pacer(100), asyncio.get_running_loop()
        await permissions(pacer, 1)
        asked_at = loop.time()
        waiting = asyncio.create_task(ask(pacer))
        await asyncio.sleep(0.009)
        tapped = asyncio.create_task(tap(steps))
        await waiting
        tapped.cancel()
        return loop.time() - asked_at

    async def tap(steps: int) -> None:
        for _ in range(steps):
            spend(0.002)
            await asyncio.sleep(0)

    late = {steps: run_in_virtual_time(scene(steps, written)) for steps in (0, 4, 40)}
    assert late[0] == pytest.approx(0.01, abs=0.001), "nobody is there"
    assert late[4] == pytest.approx(0.017, abs=0.003), "after a short one"
    assert 0.035 < late[40] < 0.045, "and in the midst of a long one"
    assert run_in_virtual_time(scene(40, lambda pacer: pacer.reply(ANNA))) < 0.02


def test_giving_way_costs_no_pace() -> None:
    async def scene() -> float:
        crowd = asyncio.create_task(taps())
        await permissions(Pacer(100), 1000)
        crowd.cancel()
        return asyncio.get_running_loop().time()

    async def taps() -> None:
        while True:
            await asyncio.sleep(0.1)
            for _ in range(15):
                spend(0.002)
                await asyncio.sleep(0)

    assert run_in_virtual_time(scene()) < 10.1


def test_a_turn_taken_a_little_late_shifts_no_later_one() -> None:
    async def scene(pause: float) -> list[float]:
        pacer = Pacer(100)
        await permissions(pacer, 1)
        await asyncio.sleep(pause)
        return await permissions(pacer, 10)

    late = run_in_virtual_time(scene(0.03))
    assert sum(at == late[0] for at in late) == 3, "the turns of 9, 18 and 27 ms at once"
    idle = run_in_virtual_time(scene(10))
    assert sum(at == idle[0] for at in idle) == 1, "idle time earns nothing"


def test_without_a_limit_nobody_waits() -> None:
    assert set(run_in_virtual_time(permissions(Pacer(math.inf), 1000))) == {0.0}


def test_a_refusal_stops_everyone_and_lowers_the_pace() -> None:
    async def scene() -> tuple[list[Turn | None], float, list[float], float, float]:
        pacer = Pacer(10)
        await permissions(pacer, 1)
        waiting = [asyncio.create_task(pacer.permission()) for _ in range(3)]
        await asyncio.sleep(0)
        pacer.refused(5)
        pacer.refused(5)  # of requests that were in flight together: lowers the pace once
        slowed, stopped = pacer.rate, pacer.waits_for
        sent_away = [*[await task for task in waiting], await pacer.permission()]
        await pacer.reply(ANNA)
        replied = asyncio.get_running_loop().time()
        await asyncio.sleep(60)
        await permissions(pacer, 1)
        return sent_away, stopped, [replied], slowed, pacer.rate

    sent_away, stopped, replied, slowed, recovered = run_in_virtual_time(scene())
    assert sent_away == [None] * 4, "a notice is better off in the table than waiting in memory"
    assert (stopped, replied) == (5, [5])
    assert slowed == 8.5
    assert recovered == 10, "the pace creeps back"


def test_replies_go_before_notices_out_of_the_same_allowance() -> None:
    async def scene() -> list[str]:
        pacer, order = Pacer(10), []

        async def notice(number: int) -> None:
            await written(pacer)
            order.append(f"notice {number}")

        async def reply(chat: int) -> None:
            await pacer.reply(chat)
            order.append("reply")

        notices = [asyncio.create_task(notice(number)) for number in range(5)]
        await asyncio.sleep(0.15)  # two have gone
        await asyncio.gather(reply(ANNA), reply(BORIS), *notices)
        assert asyncio.get_running_loop().time() == pytest.approx(0.545, abs=0.01), "seven at eleven a second"
        return order

    replies_first = ["notice 0", "notice 1", "reply", "reply", "notice 2", "notice 3", "notice 4"]
    assert run_in_virtual_time(scene()) == replies_first


@pytest.mark.parametrize(("chat", "seconds", "allowed"), [(ANNA, 1.0, 1), (GROUP, 60.0, 20)])
def test_a_chat_gets_one_message_a_second_and_a_group_twenty_a_minute(chat: int, seconds: float, allowed: int) -> None:
    async def scene() -> list[float]:
        pacer, times = Pacer(1000), list[float]()
        while len(times) < 25:
            if await written(pacer, chat):
                times.append(asyncio.get_running_loop().time())
            else:
                await asyncio.sleep(pacer.chat_waits_for(chat))
        return times

    times = run_in_virtual_time(scene())
    assert most_in(seconds, times) == allowed
    assert times[-1] - times[0] == pytest.approx(24 * seconds / allowed, rel=0.01)


def test_an_answer_may_take_three_messages_and_a_notice_waits_for_a_free_second_after_them() -> None:
    async def scene() -> tuple[list[float], Turn | None, float]:
        pacer = Pacer(1000)
        times = []
        for _ in range(4):
            await pacer.reply(ANNA)
            times.append(asyncio.get_running_loop().time())
        return times, await pacer.permission(ANNA), pacer.chat_waits_for(ANNA)

    times, turn, wait = run_in_virtual_time(scene())
    assert times[2] < 0.01
    assert times[3] == pytest.approx(1.0)
    assert turn is None
    assert wait == pytest.approx(3.0)


def test_a_refusal_that_concerns_one_chat_stops_that_chat_alone() -> None:
    async def scene() -> tuple[float, float, float]:
        pacer = Pacer(30)
        await pacer.reply(ANNA)
        await pacer.reply(ANNA)
        pacer.refused(7, ANNA)
        await written(pacer, GROUP)
        return pacer.waits_for, pacer.chat_waits_for(ANNA), pacer.rate

    everybody, anna, rate = run_in_virtual_time(scene())
    assert everybody == 0
    assert anna == pytest.approx(7, abs=0.2)
    assert rate == 30, "the pace of the others was not at fault"


def test_when_a_second_chat_is_refused_too_everyone_stops() -> None:
    async def scene() -> float:
        pacer = Pacer(30)
        for chat in (ANNA, BORIS):
            await pacer.reply(chat)
            await pacer.reply(chat)
        pacer.refused(7, ANNA)
        pacer.refused(7, BORIS)
        return pacer.waits_for

    assert run_in_virtual_time(scene()) == 7


def test_closing_sends_those_who_wait_away() -> None:
    async def scene() -> Turn | None:
        pacer = Pacer(0.001)
        await permissions(pacer, 1)
        waiting = asyncio.create_task(pacer.permission())
        await asyncio.sleep(0)
        pacer.close()
        return await waiting

    assert run_in_virtual_time(scene()) is None


class Server:
    """Takes ``rate`` messages a second from a bucket of as many, like the sandbox; the harsh kind then refuses all."""

    def __init__(self, rate: float, *, refuses_all: bool) -> None:
        self.rate = rate
        self.refusals = 0
        self._refuses_all = refuses_all
        self._closed_until = 0.0
        self._tokens, self._filled_at = rate, 0.0

    async def take(self) -> float:
        """Seconds to wait before another attempt; 0: delivered."""
        await asyncio.sleep(LATENCY / 2)
        now = asyncio.get_running_loop().time()
        self._tokens = min(self.rate, self._tokens + (now - self._filled_at) * self.rate)
        self._filled_at = now
        wait = max(self._closed_until - now, 0.0 if self._tokens >= 1 else (1 - self._tokens) / self.rate)
        if wait > 0:
            self.refusals += 1
            if self._refuses_all:
                self._closed_until = max(self._closed_until, now + math.ceil(wait))
            wait = float(math.ceil(wait))
        else:
            self._tokens -= 1
        await asyncio.sleep(LATENCY / 2)
        return wait


@pytest.mark.parametrize(
    ("told", "allowed", "refuses_all", "most", "refusals"),
    [
        (30, 30, False, 1.01, 0),
        (30, 30, True, 1.01, 0),
        (1000, 1000, True, 1.02, 0),
        (30, 25, False, 1.2, 40),
        (30, 25, True, 1.2, 40),
    ],
)
def test_a_broadcast_takes_hardly_longer_than_the_server_allows(
    told: int, allowed: int, refuses_all: bool, most: float, refusals: int
) -> None:
    """Nothing is lost: what was refused goes again."""
    messages = (50 if allowed < 100 else 12) * allowed

    async def scene() -> tuple[float, int]:
        pacer, server = Pacer(told), Server(allowed, refuses_all=refuses_all)
        waiting, delivered = deque(range(messages)), list[int]()

        async def carry() -> None:
            while len(delivered) < messages:
                if not waiting or not await written(pacer):
                    await asyncio.sleep(0.01)
                    continue
                number = waiting.popleft() if waiting else None
                if number is None:
                    continue
                if wait := await server.take():
                    pacer.refused(wait)
                    waiting.appendleft(number)
                else:
                    delivered.append(number)

        await asyncio.gather(*(carry() for _ in range(max(8, told * 15 // 100))))
        assert sorted(delivered) == list(range(messages))
        return asyncio.get_running_loop().time(), server.refusals

    took, refused = run_in_virtual_time(scene())
    assert took / (messages / allowed) < most
    assert refused <= refusals


def test_turns_that_lie_near_each_other_are_given_together_and_cost_no_time() -> None:
    async def scene() -> list[float]:
        pacer, times = Pacer(1000), []

        async def walk() -> None:
            await written(pacer)
            times.append(asyncio.get_running_loop().time())

        await asyncio.gather(*(walk() for _ in range(3001)))
        return times

    times = run_in_virtual_time(scene())
    assert len(set(times)) < 800, "four at a time"
    assert most_in(1, times) == 1000
    assert most_in(0.01, times) < 18, "evenly all the same"
    assert times[-1] - times[0] == pytest.approx(3 * 1.005, abs=0.002)
