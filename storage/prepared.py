"""Statements asked for every tap or dozen of messages: put into words once, without SQLAlchemy's way around them.

To build, look up and wrap a statement costs SQLAlchemy fifty times what SQLite needs to answer it. PostgreSQL is asked
the usual way: there the network is what costs.

What is the same every time stands in the words themselves. Bound, a constant that SQLite has compared with the
condition of a partial index makes it plan the statement anew at each run: for a matter ten times what it takes to read
it.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import JSON, BindParameter, Dialect, Executable, Select, UpdateBase
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import replacement_traverse
from sqlalchemy.util.concurrency import greenlet_spawn

from storage.bounds import begin, in_words_of_sqlalchemy
from storage.dialect import sqlite_connection
from storage.sqlite_driver import Connection, Outcome


class Prepared:
    """``build`` makes the statement at its first use, with a ``bindparam`` for each value that differs.

    The values and the rows are those of the usual way. ``lists``: the expanding parameters, whose values may be of any
    length; what is found must not depend on how often something stands in them.
    """

    def __init__(self, build: Callable[[], Executable], *, lists: Sequence[str] = ()) -> None:
        self._build = build
        self._lists = lists
        self._statement: Executable | None = None
        self._compiled: _Compiled | None = None
        self._of_lengths: dict[tuple[int, ...], _Asked] = {}  # of the lists

    def put_into_words(self, connection: AsyncConnection, **values: Any) -> None:
        """What its first run would do: of a long statement better before a lock is taken. ``values``: as of any run."""
        if sqlite_connection(connection) is not None:
            self._asked(connection, values)

    async def all(self, connection: AsyncConnection, **values: Any) -> Sequence[Any]:
        """Every row that it finds, or returns of what it changed. Raises what SQLAlchemy would."""
        for name in self._lists:
            values[name] = _filled_up(values[name])
        raw = sqlite_connection(connection)
        if raw is None:
            result = await connection.execute(self._words_of_sqlalchemy(), values)
            return result.all() if result.returns_rows else ()
        asked, outcome = await self._outcome(connection, raw, values)
        return _shaped(outcome.rows, asked.found) if outcome.rows else []

    async def first(self, connection: AsyncConnection, **values: Any) -> Any:
        """Its only row, or the first; None where there is none."""
        rows = await self.all(connection, **values)
        return rows[0] if rows else None

    async def changed(self, connection: AsyncConnection, **values: Any) -> int:
        """How many rows it has added, changed or removed. It takes no lists. Raises as ``all``."""
        raw = sqlite_connection(connection)
        if raw is None:
            return (await connection.execute(self._words_of_sqlalchemy(), values)).rowcount
        return (await self._outcome(connection, raw, values))[1].rowcount

    async def _outcome(
        self, connection: AsyncConnection, raw: Connection, values: dict[str, Any]
    ) -> tuple[_Asked, Outcome]:
        if not raw.is_in_transaction:
            await begin(connection)
        asked = self._asked(connection, values)
        for name in self._lists:
            values |= zip(asked.expansions[name], values[name], strict=True)
        parameters = [
            values.get(name, default) if put is None else put(values.get(name, default))
            for name, default, put in asked.binds
        ]
        return asked, await _run(raw, asked.words, parameters, is_many=False)

    async def each(self, connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Once for each of ``rows``, its values, with no lists among them. Returns and raises as ``changed``."""
        if not rows:
            return 0
        raw = sqlite_connection(connection)
        if raw is None:
            return (await connection.execute(self._words_of_sqlalchemy(), rows)).rowcount
        if not raw.is_in_transaction:
            await begin(connection)
        asked = self._asked(connection, rows[0])
        columns = []
        for name, default, put in asked.binds:
            given = [row.get(name, default) for row in rows]
            columns.append(given if put is None else _each_once(put, given))
        return (await _run(raw, asked.words, list(zip(*columns, strict=True)), is_many=True)).rowcount

    def _words_of_sqlalchemy(self) -> Executable:
        if self._statement is None:
            self._statement = self._build()
        return self._statement

    def _asked(self, connection: AsyncConnection, values: Mapping[str, Any]) -> _Asked:
        lengths = tuple([len(values[name]) for name in self._lists]) if self._lists else ()
        asked = self._of_lengths.get(lengths)
        if asked is None:
            dialect = connection.dialect
            if self._compiled is None:
                self._compiled = _compiled(self._words_of_sqlalchemy(), dialect)
            asked = self._of_lengths[lengths] = _asked(self._compiled, dialect, values)
        return asked


class _Compiled(NamedTuple):
    """``gets``: which columns have to be read, how, and whether each value has to be one of its own."""

    words: SQLCompiler
    gets: Sequence[tuple[int, Callable[[Any], Any], bool]]
    shape: Any


class _Asked(NamedTuple):
    """Lists of certain lengths. ``binds``: the values in their order, each with what stands for it where it is not
    given and how it is put."""

    words: str
    binds: Sequence[tuple[str, Any, Callable[[Any], Any] | None]]
    expansions: Mapping[str, Sequence[str]]
    found: _Compiled


def _compiled(statement: Executable, dialect: Dialect) -> _Compiled:
    assert isinstance(statement, Select | UpdateBase), "what else is asked for every tap"
    in_words: Any = replacement_traverse(statement, {}, _in_words)
    words = in_words.compile(dialect=dialect)
    assert isinstance(words, SQLCompiler)
    columns = list(statement.exported_columns)
    gets = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return _Compiled(
        words,
        [(n, get, isinstance(columns[n].type, JSON)) for n, get in enumerate(gets) if get is not None],
        namedtuple("shape", [column.key for column in columns]),  # type: ignore[misc]
    )


def _asked(compiled: _Compiled, dialect: Dialect, values: Mapping[str, Any]) -> _Asked:
    words = compiled.words
    expanded = words.construct_expanded_state(values)  # its constants are written out
    is_of = {part: name for name, parts in expanded.parameter_expansion.items() for part in parts}

    def put(name: str) -> Callable[[Any], Any] | None:
        return words.binds[is_of.get(name, name)].type.dialect_impl(dialect).bind_processor(dialect)

    return _Asked(
        expanded.statement,
        [(name, expanded.parameters[name], put(name)) for name in expanded.positiontup or ()],
        expanded.parameter_expansion,
        compiled,
    )


async def _run(raw: Connection, words: str, parameters: Sequence[Any], *, is_many: bool) -> Outcome:
    try:
        outcome = raw.run_at_hand(words, parameters, is_many=is_many)
        if outcome is None:
            outcome = await greenlet_spawn(raw.run_on_thread, words, parameters, is_many=is_many)
    except sqlite3.Error as error:
        raise in_words_of_sqlalchemy(error, words) from error
    return outcome


def _shaped(rows: Sequence[Any], compiled: _Compiled) -> list[Any]:
    if len(rows) == 1:  # as most are that are asked for a tap: to go by columns costs several times as much
        cells = list(rows[0])
        for n, get, _ in compiled.gets:
            cells[n] = get(cells[n])
        return [compiled.shape._make(cells)]
    columns: list[Any] = list(zip(*rows, strict=True))
    for n, get, is_each_its_own in compiled.gets:
        columns[n] = [get(value) for value in columns[n]] if is_each_its_own else _each_once(get, columns[n])
    return [compiled.shape._make(cells) for cells in zip(*columns, strict=True)]


def _each_once(change: Callable[[Any], Any], given: Sequence[Any]) -> list[Any]:
    """Rows that come together have the same instants over and over, and to read one takes longer than to find it."""
    if isinstance(given[0], dict):  # JSON to be stored
        return [change(value) for value in given]
    changed = {value: change(value) for value in set(given)}
    return [changed[value] for value in given]


def _filled_up(given: Collection[Any]) -> Sequence[Any]:
    """The same, the last of them repeated up to a power of two: so there are a dozen statements and not hundreds."""
    found = list(given)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else found


def _in_words(element: Any, **_options: Any) -> Any:
    """A constant, to be written out; None for whatever else: it stays as it is."""
    is_constant = isinstance(element, BindParameter) and element.unique and isinstance(element.value, str | int | list)
    return element.render_literal_execute() if is_constant else None
