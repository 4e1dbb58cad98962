"""What repeats: frequencies, the days on which they fall, and the stretch in which they run."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.terms.dated import Clock, Dated, Shape
from bot.domain.terms.grammar import Grammar
from bot.domain.terms.model import Precision
from bot.domain.terms.repeated import (
    HALF_MONTHS,
    QUARTER_MONTHS,
    WORKING_WEEK,
    Days,
    Frequency,
    Instances,
    Repeated,
    Within,
    combine,
)
from bot.domain.terms.stretches import RelativeYear, Stretch

_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def declare(grammar: Grammar) -> None:
    _declare_frequencies(grammar)
    _declare_counts(grammar)
    _declare_month_days(grammar)
    _declare_weekdays(grammar)
    _declare_within(grammar)
    _declare_rules(grammar)
    _declare_timed_rules(grammar)
    _declare_yearly(grammar)
    _declare_limits(grammar)


def _declare_frequencies(grammar: Grammar) -> None:
    grammar.alias("count", "number", "nth_number", "cardinal", "number ( cardinal )")

    @grammar.rule("frequency", "every")
    def _(unit: str) -> Frequency:
        return Frequency(unit)

    @grammar.rule(
        "frequency", "каждый|каждую|каждое|каждые|каждого|каждой|каждая count? unit", "через каждые count unit"
    )
    def _(interval: int | None, unit: str) -> Frequency | None:
        return None if unit in {"hour", "school_quarter"} else Frequency(unit, interval or 1)

    grammar.alias("_at_least", "не реже|менее чем?", "не реже|менее , чем")
    grammar.alias("_each", "каждый|каждую|каждое|каждые")

    @grammar.rule("frequency", "_at_least? раз|раза _in _each? учебную|учебный|учебном? count? unit")
    def _(interval: int | None, unit: str) -> Frequency | None:
        return _once_in(interval, unit)

    @grammar.rule("frequency", "_at_least? по? count раз|раза|разу|р _in _each? учебную|учебный|учебном? count? unit")
    def _(times: int, interval: int | None, unit: str) -> Frequency | None:
        return _once_in(interval, unit) if times == 1 else _several_times(times, interval, unit)

    grammar.alias("_in", "в|во|за", "/")

    @grammar.rule("frequency", "дважды в учебном? unit")
    def _(unit: str) -> Frequency | None:
        return _several_times(2, None, unit)

    @grammar.rule("frequency", "трижды в unit")
    def _(unit: str) -> Frequency | None:
        return _several_times(3, None, unit)


def _declare_counts(grammar: Grammar) -> None:
    @grammar.rule(
        "frequency", "по итогам|окончании|завершении|результатам каждого|каждой unit", "в конце каждого|каждой unit"
    )
    def _(unit: str) -> Frequency | None:
        return Frequency(unit) if unit in {"month", "quarter", "half", "year", "school_quarter"} else None

    @grammar.rule("frequency", "по итогам|окончании учебной? четверти")
    def _() -> Frequency:
        return Frequency("school_quarter")


def _declare_month_days(grammar: Grammar) -> None:
    grammar.alias("_date_word", "числ*", "число")

    @grammar.rule("days", "day_of _date_word")
    def _(day: int) -> Days | None:
        return _month_days(day)

    @grammar.rule(
        "days",
        "day_of ,|и day_of _date_word",
        "day_of и до day_of _date_word",
        "day_of _date_word и до? day_of _date_word",
    )
    def _(first: int, second: int) -> Days | None:
        return _month_days(first, second) if 0 < first < second else None

    @grammar.rule("days", "day_of , day_of ,|и day_of _date_word")
    def _(first: int, second: int, third: int) -> Days | None:
        return _month_days(first, second, third) if 0 < first < second < third else None

    @grammar.rule("days", "ordinal дня|день|дню", "ordinal календарного день|дня")
    def _(nth: int) -> Days | None:
        return _month_days(nth) if nth in {1, -1} else None

    @grammar.rule("days", "nth рабочего|рабочий|рабочему день|дня|дню", "nth раб день|дня|дн")
    def _(nth: int) -> Days | None:
        if nth != -1 and not 1 <= nth <= 20:
            return None
        return Days((f"BYDAY={WORKING_WEEK}", f"BYSETPOS={nth}"), is_last=nth == -1)

    @grammar.rule("days", "nth weekday")
    def _(nth: int, weekday: str) -> Days | None:
        return _nth_weekdays((nth,), weekday)

    @grammar.rule("days", "nth ,|и nth weekday")
    def _(first: int, second: int, weekday: str) -> Days | None:
        return _nth_weekdays((first, second), weekday)


def _declare_weekdays(grammar: Grammar) -> None:
    grammar.alias("_weekly_sign", "по", "каждый|каждую|каждое|каждые")
    grammar.alias("_and", ",", "и", ", и")

    @grammar.rule("weekday_list", "weekday|weekdays")
    def _(only: str) -> tuple[str, ...]:
        return (only,)

    @grammar.rule("weekday_list", "weekday|weekdays _and _weekly_sign? weekday_list")
    def _(first: str, others: tuple[str, ...]) -> tuple[str, ...] | None:
        return None if first in others else (first, *others)

    @grammar.rule("weekdays_named", "каждый|каждая|каждую|каждое|каждые|каждого|каждой weekday_list", "по weekday_list")
    def _(weekdays: tuple[str, ...]) -> Days:
        return _weekly(weekdays)

    @grammar.rule("weekdays_after", "в|во? weekday_list", "( weekday_list )", "- weekday_list", ": weekday_list")
    def _(weekdays: tuple[str, ...]) -> Days:
        return _weekly(weekdays)

    @grammar.rule("weekdays_after", "до|к|ко weekday")
    def _(weekday: str) -> Days:
        return _weekly((weekday,))

    @grammar.rule("rule", "weekday_list ( frequency )", "weekday_list , frequency")
    def _(weekdays: tuple[str, ...], frequency: Frequency) -> Repeated | None:
        return combine(frequency, _weekly(weekdays), None) if frequency == Frequency("week") else None

    @grammar.rule("weekdays_after", "в|во? weekday и в|во weekday")
    def _(first: str, second: str) -> Days | None:
        return None if first == second else _weekly((first, second))

    grammar.alias(
        "weekdays_named",
        "по|в рабочим|рабочие|будним|будние дням|дни",
        "по|в будням|будни",
        "каждый рабочий|будний день",
        "кроме выходных",
        "( кроме|за выходных )",
        value=Days((f"BYDAY={WORKING_WEEK}",), is_weekly=True),
    )


def _declare_within(grammar: Grammar) -> None:
    grammar.alias("_reported", "отчетн*|истекш*|прошедш*|предыдущ*")
    grammar.alias("_following", ",? следующего|следующим за _reported", "после _reported", ",? следующего|следующим за")
    grammar.alias("within", "каждого? месяца", "любого месяца", value=Within())
    grammar.alias("within", "месяца _following месяцем|месяца", value=Within())
    grammar.alias(
        "within", "месяца ,? следующего|следующим за _reported", value=Within(unit="month", follows_period=True)
    )
    grammar.alias(
        "within",
        "месяца _following кварталом|квартала",
        "месяца следующего квартала",
        "_first_month следующего квартала",
        value=Within(QUARTER_MONTHS[1], "quarter"),
    )
    grammar.alias("_first_month", "первого|1 месяца", "1-го месяца")
    grammar.alias("within", "месяца _following полугодием|полугодия", value=Within(HALF_MONTHS[1], "half"))
    grammar.alias("within", "месяца _following периодом|периода", value=Within(unit="", follows_period=True))
    grammar.alias("within_period", "следующего месяца", value=Within(follows_period=True))
    grammar.alias("within_period", "следующего за отчетн* месяца", value=Within(follows_period=True))
    grammar.alias("within_period", "отчетного|текущего месяца", value=Within())
    grammar.alias("within_period", "within")

    @grammar.rule("within", "nth месяца каждого|отчетного? квартала")
    def _(nth: int) -> Within | None:
        months = QUARTER_MONTHS.get(nth)
        return None if months is None else Within(months, "quarter")

    grammar.alias("within", "каждого|отчетного? квартала", "квартала", value=Within((), "quarter"))


def _declare_rules(grammar: Grammar) -> None:
    grammar.alias("_by_or_in", "_by", "в|во", "на")
    grammar.alias("_comma", ",", "-", ":")

    @grammar.rule("rule", "frequency _comma? _by_or_in? days within_period?")
    def _(frequency: Frequency, days: Days, within: Within | None) -> Repeated | None:
        return combine(frequency, days, within)

    @grammar.rule("rule", "frequency ( _by_or_in? days within_period? )")
    def _(frequency: Frequency, days: Days, within: Within | None) -> Repeated | None:
        return combine(frequency, days, within)

    @grammar.rule("rule", "_by_or_in? каждый|каждую|каждое|каждая|каждого? days within _comma? frequency?")
    def _(days: Days, within: Within, frequency: Frequency | None) -> Repeated | None:
        return combine(frequency, days, within)

    @grammar.rule("rule", "_by_or_in? days _comma? frequency", "_by_or_in? days ( frequency )")
    def _(days: Days, frequency: Frequency) -> Repeated | None:
        return combine(frequency, days, None)

    @grammar.rule("rule", "frequency? _comma? weekdays_named", "weekdays_named _comma? frequency")
    def _(*given: object) -> Repeated | None:
        days = next(part for part in given if isinstance(part, Days))
        frequency = next((part for part in given if isinstance(part, Frequency)), None)
        return combine(frequency, days, None)

    @grammar.rule("rule", "frequency _comma? weekdays_after")
    def _(frequency: Frequency, days: Days) -> Repeated | None:
        return combine(frequency, days, None) if frequency.unit == "week" else None

    @grammar.rule("rule", "frequency")
    def _(frequency: Frequency) -> Repeated:
        return Repeated(frequency.parts, frequency.unit)


def _declare_timed_rules(grammar: Grammar) -> None:
    @grammar.rule("timed_rule", "rule ,? в time", "rule ,? _by_or_in? sure_time")
    def _(rule: Repeated, clock: Clock) -> Repeated:
        return replace(rule, clock=clock)

    @grammar.rule("timed_rule", "rule ,? в? clocks")
    def _(rule: Repeated, clocks: tuple[Clock, Clock]) -> Repeated:
        return replace(rule, clock=clocks[0], last_clock=clocks[1])

    @grammar.rule("timed_rule", "до|в|к time ,? rule")
    def _(clock: Clock, rule: Repeated) -> Repeated:
        return replace(rule, clock=clock)

    grammar.alias("timed_rule", "rule")


def _declare_yearly(grammar: Grammar) -> None:
    grammar.alias("_next_year", "года _following году|года|годом?", "каждого года", "ежегодно")

    @grammar.rule("yearly", "_by? date _next_year", "every ,? _by date _next_year")
    def _(*given: object) -> Instances | None:
        day = given[-1]
        if not isinstance(day, Stretch) or (len(given) > 1 and given[0] != "year"):
            return None
        return _yearly((_one(day),)) if day.year is None else None

    @grammar.rule("yearly", "frequency _comma? instances", "frequency ( instances )", "frequency _comma ( instances )")
    def _(frequency: Frequency, items: tuple[Dated, ...]) -> Instances | None:
        return _listed(frequency, items)

    @grammar.rule("yearly", "instances _comma? frequency", "instances ( frequency )")
    def _(items: tuple[Dated, ...], frequency: Frequency) -> Instances | None:
        return _listed(frequency, items)

    @grammar.rule("instances", "instance")
    def _(only: Dated) -> tuple[Dated, ...]:
        return (only,)

    @grammar.rule("instances", "instance _and instances")
    def _(first: Dated, others: tuple[Dated, ...]) -> tuple[Dated, ...] | None:
        return (first, *others) if len(others) < _MONTHS_IN["year"] else None

    @grammar.rule("instance", "bare", "due", "range", "_during range", "в range")
    def _(item: Dated) -> Dated | None:
        if item.first.year is not None or item.last.year is not None or item.last_clock is not None:
            return None
        if item.shape is Shape.DUE and not item.is_one_day:
            return None
        return None if item.is_vague or item.first.is_school_year else item

    grammar.alias("repeating", "yearly")

    @grammar.rule("repeating", "yearly _comma? since")
    def _(rule: Instances, since: Dated) -> Instances | None:
        return replace(rule, since=since) if since.last.year is not None else None


def _declare_limits(grammar: Grammar) -> None:
    @grammar.rule("repeating", "timed_rule")
    def _(rule: Repeated) -> Repeated:
        return rule

    @grammar.rule("repeating", "timed_rule _comma? limits", "timed_rule ( limits )")
    def _(rule: Repeated, limits: Dated) -> Repeated | None:
        return _limited(rule, limits)

    @grammar.rule("repeating", "limits _comma? timed_rule")
    def _(limits: Dated, rule: Repeated) -> Repeated | None:
        return _limited(rule, limits) if limits.shape is not Shape.DUE else None

    grammar.alias("limits", "span", "since", "due", "bare")


def _limited(rule: Repeated, limits: Dated) -> Repeated | None:
    """A rule within a stretch; «ежегодно до 1 октября» names its day and is not the end of a series."""
    if limits.is_vague or limits.last_clock is not None or not rule.rule:
        return None
    if rule.unit == "year" and limits.shape is Shape.BARE and limits.first.precision is Precision.YEAR:
        return None  # once in a single year is no series
    is_named = limits.last.year is not None or limits.last.is_school_year
    is_season = limits.shape is Shape.BETWEEN and limits.first.precision is limits.last.precision is Precision.MONTH
    if not (is_named or (is_season and rule.unit in {"day", "week", "month"})) or (
        limits.shape is Shape.BARE and limits.is_one_day
    ):
        return None
    if limits.shape is Shape.DUE and rule.unit == "year" and not isinstance(limits.last.year, int | RelativeYear):
        return None
    if limits.shape is Shape.DUE and rule.unit == "year" and limits.is_one_day:
        return None
    return replace(rule, within=limits)


def _listed(frequency: Frequency, items: tuple[Dated, ...]) -> Instances | None:
    """A yearly rule told by its dates; their number must be that of the frequency."""
    if frequency.unit not in _MONTHS_IN or frequency.interval * _MONTHS_IN[frequency.unit] > 12:
        return None
    expected = 12 // (_MONTHS_IN[frequency.unit] * frequency.interval)
    if len(items) == 1:
        return (
            Instances(items, ("FREQ=YEARLY",))
            if expected == 1 and not items[0].is_one_day
            else _yearly_if(expected, items)
        )
    if frequency.unit != "year" and len(items) != expected:
        return None
    if len({item.is_one_day for item in items}) > 1 or any(item.first != item.last for item in items):
        return None
    return Instances(items, ("FREQ=YEARLY",))


def _yearly_if(expected: int, items: tuple[Dated, ...]) -> Instances | None:
    return _yearly(items) if expected == 1 else None


def _yearly(items: tuple[Dated, ...]) -> Instances:
    return Instances(items, ("FREQ=YEARLY",))


def _one(day: Stretch) -> Dated:
    return Dated(Shape.DUE, day, day)


def _once_in(interval: int | None, unit: str) -> Frequency | None:
    return None if unit == "hour" else Frequency(unit, interval or 1)


def _several_times(times: int, interval: int | None, unit: str) -> Frequency | None:
    """«2 раза в год» is every six months; «2 раза в месяц» every two weeks; five times a year has no rule."""
    if interval not in {None, 1} or unit not in _MONTHS_IN or times < 2:
        return None
    if (times, unit) == (2, "month"):
        return Frequency("week", 2)
    length, rest = divmod(_MONTHS_IN[unit], times)
    return Frequency("month", length) if not rest and length else None


def _month_days(*days: int) -> Days | None:
    if days in {(-1,), (31,)}:  # a month without a 31st ends on its last day: Civil Code, article 192
        return Days(("BYMONTHDAY=-1",), is_last=days == (-1,))
    if not all(1 <= day <= 31 for day in days):
        return None
    return Days((f"BYMONTHDAY={','.join(str(day) for day in days)}",))


def _nth_weekdays(places: tuple[int, ...], weekday: str) -> Days | None:
    if not all(1 <= nth <= 5 or nth == -1 for nth in places):
        return None
    return Days((f"BYDAY={','.join(f'{nth}{weekday}' for nth in places)}",), is_last=places == (-1,))


def _weekly(weekdays: tuple[str, ...]) -> Days:
    ordered = sorted(weekdays, key=_WEEKDAYS.index)
    return Days((f"BYDAY={','.join(ordered)}",), is_weekly=True)
