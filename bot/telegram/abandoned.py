"""Whether the program at a webhook's address is gone: asked at the start, and by `check`, which needs no aiogram."""

from __future__ import annotations

from datetime import datetime, timedelta

_STILL_FAILING = timedelta(hours=1)  # Telegram keeps the day of the last error long after the webhook works again


def is_abandoned(*, waiting: int, failed_at: datetime | None, now: datetime) -> bool:
    """A webhook that fails now and lets updates wait belongs to nobody any more. ``failed_at``: its last failure."""
    return waiting > 0 and failed_at is not None and now - failed_at <= _STILL_FAILING
