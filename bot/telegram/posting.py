"""One POST with a JSON body over aiohttp's own connections, without the way through its ClientSession.

For each request the session makes an address, a dozen headers, cookies, a request and a response object, which is
three quarters of what a message costs. Connections stay aiohttp's: names, TLS and its certificates, proxies, the pool
and the reading of answers. What is left out here is nothing that the Bot API uses: redirects, cookies, compression,
retries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiohttp import ClientError, ClientRequest, ClientSession, ClientTimeout, ConnectionTimeoutError
from yarl import URL

from bot.ports.messenger import unnoticed
from bot.telegram.time_limits import TimeLimits
from bot.telegram.wire import Answer, Wire

_ADDED_BY_CLIENT_REQUEST = ("Accept", "Accept-Encoding")  # «*/*» says nothing, and short answers need no compression
_MOST_STALE = 1000  # connections; all that are kept may have gone stale together
# Connections at hand between two requests: to give one back to the pool and to take it again costs as much as to write
# to it. As many as there are handlers at once, which is a third of the pool: others who use it lack none. And never
# longer than a second, so that it closes idle ones.
_MOST_AT_HAND = 64
_LONGEST_AT_HAND = 1.0  # seconds

Request = tuple[str, bytes]
"""The address and the body."""


@dataclass(frozen=True, slots=True)
class _Address:
    """Where a request goes, as the connector wants to know it, and the lines that are the same in all of them.

    ``at_hand``: connections to its server.
    """

    request: ClientRequest
    head: bytes
    at_hand: list[Wire]

    def whole(self, body: bytes) -> bytes:
        return b"%b%d\r\n\r\n%b" % (self.head, len(body), body)


class Poster:
    """``session``: whose connections are used, and its headers; closed by whoever made it, after this one."""

    def __init__(self, session: ClientSession) -> None:
        assert session.connector is not None, "it is open"
        self.session = session
        self._connector = session.connector
        self._addresses: dict[str, _Address] = {}
        self._at_hand: dict[URL, list[Wire]] = {}  # by the server
        self._giving_back: asyncio.TimerHandle | None = None
        self._connecting = 0  # who waits for a connection
        self._limits = TimeLimits()

    async def post(
        self,
        url: str,
        body: bytes,
        timeout: ClientTimeout,  # noqa: ASYNC109 - aiohttp's
        leaving: Callable[[], None] = unnoticed,
    ) -> Answer:
        """The status and the content of the answer. ``leaving`` is called as the bytes are written.

        Raises aiohttp's ClientError, of which ConnectionTimeoutError and ClientConnectorError say that nothing has
        left, and TimeoutError once ``timeout.total`` is over. A request is never repeated: it may have arrived.
        """
        address = self._addresses.get(url) or self._learn(url)
        limit = self._limits.begin(timeout.total)
        try:
            wire = _taken(address.at_hand) or await self._connected(address, timeout)
            leaving()
            wire.ask(address.whole(body))
            answer = await wire.answer()
        except asyncio.CancelledError:
            if limit.was_the_reason():
                raise TimeoutError from None
            raise
        else:
            self._keep(wire, address.at_hand)
            return answer
        finally:
            self._limits.end(limit)

    async def post_both(
        self,
        one: Request,
        other: Request,
        timeout: ClientTimeout,  # noqa: ASYNC109 - aiohttp's
    ) -> Sequence[Answer | BaseException]:
        """Two that leave together: of each what ``post`` returns or raises, once both have come to their end.

        One limit is for both. Where no two connections are at hand each has a task of its own.
        """
        addresses = [self._addresses.get(url) or self._learn(url) for url, _ in (one, other)]
        if not (wires := _both_taken(addresses)):
            return await asyncio.gather(self.post(*one, timeout), self.post(*other, timeout), return_exceptions=True)
        limit = self._limits.begin(timeout.total)
        try:
            for wire, address, (_, body) in zip(wires, addresses, (one, other), strict=True):
                wire.ask(address.whole(body))
            outcomes = [await _outcome(wire) for wire in wires]
        except BaseException as error:
            for wire in wires:
                wire.close()
            if isinstance(error, asyncio.CancelledError) and limit.was_the_reason():
                return [TimeoutError(), TimeoutError()]
            raise
        finally:
            self._limits.end(limit)
        for wire, address, outcome in zip(wires, addresses, outcomes, strict=True):
            if not isinstance(outcome, Exception):
                self._keep(wire, address.at_hand)
        return outcomes

    def close(self) -> None:
        """Gives all connections back that are at hand."""
        for at_hand in self._at_hand.values():
            while at_hand:
                at_hand.pop().give_back()
        if self._giving_back is not None:
            self._giving_back.cancel()
            self._giving_back = None

    def _keep(self, wire: Wire, at_hand: list[Wire]) -> None:
        if self._connecting or len(at_hand) >= _MOST_AT_HAND:  # who waits at the pool does not see what is at hand
            wire.give_back()
            return
        at_hand.append(wire)
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

    async def _connected(self, address: _Address, timeout: ClientTimeout) -> Wire:  # noqa: ASYNC109 - as above
        """One on which nothing was said meanwhile: a server that closes an idle one may say so in an answer."""
        for _ in range(_MOST_STALE):
            self._connecting += 1
            try:
                connection = await self._connector.connect(address.request, traces=[], timeout=timeout)
            except TimeoutError as error:
                raise ConnectionTimeoutError("Connection timeout") from error
            finally:
                self._connecting -= 1
            protocol = connection.protocol
            if protocol is not None and protocol.is_connected() and not protocol.should_close:
                return Wire(connection)
            connection.close()
        raise ConnectionTimeoutError("No connection stays open")


def _taken(at_hand: list[Wire]) -> Wire | None:
    while at_hand:
        if (wire := at_hand.pop()).is_good:
            return wire
        wire.close()
    return None


def _both_taken(addresses: Sequence[_Address]) -> Sequence[Wire]:
    """A connection for each, or none at all."""
    first, second = addresses
    if (one := _taken(first.at_hand)) is None:
        return ()
    if (other := _taken(second.at_hand)) is None:
        first.at_hand.append(one)
        return ()
    return one, other


async def _outcome(wire: Wire) -> Answer | Exception:
    try:
        return await wire.answer()
    except ClientError as error:
        return error
