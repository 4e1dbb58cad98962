"""The .xlsx in which somebody writes the questions of a form down, to be sent back to the bot."""

from __future__ import annotations

import io

import xlsxwriter

from bot.domain.form_rows import KIND_WORDS
from bot.texts.catalogue import plain

_COLUMNS = (("text", 60), ("kind", 16), ("options", 34), ("unit", 12), ("plan", 10), ("low", 12), ("high", 12),
            ("required", 14))  # fmt: skip
_EXAMPLES = 4
_ROWS = 200


def form_template_xlsx() -> bytes:
    """A row a question under the header; the rows that begin with «Пример:» are left out when it is read."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(plain("file-form-template-sheet"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E7EEF7"})
        example = book.add_format({"italic": True, "font_color": "#777777", "text_wrap": True, "valign": "top"})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        for at, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(at, at, width, cell)
            sheet.write_string(0, at, plain(f"file-form-template-{name}"), head)
            sheet.write_comment(0, at, plain(f"file-form-template-{name}-note"))
        for row in range(1, _EXAMPLES + 1):
            for at, words in enumerate(plain(f"file-form-template-example-{row}").split("|")):
                sheet.write_string(row, at, words.strip(), example)
        wrong = plain("file-form-template-kind-note")
        kinds = {"validate": "list", "source": list(KIND_WORDS.values()), "error_message": wrong}
        sheet.data_validation(1, 1, _ROWS, 1, kinds)
        figure = {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12,
                  "error_message": plain("file-form-template-figure")}  # fmt: skip
        sheet.data_validation(_EXAMPLES + 1, 4, _ROWS, 6, figure)
        sheet.data_validation(
            1, 7, _ROWS, 7, {"validate": "list", "source": plain("file-form-template-yes-no").split("|")}
        )
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    return buffer.getvalue()
