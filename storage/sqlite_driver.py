"""SQLite without a thread in between: short statements run where they are asked for, long ones on a thread.

A statement takes SQLite 3–15 µs, and the way to a thread and back through aiosqlite 80–220 µs; a tap asks fifty times.
What decides is what a statement has cost of late, in CPU time of its own thread, so that a busy machine changes
nothing. The event loop is never held for long: a SELECT that turns out to be long is broken off and asked again on the
thread, and what changes rows has its first turn there.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from math import inf
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_module
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, AdaptedConnection
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util.concurrency import await_, in_greenlet

DRIVER = "sqlite+vestovoy"

_T = TypeVar("_T")

_SHORT = 0.002  # seconds of CPU that a statement may hold the event loop
_FADING = 0.9  # of what a statement cost is remembered at its next run
_REMEMBERED = 4000  # statements; there are some hundreds, and those with lists of any length
_LOOK_EVERY = 2000  # steps of SQLite's machine between two looks at the time: some 40 µs
_PREPARED = 500  # statements that a connection keeps ready: to prepare a matter's takes longer than to run it
_BUSY_MS = 10_000
_BEGIN_READING, _BEGIN_WRITING = "BEGIN", "BEGIN IMMEDIATE"
_NAMES = (
    "Binary", "DatabaseError", "Error", "IntegrityError", "NotSupportedError", "OperationalError", "PARSE_COLNAMES",
    "PARSE_DECLTYPES", "ProgrammingError", "sqlite_version", "sqlite_version_info",
)  # fmt: skip


class Costs:
    """What each statement has cost of late, and so where it runs next."""

    def __init__(self) -> None:
        self._each: dict[str, float] = {}

    def is_short(self, operation: str, times: int) -> bool:
        """Whether ``operation``, run ``times`` times, may hold the event loop. A new one that only reads may: it can
        be broken off."""
        cost = self._each.get(operation)
        return is_reading(operation) if cost is None else cost * times < _SHORT

    def note(self, operation: str, times: int, seconds: float) -> None:
        if len(self._each) >= _REMEMBERED:
            self._each.clear()
        self._each[operation] = max(seconds / max(times, 1), _FADING * self._each.get(operation, 0.0))


def is_reading(operation: str) -> bool:
    return operation.startswith("SELECT")


class Outcome(NamedTuple):
    description: Any
    rowcount: int
    lastrowid: int | None
    rows: Sequence[Any]


class _Now:
    """Awaited without waiting: SQLAlchemy insists that an asynchronous driver awaits something."""

    def __await__(self) -> Generator[Any, None, None]:
        return
        yield


_NOW = _Now()


class Connection(AdaptedConnection):
    """One SQLite connection as SQLAlchemy's asynchronous engines want it. ``is_reader``: it can write nothing."""

    _connection: sqlite3.Connection  # type: ignore[assignment]  # its base knows asynchronous drivers only

    def __init__(
        self,
        connection: sqlite3.Connection,
        worker: ThreadPoolExecutor,
        costs: Costs,
        begin: str,
        *,
        file: str = "",
        outlives_power: bool = False,
    ) -> None:
        self.file = file
        self.outlives_power = outlives_power  # each commit waits for the disk: that is nothing for the event loop
        self._connection = connection
        self._worker = worker
        self._costs = costs
        self._begin = begin
        self._under_way: Future[Any] | None = None  # what a cancelled task has left behind on the thread
        self._is_heavy = False  # this transaction had something for the thread already
        self._until = inf
        self._is_watched = False
        self._is_patient = True

    def cursor(self, server_side: bool = False) -> Cursor:
        assert not server_side, "results are small, or read in pages"
        return Cursor(self)

    def begin(self) -> None:
        """Takes the write lock at once. Where another program holds it, that is waited for on the thread."""
        if not self.begin_at_hand():
            self._on_thread(self._begin_patiently)

    def begin_at_hand(self) -> bool:
        """False where it has to be waited for. What was begun here already is the transaction that SQLAlchemy means."""
        if not self._is_free:
            return False
        if self._connection.in_transaction:
            return True
        self._is_heavy = False
        if self._begin == _BEGIN_WRITING:
            self._wait_for_others(is_on=False)
        try:
            self._connection.execute(self._begin)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        return self._connection.in_transaction

    def commit(self) -> None:
        try:
            self._end(self._connection.commit)
        except sqlite3.Error:
            if self._connection.in_transaction:  # the next one must not go on with what could not be stored
                self._connection.rollback()
            raise

    def rollback(self) -> None:
        self._end(self._connection.rollback)

    def step_at_hand(self, words: str) -> bool:
        """A savepoint set, kept or gone back to. False where a statement that was left behind has to end before."""
        if self._is_free:
            self._connection.execute(words)
        return self._is_free

    def step_on_thread(self, words: str) -> None:
        self._on_thread(partial(self._connection.execute, words))

    def run(self, operation: str, parameters: Any, *, is_many: bool) -> Outcome:
        outcome = self.run_at_hand(operation, parameters, is_many=is_many)
        if outcome is None:
            return self.run_on_thread(operation, parameters, is_many=is_many)
        await_(_NOW)
        return outcome

    def run_at_hand(self, operation: str, parameters: Any, *, is_many: bool = False) -> Outcome | None:
        """None where it is, or turns out to be, something for the thread."""
        times = len(parameters) if is_many else 1
        if not (self._is_free and self._costs.is_short(operation, times)):
            return None
        self._watch(is_on=is_reading(operation))
        began = time.thread_time()
        self._until = began + _SHORT
        try:
            outcome = _run(self._connection, operation, parameters, is_many=is_many)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            return None  # a long SELECT after all
        finally:
            self._until = inf
        self._costs.note(operation, times, time.thread_time() - began)
        return outcome

    def run_on_thread(self, operation: str, parameters: Any, *, is_many: bool = False) -> Outcome:
        self._is_heavy = True
        self._watch(is_on=False)  # each look would take the interpreter's lock from the event loop
        seconds, outcome = self._on_thread(partial(_timed, self._connection, operation, parameters, is_many=is_many))
        self._costs.note(operation, len(parameters) if is_many else 1, seconds)
        return outcome

    def create_function(self, *args: Any, **options: Any) -> None:
        self._connection.create_function(*args, **options)

    def close(self) -> None:
        if in_greenlet():  # the last one to close writes the log back into the file
            self._on_thread(self._connection.close)
        else:
            self._connection.close()
        self._worker.shutdown(wait=False)

    def terminate(self) -> None:
        """Gives the connection up, whatever it was doing: a cancelled task leaves its statement behind."""
        self._connection.interrupt()
        self._worker.submit(self._connection.close)
        self._worker.shutdown(wait=False)

    @property
    def changes(self) -> int:
        """How many rows were changed since it was opened."""
        return self._connection.total_changes

    @property
    def is_in_transaction(self) -> bool:
        return self._connection.in_transaction

    @property
    def is_at_hand(self) -> bool:
        """Whether the transaction ends here and now, not on the thread."""
        return self._is_free and not self._is_heavy and not self.outlives_power

    @property
    def _is_free(self) -> bool:
        return self._under_way is None or self._under_way.done()

    def _begin_patiently(self) -> None:
        """All of it on the thread: a statement that a cancelled task has left there has to end before anything else."""
        self._wait_for_others(is_on=True)
        self._connection.execute(self._begin)

    def _wait_for_others(self, *, is_on: bool) -> None:
        """Whether a lock of another program is waited for. Who writes takes his at the beginning, and so has no more to
        wait for afterwards; to say it anew for each transaction cost as much as its BEGIN."""
        if is_on is not self._is_patient:
            self._connection.execute(f"PRAGMA busy_timeout={_BUSY_MS if is_on else 0}")
            self._is_patient = is_on

    def _watch(self, *, is_on: bool) -> None:
        if is_on is not self._is_watched:
            self._connection.set_progress_handler(self._is_late if is_on else None, _LOOK_EVERY)
            self._is_watched = is_on

    def _is_late(self) -> bool:
        return time.thread_time() > self._until

    def _end(self, deed: Callable[[], None]) -> None:
        if self.is_at_hand:
            deed()
        else:
            self._on_thread(deed)

    def _on_thread(self, deed: Callable[[], _T]) -> _T:
        self._under_way = self._worker.submit(deed)
        done: _T = await_(asyncio.wrap_future(self._under_way))
        self._under_way = None
        return done


class Cursor:
    """The whole result, read already: a statement left half-read would keep its transaction open."""

    server_side = False
    arraysize = 1
    rowcount = -1
    description: Any = None
    lastrowid: int | None = None

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: deque[Any] = deque()

    def execute(self, operation: str, parameters: Any = ()) -> None:
        self._take(self._connection.run(operation, parameters, is_many=False))

    def executemany(self, operation: str, parameters: Sequence[Any]) -> None:
        self._take(self._connection.run(operation, parameters, is_many=True))

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> Sequence[Any]:
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def setinputsizes(self, *_sizes: Any) -> None:
        """SQLite needs none."""

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing is open."""

    def _take(self, outcome: Outcome) -> None:
        self.description, self.rowcount, self.lastrowid, rows = outcome
        self._rows = deque(rows)


class Driver(AsyncAdapt_dbapi_module):
    """What SQLAlchemy takes for the module of a database driver."""

    paramstyle = "qmark"

    def __init__(self) -> None:
        super().__init__(sqlite3)
        for name in _NAMES:
            setattr(self, name, getattr(sqlite3, name))
        self._costs = Costs()

    def connect(
        self, database: str, *, is_reader: bool = False, outlives_power: bool = False, **_options: Any
    ) -> Connection:
        worker = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        opening = worker.submit(_open, database, is_reader=is_reader, outlives_power=outlives_power)
        opened: sqlite3.Connection = await_(asyncio.wrap_future(opening))
        begin = _BEGIN_READING if is_reader else _BEGIN_WRITING
        return Connection(opened, worker, self._costs, begin, file=database, outlives_power=outlives_power)


class Dialect(SQLiteDialect_pysqlite):
    driver = "vestovoy"
    supports_statement_cache = True
    is_async = True
    has_terminate = True

    @classmethod
    def import_dbapi(cls) -> Any:
        return Driver()

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def get_driver_connection(self, connection: Any) -> Any:
        return connection.driver_connection

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.begin()

    def do_terminate(self, dbapi_connection: Any) -> None:
        dbapi_connection.terminate()


registry.register(DRIVER.replace("+", "."), __name__, "Dialect")


def _open(database: str, *, is_reader: bool, outlives_power: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        database,
        isolation_level=None,  # the driver must not open transactions of its own
        check_same_thread=False,  # a connection has one user at a time, here or on its thread
        cached_statements=_PREPARED,
    )
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    # NORMAL keeps every commit when the process dies; when the power fails, the last ones may be taken back.
    connection.execute(f"PRAGMA synchronous={'FULL' if outlives_power else 'NORMAL'}")
    connection.execute("PRAGMA foreign_keys=ON")
    # ``WriteAheadLog`` writes the log back; at 80 MB a commit does, where nobody else comes to it.
    connection.execute("PRAGMA wal_autocheckpoint=20000")
    if is_reader:  # its temporary tables are sums over a million rows: they go to a file once they are large
        connection.execute("PRAGMA query_only=ON")
    else:
        connection.execute("PRAGMA temp_store=MEMORY")  # the shares of the planning, some thousand rows
    return connection


def _run(connection: sqlite3.Connection, operation: str, parameters: Any, *, is_many: bool) -> Outcome:
    cursor = connection.cursor()
    try:
        if is_many:
            cursor.executemany(operation, parameters)
        else:
            cursor.execute(operation, parameters)
        rows = cursor.fetchall() if cursor.description else ()
        return Outcome(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


def _timed(connection: sqlite3.Connection, operation: str, parameters: Any, *, is_many: bool) -> tuple[float, Outcome]:
    """With the seconds of CPU that it took this thread."""
    began = time.thread_time()
    outcome = _run(connection, operation, parameters, is_many=is_many)
    return time.thread_time() - began, outcome
