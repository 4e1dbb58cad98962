"""A form while it is being made: its questions as they stand, which of them were only guessed, and the way back.

Each change is made by the key of its question, so that two who edit one form do not undo each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.errors import NotFoundError
from bot.domain.forms import BadFormError, FormProblem, Question, ensure_form

_NUMBERED = re.compile(r"q(\d+)")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A question that is to be added, without its key; ``is_guessed``: its kind was read out of its words."""

    question: Question
    is_guessed: bool = False


@dataclass(frozen=True, slots=True)
class FormDraft:
    """``guessed``: keys of the questions whose kind nobody has confirmed. ``last_key``: the number of the last key that
    the form has ever given, for none is given twice. ``before``: what stood before questions went or came in numbers.
    ``aside``: questions as they were before another kind took options, a unit or bounds from them, by key.
    """

    questions: tuple[Question, ...] = ()
    guessed: frozenset[str] = frozenset()
    last_key: int = 0
    before: FormDraft | None = field(default=None, repr=False)
    aside: Mapping[str, Question] = field(default_factory=dict, repr=False)

    def place(self, key: str) -> int:
        """Raises NotFoundError: the question was removed."""
        for place, question in enumerate(self.questions):
            if question.key == key:
                return place
        raise NotFoundError(f"question {key} of a draft")

    def question(self, key: str) -> Question:
        """Raises NotFoundError."""
        return self.questions[self.place(key)]

    def to_json(self) -> dict[str, Any]:
        before = None if self.before is None else replace(self.before, before=None).to_json()
        return {
            "questions": [question.to_json() for question in self.questions],
            "guessed": sorted(self.guessed),
            "last_key": self.last_key,
            "before": before,
            "aside": [question.to_json() for question in self.aside.values()],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FormDraft:
        return cls(
            tuple(Question.from_json(question) for question in data["questions"]),
            frozenset(data["guessed"]),
            data["last_key"],
            None if data["before"] is None else cls.from_json(data["before"]),
            {one["key"]: Question.from_json(one) for one in data.get("aside", ())},
        )


Change = Callable[[FormDraft], FormDraft]


def draft_of(versions: Sequence[Sequence[Question]]) -> FormDraft:
    """The latest of the versions, to be edited; keys of all of them are spent."""
    numbers = (_NUMBERED.fullmatch(question.key) for questions in versions for question in questions)
    last_key = max((int(found[1]) for found in numbers if found), default=0)
    return FormDraft(tuple(versions[-1]) if versions else (), last_key=last_key)


def with_questions(draft: FormDraft, proposed: Sequence[Proposed]) -> FormDraft:
    """The proposed ones behind the others, each with a key of its own. Several at once can be taken back."""
    added, guessed = [], set(draft.guessed)
    for number, one in enumerate(proposed, start=draft.last_key + 1):
        key = f"q{number}"
        added.append(replace(one.question, key=key))
        if one.is_guessed:
            guessed.add(key)
    return replace(
        draft,
        questions=(*draft.questions, *added),
        guessed=frozenset(guessed),
        last_key=draft.last_key + len(added),
        before=replace(draft, before=None) if len(added) > 1 else None,
    )


def with_changed(draft: FormDraft, key: str, **parts: Any) -> FormDraft:
    """The question with other ``parts``. What another kind does not take is set aside, and comes back with a kind that
    does. Raises NotFoundError.
    """
    place, guessed, aside = draft.place(key), draft.guessed, draft.aside
    question = draft.questions[place]
    if "kind" in parts:
        question = _whole(question, aside.get(key))
        guessed, aside = guessed - {key}, {**aside, key: question}
    question = _consistent(replace(question, **parts))
    questions = (*draft.questions[:place], question, *draft.questions[place + 1 :])
    return replace(draft, questions=questions, guessed=guessed, before=None, aside=aside)


def set_aside(draft: FormDraft, key: str) -> Question | None:
    """The question with what its kind does not take, where there is such; None where nothing waits for another kind."""
    question, aside = draft.question(key), draft.aside.get(key)
    whole = _whole(question, aside)
    return None if whole == question else whole


def with_moved(draft: FormDraft, key: str, by: int) -> FormDraft:
    """The question ``by`` places further down, as far as there are places. Raises NotFoundError."""
    place = draft.place(key)
    questions = [*draft.questions[:place], *draft.questions[place + 1 :]]
    questions.insert(min(max(place + by, 0), len(questions)), draft.questions[place])
    return replace(draft, questions=tuple(questions), before=None)


def without(draft: FormDraft, key: str) -> FormDraft:
    """Without the question, which ``undone`` brings back. Raises NotFoundError."""
    draft.place(key)
    kept = tuple(question for question in draft.questions if question.key != key)
    return replace(draft, questions=kept, guessed=draft.guessed - {key}, before=replace(draft, before=None))


def undone(draft: FormDraft) -> FormDraft:
    """As before the last removal, or before many came at once; as it is where nothing can be taken back."""
    return draft if draft.before is None else replace(draft.before, last_key=draft.last_key)


def with_kinds_confirmed(draft: FormDraft) -> FormDraft:
    return replace(draft, guessed=frozenset(), before=None)


def problems_of(draft: FormDraft) -> dict[str, FormProblem]:
    """What is wrong with each question as it stands, by its key."""
    found = {}
    for question in draft.questions:
        try:
            ensure_form([question])
        except BadFormError as error:
            found[question.key] = error.problem
    return found


def _whole(question: Question, aside: Question | None) -> Question:
    """The question with the parts that an earlier kind of it had and its own does not take."""
    if aside is not None and not question.kind.has_options:
        question = replace(question, options=aside.options)
    if aside is not None and not question.kind.is_figure:
        figures = {name: getattr(aside, name) for name in ("unit", "at_least", "low", "high")}
        question = replace(question, **figures)
    return question


def _consistent(question: Question) -> Question:
    if not question.kind.has_options:
        question = replace(question, options=())
    if not question.kind.is_figure:
        question = replace(question, unit=None, at_least=None, low=None, high=None)
    return question
