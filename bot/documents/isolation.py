"""Reading in a process of its own: a file that hangs or swells takes that process down and nothing else.

The child gets the bytes over its standard input and an environment without a single secret of ours. It is started
anew for each document: half a second is nothing beside what a person takes to look at the result.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import bot
from bot.documents import limits
from bot.documents.errors import (
    DocumentError,
    OutOfMemoryError,
    ReaderFailedError,
    TimedOutError,
    TooLargeError,
)
from bot.documents.tasks import Task
from bot.domain.documents import DocumentDraft
from bot.domain.form_rows import FormTable
from bot.domain.platform_table import PlatformRow
from bot.domain.reading_choices import AS_FOUND, ReadingChoices
from bot.ports.documents import Unreadable

_ROOT = Path(bot.__file__).resolve().parent.parent
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "VIRTUAL_ENV")
_MARKED_WITHIN = 1024  # bytes in which a .pdf says what it is
_XCPU, _KILLED = -24, -9  # signals that end a child which passed its limits


async def read_in_process(
    data: bytes,
    file_name: str,
    *,
    today: date,
    choices: ReadingChoices = AS_FOUND,
    seconds: float | None = None,
    memory_mb: int = limits.READING_MEMORY_MB,
) -> DocumentDraft:
    """``read_document`` under limits of time and memory. ``seconds`` None: what the format is granted.

    Raises DocumentError only: also TimedOutError, OutOfMemoryError and ReaderFailedError for a child that fell.
    A cancelled call takes its child along.
    """
    seconds = _granted(data) if seconds is None else seconds
    request = (Task.DOCUMENT, data, file_name, {"today": today, "choices": choices})
    result = await _answered(request, len(data), seconds=seconds, memory_mb=memory_mb)
    assert isinstance(result, DocumentDraft)
    return result


async def read_attendance_in_process(
    data: bytes,
    file_name: str,
    *,
    seconds: float = limits.READING_SECONDS,
    memory_mb: int = limits.READING_MEMORY_MB,
) -> tuple[PlatformRow, ...]:
    """``read_attendance_table`` under the same limits; raises what ``read_in_process`` does."""
    result = await _answered((Task.ATTENDANCE, data, file_name, {}), len(data), seconds=seconds, memory_mb=memory_mb)
    assert isinstance(result, list)
    return tuple(result)


async def read_form_in_process(
    data: bytes,
    file_name: str,
    *,
    seconds: float | None = None,
    memory_mb: int = limits.READING_MEMORY_MB,
) -> FormTable:
    """``read_form_table`` under the same limits; raises what ``read_in_process`` does."""
    seconds = _granted(data) if seconds is None else seconds
    result = await _answered((Task.FORM, data, file_name, {}), len(data), seconds=seconds, memory_mb=memory_mb)
    assert isinstance(result, FormTable)
    return result


async def read_file(
    data: bytes, file_name: str, *, today: date, choices: ReadingChoices = AS_FOUND
) -> DocumentDraft | Unreadable:
    """The port ``bot.ports.documents.FileReader``: what the file is never raises."""
    try:
        return await read_in_process(data, file_name, today=today, choices=choices)
    except DocumentError as error:
        return Unreadable(error.code, error.facts)


async def read_attendance(data: bytes, file_name: str) -> tuple[PlatformRow, ...] | Unreadable:
    """The port ``bot.ports.documents.AttendanceReader``: what the file is never raises."""
    try:
        return await read_attendance_in_process(data, file_name)
    except DocumentError as error:
        return Unreadable(error.code, error.facts)


async def read_form(data: bytes, file_name: str) -> FormTable | Unreadable:
    """The port ``bot.ports.documents.FormReader``: what the file is never raises."""
    try:
        return await read_form_in_process(data, file_name)
    except DocumentError as error:
        return Unreadable(error.code, error.facts)


def child_environment(own: Mapping[str, str]) -> dict[str, str]:
    """What the child is told: enough to start Python, and neither the token nor the database."""
    return {name: own[name] for name in _KEPT_VARIABLES if name in own}


def _granted(data: bytes) -> float:
    return limits.PDF_READING_SECONDS if b"%PDF-" in data[:_MARKED_WITHIN] else limits.READING_SECONDS


async def _answered(request: tuple[Any, ...], size: int, *, seconds: float, memory_mb: int) -> object:
    """What the child makes of a request for a file of ``size`` bytes."""
    if size > limits.FILE_BYTES:
        raise TooLargeError(what="file", limit=limits.FILE_BYTES, size=size)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-X", "utf8", "-m", "bot.documents.worker", str(memory_mb), str(max(1, round(seconds))),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=_ROOT,
        env=child_environment(os.environ),
    )  # fmt: skip
    try:
        answer, complaint = await asyncio.wait_for(child.communicate(pickle.dumps(request)), seconds)
    except TimeoutError as error:
        raise TimedOutError(seconds=seconds) from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _understood(answer, complaint, child.returncode, seconds=seconds, memory_mb=memory_mb)


def _understood(answer: bytes, complaint: bytes, exit_code: int | None, *, seconds: float, memory_mb: int) -> object:
    said = complaint.decode("utf-8", "replace").strip()
    if exit_code == limits.EXIT_OUT_OF_MEMORY or (exit_code and said.endswith("MemoryError")):
        raise OutOfMemoryError(memory_mb=memory_mb)
    if exit_code in {_XCPU, _KILLED}:
        raise TimedOutError(seconds=seconds)
    if exit_code != 0:
        raise ReaderFailedError(exit_code=exit_code, detail=said.rpartition("\n")[2][:200])
    result: object = pickle.loads(answer)  # noqa: S301 - written by our own code, under the same account as ours
    if isinstance(result, DocumentError):
        raise result
    return result
