"""What bringing older messages about events up to date needs of the storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.domain.ids import AssignmentId, NoticeId, OccurrenceId, PersonId, SeriesId


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that its reader has, about one event (``occurrence_id``) or a series of them, with its ``detail``.

    ``versions``: of each assignment that it is about, the present version of the date. ``is_outdated``: the date has
    moved since it was sent.
    """

    notice_id: NoticeId
    person_id: PersonId
    message_id: int
    versions: Mapping[AssignmentId, int]
    occurrence_id: OccurrenceId | None = None
    assignment_id: AssignmentId | None = None
    series_id: SeriesId | None = None
    is_outdated: bool = False
    detail: Mapping[str, Any] = field(default_factory=dict)


class SentMessages(Protocol):
    async def outdated_cards(
        self, occurrence_ids: Sequence[OccurrenceId], people: Collection[PersonId]
    ) -> tuple[SentMessage, ...]:
        """The messages to these people about one of these dates that were sent before its present version."""

    async def cards(self, occurrence_id: OccurrenceId) -> tuple[SentMessage, ...]:
        """Every message about one date that shows what the card of it does."""

    async def gathered(
        self, occurrence_ids: Sequence[OccurrenceId], people: Collection[PersonId]
    ) -> tuple[SentMessage, ...]:
        """The reminders of several matters in one message that name an older version of one of these dates."""

    async def questions(self, occurrence_id: OccurrenceId) -> tuple[SentMessage, ...]:
        """What asks colleagues to come to a date instead of others, and is not answered or taken back yet."""

    async def showing(
        self, assignment_ids: Collection[AssignmentId], *, besides: PersonId | None = None
    ) -> tuple[SentMessage, ...]:
        """Every message with the card of one of these assignments that those who answer for it have, but for his."""

    async def reminding(self, assignment_ids: Collection[AssignmentId]) -> tuple[SentMessage, ...]:
        """Every reminder of several matters, one of these among them, that those who answer for it have. ``versions``
        names all its matters."""

    async def lists_of_series(
        self, series_ids: Collection[SeriesId], people: Collection[PersonId]
    ) -> tuple[SentMessage, ...]:
        """The lists of dates of these series that were sent to these people."""
