"""What is new in a thread, as one message: several that have waited come together."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.ids import PersonId
from bot.domain.matters import Answer
from bot.services.show_threads import ThreadNews
from bot.texts.catalogue import Markup, say
from bot.texts.wording import length, shorten
from handlers.answers.card import Card
from handlers.threads.callbacks import ShowThread
from handlers.threads.screens import button, file_rows, heading, matter_row, message_line, talking_rows, writer

_MESSAGE = 3700
_WORDS = 1500
_BEFORE = 200
_FILES = 4


def thread_notice(
    news: ThreadNews, me: PersonId, *, reader: ZoneInfo, today: date, without_personal_data: bool
) -> Card | None:
    """None where nothing is left to tell: the message was taken away, or the question is open again."""
    view, is_closed = news.view, news.view.thread.is_closed
    if not is_closed and (not news.new or _has_nothing_to_say(news)):
        return None
    head = heading(view, reader=reader, today=today, without_names=without_personal_data, is_news=news.before is None)
    parts = [head]
    if news.before is not None:
        text = shorten(news.before.said.text or "📎", _BEFORE)
        name = writer(news.before, without_names=without_personal_data)
        parts.append(say("thread-before", name=name, text=text))
    room = _MESSAGE - sum(length(part) + 2 for part in parts)
    for number, message in enumerate(news.new):
        line = message_line(message, me, reader, limit=_WORDS, without_names=without_personal_data)
        room -= length(line) + 2
        if room < 0:
            parts.append(say("thread-more", n=len(news.new) - number))
            break
        parts.append(line)
    if is_closed:
        parts.append(say("thread-closed"))
    rows = [*talking_rows(view), *file_rows(news.new, limit=_FILES)]
    rows.append([button("button-thread-whole", ShowThread(thread=view.thread.id))])
    return Card(Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=[*rows, *matter_row(view)]))


def _has_nothing_to_say(news: ThreadNews) -> bool:
    """«Есть проблема» without a word, and another answer since; or whoever wrote it was erased meanwhile."""
    matter = news.view.matter
    if any(one.said.text is not None or one.said.file is not None for one in news.new):
        return False
    is_settled = matter is not None and matter.assignment.answer is not Answer.PROBLEM
    return is_settled or not any(one.person_name for one in news.new)
