"""The documents that the demonstration ships, each of another kind: what a coordinator may try at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.demo import minutes, roadmap, year_plan


@dataclass(frozen=True, slots=True)
class Paper:
    """``note`` is the key of the words that the page shows beside it."""

    file_name: str
    note: str
    compose: Callable[[date], bytes]


PAPERS = (
    Paper(roadmap.FILE_NAME, "demo-paper-roadmap", roadmap.roadmap),
    Paper(minutes.FILE_NAME, "demo-paper-minutes", minutes.minutes),
    Paper(year_plan.FILE_NAME, "demo-paper-year-plan", year_plan.year_plan),
)
