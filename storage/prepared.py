"""Statements that are asked for every tap: put into words once, and asked without SQLAlchemy's way around them.

To build, look up and wrap a statement costs SQLAlchemy fifty times what SQLite needs to answer it. PostgreSQL is asked
the usual way: there the network is what costs.

What is the same every time stands in the words themselves. Bound, a constant that SQLite has compared with the
condition of a partial index makes it plan the statement anew at each run: for a matter ten times what it takes to read
it.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Dialect, Executable, Select, UpdateBase
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import replacement_traverse
from sqlalchemy.util.concurrency import greenlet_spawn

from storage.bounds import begin, in_words_of_sqlalchemy
from storage.dialect import sqlite_connection


class Prepared:
    """``build`` makes the statement at its first use, with a ``bindparam`` for each value that differs.

    The values and the rows are those of the usual way; a list of any length can be no value.
    """

    def __init__(self, build: Callable[[], Executable]) -> None:
        self._build = build
        self._statement: Executable | None = None
        self._compiled: _Compiled | None = None

    async def all(self, connection: AsyncConnection, **values: Any) -> Sequence[Any]:
        """Every row that it finds, or returns of what it changed. Raises what SQLAlchemy would."""
        if self._statement is None:
            self._statement = self._build()
        raw = sqlite_connection(connection)
        if raw is None:
            result = await connection.execute(self._statement, values)
            return result.all() if result.returns_rows else ()
        if not raw.is_in_transaction:
            await begin(connection)
        if self._compiled is None:
            self._compiled = _compiled(self._statement, connection.dialect, values)
        compiled = self._compiled
        parameters = [
            put(values.get(name, default)) if put else values.get(name, default)
            for name, default, put in compiled.binds
        ]
        try:
            outcome = raw.run_at_hand(compiled.words, parameters)
            if outcome is None:
                outcome = await greenlet_spawn(raw.run_on_thread, compiled.words, parameters)
        except sqlite3.Error as error:
            raise in_words_of_sqlalchemy(error, compiled.words) from error
        return [compiled.row(values) for values in outcome.rows]

    async def first(self, connection: AsyncConnection, **values: Any) -> Any:
        """Its only row, or the first; None where there is none."""
        rows = await self.all(connection, **values)
        return rows[0] if rows else None


class _Compiled(NamedTuple):
    words: str
    binds: Sequence[tuple[str, Any, Callable[[Any], Any] | None]]
    row: Callable[[Sequence[Any]], Any]


def _compiled(statement: Executable, dialect: Dialect, values: Mapping[str, Any]) -> _Compiled:
    assert isinstance(statement, Select | UpdateBase), "what else is asked for every tap"
    compiled = replacement_traverse(statement, {}, _in_words).compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    expanded = compiled.construct_expanded_state(values)  # its constants are written out
    columns = list(statement.exported_columns)
    gets = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    shape: Any = namedtuple("shape", [column.key for column in columns])  # type: ignore[misc]

    def put(name: str) -> Callable[[Any], Any] | None:
        return compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)

    return _Compiled(
        expanded.statement,
        [(name, expanded.parameters[name], put(name)) for name in expanded.positiontup or ()],
        lambda row: shape(*[value if get is None else get(value) for get, value in zip(gets, row, strict=True)]),
    )


def _in_words(element: Any, **_options: Any) -> Any:
    """A constant, to be written out; None for whatever else: it stays as it is."""
    is_constant = isinstance(element, BindParameter) and element.unique and isinstance(element.value, str | int | list)
    return element.render_literal_execute() if is_constant else None
