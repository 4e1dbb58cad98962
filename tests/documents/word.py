"""A tiny writer of .docx: just the XML that a test is about, zipped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
HEADER = ("№ п/п", "Мероприятие", "Ответственный", "Результат", "Срок")


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; strings that begin with «<» are XML, others are text."""
    inner = "".join(run if run.startswith("<") else t(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(*runs: str, list_id: int = 1, level: int = 0) -> str:
    return p(*runs, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(*paragraphs: str, span: int = 1, merge: str = "") -> str:
    """``merge`` is «restart» or «continue»; paragraphs not in XML are text."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = "".join(text if text.startswith("<w:") else p(text) for text in paragraphs) or "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Cells in XML, or what is put into one."""
    inner = "".join(text if text.startswith(("<w:tc>", "<w:sdt>")) else cell(text) for text in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def table(*rows: str | Sequence[str]) -> str:
    inner = "".join(item if isinstance(item, str) else row(*item) for item in rows)
    return f"<w:tbl><w:tblPr/>{inner}</w:tbl>"


def roadmap(*rows: str | Sequence[str]) -> str:
    return table(HEADER, *rows)


def docx(
    *body: str,
    numbering: str = "",
    styles: str = "",
    links: Mapping[str, str] | None = None,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    parts: dict[str, bytes] = {
        "word/document.xml": _part("document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>"),
    }
    if numbering:
        parts["word/numbering.xml"] = _part("numbering", numbering)
    if styles:
        parts["word/styles.xml"] = _part("styles", styles)
    if links:
        relations = "".join(
            f'<Relationship Id="{name}" Type="http://x/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
            for name, target in links.items()
        )
        root = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        parts["word/_rels/document.xml.rels"] = f"{root}{relations}</Relationships>".encode()
    return zipped({**parts, **(more or {})})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def levels(*formats: tuple[str, str], list_id: int = 1, abstract: int = 1, override: str = "") -> tuple[str, str]:
    """A numbering definition of ``(format, text)`` a level, and the list that uses it."""
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (shape, text) in enumerate(formats)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{abstract}">{inner}</w:abstractNum>',
        f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>',
    )


def _part(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{inner}</w:{root}>'.encode()
