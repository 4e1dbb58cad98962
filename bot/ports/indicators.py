"""What the figures of the network need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.forms import Question
from bot.domain.ids import ActivityId, FormId, OccurrenceId, UnitId
from bot.domain.indicators import Period, SchoolFigure


class Indicators(Protocol):
    async def questions(self, occurrence_id: OccurrenceId) -> tuple[FormId, tuple[Question, ...]] | None:
        """The figures that the form of this date asks for, as its latest version asks; None without any."""

    async def periods(self, occurrence_id: OccurrenceId, limit: int) -> tuple[Period, ...]:
        """This date of its activity and the latest before it, at most ``limit`` in all, the earliest first."""

    async def figures(
        self, occurrence_ids: Sequence[OccurrenceId], questions: Sequence[str], scope: Sequence[str]
    ) -> Mapping[tuple[OccurrenceId, str], tuple[SchoolFigure, ...]]:
        """By date and question every school of the subtrees that owes the form on it, with what stands handed in.

        One look for all of them, the schools by title.
        """

    async def chosen(
        self, occurrence_id: OccurrenceId, questions: Sequence[str], scope: Sequence[str]
    ) -> Mapping[tuple[str, UnitId], Mapping[str, int]]:
        """By question (choices) and school how many took each option, as it stands handed in on this date."""

    async def totals(
        self, activity_id: ActivityId, question: str, scope: Sequence[str], *, on_average: bool = False
    ) -> Mapping[OccurrenceId, float]:
        """What was handed in on each date of the activity, added up; dates without anything are not there.

        ``on_average``: the average of the answers instead.
        """

    async def plans(self, form_id: FormId) -> Mapping[str, Mapping[UnitId, float]]:
        """By question the plan figures that were set for parts of the network."""

    async def set_plan(self, form_id: FormId, question: str, unit_id: UnitId, figure: float | None) -> None:
        """None takes the figure away."""
