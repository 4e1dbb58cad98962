"""Logs: one line an event, internal ids only. The token is taken out of whatever a library writes."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

_TOKEN = re.compile(r"(?<!\d)\d{5,20}:[A-Za-z0-9_-]{30,}")


def set_up_logs(level: str, *, token: str = "", as_json: bool = False) -> None:
    """For the whole process, aiogram's and the scheduler's lines included. Lines go to the standard error."""

    def without_token(_logger: Any, _name: str, event: EventDict) -> EventDict:
        return {key: _mask(value, token) for key, value in event.items()}

    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,  # a plain traceback: no values of local variables
                without_token,
                structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _for_a_human(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("aiogram.event", "aiosqlite", "alembic"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))
    # It warns at every beat that a job takes longer than its interval, as all do while the database is locked.
    logging.getLogger("apscheduler").setLevel(max(logging.ERROR, root.level))


def _for_a_human() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)


def _mask(value: Any, token: str) -> Any:
    if not isinstance(value, str):
        return value
    if token:
        value = value.replace(token, "<token>")
    return _TOKEN.sub("<token>", value)
