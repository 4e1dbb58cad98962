"""How the suite runs: in which order, with its files in memory, and with garbage looked for seldom."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import pytest

SELDOM = (20_000, 10, 20)
"""What is made before garbage is looked for: with Python's 700 that took a fifteenth of the suite's time."""
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
"""Where files can lie in memory, and how much must be free there: thousands of databases wait for a disk otherwise."""
LONGEST = (
    "tests/year",
    "tests/end_to_end/test_story.py",
    "tests/end_to_end/test_kill.py",
    "tests/end_to_end/test_killed.py",
    "tests/end_to_end/test_page.py",
    "tests/sandbox/test_page_browser.py",  # beside the page's: another process would start a Chromium of its own
)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("dist", "no") == "no":  # in the one process, or in those that are handed the tests
        config.pluginmanager.import_plugin("tests.fixtures")
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # pytest's own name for the root of `tmp_path`


def pytest_collectstart() -> None:
    gc.disable()  # until the end of collecting: of what that makes nothing is garbage, and to look takes a fifth of it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: one that began last would run on while the other processes have nothing left to do."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """aiogram's models are never garbage, and a full collection over them takes a tenth of a second: as at a start."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()
