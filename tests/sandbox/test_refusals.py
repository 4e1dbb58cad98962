"""Wrong requests: the exact status and words, as `bot.sandbox` promises them."""

from __future__ import annotations

import io
from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Client

ANNA = 1001
INLINE = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}


def button(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[fields]]}


def html(text: str) -> dict[str, Any]:
    return {"chat_id": ANNA, "text": text, "parse_mode": "HTML"}


PARSE = "Bad Request: can't parse entities: "

TEXTS = [
    ("nothing to say", {"chat_id": ANNA}, "Bad Request: message text is empty"),
    ("empty text is seen before a missing chat", {"text": ""}, "Bad Request: message text is empty"),
    ("white space alone", {"chat_id": ANNA, "text": " \n "}, "Bad Request: text must be non-empty"),
    ("tags alone", html("<b></b>"), "Bad Request: text must be non-empty"),
    ("zero-width signs alone", {"chat_id": ANNA, "text": "\u200b\u2060"}, "Bad Request: text must be non-empty"),
    ("4097 signs", {"chat_id": ANNA, "text": "я" * 4097}, "Bad Request: message is too long"),
    ("32 KiB before parsing", {"chat_id": ANNA, "text": "я" * 16385}, "Bad Request: text is too long"),
    ("parse mode", {"chat_id": ANNA, "text": "x", "parse_mode": "Bogus"}, "Bad Request: unsupported parse_mode"),
    ("never closed", html("<b>x"), PARSE + 'Can\'t find end tag corresponding to start tag "b"'),
    ("unknown tag", html("a <foo>x</foo>"), PARSE + 'Unsupported start tag "foo" at byte offset 2'),
    ("offsets are bytes", html("я <foo>x"), PARSE + 'Unsupported start tag "foo" at byte offset 3'),
    ("bare less-than", html("1 < 2"), PARSE + 'Unsupported start tag "" at byte offset 2'),
    ("tag cut off", html("x <b"), PARSE + "Unclosed start tag at byte offset 2"),
    ("value cut off", html('<a href="x'), PARSE + "Unclosed start tag at byte offset 0"),
    ("attribute cut off", html("<a href"), PARSE + 'Unclosed start tag "a" at byte offset 0'),
    ("nameless attribute", html('<a ="x">'), PARSE + 'Empty attribute name in the tag "a" at byte offset 0'),
    ("odd unquoted value", html("<a href=x/y>z</a>"), PARSE + "Unexpected end of name token at byte offset 8"),
    ("end without start", html("x</b>"), PARSE + "Unexpected end tag at byte offset 1"),
    ("crossed", html("<b>x</i>"), PARSE + 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("end cut off", html("<b>x</b"), PARSE + "Unclosed end tag at byte offset 4"),
    (
        "span that hides nothing",
        html('<span class="x">y</span>'),
        PARSE + 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    ),
    (
        "reserved sign",
        {"chat_id": ANNA, "text": "a.b", "parse_mode": "MarkdownV2"},
        PARSE + "Character '.' is reserved and must be escaped with the preceding '\\'",
    ),
    (
        "bold without an end",
        {"chat_id": ANNA, "text": "ab *c", "parse_mode": "MarkdownV2"},
        PARSE + "Can't find end of Bold entity at byte offset 3",
    ),
    (
        "legacy Markdown without an end",
        {"chat_id": ANNA, "text": "ab *c", "parse_mode": "Markdown"},
        PARSE + "Can't find end of the entity starting at byte offset 3",
    ),
    (
        "entity without a place",
        {"chat_id": ANNA, "text": "x", "entities": [{"type": "bold", "length": 1}]},
        "Bad Request: can't parse MessageEntity: Can't find field \"offset\"",
    ),
    (
        "entity of an odd type",
        {"chat_id": ANNA, "text": "x", "entities": [{"type": [], "offset": 0, "length": 1}]},
        'Bad Request: can\'t parse MessageEntity: Field "type" must be of type String',
    ),
    (
        "mention of nobody",
        {"chat_id": ANNA, "text": "x", "entities": [{"type": "text_mention", "offset": 0, "length": 1, "user": {}}]},
        'Bad Request: can\'t parse MessageEntity: Field "id" must be a valid Number',
    ),
    (
        "preview that is not JSON",
        {"chat_id": ANNA, "text": "x", "link_preview_options": "{"},
        "Bad Request: can't parse link preview options JSON object",
    ),
]

KEYBOARDS = [
    ("not JSON", "{", "can't parse reply keyboard markup JSON object"),
    ("not an object", "[]", "object expected as reply markup"),
    ("no array", {"inline_keyboard": None}, 'field "inline_keyboard" must be of type Array'),
    (
        "rows are no arrays",
        {"inline_keyboard": [{"text": "Да"}]},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    ("reply rows are no arrays", {"keyboard": ["Да"]}, 'field "keyboard" must be an Array of Arrays'),
    (
        "a button that does nothing",
        button(text="Да"),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "a button with empty data",
        button(text="Да", callback_data=""),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ("no label", button(callback_data="x"), "can't parse inline keyboard button: Can't find field \"text\""),
    ("empty label", button(text=" ", callback_data="x"), "inline keyboard button text must be non-empty"),
    ("65 bytes of data", button(text="Да", callback_data="x" * 65), "BUTTON_DATA_INVALID"),
    ("33 Cyrillic letters are 66 bytes", button(text="Да", callback_data="я" * 33), "BUTTON_DATA_INVALID"),
    ("no host", button(text="Да", url="foo"), "inline keyboard button URL 'foo' is invalid: Wrong HTTP URL"),
    (
        "a host without a dot",
        button(text="Да", url="http://localhost"),
        "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
    ),
    (
        "web app without TLS",
        button(text="Да", web_app={"url": "http://x.y"}),
        "inline keyboard button Web App URL 'http://x.y' is invalid: Only HTTPS links are allowed",
    ),
    (
        "too much",
        {"inline_keyboard": [[{"text": "я" * 60, "callback_data": "x" * 60}] for _ in range(100)]},
        "reply markup is too long",
    ),
]

TARGETS = [
    ("no chat", "sendMessage", {"text": "x"}, 400, "Bad Request: chat_id is empty"),
    ("unknown chat", "sendMessage", {"chat_id": 5, "text": "x"}, 400, "Bad Request: chat not found"),
    ("no number", "sendMessage", {"chat_id": "Анна", "text": "x"}, 400, "Bad Request: chat not found"),
    ("a person's name", "sendMessage", {"chat_id": "@anna_p", "text": "x"}, 400, "Bad Request: chat not found"),
    ("never started", "sendMessage", {"chat_id": 1002, "text": "x"}, 400, "Bad Request: chat not found"),
    ("itself", "sendMessage", {"chat_id": 42, "text": "x"}, 403, "Forbidden: the bot can't send messages to the bot"),
    (
        "reply to nothing",
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_parameters": {"message_id": 999}},
        400,
        "Bad Request: message to be replied not found",
    ),
    (
        "edit nothing",
        "editMessageText",
        {"chat_id": ANNA, "message_id": 999, "text": "x"},
        400,
        "Bad Request: message to edit not found",
    ),
    (
        "edit what the person wrote",
        "editMessageText",
        {"chat_id": ANNA, "message_id": 1, "text": "x"},
        400,
        "Bad Request: message can't be edited",
    ),
    ("edit nowhere", "editMessageText", {"text": "x"}, 400, "Bad Request: message identifier is not specified"),
    ("delete nowhere", "deleteMessage", {"message_id": 1}, 400, "Bad Request: chat identifier is not specified"),
    ("delete what", "deleteMessage", {"chat_id": ANNA}, 400, "Bad Request: message identifier is not specified"),
    (
        "delete nothing",
        "deleteMessage",
        {"chat_id": ANNA, "message_id": 999},
        400,
        "Bad Request: message to delete not found",
    ),
    ("pin nothing", "pinChatMessage", {"chat_id": ANNA, "message_id": 9}, 400, "Bad Request: message to pin not found"),
    (
        "react to nothing",
        "setMessageReaction",
        {"chat_id": ANNA, "message_id": 9},
        400,
        "Bad Request: message to react not found",
    ),
    (
        "react with a letter",
        "setMessageReaction",
        {"chat_id": ANNA, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]},
        400,
        "Bad Request: REACTION_INVALID",
    ),
    (
        "two reactions",
        "setMessageReaction",
        {"chat_id": ANNA, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
        400,
        "Bad Request: REACTIONS_TOO_MANY",
    ),
    (
        "answer to nothing",
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    ),
    ("no document", "sendDocument", {"chat_id": ANNA}, 400, "Bad Request: there is no document in the request"),
    (
        "a part that is not there",
        "sendDocument",
        {"chat_id": ANNA, "document": "attach://gone"},
        400,
        "Bad Request: there is no document in the request",
    ),
    (
        "not an identifier",
        "sendDocument",
        {"chat_id": ANNA, "document": "abc"},
        400,
        "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
    ),
    ("no file", "getFile", {}, 400, "Bad Request: file_id not specified"),
    ("unknown file", "getFile", {"file_id": "abc"}, 400, "Bad Request: invalid file_id"),
    (
        "unknown action",
        "sendChatAction",
        {"chat_id": ANNA, "action": "dance"},
        400,
        "Bad Request: wrong parameter action in request",
    ),
    ("commands", "setMyCommands", {"commands": "{"}, 400, "Bad Request: can't parse commands JSON object"),
    ("commands, an object", "setMyCommands", {"commands": "{}"}, 400, "Bad Request: expected an Array of BotCommand"),
    (
        "upper case",
        "setMyCommands",
        {"commands": [{"command": "Start", "description": "x"}]},
        400,
        "Bad Request: BOT_COMMAND_INVALID",
    ),
    (
        "33 letters",
        "setMyCommands",
        {"commands": [{"command": "a" * 33, "description": "x"}]},
        400,
        "Bad Request: command length must not exceed 32",
    ),
    (
        "no description",
        "setMyCommands",
        {"commands": [{"command": "a", "description": ""}]},
        400,
        "Bad Request: command description must be non-empty",
    ),
    (
        "101 commands",
        "setMyCommands",
        {"commands": [{"command": f"c{n}", "description": "x"} for n in range(101)]},
        400,
        "Bad Request: BOT_COMMANDS_TOO_MUCH",
    ),
    (
        "language",
        "setMyCommands",
        {"language_code": "rus"},
        400,
        "Bad Request: invalid language code specified",
    ),
    (
        "poll of 13",
        "sendPoll",
        {"chat_id": ANNA, "question": "Когда?", "options": [str(n) for n in range(13)]},
        400,
        "Bad Request: poll can't have more than 12 options",
    ),
    (
        "poll, options",
        "sendPoll",
        {"chat_id": ANNA, "question": "Когда?", "options": [1]},
        400,
        "Bad Request: expected an option to be of type String",
    ),
    ("method", "sendTelepathy", {}, 404, "Not Found: method not found"),
]


@pytest.mark.parametrize(("parameters", "words"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
async def test_a_wrong_text_is_refused(client: Client, anna: int, parameters: dict[str, Any], words: str) -> None:
    answer = await client.call("sendMessage", **parameters)
    assert answer.refusal == (400, words)
    assert answer.body["error_code"] == 400


@pytest.mark.parametrize(("markup", "words"), [row[1:] for row in KEYBOARDS], ids=[row[0] for row in KEYBOARDS])
async def test_a_wrong_keyboard_is_refused(client: Client, anna: int, markup: Any, words: str) -> None:
    answer = await client.call("sendMessage", chat_id=anna, text="Придёте?", reply_markup=markup)
    assert answer.refusal == (400, f"Bad Request: {words}")


@pytest.mark.parametrize(
    ("method", "parameters", "status", "words"), [row[1:] for row in TARGETS], ids=[row[0] for row in TARGETS]
)
async def test_a_wrong_target_is_refused(
    client: Client, sandbox: Sandbox, anna: int, method: str, parameters: dict[str, Any], status: int, words: str
) -> None:
    sandbox.add_person("Борис", id=1002)
    assert (await client.call(method, **parameters)).refusal == (status, words)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        pytest.param("/", 404, "Not Found", id="no method at all"),
        pytest.param("42:demo", 404, "Not Found", id="token without a method"),
        pytest.param(":x/getMe", 401, "Unauthorized: invalid token specified", id="no id"),
        pytest.param("042:x/getMe", 401, "Unauthorized: invalid token specified", id="id begins with zero"),
        pytest.param("42/getMe", 401, "Unauthorized: invalid token specified", id="no colon"),
        pytest.param(f"42:{'x' * 78}/getMe", 401, "Unauthorized: invalid token specified", id="too long"),
        pytest.param("43:secret/getMe", 401, "Unauthorized", id="well formed, unknown"),
    ],
)
async def test_a_wrong_address_is_refused(client: Client, path: str, status: int, words: str) -> None:
    async with client.session.get(f"{client.url}/bot{path}") as answer:
        assert answer.status == status
        assert (await answer.json())["description"] == words


async def test_too_many_parameters_are_refused(client: Client, anna: int) -> None:
    body = io.BytesIO(b"text=" + b"x" * (1024 * 1024))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with client.session.post(f"{client.url}/bot{TOKEN}/sendMessage", data=body, headers=headers) as answer:
        assert answer.status == 413
        assert (await answer.json())["description"] == "Request Entity Too Large: too many parameters"


@pytest.mark.parametrize("name", ["sendMessage", "SENDMESSAGE", "sendmessage"])
async def test_the_case_of_a_method_does_not_matter(client: Client, anna: int, name: str) -> None:
    assert (await client.call(name, chat_id=anna, text="Здравствуйте", nonsense="ignored")).result["message_id"]


async def test_json_and_query_carry_parameters_too(client: Client, anna: int) -> None:
    url = f"{client.url}/bot{TOKEN}/sendMessage"
    async with client.session.post(url, json={"chat_id": anna, "text": "json", "reply_markup": INLINE}) as answer:
        assert (await answer.json())["result"]["reply_markup"] == INLINE
    async with client.session.get(url, params={"chat_id": anna, "text": "100% & «да»"}) as answer:
        assert (await answer.json())["result"]["text"] == "100% & «да»"


@pytest.mark.parametrize("text", ["a=b&c+d", "50% %zz %d0%9f", "x=3D", "строка\nвторая\r\nтретья", "="])
async def test_forms_are_read_exactly(client: Client, anna: int, text: str) -> None:
    sent = (await client.call("sendMessage", chat_id=anna, text=text)).result["text"]
    assert sent == text.replace("\r", "")
