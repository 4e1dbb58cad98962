"""A tap goes straight to the handlers that know its button: to ask all the routers cost more than its handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple

from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, CancelHandler, SkipHandler
from aiogram.dispatcher.event.handler import CallableObject, FilterObject, HandlerObject
from aiogram.dispatcher.middlewares.error import ErrorsMiddleware
from aiogram.dispatcher.middlewares.user_context import EVENT_CHAT_KEY, EVENT_FROM_USER_KEY, UserContextMiddleware
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.filters.logic import _LogicFilter
from aiogram.types import CallbackQuery, ErrorEvent, TelegramObject, Update

_Call = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

_OF_AIOGRAM = (ErrorsMiddleware, UserContextMiddleware)
_KINDS = 500  # of buttons; there are some two hundred, and whatever is forged


class TapDispatcher(Dispatcher):
    """Asks for a tap, in their order, only the handlers of this prefix and those of any button.

    What aiogram puts together anew for each tap, the filters and the middlewares around it and its handler, is put
    together once. So it must have no handlers of taps itself, all its routers and its middlewares of updates before the
    first tap, and routers with inner middlewares of taps only. Of what aiogram says of an update, a tap's handlers are
    given ``event_update``, ``event_from_user`` and ``event_chat``.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ways_for = lru_cache(_KINDS)(self._find_ways_for)

    async def feed_update(self, bot: Bot, update: Update, **kwargs: Any) -> Any:
        tap = update.callback_query
        if tap is None or update.bot is not bot:  # of another bot: aiogram makes it anew
            return await super().feed_update(bot, update, **kwargs)
        data = {"dispatcher": self, **self.workflow_data, **kwargs, "bot": bot, EVENT_FROM_USER_KEY: tap.from_user}
        if tap.message is not None:
            data[EVENT_CHAT_KEY] = tap.message.chat
        try:
            return await self._way_in(update, data)
        except (SkipHandler, CancelHandler):
            raise
        except Exception as error:
            failed = ErrorEvent(update=update, exception=error)
            answer = await self.propagate_event(update_type="error", event=failed, **data)
            if answer is UNHANDLED:
                raise
            return answer

    @cached_property
    def _way_in(self) -> _Call:
        """Through the middlewares of updates: ours, because what aiogram's do for a tap is done above."""
        around = [one for one in self.update.outer_middleware if not isinstance(one, _OF_AIOGRAM)]
        call: _Call = self._handle_tap
        for middleware in reversed([*around, *self.update.middleware]):
            call = partial(middleware, call)
        return call

    async def _handle_tap(self, update: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(update, Update), "that is what went in"
        tap = update.callback_query
        assert tap is not None, "as above"
        data["event_update"] = update
        for way in self._ways_for((tap.data or "").partition(":")[0]):
            own = {**data, "event_router": way.router, "handler": way.handler}
            if await _is_open(way, tap, own):
                try:
                    return await way.call(tap, own)
                except SkipHandler:
                    continue
        return UNHANDLED

    def _find_ways_for(self, prefix: str) -> tuple[_Way, ...]:
        routers = (router for child in self.sub_routers for router in child.chain_tail)
        return tuple(way for router in routers for way in _ways_of(router) if _prefix(way.handler) in (prefix, None))


def ask_at_once(dispatcher: Dispatcher) -> None:
    """Lets filters that are plain functions answer where they are asked. Once, when all routers are in.

    aiogram sends each of them to a thread, which takes a hundred times longer than to look at a field, and a message is
    offered to some dozens of them. So none may wait for anything.
    """
    for router in dispatcher.chain_tail:
        for observer in router.observers.values():
            for handler in (observer._handler, *observer.handlers):  # noqa: SLF001 - no other way to the router's own
                for one in _with_parts(handler.filters or ()):
                    if not one.awaitable:
                        one.callback, one.awaitable = _at_once(one.callback), True


class _Way(NamedTuple):
    """To one handler: past the filters of the routers around it, the outermost first, and its own, then through the
    middlewares of those routers."""

    router: Router
    filters: tuple[FilterObject, ...]
    handler: HandlerObject
    call: _Call


def _ways_of(router: Router) -> Iterator[_Way]:
    around = tuple(one.callback_query for one in reversed(list(router.chain_head)))
    inner = [middleware for observer in around for middleware in observer.middleware]
    gates = [one for observer in around for one in observer._handler.filters or ()]  # noqa: SLF001 - no other way to them
    for handler in router.callback_query.handlers:
        assert not any(len(one.outer_middleware) for one in around), f"{router.name}: an outer middleware of taps"
        call: _Call = partial(_ask, handler)
        for middleware in reversed(inner):
            call = partial(middleware, call)
        yield _Way(router, (*gates, *(handler.filters or ())), handler, call)


async def _is_open(way: _Way, event: CallbackQuery, data: dict[str, Any]) -> bool:
    """Whether all filters let the tap through; what they found is put into ``data``."""
    for one in way.filters:
        found = await _ask(one, event, data)
        if not found:
            return False
        if isinstance(found, dict):
            data.update(found)
    return True


def _with_parts(filters: Iterable[FilterObject]) -> Iterator[FilterObject]:
    """Also those that «and», «or» and «not» put together."""
    for one in filters:
        yield one
        if isinstance(one.callback, _LogicFilter):
            yield from _with_parts(getattr(one.callback, "targets", None) or [one.callback.target])  # type: ignore[attr-defined]


def _at_once(ask: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    async def asked(*args: Any, **kwargs: Any) -> Any:
        return ask(*args, **kwargs)

    return asked


async def _ask(one: CallableObject, event: TelegramObject, data: dict[str, Any]) -> Any:
    """A filter or a handler, for what it wants to know; aiogram copies all that there is twice to look for the same."""
    asked = data if one.varkw else {name: data[name] for name in one.params if name in data}
    return await (one.callback(event, **asked) if one.awaitable else one.call(event, **asked))


def _prefix(handler: HandlerObject) -> str | None:
    """Of the buttons that it handles; None where it takes any."""
    filters = (one.callback for one in handler.filters or ())
    return next((one.callback_data.__prefix__ for one in filters if isinstance(one, CallbackQueryFilter)), None)
