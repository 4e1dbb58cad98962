"""Time zones by their distance from Moscow and their best known city."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.texts.catalogue import plain
from bot.texts.times import zone_label

# Russia has kept one time all year since 26 October 2014, so that any later instant gives the distance.
_ANY_DAY = datetime(2026, 1, 15, tzinfo=UTC)


def zone_name(zone: str) -> str:
    """«МСК+6 · Якутск»; a zone that is not one of Russia's eleven by its own name."""
    name = plain("zone-name", zone=zone.replace("/", "-"))
    return plain("zone-button", offset=zone_label(ZoneInfo(zone), _ANY_DAY), name=name)
