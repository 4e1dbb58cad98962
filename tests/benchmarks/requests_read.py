"""The requests of one connection to a server of the benchmarks: HTTP/1.1, as far as the bot speaks it."""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from typing import Any

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Requests(asyncio.Protocol, ABC):
    """Cuts what comes in into whole requests."""

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
