"""A marked stretch of text, in code points while it is worked on; UTF-16 only at the edges."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
PREFORMATTED = frozenset({"code", "pre"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
# How the real server orders entities that begin and end together.
_ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            "expandable_blockquote",
            "blockquote",
            "url",
            "text_link",
            "email",
            "mention",
            "text_mention",
            "hashtag",
            "cashtag",
            "bot_command",
            "phone_number",
            "date_time",
            "pre",
            "code",
            "bold",
            "italic",
            "underline",
            "strikethrough",
            "spoiler",
            "custom_emoji",
        )
    )
}


@dataclass(slots=True)
class Span:
    kind: str
    start: int
    end: int
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def is_splittable(self) -> bool:
        return self.kind in SPLITTABLE

    @property
    def is_continuous(self) -> bool:
        return self.kind not in SPLITTABLE and self.kind not in QUOTES

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def in_order(spans: list[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.start, -span.end, _ORDER.get(span.kind, 99)))


class Utf16Offsets:
    """Turns positions in code points into UTF-16 units and back."""

    def __init__(self, text: str) -> None:
        self._offsets: list[int] | None = None
        if text and max(text) > "\uffff":
            self._offsets = [0]
            for character in text:
                self._offsets.append(self._offsets[-1] + 1 + (character > "\uffff"))
        self._length = len(text)

    def of(self, position: int) -> int:
        return position if self._offsets is None else self._offsets[position]

    def position(self, offset: int) -> int | None:
        """The code point at a UTF-16 offset; None inside a surrogate pair. Past the end it is past the end."""
        if self._offsets is None:
            return offset
        if offset > self._offsets[-1]:
            return self._length + 1
        place = bisect_left(self._offsets, offset)
        return place if self._offsets[place] == offset else None


def as_entities(text: str, spans: list[Span]) -> list[dict[str, Any]]:
    """MessageEntity objects, offsets and lengths in UTF-16 units."""
    offsets = Utf16Offsets(text)
    entities = []
    for span in spans:
        offset = offsets.of(span.start)
        entities.append({"offset": offset, "length": offsets.of(span.end) - offset, "type": span.kind} | span.extra)
    return entities
