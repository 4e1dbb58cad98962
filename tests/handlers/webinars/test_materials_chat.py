"""What there is to read before an event, and what somebody sends while he makes one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram.types import Message as SentMessage
from sqlalchemy import select

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.webinars import BadWebinarError, WebinarProblem
from bot.texts.catalogue import say
from handlers.webinars.files import send_material, sent_material
from storage.database import Database
from storage.event_tables import materials
from storage.tables import documents as document_files
from tests.driver import Message, Telegram, labels, telegram
from tests.factories import SmallNetwork
from tests.handlers.documents.conftest import FakeReader
from tests.handlers.webinars.steps import at_the_card

SENT = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}
FILE = {"file_id": "f", "file_unique_id": "u"}


class FakeBot:
    """Remembers what it was asked to send."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int, str]] = []

    async def send_photo(self, to: int, photo: str, *, caption: str) -> None:
        self.sent.append(("photo", to, photo))

    async def send_document(self, to: int, document: str, *, caption: str) -> None:
        self.sent.append(("document", to, document))


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, read_file=FakeReader()) as tg:
        yield tg


def button_data(message: Message, label: str, place: int) -> str:
    """Of the several buttons with one label."""
    rows = message["reply_markup"]["inline_keyboard"]
    return [str(button["callback_data"]) for row in rows for button in row if button["text"] == label][place]


async def test_who_is_invited_gets_what_there_is_to_read_before(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    await chat.presses("＋ Материалы")
    await chat.sends("Программа.docx", b"PK")
    await chat.says("План <встречи> https://example.org/p?a=1&b=2")
    await chat.presses("‹ К карточке")
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")
    teacher = tg.chat_of(network.teacher_1)
    await teacher.presses(labels(await teacher.says("/my"))[0])

    await teacher.presses("📎 Материалы")

    links, file = teacher.messages[-2:]
    assert links["text"] == "📎 Материалы\n• План <встречи>"
    assert [entity["url"] for entity in links["entities"] if "url" in entity] == ["https://example.org/p?a=1&b=2"]
    assert file["caption"] == "📎 Программа.docx"


async def test_a_file_sent_at_the_card_is_a_material_and_no_document(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    added = await chat.sends("Презентация.pptx", b"PK")
    assert "Презентация.pptx – в материалах события. Когда показать: до или после?" in added["text"]
    turned = await chat.presses("📖 До · Презентация.pptx")
    assert "Презентация.pptx – после" in turned["text"]
    await chat.sends("Лишнее.docx", b"PK")
    left = await chat.presses(on=chat.last, data=button_data(chat.last, "✖️ Убрать", 1))
    assert "Лишнее.docx" not in left["text"]
    await chat.presses("‹ К карточке")
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")

    async with database.read() as tx:
        rows = (await tx._connection.execute(select(materials.c.title, materials.c.phase, materials.c.told_at))).all()
        documents = (await tx._connection.execute(select(document_files.c.id))).all()
    assert [(row.title, row.phase, row.told_at) for row in rows] == [("Презентация.pptx", "after", None)]
    assert documents == [], "nothing was imported"


async def test_a_photo_is_a_material_and_goes_out_as_a_photo(network: SmallNetwork, tg: Telegram) -> None:
    bot = FakeBot()
    sides = {"small": 9, "large": 99}
    sizes = [{"file_id": name, "file_unique_id": name, "width": n, "height": n} for name, n in sides.items()]
    message = SentMessage.model_validate({**SENT, "caption": "План зала", "photo": sizes})

    material = sent_material(message)
    assert material.title == "План зала"
    assert material.file_id is not None
    await send_material(bot, 7, material.file_id, say("event-material", title=material.title))  # type: ignore[arg-type]  # of a bot, what is asked of it here

    assert bot.sent == [("photo", 7, "large")]


@pytest.mark.parametrize(
    ("sent", "problem", "why"),
    [
        ({"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
         WebinarProblem.NOT_A_FILE, "a sticker"),
        ({"voice": {**FILE, "duration": 3}}, WebinarProblem.NOT_A_FILE, "a voice message"),
        ({"document": {**FILE, "file_name": "Запись.mp4", "file_size": 51 * 1024 * 1024}},
         WebinarProblem.FILE_TOO_LARGE, "no phone opens it"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_material_is_told_in_words(sent: dict[str, Any], problem: WebinarProblem, why: str) -> None:
    with pytest.raises(BadWebinarError) as refused:
        sent_material(SentMessage.model_validate({**SENT, **sent}))

    assert refused.value.problem is problem, why
    assert say(f"webinar-wrong-{problem.value}")


async def test_a_file_after_the_card_was_left_is_a_document_again(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    await chat.says("/cancel")

    await chat.sends("план.odt", b"PK")
    assert "в материалах" not in chat.last["text"]
    assert ".docx" in chat.last["text"], "which files are read as documents"
