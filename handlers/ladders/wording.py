"""A ladder in words: to whom, at what hour, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import time

from bot.domain.steps import Ladder, LadderStep, Level
from bot.texts.catalogue import plain


def ladder_lines(ladder: Ladder) -> list[str]:
    """«Кто отвечает, в 9:00: за 14, 7, 3 и 1 день до срока, в день срока», a line for each reader and hour."""
    groups: dict[tuple[int, time], list[LadderStep]] = defaultdict(list)
    for step in (*ladder.to_ower, *ladder.upwards):
        groups[step.to.height, step.at].append(step)
    return [
        plain("ladder-group", to=list(Level)[height].value, at=f"{at:%H:%M}", when=_when(steps))
        for (height, at), steps in sorted(groups.items())
    ]


def step_words(step: LadderStep) -> str:
    """«за 7 дней до срока, в 9:00 – кто отвечает»."""
    return plain("ladder-step", when=_when([step]), at=f"{step.at:%H:%M}", to=step.to.value)


def step_label(step: LadderStep) -> str:
    """The same for a button: «за 7 дней, 09:00 · кто отвечает»."""
    return plain("button-step", when=when_label(step.days), at=f"{step.at:%H:%M}", to=step.to.value)


def when_label(days: int) -> str:
    """«за 7 дней», «+3 раб. дня»: short enough for half a row of buttons."""
    return plain("button-step-when", side="before" if days < 0 else "after" if days else "day", days=abs(days))


def when_words(days: int) -> str:
    return _when([LadderStep(days)])


def _when(steps: Sequence[LadderStep]) -> str:
    before = [-step.days for step in steps if step.days < 0]
    after = [step.days for step in steps if step.days > 0]
    said = []
    if before:
        said.append(plain("ladder-before", days=_enumerated(before), last=before[-1]))
    if any(step.days == 0 for step in steps):
        said.append(plain("ladder-on-the-day"))
    if after:
        said.append(plain("ladder-after", days=_enumerated(after), last=after[-1]))
    return ", ".join(said)


def _enumerated(numbers: Sequence[int]) -> str:
    *first, last = map(str, numbers)
    return plain("and", first=", ".join(first), last=last) if first else last
