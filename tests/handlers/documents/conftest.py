from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.documents import DocumentDraft
from bot.domain.reading_choices import AS_FOUND, ReadingChoices
from bot.ports.documents import Unreadable
from storage.database import Database
from tests.drafts import DARK, DOUBTFUL, NO_DAY, PAST, QUARTERLY, READY, a_document
from tests.driver import Chat, Message, Telegram, telegram
from tests.factories import SmallNetwork


class FakeReader:
    """Implements ``bot.ports.documents.FileReader``: gives what the test prepared and remembers what it was asked.

    ``answers`` come first, one a reading, then ``result`` each time.
    """

    def __init__(self) -> None:
        self.result: DocumentDraft | Unreadable = a_document(READY, QUARTERLY, PAST, DOUBTFUL, DARK, NO_DAY)
        self.answers: list[DocumentDraft | Unreadable] = []
        self.names: list[str] = []
        self.choices: list[ReadingChoices] = []

    async def __call__(
        self, data: bytes, file_name: str, *, today: date, choices: ReadingChoices = AS_FOUND
    ) -> DocumentDraft | Unreadable:
        self.names.append(file_name)
        self.choices.append(choices)
        return self.answers.pop(0) if self.answers else self.result


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
async def tg(
    database: Database, clock: MovableClock, settings: Settings, reader: FakeReader
) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, read_file=reader) as tg:
        yield tg


@pytest.fixture
def vera(tg: Telegram, network: SmallNetwork) -> Chat:
    """Вера Ильинична, the coordinator of the region."""
    return tg.chat_of(network.regional)


async def stored(database: Database, query: Any) -> list[Any]:
    async with database.read() as tx:
        return list(await tx._connection.execute(query))


def inline(message: Message) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = message["reply_markup"]["inline_keyboard"]
    return rows
