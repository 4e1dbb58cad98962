"""What each refusal of Telegram means, by the words that its servers use."""

from __future__ import annotations

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe
from aiohttp import ClientConnectorError, ConnectionTimeoutError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.domain.delivery import Outcome
from bot.telegram.errors import delivery_of, trouble_of

METHOD = GetMe()


def network_error(cause: Exception) -> TelegramNetworkError:
    error = TelegramNetworkError(METHOD, type(cause).__name__)
    error.__cause__ = cause
    return error


def refused_connection() -> ClientConnectorError:
    key = ConnectionKey("127.0.0.1", 1, False, True, None, None, None)
    return ClientConnectorError(key, OSError(111, "refused"))


@pytest.mark.parametrize(
    ("error", "outcome", "reason"),
    [
        (TelegramForbiddenError(METHOD, "Forbidden: bot was blocked by the user"), Outcome.BLOCKED, "blocked"),
        (TelegramForbiddenError(METHOD, "Forbidden: user is deactivated"), Outcome.GONE, "a deleted account"),
        (TelegramForbiddenError(METHOD, "Forbidden: bot can't initiate conversation with a user"), Outcome.GONE,
         "never pressed Start"),
        (TelegramBadRequest(METHOD, "Bad Request: chat not found"), Outcome.GONE, "an unknown account"),
        (TelegramBadRequest(METHOD, "Bad Request: message is too long"), Outcome.PERMANENT, "our text"),
        (TelegramBadRequest(METHOD, "Bad Request: can't parse entities: Unclosed start tag"), Outcome.PERMANENT,
         "our markup"),
        (TelegramBadRequest(METHOD, "Bad Request: BUTTON_DATA_INVALID"), Outcome.PERMANENT, "our keyboard"),
        (TelegramEntityTooLarge(METHOD, "Request Entity Too Large"), Outcome.PERMANENT, "our file"),
        (TelegramMigrateToChat(METHOD, "group chat was upgraded", 5), Outcome.PERMANENT, "a group, not a person"),
        (TelegramNotFound(METHOD, "Not Found: method not found"), Outcome.PERMANENT, "an old server"),
        (TelegramAPIError(METHOD, "418"), Outcome.PERMANENT, "a refusal of a kind yet unknown"),
        (TelegramRetryAfter(METHOD, "Too Many Requests: retry after 7", 7), Outcome.FLOOD, "everyone waits"),
        (TelegramServerError(METHOD, "Internal Server Error"), Outcome.TEMPORARY, "the server"),
        (RestartingTelegram(METHOD, "Internal Server Error: restart"), Outcome.TEMPORARY, "the server restarts"),
        (TelegramUnauthorizedError(METHOD, "Unauthorized"), Outcome.TEMPORARY, "a token renewed: nothing is lost"),
        (ClientDecodeError("Failed to decode object", ValueError(), "<html>"), Outcome.TEMPORARY, "a gateway's page"),
        (network_error(refused_connection()), Outcome.TEMPORARY, "no connection: it never left"),
        (network_error(ServerDisconnectedError()), Outcome.UNKNOWN, "broke after it had gone"),
        (network_error(ConnectionTimeoutError()), Outcome.TEMPORARY, "a silent line: it never left"),
        (TelegramAPIError(METHOD, "Too Many Requests"), Outcome.FLOOD, "429 without parameters"),
        (network_error(TimeoutError()), Outcome.UNKNOWN, "no answer in time"),
    ],
)  # fmt: skip
def test_every_refusal_has_its_outcome(error: Exception, outcome: Outcome, reason: str) -> None:
    assert delivery_of(error).outcome is outcome, reason


def test_a_flood_wait_says_how_long() -> None:
    assert delivery_of(TelegramRetryAfter(METHOD, "Too Many Requests: retry after 7", 7)).retry_after == 7


def test_a_mistake_of_ours_is_not_taken_for_a_refusal() -> None:
    with pytest.raises(KeyError):
        delivery_of(KeyError("a mistake of ours"))


@pytest.mark.parametrize(
    ("error", "attempts", "reason"),
    [
        (TelegramForbiddenError(METHOD, "Forbidden: bot was blocked by the user"), 0, "nobody is there to answer"),
        (ValueError("a mistake of ours"), 3, "set aside soon: others wait behind it"),
        (network_error(ServerDisconnectedError()), 8, "the line comes back"),
    ],
)
def test_a_failed_handler_is_given_as_many_attempts_as_can_help(error: Exception, attempts: int, reason: str) -> None:
    assert trouble_of(error).attempts == attempts, reason
