"""A small network for tests, with people who have names. Written by plain SQL, not by the code under test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.domain.ids import PersonId, UnitId
from bot.domain.network import Reach, Role, Standing, UnitKind
from tests.calendar_days import MONDAY
from tests.log_witness import WITNESS


@dataclass
class NetworkFactory:
    """Adds units and people to a database file; every person's account id is 1000 + the person's id."""

    file: Path
    now: datetime = MONDAY
    _paths: dict[int, str] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)
    _open: sqlite3.Connection | None = None

    def unit(
        self,
        title: str,
        kind: UnitKind = UnitKind.SCHOOL,
        parent: UnitId | None = None,
        *,
        region: str | None = "Владимирская область",
        timezone: str = "Europe/Moscow",
    ) -> UnitId:
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO units (kind, parent_id, path, title, region, timezone, created_at) VALUES (?,?,?,?,?,?,?)",
                (kind.value, parent, f"?{title}", title, region, timezone, _stored(self.now)),
            )
            unit_id = UnitId(int(cursor.lastrowid or 0))
            path = f"{self._paths[parent] if parent else '/'}{unit_id}/"
            connection.execute("UPDATE units SET path = ? WHERE id = ?", (path, unit_id))
        self._paths[unit_id] = path
        return unit_id

    def path(self, unit_id: UnitId) -> str:
        return self._paths[unit_id]

    def person(
        self,
        full_name: str,
        unit: UnitId | None = None,
        role: Role = Role.TEACHER,
        *,
        standing: Standing = Standing.MAIN,
        cohort: str | None = None,
        programme: str | None = None,
        timezone: str | None = None,
        reach: Reach = Reach.REACHABLE,
    ) -> PersonId:
        WITNESS.meet(full_name)
        self._names.append(full_name)
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO persons (full_name, timezone, quiet_from, quiet_to, reach, consent_version,"
                " consented_at, created_at) VALUES (?,?,?,?,?,?,?,?)",
                (full_name, timezone, "21:00:00.000000", "08:00:00.000000", reach.value, 1, _stored(self.now),
                 _stored(self.now)),
            )  # fmt: skip
            person_id = PersonId(int(cursor.lastrowid or 0))
            if reach is not Reach.NOT_STARTED:
                connection.execute(
                    "INSERT INTO accounts (messenger, external_id, person_id, linked_at) VALUES ('telegram',?,?,?)",
                    (account_of(person_id), person_id, _stored(self.now)),
                )
        if unit is not None:
            self.member(person_id, unit, role, standing=standing, cohort=cohort, programme=programme)
        return person_id

    def member(
        self,
        person: PersonId,
        unit: UnitId,
        role: Role,
        *,
        standing: Standing = Standing.MAIN,
        cohort: str | None = None,
        programme: str | None = None,
    ) -> None:
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO memberships (person_id, unit_id, role, standing, cohort, programme, created_at)"
                " VALUES (?,?,?,?,?,?,?)",
                (person, unit, role.value, standing.value, cohort, programme, _stored(self.now)),
            )

    def adopt(self, other: NetworkFactory) -> None:
        """What the other one has added stands in this one's file as well: it is a copy."""
        self._paths.update(other._paths)
        for name in other._names:
            WITNESS.meet(name)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is added inside is added in one transaction: a network of many takes as long as one person."""
        with self._writing() as connection:
            self._open = connection
            try:
                yield
            finally:
                self._open = None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._open is not None:
            yield self._open
            return
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # waiting for the disk took a tenth of the suite's time
            with connection:
                yield connection


@dataclass(frozen=True)
class SmallNetwork:
    """A region in МСК and one in МСК+6; who coordinates what is in the names of the fields."""

    vladimir: UnitId
    suzdal: UnitId
    school_1: UnitId
    school_2: UnitId
    murom: UnitId
    school_3: UnitId
    amur: UnitId
    tynda: UnitId
    school_4: UnitId
    regional: PersonId
    municipal: PersonId
    coordinator_1: PersonId
    coordinator_2: PersonId
    coordinator_3: PersonId
    amur_regional: PersonId
    coordinator_4: PersonId
    teacher_1: PersonId
    teacher_2: PersonId
    teacher_4: PersonId


def build_small_network(factory: NetworkFactory) -> SmallNetwork:
    with factory.at_once():
        return _small_network(factory)


def account_of(person: PersonId) -> int:
    """The Telegram id of a factory's person."""
    return 1000 + person


def _small_network(factory: NetworkFactory) -> SmallNetwork:
    in_amur = partial(factory.unit, region="Амурская область", timezone="Asia/Yakutsk")
    vladimir = factory.unit("Владимирская область", UnitKind.REGION)
    suzdal = factory.unit("Суздальский район", UnitKind.MUNICIPALITY, vladimir)
    school_1 = factory.unit("Школа № 1 г. Суздаля", parent=suzdal)
    school_2 = factory.unit("Школа № 2 г. Суздаля", parent=suzdal)
    murom = factory.unit("округ Муром", UnitKind.MUNICIPALITY, vladimir)
    school_3 = factory.unit("Школа № 3 г. Мурома", parent=murom)
    amur = in_amur("Амурская область", UnitKind.REGION)
    tynda = in_amur("г. Тында", UnitKind.MUNICIPALITY, amur)
    school_4 = in_amur("Школа № 4 г. Тынды", parent=tynda)
    coordinator = Role.COORDINATOR
    return SmallNetwork(
        vladimir=vladimir, suzdal=suzdal, school_1=school_1, school_2=school_2, murom=murom, school_3=school_3,
        amur=amur, tynda=tynda, school_4=school_4,
        regional=factory.person("Орлова Вера Ильинична", vladimir, coordinator),
        municipal=factory.person("Белов Пётр Андреевич", suzdal, coordinator),
        coordinator_1=factory.person("Зимина Анна Олеговна", school_1, coordinator),
        coordinator_2=factory.person("Лосев Иван Игоревич", school_2, coordinator),
        coordinator_3=factory.person("Грачёва Ольга Петровна", school_3, coordinator),
        amur_regional=factory.person("Ким Елена Сергеевна", amur, coordinator),
        coordinator_4=factory.person("Ушаков Олег Юрьевич", school_4, coordinator),
        teacher_1=factory.person("Смирнова Дарья Павловна", school_1),
        teacher_2=factory.person("Котов Глеб Романович", school_2),
        teacher_4=factory.person("Цой Марина Викторовна", school_4),
    )  # fmt: skip


def _stored(instant: datetime) -> str:
    """As SQLAlchemy writes an instant into SQLite."""
    return instant.strftime("%Y-%m-%d %H:%M:%S.%f")
