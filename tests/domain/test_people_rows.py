"""A table of people is judged whole: every fault with its row, before anything is applied."""

from __future__ import annotations

import pytest

from bot.domain.network import Role
from bot.domain.people_rows import BadRowsError, PersonRow, RowProblem, check_rows, role_of

GOOD = {
    "region": "Владимирская обл.",
    "municipality": "Суздальский район",
    "school": "Школа № 1",
    "full_name": "Рябова Нина",
    "role": "учитель",
    "cohort": "",
}


def row(line: int = 2, /, **changed: str) -> PersonRow:
    return PersonRow(line, **{**GOOD, **changed})


def test_a_good_row_takes_the_regions_full_title_and_zone() -> None:
    [checked] = check_rows([row(cohort=" 2026 ")], known_regions=[])
    assert checked.titles == ("Владимирская область", "Суздальский район", "Школа № 1")
    assert (checked.timezone, checked.role, checked.cohort) == ("Europe/Moscow", Role.TEACHER, "2026")


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"region": ""}, RowProblem.NO_REGION),
        ({"region": "Тридевятое царство"}, RowProblem.UNKNOWN_REGION),
        ({"municipality": ""}, RowProblem.NO_MUNICIPALITY),
        ({"municipality": "?"}, RowProblem.BAD_TITLE),
        ({"school": "щ" * 201}, RowProblem.BAD_TITLE),
        ({"school": ""}, RowProblem.NO_SCHOOL),
        ({"full_name": ""}, RowProblem.NO_NAME),
        ({"full_name": "Нина"}, RowProblem.BAD_NAME),
        ({"full_name": "=HYPERLINK(1)"}, RowProblem.BAD_NAME),
        ({"role": ""}, RowProblem.NO_ROLE),
        ({"role": "волшебник"}, RowProblem.UNKNOWN_ROLE),
        ({"role": "учитель и координатор"}, RowProblem.UNKNOWN_ROLE),
        ({"cohort": "к" * 51}, RowProblem.LONG_COHORT),
    ],
    ids=lambda value: value.value if isinstance(value, RowProblem) else "",
)
def test_a_bad_row_is_named_by_its_number(changed: dict[str, str], problem: RowProblem) -> None:
    with pytest.raises(BadRowsError) as refused:
        check_rows([row(2), row(7, **changed)], known_regions=[])
    assert [(fault.line, fault.problem) for fault in refused.value.faults] == [(7, problem)]


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(BadRowsError) as refused:
        check_rows([row(2, region=""), row(3), row(4, role="?", full_name="x")], known_regions=[])
    assert [fault.line for fault in refused.value.faults] == [2, 4, 4]


def test_a_region_of_the_network_needs_not_be_one_of_russia() -> None:
    [checked] = check_rows([row(region="тридевятое  царство")], known_regions=["Тридевятое царство"])
    assert checked.titles[0] == "Тридевятое царство"


def test_a_row_without_a_person_names_a_unit() -> None:
    [checked] = check_rows([row(full_name="", role="")], known_regions=[])
    assert checked.role is None


@pytest.mark.parametrize("place", [{"school": ""}, {"school": "", "municipality": ""}], ids=["municipality", "region"])
def test_a_coordinator_may_stand_above_the_schools(place: dict[str, str]) -> None:
    [checked] = check_rows([row(role="Координатор", **place)], known_regions=[])
    assert checked.role is Role.COORDINATOR


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Учитель", Role.TEACHER),
        ("педагоги", Role.TEACHER),
        ("КООРДИНАТОР школы", Role.COORDINATOR),
        ("Муниципальный координатор", Role.COORDINATOR),
        ("обучающийся", Role.STUDENT),
        ("ученица", Role.STUDENT),
        ("тьютор", Role.TUTOR),
        ("Наставник", Role.MENTOR),
        ("волшебник", None),
        ("", None),
    ],
)
def test_roles_are_known_by_their_words(word: str, role: Role | None) -> None:
    assert role_of(word) is role
