"""Whitespace, links and words cut in two: how the text of a cell is put in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")  # soft hyphen, zero width, direction marks
SPACES = re.compile(r"[^\S\n]+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

_URL = re.compile(r"(?:https?|ftp)://[^\s<>«»\"]+", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
_ALLOWED = re.compile(r"(?:https?|ftp)://\S+\Z|mailto:[^\s@]+@\S+\Z", re.IGNORECASE)
_INITIAL_AT_END = re.compile(r"(?<!\w)[А-ЯЁ]\.\Z")
_LEAST_PIECE = 4  # letters: «на» and «до» are no pieces of «надо»
_LONGEST_WORD = 60
_TRAILING = ".,;:!?'…"
_LONGEST_QUOTE = 60
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def normalised(text: str) -> str:
    """One space for many, ``\\n`` between the non-empty lines, nothing invisible, composed letters."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", CONTROLS.sub("", text)))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def flat(text: str) -> str:
    """The same on one line: what a rule about phrases reads."""
    return " ".join(text.split())


def links_in(text: str) -> tuple[str, ...]:
    """Addresses written out in a text: pages, and e-mail as ``mailto:``."""
    found = [_trimmed(match.group()) for match in _URL.finditer(text)]
    found += [f"mailto:{match.group()}" for match in _MAIL.finditer(_URL.sub(" ", text))]
    return unique(found)


def safe_links(links: Iterable[str]) -> tuple[str, ...]:
    """Those that may be shown as buttons: web pages and e-mail, never ``javascript:`` or a path on somebody's disk."""
    return unique(link.strip() for link in links if len(link) <= 2000 and _ALLOWED.match(link.strip()))


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order of its first appearance."""
    return tuple(dict.fromkeys(values))


def without_links(text: str) -> str:
    """The text without the addresses in it, in single spaces."""
    return normalised(_URL.sub(" ", text))


def quoted(text: str) -> str:
    """How a paragraph without a number is named: by how it begins."""
    text = flat(text)
    return f"«{text[:_LONGEST_QUOTE].rstrip()}…»" if len(text) > _LONGEST_QUOTE else f"«{text}»"


def without_full_stop(text: str) -> str:
    """«Плутенко А.Д.» keeps its dot, a sentence does not."""
    text = text.strip(" ;")
    return text if _INITIAL_AT_END.search(text) else text.rstrip(" .;")


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Every word, in small letters: what ``joined`` takes for known."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def joined(left: str, right: str, known_words: frozenset[str]) -> str:
    """Puts together a cell that a page cut in two.

    A hyphen at the cut stays («естественно-» + «научной») unless the rest of the document knows the word without it
    («образо-» + «вания»): nothing is lost where nobody can tell. A new sentence begins a new line.
    """
    if not left or not right:
        return left or right
    head = re.search(r"[^\W\d_]+-\Z", left[-_LONGEST_WORD:])
    tail = re.match(r"[^\W\d_]+", right[:_LONGEST_WORD])
    if head and tail and tail.group()[0].islower():
        whole = (head.group()[:-1] + tail.group()).lower()
        return left[:-1] + right if whole in known_words else left + right
    if _is_word_cut(left, right, known_words):
        return left + right
    if left[-1] == "/" and left[-2:-1].isalpha() and right[0].isalpha():
        return left + right  # «исполнители/» + «соисполнители»
    is_new_sentence = left[-1] in ".;:!?" and not right[0].islower()
    return f"{left}\n{right}" if is_new_sentence else f"{left} {right}"


def _is_word_cut(left: str, right: str, known_words: frozenset[str]) -> bool:
    """A .pdf may cut a word at the end of a page without a hyphen: «соисполни» + «телей»."""
    head = re.search(r"[^\W\d_]+\Z", left[-_LONGEST_WORD:])
    tail = re.match(r"[^\W\d_]+", right[:_LONGEST_WORD])
    if head is None or tail is None or not right[0].islower():
        return False
    return len(head.group()) >= _LEAST_PIECE and (head.group() + tail.group()).lower() in known_words


def _trimmed(url: str) -> str:
    url = url.rstrip(_TRAILING)
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(_TRAILING)
    return url
