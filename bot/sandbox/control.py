"""The control API: what the page and the checks do to the sandbox. Its names are fixed."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote

from aiohttp import web

from bot.sandbox.arguments import parse_integer, read_arguments
from bot.sandbox.chats import Json
from bot.sandbox.crowd import Crowd
from bot.sandbox.errors import ApiError, ControlError
from bot.sandbox.events import as_server_sent
from bot.sandbox.world import World

_HEART_BEAT = 15.0
_LONGEST_MOVE = timedelta(days=3653)

Handler = Callable[[web.BaseRequest, "re.Match[str]"], Awaitable[Any]]
MoveClock = Callable[[Json], Awaitable[Json]]


class Control:
    def __init__(self, world: World, crowd: Crowd, move_clock: MoveClock) -> None:
        self._world = world
        self._crowd = crowd
        self._move_clock = move_clock
        chat = r"/chats/(-?\d+)"
        self._routes: list[tuple[str, re.Pattern[str], Handler]] = [
            (method, re.compile(pattern), handler)
            for method, pattern, handler in (
                ("GET", "/state", self._state),
                ("GET", "/events", self._events),
                ("GET", "/calls", self._calls),
                ("GET", f"{chat}/messages", self._transcript),
                ("GET", "/files/([^/]+)", self._file),
                ("GET", r"/papers/(\d+)", self._paper),
                ("POST", "/bots", self._add_bot),
                ("POST", "/people", self._add_person),
                ("POST", "/groups", self._add_group),
                ("POST", f"{chat}/messages", self._write),
                ("POST", f"{chat}/documents", self._send_document),
                ("POST", f"{chat}/press", self._press),
                ("POST", f"{chat}/start", self._start),
                ("POST", f"{chat}/kick", self._kick),
                ("POST", f"{chat}/upgrade", self._upgrade),
                ("POST", r"/people/(\d+)/(block|unblock|delete)", self._change_person),
                ("POST", "/faults", self._order_fault),
                ("POST", "/limits", self._set_limits),
                ("POST", "/clock", self._clock),
                ("POST", "/reset", self._reset),
            )
        ]

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """`path` is what follows `/sandbox`."""
        try:
            result = await self._dispatch(request, path)
        except ControlError as error:
            return _answer(error.status, {"ok": False, "description": error.description})
        except ApiError as error:
            return _answer(error.code, {"ok": False, "description": error.description})
        return result if isinstance(result, web.StreamResponse) else _answer(200, {"ok": True, "result": result})

    @property
    def paths(self) -> list[tuple[str, str]]:
        """Method and pattern of every request, for the check that the documents name them."""
        return [(method, pattern.pattern) for method, pattern, _ in self._routes]

    async def _dispatch(self, request: web.BaseRequest, path: str) -> Any:
        is_known = False
        for method, pattern, handler in self._routes:
            match = pattern.fullmatch(path)
            if match and method == request.method:
                return await handler(request, match)
            is_known = is_known or match is not None
        raise ControlError("no such path" if not is_known else "wrong method for this path", 405 if is_known else 404)

    # Looking

    async def _state(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        return self._world.state()

    async def _calls(self, request: web.BaseRequest, match: re.Match[str]) -> list[Json]:
        query = _query(request)
        after = parse_integer(query.get("after", "0")) or 0
        return [call.as_json() for call in self._world.calls.find(query.get("method", ""), after)]

    async def _transcript(self, request: web.BaseRequest, match: re.Match[str]) -> list[Json]:
        query = _query(request)
        after = parse_integer(query.get("after", "0")) or 0
        return self.transcript(int(match[1]), after=after, token=query.get("token"))

    def transcript(self, chat_id: int, *, after: int = 0, token: str | None = None) -> list[Json]:
        """Messages with a greater id, oldest first, without deleted ones. Raises ControlError for nobody's id."""
        chats = self._world.chats_with_id(chat_id)
        if not chats and chat_id not in self._world.people:
            raise ControlError("there is no such chat", 404)
        bot = self._world.bots.get(token) if token else None
        messages = [
            message
            for chat in chats
            if bot is None or bot.id in chat.bot_ids
            for message in chat.messages.values()
            if message.id > after
        ]
        return [message.as_transcript() for message in sorted(messages, key=lambda message: message.id)]

    async def _file(self, request: web.BaseRequest, match: re.Match[str]) -> web.Response:
        stored = self._world.files.get(match[1])
        if stored is None:
            raise ControlError("there is no such file", 404)
        return _as_file(stored.name, stored.content_type, stored.data)

    async def _paper(self, request: web.BaseRequest, match: re.Match[str]) -> web.Response:
        place = int(match[1])
        if place >= len(self._world.papers):
            raise ControlError("there is no such paper", 404)
        paper = self._world.papers[place]
        return _as_file(paper.name, "application/octet-stream", paper.data)

    async def _events(self, request: web.BaseRequest, match: re.Match[str]) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        with self._world.events.subscribe() as queue:
            await response.prepare(request)
            with suppress(ConnectionResetError):  # the page was closed: nobody is left to be told
                await response.write(as_server_sent("state", self._world.state()))
                while True:
                    try:
                        event = await asyncio.wait_for(queue.get(), _HEART_BEAT)
                    except TimeoutError:
                        await response.write(b": still here\n\n")
                        continue
                    if event is None:
                        break
                    await response.write(as_server_sent(*event))
        return response

    # Changing who is there

    async def _add_bot(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        body = await _body(request)
        bot = self._world.add_bot(username=body.get("username"), first_name=body.get("first_name"))
        bot.can_read_all_group_messages = bool(body.get("can_read_all_group_messages"))
        return {"token": bot.token, "id": bot.id, "username": bot.username}

    async def _add_person(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        body = await _body(request)
        first_name = body.get("first_name")
        if not isinstance(first_name, str) or not first_name.strip():
            raise ControlError("a person needs a first_name")
        person_id = _integer(body, "id")
        if person_id is not None and person_id <= 0:
            raise ControlError("a person's id is a positive number")
        person = self._world.add_person(
            first_name,
            str(body.get("last_name") or ""),
            str(body.get("username") or ""),
            person_id,
            str(body.get("note") or ""),
        )
        return {"id": person.id}

    async def _add_group(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        body = await _body(request)
        members, admins = body.get("member_ids", []), body.get("admin_ids", [])
        if not all(isinstance(ids, list) and all(isinstance(one, int) for one in ids) for ids in (members, admins)):
            raise ControlError("member_ids is an array of numbers")
        title = str(body.get("title") or "")
        group = self._crowd.create_group(title, members, admin_ids=admins, token=_text(body, "token"))
        return {"id": group.id}

    async def _change_person(self, request: web.BaseRequest, match: re.Match[str]) -> bool:
        person_id, act = int(match[1]), match[2]
        token = _text(await _body(request), "token")
        if act == "delete":
            self._crowd.delete_account(person_id)
        elif act == "block":
            self._crowd.block(person_id, token=token)
        else:
            self._crowd.unblock(person_id, token=token)
        return True

    # Speaking

    async def _write(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        body = await _body(request)
        if not isinstance(body.get("text"), str):
            raise ControlError("text is a string")
        return self._crowd.write(
            int(match[1]),
            body["text"],
            from_id=_integer(body, "from_id"),
            reply_to_message_id=_integer(body, "reply_to_message_id"),
            token=_text(body, "token"),
        )

    async def _send_document(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        arguments = await read_arguments(request)
        upload = arguments.files.get("file")
        if upload is None:
            raise ControlError("the part named file is missing")
        from_id = parse_integer(arguments.text("from_id")) if arguments.text("from_id") else None
        return self._crowd.send_document(
            int(match[1]),
            upload.name,
            upload.data,
            content_type=upload.content_type,
            from_id=from_id,
            caption=arguments.text("caption"),
            token=arguments.text("token") or None,
        )

    async def _press(self, request: web.BaseRequest, match: re.Match[str]) -> Json | None:
        body = await _body(request)
        return await self._crowd.press(
            int(match[1]),
            message_id=_integer(body, "message_id"),
            label=_text(body, "label"),
            data=_text(body, "data"),
            from_id=_integer(body, "from_id"),
            token=_text(body, "token"),
        )

    async def _start(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        body = await _body(request)
        return self._crowd.start(int(match[1]), str(body.get("payload") or ""), token=_text(body, "token"))

    async def _kick(self, request: web.BaseRequest, match: re.Match[str]) -> bool:
        self._crowd.remove_bot(int(match[1]), token=_text(await _body(request), "token"))
        return True

    async def _upgrade(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        return {"id": self._crowd.upgrade_group(int(match[1])).id}

    # Trouble, time, oblivion

    async def _order_fault(self, request: web.BaseRequest, match: re.Match[str]) -> list[Json]:
        self._world.faults.order(await _body(request))
        self._world.state_changed()
        return self._world.faults.as_json()

    async def _set_limits(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        limits = self._world.flood.configure(await _body(request))
        self._world.state_changed()
        return limits

    async def _clock(self, request: web.BaseRequest, match: re.Match[str]) -> Json:
        return await self._move_clock(await _body(request))

    async def _reset(self, request: web.BaseRequest, match: re.Match[str]) -> bool:
        self._world.reset()
        return True


def read_move(body: Json, now: datetime) -> timedelta:
    """How far `{advance}` or `{to}` moves the clock. Raises ControlError for a move back or an unreadable one."""
    if isinstance(body.get("to"), str):
        try:
            instant = datetime.fromisoformat(body["to"])
        except ValueError:
            raise ControlError("to is an instant in ISO 8601") from None
        if instant.tzinfo is None:
            raise ControlError("to needs its offset from UTC")
        seconds = (instant - now).total_seconds()
    elif isinstance(body.get("advance"), int | float) and not isinstance(body["advance"], bool):
        seconds = body["advance"]
    else:
        raise ControlError('the clock is moved by {"advance": seconds}, {"to": instant} or {"next": true}')
    if seconds < 0:
        raise ControlError("the clock is never moved back")
    if not seconds <= _LONGEST_MOVE.total_seconds():
        raise ControlError("the clock is moved by ten years at most")
    return timedelta(seconds=seconds)


async def _body(request: web.BaseRequest) -> Json:
    content = await request.read()
    try:
        body = json.loads(content) if content.strip() else {}
    except ValueError:
        raise ControlError("the body is not JSON") from None
    if not isinstance(body, dict):
        raise ControlError("the body is a JSON object")
    return body


def _query(request: web.BaseRequest) -> dict[str, str]:
    return dict(parse_qsl(request.raw_path.partition("?")[2]))


def _integer(body: Json, name: str) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    number = parse_integer(str(value)) if not isinstance(value, bool) else None
    if number is None:
        raise ControlError(f"{name} is a whole number")
    return number


def _text(body: Json, name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise ControlError(f"{name} is a string")
    return value


def _as_file(name: str, content_type: str, data: bytes) -> web.Response:
    shown = "inline" if content_type in ("image/png", "image/jpeg", "image/gif") else "attachment"
    return web.Response(
        body=data,
        headers={
            "Content-Type": content_type,
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _answer(status: int, body: Json) -> web.Response:
    return web.json_response(body, status=status, dumps=lambda value: json.dumps(value, ensure_ascii=False))
