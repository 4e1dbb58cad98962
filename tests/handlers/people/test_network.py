"""/network, /invite and /people: the tree is built, opened to people and watched from the chat."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.network import Role
from bot.domain.people_rows import PersonRow
from bot.services.import_people import import_people
from handlers.people.callbacks import (
    Edit,
    EditUnit,
    InviteRole,
    MembersOf,
    OpenMember,
    OpenUnit,
    RemoveMember,
    RevokeLink,
    UnitZone,
)
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Chat, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork, account_of
from tests.handlers.people.conftest import OWNER, old_button


async def the_owner(tg: Telegram) -> Chat:
    chat = tg.chat(OWNER)
    await chat.starts()
    await chat.presses("Согласен")
    await chat.says("Рябова Нина")
    await chat.presses("Подтвердить")
    return chat


async def test_the_owner_builds_a_network_from_nothing(tg: Telegram, database: Database) -> None:
    chat = await the_owner(tg)
    await chat.says("/network")
    await chat.presses("Добавить регион")
    asked = await chat.says("амурская обл.")
    assert "Амурская область" in asked["text"]
    assert "МСК+6" in asked["text"], "the zone comes from the region"
    region = await chat.presses("Добавить")
    assert "0 школ · 0 человек" in region["text"]
    await chat.presses("Добавить муниципалитет")
    await chat.says("г. Тында")
    await chat.presses("0 шк. · 0 чел. · г. Тында")
    await chat.presses("Добавить школу")
    added = await chat.says("Школа № 1\n\n  Школа   № 2 <b>🌸</b>\nшкола №1\n")
    assert "Добавлено: 2" in added["text"]
    assert "Школа № 2 <b>🌸</b>" in " ".join(labels(added)), "what people typed is shown as they typed it"
    assert "2 школы" in added["text"]
    async with database.read() as tx:
        assert {unit.timezone for unit in await tx.units.everything()} == {"Asia/Yakutsk"}


async def test_an_unknown_region_asks_for_its_zone(tg: Telegram, database: Database) -> None:
    chat = await the_owner(tg)
    await chat.says("/network")
    await chat.presses("Добавить регион")
    assert "Такого региона я не знаю" in (await chat.says("Тридевятое царство"))["text"]
    assert "МСК+9" in (await chat.presses("МСК+9 · Камчатка"))["text"]


async def test_another_zone_can_be_chosen_for_a_known_region(tg: Telegram) -> None:
    chat = await the_owner(tg)
    await chat.says("/network")
    await chat.presses("Добавить регион")
    await chat.says("Владимирская область")
    await chat.presses("Другое время")
    assert "МСК+1 · Самара" in (await chat.presses("МСК+1 · Самара"))["text"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Я", "слишком коротк"),
        ("щ" * 500, "длиннее 200"),
        ("!!!", "слишком коротк"),
        ("владимирская  ОБЛАСТЬ", "уже есть"),
    ],
    ids=["one letter", "500 letters", "no letters", "a title that is taken"],
)
async def test_a_title_that_cannot_be_is_refused(tg: Telegram, network: SmallNetwork, typed: str, answer: str) -> None:
    chat = await the_owner(tg)
    await chat.says("/network")
    await chat.presses("Добавить регион")
    said = await chat.says(typed)
    if "Добавить" in labels(said):
        said = await chat.presses("Добавить")
    assert answer in said["text"]


async def test_a_coordinator_adds_below_his_own_unit_only(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.municipal)
    own = await chat.says("/network")
    assert "Суздальский район" in own["text"], "his only unit opens at once"
    assert "Добавить школу" in labels(own)
    assert "‹ Назад" not in labels(own), "above it there is nothing for him"
    await chat.presses("Добавить школу")
    assert (
        "Добавлено: 1. Уже было: Школа № 1 г. Суздаля"
        in (await chat.says("Школа № 5 г. Суздаля\nШкола № 1 г. Суздаля"))["text"]
    )


async def test_a_unit_is_renamed(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/network")
    await chat.presses("Переименовать")
    assert "уже есть" in (await chat.says("Школа №2 г. Суздаля"))["text"], "its sister's title is taken"
    assert "Лицей <i>№ 1</i>" in (await chat.says("Лицей <i>№ 1</i>"))["text"]


async def test_only_an_empty_unit_is_removed(
    tg: Telegram, database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    empty = factory.unit("Школа № 9 г. Суздаля", parent=network.suzdal)
    chat = tg.chat_of(network.municipal)
    await chat.says("/network")
    await chat.presses("0 чел. · Школа № 9 г. Суздаля")
    await chat.presses("Удалить")
    assert "0 чел. · Школа № 9 г. Суздаля" not in labels(await chat.presses("Да, удалить"))
    async with database.read() as tx:
        assert await tx.units.get(empty) is None
    await old_button(tg, chat.id, EditUnit(unit=network.school_1, act=Edit.REMOVE_SURELY))
    await chat.presses("старая кнопка")
    assert "только пустое" in chat.toast["text"]


FORWARDED = [
    OpenUnit(unit=3),
    EditUnit(unit=3, act=Edit.ADD),
    EditUnit(unit=3, act=Edit.RENAME),
    EditUnit(unit=3, act=Edit.ZONE),
    EditUnit(unit=3, act=Edit.REMOVE_SURELY),
    UnitZone(unit=3, zone="Asia/Omsk"),
    InviteRole(unit=3, role=Role.TEACHER),
    RevokeLink(invitation=1, is_sure=True),
    MembersOf(unit=3),
    OpenMember(membership=3),
    RemoveMember(membership=3),
    RemoveMember(membership=3, is_sure=True),
]


@pytest.mark.parametrize("data", FORWARDED, ids=lambda data: data.pack())
async def test_a_forwarded_button_of_another_region_is_refused_in_words(
    tg: Telegram, database: Database, network: SmallNetwork, data: Any
) -> None:
    assert (network.school_1, network.coordinator_1) == (3, 3), "the buttons above name them"
    owner_of_it = tg.chat_of(network.coordinator_1)
    await owner_of_it.says("/invite")
    await owner_of_it.presses("+ педагог")
    chat = tg.chat_of(network.amur_regional)
    await old_button(tg, chat.id, data)
    await chat.presses("старая кнопка")
    assert "нет прав" in chat.toast["text"]
    async with database.read() as tx:
        unit = await tx.units.get(network.school_1)
        standing = await tx.memberships.of_person(network.coordinator_1)
        invitation = await tx.invitations.shared(network.school_1, Role.TEACHER)
    assert unit is not None
    assert unit.timezone == "Europe/Moscow"
    assert len(standing) == 1
    assert invitation is not None


@pytest.mark.parametrize("data", FORWARDED[:1] + FORWARDED[-1:], ids=lambda data: data.pack())
async def test_a_forwarded_button_in_a_strangers_hands_does_nothing(
    tg: Telegram, network: SmallNetwork, data: Any
) -> None:
    chat = tg.chat(5001)
    await chat.starts()
    await old_button(tg, chat.id, data)
    await chat.presses("старая кнопка")
    assert "устарела" in chat.toast["text"]


async def test_an_invitation_is_a_picture_with_the_link_under_it(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.municipal)
    await chat.says("/invite")
    await chat.presses("Школа № 1 г. Суздаля")
    sent = await chat.presses("+ педагог")
    assert sent["photo"]
    async with database.read() as tx:
        invitation = await tx.invitations.shared(network.school_1, Role.TEACHER)
    assert invitation is not None
    username = (await tg.bot.me()).username
    assert f"https://t.me/{username}?start={invitation.token}" in sent["caption"]


async def test_a_link_is_revoked_by_two_taps(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/invite")
    await chat.presses("+ тьютор")
    await chat.presses("Отозвать ссылку")
    assert "Ссылка отозвана" in (await chat.presses("Точно отозвать?"))["caption"]
    async with database.read() as tx:
        assert await tx.invitations.shared(network.school_1, Role.TUTOR) is None


async def test_above_the_schools_only_coordinators_are_invited(tg: Telegram, network: SmallNetwork) -> None:
    shown = await tg.chat_of(network.regional).says("/invite")
    assert [label for label in labels(shown) if label.startswith("+")] == ["+ координатор"]


async def test_people_are_listed_with_marks_and_opened(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    row = PersonRow(2, "Владимирская область", "Суздальский район", "Школа № 1 г. Суздаля", "Рябова Нина", "учитель")
    await import_people(database, rows=[row], now=MONDAY)
    chat = tg.chat_of(network.regional)
    await chat.says("/people")
    await chat.presses("2 шк. · 6 чел. · Суздальский район")
    listed = await chat.presses("3 чел. · Школа № 1 г. Суздаля")
    assert labels(listed)[:3] == [
        "✓ Зимина Анна Олеговна · координатор",
        "✉ Рябова Нина · педагог",
        "✓ Смирнова Дарья Павловна · педагог",
    ]
    card = await chat.presses("✉ Рябова Нина · педагог")
    assert "ещё не открыл ссылку" in card["text"]
    assert "?start=" in card["text"], "the coordinator can send the personal link himself"


async def test_a_member_is_removed_after_one_more_tap(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/people")
    await chat.presses("✓ Смирнова Дарья Павловна · педагог")
    await chat.presses("Удалить из «Школа № 1 г. Суздаля»")
    after = await chat.presses("Да, удалить")
    assert labels(after)[0] == "✓ Зимина Анна Олеговна · координатор"
    async with database.read() as tx:
        assert await tx.memberships.of_person(network.teacher_1) == []


async def test_a_coordinator_does_not_remove_himself(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.coordinator_1)
    await old_button(tg, chat.id, RemoveMember(membership=3, is_sure=True))
    await chat.presses("старая кнопка")
    assert "«Выйти»" in chat.toast["text"]


async def test_the_unreachable_are_one_list(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    tg.chat_of(network.teacher_2)
    tg.sandbox.block(account_of(network.teacher_2))
    await tg.settle()
    chat = tg.chat_of(network.regional)
    assert "1 недоступен" in (await chat.says("/people"))["text"]
    shown = await chat.presses("⚠ Недоступные")
    assert labels(shown)[0] == "⚠ Котов Глеб Романович · педагог"
    other = tg.chat_of(network.amur_regional)
    await other.says("/people")
    assert "недоступных нет" in (await other.presses("⚠ Недоступные"))["text"]


@pytest.mark.parametrize("command", ["/network", "/invite", "/people"])
async def test_a_teacher_has_no_coordinators_screens(tg: Telegram, network: SmallNetwork, command: str) -> None:
    assert "для координаторов" in (await tg.chat_of(network.teacher_1).says(command))["text"]
