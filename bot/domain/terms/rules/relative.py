"""What waits for an event, and what counts from the day of reading."""

from __future__ import annotations

from bot.domain.terms.dated import Clock
from bot.domain.terms.grammar import Grammar
from bot.domain.terms.model import Offset
from bot.domain.terms.relative import TODAY, NextWeekday, Relative, Span
from bot.domain.terms.rules.holidays import NAMES


def declare(grammar: Grammar) -> None:
    _declare_spans(grammar)
    _declare_after(grammar)
    _declare_events(grammar)
    _declare_counted_after(grammar)
    _declare_next_day(grammar)
    _declare_before(grammar)
    _declare_at_event(grammar)
    _declare_from_today(grammar)


def _declare_spans(grammar: Grammar) -> None:
    grammar.alias("_calendar", "календарных|календарного|календарный|календарные|календ|кал")
    grammar.alias("_working", "рабочих|рабочего|рабочий|рабочие|раб")
    grammar.alias("_more", "не более|позднее|позже чем?", "не более|позднее|позже , чем")

    @grammar.rule("counted", "count _calendar? unit")
    def _(count: int, unit: str) -> Span | None:
        return Span(count, unit) if count < _LEAST_YEAR else None

    @grammar.rule("counted", "count _working unit")
    def _(count: int, unit: str) -> Span | None:
        return Span(count, "workday") if unit == "day" else None

    @grammar.rule("single", "_calendar? unit")
    def _(unit: str) -> Span:
        return Span(1, unit)

    @grammar.rule("single", "_working unit")
    def _(unit: str) -> Span | None:
        return Span(1, "workday") if unit == "day" else None

    grammar.alias("lasting", "counted", "single")

    @grammar.rule("compound_span", "nth_number|number long", "nth_number|number - long")
    def _(count: int, unit: str) -> Span:
        return Span(count, unit)

    @grammar.rule("compound_span", "compound")
    def _(parts: tuple[int, str]) -> Span:
        return Span(*parts)


def _declare_after(grammar: Grammar) -> None:
    grammar.alias("_within", "в течение|течении|теч", "в срок", "не позднее|позже", "не более|позднее|позже чем?")
    grammar.alias(
        "_within",
        "в срок не более|позднее|позже",
        "не позднее|позже чем? через",
        "через",
        "спустя",
        "в срок до",
        "не позднее|позже , чем через",
    )
    grammar.alias("_within", "по истечении")


def _declare_events(grammar: Grammar) -> None:
    @grammar.rule("event_after", "с|со|от дня|момента rest", "после rest")
    def _(event: str) -> str:
        return event

    @grammar.rule("event_after", "с|со|от даты rest")
    def _(event: str) -> str:
        return f"даты {event}" if event.startswith(_STAGES_OF_A_PROCESS) else event

    @grammar.rule("event_after", "с|со|от дня|момента|даты", "после")
    def _() -> str:
        return ""


def _declare_counted_after(grammar: Grammar) -> None:
    @grammar.rule("after", "_within counted event_after")
    def _(span: Span, event: str) -> Relative | None:
        return _after(span, event)

    @grammar.rule(
        "after",
        "в течение|течении|теч single event_after",
        "не позднее single event_after",
        "через|спустя single event_after",
        "в срок до single event_after",
    )
    def _(span: Span, event: str | None) -> Relative | None:
        return _after(span, event or "")

    @grammar.rule("after", "в течение|течении|теч single")
    def _(span: Span) -> Relative | None:
        return _after(span, "") if span.unit in {"day", "workday", "week", "month"} else None

    @grammar.rule(
        "after",
        "в течение|течении|теч counted",
        "не позднее|позже counted",
        "в срок не более|позднее counted",
        "в срок до? counted",
    )
    def _(span: Span) -> Relative | None:
        return _after(span, "")

    @grammar.rule(
        "after", "в|во compound_span календарный? срок event_after?", "в течение compound_span срока event_after?"
    )
    def _(span: Span, event: str | None) -> Relative | None:
        return _after(span, event or "")


def _declare_next_day(grammar: Grammar) -> None:
    grammar.alias("_next", "следующего|следующий|следующим")

    @grammar.rule("after", "не позднее|позже _next дня event_after?", "на _next день event_after?")
    def _(event: str | None) -> Relative | None:
        return _after(Span(1, "day"), event or "")

    @grammar.rule("after", "не позднее|позже _next _working дня event_after?", "на _next _working день event_after?")
    def _(event: str | None) -> Relative | None:
        return _after(Span(1, "workday"), event or "")

    grammar.alias("_next_to", "следующего|следующий|следующих за днем|датой")

    @grammar.rule("after", "не позднее|позже|в lasting ,? _next_to rest", "в течение lasting ,? _next_to rest")
    def _(span: Span, event: str) -> Relative | None:
        return _after(span, event) if span.unit in {"day", "workday"} else None


def _declare_before(grammar: Grammar) -> None:
    grammar.alias("_ahead", "за", "не позднее|позже|менее чем? за", "не позднее|позже|менее , чем за")

    @grammar.rule("before", "_ahead lasting до rest", "не позднее|позже|менее counted до rest")
    def _(span: Span, event: str) -> Relative | None:
        offset = span.offset("before", event)
        return None if offset is None else Relative(offset)

    @grammar.rule("before", "накануне rest")
    def _(event: str) -> Relative:
        return Relative(Offset(1, "day", "before", event))

    @grammar.rule("before", "_by time rest_of_day zone?")
    def _(clock: Clock, event: str, zone: str | None) -> Relative:
        named = Clock(clock.hour, clock.minute, clock.zone or zone)
        return Relative(Offset(0, "day", "before", event), named)

    @grammar.rule("before", "не позднее|позже rest_of_day")
    def _(event: str) -> Relative:
        return Relative(Offset(0, "day", "before", event))

    @grammar.rule("rest_of_day", "event_day")
    def _(event: str) -> str | None:
        return event if event.lower().startswith(("дня ", "день ")) else None

    grammar.alias("event_day", "rest")


def _declare_at_event(grammar: Grammar) -> None:
    grammar.alias("_at_once", "незамедлительно|немедленно|безотлагательно|срочно")

    @grammar.rule("at_event", "_at_once event_after?", "сразу event_after", "в тот же день event_after?")
    def _(event: str | None) -> Relative:
        return Relative(Offset(0, "day", "after", event or None))

    @grammar.rule("at_event", "в день rest", "в дату rest")
    def _(event: str) -> Relative | None:
        if event.lower().startswith(tuple(NAMES)):
            return None
        return Relative(Offset(0, "day", "after", event))

    @grammar.rule("at_event", "после rest", "по итогам|результатам rest")
    def _(event: str) -> Relative | None:
        is_frequency = event.lower().startswith(("четверт", "учебной четверт", "кажд"))
        return None if is_frequency else Relative(Offset(0, "day", "after", event))

    @grammar.rule("at_event", "по ending")
    def _(event: str) -> Relative | None:
        return Relative(Offset(0, "day", "after", event)) if event.lower().startswith(_ENDINGS) else None

    grammar.alias("ending", "rest")


def _declare_from_today(grammar: Grammar) -> None:
    for word, days in (("сегодня", 0), ("завтра", 1), ("послезавтра", 2)):

        @grammar.rule("from_today", f"до? {word}", f"{word} ,? до|в|к? time", f"до time {word}")
        def _(clock: Clock | None = None, days: int = days) -> Relative:
            return Relative(Offset(days, "day", "after", TODAY), clock)

    @grammar.rule("from_today", "через|спустя counted", "через|спустя single")
    def _(span: Span) -> Relative | None:
        if span == Span(1, "day"):
            return None  # «через день» is every other day as well
        offset = span.offset("after", TODAY)
        return None if offset is None else Relative(offset)

    @grammar.rule("from_today", "в|во|до|к|ко ближайш* weekday", "до|к|ко weekday", "в|во weekday")
    def _(weekday: str) -> NextWeekday:
        return NextWeekday(weekday)

    @grammar.rule("from_today", "в|во|до ближайш*? weekday до|в|к time", "до time ближайш*? weekday")
    def _(*given: object) -> NextWeekday:
        weekday = next(part for part in given if isinstance(part, str))
        return NextWeekday(weekday, next(part for part in given if isinstance(part, Clock)))


_STAGES_OF_A_PROCESS = ("начала", "завершения", "окончания", "проведения")
"""«с даты завершения приёма» counts from a date that the calendar of the process names, and quotes it whole; «с даты
подписания» merely joins."""

_LEAST_YEAR = 1000
"""«в течение 2025 года» names a year, not a count of years."""

_ENDINGS = ("окончани", "завершени", "истечени", "получени", "прибыти")


def _after(span: Span, event: str) -> Relative | None:
    offset = span.offset("after", event or None)
    return None if offset is None else Relative(offset)
