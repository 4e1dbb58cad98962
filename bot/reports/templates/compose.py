"""Makes the Word templates beside this file anew: ``python -m bot.reports.templates.compose``.

The templates carry places only, every word comes from the catalogue when they are filled. A network that wants its own
emblem opens the .docx in Word and leaves the places in double braces where they are.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

FOLDER = Path(__file__).parent
SIGN_LIST = FOLDER / "sign_list.docx"
CERTIFICATE = FOLDER / "certificate.docx"
_COLUMNS = (("number", 1.1), ("name", 5.2), ("unit", 5.0), ("role", 2.9), ("signature", 3.2))
_BLUE = RGBColor(0x1F, 0x3A, 0x68)


def main() -> None:
    _sign_list().save(str(SIGN_LIST))
    _certificate().save(str(CERTIFICATE))


def _sign_list() -> DocumentObject:
    document = _blank()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    _line(document, "{{ organiser }}", size=11)
    _line(document, "{{ words.heading }}", size=15, bold=True, after=4)
    _line(document, "{{ title }}", size=13, bold=True)
    _line(document, "{{ when }}", size=11)
    _line(document, "{% if place %}{{ place }}{% endif %}", size=11, after=10)
    table = document.add_table(rows=4, cols=len(_COLUMNS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    head, begin, row, end = table.rows
    for cell, (name, width) in zip(head.cells, _COLUMNS, strict=True):
        _fill(cell, "{{ words." + name + " }}", bold=True, centred=True)
        cell.width = Cm(width)
    _repeat_on_each_page(head)
    begin.cells[0].text = "{%tr for one in people %}"
    end.cells[0].text = "{%tr endfor %}"
    for cell, (name, width) in zip(row.cells, _COLUMNS, strict=True):
        _fill(cell, "" if name == "signature" else "{{ one." + name + " }}", centred=name == "number")
        cell.width = Cm(width)
    _tall(row)
    _line(document, "{{ words.total }}", size=11, centred=False, before=10)
    _line(document, "{{ words.signed_by }}", size=11, centred=False, before=14)
    return document


def _certificate() -> DocumentObject:
    document = _blank()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _framed(document)
    _line(document, "{{ organiser }}", size=14, after=28)
    _line(document, "{{ words.heading }}", size=34, bold=True, colour=_BLUE, after=2)
    _line(document, "{{ words.of }}", size=16, after=18)
    _line(document, "{{ words.given }}", size=13, after=6)
    _line(document, "{{ name }}", size=26, bold=True, after=2)
    _line(document, "{{ unit }}", size=13, after=16)
    _line(document, "{{ words.took_part }}", size=13, after=4)
    _line(document, "«{{ title }}»", size=18, bold=True, colour=_BLUE, after=4)
    _line(document, "{{ when }}", size=13, after=30)
    _line(document, "{{ words.signature }}", size=12, after=8)
    _line(document, "{{ words.number }}", size=10)
    return document


def _blank() -> DocumentObject:
    document = Document()
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    return document


def _line(
    document: DocumentObject,
    text: str,
    *,
    size: int,
    bold: bool = False,
    centred: bool = True,
    colour: RGBColor | None = None,
    before: int = 0,
    after: int = 2,
) -> None:
    paragraph = document.add_paragraph()
    _write(paragraph, text, size=size, bold=bold, centred=centred)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    if colour is not None:
        paragraph.runs[0].font.color.rgb = colour


def _fill(cell: _Cell, text: str, *, bold: bool = False, centred: bool = False) -> None:
    _write(cell.paragraphs[0], text, size=11, bold=bold, centred=centred)


def _write(paragraph: Paragraph, text: str, *, size: int, bold: bool, centred: bool) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT


def _repeat_on_each_page(row: _Row) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no name for a repeated header


def _tall(row: _Row) -> None:
    """A signature needs room."""
    row.height = Cm(0.9)


def _framed(document: DocumentObject) -> None:
    borders = OxmlElement("w:pgBorders")
    borders.set(qn("w:offsetFrom"), "page")
    for side in ("top", "left", "bottom", "right"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "double"), ("sz", "12"), ("space", "24"), ("color", "1F3A68")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    properties = document.sections[0]._sectPr  # noqa: SLF001 - python-docx has no page borders
    margins = properties.find(qn("w:pgMar"))
    assert margins is not None, "margins were set above"
    margins.addnext(borders)


if __name__ == "__main__":
    main()
