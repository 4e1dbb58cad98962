"""The board's screens stay within one message, whatever people are called and however many there are."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from aiogram.types import InlineKeyboardMarkup

from bot.domain.attendance import AttendanceTally
from bot.domain.board import BoardEntry, BoardLine, Debtor, Misdelivery, Status, Tally, UnitTally
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.domain.network import Reach, Unit, UnitKind
from bot.services.show_board import BoardUnit
from handlers.board.screens import unit_screen

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Yakutsk")
EVERY = Tally(in_time=1, late=2, in_progress=3, problem=4, silent=5, unreachable=6, maybe=7)
LINE = BoardLine(
    OccurrenceId(10**12), ActivityId(1), 1, ActivityKind.TASK, "Ж" * 3000, NOW, date(2026, 9, 1), True,
    "Europe/Moscow", OccurrenceState.OPEN, EVERY,
)  # fmt: skip
PROBLEM = BoardEntry(
    AssignmentId(1),
    "Школа",
    "Безымянный Пётр " * 9,
    Status.PROBLEM,
    Answer.PROBLEM,
    NOW,
    "Другой Пётр",
    "🙂" * 1000,
    (),
)
SILENT = BoardEntry(
    AssignmentId(1), "Школа " * 30, None, Status.SILENT, None, None, None, None,
    tuple(Debtor(PersonId(n), "Константинопольский-Задунайский Александр", Reach.BLOCKED) for n in range(5)),
)  # fmt: skip


def unit(number: int) -> Unit:
    path = f"/1/{number}/"
    return Unit(UnitId(number), UnitKind.SCHOOL, UnitId(1), path, f"{number} школа " * 20, None, "Asia/Yakutsk")


def board(*, below: int = 0, entries: tuple[BoardEntry, ...] = ()) -> BoardUnit:
    children = tuple(UnitTally(unit(10 + number), EVERY) for number in range(below))
    return BoardUnit(LINE, unit(5), unit(4), EVERY, children, entries, Misdelivery(3, 4, 5))


def size(text: str) -> int:
    """As Telegram counts a message: UTF-16 units after the markup is parsed."""
    return len(html.unescape(re.sub(r"<[^>]+>", "", text)).encode("utf-16-le")) // 2


def children_of(keyboard: InlineKeyboardMarkup) -> set[str]:
    texts = (button.text for row in keyboard.inline_keyboard for button in row)
    return {found.group(1) for text in texts if (found := re.match(r"[^‹\s]+ (\d+) школа", text))}


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(board(entries=(PROBLEM,) * 60), id="a big school where everybody has a long problem"),
        pytest.param(board(entries=(SILENT,) * 60), id="a big school where nobody has answered"),
        pytest.param(board(below=60), id="a region of sixty municipalities"),
    ],
)
def test_a_screen_is_one_message(shown: BoardUnit) -> None:
    text, keyboard = unit_screen(shown, reader=ZONE, today=date(2026, 9, 2))
    assert size(text) <= 4096
    buttons = [button for row in keyboard.inline_keyboard for button in row]
    assert len(buttons) <= 100, "Telegram takes no more under one message"
    assert max(len((button.callback_data or "").encode()) for button in buttons) <= 64


def test_what_does_not_fit_is_counted() -> None:
    text, _ = unit_screen(board(entries=(PROBLEM,) * 60), reader=ZONE, today=date(2026, 9, 2))
    shown = text.count("🙂" * 250)
    assert 3 < shown < 60
    assert str(60 - shown) in text.splitlines()[-1]


def test_who_is_undecided_stands_apart_from_the_silent() -> None:
    tally = Tally(in_time=1, maybe=2, silent=3)
    line = replace(LINE, kind=ActivityKind.WEBINAR, title="Вебинар", tally=tally)
    undecided = BoardEntry(
        AssignmentId(1), "Школа № 1", "Котов Глеб", Status.MAYBE, Answer.MAYBE, NOW, "Котов Глеб", None, (),
    )  # fmt: skip
    shown = replace(board(), line=line, tally=tally, entries=(undecided,), misdelivery=Misdelivery())
    text, keyboard = unit_screen(shown, reader=ZONE, today=date(2026, 9, 2))
    assert "🤔 Под вопросом: 2" in text
    assert "🔕 Молчат: 3" in text
    assert "🤔 Котов Глеб: под вопросом, 01.09.2026 18:00" in text
    assert "🔔 Напомнить молчащим (3)" in [button.text for row in keyboard.inline_keyboard for button in row]


def test_the_columns_add_up_to_all_who_owe() -> None:
    """What is looked at and what is not theirs counts as answered; a term of one's own is shown apart."""
    tally = Tally(in_time=1, in_review=2, not_ours=3, returned=4, postponed=5, silent=6)
    assert (tally.total, tally.answered, tally.put_off) == (21, 6, 9)
    shown = replace(board(), tally=tally, waiting=4)
    text, keyboard = unit_screen(shown, reader=ZONE, today=NOW.date())
    assert "Ответили: <b>6</b> из 21" in text
    for line in ("🔎 из них на проверке: 2", "🚷 из них не относится: 3", "↩️ Возвращено: 4", "📅 Перенесено: 5"):
        assert line in text
    assert "📥 На проверку: 4" in [button.text for row in keyboard.inline_keyboard for button in row]


def test_each_unit_below_shows_the_share_of_its_people_who_were_there() -> None:
    turnout = {None: AttendanceTally(present=2, absent=1), UnitId(10): AttendanceTally(present=1, absent=1)}
    text, _ = unit_screen(replace(board(below=2), turnout=turnout), reader=ZONE, today=date(2026, 9, 2))
    assert "✋ Были: <b>2</b> из 3 (67 %)" in text
    assert text.count("✋ 1 из 2 (50 %)") == 1


def test_every_unit_below_can_be_reached_page_by_page() -> None:
    pages = [unit_screen(board(below=60), reader=ZONE, today=date(2026, 9, 2), page=page)[1] for page in range(4)]
    assert {name for page in pages for name in children_of(page)} == {str(10 + number) for number in range(60)}


def test_a_page_beyond_the_end_is_the_last_one() -> None:
    assert children_of(unit_screen(board(below=20), reader=ZONE, today=date(2026, 9, 2), page=99)[1]) == {
        "26", "27", "28", "29",
    }  # fmt: skip
