"""The rows of a table of questions, as somebody wrote them, become questions: all of them, or the bad ones are named.

The same rows come from the template of a form and from a table of indicators, which has no column for the kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.form_drafts import Proposed
from bot.domain.forms import MAX_QUESTIONS, BadFormError, FormProblem, Question, QuestionKind, ensure_form
from bot.domain.names import one_line
from bot.domain.question_guessing import (
    asks_for_several,
    figure_of,
    guessed,
    kind_of_figure,
    number_in,
    unit_of,
    without_note,
    without_several,
)


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row as it stands. ``number``: of the line in its sheet or table, from 1, which the refusal names."""

    number: int
    text: str
    kind: str = ""
    options: str = ""
    unit: str = ""
    plan: str = ""
    low: str = ""
    high: str = ""
    required: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """``is_template``: it was filled in for us; else it is a document's table of indicators.

    ``has_several_plans``: a column a year, so that none was taken. ``others``: tables of indicators left in the file.
    """

    rows: tuple[FormRow, ...]
    is_template: bool = False
    has_several_plans: bool = False
    others: int = 0


class RowFault(StrEnum):
    """Why a row is no question, beside what ``FormProblem`` says."""

    UNKNOWN_KIND = "unknown_kind"
    NOT_A_FIGURE = "bad_figure"
    UNKNOWN_REQUIRED = "unknown_required"


@dataclass(frozen=True, slots=True)
class BadRow:
    number: int
    fault: RowFault | FormProblem
    words: str = ""


class BadRowsError(DomainError):
    """Nothing of the table is taken: each row that is wrong, in their order."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        super().__init__(f"{len(rows)} bad rows")
        self.rows = tuple(rows)


KIND_WORDS: Mapping[QuestionKind, str] = {
    QuestionKind.CHOICE: "выбор",
    QuestionKind.SEVERAL: "несколько",
    QuestionKind.YES_NO: "да/нет",
    QuestionKind.WHOLE: "целое число",
    QuestionKind.DECIMAL: "число",
    QuestionKind.TEXT: "текст",
    QuestionKind.LINK: "ссылка",
    QuestionKind.FILE: "файл",
    QuestionKind.DATE: "дата",
}
"""The kinds as the column «Тип» of the template names them."""
_KINDS = {words: kind for kind, words in KIND_WORDS.items()} | {
    "да нет": QuestionKind.YES_NO,
    "да или нет": QuestionKind.YES_NO,
    "выбор из списка": QuestionKind.CHOICE,
    "варианты": QuestionKind.CHOICE,
    "один из списка": QuestionKind.CHOICE,
    "несколько из списка": QuestionKind.SEVERAL,
    "несколько вариантов": QuestionKind.SEVERAL,
    "множественный выбор": QuestionKind.SEVERAL,
    "целое": QuestionKind.WHOLE,
    "дробное число": QuestionKind.DECIMAL,
    "десятичное число": QuestionKind.DECIMAL,
    "фото": QuestionKind.FILE,
    "документ": QuestionKind.FILE,
}
_REQUIRED = {"": True, "да": True, "+": True, "нет": False, "-": False, "–": False}
_BOX = re.compile(r"^\s*[☐□▢☑○◯•▪·–—*-]\s*")  # how a paper marks a line that is to be ticked
_A_FIGURE = re.compile(r"[-−–]?\s*\d[\d\s\u00a0]*(?:[.,]\d+)?\s*%?")


def questions_of(table: FormTable) -> tuple[Proposed, ...]:
    """Raises BadRowsError; BadFormError where there is no row, or too many."""
    if not table.rows:
        raise BadFormError(FormProblem.NO_QUESTIONS)
    if len(table.rows) > MAX_QUESTIONS:
        raise BadFormError(FormProblem.TOO_MANY)
    made: list[Proposed] = []
    bad: list[BadRow] = []
    for row in table.rows:
        found = _of_template(row) if table.is_template else _of_indicator(row)
        if isinstance(found, BadRow):
            bad.append(found)
        else:
            made.append(found)
    if bad:
        raise BadRowsError(bad)
    return tuple(made)


def options_in(words: str) -> tuple[str, ...]:
    """Options that were written one a line, else behind «;», else behind commas, else behind «/»."""
    lines = [words.splitlines(), words.split(";"), words.split(","), words.split("/")]
    parts = next((parts for parts in lines if len([part for part in parts if one_line(part)]) > 1), lines[0])
    return tuple(option for part in parts if (option := one_line(_BOX.sub("", part))))


def _of_template(row: FormRow) -> Proposed | BadRow:
    kind_words = one_line(row.kind).casefold().rstrip(".").replace(" / ", "/")
    kind = _KINDS.get(kind_words)
    if kind is None and kind_words:
        return BadRow(row.number, RowFault.UNKNOWN_KIND, row.kind)
    required = one_line(row.required).casefold()
    if required not in _REQUIRED:
        return BadRow(row.number, RowFault.UNKNOWN_REQUIRED, row.required)
    figures: dict[str, float | None] = {}
    for name, words in (("at_least", row.plan), ("low", row.low), ("high", row.high)):
        if one_line(words) and not _A_FIGURE.fullmatch(one_line(words)):
            return BadRow(row.number, RowFault.NOT_A_FIGURE, words)
        figures[name] = figure_of(words)
    settled = kind or _kind_unsaid(row)
    question = Question(
        "",
        settled,
        without_note(one_line(row.text), settled),
        is_required=_REQUIRED[required],
        options=options_in(row.options),
        unit=unit_of(row.unit),
        **figures,
    )
    return _checked(row, Proposed(question, is_guessed=kind is None))


def _of_indicator(row: FormRow) -> Proposed | BadRow:
    """An indicator is a figure wherever the table names a unit or a plan for it; else its words are read.

    What stands in a column of answers makes a choice of it.
    """
    found = _with_answers(row) or guessed(row.text)
    unit = unit_of(row.unit) or found.question.unit
    plan = number_in(row.plan)
    at_least = found.question.at_least if plan is None else plan
    if unit is None and at_least is None:
        return _checked(row, found)
    text = found.question.text if found.question.kind.is_figure else one_line(row.text)
    unit = "%" if unit is None and "%" in row.plan else unit
    question = Question("", kind_of_figure(unit, at_least), text, unit=unit, at_least=at_least)
    return _checked(row, Proposed(question, is_guessed=True))


def _with_answers(row: FormRow) -> Proposed | None:
    """A row beside which the table tells the answers that there are; None where it tells none that can be buttons."""
    words = one_line(row.options).casefold()
    if not words:
        return None
    if re.fullmatch(r"да\s*(?:/|,|;|или)\s*нет", words):
        return Proposed(Question("", QuestionKind.YES_NO, one_line(row.text)), is_guessed=True)
    kind = QuestionKind.SEVERAL if asks_for_several(f"{row.text} {row.options}") else QuestionKind.CHOICE
    options = options_in(without_several(row.options))
    question = Question("", kind, without_note(one_line(row.text), kind), options=options)
    proposed = Proposed(question, is_guessed=True)
    return proposed if isinstance(_checked(row, proposed), Proposed) else None


def _kind_unsaid(row: FormRow) -> QuestionKind:
    if row.options:
        return QuestionKind.SEVERAL if asks_for_several(row.text) else QuestionKind.CHOICE
    if row.unit or row.plan:
        return kind_of_figure(unit_of(row.unit), number_in(row.plan))
    return guessed(row.text).question.kind


def _checked(row: FormRow, proposed: Proposed) -> Proposed | BadRow:
    try:
        ensure_form([replace(proposed.question, key="q1")])
    except BadFormError as error:
        return BadRow(row.number, error.problem)
    return proposed
