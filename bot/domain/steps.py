"""A ladder as data: its steps before and after the term, whom each reaches, at what hour; and those ready to use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.matters import ActivityKind, LadderName
from bot.domain.network import UnitKind

MORNING = time(9, 0)


class Level(StrEnum):
    """Whom a step reaches, from the one who owes upwards."""

    OWER = "ower"  # who owes the answer: the person, or the coordinators of the school
    SCHOOL = "school"  # the coordinators of the school, where its people owe the answers
    MUNICIPALITY = "municipality"
    REGION = "region"
    CONTROLLER = "controller"  # whom the document names: «Контроль оставляю за …»

    @property
    def height(self) -> int:
        """How far up the tree: a unit of this height or above can stand in for one below it."""
        return list(Level).index(self)


LEVEL_OF: Mapping[UnitKind, Level] = {
    UnitKind.SCHOOL: Level.SCHOOL,
    UnitKind.MUNICIPALITY: Level.MUNICIPALITY,
    UnitKind.REGION: Level.REGION,
    UnitKind.FEDERATION: Level.CONTROLLER,
}


@dataclass(frozen=True, slots=True, order=True)
class LadderStep:
    """``days``: below 0 so many days before the term, 0 the day itself, above 0 so many working days after it.

    ``at`` is an hour of the reader's own clock.
    """

    days: int
    at: time = MORNING
    to: Level = Level.OWER


@dataclass(frozen=True, slots=True)
class Ladder:
    """The announcement comes at once and stands in no list.

    ``least_gap``: between two messages to one person about one matter. ``most``: how many such messages at most, the
    announcement among them. ``starts_soon``: how long before the beginning the step with the link comes, the only one
    that passes quiet hours; neither bound counts for it.
    """

    steps: tuple[LadderStep, ...]
    least_gap: timedelta = timedelta(hours=12)
    most: int = 12
    starts_soon: timedelta | None = None
    _sorted: tuple[LadderStep, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sorted", tuple(sorted(self.steps)))

    @property
    def to_ower(self) -> tuple[LadderStep, ...]:
        """The steps of the one who owes, the earliest first."""
        return tuple(step for step in self._sorted if step.to is Level.OWER)

    @property
    def upwards(self) -> tuple[LadderStep, ...]:
        """The steps of those above, the earliest first."""
        return tuple(step for step in self._sorted if step.to is not Level.OWER)

    def to_json(self) -> dict[str, Any]:
        return {
            "steps": [{"days": step.days, "at": f"{step.at:%H:%M}", "to": step.to.value} for step in self._sorted],
            "least_gap": int(self.least_gap.total_seconds() // 3600),
            "most": self.most,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Ladder:
        steps = (LadderStep(s["days"], time.fromisoformat(s["at"]), Level(s["to"])) for s in data["steps"])
        return cls(tuple(steps), timedelta(hours=data["least_gap"]), data["most"])


def _preset(*before: int, above: tuple[tuple[int, Level], ...]) -> Ladder:
    to_ower = (LadderStep(-days) for days in (*before, 0))
    return Ladder((*to_ower, *(LadderStep(days, to=level) for days, level in above)))


def _nearer(*days: int) -> tuple[tuple[int, Level], ...]:
    return tuple((after, Level.MUNICIPALITY) for after in days)


LADDERS: Mapping[LadderName, Ladder] = {
    LadderName.CALM: _preset(7, 1, above=_nearer(3)),
    LadderName.USUAL: _preset(14, 7, 3, 1, above=(*_nearer(1, 3), (3, Level.REGION))),
    LadderName.STRICT: _preset(
        21, 14, 7, 5, 3, 2, 1, above=(*_nearer(1, 2, 3, 5), (3, Level.REGION), (5, Level.CONTROLLER))
    ),
    LadderName.URGENT: _preset(3, 2, 1, above=(*_nearer(1, 2), (2, Level.REGION))),
}
WEBINAR_LADDER = Ladder(steps=(LadderStep(-1), LadderStep(0)), starts_soon=timedelta(minutes=15))


def ladder_of(
    kind: ActivityKind, name: LadderName = LadderName.USUAL, own: Ladder | None = None, *, open_days: int = 0
) -> Ladder:
    """A coordinator's own before the named one. Webinars, calls and selections have ladders of their own, whatever the
    name.

    ``open_days``: for how many days the call takes proposals, or the selection applications, in all.
    """
    if kind is ActivityKind.WEBINAR:
        return WEBINAR_LADDER
    if kind is ActivityKind.CALL:
        return call_ladder(open_days)
    if kind is ActivityKind.SELECTION:
        return selection_ladder(open_days)
    return own or LADDERS[name]


def call_ladder(open_days: int) -> Ladder:
    """One reminder at the middle of a call and one three days before its end; nobody above hears of silence.

    Where the middle is nearer to the other reminder than three days, that one is enough; a call of less has none.
    """
    middle = open_days // 2
    days = [_BEFORE_THE_END] if open_days > _BEFORE_THE_END else []
    if middle >= 2 * _BEFORE_THE_END:
        days.append(middle)
    return Ladder(tuple(LadderStep(-one) for one in days))


def selection_ladder(open_days: int) -> Ladder:
    """As a call, and once more on the day before the last one: what comes later is not taken. Nobody above hears."""
    steps = list(call_ladder(open_days).steps)
    if open_days > 1:
        steps.append(LadderStep(-1))
    return Ladder(tuple(steps))


_BEFORE_THE_END = 3
