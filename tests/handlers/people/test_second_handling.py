"""What a crash after the deed makes the bot handle once more ends in the same words, not in a refusal."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.domain.network import Role
from bot.services.invite import invite
from bot.services.register_person import register_by_link
from handlers.people.callbacks import Mine, MyData
from storage.database import Database
from storage.tables import memberships, persons
from tests.calendar_days import MONDAY
from tests.driver import Telegram
from tests.factories import SmallNetwork, account_of
from tests.handlers.people.conftest import old_button

NEWCOMER = 5001


async def test_a_registration_is_confirmed_again_with_the_same_welcome(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    async with database.read() as tx:
        municipal = await tx.people.actor_by_account(account_of(network.municipal), is_owner=False)
    assert municipal is not None
    link = await invite(database, actor=municipal, unit_id=network.school_1, role=Role.TEACHER, now=MONDAY)
    chat = tg.chat(NEWCOMER)
    await chat.starts(link.token)
    await chat.presses("Согласен")
    await chat.says("Рябова Нина Львовна")
    await register_by_link(
        database, account=NEWCOMER, token=link.token, full_name="Рябова Нина Львовна", consent_version=1, now=MONDAY
    )  # as the first handling did before the power went

    assert "Вы зарегистрированы" in (await chat.presses("Подтвердить"))["text"]

    async with database.read() as tx:
        named = select(func.count()).where(persons.c.full_name == "Рябова Нина Львовна")
        assert (await tx._connection.execute(named)).scalar_one() == 1
        joined = select(func.count()).select_from(memberships.join(persons, persons.c.id == memberships.c.person_id))
        only = joined.where(persons.c.full_name == "Рябова Нина Львовна")
        assert (await tx._connection.execute(only)).scalar_one() == 1


async def test_an_erasure_is_told_again_to_the_stranger_he_has_become(tg: Telegram, network: SmallNetwork) -> None:
    stranger = tg.chat(NEWCOMER)
    await stranger.starts()
    await old_button(tg, NEWCOMER, MyData(act=Mine.ERASE_SURELY))

    assert "Ваши данные удалены" in (await stranger.presses("старая кнопка"))["text"]
