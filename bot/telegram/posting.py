"""One POST with a JSON body over aiohttp's own connections, without the way through its ClientSession.

For each request the session makes an address, a dozen headers, cookies, a request and a response object, which is
three quarters of what a message costs. Connections stay aiohttp's: names, TLS and its certificates, proxies, the pool
and the reading of answers. What is left out here is nothing that the Bot API uses: redirects, cookies, compression,
retries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import (
    ClientPayloadError,
    ClientRequest,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
)
from aiohttp.connector import Connection
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from bot.ports.messenger import unnoticed
from bot.telegram.time_limits import TimeLimits

_ADDED_BY_CLIENT_REQUEST = ("Accept", "Accept-Encoding")  # «*/*» says nothing, and short answers need no compression
_MOST_STALE = 1000  # connections; all that are kept may have gone stale together
# Connections at hand between two requests: to give one back to the pool and to take it again costs as much as to write
# to it. As many as there are handlers at once, which is a third of the pool: others who use it lack none. And never
# longer than a second, so that it closes idle ones.
_MOST_AT_HAND = 64
_LONGEST_AT_HAND = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class _Address:
    """Where a request goes, as the connector wants to know it, and the lines that are the same in all of them.

    ``at_hand``: connections to its server.
    """

    request: ClientRequest
    head: bytes
    at_hand: list[Connection]


class Poster:
    """``session``: whose connections are used, and its headers; closed by whoever made it, after this one."""

    def __init__(self, session: ClientSession) -> None:
        assert session.connector is not None, "it is open"
        self.session = session
        self._connector = session.connector
        self._addresses: dict[str, _Address] = {}
        self._at_hand: dict[URL, list[Connection]] = {}  # by the server
        self._giving_back: asyncio.TimerHandle | None = None
        self._limits = TimeLimits()

    async def post(
        self,
        url: str,
        body: bytes,
        timeout: ClientTimeout,  # noqa: ASYNC109 - aiohttp's
        leaving: Callable[[], None] = unnoticed,
    ) -> tuple[int, bytes]:
        """The status and the content of the answer. ``leaving`` is called as the bytes are written.

        Raises aiohttp's ClientError, of which ConnectionTimeoutError and ClientConnectorError say that nothing has
        left, and TimeoutError once ``timeout.total`` is over. A request is never repeated: it may have arrived.
        """
        address = self._addresses.get(url) or self._learn(url)
        limit = self._limits.begin(timeout.total)
        try:
            connection = _taken(address.at_hand) or await self._connection(address, timeout)
            leaving()
            return await self._answer(connection, address, body)
        except asyncio.CancelledError:
            if limit.was_the_reason():
                raise TimeoutError from None
            raise
        finally:
            self._limits.end(limit)

    async def _answer(self, connection: Connection, address: _Address, body: bytes) -> tuple[int, bytes]:
        try:
            answer = await _exchange(connection, address.head, body)
        except BaseException:  # a half-read answer must not be taken for the next one
            connection.close()
            raise
        self._keep(connection, address.at_hand)
        return answer

    def close(self) -> None:
        """Gives all connections back that are at hand."""
        for at_hand in self._at_hand.values():
            while at_hand:
                at_hand.pop().release()
        if self._giving_back is not None:
            self._giving_back.cancel()
            self._giving_back = None

    def _keep(self, connection: Connection, at_hand: list[Connection]) -> None:
        if len(at_hand) >= _MOST_AT_HAND or not _is_good(connection):
            connection.release()
            return
        at_hand.append(connection)
        if self._giving_back is None:
            self._giving_back = asyncio.get_running_loop().call_later(_LONGEST_AT_HAND, self.close)

    def _learn(self, url: str) -> _Address:
        where = URL(url)
        request = ClientRequest(
            "POST",
            where,
            headers={**self.session.headers, "Content-Type": "application/json"},
            skip_auto_headers=_ADDED_BY_CLIENT_REQUEST,
            loop=asyncio.get_running_loop(),
            session=self.session,
        )
        lines = [f"{name}: {value}" for name, value in request.headers.items() if name.lower() != "content-length"]
        head = "\r\n".join((f"POST {where.raw_path_qs} HTTP/1.1", *lines, "Content-Length: "))
        at_hand = self._at_hand.setdefault(where.origin(), [])
        self._addresses[url] = address = _Address(request, head.encode(), at_hand)
        return address

    async def _connection(self, address: _Address, timeout: ClientTimeout) -> Connection:  # noqa: ASYNC109 - as above
        """One on which nothing was said meanwhile: a server that closes an idle one may say so in an answer."""
        for _ in range(_MOST_STALE):
            try:
                connection = await self._connector.connect(address.request, traces=[], timeout=timeout)
            except TimeoutError as error:
                raise ConnectionTimeoutError("Connection timeout") from error
            if _is_good(connection):
                assert connection.protocol is not None, "as it is good"
                connection.protocol.set_response_params(read_until_eof=True)
                return connection
            connection.close()
        raise ConnectionTimeoutError("No connection stays open")


def _taken(at_hand: list[Connection]) -> Connection | None:
    while at_hand:
        if _is_good(connection := at_hand.pop()):
            return connection
        connection.close()
    return None


def _is_good(connection: Connection) -> bool:
    """It is open, and nothing was said on it that nobody has read."""
    protocol = connection.protocol
    return protocol is not None and protocol.is_connected() and not protocol.should_close


async def _exchange(connection: Connection, head: bytes, body: bytes) -> tuple[int, bytes]:
    protocol = connection.protocol
    assert protocol is not None, "it was just taken"
    assert protocol.transport is not None, "as above"
    protocol.transport.write(b"%b%d\r\n\r\n%b" % (head, len(body), body))
    try:
        message, payload = await protocol.read()
        while message.code < 200:  # «go on» and the like: the answer is still to come
            message, payload = await protocol.read()
        # A short answer comes in one piece, and there is nothing to wait for.
        return message.code, payload.read_nowait() if payload.is_eof() else await payload.read()
    except HttpProcessingError as error:
        raise ClientPayloadError("the answer is no HTTP") from error
