"""What each refusal of Telegram means for us. Descriptions are the facts of ``tdlib/telegram-bot-api``."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectionError, ClientConnectorError, ConnectionTimeoutError, ServerDisconnectedError

from bot.domain.delivery import Outcome
from bot.ports.messenger import Delivery
from bot.ports.trouble import StorageDownError

_TOO_MANY = "too many requests"
_UNSAID_WAIT = 5.0  # seconds, where «too many» comes without parameters
_ACCOUNT_IS_GONE = ("chat not found", "user not found", "peer_id_invalid", "input_user_deactivated")


def delivery_of(error: Exception) -> Delivery:
    """The outcome of a request that ended in ``error``. An error unknown to this table is passed on (re-raised)."""
    text = f"{type(error).__name__}: {error}"
    match error:
        case TelegramRetryAfter():
            return Delivery(Outcome.FLOOD, retry_after=float(error.retry_after), error=text)
        case TelegramAPIError() if _is_too_many(error):
            return Delivery(Outcome.FLOOD, retry_after=_UNSAID_WAIT, error=text)
        case TelegramForbiddenError():
            is_blocked = "blocked" in error.message.lower()
            return Delivery(Outcome.BLOCKED if is_blocked else Outcome.GONE, error=text)
        case TelegramBadRequest():
            is_gone = any(words in error.message.lower() for words in _ACCOUNT_IS_GONE)
            return Delivery(Outcome.GONE if is_gone else Outcome.PERMANENT, error=text)
        case TelegramEntityTooLarge():  # to aiogram a kind of network error
            return Delivery(Outcome.PERMANENT, error=text)
        case TelegramNetworkError():
            return Delivery(Outcome.TEMPORARY if _never_left(error) else Outcome.UNKNOWN, error=text)
        case TelegramUnauthorizedError():
            return Delivery(Outcome.TEMPORARY, error=text, is_refused=True)
        case TelegramServerError() | TelegramConflictError():
            return Delivery(Outcome.TEMPORARY, error=text)
        case ClientDecodeError():  # a gateway's HTML page instead of an answer
            return Delivery(Outcome.TEMPORARY, error=type(error).__name__)
        case _ if _is_of_telegram(error):
            return Delivery(Outcome.PERMANENT, error=text)
        case _:
            raise error


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a failure in a handler asks for: ``pause`` seconds before the next attempt, of ``attempts`` in all.

    ``attempts`` 0: the update counts as handled, another attempt could not end otherwise. ``is_passing``: the line or
    the disk failed, not the handler.
    """

    attempts: int
    pause: float | None = None
    is_passing: bool = False


def trouble_of(error: Exception) -> Trouble:
    """How an update whose handler raised ``error`` goes on."""
    match error:
        case TelegramForbiddenError():  # he blocked the bot before he had our answer
            return Trouble(attempts=0)
        case TelegramRetryAfter():
            return Trouble(attempts=10, pause=float(error.retry_after), is_passing=True)
        case TelegramAPIError() if _is_too_many(error):
            return Trouble(attempts=10, pause=_UNSAID_WAIT, is_passing=True)
        case TelegramNetworkError() | TelegramServerError() | TelegramUnauthorizedError() | ClientDecodeError():
            return Trouble(attempts=8, is_passing=True)
        case StorageDownError():  # its attempts are not counted at all: nothing speaks against the update
            return Trouble(attempts=1, is_passing=True)
        case _:
            return Trouble(attempts=3)


def words_of(error: Exception) -> str:
    """For the log and the owner. An answer that could not be read may hold what somebody wrote: only its sort."""
    return type(error).__name__ if isinstance(error, ClientDecodeError) else f"{type(error).__name__}: {error}"[:500]


def _is_too_many(error: TelegramAPIError) -> bool:
    """429 without parameters, as a gateway before the Bot API gives it; aiogram has no class for it."""
    return type(error) is TelegramAPIError and _TOO_MANY in error.message.lower()


def _never_left(error: TelegramNetworkError) -> bool:
    """Whether the connection could not even be made; else the request may have arrived."""
    cause = error.__cause__ or error.__context__
    never = ClientConnectorError | ConnectionTimeoutError
    return isinstance(cause, never) and not isinstance(cause, ServerDisconnectedError)


def _is_of_telegram(error: Exception) -> bool:
    return type(error).__module__.startswith("aiogram.") or isinstance(error, ClientConnectionError)
