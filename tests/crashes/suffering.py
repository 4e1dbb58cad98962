"""The blows: at random moments of the work the process is killed, or its connections are cut."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

from tests.crashes.plan import Blow, Plan, Suffered
from tests.crashes.telegram import Telegram
from tests.crashes.victim import Victim

_AT_THE_START = 0.1  # of the kills strike by the time since the start, in it or soon after, whatever has been done
_STARTS_WITHIN = 2.0  # seconds
_JITTER = 0.03  # seconds after the call by which a moment was chosen
_CALLS_CUT = 8  # at most, at one blow
_SPREAD = 1.6  # the blows are over when about four fifths of the work are done: every one of them meets some
_STILL = 0.1  # seconds until what a dead process had sent has arrived


async def suffer(
    plan: Plan,
    telegram: Telegram,
    victim: Victim,
    chance: Random,
    *,
    method: str,
    work: int,
    in_flight: Callable[[], int] = lambda: 0,
    is_over: Callable[[], bool],
) -> Suffered:
    """The victim runs when this begins and when it ends. ``work``: how many calls of ``method`` the whole of it takes.

    ``in_flight`` counts, right after a kill, what is in doubt: it had reached Telegram and its outcome was not stored.
    """
    suffered = Suffered()
    longest = max(1, int(_SPREAD * work / (plan.kills + 1)))
    for _ in range(plan.kills):
        await _moment(telegram, victim, chance, method, longest, is_over)
        suffered.blows += 1
        suffered.idle += is_over()
        if plan.blow is Blow.KILL:
            victim.kill()
            await asyncio.sleep(_STILL)
            suffered.in_flight.append(in_flight())
            telegram.log.fresh.clear()
            victim.start()
        else:
            telegram.cut(chance.randint(1, _CALLS_CUT), takes_effect=plan.blow is Blow.CUT_AFTER)
    return suffered


async def _moment(
    telegram: Telegram, victim: Victim, chance: Random, method: str, longest: int, is_over: Callable[[], bool]
) -> None:
    calls = telegram.log.counts[method] + chance.randint(1, longest)
    jitter, by_time = chance.uniform(0, _JITTER), chance.random() < _AT_THE_START
    seconds = chance.uniform(0, _STARTS_WITHIN)
    if by_time:
        await asyncio.sleep(seconds)
        return
    reaching = asyncio.create_task(telegram.log.reach(method, calls))
    while not reaching.done() and not is_over():
        victim.ensure_alive()
        await asyncio.wait({reaching}, timeout=1)
    reaching.cancel()
    await asyncio.sleep(jitter)
