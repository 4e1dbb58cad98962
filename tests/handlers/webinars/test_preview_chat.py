"""What is seen before anything is sent, and stopping what is being sent."""

from __future__ import annotations

from sqlalchemy import func, select, update

from bot.domain.calendar import WorkCalendar
from storage.database import Database
from storage.tables import notices
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.webinars.steps import at_the_card, count
from tests.opening import open_event
from tests.planning import plan_notices


async def test_each_zone_sees_its_own_hour_in_the_preview(
    network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    factory.person("Новикова Яна Львовна", network.school_3, timezone="Asia/Yakutsk")
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    await chat.presses("Дальше ›")
    far = await chat.presses("Участник, МСК+6")

    assert "21:00 (у вас) · 15:00 МСК" in far["text"]


async def test_the_message_is_sent_to_oneself_with_its_files_and_announces_nothing(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    await chat.presses("＋ Материалы")
    await chat.sends("Программа.docx", b"PK")
    listed = await chat.says("Запись https://example.org/p")
    assert "📎 Программа.docx – до\n📎 Запись – до" in listed["text"]
    await chat.presses("‹ К карточке")
    await chat.presses("Дальше ›")

    await chat.presses("📨 Отправить себе")

    sample, file, preview = chat.messages[-3:]
    assert "Проба" in sample["text"]
    assert "Приглашаем на вебинар" in sample["text"]
    assert "document" in file
    assert "📣 Объявить" in labels(preview)
    assert await count(database) == 0


async def test_an_announcement_is_stopped_in_flight_and_goes_on(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    event = await open_event(database, network)
    await plan_notices(database, now=MONDAY, days=WorkCalendar())
    async with database.write() as tx:
        one = select(func.min(notices.c.id)).where(notices.c.kind == "announcement").scalar_subquery()
        await tx._connection.execute(update(notices).where(notices.c.id == one).values(state="sent"))
    chat = tg.chat_of(network.regional)
    await chat.presses(labels(await chat.says("/webinars"))[0])

    stopped = await chat.presses("⏹ Стоп · ушло 1 из 2")
    assert "Остановлено: ушло 1 из 2" in chat.toast["text"]
    assert "▶️ Продолжить · ушло 1 из 2" in labels(stopped)
    async with database.read() as tx:
        assert (await tx.broadcasts.announcement(event.occurrence_id, now=MONDAY)).stopped_at == MONDAY

    resumed = await chat.presses("▶️ Продолжить · ушло 1 из 2")
    assert "⏹ Стоп · ушло 1 из 2" in labels(resumed)
