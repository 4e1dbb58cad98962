"""What a document says of itself is read where it speaks of itself, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.facts import Text, read_facts
from bot.domain.documents import DocumentFact, DocumentFacts, DocumentKind


def facts(*paragraphs: str) -> DocumentFacts:
    return read_facts(Text(paragraphs, paragraphs))[0]


def context(*paragraphs: str) -> dict[str, str]:
    return read_facts(Text(paragraphs, paragraphs))[1]


@pytest.mark.parametrize(
    ("line", "kind", "title"),
    [
        ("ПРИКАЗ", DocumentKind.ORDER, "Приказ"),
        ("П Р И К А З", DocumentKind.ORDER, "Приказ"),
        ("РАСПОРЯЖЕНИЕ", DocumentKind.ORDER, "Распоряжение"),
        ("ПОСТАНОВЛЕНИЕ", DocumentKind.RESOLUTION, "Постановление"),
        ("ПРАВИТЕЛЬСТВО\nАМУРСКОЙ ОБЛАСТИ\nПОСТАНОВЛЕНИЕ", DocumentKind.RESOLUTION, "Постановление"),
        ("Проект решения по итогам совещания", DocumentKind.RESOLUTION, "Проект решения"),
        ("Протокол № 5 от 12.03.2024", DocumentKind.MINUTES, "Протокол"),
        ("Комплекс мер («дорожная карта») по созданию центров", DocumentKind.ROADMAP, "Дорожная карта"),
        ("II. План мероприятий на 2024 год", DocumentKind.PLAN, "План"),
        ("ГODOVOЙ ОТЧЕТ", DocumentKind.REPORT, "Годовой отчет"),
        ("Информационное письмо", DocumentKind.LETTER, "Информационное письмо"),
        ("Приказываю всем явиться", DocumentKind.OTHER, None),
        ("Решение проблемы кадров стало возможным благодаря наставникам", DocumentKind.OTHER, None),
    ],
)
def test_the_kind_is_read_from_a_line_of_its_own(line: str, kind: DocumentKind, title: str | None) -> None:
    found = facts(line)
    assert (found.kind, found.kind_title) == (kind, title)


@pytest.mark.parametrize(
    ("lines", "number", "day"),
    [
        (("10.12.2020", "№ 1074-р"), "1074-р", date(2020, 12, 10)),
        (("« 08 » ноября 2023 г.", "№ Д05-124/05пр"), "Д05-124/05пр", date(2023, 11, 8)),
        (("от 5 мая 2024 года № 12/3",), "12/3", date(2024, 5, 5)),
        (("05.05.2024 г. Благовещенск № 436",), "436", date(2024, 5, 5)),
        (("№ 7 от «1» марта 2024 г.",), "7", date(2024, 3, 1)),
        (("от «__» ______ 2024 г. № ____",), None, None),
        (("31.02.2024",), None, None),
        (("15 мая 2024 года представители совета приняли участие в совещании",), None, None),
        (("Во исполнение приказа от 01.02.2024 № 5 сообщаем:",), None, None),
        (("УТВЕРЖДЕНА", "постановлением Правительства области от 08.08.2019 № 436"), "436", date(2019, 8, 8)),
    ],
)
def test_the_date_and_the_number_are_those_of_the_document_itself(
    lines: tuple[str, ...], number: str | None, day: date | None
) -> None:
    found = facts("ПРИКАЗ", *lines, "Об утверждении плана")
    assert (found.number, found.signed_on) == (number, day)


@pytest.mark.parametrize(
    ("clause", "controller"),
    [
        ("3. Контроль за исполнением настоящего приказа возложить на Иванову И.И.", "Иванову И.И."),
        ("Контроль исполнения приказа возлагаю на заместителя директора.", "заместителя директора"),
        ("4. Контроль за выполнением распоряжения оставляю за собой.", "оставляю за собой"),
        ("Контроль качества возложен на школы.", None),
    ],
)
def test_who_controls_the_execution(clause: str, controller: str | None) -> None:
    assert facts("ПРИКАЗ", clause).controller == controller


@pytest.mark.parametrize(
    ("paragraphs", "region", "reason"),
    [
        (("ПРАВИТЕЛЬСТВО АМУРСКОЙ ОБЛАСТИ", "ПРИКАЗ", "1. Артек, Республика Крым"), "Амурская область", "the heading"),
        (("ПРИКАЗ", "1. Школы Иркутской области и Пермского края"), None, "two equally often"),
        (
            ("ПРИКАЗ", "1. Школы Пермского края", "2. Вузы Пермского края", "3. Тула, Тульская область"),
            "Пермский край",
            "the most often",
        ),
        (("МИНИСТЕРСТВО ПРОСВЕЩЕНИЯ РОССИЙСКОЙ ФЕДЕРАЦИИ", "ПРИКАЗ", "1. Школы Пермского края"), None, "federal"),
        (("МИНИСТЕРСТВО ОБРАЗОВАНИЯ РЕСПУБЛИКИ ТАТАРСТАН", "ПРИКАЗ"), "Республика Татарстан", "a republic"),
        (("ПРИКАЗ", "1. Форум на ВДНХ (г. Москва)"), None, "a city that is only visited"),
    ],
)
def test_the_region(paragraphs: tuple[str, ...], region: str | None, reason: str) -> None:
    assert facts(*paragraphs).region == region, reason


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("План на 2019–2020 годы", {"document_period": "2019-01-01/2020-12-31"}),
        ("План на 2025 год", {"document_period": "2025-01-01/2025-12-31", "plan_year": "2025"}),
        ("План на 2024/2025 учебный год", {"school_year": "2024/25"}),
        ("План на 2024–2025 учебный год", {"school_year": "2024/25"}),
        ("Отчёт за 2023 год", {"document_period": "2023-01-01/2023-12-31", "report_period": "2023"}),
        ("Протокол совещания о центрах, созданных в 2023 году", {}),
        ("План мероприятий", {}),
    ],
)
def test_the_period_that_the_title_names(title: str, expected: dict[str, str]) -> None:
    assert context(title) == expected


def test_each_fact_tells_the_line_it_was_read_from() -> None:
    quotes = facts("ПРИКАЗ", "05.05.2024 № 436", "Об утверждении плана").quotes
    assert quotes[DocumentFact.DATE] == "05.05.2024 № 436"
    assert quotes[DocumentFact.TITLE] == "Об утверждении плана"


def test_a_title_ends_where_a_list_begins_right_below_it() -> None:
    assert facts("План\nна ноябрь\n1. Сдать отчёт – до 15 ноября\n2. Провести вебинар").title == "План на ноябрь"


def test_a_title_over_several_paragraphs_is_one() -> None:
    found = facts(
        "ПРИКАЗ",
        "№ 5",
        "Об утверждении плана",
        "по созданию центров",
        "В целях развития приказываю:",
        "1. Утвердить план.",
    )
    assert found.title == "Об утверждении плана по созданию центров"
