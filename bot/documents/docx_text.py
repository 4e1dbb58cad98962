"""Paragraphs of a .docx: what the reader of the printed page would see, no more and no less.

Insertions are read and deletions are not; the result of a field is read and its code is not; of two renderings of
one drawing the first is taken; hidden text, crossed-out text, foot-notes and the prompts of empty controls are passed
over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element  # lxml names its public class so

from bot.documents.docx_package import MC, Package, R, W

REMOVED = frozenset({f"{W}del", f"{W}moveFrom"})
TRANSPARENT = frozenset(
    {f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "rt")}
    | {f"{MC}Choice", f"{MC}Fallback"}
)
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TEXT_BOX = f"{W}txbxContent"
_FIELD_LINK = re.compile(r'\bHYPERLINK\s+(?:"([^"]+)"|([^\s"\\]+))', re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PRIVATE_USE = range(0xE000, 0xF900)  # letters of symbol fonts: bullets and ticks, no text


@dataclass(slots=True)
class Inline:
    """One paragraph as it is gathered."""

    pieces: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    is_in_code: bool = True


class Inlines:
    """Reads paragraphs in the order of the page: a field may begin in one and end in another."""

    def __init__(self, package: Package) -> None:
        self._targets = package.links
        self._fields: list[_Field] = []

    def read(self, paragraph: Element) -> Inline:
        gathered = Inline()
        self._children(paragraph, gathered)
        return gathered

    def _children(self, parent: Element, gathered: Inline) -> None:
        for child in parent:
            self._child(child, gathered)

    def _child(self, child: Element, gathered: Inline) -> None:
        tag = child.tag
        if tag == f"{W}r":
            self._run(child, gathered)
        elif tag == f"{W}hyperlink":
            target = self._targets.get(child.get(f"{R}id") or "")
            if target:
                gathered.links.append(target)
            self._children(child, gathered)
        elif tag == f"{W}sdt":
            content = control_content(child)
            if content is not None:
                self._children(content, gathered)
        elif tag == f"{MC}AlternateContent":
            chosen = alternative(child)
            if chosen is not None:
                self._children(chosen, gathered)
        elif tag in TRANSPARENT:
            code = child.get(f"{W}instr")
            if code:
                gathered.links.extend(_links_of(code))
            self._children(child, gathered)
        elif tag.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/math}"):
            gathered.pieces.extend(element.text or "" for element in child.iter(_MATH_TEXT))

    def _run(self, run: Element, gathered: Inline) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and any(is_on(properties, name) for name in ("vanish", "strike", "dstrike")):
            return
        first = len(gathered.pieces)
        for child in run:
            self._in_run(child, gathered)
        if properties is not None and _is_superscript(properties):
            # A raised figure is a note or a power: «2025¹» must not become the year 20251.
            gathered.pieces[first:] = [piece.translate(_RAISED) for piece in gathered.pieces[first:]]

    def _in_run(self, child: Element, gathered: Inline) -> None:
        name = child.tag.removeprefix(W)
        if name == "fldChar":
            self._field_mark(child.get(f"{W}fldCharType"), gathered)
            gathered.pieces.extend(_chosen(child))
        elif name == "instrText":
            if self._fields:
                self._fields[-1].code.append(child.text or "")
        elif name in {"drawing", "pict", "object"}:
            gathered.boxes.extend(_boxes_of(child))
        elif child.tag == f"{MC}AlternateContent":
            chosen = alternative(child)
            for inner in chosen if chosen is not None else ():
                self._in_run(inner, gathered)
        elif name == "ruby":
            for text in child.iter(f"{W}rubyBase"):
                self._children(text, gathered)
        elif not any(entry.is_in_code for entry in self._fields):
            gathered.pieces.append(_character(name, child))

    def _field_mark(self, mark: str | None, gathered: Inline) -> None:
        if mark == "begin":
            self._fields.append(_Field())
        elif mark in {"separate", "end"} and self._fields:
            current = self._fields[-1]
            if current.is_in_code:
                gathered.links.extend(_links_of("".join(current.code)))
                current.is_in_code = False
            if mark == "end":
                self._fields.pop()


def control_content(control: Element) -> Element | None:
    """What a content control holds; nothing while it only shows its prompt («Выберите дату»)."""
    properties = control.find(f"{W}sdtPr")
    if properties is not None and is_on(properties, "showingPlcHdr"):
        return None
    return control.find(f"{W}sdtContent")


def alternative(choice: Element) -> Element | None:
    """One of the renderings of the same thing, so that a text box is not read twice."""
    for name in ("Choice", "Fallback"):
        found = choice.find(f"{MC}{name}")
        if found is not None and len(found):
            return found
    return None


def is_on(properties: Element, name: str) -> bool:
    """A switch is on when it is there and its value is absent or not «off»."""
    switch = properties.find(f"{W}{name}")
    return switch is not None and (switch.get(f"{W}val") or "1").lower() not in _OFF


def _is_superscript(properties: Element) -> bool:
    align = properties.find(f"{W}vertAlign")
    return align is not None and align.get(f"{W}val") == "superscript"


def _chosen(mark: Element) -> list[str]:
    """What a drop-down field of the old forms shows; it has no result of its own."""
    choices = mark.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return []
    entries = [entry.get(f"{W}val") or "" for entry in choices.findall(f"{W}listEntry")]
    picked = next((found for name in ("result", "default") if (found := choices.find(f"{W}{name}")) is not None), None)
    place = (picked.get(f"{W}val") or "") if picked is not None else "0"
    return [entries[int(place)]] if place.isascii() and place.isdigit() and int(place[:6]) < len(entries) else []


def _character(name: str, element: Element) -> str:
    if name == "t":
        return element.text or ""
    if name in {"br", "cr"}:
        return "\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else " "
    if name == "sym":
        return _symbol(element.get(f"{W}char") or "")
    return {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}.get(name, "")


def _symbol(code: str) -> str:
    try:
        value = int(code, 16) if len(code) <= 6 else 0
    except ValueError:
        return ""
    is_letter = 0x20 <= value < 0x11_0000 and value not in _PRIVATE_USE and not 0xD800 <= value < 0xE000
    return chr(value) if is_letter else ""


def _boxes_of(drawing: Element) -> list[Element]:
    """Text boxes of a drawing, each once: inside it the two renderings may stand side by side again."""
    boxes: list[Element] = []
    pending = [drawing]
    while pending:
        element = pending.pop()
        if element.tag == _TEXT_BOX:
            boxes.append(element)
        elif element.tag == f"{MC}AlternateContent":
            chosen = alternative(element)
            pending.extend([chosen] if chosen is not None else [])
        else:
            pending.extend(reversed(list(element)))
    return boxes


def _links_of(code: str) -> list[str]:
    return [match.group(1) or match.group(2) for match in _FIELD_LINK.finditer(code)]
