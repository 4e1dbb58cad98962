"""The buttons about people and the network: an action and ids, never rights. Every tap is checked again."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.network import Role


class GiveConsent(CallbackData, prefix="pc"):
    is_given: bool
    version: int


class TakeName(CallbackData, prefix="pn"):
    """The messenger's own name is taken; or another one is typed."""

    is_suggested: bool


class ConfirmJoining(CallbackData, prefix="pk"):
    pass


class JoinMore(CallbackData, prefix="pj"):
    """Somebody registered opened one more link; its token is in his dialogue."""

    is_wanted: bool


class ChoosePlace(CallbackData, prefix="pp"):
    """A level of the network as a newcomer sees it; unit 0 is the top."""

    unit: int = 0
    page: int = 0


class ChooseRole(CallbackData, prefix="pr"):
    unit: int
    role: Role


class SendRequest(CallbackData, prefix="prs"):
    unit: int
    role: Role


class WithdrawRequest(CallbackData, prefix="pw"):
    pass


class DecideRequest(CallbackData, prefix="pd"):
    request: int
    is_accepted: bool


class OpenRequest(CallbackData, prefix="pdo"):
    request: int


class Mine(StrEnum):
    SHOW = "s"
    NAME = "n"
    ZONE = "z"
    QUIET = "q"
    EXPORT = "e"
    LEAVE = "l"
    LEAVE_SURELY = "ls"
    ERASE = "d"
    ERASE_SURELY = "ds"


class MyData(CallbackData, prefix="pm"):
    act: Mine


class MyZone(CallbackData, prefix="pmz"):
    """An empty zone: that of his unit."""

    zone: str = ""


class MyQuietHours(CallbackData, prefix="pmq"):
    index: int


class MyRhythm(CallbackData, prefix="pmr"):
    """A place in ``bot.domain.rhythm.RHYTHMS``; below 0: show the screen."""

    index: int = -1


class MyOptional(CallbackData, prefix="pmo"):
    """Reminders of what is not obligatory: wanted or not."""

    is_wanted: bool


class PhoneAct(StrEnum):
    ASK = "a"
    HIDE = "h"


class MyPhone(CallbackData, prefix="pmt"):
    act: PhoneAct


class OpenUnit(CallbackData, prefix="pt"):
    """A level of /network; unit 0 is the top."""

    unit: int = 0
    page: int = 0


class Edit(StrEnum):
    ADD = "a"
    RENAME = "r"
    ZONE = "z"
    REMOVE = "x"
    REMOVE_SURELY = "xs"


class EditUnit(CallbackData, prefix="pe"):
    unit: int
    act: Edit


class UnitZone(CallbackData, prefix="pz"):
    unit: int
    zone: str


class RegionZone(CallbackData, prefix="pnz"):
    """The zone of the region whose title is in the dialogue; an empty one: show the list."""

    zone: str = ""


class InviteTo(CallbackData, prefix="pi"):
    unit: int = 0
    page: int = 0


class InviteRole(CallbackData, prefix="pir"):
    unit: int
    role: Role


class RevokeLink(CallbackData, prefix="pix"):
    invitation: int
    is_sure: bool = False


class PeopleAt(CallbackData, prefix="pl"):
    """A level of /people; unit 0 is the top."""

    unit: int = 0
    page: int = 0


class MembersOf(CallbackData, prefix="pls"):
    unit: int
    page: int = 0


class OpenMember(CallbackData, prefix="plm"):
    membership: int


class RemoveMember(CallbackData, prefix="plx"):
    membership: int
    is_sure: bool = False


class Unreachable(CallbackData, prefix="plu"):
    page: int = 0


class Requests(CallbackData, prefix="plr"):
    pass
