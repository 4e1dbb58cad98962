"""Another term, acceptance and return as people do them: through the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.matters import ActivityKind, Answer, AnsweredBy, Audience
from bot.domain.network import Role
from bot.domain.reviewing import Review
from bot.ports.matters import NewActivity, NewOccurrence
from bot.services.open_activity import open_activity
from bot.texts.wording import length
from handlers.reviews.callbacks import ReviewOne, ShowPostponement
from storage.database import Database
from storage.tables import activities, occurrences
from storage.task_tables import assignment_requests
from tests.calendar_days import MONDAY
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import IN_A_WEEK, assignment, matter, open_task

PLAIN = ["✅ Выполнено", "⏳ В работе", "⚠️ Есть проблема", "Другой ответ…"]


async def opened_card(chat: Chat) -> Message:
    mine = await chat.says("/my")
    return await chat.presses(labels(mine)[0], on=mine)


async def opened(database: Database, network: SmallNetwork, *, is_reviewed: bool = False) -> AssignmentId:
    occurrence = await open_task(database, network)
    if is_reviewed:
        await look_at_answers(database, occurrence)
    return await assignment(database, occurrence, school=network.school_1)


async def look_at_answers(database: Database, occurrence: OccurrenceId) -> None:
    its_own = select(occurrences.c.activity_id).where(occurrences.c.id == occurrence).scalar_subquery()
    async with database.write() as tx:
        await tx._connection.execute(update(activities).where(activities.c.id == its_own).values(needs_acceptance=True))


async def request_id(database: Database) -> int:
    async with database.read() as tx:
        return int((await tx._connection.execute(select(assignment_requests.c.id))).scalar_one())


async def test_the_plain_answers_come_first_and_the_rest_behind_one_button(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await opened(database, network)
    chat = tg.chat_of(network.coordinator_1)
    card = await opened_card(chat)
    assert labels(card)[:4] == PLAIN
    other = await chat.presses("Другой ответ…")
    assert labels(other) == ["➖ Нечего сообщать", "🚷 Не относится к нам", "📅 Прошу перенести", "‹ Назад"]
    assert labels(await chat.presses("‹ Назад"))[:4] == PLAIN


async def test_a_term_in_two_taps_and_granted_in_one(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    owed = await opened(database, network)
    school, above = tg.chat_of(network.coordinator_1), tg.chat_of(network.municipal)
    await opened_card(school)
    await school.presses("Другой ответ…")
    asked = await school.presses("📅 Прошу перенести")
    assert labels(asked) == ["четверг, 17 сентября", "среда, 23 сентября", "среда, 30 сентября", "Отмена"]

    await school.presses("четверг, 17 сентября")
    sent = await school.presses("Отправить без причины")

    assert "Попросил перенести на 17 сентября (чт)" in sent["text"]
    assert "📅 Вы просите перенести срок на 17 сентября (чт)" in sent["text"]
    assert "↩️ Отозвать просьбу о переносе" in labels(sent)
    board = await above.says("/board")
    await above.presses("📥 На проверку: 1", on=board)
    card = await above.presses("📅 Школа № 1 г. Суздаля: до 17.09.2026")
    assert labels(card)[:3] == ["✅ Перенести на 17 сентября (чт)", "✖️ Отказать", "📅 Другая дата"]

    decided = await above.presses("✅ Перенести на 17 сентября (чт)")

    assert "✅ Перенесено на 17 сентября (чт). Решение: Белов П. А." in decided["text"]
    assert (await matter(database, owed)).due_on.isoformat() == "2026-09-17"
    assert "Срок: четверг, 17 сентября (для вас; у остальных 14.09.2026)" in (await opened_card(school))["text"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("когда-нибудь", "Не понял дату «когда-нибудь»", id="no date: asked again with examples"),
        pytest.param("5 сентября", "5 сентября (сб) уже прошло", id="the past"),
        pytest.param("10 сентября", "не позже нынешнего срока, 14 сентября", id="before the term"),
        pytest.param("14 сентября", "Срок уже 14 сентября", id="the term itself"),
    ],
)
async def test_what_is_no_later_day_is_asked_again(
    database: Database, network: SmallNetwork, tg: Telegram, words: str, said: str
) -> None:
    await opened(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await opened_card(chat)
    await chat.presses("Другой ответ…")
    await chat.presses("📅 Прошу перенести")
    assert said in (await chat.says(words))["text"]
    assert "Почему?" in (await chat.says("до конца месяца"))["text"], "and the question stays open"
    sent = await chat.says("Болеет завуч")
    assert "Попросил перенести на 30 сентября (ср)" in sent["text"]


async def test_what_was_asked_in_a_card_does_not_stand_there_after_it_was_typed(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await opened(database, network)
    school, above = tg.chat_of(network.coordinator_1), tg.chat_of(network.municipal)
    card = await opened_card(school)
    await school.presses("Другой ответ…")
    await school.presses("📅 Прошу перенести")
    assert "Это выходной день" in (await school.says("20 сентября"))["text"], "said before it is sent"
    await school.says("Болеет завуч")
    shown = _now(school, card)
    assert "Вы просите перенести срок на 20 сентября (вс)" in shown["text"]
    assert "↩️ Отозвать просьбу о переносе" in labels(shown)

    await above.presses("📥 На проверку: 1", on=await above.says("/board"))
    asked = await above.presses(data=ShowPostponement(request=await request_id(database)).pack())
    await above.presses("📅 Другая дата", on=asked)
    await above.says("до 25 сентября")
    decided = _now(above, asked)
    assert "✅ Перенесено на 25 сентября (пт)" in decided["text"]
    assert labels(decided) == ["🗂 История"]


def _now(chat: Chat, message: Message) -> Message:
    return next(one for one in chat.messages if one["message_id"] == message["message_id"])


async def test_of_two_coordinators_the_second_is_told_who_decided(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    await opened(database, network)
    second = factory.person("Дёмин Олег Ильич", network.suzdal, Role.COORDINATOR)
    school, first, other = tg.chat_of(network.coordinator_1), tg.chat_of(network.municipal), tg.chat_of(second)
    await opened_card(school)
    await school.presses("Другой ответ…")
    await school.presses("📅 Прошу перенести")
    await school.presses("четверг, 17 сентября")
    await school.presses("Отправить без причины")
    show = ShowPostponement(request=await request_id(database)).pack()
    for chat in (first, other):
        board = await chat.says("/board")
        assert "📥 На проверку: 1" in labels(board)
        await chat.presses("📥 На проверку: 1", on=board)
        await chat.presses(data=show)
    await first.presses("✖️ Отказать")

    card = await other.presses("✅ Перенести на 17 сентября (чт)")

    assert other.toast["text"] == "Уже решено (Белов П. А.)."
    assert "✖️ Отказано. Решение: Белов П. А." in card["text"]
    assert labels(card) == ["🗂 История"]


async def test_a_request_is_taken_back(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    owed = await opened(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await opened_card(chat)
    await chat.presses("Другой ответ…")
    await chat.presses("📅 Прошу перенести")
    await chat.presses("четверг, 17 сентября")
    await chat.presses("Отправить без причины")
    card = await chat.presses("↩️ Отозвать просьбу о переносе")
    assert chat.toast["text"] == "Просьба отозвана. Действует прежний срок."
    assert "Вы просите" not in card["text"]
    assert (await matter(database, owed)).reviewing.request_id is None


async def test_not_ours_asks_why_and_is_confirmed(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    owed = await opened(database, network)
    school, above = tg.chat_of(network.coordinator_1), tg.chat_of(network.municipal)
    await opened_card(school)
    await school.presses("Другой ответ…")
    assert "Почему это не к вам?" in (await school.presses("🚷 Не относится к нам"))["text"]
    await school.says("У нас нет старших классов")
    await above.presses("📥 На проверку: 1", on=await above.says("/board"))
    card = await above.presses("По одному ›")
    assert "Не относится к нам" in card["text"]
    assert "У нас нет старших классов" in card["text"]
    await above.presses("☑️ Не к ним")
    assert (await matter(database, owed)).is_accepted
    assert "Координатор подтвердил: это не к вам" in (await school_card(school))["text"]


async def school_card(chat: Chat) -> Message:
    mine = await chat.says("/my")
    answered = await chat.presses("✅ Отвеченные", on=mine)
    return await chat.presses(labels(answered)[0], on=answered)


async def test_accepting_shows_the_next_and_a_wrong_tap_is_taken_back(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    await look_at_answers(database, occurrence)
    for person in (network.coordinator_1, network.coordinator_2):
        chat = tg.chat_of(person)
        await opened_card(chat)
        answered = await chat.presses("✅ Выполнено")
        assert "🔎 Ждёт проверки" in answered["text"]
    above = tg.chat_of(network.municipal)
    await above.presses("📥 На проверку: 2", on=await above.says("/board"))
    await above.presses("По одному ›")

    following = await above.presses("☑️ Принять")
    assert "Школа № 2" in following["text"]
    undone = await above.presses("Отменить: Школа № 1 г. Суздаля")

    assert above.toast["text"] == "Отменил: ответ снова ждёт проверки."
    assert "Школа № 1" in undone["text"]
    owed = await assignment(database, occurrence, school=network.school_1)
    assert (await matter(database, owed)).is_in_review


async def test_a_page_is_accepted_in_one_tap(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    occurrence = await open_task(database, network)
    await look_at_answers(database, occurrence)
    for person in (network.coordinator_1, network.coordinator_2):
        chat = tg.chat_of(person)
        await opened_card(chat)
        await chat.presses("✅ Выполнено")
    above = tg.chat_of(network.municipal)
    await above.presses("📥 На проверку: 2", on=await above.says("/board"))
    empty = await above.presses("☑️ Принять все показанные (2)")
    assert above.toast["text"] == "Принял 2 ответа."
    assert "Всё проверено" in empty["text"]


async def test_a_return_survives_a_restart_and_tells_the_reason(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    owed = await opened(database, network, is_reviewed=True)
    school, above = tg.chat_of(network.coordinator_1), tg.chat_of(network.municipal)
    await opened_card(school)
    await school.presses("✅ Выполнено")
    await above.presses("📥 На проверку: 1", on=await above.says("/board"))
    await above.presses("По одному ›")
    assert "что исправить?" in (await above.presses("↩️ Вернуть"))["text"]
    assert "Новый срок – до 14 сентября (пн)" in (await above.says("Нет подписи <директора>"))["text"]
    clock.move_to(clock.now() + timedelta(hours=3))  # the dialogue stands in the database, not in the process

    done = await above.says("до 16 сентября")

    assert "↩️ Вернул: «Нет подписи <директора>», новый срок – до 16 сентября (ср)" in done["text"]
    returned = await matter(database, owed)
    assert returned.reviewing.review is Review.RETURNED
    card = await opened_card(school)
    assert "↩️ Вернули на доработку: Нет подписи <директора>" in card["text"]
    assert labels(card)[:4] == PLAIN


async def test_an_answer_that_comes_while_the_reason_is_typed_is_shown_and_not_given_back(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    owed = await opened(database, network, is_reviewed=True)
    school, above = tg.chat_of(network.coordinator_1), tg.chat_of(network.municipal)
    await opened_card(school)
    await school.presses("✅ Выполнено")
    await above.presses("📥 На проверку: 1", on=await above.says("/board"))
    await above.presses("По одному ›")
    await above.presses("↩️ Вернуть")
    await above.says("Нет подписи")
    await school.presses("Изменить ответ")
    await school.presses("Другой ответ…")
    await school.presses("➖ Нечего сообщать")

    await above.presses("↩️ Вернуть до 14 сентября (пн)")

    assert "Школа ответила по-новому" in above.toast["text"]
    assert "Нечего сообщать" in above.last["text"]
    assert (await matter(database, owed)).assignment.answer is Answer.NOTHING_TO_REPORT


async def test_the_history_is_the_same_for_both_sides_on_their_own_clocks(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    owed = await opened(database, network, is_reviewed=True)
    far = factory.person("Юрьев Марк Ильич", network.suzdal, Role.COORDINATOR, timezone="Asia/Yakutsk")
    school, above = tg.chat_of(network.coordinator_1), tg.chat_of(far)
    await opened_card(school)
    await school.presses("✅ Выполнено")
    mine = await school.presses("🗂 История")
    await above.presses("📥 На проверку: 1", on=await above.says("/board"))
    await above.presses(data=ReviewOne(assignment=owed).pack(), on=above.last)
    theirs = await above.presses("🗂 История")
    assert "7 сент., 12:00 – ответ «Выполнено» (Зимина А. О.)" in mine["text"]
    assert "7 сент., 18:00 – ответ «Выполнено» (Зимина А. О.)" in theirs["text"]
    assert "☑️ Принять" in labels(theirs)
    assert "☑️ Принять" not in labels(mine)


async def test_a_long_history_is_turned_over_in_pages(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await opened(database, network)
    chat = tg.chat_of(network.coordinator_1)
    card = await opened_card(chat)
    for number in range(14):
        await chat.says(f"{number}: " + "очень длинный комментарий " * 25, reply_to=card)
    await opened_card(chat)
    await chat.presses("Другой ответ…")
    await chat.presses("🚷 Не относится к нам")
    await chat.says("не к нам")
    await school_card(chat)
    first = await chat.presses("🗂 История")
    assert length(first["text"]) < 4096
    second = await chat.presses("›")
    assert "13: очень" in first["text"]
    assert "13: очень" not in second["text"]


async def test_a_teacher_speaks_of_himself_and_his_own_school_confirms(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    """Of what a person owes the coordinator of his school decides, and he is told so."""
    audience = Audience((network.school_1,), AnsweredBy.PERSON, (Role.TEACHER,))
    task = NewActivity(
        ActivityKind.TASK, network.vladimir, "Анкета", audience, "Europe/Moscow", created_by=network.regional
    )  # fmt: skip
    when = NewOccurrence("2026-09-14", IN_A_WEEK, IN_A_WEEK.date(), has_time=False, timezone="Europe/Moscow")
    async with database.write() as tx:
        await open_activity(tx, task, [when], now=MONDAY)
    teacher, school = tg.chat_of(network.teacher_1), tg.chat_of(network.coordinator_1)
    await opened_card(teacher)
    await teacher.presses("Другой ответ…")
    await teacher.presses("🚷 Не относится ко мне")
    await teacher.says("Я в декрете")
    await school.presses("📥 На проверку: 1", on=await school.says("/board"))
    await school.presses("По одному ›")
    await school.presses("☑️ Не к ним")
    assert "Координатор подтвердил" in (await school_card(teacher))["text"]


async def test_another_term_is_given_from_the_board_and_the_school_is_told(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await opened(database, network)
    chat = tg.chat_of(network.municipal)
    await chat.says("/board")
    district = await chat.presses("1")
    await chat.presses(next(label for label in labels(district) if "Школа № 1" in label))
    await chat.presses("🗂 История")
    asked = await chat.presses("🗓 Дать другой срок")
    assert "Сейчас: 14 сентября (пн)" in asked["text"]
    assert labels(asked)[0] == "четверг, 17 сентября"
    assert "не позже нынешнего срока" in (await chat.says("10 сентября"))["text"]
    assert "Новый срок: 18 сентября (пт)" in (await chat.says("до 18 сентября"))["text"]
    assert "дан другой срок: 18.09.2026" in (await chat.presses("🗂 История"))["text"]
