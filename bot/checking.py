"""`python -m bot check`: is everything in order, for a human and for a monitor.

Each finding says what was looked at and what to do where it is wrong. Nothing is changed, nobody is written to.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.clock import Clock
from bot.config import Settings
from bot.telegram.abandoned import is_abandoned
from bot.texts.catalogue import plain
from storage.backups import last_backup
from storage.errors import BadDatabaseError
from storage.instance_lock import is_held
from storage.migrating import known_revisions, sqlite_file
from storage.room import LITTLE, free_bytes, nearest_standing
from storage.soundness import look_inside

_TIMEOUT = ClientTimeout(total=10)
_CLOCK_MAY_DIFFER = timedelta(seconds=30)
_BACKUP_MAY_BE = timedelta(days=2)
_GIGABYTE = 1024**3
_SOME_FILE = "ФАЙЛ"  # where there is no copy to name

_Ask = Callable[..., Awaitable[tuple[int, Mapping[str, Any], str]]]
"""Calls a method of the Bot API: the status, the body, and the date of the answer."""


class Verdict(StrEnum):
    GOOD = "good"
    DOUBTFUL = "doubtful"  # it works, and somebody should look
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """``subject`` is a stable name for monitors, ``words`` a sentence for people."""

    subject: str
    verdict: Verdict
    words: str

    def to_json(self) -> dict[str, str]:
        return asdict(self)


def run_check(settings: Settings, *, clock: Clock) -> list[Finding]:
    """Looks at the settings, the database, its copies, the disk, Telegram, the clock, the owners and the webhook."""
    findings = [*_settings(settings), *_database(settings.database_url, clock.now()), _disk(settings.database_url)]
    return [*findings, *asyncio.run(_telegram(settings, clock))]


def wrong_settings(words: str) -> Finding:
    """The only finding where the settings cannot be read: everything else hangs on them."""
    return Finding("settings", Verdict.BAD, words)


def is_in_order(findings: list[Finding]) -> bool:
    """Doubts are told, and are no failure: a monitor that cries at each is switched off."""
    return all(finding.verdict is not Verdict.BAD for finding in findings)


def _settings(settings: Settings) -> list[Finding]:
    found = []
    if not settings.owner_ids:
        found.append(_found("settings", Verdict.DOUBTFUL, "check-no-owner"))
    if not settings.operator_contact:
        found.append(_found("settings", Verdict.DOUBTFUL, "check-no-operator"))
    if (settings.webhook_url is None) != (settings.webhook_secret is None):
        found.append(_found("settings", Verdict.BAD, "check-half-webhook"))
    return found or [_found("settings", Verdict.GOOD, "check-settings-good")]


def _database(url: str, now: datetime) -> list[Finding]:
    file = sqlite_file(url)
    if file is None:
        return [_found("database", Verdict.DOUBTFUL, "check-no-sqlite")]
    if not file.exists():
        return [_missing(file)]
    try:
        inside = look_inside(file)
    except BadDatabaseError as error:
        copy = str(last_backup(file) or _SOME_FILE)
        return [_found("database", Verdict.BAD, "check-database-bad", file=str(file), fault=error.fault, copy=copy)]
    found = [_writable(file), *_schema(inside.revision)]
    if inside.parked:
        found.append(_found("inbox", Verdict.DOUBTFUL, "check-parked", n=inside.parked))
    return [*found, _backup(file, now)]


def _missing(file: Path) -> Finding:
    """A first start makes it; where copies of it lie about it is no first start."""
    if (copy := last_backup(file)) is not None:
        return _found("database", Verdict.BAD, "check-database-gone", file=str(file), copy=str(copy))
    if not os.access(nearest_standing(file.parent), os.W_OK):
        return _found("database", Verdict.BAD, "check-folder-closed", folder=str(file.parent))
    return _found("database", Verdict.DOUBTFUL, "check-no-database", file=str(file))


def _writable(file: Path) -> Finding:
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return _found("database", Verdict.BAD, "check-database-closed", file=str(file))
    return _found("database", Verdict.GOOD, "check-database-good", file=str(file), running=str(is_held(file)))


def _schema(revision: str) -> list[Finding]:
    newest, *older = known_revisions()
    if revision == newest:
        return []
    if revision in older:
        return [_found("schema", Verdict.DOUBTFUL, "check-schema", revision=revision)]
    return [_found("schema", Verdict.BAD, "check-schema-newer", revision=revision)]


def _backup(file: Path, now: datetime) -> Finding:
    copy = last_backup(file)
    if copy is None:
        return _found("backup", Verdict.DOUBTFUL, "check-no-backup")
    made_at = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
    verdict = Verdict.GOOD if now - made_at < _BACKUP_MAY_BE else Verdict.DOUBTFUL
    return _found("backup", verdict, "check-backup", file=copy.name, days=(now - made_at).days)


def _disk(url: str) -> Finding:
    file = sqlite_file(url)
    free = free_bytes(file or Path("nothing"))  # of a server's: at least the log and the copies of here
    verdict = Verdict.GOOD if free > LITTLE else Verdict.BAD
    return _found("disk", verdict, f"check-disk-{verdict.value}", free=f"{free / _GIGABYTE:.1f}")


async def _telegram(settings: Settings, clock: Clock) -> list[Finding]:
    token = settings.bot_token.get_secret_value()
    if not token:
        return [_found("token", Verdict.BAD, "check-no-token")]
    async with ClientSession(timeout=_TIMEOUT) as session:

        async def ask(method: str, **fields: Any) -> tuple[int, Mapping[str, Any], str]:
            address = f"{settings.telegram_api_url.rstrip('/')}/bot{token}/{method}"
            async with session.post(address, json=fields) as response:
                body = await response.json(content_type=None)
                return response.status, body if isinstance(body, dict) else {}, response.headers.get("Date", "")

        try:
            return await _asked(ask, settings, clock)
        except (
            TimeoutError,
            ClientError,
            OSError,
            ValueError,
        ) as error:  # their texts name the address, which has the token
            return [_found("telegram", Verdict.BAD, "check-no-telegram", reason=type(error).__name__)]


async def _asked(ask: _Ask, settings: Settings, clock: Clock) -> list[Finding]:
    status, body, date = await ask("getMe")
    if status in (401, 404):
        return [_found("token", Verdict.BAD, "check-token-refused")]
    if not body.get("ok"):
        return [_found("telegram", Verdict.BAD, "check-no-telegram", reason=str(status))]
    found = [_found("token", Verdict.GOOD, "check-token-good", username=str(body["result"].get("username", "")))]
    if date:
        found.append(_clock(parsedate_to_datetime(date), clock.now()))  # now, not before a large database was read
    for owner in sorted(settings.owner_ids):
        status, _, _ = await ask("getChat", chat_id=owner)
        if status == 400:
            found.append(_found("owners", Verdict.DOUBTFUL, "check-owner-absent", owner=str(owner)))
    _, body, _ = await ask("getWebhookInfo")
    return [*found, _updates(body.get("result") or {}, settings, clock.now())]


def _clock(theirs: datetime, now: datetime) -> Finding:
    apart = abs(theirs - now)
    verdict = Verdict.GOOD if apart <= _CLOCK_MAY_DIFFER else Verdict.BAD
    return _found("clock", verdict, f"check-clock-{verdict.value}", seconds=round(apart.total_seconds()))


def _updates(info: Mapping[str, Any], settings: Settings, now: datetime) -> Finding:
    """As the start will see it, which refuses to take the updates from a program that is alive."""
    url, waiting = str(info.get("url") or ""), int(info.get("pending_update_count") or 0)
    failed_at = datetime.fromtimestamp(int(info.get("last_error_date") or 0), UTC)
    is_gone = is_abandoned(waiting=waiting, failed_at=failed_at, now=now)
    if url and url != settings.webhook_url:
        verdict = Verdict.DOUBTFUL if is_gone else Verdict.BAD
        host = urlsplit(url).hostname or "?"
        return _found("updates", verdict, f"check-webhook-{'abandoned' if is_gone else 'foreign'}", host=host)
    if settings.webhook_url and not url:
        file = sqlite_file(settings.database_url)
        is_taken_away = file is not None and is_held(file)
        verdict = Verdict.BAD if is_taken_away else Verdict.DOUBTFUL
        return _found("updates", verdict, f"check-webhook-{'lost' if is_taken_away else 'unset'}")
    if url and is_gone:  # an older error says nothing: Telegram names the last one for ever, and somebody always waits
        reason = str(info.get("last_error_message") or "?")
        return _found("updates", Verdict.BAD, "check-webhook-error", reason=reason, n=waiting)
    return _found("updates", Verdict.GOOD, "check-updates", way="webhook" if url else "polling", n=waiting)


def _found(subject: str, verdict: Verdict, key: str, **facts: str | int) -> Finding:
    return Finding(subject, verdict, plain(key, **facts))
