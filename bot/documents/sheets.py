"""Which sheet of a workbook is the document: the only one with a table of matters, or the one that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.documents.blocks import Block, Line, Sheet, Source, Table
from bot.documents.columns import Header, recognised
from bot.documents.errors import SeveralSheetsError
from bot.documents.unknown_columns import HEADER_WITHIN
from bot.domain.documents import Problem, ProblemCode
from bot.domain.reading_choices import Column


def of_chosen_sheets(source: Source, chosen: Sequence[str]) -> Source:
    """The source with the blocks of its sheets, where it has any. Raises SeveralSheetsError where it has to be asked.

    Lines of the sheets before (a title sheet) come along: the facts of the document are read from them.
    """
    if not source.sheets:
        return source
    found = {sheet.name: _header(sheet) for sheet in source.sheets}
    shaped = [sheet for sheet in source.sheets if found[sheet.name]] or [s for s in source.sheets if _is_shaped(s)]
    taken = [sheet for sheet in source.sheets if sheet.name in chosen]
    if chosen and len(taken) < len(set(chosen)):
        raise _several(shaped or source.sheets, found)
    if not taken and len(shaped) > 1:
        raise _several(shaped, found)
    taken = taken or shaped
    problems = list(source.problems)
    if taken and not chosen and len(source.sheets) > 1:
        others = [sheet.name for sheet in source.sheets if sheet is not taken[0] and sheet.tables]
        if others:
            problems.append(Problem(ProblemCode.SHEET_CHOSEN, {"text": taken[0].name, "others": ", ".join(others)}))
    return Source(tuple(_blocks(source.sheets, taken)), tuple(problems))


def _blocks(sheets: Sequence[Sheet], taken: Sequence[Sheet]) -> list[Block]:
    blocks: list[Block] = []
    first = next((place for place, sheet in enumerate(sheets) if sheet in taken), len(sheets))
    for place, sheet in enumerate(sheets):
        if sheet in taken:
            blocks += [_named(block, sheet.name) if len(taken) > 1 else block for block in sheet.blocks]
        elif place < first:
            blocks += [block for block in sheet.blocks if isinstance(block, Line)]
    return blocks


def _named(block: Block, name: str) -> Block:
    return replace(block, name=name) if isinstance(block, Table) else block


def _several(sheets: Sequence[Sheet], headers: dict[str, Header | None]) -> SeveralSheetsError:
    """``are_alike``: each has a header of the same columns, so that reading all of them makes one document."""
    kinds = {_kind(headers[sheet.name]) for sheet in sheets}
    return SeveralSheetsError(
        sheets=tuple((sheet.name, _rows_of_matters(sheet, headers[sheet.name])) for sheet in sheets),
        are_alike=len(kinds) == 1 and None not in kinds,
    )


def _kind(header: Header | None) -> frozenset[Column] | None:
    return None if header is None else frozenset(header.columns)


def _header(sheet: Sheet) -> Header | None:
    for table in sheet.tables:
        for start in range(min(HEADER_WITHIN, len(table.rows))):
            header = recognised(table.rows[start:])
            if header is not None:
                return header
    return None


def _rows_of_matters(sheet: Sheet, header: Header | None) -> int:
    return max(0, sum(len(table.rows) for table in sheet.tables) - (header.depth if header else 0))


def _is_shaped(sheet: Sheet) -> bool:
    return any(len(table.rows) > 1 and max(len(row.distinct) for row in table.rows) > 1 for table in sheet.tables)
