"""Everything that is said differently to SQLite and to PostgreSQL, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Insert, Integer, Select, Table, and_, cast, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.ports.trouble import StorageFault
from storage.sqlite_driver import DRIVER, Connection

_CLIENTS = 10  # connections to a server, besides those that SQLAlchemy opens beyond them
_SQLITE_FAULTS = {
    "is full": StorageFault.FULL,
    "is locked": StorageFault.LOCKED,
    "readonly database": StorageFault.READ_ONLY,
    "unable to open": StorageFault.UNREACHABLE,
    "disk i/o error": StorageFault.UNREACHABLE,
}


def create_writer(url: str, *, outlives_power: bool = False) -> AsyncEngine:
    """The engine of the one writer.

    On SQLite a single connection opened with BEGIN IMMEDIATE: with SQLAlchemy's default pool and deferred
    transactions 2,000 concurrent increments were measured to end at 2, without an error.
    """
    parsed = make_url(url)
    if not is_sqlite(parsed):
        return create_async_engine(parsed, pool_pre_ping=True, pool_size=_CLIENTS, hide_parameters=True)
    return create_async_engine(
        parsed.set(drivername=DRIVER),
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"outlives_power": outlives_power},
    )


def create_reader(url: str) -> AsyncEngine:
    """The engine of the readers: separate connections that see the last commit and can write nothing.

    Two questions of one reading are answered from the same instant, on PostgreSQL too.
    """
    parsed = make_url(url)
    if not is_sqlite(parsed):
        return create_async_engine(
            parsed, pool_pre_ping=True, pool_size=_CLIENTS, isolation_level="REPEATABLE READ", hide_parameters=True
        )
    return create_async_engine(
        parsed.set(drivername=DRIVER),
        pool_size=4,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"is_reader": True},
    )


def keeps_connections(engine: AsyncEngine) -> bool:
    """Whether a connection may be kept between transactions: one to a server has to be asked whether it still lives."""
    return is_sqlite(engine.url)


def sqlite_connection(connection: AsyncConnection) -> Connection | None:
    """The driver's own connection; None where it is no SQLite, or is lost."""
    plain = (
        connection.sync_connection
    )  # past the wrapper, whose every attribute is a detour: this is asked all the time
    assert plain is not None, "it was taken by connecting"
    if plain.invalidated:
        return None
    raw: Any = plain.connection.dbapi_connection
    return raw if isinstance(raw, Connection) else None


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def insert_new(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> Insert:
    """An INSERT of many rows that leaves out those whose unique key is there already."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return make(table).values(list(rows)).on_conflict_do_nothing()


def insert_each_new(dialect: str, table: Table) -> Insert:
    """The same for ``execute(statement, rows)``: prepared once and run for each row, so that many rows cost little.

    The rows must name the same columns.
    """
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing()


def insert_from(dialect: str, table: Table, columns: Sequence[str], query: Select[Any]) -> Insert:
    """An INSERT of what ``query`` finds that leaves out rows whose unique key is there already."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table).from_select(list(columns), query).on_conflict_do_nothing()


def upsert(connection: AsyncConnection, table: Table, row: Mapping[str, Any], *, key: Sequence[str]) -> Insert:
    """An INSERT that overwrites the row of the same ``key``."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(table).values(dict(row))
    changed = {name: statement.excluded[name] for name in row if name not in key}
    return statement.on_conflict_do_update(index_elements=list(key), set_=changed)


def claimable(statement: Select[Any], *, of: Table | None = None) -> Select[Any]:
    """Adds FOR UPDATE SKIP LOCKED: each of several senders takes others. SQLite has one writer, and SQLAlchemy leaves
    the words out for it.

    ``of``: the table whose rows are claimed, where others are joined.
    """
    return statement.with_for_update(skip_locked=True, of=of)


def held(statement: Select[Any]) -> Select[Any]:
    """Adds FOR UPDATE: the next who asks for the same rows waits until this transaction ends. As above for SQLite."""
    return statement.with_for_update()


def only_where(condition: ColumnElement[bool]) -> Mapping[str, Any]:
    """The keywords of an index of some of the rows."""
    return {"sqlite_where": condition, "postgresql_where": condition}


def begins_with(dialect: str, column: ColumnElement[str], beginning: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a text begins with another that ends with «:» and may be worked out for each row, by the column's index
    where ``finds_beginnings`` says so.

    SQLite orders by code points, so that all such texts are a range up to «;», the sign after «:».
    """
    if dialect == "postgresql":
        return column.startswith(beginning)
    return and_(column >= beginning, column < func.substr(beginning, 1, func.length(beginning) - 1) + ";")


def finds_beginnings(dialect: str) -> bool:
    """Whether ``begins_with`` goes by an index: LIKE does not, where PostgreSQL orders texts as people do."""
    return dialect != "postgresql"


def below(connection: AsyncConnection, path: ColumnElement[str], top: str) -> ColumnElement[bool]:
    """Whether a path of the tree of units lies in the subtree of ``top``, by the index of the paths.

    In SQLite LIKE goes by no index. A path ends with «/», so that all those below are a range up to «0», the next sign.
    """
    if connection.dialect.name == "postgresql":
        return path.startswith(top, autoescape=True)
    return and_(path >= top, path < top[:-1] + "0")


def items_of(connection: AsyncConnection, column: ColumnElement[Any], key: str) -> ColumnElement[int]:
    """The whole numbers of the list under ``key`` of a JSON column, as a column to select from: a row each."""
    if connection.dialect.name == "postgresql":
        return cast(func.json_array_elements_text(column[key]).column_valued(), Integer)
    return func.json_each(column, f"$.{key}").table_valued("value", joins_implicitly=True).c.value


def fault_of(error: Exception) -> StorageFault | None:
    """What the database suffers from; None where the error is a mistake of ours."""
    if not isinstance(error, DBAPIError):  # the pool's queue is too long, or the server's port is closed
        return StorageFault.UNREACHABLE
    words = str(error.orig).lower()
    if isinstance(error, OperationalError):
        for part, fault in _SQLITE_FAULTS.items():
            if part in words:
                return fault
    return StorageFault.UNREACHABLE if error.connection_invalidated else None
