"""«Показатели» in chat: sums along the tree, the plan, the period before, the picture."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from contextlib import nullcontext
from datetime import timedelta
from functools import partial

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.board import BoardLine, Tally
from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.ids import ActivityId, OccurrenceId, UnitId
from bot.domain.indicators import Period, UnitFigure
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.domain.network import Unit, UnitKind
from bot.reports.figures_png import figures_png
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.show_indicators import IndicatorUnit, set_plan, show_indicator
from handlers.board.callbacks import BoardDate
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels, telegram
from tests.factories import SmallNetwork
from tests.forms import MENTORS, form_on, handed_in_with, next_date
from tests.opening import assignment, open_task


async def _picture(figure: IndicatorUnit) -> bytes:
    return figures_png(figure)


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, figures_picture=_picture) as tg:
        yield tg


@pytest.fixture
async def quarter(database: Database, network: SmallNetwork) -> OccurrenceId:
    """Two schools of the region handed in last quarter; of this one school № 1 alone."""
    first = await open_task(database, network, title="Мониторинг наставничества")
    await form_on(database, network, first)
    schools = {network.school_1: network.coordinator_1, network.school_2: network.coordinator_2}
    for (school, person), mentors in zip(schools.items(), ("20", "31"), strict=True):
        owed = await assignment(database, first, school=school)
        await handed_in_with(database, person, owed, mentors, "да", "В школе")
    second = await next_date(database, first, after=timedelta(days=70))
    owed = await assignment(database, second, school=network.school_1)
    await handed_in_with(database, network.coordinator_1, owed, "17", "нет", "В школе")
    return second


async def test_the_figures_add_up_from_the_board(tg: Telegram, network: SmallNetwork, quarter: OccurrenceId) -> None:
    chat = tg.chat_of(network.regional)
    listed = await chat.says("/board")
    board = await chat.presses(data=BoardDate(occurrence=quarter).pack(), on=listed)
    assert "📈 Показатели" in labels(board)
    figures = await chat.presses("📈 Показатели")
    assert "1. Сколько наставников?" in figures["text"]
    assert "17 из 60 чел. · не хватает 43 · −3 к прошлому разу · сдали 1 из 3" in figures["text"]
    assert "2. Приказ издан?\nДа: 0 из 1 · −1 к прошлому разу · сдали 1 из 3" in figures["text"]
    assert "Что мешает" not in figures["text"], "words do not add up"
    one = await chat.presses("1")
    assert "По периодам: " in one["text"]
    assert "– 51 → " in one["text"]
    assert "🔸 Суздальский район: 17 из 40 чел. (−3)" in one["text"]
    district = await chat.presses("Суздальский район")
    assert "🔸 Школа № 1 г. Суздаля: 17 из 20 чел. (−3)" in district["text"]
    assert "▫️ Школа № 2 г. Суздаля: не сдано" in district["text"]


async def test_of_a_yes_or_no_question_it_is_told_how_many_said_yes_of_how_many(
    tg: Telegram, network: SmallNetwork, quarter: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.presses(data=BoardDate(occurrence=quarter).pack(), on=await chat.says("/board"))
    await chat.presses("📈 Показатели")
    one = await chat.presses("2")
    assert "По периодам ответили «да»: " in one["text"]
    assert "▪️ Суздальский район: да: 0 из 1" in one["text"]
    district = await chat.presses("Суздальский район")
    assert "▪️ Школа № 1 г. Суздаля: нет" in district["text"]


async def test_a_plan_is_set_and_taken_away(tg: Telegram, network: SmallNetwork, quarter: OccurrenceId) -> None:
    chat = tg.chat_of(network.regional)
    await _before_mentors(tg, network, quarter)
    one = await chat.presses("Суздальский район")
    asked = await chat.presses("🎯 Задать план")
    assert "Сейчас: 40 чел." in asked["text"]
    wrong = await chat.says("побольше")
    assert "Напишите одно число" in wrong["text"]
    shown = await chat.says("1 200")
    assert "17 из 1 200" in shown["text"].replace("\xa0", " "), "a school's own bounds say nothing about a district"
    await chat.presses("🎯 Задать план")
    dropped = await chat.presses("Убрать план")
    assert chat.toast["text"] == "План убран"
    assert dropped["text"] == one["text"]


async def test_the_picture_is_as_wide_as_a_phone(tg: Telegram, network: SmallNetwork, quarter: OccurrenceId) -> None:
    await _before_mentors(tg, network, quarter)
    sent = await tg.chat_of(network.regional).presses("🖼 График")
    assert "Сколько наставников?" in sent["caption"]
    assert sent["photo"][0]["width"] == 1080


async def test_a_button_made_for_another_s_district_shows_nothing(
    database: Database, network: SmallNetwork, quarter: OccurrenceId
) -> None:
    municipal = await actor_of(database, network.municipal)
    look = partial(show_indicator, database, actor=municipal, occurrence_id=quarter, question="mentors")
    assert (await look(unit_id=network.suzdal)).whole.number == 17
    with pytest.raises(NotFoundError):
        await look(unit_id=network.murom)
    with pytest.raises(NotFoundError):
        await set_plan(
            database, actor=municipal, occurrence_id=quarter, question="mentors", unit_id=network.murom, words="5",
            now=MONDAY,
        )  # fmt: skip


async def test_a_date_without_a_form_has_no_figures(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    await open_task(database, network)
    chat = tg.chat_of(network.regional)
    await chat.says("/board")
    assert "📈 Показатели" not in labels(await chat.presses("1"))


def test_a_figure_of_one_school_s_first_date_is_a_picture_too() -> None:
    """No plan, no parts, one period without anything handed in: what a new activity looks like."""
    line = BoardLine(
        OccurrenceId(1), ActivityId(1), 1, ActivityKind.TASK, "Мониторинг", MONDAY, MONDAY.date(), False,
        "Europe/Moscow", OccurrenceState.OPEN, Tally(silent=1),
    )  # fmt: skip
    unit = Unit(UnitId(1), UnitKind.SCHOOL, None, "/1/", "Школа", None, "Europe/Moscow")
    whole = UnitFigure(unit, None, None, None, owed=1, handed_in=0)
    periods = ((Period(OccurrenceId(1), MONDAY.date()), None),)
    picture = figures_png(IndicatorUnit(line, unit, None, MENTORS, whole, (), periods, may_plan=True))
    assert struct.unpack(">I", picture[16:20]) == (1080,)


async def _before_mentors(tg: Telegram, network: SmallNetwork, quarter: OccurrenceId) -> None:
    """The regional coordinator looks at the figure «наставники» of this quarter."""
    chat = tg.chat_of(network.regional)
    listed = await chat.says("/board")
    await chat.presses(data=BoardDate(occurrence=quarter).pack(), on=listed)
    await chat.presses("📈 Показатели")
    await chat.presses("1")


async def test_a_form_that_was_taken_back_counts_no_more(
    database: Database, network: SmallNetwork, quarter: OccurrenceId
) -> None:
    owed = await assignment(database, quarter, school=network.school_1)
    reply = GivenReply(owed, Answer.NOTHING_TO_REPORT, is_change=True)
    actor = await actor_of(database, network.coordinator_1)
    await accept_reply(database, actor=actor, reply=reply, source="u:nothing", now=MONDAY)
    reader = await actor_of(database, network.regional)
    figure = await show_indicator(database, actor=reader, occurrence_id=quarter, question=MENTORS.key)
    assert (figure.whole.number, figure.whole.handed_in) == (None, 0)
    assert figure.periods[-1][1] is None


@pytest.mark.parametrize(
    ("who", "where", "may"),
    [
        pytest.param("coordinator_1", "school_1", False, id="a school does not lower what is expected of it"),
        pytest.param("municipal", "suzdal", False, id="nor does a district"),
        pytest.param("municipal", "school_1", True, id="the district shares its plan out among its schools"),
        pytest.param("regional", "vladimir", True, id="the region whose form it is sets its own"),
    ],
)
async def test_a_plan_is_set_from_above(
    database: Database, network: SmallNetwork, quarter: OccurrenceId, who: str, where: str, *, may: bool
) -> None:
    actor, unit_id = await actor_of(database, getattr(network, who)), getattr(network, where)
    shown = await show_indicator(database, actor=actor, occurrence_id=quarter, question=MENTORS.key, unit_id=unit_id)
    assert shown.may_plan is may
    with nullcontext() if may else pytest.raises(NotAllowedError):
        await set_plan(
            database, actor=actor, occurrence_id=quarter, question=MENTORS.key, unit_id=unit_id, words="1", now=MONDAY
        )
