"""The reading process: ``python -m bot.documents.worker MEMORY_MB SECONDS``, a request in, a result or an error out.

A request is a task, the bytes, the name of the file and what else the reader of that task is told.
"""

from __future__ import annotations

import contextlib
import pickle
import sys
from typing import Any

from bot.documents import limits
from bot.documents.errors import DocumentError
from bot.documents.tasks import Task

_MEGABYTE = 1024 * 1024


def main(memory_mb: int, seconds: int) -> int:
    limit_itself(memory_mb, seconds)
    try:
        request = pickle.load(sys.stdin.buffer)  # noqa: S301 - the bot itself is on the other side
        answer = _answer(*request)
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except MemoryError:
        return limits.EXIT_OUT_OF_MEMORY
    return 0


def _answer(task: Task, data: bytes, file_name: str, told: dict[str, Any]) -> bytes:
    result: object
    try:
        result = _read(task, data, file_name, told)
    except DocumentError as error:
        result = error
    return pickle.dumps(result)


def _read(task: Task, data: bytes, file_name: str, told: dict[str, Any]) -> object:
    # Imported here: a list of names needs no reader of .pdf, and the parent that names the task needs neither.
    if task is Task.ATTENDANCE:
        from bot.documents.attendance_table import read_attendance_table

        return read_attendance_table(data, file_name)
    if task is Task.FORM:
        from bot.documents.form_table import read_form_table

        return read_form_table(data, file_name)
    from bot.documents.reading import read_document

    return read_document(data, file_name, **told)


def limit_itself(memory_mb: int, seconds: int) -> None:
    """Where the system knows such limits; elsewhere the parent's clock is the only one."""
    try:
        import resource
    except ImportError:
        return
    # A limit below what the system grants already is refused on some of them: then the clock has to do.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * _MEGABYTE, memory_mb * _MEGABYTE))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
