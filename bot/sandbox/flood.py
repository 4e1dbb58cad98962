"""Flood control: token buckets with the four published numbers, off until asked for."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.sandbox import closed_servers
from bot.sandbox.errors import ControlError, flood_wait


@dataclass(slots=True)
class Limits:
    enabled: bool = False
    per_second: float = closed_servers.PER_SECOND
    per_chat_per_second: float = closed_servers.PER_CHAT_PER_SECOND
    per_group_per_minute: float = closed_servers.PER_GROUP_PER_MINUTE


@dataclass(slots=True)
class _Bucket:
    rate: float  # tokens a second
    capacity: float
    tokens: float
    filled_at: datetime

    def refill(self, now: datetime) -> None:
        gained = (now - self.filled_at).total_seconds() * self.rate
        self.tokens = min(self.capacity, self.tokens + gained)
        self.filled_at = now

    def wait(self) -> float:
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


class FloodControl:
    """The time is the sandbox's: a frozen clock refills nothing, a moved one refills everything."""

    def __init__(self) -> None:
        self.limits = Limits()
        self._buckets: dict[tuple[Any, ...], _Bucket] = {}

    def configure(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Raises ControlError for an unknown name or a rate that is not a positive number."""
        known = asdict(self.limits)
        for name, value in changes.items():
            if name not in known:
                raise ControlError(f"unknown limit {name!r}")
            if name == "enabled":
                known[name] = bool(value)
            elif isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
                known[name] = float(value)
            elif value is not None:
                raise ControlError(f"{name} must be a positive number")
        self.limits = Limits(**known)
        self._buckets.clear()
        return asdict(self.limits)

    def take(self, bot_id: int, chat_id: int, now: datetime, *, is_group: bool, is_paid: bool) -> None:
        """Takes one message from every bucket that applies, or from none. Raises ApiError 429."""
        if not self.limits.enabled:
            return
        total_rate = closed_servers.PAID_PER_SECOND if is_paid else self.limits.per_second
        buckets = [self._bucket((bot_id, is_paid), total_rate, max(1.0, total_rate), now)]
        if is_group:
            a_minute = self.limits.per_group_per_minute
            buckets.append(self._bucket((bot_id, chat_id), a_minute / 60, max(1.0, a_minute), now))
        else:
            rate = self.limits.per_chat_per_second
            burst = max(1.0, rate * closed_servers.PER_CHAT_BURST)
            buckets.append(self._bucket((bot_id, chat_id), rate, burst, now))
        wait = max(bucket.wait() for bucket in buckets)
        if wait > 0:
            raise flood_wait(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.tokens -= 1

    def _bucket(self, key: tuple[Any, ...], rate: float, capacity: float, now: datetime) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(rate, capacity, capacity, now)
        bucket.refill(now)
        return bucket
