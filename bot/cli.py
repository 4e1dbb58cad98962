"""The command line. Commands that need no messenger import none: aiogram costs seconds and 170 MB."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Вестовой: сроки и вебинары сети школ в Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with local variables would print names and tokens
)


@app.callback()
def _root() -> None:
    """Keeps the commands named even while there is only one."""


@app.command()
def document(file: Annotated[Path, typer.Argument(help="Документ: .docx или .txt")]) -> None:
    """Прочитать документ: его реквизиты и строки со сроками, одним объектом JSON."""
    import json

    from bot.clock import SystemClock
    from bot.documents import limits
    from bot.documents.errors import DocumentError
    from bot.documents.reading import read_document
    from bot.texts.document_errors import explain

    try:
        with file.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES + 1)
        draft = read_document(data, file.name, today=SystemClock().now().date())
    except OSError:
        typer.echo(f"Файл «{file}» не открывается.", err=True)
        raise typer.Exit(1) from None
    except DocumentError as error:
        typer.echo(explain(error), err=True)
        raise typer.Exit(1) from None
    print(json.dumps(draft.to_json(), ensure_ascii=False, indent=2))


@app.command()
def people(
    file: Annotated[Path, typer.Argument(help="Таблица .xlsx: регион, муниципалитет, школа, ФИО, роль, когорта")],
    qr: Annotated[Path | None, typer.Option(help="Папка для QR-картинок личных ссылок")] = None,
) -> None:
    """Загрузить сеть и людей из таблицы; для каждого нового человека печатается личная ссылка."""
    from bot.clock import SystemClock
    from bot.config import Settings
    from bot.people_import import PeopleImportError, run_import

    try:
        lines = run_import(file, settings=Settings(), qr_folder=qr, now=SystemClock().now())
    except PeopleImportError as error:
        for line in error.lines:
            typer.echo(line, err=True)
        raise typer.Exit(1) from None
    for line in lines:
        print(line)


@app.command()
def run() -> None:
    """Запустить бота. Настройки берутся из окружения и файла .env."""
    from bot.starting import StartError, run_bot

    try:
        run_bot()
    except StartError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def main() -> None:
    app()
