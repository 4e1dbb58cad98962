"""The buttons of selections. They carry ids, versions and what was seen, never rights."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.selection import ApplicationState
from bot.domain.selection_drafts import SelectionPart


class ListSelections(CallbackData, prefix="Sl"):
    page: int = 0


class NewSelection(CallbackData, prefix="Sn"):
    """``unit`` 0: it is yet to be chosen."""

    unit: int = 0


class SelectionOfRow(CallbackData, prefix="Sr"):
    row: int


class SelectionOfActivity(CallbackData, prefix="St"):
    activity: int


class Act(StrEnum):
    """What a button does with a draft."""

    CARD = "c"
    PREVIEW = "p"
    ANNOUNCE = "a"
    ASK_DELETE = "q"
    DELETE = "d"


class SelectionDraftButton(CallbackData, prefix="Sd"):
    draft: int
    version: int
    act: Act


class EditSelectionPart(CallbackData, prefix="Se"):
    draft: int
    part: SelectionPart


class SetSelectionPart(CallbackData, prefix="Sv"):
    """A number in one tap: of quotas how many each has, 0 for none; of who applies, the place in ``AnsweredBy``."""

    draft: int
    version: int
    part: SelectionPart
    number: int


class ListQuotas(CallbackData, prefix="S3"):
    """The municipalities with the quota of each."""

    draft: int
    page: int = 0


class ShowQuota(CallbackData, prefix="S4"):
    """``page``: of the list that it leads back to."""

    draft: int
    unit: int
    page: int = 0


class SetQuota(CallbackData, prefix="S5"):
    """``number``: ``NO_QUOTA`` takes it away."""

    draft: int
    version: int
    unit: int
    number: int
    page: int = 0


class StepQuota(CallbackData, prefix="SB"):
    """«+1», «−1» from whatever stands there: taps that come faster than the screen follows all count."""

    draft: int
    unit: int
    by: int
    page: int = 0


NO_QUOTA = -1


class LeaveQuotas(CallbackData, prefix="S6"):
    """On to what is asked next."""

    draft: int


class ChooseSelectionForm(CallbackData, prefix="Sf"):
    """``form`` 0: the ready one."""

    draft: int
    form: int


class ListSelectionForms(CallbackData, prefix="S0"):
    draft: int
    page: int = 0


class ShowSelection(CallbackData, prefix="Ss"):
    occurrence: int


class ShowList(CallbackData, prefix="Si"):
    occurrence: int
    state: ApplicationState
    page: int = 0


class ReadWaiting(CallbackData, prefix="Sw"):
    """The application that came after ``after`` and waits."""

    occurrence: int
    after: int = 0


class ShowApplication(CallbackData, prefix="Sa"):
    application: int


class DecideApplication(CallbackData, prefix="Sx"):
    """``sure``: what was taken of each bound when he was asked «точно?», as «4.20»."""

    application: int
    version: int
    to: ApplicationState
    sure: str = ""


class DeclineApplicationSilently(CallbackData, prefix="Sy"):
    """«Без объяснения»."""

    application: int
    version: int


class Reorder(CallbackData, prefix="Su"):
    application: int
    version: int
    up: bool


class ShowApplicationHistory(CallbackData, prefix="Sh"):
    application: int


class SendApplicationFile(CallbackData, prefix="Sm"):
    application: int
    place: int


class PreviewDecisions(CallbackData, prefix="Sp"):
    occurrence: int


class AnnounceDecisions(CallbackData, prefix="Sq"):
    """``seen`` names the decisions that were shown."""

    occurrence: int
    seen: int


class EndSelection(CallbackData, prefix="Sz"):
    """``is_sure``: the second tap."""

    occurrence: int
    version: int
    is_sure: bool = False


class ExportSelection(CallbackData, prefix="Sk"):
    occurrence: int


class TakeUp(CallbackData, prefix="Sb"):
    """From the reserve to the main list."""

    application: int
    version: int


class UndoTakeUp(CallbackData, prefix="So"):
    """``version``: as taking up has left it."""

    application: int
    version: int


class ShowBounds(CallbackData, prefix="S1"):
    occurrence: int


class EditBound(CallbackData, prefix="S2"):
    occurrence: int
    part: SelectionPart


class ListRunningQuotas(CallbackData, prefix="S7"):
    """Of a selection that runs: its municipalities with the quota of each."""

    occurrence: int
    page: int = 0


class ShowRunningQuota(CallbackData, prefix="S8"):
    """``page``: of the list that it leads back to."""

    occurrence: int
    unit: int
    page: int = 0


class SetRunningQuota(CallbackData, prefix="S9"):
    """``number``: ``NO_QUOTA`` takes it away; ``seen``: what stood there."""

    occurrence: int
    unit: int
    number: int
    seen: int
    page: int = 0


class StepRunningQuota(CallbackData, prefix="SC"):
    """«+1», «−1» from whatever stands there by then."""

    occurrence: int
    unit: int
    by: int
    page: int = 0


class ShowOwnApplications(CallbackData, prefix="Sc"):
    assignment: int


class ShowOwnApplication(CallbackData, prefix="Sg"):
    application: int


class WithdrawApplication(CallbackData, prefix="Sj"):
    """``is_sure``: the second tap."""

    application: int
    is_sure: bool = False
