"""Tables of .pdf files in all their borders; what is no table of ours is refused, never guessed."""

from __future__ import annotations

import random
import zlib
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from bot.documents import limits
from bot.documents.errors import (
    DamagedError,
    DocumentError,
    EncryptedError,
    GarbledError,
    OutOfMemoryError,
    ScannedError,
    TooLargeError,
)
from bot.documents.isolation import read_in_process
from bot.documents.pdf_page import Word
from bot.documents.pdf_text import Vocabulary, lines_of, text_of
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, ProblemCode
from bot.texts.document_errors import explain

FILES = Path(__file__).parent / "files"
TODAY = date(2025, 9, 1)
PLAN_TEXT = """\
1 | Провести совещание с руководителями центров «Точка роста» о плане работы на учебный год
    | Департамент образования области | Протокол совещания | 15 сентября 2025 г.
2 | Утвердить перечень общеобразовательных организаций, на базе которых открываются центры, и разместить его на сайте
    | Муниципальные органы управления образованием | Приказ, ссылка на страницу сайта | до 1 октября 2025 г.
3 | Организовать повышение квалификации педагогов
    | Институт развития образования | Удостоверения не менее 40 педагогов | октябрь – ноябрь 2025 г.
4 | Представить сведения о поставке оборудования
    | Руководители школ | Отчет по форме | ежеквартально
5 | Провести онлайн-форум наставников
    | Региональный координатор, школы | Не менее 200 участников, запись форума | 20 ноября 2025 г.
6 | Подготовить информационно-аналитическую справку об итогах первого полугодия и направить её в министерство
    | Региональный координатор | Справка | до 25 декабря 2025 г.
7 | Провести мониторинг достижения показателей
    | Департамент образования области | Сводная таблица | до 31 мая 2026 г.
"""
PLAN = [
    tuple(cell.strip() for cell in row.split("|")) for row in PLAN_TEXT.replace("\n    |", " |").strip().split("\n")
]


def read(name: str) -> DocumentDraft:
    return read_document((FILES / name).read_bytes(), name, today=TODAY)


MINUTES = """\
ПРОТОКОЛ
совещания координаторов центров «Точка роста»
от 12 ноября 2025 г. № 7
Решили:
1. Муниципальным координаторам представить сведения об оснащении центров оборудованием и об обучении педагогов, \
работающих в центрах, по форме согласно приложению.
Срок – до 25 ноября 2025 г.
2. Руководителям школ обеспечить участие педагогов в вебинаре по вопросам проектной деятельности.
Срок – 3 декабря 2025 г.
3. Региональному координатору подготовить сводную справку.
Срок – до 20 декабря 2025 г.
"""


def cells(draft: DocumentDraft) -> list[tuple[str, ...]]:
    rows = [(row.number or "", row.title, row.responsible, row.result, row.phrase) for row in draft.rows]
    return [tuple(" ".join(text.split()) for text in row) for row in rows]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("plan_full.pdf", "all borders"),
        ("plan_bare.pdf", "no borders: columns by the header, rows by their numbers"),
        ("plan_bare_office.pdf", "no borders, cells in the middle of their height: rows by the white between them"),
        ("plan_center.pdf", "rules between rows only, headings that begin at different heights"),
        ("plan_hole.pdf", "one row without borders between two that have them"),
        ("plan_sec.pdf", "section rows"),
        ("plan_hyph.pdf", "hyphens of the page dropped, those of the words kept"),
        ("plan_perm.pdf", "the term second, no borders, one row of two lines set around its number"),
        ("locked_for_editors.pdf", "a password for changing the file only: anybody may read it"),
    ],
)
def test_every_cell_of_the_plan_is_recovered(name: str, reason: str) -> None:
    assert cells(read(name)) == PLAN


def test_a_cell_over_three_rows_stands_in_each_of_them() -> None:
    merged = [(*row[:2], PLAN[0][2] if place < 3 else row[2], *row[3:]) for place, row in enumerate(PLAN)]
    assert cells(read("plan_rowspanh.pdf")) == merged


def test_a_cell_over_three_rows_without_borders_leaves_the_others_empty_and_doubted() -> None:
    draft = read("plan_rowspan_bare.pdf")
    assert [row[2] for row in cells(draft)] == ["", PLAN[0][2], "", *(row[2] for row in PLAN[3:])]
    doubted = [row.number for row in draft.rows if any(p.code is ProblemCode.ROW_UNCERTAIN for p in row.problems)]
    assert doubted == ["1", "3"]


def test_two_tables_without_borders_are_both_read() -> None:
    assert [row.number for row in read("plan_two.pdf").rows] == ["1", "2", "1", "2"]


def test_two_headings_under_one_are_the_begin_and_the_end_of_a_term() -> None:
    phrases = [row[4] for row in cells(read("plan_begins_ends.pdf"))]
    assert phrases[:2] == ["1 сентября 2025 г. – 15 сентября 2025 г.", "10 сентября 2025 г. – 1 октября 2025 г."]


def test_links_that_no_text_shows_are_taken_from_their_places_on_the_page() -> None:
    assert [row.links for row in read("plan_link.pdf").rows] == [("https://forms.example.ru/a",)] * len(PLAN)


def test_minutes_are_read_as_their_text_is() -> None:
    text = read_document(MINUTES.encode(), "протокол.txt", today=TODAY)
    assert cells(read("minutes.pdf")) == cells(text)
    assert [row[4] for row in cells(text)] == [
        "Срок – до 25 ноября 2025 г.", "Срок – 3 декабря 2025 г.", "Срок – до 20 декабря 2025 г."
    ]  # fmt: skip


def test_rows_without_numbers_and_borders_are_read_and_doubted() -> None:
    draft = read("plan_nonumbare.pdf")
    assert [row[1:] for row in cells(draft)] == [row[1:] for row in PLAN]
    assert all(ProblemCode.ROW_UNCERTAIN in {problem.code for problem in row.problems} for row in draft.rows)


def test_a_row_without_borders_is_doubted_and_its_neighbours_are_not() -> None:
    draft = read("plan_hole.pdf")
    doubted = [row.number for row in draft.rows if any(p.code is ProblemCode.ROW_UNCERTAIN for p in row.problems)]
    assert doubted == ["4"]


def test_section_rows_are_the_groups_of_the_rows_below() -> None:
    groups = [row.group for row in read("plan_sec.pdf").rows]
    assert groups == ["I. Организационные мероприятия"] * 3 + ["II. Работа с педагогами и обучающимися"] * 4


def line_of(text: str, top: float, *, is_spaced: bool) -> list[Word]:
    words, x = [], 0.0
    for place, part in enumerate(text.split()):
        is_last = place == len(text.split()) - 1
        width = 6.0 * len(part)
        words.append(Word(x, top, x + width, top + 12, part, 12, is_spaced or not is_last, first_width=6))
        x += width + 3
    return words


@pytest.mark.parametrize(
    ("upper", "is_spaced", "lower", "limit", "text", "reason"),
    [
        ("государственно", False, "й", 88.0, "государственной", "cut where the column ended"),
        ("образования", True, "области", 68.0, "образования области", "a space was written"),
        ("лекция", False, "семинар", 90.0, "лекция семинар", "there was room: a paragraph ended"),
        ("Центров «Точка", False, "роста»", 88.0, "Центров «Точка роста»", "beside others a word moves whole"),
        ("исполнители/", False, "соисполнители", 75.0, "исполнители/соисполнители", "a slash without a space"),
        ("социально-", False, "экономического", 88.0, "социально-экономического", "the hyphen of the word itself"),
        ("информационной", False, "системе", 85.0, "информационной системе", "a whole word that fills its line"),
        ("классов 8–", False, "9", 80.0, "классов 8–9", "a range broken behind its dash"),
        ("октябрь –", False, "ноябрь", 80.0, "октябрь – ноябрь", "a dash between spaces"),
    ],
)  # fmt: skip
def test_words_cut_by_the_edge_of_a_column_are_put_together(
    upper: str, is_spaced: bool, lower: str, limit: float, text: str, reason: str
) -> None:
    words = [*line_of(upper, 0, is_spaced=is_spaced), *line_of(lower, 14, is_spaced=False)]
    assert len(lines_of(words)) == 2
    assert text_of(words, Vocabulary(has_spaces_at_ends=True), limit) == text


def pdf(content: bytes, *, image: bytes = b"", font: bytes = b"/Helvetica", filters: bytes = b"") -> bytes:
    """The smallest .pdf with one page."""
    resources = b"<</Font<</F 4 0 R>>" + (b"/XObject<</I 6 0 R>>" if image else b"") + b">>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources" + resources + b">>",
        b"<</Type/Font/Subtype/Type1/BaseFont" + font + b"/Encoding/WinAnsiEncoding>>",
        b"<</Length " + str(len(content)).encode() + filters + b">>\nstream\n" + content + b"\nendstream",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n"
        + (image or b"\0")
        + b"\nendstream",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += str(number).encode() + b" 0 obj\n" + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n" + str(start).encode() + b"\n%%EOF"
    return bytes(out)


@pytest.mark.parametrize(
    ("data", "error", "words", "reason"),
    [
        (pdf(b"q 600 0 0 800 0 0 cm /I Do Q", image=b"\0"), ScannedError, "скан", "a picture of a page"),
        (pdf("BT /F 12 Tf 50 700 Td (Ìåðîïðèÿòèÿ è ñðîêè) Tj ET".encode("latin-1")), GarbledError, "Буквы", "mojibake"),
        (b"%PDF-1.4\n1 0 obj<</Type", DamagedError, "повреждён", "a torn file"),
        ((FILES / "locked_for_readers.pdf").read_bytes(), EncryptedError, "паролем", "a password for reading"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_honestly_is_refused_in_words(
    data: bytes, error: type[DocumentError], words: str, reason: str
) -> None:
    with pytest.raises(error) as caught:
        read_document(data, "план.pdf", today=TODAY)
    assert words in explain(caught.value)


def test_a_file_of_too_many_pages_is_refused_with_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_PAGES", 1)
    with pytest.raises(TooLargeError) as caught:
        read("plan_perm.pdf")
    assert "страниц: 2, а прочитать можно не больше 1" in explain(caught.value)


async def test_a_stream_that_swells_to_a_gigabyte_takes_only_its_own_process_down() -> None:
    # A packed mebibyte a thousand times over: to pack the gigabyte itself would take most of the time of this file.
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    mebibyte = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    checksum = ((1 << 30) % 65521) << 16 | 1
    packed = b"\x78\xda" + mebibyte * 1024 + b"\x03\x00" + checksum.to_bytes(4, "big")
    with pytest.raises(OutOfMemoryError):
        await read_in_process(pdf(packed, filters=b"/Filter/FlateDecode"), "план.pdf", today=TODAY)


def test_bytes_changed_anywhere_never_crash_the_reader() -> None:
    chance = random.Random(20250901)
    seed = (FILES / "plan_full.pdf").read_bytes()
    for _ in range(12):  # ``make fuzz`` damages thousands
        data = bytearray(seed)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(DocumentError):
            read_document(bytes(data), "план.pdf", today=TODAY)
