"""The line of one figure: what is known of it, against its plan and the period before."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.board import BoardLine, Tally
from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import ActivityId, OccurrenceId, UnitId
from bot.domain.indicators import UnitFigure
from bot.domain.matters import ActivityKind, OccurrenceState
from bot.domain.network import Unit, UnitKind
from bot.services.show_indicators import IndicatorUnit
from handlers.indicators.screens import caption
from tests.calendar_days import MONDAY

SHARE = Question("share", QuestionKind.DECIMAL, "Доля", unit="%")
MONEY = Question("money", QuestionKind.DECIMAL, "Сумма", unit="тыс. руб.")
DISTRICT = Unit(UnitId(1), UnitKind.MUNICIPALITY, None, "/1/", "Район", None, "Europe/Moscow")
WHOLE = UnitFigure(DISTRICT, None, None, None, owed=3, handed_in=3)
LINE = BoardLine(
    OccurrenceId(1), ActivityId(1), 1, ActivityKind.TASK, "Мониторинг", MONDAY, MONDAY.date(), False,
    "Europe/Moscow", OccurrenceState.OPEN, Tally(silent=1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "figure", "said", "reason"),
    [
        (SHARE, replace(WHOLE, number=200 / 3), "66,7 % · в среднем", "more digits promise more than is known"),
        (SHARE, replace(WHOLE, number=66.64, plan=66.64), "66,6 из 66,64 % · в среднем", "met, however it is shown"),
        (SHARE, replace(WHOLE, number=60.0, plan=200 / 3), "не хватает 6,7", "what is missing of an average too"),
        (
            SHARE,
            replace(WHOLE, number=66.96, plan=67),
            "67 из 67 % · в среднем · не хватает менее 0,1",
            "not met, though it looks like it",
        ),
        (SHARE, replace(WHOLE, number=65.0, before=190 / 3), "+1,7 к прошлому разу", "and what was gained"),
        (SHARE, replace(WHOLE, number=65.0, before=65.01), "65 % · в среднем · сдали", "nothing to be seen"),
        (
            MONEY,
            replace(WHOLE, number=12.345, plan=12.5),
            "12,345 из 12,5 тыс. руб. · не хватает 0,155",
            "a sum is exact",
        ),
    ],
)
def test_a_figure_is_told_as_exactly_as_it_is_known(
    question: Question, figure: UnitFigure, said: str, reason: str
) -> None:
    shown = IndicatorUnit(LINE, DISTRICT, None, question, figure, (), (), may_plan=True)
    words = str(caption(shown, ZoneInfo("Europe/Moscow"))).replace("\xa0", " ").replace("<b>", "").replace("</b>", "")
    assert said in words, reason
