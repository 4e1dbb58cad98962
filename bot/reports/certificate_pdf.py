"""A certificate of participation, for one person, as a file that looks the same on every screen.

The letters are those of Source Serif, Cyrillic too, under the SIL Open Font License: they are put into the file, so
that no phone has to have them.
"""

from __future__ import annotations

import io
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame, Paragraph

from bot.reports.certificate_words import certificate_words
from bot.services.export_attendance import Certificate

_PLAIN, _BOLD = "SourceSerifPro-Regular", "SourceSerifPro-Bold"
_WIDTH, _HEIGHT = landscape(A4)
_ACROSS, _DOWN = 3 * cm, 2.2 * cm
_LONGEST = 600  # of one line; a title has 300 signs, and beyond this nothing is read any more
_BLUE, _BLACK = HexColor("#1F3A68"), HexColor("#000000")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ud800-\udfff\ufe00-\ufe0f]")


def certificate_pdf(certificate: Certificate) -> bytes:
    """One page; what is too long for it is set smaller. The same for the same certificate, byte by byte."""
    said = certificate_words(certificate)
    words = said["words"]
    lines = [
        _line(said["organiser"], 14, after=28),
        _line(words["heading"], 34, bold=True, blue=True, after=2),
        _line(words["of"], 16, after=18),
        _line(words["given"], 13, after=6),
        _line(said["name"], 26, bold=True, after=2),
        _line(said["unit"], 13, after=16),
        _line(words["took_part"], 13, after=4),
        _line(f"«{said['title']}»", 18, bold=True, blue=True, after=4),
        _line(said["when"], 13, after=30),
        _line(words["signature"], 12, after=8),
        _line(words["number"], 10),
    ]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1, lang="ru-RU")
    canvas.setTitle(words["heading"])
    _framed(canvas)
    width, height = _WIDTH - 2 * _ACROSS, _HEIGHT - 2 * _DOWN
    text = KeepInFrame(width, height, lines, mode="shrink")
    _, used = text.wrapOn(canvas, width, height)
    text.drawOn(canvas, _ACROSS, _DOWN + (height - used) / 2)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _line(text: str, size: int, *, bold: bool = False, blue: bool = False, after: int = 2) -> Paragraph:
    _load_letters()
    style = ParagraphStyle(
        "line",
        fontName=_BOLD if bold else _PLAIN,
        fontSize=size,
        leading=size * 1.2,
        spaceAfter=after,
        alignment=TA_CENTER,
        textColor=_BLUE if blue else _BLACK,
        splitLongWords=1,
    )
    return Paragraph(escape(_UNPRINTABLE.sub("", text)[:_LONGEST]), style)


@cache
def _load_letters() -> None:
    folder = Path(str(files("font_source_serif_pro"))) / "files"
    for name in (_PLAIN, _BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


def _framed(canvas: Canvas) -> None:
    """A double line, as the .docx has."""
    canvas.setStrokeColor(_BLUE)
    canvas.setLineWidth(1)
    for edge in (24, 28):
        canvas.rect(edge, edge, _WIDTH - 2 * edge, _HEIGHT - 2 * edge)
