"""The buttons of an event that is being made: the draft and its version, never rights."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.events import EventKind


class Field(StrEnum):
    """What of an event is typed or chosen; its words stand in the catalogue under «event-ask-<field>»."""

    UNIT = "unit"
    KIND = "kind"
    TITLE = "title"
    WHEN = "when"
    ZONE = "zone"
    LINK = "link"
    CODE = "code"
    WORD = "word"  # said at the event, by which those who hear it check themselves in
    PLACE = "place"
    LEADER = "leader"
    AUDIENCE = "who"
    SEATS = "seats"
    ASKS = "asks"
    MATERIALS = "files"


class Act(StrEnum):
    CARD = "card"
    SKIP = "skip"  # on the way through the first steps: with what stands
    CLEAR = "clear"
    CHECK = "check"
    SELF = "self"
    ANNOUNCE = "go"
    DELETE = "drop"
    DELETE_SURE = "drop!"


class DraftButton(CallbackData, prefix="wa"):
    """``version``: of the draft when it was shown; an older button changes nothing."""

    draft: int
    version: int
    act: Act
    field: Field | None = None


class OpenField(CallbackData, prefix="wf"):
    draft: int
    field: Field


class PickValue(CallbackData, prefix="wp"):
    draft: int
    version: int
    field: Field
    value: str


class ShowReader(CallbackData, prefix="wr"):
    """The preview as another reader sees it."""

    draft: int
    place: int


class NewEvent(CallbackData, prefix="we"):
    """None: which kind it is is asked."""

    kind: EventKind | None = None


class ListDrafts(CallbackData, prefix="wd"):
    pass


class ListEarlier(CallbackData, prefix="wc"):
    pass


class CopyEvent(CallbackData, prefix="wy"):
    activity: int


class Flying(CallbackData, prefix="wo"):
    """Stops the announcement of a date (of its series), or lets it go on."""

    occurrence: int
    is_stop: bool
