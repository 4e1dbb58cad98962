"""What the first tap would have to put together stands ready."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.delivery import NoticeState, Verdict
from bot.services.get_ready import get_ready
from storage import alike, inbox, notices, people, replies
from storage.database import Database
from storage.prepared import Prepared

_ASKED_BY_A_BROADCAST = (
    *notices._DUE_NOW.values(),
    notices._WITH_CIRCUMSTANCES,
    notices._marked(notices._CLAIMED_COLUMNS, is_sent=True),
    notices._SETTLED,
    alike._firsts(replies._matters()),
    replies._MATTERS,
)
_ASKED_BY_A_TAP = (people._ACTOR_IN_DIALOGUE, replies._MATTER_AND_SOURCE, inbox._WAITING_BESIDES)


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> tuple[Prepared, ...]:
    """As in a program that has just begun."""
    for one in (*_ASKED_BY_A_TAP, *_ASKED_BY_A_BROADCAST):
        monkeypatch.setattr(one, "_compiled", None)
        monkeypatch.setattr(one, "_of_lengths", {})
    return _ASKED_BY_A_TAP


async def test_the_questions_of_a_tap_are_in_words_before_the_first(
    database: Database, unasked: tuple[Prepared, ...]
) -> None:
    await get_ready(database)
    assert [len(one._of_lengths) for one in unasked] == [1, 1, 1]


async def test_so_are_those_of_a_broadcast(database: Database, unasked: tuple[Prepared, ...]) -> None:
    await get_ready(database)
    assert [len(one._of_lengths) for one in _ASKED_BY_A_BROADCAST] == [1] * len(_ASKED_BY_A_BROADCAST)


def test_what_a_claim_marks_is_among_them() -> None:
    change = notices._change(Verdict(NoticeState.SENDING), datetime(2026, 9, 1, tzinfo=UTC))
    assert (*change, "gathered_into") == notices._CLAIMED_COLUMNS


async def test_a_storage_out_of_reach_holds_nothing_up(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(database._reading, "take", refused)
    await get_ready(database)
