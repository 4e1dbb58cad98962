"""A month of a small network, played through and played again with kills: the whole year is ``make year``."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from tests.year.board import differences, standing
from tests.year.checks import faults
from tests.year.plan import START
from tests.year.play import play

_KILLS = 6


async def test_a_month_keeps_every_promise_and_kills_change_nothing_on_the_board(
    database_file: Path, tmp_path: Path
) -> None:
    """With a roadmap, minutes at two days' notice, a webinar, the first terms and who stays silent on them."""
    until = START + timedelta(days=24)
    again = Path(shutil.copy(database_file, tmp_path / "killed.sqlite3"))
    year = await play(database_file, schools=4, seed=3, until=until)
    assert {promise: broken for promise, broken in faults(year).items() if broken} == {}
    assert year.given > 10, "people live, or nothing was shown"
    killed = await play(again, schools=4, seed=3, kills=_KILLS, until=until)
    assert killed.kills == _KILLS
    assert {promise: broken for promise, broken in faults(killed).items() if broken} == {}
    assert differences(standing(year.file), standing(killed.file)) == []
