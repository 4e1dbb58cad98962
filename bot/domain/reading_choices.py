"""What the coordinator says of a file that does not say it by itself: which sheet, which column is which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Column(StrEnum):
    """What a column of a plan may hold; found by the words of its heading, or named by the coordinator."""

    NUMBER = "number"
    TITLE = "title"
    RESPONSIBLE = "responsible"
    RESULT = "result"
    PHRASE = "phrase"
    TIME = "time"
    BEGINS = "begins"
    ENDS = "ends"


REQUIRED_COLUMNS = (Column.TITLE, Column.PHRASE)
OPTIONAL_COLUMNS = (Column.RESPONSIBLE, Column.RESULT, Column.NUMBER)


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """``sheets`` by name, none for «find it yourself»; ``columns`` by place, counted from 0 as the table stands.

    Columns that are not named stay with the words of their headings. Named columns are those of the table that was
    asked about: the same file gives the same table again.
    """

    sheets: tuple[str, ...] = ()
    columns: Mapping[Column, int] = field(default_factory=dict)


AS_FOUND = ReadingChoices()


def columns_in(words: str) -> dict[Column, int]:
    """«title=2,term=3» as typed on the command line, counted from 1 there. Raises ValueError for anything else."""
    columns = {}
    for pair in filter(None, words.split(",")):
        name, _, number = pair.partition("=")
        place = int(number)
        if place < 1:
            raise ValueError(number)
        columns[Column.PHRASE if name.strip() == "term" else Column(name.strip())] = place - 1
    return columns
