"""A line of a board's file in words, the same in every format."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.board import BoardEntry, BoardLine
from bot.domain.forms import Question, Submission
from bot.domain.matters import ActivityKind
from bot.texts.answers import answer_words
from bot.texts.catalogue import plain
from bot.texts.times import clock, short_day

COLUMNS = (("above", 28), ("unit", 34), ("person", 30), ("status", 16), ("answer", 18), ("when", 18), ("by", 30),
           ("comment", 50))  # fmt: skip
"""The names of the columns, each with its width in characters."""


def entry_words(above: str, entry: BoardEntry, kind: ActivityKind, reader: ZoneInfo) -> tuple[str, ...]:
    """What stands in the columns; times are on the clock of ``reader``."""
    return (
        above,
        entry.unit_title,
        entry.person_name or plain("file-whole-school"),
        plain(f"status-{entry.status.value}"),
        answer_words(entry.answer, kind) if entry.answer else "",
        moment(entry.answered_at, reader) if entry.answered_at else "",
        entry.answered_by_name or "",
        entry.comment or "",
    )


def heading(question: Question) -> str:
    """What stands above the answers to a question."""
    return f"{question.text}, {question.unit}" if question.unit else question.text


def handed_in_words(submission: Submission | None, reader: ZoneInfo) -> tuple[str, str]:
    """When a form was handed in, and by whom."""
    if submission is None or submission.handed_in_at is None:
        return "", ""
    return moment(submission.handed_in_at, reader), submission.handed_in_by_name or ""


def due_words(line: BoardLine, reader: ZoneInfo) -> str:
    """When the date is due: an hour on the reader's clock, or a day."""
    return moment(line.due_at, reader) if line.has_time else short_day(line.due_on)


def moment(at: datetime, reader: ZoneInfo) -> str:
    """A day and an hour."""
    return f"{short_day(at.astimezone(reader).date())} {clock(at, reader)}"
