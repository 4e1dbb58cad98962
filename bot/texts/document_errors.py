"""What a person is told when a document cannot be read. The sentences stand in ``ru/reading.ftl``, a fault a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from bot.domain.documents import DocumentFault
from bot.texts.catalogue import plain

_MEGABYTE = 1024 * 1024
_NAMED_SHEETS = 10
_NAMED_COLUMNS = ("title", "phrase")


class DocumentFailure(Protocol):
    """The shape of ``bot.documents.errors.DocumentError``, which the words must not import."""

    @property
    def code(self) -> DocumentFault: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


def explain(error: DocumentFailure) -> str:
    """One Russian sentence or two, without markup: what is wrong and what to do about it."""
    key, facts = f"reading-{error.code.value.replace('_', '-')}", error.facts
    match error.code:
        case DocumentFault.TOO_LARGE if facts.get("what") == "file":
            return plain("reading-too-large-file", limit=facts["limit"] // _MEGABYTE)
        case DocumentFault.TOO_LARGE if facts.get("what") == "pages":
            return plain("reading-too-large-pages", limit=facts["limit"], pages=facts.get("size", 0))
        case DocumentFault.OLD_EXCEL_FORMAT:
            return plain(key, format=facts.get("format", "xls"))
        case DocumentFault.SEVERAL_SHEETS:
            return plain(key, sheets=", ".join(f"«{name}»" for name, _ in facts.get("sheets", ())[:_NAMED_SHEETS]))
        case DocumentFault.OLD_WORD_FORMAT:
            return plain(key, format=facts.get("format", "doc"))
        case DocumentFault.UNSUPPORTED_FORMAT if facts.get("format"):
            return plain("reading-unsupported-format-named", format=facts["format"])
        case DocumentFault.UNKNOWN_COLUMNS if columns := _named(facts.get("missing", ())):
            return plain("reading-unknown-columns-missing", n=len(columns), columns=_joined(columns))
        case DocumentFault.UNKNOWN_COLUMNS if columns := _named(facts.get("ambiguous", ())):
            return plain("reading-unknown-columns-ambiguous", columns=_joined(columns))
    return plain(key)


def _named(columns: Iterable[str]) -> list[str]:
    """The names of those columns that a document cannot do without."""
    return [plain(f"reading-column-{column}") for column in columns if column in _NAMED_COLUMNS]


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else plain("reading-columns-joined", first=names[0], second=names[1])
