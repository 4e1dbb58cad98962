"""Deadlines, periods and instants: the calendar's stretches with their prepositions."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.terms.current import Current, CurrentDay
from bot.domain.terms.dated import Clock, Dated, Edge, Hours, Shape
from bot.domain.terms.grammar import Grammar
from bot.domain.terms.model import Precision
from bot.domain.terms.rules.calendar import month_of_school_year
from bot.domain.terms.stretches import (
    END_OF_MONTH,
    PlanYear,
    Stretch,
    Year,
    days_of_month,
    months,
    one_day,
    whole_year,
)

_CURRENT_UNITS = frozenset({"week", "month", "quarter"})


def declare(grammar: Grammar) -> None:
    grammar.alias("dated", "bare", "span", "due", "since", "instant")
    _declare_bare(grammar)
    _declare_spans(grammar)
    _declare_due(grammar)
    _declare_edges(grammar)
    _declare_since(grammar)
    _declare_instants(grammar)
    _declare_hours(grammar)
    _declare_bare_hours(grammar)
    _declare_current(grammar)


def _declare_bare(grammar: Grammar) -> None:
    grammar.alias("_during", "в течение|течении|теч", "в период", "на период", "на протяжении", "за период", "период*")
    grammar.alias("_whole", "весь|всего|всей|все|целого")

    @grammar.rule("bare", "date")
    def _(stretch: Stretch) -> Dated:
        return _bare(stretch)

    @grammar.rule(
        "bare",
        "nominative",
        "в|во prepositional",
        "_during _whole? genitive",
        "за|на|весь nominative",
        "весь|всю nominative",
    )
    def _(stretch: Stretch) -> Dated:
        return _bare(stretch)

    @grammar.rule("bare", "vague_part", "в vague_part", "ориентировочно|примерно|предварительно|около bare_core")
    def _(stretch: Stretch) -> Dated:
        return replace(_bare(stretch), is_vague=True)

    grammar.alias("bare_core", "date", "nominative")

    @grammar.rule("bare", "date ( ориентировочно|примерно|предварительно )")
    def _(stretch: Stretch) -> Dated:
        return replace(_bare(stretch), is_vague=True)

    @grammar.rule("bare", "nominative ( ориентировочно|примерно|предварительно )")
    def _(stretch: Stretch) -> Dated:
        return replace(_bare(stretch), is_vague=True)


def _declare_spans(grammar: Grammar) -> None:
    grammar.alias("end", "date", "nominative")
    grammar.alias("begin", "partial_day", "date", "genitive")
    grammar.alias("_to", "по|до|-")

    @grammar.rule("range", "с|со begin _to end")
    def _(first: Stretch, last: Stretch) -> Dated | None:
        return _between(first, last)

    @grammar.rule("range", "partial_day -|по date", "date -|по date")
    def _(first: Stretch, last: Stretch) -> Dated | None:
        return _between(first, last)

    @grammar.rule("range", "nominative - end", "date - nominative", "genitive - genitive")
    def _(first: Stretch, last: Stretch) -> Dated | None:
        return None if first.is_day and last.is_day else _between(first, last)

    @grammar.rule("range", "в prepositional - prepositional")
    def _(first: Stretch, last: Stretch) -> Dated | None:
        return _between(first, last)

    @grammar.rule("range", "с|со begin и? до конца|окончания genitive")
    def _(first: Stretch, last: Stretch) -> Dated | None:
        return _between(first, last)

    @grammar.rule("range", "day_number - full_date _year_word?", "с|со day_number по|до|- full_date _year_word?")
    def _(day: int, parts: tuple[int, int, int]) -> Dated | None:
        year, month, last = parts
        return _between(one_day(day, month, year), one_day(last, month, year))

    _declare_number_ranges(grammar)
    _declare_school_ranges(grammar)

    @grammar.rule("span", "_during? range", "на|за range", "срок* range", "в range")
    def _(span: Dated) -> Dated:
        return span

    @grammar.rule("span", "начало _colon? date ,|; окончание|конец|завершение _colon? date")
    def _(first: Stretch, last: Stretch) -> Dated | None:
        return _between(first, last)

    @grammar.rule("span", "не ранее|раньше date|partial_day и|, но? не позднее|позже date")
    def _(first: Stretch, last: Stretch) -> Dated | None:
        return _between(first, last)


def _declare_number_ranges(grammar: Grammar) -> None:
    """«2021–2023 гг.», «с 2024 по 2027 год», «I–II кварталы 2025 года»: one unit word for both ends."""

    @grammar.rule("range", "year_number - year_number _year_word", "с|со year_number по|до year_number _year_word")
    def _(first: int, last: int) -> Dated | None:
        return _between(whole_year(first), whole_year(last)) if first < last else None

    @grammar.rule("range", "year_number , year_number ,|и year_number _year_word")
    def _(first: int, second: int, last: int) -> Dated | None:
        return _between(whole_year(first), whole_year(last)) if (second, last) == (first + 1, first + 2) else None

    @grammar.rule("range", "nth -|и nth декад* month_gen year?")
    def _(first: int, second: int, month: int, year: Year | None) -> Dated | None:
        if (first, second) not in {(1, 2), (2, 3)}:
            return None
        days = (1, 20) if first == 1 else (11, END_OF_MONTH)
        return _bare(days_of_month(*days, month, year))

    @grammar.rule("range", "year_number ,|и year_number _year_word")
    def _(first: int, last: int) -> Dated | None:
        return _between(whole_year(first), whole_year(last)) if last == first + 1 else None

    @grammar.rule(
        "range", "nth - nth _quarter year?", "с|со nth по|до|- nth _quarter year?", "nth по nth _quarter year?"
    )
    def _(first: int, last: int, year: Year | None) -> Dated | None:
        if not 1 <= first < last <= 4:
            return None
        return _bare(months(3 * first - 2, 3 * last, Precision.QUARTER, year))


def _declare_school_ranges(grammar: Grammar) -> None:
    """«сентябрь – май 2025/26 учебного года»: each month in its own half of the school year."""

    @grammar.rule("range", "month_nom - month_nom school_year", "с month_gen по month_nom school_year")
    def _(first: int, last: int, year: Stretch) -> Dated | None:
        start, end = month_of_school_year(first, year.year), month_of_school_year(last, year.year)
        return None if start is None or end is None else _between(start, end)

    @grammar.rule("bare", "month_nom school_year", "в|во month_prep school_year")
    def _(month: int, year: Stretch) -> Dated | None:
        placed = month_of_school_year(month, year.year)
        return None if placed is None else _bare(placed)


def _declare_due(grammar: Grammar) -> None:
    grammar.alias("_not_later", "не позднее|позже чем?", "не позднее|позже , чем")
    grammar.alias("_in_time", "в срок", "срок*", "сроком")
    grammar.alias("_by", "_in_time? до|по", "_in_time? _not_later", "к|ко", "_in_time , _not_later")

    @grammar.rule("due", "_by date")
    def _(stretch: Stretch) -> Dated:
        return _due(stretch)

    @grammar.rule("due", "_in_time? _not_later genitive", "_in_time? по nominative")
    def _(stretch: Stretch) -> Dated:
        return _due(stretch)

    @grammar.rule("due", "_in_time? до genitive", "на период до genitive")
    def _(stretch: Stretch) -> Dated | None:
        """A year is meant with its end («до 2030 года»), a shorter stretch before it begins: both are asked about."""
        if stretch.precision is Precision.YEAR and not stretch.is_school_year:
            return replace(_due(stretch), is_boundary_doubtful=True)
        if stretch.precision not in {Precision.MONTH, Precision.QUARTER} or stretch.is_school_year:
            return None
        return replace(_due(stretch), edge=Edge.BEFORE, is_boundary_doubtful=True)

    @grammar.rule("due", "к year_stretch")
    def _(stretch: Stretch) -> Dated:
        return replace(_due(stretch), is_boundary_doubtful=True)


def _declare_edges(grammar: Grammar) -> None:
    grammar.alias(
        "_until_end", "_in_time? до конца|окончания|завершения", "к концу|окончанию", "не позднее|позже конца"
    )

    @grammar.rule("due", "_until_end genitive", "_until_end рабочего? дня date")
    def _(stretch: Stretch) -> Dated:
        return _due(stretch)

    @grammar.rule("due", "до конца|окончания года", "до конца|окончания календарного года")
    def _() -> Dated:
        return _due(whole_year(None))

    @grammar.rule("due", "_in_time? до начала genitive")
    def _(stretch: Stretch) -> Dated:
        return replace(_due(stretch), edge=Edge.BEFORE)

    @grammar.rule("due", "к началу genitive")
    def _(stretch: Stretch) -> Dated:
        return replace(_due(stretch), edge=Edge.START)


def _declare_since(grammar: Grammar) -> None:
    @grammar.rule(
        "since",
        "начиная? с|со date",
        "начиная? с|со genitive",
        "не ранее|раньше чем? date",
        "не ранее|раньше genitive",
        "с|со начала genitive",
    )
    def _(stretch: Stretch) -> Dated:
        return Dated(Shape.SINCE, stretch, stretch)


def _declare_instants(grammar: Grammar) -> None:
    grammar.alias("_at", "в", ", в?")

    @grammar.rule(
        "instant",
        "date ,? в time",
        "date ,? sure_time",
        "date ( начало? в? sure_time )",
        "date ,? начало :|-? в? sure_time",
    )
    def _(day: Stretch, clock: Clock) -> Dated:
        return Dated(Shape.INSTANT, day, day, last_clock=clock)

    @grammar.rule("instant", "в time ,? date zone?", "sure_time ,? date zone?", "в? sure_time ,? ( date ) zone?")
    def _(clock: Clock, day: Stretch, zone: str | None) -> Dated:
        return Dated(Shape.INSTANT, day, day, last_clock=_zoned(clock, zone))

    @grammar.rule("due", "_by time date zone?", "_by sure_time , date zone?", "_by time в date zone?")
    def _(clock: Clock, day: Stretch, zone: str | None) -> Dated:
        return Dated(Shape.DUE, day, day, last_clock=_zoned(clock, zone))

    @grammar.rule("due", "_by date ,? sure_time", "_by date ,? в time", "_by date ( _by? sure_time )")
    def _(day: Stretch, clock: Clock) -> Dated:
        return Dated(Shape.DUE, day, day, last_clock=clock)

    @grammar.rule("due", "_by date ,? _by sure_time", "date ,? _by sure_time", "date ( _by sure_time )")
    def _(day: Stretch, clock: Clock) -> Dated:
        return Dated(Shape.DUE, day, day, last_clock=clock)


def _declare_hours(grammar: Grammar) -> None:
    @grammar.rule("clocks", "с|со time до|- time zone?", "с|со sure_time по sure_time zone?", "time - time zone?")
    def _(first: Clock, last: Clock, zone: str | None) -> tuple[Clock, Clock]:
        named = first.zone or last.zone or zone
        return _zoned(first, named), _zoned(last, named)

    @grammar.rule("span", "date _at? clocks", "date ( clocks )")
    def _(day: Stretch, clocks: tuple[Clock, Clock]) -> Dated:
        return Dated(Shape.BETWEEN, day, day, *clocks)

    @grammar.rule("span", "clocks ,? date zone?", "в clocks date zone?")
    def _(clocks: tuple[Clock, Clock], day: Stretch, zone: str | None) -> Dated:
        first, last = clocks
        return Dated(Shape.BETWEEN, day, day, _zoned(first, zone), _zoned(last, zone))

    @grammar.rule("span", "_during? с|со time ,? begin до|по time ,? date zone?")
    def _(first: Clock, begin: Stretch, last: Clock, end: Stretch, zone: str | None) -> Dated:
        named = first.zone or last.zone or zone
        return Dated(Shape.BETWEEN, begin, end, _zoned(first, named), _zoned(last, named))

    @grammar.rule(
        "span", "_during? с|со date _at? time до|по date _at? time", "date _at? sure_time - date _at? sure_time"
    )
    def _(begin: Stretch, first: Clock, end: Stretch, last: Clock) -> Dated:
        named = first.zone or last.zone
        return Dated(Shape.BETWEEN, begin, end, _zoned(first, named), _zoned(last, named))


def _declare_bare_hours(grammar: Grammar) -> None:
    @grammar.rule("hours", "_by sure_time")
    def _(clock: Clock) -> Hours:
        return Hours(None, clock)

    @grammar.rule("hours", "в sure_time", "clock_only")
    def _(clock: Clock) -> Hours:
        return Hours(None, clock, is_event=True)

    @grammar.rule("clock_only", "clock_time _hour_word? zone?")
    def _(parts: tuple[int, int], zone: str | None) -> Clock:
        return Clock(*parts, zone)

    @grammar.rule("hours", "clocks")
    def _(clocks: tuple[Clock, Clock]) -> Hours | None:
        """«01.12-10.12» are days: nobody meets at twelve minutes past."""
        is_odd = all(clock.minute % 5 and clock.minute <= 12 for clock in clocks)
        return None if is_odd else Hours(*clocks)


def _declare_current(grammar: Grammar) -> None:
    """Stretches that only the day of reading places: «на следующей неделе», «до конца месяца», «до 15 числа»."""

    @grammar.rule("current", "на|в relation unit", "в течение relation unit", "за relation unit")
    def _(shift: int, unit: str) -> Current | None:
        return Current(unit, shift, is_due=False) if unit in _CURRENT_UNITS else None

    @grammar.rule("current", "_until_end relation? рабочей? unit", "не позднее конца relation? unit")
    def _(shift: int | None, unit: str) -> Current | None:
        return Current(unit, shift or 0, is_due=True) if unit in _CURRENT_UNITS else None

    @grammar.rule("current", "_by? day_of числа|число|числу", "_by? day_of числа|числу relation месяца")
    def _(day: int, shift: int | None = None) -> CurrentDay | None:
        return CurrentDay(day, shift) if day == -1 or 1 <= day <= 31 else None

    @grammar.rule("bare", "в|во? начале|начало own_school_year|numbered_school_year")
    def _(year: Stretch) -> Dated:
        return replace(_bare(replace(year, precision=Precision.MONTH, last=(9, 30), crosses=0)), is_vague=True)

    @grammar.rule("bare", "в|во? конце|конец own_school_year|numbered_school_year")
    def _(year: Stretch) -> Dated:
        return replace(_bare(replace(year, precision=Precision.MONTH, first=(5, 1), begins_after=1)), is_vague=True)

    @grammar.rule("bare", "в течение|течении|теч _whole? года", "весь год", "на протяжении _whole? года")
    def _() -> Dated:
        return _bare(whole_year(PlanYear()))


def _bare(stretch: Stretch) -> Dated:
    return Dated(Shape.BARE, stretch, stretch)


def _due(stretch: Stretch) -> Dated:
    return Dated(Shape.DUE, stretch, stretch)


def _between(first: Stretch, last: Stretch) -> Dated | None:
    """A range; a first day without a month takes that of the last, a vague end is refused.

    «с 2019 года до 5 октября»: a year says nothing of the year of a day.
    """
    if first.precision is Precision.YEAR and last.year is None and not last.is_school_year:
        return None
    if first.is_vague or last.is_vague or last.needs_month:
        return None
    if first.needs_month:
        if not last.is_day:
            return None
        month = last.first[0]
        first = replace(first, first=(month, first.first[1]), last=(month, first.last[1]), year=last.year)
    return Dated(Shape.BETWEEN, first, last)


def _zoned(clock: Clock, zone: str | None) -> Clock:
    return clock if zone is None or clock.zone is not None else replace(clock, zone=zone)
