"""What a forked bot finds done already, by being imported: the program's modules and its parsed words."""

from __future__ import annotations

import bot.app  # noqa: F401 - the fork server keeps what it imports
import tests.end_to_end.bot_process  # noqa: F401 - as above
from bot.texts.catalogue import warm_up_words

warm_up_words()
