"""A tap is offered to the routers that know its button, in their order, and to those that take any."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot, F, Router
from aiogram.filters import and_f, or_f
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Chat, ErrorEvent, Message, Update, User

from handlers.dispatching import TapDispatcher, ask_at_once
from tests.driver import Telegram


class Apple(CallbackData, prefix="ap"):
    number: int


class Pear(CallbackData, prefix="pe"):
    number: int


class _Orchard:
    """Routers whose handlers and filters say that they were asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.passed: list[str] = []
        self.handled: list[str] = []
        self.dispatcher = TapDispatcher(disable_fsm=True)
        inner = self._router("inner", Pear.filter())
        outer = self._router("outer")
        outer.include_router(inner)
        for router in (outer, inner):
            router.callback_query.middleware(self._middleware(str(router.name)))
        self.dispatcher.include_routers(
            self._router("apples", Apple.filter()), outer, self._router("pears", Pear.filter()), self._fallback()
        )

    async def tap(self, data: str, message: Message | None = None) -> None:
        anna = User(id=5, is_bot=False, first_name="Анна")
        query = CallbackQuery(id="1", from_user=anna, chat_instance="1", data=data, message=message)
        bot = Bot("42:orchard")
        await self.dispatcher.feed_update(bot, Update(update_id=1, callback_query=query).as_(bot))

    def _router(self, name: str, *filters: object) -> Router:
        router = Router(name=name)

        def note(_query: CallbackQuery) -> bool:
            self.asked.append(name)
            return True

        async def handle(query: CallbackQuery) -> None:
            self.handled.append(name)

        router.callback_query.filter(note)
        if filters:
            router.callback_query.register(handle, *filters)  # type: ignore[arg-type]
        return router

    def _middleware(self, name: str) -> Any:
        async def around(handler: Any, event: CallbackQuery, data: dict[str, Any]) -> Any:
            assert data["callback_data"] == Pear(number=1), "what the filters found is known by then"
            assert data["event_router"].name == "inner"
            self.passed.append(name)
            return await handler(event, data)

        return around

    def _fallback(self) -> Router:
        router = Router(name="fallback")

        async def handle(query: CallbackQuery) -> None:
            self.handled.append("fallback")

        router.callback_query.register(handle)
        return router


@pytest.mark.parametrize(
    ("data", "asked", "handled", "reason"),
    [
        (Apple(number=1).pack(), ["apples"], ["apples"], "its own router alone"),
        (Pear(number=1).pack(), ["outer", "inner"], ["inner"], "the first of two that know it, with the filter above"),
        ("ap:not-a-number", ["apples"], ["fallback"], "a button of a kind that is known, and that nobody can read"),
        ("unknown:1", [], ["fallback"], "a button of an older program"),
        ("", [], ["fallback"], "no button at all"),
    ],
)
async def test_a_tap_goes_to_those_who_know_its_button(
    data: str, asked: list[str], handled: list[str], reason: str
) -> None:
    orchard = _Orchard()
    await orchard.tap(data)
    assert (orchard.asked, orchard.handled) == (asked, handled), reason


async def test_a_handler_stands_behind_the_middlewares_of_all_routers_around_it() -> None:
    orchard = _Orchard()
    await orchard.tap(Pear(number=1).pack())
    assert orchard.passed == ["outer", "inner"]


async def test_a_filter_that_is_a_plain_function_answers_on_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way to a thread and back takes a hundred times longer than to look at a field."""
    orchard, eaten = _Orchard(), []

    async def eat(_message: Message, fruit: str) -> None:
        eaten.append(fruit)

    orchard.dispatcher.sub_routers[0].message.register(eat, or_f(~F.text, and_f(F.text, F.text.as_("fruit"))))
    ask_at_once(orchard.dispatcher)
    monkeypatch.setattr("asyncio.to_thread", lambda *_: pytest.fail("a thread was asked"))
    await orchard.dispatcher.propagate_event("message", Message.model_construct(message_id=1, text="a plum"))
    await orchard.tap(Pear(number=1).pack())
    assert (eaten, orchard.asked, orchard.handled) == (["a plum"], ["outer", "inner"], ["inner"])


async def test_no_filter_of_the_bot_asks_a_thread(tg: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stranger's words are offered to every router."""
    monkeypatch.setattr("asyncio.to_thread", lambda *_: pytest.fail("a thread was asked"))
    assert await tg.chat(5).says("Добрый день!") != {}


class RottenError(Exception):
    """A handler fails."""


def _failing(orchard: _Orchard) -> Router:
    router = Router(name="failing")

    async def handle(query: CallbackQuery) -> None:
        raise RottenError

    router.callback_query.register(handle, Apple.filter())
    return router


async def test_whoever_hears_of_errors_hears_of_a_tap_that_failed() -> None:
    """With what the middlewares of updates have found by then."""
    orchard, heard = _Orchard(), []
    orchard.dispatcher.sub_routers.insert(0, _failing(orchard))

    async def find(handler: Any, event: Any, data: dict[str, Any]) -> Any:
        data["found"] = "a basket"
        return await handler(event, data)

    async def hear(event: ErrorEvent, found: str) -> None:
        heard.append((type(event.exception), event.update.update_id, found))

    orchard.dispatcher.update.outer_middleware(find)
    orchard.dispatcher.error.register(hear)
    await orchard.tap(Apple(number=1).pack())
    assert heard == [(RottenError, 1, "a basket")]
    assert orchard.handled == []


async def test_a_failure_that_nobody_hears_of_reaches_who_gave_the_tap() -> None:
    orchard = _Orchard()
    orchard.dispatcher.sub_routers.insert(0, _failing(orchard))
    with pytest.raises(RottenError):
        await orchard.tap(Apple(number=1).pack())


@pytest.mark.parametrize("chat", [Chat(id=5, type="private"), None])
async def test_middlewares_of_updates_know_who_tapped_and_where(chat: Chat | None) -> None:
    orchard, known = _Orchard(), []

    async def look(handler: Any, event: Any, data: dict[str, Any]) -> Any:
        known.append((event.update_id, data["event_from_user"].id, data.get("event_chat")))
        return await handler(event, data)

    orchard.dispatcher.update.outer_middleware(look)
    message = None if chat is None else Message.model_construct(message_id=1, chat=chat)
    await orchard.tap(Pear(number=1).pack(), message)
    assert known == [(1, 5, chat)]
    assert orchard.handled == ["inner"]
