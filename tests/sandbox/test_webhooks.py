"""The webhook: which addresses are taken, delivery, retries, calls in the answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Client, until_polled


class Receiver:
    """A bot behind a webhook. `answers` are given in turn, then 200."""

    def __init__(self) -> None:
        self.updates: asyncio.Queue[tuple[dict[str, Any], dict[str, str]]] = asyncio.Queue()
        self.answers: list[web.Response] = []
        self.url = ""

    async def handle(self, request: web.BaseRequest) -> web.Response:
        self.updates.put_nowait((json.loads(await request.read()), dict(request.headers)))
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    runner = web.ServerRunner(web.Server(receiver.handle), shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        pytest.param({"url": "https://"}, "invalid webhook URL specified", id="no host"),
        pytest.param(
            {"url": "http://bot.example.ru/"}, "bad webhook: An HTTPS URL must be provided for webhook", id="no TLS"
        ),
        pytest.param(
            {"url": "https://bot.example.ru:8090/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
            id="odd port",
        ),
        pytest.param({"url": "https://10.0.0.1/"}, "bad webhook: IP address 10.0.0.1 is reserved", id="private"),
        pytest.param(
            {"url": "https://a.ru/", "secret_token": "я"}, "secret token contains unallowed characters", id="я"
        ),
        pytest.param({"url": "https://a.ru/", "secret_token": "x" * 257}, "secret token is too long", id="257"),
    ],
)
async def test_a_bad_webhook_is_refused(client: Client, parameters: dict[str, str], words: str) -> None:
    assert (await client.call("setWebhook", **parameters)).refusal == (400, f"Bad Request: {words}")


async def test_updates_come_with_the_secret_and_in_order(
    sandbox: Sandbox, client: Client, anna: int, receiver: Receiver
) -> None:
    answer = await client.call("setWebhook", url=receiver.url, secret_token="s3cret")
    assert answer.body == {"ok": True, "result": True, "description": "Webhook was set"}
    for word in ("раз", "два", "три"):
        sandbox.person_writes(anna, word)
    received = [await receiver.updates.get() for _ in range(3)]
    assert [update["message"]["text"] for update, _ in received] == ["раз", "два", "три"]
    assert received[0][1]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"


async def test_what_failed_is_brought_again(sandbox: Sandbox, client: Client, anna: int, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=500)]
    await client.call("setWebhook", url=receiver.url)
    sandbox.person_writes(anna, "раз")
    first, _ = await receiver.updates.get()
    again, _ = await receiver.updates.get()
    assert first == again
    info = (await client.call("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_moved_clock_ends_the_wait_between_retries(
    sandbox: Sandbox, client: Client, anna: int, receiver: Receiver
) -> None:
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "3600"})]
    await client.call("setWebhook", url=receiver.url)
    sandbox.person_writes(anna, "раз")
    await receiver.updates.get()
    again = asyncio.create_task(receiver.updates.get())
    while not again.done():
        await client.ask("POST", "/clock", {"advance": 1})
    assert again.result()[0]["message"]["text"] == "раз"


async def test_a_call_in_the_answer_is_made(sandbox: Sandbox, client: Client, anna: int, receiver: Receiver) -> None:
    receiver.answers = [web.json_response({"method": "sendMessage", "chat_id": anna, "text": "Ответ"})]
    with sandbox.events.subscribe() as events:
        await client.call("setWebhook", url=receiver.url)
        sandbox.person_writes(anna, "Вопрос")
        seen = []
        while "Ответ" not in seen:
            event = await events.get()
            assert event is not None
            if event[0] == "message":
                seen.append(event[1]["message"]["text"])
    assert seen == ["Вопрос", "Ответ"]


async def test_polling_and_a_webhook_exclude_each_other(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
    polling = asyncio.create_task(client.call("getUpdates", timeout=30))
    await until_polled(sandbox)
    await client.call("setWebhook", url=receiver.url)
    assert (await polling).refusal == (409, "Conflict: terminated by setWebhook request")
    assert (await client.call("getUpdates")).refusal == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    assert (await client.call("deleteWebhook")).body["description"] == "Webhook was deleted"
    assert (await client.call("deleteWebhook")).body["description"] == "Webhook is already deleted"
    assert (await client.call("getUpdates")).result == []


async def test_a_second_webhook_within_a_second_waits(client: Client, receiver: Receiver) -> None:
    await client.call("setWebhook", url=receiver.url)
    answer = await client.call("setWebhook", url=receiver.url)
    assert answer.refusal == (429, "Too Many Requests: retry after 1")
    assert answer.headers["Retry-After"] == "1"
