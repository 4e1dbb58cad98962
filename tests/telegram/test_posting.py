"""A request over aiohttp's connections, whatever the server and the line make of it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvloop
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import (
    ClientConnectorError,
    ClientPayloadError,
    ClientSession,
    ClientTimeout,
    ServerDisconnectedError,
    TCPConnector,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from yarl import URL

from bot.domain.delivery import Outcome
from bot.ports.messenger import OutgoingMessage
from bot.telegram.messenger import BotMessenger
from bot.telegram.posting import Poster
from tests.calendar_days import MONDAY
from tests.plain_session import LeanPlainSession

PATIENCE = ClientTimeout(total=5)
SENT = b'{"ok":true,"result":{"message_id":7,"date":1780000000,"chat":{"id":1001,"type":"private"}}}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
PAGE = b"<html>Bad Gateway</html>"

Said = tuple[bytes, ...]
"""What the server writes, piece by piece. An empty piece: it closes the connection."""


@dataclass
class Server:
    """Answers the n-th request with the n-th script; after the last one it is silent."""

    scripts: list[Said]
    asked: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot42:secret-part/sendMessage"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.asked.append(head + await reader.readexactly(length))
                await self.say(writer, self.scripts.pop(0) if self.scripts else ())
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def say(self, writer: asyncio.StreamWriter, said: Said) -> None:
        for piece in said:
            if not piece:
                writer.close()
                return
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)  # so that it arrives by itself

    async def say_unasked(self, *said: bytes) -> None:
        await self.say(self._writers[-1], said)


@pytest.fixture
async def serving() -> AsyncIterator[Callable[..., Awaitable[Server]]]:
    opened: list[asyncio.Server] = []

    async def start(*scripts: Said) -> Server:
        server = Server(list(scripts))
        opened.append(await asyncio.start_server(server.serve, "127.0.0.1", 0))
        server.port = opened[-1].sockets[0].getsockname()[1]
        return server

    yield start
    for one in opened:
        one.close()


@pytest.fixture
async def poster() -> AsyncIterator[Poster]:
    async with ClientSession(headers={"User-Agent": "vestovoy"}) as session:
        poster = Poster(session)
        yield poster
        poster.close()


Serving = Callable[..., Awaitable[Server]]


@pytest.mark.parametrize(
    ("said", "status", "content", "reason"),
    [
        ((HEAD + b"done",), 200, b"done", "all at once"),
        ((HEAD[:9], HEAD[9:30], HEAD[30:] + b"do", b"ne"), 200, b"done", "in pieces, as lines deliver it"),
        (
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\ndo\r\n", b"2\r\nne\r\n0\r\n\r\n"),
            200, b"done", "in chunks, as a gateway passes it on",
        ),
        ((b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndo", b"ne", b""), 200, b"done", "until the connection ends"),
        ((b"HTTP/1.1 100 Continue\r\n\r\n", HEAD + b"done"), 200, b"done", "after a word that is not the answer yet"),
        ((b"HTTP/1.1 204 No Content\r\n\r\n",), 204, b"", "nothing at all"),
        (
            (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: %d\r\n\r\n%b" % (len(PAGE), PAGE), b""),
            502, PAGE, "a gateway's page",
        ),
        ((b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",), 302, b"", "elsewhere: never followed"),
    ],
)  # fmt: skip
async def test_an_answer_is_read_however_it_comes(
    serving: Serving, poster: Poster, said: Said, status: int, content: bytes, reason: str
) -> None:
    server = await serving(said)
    assert await poster.post(server.url, b"{}", PATIENCE) == (status, content), reason


async def test_a_request_has_what_the_bot_api_needs_and_no_more(serving: Serving, poster: Poster) -> None:
    server = await serving((HEAD + b"done",))
    await poster.post(server.url, b'{"text":"x"}', PATIENCE)
    head, _, body = server.asked[0].partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    assert first == "POST /bot42:secret-part/sendMessage HTTP/1.1"
    assert sorted(lines) == [
        "Content-Length: 12",
        "Content-Type: application/json",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: vestovoy",
    ]
    assert body == b'{"text":"x"}'


@pytest.mark.parametrize(
    ("said", "error", "reason"),
    [
        ((b"",), ServerDisconnectedError, "closed without a word"),
        ((HEAD[:20], b""), ServerDisconnectedError, "closed within the head"),
        ((HEAD + b"do", b""), ClientPayloadError, "closed within the content"),
        ((b"SSH-2.0-OpenSSH_9.6\r\n\r\n",), ClientPayloadError, "somebody else answers"),
        ((HEAD[:-2] + b"Content-Length: 2\r\n\r\ndone",), ClientPayloadError, "who says two lengths"),
        ((HEAD[:-6] + b"9" * 5000 + b"\r\n\r\ndone",), ClientPayloadError, "who says one that cannot be"),
    ],
)
async def test_a_connection_that_is_cut_is_an_error_and_the_next_request_takes_another(
    serving: Serving, poster: Poster, said: Said, error: type[Exception], reason: str
) -> None:
    server = await serving(said, (HEAD + b"done",))
    with pytest.raises(error):
        await poster.post(server.url, b"{}", PATIENCE)
    assert await poster.post(server.url, b"{}", PATIENCE) == (200, b"done"), reason
    assert (len(server.asked), server.connections) == (2, 2), "asked once each: it may have arrived"


async def test_what_takes_too_long_is_given_up_with_its_connection(serving: Serving, poster: Poster) -> None:
    """Its answer may come later, and must not be taken for that of the next request."""
    server = await serving((), (HEAD + b"next",))
    with pytest.raises(TimeoutError):
        await poster.post(server.url, b"{}", ClientTimeout(total=0.1))
    assert await poster.post(server.url, b"{}", PATIENCE) == (200, b"next")
    assert server.connections == 2


async def test_one_that_is_cancelled_gives_its_connection_up(serving: Serving, poster: Poster) -> None:
    server = await serving((), (HEAD + b"next",))
    under_way = asyncio.create_task(poster.post(server.url, b"{}", PATIENCE))
    while not server.asked:  # noqa: ASYNC110 - the server is another program
        await asyncio.sleep(0.001)
    under_way.cancel()
    assert await poster.post(server.url, b"{}", PATIENCE) == (200, b"next")
    assert server.connections == 2


async def test_a_connection_serves_again(serving: Serving, poster: Poster) -> None:
    server = await serving(*[(HEAD + b"done",)] * 3)
    for _ in range(3):
        assert await poster.post(server.url, b"{}", PATIENCE) == (200, b"done")
    assert server.connections == 1


@pytest.mark.parametrize(
    ("unasked", "reason"),
    [
        ((b"",), "an idle connection is closed after a minute"),
        ((b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",), "and some say so first"),
        ((b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n", b""), "and then close"),
    ],
)
async def test_what_was_said_unasked_is_nobodys_answer(
    serving: Serving, poster: Poster, unasked: Said, reason: str
) -> None:
    server = await serving((HEAD + b"done",), (HEAD + b"next",))
    await poster.post(server.url, b"{}", PATIENCE)
    await server.say_unasked(*unasked)
    for _ in range(5):
        await asyncio.sleep(0.001)
    assert await poster.post(server.url, b"{}", PATIENCE) == (200, b"next"), reason
    assert server.connections == 2


async def test_connections_at_hand_are_given_back_to_whoever_uses_the_session(serving: Serving, poster: Poster) -> None:
    server = await serving(*[(HEAD + b"done",)] * 2)
    await poster.post(server.url, b"{}", PATIENCE)
    poster.close()
    async with poster.session.post(server.url, data=b"{}") as answer:
        assert await answer.read() == b"done"
    assert server.connections == 1


async def test_few_connections_are_kept_at_hand_and_all_serve_again(serving: Serving, poster: Poster) -> None:
    crowd = 40
    server = await serving(*[(HEAD + b"done",)] * (2 * crowd))
    for _ in range(2):
        answers = await asyncio.gather(*(poster.post(server.url, b"{}", PATIENCE) for _ in range(crowd)))
        assert answers == [(200, b"done")] * crowd
    assert server.connections <= crowd


async def test_who_waits_for_a_connection_gets_that_of_the_first_who_is_answered(serving: Serving) -> None:
    """Kept at hand it would be of use to nobody, until it goes back to the pool a second later."""
    server = await serving(*[(HEAD + b"done",)] * 3)
    async with ClientSession(connector=TCPConnector(limit=1)) as session:
        poster = Poster(session)
        asked = server.url, b"{}", ClientTimeout(total=0.7)
        assert await asyncio.gather(*(poster.post(*asked) for _ in range(3))) == [(200, b"done")] * 3
        poster.close()
    assert server.connections == 1


def outcomes_of(outcomes: Sequence[object]) -> list[object]:
    return [type(one) if isinstance(one, BaseException) else one for one in outcomes]


@pytest.mark.parametrize("at_hand", [0, 1, 2])
@pytest.mark.parametrize(
    ("said", "outcome", "reason"),
    [
        ((HEAD + b"next",), (200, b"next"), "both are answered"),
        ((HEAD[:9], HEAD[9:] + b"next"), (200, b"next"), "one of them in pieces"),
        ((b"",), ServerDisconnectedError, "one of them is cut"),
        ((b"SSH-2.0-OpenSSH_9.6\r\n\r\n",), ClientPayloadError, "somebody else answers one of them"),
        ((), TimeoutError, "one of them never is"),
    ],
)
async def test_two_that_leave_together_end_each_in_its_own_way(
    serving: Serving, poster: Poster, at_hand: int, said: Said, outcome: object, reason: str
) -> None:
    server = await serving(*[(HEAD + b"done",)] * at_hand, (HEAD + b"both",), said, *[(HEAD + b"more",)] * 2)
    asked = server.url, b"{}"
    await asyncio.gather(*(poster.post(*asked, PATIENCE) for _ in range(at_hand)))
    limit = ClientTimeout(total=0.5 if outcome is TimeoutError else 5)  # the other needs some of it
    ended = outcomes_of(await poster.post_both(asked, asked, limit))
    usual = TimeoutError if outcome is TimeoutError and at_hand == 2 else (200, b"both")
    assert sorted(map(str, ended)) == sorted(map(str, [usual, outcome])), reason
    assert await poster.post_both(asked, asked, PATIENCE) == [(200, b"more")] * 2, "on connections that are whole"


async def test_two_that_are_cancelled_give_their_connections_up(serving: Serving, poster: Poster) -> None:
    """Also that whose answer has come: nobody has read it."""
    server = await serving(*[(HEAD + b"done",)] * 3, (), (HEAD + b"next",))
    asked = server.url, b"{}"
    await poster.post_both(asked, asked, PATIENCE)
    under_way = asyncio.create_task(poster.post_both(asked, asked, PATIENCE))
    while len(server.asked) < 4:  # noqa: ASYNC110 - the server is another program
        await asyncio.sleep(0.001)
    under_way.cancel()
    assert await poster.post(*asked, PATIENCE) == (200, b"next")
    assert server.connections == 3
    assert under_way.cancelled()


async def test_a_mistake_of_one_costs_no_connection_of_the_other(serving: Serving) -> None:
    """One that nobody closes would be missing in the pool for ever."""
    server = await serving(*[(HEAD + b"done",)] * 2)
    async with TCPConnector() as connector, ClientSession(connector=connector) as session:
        poster = Poster(session)
        asked = server.url, b"{}"
        await poster.post_both(asked, asked, PATIENCE)
        first = poster._at_hand[URL(server.url).origin()][-1]
        under_way = asyncio.create_task(poster.post_both(asked, asked, PATIENCE))
        while len(server.asked) < 4:  # noqa: ASYNC110 - the server is another program
            await asyncio.sleep(0.001)
        first._transport._force_close(KeyError("x"))  # type: ignore[attr-defined]  # as asyncio does it after a mistake
        with pytest.raises(KeyError):
            await under_way
        assert not connector._acquired


def test_certificates_and_the_loop_of_production_make_no_difference(tmp_path: Path) -> None:
    uvloop.run(answers_over_tls(self_signed(tmp_path / "pem")))


async def answers_over_tls(certificate: ssl.SSLContext) -> None:
    server = Server([(HEAD + b"done",), (HEAD[:9], HEAD[9:] + b"late"), (HEAD + b"next",), (HEAD[:20], b"")])
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=certificate)
    url = f"https://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot42:secret-part/sendMessage"
    async with ClientSession(connector=TCPConnector(ssl=False)) as session:
        poster = Poster(session)
        answers = [await poster.post(url, b"{}", PATIENCE) for _ in range(3)]
        poster.close()
        with pytest.raises(ServerDisconnectedError):
            await poster.post(url, b"{}", PATIENCE)
    listening.close()
    assert answers == [(200, b"done"), (200, b"late"), (200, b"next")]
    assert server.connections == 1, "given back after the third, and taken again"


async def test_nobody_there_is_known_not_to_have_heard(poster: Poster) -> None:
    with pytest.raises(ClientConnectorError):
        await poster.post("http://127.0.0.1:1/bot42:secret-part/sendMessage", b"{}", PATIENCE)


@pytest.mark.parametrize(
    ("said", "outcome", "reason"),
    [
        ((b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(SENT), SENT),), Outcome.DELIVERED, "as ever"),
        ((b"",), Outcome.UNKNOWN, "cut after the request had left: it may have arrived"),
        ((HEAD + b"do", b""), Outcome.UNKNOWN, "it has arrived, and was it taken?"),
        ((b"HTTP/1.1 502 -\r\nContent-Length: 24\r\n\r\n" + PAGE,), Outcome.TEMPORARY, "not at Telegram at all"),
    ],
)
async def test_what_it_means_for_a_notice(serving: Serving, said: Said, outcome: Outcome, reason: str) -> None:
    server = await serving(said)
    session = LeanPlainSession(api=TelegramAPIServer.from_base(f"http://127.0.0.1:{server.port}"))
    messenger, left = BotMessenger(Bot("42:secret-part", session=session), session), list[int]()
    delivery = await messenger.deliver(1001, OutgoingMessage("x"), lambda: left.append(len(server.asked)))
    await session.close()
    assert delivery.outcome is outcome, reason
    assert (left, len(server.asked)) == ([0], 1), "told once, when the server had heard nothing yet"
    assert "secret-part" not in str(delivery.error)


async def test_a_certificate_of_nobody_we_trust_is_refused(tmp_path: Path) -> None:
    """Connections are made by aiogram's own connector, which knows whom to trust; nothing is said to anybody else."""
    server = Server([(HEAD + b"done",)])
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=self_signed(tmp_path / "pem"))
    port = listening.sockets[0].getsockname()[1]
    session = LeanPlainSession(api=TelegramAPIServer.from_base(f"https://localhost:{port}"))
    messenger, left = BotMessenger(Bot("42:secret-part", session=session), session), list[int]()
    delivery = await messenger.deliver(1001, OutgoingMessage("x"), lambda: left.append(len(server.asked)))
    await session.close()
    listening.close()
    assert (delivery.outcome, server.asked, left) == (Outcome.TEMPORARY, [], []), "it has not left"
    assert "Certificate" in str(delivery.error)


def self_signed(file: Path) -> ssl.SSLContext:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, MONDAY, MONDAY.replace(year=2100))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(key.private_bytes(pem, *plain) + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
