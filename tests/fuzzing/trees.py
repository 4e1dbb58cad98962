"""Damage inside well-formed XML: what a broken writer leaves, and what gets past the parser."""

from __future__ import annotations

import copy
from random import Random

from lxml import etree

_NUMBERS = ("0", "-1", "1", "2", "255", "65536", "99999999", "-2147483648", "1e309", "A1:XFD1048576", "", "rId1")
_TEXTS = ("", "31 февраля", "1" * 400, "(" * 300, "с 20 по 10 октября, " * 20, "x\u202ey", "\u00ad\u200b", "Срок", "№")
_NESTING = 60
_COPIES = (1, 1, 2, 3, 200)


def damaged_tree(part: bytes, chance: Random) -> bytes | None:
    """One to eight changes; None where the part is no XML."""
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    for _ in range(chance.randint(1, 8)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        if len(elements) < 2:
            break
        _change(elements, chance)
    return etree.tostring(root)


def _change(elements: list[etree._Element], chance: Random) -> None:
    element, other = chance.choice(elements[1:]), chance.choice(elements)
    parent = element.getparent()
    assert parent is not None, "only the root has none"
    match chance.randrange(8):
        case 0:
            parent.remove(element)
        case 1:
            place = parent.index(element)
            for _ in range(chance.choice(_COPIES)):
                parent.insert(place, copy.deepcopy(element))
        case 2:
            other.append(copy.deepcopy(element))
        case 3:
            element.tag = other.tag
        case 4:
            element.text = chance.choice(_TEXTS)
        case 5 if element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(_NUMBERS))
        case 6 if element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        case _:
            _nest(element, chance)


def _nest(element: etree._Element, chance: Random) -> None:
    """The element in itself, again and again."""
    inner = element
    for _ in range(chance.randint(2, _NESTING)):
        inner = etree.SubElement(inner, element.tag, attrib={})
