"""A workbook is hostile until proven otherwise: it costs what it holds, whatever it claims."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents import limits
from bot.documents.errors import DamagedError, DocumentError, TooLargeError
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft
from tests.documents.sheets import inline, raw_book


def read(data: bytes) -> DocumentDraft:
    return read_document(data, "план.xlsx", today=date(2024, 9, 1))


TABLE = inline("№", "Мероприятие", "Срок") + inline("1", "Дело", "15 мая 2025 г.")


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (f'<dimension ref="A1:XFD1048576"/><sheetData>{TABLE}</sheetData>', "a dimension that lies"),
        (f'<sheetData>{TABLE}<row r="1048576"/></sheetData>', "a last row a million rows below"),
        (
            f'<sheetData>{TABLE}</sheetData><mergeCells><mergeCell ref="D1:XFD1048576"/></mergeCells>',
            "a merged range over the whole sheet",
        ),
        (
            f'<sheetData>{TABLE}</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
            "a link over the whole sheet",
        ),
        (f'<cols><col min="5" max="99999999999999999999" hidden="1"/></cols><sheetData>{TABLE}</sheetData>', "columns"),
        (f'<sheetData>{TABLE}<row r="x"><c r="??" s="-5" t="s"><v>99</v></c></row></sheetData>', "nonsense attributes"),
    ],
)
def test_what_claims_to_be_large_costs_only_what_it_holds(sheet: str, reason: str) -> None:
    assert [row.phrase for row in read(raw_book(sheet)).rows] == ["15 мая 2025 г."], reason


def test_overlapping_merged_ranges_without_end_are_refused() -> None:
    rows = "".join(inline(*["x"] * 20) for _ in range(500))
    merges = '<mergeCell ref="A1:T500"/>' * 100
    with pytest.raises(TooLargeError):
        read(raw_book(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"))


def test_too_many_cells_or_columns_are_refused() -> None:
    with pytest.raises(TooLargeError):
        read(raw_book(f"<sheetData>{inline(*['x'] * 40) * (limits.CELLS // 40 + 1)}</sheetData>"))
    with pytest.raises(TooLargeError):
        read(raw_book(f"<sheetData>{inline(*['x'] * (limits.COLUMNS + 1))}</sheetData>"))


def test_one_long_text_shared_by_every_cell_is_refused() -> None:
    cells = '<row><c t="s"><v>0</v></c></row>' * 200
    with pytest.raises(TooLargeError) as caught:
        read(raw_book(f"<sheetData>{cells}</sheetData>", strings=f"<si><t>{'слово ' * 5000}</t></si>"))
    assert caught.value.facts["what"] == "characters"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_dtd_in_any_part_is_refused_before_an_entity_is_looked_at(part: str) -> None:
    attack = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]><x><row><c>&f;</c></row></x>'
    with pytest.raises(DamagedError):
        read(raw_book(f"<sheetData>{TABLE}</sheetData>", more={part: attack}))


def test_a_bomb_is_told_by_its_ratio() -> None:
    with pytest.raises(TooLargeError) as caught:
        read(raw_book(f"<sheetData>{' ' * (limits.RATIO_FREE_BYTES * 3)}</sheetData>"))
    assert caught.value.facts["what"] == "compression_ratio"


@pytest.mark.parametrize("sheet", ["<sheetData><row>", "", "<sheetData/>"])
def test_a_torn_or_empty_sheet_is_refused(sheet: str) -> None:
    with pytest.raises(DocumentError):
        read(raw_book(sheet))


@pytest.mark.parametrize(
    "painted", ['<c r="A2" s="1"/>', '<c s="1"/>', '<c r="A2" s="1"/><c r="XFD2"/><c r="A2" s="2"/>']
)
def test_painted_empty_cells_keep_the_places_of_the_others(painted: str) -> None:
    filled = inline("Дело", "15 мая 2025 г.").removeprefix("<row>")
    sheet = f"<sheetData>{inline('№', 'Мероприятие', 'Срок')}<row>{painted}{filled}</sheetData>"
    assert [(row.number, row.title, row.phrase) for row in read(raw_book(sheet)).rows] == [
        (None, "Дело", "15 мая 2025 г.")
    ]
