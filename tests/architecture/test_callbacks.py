"""The buttons of all areas share one space of prefixes: what one of them packs, no other may read as its own."""

from __future__ import annotations

from itertools import combinations

import pytest
from aiogram.filters.callback_data import CallbackData

import handlers.routing  # noqa: F401 - with it come the buttons of every area

# Of as many fields, but one of them is a word here and a figure there: neither reads what the other has packed.
_TOLD_APART = {("EditCallPart", "MoveFollowing"), ("ChooseController", "SetRowPace")}


def _sharing() -> list[tuple[type[CallbackData], type[CallbackData]]]:
    known = sorted(CallbackData.__subclasses__(), key=lambda one: one.__name__)
    return [
        (one, other)
        for one, other in combinations([one for one in known if one.__module__.startswith("handlers.")], 2)
        if one.__prefix__ == other.__prefix__
    ]


@pytest.mark.parametrize(("one", "other"), _sharing(), ids=lambda one: one.__name__)
def test_two_buttons_with_one_prefix_differ_in_their_fields(one: type[CallbackData], other: type[CallbackData]) -> None:
    assert (one.__name__, other.__name__) in _TOLD_APART or len(one.model_fields) != len(other.model_fields)
