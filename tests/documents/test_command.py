"""``python -m bot document FILE``: one JSON object, or one Russian sentence and exit code 1."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.documents.errors import DocumentError, TooLargeError, UnknownColumnsError
from bot.domain.documents import DocumentFault, DocumentKind, ProblemCode
from bot.texts.document_errors import explain
from tests.documents.sheets import books
from tests.documents.word import docx, p, roadmap

RUNNER = CliRunner()
PROJECT = Path(__file__).resolve().parents[2]


def test_the_document_and_its_rows_are_printed_with_the_promised_fields(tmp_path: Path) -> None:
    file = tmp_path / "карта.docx"
    file.write_bytes(
        docx(p("ПРИКАЗ"), p("10.12.2024 № 5"), roadmap(("1.", "Дело", "Центр", "Отчёт", "15 мая 2025 года")))
    )
    result = RUNNER.invoke(app, ["document", str(file)])
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert {"kind", "number", "date", "title", "region", "controller"} <= set(printed["document"])
    (row,) = printed["rows"]
    assert {"number", "title", "responsible", "result", "phrase", "term", "links", "problems"} <= set(row)
    assert (row["number"], row["phrase"], row["term"]["end"]) == ("1", "15 мая 2025 года", "2025-05-15")
    assert (printed["document"]["kind"], printed["document"]["date"]) == ("order", "2024-12-10")


@pytest.mark.parametrize("content", [b"", b"hello", docx(p("пусто"))])
def test_a_file_that_cannot_be_read_gives_one_russian_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "карта.docx"
    file.write_bytes(content)
    result = RUNNER.invoke(app, ["document", str(file)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"[А-Я].*\.\n", result.stderr)


def test_the_sheet_and_the_columns_may_be_named(tmp_path: Path) -> None:
    file = tmp_path / "план.xlsx"
    rows = [("Собрать заявки", "Центр", "15 мая 2025 г."), ("Сдать отчёт", "Школы", "20 мая 2025 г.")]
    file.write_bytes(books({"Первый": rows, "Второй": [*rows[:1], ("Третье", "Центр", "1 июня 2025 г.")]}))
    asked = RUNNER.invoke(app, ["document", str(file)])
    assert (asked.exit_code, "«Первый», «Второй»" in asked.stderr) == (1, True)

    told = RUNNER.invoke(app, ["document", str(file), "--sheet", "Второй", "--columns", "title=1,term=3,responsible=2"])
    printed = json.loads(told.stdout)["rows"]
    assert [(row["title"], row["responsible"], row["term"]["end"]) for row in printed] == [
        ("Собрать заявки", "Центр", "2025-05-15"),
        ("Третье", "Центр", "2025-06-01"),
    ]


@pytest.mark.parametrize("columns", ["title", "title=0", "title=два", "цена=2", "title=1;term=2"])
def test_columns_that_are_none_are_named(tmp_path: Path, columns: str) -> None:
    result = RUNNER.invoke(app, ["document", str(tmp_path / "план.xlsx"), "--columns", columns])
    assert (result.exit_code, "title=2,term=3" in result.stderr) == (2, True)


def test_a_file_that_is_not_there_gives_a_sentence_too() -> None:
    result = RUNNER.invoke(app, ["document", "нет-такого.docx"])
    assert result.exit_code == 1
    assert "не открывается" in result.stderr


def test_the_command_needs_no_messenger(tmp_path: Path) -> None:
    file = tmp_path / "карта.txt"
    file.write_text("№\tМероприятие\tСрок\n1\tДело\t15 мая 2025 г.\n", encoding="utf-8")
    program = (
        "import sys; from typer.testing import CliRunner; from bot.cli import app; "
        f"code = CliRunner().invoke(app, ['document', {str(file)!r}]).exit_code; "
        "sys.exit(code or 2 * any(name.split('.')[0] in ('aiogram', 'sqlalchemy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False).returncode == 0


@pytest.mark.parametrize("fault", DocumentFault)
def test_every_fault_has_its_words(fault: DocumentFault) -> None:
    raised = {error.code: error for error in DocumentError.__subclasses__()}[fault]
    facts = {"format": "rtf"} if fault in {DocumentFault.OLD_WORD_FORMAT, DocumentFault.UNSUPPORTED_FORMAT} else {}
    assert re.fullmatch(r"[А-Я][^{}]+\.", explain(raised(**facts)))


def test_every_code_stands_in_the_page_about_documents() -> None:
    page = (PROJECT / "docs" / "documents.md").read_text(encoding="utf-8")
    codes = [*DocumentFault, *ProblemCode, *DocumentKind]
    assert not [code.value for code in codes if f"`{code.value}`" not in page]


def test_the_words_name_what_the_error_knows() -> None:
    assert "5 МБ" in explain(TooLargeError(what="file", limit=5 * 1024 * 1024, size=1))
    assert "«Срок»" in explain(UnknownColumnsError(rows=(), missing=("phrase",), ambiguous=()))
    assert "несколько столбцов" in explain(UnknownColumnsError(rows=(), missing=(), ambiguous=("phrase",)))
