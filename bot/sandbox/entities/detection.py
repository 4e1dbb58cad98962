"""Entities that Telegram finds by itself: addresses, mentions, commands, tags, telephone numbers."""

from __future__ import annotations

import re

from bot.sandbox.entities.spans import Span, in_order

_HINT = re.compile(r"[@/#$+]|\.\w")
_DOTTED = re.compile(r"\w\.\w")
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_MENTION = re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")
_HASHTAG = re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")
_CASHTAG = re.compile(r"(?<![\w$])\$[A-Z]{3,8}(?![\w$])")
_EMAIL = re.compile(r"(?<![\w@.+-])[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w@])")
_PHONE = re.compile(r"(?<![\w+])\+\d(?:[ ()-]{0,2}\d){9,14}(?!\w)")
_WITH_SCHEME = re.compile(r"(?<![\w])(?:https?|ftp)://[^\s<>\"«»]+", re.IGNORECASE)
# The real list holds every top-level domain; these are the ones met in Russian schools' papers.
_BARE = re.compile(
    r"(?<![\w@.:/-])(?:[\w-]{1,63}\.)+"
    r"(?:ru|su|рф|рус|дети|com|org|net|edu|gov|info|me|io|dev|app|online|site|website|space|school|academy|pro|tv|cc|"
    r"by|kz|uz|am|kg|de|uk|fr|eu|us|cn|link|club|store|biz|ai|to|moscow|москва)"
    r"(?::\d{1,5})?(?:[/?#][^\s<>\"«»]*)?(?![\w@])",
    re.IGNORECASE,
)
_TRAILING = ".,:;!?'\"…»”*~|"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def find_entities(text: str) -> list[Span]:
    """In order and without overlaps; what begins earlier wins."""
    if not _HINT.search(text):
        return []
    found: list[Span] = []
    if "://" in text:
        found += [Span("url", *_trimmed(text, match)) for match in _WITH_SCHEME.finditer(text)]
    if _DOTTED.search(text):
        found += [Span("url", *_trimmed(text, match)) for match in _BARE.finditer(text)]
    for kind, sign, pattern in (
        ("bot_command", "/", _COMMAND),
        ("mention", "@", _MENTION),
        ("email", "@", _EMAIL),
        ("hashtag", "#", _HASHTAG),
        ("cashtag", "$", _CASHTAG),
        ("phone_number", "+", _PHONE),
    ):
        if sign in text:
            found += [Span(kind, *match.span()) for match in pattern.finditer(text)]
    return without_overlaps(in_order(found))


def without_overlaps(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, int]:
    """An address does not take with it the full stop that ends the sentence, nor a bracket it did not open."""
    start, end = match.span()
    while end > start:
        last = text[end - 1]
        address = text[start:end]
        if last in _TRAILING or (last in _PAIRS and address.count(last) > address.count(_PAIRS[last])):
            end -= 1
        else:
            break
    return start, end
