"""The command line. Commands that need no messenger import none: aiogram costs seconds and 170 MB.

The Russian words of ``--help`` stand beside the options that they describe, the only ones outside the catalogue:
typer wants them when this module is imported.
"""

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
def deadline(
    phrase: Annotated[str, typer.Argument(help="Фраза о сроке, как в документе")] = "",
    today: Annotated[str | None, typer.Option(help="День чтения, ГГГГ-ММ-ДД; без него – сегодня")] = None,
    region: Annotated[str | None, typer.Option(help="Регион документа, для «местного времени»")] = None,
    school_year: Annotated[str | None, typer.Option(help="Учебный год плана, например 2024/25")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Читать объекты JSON построчно со стандартного входа")] = False,
) -> None:
    """Прочитать фразу о сроке и напечатать её смысл одним объектом JSON."""
    import json
    import sys
    from datetime import date

    from bot.clock import SystemClock
    from bot.domain.regions import find_region
    from bot.domain.terms.reading import read_term
    from bot.phrase_lines import read_lines
    from bot.texts.catalogue import plain

    if jsonl:
        is_whole = True
        for answer in read_lines(sys.stdin.buffer):
            print(json.dumps(answer.body, ensure_ascii=False))
            is_whole = is_whole and answer.is_read
        raise typer.Exit(0 if is_whole else 1)
    try:
        day = SystemClock().now().date() if today is None else date.fromisoformat(today)
    except ValueError:
        raise typer.BadParameter(plain("cli-bad-day", day=str(today)), param_hint="--today") from None
    if region is not None and find_region(region) is None:
        raise typer.BadParameter(plain("cli-bad-region", region=region), param_hint="--region")
    context = {} if school_year is None else {"school_year": school_year}
    term = read_term(phrase, reference_date=day, region=region, context=context)
    print(json.dumps(term.to_json(), ensure_ascii=False))


@app.command()
def document(
    file: Annotated[Path, typer.Argument(help="Документ: .docx, .pdf, .xlsx, .csv или .txt")],
    sheet: Annotated[list[str] | None, typer.Option(help="Лист книги; можно назвать несколько")] = None,
    columns: Annotated[
        str, typer.Option(help="Номера столбцов: title=2,term=3; ещё responsible, result, number, begins, ends")
    ] = "",
) -> None:
    """Прочитать документ: его реквизиты и строки со сроками, одним объектом JSON."""
    import asyncio
    import json

    from bot.clock import SystemClock
    from bot.documents import limits
    from bot.documents.errors import DocumentError
    from bot.documents.isolation import read_in_process
    from bot.domain.reading_choices import ReadingChoices, columns_in
    from bot.texts.catalogue import plain
    from bot.texts.document_errors import explain

    try:
        choices = ReadingChoices(tuple(sheet or ()), columns_in(columns))
    except ValueError:
        raise typer.BadParameter(plain("cli-bad-columns", columns=columns), param_hint="--columns") from None
    try:
        with file.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES + 1)
        reading = read_in_process(data, file.name, today=SystemClock().now().date(), choices=choices)
        draft = asyncio.run(reading)
    except OSError:
        typer.echo(plain("cli-no-file", file=str(file)), err=True)
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
    from bot.people_import import PeopleImportError, run_import
    from bot.starting import StartError, read_settings

    try:
        lines = run_import(file, settings=read_settings(), qr_folder=qr, now=SystemClock().now())
    except StartError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except PeopleImportError as error:
        for line in error.lines:
            typer.echo(line, err=True)
        raise typer.Exit(1) from None
    for line in lines:
        print(line)


@app.command()
def backup(
    to: Annotated[Path | None, typer.Option(help="Файл копии; без него – папка backups рядом с базой")] = None,
) -> None:
    """Скопировать базу данных; бота останавливать не нужно."""
    from bot.backing_up import BackupError, run_backup
    from bot.clock import SystemClock
    from bot.starting import StartError, read_settings

    try:
        print(run_backup(read_settings().database_url, target=to, now=SystemClock().now()))
    except (StartError, BackupError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="Копия базы данных")]) -> None:
    """Вернуть базу данных из копии; прежняя сохраняется рядом. Бот должен быть остановлен."""
    from bot.backing_up import BackupError, run_restore
    from bot.clock import SystemClock
    from bot.starting import StartError, read_settings

    try:
        print(run_restore(read_settings().database_url, copy=file, now=SystemClock().now()))
    except (StartError, BackupError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


@app.command()
def check(as_json: Annotated[bool, typer.Option("--json", help="Строка JSON на каждую проверку")] = False) -> None:
    """Проверить настройки, базу, копии, диск, связь с Telegram и часы; код 1, если что-то сломано."""
    import json

    from bot.checking import is_in_order, run_check, wrong_settings
    from bot.clock import SystemClock
    from bot.starting import StartError, read_settings
    from bot.texts.catalogue import plain

    try:
        findings = run_check(read_settings(), clock=SystemClock())
    except StartError as error:
        findings = [wrong_settings(str(error))]
    for found in findings:
        line = plain("check-line", verdict=found.verdict.value, words=found.words)
        print(json.dumps(found.to_json(), ensure_ascii=False) if as_json else line)
    raise typer.Exit(0 if is_in_order(findings) else 1)


@app.command()
def run(
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Забрать бота у программы, которой Telegram шлёт его сообщения")
    ] = False,
) -> None:
    """Запустить бота. Настройки берутся из окружения и файла .env."""
    from bot.starting import StartError, run_bot

    try:
        run_bot(takes_over=take_over)
    except StartError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Порт страницы")] = 8090,
    story: Annotated[bool, typer.Option("--story", help="Рассказать всё в терминале и закончить")] = False,
) -> None:
    """Показать бота в собственном Telegram на этой машине: без токена и без сети."""
    from bot.telegram.deferred_models import import_aiogram

    import_aiogram()
    from bot.demo.showing import PortTakenError, show_demo, tell_story
    from bot.texts.catalogue import plain

    try:
        if story:
            tell_story()
        else:
            show_demo(port)
    except PortTakenError:
        typer.echo(plain("cli-port-taken", port=str(port), another=str(port + 1)), err=True)
        raise typer.Exit(1) from None


def main() -> None:
    app()
