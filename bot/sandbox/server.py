"""The sandbox: a Telegram on 127.0.0.1 for the demonstration and for the tests."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from aiohttp import web
from aiohttp.http_parser import RawRequestMessage
from aiohttp.web_protocol import RequestHandler

from bot.clock import MovableClock
from bot.sandbox.bot_api import BotApi
from bot.sandbox.chats import Json
from bot.sandbox.control import Control, read_move
from bot.sandbox.crowd import Crowd
from bot.sandbox.errors import ControlError
from bot.sandbox.events import Events
from bot.sandbox.world import World

NextDue = Callable[[], Awaitable[datetime | None]]
AfterMove = Callable[[], Awaitable[None]]

_HOST = "127.0.0.1"
_PAGE = Path(__file__).parent / "page"
_REQUEST_BYTES = 64 * 1024 * 1024
_SHUTDOWN = 0.05  # seconds for the requests under way: long polls are cut short


class Sandbox:
    """A server for unchanged bots, and the people who talk with them.

    `next_due` says when the bot's next work is due, `after_move` does what became due; both serve the clock's moves.
    `port=0` takes a free one. The methods below do what the control API does, without HTTP; they raise ControlError.
    """

    def __init__(
        self,
        clock: MovableClock,
        *,
        next_due: NextDue | None = None,
        after_move: AfterMove | None = None,
        port: int = 0,
        bot_token: str = "42:demo",  # noqa: S107 - a name in the sandbox, no secret
        bot_username: str = "vestovoy_demo_bot",
        bot_name: str = "Вестовой",
    ) -> None:
        self.world = World(clock)
        self.crowd = Crowd(self.world)
        self.bot_token = bot_token
        self._next_due = next_due
        self._after_move = after_move
        self._port = port
        self._api = BotApi(self.world)
        self._control = Control(self.world, self.crowd, self.move_clock)
        self._runner: web.ServerRunner | None = None
        self.world.add_bot(bot_token, bot_username, bot_name)

    @property
    def url(self) -> str:
        """The address without a slash at its end. The port is known once the sandbox has started."""
        return f"http://{_HOST}:{self._port}"

    @property
    def events(self) -> Events:
        return self.world.events

    async def start(self) -> None:
        """Raises OSError when the port is taken."""
        loop = asyncio.get_running_loop()

        def request_factory(
            message: RawRequestMessage, payload: Any, protocol: RequestHandler, writer: Any, task: Any
        ) -> web.BaseRequest:
            return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=_REQUEST_BYTES)

        server = web.Server(self._handle, request_factory=request_factory, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=_SHUTDOWN)
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        self.world.events.close()
        await self._api.stop_all()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        if path.startswith("/bot"):
            return await self._api.handle(request, path[4:])
        if path.startswith("/file/bot"):
            return await self._api.download(path[9:])
        if path.startswith("/sandbox/"):
            return await self._control.handle(request, path[8:])
        if request.method in ("GET", "HEAD") and (path == "/" or path.startswith("/page/")):
            return _page_file(path)
        return _not_found()

    # What people do

    def add_person(
        self,
        first_name: str,
        last_name: str = "",
        *,
        username: str = "",
        id: int | None = None,  # noqa: A002 - the name of the control API's field
        note: str = "",
    ) -> int:
        return self.world.add_person(first_name, last_name, username, id, note).id

    def add_group(
        self, title: str, member_ids: list[int], *, admin_ids: list[int] | None = None, token: str | None = None
    ) -> int:
        return self.crowd.create_group(title, member_ids, admin_ids=admin_ids, token=token).id

    def add_bot(self, username: str | None = None, first_name: str | None = None) -> str:
        """Returns the new bot's token."""
        return self.world.add_bot(username=username, first_name=first_name).token

    def start_bot(self, person_id: int, payload: str = "", *, token: str | None = None) -> Json:
        """The person opens the bot's link and presses Start."""
        return self.crowd.start(person_id, payload, token=token)

    def person_writes(
        self,
        chat_id: int,
        text: str,
        *,
        from_id: int | None = None,
        reply_to_message_id: int | None = None,
        token: str | None = None,
    ) -> Json:
        return self.crowd.write(chat_id, text, from_id=from_id, reply_to_message_id=reply_to_message_id, token=token)

    def send_document(
        self,
        chat_id: int,
        name: str,
        data: bytes,
        *,
        content_type: str = "",
        from_id: int | None = None,
        caption: str = "",
        token: str | None = None,
    ) -> Json:
        return self.crowd.send_document(
            chat_id, name, data, content_type=content_type, from_id=from_id, caption=caption, token=token
        )

    async def press(
        self,
        chat_id: int,
        label: str | None = None,
        *,
        message_id: int | None = None,
        data: str | None = None,
        from_id: int | None = None,
        token: str | None = None,
    ) -> Json | None:
        """The bot's answer `{text, show_alert}`, or None if it gave none within five seconds."""
        return await self.crowd.press(
            chat_id, message_id=message_id, label=label, data=data, from_id=from_id, token=token
        )

    def block(self, person_id: int, *, token: str | None = None) -> None:
        self.crowd.block(person_id, token=token)

    def unblock(self, person_id: int, *, token: str | None = None) -> None:
        self.crowd.unblock(person_id, token=token)

    def delete_account(self, person_id: int) -> None:
        self.crowd.delete_account(person_id)

    # Looking, trouble, time

    def messages(self, chat_id: int, *, after: int = 0, token: str | None = None) -> list[Json]:
        """The transcript: Message objects, with reply keyboards as people see them."""
        return self._control.transcript(chat_id, after=after, token=token)

    def calls(self, method: str = "", *, after: int = 0) -> list[Json]:
        return [call.as_json() for call in self.world.calls.find(method, after)]

    def state(self) -> Json:
        return self.world.state()

    def add_fault(self, **fault: Any) -> None:
        """The fields are those of `POST /sandbox/faults`."""
        self.world.faults.order(fault)
        self.world.state_changed()

    def set_limits(self, **limits: Any) -> None:
        """The fields are those of `POST /sandbox/limits`."""
        self.world.flood.configure(limits)
        self.world.state_changed()

    async def move_clock(self, move: Json) -> Json:
        """`{advance: seconds}`, `{to: instant}` or `{next: true}`; then does what became due."""
        clock = self.world.clock
        if move.get("next"):
            due = await self._next_due() if self._next_due else None
            if due is None:
                return {"clock": clock.now().isoformat(), "moved": False, "reason": "nothing is due"}
            now = clock.now()
            if due > now:
                clock.advance(due - now)
        else:
            clock.advance(read_move(move, clock.now()))
        self._api.hurry()
        if self._after_move is not None:
            await self._after_move()
        self.world.state_changed()
        return {"clock": clock.now().isoformat(), "moved": True}

    def reset(self) -> None:
        self.world.reset()


def _page_file(path: str) -> web.StreamResponse:
    name = "index.html" if path == "/" else unquote(path.removeprefix("/page/"))
    file = (_PAGE / name).resolve()
    if not file.is_relative_to(_PAGE) or not file.is_file():
        return _not_found()
    content_type = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0]
    return web.Response(
        body=file.read_bytes(),
        headers={
            "Content-Type": f"{content_type or 'application/octet-stream'}; charset=utf-8",
            "Cache-Control": "no-cache",
        },
    )


def _not_found() -> web.Response:
    return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)


__all__ = ["ControlError", "Sandbox"]
