"""Joining in chat: by a link in four taps and one name, and everything a newcomer may do wrong on the way."""

from __future__ import annotations

import pytest

from bot.config import Settings
from bot.domain.network import Role
from bot.domain.people_rows import PersonRow
from bot.services.import_people import import_people
from bot.services.invite import invite, revoke_invitation
from handlers.people.callbacks import ConfirmJoining
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork, account_of
from tests.handlers.people.conftest import OWNER, old_button

NEWCOMER = 5001


async def link(database: Database, network: SmallNetwork, role: Role = Role.TEACHER) -> str:
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(account_of(network.municipal), is_owner=False)
    assert actor is not None
    return (await invite(database, actor=actor, unit_id=network.school_1, role=role, now=MONDAY)).token


async def personal_link(database: Database, name: str = "Рябова Нина Львовна") -> str:
    row = PersonRow(2, "Владимирская область", "Суздальский район", "Школа № 2 г. Суздаля", name, "учитель")
    [person] = (await import_people(database, rows=[row], now=MONDAY)).people
    assert person.token is not None
    return person.token


async def registered_by(tg: Telegram, token: str, name: str, account: int = NEWCOMER) -> str:
    chat = tg.chat(account)
    await chat.starts(token)
    await chat.presses("Согласен")
    await chat.says(name)
    return str((await chat.presses("Подтвердить"))["text"])


async def test_a_link_lets_in_with_four_taps_and_one_name(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    token = await link(database, network)
    chat = tg.chat(NEWCOMER)
    consent = await chat.starts(token)
    greeting = chat.messages[-2]
    assert "Школа № 1 г. Суздаля, Суздальский район, Владимирская область" in greeting["text"]
    assert "педагог" in greeting["text"]
    assert "Методический центр «Опора»" in consent["text"], "the consent names the operator"
    assert "редакция 1" in consent["text"]
    assert labels(consent) == ["Согласен", "Не согласен"]
    asked = await chat.presses("Согласен")
    assert "фамилию, имя" in asked["text"]
    shown = await chat.says("Рябова Нина Львовна")
    for fact in ("Рябова Нина Львовна", "Школа № 1 г. Суздаля", "педагог"):
        assert fact in shown["text"]
    done = await chat.presses("Подтвердить")
    assert "Вы зарегистрированы" in done["text"]
    assert "/my" in done["text"]
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(NEWCOMER, is_owner=False)
    assert actor is not None
    assert [(m.unit.id, m.role) for m in actor.memberships] == [(network.school_1, Role.TEACHER)]
    assert (actor.person.consent_version, actor.person.consented_at) == (1, MONDAY)


async def test_nothing_is_stored_of_somebody_who_does_not_agree(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat(NEWCOMER)
    await chat.starts(await link(database, network))
    refused = await chat.presses("Не согласен")
    assert "ничего о вас не сохранил" in refused["text"]
    async with database.read() as tx:
        assert await tx.people.by_account(NEWCOMER) is None
    assert "нажмите /start" in (await chat.says("Рябова Нина"))["text"], "a stranger again"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Я", "слишком коротко"),
        ("Ф" * 250 + " " + "И" * 250, "слишком длинно"),
        ("Рябова", "два слова"),
        ("Рябова Нина 🌸", "только буквы"),
        ("<b>Рябова</b> Нина", "только буквы"),
        ("Рябова Нина 2", "только буквы"),
        ("Я я", "два слова"),
        ("А. Б.", "два слова"),
    ],
    ids=["one letter", "500 letters", "one word", "emoji", "markup", "a digit", "two letters", "initials only"],
)
async def test_what_is_no_name_is_refused_with_help_and_asked_again(
    tg: Telegram, database: Database, network: SmallNetwork, typed: str, answer: str
) -> None:
    chat = tg.chat(NEWCOMER)
    await chat.starts(await link(database, network))
    await chat.presses("Согласен")
    assert answer in (await chat.says(typed))["text"]
    assert "Подтвердить" in labels(await chat.says("Рябова Нина")), "the next try counts"


async def test_who_writes_where_a_button_is_awaited_is_told_which(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat(NEWCOMER)
    await chat.starts()
    assert "Выберите свою школу" in (await chat.says("Школа № 1"))["text"]
    await chat.starts(await personal_link(database))
    assert "«Согласен»" in (await chat.says("да"))["text"]
    await chat.presses("Согласен")
    assert "«Подтвердить»" in (await chat.says("Рябова Нина Львовна"))["text"]
    await chat.presses("Подтвердить")
    assert "Вы зарегистрированы" in chat.messages[-2]["text"], "nothing was lost"


async def test_a_file_instead_of_a_name_is_answered(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat(NEWCOMER)
    await chat.starts(await link(database, network))
    await chat.presses("Согласен")
    assert "словами" in (await chat.sends("имя.txt", "Рябова Нина".encode()))["text"]


async def test_a_command_before_he_is_registered_says_what_comes_next(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    """The menu of the chat offers /my and /help from the first moment on."""
    chat = tg.chat(NEWCOMER)
    await chat.starts(await link(database, network))
    assert "«Согласен»" in (await chat.says("/help"))["text"]
    await chat.presses("Согласен")
    assert "напишите фамилию" in (await chat.says("/my"))["text"]
    await chat.says("Рябова Нина")
    assert "«Подтвердить»" in (await chat.says("/my"))["text"]
    await chat.presses("Подтвердить")
    assert "Вы зарегистрированы" in chat.messages[-2]["text"], "nothing was lost"


async def test_a_full_name_in_telegram_is_one_tap(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat(NEWCOMER, "Нина Рябова")
    await chat.starts(await link(database, network))
    assert labels(await chat.presses("Согласен")) == ["Нина Рябова"]
    assert "Нина Рябова" in (await chat.presses("Нина Рябова"))["text"]


async def test_the_name_can_be_corrected_before_it_is_confirmed(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat(NEWCOMER)
    await chat.starts(await link(database, network))
    await chat.presses("Согласен")
    await chat.says("Рябова Нна")
    await chat.presses("Исправить имя")
    assert "Рябова Нина" in (await chat.says("Рябова Нина"))["text"]


async def test_a_personal_link_knows_the_name(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat(NEWCOMER)
    await chat.starts(await personal_link(database))
    assert "Рябова Нина Львовна" in (await chat.presses("Согласен"))["text"]
    assert "зарегистрированы" in (await chat.presses("Подтвердить"))["text"]


async def test_the_same_person_using_a_link_twice_is_told_so(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    token = await link(database, network)
    await registered_by(tg, token, "Рябова Нина")
    assert "уже зарегистрированы" in (await tg.chat(NEWCOMER).starts(token))["text"]


async def test_a_personal_link_in_another_account_is_refused_in_words(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    token = await personal_link(database)
    first = tg.chat(NEWCOMER)
    await first.starts(token)
    await first.presses("Согласен")
    await first.presses("Подтвердить")
    assert "уже использована" in (await tg.chat(5002).starts(token))["text"]


async def test_a_personal_link_of_another_name_is_refused_to_somebody_registered(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    answer = await tg.chat_of(network.teacher_1).starts(await personal_link(database))
    assert "на другого человека" in answer["text"]
    assert "Смирнова Дарья Павловна" in answer["text"]


async def test_a_second_school_is_added_after_confirmation(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.teacher_2)
    offered = await chat.starts(await link(database, network))
    assert "Прежнее участие сохранится" in offered["text"]
    assert "Добавлено" in (await chat.presses("Присоединиться"))["text"]
    async with database.read() as tx:
        units = [m.unit.id for m in await tx.memberships.of_person(network.teacher_2)]
    assert units == [network.school_1, network.school_2]


async def test_the_offer_of_a_second_school_can_be_declined(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.teacher_2)
    await chat.starts(await link(database, network))
    assert "ничего не меняю" in (await chat.presses("Не надо"))["text"]
    async with database.read() as tx:
        assert len(await tx.memberships.of_person(network.teacher_2)) == 1


async def test_a_revoked_link_is_explained(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    token = await link(database, network)
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(account_of(network.municipal), is_owner=False)
        invitation = await tx.invitations.by_token(token)
    assert actor is not None
    assert invitation is not None
    await revoke_invitation(database, actor=actor, invitation_id=invitation.id, now=MONDAY)
    assert "отозвал" in (await tg.chat(NEWCOMER).starts(token))["text"]


async def test_a_link_revoked_during_the_registration_admits_no_more(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    token = await link(database, network)
    chat = tg.chat(NEWCOMER)
    await chat.starts(token)
    await chat.presses("Согласен")
    await chat.says("Рябова Нина")
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(account_of(network.municipal), is_owner=False)
        invitation = await tx.invitations.by_token(token)
    assert actor is not None
    assert invitation is not None
    await revoke_invitation(database, actor=actor, invitation_id=invitation.id, now=MONDAY)
    assert "отозвал" in (await chat.presses("Подтвердить"))["text"]


@pytest.mark.parametrize(
    ("payload", "answer"),
    [("nosuchtoken", "Такой ссылки-приглашения нет"), ("x" * 64, "нет")],
    ids=["an unknown token", "the longest one"],
)
async def test_an_unknown_link_is_explained(tg: Telegram, network: SmallNetwork, payload: str, answer: str) -> None:
    assert answer in (await tg.chat(NEWCOMER).starts(payload))["text"]


@pytest.mark.parametrize("typed", ["/start привет", "/start a b", "/start <b>x</b>", "/start " + "x" * 65])
async def test_a_payload_that_no_link_carries_is_answered_politely(
    tg: Telegram, network: SmallNetwork, typed: str
) -> None:
    chat = tg.chat(NEWCOMER)
    await chat.starts()
    assert "с опечаткой или обрезана" in (await chat.says(typed))["text"]


async def test_the_owner_registers_by_start_alone(tg: Telegram, database: Database, settings: Settings) -> None:
    chat = tg.chat(OWNER)
    await chat.starts()
    await chat.presses("Согласен")
    assert "владелец" in (await chat.says("Рябова Нина"))["text"]
    assert "/network" in (await chat.presses("Подтвердить"))["text"]
    assert "пока пусто" in (await chat.says("/network"))["text"]


async def test_old_registration_buttons_do_nothing_to_somebody_registered(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    token = await link(database, network)
    await registered_by(tg, token, "Рябова Нина")
    chat = tg.chat(NEWCOMER)
    await old_button(tg, NEWCOMER, ConfirmJoining())
    await chat.presses("старая кнопка")
    assert "устарела" in chat.toast["text"]


async def test_cancel_ends_the_registration_and_keeps_nothing(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat(NEWCOMER)
    await chat.starts(await link(database, network))
    await chat.presses("Согласен")
    assert "ничего о вас не сохранил" in (await chat.says("/cancel"))["text"]
    assert "нажмите /start" in (await chat.says("Рябова Нина"))["text"]


async def test_a_place_removed_on_the_way_is_told(
    tg: Telegram, database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    school = factory.unit("Школа № 9 г. Суздаля", parent=network.suzdal)
    chat = tg.chat(NEWCOMER)
    await chat.starts()
    for label in ("Владимирская область", "Суздальский район", "Школа № 9 г. Суздаля", "Тьютор", "Согласен"):
        await chat.presses(label)
    await chat.says("Рябова Нина")
    async with database.write() as tx:
        await tx.units.remove(school, now=MONDAY)
    await chat.presses("Отправить заявку")
    assert "Этого больше нет" in chat.toast["text"]
    async with database.read() as tx:
        assert await tx.people.by_account(NEWCOMER) is None
