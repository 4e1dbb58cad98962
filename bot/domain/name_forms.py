"""A person's name as its words sound, whatever alphabet, order and capitals it was typed in.

Cyrillic and Latin are both brought to one skeleton of letters: «Щербакова Юлия», «Shcherbakova Yuliya» and
«SCHERBAKOVA Iuliia» have the same. Only its equality means anything; it is never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.names import one_line

# Capitals stand for the sounds that Latin writes with several letters in several ways.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "J", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "C", "ч": "Q", "ш": "W", "щ": "W", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u", "ә": "e", "ө": "o", "ү": "u", "ұ": "u", "қ": "k", "ғ": "g",
    "ң": "n", "һ": "h",
}  # fmt: skip
_LATIN = (
    ("shch", "W"), ("sch", "W"), ("sh", "W"), ("zh", "J"), ("kh", "h"), ("ch", "Q"), ("ts", "C"), ("tz", "C"),
    ("yu", "iu"), ("ju", "iu"), ("ya", "ia"), ("ja", "ia"), ("ye", "e"), ("je", "e"), ("yo", "e"), ("jo", "e"),
    ("ph", "f"), ("x", "ks"), ("w", "v"), ("q", "k"), ("c", "k"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_MARKS = str.maketrans("šžčćáéíóúäöüñ", "WJQQaeiouaoun")
_PATRONYMIC = re.compile(r".+(?:viQ|(?:v|iQ|iniQ)na|ogli|ugli|kizi)|il[ií]Q|k[ou]zmiQ|fomiQ|lukiQ|nikitiQ|savviQ")
_NOISE = re.compile(
    r"школ|сош|оош|гимнази|лице[йи]|мбоу|мкоу|маоу|гбоу|доу|цдо|район|област|город|учител|педагог|методист|директор|"
    r"завуч|координатор|наставник|тьютор|гост|guest|iphone|ipad|android|samsung|redmi|huawei|xiaomi|galaxy|user|"
    r"teacher|school|host|organizer|presenter|организатор|ведущ|модератор|участник|неподтвержд|unverified"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ`][^\W\d_]+)*")
_ASIDE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|\d+[-–]?[а-я]?\b")
_PARTS = re.compile(r"[,;|/\\]| [-–—:] ")


@dataclass(frozen=True, slots=True)
class NameForm:
    """``words`` as skeletons, ``initials`` as the first letters of such; ``surnames``: which may be the surname."""

    words: tuple[str, ...]
    initials: tuple[str, ...]
    surnames: frozenset[str]


def name_form(text: str) -> NameForm:
    """The name in it: what stands in brackets, a school's name and a telephone's are not looked at."""
    name = _ASIDE.sub(" ", one_line(text).casefold())
    parts = [words for part in _PARTS.split(name) if (words := _words(part))]
    found = parts[0] if parts else []
    if parts and len(found) == 1 and len(parts) > 1 and len(parts[1]) <= 2:  # «Иванова, Анна»
        found = [*found, *parts[1]]
    sounds = tuple(sound for word in found if len(word) > 1 and (sound := skeleton(word)))
    initials = tuple(skeleton(word)[:1] for word in found if len(word) == 1)
    return NameForm(sounds, initials, _surnames(sounds))


def has_words(full_name: str, query: str) -> bool:
    """Whether each word that was typed begins a word of the name: «иван ан» and «Ivan» find «Иванова Анна»."""
    words = [skeleton(word) for word in _WORD.findall(full_name)]
    asked = [skeleton(word) for word in _WORD.findall(query)]
    return bool(asked) and all(any(word.startswith(begun) for word in words) for begun in asked)


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """The letters of one word; doubled ones once, because «Анна» is «Ana» to many a keyboard."""
    plain = word.casefold()
    if re.search(r"[a-z]", plain):
        plain = plain.translate(_MARKS)
        for written, sound in _LATIN:
            plain = plain.replace(written, sound)
    letters = "".join(_CYRILLIC.get(sign, sign) for sign in plain if sign.isalpha())
    return re.sub(r"(.)\1+", r"\1", letters.replace("ts", "C"))


def is_near(one: str, other: str) -> bool:
    """Whether two skeletons differ by one letter: changed, left out, added, or two that changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _words(part: str) -> list[str]:
    words = [match.group() for match in _WORD.finditer(part)]
    return [word for word in words if not _NOISE.search(word)]


def _surnames(words: tuple[str, ...]) -> frozenset[str]:
    """«Фамилия Имя Отчество» and «Имя Отчество Фамилия» say which it is; of two words either may be."""
    if len(words) >= 3:
        place = next((at for at, word in enumerate(words) if _PATRONYMIC.fullmatch(word)), None)
        if place == len(words) - 1:
            return frozenset(words[:-2])
        if place is not None:
            return frozenset(words[place + 1 :])
    return frozenset(word for word in words if not _PATRONYMIC.fullmatch(word)) or frozenset(words)
