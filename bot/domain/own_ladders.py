"""A coordinator's own ladder: a copy of one that is ready, changed step by step within what people can bear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.ids import LadderId, UnitId
from bot.domain.names import one_line
from bot.domain.steps import Ladder, LadderStep

MAX_STEPS = 16
MAX_TITLE = 60
FARTHEST_BEFORE, FARTHEST_AFTER = 90, 20
HOURS = tuple(time(hour) for hour in range(8, 20))
"""Outside them the quiet of most would only hold a step until the morning."""
GAPS = tuple(timedelta(hours=hours) for hours in (12, 24, 48))
MOSTS = (3, 5, 8, 12)


@dataclass(frozen=True, slots=True)
class OwnLadder:
    """``version`` grows with every edit: who edits an older one is told. ``used``: by how many activities and rows.

    ``source``: the update that it was last changed by.
    """

    id: LadderId
    unit_id: UnitId
    unit_path: str
    title: str
    ladder: Ladder
    version: int
    used: int = 0
    source: str | None = None


class LadderFault(StrEnum):
    TOO_MANY = "too_many"
    TWICE = "twice"
    FAR = "far"
    HOUR = "hour"
    NOBODY = "nobody"
    TITLE = "title"
    BOUND = "bound"


class BadLadderError(DomainError):
    """The ladder would not work like that."""

    def __init__(self, fault: LadderFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def with_step(ladder: Ladder, step: LadderStep) -> Ladder:
    """Raises BadLadderError: too many steps, one that is there already, too far from the term, or at night."""
    if len(ladder.steps) >= MAX_STEPS:
        raise BadLadderError(LadderFault.TOO_MANY)
    if not -FARTHEST_BEFORE <= step.days <= FARTHEST_AFTER:
        raise BadLadderError(LadderFault.FAR)
    if step.at not in HOURS:
        raise BadLadderError(LadderFault.HOUR)
    if any((one.days, one.to) == (step.days, step.to) for one in ladder.steps):
        raise BadLadderError(LadderFault.TWICE)
    return replace(ladder, steps=tuple(sorted((*ladder.steps, step))))


def without_step(ladder: Ladder, step: LadderStep) -> Ladder:
    """Raises BadLadderError where nobody who owes would be reminded before the term any more."""
    left = replace(ladder, steps=tuple(one for one in ladder.steps if one != step))
    _ensure_somebody(left)
    return left


def with_changed(ladder: Ladder, step: LadderStep, changed: LadderStep) -> Ladder:
    """Another day or hour for a step. Raises BadLadderError as ``with_step`` and ``without_step``."""
    others = replace(ladder, steps=tuple(one for one in ladder.steps if one != step))
    after = with_step(others, changed)
    _ensure_somebody(after)
    return after


def with_bounds(ladder: Ladder, *, least_gap: timedelta | None = None, most: int | None = None) -> Ladder:
    """Raises BadLadderError for a bound that is not offered."""
    gap, most = least_gap or ladder.least_gap, most or ladder.most
    if gap not in GAPS or most not in MOSTS:
        raise BadLadderError(LadderFault.BOUND)
    return replace(ladder, least_gap=gap, most=most)


def ladder_title(typed: str) -> str:
    """Raises BadLadderError for an empty or an endless one."""
    title = one_line(typed)
    if not title or len(title) > MAX_TITLE:
        raise BadLadderError(LadderFault.TITLE)
    return title


def _ensure_somebody(ladder: Ladder) -> None:
    if not any(step.days <= 0 for step in ladder.to_ower):
        raise BadLadderError(LadderFault.NOBODY)
