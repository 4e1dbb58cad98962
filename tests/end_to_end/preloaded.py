"""What a forked bot finds done already, by being imported: the program's modules."""

from __future__ import annotations

from bot.telegram.deferred_models import import_aiogram

import_aiogram()

import bot.app  # noqa: E402, F401 - the fork server keeps what it imports; after aiogram
import tests.end_to_end.bot_process  # noqa: E402, F401 - as above
