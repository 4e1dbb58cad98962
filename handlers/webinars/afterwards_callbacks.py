"""The buttons of the time after an event: ids and what a tap does, never rights."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.afterwards import Receivers
from bot.domain.events import CertificateFormat


class EventFile(StrEnum):
    TABLE = "x"
    SIGN_LIST = "s"


class ShowAfterwards(CallbackData, prefix="fa"):
    occurrence: int


class AddMaterial(CallbackData, prefix="fb"):
    occurrence: int


class DropMaterial(CallbackData, prefix="fc"):
    occurrence: int
    material: int


class SendMaterials(CallbackData, prefix="fd"):
    """Asks first, then (``is_sure``) sends."""

    occurrence: int
    to: Receivers
    is_sure: bool = False


class GetEventFile(CallbackData, prefix="fe"):
    occurrence: int
    file: EventFile


class RateEvent(CallbackData, prefix="ff"):
    assignment: int
    rating: int


class SkipLine(CallbackData, prefix="fg"):
    assignment: int


class WriteLine(CallbackData, prefix="fw"):
    assignment: int


class GetCertificate(CallbackData, prefix="fh"):
    assignment: int


class ShowFeedback(CallbackData, prefix="fi"):
    occurrence: int
    page: int = 0


class SwitchFeedback(CallbackData, prefix="fj"):
    occurrence: int
    on: bool


class SwitchCertificate(CallbackData, prefix="fk"):
    occurrence: int
    on: bool


class CertifyAs(CallbackData, prefix="f9"):
    """Gives certificates, and of this kind."""

    occurrence: int
    paper: CertificateFormat


class ShowSeries(CallbackData, prefix="fl"):
    """``occurrence``: the event to go back to; 0 where it was come to otherwise."""

    series: int
    occurrence: int = 0
    page: int = 0


class ShowMySeries(CallbackData, prefix="fm"):
    assignment: int
    page: int = 0


class GetSeriesFile(CallbackData, prefix="fn"):
    series: int


class GetMaterial(CallbackData, prefix="fo"):
    assignment: int
    material: int


class ShowMissed(CallbackData, prefix="fp"):
    page: int = 0


class ShowMaterials(CallbackData, prefix="fq"):
    assignment: int
