"""Names of a platform's list are found among those invited: surely, doubtfully, or not at all."""

from __future__ import annotations

import pytest

from bot.domain.ids import AssignmentId
from bot.domain.name_forms import has_words, skeleton
from bot.domain.platform_table import Invitee, PlatformRow, TableMatching, match_table

ANNA, ALLA, JULIA, MARINA, DARIA, GLEB, ALEXEY, SHON, MICHAEL, FEDOR, KIM_S, KIM_I = map(AssignmentId, range(1, 13))
INVITED = [
    Invitee(ANNA, "Иванова Анна Петровна"),
    Invitee(ALLA, "Иванова Алла Сергеевна"),
    Invitee(JULIA, "Щербакова Юлия Ильинична"),
    Invitee(MARINA, "Марина Викторовна Цой"),
    Invitee(DARIA, "Смирнова Дарья Павловна"),
    Invitee(GLEB, "Котов Глеб Романович"),
    Invitee(ALEXEY, "Петров Алексей"),
    Invitee(SHON, "О’Нил Шон Патрикович"),
    Invitee(MICHAEL, "Салтыков-Щедрин Михаил Евграфович"),
    Invitee(FEDOR, "Ёлкин Фёдор Ильич"),
    Invitee(KIM_S, "Ким Елена Сергеевна", "Школа № 1"),
    Invitee(KIM_I, "Ким Елена Игоревна", "Школа № 2"),
]


@pytest.mark.parametrize(
    ("typed", "who", "reason"),
    [
        ("Иванова Анна Петровна", ANNA, "as it is written"),
        ("Анна Иванова", ANNA, "the other way round"),
        ("иванова анна", ANNA, "without capitals"),
        ("ИВАНОВА А.П.", ANNA, "initials that only one of two has"),
        ("Котов Г.", GLEB, "one initial, one of that surname"),
        ("Г. Котов", GLEB, "the initial first"),
        ("Елкин Федор", FEDOR, "«ё» is «е»"),
        ("Цой Марина", MARINA, "invited with the given name first"),
        ("Ivanova Anna", ANNA, "Latin letters"),
        ("Shcherbakova Yuliya", JULIA, "as many write it"),
        ("SCHERBAKOVA Iuliia", JULIA, "as a passport writes it"),
        ("Tsoy Marina", MARINA, "«ц» in Latin"),
        ("Fyodor Elkin", FEDOR, "«ё» in Latin"),
        ("Alexey Petrov", ALEXEY, "«x» for «кс»"),
        ("Saltykov-Shchedrin M.E.", MICHAEL, "a double surname with initials"),
        ("O'Nil Shon", SHON, "an apostrophe"),
        ("Смирновa Дарья", DARIA, "a Latin «a» among Cyrillic letters"),
        ("Анна Иванова (МБОУ СОШ № 5)", ANNA, "the school in brackets"),
        ("Котов Глеб, школа № 2", GLEB, "the school after a comma"),
        ("Котов Глеб | Муром", GLEB, "the town after a bar"),
        ("Иванова, Анна", ANNA, "a comma between the two"),
        ("Учитель Котов Глеб", GLEB, "what he is, before his name"),
        ("Ким Елена Игоревна", KIM_I, "namesakes told apart by the patronymic"),
    ],
)
def test_a_name_that_fits_one_is_sure(typed: str, who: AssignmentId, reason: str) -> None:
    [entry] = match_table([PlatformRow(1, typed)], INVITED).entries
    assert (entry.match, entry.candidates) == (who, ()), reason


@pytest.mark.parametrize(
    ("typed", "candidates", "reason"),
    [
        ("ИВАНОВА А.", {ANNA, ALLA}, "an initial that two have"),
        ("Елена Ким", {KIM_S, KIM_I}, "namesakes"),
        ("Смирнова", {DARIA}, "a surname alone"),
        ("Дарья Павловна", {DARIA}, "no surname"),
        ("iPhone Дарья", {DARIA}, "a given name alone"),
        ("Котов Глеб Петрович", {GLEB}, "another patronymic: it may be another man"),
        ("Котов Глеб Муром", {GLEB}, "a word that is none of his"),
        ("Смирнова Дарина", {DARIA}, "a given name that nearly fits"),
        ("Щирбакова", {JULIA}, "a misspelling"),
        ("Marina Coy", {MARINA}, "a surname written in a way of its own"),
    ],
)
def test_a_name_that_may_fit_is_left_to_a_person(typed: str, candidates: set[AssignmentId], reason: str) -> None:
    [entry] = match_table([PlatformRow(1, typed)], INVITED).entries
    assert entry.match is None, reason
    assert set(entry.candidates) == candidates, reason


@pytest.mark.parametrize("typed", ["Неизвестный Пётр", "Гость", "iPhone", "+7 900 123-45-67", "Смирнова Б.", "🙂"])
def test_a_name_that_nobody_has_is_unknown(typed: str) -> None:
    matching = match_table([PlatformRow(1, typed)], INVITED)
    assert matching.present == ()
    assert matching.doubtful == ()


def test_coming_in_again_adds_the_minutes_together() -> None:
    rows = [PlatformRow(1, "Котов Глеб", 20), PlatformRow(2, "КОТОВ ГЛЕБ", 15), PlatformRow(3, "Kotov Gleb", 10)]
    matching = match_table(rows, INVITED)
    assert matching.minutes == {GLEB: 45}
    assert len(matching.entries) == 2, "one entry for each way that the name was written"


@pytest.mark.parametrize(
    ("minutes", "least", "is_present", "reason"),
    [
        (5, None, True, "no least was asked for"),
        (29, 30, False, "he looked in"),
        (30, 30, True, "just long enough"),
        (None, 30, True, "the table does not say: he was there"),
    ],
)
def test_who_stayed_too_short_is_not_present(
    minutes: int | None, least: int | None, is_present: bool, reason: str
) -> None:
    entries = match_table([PlatformRow(1, "Котов Глеб", minutes)], INVITED).entries
    matching = TableMatching(entries, least)
    assert (GLEB in matching.present) is is_present, reason
    assert (GLEB in matching.too_short) is not is_present, reason


def test_a_doubt_is_settled_by_one_of_its_candidates_only() -> None:
    matching = match_table([PlatformRow(1, "Елена Ким"), PlatformRow(2, "Котов Глеб")], INVITED)
    assert matching.doubtful == (0,)

    assert matching.settled(0, GLEB) == matching, "he is none of those who may be meant"
    assert matching.settled(9, KIM_I) == matching, "there is no such place"
    assert matching.settled(0, KIM_I).present == (KIM_I, GLEB)

    nobody = matching.settled(0, None)
    assert nobody.doubtful == ()
    assert nobody.unknown == ("Елена Ким",)


def test_a_second_table_adds_and_keeps_what_was_settled() -> None:
    first = match_table([PlatformRow(1, "Елена Ким", 10), PlatformRow(2, "Котов Глеб", 20)], INVITED).settled(0, KIM_I)
    second = match_table([PlatformRow(1, "Елена Ким", 30), PlatformRow(2, "Анна Иванова", 5)], INVITED)

    both = first.joined(second)

    assert set(both.present) == {KIM_I, GLEB, ANNA}
    assert both.minutes[KIM_I] == 30
    assert first.joined(first) == first, "the same file sent twice"


def test_a_matching_survives_a_restart() -> None:
    matching = match_table([PlatformRow(1, "Елена Ким", 10), PlatformRow(2, "Котов Глеб")], INVITED).settled(0, KIM_S)
    assert TableMatching.from_json(matching.to_json()) == matching


def test_a_given_name_that_half_the_list_has_says_nothing() -> None:
    many = [Invitee(AssignmentId(n), f"Петрова{'абвгдежз'[n]} Анна") for n in range(8)]
    assert match_table([PlatformRow(1, "Анна")], many).unknown == ("Анна",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Юлия", "Iuliia"),
        ("Евгений", "Yevgeniy"),
        ("Ксения", "Xenia"),
        ("Жанна", "Zhanna"),
        ("Хабаров", "Khabarov"),
        ("Чайковский", "Chaykovskiy"),
        ("Дмитрий", "Dmitry"),
        ("Наталья", "Natalia"),
        ("Илья", "Ilya"),
    ],
)
def test_a_word_sounds_alike_in_either_alphabet(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("иван", True), ("ИВАН АН", True), ("ан ив", True), ("ivan", True), ("петр", True), ("нова", False), ("…", False)],
)
def test_somebody_is_found_by_the_beginnings_of_his_name(query: str, is_found: bool) -> None:
    assert has_words("Иванова Анна Петровна", query) is is_found
