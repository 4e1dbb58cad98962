"""What the first tap would have to put together stands ready."""

from __future__ import annotations

import pytest

from bot.services.get_ready import get_ready
from storage import dialogues, inbox, people, replies
from storage.database import Database
from storage.prepared import Prepared

_ASKED_BY_A_TAP = (people._ACTOR, dialogues._OF_KEY, replies._MATTER, replies._OF_SOURCE, inbox._WAITING_BESIDES)


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> tuple[Prepared, ...]:
    """As in a program that has just begun."""
    for one in _ASKED_BY_A_TAP:
        monkeypatch.setattr(one, "_compiled", None)
        monkeypatch.setattr(one, "_of_lengths", {})
    return _ASKED_BY_A_TAP


async def test_the_questions_of_a_tap_are_in_words_before_the_first(
    database: Database, unasked: tuple[Prepared, ...]
) -> None:
    await get_ready(database)
    assert [len(one._of_lengths) for one in unasked] == [1, 1, 1, 1, 1]


async def test_a_storage_out_of_reach_holds_nothing_up(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(database._reading, "take", refused)
    await get_ready(database)
