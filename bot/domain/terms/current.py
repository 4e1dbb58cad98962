"""Meanings that only the day of reading places."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.terms.model import Doubt, Precision, Term, TermKind
from bot.domain.terms.situation import Situation
from bot.domain.terms.stretches import TermError

_LENGTHS = {
    "month": (relativedelta(months=1), Precision.MONTH),
    "quarter": (relativedelta(months=3), Precision.QUARTER),
}
_FRIDAY = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Current:
    """«в текущем месяце», «на следующей неделе» (Monday to Sunday), «до конца недели» (Friday of a working week)."""

    unit: str
    shift: int
    is_due: bool

    def settle(self, situation: Situation) -> Term:
        today = _today(situation)
        if self.unit == "week":
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=self.shift)
            if self.is_due:
                return Term(TermKind.DEADLINE, end=monday + _FRIDAY, precision=Precision.DAY)
            return Term(TermKind.PERIOD, monday, monday + timedelta(days=6), Precision.DAY)
        length, precision = _LENGTHS[self.unit]
        first_month = today.month if self.unit == "month" else (today.month - 1) // 3 * 3 + 1
        first = date(today.year, first_month, 1) + self.shift * length
        last = first + length - timedelta(days=1)
        if self.is_due:
            return Term(TermKind.DEADLINE, end=last, precision=precision)
        return Term(TermKind.PERIOD, first, last, precision)


@dataclass(frozen=True, slots=True)
class CurrentDay:
    """«до 15 числа»: the next such day; «до 5 числа следующего месяца»: that of the month named."""

    day: int
    shift: int | None

    def settle(self, situation: Situation) -> Term:
        today = _today(situation)
        month = date(today.year, today.month, 1) + relativedelta(months=self.shift or 0)
        end = _day_in(month, self.day)
        if self.shift is None and end < today:
            end = _day_in(month + relativedelta(months=1), self.day)
        return Term(TermKind.DEADLINE, end=end, precision=Precision.DAY, doubts=(Doubt.YEAR_ASSUMED,))


def _today(situation: Situation) -> date:
    if situation.today is None:
        raise TermError(Doubt.REFERENCE_MISSING)
    return situation.today


def _day_in(month: date, day: int) -> date:
    length = calendar.monthrange(month.year, month.month)[1]
    if day > length:
        raise TermError(Doubt.INVALID)
    return month.replace(day=length if day == -1 else day)
