"""A dialogue survives a power cut in the middle of any step, and a command leaves it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import TelegramMethod

from bot.ports.inbox import Received
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Telegram
from tests.factories import SmallNetwork
from tests.handlers.threads.talking import VOICE, sends


class PowerCutError(BaseException):
    """The process dies: nothing catches it."""


class PowerCut(BaseRequestMiddleware):
    """Cuts the power right after a request has reached Telegram."""

    is_due = False

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        answer = await make_request(bot, method)
        if self.is_due:
            self.is_due = False
            raise PowerCutError
        return answer


def last_update(tg: Telegram) -> dict[str, Any]:
    queue = tg.sandbox.world.bots[tg.sandbox.bot_token].queue
    [update] = queue.pending()
    queue.confirm(update.id)
    return dict(json.loads(update.encoded))


async def test_a_step_that_a_power_cut_interrupted_is_taken_again_as_the_same_step(
    tg: Telegram, network: SmallNetwork
) -> None:
    cut = PowerCut()
    tg.bot.session.middleware(cut)
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    for text, asked in (
        ("Одарённые дети", "Когда начало?"),
        ("10 сентября в 15:00", "Понял так"),
        ("https://example.org/w", "Кодовое слово?"),
        ("маяк 27", "Одарённые дети"),
    ):
        tg.sandbox.person_writes(chat.id, text)
        update = last_update(tg)
        cut.is_due = True
        with pytest.raises(PowerCutError):
            await tg.dispatcher.feed_raw_update(tg.bot, update)
        await tg.dispatcher.feed_raw_update(tg.bot, update)
        assert [asked in message["text"] for message in chat.messages[-2:]] == [True, True], "the same answer twice"


async def test_a_step_and_the_mark_that_its_update_is_done_are_stored_together(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    tg.sandbox.person_writes(chat.id, "Одарённые дети")
    update = last_update(tg)
    async with database.write() as tx:
        await tx.inbox.add([Received(update["update_id"], chat.id, update)], now=MONDAY)

    await tg.dispatcher.feed_raw_update(tg.bot, update)

    async with database.read() as tx:
        assert await tx.inbox.waiting(10) == (), "after a crash at this moment the title is not read as a date"


@pytest.mark.parametrize(
    ("command", "is_left"),
    [
        pytest.param("/my", True, id="a command of everybody"),
        pytest.param("/nonsense", True, id="a command that does not exist"),
        pytest.param("/help@vestovoy_demo_bot", True, id="addressed as in groups"),
        pytest.param("/ 10 сентября", False, id="a stray sign is no command"),
    ],
)
async def test_a_command_leaves_the_dialogue(tg: Telegram, network: SmallNetwork, command: str, is_left: bool) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    await chat.says("Одарённые дети")

    await chat.says(command)

    answer = (await chat.says("10 сентября в 15:00"))["text"]
    assert ("Понял так" in answer) is not is_left


async def test_a_voice_message_where_words_are_awaited_leaves_the_question_standing(
    tg: Telegram, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/ladders")
    await chat.presses("Обычная")
    await chat.presses("✏️ Скопировать и изменить")
    await chat.presses("Название")
    assert "жду ответ на последний вопрос" in (await sends(tg, chat, voice=VOICE))["text"]
    assert "Для района" in (await chat.says("Для района"))["text"], "the question stood"


async def test_cancel_leaves_a_dialogue_that_has_no_words_of_its_own_for_it(
    tg: Telegram, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/ladders")
    await chat.presses("Обычная")
    await chat.presses("✏️ Скопировать и изменить")
    await chat.presses("Название")
    assert (await chat.says("/cancel"))["text"] == "Хорошо, ничего не меняю."
    assert "Отменять нечего" in (await chat.says("/cancel"))["text"]
