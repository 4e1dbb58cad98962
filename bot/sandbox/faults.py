"""Faults on order: the next calls that match fail, hang, or lose their connection."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot.sandbox.errors import ApiError, ControlError, flood_wait

_DEFAULT_TEXTS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True)
class Fault:
    """`count` is how many calls it still strikes. An empty `method` or `chat_id` matches any call.

    `body` is sent word for word, with `error_code` or 502: a gateway's page is no JSON. `delay` and `answer_delay` are
    seconds on the way there, before the call takes effect, and on the way back.
    """

    count: int = 1
    method: str | None = None
    chat_id: int | str | None = None
    error_code: int | None = None
    description: str | None = None
    retry_after: int | None = None
    body: str | None = None
    drop: str | None = None
    delay: float = 0.0
    answer_delay: float = 0.0

    def matches(self, method: str, chat_id: str) -> bool:
        if self.method and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or str(self.chat_id) == chat_id

    def error(self) -> ApiError | None:
        """The refusal this fault gives, or None if it only delays or drops."""
        if self.retry_after is not None and self.error_code in (None, 429):
            error = flood_wait(self.retry_after)
            return ApiError(429, self.description or error.description, error.parameters)
        if self.error_code is None and self.body is None:
            return None
        code = self.error_code or 502
        parameters = {"retry_after": self.retry_after} if self.retry_after is not None else None
        fallback = _DEFAULT_TEXTS.get(code, "Internal Server Error")
        return ApiError(code, self.description or fallback, parameters)


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def order(self, wanted: dict[str, Any]) -> Fault:
        """Raises ControlError when the order cannot be understood."""
        known = {name: value for name, value in wanted.items() if value is not None}
        try:
            fault = Fault(**known)
        except TypeError:
            unknown = sorted(set(known) - set(Fault.__dataclass_fields__))
            raise ControlError(f"unknown fields of a fault: {', '.join(unknown)}") from None
        if fault.drop not in (None, "before", "after"):
            raise ControlError('drop must be "before" or "after"')
        for name in ("count", "error_code", "retry_after", "delay", "answer_delay"):
            value = getattr(fault, name)
            if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
                raise ControlError(f"{name} must be a number, not less than zero")
        if fault.error_code is not None and not 400 <= fault.error_code <= 599:
            raise ControlError("error_code must be an HTTP status from 400 to 599")
        if fault.count > 0:
            self._faults.append(fault)
        return fault

    def strike(self, method: str, chat_id: str) -> Fault | None:
        """The oldest fault that matches this call; it is used up by one."""
        for fault in self._faults:
            if fault.matches(method, chat_id):
                fault.count -= 1
                if fault.count <= 0:
                    self._faults.remove(fault)
                return fault
        return None

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._faults]

    def clear(self) -> None:
        self._faults.clear()
