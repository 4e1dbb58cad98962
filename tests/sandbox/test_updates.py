"""The queue of updates: offsets, confirmation, expiry, the long poll and its conflicts."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.sandbox.server import Sandbox
from bot.sandbox.updates import UpdateQueue
from tests.sandbox.conftest import Answer, Client, until_polled


def filled(clock: MovableClock, count: int) -> tuple[UpdateQueue, int]:
    """A queue with `count` messages, and the first one's id."""
    queue = UpdateQueue(clock)
    ids = [queue.push("message", {"text": str(number)}, 1) for number in range(count)]
    assert ids[0] is not None
    return queue, ids[0]


def texts(taken: list[bytes]) -> list[str]:
    return [json.loads(update)["message"]["text"] for update in taken]


@pytest.mark.parametrize(
    ("offset", "taken", "left"),
    [
        pytest.param(None, "0123", "0123", id="no offset confirms nothing"),
        pytest.param(0, "0123", "0123", id="the first id confirms nothing"),
        pytest.param(2, "23", "23", id="an offset confirms what is before it"),
        pytest.param(4, "", "", id="the next id confirms all"),
        pytest.param(14, "", "", id="ten past the end is still good"),
        pytest.param(15, "0123", "0123", id="further on it is ignored"),
    ],
)
def test_a_positive_offset(clock: MovableClock, offset: int | None, taken: str, left: str) -> None:
    queue, first = filled(clock, 4)
    assert texts(queue.take(0 if offset is None else first + offset, 100)) == list(taken)
    assert texts(queue.take(0, 100)) == list(left)


def test_a_negative_offset_keeps_the_newest(clock: MovableClock) -> None:
    queue, _ = filled(clock, 4)
    assert texts(queue.take(-2, 100)) == ["2", "3"]
    assert texts(queue.take(0, 100)) == ["2", "3"]


def test_the_limit_confirms_nothing(clock: MovableClock) -> None:
    queue, _ = filled(clock, 4)
    assert texts(queue.take(0, 2)) == ["0", "1"]
    assert len(queue) == 4


def test_a_callback_expires_before_a_message_that_came_earlier(clock: MovableClock) -> None:
    queue, _ = filled(clock, 1)
    queue.push("callback_query", {"data": "x"}, 1)
    clock.advance(timedelta(seconds=150))
    assert texts(queue.take(0, 100)) == ["0"]
    clock.advance(timedelta(hours=24))
    assert len(queue) == 0


async def poll(client: Client, **parameters: Any) -> Answer:
    return await client.call("getUpdates", **parameters)


async def test_a_waiting_poll_is_answered_by_the_first_update(sandbox: Sandbox, client: Client, anna: int) -> None:
    polling = asyncio.create_task(poll(client, timeout=30))
    await until_polled(sandbox)
    sandbox.person_writes(anna, "Здравствуйте")
    (update,) = (await polling).result
    assert update["message"]["text"] == "Здравствуйте"
    assert (await poll(client, offset=update["update_id"] + 1)).result == []


async def test_a_new_waiting_poll_ends_the_older_one(sandbox: Sandbox, client: Client, anna: int) -> None:
    older = asyncio.create_task(poll(client, timeout=30))
    await until_polled(sandbox)
    newer = asyncio.create_task(poll(client, timeout=30))
    assert (await older).refusal == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    sandbox.person_writes(anna, "Второму")
    assert len((await newer).result) == 1


async def test_a_poll_that_need_not_wait_disturbs_nobody(sandbox: Sandbox, client: Client, anna: int) -> None:
    older = asyncio.create_task(poll(client, timeout=30))
    await until_polled(sandbox)
    assert (await poll(client)).result == []
    sandbox.person_writes(anna, "Первому")
    assert len((await older).result) == 1


async def test_an_abandoned_poll_is_no_rival(sandbox: Sandbox, client: Client, anna: int) -> None:
    abandoned = asyncio.create_task(poll(client, timeout=30))
    await until_polled(sandbox)
    abandoned.cancel()
    await until_polled(sandbox, is_polled=False)
    sandbox.person_writes(anna, "Никому не потеряно")
    assert len((await poll(client)).result) == 1


@pytest.mark.parametrize(
    ("allowed", "comes"),
    [
        pytest.param(["message"], False, id="not asked for"),
        pytest.param(["MY_CHAT_MEMBER"], True, id="any case"),
        pytest.param([], True, id="the default has it"),
        pytest.param(["telepathy"], True, id="unknown names alone are the default"),
    ],
)
async def test_the_filter_works_when_an_update_is_born(
    sandbox: Sandbox, client: Client, anna: int, allowed: list[str], comes: bool
) -> None:
    await poll(client, allowed_updates=allowed)
    sandbox.block(anna)
    await poll(client, allowed_updates=[])
    assert bool((await poll(client)).result) is comes


async def test_an_unreadable_filter_keeps_the_former(sandbox: Sandbox, client: Client, anna: int) -> None:
    await poll(client, allowed_updates=["callback_query"])
    await poll(client, allowed_updates="{nonsense")
    sandbox.person_writes(anna, "Не сюда")
    assert (await poll(client)).result == []


async def test_a_reset_does_not_turn_the_ids_back(sandbox: Sandbox, client: Client, anna: int) -> None:
    sandbox.person_writes(anna, "До")
    (before,) = (await poll(client)).result
    sandbox.reset()
    sandbox.start_bot(anna)
    (after,) = (await poll(client)).result
    assert after["update_id"] > before["update_id"]


async def test_the_bots_own_messages_make_no_updates(client: Client, anna: int) -> None:
    await client.call("sendMessage", chat_id=anna, text="Своё")
    assert (await poll(client)).result == []
