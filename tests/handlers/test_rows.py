"""How pages are turned: one row everywhere, whatever number the first page has in its button."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handlers.answers.callbacks import MyPage
from handlers.rows import pager, turning

HANDLERS = Path(__file__).resolve().parents[2] / "handlers"


@pytest.mark.parametrize(
    ("page", "pages", "first", "leads_to", "reason"),
    [
        (2, 5, 1, (1, 2, 3), "back, the same again, on"),
        (1, 5, 1, (5, 1, 2), "at the beginning the arrow leads round to the end"),
        (5, 5, 1, (4, 5, 1), "and the other way about"),
        (0, 2, 0, (1, 0, 1), "where the first page is 0"),
    ],
)
def test_the_row_leads_to_the_pages_beside_the_one_that_is_shown(
    page: int, pages: int, first: int, leads_to: tuple[int, ...], reason: str
) -> None:
    row = pager(page, pages, lambda n: MyPage(page=n), first=first)

    assert tuple(MyPage.unpack(button.callback_data or "").page for button in row) == leads_to, reason
    assert [button.text for button in row] == ["‹", f"{page + 1 - first} из {pages}", "›"]


def test_one_page_is_not_turned() -> None:
    assert pager(0, 1, lambda n: MyPage(page=n)) == []
    assert turning(1, 1, lambda n: MyPage(page=n), first=1) == []


def test_nobody_else_makes_arrows_of_his_own() -> None:
    """Two lists had a row without «2 из 5», or with «2/5», and people looked for what it meant."""
    sources = {file: file.read_text(encoding="utf-8") for file in HANDLERS.rglob("*.py") if file.name != "rows.py"}
    assert [file.name for file, source in sources.items() if re.search("""["'][‹›]["']""", source)] == []
