"""Reads every line that the program logs during the tests: none may hold somebody's name or a token.

A line is read as it would be written, the trace of an exception included; of the processes that a test starts, what
they write to their standard error. The test that caused it fails.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable
from typing import Any

import structlog
from structlog.typing import EventDict

_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{30,}")
_FULL_NAME = re.compile(r"[А-ЯЁ][а-яё-]{2,} [А-ЯЁ][а-яё]+( [А-ЯЁ][а-яё]+)?")


class LogWitness:
    """``people``: everybody whom a factory has made, known to it by his full name and by his surname."""

    def __init__(self) -> None:
        self.lines: list[EventDict] = []
        self.betrayals: list[str] = []
        self._people: set[str] = set()

    def meet(self, full_name: str) -> None:
        if _FULL_NAME.fullmatch(full_name):
            self._people.add(full_name)

    def forget(self) -> None:
        """Before each test."""
        self.lines.clear()
        self.betrayals.clear()
        self._people.clear()

    def read(self, line: str) -> None:
        if _TOKEN.search(line) or any(name in line for name in self._people):
            self.betrayals.append(line)

    def hear(self, sections: Iterable[tuple[str, str]]) -> None:
        """What was written past this process's logs while a test ran: a child's standard error is its parent's.

        ``sections``: of pytest's report, by their titles.
        """
        for title, written in sections:
            if "stderr" in title:
                for line in written.splitlines():
                    self.read(line)

    def __call__(self, _logger: Any, _method: str, event: EventDict) -> EventDict:
        """As a processor of structlog's."""
        self.lines.append(dict(event))
        self.read(f"{event} {_trace(event.get('exc_info'))}")
        return event


class _Handler(logging.Handler):
    """For what libraries write."""

    def emit(self, record: logging.LogRecord) -> None:
        trace = "" if record.exc_info is None else _trace(record.exc_info[1])
        WITNESS.read(f"{record.getMessage()} {trace}")


WITNESS = LogWitness()


def listen() -> None:
    """From now on, in this process."""
    structlog.configure(
        processors=[structlog.processors.add_log_level, WITNESS, structlog.dev.ConsoleRenderer(colors=False)]
    )
    logging.getLogger().addHandler(_Handler())


def _trace(info: Any) -> str:
    """As a log would show it, with the causes."""
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if not isinstance(error, BaseException):
        return ""
    return "".join(traceback.format_exception(error))
