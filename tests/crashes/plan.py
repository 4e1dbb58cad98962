"""What a run of the crash test is asked for, and what it found."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum


class Blow(StrEnum):
    """What happens at the random moments."""

    KILL = "none"
    """SIGKILL, and the program is started again."""
    CUT_BEFORE = "cut-before"
    """Some calls lose their connection before they took effect."""
    CUT_AFTER = "cut-after"
    """The same after they took effect: the bot cannot know."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``kills``: how many moments, chosen by ``seed``. ``rate``: messages a second. ``way``: seconds to Telegram and
    as many back. ``outlives_power``: SQLite waits for the disk at each commit."""

    kills: int = 100
    recipients: int = 10_000
    taps: int = 10_000
    blow: Blow = Blow.KILL
    outlives_power: bool = False
    rate: float = 200
    way: float = 0.02
    seed: int = 1
    blocked_every: int = 20

    def chance(self, part: str) -> random.Random:
        return random.Random(f"{self.seed}:{part}")


@dataclass(slots=True)
class Suffered:
    """What was done to the program. ``in_flight``: at each kill, what had reached Telegram and whose outcome was not
    stored. ``idle``: the blows that fell when the work was done already: they prove nothing."""

    blows: int = 0
    in_flight: list[int] = field(default_factory=list)
    idle: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of the report. ``limit``: more than so many breaks the promise."""

    words: str
    found: int
    limit: int

    @property
    def is_kept(self) -> bool:
        return self.found <= self.limit


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    suffered: Suffered
    facts: tuple[str, ...]
    promises: tuple[Promise, ...]
    seconds: float

    @property
    def is_well(self) -> bool:
        return all(promise.is_kept for promise in self.promises)
