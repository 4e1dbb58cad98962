"""From the text of a cell to text that can be split into words: what extractors, typists and OCR leave is repaired.

The letters' case and «ё» stay, because a relative term quotes its event; matching is done on lower case later.
"""

from __future__ import annotations

import html
import re

from bot.domain.terms.typing_errors import is_torn

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_QUOTED_NUMBER = re.compile(r"[«\"“”„'‘’<]{1,2} ?(\d{1,2}) ?[»\"“”„'‘’>]{1,2}")
_BROKEN_WORD = re.compile(r"(?<![а-яё])([а-яё]{1,30})-[^\S\n]{0,9}\n\s{0,9}([а-яё]{1,30})")
_QUOTED_DATE = re.compile(r"[«\"“”„'‘’<]{1,2} ?(\d{1,2}) ?[»\"“”„'‘’>]{1,2}[ .]{0,3}(\d{1,2}) ?\. ?(\d{4})(?!\d)")
_FOOTNOTE = re.compile(r" ?\[\d{1,2}\]")
_BROKEN_OFF_NUMBER = re.compile(r"(\d{1,2}) ?\. ?(\d{1,2}) ?\. ?(\d{4}|\d{2})(?![\d.])")
_EDGES = " \t*¹²³_;,"
_QUOTES = "«»\"“”„'"
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN_UNIT = re.compile(
    r"\b([IVXІХПШУ1l|]{1,4})(?=(?:-?[ыийой]{1,2})?[ -]*(?:кв\b|кв\.|кварт|полуг|декад|четверт))", re.IGNORECASE
)
_COMMA_DATE = re.compile(r"(?<![\d,])(\d{1,2}),(\d{1,2}),((?:19|20)\d{2})(?![\d,])")
_STOPPED_TIME = re.compile(r"(?<![\d.])(\d{1,2}\.\d{2})\. +(?=\d)")
_LOOSE_STOP = re.compile(r"(?<=[а-яё]) \.(?= |$)", re.IGNORECASE)
_LATIN_YEAR = re.compile(r"(?<=\d{4}) ?r(?=\.|$| )")
_GLUED_ROMAN = re.compile(r"\b([IVXІХ]{1,4})(?=(?:кв|полуг|декад|четв|этап))", re.IGNORECASE)
_ROMAN_ENDING = re.compile(r"(?<=[IVX])-(?:ы?й|[еяю]|го|му|о?[мйе])(?![а-яё])")
_TORN_WORD = re.compile(r"(?<![^\W_])([а-яё]{2,12}) (?=([а-яё]{1,9})(?![^\W_]))", re.IGNORECASE)
_ZERO_IN_WORD = re.compile(r"(?<![\w])0(?=[а-яё]{4})|(?<=[а-яё])0(?=[а-яё])")
_DIGIT_LIKE = str.maketrans({"О": "0", "о": "0", "O": "0", "o": "0", "З": "3", "з": "3", "l": "1", "I": "1", "|": "1"})
_SPOILT_NUMBER = re.compile(r"(?<![^\W_])(?=[ОоOoЗзlI|\d]*\d)[ОоOoЗзlI|\d]{2,4}(?![^\W_])")

_TO_CYRILLIC = str.maketrans(
    "aAeEoOpPcCyYxXkKMTHBDVmtnugr3iI",
    "аАеЕоОрРсСуУхХкКМТНВДВмтпигрзіІ",
)
_LOOKALIKES = frozenset("aAeEoOpPcCyYxXkKMTHBmt")
_ROMAN_LIKE = str.maketrans({"І": "I", "Х": "X", "і": "i", "х": "x", "Ѵ": "V"})
_ROMAN_LETTERS = frozenset("IVXІХѴ")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-Яа-яЁёІі]")

_MONTH_HALVES = re.compile(r"(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яй]{0,2}$")
_SHORT_CYRILLIC = frozenset(["с", "к", "о", "а", "у", "мск", "от", "не", "до", "по", "нас", "со", "ко", "на", "в"])


def normalise(text: str) -> str:
    """The text with plain spaces, hyphens and letters. Never raises; any text comes back as some text."""
    plain = _INVISIBLE.sub("", html.unescape(text))
    plain = _TAGS.sub(" ", _DASHES.sub("-", plain))
    plain = _BROKEN_WORD.sub(_join_halves, plain)
    plain = _SPACES.sub(" ", plain).replace("…", "...").replace("ё", "ё").replace("й", "й")
    plain = _ZERO_IN_WORD.sub("о", plain)
    plain = _FOOTNOTE.sub("", plain)
    plain = _QUOTED_DATE.sub(r" \1.\2.\3", plain)
    plain = _QUOTED_NUMBER.sub(r" \1 ", plain)
    plain = _SPOILT_NUMBER.sub(_restore_digits, plain)
    plain = _BROKEN_OFF_NUMBER.sub(r"\1.\2.\3", plain)
    plain = _COMMA_DATE.sub(r"\1.\2.\3", plain)
    plain = _LATIN_YEAR.sub(" г", _STOPPED_TIME.sub(r"\1 ", plain))
    plain = _GLUED_ROMAN.sub(r"\1 ", _LOOSE_STOP.sub(".", plain))
    plain = _WORD.sub(_one_alphabet, plain)
    plain = _ROMAN_UNIT.sub(_restore_roman, plain)
    plain = _ROMAN_ENDING.sub("", plain)
    plain = _TORN_WORD.sub(_join_torn, plain)
    plain = _SPACES.sub(" ", plain).strip(_EDGES)
    if plain[:1] in _QUOTES and plain[-1:] in _QUOTES:
        plain = plain[1:-1].strip(_EDGES)
    return plain


def _join_halves(match: re.Match[str]) -> str:
    """«октя-\\nбря» is one word, «октябрь-\\nноябрь» are two."""
    left, right = match.groups()
    if _MONTH_HALVES.match(left) or _MONTH_HALVES.match(right):
        return f"{left}-{right}"
    return left + right


def _join_torn(match: re.Match[str]) -> str:
    """«ноя бря», «понедельн ик»: two pieces that are a long word of time together and no words apart."""
    left, right = match.group(1), match.group(2)
    return left if is_torn(left.lower(), right.lower()) else match.group()


def _restore_digits(match: re.Match[str]) -> str:
    return match.group().translate(_DIGIT_LIKE)


def _restore_roman(match: re.Match[str]) -> str:
    """«П квартал», «Ш квартал», «1У квартал»: Cyrillic letters and digits in the place of Roman numerals."""
    text = match.group(1).replace("l", "I").replace("|", "I").upper()
    if text == "1":
        return match.group(1)
    return text.translate(_ROMAN_LIKE).replace("П", "II").replace("Ш", "III").replace("У", "V").replace("1", "I")


def _one_alphabet(match: re.Match[str]) -> str:
    """A word of mixed alphabets is brought to one: «cентября» to Cyrillic, «ІV» to Latin Roman digits."""
    word = match.group()
    if not _LATIN.search(word):
        return word.translate(_ROMAN_LIKE) if len(word) > 1 and set(word) <= _ROMAN_LETTERS else word
    if set(word) <= _ROMAN_LETTERS:
        return word.translate(_ROMAN_LIKE)
    if _CYRILLIC.search(word):
        return word.translate(_TO_CYRILLIC)
    if set(word) <= _LOOKALIKES and word.translate(_TO_CYRILLIC).lower() in _SHORT_CYRILLIC:
        return word.translate(_TO_CYRILLIC)
    return word
