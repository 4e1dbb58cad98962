"""What looks like a date and is none: numbers of orders, ages, classes, sums, addresses, cohorts.

A guard covers its stretch of the text with a mask of the same length, so that no rule can see a date in it, while the
positions in the text stay.
"""

from __future__ import annotations

import re

MASK = "\u25a1"

_DATE = r"\d{1,2}(?:[./]\d{1,2}[./]\d{2,4}|\s+[а-яё]{3,9}\.?(?:\s+\d{4})?)(?:\s*г(?:\.|ода)?)?"
_YEARS = r"\d{4}(?:\s*(?:[-,]|и)\s*\d{4}){0,4}\s*(?:гг?\.|год\w{0,3})?"
_NUMBER_SIGN = r"(?:№|N[oо]?\.?\s?(?=\d))"
_PARTICIPLE = r"\b[а-яё]{3,25}(?:нн|вш|ющ|ущ|ящ|ащ)(?:ы[хем]|ыми|и[ехм]|ими|ого|его|ый|ий|ая|ой|ей|ую|ое|ом)(?:ся)?"
_PARTICIPLE += r"|\b(?:откры|закры|приня|нача|взя|заня)т(?:ы[хе]|ого|ая|ый|ой|ую|ое)"
_PARAGRAPH = r"п|пп|пункт\w{0,3}|подпункт\w{0,3}|ст|стать\w{1,3}|част\w{1,2}|раздел\w{0,3}|глав\w{1,2}|строк\w{1,2}"
_PLACE = r"каб|кабинет\w{0,2}|ауд|аудитори\w{1,2}|прил|приложени\w{1,2}|табл|таблиц\w{1,2}|рис|стр|этаж"

_CLAUSE_NUMBER = re.compile(r"^(?:\d+\.){2,}\s+(?=[А-ЯЁ])|^\d+\)\s+")

_GUARDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:https?://|www\.)\S+|(?<!\S)\S{1,60}@\S{1,60}",
        rf"\bот\s+{_DATE}(?:\s*,?\s*{_NUMBER_SIGN}\s*[^\s();]+)?",
        rf"{_DATE}\s*{_NUMBER_SIGN}\s*[^\s();]+",
        rf"{_NUMBER_SIGN}\s*[\w/.-]{{1,20}}",
        r"\b\d{1,4}\s?-?лет(?:и[еяю]\w{0,2})?\s+(?:со?\s+дня|с\s+момента|с\s+даты|победы|образовани)\b.*",
        rf"{_YEARS}\s*(?:рождения|р\.|выпуска|постройки|издания|создания|основания|ввода)",
        rf"\b(?:выпускник\w{{0,3}}|призывник\w{{0,3}}|когорт\w{{1,2}}|обладател\w{{1,3}})\s+{_YEARS}",
        r"(?<=[а-яё]{4} )года\s*[-\"«]?\s*\d{4}",
        r"©.*",
        r"\bв возрасте\b[^,;()]*",
        r"\b(?:от\s+)?\d{1,2}\s*(?:-|до)\s*\d{1,2}\s+лет\b",
        r"\b(?:старше|младше|достиг\w{0,6}|с|до|от)\s+\d{1,2}(?:-?ти)?\s+(?:лет|года)\b|\b\d{1,2}-?лет(?:н|и)\w{1,4}",
        r"\b\d{1,2}(?:-?[хеый]{1,2})?(?:\s*(?:[-,/]|и|по|до)\s*\d{1,2}(?:-?[хеый]{1,2})?){0,6}\s*(?:класс|кл\.)\w{0,3}",
        r"(?<!\d)\d{1,9}(?:[.,]\d{1,4})?\s?%",
        r"\bтел(?:ефон\w{0,2}|\.|:).*|(?:\+7|\b8)[\s-]?\(\d{3,5}\).*",
        rf"\b(?:{_PARAGRAPH}|{_PLACE})(?:\.|\s)\s?\d+(?:[.,-]\d+)*",
        r"\b(?:ул|улиц\w{1,2}|просп|проспект\w{0,2}|пл|площад\w{1,2}|пер|им|имени|пр-т)(?:\.|\s)[^;()]*",
        r"\b[IVX]{1,4}\s+век\w{0,3}|\b\d{1,2}(?:-?го)?\s+век\w{0,3}",
        rf"(?:{_PARTICIPLE})(?:\s+[а-яё]{{2,20}}){{0,3}}?\s+(?:в|с|до|по|за|на|от|к)\s+(?=\d).*",
    )
)
_CLAUSE_ALONE = re.compile(r"^(?:\d\.\d{1,2}|\d{1,2}\.\d)\.?$")
_MONEY = re.compile(r"(?<!\d)\d[\d ]{0,18}(?:[.,]\d{1,4})?\s?(?:тыс|млн|млрд)?\.?\s*(?:руб|₽)", re.IGNORECASE)


def mask(text: str) -> str:
    """The normalised text with everything that is guarded covered; its length does not change."""
    if _MONEY.search(text) or _CLAUSE_ALONE.match(text):
        return MASK * len(text)
    text = _CLAUSE_NUMBER.sub(lambda match: " " * len(match.group()), text)
    for guard in _GUARDS:
        text = guard.sub(lambda match: MASK * len(match.group()), text)
    return text
