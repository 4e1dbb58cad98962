"""The command that reads phrases: a fixed contract that checks outside the repository rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str, lines: str = "") -> Result:
    """In this process: to start another takes longer than all that is asked of it."""
    return CliRunner().invoke(app, ["deadline", *arguments], input=lines)


def test_one_phrase_prints_one_object() -> None:
    """As it is called from outside, by a python that has nothing of what the bot needs: it finds its environment."""
    systems = Path(sys.base_prefix) / "bin/python3"
    python = systems if (ROOT / ".venv").exists() and systems.exists() else Path(sys.executable)
    done = subprocess.run(
        [str(python), "-m", "bot", "deadline", "до 15 ноября", "--today", "2025-09-08"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "kind": "deadline",
        "start": None,
        "end": "2025-11-15",
        "precision": "day",
        "tz": None,
        "rrule": None,
    }


def test_the_region_and_the_school_year_are_taken() -> None:
    local = run("15.11.2025 в 10:00 (время местное)", "--region", "Амурской области")
    assert json.loads(local.stdout)["tz"] == "Asia/Yakutsk"
    plan = run("май", "--school-year", "2024/25")
    assert json.loads(plan.stdout)["end"] == "2025-05-31"


def test_russian_letters_are_printed_as_they_are() -> None:
    assert "получения" in run("в течение 3 дней со дня получения").stdout


def test_a_wrong_day_of_reading_is_refused() -> None:
    done = run("до 15 ноября", "--today", "15.11.2025")
    assert done.exit_code == 2
    assert "ГГГГ-ММ-ДД" in done.stderr


def test_a_region_that_does_not_exist_is_refused() -> None:
    done = run("до 15 ноября", "--region", "Марс")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Марс" in done.stderr


def test_lines_are_answered_one_by_one_and_a_broken_one_does_not_stop_the_rest() -> None:
    rows = [
        json.dumps({"text": "до 15 ноября", "reference_date": "2025-09-08"}),
        "{broken",
        json.dumps({"text": 5}),
        json.dumps({"text": "до 18.00 по местному времени", "region": "Томская область"}),
        json.dumps({"text": "в течение года", "context": {"plan_year": "2026"}}),
    ]
    done = run("--jsonl", lines="\n".join(rows))
    first, broken, wrong, local, plan = (json.loads(line) for line in done.stdout.splitlines())
    assert done.exit_code == 1
    assert first["end"] == "2025-11-15"
    assert broken["line"] == 2
    assert "text" in wrong["error"]
    assert local["tz"] == "Asia/Tomsk"
    assert plan["start"] == "2026-01-01"


def test_whole_input_ends_well() -> None:
    done = run("--jsonl", lines=json.dumps({"text": "постоянно"}))
    assert done.exit_code == 0
    assert json.loads(done.stdout)["kind"] == "continuous"


def test_the_messenger_is_not_imported() -> None:
    code = (
        "import sys; sys.argv = ['bot', 'deadline', 'до 1 мая 2026']\n"
        "from bot.cli import app\n"
        "app(standalone_mode=False)\n"
        "assert 'aiogram' not in sys.modules and 'sqlalchemy' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
