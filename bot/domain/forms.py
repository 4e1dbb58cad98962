"""Forms: what is asked besides «Выполнено», and when a form is whole; ``bot.domain.form_values`` reads the answers.

A question keeps its key through the versions of a form and the dates of an activity: by it figures are compared.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.ids import ApplicationId, AssignmentId, FormId, FormVersionId, PersonId, SubmissionId
from bot.domain.names import one_line

MAX_QUESTIONS = 60
MAX_QUESTION = 300
MAX_OPTIONS = 12
MAX_OPTION = 60
OPTION_END = "\n"
"""Between the options of an answer: no option has a line break in it."""
MAX_UNIT = 20
MAX_FIGURE = 1e12

_FREE_KEY = re.compile(r"q(\d+)")


class QuestionKind(StrEnum):
    """What an answer to a question is."""

    CHOICE = "choice"
    SEVERAL = "several"  # any number of the options
    YES_NO = "yes_no"
    WHOLE = "whole"
    DECIMAL = "decimal"
    TEXT = "text"
    LINK = "link"
    FILE = "file"
    DATE = "date"

    @property
    def is_figure(self) -> bool:
        """A figure has a unit, bounds and a plan, and adds up along the tree."""
        return self in (QuestionKind.WHOLE, QuestionKind.DECIMAL)

    @property
    def may_be_absent(self) -> bool:
        """A school may have no such paper or page, and says so instead of handing it in."""
        return self in (QuestionKind.LINK, QuestionKind.FILE)

    @property
    def has_options(self) -> bool:
        """One of the options, or several of them, is the answer."""
        return self in (QuestionKind.CHOICE, QuestionKind.SEVERAL)


@dataclass(frozen=True, slots=True)
class Question:
    """``key`` names it within the form and never changes. ``options``: of one choice or several, in their order.

    Of a figure: ``unit`` («чел.», «%»), ``at_least`` (the plan: less is accepted and said), ``low`` and ``high``
    (beyond them it is asked again; a figure without ``low`` is not below nought).
    """

    key: str
    kind: QuestionKind
    text: str
    is_required: bool = True
    options: tuple[str, ...] = ()
    unit: str | None = None
    at_least: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def lowest(self) -> float:
        return 0.0 if self.low is None else self.low

    @property
    def highest(self) -> float:
        return MAX_FIGURE if self.high is None else self.high

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"key": self.key, "kind": self.kind.value, "text": self.text}
        if not self.is_required:
            data["is_required"] = False
        if self.options:
            data["options"] = list(self.options)
        for name in ("unit", "at_least", "low", "high"):
            if (value := getattr(self, name)) is not None:
                data[name] = value
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Question:
        return cls(
            key=data["key"],
            kind=QuestionKind(data["kind"]),
            text=data["text"],
            is_required=data.get("is_required", True),
            options=tuple(data.get("options", ())),
            unit=data.get("unit"),
            at_least=data.get("at_least"),
            low=data.get("low"),
            high=data.get("high"),
        )


@dataclass(frozen=True, slots=True)
class FormVersion:
    """The questions of a form as they stood when answers were given to them; ``number`` counts from 1."""

    id: FormVersionId
    form_id: FormId
    number: int
    questions: tuple[Question, ...]


class FormProblem(StrEnum):
    """Why a list of questions cannot be a form."""

    NO_QUESTIONS = "no_questions"
    TOO_MANY = "too_many"
    NO_TEXT = "no_text"
    TEXT_TOO_LONG = "text_too_long"
    BAD_KEY = "bad_key"
    SAME_KEY = "same_key"
    FEW_OPTIONS = "few_options"
    MANY_OPTIONS = "many_options"
    BAD_OPTION = "bad_option"  # empty, too long, or there twice
    BAD_BOUNDS = "bad_bounds"  # the lowest above the highest, or the plan beyond them
    NOT_A_FIGURE = "not_a_figure"  # a unit, a plan or bounds of something that is no figure


class BadFormError(DomainError):
    """``place``: of the question that is wrong, from 1; None for the form as a whole."""

    def __init__(self, problem: FormProblem, place: int | None = None) -> None:
        super().__init__(f"{problem} at {place}")
        self.problem = problem
        self.place = place


@dataclass(frozen=True, slots=True)
class Value:
    """An answer to one question. ``number`` is what adds up (of «да»: 1); ``text`` the words: of a choice its option,
    of several each on a line, of a date its ISO day, of a link or file that the school does not have the reason (its
    number is nought then). ``file_name`` is None for a photo. With nothing at
    all the question was skipped.
    """

    text: str | None = field(default=None, repr=False)
    number: float | None = None
    file_id: str | None = field(default=None, repr=False)
    file_name: str | None = field(default=None, repr=False)

    @property
    def is_skipped(self) -> bool:
        return self.text is None and self.number is None and self.file_id is None

    @property
    def is_photo(self) -> bool:
        return self.file_id is not None and self.file_name is None

    @property
    def day(self) -> date | None:
        """Of an answer to a date question."""
        return None if self.text is None else date.fromisoformat(self.text)

    @property
    def options(self) -> tuple[str, ...]:
        """Of an answer to a choice: what was chosen, in the order of the question."""
        return () if self.text is None else tuple(self.text.split(OPTION_END))


SKIPPED = Value()


class SubmissionState(StrEnum):
    """Of one filling of a form. A returned one stays as it was; the next begins with its answers."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class AskedState(StrEnum):
    """Of a question that a colleague was asked."""

    WAITING = "waiting"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Given:
    """What stands as the answer to a question, and who said so."""

    value: Value
    person_id: PersonId
    full_name: str = field(repr=False)
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """One filling of the form of an assignment. ``given`` is by the key of the question.

    ``application_id``: of a selection, what it was handed in as, or what a draft corrects. ``begun_by_name`` is empty
    for who was erased.
    """

    id: SubmissionId
    assignment_id: AssignmentId
    number: int
    version: FormVersion
    state: SubmissionState
    begun_at: datetime
    changed_at: datetime
    given: Mapping[str, Given] = field(repr=False)
    handed_in_by: PersonId | None = None
    handed_in_by_name: str | None = field(default=None, repr=False)
    handed_in_at: datetime | None = None
    application_id: ApplicationId | None = None
    begun_by: PersonId | None = None
    begun_by_name: str = field(default="", repr=False)

    @property
    def answered(self) -> int:
        """How many questions are behind, the skipped ones among them."""
        return sum(question.key in self.given for question in self.version.questions)

    @property
    def missing(self) -> tuple[Question, ...]:
        """The required ones without an answer."""
        return missing(self.version.questions, {key: given.value for key, given in self.given.items()})

    def next_open(self, after: int = -1, *, waiting: frozenset[str] = frozenset()) -> int | None:
        """The place of the next question without an answer beyond ``after``, and from the start again; a colleague's
        question (``waiting``) is left to him. None where nothing is open.
        """
        places = [*range(after + 1, len(self.version.questions)), *range(after + 1)]
        keys = [question.key for question in self.version.questions]
        return next((place for place in places if keys[place] not in self.given and keys[place] not in waiting), None)


@dataclass(frozen=True, slots=True)
class FormStanding:
    """How far the form of an assignment is, for its card. ``answered``: of the draft; None where none is begun.

    ``is_handed_in``: a filling stands as the answer, so that a draft beside it is a change.
    """

    total: int
    answered: int | None = None
    is_handed_in: bool = False


def ensure_form(questions: Sequence[Question]) -> None:
    """Raises BadFormError where the questions cannot be asked as they are."""
    if not questions:
        raise BadFormError(FormProblem.NO_QUESTIONS)
    if len(questions) > MAX_QUESTIONS:
        raise BadFormError(FormProblem.TOO_MANY)
    keys: set[str] = set()
    for place, question in enumerate(questions, 1):
        problem = FormProblem.SAME_KEY if question.key in keys else _problem_of(question)
        if problem is not None:
            raise BadFormError(problem, place)
        keys.add(question.key)


def free_key(questions: Sequence[Question]) -> str:
    """A key for one question more: «q13», never one that an older question of these has."""
    taken = (int(found[1]) for question in questions if (found := _FREE_KEY.fullmatch(question.key)))
    return f"q{max(taken, default=0) + 1}"


def is_unlikely(new: float | None, last: float | None) -> bool:
    """Ten times last period's figure or more, or a tenth of it or less: «точно?»."""
    return new is not None and last is not None and last > 0 and (new >= 10 * last or new <= last / 10)


def is_below_plan(question: Question, value: Value) -> bool:
    """Less than «не менее»: accepted, and said."""
    return question.at_least is not None and value.number is not None and value.number < question.at_least


def missing(questions: Sequence[Question], values: Mapping[str, Value]) -> tuple[Question, ...]:
    """The required questions that have no answer."""
    return tuple(question for question in questions if question.is_required and _is_open(values.get(question.key)))


def columns(submissions: Iterable[Submission]) -> tuple[Question, ...]:
    """The questions of all of them, as ``columns_of`` their versions."""
    return columns_of({submission.version.id: submission.version for submission in submissions}.values())


def columns_of(versions: Iterable[FormVersion]) -> tuple[Question, ...]:
    """The questions of all of them, each once: as the newest version asks them, then what only older ones asked."""
    newest_first = sorted(versions, key=lambda version: version.number, reverse=True)
    found: dict[str, Question] = {}
    for version in newest_first:
        for question in version.questions:
            found.setdefault(question.key, question)
    return tuple(found.values())


def _is_open(value: Value | None) -> bool:
    return value is None or value.is_skipped


def _problem_of(question: Question) -> FormProblem | None:
    if not one_line(question.text):
        return FormProblem.NO_TEXT
    if len(question.text) > MAX_QUESTION or len(question.unit or "") > MAX_UNIT:
        return FormProblem.TEXT_TOO_LONG
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", question.key):
        return FormProblem.BAD_KEY
    if question.kind.has_options:
        return _problem_of_options(question.options)
    if not question.kind.is_figure:
        is_figures = any(part is not None for part in (question.unit, question.at_least, question.low, question.high))
        return FormProblem.NOT_A_FIGURE if is_figures else None
    return _problem_of_bounds(question)


def _problem_of_options(options: Sequence[str]) -> FormProblem | None:
    if len(options) < 2:
        return FormProblem.FEW_OPTIONS
    if len(options) > MAX_OPTIONS:
        return FormProblem.MANY_OPTIONS
    plain = {one_line(option).casefold() for option in options}
    is_bad = len(plain) < len(options) or "" in plain
    is_bad = is_bad or any(len(option) > MAX_OPTION or OPTION_END in option for option in options)
    return FormProblem.BAD_OPTION if is_bad else None


def _problem_of_bounds(question: Question) -> FormProblem | None:
    figures = [figure for figure in (question.at_least, question.low, question.high) if figure is not None]
    is_sane = all(math.isfinite(figure) and abs(figure) <= MAX_FIGURE for figure in figures)
    is_in_reach = question.at_least is None or question.lowest <= question.at_least <= question.highest
    is_ordered = question.lowest <= question.highest
    return None if is_sane and is_ordered and is_in_reach else FormProblem.BAD_BOUNDS
