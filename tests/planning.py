"""Planning at one moment, as if no time passed while it runs, and what happens between two of its transactions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count

import pytest

from bot.domain.quiet import WorkingDays
from bot.ports.storage import Storage, Stores
from bot.services import plan_notices as planner
from bot.services.planning_pace import PlanningPace


async def plan_notices(storage: Storage, *, days: WorkingDays, now: datetime) -> int:
    """As the service of this name, whose clock stands at ``now``."""
    return await planner.plan_notices(storage, days=days, now=lambda: now)


def before_transaction(place: int, deed: Callable[[], Awaitable[None]], monkeypatch: pytest.MonkeyPatch) -> None:
    """``deed`` is done just before the ``place``-th transaction of the planning, counted from one."""
    watched, places = PlanningPace.watched, count(1)

    @asynccontextmanager
    async def counting(pace: PlanningPace, storage: Storage) -> AsyncIterator[Stores]:
        if next(places) == place:
            await deed()
        async with watched(pace, storage) as tx:
            yield tx

    monkeypatch.setattr(PlanningPace, "watched", counting)
