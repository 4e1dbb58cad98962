"""The demonstration's document: a «Точка роста» roadmap written anew, dated so that its terms lie ahead of ``today``.

It is a real .docx, read by the same reader as anybody's: the shapes of its terms are those of published roadmaps.
"""

from __future__ import annotations

from datetime import date, timedelta

from bot.demo.word import in_words, package, paragraph, table, working_day

FILE_NAME = "Дорожная карта Точка роста.docx"

_HEADER = ("№ п/п", "Наименование мероприятия", "Ответственный", "Результат", "Срок исполнения")


def roadmap(today: date) -> bytes:
    """The document as a .docx file, signed on the working day before ``today``."""
    signed = today - timedelta(days=3)
    opening = [
        "АДМИНИСТРАЦИЯ ВЛАДИМИРСКОЙ ОБЛАСТИ",
        "РАСПОРЯЖЕНИЕ",
        f"{signed:%d.%m.%Y}",
        "№ 812-р",
        "Об утверждении дорожной карты центров «Точка роста» во Владимирской области",
        "1. Утвердить комплекс мер («дорожную карту») по работе центров «Точка роста» согласно приложению.",
        "2. Контроль за исполнением настоящего распоряжения возложить на заместителя Губернатора области.",
    ]
    paragraphs = "".join(paragraph(text) for text in opening)
    return package(paragraphs + table([_HEADER, *_rows(today)]) + paragraph(""))


def _rows(today: date) -> list[tuple[str, ...]]:
    department = "Департамент образования Владимирской области"
    schools = "Общеобразовательные организации"

    def on(days: int) -> str:
        return f"{in_words(working_day(today + timedelta(days=days)))} года"

    return [
        ("1.", "Определение ответственного за центр «Точка роста» в школе", schools, "Приказ школы", on(9)),
        ("2.", "Согласование инфраструктурного листа", department, "Письмо о согласовании",
         "Согласно отдельному графику"),
        ("3.", "Заключение дополнительного соглашения о субсидии", schools, "Подписанное соглашение",
         f"{on(21)}, далее - по необходимости"),
        ("4.", "Объявление закупок оборудования", schools, "Извещения о закупках", f"до {on(30)}"),
        ("5.", "Повышение квалификации педагогов центров", schools, "Удостоверения", f"не позднее {on(44)}"),
        ("6.", "Мониторинг приведения площадок в соответствие с рекомендациями", schools,
         "Результаты мониторинга по форме", f"{on(51)}, далее - ежегодно"),
        ("7.", "Начало работы центров «Точка роста»", schools, "Публикация на сайте школы", on(65)),
        ("8.", "Ежеквартальный мониторинг показателей центров", schools, "Отчёт федеральному оператору",
         f"{on(24)}, далее – ежеквартально"),
    ]  # fmt: skip
