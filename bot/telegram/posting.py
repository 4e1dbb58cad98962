"""One POST with a JSON body over aiohttp's own connections, without the way through its ClientSession.

For each request the session makes an address, a dozen headers, cookies, a request and a response object, which is
three quarters of what a message costs. Connections stay aiohttp's: names, TLS and its certificates, proxies, the pool
and the reading of answers. What is left out here is nothing that the Bot API uses: redirects, cookies, compression,
retries.
"""

from __future__ import annotations

import asyncio
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

_ADDED_BY_CLIENT_REQUEST = ("Accept", "Accept-Encoding")  # «*/*» says nothing, and short answers need no compression
_MOST_STALE = 1000  # connections; all that are kept may have gone stale together


@dataclass(frozen=True, slots=True)
class _Address:
    """Where a request goes, as the connector wants to know it, and the lines that are the same in all of them."""

    request: ClientRequest
    head: bytes


class Poster:
    """``session``: whose connections are used, and its headers; closed by whoever made it."""

    def __init__(self, session: ClientSession) -> None:
        assert session.connector is not None, "it is open"
        self.session = session
        self._connector = session.connector
        self._addresses: dict[str, _Address] = {}

    async def post(self, url: str, body: bytes, timeout: ClientTimeout) -> tuple[int, bytes]:  # noqa: ASYNC109 - aiohttp's
        """The status and the content of the answer.

        Raises aiohttp's ClientError, of which ConnectionTimeoutError and ClientConnectorError say that nothing has
        left, and TimeoutError once ``timeout.total`` is over. A request is never repeated: it may have arrived.
        """
        address = self._addresses.get(url) or self._learn(url)
        async with asyncio.timeout(timeout.total):
            connection = await self._connection(address, timeout)
            try:
                answer = await _exchange(connection, address.head, body)
            except BaseException:  # a half-read answer must not be taken for the next one
                connection.close()
                raise
            connection.release()
            return answer

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
        self._addresses[url] = address = _Address(request, head.encode())
        return address

    async def _connection(self, address: _Address, timeout: ClientTimeout) -> Connection:  # noqa: ASYNC109 - as above
        """One on which nothing was said meanwhile: a server that closes an idle one may say so in an answer."""
        for _ in range(_MOST_STALE):
            try:
                connection = await self._connector.connect(address.request, traces=[], timeout=timeout)
            except TimeoutError as error:
                raise ConnectionTimeoutError("Connection timeout") from error
            protocol = connection.protocol
            if protocol is not None and protocol.is_connected() and not protocol.should_close:
                return connection
            connection.close()
        raise ConnectionTimeoutError("No connection stays open")


async def _exchange(connection: Connection, head: bytes, body: bytes) -> tuple[int, bytes]:
    protocol = connection.protocol
    assert protocol is not None, "it was just taken"
    assert protocol.transport is not None, "as above"
    protocol.set_response_params(read_until_eof=True)
    protocol.transport.write(b"%b%d\r\n\r\n%b" % (head, len(body), body))
    try:
        message, payload = await protocol.read()
        while message.code < 200:  # «go on» and the like: the answer is still to come
            message, payload = await protocol.read()
        return message.code, await payload.read()
    except HttpProcessingError as error:
        raise ClientPayloadError("the answer is no HTTP") from error
