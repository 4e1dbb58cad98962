"""What is known of a file while its sheet and its columns are asked about, and the screens that ask.

All of it is kept in the dialogue as plain values, so that a restart loses neither the file nor the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from bot.domain.documents import DocumentFault
from bot.domain.reading_choices import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, Column, ReadingChoices
from bot.ports.documents import Unreadable
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.documents import column_callbacks as to
from handlers.documents.taking import Origin
from handlers.documents.wording import Rows, button, labelled

Screen = tuple[Markup, InlineKeyboardMarkup]

_SHEETS = 40  # buttons of one message; Telegram takes a hundred
_ROWS_SHOWN, _ROW_CHARACTERS = 4, 250
_HEADING = 60
_TOLD = frozenset({*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS})


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """Which of the ``sheets`` (names with their numbers of rows) is to be read; all of them where they are alike."""

    origin: Origin
    sheets: tuple[tuple[str, int], ...]
    are_alike: bool

    def chosen(self, place: int) -> tuple[str, ...]:
        """The names behind a button; nothing for one that was never offered."""
        if place == to.NONE:
            return tuple(name for name, _ in self.sheets) if self.are_alike else ()
        return (self.sheets[place][0],) if 0 <= place < len(self.sheets) else ()

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "origin": self.origin.to_json()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> SheetQuestion:
        """Back from ``to_json``."""
        sheets = tuple((str(name), int(rows)) for name, rows in stored["sheets"])
        return cls(Origin.from_json(stored["origin"]), sheets, bool(stored["are_alike"]))


@dataclass(frozen=True, slots=True)
class ColumnQuestions:
    """One question for each column that the header does not name, the answers in their order.

    ``labels`` name the places of the table, "" where there is nothing to choose; ``known`` the columns that need no
    question; ``rows`` are the first ones.
    """

    origin: Origin
    sheets: tuple[str, ...]
    rows: tuple[str, ...]
    labels: tuple[str, ...]
    known: Mapping[str, int]
    needed: tuple[str, ...]
    answers: tuple[int, ...] = ()

    @property
    def asked(self) -> Column | None:
        """The column whose place is asked for next; ``None`` when all is answered."""
        left = [column for column in self._order[len(self.answers) :] if column in REQUIRED_COLUMNS or self.free]
        return left[0] if left else None

    @property
    def free(self) -> tuple[int, ...]:
        """Places that no column has taken yet."""
        taken = {*self.known.values(), *self.answers}
        return tuple(place for place, label in enumerate(self.labels) if label and place not in taken)

    @property
    def chosen(self) -> Mapping[Column, int]:
        """The places that the coordinator named."""
        pairs = zip(self._order, self.answers, strict=False)
        return {column: place for column, place in pairs if place != to.NONE}

    @property
    def choices(self) -> ReadingChoices:
        known = {Column(column): place for column, place in self.known.items()}
        return ReadingChoices(self.sheets, {**known, **self.chosen})

    def takes(self, place: int) -> bool:
        """Whether a button with this place can be one of the open question."""
        return place in self.free or (place == to.NONE and self.asked in OPTIONAL_COLUMNS)

    def answered(self, place: int) -> ColumnQuestions:
        return replace(self, answers=(*self.answers, place))

    def one_back(self) -> ColumnQuestions:
        return replace(self, answers=self.answers[:-1])

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "origin": self.origin.to_json(), "known": dict(self.known)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ColumnQuestions:
        """Back from ``to_json``."""
        lists = {name: tuple(stored[name]) for name in ("sheets", "rows", "labels", "needed", "answers")}
        return cls(origin=Origin.from_json(stored["origin"]), known=dict(stored["known"]), **lists)

    @property
    def _order(self) -> tuple[Column, ...]:
        required = [column for column in REQUIRED_COLUMNS if column in self.needed]
        return (*required, *(column for column in OPTIONAL_COLUMNS if column not in self.known))


def question_about(
    failure: Unreadable, origin: Origin, sheets: tuple[str, ...]
) -> SheetQuestion | ColumnQuestions | None:
    """What to ask so that the file can be read after all; ``None`` where nothing helps."""
    facts = failure.facts
    if failure.code is DocumentFault.SEVERAL_SHEETS:
        return SheetQuestion(origin, tuple(facts["sheets"])[:_SHEETS], bool(facts["are_alike"]))
    labels = tuple(facts.get("labels", ()))
    if failure.code is not DocumentFault.UNKNOWN_COLUMNS or not labels:
        return None
    told = (*facts.get("missing", ()), *facts.get("ambiguous", ()))
    rows = tuple(" | ".join(map(str, row))[:_ROW_CHARACTERS] for row in facts.get("rows", ())[:_ROWS_SHOWN])
    needed = told or tuple(column.value for column in REQUIRED_COLUMNS)
    known = dict(facts.get("known", ()))
    # «Показатель» taken for the result leaves no column for the matter itself: then only what a plan needs stays known.
    for settled in (known, {column: place for column, place in known.items() if column in REQUIRED_COLUMNS}):
        questions = ColumnQuestions(origin, sheets, rows, labels, settled, needed)
        if len(questions.free) >= len(needed):
            return questions
    return None


def sheet_screen(question: SheetQuestion, at: int) -> Screen:
    rows: Rows = [
        [labelled(plain("button-sheet", name=shorten(name, 28), n=number), to.ChooseSheet(at=at, place=place))]
        for place, (name, number) in enumerate(question.sheets)
    ]
    if question.are_alike:
        rows.append([button("button-sheets-all", to.ChooseSheet(at=at, place=to.NONE))])
    rows.append([button("button-cancel", to.LeaveFile(at=at))])
    text = say("sheets-ask", name=shorten(question.origin.name, 100), n=len(question.sheets))
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def column_screen(questions: ColumnQuestions, at: int) -> Screen:
    """The first rows, what was answered so far, and a button for each column that is still free."""
    column = questions.asked
    assert column is not None, "all is answered"
    parts = [say("columns-intro"), *(say("file-first-row", row=row) for row in questions.rows), ""]
    for told, place in questions.choices.columns.items():
        if told in _TOLD:
            label = shorten(questions.labels[place], _HEADING)
            parts.append(say("columns-chosen", column=told.value, place=place + 1, label=label))
    parts.append(say("columns-ask", column=column.value))
    step = len(questions.answers)
    rows: Rows = [
        [labelled(f"{place + 1}. {questions.labels[place]}", to.ChooseColumn(at=at, step=step, place=place))]
        for place in questions.free
    ]
    if column in OPTIONAL_COLUMNS:
        rows.append([button("button-column-none", to.ChooseColumn(at=at, step=step, place=to.NONE))])
    leave = button("button-cancel", to.LeaveFile(at=at))
    rows.append([button("button-back", to.StepBack(at=at)), leave] if step else [leave])
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)
