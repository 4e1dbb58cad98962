"""Which row of an older document is which row of a newer one, and which date became which."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from bot.domain.matching import match_rows, pair_in_order, same_words

SEMINAR = "Провести семинар для педагогов центров «Точка роста»"
REPORT = "Представить отчёт об использовании оборудования"
PLAN = "Утвердить план учебно-воспитательных мероприятий"


class Row(NamedTuple):
    number: str | None
    title: str
    phrase: str = "до 15 октября 2026 года"


OLD = (Row("1", SEMINAR), Row("2", REPORT), Row("3", PLAN))


@pytest.mark.parametrize(
    ("new", "pairs"),
    [
        pytest.param(OLD, ((0, 0), (1, 1), (2, 2)), id="the same"),
        pytest.param((Row("1", PLAN), Row("2", SEMINAR), Row("3", REPORT)), ((0, 2), (1, 0), (2, 1)), id="swapped"),
        pytest.param((Row("1.1", SEMINAR), Row("1.2", REPORT)), ((0, 0), (1, 1)), id="renumbered, and one gone"),
        pytest.param(
            (Row("1", "Провести семинар для всех педагогов центров «Точки роста»"),), ((0, 0),), id="slightly reworded"
        ),
        pytest.param((Row("1", SEMINAR.upper().replace("«", '"').replace("»", '"')),), ((0, 0),), id="other type"),
        pytest.param((Row("1", "Собрать заявки на обучение"),), (), id="the number alone says nothing"),
        pytest.param((Row("7", f"{SEMINAR}. {REPORT}"),), (), id="two rows made one"),
        pytest.param((Row("2", "Представить отчёт"),), (), id="half a row"),
        pytest.param((Row("1", ""),), (), id="a row without a title"),
        pytest.param((), (), id="nothing"),
    ],
)
def test_rows_of_two_editions(new: tuple[Row, ...], pairs: tuple[tuple[int, int], ...]) -> None:
    assert match_rows(new, OLD) == pairs


def test_rows_that_differ_in_a_figure_keep_to_their_own() -> None:
    old = [Row(str(n), f"Мониторинг за {n} квартал") for n in (1, 2, 3)]
    new = [Row(str(n), f"Мониторинг за {n} квартал") for n in (3, 1, 2)]
    assert match_rows(new, old) == ((0, 2), (1, 0), (2, 1))


def test_the_same_title_twice_is_told_apart_by_its_term() -> None:
    old = [Row("1", REPORT, "до 1 октября"), Row("2", REPORT, "до 1 декабря")]
    new = [Row("5", REPORT, "до 1 декабря"), Row("6", REPORT, "до 1 октября")]
    assert match_rows(new, old) == ((0, 1), (1, 0))


def _days(*days: int) -> list[datetime]:
    return [datetime(2026, 10, 1, tzinfo=UTC) + timedelta(days=day) for day in days]


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        pytest.param((10,), (17,), ((0, 0),), id="one date is moved"),
        pytest.param((1, 8, 15), (7, 14, 21), ((0, 0), (1, 1), (2, 2)), id="a series is shifted as it is"),
        pytest.param((1, 31), (35,), ((1, 0),), id="of two the nearer one became it"),
        pytest.param((30,), (1, 31, 60), ((0, 1),), id="one of three was there before"),
        pytest.param((), (5,), (), id="nothing to move"),
        pytest.param((5,), (), (), id="nowhere to move"),
    ],
)
def test_dates_are_moved_as_little_as_possible(
    old: tuple[int, ...], new: tuple[int, ...], pairs: tuple[tuple[int, int], ...]
) -> None:
    assert pair_in_order(_days(*old), _days(*new)) == pairs


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("до 15  ноября.", "До 15 ноября", True, id="capitals, spaces, a stop"),
        pytest.param("«Ёлка» – план", '"Елка" - план', True, id="quotes, dashes, ё"),
        pytest.param("до 15 ноября", "до 16 ноября", False, id="another day"),
    ],
)
def test_what_is_written_in_another_way_is_the_same(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same
