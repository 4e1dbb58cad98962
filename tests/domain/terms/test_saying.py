"""Terms in words: the sentences of the screens, one row each."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.terms.model import TermKind
from bot.domain.terms.reading import read_term
from bot.domain.terms.saying import say_term
from tests.domain.terms.expectations import Phrase
from tests.domain.terms.phrases import ALL

TODAY = date(2026, 3, 2)

SAYINGS = (
    ("до 15.11.2026", "до 15 ноя", "до 15 ноября 2026 г., воскресенье", "the year of today is left out in short"),
    ("до 15.11.2027", "до 15 ноя 2027", "до 15 ноября 2027 г., понедельник", "another year is said"),
    ("Срок: II квартал 2026 г.", "до 30 июн", "до конца II квартала 2026 г.", "a quarter keeps its name in full"),
    ("до 18:00 (мск) 3.04.2026", "до 18:00 (мск) 3 апр", "до 18:00 (мск) 3 апреля 2026 г.", "a moment with its zone"),
    ("3.04.2026 в 10:00 (МСК+6)", "3 апр в 10:00 (МСК+6)", "3 апреля 2026 г. в 10:00 (МСК+6)", "an event"),
    ("Июль – сентябрь 2019 г.", "июль – сентябрь 2019", "июль – сентябрь 2019 г.", "months"),
    ("с 19 по 20 мая 2026 г.", "19–20 мая", "с 19 по 20 мая 2026 г.", "days of one month"),
    ("с 30.04.2026 по 5.05.2026", "с 30 апр по 5 мая", "с 30 апреля по 5 мая 2026 г.", "days of two months"),
    ("2025/26 учебный год", "2025/26 учебный год", "2025/26 учебный год", "a school year"),
    ("2026–2028 гг.", "2026–2028 гг.", "2026–2028 гг.", "years"),
    (
        "1 октября 2021 года, далее – ежеквартально",
        "01.10.2021 и далее каждые 3 месяца",
        "1 октября 2021 г., далее – ежеквартально",
        "the first and the rule",
    ),
    (
        "каждый квартал, до последнего рабочего дня",
        "каждый квартал, до последнего рабочего дня",
        "каждый квартал, до последнего рабочего дня; ближайший срок 31 марта 2026 г., вторник",
        "the nearest date is named in full",
    ),
    (
        "каждую пятницу до 12:00",
        "по пятницам к 12:00",
        "по пятницам к 12:00; ближайший срок 6 марта 2026 г., пятница",
        "a rule with a time",
    ),
    ("ежегодно, август", "август, далее – ежегодно", "август 2026 г., далее – ежегодно", "a month each year"),
    (
        "в течение 3 рабочих дней со дня получения",
        "в течение 3 рабочих дней после получения",
        "в течение 3 рабочих дней после получения",
        "an event that is not known",
    ),
    ("за 1 день до начала", "за 1 день до начала", "за 1 день до начала", "the noun agrees with one"),
    ("завтра до 12:00", "завтра к 12:00", "завтра к 12:00", "a word of the chat"),
    ("при необходимости", "по необходимости", "по необходимости", "as needed"),
    ("согласно графику", "по отдельному графику", "по отдельному графику", "a schedule"),
    ("бессрочно", "постоянно", "постоянно", "all the time"),
    ("приказ от 1.02.2026 № 5", "не понято", "не понято", "no term"),
    (
        "30 декабря 2026 года, далее - по необходимости",
        "до 30 дек, далее – по необходимости",
        "до 30 декабря 2026 г., среда, далее – по необходимости",
        "two parts",
    ),
    ("октябрь, декабрь 2026 г.", "октябрь; декабрь", "октябрь 2026 г.; декабрь 2026 г.", "a list"),
)


@pytest.mark.parametrize(("phrase", "short", "full", "reason"), SAYINGS, ids=[row[0] for row in SAYINGS])
def test_a_term_is_said_in_good_russian(phrase: str, short: str, full: str, reason: str) -> None:
    term = read_term(phrase, reference_date=TODAY)
    assert say_term(term, form="short", today=TODAY) == short, reason
    assert say_term(term, form="full", today=TODAY) == full, reason


def test_a_relative_term_whose_event_is_known_names_its_date() -> None:
    term = read_term("за 3 рабочих дня до вебинара", context={"anchor": "2025-01-10"})
    assert say_term(term, form="full", today=TODAY) == (
        "за 3 рабочих дня до вебинара, то есть до 27 декабря 2024 г., пятница"
    )


@pytest.mark.parametrize("phrase", ALL, ids=lambda phrase: phrase.text)
def test_what_is_said_of_a_phrase_reads_back_as_its_term(phrase: Phrase) -> None:
    today = date.fromisoformat(phrase.today or "2025-09-08")
    term = read_term(phrase.text, reference_date=today, region=phrase.region, context=phrase.context)
    again = read_term(say_term(term, form="full", today=today), reference_date=today)
    if term.kind is TermKind.UNPARSABLE:
        assert not again.has_date
    else:
        assert again.to_json() == term.to_json()
