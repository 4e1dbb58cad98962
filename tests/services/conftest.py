"""The plan, and the people, that the tests of several use cases begin with."""

from __future__ import annotations

import pytest

from bot.domain.ids import DocumentId, PersonId
from bot.domain.network import Role
from storage.database import Database
from tests.factories import NetworkFactory, SmallNetwork
from tests.services.two_editions import planned, the_first


@pytest.fixture
async def plan(database: Database, network: SmallNetwork) -> DocumentId:
    """The first edition, planned and told to all three schools."""
    return await planned(database, network, the_first())


@pytest.fixture
def crew(factory: NetworkFactory, network: SmallNetwork) -> list[PersonId]:
    """Four more teachers, so that there is somebody to wait."""
    names = ("Лебедев Олег", "Мухина Ирина", "Носов Пётр", "Осипова Яна")
    return [factory.person(name, network.school_3) for name in names]


@pytest.fixture
def colleague(factory: NetworkFactory, network: SmallNetwork) -> PersonId:
    """A tutor of school 1: not invited to what the teachers are invited to."""
    return factory.person("Яшина Елена Петровна", network.school_1, Role.TUTOR)
