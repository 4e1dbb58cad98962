"""A document whose reading was cut short is read again, in the message that said «Читаю…»."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.domain.reading_choices import AS_FOUND, ReadingChoices
from bot.telegram.updates import received
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Chat, Telegram
from tests.handlers.documents.conftest import FakeReader

PASTED = "1. Собрать заявки – 15 октября\n2. Разослать итоги – 20 октября\n3. Отчёт – 25 октября"


class KilledError(BaseException):
    """The process ends here: nothing of ours may catch it."""


def killed_while_reading(reader: FakeReader) -> Callable[..., Any]:
    async def read(data: bytes, file_name: str, *, today: date, choices: ReadingChoices = AS_FOUND) -> Any:
        raise KilledError

    return read


async def stored_update(tg: Telegram, database: Database) -> dict[str, Any]:
    """The one that waits, put into the inbox as the intake does."""
    queue = tg.sandbox.world.bots[tg.sandbox.bot_token].queue
    (waiting,) = queue.pending()
    queue.confirm(waiting.id)
    update: dict[str, Any] = json.loads(waiting.encoded)
    async with database.write() as tx:
        await tx.inbox.add([received(update)], now=MONDAY)
    return update


async def is_killed_while_reading(tg: Telegram, database: Database, reader: FakeReader) -> dict[str, Any]:
    """The update that was being handled."""
    update = await stored_update(tg, database)
    tg.dispatcher.workflow_data["read_file"] = killed_while_reading(reader)
    with pytest.raises(KilledError):
        await tg.dispatcher.feed_raw_update(tg.bot, update)
    tg.dispatcher.workflow_data["read_file"] = reader
    return update


@pytest.mark.parametrize("is_pasted", [False, True], ids=["file", "text"])
async def test_the_message_that_says_so_becomes_the_draft(
    tg: Telegram, vera: Chat, database: Database, reader: FakeReader, is_pasted: bool
) -> None:
    if is_pasted:
        tg.sandbox.person_writes(vera.id, PASTED)
    else:
        tg.sandbox.send_document(vera.id, "карта.docx", b"roadmap")
    update = await is_killed_while_reading(tg, database, reader)
    (reading,) = vera.messages
    assert "Читаю" in reading["text"]
    await tg.dispatcher.feed_raw_update(tg.bot, update)
    (draft,) = vera.messages
    assert draft["message_id"] == reading["message_id"]
    assert "Читаю" not in draft["text"]


async def test_where_he_has_deleted_it_meanwhile_the_draft_comes_below(
    tg: Telegram, vera: Chat, database: Database, reader: FakeReader
) -> None:
    tg.sandbox.send_document(vera.id, "карта.docx", b"roadmap")
    update = await is_killed_while_reading(tg, database, reader)
    await tg.bot.delete_message(vera.id, vera.last["message_id"])
    await vera.sends("другая.docx", b"another")
    await tg.dispatcher.feed_raw_update(tg.bot, update)
    other, draft = vera.messages
    assert draft["message_id"] > other["message_id"], "another document has a message of its own"
    assert "Читаю" not in draft["text"]
