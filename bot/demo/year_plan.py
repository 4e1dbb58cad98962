"""The demonstration's plan of a year: a workbook with sections, and quarters as columns with marks."""

from __future__ import annotations

import io
from datetime import date

from xlsxwriter import Workbook

FILE_NAME = "План методической работы.xlsx"

_HEADER = ("№", "Мероприятие", "I кв.", "II кв.", "III кв.", "IV кв.", "Ответственный", "Ожидаемый результат")
_SECTIONS = (
    ("I. Организационные мероприятия", (
        ("Совещание координаторов школ", "+", "+", "+", "+", "Методический центр", "Протокол"),
        ("Обновление страниц центров на сайтах школ", "", "", "+", "", "Школы", "Ссылка на страницу"),
    )),
    ("II. Обучение и обмен опытом", (
        ("Открытые уроки в центрах «Точка роста»", "", "+", "", "+", "Школы", "Не менее 2 уроков от школы"),
        ("Стажировка наставников", "+", "", "", "", "Методический центр", "Удостоверения"),
        ("Фестиваль проектов учащихся", "", "+", "", "", "Школы", "Заявки и работы"),
    )),
    ("III. Мониторинг", (
        ("Отчёт о загрузке оборудования", "+", "+", "+", "+", "Школы", "Таблица показателей"),
    )),
)  # fmt: skip
_WIDTHS = (5, 44, 8, 8, 8, 8, 24, 30)


def year_plan(today: date) -> bytes:
    """An .xlsx for the calendar year after ``today``."""
    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("План")
    title, heading = book.add_format({"bold": True}), book.add_format({"bold": True, "border": 1, "text_wrap": True})
    plain = book.add_format({"border": 1, "text_wrap": True})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write(0, 0, f"План методической работы сети центров «Точка роста» на {today.year + 1} год", title)
    sheet.write(1, 0, "Владимирская область")
    sheet.write_row(3, 0, _HEADER, heading)
    line, number = 4, 0
    for section, rows in _SECTIONS:
        sheet.merge_range(line, 0, line, len(_HEADER) - 1, section, heading)
        line += 1
        for cells in rows:
            number += 1
            sheet.write(line, 0, number, plain)
            sheet.write_row(line, 1, cells, plain)
            line += 1
    book.close()
    return packed.getvalue()
