"""What there is to read before an event, and what somebody sends while he makes one."""

from __future__ import annotations

from storage.database import Database
from tests.driver import Telegram, labels
from tests.factories import SmallNetwork
from tests.handlers.webinars.steps import at_the_card


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
