"""What a person may choose about how he is written to."""

from __future__ import annotations

from datetime import time
from typing import Final

from bot.domain.network import QuietHours

# Nights only: the quiet is never off, and never so long that a reminder could not arrive.
QUIET_HOURS: Final = (
    QuietHours(time(20, 0), time(8, 0)),
    QuietHours(time(21, 0), time(8, 0)),
    QuietHours(time(22, 0), time(7, 0)),
)

# The zones of Russia from west to east, one for each distance from Moscow (Federal law 107-FZ).
RUSSIAN_ZONES: Final = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
