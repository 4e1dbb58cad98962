"""Which answers are read by hand, and which are left to aiohttp."""

from __future__ import annotations

import pytest

from bot.telegram.wire import plain_answer

TELEGRAM = (
    b"HTTP/1.1 200 OK\r\n"
    b"Server: nginx/1.18.0\r\n"
    b"Date: Mon, 01 Jun 2026 09:00:00 GMT\r\n"
    b"Content-Type: application/json\r\n"
    b"Content-Length: 4\r\n"
    b"Connection: keep-alive\r\n"
    b"Strict-Transport-Security: max-age=31536000; includeSubDomains; preload\r\n"
    b"Access-Control-Expose-Headers: Content-Length,Content-Type,Date,Server,Connection\r\n\r\n"
)


def answer(*lines: bytes, content: bytes = b"done", status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return b"\r\n".join([status, *lines, b"", content])


FOUR = b"Content-Length: 4"


@pytest.mark.parametrize(
    ("data", "expected", "reason"),
    [
        (TELEGRAM + b"done", (200, b"done"), "as api.telegram.org says it"),
        (answer(b"content-length:4"), (200, b"done"), "names of headers have no case"),
        (answer(b"Content-Length: 0", content=b""), (200, b""), "nothing, and that is said"),
        (answer(FOUR, status=b"HTTP/1.1 429 Too Many Requests"), (429, b"done"), "a refusal"),
        (answer(FOUR, b"Content-Type: text/html", status=b"HTTP/1.1 502 -"), (502, b"done"), "a gateway's page"),
        (answer(b"Content-Length: 8", content=b"\r\n\r\ndone"), (200, b"\r\n\r\ndone"), "the head ends once"),
    ],
)
def test_a_usual_answer_is_read_by_hand(data: bytes, expected: tuple[int, bytes], reason: str) -> None:
    assert plain_answer(data) == expected, reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TELEGRAM[:40], "its head is not all there"),
        (TELEGRAM + b"do", "more is to come"),
        (TELEGRAM + b"done and more", "more came than belongs to it"),
        (answer(b"Content-Type: text/html"), "without a length: until the connection ends"),
        (answer(b"Content-Type: text/html", content=b"x\r\nContent-Length: 28\r\n"), "words of its content"),
        (answer(FOUR, b"Connection: close"), "the connection ends with it"),
        (answer(FOUR, b"connection:close"), "so does this one's"),
        (answer(FOUR, b"Content-Length: 2"), "who says two lengths is not to be trusted with either"),
        (answer(FOUR, b"Content-Length:4, 4"), "as above"),
        (answer(b"Content-Length: " + b"9" * 5000), "a length that is no number to Python"),
        (answer(FOUR, b" 2"), "a line that goes on"),
        (answer(FOUR, b"Connection: keep-alive", b"\t, close"), "as above"),
        (answer(FOUR, b"Transfer-Encoding: chunked"), "in chunks"),
        (answer(FOUR, b"Content-Encoding: gzip"), "compressed"),
        (answer(FOUR, b"Upgrade: websocket"), "another protocol"),
        (answer(FOUR, status=b"HTTP/1.1 100 Continue"), "a word that is not the answer yet"),
        (answer(FOUR, status=b"HTTP/1.0 200 OK"), "a connection of the old kind ends with its answer"),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "no HTTP at all"),
        (b"", "nothing"),
    ],
)
def test_whatever_is_unusual_is_left_to_aiohttp(data: bytes, reason: str) -> None:
    assert plain_answer(data) is None, reason
