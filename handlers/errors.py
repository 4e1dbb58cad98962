"""The last place a failure reaches: what a rule refused is said in words, anything else is told and passed on.

What is passed on fails the update in the inbox, which tries it again and in the end sets it aside for the owner.
"""

from __future__ import annotations

import structlog
from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message, Update

from bot.domain.errors import DomainError, NotAllowedError, NotFoundError, OutdatedError
from bot.domain.joining import ConsentOutdatedError
from bot.texts.catalogue import plain, say

log = structlog.get_logger()

_WORDS: dict[type[DomainError], str] = {
    NotFoundError: "error-not-found",
    NotAllowedError: "error-not-allowed",
    OutdatedError: "error-outdated",
    ConsentOutdatedError: "error-consent-outdated",
}


def build_router() -> Router:
    router = Router(name="errors")
    router.error.register(on_refusal, ExceptionTypeFilter(DomainError))
    router.error.register(on_impossible_id, ExceptionTypeFilter(OverflowError))
    return router


async def on_refusal(event: ErrorEvent) -> None:
    """A rule said no: the person is told which, in a toast where he tapped and in a message where he wrote."""
    error = event.exception
    key = next((words for kind, words in _WORDS.items() if isinstance(error, kind)), "error-refused")
    log.info("refused", rule=type(error).__name__, detail=str(error))
    await _tell(event.update, key)


async def on_impossible_id(event: ErrorEvent) -> None:
    """A forged button with a number that no database holds: there is nothing behind it."""
    log.info("refused", rule="impossible id")
    await _tell(event.update, "error-not-found")


async def _tell(update: Update, key: str) -> None:
    event = update.event
    try:
        if isinstance(event, CallbackQuery):
            await event.answer(plain(key), show_alert=True)
        elif isinstance(event, Message):
            await event.answer(say(key))
    except TelegramAPIError as failure:  # the refusal stands whether or not he can be told
        log.warning("could not tell of a refusal", error=type(failure).__name__)
