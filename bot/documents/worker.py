"""The reading process: ``python -m bot.documents.worker MEMORY_MB SECONDS``, a request in, a draft or an error out."""

from __future__ import annotations

import contextlib
import pickle
import sys
from datetime import date

from bot.documents import limits
from bot.documents.errors import DocumentError
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft
from bot.domain.reading_choices import ReadingChoices

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


def _answer(data: bytes, file_name: str, today: date, choices: ReadingChoices) -> bytes:
    result: DocumentDraft | DocumentError
    try:
        result = read_document(data, file_name, today=today, choices=choices)
    except DocumentError as error:
        result = error
    return pickle.dumps(result)


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
