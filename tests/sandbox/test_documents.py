"""The page about the sandbox names everything that it offers."""

from __future__ import annotations

import re
from pathlib import Path

from bot.sandbox.methods.registry import NAMES
from bot.sandbox.server import Sandbox

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")


def test_every_control_request_is_documented(sandbox: Sandbox) -> None:
    documented = set(re.findall(r"`(GET|POST) /sandbox(/[^`?]*)", PAGE))
    for method, pattern in sandbox._control.paths:
        path = pattern.replace(r"(-?\d+)", "{id}").replace(r"(\d+)", "{id}").replace("([^/]+)", "{file_id}")
        assert (method, path.replace("(block|unblock|delete)", "block")) in documented


def test_every_method_is_documented() -> None:
    listed = PAGE.partition("Methods: ")[2].partition(" Any other answers")[0]
    assert set(re.findall(r"\w+", listed)) == set(NAMES.values())
