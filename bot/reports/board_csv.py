"""The board of one date as .csv in a .zip, where it is too long for an .xlsx: the same columns, forms beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

from bot.domain.board import BoardEntry, BoardLine
from bot.domain.forms import Question, Submission
from bot.domain.ids import AssignmentId
from bot.reports.board_words import COLUMNS, due_words, entry_words, handed_in_words, heading, moment
from bot.texts.catalogue import plain
from bot.texts.forms import value_words

_ROWS = 1_000_000  # in one table: a spreadsheet opens 1,048,576
_FORM = ("handed-in", "by")
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class BoardTables:
    """Written line by line into ``target``, packed at once: a million lines are a few dozen megabytes so.

    Like ``BoardWorkbook`` otherwise. A .csv knows no types, and a spreadsheet takes «=…» for a formula: what people
    typed stays text by an apostrophe before it.
    """

    def __init__(
        self,
        target: IO[bytes],
        line: BoardLine,
        *,
        reader: ZoneInfo,
        now: datetime,
        questions: Sequence[Question] = (),
    ) -> None:
        self._archive = ZipFile(target, "w", ZIP_DEFLATED)
        self._line, self._reader, self._made_at, self._questions = line, reader, now, questions
        self._rows = 0
        self._table: io.TextIOWrapper | None = None
        self._open(1)

    def add(self, entries: Sequence[tuple[str, BoardEntry]], forms: Mapping[AssignmentId, Submission]) -> None:
        """Some more lines, with what was handed in of them."""
        for above, entry in entries:
            if self._rows and self._rows % _ROWS == 0:
                self._open(self._rows // _ROWS + 1)
            words = entry_words(above, entry, self._line.kind, self._reader)
            self._writer.writerow([*map(_text, words), *self._given(forms.get(entry.assignment_id))])
            self._rows += 1

    def close(self) -> None:
        """Nothing can be read of the target before."""
        self._shut()
        self._archive.close()

    def _open(self, number: int) -> None:
        self._shut()
        packed = self._archive.open(plain("file-table-name", n=number), "w", force_zip64=True)
        # With the mark at the beginning a spreadsheet knows that the letters are Russian.
        self._table = io.TextIOWrapper(packed, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._table, delimiter=";")
        if number == 1:
            due, made = due_words(self._line, self._reader), moment(self._made_at, self._reader)
            self._writer.writerow([_text(plain("file-title", title=self._line.title)), plain("file-due", when=due),
                                   plain("file-made", when=made)])  # fmt: skip
        columns = [plain(f"file-column-{name}") for name, _ in COLUMNS]
        forms = [plain(f"file-form-{name}") for name in _FORM] if self._questions else []
        self._writer.writerow([*columns, *forms, *(_text(heading(question)) for question in self._questions)])

    def _shut(self) -> None:
        if self._table is not None:
            self._table.close()

    def _given(self, submission: Submission | None) -> Iterator[str]:
        if not self._questions:
            return
        yield from handed_in_words(submission, self._reader)
        for question in self._questions:
            given = None if submission is None else submission.given.get(question.key)
            if given is None or given.value.is_skipped:
                yield ""
            elif question.kind.is_figure and given.value.number is not None:
                yield _exactly(given.value.number)
            else:
                yield _text(value_words(question, given.value))


def _exactly(number: float) -> str:
    """«1234567,89»: every digit and none grouped, so that a spreadsheet reads the figure that was handed in."""
    return f"{Decimal(repr(number)):f}".removesuffix(".0").replace(".", ",")


def _text(words: str) -> str:
    return f"'{words}" if words.startswith(_BEGIN_FORMULAS) else words
