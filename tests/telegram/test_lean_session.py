"""The lean session beside aiogram's own: the same requests, the same refusals, and the token in no error."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    SendChatAction,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
    WebAppInfo,
)
from aiohttp import web

from bot.domain.delivery import Outcome
from bot.ports.messenger import OutgoingMessage, OwnButtons, TapAnswer
from bot.telegram import lean_session
from bot.telegram.forgiving import ForgivingMiddleware, tap_in_hand
from bot.telegram.messenger import BotMessenger
from bot.telegram.paced_replies import PacedReplies
from bot.telegram.pacing import Pacer
from tests.plain_session import LeanPlainSession, PlainSession

Serve = Callable[[Callable[[web.Request], Any]], Any]

TOKEN = "42:secret-part"
DEFAULTS = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="✅ Приду", callback_data="a:1:1:coming")],
        [
            InlineKeyboardButton(text="Сайт", url="https://example.org"),
            InlineKeyboardButton(text="Окно", web_app=WebAppInfo(url="https://example.org")),
        ],
    ]
)
METHODS: tuple[TelegramMethod[Any], ...] = (
    SendMessage(chat_id=1001, text="Вебинар <b>завтра</b> & «скоро»", reply_markup=KEYBOARD),
    SendMessage(chat_id="@channel", text="plain", parse_mode=None, disable_notification=False, protect_content=True),
    SendMessage(chat_id=-5, text="x", entities=[MessageEntity(type="bold", offset=0, length=1)]),
    SendMessage(
        chat_id=1,
        text="x",
        link_preview_options=LinkPreviewOptions(is_disabled=False, url="https://example.org"),
        reply_parameters=ReplyParameters(message_id=7),
        reply_markup=ForceReply(selective=True, input_field_placeholder=""),
        allow_paid_broadcast=True,
    ),
    EditMessageText(chat_id=1001, message_id=5, text="Новый текст", reply_markup=KEYBOARD),
    EditMessageText(inline_message_id="i", text=""),
    EditMessageReplyMarkup(chat_id=1001, message_id=5, reply_markup=InlineKeyboardMarkup(inline_keyboard=[])),
    AnswerCallbackQuery(callback_query_id="77", text="Записано", show_alert=False, cache_time=0),
    DeleteMessage(chat_id=1001, message_id=5),
    SendChatAction(chat_id=1001, action="typing"),
)


def refusal(code: int, description: str, **parameters: int) -> bytes:
    answer = {"ok": False, "error_code": code, "description": description}
    whole = answer | ({"parameters": parameters} if parameters else {})
    return json.dumps(whole, separators=(",", ":")).encode()  # as Telegram writes it


@pytest.mark.parametrize("method", METHODS, ids=lambda method: type(method).__name__)
async def test_a_request_says_what_aiograms_own_says(method: TelegramMethod[Any]) -> None:
    session = LeanPlainSession()
    bot = Bot(TOKEN, session=session, default=DEFAULTS)
    assert type(method) in lean_session._LEAN

    form = session.build_form_data(bot, method)
    fields = session.fields_of(bot, method)

    assert fields is not None
    of_form = {options["name"]: value for options, _, value in form._fields}
    assert {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()} == of_form


@pytest.mark.parametrize(
    ("status", "content", "is_done", "reason"),
    [
        (200, b'{"ok":true,"result":true}', True, "a toast was shown"),
        (200, b'{"ok":true,"result":{"message_id":7}}', True, "a message was changed"),
        (200, b'{"ok": true, "result": true}', False, "written otherwise: it is read"),
        (200, b'{"ok":true,"result":false}', False, "an answer that no such request has"),
        (502, b'{"ok":true,"result":true}', False, "a gateway's words"),
        (200, refusal(400, "Bad Request: message is not modified"), False, "a refusal"),
    ],
)
def test_what_was_plainly_done_is_seen_without_reading(status: int, content: bytes, is_done: bool, reason: str) -> None:
    assert lean_session.Answer(status, content).is_done is is_done, reason


async def test_buttons_that_are_shared_are_sent_as_those_of_one_alone() -> None:
    session = LeanPlainSession()
    bot = Bot(TOKEN, session=session, default=DEFAULTS)
    usual = EditMessageText(chat_id=1001, message_id=5, text="Новый «текст»", reply_markup=KEYBOARD)
    shared = lean_session.encoded(KEYBOARD.model_dump(exclude_none=True)).decode().replace("a:1:1:", "a:999:1:")
    lent = usual.model_copy(update={"reply_markup": OwnButtons(shared, "999", "1")})

    bodies = [lean_session.encoded(session.fields_of(bot, method) or {}) for method in (usual, lent)]

    assert json.loads(bodies[1]) == json.loads(bodies[0])


MESSAGE = {"message_id": 7, "date": 1_780_000_000, "chat": {"id": 1001, "type": "private"}, "text": "x"}


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, json.dumps({"ok": True, "result": MESSAGE}).encode(), "sent"),
        (400, refusal(400, "Bad Request: chat not found"), "an unknown account"),
        (400, refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-100), "a group that has become another"),
        (401, refusal(401, "Unauthorized"), "a token that was revoked"),
        (403, refusal(403, "Forbidden: bot was blocked by the user"), "blocked"),
        (404, refusal(404, "Not Found: method not found"), "an old server"),
        (409, refusal(409, "Conflict: terminated by other getUpdates request"), "another instance"),
        (413, refusal(413, "Request Entity Too Large: too many parameters"), "too much"),
        (418, refusal(418, "Teapot"), "a refusal of a kind yet unknown"),
        (429, refusal(429, "Too Many Requests: retry after 7", retry_after=7), "a flood wait"),
        (500, refusal(500, "Internal Server Error: restart"), "the server restarts"),
        (502, b"<html>Bad Gateway</html>", "a gateway's page"),
        (200, b"<html>Welcome</html>", "a page of somebody in between"),
        (200, b"[]", "an answer of something else"),
        (200, refusal(400, "Bad Request: chat not found"), "a refusal that came with a wrong status"),
        (301, b"", "somebody in between sends us elsewhere"),
    ],
)
async def test_an_answer_means_what_it_means_to_aiogram(serve: Serve, status: int, body: bytes, reason: str) -> None:
    async def on_request(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body, content_type="application/json")

    server = await serve(on_request)
    ends = [await _end_of(session_class, server) for session_class in (PlainSession, LeanPlainSession)]

    assert ends[0] == ends[1], reason


async def _end_of(session_class: type[AiohttpSession], server: TelegramAPIServer) -> tuple[object, ...]:
    session = session_class(api=server)
    bot = Bot(TOKEN, session=session, default=DEFAULTS)
    try:
        message = await bot.send_message(1001, "x")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is compared
        return type(error), str(error), getattr(error, "retry_after", None)
    else:
        return message.message_id, message.chat.id, message.chat.type, message.date, message.bot
    finally:
        await session.close()


async def test_no_error_names_the_token(serve: Serve) -> None:
    async def cut(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def sends_elsewhere(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": request.path})

    nowhere = TelegramAPIServer.from_base("http://127.0.0.1:1")
    for server in (await serve(cut), await serve(sends_elsewhere), nowhere):
        _, words, _ = await _end_of(LeanPlainSession, server)
        assert "secret-part" not in str(words)


async def test_a_timeout_is_a_network_error(serve: Serve) -> None:
    async def hang(_: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets it")

    session = LeanPlainSession(api=await serve(hang), timeout=0.05)
    bot = Bot(TOKEN, session=session, default=DEFAULTS)
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.send_message(1001, "x")
    await session.close()


@pytest.mark.parametrize("is_paid", [False, True])
async def test_a_notice_asks_what_send_message_would_ask(serve: Serve, is_paid: bool) -> None:
    """The defaults of the bot are in it, although no method's model is made for it."""
    asked: list[Any] = []

    async def on_request(request: web.Request) -> web.Response:
        asked.append((request.path.rpartition("/")[2], await request.json()))
        return web.json_response({"ok": True, "result": MESSAGE})

    session = LeanPlainSession(api=await serve(on_request))
    bot = Bot(TOKEN, session=session, default=DEFAULTS)
    messenger = BotMessenger(bot, session, is_paid=is_paid)
    buttons = KEYBOARD.model_dump(exclude_none=True)

    delivery = await messenger.deliver(1001, OutgoingMessage("Завтра", buttons))
    await bot.send_message(1001, "Завтра", reply_markup=KEYBOARD, allow_paid_broadcast=is_paid or None)
    shared = json.loads(json.dumps(buttons).replace("a:1:1", "a:987654321:1"))
    for number in ("1", "1"):
        await messenger.deliver(1001, OutgoingMessage("Завтра", shared, own=("987654321", number)))
    await messenger.deliver(1001, OutgoingMessage("Завтра", shared, own=("987654321", "2")))
    await messenger.deliver(1001, OutgoingMessage("Сегодня", None, replaces=7))
    await bot.edit_message_text("Сегодня", chat_id=1001, message_id=7)
    await session.close()

    assert (delivery.outcome, delivery.message_id) == (Outcome.DELIVERED, 7)
    assert asked[0] == asked[1]
    assert asked[2] == asked[3] == asked[0], "made once for many, with the number of each"
    assert asked[4][1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a:2:1:coming"
    assert asked[5] == asked[6]
    assert asked[0][1].get("allow_paid_broadcast", False) is is_paid


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    runners: list[web.AppRunner] = []

    async def start(on_request: Callable[[web.Request], Any]) -> TelegramAPIServer:
        application = web.Application()
        application.router.add_post("/{path:.*}", on_request)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.01)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        runners.append(runner)
        return TelegramAPIServer.from_base(f"http://127.0.0.1:{runner.addresses[0][1]}")

    yield start
    for runner in runners:
        await runner.cleanup()


TAP = TapAnswer("77", "Записано", False, 1001, 5, "Новый <b>текст</b>", KEYBOARD.model_dump(exclude_none=True))
DONE = b'{"ok":true,"result":true}'
TOAST_TOO_OLD = refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


@pytest.mark.parametrize(
    "answer",
    [TAP, replace(TAP, words=None, is_alert=True, buttons=None), replace(TAP, words="", text="«»")],
    ids=["toast and buttons", "neither", "nothing to say"],
)
async def test_an_answered_tap_asks_what_a_toast_and_an_edit_would_ask(serve: Serve, answer: TapAnswer) -> None:
    asked: list[Any] = []

    async def on_request(request: web.Request) -> web.Response:
        asked.append((request.path.rpartition("/")[2], await request.json()))
        return web.Response(body=DONE)

    session = LeanPlainSession(api=await serve(on_request))
    bot = Bot(TOKEN, session=session, default=DEFAULTS)
    await bot.answer_callback_query(answer.query_id, answer.words, answer.is_alert)
    await bot.edit_message_text(
        answer.text,
        chat_id=answer.chat_id,
        message_id=answer.message_id,
        reply_markup=KEYBOARD if answer.buttons else None,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert await session.answer_and_show(bot, answer) == (None, None)
    await session.close()
    assert sorted(asked[2:], key=str) == sorted(asked[:2], key=str)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, DONE, "done"),
        (200, b'{"ok": true, "result": true}', "done, and written otherwise"),
        (400, TOAST_TOO_OLD, "forgiven a toast, and not an edit"),
        (400, refusal(400, "Bad Request: message is not modified"), "a refusal"),
        (429, refusal(429, "Too Many Requests: retry after 7", retry_after=7), "a flood wait"),
        (502, b"<html>Bad Gateway</html>", "a gateway's page"),
        (0, b"", "the line is cut"),
    ],
)
@pytest.mark.parametrize("refused", ["answerCallbackQuery", "editMessageText"])
async def test_what_an_answered_tap_met_is_what_each_would_have_met(
    serve: Serve, refused: str, status: int, body: bytes, reason: str
) -> None:
    """The middlewares hear of it as well, once for each."""

    async def on_request(request: web.Request) -> web.Response:
        if not request.path.endswith(refused):
            return web.Response(body=DONE)
        if not status:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(status=status or 200, body=body)

    session, pacer = LeanPlainSession(api=await serve(on_request)), Pacer(30)
    for middleware in (ForgivingMiddleware(), PacedReplies(pacer)):
        session.middleware(middleware)
    bot = Bot(TOKEN, session=session, default=DEFAULTS)
    together = await session.answer_and_show(bot, TAP)
    rests = pacer.waits_for
    toast = AnswerCallbackQuery(callback_query_id="77", text="Записано")
    apart = [await _failure_of(bot, one) for one in (toast, EditMessageText(chat_id=1001, message_id=5, text="Новый"))]
    await session.close()
    assert [(type(one), str(one)) for one in together] == [(type(one), str(one)) for one in apart], reason
    assert (rests > 0) is (status == 429)


async def _failure_of(bot: Bot, method: TelegramMethod[Any]) -> Exception | None:
    try:
        await bot(method)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is compared
        return error
    return None


async def test_words_of_a_late_toast_do_not_undo_the_message_that_changes_beside_it(serve: Serve) -> None:
    """Put under the old message they would take the answer off it again."""
    asked: list[str] = []

    async def on_request(request: web.Request) -> web.Response:
        asked.append(request.path.rpartition("/")[2])
        is_toast = asked[-1] == "answerCallbackQuery"
        return web.Response(status=400 if is_toast else 200, body=TOAST_TOO_OLD if is_toast else DONE)

    session = LeanPlainSession(api=await serve(on_request))
    session.middleware(ForgivingMiddleware())
    person = {"id": 1001, "is_bot": False, "first_name": "Анна"}
    said = {"message_id": 5, "date": 1, "chat": {"id": 1001, "type": "private"}, "text": "Придёте?"}
    tap_in_hand.set({"id": "77", "from": person, "chat_instance": "1", "message": said})
    assert await session.answer_and_show(Bot(TOKEN, session=session, default=DEFAULTS), TAP) == (None, None)
    await session.close()
    assert sorted(asked) == ["answerCallbackQuery", "editMessageText"]


async def test_who_has_blocked_the_bot_is_known_by_the_words_and_everybody_else_is_read(serve: Serve) -> None:
    """Refusals that differ in a word, and those that pass, mean what they say each time."""
    said = [
        (403, refusal(403, "Forbidden: bot was blocked by the user"), Outcome.BLOCKED),
        (403, refusal(403, "Forbidden: user is deactivated"), Outcome.GONE),
        (403, refusal(403, "Forbidden: bot was blocked by the user"), Outcome.BLOCKED),
        (400, refusal(400, "Bad Request: chat not found"), Outcome.GONE),
        (400, refusal(400, "Bad Request: can't parse entities"), Outcome.PERMANENT),
        (429, refusal(429, "Too Many Requests: retry after 7", retry_after=7), Outcome.FLOOD),
        (403, refusal(403, "Forbidden: user is deactivated"), Outcome.GONE),
        (502, b"<html>Bad Gateway</html>", Outcome.TEMPORARY),
        (200, json.dumps({"ok": True, "result": MESSAGE}).encode(), Outcome.DELIVERED),
    ]
    coming = iter(said)

    async def on_request(_: web.Request) -> web.Response:
        status, body, _outcome = next(coming)
        return web.Response(status=status, body=body)

    session = LeanPlainSession(api=await serve(on_request))
    messenger = BotMessenger(Bot(TOKEN, session=session, default=DEFAULTS), session)
    deliveries = [await messenger.deliver(1001, OutgoingMessage("x")) for _ in said]
    await session.close()
    assert [delivery.outcome for delivery in deliveries] == [outcome for _, _, outcome in said]
    assert deliveries[2] == deliveries[0]
    assert "blocked" in str(deliveries[2].error)
    assert deliveries[5].retry_after == 7
