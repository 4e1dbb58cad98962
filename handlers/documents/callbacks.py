"""The buttons about documents. They carry ids and the version that was shown, never rights."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.drafts import RowDecision


class Only(StrEnum):
    """Which rows of a draft are listed."""

    ALL = "a"
    CLEAR = "c"
    QUESTION = "q"
    PAST = "p"
    ACCEPTED = "t"
    SKIPPED = "s"


class Shelf(StrEnum):
    DRAFTS = "d"
    PLANNED = "p"


class ShowShelf(CallbackData, prefix="df"):
    shelf: Shelf
    page: int = 1


class ShowDraft(CallbackData, prefix="dd"):
    """``section``: the place of a heading among those of the document, from 1; 0 for all of them."""

    document: int
    page: int = 1
    only: Only = Only.ALL
    section: int = 0


class ShowRow(CallbackData, prefix="dr"):
    row: int


class DecideRow(CallbackData, prefix="dx"):
    row: int
    version: int
    decision: RowDecision


class DecideAllPast(CallbackData, prefix="dp"):
    document: int
    version: int
    decision: RowDecision


class FixTerm(CallbackData, prefix="dt"):
    row: int


class AcceptTerm(CallbackData, prefix="dk"):
    """«Верно» under what was typed; the words themselves wait in the dialogue."""

    row: int
    version: int


class ConfirmTerm(CallbackData, prefix="dc"):
    row: int
    version: int


class ConfirmAll(CallbackData, prefix="db"):
    document: int
    version: int


class TakeProposal(CallbackData, prefix="dq"):
    row: int
    version: int


class ShowPreview(CallbackData, prefix="dw"):
    document: int


class PlanDraft(CallbackData, prefix="dl"):
    document: int
    version: int


class DiscardDraft(CallbackData, prefix="dz"):
    document: int
    is_sure: bool = False


class ShowPlan(CallbackData, prefix="dg"):
    document: int
    page: int = 1


class CancelPlan(CallbackData, prefix="dn"):
    document: int
    is_sure: bool = False


class ShowActivity(CallbackData, prefix="de"):
    activity: int
    page: int = 1


class AskAcceptance(CallbackData, prefix="vy"):
    """Whether the answers to a planned activity are accepted or given back."""

    activity: int
    is_needed: bool


class ShowDate(CallbackData, prefix="do"):
    occurrence: int


class MoveDate(CallbackData, prefix="dm"):
    occurrence: int


class AddDate(CallbackData, prefix="di"):
    activity: int


class AcceptDate(CallbackData, prefix="dy"):
    """«Верно» under a typed date; which date it is for waits in the dialogue with the words."""

    activity: int


class CancelDate(CallbackData, prefix="dj"):
    occurrence: int
    version: int
    is_sure: bool = False
