"""The demonstration's network: two regions six hours apart, and who lives in them.

It is filled through the same use cases that a real one is filled through: a table of people, then links.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.consent import CONSENT_VERSION
from bot.domain.network import Actor
from bot.domain.people_rows import PersonRow
from bot.ports.storage import Storage
from bot.services.import_people import import_people
from bot.services.register_person import register_by_link, register_owner

OWNER = 1000
OWNER_NAME = "Владимирова Ольга Сергеевна"


@dataclass(frozen=True, slots=True)
class Resident:
    """A person of the demonstration. ``has_joined``: registered already; else his personal link waits for him."""

    account: int
    full_name: str
    role: str
    region: str
    municipality: str = ""
    school: str = ""
    has_joined: bool = True

    @property
    def place(self) -> str:
        return self.school or self.municipality or self.region


@dataclass(frozen=True, slots=True)
class DemoNetwork:
    """``links``: the payload of the personal link of those who have not joined yet, by account."""

    residents: tuple[Resident, ...]
    links: dict[int, str]


_COORDINATOR, _TEACHER = "координатор", "педагог"
_VLADIMIR, _AMUR = "Владимирская область", "Амурская область"

_SCHOOLS = (
    (_VLADIMIR, "Суздальский район", "Школа № 1 г. Суздаля", "Зимина Анна Олеговна",
     ("Смирнова Дарья Павловна", "Котов Глеб Романович", "Яшина Нина Львовна")),
    (_VLADIMIR, "Суздальский район", "Новосельская школа", "Лосев Иван Игоревич",
     ("Орехова Инна Юрьевна", "Дроздов Илья Петрович")),
    (_VLADIMIR, "округ Муром", "Школа № 3 г. Мурома", "Грачёва Ольга Петровна",
     ("Фомин Артём Денисович", "Рябова Алла Сергеевна", "Гусев Павел Олегович")),
    (_VLADIMIR, "округ Муром", "Гимназия № 6 г. Мурома", "Панин Сергей Львович",
     ("Белкина Юлия Андреевна", "Ежов Марк Ильич")),
    (_AMUR, "г. Тында", "Школа № 7 г. Тынды", "Ушаков Олег Юрьевич",
     ("Цой Марина Викторовна", "Седых Роман Борисович", "Ли Вера Антоновна")),
    (_AMUR, "г. Тында", "Лицей № 8 г. Тынды", "Хан Лариса Игоревна",
     ("Мороз Егор Тимофеевич", "Чайка Ольга Ивановна")),
    (_AMUR, "г. Благовещенск", "Школа № 11 г. Благовещенска", "Тихонов Денис Ильич",
     ("Пак Алина Сергеевна", "Громов Семён Петрович", "Лебедь Анна Яковлевна")),
    (_AMUR, "г. Благовещенск", "Гимназия № 25 г. Благовещенска", "Жукова Мария Львовна",
     ("Стрелец Олег Ильич", "Вьюгина Дина Марковна")),
)  # fmt: skip

_ABOVE = (
    ("Орлова Вера Ильинична", _VLADIMIR, ""),
    ("Ким Елена Сергеевна", _AMUR, ""),
    ("Белов Пётр Андреевич", _VLADIMIR, "Суздальский район"),
    ("Соколова Ирина Павловна", _VLADIMIR, "округ Муром"),
    ("Юрченко Антон Олегович", _AMUR, "г. Тында"),
    ("Никитина Зоя Алексеевна", _AMUR, "г. Благовещенск"),
)

# These have a personal link that they have not opened: somebody to register in the demonstration.
_NOT_JOINED = frozenset({"Яшина Нина Львовна", "Лебедь Анна Яковлевна"})


def residents() -> tuple[Resident, ...]:
    """Everybody but the owner, coordinators first; accounts count up from 1001."""
    people = [(name, _COORDINATOR, region, municipality, "") for name, region, municipality in _ABOVE]
    people += [(name, _COORDINATOR, region, town, school) for region, town, school, name, _ in _SCHOOLS]
    people += [
        (name, _TEACHER, region, town, school) for region, town, school, _, teachers in _SCHOOLS for name in teachers
    ]
    return tuple(
        Resident(OWNER + number, name, role, region, municipality, school, has_joined=name not in _NOT_JOINED)
        for number, (name, role, region, municipality, school) in enumerate(people, start=1)
    )


async def fill_network(storage: Storage, *, now: datetime) -> DemoNetwork:
    """Imports the table and opens the links of those who have joined. Running it again adds nothing."""
    people = residents()
    rows = [
        PersonRow(line, one.region, one.municipality, one.school, one.full_name, one.role)
        for line, one in enumerate(people, start=2)
    ]
    report = await import_people(storage, rows=rows, now=now)
    tokens = {one.full_name: one.token for one in report.people if one.token}
    if not await _knows_the_owner(storage):
        await register_owner(
            storage,
            account=OWNER,
            is_owner=True,
            full_name=OWNER_NAME,
            consent_version=CONSENT_VERSION,
            now=now,
        )
    for one in people:
        if one.has_joined and (token := tokens.pop(one.full_name, None)):
            await register_by_link(
                storage,
                account=one.account,
                token=token,
                full_name=one.full_name,
                consent_version=CONSENT_VERSION,
                now=now,
            )
    return DemoNetwork(people, {one.account: tokens[one.full_name] for one in people if one.full_name in tokens})


async def actor_named(storage: Storage, full_name: str) -> Actor:
    """Somebody of the network who has joined; another name is a mistake of ours."""
    account = next(one.account for one in residents() if one.full_name == full_name)
    async with storage.read() as tx:
        actor = await tx.people.actor_by_account(account, is_owner=False)
    assert actor is not None, "he was registered when the network was filled"
    return actor


async def _knows_the_owner(storage: Storage) -> bool:
    async with storage.read() as tx:
        return await tx.people.by_account(OWNER) is not None
