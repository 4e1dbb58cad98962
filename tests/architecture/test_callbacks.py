"""The buttons of all areas share one space of prefixes: what one of them packs, no other may read as its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from aiogram.filters.callback_data import CallbackData

import handlers.routing  # noqa: F401 - with it come the buttons of every area


def _below(kind: type[CallbackData]) -> Iterator[type[CallbackData]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def test_no_two_buttons_have_one_prefix() -> None:
    named = defaultdict(set)
    for one in _below(CallbackData):
        if one.__module__.startswith("handlers."):
            named[one.__prefix__].add(f"{one.__module__}.{one.__name__}")
    assert len(named) > 100, "they are found at all"
    assert [sorted(names) for names in named.values() if len(names) > 1] == []
