"""What is owed: activities, their dates, and who answers for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.events import Attendance, EventDetails, Seats, SeatState
from bot.domain.forms import FormStanding
from bot.domain.ids import ActivityId, AssignmentId, DocumentId, LadderId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.network import Actor, Role
from bot.domain.reviewing import Review, Reviewing
from bot.domain.seats import Seat, Substitute
from bot.domain.selection import ApplicationState, Selection


class ActivityKind(StrEnum):
    """A task is done by its date, a webinar begins at it, a call takes proposals and a selection applications until it;
    the answers differ."""

    TASK = "task"
    WEBINAR = "webinar"
    CALL = "call"
    SELECTION = "selection"


class ActivityState(StrEnum):
    """A cancelled one opens no more dates."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


class LadderName(StrEnum):
    """How insistently a task is reminded of; ``bot.domain.ladder`` has the steps."""

    CALM = "calm"
    USUAL = "usual"
    STRICT = "strict"
    URGENT = "urgent"


class AnswerForm(StrEnum):
    """What «Выполнено» asks for besides the tap; it is kept as the text of the reply."""

    TEXT = "text"
    LINK = "link"
    NUMBER = "number"


class AnsweredBy(StrEnum):
    """Who gives the answer of an audience."""

    SCHOOL = "school"  # one answer a school, given by any of its coordinators
    PERSON = "person"  # everyone answers for himself


class Said(StrEnum):
    """What somebody answered, or how he took part, elsewhere."""

    COMING = "coming"
    MAYBE = "maybe"
    NOT_COMING = "not_coming"
    PRESENT = "present"
    ABSENT = "absent"
    DONE = "done"  # of a task: a final answer was given
    OWING = "owing"  # no final answer yet
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Those of one other date who ``said`` this there."""

    occurrence_id: OccurrenceId
    said: Said

    def to_json(self) -> dict[str, Any]:
        return {"occurrence_id": self.occurrence_id, "said": self.said.value}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Elsewhere:
        return cls(OccurrenceId(data["occurrence_id"]), Said(data["said"]))


@dataclass(frozen=True, slots=True)
class Audience:
    """Who owes an answer: everybody of ``roles`` (of any role, where none is named; of ``cohort``; of any of the
    ``programmes``) in the subtrees of ``unit_ids``, with any of the ``tags`` on himself or on his unit or above it.

    Left out are the subtrees of ``excluded``, who has any of ``without_tags``, and ``without_people``; with
    ``elsewhere`` only those stay who answered so, or were there. With ``answered_by`` SCHOOL the schools owe it: then
    roles, cohort, programmes and people count for nothing, and the answer elsewhere is that of the school.
    """

    unit_ids: tuple[UnitId, ...]
    answered_by: AnsweredBy
    roles: tuple[Role, ...] = ()
    cohort: str | None = None
    excluded: tuple[UnitId, ...] = ()
    elsewhere: Elsewhere | None = None
    programmes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    without_tags: tuple[str, ...] = ()
    without_people: tuple[PersonId, ...] = ()

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "unit_ids": list(self.unit_ids),
            "answered_by": self.answered_by.value,
            "roles": [role.value for role in self.roles],
            "cohort": self.cohort,
        }
        if self.excluded:
            data["excluded"] = list(self.excluded)
        if self.elsewhere is not None:
            data["elsewhere"] = self.elsewhere.to_json()
        for name in ("programmes", "tags", "without_tags", "without_people"):
            if chosen := getattr(self, name):
                data[name] = list(chosen)
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Audience:
        return cls(
            unit_ids=tuple(UnitId(i) for i in data["unit_ids"]),
            answered_by=AnsweredBy(data["answered_by"]),
            roles=tuple(Role(r) for r in data["roles"]),
            cohort=data["cohort"],
            excluded=tuple(UnitId(i) for i in data.get("excluded", ())),
            elsewhere=Elsewhere.from_json(data["elsewhere"]) if "elsewhere" in data else None,
            programmes=tuple(data.get("programmes", ())),
            tags=tuple(data.get("tags", ())),
            without_tags=tuple(data.get("without_tags", ())),
            without_people=tuple(PersonId(i) for i in data.get("without_people", ())),
        )


@dataclass(frozen=True, slots=True)
class Activity:
    """``term`` is the JSON of ``bot.domain.terms.model.Term``; ``phrase`` the term as the document wrote it.

    ``asks``: what «Выполнено» takes with it. ``event_on``: the last day that a relative term was counted from.
    ``event``: of a webinar or a meeting; ``series_place`` counts the events of a series from 1.
    """

    id: ActivityId
    kind: ActivityKind
    document_id: DocumentId | None
    unit_id: UnitId
    title: str
    responsible: str
    result: str
    phrase: str
    term: dict[str, Any]
    audience: Audience
    timezone: str
    link: str | None
    state: ActivityState
    created_by: PersonId
    created_at: datetime
    ladder: LadderName = LadderName.USUAL
    ladder_id: LadderId | None = None
    needs_acceptance: bool = False
    is_obligatory: bool = True
    asks: AnswerForm | None = None
    event_on: date | None = None
    event: EventDetails | None = None
    series_id: SeriesId | None = None
    series_place: int | None = None


class OccurrenceState(StrEnum):
    """Only an open date takes answers and is reminded of."""

    OPEN = "open"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One concrete date. ``due_at`` is the last permitted instant of a task, the beginning of a webinar.

    ``due_on`` is the same day on the calendar of ``timezone``; ``has_time`` tells whether the hour was named (else
    the whole day counts). ``version`` grows whenever the date moves: what was planned for an older one is stale.
    ``ends_at``: of an event whose end was named.
    """

    id: OccurrenceId
    activity_id: ActivityId
    version: int
    due_at: datetime
    due_on: date
    has_time: bool
    timezone: str
    state: OccurrenceState
    ends_at: datetime | None = None


class Answer(StrEnum):
    """The answers of one tap. Which of them a matter offers depends on its kind."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    PROBLEM = "problem"
    NOTHING_TO_REPORT = "nothing"
    NOT_OURS = "not_ours"  # the coordinator confirms it or gives it back
    NOT_APPLYING = "not_applying"  # «Не участвуем»: of a selection
    COMING = "coming"
    NOT_COMING = "not_coming"
    MAYBE = "maybe"

    @property
    def is_final(self) -> bool:
        """After a final answer nobody is reminded; «В работе», «Есть проблема» and «Под вопросом» leave it owed."""
        return self not in _LEAVES_OWED


_LEAVES_OWED = frozenset({Answer.IN_PROGRESS, Answer.PROBLEM, Answer.MAYBE})
_WITH_REASON = frozenset({Answer.PROBLEM, Answer.NOT_COMING, Answer.NOT_OURS})

MAX_REPLY_TEXT = 1000

ANSWERS: dict[ActivityKind, tuple[Answer, ...]] = {
    ActivityKind.TASK: (
        Answer.DONE,
        Answer.IN_PROGRESS,
        Answer.PROBLEM,
        Answer.NOTHING_TO_REPORT,
        Answer.NOT_OURS,
    ),
    ActivityKind.WEBINAR: (Answer.COMING, Answer.NOT_COMING, Answer.MAYBE),
    ActivityKind.CALL: (),  # whoever has sent a proposal has answered; nobody has to
    ActivityKind.SELECTION: (Answer.DONE, Answer.NOT_APPLYING),  # done: an application stands
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """One who owes an answer: a person, or a school answered for by any of its coordinators.

    ``unit_id`` is the school in both cases (for a person: his own unit in this matter), so that the board adds up.
    """

    id: AssignmentId
    occurrence_id: OccurrenceId
    unit_id: UnitId
    person_id: PersonId | None
    answer: Answer | None = None
    answered_at: datetime | None = None
    answered_by: PersonId | None = None
    comment: str | None = field(default=None, repr=False)
    attendance: Attendance | None = None

    def can_be_answered_by(self, actor: Actor) -> bool:
        """The person himself; for a school any coordinator of that very school, not one further up."""
        if self.person_id is not None:
            return self.person_id == actor.person.id
        return any(unit.id == self.unit_id for unit in actor.coordinated)

    def comment_after(self, answer: Answer | None, text: str | None) -> str | None:
        """The comment that stands once ``answer`` (None: a comment alone) was given with ``text``.

        A reason belongs to its answer: «болею» does not stay beside «Приду», nor a problem beside «Выполнено».
        """
        if text is not None:
            return text
        is_reason = self.answer in _WITH_REASON and answer is not self.answer
        return None if is_reason else self.comment


@dataclass(frozen=True, slots=True)
class Foundation:
    """The document that a matter is owed under; ``kind`` is a value of ``bot.domain.documents.DocumentKind``.

    ``kind_title``: what the document calls itself («Распоряжение»), where its heading was read.
    """

    kind: str
    number: str | None
    dated: date | None
    title: str
    kind_title: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One assignment with everything a screen or a message needs to show it.

    ``is_withdrawn``: owed no more by this one, because he left or the audience changed. ``asks``: what «Выполнено»
    takes with it. ``seat``: of one who asked for a seat where they are counted. ``substitute``: who was asked to come
    instead and has not refused; ``comes_for``: the name of the one whom this person comes instead of.
    ``has_materials``: there is something to read before the event; ``has_recording``: something was sent round after.
    ``first_on``: the day that all others have, where this one has a term of its own; ``due_version`` grows with it.
    ``reviewing``: where the answer stands above. ``is_booked_up``: seats are counted, and neither one nor a place in
    the reserve is left for him. ``moved_from``: when it was to be before it last moved. ``was_answered``: at any time.
    ``selection``: how many a selection takes, ``places_here`` of his municipality where it has a quota;
    ``applications``: where those of his that stand do, as far as he has heard.
    """

    assignment: Assignment
    activity_id: ActivityId
    kind: ActivityKind
    title: str
    responsible: str
    result: str
    phrase: str
    link: str | None
    document: Foundation | None
    unit_title: str
    version: int
    due_at: datetime
    due_on: date
    has_time: bool
    timezone: str
    state: OccurrenceState
    answered_by_name: str | None = None
    is_withdrawn: bool = False
    asks: AnswerForm | None = None
    event: EventDetails | None = None
    series_id: SeriesId | None = None
    ends_at: datetime | None = None
    seat: Seat | None = None
    substitute: Substitute | None = None
    comes_for: str | None = None
    has_materials: bool = False
    has_recording: bool = False
    first_on: date | None = None
    due_version: int = 0
    reviewing: Reviewing = field(default_factory=Reviewing)
    form: FormStanding | None = None
    is_booked_up: bool = False
    moved_from: datetime | None = None
    was_answered: bool = False
    selection: Selection | None = None
    places_here: int | None = None
    applications: tuple[ApplicationState, ...] = ()

    @property
    def is_open(self) -> bool:
        """Still owed: the date stands and no final answer was given."""
        answer = self.assignment.answer
        return self.state is OccurrenceState.OPEN and not self.is_withdrawn and not (answer and answer.is_final)

    def is_over(self, today: date, zone: ZoneInfo) -> bool:
        """Whether the last day of an event, a call, a selection lies before ``today``, both on the clocks of ``zone``.

        A task is never over. At 19:00 in Moscow the next day has begun in Yakutsk: there the event is on that day.
        """
        last_on = (self.ends_at or self.due_at).astimezone(zone).date()
        return self.kind is not ActivityKind.TASK and last_on < today

    def takes_answers(self, today: date, zone: ZoneInfo) -> bool:
        """Late work is still wanted; whether somebody comes to an event is not once ``is_over``."""
        is_owed = self.state is OccurrenceState.OPEN and not self.is_withdrawn and not self.is_accepted
        return is_owed and not self.is_over(today, zone)

    @property
    def is_accepted(self) -> bool:
        """The coordinator has taken the answer: from now on it is changed only by giving it back."""
        return self.reviewing.review is Review.ACCEPTED

    @property
    def is_in_review(self) -> bool:
        """The answer waits for its coordinator; until then it can be changed."""
        answer, reviewing = self.assignment.answer, self.reviewing
        is_looked_at = reviewing.is_needed or answer is Answer.NOT_OURS
        return answer is not None and answer.is_final and is_looked_at and reviewing.review is None

    def has_begun(self, now: datetime) -> bool:
        """Who comes is settled once an event has begun; a task has no such moment."""
        return self.kind is ActivityKind.WEBINAR and now >= self.due_at

    @property
    def quota(self) -> Seats | None:
        """None where everybody finds a seat."""
        return None if self.event is None else self.event.seats

    @property
    def can_apply(self) -> bool:
        """Fewer applications stand than one may have."""
        return self.selection is not None and len(self.applications) < self.selection.most_each

    @property
    def has_no_seat(self) -> bool:
        """He would come, but has not got a seat: he waits in the reserve, or thinks about an offer."""
        return self.seat is not None and self.seat.state is not SeatState.MAIN

    @property
    def gets_link(self) -> bool:
        """Where seats are counted, the way in is for those who have one."""
        is_counted = self.quota is not None and self.assignment.person_id is not None
        return not self.has_no_seat and (self.seat is not None or not is_counted)
