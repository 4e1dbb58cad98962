"""What a platform's list would do, and one doubtful name of it with those who may have it."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.services.import_attendance import TablePreview
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.attendance import callbacks as to
from handlers.people.buttons import button, keyboard, named

LEAST: tuple[int | None, ...] = (None, 10, 20, 30, 45, 60)
"""The choices of the minutes that somebody must have stayed."""

Screen = tuple[Markup, InlineKeyboardMarkup]
_TITLE = 120
_NAMED = 15  # unknown names that are shown
_NAME = 40
_CANDIDATE = 60


def preview_screen(preview: TablePreview) -> Screen:
    matching, occurrence = preview.matching, preview.event.occurrence_id
    parts = [say("table-title", title=shorten(preview.event.title, _TITLE), n=len(matching.entries))]
    parts.append(Markup("\n".join(_lines(preview))))
    parts.append(say("table-nothing-yet" if preview.new else "table-nothing-new"))
    rows: list[list[InlineKeyboardButton]] = []
    if matching.doubtful:
        rows.append([button("button-table-doubts", to.ShowDoubt(occurrence=occurrence), n=len(matching.doubtful))])
    if matching.counts_minutes:
        least = to.TableButton(occurrence=occurrence, act=to.TableAct.LEAST)
        rows.append([button("button-table-least", least, n=matching.least or 0)])
    if preview.new:
        go = to.TableButton(occurrence=occurrence, act=to.TableAct.APPLY)
        rows.append([button("button-table-apply", go, n=len(preview.new))])
    rows.append([button("button-cancel", to.TableButton(occurrence=occurrence, act=to.TableAct.DROP))])
    return Markup("\n\n".join(parts)), keyboard(*rows)


def doubt_screen(preview: TablePreview, place: int) -> Screen:
    """The name at ``place`` with a button for each who may have it."""
    matching, occurrence = preview.matching, preview.event.occurrence_id
    entry = matching.entries[place]
    minutes = "" if entry.minutes is None else plain("table-minutes", n=entry.minutes)
    text = say("table-doubt", name=shorten(entry.name, 200), minutes=minutes, left=len(matching.doubtful))
    rows = []
    lines = []
    for number, candidate in enumerate(entry.candidates, start=1):
        person = preview.people.get(candidate)
        if person is None:
            continue
        data = to.SettleDoubt(occurrence=occurrence, place=place, assignment=candidate)
        rows.append([named(plain("table-candidate", n=number, name=person.full_name), data)])
        name, unit = shorten(person.full_name, _CANDIDATE), shorten(person.unit_title, _CANDIDATE)
        lines.append(say("table-candidate-line", n=number, name=name, unit=unit))
    rows.append([button("button-table-nobody", to.SettleDoubt(occurrence=occurrence, place=place, assignment=0))])
    turning = [button("button-table-sum", to.TableButton(occurrence=occurrence, act=to.TableAct.SHOW))]
    if len(matching.doubtful) > 1:
        turning.append(button("button-table-skip", to.ShowDoubt(occurrence=occurrence, place=place + 1)))
    return Markup("\n\n".join([text, Markup("\n".join(lines))])), keyboard(*rows, turning)


def _lines(preview: TablePreview) -> list[Markup]:
    matching = preview.matching
    lines = [say("table-new", n=len(preview.new))]
    for key, n in (
        ("table-known", len(preview.known)),
        ("table-kept", len(preview.kept)),
        ("table-doubtful", len(matching.doubtful)),
    ):
        lines += [say(key, n=n)] if n else []
    if matching.too_short:
        lines.append(say("table-short", n=len(matching.too_short), least=matching.least or 0))
    if matching.unknown:
        names = ", ".join(shorten(name, _NAME) for name in matching.unknown[:_NAMED])
        lines.append(say("table-unknown", n=len(matching.unknown), names=names, rest=len(matching.unknown[_NAMED:])))
    return lines
