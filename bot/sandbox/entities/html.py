"""Telegram's HTML: the tags it knows, its errors word for word with their byte offsets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.entities.links import WrongLinkError, checked_link, linked_user_id
from bot.sandbox.entities.spans import Span, in_order
from bot.sandbox.errors import refusal

FindUser = Callable[[int], dict[str, Any] | None]

_PLAIN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(_PLAIN_TAGS) | {"a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_SPACES = " \t\r\n\v\0"
_TAG_NAME = re.compile(r"[^ \t\r\n\v\0>]*")
_GAP = re.compile(r"[ \t\r\n\v\0]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\v\0=>/\"']*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_TEXT = re.compile(r"[^<&]+")
_ARGUMENTS = {("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")}


@dataclass(slots=True)
class _OpenTag:
    name: str
    argument: str
    format: str
    start: int  # in the resulting text


def parse_html(source: str, find_user: FindUser) -> tuple[str, list[Span]]:
    """The text without tags and its entities, in code points. Raises ApiError 400 with Telegram's words."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Parser(source, find_user).run()


class _Parser:
    def __init__(self, source: str, find_user: FindUser) -> None:
        self._source = source
        self._find_user = find_user
        self._at = 0
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_OpenTag] = []
        self._spans: list[Span] = []
        self._languages: dict[int, str] = {}  # of a code span that may still become a pre, by its identity

    def run(self) -> tuple[str, list[Span]]:
        source = self._source
        while self._at < len(source):
            if plain := _TEXT.match(source, self._at):
                self._emit(plain[0])
                self._at = plain.end()
            elif source[self._at] == "&":
                self._ampersand()
            elif source[self._at + 1 : self._at + 2] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise _error(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return "".join(self._parts), in_order(self._spans)

    def _ampersand(self) -> None:
        character = self._reference()
        if character is None:
            self._at += 1
        self._emit(character or "&")

    def _emit(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _reference(self) -> str | None:
        """Decodes a reference at the cursor and moves past it; None leaves the ampersand as it stands."""
        match = _REFERENCE.match(self._source, self._at)
        if match is None:
            return None
        character = _decode(match)
        if character is not None:
            self._at = match.end()
        return character

    def _start_tag(self) -> None:
        begin = self._at
        name_match = _TAG_NAME.match(self._source, begin + 1)
        assert name_match is not None
        self._at = name_match.end()
        if self._at >= len(self._source):
            raise self._located("Unclosed start tag", begin)
        name = name_match[0].lower()
        if name not in _TAGS:
            raise self._located(f'Unsupported start tag "{name}"', begin)
        tag = _OpenTag(name, "", "", self._length)
        while self._skip_gap() != ">":
            self._attribute(tag, begin)
        self._at += 1
        if name == "span" and tag.argument != "spoiler":
            raise self._located('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(tag)

    def _attribute(self, tag: _OpenTag, begin: int) -> None:
        name_match = _ATTRIBUTE_NAME.match(self._source, self._at)
        assert name_match is not None
        name = name_match[0]
        self._at = name_match.end()
        if not name:
            raise self._located(f'Empty attribute name in the tag "{tag.name}"', begin)
        following = self._skip_gap()
        if following == "=":
            self._at += 1
            if not self._skip_gap():
                raise self._located(f'Unclosed start tag "{tag.name}"', begin)
            _note(tag, name, self._attribute_value(begin))
        elif not following:
            raise self._located(f'Unclosed start tag "{tag.name}"', begin)
        elif (tag.name, name) == ("blockquote", "expandable"):
            tag.argument = "1"

    def _attribute_value(self, begin: int) -> str:
        source = self._source
        quote = source[self._at]
        if quote not in "\"'":
            token = _NAME_TOKEN.match(source, self._at)
            assert token is not None
            start, self._at = self._at, token.end()
            if self._at < len(source) and source[self._at] not in _SPACES + ">":
                raise self._located("Unexpected end of name token", start)
            value = token[0].lower()
        else:
            self._at += 1
            value = self._quoted(quote)
        if self._at >= len(source):
            raise self._located("Unclosed start tag", begin)
        return value

    def _quoted(self, quote: str) -> str:
        value: list[str] = []
        while self._at < len(self._source) and self._source[self._at] != quote:
            character = self._reference() if self._source[self._at] == "&" else None
            if character is None:
                character = self._source[self._at]
                self._at += 1
            value.append(character)
        self._at += self._at < len(self._source)
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._located("Unexpected end tag", begin)
        name_match = _TAG_NAME.match(self._source, begin + 2)
        assert name_match is not None
        self._at = name_match.end()
        if self._skip_gap() != ">":
            raise self._located("Unclosed end tag", begin)
        self._at += 1
        name = name_match[0].lower()
        tag = self._open.pop()
        if name and name != tag.name:
            offset = len(self._source[:begin].encode())
            raise _error(f'Unmatched end tag at byte offset {offset}, expected "</{tag.name}>", found "</{name}>"')
        if self._length > tag.start:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        if tag.name in _PLAIN_TAGS:
            self._add(_PLAIN_TAGS[tag.name], tag)
        elif tag.name == "a":
            self._close_link(tag)
        elif tag.name == "tg-emoji":
            if not tag.argument.isdecimal() or int(tag.argument) == 0:
                raise _error("Invalid custom emoji identifier specified")
            self._add("custom_emoji", tag, custom_emoji_id=tag.argument)
        elif tag.name == "tg-time":
            self._close_time(tag)
        elif tag.name == "blockquote":
            self._add("expandable_blockquote" if tag.argument else "blockquote", tag)
        else:
            self._close_preformatted(tag)

    def _close_link(self, tag: _OpenTag) -> None:
        url = tag.argument or "".join(self._parts)[tag.start :]
        user_id = linked_user_id(url)
        if user_id is not None:
            # A user the server does not know cannot be mentioned: the text stays plain.
            user = self._find_user(user_id)
            if user is not None:
                self._add("text_mention", tag, user=user)
            return
        try:
            self._add("text_link", tag, url=checked_link(url))
        except WrongLinkError:
            return

    def _close_time(self, tag: _OpenTag) -> None:
        if not tag.argument.lstrip("-").isdecimal():
            raise _error("Invalid Unix time specified")
        extra: dict[str, Any] = {"unix_time": int(tag.argument)}
        if tag.format:
            extra["date_time_format"] = tag.format
        self._add("date_time", tag, **extra)

    def _close_preformatted(self, tag: _OpenTag) -> None:
        """`<pre><code class="language-x">` in either order, covering the same text, is one `pre` with a language."""
        last = self._spans[-1] if self._spans else None
        covers_same = last is not None and (last.start, last.end) == (tag.start, self._length)
        if last is not None and covers_same and tag.name == "pre" and last.kind == "code":
            language = self._languages.get(id(last), "")
            if language:
                last.kind, last.extra = "pre", {"language": language}
                return
        if last is not None and covers_same and tag.name == "code" and last.kind == "pre" and tag.argument:
            last.extra = {"language": tag.argument}
            return
        self._add(tag.name, tag)
        if tag.name == "code":
            self._languages[id(self._spans[-1])] = tag.argument

    def _add(self, kind: str, tag: _OpenTag, **extra: Any) -> None:
        self._spans.append(Span(kind, tag.start, self._length, extra))

    def _skip_gap(self) -> str:
        gap = _GAP.match(self._source, self._at)
        assert gap is not None
        self._at = gap.end()
        return self._source[self._at : self._at + 1]

    def _located(self, message: str, position: int) -> Exception:
        return _error(f"{message} at byte offset {len(self._source[:position].encode())}")


def _note(tag: _OpenTag, name: str, value: str) -> None:
    if (tag.name, name) in _ARGUMENTS:
        tag.argument = value
    elif (tag.name, name) == ("code", "class") and value.startswith("language-"):
        tag.argument = value.removeprefix("language-")
    elif (tag.name, name) == ("span", "class") and value.startswith("tg-"):
        tag.argument = value.removeprefix("tg-")
    elif (tag.name, name) == ("blockquote", "expandable"):
        tag.argument = "1"
    elif (tag.name, name) == ("tg-time", "format"):
        tag.format = value


def _decode(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return _NAMED.get(name)
    digits = hexadecimal or decimal
    if len(digits) > 8:
        return None
    code = int(digits, 16 if hexadecimal else 10)
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code)


def _error(message: str) -> Exception:
    return refusal(f"can't parse entities: {message}")
