"""People: they start the bot, write, press, block and leave; groups and their privacy."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.sandbox.errors import ControlError
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Client

YES = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}, {"text": "Сайт", "url": "https://a.ru/"}]]}


async def updates(client: Client) -> list[dict[str, Any]]:
    """All that waits for the bot, confirmed."""
    waiting: list[dict[str, Any]] = (await client.call("getUpdates")).result
    if waiting:
        await client.call("getUpdates", offset=waiting[-1]["update_id"] + 1)
    return waiting


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        pytest.param("", "/start", id="none"),
        pytest.param("inv_42-x", "/start inv_42-x", id="good"),
        pytest.param("x" * 64, "/start " + "x" * 64, id="the longest"),
        pytest.param("x" * 65, "/start", id="too long: the link opens the chat without it"),
        pytest.param("приглашение", "/start", id="Cyrillic"),
    ],
)
async def test_start_carries_its_payload(sandbox: Sandbox, client: Client, payload: str, text: str) -> None:
    boris = sandbox.add_person("Борис")
    sandbox.start_bot(boris, payload)
    (update,) = await updates(client)
    assert update["message"]["text"] == text
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert update["message"]["chat"] == {"id": boris, "first_name": "Борис", "type": "private"}


async def test_a_chat_exists_after_start_only(sandbox: Sandbox, client: Client) -> None:
    boris = sandbox.add_person("Борис")
    assert (await client.call("sendMessage", chat_id=boris, text="x")).refusal == (400, "Bad Request: chat not found")
    sandbox.add_group("Школа № 5", [boris])
    assert (await client.call("sendMessage", chat_id=boris, text="x")).refusal == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    sandbox.start_bot(boris)
    assert (await client.call("sendMessage", chat_id=boris, text="x")).status == 200


async def test_a_press_reaches_the_bot_and_its_answer_the_person(sandbox: Sandbox, client: Client, anna: int) -> None:
    message = (await client.call("sendMessage", chat_id=anna, text="Придёте?", reply_markup=YES)).result
    pressing = asyncio.create_task(sandbox.press(anna, "Да"))
    (update,) = (await client.call("getUpdates", timeout=30)).result
    query = update["callback_query"]
    assert (query["data"], query["message"], query["from"]["id"]) == ("yes", message, anna)
    answered = await client.call("answerCallbackQuery", callback_query_id=query["id"], text="Ждём", show_alert=True)
    assert answered.result is True
    assert await pressing == {"text": "Ждём", "show_alert": True}
    again = await client.call("answerCallbackQuery", callback_query_id=query["id"])
    assert again.refusal == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )


@pytest.mark.parametrize(
    ("text", "wait", "words"),
    [
        pytest.param("я" * 201, 0, "MESSAGE_TOO_LONG", id="201 letters"),
        pytest.param(
            "да", 150, "query is too old and response timeout expired or query ID is invalid", id="150 seconds later"
        ),
    ],
)
async def test_a_late_or_long_answer_is_refused(
    sandbox: Sandbox, client: Client, clock: MovableClock, anna: int, text: str, wait: int, words: str
) -> None:
    await client.call("sendMessage", chat_id=anna, text="Придёте?", reply_markup=YES)
    query = sandbox.crowd.press_without_waiting(anna, label="Да")
    clock.advance(timedelta(seconds=wait))
    answer = await client.call("answerCallbackQuery", callback_query_id=query.id, text=text)
    assert answer.refusal == (400, f"Bad Request: {words}")


async def test_the_latest_message_with_the_button_is_pressed(sandbox: Sandbox, client: Client, anna: int) -> None:
    for _ in range(2):
        latest = (await client.call("sendMessage", chat_id=anna, text="Придёте?", reply_markup=YES)).result
    await client.call("sendMessage", chat_id=anna, text="Без кнопок")
    sandbox.crowd.press_without_waiting(anna, data="yes")
    (update,) = await updates(client)
    assert update["callback_query"]["message"]["message_id"] == latest["message_id"]


async def test_what_is_not_there_cannot_be_pressed(sandbox: Sandbox, client: Client, anna: int) -> None:
    await client.call("sendMessage", chat_id=anna, text="Придёте?", reply_markup=YES)
    for label, status in (("Нет", 404), ("Сайт", 409)):
        answer = await client.ask("POST", f"/chats/{anna}/press", {"label": label})
        assert (answer.status, answer.body["ok"]) == (status, False), label


async def test_blocking_is_told_to_the_bot_and_stops_both(sandbox: Sandbox, client: Client, anna: int) -> None:
    sandbox.block(anna)
    (update,) = await updates(client)
    change = update["my_chat_member"]
    assert (change["chat"]["id"], change["from"]["id"]) == (anna, anna)
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    assert (change["new_chat_member"]["user"]["id"], change["new_chat_member"]["until_date"]) == (42, 0)
    assert (await client.call("sendMessage", chat_id=anna, text="x")).refusal == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    with pytest.raises(ControlError, match="has blocked the bot"):
        sandbox.person_writes(anna, "Эй")


async def test_a_start_after_blocking_unblocks_first(sandbox: Sandbox, client: Client, anna: int) -> None:
    sandbox.block(anna)
    await updates(client)
    sandbox.start_bot(anna)
    first, second = await updates(client)
    assert first["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert second["message"]["text"] == "/start"
    assert (await client.call("sendMessage", chat_id=anna, text="x")).status == 200


async def test_a_deleted_account_is_deactivated(sandbox: Sandbox, client: Client, anna: int) -> None:
    sandbox.delete_account(anna)
    assert (await client.call("sendMessage", chat_id=anna, text="x")).refusal == (
        403,
        "Forbidden: user is deactivated",
    )
    with pytest.raises(ControlError, match="deleted"):
        sandbox.start_bot(anna)


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        pytest.param("Всем привет", False, id="small talk"),
        pytest.param("/board", True, id="a command"),
        pytest.param("/board@vestovoy_demo_bot", True, id="a command to this bot"),
        pytest.param("/board@other_bot", False, id="a command to another"),
        pytest.param("скажи, @vestovoy_demo_bot", True, id="a mention"),
    ],
)
async def test_privacy_in_groups(sandbox: Sandbox, client: Client, anna: int, text: str, is_heard: bool) -> None:
    group = sandbox.add_group("Учителя", [anna])
    await updates(client)
    sandbox.person_writes(group, text, from_id=anna)
    assert bool(await updates(client)) is is_heard


async def test_a_reply_to_the_bot_is_heard_in_a_group(sandbox: Sandbox, client: Client, anna: int) -> None:
    group = sandbox.add_group("Учителя", [anna])
    asked = (await client.call("sendMessage", chat_id=group, text="Сколько человек?")).result
    await updates(client)
    sandbox.person_writes(group, "Двенадцать", from_id=anna, reply_to_message_id=asked["message_id"])
    (update,) = await updates(client)
    assert update["message"]["reply_to_message"]["message_id"] == asked["message_id"]


async def test_a_bot_is_told_that_it_came_and_that_it_was_removed(sandbox: Sandbox, client: Client, anna: int) -> None:
    group = sandbox.add_group("Учителя", [anna])
    came = (await updates(client))[0]["my_chat_member"]
    assert (came["old_chat_member"]["status"], came["new_chat_member"]["status"]) == ("left", "member")
    await client.ask("POST", f"/chats/{group}/kick")
    gone = (await updates(client))[0]["my_chat_member"]
    assert gone["new_chat_member"]["status"] == "kicked"
    assert (await client.call("sendMessage", chat_id=group, text="x")).refusal == (
        403,
        "Forbidden: bot was kicked from the group chat",
    )


async def test_an_upgraded_group_says_where_it_went(sandbox: Sandbox, client: Client, anna: int) -> None:
    group = sandbox.add_group("Учителя", [anna])
    await updates(client)
    new = (await client.ask("POST", f"/chats/{group}/upgrade")).result["id"]
    left, came = await updates(client)
    assert (left["message"]["chat"]["id"], left["message"]["migrate_to_chat_id"]) == (group, new)
    assert (came["message"]["chat"]["type"], came["message"]["migrate_from_chat_id"]) == ("supergroup", group)
    answer = await client.call("sendMessage", chat_id=group, text="x")
    assert answer.refusal == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert answer.body["parameters"] == {"migrate_to_chat_id": new}
    assert (await client.call("sendMessage", chat_id=new, text="x")).status == 200


async def test_a_bot_that_left_is_no_member(sandbox: Sandbox, client: Client, anna: int) -> None:
    group = sandbox.add_group("Учителя", [anna])
    assert (await client.call("leaveChat", chat_id=group)).result is True
    assert (await client.call("sendMessage", chat_id=group, text="x")).refusal == (
        403,
        "Forbidden: bot is not a member of the group chat",
    )


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("request_contact", "phone number can be requested in private chats only"),
        ("request_location", "location can be requested in private chats only"),
        ("web_app", "web App buttons can be used in private chats only"),
    ],
)
async def test_some_buttons_are_for_private_chats(
    sandbox: Sandbox, client: Client, anna: int, field: str, words: str
) -> None:
    group = sandbox.add_group("Учителя", [anna])
    markup = {"keyboard": [[{"text": "Да", field: True}]]}
    answer = await client.call("sendMessage", chat_id=group, text="x", reply_markup=markup)
    assert answer.refusal == (400, f"Bad Request: {words}")


async def test_a_plain_member_does_not_pin(sandbox: Sandbox, client: Client, anna: int) -> None:
    group = sandbox.add_group("Учителя", [anna])
    message = (await client.call("sendMessage", chat_id=group, text="x")).result
    answer = await client.call("pinChatMessage", chat_id=group, message_id=message["message_id"])
    assert answer.refusal == (400, "Bad Request: not enough rights to manage pinned messages in the chat")


async def test_a_document_from_a_person(sandbox: Sandbox, client: Client, anna: int) -> None:
    sandbox.send_document(anna, "План.docx", b"PK", caption="План на год")
    (update,) = await updates(client)
    assert update["message"]["document"]["file_name"] == "План.docx"
    assert update["message"]["caption"] == "План на год"
    file = (await client.call("getFile", file_id=update["message"]["document"]["file_id"])).result
    async with client.session.get(f"{client.url}/file/bot42:demo/{file['file_path']}") as answer:
        assert await answer.read() == b"PK"


async def test_bots_do_not_hear_each_other(sandbox: Sandbox, client: Client, anna: int) -> None:
    token = sandbox.add_bot("second_bot")
    sandbox.start_bot(anna, token=token)
    assert await updates(client) == []
    assert len((await client.call("getUpdates", token)).result) == 1
    await client.call("sendMessage", token, chat_id=anna, text="От второго")
    assert [message["text"] for message in sandbox.messages(anna, token=token)] == ["/start", "От второго"]
