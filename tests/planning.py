"""Planning at one moment: as if no time passed while it runs."""

from __future__ import annotations

from datetime import datetime

from bot.domain.quiet import WorkingDays
from bot.ports.storage import Storage
from bot.services import plan_notices as planner


async def plan_notices(storage: Storage, *, days: WorkingDays, now: datetime) -> int:
    """As the service of this name, whose clock stands at ``now``."""
    return await planner.plan_notices(storage, days=days, now=lambda: now)
