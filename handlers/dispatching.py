"""A tap goes straight to the handlers that know its button: to ask all the routers cost more than its handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, TelegramObject

_KINDS = 500  # of buttons; there are some two hundred, and whatever is forged


class TapDispatcher(Dispatcher):
    """Asks for a tap, in their order, only the handlers of this prefix and those of any button.

    What aiogram puts together anew for each tap, the filters and the middlewares around a handler, is put together
    once. So it must have no handlers of taps itself, all its routers before the first tap, and routers with inner
    middlewares of taps only.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ways_for = lru_cache(_KINDS)(self._find_ways_for)

    async def _propagate_event(
        self, observer: TelegramEventObserver | None, update_type: str, event: TelegramObject, **kwargs: Any
    ) -> Any:
        if not isinstance(event, CallbackQuery):
            return await super()._propagate_event(observer, update_type, event, **kwargs)
        for way in self._ways_for((event.data or "").partition(":")[0]):
            data = {**kwargs, "event_router": way.router, "handler": way.handler}
            if await _is_open(way, event, data):
                try:
                    return await way.call(event, data)
                except SkipHandler:
                    continue
        return UNHANDLED

    def _find_ways_for(self, prefix: str) -> tuple[_Way, ...]:
        routers = (router for child in self.sub_routers for router in child.chain_tail)
        return tuple(way for router in routers for way in _ways_of(router) if _prefix(way.handler) in (prefix, None))


class _Way(NamedTuple):
    """To one handler: past the filters of the routers around it, the outermost first, through their middlewares."""

    router: Router
    gates: tuple[TelegramEventObserver, ...]
    handler: HandlerObject
    call: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


def _ways_of(router: Router) -> Iterator[_Way]:
    around = tuple(one.callback_query for one in reversed(list(router.chain_head)))
    inner = [middleware for observer in around for middleware in observer.middleware]
    for handler in router.callback_query.handlers:
        assert not any(len(one.outer_middleware) for one in around[1:]), f"{router.name}: an outer middleware of taps"
        call = router.callback_query.middleware.wrap_middlewares(inner, handler.call)
        yield _Way(router, around, handler, call)


async def _is_open(way: _Way, event: CallbackQuery, data: dict[str, Any]) -> bool:
    """Whether all filters let the tap through; what they found is put into ``data``."""
    for gate in way.gates:
        is_let_in, found = await gate.check_root_filters(event, **data)
        if not is_let_in:
            return False
        data.update(found)
    is_its_own, found = await way.handler.check(event, **data)
    data.update(found)
    return is_its_own


def _prefix(handler: HandlerObject) -> str | None:
    """Of the buttons that it handles; None where it takes any."""
    filters = (one.callback for one in handler.filters or ())
    return next((one.callback_data.__prefix__ for one in filters if isinstance(one, CallbackQueryFilter)), None)
