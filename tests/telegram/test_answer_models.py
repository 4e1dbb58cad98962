from __future__ import annotations

import gc
from typing import Any

from aiogram.methods import EditMessageText, Response, SendMessage

from bot.telegram.answer_models import kept_answer_models


def test_the_model_of_an_answer_is_built_once_while_it_is_kept() -> None:
    kept = kept_answer_models()
    gc.collect()
    asked_again: Any = Response
    for method in (SendMessage, EditMessageText):
        assert asked_again[method.__returning__] in kept, method.__name__
