"""One connection of aiohttp's, on which answers as the Bot API usually gives them are read by hand.

aiohttp builds a message, its headers and a stream for each, which is half of what a bare request costs. Whatever looks
otherwise, in pieces or in chunks, compressed, without a length, with «close» or no HTTP at all, is left to aiohttp's
own reader, from its first byte on.
"""

from __future__ import annotations

import asyncio
import re

from aiohttp import ClientPayloadError
from aiohttp.connector import Connection
from aiohttp.http_exceptions import HttpProcessingError

_STATUS = re.compile(rb"HTTP/1\.1 ([2-5]\d\d) ")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d{1,9}) *\r\n", re.IGNORECASE)
_ANOTHER_LENGTH = re.compile(rb"\r\ncontent-length[: ]", re.IGNORECASE)
_UNUSUAL = re.compile(  # the last: a line that goes on with what the one before it says
    rb"\r\n(?:(?:transfer-encoding|content-encoding|upgrade|connection(?!: *keep-alive *\r\n))[: ]|[ \t])",
    re.IGNORECASE,
)

Answer = tuple[int, bytes]
"""The status and the content."""


class Wire(asyncio.Protocol):
    """Stands before the connection's own protocol, which is told everything but the answers that are read here.

    ``connection``: an open one on which nothing was said that nobody has read. It is this one's until ``give_back`` or
    ``close``.
    """

    def __init__(self, connection: Connection) -> None:
        protocol, transport = connection.protocol, connection.transport
        assert protocol is not None, "it is open"
        assert transport is not None, "as above"
        protocol.set_response_params(read_until_eof=True)
        transport.set_protocol(self)
        self._connection = connection
        self._protocol = protocol
        self._transport = transport
        self._waiter: asyncio.Future[Answer | None] | None = None

    @property
    def is_good(self) -> bool:
        """It is open, and nothing was said on it that nobody has read."""
        return not (self._transport.is_closing() or self._protocol.should_close)

    def ask(self, request: bytes) -> None:
        """Writes it at once; ``answer`` is to be waited for."""
        self._waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)

    async def answer(self) -> Answer:
        """Of what was asked. Raises aiohttp's ClientError.

        Where it does not end well, the connection is closed: a half-read answer must not be taken for the next one.
        """
        assert self._waiter is not None, "somebody has asked"
        try:
            return await self._waiter or await self._read()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def give_back(self) -> None:
        """To the pool, where others may take it as it was."""
        if not self._transport.is_closing():
            self._transport.set_protocol(self._protocol)
        self._connection.release()

    async def _read(self) -> Answer:
        """By aiohttp."""
        try:
            message, payload = await self._protocol.read()
            while message.code < 200:  # «go on» and the like: the answer is still to come
                message, payload = await self._protocol.read()
            return message.code, await payload.read()
        except HttpProcessingError as error:
            raise ClientPayloadError("the answer is no HTTP") from error

    def data_received(self, data: bytes) -> None:
        waiter = self._waiter
        if waiter is None or waiter.done():  # the rest of an answer, or words that nobody asked for
            self._protocol.data_received(data)
            return
        if (answer := plain_answer(data)) is None:
            self._protocol.data_received(data)
        waiter.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        self._protocol.connection_lost(exc)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)  # what it means is said by whoever reads

    def eof_received(self) -> None:
        self._protocol.eof_received()

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()


def plain_answer(data: bytes) -> Answer | None:
    """What these bytes say, if they are one whole answer with its length and nothing unusual about it."""
    if (status := _STATUS.match(data)) is None:
        return None
    end = data.find(b"\r\n\r\n") + 4
    length = _LENGTH.search(data, 0, end - 2)
    if length is None or end + int(length[1]) != len(data) or _UNUSUAL.search(data, 0, end):
        return None
    if _ANOTHER_LENGTH.search(data, length.end() - 2, end):
        return None
    return int(status[1]), data[end:]
