from __future__ import annotations

from datetime import UTC, datetime

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
"""An ordinary working Monday: noon in Moscow, 18:00 in МСК+6."""
