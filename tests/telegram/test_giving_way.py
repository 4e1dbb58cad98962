"""Who can wait, beside somebody who has much to do, on a clock that jumps."""

from __future__ import annotations

import asyncio

import pytest

from bot.telegram.giving_way import give_way
from tests.virtual_time import run_in_virtual_time, spend


@pytest.mark.parametrize(
    ("steps", "seconds", "waited"),
    [
        (0, 0.0, 0.0),  # nobody else is there
        (3, 0.0001, 0.0001),  # who hardly needs anything is not waited for
        (3, 0.002, 0.006),  # the whole of what is to be done, step by step
        (30, 0.002, 0.01),  # but no longer than was said
    ],
)
def test_others_go_first_for_as_long_as_was_said(steps: int, seconds: float, waited: float) -> None:
    async def scene() -> float:
        other = asyncio.create_task(work())
        await give_way(0.01)
        ended_at = asyncio.get_running_loop().time()
        await other
        return ended_at

    async def work() -> None:
        for _ in range(steps):
            spend(seconds)
            await asyncio.sleep(0)

    assert run_in_virtual_time(scene()) == pytest.approx(waited, abs=1e-6)
