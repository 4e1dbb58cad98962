"""The files that people ask the handlers for; what takes long to make is made off the event loop.

Handlers may not import the writers of files, their siblings: ``bot.app`` hands them these.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.events import CertificateFormat
from bot.reports.attendance_xlsx import attendance_xlsx, series_xlsx
from bot.reports.board_file import board_file
from bot.reports.calendar_ics import calendar_ics, matter_ics
from bot.reports.certificate_docx import certificate_docx
from bot.reports.figures_png import figures_png
from bot.reports.form_template_xlsx import form_template_xlsx
from bot.reports.proposals_xlsx import proposals_xlsx
from bot.reports.qr import qr_png
from bot.reports.selection_xlsx import selection_xlsx
from bot.reports.sign_list_docx import sign_list_docx
from bot.services.export_attendance import AttendanceExport, Certificate
from bot.services.export_calendar import CalendarExport
from bot.services.read_proposals import CallExport
from bot.services.select_applicants import SelectionExport
from bot.services.show_indicators import IndicatorUnit
from bot.services.show_series import SeriesExport


def file_makers() -> Mapping[str, Callable[..., Any]]:
    """By the names under which handlers ask for them."""
    return {
        "qr_png": qr_png,
        "board_file": board_file,
        "calendar_file": calendar_file,
        "figures_picture": figures_picture,
        "form_template": partial(asyncio.to_thread, form_template_xlsx),
        "attendance_file": attendance_file,
        "sign_list_file": sign_list_file,
        "certificate_file": certificate_file,
        "series_file": series_file,
        "proposals_file": proposals_file,
        "selection_file": selection_file,
    }


async def figures_picture(figure: IndicatorUnit) -> bytes:
    return await asyncio.to_thread(figures_png, figure)


async def calendar_file(export: CalendarExport, is_one: bool, reader: ZoneInfo, now: datetime) -> bytes:
    if is_one:
        return matter_ics(export.matters[0], installation=export.installation, reader=reader, now=now)
    make = partial(calendar_ics, export.matters, installation=export.installation, reader=reader, now=now)
    return await asyncio.to_thread(make)


async def attendance_file(export: AttendanceExport, reader: ZoneInfo, now: datetime) -> bytes:
    return await asyncio.to_thread(partial(attendance_xlsx, export, reader=reader, now=now))


async def sign_list_file(export: AttendanceExport) -> bytes:
    return await asyncio.to_thread(sign_list_docx, export)


async def certificate_file(certificate: Certificate) -> bytes:
    if certificate.event.details.certificate_as is CertificateFormat.DOCX:
        return await asyncio.to_thread(certificate_docx, certificate)
    # Imported when the first is asked for: the library costs what few installations ever need.
    from bot.reports.certificate_pdf import certificate_pdf

    return await asyncio.to_thread(certificate_pdf, certificate)


async def proposals_file(export: CallExport, reader: ZoneInfo, now: datetime) -> bytes:
    return await asyncio.to_thread(partial(proposals_xlsx, export, reader=reader, now=now))


async def selection_file(export: SelectionExport, reader: ZoneInfo, now: datetime) -> bytes:
    return await asyncio.to_thread(partial(selection_xlsx, export, reader=reader, now=now))


async def series_file(export: SeriesExport, reader: ZoneInfo, now: datetime) -> bytes:
    return await asyncio.to_thread(partial(series_xlsx, export, reader=reader, now=now))
