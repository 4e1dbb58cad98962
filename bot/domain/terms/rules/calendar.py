"""Names of stretches of the calendar, in every case and abbreviation.

``nominative`` is what stands alone in a cell («октябрь 2024 г.»), ``genitive`` what stands after «до», «с»,
``prepositional`` what stands after «в»; a quarter, a half or a year is written in one rule for all cases.
"""

from __future__ import annotations

from bot.domain.terms.grammar import Grammar
from bot.domain.terms.model import Precision
from bot.domain.terms.stretches import (
    END_OF_MONTH,
    RelativeYear,
    Stretch,
    Year,
    days_of_month,
    half_of_school_year,
    half_of_year,
    months,
    one_day,
    school_year,
    whole_month,
    whole_year,
)

_TENS = {20, 30}
_DECADES = {1: (1, 10), 2: (11, 20), 3: (21, END_OF_MONTH), -1: (21, END_OF_MONTH)}


def declare(grammar: Grammar) -> None:
    _declare_years(grammar)
    _declare_days(grammar)
    _declare_weekday_dates(grammar)
    _declare_months(grammar)
    _declare_parts_of_year(grammar)
    _declare_parts_of_month(grammar)
    _declare_school_years(grammar)


def _declare_years(grammar: Grammar) -> None:
    grammar.alias("_year_word", "г|гг|год|года|году|годом|годы|годов|годах|годами", "year_word")
    grammar.alias("named_year", "year_number _year_word")
    grammar.alias("year", "named_year", "year_number", "relative_year")

    @grammar.rule("relative_year", "relation календарного? год|года|году", "календарного год|года|году")
    def _(shift: int = 0) -> Year:
        return RelativeYear(shift)

    grammar.alias("relative_year", "this_year", value=RelativeYear(0))

    @grammar.rule("year_stretch", "named_year", "relative_year", "год|года|году year_number")
    def _(year: Year) -> Stretch:
        return whole_year(year)


def _declare_days(grammar: Grammar) -> None:
    grammar.alias("day_of", "day_number", "ordinal", "compound_ordinal")

    @grammar.rule("compound_ordinal", "cardinal ordinal")
    def _(tens: int, ones: int) -> int | None:
        return tens + ones if tens in _TENS and 0 < ones < 10 else None

    @grammar.rule("day", "day_of month_gen year?", "day_of числа? month_gen ,? year")
    def _(day: int, month: int, year: Year | None) -> Stretch | None:
        return one_day(day, month, year) if day >= 0 else None

    @grammar.rule("day", "full_date _year_word?")
    def _(parts: tuple[int, int, int]) -> Stretch:
        year, month, day = parts
        return one_day(day, month, year)

    @grammar.rule("day", "day_month relative_year?", "day_month year_number _year_word?")
    def _(parts: tuple[int, int], year: Year | None) -> Stretch:
        return one_day(*parts, year)


def _declare_weekday_dates(grammar: Grammar) -> None:
    @grammar.rule("date", "weekday ,? day", "в|во weekday ,? day")
    def _(weekday: str, day: Stretch) -> Stretch:
        return _on_weekday(day, weekday)

    @grammar.rule("date", "day ( weekday ) year")
    def _(day: Stretch, weekday: str, year: Year) -> Stretch | None:
        return _on_weekday(day.in_year(year), weekday) if day.year is None else None

    @grammar.rule("day", "nth weekday month_gen year?")
    def _(nth: int, weekday: str, month: int, year: Year | None) -> Stretch | None:
        """«последняя пятница октября 2025 г.»"""
        if not (1 <= nth <= 4 or nth == -1):
            return None
        return Stretch(Precision.DAY, (month, 1), (month, END_OF_MONTH), year, weekday=weekday, week=nth)

    @grammar.rule("date", "day ( weekday )", "day ,? weekday")
    def _(day: Stretch, weekday: str) -> Stretch:
        return _on_weekday(day, weekday)

    grammar.alias("date", "day")

    @grammar.rule("partial_day", "day_of")
    def _(day: int) -> Stretch | None:
        return one_day(day) if 0 < day <= 31 else None


def _declare_months(grammar: Grammar) -> None:
    for name, case in (("nominative", "month_nom"), ("genitive", "month_gen"), ("prepositional", "month_prep")):

        @grammar.rule(name, f"{case} месяц*? year?")
        def _(month: int, year: Year | None) -> Stretch:
            return whole_month(month, year)

        @grammar.rule(name, "month_year _year_word?")
        def _(parts: tuple[int, int]) -> Stretch:
            return whole_month(*parts)

        grammar.alias(name, "part_of_year", "part_of_month", "year_stretch", "school_year")

    @grammar.rule("dative", "month_dat year?")
    def _(month: int, year: Year | None) -> Stretch:
        return whole_month(month, year)


def _declare_parts_of_year(grammar: Grammar) -> None:
    grammar.alias("_quarter", "квартал*", "кв")
    grammar.alias("_half", "полугод*")
    grammar.alias("nth", "ordinal", "roman", "nth_number", "number")

    @grammar.rule("part_of_year", "nth _quarter year?")
    def _(quarter: int, year: Year | None) -> Stretch | None:
        return quarter_of(quarter, year)

    @grammar.rule("part_of_year", "year_stretch , nth _quarter")
    def _(year: Stretch, quarter: int) -> Stretch | None:
        return quarter_of(quarter, year.year)

    @grammar.rule("part_of_year", "nth _half year?")
    def _(half: int, year: Year | None) -> Stretch | None:
        return half_of_year(half, year) if half in {1, 2} else None

    @grammar.rule("part_of_year", "nth половин* named_year|relative_year")
    def _(half: int, year: Year) -> Stretch | None:
        return half_of_year(half, year) if half in {1, 2} else None

    @grammar.rule("part_of_year", "перв*? number месяц*|мес year")
    def _(count: int, year: Year) -> Stretch | None:
        return months(1, count, Precision.MONTH, year) if 2 <= count <= 12 else None

    @grammar.rule("part_of_year", "season период*? year?")
    def _(first: int, year: Year | None) -> Stretch | None:
        return None if first == 12 else months(first, first + 2, Precision.MONTH, year)

    @grammar.rule("part_of_year", "season период*? year_number -|/ year_end _year_word?")
    def _(first: int, year: int, following: int) -> Stretch | None:
        if first != 12 or following % 100 != (year + 1) % 100:
            return None
        return Stretch(Precision.MONTH, (12, 1), (2, END_OF_MONTH), year, crosses=1)


def _declare_parts_of_month(grammar: Grammar) -> None:
    @grammar.rule("part_of_month", "nth декад* month_gen year?")
    def _(nth: int, month: int, year: Year | None) -> Stretch | None:
        return days_of_month(*_DECADES[nth], month, year) if nth in _DECADES else None

    @grammar.rule("part_of_month", "nth половин* month_gen year?")
    def _(nth: int, month: int, year: Year | None) -> Stretch | None:
        halves = {1: (1, 15), 2: (16, END_OF_MONTH)}
        return days_of_month(*halves[nth], month, year) if nth in halves else None

    @grammar.rule("part_of_month", "nth недел* month_gen year?", "nth полн* недел* month_gen year?")
    def _(nth: int, month: int, year: Year | None) -> Stretch | None:
        if not (1 <= nth <= 5 or nth == -1):
            return None
        return Stretch(Precision.DAY, (month, 1), (month, END_OF_MONTH), year, week=nth, is_vague=True)

    for shape, days in (
        ("начал*", _DECADES[1]),
        ("середин*", _DECADES[2]),
        ("конец|конца|конце|концу", _DECADES[3]),
    ):

        @grammar.rule("vague_part", f"{shape} month_gen year?")
        def _(month: int, year: Year | None, days: tuple[int, int] = days) -> Stretch:
            return days_of_month(*days, month, year, is_vague=True)


def _declare_school_years(grammar: Grammar) -> None:
    grammar.alias("_school_year_word", "учебн* год|года|году|годом|годы", "уч год*|г")
    grammar.alias("_school_year_word", "учебн* г|year_word")
    grammar.alias("year_end", "short_year", "year_number")

    @grammar.rule("school_year_number", "year_number -|/ year_end")
    def _(first: int, second: int) -> int | None:
        return first if second % 100 == (first + 1) % 100 else None

    @grammar.rule(
        "numbered_school_year",
        "school_year_number _school_year_word",
        "school_year_number _year_word _school_year_word",
        "_school_year_word school_year_number _year_word?",
    )
    def _(year: int) -> Stretch:
        return school_year(year)

    @grammar.rule("own_school_year", "relation? _school_year_word")
    def _(shift: int | None) -> Stretch:
        return school_year(None if shift is None else RelativeYear(shift))

    grammar.alias("school_year", "numbered_school_year", "own_school_year")

    @grammar.rule("part_of_year", "nth _half school_year", "nth _half school_year_number _year_word?")
    def _(half: int, year: Stretch | int) -> Stretch | None:
        within = school_year(year) if isinstance(year, int) else year
        return half_of_school_year(half, within.year) if half in {1, 2} else None


def quarter_of(quarter: int, year: Year | None) -> Stretch | None:
    if quarter == -1:
        quarter = 4
    return months(3 * quarter - 2, 3 * quarter, Precision.QUARTER, year) if 1 <= quarter <= 4 else None


def month_of_school_year(month: int, year: Year | None) -> Stretch | None:
    """September to December of its first year, January to June of its second; summer lies between two."""
    if month in {7, 8}:
        return None
    after = int(month < 7)
    return Stretch(
        Precision.MONTH,
        (month, 1),
        (month, END_OF_MONTH),
        year,
        crosses=after,
        begins_after=after,
        is_school_year=True,
    )


def _on_weekday(day: Stretch, weekday: str) -> Stretch:
    return Stretch(day.precision, day.first, day.last, day.year, weekday=weekday)
