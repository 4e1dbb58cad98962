"""Finding rows among many: by page, by state, by section, by number and by words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.drafts import JudgedRow, Judgement
from bot.services.show_draft import DraftView
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import row_callbacks as about
from handlers.documents.draft_screens import ROWS, Screen, entries, listed_rows, number_buttons, sections_of
from handlers.documents.wording import Rows, button, fitting, labelled
from handlers.rows import in_rows, page_of, turning

_PAGES_A_LINE = 8
_PAGE_BUTTONS = 64  # Telegram takes a hundred buttons under a message
_SECTIONS = 8
_NUMBER = re.compile(r"(?:строка|строку|строки|пункт|п\.|№|номер)?\s*№?\s*([0-9][0-9.\-/]*)\s*[.)]?", re.IGNORECASE)


def pages_screen(at: to.ShowDraft, pages: int) -> Screen:
    """Every page as a button; of very many each second, each third and so on."""
    step = max(1, -(-pages // _PAGE_BUTTONS))
    numbers = sorted({*range(1, pages + 1, step), pages})
    buttons = [labelled(str(number), at.model_copy(update={"page": number})) for number in numbers]
    rows: Rows = in_rows(buttons, _PAGES_A_LINE)
    rows.append([button("button-to-rows", at)])
    return say("pages-choose", pages=pages), InlineKeyboardMarkup(inline_keyboard=rows)


def choose_rows_screen(view: DraftView, *, page: int) -> Screen:
    """Which rows are listed: by state, by section, or found by what is written in the chat."""
    draft = view.draft
    rows: Rows = []
    for only in to.Only:
        at = to.ShowDraft(document=draft.id, only=only)
        if n := len(listed_rows(view.judgement, at)):
            rows.append([button("button-only", at, only=only.name.lower(), n=n)])
    names = sections_of(view.judgement)
    page, pages = page_of(page, len(names), _SECTIONS)
    for place, name in list(enumerate(names, start=1))[(page - 1) * _SECTIONS : page * _SECTIONS]:
        at = to.ShowDraft(document=draft.id, section=place)
        n = len(listed_rows(view.judgement, at))
        rows.append([button("button-section", at, section=shorten(name, 30), n=n)])
    rows += turning(page, pages, lambda n: about.ChooseRows(document=draft.id, page=n), first=1)
    rows.append([button("button-all-rows", to.ShowDraft(document=draft.id))])
    return say("rows-choose"), InlineKeyboardMarkup(inline_keyboard=rows)


def found_screen(
    view: DraftView, found: Sequence[JudgedRow], words: str, *, page: int, now: datetime
) -> Screen:  # fmt: skip
    """The rows that the words found, five a page, or how else to look."""
    document = view.draft.id
    page, pages = page_of(page, len(found), ROWS)
    shown = found[(page - 1) * ROWS : page * ROWS]
    today = now.astimezone(ZoneInfo(view.draft.timezone)).date()
    head = say("rows-found", words=shorten(words, 60), rows=plain("n-rows", n=len(found)))
    if not found:
        head = say("rows-not-found", words=shorten(words, 60), title=shorten(view.draft.title, 80))
    text = fitting(partial(_found_text, head, shown, today))
    rows = number_buttons(shown) + turning(page, pages, lambda n: about.ShowFound(document=document, page=n), first=1)
    rows.append([button("button-all-rows", to.ShowDraft(document=document))])
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def matching(judgement: Judgement, words: str) -> tuple[JudgedRow, ...]:
    """«57» and «строка 57» mean the number of a row, else its place; anything else must stand in it word by word."""
    if number := _NUMBER.fullmatch(words.strip()):
        wanted = number[1].strip(".-/")
        exact = tuple(judged for judged in judgement.rows if judged.row.number == wanted)
        inside = tuple(judged for judged in judgement.rows if judged.row.number.startswith(f"{wanted}."))
        place = int(wanted) if wanted.isdigit() else 0
        return exact or inside or judgement.rows[place - 1 : place]
    # A number is meant whole, a word as it begins: «робот» finds «роботов», and «20» no year.
    sought = [re.compile(rf"\b{re.escape(_plain(word))}" + r"\b" * word.isdigit()) for word in words.split()]
    return tuple(judged for judged in judgement.rows if all(word.search(_text_of(judged)) for word in sought))


def _found_text(head: Markup, shown: Sequence[JudgedRow], today: date, share: float) -> Markup:
    return Markup("\n".join([head, *entries(shown, today=today, share=share)]))


def _text_of(judged: JudgedRow) -> str:
    row = judged.row
    return _plain(" ".join((row.title, row.responsible, row.result, row.phrase, row.typed_phrase or "")))


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")
