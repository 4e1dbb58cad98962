"""Telegram's two Markdowns: MarkdownV2 without quotations, and the legacy one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from bot.sandbox.entities.html import FindUser
from bot.sandbox.entities.links import WrongLinkError, checked_link, linked_user_id
from bot.sandbox.entities.spans import Span, in_order
from bot.sandbox.errors import refuse

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = {
    "```": ("pre", "PreCode"),
    "`": ("code", "Code"),
    "__": ("underline", "Underline"),
    "_": ("italic", "Italic"),
    "*": ("bold", "Bold"),
    "~": ("strikethrough", "Strikethrough"),
    "||": ("spoiler", "Spoiler"),
    "[": ("text_link", "TextUrl"),
}
_LANGUAGE = re.compile(r"([^\s`]*)\n")


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    at: int


def parse_markdown_v2(source: str, find_user: FindUser) -> tuple[str, list[Span]]:
    """Raises ApiError 400 for a reserved character and for an entity without an end."""
    return _V2(source, find_user).run()


class _V2:
    def __init__(self, source: str, find_user: FindUser) -> None:
        self._source = source
        self._find_user = find_user
        self._at = 0
        self._text: list[str] = []
        self._open: list[_Open] = []
        self._spans: list[Span] = []

    def run(self) -> tuple[str, list[Span]]:
        while self._at < len(self._source):
            self._step()
        if self._open:
            last = self._open[-1]
            offset = len(self._source[: last.at].encode())
            refuse(f"Can't parse entities: Can't find end of {_MARKS[last.mark][1]} entity at byte offset {offset}")
        return "".join(self._text), in_order(self._spans)

    def _step(self) -> None:
        character = self._source[self._at]
        following = self._source[self._at + 1 : self._at + 2]
        if character == "\\" and following and 0 < ord(following) <= 126:
            self._text.append(following)
            self._at += 2
            return
        mark = self._mark()
        if mark is None:
            if character in _RESERVED and not self._is_in_code():
                refuse(
                    f"Can't parse entities: Character '{character}' is reserved "
                    "and must be escaped with the preceding '\\'"
                )
            self._text.append(character)
            self._at += 1
        elif self._open and self._closes(mark):
            self._end(mark)
        else:
            self._begin(mark)

    def _is_in_code(self) -> bool:
        return bool(self._open) and self._open[-1].mark in ("`", "```")

    def _mark(self) -> str | None:
        """The mark at the cursor; inside code only the one that ends it."""
        if self._is_in_code():
            mark = self._open[-1].mark
            return mark if self._source.startswith(mark, self._at) else None
        if self._source[self._at] == "]" and self._open and self._open[-1].mark == "[":
            return "]"
        for mark in ("```", "`", "__", "_", "*", "~", "||", "["):
            if self._source.startswith(mark, self._at):
                return mark
        return None

    def _closes(self, mark: str) -> bool:
        last = self._open[-1].mark
        return last == mark or (last == "[" and mark == "]")

    def _begin(self, mark: str) -> None:
        self._open.append(_Open(mark, len(self._text), self._at))
        self._at += len(mark)

    def _end(self, mark: str) -> None:
        opened = self._open.pop()
        self._at += len(mark)
        if mark == "]":
            self._link(opened)
        elif len(self._text) > opened.start:
            span = Span(_MARKS[mark][0], opened.start, len(self._text))
            if mark == "```":
                self._take_language(span)
            self._spans.append(span)

    def _take_language(self, span: Span) -> None:
        match = _LANGUAGE.match("".join(self._text), span.start)
        if match and match.end() < span.end:
            del self._text[span.start : match.end()]
            span.end = len(self._text)
            if match[1]:
                span.extra = {"language": match[1]}

    def _link(self, opened: _Open) -> None:
        label = "".join(self._text[opened.start :])
        url = label
        if self._source[self._at : self._at + 1] == "(":
            closing = re.compile(r"(?:\\.|[^)\\])*").match(self._source, self._at + 1)
            assert closing is not None
            if self._source[closing.end() : closing.end() + 1] != ")":
                offset = len(self._source[: self._at].encode())
                refuse(f"Can't parse entities: Can't find end of a URL at byte offset {offset}")
            url = re.sub(r"\\(.)", r"\1", closing[0])
            self._at = closing.end() + 1
        span = _link_span(url, opened.start, len(self._text), self._find_user)
        if span is not None and span.end > span.start:
            self._spans.append(span)


def _link_span(url: str, start: int, end: int, find_user: FindUser) -> Span | None:
    user_id = linked_user_id(url)
    if user_id is not None:
        user = find_user(user_id)
        return None if user is None else Span("text_mention", start, end, {"user": user})
    try:
        return Span("text_link", start, end, {"url": checked_link(url)})
    except WrongLinkError:
        return None


_LEGACY = re.compile(r"\\([_*`\[])|(```|[_*`\[])")


def parse_markdown(source: str, find_user: FindUser) -> tuple[str, list[Span]]:
    """Legacy Markdown: no nesting. Raises ApiError 400 for an entity without an end."""
    text = ""
    spans: list[Span] = []
    at = 0
    while match := _LEGACY.search(source, at):
        text += source[at : match.start()]
        at = match.end()
        if match[1]:
            text += match[1]
            continue
        mark = match[2]
        end = source.find("]" if mark == "[" else mark, at)
        if end < 0:
            _no_end(source, match.start())
        start = len(text)
        text += source[at:end]
        at = end + (len(mark) if mark != "[" else 1)
        if mark != "[":
            spans.append(Span(_MARKS[mark][0], start, len(text)))
        elif source[at : at + 1] == "(":
            closing = source.find(")", at)
            if closing < 0:
                _no_end(source, match.start())
            span = _link_span(source[at + 1 : closing], start, len(text), find_user)
            spans += [span] if span else []
            at = closing + 1
    return text + source[at:], in_order([span for span in spans if span.end > span.start])


def _no_end(source: str, position: int) -> NoReturn:
    offset = len(source[:position].encode())
    refuse(f"Can't parse entities: Can't find end of the entity starting at byte offset {offset}")
