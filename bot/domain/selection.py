"""A selection: applications, the main list and the reserve, the quotas of municipalities, and what applicants are told.

Nothing here is guessed for the coordinator: the rules say how the lists stand, whom the quotas leave room for and who
is first in the reserve; who is taken is his word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.forms import Question, QuestionKind, Value
from bot.domain.ids import ApplicationId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.names import one_line
from bot.domain.undoing import TIME_TO_UNDO

MOST_PLACES = 100_000
MOST_EACH = 100
MAX_REASON = 300
MAX_ABOUT = 100
TOLD, UNTAKEN = "told", "untaken"
"""Of the history, beside the lists: a decision was announced; a taking up was undone."""


class ApplicationState(StrEnum):
    """On which list an application stands; a waiting one nobody has decided about."""

    WAITING = "waiting"
    MAIN = "main"
    RESERVE = "reserve"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def is_decided(self) -> bool:
        """A coordinator's word, which the applicant is told once decisions are announced."""
        return self in (ApplicationState.MAIN, ApplicationState.RESERVE, ApplicationState.DECLINED)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a selection takes: ``places`` on the main list, ``reserve`` behind it.

    ``each``: the most of any one municipality; ``quotas``: of those named, which go before ``each``. ``most_each``: how
    many applications one applicant may have standing at a time.
    """

    places: int
    reserve: int = 0
    each: int | None = None
    quotas: Mapping[UnitId, int] = field(default_factory=dict, hash=False)
    most_each: int = 1

    @property
    def has_quotas(self) -> bool:
        return self.each is not None or bool(self.quotas)

    def quota_of(self, part: UnitId) -> int | None:
        """None where the part has none of its own, and only ``places`` bounds it."""
        return self.quotas.get(part, self.each)

    def to_json(self) -> dict[str, Any]:
        return {
            "places": self.places,
            "reserve": self.reserve,
            "each": self.each,
            "quotas": {str(part): quota for part, quota in self.quotas.items()},
            "most_each": self.most_each,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Selection:
        return cls(
            places=data["places"],
            reserve=data["reserve"],
            each=data["each"],
            quotas={UnitId(int(part)): quota for part, quota in data["quotas"].items()},
            most_each=data["most_each"],
        )


@dataclass(frozen=True, slots=True)
class Application:
    """``part``: the municipality whose quota it counts for. ``about``: whom a school proposes; ``person_name``: of one
    who applies for himself. ``told``: the decision that the applicant heard last; a move since then is a draft.
    ``version`` grows with every change, ``place`` orders the reserve. ``number``: which of the applicant's it is.
    """

    id: ApplicationId
    occurrence_id: OccurrenceId
    assignment_id: AssignmentId
    number: int
    unit_id: UnitId
    unit_title: str
    part: UnitId
    part_title: str
    person_id: PersonId | None
    person_name: str | None = field(repr=False)
    about: str | None = field(repr=False)
    state: ApplicationState
    version: int
    applied_at: datetime
    place: int | None = None
    reason: str | None = field(default=None, repr=False)
    decided_at: datetime | None = None
    decided_by: PersonId | None = None
    decided_by_name: str | None = field(default=None, repr=False)
    told: ApplicationState | None = None

    @property
    def is_untold(self) -> bool:
        """Decided, and the applicant has heard nothing of it or something else."""
        return self.state.is_decided and self.told is not self.state


@dataclass(frozen=True, slots=True)
class PartStanding:
    """How the lists stand in one municipality; ``quota`` None: it has none of its own."""

    part: UnitId
    title: str
    quota: int | None
    main: int
    reserve: int
    waiting: int

    @property
    def is_full(self) -> bool:
        return self.quota is not None and self.main >= self.quota

    @property
    def is_over(self) -> bool:
        return self.quota is not None and self.main > self.quota


@dataclass(frozen=True, slots=True)
class Lists:
    """How a selection stands, its ``parts`` in the order of their titles. ``untold``: decisions to be announced;
    ``is_announced``: some were."""

    counts: Mapping[ApplicationState, int]
    parts: tuple[PartStanding, ...]
    untold: int
    is_announced: bool

    def count(self, state: ApplicationState) -> int:
        return self.counts.get(state, 0)


class Bound(StrEnum):
    """What a decision would exceed."""

    PLACES = "places"
    QUOTA = "quota"
    RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class Excess:
    """``taken`` of ``limit`` are taken already: one more is above it."""

    bound: Bound
    taken: int
    limit: int


class News(StrEnum):
    """What an applicant is told: the first decision, or what another one changes for him."""

    MAIN = "main"
    RESERVE = "reserve"
    DECLINED = "declined"
    RAISED = "raised"  # from the reserve, or after a refusal, to the main list
    TO_RESERVE = "to_reserve"  # from the main list, or after a refusal
    TAKEN_OFF = "taken_off"  # from a list to none


class QuotaFault(StrEnum):
    """Why a line of typed quotas is none."""

    NO_NUMBER = "no_number"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    TWICE = "twice"


class BadQuotasError(DomainError):
    """``line``: as it was typed."""

    def __init__(self, fault: QuotaFault, line: str) -> None:
        super().__init__(f"{fault} in a line of {len(line)} characters")
        self.fault = fault
        self.line = line


class BadPlacesError(DomainError):
    """No number of places, or more than anybody selects."""


class BoundExceededError(DomainError):
    """One more is above a bound; he may say that he is sure, of what he saw."""

    def __init__(self, application: Application, to: ApplicationState, excesses: tuple[Excess, ...]) -> None:
        super().__init__(f"application {application.id} to {to}: {', '.join(one.bound for one in excesses)}")
        self.application = application
        self.to = to
        self.excesses = excesses


class ApplicationMovedError(DomainError):
    """It is not as it was shown: decided by another, corrected or withdrawn."""

    def __init__(self, application: Application) -> None:
        super().__init__(f"application {application.id} is {application.state}, version {application.version}")
        self.application = application


class TooManyApplicationsError(DomainError):
    """The applicant has as many standing as one may have."""


class ApplicationsStandError(DomainError):
    """«Не участвуем», with applications standing: those are withdrawn one by one, on purpose."""


class DecisionToldError(DomainError):
    """The decision has been announced, or the term is over: nothing in the application is corrected any more."""


def lists_of(selection: Selection, applications: Sequence[Application], parts: Mapping[UnitId, str]) -> Lists:
    """``parts``: municipalities to be shown even where nobody has applied (they have quotas), with their titles."""
    titles = {**parts, **{one.part: one.part_title for one in applications}}
    counts = {state: sum(one.state is state for one in applications) for state in ApplicationState}
    standings = [_standing(selection, part, title, applications) for part, title in titles.items()]
    return Lists(
        counts,
        tuple(sorted(standings, key=lambda one: (one.title.casefold(), one.part))),
        untold=sum(one.is_untold for one in applications),
        is_announced=any(one.told is not None for one in applications),
    )


def excesses(
    selection: Selection, applications: Sequence[Application], application: Application, to: ApplicationState
) -> tuple[Excess, ...]:
    """Which bounds it would be one more than. On the list that it stands on already it exceeds nothing."""
    if application.state is to:
        return ()
    others = [one for one in applications if one.id != application.id]
    if to is ApplicationState.RESERVE:
        waiting = len(reserve_of(others))
        return _above(Bound.RESERVE, waiting, selection.reserve)
    if to is not ApplicationState.MAIN:
        return ()
    main = [one for one in others if one.state is ApplicationState.MAIN]
    of_part = sum(one.part == application.part for one in main)
    quota = selection.quota_of(application.part)
    above_quota = () if quota is None else _above(Bound.QUOTA, of_part, quota)
    return (*above_quota, *_above(Bound.PLACES, len(main), selection.places))


def reserve_of(applications: Iterable[Application]) -> tuple[Application, ...]:
    """The reserve in its order."""
    waiting = [one for one in applications if one.state is ApplicationState.RESERVE]
    return tuple(sorted(waiting, key=lambda one: (one.place or 0, one.id)))


def can_be_untaken(application: Application, by: PersonId, *, now: datetime) -> bool:
    """Whether this coordinator may still say that taking it up from the reserve was a wrong tap: his own, made less
    than ``TIME_TO_UNDO`` ago, so that the applicant has not heard of it. Whoever came to the main list otherwise, or
    heard at once by an announcement, has no place in the reserve to go back to.
    """
    decided_at = application.decided_at
    is_fresh = decided_at is not None and now < decided_at + TIME_TO_UNDO
    is_up = application.state is ApplicationState.MAIN and application.place is not None
    return is_up and is_fresh and application.decided_by == by


def next_up(
    selection: Selection, applications: Sequence[Application], *, freed: UnitId | None = None
) -> Application | None:
    """Who of the reserve is first in line for a free place, None where none is free or nobody fits.

    Of the municipality ``freed``, where the place was freed, before all others; a full one is passed over. Where there
    are no quotas the order of the reserve alone counts.
    """
    main = [one for one in applications if one.state is ApplicationState.MAIN]
    if len(main) >= selection.places:
        return None
    fitting = [one for one in reserve_of(applications) if not excesses(selection, applications, one, _MAIN)]
    own = [one for one in fitting if one.part == freed] if selection.has_quotas else []
    return next(iter([*own, *fitting]), None)


def neighbour(selection: Selection, reserve: Sequence[Application], moved: Application, *, up: bool) -> int | None:
    """The place in ``reserve`` of the one that ``moved`` changes places with: the next of his line, which is that of
    his municipality where quotas count. None at the end of the line.
    """
    line = [place for place, one in enumerate(reserve) if not selection.has_quotas or one.part == moved.part]
    at = next((index for index, place in enumerate(line) if reserve[place].id == moved.id), None)
    if at is None:
        return None
    other = at - 1 if up else at + 1
    return line[other] if 0 <= other < len(line) else None


def news_of(told: ApplicationState | None, state: ApplicationState) -> News | None:
    """What the applicant hears once ``state`` is announced, who has heard ``told``; None where that is nothing new."""
    if not state.is_decided or told is state:
        return None
    if told is None:
        return News(state.value)
    return _CHANGES[state]


def heard_before(moves: Sequence[str]) -> ApplicationState | None:
    """The decision that the applicant had heard before he was taken up, which is the last of ``moves``.

    ``moves``: the whole history, the earliest first. None: he had heard nothing.
    """
    stood: list[str] = []
    for what in moves:
        if what == UNTAKEN:
            _drop_taking_up(stood)
        else:
            stood.append(what)
    _drop_taking_up(stood)
    while stood and stood.pop() != TOLD:
        continue
    lists = [one for one in ApplicationState if one.is_decided]
    return next((state for what in reversed(stood) for state in lists if state.value == what), None)


def label_of(questions: Sequence[Question], values: Mapping[str, Value]) -> str | None:
    """Whom an application of a school is about: the first line of words in its form, «ФИО участника» as a rule."""
    for question in questions:
        value = values.get(question.key)
        if question.kind is QuestionKind.TEXT and value is not None and value.text:
            return one_line(value.text)[:MAX_ABOUT] or None
    return None


def can_be_corrected(application: Application, *, is_open: bool) -> bool:
    """Until the term, as long as nothing was announced about it; what was decided meanwhile waits for the coordinator
    again."""
    return is_open and application.told is None and application.state is not ApplicationState.WITHDRAWN


_MAIN = ApplicationState.MAIN
_CHANGES = {
    ApplicationState.MAIN: News.RAISED,
    ApplicationState.RESERVE: News.TO_RESERVE,
    ApplicationState.DECLINED: News.TAKEN_OFF,
}


def _standing(selection: Selection, part: UnitId, title: str, applications: Sequence[Application]) -> PartStanding:
    of_part = [one.state for one in applications if one.part == part]
    main, reserve, waiting = (
        of_part.count(state) for state in (_MAIN, ApplicationState.RESERVE, ApplicationState.WAITING)
    )
    return PartStanding(part, title, selection.quota_of(part), main, reserve, waiting)


def _drop_taking_up(stood: list[str]) -> None:
    """The move to the main list, and that it was told, where it was."""
    if stood and stood[-1] == TOLD:
        stood.pop()
    if stood:
        stood.pop()


def _above(bound: Bound, taken: int, limit: int) -> tuple[Excess, ...]:
    return (Excess(bound, taken, limit),) if taken >= limit else ()
