"""Telephone numbers as people type them."""

from __future__ import annotations

import pytest

from bot.domain.phones import BadPhoneError, phone_number


@pytest.mark.parametrize(
    ("typed", "expected", "reason"),
    [
        ("8 930 123-45-67", "+7 930 123-45-67", "as it is dialled in Russia"),
        ("+7(930)1234567", "+7 930 123-45-67", "as it is written on forms"),
        ("79301234567", "+7 930 123-45-67", "as the messenger hands it over"),
        ("930 1234567", "+7 930 123-45-67", "without the code of the country"),
        ("8 (49231) 2-12-34 доб. 5", "+7 492 312-12-34 доб. 5", "a school's own, with an extension"),
        ("+375 29 123-45-67", "+375291234567", "of another country"),
    ],
)
def test_a_number_is_stored_in_one_form(typed: str, expected: str, reason: str) -> None:
    assert phone_number(typed) == expected, reason


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "nothing"),
        ("2-12-34", "without the code of the town"),
        ("позвоните в школу", "words"),
        ("8 930 123-45-67 Анна", "a name does not belong to it"),
        ("8930123456789012345", "too many digits"),
    ],
)
def test_what_is_no_number_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(BadPhoneError) as refused:
        phone_number(typed)
    assert typed == "" or typed not in str(refused.value), f"{reason}: an error is logged, and a number is personal"
