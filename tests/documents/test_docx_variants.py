"""The same two rows as Word, LibreOffice, Google Docs and OnlyOffice write them: every cell comes out alike."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from bot.documents.reading import read_document
from tests.documents.word import HEADER, cell, docx, levels, numbered, p, roadmap, row, t, table, zipped

FIRST = ("1", "Провести набор", "Школы", "Списки", "до 15 мая 2025 г.")
SECOND = ("2", "Сдать отчёт", "Школы", "Отчёт", "июнь 2025 г.")
LISTED = "".join(levels(("decimal", "%1.")))


def rows(data: bytes) -> list[tuple[str | None, str, str, str, str]]:
    draft = read_document(data, "план.docx", today=date(2024, 9, 1))
    return [(found.number, found.title, found.responsible, found.result, found.phrase) for found in draft.rows]


def with_number(number: str) -> str:
    return table(HEADER, [number, *FIRST[1:]], SECOND)


def with_title(title: str) -> str:
    return table(HEADER, [FIRST[0], title, *FIRST[2:]], SECOND)


def with_phrase(phrase: str) -> str:
    return table(HEADER, [*FIRST[:4], phrase], SECOND)


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="А">{t(text)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="А"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def control(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, *shown: str) -> str:
    instruction = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
    return mark("begin") + instruction + mark("separate") + "".join(shown) + mark("end")


def run(inner: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def boxed(text: str) -> str:
    box = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    drawn = f"<w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    choice = f'<mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return run(f"<mc:AlternateContent>{choice}</mc:AlternateContent>")


VARIANTS = {
    "text replaced by a tracked change": with_phrase(
        cell(p("до ", deleted("1 апреля"), inserted("15 мая"), " 2025 г."))
    ),
    "a deleted cell": table(
        HEADER, row("1", FIRST[1], "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p/></w:tc>", *FIRST[2:]), SECOND
    ),
    "an inserted cell": with_title(f"<w:tc><w:tcPr><w:cellIns/></w:tcPr>{p(FIRST[1])}</w:tc>"),
    "an inserted row": table(HEADER, row(*FIRST, properties="<w:ins/>"), SECOND),
    "a row whose texts were deleted one by one": table(
        HEADER, FIRST, [cell(p(deleted(text), properties="<w:rPr><w:del/></w:rPr>")) for text in FIRST], SECOND
    ),
    "a hidden row": table(HEADER, FIRST, row("3", "Дело", "Д", "Р", "май 2020 г.", properties="<w:hidden/>"), SECOND),
    "properties changed under tracking": with_title(
        cell(p(FIRST[1], properties="<w:pPrChange><w:pPr/></w:pPrChange>"))
    ),
    "repeating controls around rows": table(row(*HEADER), control(control(row(*FIRST)) + control(row(*SECOND)))),
    "controls around cells": table(HEADER, f"<w:tr>{''.join(control(cell(text)) for text in FIRST)}</w:tr>", SECOND),
    "a control around the paragraphs of a cell": with_title(f"<w:tc>{control(p(FIRST[1]))}</w:tc>"),
    "a date picker": with_phrase(cell(p(control(t(FIRST[4]), '<w:date w:fullDate="2025-05-15T00:00:00Z"/>')))),
    "the chosen entry of a drop-down control": with_phrase(
        cell(p(control(t(FIRST[4]), '<w:dropDownList><w:listItem w:displayText="май" w:value="1"/></w:dropDownList>')))
    ),
    "a table in a table that lays out the page in another": table(
        [cell(table([cell(roadmap(FIRST, SECOND), p())]), p())]
    ),
    "the whole table in both renderings": (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{roadmap(FIRST, SECOND)}</mc:Choice>'
        f"<mc:Fallback>{roadmap(FIRST, SECOND)}</mc:Fallback></mc:AlternateContent>"
    ),
    "a responsible merged downwards": table(
        HEADER,
        [*FIRST[:2], cell("Школы", merge="restart"), *FIRST[3:]],
        [*SECOND[:2], cell(merge="continue"), *SECOND[3:]],
    ),
    "a section row merged the old way": table(
        HEADER,
        row(
            *(
                f'<w:tc><w:tcPr><w:hMerge w:val="{how}"/></w:tcPr>{p(text)}</w:tc>'
                for how, text in (("restart", "I. Организация"), *[("continue", "")] * 4)
            )
        ),
        FIRST,
        SECOND,
    ),
    "a title in a text box": with_title(cell(p(boxed(FIRST[1])))),
    "a smart tag": with_phrase(cell(p(f'<w:smartTag w:element="date">{t(FIRST[4])}</w:smartTag>'))),
    "a simple field": with_phrase(cell(p("до ", f'<w:fldSimple w:instr=" DATE ">{t("15 мая 2025 г.")}</w:fldSimple>'))),
    "a field inside the code of a field": with_phrase(
        cell(
            p(
                mark("begin"),
                run("<w:instrText> IF </w:instrText>"),
                field("PAGE", t("9")),
                mark("separate"),
                t(FIRST[4]),
                mark("end"),
            )
        )
    ),
    "a number that is a field": with_number(cell(p(field("SEQ row", t("1"))))),
    "a field of the old forms": with_phrase(cell(p(field("FORMTEXT", t(FIRST[4]))))),
    "soft hyphens and hard spaces": with_title(
        cell(p(run("<w:t>Прове</w:t><w:softHyphen/><w:t>сти\u00a0набор</w:t>")))
    ),
    "a page that breaks inside a cell": with_title(
        cell(p(run('<w:t>Провести</w:t><w:br w:type="page"/><w:t>набор</w:t>')))
    ),
    "direction marks": with_title("\u200fПровести\u200e набор"),
    "crossed-out text": with_phrase(cell(p(run("<w:t>до 1 мая </w:t>", "<w:strike/>"), FIRST[4]))),
    "bookmarks, spelling marks and permissions between runs": with_title(
        cell(p('<w:bookmarkStart w:id="0"/>', t("Провести"), "<w:proofErr/>", t(" на"), "<w:permStart/>", t("бор")))
    ),
    "rows in custom XML": table(row(*HEADER), f'<w:customXml w:element="r">{row(*FIRST)}</w:customXml>', SECOND),
    "a table cut in two with the header typed again": table(HEADER, FIRST) + p() + table(HEADER, SECOND),
    "a table cut in two with a note between": table(HEADER, FIRST) + p("Продолжение таблицы") + table(SECOND),
    "a landscape section for the second half": (
        table(HEADER, FIRST)
        + p(properties='<w:sectPr><w:pgSz w:orient="landscape"/></w:sectPr>')
        + table(HEADER, SECOND)
    ),
    "other tables around": (
        table(["ФИО", "Должность"], ["Иванова И.И.", "директор"])
        + roadmap(FIRST, SECOND)
        + table(["Источник", "Объём, руб."], ["бюджет", "5"])
    ),
    "lines of the form left over, and a total": table(
        HEADER, FIRST, SECOND, ("3", "", "", "", ""), row(cell("Итого", span=4), "2")
    ),
    "a chunk of another file": f'<w:altChunk r:id="a1"/>{roadmap(FIRST, SECOND)}',
    "numbers written with their sign": table(HEADER, ("№ 1", *FIRST[1:]), ("№ 2.", *SECOND[1:])),
}


@pytest.mark.parametrize("body", VARIANTS.values(), ids=VARIANTS)
def test_the_rows_are_read_as_the_page_shows_them(body: str) -> None:
    assert rows(docx(body)) == [FIRST, SECOND]


def test_an_entry_chosen_in_a_form_of_old_word_is_read() -> None:
    choices = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Дом"/><w:listEntry w:val="Школы"/></w:ddList>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{choices}</w:ffData></w:fldChar></w:r>'
    chosen = cell(p(begin, run("<w:instrText> FORMDROPDOWN </w:instrText>"), mark("separate"), mark("end")))
    assert rows(docx(table(HEADER, [*FIRST[:2], chosen, *FIRST[3:]], SECOND))) == [FIRST, SECOND]


def test_the_figure_of_a_note_stays_raised_and_spoils_no_date() -> None:
    note = run("<w:t>1</w:t>", '<w:vertAlign w:val="superscript"/>')
    draft = read_document(
        docx(with_phrase(cell(p("до 15 мая 2025", note, " г.")))), "план.docx", today=date(2024, 9, 1)
    )
    assert draft.rows[0].phrase == "до 15 мая 2025¹ г."
    assert draft.rows[0].term is not None
    assert draft.rows[0].term.end == date(2025, 5, 15)


def level(index: int, shape: str, text: str, more: str = "") -> str:
    start = f'<w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
    return f'<w:lvl w:ilvl="{index}">{start}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def definition(*defined: str, use: str = "") -> str:
    used = f'<w:num w:numId="1"><w:abstractNumId w:val="1"/>{use}</w:num>'
    return f'<w:abstractNum w:abstractNumId="1">{"".join(defined)}</w:abstractNum>{used}'


STYLES = "".join(
    f'<w:style w:styleId="{name}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' for name in "AB"
)


@pytest.mark.parametrize(
    ("numbering", "first", "second", "expected"),
    [
        pytest.param(LISTED, numbered(), numbered(), ["1", "2"], id="a list"),
        pytest.param(
            definition(
                level(0, "decimal", "%1."), use='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
            ),
            numbered(),
            numbered(),
            ["5", "6"],
            id="a list that starts at five",
        ),
        pytest.param(
            definition(
                level(0, "decimal", "%1."),
                use=f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1)")}</w:lvlOverride>',
            ),
            numbered(),
            numbered(),
            ["1", "2"],
            id="a level overridden whole",
        ),
        pytest.param(
            definition(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", "<w:isLgl/>")),
            numbered(level=1),
            numbered(level=1),
            ["1.1", "1.2"],
            id="Arabic below Roman",
        ),
        pytest.param(
            definition(
                level(0, "decimal", "%1.", '<w:pStyle w:val="A"/>'),
                level(1, "decimal", "%1.%2.", '<w:pStyle w:val="B"/>'),
            ),
            p(properties='<w:pStyle w:val="A"/>'),
            p(properties='<w:pStyle w:val="B"/>'),
            ["1", "1.1"],
            id="styles whose levels only the list knows",
        ),
        pytest.param(
            LISTED,
            p("1", properties='<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
            p("2"),
            ["1", "2"],
            id="a style's number taken away",
        ),
    ],
)
def test_cells_that_hold_nothing_but_an_automatic_number(
    numbering: str, first: str, second: str, expected: list[str]
) -> None:
    body = table(HEADER, [cell(first), *FIRST[1:]], [cell(second), *SECOND[1:]])
    found = rows(docx(body, numbering=numbering, styles=STYLES))
    assert [number for number, *_ in found] == expected
    assert [rest for _, *rest in found] == [list(FIRST[1:]), list(SECOND[1:])]


STRICT = (
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


@pytest.mark.parametrize("is_strict", [False, True], ids=["transitional", "strict"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_every_encoding_and_dialect_of_the_xml_is_read(encoding: str, is_strict: bool) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(roadmap(FIRST, SECOND)))) as archive:
        text = archive.read("word/document.xml").decode()
    for transitional, strict in STRICT if is_strict else ():
        text = text.replace(transitional, strict)
    declared = text.replace("UTF-8", encoding.removesuffix("-sig").upper())
    assert rows(zipped({"word/document.xml": declared.encode(encoding)})) == [FIRST, SECOND]


MINUTES = (
    p("ПРОТОКОЛ"),
    p("« 08 » ноября 2023 г."),
    p("№ Д05-124/05пр"),
    p("РЕШИЛИ:"),
    numbered("Принять информацию к сведению."),
    numbered("Инициаторам центров, созданных в 2023 году:"),
    numbered("Скорректировать список: https://disk.yandex.ru/d/x.", level=1),
    p("Срок – до 12:00 (мск) 13 ноября 2023 г."),
    numbered("Направить чек-лист на почту a.sokolov@firpo.ru.", level=1),
    p("Срок - до ", deleted("20"), inserted("24"), " ноября 2023 г."),
)


@pytest.mark.parametrize(
    "body",
    ["".join(MINUTES), table([cell(*MINUTES)]), control("".join(MINUTES))],
    ids=["paragraphs", "in a cell that lays out the page", "in a control"],
)
def test_minutes_with_automatic_numbers_keep_their_numbers_links_and_cohort(body: str) -> None:
    numbering = definition(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))
    draft = read_document(docx(body, numbering=numbering), "протокол.docx", today=date(2024, 9, 1))
    assert [(found.number, found.cohort, found.links) for found in draft.rows] == [
        ("2.1", "2023", ("https://disk.yandex.ru/d/x",)),
        ("2.2", "2023", ("mailto:a.sokolov@firpo.ru",)),
    ]
    ends = [found.term.to_json()["end"] if found.term else None for found in draft.rows]
    assert ends == ["2023-11-13T12:00:00+03:00", "2023-11-24"]
