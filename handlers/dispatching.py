"""A tap goes straight to the routers that know its button: to ask all of them cost more than its handler."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, TelegramObject

_KINDS = 500  # of buttons; there are some two hundred, and whatever is forged


class TapDispatcher(Dispatcher):
    """Asks for a tap, in their order, only the routers with a handler for this prefix, or for any button.

    It must have no handlers of taps itself, and all its routers before the first tap.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._routers_for = lru_cache(_KINDS)(self._find_routers_for)

    async def _propagate_event(
        self, observer: TelegramEventObserver | None, update_type: str, event: TelegramObject, **kwargs: Any
    ) -> Any:
        if not isinstance(event, CallbackQuery):
            return await super()._propagate_event(observer, update_type, event, **kwargs)
        for router in self._routers_for((event.data or "").partition(":")[0]):
            response = await router.propagate_event(update_type=update_type, event=event, **kwargs)
            if response is not UNHANDLED:
                return response
        return UNHANDLED

    def _find_routers_for(self, prefix: str) -> tuple[Router, ...]:
        return tuple(router for router in self.sub_routers if {prefix, None} & _prefixes(router))


def _prefixes(router: Router) -> set[str | None]:
    """Of the buttons that the router or one within it handles; None among them where it handles any button."""
    handlers = (handler for one in router.chain_tail for handler in one.callback_query.handlers)
    return {_prefix(filter_.callback for filter_ in handler.filters or ()) for handler in handlers}


def _prefix(filters: Iterable[Any]) -> str | None:
    return next((one.callback_data.__prefix__ for one in filters if isinstance(one, CallbackQueryFilter)), None)
