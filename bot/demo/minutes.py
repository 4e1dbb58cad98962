"""The demonstration's minutes: decisions with «Срок» lines, one line for several clauses, other papers referred to."""

from __future__ import annotations

from datetime import date, timedelta

from bot.demo.word import in_words, package, paragraph, working_day

FILE_NAME = "Протокол совещания координаторов.docx"


def minutes(today: date) -> bytes:
    """A .docx of a meeting on the working day before ``today``, its terms ahead of ``today``."""
    met = today - timedelta(days=3 if today.weekday() == 0 else 1)
    return package("".join(paragraph(text) for text in _lines(met, today)))


def _lines(met: date, today: date) -> list[str]:
    def on(days: int) -> str:
        return f"{in_words(working_day(today + timedelta(days=days)))} г."

    earlier = met - timedelta(days=63)
    return [
        "Департамент образования Владимирской области",
        "ПРОТОКОЛ",
        "совещания с координаторами центров «Точка роста» Владимирской области",
        f"от {in_words(met)} г. № 14",
        "Присутствовали: 23 координатора, представители 4 муниципальных образований.",
        "1. О готовности центров к учебному году",
        "1.1. Принять информацию к сведению.",
        f"1.2. Продолжить исполнение поручений протокола от {in_words(earlier)} г. № 11.",
        "1.3. Координаторам школ направить паспорта центров на адрес centr@example.org.",
        "1.4. Руководителям образовательных организаций разместить паспорта на сайтах школ.",
        f"Срок – до {on(10)}",
        "2. О вебинарах для педагогов центров",
        "2.1. Муниципальным координаторам направить списки участников не менее чем по 2 человека от школы.",
        f"Срок – до 12:00 (мск) {on(8)}",
        "2.2. Педагогам центров, созданных в 2025 году, пройти входное тестирование по ссылке https://example.org/test.",
        f"Срок – с {_span(today + timedelta(days=15), today + timedelta(days=21))}",
        "3. О сборе предложений в план на следующий год",
        "3.1. Координаторам школ подготовить предложения о темах семинаров.",
        f"Срок – не позднее {on(25)}",
        "3.2. Департаменту свести предложения.",
        "Срок – в течение 5 рабочих дней со дня получения предложений.",
        "Контроль за исполнением поручений возложить на заместителя директора департамента Романову Т.В.",
    ]


def _span(first: date, last: date) -> str:
    return f"{in_words(first)} г. по {in_words(last)} г."
