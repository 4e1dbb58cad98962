"""The .txt reader: tables as extractors and the clipboard leave them, in whatever encoding."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.errors import DocumentError, EmptyFileError, UnreadableTextError
from bot.documents.plain_text import cleaned, decoded
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft

TODAY = date(2024, 9, 1)
HEADER = "№ п/п\tМероприятие\tОтветственный\tРезультат\tСрок"
RUSSIAN = "Контроль за исполнением настоящего приказа возложить на заместителя директора: отчёт, 15 мая"


def read(*lines: str) -> DocumentDraft:
    return read_document("\n".join(lines).encode(), "карта.txt", today=TODAY)


def test_a_row_cut_by_a_page_goes_on_after_an_empty_line() -> None:
    draft = read(
        HEADER, "1.\tНачало работы\tДепартамент\tСообщение в\t1 марта", "", "\tцентров\tобразования\tпечати\t2025 года"
    )
    (row,) = draft.rows
    assert (row.number, row.title, row.responsible, row.result, row.phrase) == (
        "1",
        "Начало работы центров",
        "Департамент образования",
        "Сообщение в печати",
        "1 марта 2025 года",
    )


@pytest.mark.parametrize(
    ("furniture", "reason"),
    [
        ("1\t2\t3\t4\t5", "numbers of the columns on each page"),
        ("1\tмай\t3\t4\t5", "one of them overwritten by the extractor"),
        (HEADER, "the header again"),
        ("---\t---\t---\t---\t---", "a rule of Markdown"),
        ("12", "the number of the page"),
        ("– 3 –", "the number of the page between dashes"),
        ("\f", "the end of the page"),
    ],
)
def test_what_belongs_to_the_page_is_no_row(furniture: str, reason: str) -> None:
    draft = read(HEADER, "1\tПервое\tД\tР\tмай 2025 г.", furniture, "2\tВторое\tД\tР\tмай 2025 г.")
    assert [row.title for row in draft.rows] == ["Первое", "Второе"], reason


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("естественно-", "научной", "естественно-научной"),
        ("Нового образо-", "вания", "Нового образования"),
        ("Провести набор.", "Составить списки", "Провести набор.\nСоставить списки"),
        ("Департамент", "Образования", "Департамент Образования"),
    ],
)
def test_a_word_cut_by_the_page_is_joined_where_the_rest_of_the_document_says_so(
    left: str, right: str, whole: str
) -> None:
    other = "2\tРазвитие образования\tД\tР\tмай 2025 г."
    draft = read(HEADER, f"1\t{left}\tД\tР\tмай 2025 г.", "", f"\t{right}\t\t\t", other)
    assert draft.rows[0].title == whole


def test_a_section_without_tabs_is_a_group() -> None:
    draft = read(
        HEADER, "I. Организация", "1\tПервое\tД\tР\tмай 2025 г.", "II. Обучение", "2\tВторое\tД\tР\tмай 2025 г."
    )
    assert [(row.title, row.group) for row in draft.rows] == [("Первое", "I. Организация"), ("Второе", "II. Обучение")]


def test_a_cell_pasted_with_line_breaks_stays_one_cell() -> None:
    draft = read(
        HEADER,
        "1\tПровести:",
        "набор;",
        "обучение\tЦентр\tПриказ\t1 марта",
        "2025 года",
        "2\tВторое\tД\tР\tмай 2025 г.",
    )
    first, second = draft.rows
    assert (first.title, first.responsible, first.phrase) == (
        "Провести:\nнабор;\nобучение",
        "Центр",
        "1 марта\n2025 года",
    )
    assert second.title == "Второе"


def test_a_line_with_a_tab_elsewhere_is_not_taken_for_the_table() -> None:
    draft = read(
        "ПРИКАЗ",
        "",
        "Директор\tИ.И. Иванов",
        "",
        HEADER,
        "1\tПервое\tД\tР\tмай 2025 г.",
        "",
        "Согласовано\tА.А. Петров",
    )
    assert [row.title for row in draft.rows] == ["Первое"]


@pytest.mark.parametrize(
    ("raw", "text", "links"),
    [
        ("<p>Октябрь 2022г.</p>", "Октябрь 2022г.", ()),
        ('<p>Раз.</p> <ul style="x">- два;- три</ul>', "Раз.\n- два;- три", ()),
        ('<a href="https://a.example/?x=1&amp;y=2">форма</a>', "форма", ("https://a.example/?x=1&y=2",)),
        ("по ссылке: <https://a.example/b>.", "по ссылке: https://a.example/b.", ("https://a.example/b",)),
        ('<a href="javascript:alert(1)">x</a>', "x", ()),
        ("5 < 6 и 7 > 3, тел. <не указан>", "5 < 6 и 7 > 3, тел. <не указан>", ()),
        ("&laquo;Точка роста&raquo;&nbsp;2025", "«Точка роста» 2025", ()),
        ("на почту: ivan@school.ru.", "на почту: ivan@school.ru.", ("mailto:ivan@school.ru",)),
    ],
)
def test_stray_html_is_cleaned_and_its_links_are_kept(raw: str, text: str, links: tuple[str, ...]) -> None:
    assert cleaned(raw) == (text, links)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_an_encoding_is_recognised(encoding: str) -> None:
    assert decoded(RUSSIAN.replace("ё", "е").encode(encoding)).lstrip("\ufeff") == RUSSIAN.replace("ё", "е")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bytes(range(256)) * 4, id="every byte there is"),
        pytest.param(b"\x00\x01\x02\x03" * 50, id="zeros and controls"),
        pytest.param("日本語のテキスト".encode("shift-jis") * 20, id="another language"),
        pytest.param(b"\xff\xfe\x00", id="half a character"),
    ],
)
def test_what_is_no_text_is_refused_and_not_guessed(data: bytes) -> None:
    with pytest.raises(UnreadableTextError):
        decoded(data)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\t\n "])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    with pytest.raises(EmptyFileError):
        read_document(data, "пусто.txt", today=TODAY)


def test_every_refusal_is_one_kind_of_error() -> None:
    with pytest.raises(DocumentError):
        read("просто слова без таблицы и без сроков")
