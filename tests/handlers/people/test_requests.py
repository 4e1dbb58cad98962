"""Joining without a link: a school is found, its coordinator asked, and the decision told to everybody concerned."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import select

from bot.config import Settings
from bot.domain.ids import PersonId, RequestId
from bot.domain.network import Role, Unit, UnitKind
from bot.ports.join_requests import JoinRequest, RequestState
from handlers.people.callbacks import DecideRequest, SendRequest
from handlers.people.requests import request_card
from storage.database import Database
from storage.tables import notices
from tests.calendar_days import MONDAY
from tests.driver import Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork, account_of
from tests.handlers.people.conftest import old_button

NEWCOMER = 5001
MOSCOW = ZoneInfo("Europe/Moscow")


async def asks(tg: Telegram, *path: str, name: str = "Рябова Нина Львовна") -> Message:
    chat = tg.chat(NEWCOMER)
    await chat.starts()
    for label in path:
        await chat.presses(label)
    await chat.presses("Согласен")
    await chat.says(name)
    return await chat.presses("Отправить заявку")


TO_SCHOOL_1 = ("Владимирская область", "Суздальский район", "Школа № 1 г. Суздаля", "Учитель")


async def the_request(database: Database) -> RequestId:
    async with database.read() as tx:
        person = await tx.people.by_account(NEWCOMER)
        assert person is not None
        waiting = await tx.join_requests.waiting_of(person.id)
    assert waiting is not None
    return waiting.id


async def asked_of(database: Database, request: RequestId) -> list[PersonId]:
    """Whose notices stand for the request, read back through another connection."""
    async with database.read() as tx:
        everyone = await tx.memberships.everyone()
        people = sorted({member.membership.person_id for member in everyone})
    return [person for person in people if await _has_notice(database, f"join:{request}:{person}")]


async def _has_notice(database: Database, key: str) -> bool:
    async with database.read() as tx:
        rows = await tx._connection.execute(select(notices.c.id).where(notices.c.key == key))
        return rows.first() is not None


async def show_card(tg: Telegram, database: Database, person: PersonId) -> Message:
    """The notice as the sender would show it to this coordinator."""
    async with database.read() as tx:
        request = await tx.join_requests.get(await the_request(database))
    assert request is not None
    card = request_card(request, reader=MOSCOW, without_personal_data=False)
    assert isinstance(card.keyboard, InlineKeyboardMarkup)
    chat = tg.chat_of(person)
    await tg.bot.send_message(chat.id, card.text, reply_markup=card.keyboard)
    return chat.last


async def test_a_school_is_found_level_by_level_and_its_coordinator_is_asked(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    sent = await asks(tg, *TO_SCHOOL_1)
    assert "Заявка отправлена" in sent["text"]
    assert "решать некому" not in sent["text"]
    assert await asked_of(database, await the_request(database)) == [network.coordinator_1]


async def test_a_school_without_a_coordinator_asks_the_next_one_above(
    tg: Telegram, database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    factory.unit("Школа № 9 г. Суздаля", parent=network.suzdal)
    await asks(tg, "Владимирская область", "Суздальский район", "Школа № 9 г. Суздаля", "Учитель")
    assert await asked_of(database, await the_request(database)) == [network.municipal]


async def test_the_waiting_applicant_is_told_so_and_can_withdraw(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    await asks(tg, *TO_SCHOOL_1)
    chat = tg.chat(NEWCOMER)
    assert "ждёт решения" in (await chat.starts())["text"]
    assert "Заявка отозвана" in (await chat.presses("Отозвать заявку"))["text"]
    assert "не состоите ни в одной школе" in (await chat.starts())["text"]


@pytest.mark.parametrize(
    ("label", "shown", "roles"), [("Принять", "Принято", [Role.TEACHER]), ("Отклонить", "Отклонено", [])]
)
async def test_the_coordinator_decides_with_one_tap(
    tg: Telegram, database: Database, network: SmallNetwork, label: str, shown: str, roles: list[Role]
) -> None:
    await asks(tg, *TO_SCHOOL_1)
    card = await show_card(tg, database, network.coordinator_1)
    assert "Рябова Нина Львовна" in card["text"]
    assert labels(card) == ["Принять", "Отклонить"]
    request = await the_request(database)
    chat = tg.chat_of(network.coordinator_1)
    assert f"{shown}. Решение: Зимина Анна Олеговна" in (await chat.presses(label))["text"]
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(NEWCOMER, is_owner=False)
    assert actor is not None
    assert [membership.role for membership in actor.memberships] == roles
    assert await _has_notice(database, f"joined:{request}"), "the applicant is told"


async def test_a_second_coordinator_is_told_who_decided(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    await asks(tg, *TO_SCHOOL_1)
    await show_card(tg, database, network.coordinator_1)
    await show_card(tg, database, network.municipal)
    await tg.chat_of(network.coordinator_1).presses("Принять")
    second = tg.chat_of(network.municipal)
    await second.presses("Отклонить")
    assert "Уже принято. Решение: Зимина Анна Олеговна" in second.toast["text"]
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(NEWCOMER, is_owner=False)
    assert actor is not None
    assert len(actor.memberships) == 1, "the first decision stands"


@pytest.mark.parametrize("presser", ["coordinator_2", "amur_regional"], ids=["a sister school", "another region"])
async def test_a_coordinator_of_another_part_cannot_decide(
    tg: Telegram, database: Database, network: SmallNetwork, presser: str
) -> None:
    await asks(tg, *TO_SCHOOL_1)
    request = await the_request(database)
    person: PersonId = getattr(network, presser)
    chat = tg.chat_of(person)
    await old_button(tg, account_of(person), DecideRequest(request=request, is_accepted=True))
    await chat.presses("старая кнопка")
    assert "нет прав" in chat.toast["text"]
    async with database.read() as tx:
        found = await tx.join_requests.get(request)
    assert found is not None
    assert found.state is RequestState.WAITING


@pytest.mark.parametrize("account", [5002, NEWCOMER], ids=["a stranger", "the applicant himself"])
async def test_a_forwarded_decision_button_does_nothing(
    tg: Telegram, database: Database, network: SmallNetwork, account: int
) -> None:
    await asks(tg, *TO_SCHOOL_1)
    request = await the_request(database)
    chat = tg.chat(account)
    await chat.starts()
    await old_button(tg, account, DecideRequest(request=request, is_accepted=True))
    await chat.presses("старая кнопка")
    assert "устарела" in chat.toast["text"]
    assert await the_request(database) == request


async def test_a_stranger_cannot_skip_consent_by_an_old_button(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat(5002)
    await chat.starts()
    await old_button(tg, 5002, SendRequest(unit=network.school_1, role=Role.TEACHER))
    await chat.presses("старая кнопка")
    assert "устарела" in chat.toast["text"]


async def test_without_regions_to_choose_from_the_municipalities_come_first(
    tg: Telegram, database: Database, factory: NetworkFactory
) -> None:
    region = factory.unit("Владимирская область", UnitKind.REGION)
    factory.unit("Суздальский район", UnitKind.MUNICIPALITY, region)
    first = await tg.chat(NEWCOMER).starts()
    assert labels(first) == ["Суздальский район"]


async def test_schools_come_eight_a_page(tg: Telegram, network: SmallNetwork, factory: NetworkFactory) -> None:
    for number in range(10, 20):
        factory.unit(f"Школа № {number} <i>&</i> 🌸", parent=network.suzdal)
    chat = tg.chat(NEWCOMER)
    await chat.starts()
    await chat.presses("Владимирская область")
    page = await chat.presses("Суздальский район")
    assert labels(page)[8:] == ["‹", "1 из 2", "›", "‹ Назад"]
    assert len(labels(await chat.presses("›"))) == 4 + 4


async def test_an_empty_network_is_told(tg: Telegram, database: Database) -> None:
    assert "Сеть ещё не создана" in (await tg.chat(NEWCOMER).starts())["text"]


def test_without_personal_data_a_card_names_nobody(network: SmallNetwork, settings: Settings) -> None:
    unit = Unit(network.school_1, UnitKind.SCHOOL, None, "/1/", "Школа", None, "Europe/Moscow")
    request = JoinRequest(
        RequestId(1), PersonId(12), "Рябова Нина", unit, Role.TEACHER, RequestState.WAITING, created_at=MONDAY
    )
    card = request_card(request, reader=MOSCOW, without_personal_data=True)
    assert "Участник № 12" in card.text
    assert "Рябова" not in card.text
