"""One file, one child: forked after everything is imported, so that ten thousand of them take minutes."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import traceback
from dataclasses import dataclass
from datetime import date

from bot.documents import limits, worker
from bot.documents.errors import DocumentError
from bot.documents.reading import read_document

_TODAY = date(2024, 9, 1)
_PATIENCE = 6  # times the limit of the processor: a child that others keep waiting has not hung
_KB_A_MB = 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """``kind``: read, refused, or what went wrong; ``detail``: the code of a refusal, or the trace of a failure."""

    kind: str
    detail: str
    memory_mb: int

    @property
    def is_failure(self) -> bool:
        return self.kind not in {"read", "refused"}


def load_readers() -> None:
    """What a child would otherwise import again and again."""
    for name in ("pdfplumber", "openpyxl", "lxml.etree", "bot.documents.pdf"):
        importlib.import_module(name)


def read_in_child(data: bytes, file_name: str) -> Outcome:
    """``read_document`` under the limits of ``bot.documents.isolation``."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        _read_and_leave(data, file_name, sending)
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child, 0)
    memory_mb = usage.ru_maxrss // _KB_A_MB
    if os.WIFSIGNALED(status):
        return Outcome(f"ended by {signal.Signals(os.WTERMSIG(status)).name}", said, memory_mb)
    if os.WEXITSTATUS(status) == limits.EXIT_OUT_OF_MEMORY:
        return Outcome("out of memory", said, memory_mb)
    kind, _, detail = said.partition("\n")
    return Outcome(kind or f"left with {os.WEXITSTATUS(status)}", detail, memory_mb)


def _read_and_leave(data: bytes, file_name: str, sending: int) -> None:
    """Never returns: what a child of a threaded process may not touch stays untouched."""
    said, code = "", 0
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(limits.READING_SECONDS * _PATIENCE)
        worker.limit_itself(limits.READING_MEMORY_MB, limits.READING_SECONDS)
        said = _read(data, file_name)
    except MemoryError:
        code = limits.EXIT_OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001 - whatever it is, it is the finding
        said = f"unforeseen\n{traceback.format_exc()}"
    finally:
        os.write(sending, said.encode("utf-8", "replace")[:60_000])
        sys.stderr.flush()
        os._exit(code)


def _read(data: bytes, file_name: str) -> str:
    try:
        draft = read_document(data, file_name, today=_TODAY)
    except DocumentError as error:
        return f"refused\n{error.code}"
    return f"read\n{len(draft.rows)}"
