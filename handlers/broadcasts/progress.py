"""The message in which a sender watches his broadcast: sent once, then edited at the pace of the job that asks."""

from __future__ import annotations

from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest, TelegramForbiddenError

from bot.ports.storage import Storage
from bot.services.show_progress import Rests, ToShow, note_shown, progress_to_show, stop_showing
from handlers.broadcasts.screens import progress_screen
from handlers.showing import edit

log = structlog.get_logger()


async def show_progress(storage: Storage, bot: Bot, *, now: datetime, rests: Rests | None = None) -> int:
    """Brings every such message up to date; returns how many changed. What the line refuses now comes next time."""
    shown = 0
    for one in await progress_to_show(storage, now=now, rests=rests):
        try:
            message_id = await _put(bot, one)
        except (TelegramForbiddenError, TelegramBadRequest):
            message_id = None
        except (TelegramAPIError, ClientDecodeError) as failure:
            log.info("progress could not be shown", error=type(failure).__name__)
            break  # the others would wait for the same line, each as long
        if message_id is None:
            await stop_showing(storage, one.progress.broadcast.id, now=now)
            continue
        await note_shown(storage, one, message_id=message_id, now=now)
        shown += 1
    return shown


async def _put(bot: Bot, one: ToShow) -> int | None:
    """Where it stands now; None where its reader has deleted it."""
    text, keyboard = progress_screen(one.progress)
    message_id = one.progress.broadcast.message_id
    if message_id is None:
        return (await bot.send_message(one.account, text, reply_markup=keyboard)).message_id
    return message_id if await edit(bot, one.account, message_id, text, keyboard) else None
