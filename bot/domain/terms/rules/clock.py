"""Times of the day and time zones: «в 9 ч. 30 мин.», «16-00», «(МСК+6)», «по иркутскому времени»."""

from __future__ import annotations

from bot.domain.terms.dated import LOCAL, Clock
from bot.domain.terms.grammar import Grammar

MOSCOW = "Europe/Moscow"

ZONES_BY_MOSCOW_OFFSET = {
    -1: "Europe/Kaliningrad",
    0: MOSCOW,
    1: "Europe/Samara",
    2: "Asia/Yekaterinburg",
    3: "Asia/Omsk",
    4: "Asia/Krasnoyarsk",
    5: "Asia/Irkutsk",
    6: "Asia/Yakutsk",
    7: "Asia/Vladivostok",
    8: "Asia/Magadan",
    9: "Asia/Kamchatka",
}
"""The zone that stands for all with this distance from Moscow (Federal law 107-FZ names the zones so)."""

_MOSCOW_FROM_UTC = 3
_USUAL_DASHED_MINUTES = {0, 15, 30, 45}


def declare(grammar: Grammar) -> None:
    _declare_zones(grammar)
    _declare_times(grammar)


def _declare_zones(grammar: Grammar) -> None:
    grammar.alias("zone_name", "мск", "по мск", "по москве", "время мск", value=MOSCOW)
    grammar.alias("zone_name", "по? московск* врем*", "врем* московск*", value=MOSCOW)
    grammar.alias("zone_name", "по? местн* врем*", "врем* местн*", value=LOCAL)
    grammar.alias("_hour_word", "ч|час|часа|часов")
    grammar.alias("_utc", "universal")

    @grammar.rule("zone_name", "мск + number _hour_word?", "мск ( + number _hour_word? )")
    def _(ahead: int) -> str | None:
        return ZONES_BY_MOSCOW_OFFSET.get(ahead)

    @grammar.rule("zone_name", "мск - number _hour_word?")
    def _(behind: int) -> str | None:
        return ZONES_BY_MOSCOW_OFFSET.get(-behind)

    @grammar.rule("zone_name", "_utc + number")
    def _(ahead: int) -> str | None:
        return ZONES_BY_MOSCOW_OFFSET.get(ahead - _MOSCOW_FROM_UTC)

    @grammar.rule("zone_name", "по zone_adjective врем*", "zone_adjective врем*", "врем* zone_adjective")
    def _(zone: str) -> str:
        return zone

    grammar.alias("zone", "zone_name", "( zone_name )", ", zone_name")

    @grammar.rule("zone", "( zone_name , zone_name )")
    def _(zone: str, same: str) -> str | None:
        return zone if zone == same else None


def _declare_times(grammar: Grammar) -> None:
    """``time`` takes «10.11» for a time because its neighbours ask for one; ``sure_time`` never takes a date."""

    @grammar.rule("bare_time", "clock_time _hour_word?", "dotted_time _hour_word?")
    def _(parts: tuple[int, int]) -> Clock:
        return Clock(*parts)

    @grammar.rule("unmistakable", "clock_time _hour_word?", "undated_time _hour_word?", "dotted_time _hour_word")
    def _(parts: tuple[int, int]) -> Clock:
        return Clock(*parts)

    for name in ("bare_time", "unmistakable"):

        @grammar.rule(name, "hour - minute _hour_word?")
        def _(hour: int, minute: int) -> Clock | None:
            return Clock(hour, minute) if minute in _USUAL_DASHED_MINUTES else None

        @grammar.rule(name, "hour _hour_word", "hour _hour_word minute мин|минут|минуты")
        def _(hour: int, minute: int = 0) -> Clock:
            return Clock(hour, minute)

    @grammar.rule("time", "bare_time zone?")
    def _(clock: Clock, zone: str | None) -> Clock:
        return Clock(clock.hour, clock.minute, zone)

    @grammar.rule("sure_time", "unmistakable", "bare_time zone")
    def _(clock: Clock, zone: str | None = None) -> Clock:
        return Clock(clock.hour, clock.minute, zone)

    grammar.alias("time", "( time )")
    grammar.alias("sure_time", "( sure_time )")
