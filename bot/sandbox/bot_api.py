"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from __future__ import annotations

import asyncio
import inspect
import re
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from bot.clock import SystemClock
from bot.sandbox.accounts import BotAccount
from bot.sandbox.arguments import Arguments, read_arguments
from bot.sandbox.calls import Call
from bot.sandbox.chats import StoredMessage, encode
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault
from bot.sandbox.methods.invocation import Described, Invocation, RawResult
from bot.sandbox.methods.registry import METHODS, NAMES
from bot.sandbox.webhooks import Webhook, WebhookDelivery
from bot.sandbox.world import World

_TOKEN = re.compile(r"([1-9][0-9]{0,16}):[^/]+")
_LARGEST_BOT_ID = 2**54
_NOT_FOUND = encode(ApiError(404, "Not Found").answer()).encode()


class BotApi:
    def __init__(self, world: World) -> None:
        self._world = world
        self._deliveries: dict[int, WebhookDelivery] = {}
        self._real_clock = SystemClock()

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """`path` is what follows `/bot`."""
        token, slash, method = path.partition("/")
        token = unquote(token)
        if not slash or not method or "/" in method.rstrip("/"):
            return _response(404, _NOT_FOUND)
        try:
            bot = self._authorize(token)
            arguments = await read_arguments(request)
        except ApiError as error:
            return _response(error.code, encode(error.answer()).encode(), error)
        return await self._answer(request, bot, method.rstrip("/"), arguments)

    async def download(self, path: str) -> web.StreamResponse:
        """`path` is what follows `/file/bot`."""
        token, _, file_path = path.partition("/")
        try:
            self._authorize(unquote(token))
        except ApiError as error:
            return _response(error.code, encode(error.answer()).encode(), error)
        stored = self._world.files.at_path(unquote(file_path))
        if stored is None:
            return _response(404, _NOT_FOUND)
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def execute(self, bot: BotAccount, method: str, parameters: dict[str, Any]) -> None:
        """A call that a webhook's answer carries: nobody hears what comes of it."""
        values = {name: value if isinstance(value, str) else encode(value) for name, value in parameters.items()}
        await self._logged(bot, method, Arguments(values))

    # Deliveries

    async def start(self, bot: BotAccount, webhook: Webhook) -> None:
        async def execute(method: str, parameters: dict[str, Any]) -> None:
            await self.execute(bot, method, parameters)

        def remove() -> None:
            bot.webhook = None
            bot.queue.on_push = None

        delivery = WebhookDelivery(bot.queue, webhook, self._world.clock, execute, remove)
        self._deliveries[bot.id] = delivery
        delivery.start()

    async def stop(self, bot: BotAccount) -> None:
        delivery = self._deliveries.pop(bot.id, None)
        if delivery is not None:
            await delivery.stop()

    async def stop_all(self) -> None:
        for bot in self._world.bots.values():
            await self.stop(bot)

    def hurry(self) -> None:
        """The clock was moved: what waits to be tried again is tried now."""
        for delivery in self._deliveries.values():
            delivery.hurry()

    # One call

    def _authorize(self, token: str) -> BotAccount:
        bot = self._world.bots.get(token)
        if bot is not None:
            return bot
        match = _TOKEN.fullmatch(token) if len(token.encode()) <= 80 else None
        if match is None or int(match[1]) > _LARGEST_BOT_ID:
            raise ApiError(401, "Unauthorized: invalid token specified")
        raise ApiError(401, "Unauthorized")

    async def _answer(
        self, request: web.BaseRequest, bot: BotAccount, method: str, arguments: Arguments
    ) -> web.StreamResponse:
        fault = self._world.faults.strike(method, arguments.text("chat_id"))
        if fault is not None:
            return await self._faulty(request, bot, method, arguments, fault)
        status, body, error = await self._logged(bot, method, arguments)
        return _response(status, body, error)

    async def _faulty(
        self, request: web.BaseRequest, bot: BotAccount, method: str, arguments: Arguments, fault: Fault
    ) -> web.StreamResponse:
        self._world.state_changed()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        error = fault.error()
        if fault.drop == "before":
            self._log(bot, method, arguments, 0, None)
            return _cut(request)
        if fault.drop == "after":
            await self._logged(bot, method, arguments)
            return _cut(request)
        if error is None:
            status, body, error = await self._logged(bot, method, arguments)
            if fault.answer_delay:
                await asyncio.sleep(fault.answer_delay)
            return _response(status, body, error)
        if fault.body is not None:
            self._log(bot, method, arguments, error.code, None)
            return web.Response(status=error.code, text=fault.body, content_type="text/html")
        body = encode(error.answer()).encode()
        self._log(bot, method, arguments, error.code, body)
        return _response(error.code, body, error)

    async def _logged(self, bot: BotAccount, method: str, arguments: Arguments) -> tuple[int, bytes, ApiError | None]:
        error: ApiError | None = None
        try:
            status, body = 200, await self._invoke(bot, method, arguments)
        except ApiError as refused:
            error = refused
            status, body = refused.code, encode(refused.answer()).encode()
        self._log(bot, method, arguments, status, body)
        return status, body, error

    async def _invoke(self, bot: BotAccount, method: str, arguments: Arguments) -> bytes:
        function = METHODS.get(method.lower())
        if function is None:
            raise ApiError(404, "Not Found: method not found")
        result = function(Invocation(self._world, bot, arguments, self))
        if inspect.isawaitable(result):
            result = await result
        if isinstance(result, RawResult):
            return b'{"ok":true,"result":' + result.encoded + b"}"
        if isinstance(result, StoredMessage):
            return b'{"ok":true,"result":' + result.encoded + b"}"
        answer = {"ok": True}
        if isinstance(result, Described):
            return encode(answer | {"result": result.result, "description": result.description}).encode()
        return encode(answer | {"result": result}).encode()

    def _log(self, bot: BotAccount, method: str, arguments: Arguments, status: int, answer: bytes | None) -> None:
        world = self._world
        call = Call(
            id=world.calls.next_id(),
            bot_id=bot.id,
            method=NAMES.get(method.lower(), method),
            parameters=arguments.values,
            files=[upload.name for upload in arguments.files.values()],
            status=status,
            answer=answer,
            sandbox_time=world.clock.now(),
            real_time=self._real_clock.now(),
        )
        world.calls.append(call)
        if world.events.has_listeners:
            world.events.publish("call", call.as_json())


def _response(status: int, body: bytes, error: ApiError | None = None) -> web.Response:
    response = web.Response(status=status, body=body, content_type="application/json")
    if error is not None and error.parameters and "retry_after" in error.parameters:
        response.headers["Retry-After"] = str(error.parameters["retry_after"])
    return response


def _cut(request: web.BaseRequest) -> web.Response:
    """The connection is lost at once, as when a cable is pulled: what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
