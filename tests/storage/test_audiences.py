"""Whom an audience means at this moment, among people with names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.ids import PersonId, UnitId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role, Standing
from bot.domain.tags import BadTagError, TagProblem, tag_word
from bot.services.tag import TagPlace, put_tag, show_tags, take_tag
from storage.audiences import people_of, schools_of
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork

Change = Callable[[Audience, SmallNetwork], Audience]


async def people(database: Database, audience: Audience) -> set[PersonId]:
    async with database.read() as tx:
        return {row.person_id for row in await tx._connection.execute(people_of(audience))}


async def schools(database: Database, audience: Audience) -> set[UnitId]:
    async with database.read() as tx:
        return {row.unit_id for row in await tx._connection.execute(schools_of(audience))}


@pytest.fixture
async def tagged(database: Database, network: SmallNetwork) -> SmallNetwork:
    """Школа № 1 is «пилотная», the whole of Муром «сельская», Котов of Школа № 2 an «эксперт»."""
    actor = await actor_of(database, network.regional)
    async with database.read() as tx:
        (kotov,) = await tx.memberships.of_person(network.teacher_2)
    for place, word in (
        (TagPlace(unit_id=network.school_1), "Пилотная"),
        (TagPlace(unit_id=network.murom), "сельская"),
        (TagPlace(membership_id=kotov.id), "Эксперт"),
    ):
        assert await put_tag(database, actor=actor, place=place, word=word, now=MONDAY)
    return network


@pytest.mark.parametrize(
    ("change", "names", "why"),
    [
        (lambda a, _: a, {"1", "2", "3"}, "everybody of the role below the region"),
        (lambda a, _: replace(a, tags=("пилотная",)), {"1"}, "the tag of the school, whatever its capitals"),
        (lambda a, _: replace(a, tags=("сельская",)), {"3"}, "the tag of the municipality counts below it"),
        (lambda a, _: replace(a, tags=("эксперт",)), {"2"}, "a person's own tag"),
        (lambda a, _: replace(a, tags=("пилотная", "эксперт")), {"1", "2"}, "either of two"),
        (lambda a, _: replace(a, tags=("никакая",)), set(), "a tag that is on nobody"),
        (lambda a, _: replace(a, without_tags=("сельская",)), {"1", "2"}, "but the tagged municipality"),
        (lambda a, _: replace(a, without_tags=("эксперт",)), {"1", "3"}, "but the tagged person"),
        (lambda a, n: replace(a, without_people=(n.teacher_1,)), {"2", "3"}, "but one by name"),
        (lambda a, _: replace(a, programmes=("Точка роста",)), {"3"}, "who takes part in the programme"),
        (lambda a, _: replace(a, programmes=("Точка роста",), without_tags=("сельская",)), set(), "both at once"),
    ],
)
async def test_tags_programmes_and_names_choose_people(
    database: Database, factory: NetworkFactory, tagged: SmallNetwork, change: Change, names: set[str], why: str
) -> None:
    third = factory.person("Ежов Лев Ильич", tagged.school_3, programme="Точка роста")
    factory.person("Уваров Ян Ильич", tagged.school_3, programme="Точка роста", standing=Standing.LEFT)
    by_name = {"1": tagged.teacher_1, "2": tagged.teacher_2, "3": third}
    audience = change(Audience((tagged.vladimir,), AnsweredBy.PERSON, (Role.TEACHER,)), tagged)

    assert await people(database, audience) == {by_name[name] for name in names}, why
    assert Audience.from_json(audience.to_json()) == audience


@pytest.mark.parametrize(
    ("tags", "without_tags", "names", "why"),
    [
        (("пилотная",), (), {"1"}, "the school's own tag"),
        (("сельская",), (), {"3"}, "that of its municipality"),
        (("эксперт",), (), set(), "a person's tag is none of his school"),
        ((), ("сельская",), {"1", "2"}, "but the tagged"),
    ],
)
async def test_tags_choose_the_schools_that_answer(
    database: Database,
    tagged: SmallNetwork,
    tags: tuple[str, ...],
    without_tags: tuple[str, ...],
    names: set[str],
    why: str,
) -> None:
    by_name = {"1": tagged.school_1, "2": tagged.school_2, "3": tagged.school_3}
    audience = Audience((tagged.vladimir,), AnsweredBy.SCHOOL, tags=tags, without_tags=without_tags)

    assert await schools(database, audience) == {by_name[name] for name in names}, why


async def test_a_tag_has_one_spelling_and_is_there_once(database: Database, tagged: SmallNetwork) -> None:
    actor = await actor_of(database, tagged.regional)
    first, second = TagPlace(unit_id=tagged.school_1), TagPlace(unit_id=tagged.school_2)

    assert not await put_tag(database, actor=actor, place=first, word="#ПИЛОТНАЯ", now=MONDAY)
    assert await put_tag(database, actor=actor, place=second, word="пилотная", now=MONDAY)

    there = await show_tags(database, actor=actor, place=second)
    assert there.tags == ("Пилотная",)
    assert there.known == ("сельская", "Эксперт")
    assert await take_tag(database, actor=actor, place=second, word="Пилотная", now=MONDAY)
    assert not await take_tag(database, actor=actor, place=second, word="Пилотная", now=MONDAY)


async def test_a_school_has_ten_tags_at_most(database: Database, network: SmallNetwork) -> None:
    actor = await actor_of(database, network.regional)
    place = TagPlace(unit_id=network.school_1)
    for number in range(10):
        await put_tag(database, actor=actor, place=place, word=f"метка {number}", now=MONDAY)

    with pytest.raises(BadTagError) as refused:
        await put_tag(database, actor=actor, place=place, word="ещё одна", now=MONDAY)
    assert refused.value.problem is TagProblem.TOO_MANY


async def test_tags_go_with_the_person_and_stand_in_his_file(database: Database, tagged: SmallNetwork) -> None:
    async with database.read() as tx:
        exported = await tx.people.export(tagged.teacher_2)
    assert [row["word"] for row in exported["tags"]] == ["Эксперт"]

    async with database.write() as tx:
        await tx.people.erase(tagged.teacher_2, now=MONDAY)
    async with database.read() as tx:
        assert (await tx.people.export(tagged.teacher_2))["tags"] == []


@pytest.mark.parametrize(
    ("typed", "word", "why"),
    [
        ("  Пилотная\n", "Пилотная", "spaces around"),
        ("#сельская", "сельская", "as in a social network"),
        ("«базовая площадка»", "базовая площадка", "in quotation marks"),
    ],
)
def test_what_is_typed_becomes_a_word(typed: str, word: str, why: str) -> None:
    assert tag_word(typed) == word, why


@pytest.mark.parametrize(("typed", "problem"), [("#", TagProblem.EMPTY), ("д" * 31, TagProblem.TOO_LONG)])
def test_what_cannot_be_a_tag_is_told(typed: str, problem: TagProblem) -> None:
    with pytest.raises(BadTagError) as refused:
        tag_word(typed)
    assert refused.value.problem is problem
