"""Holidays that phrases call by name: «ко Дню учителя», «до Нового года».

A new one is a row of ``HOLIDAYS``: its words after «день», and its day.
"""

from __future__ import annotations

from bot.domain.terms.dated import Dated, Shape
from bot.domain.terms.grammar import Grammar
from bot.domain.terms.model import Precision
from bot.domain.terms.stretches import END_OF_MONTH, Stretch, Year, one_day

HOLIDAYS: tuple[tuple[str, Stretch], ...] = (
    ("российского студенчества", one_day(25, 1)),
    ("российской науки", one_day(8, 2)),
    ("защитника|защитников отечества", one_day(23, 2)),
    ("космонавтики", one_day(12, 4)),
    ("победы", one_day(9, 5)),
    ("славянской письменности и культуры", one_day(24, 5)),
    ("защиты детей", one_day(1, 6)),
    ("россии", one_day(12, 6)),
    ("семьи , любви и верности", one_day(8, 7)),
    ("знаний", one_day(1, 9)),
    ("воспитателя", one_day(27, 9)),
    ("воспитателя и всех дошкольных работников", one_day(27, 9)),
    ("пожилого человека|пожилых людей", one_day(1, 10)),
    ("учителя", one_day(5, 10)),
    ("народного единства", one_day(4, 11)),
    ("матери", Stretch(Precision.DAY, (11, 1), (11, END_OF_MONTH), weekday="SU", week=-1)),
    ("неизвестного солдата", one_day(3, 12)),
    ("героев отечества", one_day(9, 12)),
    ("конституции", one_day(12, 12)),
)
"""Days of the whole country that do not depend on a region; of two that share a name (day of the family) none."""

_DAY = "день|дня|дню|днем|дне"
_NEW_YEAR_EVE = one_day(31, 12)

NAMES = frozenset(words.split()[0].split("|")[0] for words, _ in HOLIDAYS)
"""The first words: «в день учителя» is no event to wait for."""


def declare(grammar: Grammar) -> None:
    for words, day in HOLIDAYS:
        grammar.alias("holiday", f"{_DAY} {words}", value=day)
    grammar.alias("holiday", "международного|международному женского|женскому дня|дню", value=one_day(8, 3))
    grammar.alias("holiday", "международный женский день", value=one_day(8, 3))

    @grammar.rule("date", "holiday year?")
    def _(day: Stretch, year: Year | None) -> Stretch:
        return day if year is None else day.in_year(year)

    @grammar.rule("date", "day ( holiday )", "day , holiday", "day - holiday")
    def _(day: Stretch, holiday: Stretch) -> Stretch | None:
        return day if day.first == holiday.first and day.last == holiday.last else None

    @grammar.rule("bare", "в holiday year?")
    def _(day: Stretch, year: Year | None) -> Dated:
        placed = day if year is None else day.in_year(year)
        return Dated(Shape.BARE, placed, placed)

    @grammar.rule("due", "до|к нового|новому года|году", "до|к нового|новому year_number года|году")
    def _(year: int | None = None) -> Dated:
        """The year named is the one that begins: what is due before it is due in the year that ends."""
        last = _NEW_YEAR_EVE if year is None else _NEW_YEAR_EVE.in_year(year - 1)
        return Dated(Shape.DUE, last, last)
