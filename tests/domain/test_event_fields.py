from __future__ import annotations

import pytest

from bot.domain.event_drafts import DraftMaterial
from bot.domain.event_fields import linked_material, read_seats, short_words
from bot.domain.events import Seats, SeatsPer
from bot.domain.webinars import BadWebinarError, WebinarProblem


@pytest.mark.parametrize(
    ("words", "seats"),
    [
        ("20", Seats(20)),
        ("20 мест", Seats(20)),
        ("20+5", Seats(20, 5)),
        ("20, резерв 5", Seats(20, 5)),
        ("20 и 5 в резерве", Seats(20, 5)),
        ("20, резерв 5, от школы 2", Seats(20, 5, SeatsPer.SCHOOL, 2)),
        ("50, от школы не больше 2", Seats(50, 0, SeatsPer.SCHOOL, 2)),
        ("50 от муниципалитета 3", Seats(50, 0, SeatsPer.MUNICIPALITY, 3)),
        ("50, от каждого района 3", Seats(50, 0, SeatsPer.MUNICIPALITY, 3)),
    ],
)
def test_seats_in_words(words: str, seats: Seats) -> None:
    assert read_seats(words) == seats


@pytest.mark.parametrize("words", ["", "много", "0", "20, от школы 0", "двадцать", "20 5", "9999999"])
def test_seats_are_never_guessed(words: str) -> None:
    with pytest.raises(BadWebinarError) as refusal:
        read_seats(words)
    assert refusal.value.problem is WebinarProblem.BAD_SEATS


@pytest.mark.parametrize(
    ("words", "material"),
    [
        ("Программа – https://example.org/p", DraftMaterial("Программа", "https://example.org/p")),
        ("example.org/p Программа", DraftMaterial("Программа", "https://example.org/p")),
        ("https://example.org/p", DraftMaterial("https://example.org/p", "https://example.org/p")),
    ],
)
def test_a_link_with_its_title(words: str, material: DraftMaterial) -> None:
    assert linked_material(words) == material


def test_words_that_are_none_or_too_many_are_refused() -> None:
    for words in ("", "  ", "ш" * 201):
        with pytest.raises(BadWebinarError):
            short_words(words)
