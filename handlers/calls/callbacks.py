"""The buttons of calls for proposals. They carry ids, versions and what was seen, never rights."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.calls import CallPart, ProposalState


class ListCalls(CallbackData, prefix="cl"):
    page: int = 0


class NewCall(CallbackData, prefix="cn"):
    """``unit`` 0: it is yet to be chosen."""

    unit: int = 0


class Act(StrEnum):
    """What a button does with a draft."""

    CARD = "c"
    PREVIEW = "p"
    ANNOUNCE = "a"
    ASK_DELETE = "q"
    DELETE = "d"


class CallDraftButton(CallbackData, prefix="cd"):
    draft: int
    version: int
    act: Act


class EditCallPart(CallbackData, prefix="kf"):
    draft: int
    part: CallPart


class ShowCall(CallbackData, prefix="cv"):
    """``page`` of its units."""

    occurrence: int
    page: int = 0


class ShowCallUnit(CallbackData, prefix="cu"):
    occurrence: int
    unit: int
    page: int = 0


class EndCall(CallbackData, prefix="cy"):
    """``is_sure``: the second tap."""

    occurrence: int
    version: int
    is_sure: bool = False


class AskLonger(CallbackData, prefix="ct"):
    """«Продлить до …»."""

    occurrence: int


class ProlongCall(CallbackData, prefix="cg"):
    """``day`` is its ordinal."""

    occurrence: int
    day: int

    @property
    def on(self) -> date:
        return date.fromordinal(self.day)


class ExportCall(CallbackData, prefix="ce"):
    occurrence: int


class ReadNext(CallbackData, prefix="cr"):
    """The proposal in ``state`` that came after ``after``; ``unit`` 0: of all."""

    occurrence: int
    state: ProposalState = ProposalState.NEW
    unit: int = 0
    after: int = 0


class ReadOne(CallbackData, prefix="cq"):
    proposal: int
    unit: int = 0


class DecideProposal(CallbackData, prefix="cx"):
    """``seen``: the state in which it was shown; ``unit``: whose are read one by one, 0 for all."""

    proposal: int
    seen: ProposalState
    to: ProposalState
    unit: int = 0


class DeclineSilently(CallbackData, prefix="cs"):
    """«Без объяснения»."""

    proposal: int
    seen: ProposalState
    unit: int = 0


class UndoProposal(CallbackData, prefix="cz"):
    proposal: int
    back_to: ProposalState
    unit: int = 0


class ShowFile(CallbackData, prefix="km"):
    proposal: int


class SendProposal(CallbackData, prefix="kp"):
    """«💡 Предложить»."""

    assignment: int


class ProposeWords(CallbackData, prefix="cwd"):
    """What was written outside a dialogue is a proposal."""

    draft: int
    assignment: int


class ShowOwn(CallbackData, prefix="co"):
    assignment: int


class WithdrawProposal(CallbackData, prefix="cw"):
    proposal: int


class LeaveProposing(CallbackData, prefix="cj"):
    assignment: int
