"""The demonstration as its user runs it, and what its command leads to.

The story is told in this process: of a process of its own half the time went by before the first word, on imports.
"""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from bot.cli import app
from bot.demo.story import play


async def test_the_story_is_told_to_its_end() -> None:
    """It checks itself at every turn and ends with an error where the bot strays from it."""
    told: list[str] = []
    with capture_logs() as logs:
        await play(lambda line: told.append(str(line)))
    wrong = [one for one in logs if one["log_level"] in ("error", "critical")]
    assert wrong == [], "nothing went wrong on the way"
    chapters = [line.split()[1] for line in "\n".join(told).splitlines() if line.startswith("━━ ")]
    assert chapters == [*(f"{number}." for number in range(1, 26)), "Итог"]


def test_the_command_tells_the_story_and_exits_well(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr("bot.demo.showing.tell_story", lambda: told.append(True))
    done = CliRunner().invoke(app, ["demo", "--story"])
    assert (done.exit_code, told) == (0, [True]), done.output
