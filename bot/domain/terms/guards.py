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
_PARTICIPLE = r"\b(?!следующ|предстоящ|настоящ)[а-яё]{3,25}(?:нн|вш|ющ|ущ|ящ|ащ)"
_PARTICIPLE += r"(?:ы[хем]|ыми|и[ехм]|ими|ого|его|ый|ий|ая|ой|ей|ую|ое|ом)(?:ся)?"
_PARTICIPLE += r"|\b(?:откры|закры|приня|нача|взя|заня)т(?:ы[хе]|ого|ая|ый|ой|ую|ое)"
_PARAGRAPH = r"п|пп|пункт\w{0,3}|подпункт\w{0,3}|ст|стать\w{1,3}|част\w{1,2}|раздел\w{0,3}|глав\w{1,2}|строк\w{1,2}"
_PARAGRAPH += r"|модул\w{0,3}|тем[аеыу]|урок\w{0,2}|лекци\w{1,2}|вопрос\w{0,2}|верси\w{1,2}|шаг\w{0,2}"
_PLACE = r"каб|кабинет\w{0,2}|ауд|аудитори\w{1,2}|прил|приложени\w{1,2}|табл|таблиц\w{1,2}|рис|стр|этаж"

_PAST = r"(?:был|стал|прош[её]л|прошл|состоял|родил|обучал|участвовал|принял|получил|выступил|составил|работал)"
_PAST += r"(?:[аои])?(?:с[ья])?|(?:приобретен|зарегистрирован|создан|открыт|основан|обучен|издан|принят|построен)[аоы]?"
_PAST += r"|(?:награжден|избран|провед[её]н|утвержд[её]н|исполнен|выполнен)[аоы]?"
_NO_TERM = r"\bпо состоянию на\b|\b(?:вступ|утра)[а-яё]+ (?:в )?силу|^повестк|^(?:доля|количество|численность|охват)\b"
_NO_TERM += r"|\bд(?:ата|ень) (?:создани|рождени|основани)|^[а-яё]{3,20}(?:ав|ив|ев|вшись)\b"
_PROSE = re.compile(rf"\b(?:{_PAST})\b|{_NO_TERM}", re.IGNORECASE)
_NOT_PAST = re.compile(r"\b(?:буд[уе]т|быть|долж[а-яё]{1,2})\b", re.IGNORECASE)
_TITLE_PAGE = re.compile(r"^г\.\s?[А-ЯЁ][а-яё-]{2,20}(?:\s[А-ЯЁ][а-яё-]{2,20})?,?\s+\d{4}(?:\s?г(?:\.|од)?)?$")

_CLAUSE_NUMBER = re.compile(r"^(?:\d+\.){2,}\s+(?=[А-ЯЁ])|^\d+\)\s+")

_GUARDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:https?://|www\.)\S+|(?<!\S)\S{1,60}@\S{1,60}",
        rf"\bот\s+{_DATE}(?:\s*,?\s*{_NUMBER_SIGN}\s*[^\s();]+)?",
        rf"{_DATE}\s*{_NUMBER_SIGN}\s*[^\s();]+",
        rf"{_NUMBER_SIGN}\s*[\w/.-]{{1,20}}",
        r"\b\d{1,4}\s?-?лет(?:и[еяю]\w{0,2})?\s+(?:со?\s+дня|с\s+момента|с\s+даты|победы|образовани)\b.*",
        rf"(?:\d{{1,2}}[./]\d{{1,2}}[./])?{_YEARS}\s*(?:рождения|р\b|выпуска|постройки|издания|создания|основания|ввода)",
        rf"\b(?:выпускник\w{{0,3}}|призывник\w{{0,3}}|когорт\w{{1,2}}|обладател\w{{1,3}}|участник\w{{0,3}}|победител\w{{1,3}}|приз[её]р\w{{0,3}}|набор\w{{0,2}})\s+{_YEARS}",
        r"(?<=[а-яё]{4} )года\s*[-\"«]?\s*\d{4}",
        r"©.*",
        r"\b\d{1,4}\s*(?:ак\.?\w*\s*)?час\w{0,3}\s+в\s+(?:год|неделю|день|месяц)\b",
        r"\b(?:гост|санпин|снип|сп)\s+(?:р\s+)?[\d./-]+",
        r"\bродил\w{1,4}\b.*",
        r"\b(?:ГИА|ЕГЭ|ОГЭ|ВПР)\s?-\s?\d{2,4}",
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
_CLAUSE_ALONE = re.compile(r"^(?:\d\.\d{1,2}|\d{1,2}\.\d)\W*$")
_MONEY = re.compile(r"(?<!\d)\d[\d ]{0,18}(?:[.,]\d{1,4})?\s?(?:тыс|млн|млрд)?\.?\s*(?:руб|₽)", re.IGNORECASE)


def mask(text: str) -> str:
    """The normalised text with everything that is guarded covered; its length does not change."""
    if ("руб" in text or "₽" in text) and _MONEY.search(text):
        return MASK * len(text)
    if _CLAUSE_ALONE.match(text) or _TITLE_PAGE.match(text):
        return MASK * len(text)
    text = _CLAUSE_NUMBER.sub(lambda match: " " * len(match.group()), text)
    for guard in _GUARDS:
        text = guard.sub(lambda match: MASK * len(match.group()), text)
    return text


def is_prose(text: str) -> bool:
    """Whether the text tells what has happened, so that a date in it is no term."""
    return _PROSE.search(text) is not None and _NOT_PAST.search(text) is None
