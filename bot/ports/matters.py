"""What the use cases about activities, their dates and who owes an answer need of the storage (the opening side)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.domain.events import EventDetails
from bot.domain.ids import ActivityId, DocumentId, FormId, LadderId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.matters import Activity, ActivityKind, AnswerForm, Audience, LadderName, Occurrence
from bot.domain.selection import Selection


@dataclass(frozen=True, slots=True)
class NewActivity:
    """``opened_until``: its dates are complete up to this day; None where no later date can follow.

    ``source`` names the dialogue it was made in and is unique, where it has one.
    """

    kind: ActivityKind
    unit_id: UnitId
    title: str
    audience: Audience
    timezone: str
    created_by: PersonId
    document_id: DocumentId | None = None
    responsible: str = ""
    result: str = ""
    phrase: str = ""
    term: Mapping[str, Any] | None = None
    link: str | None = None
    opened_until: date | None = None
    source: str | None = None
    ladder: LadderName = LadderName.USUAL
    ladder_id: LadderId | None = None
    is_obligatory: bool = True
    asks: AnswerForm | None = None
    form_id: FormId | None = None
    needs_acceptance: bool = False
    selection: Selection | None = None
    event_on: date | None = None
    event: EventDetails | None = None
    series_id: SeriesId | None = None
    series_place: int | None = None


@dataclass(frozen=True, slots=True)
class NewOccurrence:
    """One concrete date. ``key`` (at most 32 characters) names it within its activity: opening twice opens once."""

    key: str
    due_at: datetime
    due_on: date
    has_time: bool
    timezone: str
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenedActivity:
    """An activity with the dates that it has, the earliest first; ``is_repeating``: later ones follow by themselves."""

    activity: Activity
    unit_path: str
    occurrences: tuple[Occurrence, ...]
    is_repeating: bool = False


@dataclass(frozen=True, slots=True)
class OccurrenceFacts:
    """One date with what a screen says of it. ``told``: how many messages about it have gone out."""

    occurrence: Occurrence
    activity: Activity
    unit_path: str
    owed: int
    answered: int
    told: int


@dataclass(frozen=True, slots=True)
class AudienceSize:
    """``people`` will hear of it: those who owe, or the coordinators of the schools that do.

    ``unreachable`` of them cannot be written to now (never started the bot, blocked it, deleted the account).
    """

    schools: int
    people: int
    unreachable: int


class Matters(Protocol):
    async def add_activity(self, activity: NewActivity, *, now: datetime) -> ActivityId:
        """Stores an active activity, without dates."""

    async def add_occurrences(
        self, activity_id: ActivityId, dates: Sequence[NewOccurrence], *, now: datetime
    ) -> tuple[OccurrenceId, ...]:
        """Opens those dates whose key is new, waiting for planning, version 1; returns the ids of the new ones."""

    async def assign(self, activity_id: ActivityId, audience: Audience, *, since: datetime, now: datetime) -> int:
        """Makes everyone of the audience owe an answer on the activity's open dates due at ``since`` or later.

        Schools with or without a coordinator; persons with a standing place, one assignment per person and date.
        Who owes already is left alone; who had left and is back owes again. A date that got somebody new waits for
        planning again. Returns how many assignments were made or revived.
        """

    async def is_assigned(self, activity_id: ActivityId, audience: Audience, *, since: datetime) -> bool:
        """Whether everybody whom the audience means owes the dates from ``since`` on: ``assign`` has nothing to do."""

    async def opened(self, activity_id: ActivityId) -> OpenedActivity | None:
        """An activity of any state with all of its dates."""

    async def opened_of_document(self, document_id: DocumentId) -> tuple[OpenedActivity, ...]:
        """The activities of a document in the order of its rows."""

    async def occurrence_facts(self, occurrence_id: OccurrenceId) -> OccurrenceFacts | None:
        """One date of any state."""

    async def still_repeating(self, *, before: date) -> tuple[tuple[Activity, date], ...]:
        """Active activities whose dates are complete only up to a day earlier than ``before``, each with that day."""

    async def opened_until(self, activity_id: ActivityId, day: date) -> None:
        """Notes that the dates are complete up to ``day``."""

    async def note_event(self, activity_id: ActivityId, day: date) -> None:
        """The day that the last date of a relative term was counted from."""

    async def set_term(self, activity_id: ActivityId, term: Mapping[str, Any], *, opened_until: date | None) -> None:
        """Another term; ``opened_until`` as in ``NewActivity``."""

    async def with_dates_after(
        self, now: datetime, *, by_answers_only: bool = False
    ) -> tuple[tuple[ActivityId, Audience], ...]:
        """Active activities with an open date later than ``now``: those whom a newcomer may owe an answer.

        ``by_answers_only``: of these the ones whose audience goes by answers elsewhere.
        """

    async def has_newcomers(self, since: datetime) -> bool:
        """Whether a school or a membership was added at ``since`` or later."""

    async def move(
        self,
        occurrence_id: OccurrenceId,
        *,
        from_version: int,
        due_at: datetime,
        due_on: date,
        has_time: bool,
        ends_at: datetime | None = None,
    ) -> bool:
        """Puts an open date on another day: the version grows and it waits for planning.

        False where it is not open or its version is another.
        """

    async def cancel_occurrence(self, occurrence_id: OccurrenceId, *, from_version: int) -> bool:
        """Calls an open date off: the version grows and it waits for planning (of the call-off).

        False where it is not open or its version is another.
        """

    async def cancel_activities(self, activity_ids: Sequence[ActivityId]) -> int:
        """Calls the activities and their open dates off; returns how many dates were."""

    async def is_untouched(self, document_id: DocumentId) -> bool:
        """Whether no message about the document's activities has left (or may have) and nobody has answered."""

    async def forget(self, document_id: DocumentId) -> None:
        """Removes the activities of a document that ``is_untouched``, with their dates and everything planned."""

    async def audience_size(self, audiences: Sequence[Audience]) -> AudienceSize:
        """Schools that owe an answer (or have somebody who does) and people who will hear of it, each counted once."""

    async def schools_without_coordinator(
        self, audiences: Sequence[Audience], *, limit: int
    ) -> tuple[int, tuple[str, ...]]:
        """Schools that owe an answer and have no coordinator who can be written to: their number, the first titles."""

    async def zones_of(self, audiences: Sequence[Audience]) -> tuple[str, ...]:
        """The time zones of those who will be written to, each once."""

    async def cohorts_below(self, path: str) -> tuple[str, ...]:
        """The cohorts that anybody of the subtree belongs to."""
