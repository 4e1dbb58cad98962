"""Alembic's entry point. The connection comes from ``storage.migrating``; there is no alembic.ini."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

import storage.broadcast_tables
import storage.event_tables
import storage.form_tables
import storage.program_tables
import storage.tag_tables
import storage.task_tables  # noqa: F401 - with these all tables are known
from storage.tables import metadata
from storage.types import Instant


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        render_as_batch=True,  # SQLite alters a table by copying it
        render_item=_own_types,
    )
    with context.begin_transaction():
        context.run_migrations()


def _own_types(kind: str, item: Any, _context: object) -> str | Literal[False]:
    return "Instant()" if kind == "type" and isinstance(item, Instant) else False


run()
