"""Refusals, worded as the Bot API server words them."""

from __future__ import annotations

from typing import Any, NoReturn

_PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class ApiError(Exception):
    """A call was refused. `description` is the exact text sent to the bot."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ControlError(Exception):
    """The control API was asked for what cannot be done; `status` is the HTTP status."""

    def __init__(self, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.description = description
        self.status = status


def describe(message: str, code: int = 400) -> str:
    """Prefixes by code and lower-cases the first letter, unless the second shows a constant such as PEER_ID."""
    second = message[1:2]
    if not (second.isupper() or second == "_"):
        message = message[:1].lower() + message[1:]
    return f"{_PREFIXES[code]}: {message}"


def refusal(message: str, code: int = 400) -> ApiError:
    return ApiError(code, describe(message, code))


def refuse(message: str, code: int = 400) -> NoReturn:
    raise refusal(message, code)


def flood_wait(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
