"""A published document as it was read: its own facts, its rows, and what is doubtful in them.

A draft is not yet an activity: the coordinator sees every row beside the phrase it came from and confirms it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.terms.model import Term


class DocumentKind(StrEnum):
    """What sort of paper it is, as its heading says."""

    ORDER = "order"  # приказ, распоряжение
    RESOLUTION = "resolution"  # постановление, резолюция, решение
    MINUTES = "minutes"  # протокол
    ROADMAP = "roadmap"  # дорожная карта, комплекс мер
    PLAN = "plan"  # план, план-график, календарный план
    REPORT = "report"  # отчёт
    LETTER = "letter"  # письмо
    REGULATION = "regulation"  # положение, порядок
    LIST = "list"  # what a coordinator pasted into the chat and no heading names: never what a reader found
    OTHER = "other"


class DocumentFact(StrEnum):
    """What a document may say of itself, as the keys of the command line and of stored drafts."""

    KIND = "kind"
    NUMBER = "number"
    DATE = "date"
    TITLE = "title"
    REGION = "region"
    CONTROLLER = "controller"
    PERIOD = "period"


class ProblemCode(StrEnum):
    """What is wrong with a row or with the whole table. The words for each are chosen at the edge."""

    MISSING_NUMBER = "missing_number"  # 1, 2, 4: facts name the 3
    DUPLICATE_NUMBER = "duplicate_number"
    NO_NUMBER = "no_number"
    NO_TITLE = "no_title"
    NO_PHRASE = "no_phrase"
    TERM_NOT_UNDERSTOOD = "term_not_understood"
    TERM_DOUBTFUL = "term_doubtful"  # facts name a ``bot.domain.terms.model.Doubt``
    EXTRA_CELLS = "extra_cells"  # a row wider than its header: the text of the cells beyond stands in the facts
    NO_DOCUMENT_DATE = "no_document_date"
    SCHOOL_YEAR_ASSUMED = "school_year_assumed"  # a bare list names no year
    REGION_UNKNOWN = "region_unknown"
    SHEET_CHOSEN = "sheet_chosen"  # facts: its name (``text``) and the ``others``, which hold no table of matters
    HIDDEN_ROWS = "hidden_rows"  # of a sheet, by its author: left out, and so are the next two
    HIDDEN_COLUMNS = "hidden_columns"
    HIDDEN_SHEETS = "hidden_sheets"
    FORMULA_WITHOUT_VALUE = "formula_without_value"  # facts: the cells (``text``)
    TABLE_INCOMPLETE = "table_incomplete"  # of a .pdf: facts name the ``numbers`` that no row was found for
    ROW_UNCERTAIN = "row_uncertain"  # of a .pdf: no border parts the row or its cells from the next ones
    WORDS_BESIDE_TABLE = "words_beside_table"  # of a .pdf: ``text`` on ``page`` that fell into no cell
    PAGE_IS_PICTURE = "page_is_picture"  # of a .pdf: facts name the ``pages`` without any text
    LETTERS_UNKNOWN = "letters_unknown"  # of a .pdf: on ``pages`` the font does not say what its letters are
    OTHER_TERM = "other_term"  # facts: one more term (``text``) of the same clause of minutes, which was not taken
    CLAUSES_WITHOUT_TERM = "clauses_without_term"  # decisions of minutes that name no term of their own


class DocumentFault(StrEnum):
    """Why a file could not be read at all; ``bot.documents.errors`` raises them, ``bot.texts`` words them."""

    EMPTY_FILE = "empty_file"
    TOO_LARGE = "too_large"
    NOT_A_DOCX = "not_a_docx"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    OLD_WORD_FORMAT = "old_word_format"
    OLD_EXCEL_FORMAT = "old_excel_format"
    UNSUPPORTED_FORMAT = "unsupported_format"
    UNREADABLE_TEXT = "unreadable_text"
    SCANNED = "scanned"
    GARBLED = "garbled"
    NO_TABLE = "no_table"
    EMPTY_TABLE = "empty_table"
    UNKNOWN_COLUMNS = "unknown_columns"
    SEVERAL_SHEETS = "several_sheets"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    READER_FAILED = "reader_failed"


@dataclass(frozen=True, slots=True)
class Problem:
    """``facts``: what the words about it need, e.g. the missing number."""

    code: ProblemCode
    facts: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code.value, **self.facts}


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the document says of itself; ``None`` where it does not say, never a guess.

    ``region`` is the name as ``bot.domain.regions`` writes it; ``period`` (both days inclusive) is the one that the
    title or the passport names; ``quotes`` tells for each fact the line that it was read from.
    """

    kind: DocumentKind = DocumentKind.OTHER
    kind_title: str | None = None
    number: str | None = None
    signed_on: date | None = None
    title: str | None = None
    region: str | None = None
    controller: str | None = None
    period: tuple[date, date] | None = None
    quotes: Mapping[DocumentFact, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "kind_title": self.kind_title,
            "number": self.number,
            "date": self.signed_on.isoformat() if self.signed_on else None,
            "title": self.title,
            "region": self.region,
            "controller": self.controller,
            "period": "/".join(day.isoformat() for day in self.period) if self.period else None,
        }


@dataclass(frozen=True, slots=True)
class Mention:
    """Another document that this one names («протокол от 05.07.2023 № Д05-84/05пр»); its day is no term of ours.

    ``quote`` is the text around it. The same document may be mentioned in several clauses, each time of its own.
    """

    kind: DocumentKind
    number: str | None
    dated: date | None
    quote: str

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "number": self.number,
            "date": self.dated.isoformat() if self.dated else None,
            "quote": self.quote,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Mention:
        """Back from ``to_json``."""
        dated = date.fromisoformat(data["date"]) if data["date"] else None
        return cls(DocumentKind(data["kind"]), data["number"], dated, data["quote"])


@dataclass(frozen=True, slots=True)
class RowDraft:
    """One row of a table or one decision of minutes. ``phrase`` is the term as the document wrote it.

    ``number`` has no trailing dot; ``group`` is the section row above («I. Организационные мероприятия»); ``term`` is
    ``None`` only where there is no phrase at all; ``cohort`` is the year of those whom the row addresses («созданных
    в 2023 году»), a proposal for its audience.
    """

    number: str | None
    title: str
    responsible: str = ""
    result: str = ""
    phrase: str = ""
    term: Term | None = None
    links: tuple[str, ...] = ()
    group: str | None = None
    problems: tuple[Problem, ...] = ()
    cohort: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "title": self.title,
            "responsible": self.responsible,
            "result": self.result,
            "phrase": self.phrase,
            "term": self.term.to_json() if self.term else None,
            "links": list(self.links),
            "group": self.group,
            "cohort": self.cohort,
            "problems": [problem.to_json() for problem in self.problems],
        }


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """What a reader found in a file. ``problems`` are those of the whole table; a row carries its own."""

    facts: DocumentFacts
    rows: tuple[RowDraft, ...]
    problems: tuple[Problem, ...] = ()
    mentions: tuple[Mention, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.facts.to_json(),
            "rows": [row.to_json() for row in self.rows],
            "problems": [problem.to_json() for problem in self.problems],
            "mentions": [mention.to_json() for mention in self.mentions],
        }
