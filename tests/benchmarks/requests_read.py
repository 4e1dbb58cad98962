"""One connection to a server of the benchmarks: HTTP/1.1, as far as the bot speaks it."""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Requests(asyncio.Protocol, ABC):
    """Cuts what comes in into whole requests, and writes the answers."""

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[end + 4 : whole], self._buffer[whole:]
            self.handle(head, body)

    @abstractmethod
    def handle(self, head: bytes, body: bytes) -> None:
        """One request has come whole."""

    def answer(self, whole: bytes, *, after: float = 0.0) -> None:
        """``whole``: as ``http_answer`` made it; ``after`` so many seconds, if the connection still stands."""
        if after:
            asyncio.get_running_loop().call_later(after, self._write, whole)
        else:
            self._write(whole)

    def _write(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def http_answer(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def listen(connection: Callable[[], Requests]) -> str:
    """Serves for as long as the loop runs; returns the address."""
    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
