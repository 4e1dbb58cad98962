"""How far a broadcast has come, as its sender sees it in one message that changes."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.broadcasts import Broadcast, Flight
from bot.services.steer_broadcast import Progress
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.broadcasts.callbacks import Steer, SteerBroadcast

_TITLE = 200
_CELLS = 10


def progress_screen(progress: Progress) -> tuple[Markup, InlineKeyboardMarkup]:
    broadcast, flight = progress.broadcast, progress.flight
    what = say(f"broadcast-{broadcast.kind.value}", title=shorten(broadcast.title, _TITLE))
    key = "broadcast-over" if flight.is_over else "broadcast-stopped" if flight.stopped_at else "broadcast-going"
    lines = [say(key, what=what, bar=_bar(flight), gone=flight.gone, total=flight.total)]
    if flight.failed:
        lines.append(say("broadcast-failed", n=flight.failed))
    if flight.later and not flight.stopped_at:
        lines.append(say("broadcast-later", n=flight.later))
    return Markup("\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=_buttons(broadcast, flight))


def _bar(flight: Flight) -> str:
    full = _CELLS * flight.gone // flight.total if flight.total else _CELLS
    return "▰" * full + "▱" * (_CELLS - full)


def _buttons(broadcast: Broadcast, flight: Flight) -> list[list[InlineKeyboardButton]]:
    if flight.is_over or not broadcast.can_be_paused:
        return []
    if flight.stopped_at is None:
        return [[_button("button-broadcast-stop", broadcast, Steer.STOP)]]
    rows = [[_button("button-broadcast-resume", broadcast, Steer.RESUME)]]
    if broadcast.can_be_dropped:
        rows.append([_button("button-broadcast-drop", broadcast, Steer.DROP)])
    return rows


def _button(key: str, broadcast: Broadcast, to: Steer) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=plain(key), callback_data=SteerBroadcast(broadcast=broadcast.id, to=to).pack())
