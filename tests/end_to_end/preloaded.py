"""What a forked bot finds done already, by being imported: the program's modules, and what each start would build."""

from __future__ import annotations

from bot.telegram.deferred_models import import_aiogram

import_aiogram()

import bot.app  # noqa: E402, F401 - the fork server keeps what it imports; after aiogram
import tests.end_to_end.bot_process  # noqa: E402, F401 - as above
from bot.domain.terms.reading import whole_grammar  # noqa: E402 - as above
from bot.telegram.answer_models import kept_answer_models  # noqa: E402 - as above

whole_grammar()
MODELS = kept_answer_models()  # nearly a second of each start: a dozen starts follow
