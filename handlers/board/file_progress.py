"""How much of a long file is written, in one message that is edited and goes away with the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import Message

from bot.texts.catalogue import say

log = structlog.get_logger()

_LONG = 5_000  # lines: below, the file is there before anybody has read how much is left
_STEPS = 10


class FileProgress:
    """Told of every page, it says something for each tenth: a chat takes one message a second.

    Where that fails, by the line or because the reader has deleted the message, the file is still made and sent, once.
    """

    def __init__(self, beside: Message, total: int) -> None:
        self._beside, self._total = beside, total
        self._shown: Message | None = None
        self._tenths = 0

    async def tell(self, done: int) -> None:
        """``done`` lines of the total are written."""
        tenths = done * _STEPS // max(1, self._total)
        if self._total < _LONG or tenths == self._tenths:
            return
        self._tenths = tenths
        text = say("board-file-making", done=grouped(done), total=grouped(self._total))
        with _logging_what_fails():
            if self._shown is None:
                self._shown = await self._beside.answer(text)
            else:
                await self._shown.edit_text(text)

    async def end(self) -> None:
        """The file is there."""
        if self._shown is not None:
            with _logging_what_fails():
                await self._shown.delete()


def grouped(number: int) -> str:
    """«120 000»: with a space that does not break."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


@contextmanager
def _logging_what_fails() -> Iterator[None]:
    try:
        yield
    except (TelegramAPIError, ClientDecodeError) as failure:
        log.info("a file's progress could not be shown", error=type(failure).__name__)
