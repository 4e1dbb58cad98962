"""The one place where transactions are opened."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ports.trouble import StorageDownError, StorageFault
from storage.bounds import begin, commit, roll_back, to_its_end
from storage.dialect import create_reader, create_writer, fault_of, keeps_connections, sqlite_connection
from storage.transaction import Transaction
from storage.write_ahead import WriteAheadLog

_CALM = 30.0  # seconds
_PATIENCE = 60.0  # seconds: a queue of a minute for a connection means that something else is broken


class Database:
    """Implements ``bot.ports.storage.Storage``: one writer, several readers.

    ``write()`` commits when its block ends and rolls back on anything that leaves it, a cancelled task included;
    whatever the caller does not do inside the block did not happen. Never hold one open across a network call.
    Both raise StorageDownError for what passes: a full disk, a lock, missing rights, a server out of reach.
    """

    def __init__(self, url: str, *, outlives_power: bool = False) -> None:
        self._writer = create_writer(url, outlives_power=outlives_power)
        self._reader = create_reader(url)
        self._writing = _Connections(self._writer)
        self._reading = _Connections(self._reader)
        self._log = WriteAheadLog()
        self._faults: set[StorageFault] = set()  # what is wrong, and told
        self._failed_at = 0.0
        self._on_change: Callable[[StorageFault | None], None] = lambda _: None

    def watch(self, on_change: Callable[[StorageFault | None], None]) -> None:
        """``on_change`` hears once of each thing that is wrong, however many meet it, and None once it is over.

        That is the first write after half a minute without a failure: on a full disk what needs no new page succeeds
        all the while, so one success proves nothing.
        """
        self._on_change = on_change

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        with self._telling_what_passes():
            async with self._writing.one() as connection:
                await begin(connection)
                try:
                    yield Transaction(connection)
                except BaseException:  # CancelledError is no Exception, and it must roll back too
                    await roll_back(connection)
                    raise
                await commit(connection)
                if (raw := sqlite_connection(connection)) is not None:
                    self._log.note(raw)
        if self._faults and asyncio.get_running_loop().time() - self._failed_at >= _CALM:
            self._faults.clear()
            self._on_change(None)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A view of the last commit. It must be short: an open reader lets the write-ahead log grow without end."""
        with self._telling_what_passes(is_reader=True):
            async with self._reading.one() as connection:
                try:
                    yield Transaction(connection)
                finally:
                    await roll_back(connection)

    async def caught_up(self) -> None:
        await self._log.caught_up()

    async def close(self) -> None:
        """Closes every connection, also where one of them, or the log before them, fails: that is raised at the end."""
        log, self._log = self._log, WriteAheadLog()
        async with AsyncExitStack() as closing:
            for close in (self._writer.dispose, self._reader.dispose, self._writing.close, self._reading.close):
                closing.push_async_callback(close)  # the last of them is called first
            await log.at_rest()

    @contextmanager
    def _telling_what_passes(self, *, is_reader: bool = False) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError, ConnectionError) as error:
            fault = fault_of(error)
            if fault is None or (is_reader and fault is StorageFault.READ_ONLY):  # mistakes of ours
                raise
            self._failed_at = asyncio.get_running_loop().time()
            if fault not in self._faults:
                self._faults.add(fault)
                self._on_change(fault)
            raise StorageDownError(fault) from None  # its text may hold what somebody wrote


class _Connections:
    """As many as the pool of ``engine`` holds, kept in hand between transactions where that is safe: to take one from
    the pool and to give it back costs SQLAlchemy several times what a short statement does."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._keeps = keeps_connections(engine)
        self._idle: list[AsyncConnection] = []
        self._free = asyncio.Semaphore(engine.pool.size())  # type: ignore[attr-defined]  # a queue pool, both of them

    @asynccontextmanager
    async def one(self) -> AsyncIterator[AsyncConnection]:
        await asyncio.sleep(0)  # statements that run at once give way to nobody, however many there are
        await self._wait()
        try:
            connection = self._idle.pop() if self._idle else await self._engine.connect()
            try:
                yield connection
            finally:
                if self._keeps and not connection.invalidated:
                    self._idle.append(connection)
                else:
                    await to_its_end(connection.close())
        finally:
            self._free.release()

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().close()
        self._free = asyncio.Semaphore(self._engine.pool.size())  # type: ignore[attr-defined]  # the next loop's

    async def _wait(self) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._free.acquire()
        except TimeoutError:
            raise PoolTimeoutError("a minute's queue for a connection") from None
