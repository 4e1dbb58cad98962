"""The one place where transactions are opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from types import TracebackType

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ports.trouble import StorageDownError, StorageFault
from storage.bounds import begin, roll_back, to_its_end
from storage.dialect import create_reader, create_writer, fault_of, keeps_connections, sqlite_connection
from storage.groups import Group, Groups, begin_part, keep_part, undo_part
from storage.transaction import Transaction
from storage.write_ahead import WriteAheadLog

_PASSING = (DBAPIError, PoolTimeoutError, ConnectionError)  # some of these do
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
        self._groups = Groups(self._note_commit)
        self._faults: set[StorageFault] = set()  # what is wrong, and told
        self._failed_at = 0.0
        self._on_change: Callable[[StorageFault | None], None] = lambda _: None

    def watch(self, on_change: Callable[[StorageFault | None], None]) -> None:
        """``on_change`` hears once of each thing that is wrong, however many meet it, and None once it is over.

        That is the first write after half a minute without a failure: on a full disk what needs no new page succeeds
        all the while, so one success proves nothing.
        """
        self._on_change = on_change

    @property
    def is_ailing(self) -> bool:
        """Whether something is wrong that was told and is not known to be over; reading may well succeed meanwhile."""
        return bool(self._faults)

    def write(self) -> AbstractAsyncContextManager[Transaction]:
        return _Block(self, self._writing, is_writing=True)

    def write_together(self) -> AbstractAsyncContextManager[Transaction]:
        return _Part(self, self._writing, is_writing=True) if self._writing.keeps else self.write()

    def read(self) -> AbstractAsyncContextManager[Transaction]:
        """A view of the last commit. It must be short: an open reader lets the write-ahead log grow without end."""
        return _Block(self, self._reading, is_writing=False)

    async def caught_up(self) -> None:
        await self._log.caught_up()

    async def close(self) -> None:
        """Closes every connection, also where one of them, or the log before them, fails: that is raised at the end."""
        log, self._log = self._log, WriteAheadLog()
        async with AsyncExitStack() as closing:
            for close in (self._writer.dispose, self._reader.dispose, self._writing.close, self._reading.close):
                closing.push_async_callback(close)  # the last of them is called first
            await log.at_rest()

    def _note_commit(self, connection: AsyncConnection) -> None:
        if (raw := sqlite_connection(connection)) is not None:
            self._log.note(raw)
        if self._faults and asyncio.get_running_loop().time() - self._failed_at >= _CALM:
            self._faults.clear()
            self._on_change(None)

    def _tell_what_passes(self, error: Exception, *, is_writing: bool) -> None:
        """Raises StorageDownError where ``error`` is something that passes, and tells of it."""
        fault = fault_of(error)
        if fault is None or (fault is StorageFault.READ_ONLY and not is_writing):  # mistakes of ours
            return
        self._failed_at = asyncio.get_running_loop().time()
        if fault not in self._faults:
            self._faults.add(fault)
            self._on_change(fault)
        raise StorageDownError(fault) from None  # its text may hold what somebody wrote


class _Block:
    """One transaction, from its connection to its end. No generator: those that were here, one within the other, cost
    more than BEGIN and COMMIT."""

    __slots__ = ("_connection", "_connections", "_database", "_is_writing")

    def __init__(self, database: Database, connections: _Connections, *, is_writing: bool) -> None:
        self._database = database
        self._connections = connections
        self._is_writing = is_writing

    async def __aenter__(self) -> Transaction:
        try:
            self._connection = await self._take()
            if self._is_writing:
                try:
                    await self._begin()
                except BaseException:
                    await self._connections.give_back(self._connection)
                    raise
        except _PASSING as error:
            self._database._tell_what_passes(error, is_writing=self._is_writing)  # noqa: SLF001 - its own block
            raise
        return Transaction(self._connection)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            try:
                group = await self._end(error)
            finally:
                await self._connections.give_back(self._connection)
            if group is not None:
                await group.stored()
        except _PASSING as failure:
            self._database._tell_what_passes(failure, is_writing=self._is_writing)  # noqa: SLF001 - as above
            raise
        if isinstance(error, _PASSING):
            self._database._tell_what_passes(error, is_writing=self._is_writing)  # noqa: SLF001 - as above

    async def _take(self) -> AsyncConnection:
        return await self._connections.take()

    async def _begin(self) -> None:
        await self._database._groups.commit_others(self._connection)  # noqa: SLF001 - as above
        await begin(self._connection)

    async def _end(self, error: BaseException | None) -> Group | None:
        """What it belongs to, where it has to be waited for."""
        if self._is_writing and error is None:
            await self._database._groups.commit(self._connection)  # noqa: SLF001 - as above
        else:  # also for CancelledError, which is no Exception
            await roll_back(self._connection)
        return None


class _Part(_Block):
    """One transaction of those that share a COMMIT: the last of the queue commits for all."""

    __slots__ = ("_groups", "_joins")

    async def _take(self) -> AsyncConnection:
        self._groups = groups = self._database._groups  # noqa: SLF001 - as above
        groups.coming += 1
        try:
            connection = await self._connections.take()
        except BaseException:
            groups.coming -= 1
            if groups.is_deserted:
                await to_its_end(self._commit_deserted())
            raise
        groups.coming -= 1
        return connection

    async def _begin(self) -> None:
        self._joins = self._groups.is_open
        if not self._joins:
            await begin(self._connection)
            return
        try:
            await begin_part(self._connection)
        except BaseException as error:
            await to_its_end(self._undo(error))
            raise

    async def _end(self, error: BaseException | None) -> Group | None:
        if error is not None:
            await to_its_end(self._undo(error))
            return None
        if self._joins:
            try:
                await keep_part(self._connection)
            except BaseException as failure:
                await to_its_end(self._undo(failure))
                raise
        group = self._groups.leave_open()
        if group is None:
            await self._groups.commit(self._connection)
        return group

    async def _undo(self, error: BaseException) -> None:
        """His part alone, unless all of it is lost with him. Then the others go on, or are stored now."""
        if not self._joins:
            await roll_back(self._connection)
            return
        try:
            await undo_part(self._connection)
        except _PASSING as failure:
            self._groups.end(error if isinstance(error, _PASSING) else failure)
            await roll_back(self._connection)
        if self._groups.is_deserted:
            await self._groups.commit_others(self._connection)

    async def _commit_deserted(self) -> None:
        with suppress(PoolTimeoutError):  # whoever has held the writer that long has met the group before
            connection = await self._connections.take()
            try:
                if self._groups.is_deserted:
                    await self._groups.commit_others(connection)
            finally:
                await self._connections.give_back(connection)


class _Connections:
    """As many as the pool of ``engine`` holds, kept in hand between transactions where that is safe: to take one from
    the pool and to give it back costs SQLAlchemy several times what a short statement does."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.keeps = keeps_connections(engine)
        self._idle: list[AsyncConnection] = []
        self._free = asyncio.Semaphore(engine.pool.size())  # type: ignore[attr-defined]  # a queue pool, both of them

    async def take(self) -> AsyncConnection:
        """One of them, for this task alone until it gives it back."""
        await asyncio.sleep(0)  # statements that run at once give way to nobody, however many there are
        if self._free.locked():
            await self._wait()
        else:
            await self._free.acquire()
        try:
            return self._idle.pop() if self._idle else await self._engine.connect()
        except BaseException:
            self._free.release()
            raise

    async def give_back(self, connection: AsyncConnection) -> None:
        try:
            if self.keeps and not connection.invalidated:
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
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._free.acquire()
        except TimeoutError:
            raise PoolTimeoutError("a minute's queue for a connection") from None
