"""A file is hostile until proven otherwise: whatever it is, one typed error comes out, soon and cheaply."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents import limits
from bot.documents.errors import (
    DamagedError,
    DocumentError,
    EmptyFileError,
    EncryptedError,
    NoTableError,
    NotADocxError,
    OldWordFormatError,
    TooLargeError,
    UnsupportedFormatError,
)
from bot.documents.reading import read_document
from tests.documents.sheets import HEADER, books
from tests.documents.word import NAMESPACES, cell, docx, numbered, p, roadmap, row, table, zipped

TODAY = date(2024, 9, 1)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(data: bytes, name: str = "карта.docx") -> None:
    read_document(data, name, today=TODAY)


def document(inner: str, *, prolog: str = "") -> bytes:
    return zipped({"word/document.xml": f"{prolog}<w:document {NAMESPACES}>{inner}</w:document>".encode()})


@pytest.mark.parametrize(
    ("data", "name", "error", "reason"),
    [
        (b"hello", "a.docx", NotADocxError, "a name that lies"),
        (zipped({"readme.txt": b"x"}), "a.docx", NotADocxError, "another archive under the name"),
        (b"PK\x03\x04" + b"\0" * 60, "a.docx", NotADocxError, "a torn archive"),
        (OLE + b"\0" * 600, "a.doc", OldWordFormatError, "the old Word"),
        (OLE + b"\0" * 600, "a.docx", OldWordFormatError, "the old Word renamed"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", EncryptedError, "a password"),
        (b"{\\rtf1 x}", "a.docx", OldWordFormatError, "rtf renamed"),
        (zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "a.odt", OldWordFormatError, "odt"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "a.xlsx", EmptyFileError, "a workbook without a sheet"),
        (b"%PDF-1.7", "a.pdf", DamagedError, "a pdf that ends with its first line"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "a.jpg", UnsupportedFormatError, "a photo instead of a document"),
        (b"\x89PNG\r\n", "a", UnsupportedFormatError, "a picture without a name"),
        (zipped({"a.png": b"x"}), "a.zip", UnsupportedFormatError, "an archive"),
        (zipped({"word/document.xml": b"<w:document"}), "a.docx", DamagedError, "torn XML"),
        (zipped({"word/document.xml": b""}), "a.docx", DamagedError, "an empty part"),
        (document(""), "a.docx", DamagedError, "no body"),
        (b"x" * (limits.FILE_BYTES + 1), "a.txt", TooLargeError, "more than a document ever is"),
    ],
)
def test_each_kind_of_wrong_file_has_its_own_refusal(
    data: bytes, name: str, error: type[DocumentError], reason: str
) -> None:
    with pytest.raises(error):
        read(data, name)


def test_a_dtd_is_refused_before_any_entity_is_looked_at() -> None:
    prolog = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(DamagedError):
        read(document("<w:body><w:p><w:r><w:t>&f;&b;</w:t></w:r></w:p></w:body>", prolog=prolog))


def test_a_bomb_is_told_by_its_ratio_before_it_is_unpacked() -> None:
    with pytest.raises(TooLargeError) as caught:
        read(document(f"<w:body>{' ' * (limits.RATIO_FREE_BYTES * 3)}</w:body>"))
    assert caught.value.facts["what"] == "compression_ratio"


def test_a_size_that_the_archive_claims_is_not_believed() -> None:
    data = bytearray(document(f"<w:body>{'<w:p/>' * 1000}</w:body>"))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(DocumentError):
        read(bytes(data))


def test_an_archive_of_very_many_files_is_refused() -> None:
    with pytest.raises(TooLargeError):
        read(docx(roadmap(), more={f"word/{n}.xml": b"" for n in range(limits.ARCHIVE_MEMBERS + 1)}))


@pytest.mark.parametrize("depth", [limits.NESTING + 1, 200, 5000])
def test_tables_in_tables_without_end_are_refused(depth: int) -> None:
    nested = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    with pytest.raises(DocumentError):
        read(document(f"<w:body>{nested}</w:body>"))


@pytest.mark.parametrize("wrapper", ["ins", "sdt", "smartTag"])
def test_wrappers_without_end_are_refused_or_read_but_never_crash(wrapper: str) -> None:
    begin, end = f"<w:{wrapper}>", f"</w:{wrapper}>"
    if wrapper == "sdt":
        begin, end = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    with pytest.raises(DocumentError):
        read(document(f"<w:body><w:p>{begin * 120}<w:r><w:t>x</w:t></w:r>{end * 120}</w:p></w:body>"))


def test_a_span_over_a_million_columns_costs_no_million_cells() -> None:
    wide = row(cell("Раздел", span=1_000_000))
    draft = read_document(docx(roadmap(wide, ("1", "Дело", "Д", "Р", "май 2025 г."))), "к.docx", today=TODAY)
    assert [found.group for found in draft.rows] == ["Раздел"]


def test_too_many_cells_are_refused() -> None:
    empty = "<w:tr>" + "<w:tc/>" * 40 + "</w:tr>"
    with pytest.raises(TooLargeError):
        read(document(f"<w:body><w:tbl>{empty * (limits.CELLS // 40 + 1)}</w:tbl></w:body>"))


def test_a_style_based_on_itself_ends() -> None:
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = roadmap(row(cell(p("1", properties='<w:pStyle w:val="A"/>')), "Дело", "Д", "Р", "май 2025 г."))
    assert read_document(docx(body, styles=styles), "к.docx", today=TODAY).rows[0].number == "1"


def test_a_part_that_climbs_out_of_the_archive_is_not_followed() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://x/officeDocument" Target="../../etc/passwd"/></Relationships>'
    )
    data = docx(roadmap(("1", "Дело", "Д", "Р", "май 2025 г.")), more={"_rels/.rels": relations.encode()})
    assert read_document(data, "к.docx", today=TODAY).rows[0].title == "Дело"


@pytest.mark.parametrize("number", ["9" * 400, "9" * 5000, "1²"], ids=["very long", "longer than int takes", "a power"])
def test_a_number_that_numbers_nothing_counts_no_gap(number: str) -> None:
    draft = read_document(docx(roadmap((number, "Дело", "Д", "Р", "май 2025 г."))), "к.docx", today=TODAY)
    assert [found.title for found in draft.rows] == ["Дело"]


def test_a_table_of_empty_cells_is_no_table() -> None:
    with pytest.raises(NoTableError):
        read(docx(table(("", "", ""), ("", "", ""), ("", "слово", ""))))


# Fuzzing: nothing but DocumentError comes out

SEED = docx(
    p("ПРИКАЗ"),
    p("10.12.2024 № 5"),
    roadmap(row(cell(numbered()), "Дело", "Д", "Р", cell("май 2025 г.", merge="restart")), ("2", "Два", "Д", "Р", "x")),
    table(("a", "b"), ("c", "d")),
    numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    links={"r1": "https://a.example"},
)


def test_bytes_changed_anywhere_in_the_archive_never_crash_the_reader() -> None:
    chance = random.Random(20240901)
    for _ in range(400):
        data = bytearray(SEED)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        _survives(bytes(data), "к.docx")


def test_parts_changed_inside_a_sound_archive_never_crash_the_reader() -> None:
    chance = random.Random(20240902)
    with zipfile.ZipFile(io.BytesIO(SEED)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    tokens = [b"<w:tbl>", b"</w:tc>", b"<w:tr/>", b'w:val="-7"', b'w:val="99999999999"', b"<w:sdt/>", b"<w:p>", b"&#0;"]
    for _ in range(400):
        name = chance.choice(list(parts))
        text = bytearray(parts[name])
        at = chance.randrange(len(text))
        if chance.random() < 0.5:
            text[at : at + chance.randint(0, 30)] = chance.choice(tokens)
        else:
            start = chance.randrange(len(text))
            text[at:at] = text[start : start + 200]
        _survives(zipped({**parts, name: bytes(text)}), "к.docx")


BOOK = books(
    {"Январь": [("План",), HEADER, (1, "Дело", "Центр", "Отчёт", "май 2025 г.")], "Справка": [("a", 2.5), (True, "b")]},
    fill=lambda workbook, sheet: sheet.merge_range(4, 0, 5, 3, "Раздел"),
)


def test_a_workbook_damaged_anywhere_never_crashes_the_reader() -> None:
    chance = random.Random(20240903)
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    tokens = [b"<row>", b"</c>", b'r="ZZZ9999999"', b't="s"', b's="99999"', b"<v>1e308</v>", b"<v>-1</v>", b't="d"']
    for turn in range(300):
        name = chance.choice(list(parts))
        text = bytearray(parts[name] if turn % 3 else BOOK)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 20)] = chance.choice([*tokens, bytes([chance.randrange(256)])])
        _survives(zipped({**parts, name: bytes(text)}) if turn % 3 else bytes(text), "план.xlsx")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.docx", "a", "a.csv", "a.xlsx", "a.pdf", "a.doc", "../../a.txt", "a\0.txt"]),
)
def test_any_bytes_under_any_name_end_in_a_draft_or_in_one_kind_of_error(data: bytes, name: str) -> None:
    _survives(data, name)


PIECES = st.sampled_from(
    [
        *("№ п/п", "Мероприятие", "Срок", "Ответственный", "1", "2.", "1.1", "I. Раздел", "\t", "\t\t", "\n", "\n\n"),
        *("Срок: май 2025 г.", "РЕШИЛИ:", "1. Сделать", "ПРИКАЗ", "10.12.2024", "№ 5", "<p>", "<a href=", "к сведению"),
        *("<https://x>", "-", "\u00ad", "…"),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(max_size=8), max_size=60))
def test_any_mixture_of_what_documents_are_made_of_never_crashes_the_reader(pieces: list[str]) -> None:
    _survives("".join(pieces).encode("utf-8", "replace"), "a.txt")


def _survives(data: bytes, name: str) -> None:
    with suppress(DocumentError):
        read(data, name)
