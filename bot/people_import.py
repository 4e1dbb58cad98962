"""`python -m bot people FILE.xlsx`: a table goes in, personal links come out."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.request
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.config import Settings
from bot.documents import limits
from bot.documents.people_table import PeopleTableError, read_people
from bot.domain.people_rows import BadRowsError, PersonRow
from bot.reports.qr import qr_png
from bot.services.import_people import ImportedPerson, ImportReport, import_people
from bot.texts.catalogue import plain
from storage.database import Database
from storage.errors import DatabaseTooNewError, DatabaseUnusableError
from storage.migrating import migrate

_TIMEOUT_SECONDS = 10
_FAULTS_SHOWN = 100


class PeopleImportError(Exception):
    """The table was not applied; the lines say why, in words."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


def run_import(file: Path, *, settings: Settings, qr_folder: Path | None, now: datetime) -> list[str]:
    """Applies the table and returns what to print. Raises PeopleImportError, after which nothing is applied."""
    rows = _read(file)
    report = asyncio.run(_apply(rows, settings.database_url, now))
    username = _username(settings)
    lines = [plain("import-done", units=report.units_added, memberships=report.memberships_added)]
    lines += _links(report, username)
    if qr_folder is not None and username is not None:
        _write_pictures(report.people, username, qr_folder)
        lines.append(plain("import-qr", folder=str(qr_folder)))
    return lines


def _read(file: Path) -> list[PersonRow]:
    try:
        with file.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES + 1)
        return read_people(data)
    except OSError as error:
        raise PeopleImportError([plain("import-no-file", file=str(file))]) from error
    except PeopleTableError as error:
        missing = ", ".join(plain(f"import-column-{name}") for name in error.missing)
        key = f"import-fault-{error.fault.value.replace('_', '-')}"
        raise PeopleImportError([plain(key, missing=missing)]) from error


async def _apply(rows: Sequence[PersonRow], url: str, now: datetime) -> ImportReport:
    await _migrate(url, now)
    database = Database(url)
    try:
        return await import_people(database, rows=rows, now=now)
    except BadRowsError as error:
        lines = [plain("import-refused", count=len(error.faults))]
        for fault in error.faults[:_FAULTS_SHOWN]:
            reason = plain(f"import-problem-{fault.problem.value}", value=fault.value)
            lines.append(plain("import-line", line=str(fault.line), reason=reason))
        raise PeopleImportError(lines) from error
    finally:
        await database.close()


async def _migrate(url: str, now: datetime) -> None:
    try:
        await migrate(url, now=now)
    except DatabaseTooNewError as error:
        raise PeopleImportError([plain("start-database-too-new", revision=error.revision)]) from error
    except DatabaseUnusableError as error:
        words = plain("start-database-unusable", place=str(error.place), reason=error.reason)
        raise PeopleImportError([words]) from error


def _links(report: ImportReport, username: str | None) -> list[str]:
    waiting = [person for person in report.people if person.token is not None]
    if not waiting:
        return [plain("import-nobody")]
    table = Table(box=None, pad_edge=False)
    for key in ("person", "place", "role", "link"):
        table.add_column(plain(f"import-title-{key}"), no_wrap=True)
    for person in waiting:
        roles = ", ".join(plain("role-name", role=role.value) for role in person.roles)
        table.add_row(*map(escape, (person.full_name, person.unit.title, roles, _link(person, username))))
    # As wide as it is: a link broken over two lines cannot be copied.
    console = Console(width=10_000, no_color=True, highlight=False)
    with console.capture() as captured:
        console.print(table)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    return lines if username is not None else [*lines, plain("import-no-username")]


def _link(person: ImportedPerson, username: str | None) -> str:
    return f"start={person.token}" if username is None else f"https://t.me/{username}?start={person.token}"


def _username(settings: Settings) -> str | None:
    """The bot's name from the settings, else asked of the messenger; None where neither is possible."""
    if settings.bot_username:
        return settings.bot_username.removeprefix("@")
    token = settings.bot_token.get_secret_value()
    if not token:
        return None
    url = f"{settings.telegram_api_url.rstrip('/')}/bot{token}/getMe"
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310 - the owner's own setting
            return str(json.load(answer)["result"]["username"])
    except (OSError, ValueError, KeyError):  # the people are imported whether or not Telegram answers
        return None


def _write_pictures(people: Sequence[ImportedPerson], username: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, person in enumerate(people, start=1):
        if person.token is None:
            continue
        name = re.sub(r"[^\w-]+", "_", f"{person.unit.title}_{person.full_name}")[:80]
        (folder / f"{number:04}_{name}.png").write_bytes(qr_png(_link(person, username)))
