"""From what a bot sent to what is shown: parse modes, cleaning, trimming, entities that do not cross."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise
from typing import Any

from bot.sandbox.entities.detection import find_entities, without_overlaps
from bot.sandbox.entities.html import FindUser, parse_html
from bot.sandbox.entities.links import WrongLinkError, checked_link, linked_user_id
from bot.sandbox.entities.markdown import parse_markdown, parse_markdown_v2
from bot.sandbox.entities.spans import PREFORMATTED, SPLITTABLE, Span, Utf16Offsets, as_entities, in_order
from bot.sandbox.errors import refuse

Json = dict[str, Any]

_SOURCE_BYTES = 32768
_REPLACED = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_REMOVED = re.compile(r"[\r\u2028-\u202e\u0333\u033f\u030a]")
_INVISIBLE = frozenset("\u2800\ufffc\u3164\u115f\u1160\uffa0")
_EXPLICIT = frozenset(SPLITTABLE) | {
    "code",
    "pre",
    "blockquote",
    "expandable_blockquote",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
}


def read_text(source: str, parse_mode: str, entities: str, find_user: FindUser) -> tuple[str, list[Span]]:
    """The text and the entities a bot asked for, not yet cleaned. Raises ApiError 400 as the real server does.

    A parse mode silences explicit entities; unreadable JSON in those is ignored.
    """
    if len(source) > _SOURCE_BYTES // 4 and len(source.encode()) > _SOURCE_BYTES:
        refuse("Text is too long")
    mode = parse_mode.strip().lower()
    if mode == "html":
        return parse_html(source, find_user)
    if mode == "markdownv2":
        return parse_markdown_v2(source, find_user)
    if mode == "markdown":
        return parse_markdown(source, find_user)
    if mode not in ("", "none"):
        refuse("Unsupported parse_mode")
    return source, _explicit(source, entities, find_user) if entities else []


def shown_text(text: str, spans: list[Span], *, may_be_empty: bool = False) -> tuple[str, list[Json]]:
    """The text as it is shown and its MessageEntity objects. Raises ApiError 400 for a text without a visible sign."""
    text = _clean(text, spans)
    spans = _fixed(_without_spaces(text, spans)) if spans else spans
    text, spans = _trimmed(text, spans)
    if not text or _is_invisible(text):
        if may_be_empty:
            return "", []
        refuse("Text must be non-empty")
    found = find_entities(text)
    if found:
        taken = [span for span in spans if not span.is_splittable]
        spans = _fixed(spans + [span for span in found if not any(_clashes(span, other) for other in taken)])
        spans = _without_spaces(text, spans)
    return text, as_entities(text, spans) if spans else []


def _clashes(found: Span, other: Span) -> bool:
    if other.is_continuous:
        return found.overlaps(other)
    return found.overlaps(other) and not (other.start <= found.start and found.end <= other.end)


def _explicit(source: str, entities: str, find_user: FindUser) -> list[Span]:
    try:
        wanted = json.loads(entities)
    except ValueError:
        return []
    if not isinstance(wanted, list):
        return []
    offsets = Utf16Offsets(source)
    spans = []
    for entity in wanted:
        span = _explicit_span(entity, offsets, len(source), find_user)
        if span is not None:
            spans.append(span)
    return in_order(spans)


def _explicit_span(entity: Any, offsets: Utf16Offsets, length: int, find_user: FindUser) -> Span | None:
    if not isinstance(entity, dict):
        refuse("Can't parse MessageEntity: expected an Object")
    for name in ("type", "offset", "length"):
        if name not in entity:
            refuse(f"Can't parse MessageEntity: Can't find field \"{name}\"")
    kind = entity["type"]
    if not isinstance(kind, str):
        refuse('Can\'t parse MessageEntity: Field "type" must be of type String')
    if kind not in _EXPLICIT:
        return None
    begin, size = _number(entity, "offset"), _number(entity, "length")
    if not 0 <= begin <= 1_000_000:
        refuse(f"Receive an entity with incorrect offset {begin}")
    if not 0 <= size <= 1_000_000:
        refuse(f"Receive an entity with incorrect length {size}")
    if size == 0:
        return None
    start, end = offsets.position(begin), offsets.position(begin + size)
    if start is None or end is None:
        refuse(f"Entity beginning at UTF-16 offset {begin} is in a middle of a UTF-16 symbol")
    if start >= length:
        refuse(f"Entity begins after the end of the text at UTF-16 offset {begin}")
    if end > length:
        refuse(
            f"Entity beginning at UTF-16 offset {begin} ends after the end of the text at UTF-16 offset {begin + size}"
        )
    extra = _explicit_extra(kind, entity, find_user)
    return None if extra is None else Span(kind, start, end, extra)


def _number(entity: Json, name: str) -> int:
    try:
        return int(entity[name])
    except (KeyError, TypeError, ValueError):
        refuse(f'Can\'t parse MessageEntity: Field "{name}" must be a valid Number')


def _explicit_extra(kind: str, entity: Json, find_user: FindUser) -> Json | None:
    if kind == "pre" and entity.get("language"):
        return {"language": str(entity["language"])}
    if kind == "custom_emoji":
        return {"custom_emoji_id": str(entity.get("custom_emoji_id", ""))}
    if kind == "date_time":
        extra: Json = {"unix_time": _number({"unix_time": entity.get("unix_time")}, "unix_time")}
        if entity.get("date_time_format"):
            extra["date_time_format"] = str(entity["date_time_format"])
        return extra
    if kind in ("text_mention", "text_link"):
        return _explicit_target(kind, entity, find_user)
    return {}


def _explicit_target(kind: str, entity: Json, find_user: FindUser) -> Json | None:
    user_id = linked_user_id(str(entity.get("url", "")))
    if kind == "text_mention":
        user_id = _number(entity["user"], "id") if isinstance(entity.get("user"), dict) else None
    if user_id is not None:
        user = find_user(user_id)
        return None if user is None else {"user": user}
    try:
        return {"url": checked_link(str(entity.get("url", "")))} if kind == "text_link" else None
    except WrongLinkError:
        return None


def _clean(text: str, spans: list[Span]) -> str:
    text = _REPLACED.sub(" ", text)
    removed = [match.start() for match in _REMOVED.finditer(text)]
    if removed:
        for span in spans:
            span.start -= sum(place < span.start for place in removed)
            span.end -= sum(place < span.end for place in removed)
        text = _REMOVED.sub("", text)
    return text


def _without_spaces(text: str, spans: list[Span]) -> list[Span]:
    """An entity does not begin with white space, and one of white space alone is no entity."""
    kept = []
    for span in spans:
        covered = text[span.start : span.end]
        begun = covered.lstrip(" \n")
        if begun:
            span.start += len(covered) - len(begun)
            kept.append(span)
    return in_order(kept)


def _trimmed(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    text = text.rstrip(" \n")
    for span in spans:
        span.end = min(span.end, len(text))
    spans = [span for span in spans if span.end > span.start]
    stripped = text.lstrip(" \n")
    shift = len(text) - len(stripped)
    if shift:
        for span in spans:
            span.start -= shift
            span.end -= shift
    return stripped, spans


def _is_invisible(text: str) -> bool:
    return all(
        character in _INVISIBLE or unicodedata.category(character) in ("Cf", "Zs", "Cc", "Mn") for character in text
    )


def _fixed(spans: list[Span]) -> list[Span]:
    """Entities that nest properly, by Telegram's rules of precedence.

    Continuous ones (links, mentions, code) never cross each other nor the edge of a quotation; the others (bold,
    italic …) of one kind are joined, are cut where another entity begins or a continuous one ends, and vanish
    inside code.
    """
    spans = in_order(spans)
    if all(left.end < right.start for left, right in pairwise(spans)):
        return spans
    quotes = without_overlaps([span for span in spans if not span.is_splittable and not span.is_continuous])
    continuous = [
        span
        for span in without_overlaps([span for span in spans if span.is_continuous])
        if not any(_clashes(span, quote) for quote in quotes)
    ]
    solid = continuous + quotes
    joined = [piece for kind in SPLITTABLE for piece in _joined([s for s in spans if s.kind == kind])]
    cuts = {span.start for span in joined} | {span.start for span in solid} | {span.end for span in solid}
    code = [span for span in solid if span.kind in PREFORMATTED]
    pieces = [piece for span in joined for piece in _cut(span, cuts)]
    return in_order(solid + [piece for piece in pieces if not any(piece.overlaps(span) for span in code)])


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1].end = max(joined[-1].end, span.end)
        else:
            joined.append(Span(span.kind, span.start, span.end))
    return joined


def _cut(span: Span, cuts: set[int]) -> list[Span]:
    edges = [span.start, *sorted(cut for cut in cuts if span.start < cut < span.end), span.end]
    return [Span(span.kind, start, end) for start, end in pairwise(edges)]
