"""What a spreadsheet shows for a number: a date, an hour, a percentage, as the format of the cell says.

A day is shown as far as its format shows it and no further: «15 ноября» stays without the year in which it was typed,
«ноябрь 2025» without a day. Figures carry a decimal comma, as they do in Russian.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

_MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
           "декабрь")  # fmt: skip
_OF_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
              "декабря")  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)  # a colour, a language, a condition
_TOKEN = re.compile(r"\[h+\]|\[m+\]|\[s+\]|y+|e+|m+|d+|h+|s+|am/pm|a/p|г+|д+", re.IGNORECASE)
_FIGURE = re.compile(r"[#0?]+(?:[ ,\u00a0][#0?]{3})*(?:\.(?P<decimals>[0#?]+))?")
_LONGEST_FORMAT = 255
_LARGEST = 1e15  # beyond, a spreadsheet shows powers of ten


def format_code(number: int, custom: dict[int, str]) -> str:
    """The code behind the number of a format; the built-in ones are not written in the file."""
    return custom.get(number) or BUILTIN_FORMATS.get(number) or "General"


def shown(value: float, code: str, *, is_1904: bool) -> str:
    """The number as the author saw it."""
    section = code[:_LONGEST_FORMAT].split(";")[0]
    if code != "General" and is_date_format(section):
        return _shown_moment(value, _BRACKETS.sub("", section), is_1904=is_1904)
    return _shown_figure(value, _BRACKETS.sub("", section))


def shown_date(moment: datetime) -> str:
    """A date that the file keeps as one, without a format to say how far it goes."""
    return f"{moment:%d.%m.%Y}" if _is_midnight(moment) else f"{moment:%d.%m.%Y %H:%M}"


def _shown_moment(value: float, section: str, *, is_1904: bool) -> str:
    literals = " ".join(found[0] or found[1] for found in _LITERAL.findall(section))
    tokens = [token.lower() for token in _TOKEN.findall(_LITERAL.sub(" ", section))]
    if any(token.startswith("[") for token in tokens):
        minutes = round(value * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    epoch = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
    try:
        # Half a second more: an hour is a fraction of a day, and 10:30 would be shown as 10:29.
        moment = from_excel(value if value >= 1 else value + 1, epoch)
    except (OverflowError, ValueError):
        return _general(value)
    if not isinstance(moment, datetime) or value < 0:
        return _general(value)
    moment += timedelta(milliseconds=500)
    has_clock = any(token[0] in "hs" for token in tokens)
    months = [token for at, token in enumerate(tokens) if token[0] == "m" and not _is_minute(tokens, at)]
    has_day = any(token in {"d", "dd"} for token in tokens)
    year = f" {moment.year}" if any(token[0] in "ye" for token in tokens) else ""
    year += " г." if year and "г" in literals else ""
    day = _day(moment, months[0] if months else "", year, has_day=has_day) if value >= 1 else ""
    if not day:
        return f"{moment:%H:%M}" if has_clock else _general(value)
    return f"{day} {moment:%H:%M}" if has_clock and not _is_midnight(moment) else day


def _day(moment: datetime, month: str, year: str, *, has_day: bool) -> str:
    is_word = len(month) > 2
    if month and has_day:
        return f"{moment.day} {_OF_MONTHS[moment.month - 1]}{year}" if is_word else _numeric(moment, "%d.%m", year)
    if month and year:
        return f"{_MONTHS[moment.month - 1]}{year}" if is_word else _numeric(moment, "%m", year)
    if month:
        return _MONTHS[moment.month - 1]
    if year:
        return f"{moment.year} г."
    return str(moment.day) if has_day else ""


def _numeric(moment: datetime, pattern: str, year: str) -> str:
    return f"{moment:{pattern}}.{year.strip()}" if year else f"{moment:{pattern}}"


def _is_minute(tokens: list[str], at: int) -> bool:
    """«m» behind an hour or before a second."""
    before = tokens[at - 1][0] if at else ""
    after = tokens[at + 1][0] if at + 1 < len(tokens) else ""
    return before == "h" or after == "s"


def _is_midnight(moment: datetime) -> bool:
    return moment.hour == 0 and moment.minute == 0


def _shown_figure(value: float, section: str) -> str:
    """Percentages, decimals and words around the figure; everything else as «General» has it."""
    if section in {"General", "@", ""}:
        return _general(value)
    plain = _LITERAL.sub(lambda found: found[1] or found[2] or "", section)
    figure = _FIGURE.search(plain)
    if figure is None or re.search(r"[eE/]", plain[figure.start() : figure.end() + 1]):
        return _general(value)
    is_percentage = "%" in plain
    number = value * 100 if is_percentage else value
    decimals = figure["decimals"] or ""
    text = f"{number:.{len(decimals)}f}"
    if "#" in decimals or "?" in decimals:
        text = text.rstrip("0").rstrip(".")
    text = text.zfill(len(figure.group().split(".")[0].replace(",", "").lstrip("#")) if value >= 0 else 0)
    return (plain[: figure.start()] + text.replace(".", ",") + plain[figure.end() :]).strip()


def _general(value: float) -> str:
    if abs(value) < _LARGEST and value == int(value):
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")
