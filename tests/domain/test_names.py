"""What can be a name of a person or a title of a unit."""

from __future__ import annotations

import pytest

from bot.domain.names import BadNameError, NameProblem, full_name, is_likely_full_name, same_title, unit_title


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Смирнова Дарья Павловна", "Смирнова Дарья Павловна"),
        ("  Смирнова \n Дарья\t", "Смирнова Дарья"),
        ("Салтыков-Щедрин М. Е.", "Салтыков-Щедрин М. Е."),
        ("Иванов И.И.", "Иванов И.И."),
        ("О’Нил Шон", "О’Нил Шон"),
        ("Мамедов Вагиф Али оглы", "Мамедов Вагиф Али оглы"),
        ("Ли Ян", "Ли Ян"),
        ("Müller Jürgen", "Müller Jürgen"),
        ("Смирнова\u200b Дарья", "Смирнова Дарья"),
        ("А" * 50 + " " + "Б" * 49, "А" * 50 + " " + "Б" * 49),
    ],
    ids=[
        "three words", "spaces and lines", "a hyphen and initials", "initials together", "an apostrophe",
        "four words", "short ones", "Latin letters", "an invisible sign", "exactly 100 signs",
    ],
)  # fmt: skip
def test_a_name_is_stored_in_single_spaces(typed: str, stored: str) -> None:
    assert full_name(typed) == stored


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", NameProblem.EMPTY),
        ("Я", NameProblem.EMPTY),
        ("\u200b\u200b", NameProblem.EMPTY),
        ("Дарья", NameProblem.ONE_WORD),
        ("Д П", NameProblem.ONE_WORD),
        ("А" * 50 + " " + "Б" * 50, NameProblem.TOO_LONG),
        ("Дарья 😀", NameProblem.SIGNS),
        ("<i>Дарья</i> Смирнова", NameProblem.SIGNS),
        ("Дарья & Павел", NameProblem.SIGNS),
        ("Дарья Смирнова 2", NameProblem.SIGNS),
        ("Смирнова, Дарья", NameProblem.SIGNS),
        ("- -", NameProblem.SIGNS),
        ("/start я", NameProblem.COMMAND),
    ],
    ids=[
        "nothing", "one letter", "only invisible signs", "one word", "two letters", "101 signs", "emoji", "markup",
        "an ampersand", "a digit", "a comma", "no letters", "a command",
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused_with_its_reason(typed: str, problem: NameProblem) -> None:
    with pytest.raises(BadNameError) as refused:
        full_name(typed)
    assert refused.value.problem is problem


@pytest.mark.parametrize(
    ("shown", "is_likely"),
    [
        ("Дарья Смирнова", True),
        ("Смирнова-Белых Дарья Павловна", True),
        ("Дарья", False),
        ("дарья смирнова", False),
        ("Daria Smirnova", False),
        ("Дарья 🌸", False),
        ("Мама Двух Чудесных Котов", False),
    ],
)
def test_only_what_looks_like_a_russian_full_name_is_offered(shown: str, is_likely: bool) -> None:
    assert is_likely_full_name(shown) is is_likely


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Школа № 1", "школа №1", True),
        ("Лицей «Алые паруса»", 'Лицей "Алые Паруса"', True),
        ("Королёв", "Королев", True),
        ("Школа № 1", "Школа № 11", False),
        ("Школа № 1", "Лицей № 1", False),
    ],
)
def test_titles_are_compared_without_capitals_spaces_and_quotes(one: str, other: str, same: bool) -> None:
    assert same_title(one, other) is same


def test_a_title_keeps_emoji_and_markup_as_typed() -> None:
    assert unit_title("  Школа <b>№ 1</b> 🌸 ") == "Школа <b>№ 1</b> 🌸"


@pytest.mark.parametrize("typed", ["", "Я", "!!!", "🌸🌸", "щ" * 201, "/network"])
def test_what_is_no_title_is_refused(typed: str) -> None:
    with pytest.raises(BadNameError):
        unit_title(typed)
