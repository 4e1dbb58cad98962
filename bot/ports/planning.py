"""What planning the notices needs of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import ActivityId, AssignmentId, DocumentId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.ladder import DueMoment, Heard, PlannedStep
from bot.domain.matters import ActivityKind, LadderName, OccurrenceState
from bot.domain.quiet import Reader
from bot.domain.steps import Ladder


@dataclass(frozen=True, slots=True)
class DateToPlan:
    """A date whose notices are not all planned. ``document_id`` or ``event_series``: of what it is announced with.

    ``ladder_mark`` changes with the ladder. ``repeating``: the activity, where it repeats; ``is_later``: opened by its
    rule, and an earlier date is yet to come. ``planned_as``: what it was like when it was planned last.
    """

    occurrence_id: OccurrenceId
    version: int
    kind: ActivityKind
    state: OccurrenceState
    due: DueMoment
    opened_at: datetime
    document_id: DocumentId | None
    ladder: LadderName = LadderName.USUAL
    own_ladder: Ladder | None = None
    ladder_mark: str = ""
    event_series: SeriesId | None = None
    series_title: str | None = None
    moved_from: datetime | None = None
    repeating: ActivityId | None = None
    is_later: bool = False
    planned_as: str | None = None


class Told(StrEnum):
    """What a person has heard of a date, of whatever version."""

    NOTHING = "nothing"
    WILL_HEAR = "will hear"  # what waits to be sent will tell him of the date as it then is
    HAS_HEARD = "has heard"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One to whom the notices of one assignment go.

    ``knows_version``: something about the present version of the date was planned for him before. ``is_above``: he
    coordinates not the school itself but the nearest unit above it, and the school has nobody to write to. ``own_due``:
    the term of this assignment alone, ``due_version`` its version. ``heard``: what went out to him about it.
    """

    person_id: PersonId
    occurrence_id: OccurrenceId
    assignment_id: AssignmentId
    unit_id: UnitId
    reader: Reader
    told: Told
    knows_version: bool = False
    is_above: bool = False
    heard: Heard | None = None
    own_due: DueMoment | None = None
    due_version: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """People by their ids: from the one after ``after`` up to ``upto``."""

    after: PersonId
    upto: PersonId


@dataclass(frozen=True, slots=True)
class Alike:
    """Readers for whom the steps of a date come out the same: one clock, one quiet, one term. ``mark`` names them.

    ``told``: nothing, or an older version of the date and nothing of this one.
    """

    mark: str
    occurrence_id: OccurrenceId
    reader: Reader
    own_due: DueMoment | None
    told: Told = Told.NOTHING


@dataclass(frozen=True, slots=True)
class AlikeStep:
    """A step for all of one ``mark``; ``name`` tells it from the other steps of a person. ``version``: of its date."""

    mark: str
    name: str
    version: int
    step: PlannedStep
    detail: Mapping[str, bool] | None


@dataclass(frozen=True, slots=True)
class OverdueDate:
    """A date that has passed; once more for each other term that single ones were given and are silent on."""

    occurrence_id: OccurrenceId
    due: DueMoment
    ladder: LadderName = LadderName.USUAL
    own_ladder: Ladder | None = None


class Planning(Protocol):
    async def next_dates(self, limit: int, *, now: datetime) -> tuple[DateToPlan, ...]:
        """Dates that wait for planning: all of one document or series of events, or up to ``limit`` others."""

    async def begin(self, dates: Sequence[DateToPlan]) -> None:
        """The dates are being planned. Whoever changes something about them meanwhile makes them wait once more."""

    async def shares(self, dates: Sequence[DateToPlan], *, size: int) -> tuple[Share, ...]:
        """Ranges of people that together hold everybody, with about ``size`` answers each that they are to give."""

    async def is_untouched(self, dates: Sequence[DateToPlan]) -> bool:
        """Nothing was ever planned about the dates, for anybody. Asked before the first share is taken."""

    async def take_share(self, dates: Sequence[DateToPlan], share: Share, *, is_untouched: bool) -> None:
        """Finds those of the share who are concerned and can be written to, for the next six questions.

        Left out is whose steps of the very same plan wait already. One planning passes the same ``dates`` for each of
        its shares, and no other planning passes them.
        """

    async def alike(self) -> tuple[Alike, ...]:
        """The kinds of readers of the share of which no step is noted.

        They have heard nothing, or only of an older version of a date that stands alone.
        """

    async def note_steps(self, steps: Sequence[AlikeStep]) -> None:
        """What all of a kind get, in this share of the dates and in those after it. Noted again it stays as it is."""

    async def plan_alike(self, *, now: datetime) -> int:
        """Plans each step that is noted for all of its kind; what is planned already is left as it is.

        Returns how many are new.
        """

    async def fresh_recipients(self, dates: Sequence[DateToPlan]) -> tuple[Recipient, ...]:
        """Those of the share who have heard nothing, by person; of these dates alone."""

    async def with_history(self) -> tuple[PersonId, ...]:
        """Those of the share who are like nobody: what they have heard counts for what is left to be said."""

    async def told_older(self) -> tuple[PersonId, ...]:
        """Those of the share who know an older version of a date and are planned as others are."""

    async def recipients(
        self, dates: Sequence[DateToPlan], people: Share | Sequence[PersonId]
    ) -> tuple[Recipient, ...]:
        """Those of the people who are concerned and can be written to, by person, whatever they have heard."""

    async def from_above(self, dates: Sequence[DateToPlan]) -> tuple[Recipient, ...]:
        """Those who look after schools that have nobody to write to, by person."""

    async def drop_outdated(self, dates: Sequence[DateToPlan], *, limit: int, now: datetime) -> int:
        """Cancels what waits for an older version of the dates, ``limit`` at most; returns how many notices."""

    async def planned(self, dates: Sequence[DateToPlan], *, now: datetime) -> None:
        """The dates are planned; those that something was changed about since ``begin`` go on waiting.

        Where a ladder was changed meanwhile its steps are put aside and the date waits for planning again.
        """

    async def replan_for_newcomers(self, *, since: datetime, now: datetime) -> int:
        """Dates ahead that concern somebody who joined or became reachable after ``since`` wait for planning again."""

    async def overdue_dates(
        self, *, since: datetime, now: datetime, has_own_ladder: bool = False
    ) -> tuple[OverdueDate, ...]:
        """Open dates of tasks between the two instants, whether or not somebody is silent on them.

        ``has_own_ladder``: only those that a coordinator's own ladder counts for.
        """

    async def silent_units(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], *, at: datetime
    ) -> tuple[tuple[str, int], ...]:
        """Of those whose term has passed by ``at``: the units that are silent, by title, and how many owe in each."""
