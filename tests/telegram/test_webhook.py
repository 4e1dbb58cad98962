"""The webhook: nothing without the secret, and no «200» before the update is stored."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.telegram.webhook import SECRET_HEADER, build_webhook

UPDATE = {"update_id": 1, "message": {"chat": {"id": 1}}}


class Inbox:
    def __init__(self) -> None:
        self.stored: list[Mapping[str, Any]] = []
        self.is_broken = False

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> int:
        if self.is_broken:
            raise OSError("the disk is full")
        self.stored += updates
        return len(updates)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def client(inbox: Inbox) -> AsyncIterator[TestClient[Any, Any]]:
    async with TestClient(TestServer(build_webhook(inbox.receive, path="/hook", secret="s3cret"))) as client:
        yield client


@pytest.mark.parametrize(
    ("secret", "body", "status", "reason"),
    [
        ("s3cret", json.dumps(UPDATE), 200, "Telegram itself"),
        ("wrong", json.dumps(UPDATE), 401, "somebody who guesses"),
        (None, json.dumps(UPDATE), 401, "somebody who does not know of a secret"),
        ("пароль", json.dumps(UPDATE), 401, "not even ASCII"),
        ("s3cret", "<html>", 400, "not JSON"),
        ("s3cret", "[]", 400, "not an update"),
        ("s3cret", "{}", 400, "an update without its number"),
    ],
)  # fmt: skip
async def test_only_telegram_is_let_in(
    client: TestClient[Any, Any], inbox: Inbox, secret: str | None, body: str, status: int, reason: str
) -> None:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    answer = await client.post("/hook", data=body, headers=headers)
    assert answer.status == status, reason
    assert inbox.stored == ([UPDATE] if status == 200 else []), reason


async def test_what_could_not_be_stored_is_not_confirmed(client: TestClient[Any, Any], inbox: Inbox) -> None:
    inbox.is_broken = True
    answer = await client.post("/hook", data=json.dumps(UPDATE), headers={SECRET_HEADER: "s3cret"})
    assert answer.status == 500
