"""aiogram is imported by the suite as by the program: its models are built when they are met."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from aiogram.methods import EditMessageText, Response, SendDocument, SendMessage
from aiogram.types import ChatMemberUpdated, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

ONE_CHAT = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "да"}
COUNTED = """
import sys
from bot.telegram.deferred_models import import_aiogram
import_aiogram()
from aiogram import methods, types
models = [m for place in (methods, types) for m in vars(place).values() if hasattr(m, "__pydantic_complete__")]
print(len(models), sum(model.__pydantic_complete__ for model in models))
"""


def test_the_import_builds_almost_none_of_the_models() -> None:
    done = subprocess.run([sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True)
    declared, built = map(int, done.stdout.split())
    assert declared > 400, "what is counted are aiogram's models"
    assert built < 20, "a model that is built at the import is paid for at every start"


@pytest.mark.parametrize(
    ("model", "raw", "seen"),
    [
        (Update, {"update_id": 1, "message": ONE_CHAT}, lambda update: update.message.text == "да"),
        (
            Update,
            {"update_id": 1, "message": {**ONE_CHAT, "reply_to_message": ONE_CHAT}},
            lambda u: u.message.chat.id == 7,
        ),
        (Response[Message], {"ok": True, "result": ONE_CHAT}, lambda answer: answer.result.chat.id == 7),
        (Response[bool], {"ok": True, "result": True}, lambda answer: answer.result is True),
    ],
    ids=["an update", "a message within a message", "an answer with a message", "an answer with a flag"],
)
def test_a_model_is_whole_when_it_is_met(model: Any, raw: dict[str, Any], seen: Any) -> None:
    assert seen(model.model_validate(raw))


@pytest.mark.parametrize("method", [SendMessage, EditMessageText, SendDocument])
def test_a_method_knows_the_types_of_its_fields(method: Any) -> None:
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="y")]])
    made = method.model_validate({"chat_id": 7, "text": "да", "document": "id", "reply_markup": keyboard.model_dump()})
    assert made.reply_markup == keyboard


def test_a_rare_model_refuses_what_is_wrong_as_ever() -> None:
    with pytest.raises(ValueError, match="chat"):
        ChatMemberUpdated.model_validate({"date": 1})
