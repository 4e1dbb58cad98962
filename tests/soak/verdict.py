"""What a soak has to keep: everything that fell due goes out, nobody waits longer at its end than at its beginning,
and the process takes no more of the machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

from tests.crashes.plan import Promise
from tests.soak.crowd import Minute
from tests.soak.process import Footprint

_WARM_UP = 300  # seconds at most, else a quarter of the time: caches fill
_MAY_GROW = 10  # per cent of memory, from the end of the warm-up to the end
_MEMORY = 250  # MB of the bot's process, at its worst second
_MORE_FILES = 5  # connections come and go
_MAY_LAG = 3  # per cent of what fell due: no second lets more through than the rate, so that each late turn is lost
_MAY_SLOW_DOWN = 50  # per cent of the waiting time in the first quarter, or as many ms
_MAY_MISS = 10  # per cent of the taps that were to be: nobody taps twice before the first is answered


@dataclass(frozen=True, slots=True)
class Line:
    """``print`` of the bot's process at the end of the minute, ``files`` at the worst second in it."""

    minute: Minute
    print: Footprint
    files: int
    cpu: float  # seconds in this minute


@dataclass(frozen=True, slots=True)
class Course:
    """A whole soak: its minutes, and the memory in MB second by second. ``taps``: a second, as was asked for."""

    lines: Sequence[Line]
    memory: Sequence[float]
    taps: float

    @property
    def fell_due(self) -> int:
        return sum(line.minute.fell_due for line in self.lines)

    @property
    def waits(self) -> list[float]:
        return [wait for line in self.lines for wait in line.minute.waits]

    @property
    def warm(self) -> Sequence[float]:
        """The memory after the warm-up."""
        return self.memory[min(_WARM_UP, len(self.memory) // 4) :]

    @property
    def first_quarter(self) -> Sequence[Line]:
        return self.lines[: max(1, len(self.lines) // 4)]

    @property
    def last_quarter(self) -> Sequence[Line]:
        return self.lines[-len(self.first_quarter) :]


def summary(course: Course) -> str:
    """One line for the reader: what the figures of the verdict came from."""
    began, slope = fitted(course.warm)
    sent = sum(line.minute.sent for line in course.lines)
    return (
        f"memory {began:.1f} MB after the warm-up, then {slope * 3600:+.1f} MB an hour; messages {sent:,} of"
        f" {course.fell_due:,} that fell due; taps {len(course.waits):,}, p95 from the tap to the changed message"
        f" {_p95(course.first_quarter)} → {_p95(course.last_quarter)} ms;"
        f" imports {_total(course, 'imports')}, exports {_total(course, 'exports')}"
    )


def judged(course: Course) -> tuple[Promise, ...]:
    began, slope = fitted(course.warm)
    early, late = _p95(course.first_quarter), _p95(course.last_quarter)
    settled = course.lines[len(course.first_quarter) : 2 * len(course.first_quarter)] or course.lines
    more_files = max(line.files for line in course.last_quarter) - max(line.files for line in settled)
    wanted, minutes = round(course.taps * 60 * len(course.lines)), len(course.lines)
    return (
        Promise("memory at the worst second, MB", round(max(course.memory)), _MEMORY),
        Promise("memory grew after the warm-up, per cent", round(100 * slope * len(course.warm) / began), _MAY_GROW),
        Promise("open files more than in the second quarter", more_files, _MORE_FILES),
        Promise("due and not sent at the end, per cent of all", _share(course.lines[-1].minute.behind, course.fell_due),
                _MAY_LAG),
        Promise("p95 of the taps, ms more than in the first quarter", late - early,
                max(_MAY_SLOW_DOWN, early * _MAY_SLOW_DOWN // 100)),
        Promise("taps that changed nothing", _total(course, "unanswered"), 0),
        Promise("taps missing, per cent of all", _share(wanted - len(course.waits), wanted), _MAY_MISS),
        Promise("imports and exports that failed", _total(course, "failed_turns"), 0),
        Promise("imports missing, of one a minute", max(0, minutes - _total(course, "imports")), 0),
        Promise("exports missing, of one a minute", max(0, minutes - _total(course, "exports")), 0),
        Promise("notices given up or out of date", _total(course, "lost"), 0),
    )  # fmt: skip


def percentiles(waits: list[float]) -> tuple[float, float]:
    """Of half and of 95 in a hundred, in ms."""
    if len(waits) < 2:
        return 0.0, 0.0
    cuts = quantiles(waits, n=20, method="inclusive")
    return cuts[9] * 1000, cuts[18] * 1000


def fitted(memory: Sequence[float]) -> tuple[float, float]:
    """Where the straight line nearest to all seconds begins, and by how much it rises in one of them."""
    middle, mean = (len(memory) - 1) / 2, fmean(memory)
    spread = sum((second - middle) ** 2 for second in range(len(memory)))
    rise = sum((second - middle) * (value - mean) for second, value in enumerate(memory))
    slope = rise / spread if spread else 0.0
    return mean - slope * middle, slope


def _p95(lines: Sequence[Line]) -> int:
    return round(percentiles([wait for line in lines for wait in line.minute.waits])[1])


def _total(course: Course, name: str) -> int:
    return sum(getattr(line.minute, name) for line in course.lines)


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 100
