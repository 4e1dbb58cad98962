"""The message beside a long file: whatever becomes of it, the file is made once and sent once."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import DeleteMessage, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import Message

from handlers.board.file_progress import FileProgress

_MESSAGE = {"message_id": 1, "date": 1_780_000_000, "chat": {"id": 7, "type": "private"}, "text": "Сводка"}


class Wire(BaseSession):
    """Fails at the methods of ``fails``; what it was asked for stands in ``asked``."""

    def __init__(self, fails: dict[type[TelegramMethod[Any]], type[TelegramBadRequest | TelegramNetworkError]]) -> None:
        super().__init__()
        self.asked: list[str] = []
        self._fails = fails

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's signature
        self.asked.append(method.__api_method__)
        if failure := self._fails.get(type(method)):
            raise failure(method, "message to edit not found")
        return Message.model_validate({**_MESSAGE, "message_id": 2}, context={"bot": bot})

    async def close(self) -> None:
        """Nothing is open."""

    def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        raise AssertionError("nobody reads files here")


async def told_of_three_pages(wire: Wire) -> list[str]:
    beside = Message.model_validate(_MESSAGE, context={"bot": Bot("42:token", session=wire)})
    progress = FileProgress(beside, 10_000)
    for done in (1_000, 1_500, 2_000, 3_000):
        await progress.tell(done)
    await progress.end()
    return wire.asked


async def test_it_is_one_message_that_goes_with_the_file() -> None:
    assert await told_of_three_pages(Wire({})) == ["sendMessage", "editMessageText", "editMessageText", "deleteMessage"]


@pytest.mark.parametrize("failure", [TelegramBadRequest, TelegramNetworkError], ids=["deleted by its reader", "line"])
async def test_no_failure_of_it_stops_the_file(failure: type[TelegramBadRequest | TelegramNetworkError]) -> None:
    asked = await told_of_three_pages(Wire({EditMessageText: failure, DeleteMessage: failure}))
    assert asked == ["sendMessage", "editMessageText", "editMessageText", "deleteMessage"]
    asked = await told_of_three_pages(Wire({SendMessage: failure}))
    assert asked == ["sendMessage"] * 3
