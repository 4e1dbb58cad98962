"""«Разослать школам»: from a form that is ready to the schools in three taps."""

from __future__ import annotations

from datetime import timedelta

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import func, select

from bot.clock import MovableClock
from bot.domain.forms import Question, QuestionKind
from bot.services.make_form import make_form
from handlers.documents.callbacks import ShowPlan
from storage.database import Database
from storage.tables import assignments, documents
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Chat, Telegram, labels
from tests.factories import SmallNetwork
from tests.handlers.notices.editing import DAYS, sent
from tests.planning import plan_notices

SEND = "📤 Разослать школам"


async def at_the_form(tg: Telegram, database: Database, network: SmallNetwork) -> Chat:
    await make_form(
        database,
        actor=await actor_of(database, network.municipal),
        unit_id=network.suzdal,
        title="Чек-лист",
        questions=[Question("q1", QuestionKind.YES_NO, "Приказ издан?")],
        source="test:form",
        now=MONDAY,
    )
    chat = tg.chat_of(network.municipal)
    await chat.says("/forms")
    await chat.presses("📝 Чек-лист")
    return chat


async def count(database: Database, what: object) -> int:
    async with database.read() as tx:
        return int((await tx._connection.execute(select(func.count()).select_from(what))).scalar_one())  # type: ignore[arg-type]


async def test_a_form_reaches_the_schools_in_three_taps(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    chat = await at_the_form(tg, database, network)
    asked = await chat.presses(SEND)
    assert "До какого дня заполнить?" in asked["text"]
    preview = await chat.presses("среда, 16 сентября")
    assert "Ответят: 2 школы" in preview["text"]
    assert await count(database, assignments) == 0, "nothing goes before it is looked at"
    done = await chat.presses("🚀 Разослать")
    assert "Разослано: форма «Чек-лист», 2 школы, 2 человека, срок 16.09.2026." in done["text"]
    assert "мероприят" not in done["text"]
    assert labels(done) == ["📄 Открыть план", "↩️ Отозвать рассылку"]
    assert await count(database, assignments) == 2
    school = tg.chat_of(network.coordinator_1)
    card = await school.presses(labels(await school.says("/my"))[0])
    assert "Основание" not in card["text"], "it would be the title once more"
    assert "📝 Заполнить" in labels(school.last)


async def test_another_term_leaves_no_draft_behind_and_not_sending_none_at_all(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await at_the_form(tg, database, network)
    await chat.presses(SEND)
    assert "Не понял срок" in (await chat.says("когда-нибудь потом"))["text"]
    await chat.says("до 20 октября")
    await chat.presses("🗓 Другой срок")
    await chat.says("до 21 октября")
    shown = await chat.presses("✖️ Не рассылать")
    assert SEND in labels(shown), "the form again"
    assert await count(database, documents) == 0


async def test_what_was_sent_is_taken_back_and_goes_with_another_term(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await at_the_form(tg, database, network)
    await chat.presses(SEND)
    await chat.presses("среда, 16 сентября")
    await chat.presses("🚀 Разослать")
    assert "Отозвать рассылку формы «Чек-лист»?" in (await chat.presses("↩️ Отозвать рассылку"))["text"]
    back = await chat.presses("Да, отозвать")
    assert "сообщений никто не получил" in back["text"]
    assert "план" not in back["text"], "nobody has seen one"
    assert labels(back) == ["🗓 Другой срок", "✖️ Не рассылать"]
    await chat.presses("🗓 Другой срок")
    assert await count(database, documents) == 0
    await chat.says("до 21 октября")
    assert "срок 21.10.2026" in (await chat.presses("🚀 Разослать"))["text"]


async def test_who_has_had_it_hears_that_it_was_taken_back(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await at_the_form(tg, database, network)
    await chat.presses(SEND)
    await chat.presses("среда, 16 сентября")
    await chat.presses("🚀 Разослать")
    await plan_notices(database, now=MONDAY, days=DAYS)
    await sent(database, until=MONDAY + timedelta(days=2))
    await chat.presses("↩️ Отозвать рассылку")
    assert labels(chat.last) == ["Да, отозвать", "‹ Не отзывать"]
    back = await chat.presses("Да, отозвать")
    assert "Кому я писал, те узнают" in back["text"]
    assert labels(back) == ["📤 Разослать заново", "📝 К форме"], "the plan is over: nothing is done there any more"
    assert "До какого дня заполнить?" in (await chat.presses("📤 Разослать заново"))["text"]
    assert "Ответят: 2 школы" in (await chat.presses("среда, 16 сентября"))["text"], "by the same day too"
    old = InlineKeyboardButton(text="📄 План", callback_data=ShowPlan(document=1).pack())
    await tg.bot.send_message(chat.id, "…", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[old]]))
    over = await chat.presses("📄 План")
    assert "(план отменён)" in over["text"]
    assert "Отменить план" not in labels(over)


async def test_what_was_sent_is_not_sent_twice(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await at_the_form(tg, database, network)
    await chat.presses(SEND)
    await chat.says("до 20 октября")
    await chat.presses("🚀 Разослать")
    await chat.says("/forms")
    await chat.presses("📝 Чек-лист")
    await chat.presses(SEND)
    assert "уже разослана" in (await chat.says("до 20 октября"))["text"]
    assert await count(database, assignments) == 2


async def test_words_that_mean_another_day_by_now_send_it_again(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    chat = await at_the_form(tg, database, network)
    await chat.presses(SEND)
    await chat.says("через неделю")
    await chat.presses("🚀 Разослать")
    clock.advance(timedelta(days=28))
    for days, day in ((0, "12.10.2026"), (4, "16.10.2026")):  # what is not sent at once is no term of a later day
        clock.advance(timedelta(days=days))
        await chat.says("/forms")
        await chat.presses("📝 Чек-лист")
        await chat.presses(SEND)
        assert day in (await chat.says("через неделю"))["text"]
