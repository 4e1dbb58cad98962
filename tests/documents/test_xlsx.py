"""A workbook is read as its author sees it; what was never counted, hidden or merged is told or put right."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.documents.errors import (
    DocumentError,
    EmptyFileError,
    EncryptedError,
    OldExcelFormatError,
    SeveralSheetsError,
    UnknownColumnsError,
)
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, DocumentKind, ProblemCode
from bot.domain.reading_choices import AS_FOUND, Column, ReadingChoices
from tests.documents.sheets import HEADER, book, books, inline, raw_book
from tests.documents.word import zipped

TODAY = date(2024, 9, 1)
OFFICE = Path(__file__).resolve().parents[3] / "shared" / "documents" / "office"
ONE = ("1", "Дело", "Центр", "Приказ", "15 мая 2025 года")


def read(data: bytes, name: str = "план.xlsx", choices: ReadingChoices = AS_FOUND) -> DocumentDraft:
    return read_document(data, name, today=TODAY, choices=choices)


def ends(draft: DocumentDraft) -> list[str | None]:
    return [row.term.to_json()["end"] if row.term else None for row in draft.rows]


def codes(draft: DocumentDraft) -> dict[ProblemCode, str]:
    return {p.code: p.facts.get("text") or p.facts.get("number", "") for p in draft.problems}


# The real roadmaps in three layouts


def plain(header: list[str], rows: list[list[str]]) -> bytes:
    return book(header, *rows)


def titled(header: list[str], rows: list[list[str]]) -> bytes:
    """A title over the table, an approval in the corner, a line for the columns' numbers, signatures below."""
    width = len(header)
    above = [("Дорожная карта",), (*[None] * (width - 1), "УТВЕРЖДЕНА приказом от 10.12.2020 № 1074-р"), ()]
    below = [(), (None, "Исполнитель: Иванова И.И."), (None, "тел. 8 (000) 123-45-67")]
    return book(*above, header, [str(n + 1) for n in range(width)], *rows, *below)


def merged(header: list[str], rows: list[list[str]]) -> bytes:
    """Every second column is two columns wide, a section row lies over the whole table, numbers are numbers."""

    def fill(workbook: Any, sheet: Any) -> None:
        at = [place + place // 2 for place in range(len(header))]
        last = at[-1] + 1
        sheet.merge_range(0, 0, 0, last, "План работы")
        for number, row in enumerate([header, *rows]):
            line = number + 2 + (number > 0)
            for place, text in enumerate(row):
                value = int(text.rstrip(".")) if place == 0 and number else text
                if place % 2:
                    sheet.merge_range(line, at[place], line, at[place] + 1, value)
                else:
                    sheet.write(line, at[place], value)
        sheet.merge_range(3, 0, 3, last, "I. Организационные мероприятия")

    return book(fill=fill)


@pytest.mark.skipif(not OFFICE.is_dir(), reason="the published documents lie beside the repository")
@pytest.mark.parametrize("layout", [plain, titled, merged])
@pytest.mark.parametrize(
    ("key", "columns"),
    [
        ("vlad", ("number", "title", "responsible", "result", "phrase")),
        ("amur", ("number", "phrase", "title", "responsible", "result")),
    ],
)
def test_every_cell_of_the_real_roadmaps_is_recovered(key: str, columns: tuple[str, ...], layout: Any) -> None:
    table: Any = json.loads((OFFICE / "rows.json").read_text(encoding="utf-8"))[key]
    draft = read(layout(table["header"], table["rows"]))
    recovered = [[" ".join((getattr(row, column) or "").split()) for column in columns] for row in draft.rows]
    expected = [[" ".join(text.split()) for text in row] for row in table["rows"]]
    assert recovered == [[row[0].rstrip("."), *row[1:]] for row in expected]
    assert not [code for code in codes(draft) if "number" in code.value]
    assert {row.group for row in draft.rows} == ({"I. Организационные мероприятия"} if layout is merged else {None})


# What a cell shows


@pytest.mark.parametrize(
    ("value", "code", "phrase", "end", "reason"),
    [
        (date(2025, 11, 15), "dd.mm.yyyy", "15.11.2025", "2025-11-15", "the usual date"),
        (date(2025, 11, 15), "m/d/yy", "15.11.2025", "2025-11-15", "the short date of the system"),
        (date(2025, 11, 15), '[$-419]d mmmm yyyy" г.";@', "15 ноября 2025 г.", "2025-11-15", "the long date"),
        (date(2025, 11, 15), "d-mmm-yy", "15 ноября 2025", "2025-11-15", "two figures of the year mean four"),
        (date(2025, 11, 1), "mmmm yyyy", "ноябрь 2025", "2025-11-30", "no day is shown, so no day is meant"),
        (date(2025, 11, 1), "mm.yyyy", "11.2025", "2025-11-30", "a month in figures"),
        (date(2025, 1, 1), "yyyy", "2025 г.", "2025-12-31", "only the year"),
        (datetime(2025, 11, 15, 10, 30), "dd.mm.yyyy hh:mm", "15.11.2025 10:30", "2025-11-15T10:30:00", "an hour"),
        (datetime(2025, 11, 15), "dd.mm.yyyy hh:mm", "15.11.2025", "2025-11-15", "midnight is how programs say none"),
        (datetime(2025, 11, 15, 10, 30), "dd.mm.yyyy", "15.11.2025", "2025-11-15", "an hour that is not shown"),
    ],
)
def test_a_date_is_an_exact_term_as_far_as_it_is_shown(
    value: date, code: str, phrase: str, end: str, reason: str
) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_datetime(1, 4, value, workbook.add_format({"num_format": code}))

    draft = read(book(HEADER, ONE[:4], fill=fill))
    assert ([row.phrase for row in draft.rows], ends(draft)) == ([phrase], [end]), reason


def test_a_day_whose_year_is_not_shown_gets_none_from_the_cell() -> None:
    """«15 ноября» typed in December belongs to the year of the plan, not to the year of the typing."""

    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_datetime(3, 4, date(2024, 11, 15), workbook.add_format({"num_format": "d mmmm"}))

    draft = read(book(("План работы на 2025 год",), (), HEADER, ONE[:4], fill=fill))
    assert ([row.phrase for row in draft.rows], ends(draft)) == (["15 ноября"], ["2025-11-15"])


@pytest.mark.parametrize(
    ("value", "code", "text", "reason"),
    [
        (25, "General", "25", "a whole number has no decimals"),
        (12.5, "General", "12,5", "a decimal comma"),
        (0.95, "0%", "95%", "a percentage"),
        (0.125, "0.0%", "12,5%", "with its decimals"),
        (7, '0" школ"', "7 школ", "words of the format"),
        (3, "000", "003", "leading noughts"),
        (time(10, 30), "hh:mm", "10:30", "an hour"),
        (1.5, "[h]:mm", "36:00", "a duration"),
        (True, "General", "ИСТИНА", "a logical value"),
        (1234567.0, "#,##0", "1234567", "groups of figures are not kept apart"),
    ],
)
def test_a_figure_is_shown_as_its_format_says(value: Any, code: str, text: str, reason: str) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        look = workbook.add_format({"num_format": code})
        (sheet.write_datetime if isinstance(value, time) else sheet.write)(1, 3, value, look)

    assert read(book(HEADER, (*ONE[:3], None, ONE[4]), fill=fill)).rows[0].result == text, reason


def test_numbers_of_rows_may_be_numbers() -> None:
    draft = read(book(HEADER, (1, *ONE[1:]), (1.1, *ONE[1:]), (1.2, *ONE[1:]), (2, *ONE[1:])))
    assert ([row.number for row in draft.rows], [p for p in draft.problems if "number" in p.code.value]) == (
        ["1", "1.1", "1.2", "2"],
        [],
    )


def test_runs_of_another_look_are_one_text() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_rich_string(1, 1, "Провести ", workbook.add_format({"bold": True}), "семинар", " для всех")

    assert read(book(HEADER, ("1", None, *ONE[2:]), fill=fill)).rows[0].title == "Провести семинар для всех"


def test_links_of_cells_and_of_formulas_are_kept() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_url(1, 3, "https://example.ru/a", string="Положение")
        sheet.write_formula(1, 2, '=HYPERLINK("https://example.ru/b","Центр")', None, "Центр")
        sheet.write_url(1, 1, "internal:План!A1", string="Дело")

    (row,) = read(book(HEADER, ("1", None, None, None, ONE[4]), fill=fill)).rows
    assert (row.title, row.responsible, row.result) == ("Дело", "Центр", "Положение")
    assert set(row.links) == {"https://example.ru/a", "https://example.ru/b"}


def test_a_formula_gives_its_value_and_one_never_counted_is_told() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_formula(1, 4, '="до "&"15 мая 2025 г."', None, "до 15 мая 2025 г.")

    assert ends(read(book(HEADER, ONE[:4], fill=fill))) == ["2025-05-15"]
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Дело", "Центр"))
    sheet = f"<sheetData>{inline('Мероприятие', 'Ответственный', 'Срок')}<row>{cells}<c r='C2'><f>A1+1</f></c></row>"
    draft = read(raw_book(f"{sheet}</sheetData>"))
    assert codes(draft)[ProblemCode.FORMULA_WITHOUT_VALUE] == "C2"


def test_what_the_author_hid_is_left_out_and_told() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        workbook.add_worksheet("Черновик").hide()

    draft = read(book(HEADER, ONE, ("2", "Скрытое", *ONE[2:]), ("3", "Третье", *ONE[2:]), fill=fill))
    assert [(row.number, row.responsible) for row in draft.rows] == [("1", ""), ("3", "")]
    found = codes(draft)
    assert (found[ProblemCode.HIDDEN_ROWS], found[ProblemCode.HIDDEN_COLUMNS]) == ("1", "1")
    assert found[ProblemCode.HIDDEN_SHEETS] == "Черновик"


# Merged cells, titles, what stands below


def test_a_term_merged_over_several_rows_stands_in_each() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.merge_range(1, 4, 2, 4, "май 2025 года")

    draft = read(book(HEADER, ONE[:4], ("2", "Второе", "Центр", "Отчёт"), fill=fill))
    assert [(row.number, row.phrase) for row in draft.rows] == [("1", "май 2025 года"), ("2", "май 2025 года")]


def test_a_header_of_two_rows_with_merged_cells() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 1, 0, "№")
        sheet.merge_range(0, 1, 1, 1, "Мероприятие")
        sheet.merge_range(0, 2, 0, 3, "Плановый срок")
        for place, value in enumerate((1, "Дело", date(2025, 5, 12), date(2025, 5, 16))):
            sheet.write(2, place, value, workbook.add_format({"num_format": "dd.mm.yyyy"}) if place > 1 else None)

    (row,) = read(book((), (None, None, "начало", "окончание"), fill=fill)).rows
    assert row.phrase == "12.05.2025 – 16.05.2025"
    assert row.term is not None
    assert row.term.to_json()["start"] == "2025-05-12"


def test_the_facts_stand_above_the_table() -> None:
    above = (("ПРИКАЗ",), ("10.12.2024", None, "№ 5"), ("Об утверждении плана на 2025 год",), ())
    draft = read(book(*above, HEADER, (*ONE[:4], "сентябрь")))
    assert (draft.facts.kind, draft.facts.number, draft.facts.signed_on) == (
        DocumentKind.ORDER,
        "5",
        date(2024, 12, 10),
    )
    assert ends(draft) == ["2025-09-30"]


def test_sums_signatures_and_notes_below_are_no_rows() -> None:
    below = ((None, "Итого: 1"), (), (None, "Директор", "Петрова А.А."), ("* по согласованию",))
    (row,) = read(book(HEADER, ONE, *below)).rows
    assert (row.title, row.responsible, row.phrase) == ONE[1:3] + ONE[4:]


def test_a_list_that_goes_on_in_rows_of_its_own_belongs_to_its_matter() -> None:
    more = [(None, "- первую часть"), (None, "– вторую часть"), ("2", "Второе", *ONE[2:])]
    first, second = read(book(HEADER, ONE, *more)).rows
    assert (first.title, second.title, second.group) == ("Дело - первую часть – вторую часть", "Второе", None)


def test_two_tables_on_one_sheet_are_read_one_after_the_other() -> None:
    second = (("№", "Поручение", "Дата"), ("1", "Второе", "20 мая 2025 г."))
    draft = read(book(HEADER, ONE, (), ("Часть вторая",), *second))
    assert [row.title for row in draft.rows] == ["Дело", "Второе"]
    assert ends(draft) == ["2025-05-15", "2025-05-20"]


# Sheets


def test_the_only_sheet_with_a_table_of_matters_is_taken_and_told() -> None:
    sheets: dict[str, Any] = {
        "Титул": [("ПРИКАЗ",), ("10.12.2024 № 5",)],
        "Мероприятия": [HEADER, ONE],
        "Школы": [("a", "b"), (1, 2)],
    }
    draft = read(books(sheets))
    assert ([row.title for row in draft.rows], draft.facts.number) == (["Дело"], "5")
    assert codes(draft)[ProblemCode.SHEET_CHOSEN] == "Мероприятия"


def test_of_several_sheets_with_tables_one_is_asked_for() -> None:
    data = books({"Январь": [HEADER, ONE], "Февраль": [HEADER, ("1", "Второе", *ONE[2:]), ("2", "Третье", *ONE[2:])]})
    with pytest.raises(SeveralSheetsError) as caught:
        read(data)
    assert caught.value.facts == {"sheets": (("Январь", 1), ("Февраль", 2)), "are_alike": True}
    assert [row.title for row in read(data, choices=ReadingChoices(sheets=("Февраль",))).rows] == ["Второе", "Третье"]
    both = read(data, choices=ReadingChoices(sheets=("Январь", "Февраль"))).rows
    assert [(row.title, row.group) for row in both] == [
        ("Дело", "Январь"),
        ("Второе", "Февраль"),
        ("Третье", "Февраль"),
    ]
    with pytest.raises(SeveralSheetsError):
        read(data, choices=ReadingChoices(sheets=("Март",)))


# Columns that nobody can tell


def test_a_table_without_a_header_is_asked_about_and_then_read() -> None:
    data = book(("Собрать заявки", "Центр", "15 мая 2025 г."), ("Сдать отчёт", "Школы", "20 мая 2025 г."))
    with pytest.raises(UnknownColumnsError) as caught:
        read(data)
    assert caught.value.facts["labels"] == ("Собрать заявки", "Центр", "15 мая 2025 г.")
    draft = read(data, choices=ReadingChoices(columns={Column.TITLE: 0, Column.PHRASE: 2}))
    assert [(row.title, row.phrase) for row in draft.rows] == [
        ("Собрать заявки", "15 мая 2025 г."),
        ("Сдать отчёт", "20 мая 2025 г."),
    ]


def test_named_columns_take_the_words_of_the_others_from_the_header() -> None:
    data = book(("№", "Что задумано", "Кто отвечает", "К какому дню"), ("1", "Собрать", "Центр", "15 мая 2025 г."))
    with pytest.raises(UnknownColumnsError) as caught:
        read(data)
    assert dict(caught.value.facts["known"]) == {"number": 0, "responsible": 2}
    (row,) = read(data, choices=ReadingChoices(columns={Column.TITLE: 1, Column.PHRASE: 3})).rows
    assert (row.number, row.title, row.responsible, row.phrase) == ("1", "Собрать", "Центр", "15 мая 2025 г.")
    with pytest.raises(UnknownColumnsError):
        read(data, choices=ReadingChoices(columns={Column.TITLE: 1, Column.PHRASE: 40}))


# Other spreadsheets


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("№;Мероприятие;Срок\n1;«Дело; второе»;15 мая 2025 г.\n", "cp1251"),
        ("№,Мероприятие,Срок\n1,Дело,15 мая 2025 г.\n", "utf-8"),
        ("sep=;\n№;Мероприятие;Срок\n1;Дело;15 мая 2025 г.\n", "utf-8-sig"),
        ('№;Мероприятие;Срок\n1;"Дело\nв двух строках";15 мая 2025 г.\n', "utf-8"),
        ("План;;\n;;\n№\tМероприятие\tСрок\n1\tДело\t15 мая 2025 г.\n", "utf-8"),
    ],
)
def test_a_csv_is_a_table_too(text: str, encoding: str) -> None:
    data = text.replace("«Дело; второе»", '"Дело; второе"').encode(encoding)
    assert ends(read(data, "план.csv")) == ["2025-05-15"]


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", OldExcelFormatError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook\0".encode("utf-16-le"), "a.xlsx", OldExcelFormatError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", EncryptedError),
        (zipped({"xl/workbook.bin": b"x"}), "a.xlsb", OldExcelFormatError),
        (zipped({"content.xml": b"<x/>", "mimetype": b"x"}), "a.ods", OldExcelFormatError),
        (book(), "a.xlsx", EmptyFileError),
    ],
)
def test_what_is_no_workbook_of_ours_is_refused_by_its_name(data: bytes, name: str, error: type[DocumentError]) -> None:
    with pytest.raises(error):
        read(data, name)


def test_a_workbook_with_macros_is_read_without_them() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        workbook.set_vba_name("Книга")

    assert [row.title for row in read(book(HEADER, ONE, fill=fill), "план.xlsm").rows] == ["Дело"]


def test_the_part_names_and_bare_cells_of_1c_are_understood() -> None:
    cells = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(3))
    strings = "".join(f"<si><t>{text}</t></si>" for text in ("Мероприятие", "Ответственный", "Срок"))
    draft = read(
        raw_book(f"<sheetData><row>{cells}</row>{inline('Дело', 'Центр', 'май 2025 г.')}</sheetData>", strings=strings)
    )
    assert [(row.title, row.phrase) for row in draft.rows] == [("Дело", "май 2025 г.")]
