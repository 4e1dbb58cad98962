"""One database object for all tests of a process."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import event

from storage.database import Database


class MovableDatabase(Database):
    """Opens the file that it is moved to. SQLAlchemy keeps compiled statements with the engine: to compile them anew
    for every test took a sixth of the suite's time."""

    def __init__(self) -> None:
        super().__init__("sqlite+aiosqlite:///no-test-has-moved-it")
        for engine in (self._writer, self._reader):
            event.listen(engine.sync_engine, "do_connect", self._name_file)

        self._is_taken = False

    def move_to(self, file: Path) -> None:
        """What went wrong with the file before is forgotten. It can be moved only while it is closed."""
        assert not self._is_taken, "one at a time: there is one such database in a process"
        self._is_taken = True
        self._file = file
        self._faults.clear()

    async def close(self) -> None:
        try:
            await super().close()
        finally:
            self._is_taken = False

    def _name_file(self, _dialect: object, _record: object, arguments: list[str], _options: object) -> None:
        arguments[0] = str(self._file)
