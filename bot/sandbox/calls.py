"""The log of Bot API calls, bounded."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

_KEPT = 200_000


@dataclass(slots=True)
class Call:
    id: int
    bot_id: int | None
    method: str
    parameters: dict[str, str]
    files: list[str]
    status: int
    answer: bytes | None  # kept encoded: a dict for each of 200,000 calls would cost several times the memory
    sandbox_time: datetime
    real_time: datetime

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "bot_id": self.bot_id,
            "method": self.method,
            "parameters": self.parameters,
            "files": self.files,
            "status": self.status,
            "answer": None if self.answer is None else json.loads(self.answer),
            "sandbox_time": self.sandbox_time.isoformat(),
            "real_time": self.real_time.isoformat(),
        }


class CallLog:
    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=_KEPT)
        self._ids = count(1)

    def next_id(self) -> int:
        return next(self._ids)

    def append(self, call: Call) -> None:
        self._calls.append(call)

    def find(self, method: str = "", after: int = 0) -> list[Call]:
        """Calls with a greater id, oldest first; `method` in any case, empty for all."""
        wanted = method.lower()
        return [call for call in self._calls if call.id > after and (not wanted or call.method.lower() == wanted)]

    def clear(self) -> None:
        self._calls.clear()
