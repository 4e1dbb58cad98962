"""Faults, flood control, the clock, the control API and the stream of events."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import RestartingTelegram, TelegramNetworkError, TelegramRetryAfter
from yarl import URL

from bot.clock import MovableClock
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import MONDAY, Answer, Client


async def send(client: Client, chat_id: int, text: str = "x", **parameters: Any) -> Answer:
    return await client.call("sendMessage", chat_id=chat_id, text=text, **parameters)


# Faults


async def test_a_fault_strikes_as_often_as_ordered(client: Client, anna: int) -> None:
    await client.ask(
        "POST",
        "/faults",
        {"method": "sendmessage", "error_code": 500, "description": "Internal Server Error", "count": 2},
    )
    assert (await client.call("getMe")).status == 200
    assert [(await send(client, anna)).status for _ in range(3)] == [500, 500, 200]


async def test_a_fault_for_one_chat_spares_the_others(sandbox: Sandbox, client: Client, anna: int) -> None:
    boris = sandbox.add_person("Борис")
    sandbox.start_bot(boris)
    sandbox.add_fault(chat_id=anna, error_code=403, count=1)
    assert (await send(client, boris)).status == 200
    assert (await send(client, anna)).refusal == (403, "Forbidden: bot was blocked by the user")


async def test_aiogram_knows_the_faults_by_their_classes(sandbox: Sandbox, bot: Bot, anna: int) -> None:
    sandbox.add_fault(retry_after=7)
    with pytest.raises(TelegramRetryAfter) as waited:
        await bot.send_message(anna, "x")
    assert waited.value.retry_after == 7
    sandbox.add_fault(error_code=500, description="Internal Server Error: restart")
    with pytest.raises(RestartingTelegram):
        await bot.send_message(anna, "x")


@pytest.mark.parametrize(("drop", "texts"), [("before", ["/start"]), ("after", ["/start", "Дошло?"])])
async def test_a_lost_connection(sandbox: Sandbox, bot: Bot, anna: int, drop: str, texts: list[str]) -> None:
    sandbox.add_fault(method="sendMessage", drop=drop)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(anna, "Дошло?")
    assert [message["text"] for message in sandbox.messages(anna)] == texts


async def test_a_delay_alone_changes_nothing_else(sandbox: Sandbox, client: Client, anna: int) -> None:
    sandbox.add_fault(delay=0.001)
    assert (await send(client, anna)).status == 200


@pytest.mark.parametrize(
    "fault", [{"drop": "sideways"}, {"count": -1}, {"error_code": 200}, {"nonsense": 1}, {"delay": "long"}], ids=str
)
async def test_an_unclear_fault_is_refused(client: Client, fault: dict[str, Any]) -> None:
    answer = await client.ask("POST", "/faults", fault)
    assert (answer.status, answer.body["ok"]) == (400, False)


# Flood control


async def statuses(client: Client, chat_id: int, count: int, **parameters: Any) -> list[int]:
    return [(await send(client, chat_id, str(number), **parameters)).status for number in range(count)]


async def test_without_limits_nobody_waits(client: Client, anna: int) -> None:
    assert set(await statuses(client, anna, 50)) == {200}


async def test_one_chat_takes_a_short_burst_and_then_one_a_second(
    sandbox: Sandbox, client: Client, clock: MovableClock, anna: int
) -> None:
    sandbox.set_limits(enabled=True)
    assert await statuses(client, anna, 4) == [200, 200, 200, 429]
    refused = await send(client, anna)
    assert refused.refusal == (429, "Too Many Requests: retry after 1")
    assert refused.body["parameters"] == {"retry_after": 1}
    assert refused.headers["Retry-After"] == "1"
    clock.advance(timedelta(seconds=1))
    assert await statuses(client, anna, 2) == [200, 429]


async def test_a_group_takes_twenty_a_minute(sandbox: Sandbox, client: Client, clock: MovableClock, anna: int) -> None:
    group = sandbox.add_group("Учителя", [anna])
    sandbox.set_limits(enabled=True)
    assert await statuses(client, group, 21) == [200] * 20 + [429]
    clock.advance(timedelta(seconds=3))
    assert await statuses(client, group, 2) == [200, 429]


async def test_all_chats_together_take_thirty_a_second_and_a_thousand_when_paid(
    sandbox: Sandbox, client: Client
) -> None:
    people = [sandbox.add_person(f"Человек {number}") for number in range(32)]
    for person in people:
        sandbox.start_bot(person)
    sandbox.set_limits(enabled=True)
    assert [(await send(client, person)).status for person in people] == [200] * 30 + [429] * 2
    assert (await send(client, people[-1], allow_paid_broadcast=True)).status == 200


async def test_a_refused_form_costs_nothing(sandbox: Sandbox, client: Client, anna: int) -> None:
    sandbox.set_limits(enabled=True, per_chat_per_second=0.3)
    assert (await send(client, anna, "")).status == 400
    assert (await send(client, anna)).status == 200
    assert (await send(client, anna)).status == 429


# The clock


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        pytest.param({"advance": 3600}, MONDAY + timedelta(hours=1), id="by an hour"),
        pytest.param({"to": "2025-11-10T15:00:00+03:00"}, MONDAY + timedelta(hours=3), id="to an instant"),
        pytest.param({"to": "2025-11-10T12:00:00Z"}, MONDAY + timedelta(hours=3), id="to an instant, Z"),
    ],
)
async def test_the_clock_is_moved(
    client: Client, clock: MovableClock, move: dict[str, Any], expected: datetime
) -> None:
    result = (await client.ask("POST", "/clock", move)).result
    assert datetime.fromisoformat(result["clock"]) == expected == clock.now()


@pytest.mark.parametrize(
    "move",
    [{"advance": -1}, {"to": "2025-11-10T08:59:59Z"}, {"to": "2025-11-11"}, {"to": "soon"}, {"advance": 1e30}, {}],
    ids=str,
)
async def test_the_clock_is_not_moved_back_or_anywhere(
    client: Client, clock: MovableClock, move: dict[str, Any]
) -> None:
    assert (await client.ask("POST", "/clock", move)).status == 400
    assert clock.now() == MONDAY


async def test_next_goes_to_what_is_due_and_has_it_done(clock: MovableClock) -> None:
    due = [MONDAY + timedelta(hours=5), None]
    done: list[datetime] = []

    async def next_due() -> datetime | None:
        return due.pop(0)

    async def after_move() -> None:
        done.append(clock.now())

    sandbox = Sandbox(clock, next_due=next_due, after_move=after_move)
    moved = await sandbox.move_clock({"next": True})
    assert (moved["moved"], clock.now(), done) == (True, MONDAY + timedelta(hours=5), [MONDAY + timedelta(hours=5)])
    idle = await sandbox.move_clock({"next": True})
    assert (idle["moved"], idle["reason"], clock.now()) == (False, "nothing is due", MONDAY + timedelta(hours=5))


# The control API


async def test_a_conversation_over_http(client: Client) -> None:
    created = (await client.ask("POST", "/bots", {"username": "other_bot"})).result
    token = created["token"]
    person = (await client.ask("POST", "/people", {"first_name": "Вера", "id": 777, "note": "учитель"})).result["id"]
    await client.ask("POST", f"/chats/{person}/start", {"payload": "inv1", "token": token})
    await client.ask("POST", f"/chats/{person}/messages", {"text": "Добрый день", "token": token})
    form = aiohttp.FormData()
    form.add_field("file", b"PK", filename="План.docx")
    form.add_field("caption", "Вот")
    form.add_field("token", token)
    async with client.session.post(f"{client.url}/sandbox/chats/{person}/documents", data=form) as answer:
        assert answer.status == 200
    assert len((await client.call("getUpdates", token)).result) == 3
    group = (await client.ask("POST", "/groups", {"title": "Все", "member_ids": [person, created["id"]]})).result["id"]
    state = (await client.ask("GET", "/state")).result
    assert {"id": group, "type": "group", "title": "Все", "member_ids": sorted([person, created["id"]])} in state[
        "chats"
    ]
    assert [one["note"] for one in state["people"]] == ["учитель"]
    transcript = (await client.ask("GET", f"/chats/{person}/messages")).result
    assert [message.get("text", message.get("caption")) for message in transcript] == [
        "/start inv1",
        "Добрый день",
        "Вот",
    ]
    after = transcript[0]["message_id"]
    assert len((await client.ask("GET", f"/chats/{person}/messages?after={after}")).result) == 2


async def test_calls_are_logged_with_both_times(client: Client, clock: MovableClock, anna: int) -> None:
    await send(client, anna, "Раз")
    await send(client, anna, "")
    good, bad = (await client.ask("GET", "/calls?method=sendMessage")).result
    assert good["parameters"] == {"chat_id": str(anna), "text": "Раз"}
    assert good["answer"]["result"]["text"] == "Раз"
    assert (bad["status"], bad["answer"]["ok"]) == (400, False)
    assert datetime.fromisoformat(good["sandbox_time"]) == clock.now()
    assert datetime.fromisoformat(good["real_time"]) > clock.now()
    assert (await client.ask("GET", f"/calls?after={good['id']}")).result == [bad]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nowhere", None, 404),
        ("GET", "/bots", None, 405),
        ("GET", "/chats/5/messages", None, 404),
        ("POST", "/people", {}, 400),
        ("POST", "/people/5/block", {}, 404),
        ("POST", "/chats/5/messages", {"text": "x"}, 404),
        ("POST", "/chats/-5/messages", {"text": "x"}, 404),
        ("POST", "/groups", {"title": "x", "member_ids": [5]}, 404),
        ("POST", "/limits", {"per_second": -1}, 400),
        ("POST", "/faults", [], 400),
    ],
)
async def test_a_wrong_control_call_says_why(client: Client, method: str, path: str, body: Any, status: int) -> None:
    answer = await client.ask(method, path, body)
    assert answer.status == status
    assert answer.body["ok"] is False
    assert answer.body["description"]


async def test_a_reset_forgets_chats_and_keeps_people(sandbox: Sandbox, client: Client, anna: int) -> None:
    await send(client, anna)
    await client.ask("POST", "/reset")
    state = sandbox.state()
    assert (state["chats"], len(state["people"]), len(state["bots"])) == ([], 1, 1)
    assert (await send(client, anna)).refusal == (400, "Bad Request: chat not found")


async def test_the_page_hears_what_happens(sandbox: Sandbox, client: Client, anna: int) -> None:
    async with client.session.get(f"{client.url}/sandbox/events") as stream:
        assert stream.content_type == "text/event-stream"
        assert (await next_event(stream))[0] == "state"
        message_id = (await send(client, anna, "Раз")).result["message_id"]
        await client.call("editMessageText", chat_id=anna, message_id=message_id, text="Два")
        await client.call("deleteMessage", chat_id=anna, message_id=message_id)
        await client.call("sendChatAction", chat_id=anna, action="typing")
        told = [await next_event(stream) for _ in range(8)]
    assert [name for name, _ in told if name != "call"] == ["message", "edited", "deleted", "action"]
    assert told[0][1]["chat_id"] == anna
    assert told[0][1]["message"]["text"] == "Раз"
    assert ("deleted", {"chat_id": anna, "message_id": message_id}) in told


async def next_event(stream: aiohttp.ClientResponse) -> tuple[str, dict[str, Any]]:
    name = (await stream.content.readline()).decode().removeprefix("event: ").strip()
    body = json.loads((await stream.content.readline()).decode().removeprefix("data: "))
    assert await stream.content.readline() == b"\n"
    return name, body


@pytest.mark.parametrize(
    ("path", "status"), [("/page/../server.py", 404), ("/page/%2e%2e/server.py", 404), ("/page/none.js", 404)]
)
async def test_the_page_gives_its_own_files_only(client: Client, path: str, status: int) -> None:
    async with client.session.get(URL(client.url + path, encoded=True)) as answer:
        assert answer.status == status
