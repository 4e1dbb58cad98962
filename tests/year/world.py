"""The network of a simulated year: two regions, six hours apart, with schools, coordinators and teachers.

Who is how is drawn from a seed and the person's own number, never from the order of events: a year that is
interrupted and gone on with is peopled by the same people.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.ids import PersonId, UnitId
from bot.domain.network import Role, UnitKind
from tests.factories import NetworkFactory, account_of

_SCHOOLS_OF_A_DISTRICT = 12
_SECOND_COORDINATOR = 0.35  # of the schools
_TEACHERS = 2


class Temper(StrEnum):
    """How somebody treats what he owes."""

    PROMPT = "prompt"  # answers within a day or two of hearing of it
    LAST_MOMENT = "last moment"  # answers in the last two days
    REMINDED = "reminded"  # needs to be told several times
    SILENT = "silent"  # never answers by himself


_TEMPERS = {Temper.PROMPT: 0.55, Temper.LAST_MOMENT: 0.25, Temper.REMINDED: 0.12, Temper.SILENT: 0.08}


@dataclass
class Inhabitant:
    """``blocked``: from when to when he keeps the bot blocked."""

    person: PersonId
    school: UnitId
    zone: ZoneInfo
    role: Role
    temper: Temper
    since: datetime  # in this school
    blocked: tuple[datetime, datetime] | None = None

    @property
    def account(self) -> int:
        return account_of(self.person)

    def has_blocked(self, at: datetime) -> bool:
        return self.blocked is not None and self.blocked[0] <= at < self.blocked[1]


@dataclass
class Network:
    """Every field is filled by ``build_network`` and then only read, but for ``Inhabitant.school`` and ``zone``."""

    federation: UnitId
    centre: PersonId
    regions: dict[UnitId, PersonId] = field(default_factory=dict)
    districts: dict[UnitId, PersonId] = field(default_factory=dict)
    above: dict[UnitId, tuple[UnitId, ...]] = field(default_factory=dict)  # of a school: district, region, federation
    people: dict[int, Inhabitant] = field(default_factory=dict)  # by account
    zones: dict[int, ZoneInfo] = field(default_factory=dict)  # by account, those above included
    region_zones: dict[UnitId, ZoneInfo] = field(default_factory=dict)

    @property
    def schools(self) -> list[UnitId]:
        return list(self.above)

    def coordinators_of(self, school: UnitId) -> list[Inhabitant]:
        return [one for one in self.people.values() if one.school == school and one.role is Role.COORDINATOR]

    def zone_of(self, school: UnitId) -> ZoneInfo:
        """On whose clock its people live."""
        _, region, _ = self.above[school]
        return self.region_zones[region]

    def overseers_of(self, school: UnitId) -> list[PersonId]:
        """Those above it, the nearest first."""
        district, region, _ = self.above[school]
        return [self.districts[district], self.regions[region], self.centre]


def build_network(file: Path, schools: int, *, seed: int, start: datetime) -> Network:
    factory = NetworkFactory(file, now=start)
    federation = factory.unit("Сеть центров", UnitKind.FEDERATION, region=None)
    centre = factory.person("Центрова Анна Петровна", federation, Role.COORDINATOR)
    network = Network(federation, centre)
    network.zones[account_of(centre)] = ZoneInfo("Europe/Moscow")
    in_amur = schools // 3
    _add_region(network, factory, "Владимирская область", "Europe/Moscow", schools - in_amur, seed, start)
    _add_region(network, factory, "Амурская область", "Asia/Yakutsk", in_amur, seed, start)
    return network


def _add_region(
    network: Network, factory: NetworkFactory, title: str, timezone: str, schools: int, seed: int, start: datetime
) -> None:
    zone = ZoneInfo(timezone)
    region = factory.unit(title, UnitKind.REGION, network.federation, region=title, timezone=timezone)
    network.region_zones[region] = zone
    network.regions[region] = factory.person(f"Регионова Вера ({title})", region, Role.COORDINATOR)
    network.zones[account_of(network.regions[region])] = zone
    district = region
    for number in range(schools):
        if number % _SCHOOLS_OF_A_DISTRICT == 0:
            name = f"{title}, район № {number // _SCHOOLS_OF_A_DISTRICT + 1}"
            district = factory.unit(name, UnitKind.MUNICIPALITY, region, region=title, timezone=timezone)
            network.districts[district] = factory.person(f"Районова Ольга ({name})", district, Role.COORDINATOR)
            network.zones[account_of(network.districts[district])] = zone
        school = factory.unit(f"Школа № {number + 1} ({title})", parent=district, region=title, timezone=timezone)
        network.above[school] = (district, region, network.federation)
        _people_school(network, factory, school, zone, seed, start)


def _people_school(
    network: Network, factory: NetworkFactory, school: UnitId, zone: ZoneInfo, seed: int, start: datetime
) -> None:
    of_school = random.Random(f"{seed}:school:{school}")
    roles = [Role.COORDINATOR] * (2 if of_school.random() < _SECOND_COORDINATOR else 1) + [Role.TEACHER] * _TEACHERS
    for place, role in enumerate(roles):
        person = factory.person(f"Участник {school}-{place}", school, role)
        rng = random.Random(f"{seed}:person:{person}")
        [temper] = rng.choices(list(_TEMPERS), list(_TEMPERS.values()))
        one = Inhabitant(person, school, zone, role, temper, start, _blocking(rng, start))
        network.people[one.account] = one
        network.zones[one.account] = zone


def _blocking(rng: random.Random, start: datetime) -> tuple[datetime, datetime] | None:
    """Three of a hundred block the bot on some day, for some weeks."""
    if rng.random() >= 0.03:
        return None
    since = start + timedelta(days=rng.uniform(10, 230), hours=rng.uniform(0, 24))
    return since, since + timedelta(days=rng.uniform(5, 60))
