"""A thread whole, the list of them, and what is said of what was written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import Answer
from bot.domain.threads import SentFile, Side, Thread, ThreadMessage
from bot.ports.threads import ListedThread
from bot.services.show_threads import ThreadPage, ThreadView
from bot.services.tell_thread import Written
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import clock, day, stamp
from bot.texts.wording import length, short_name, shorten
from handlers.answers.callbacks import ShowMatter
from handlers.answers.review_standing import due_line
from handlers.board.callbacks import BoardDate
from handlers.rows import turning
from handlers.threads.callbacks import (
    CloseThread,
    FindWords,
    ShowFile,
    ShowThread,
    ThreadList,
    WriteThread,
)

_PAGE = 3500  # of the messages on one page; the heading wants its room too
_PIECE = 2500  # a longer message goes on over the page
_TITLE = 200
_LINE = 90
_BUTTON = 40
_FILES = 8

Rows = list[list[InlineKeyboardButton]]
Screen = tuple[Markup, InlineKeyboardMarkup]


def thread_screen(view: ThreadView, me: int, *, reader: ZoneInfo, today: date, page: int = -1) -> Screen:
    """One page of the messages, the oldest first; without a page the last one."""
    pages = _pages(view, me, reader)
    page = len(pages) - 1 if page < 0 else min(page, len(pages) - 1)
    parts, shown = pages[page]
    text = Markup("\n\n".join([heading(view, reader=reader, today=today), *parts]))
    if view.thread.is_closed and page == len(pages) - 1:
        text = Markup(f"{text}\n\n{say('thread-closed')}")
    rows = file_rows(shown, limit=_FILES)
    rows += turning(page, len(pages), lambda to: ShowThread(thread=view.thread.id, page=to))
    rows += talking_rows(view) + matter_row(view)
    rows.append([button("button-thread-list", ThreadList(is_closed=view.thread.is_closed))])
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def list_screen(page: ThreadPage, *, reader: ZoneInfo) -> Screen:
    """Open or closed threads; what waits for the reader comes first."""
    key = "threads-title-closed" if page.is_closed else "threads-title"
    parts = [say(key, total=page.total)]
    if page.waiting and not page.is_closed:
        parts[0] = Markup(f"{parts[0]}\n{say('threads-waiting', n=page.waiting)}")
    if not page.threads:
        parts = [say("threads-empty-closed" if page.is_closed else "threads-empty")]
    rows: Rows = []
    for number, one in enumerate(page.threads, start=1):
        parts.append(_line(number, one, reader))
        label = plain("button-threads-item", n=number, title=shorten(listed_title(one), _BUTTON))
        rows.append([_named(label, ShowThread(thread=one.thread.id))])
    if page.unsent:
        parts.append(say("threads-unsent", n=page.unsent))
        rows.insert(0, [button("button-threads-unsent", FindWords())])
    rows += turning(page.page, page.pages, lambda to: ThreadList(page=to, is_closed=page.is_closed))
    other = "button-threads-open" if page.is_closed else "button-threads-closed"
    rows.append([button(other, ThreadList(is_closed=not page.is_closed))])
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def heading(
    view: ThreadView, *, reader: ZoneInfo, today: date, without_names: bool = False, is_news: bool = False
) -> Markup:
    """Whose question it is and what about. ``is_news``: of a problem that is told for the first time."""
    parts = [_whose(view, without_names=without_names, is_news=is_news)]
    if view.matter is None:
        parts.append(say("thread-general"))
        return Markup("\n".join(parts))
    parts.append(say("thread-matter", title=shorten(view.matter.title, _TITLE)))
    parts.append(due_line(view.matter, reader, today))
    answer = view.matter.assignment.answer
    if answer is not None and answer is not Answer.PROBLEM:
        parts.append(say("thread-answer", answer=plain(f"answer-{answer.value}")))
    return Markup("\n".join(parts))


def message_line(
    message: ThreadMessage, me: int, reader: ZoneInfo, *, limit: int, without_names: bool = False
) -> Markup:
    """Who wrote, when, and what."""
    name = plain("thread-you") if message.person_id == me else writer(message, without_names=without_names)
    parts = [say("thread-message", name=name, at=stamp(message.written_at, reader))]
    if message.said.text:
        text = message.said.text
        parts.append(_words(text if len(text) <= limit else f"{text[: limit - 1]}…"))
    if message.said.file is not None:
        parts.append(say("thread-file", what=file_title(message.said.file)))
    if message.said.text is None and message.said.file is None:
        parts.append(say("thread-no-words" if message.person_name else "thread-words-erased"))
    return Markup("\n".join(parts))


def writer(message: ThreadMessage, *, without_names: bool = False) -> str:
    """«Зимина А. О.», or the side where messages name nobody."""
    if without_names:
        return plain(f"thread-role-{message.side.value}")
    return short_name(message.person_name) if message.person_name else plain("thread-erased")


def file_title(file: SentFile) -> str:
    """The name of the file, else what it is."""
    return shorten(file.name, _BUTTON) if file.name else plain(f"thread-file-{file.kind.value}")


def file_rows(messages: Sequence[ThreadMessage], *, limit: int) -> Rows:
    """A button for each file: it is sent at once where it is wanted."""
    rows: Rows = []
    for message in messages:
        if message.said.file is not None and len(rows) < limit:
            label = plain("button-thread-file", what=file_title(message.said.file))
            rows.append([_named(label, ShowFile(message=message.id))])
    return rows


def talking_rows(view: ThreadView) -> Rows:
    """«Ответить», and for those above «Закрыть вопрос»; of a closed one that it is not settled."""
    thread = view.thread
    if thread.is_closed:
        return [[button("button-thread-reopen", WriteThread(thread=thread.id, is_reopening=True))]]
    row = [button("button-thread-answer", WriteThread(thread=thread.id))]
    if view.side is Side.ABOVE:
        row.append(button("button-thread-close", CloseThread(thread=thread.id)))
    return [row]


def matter_row(view: ThreadView) -> Rows:
    """To the card of the matter for those who owe it, to the board of the date for those above."""
    if view.matter is None:
        return []
    if view.side is Side.BELOW:
        return [[button("button-thread-matter", ShowMatter(assignment=view.matter.assignment.id, listed=True))]]
    data = BoardDate(occurrence=view.matter.assignment.occurrence_id)
    return [[button("button-problem-board", data)]]


def listed_title(one: ListedThread) -> str:
    """The matter, else the words it began with; for those above with the school before it."""
    title = one.title or one.first or plain("thread-general-title")
    return f"{_unit(one.thread)}: {title}" if one.side is Side.ABOVE else title


def opposite(view: ThreadView) -> str:
    """Whom those above write to."""
    return short_name(view.asker) if view.asker else _unit(view.thread)


def sent(written: Written, view: ThreadView, *, reader: ZoneInfo, now: datetime) -> Markup:
    """What became of a message: who has it, or when he will; nobody, where that is so."""
    if written.side is Side.BELOW:
        return told(written, reader=reader, now=now)
    if not written.people:
        return say("thread-nobody-down")
    return _held(say("thread-sent-down", who=opposite(view)), written, reader, now)


def told(written: Written, *, reader: ZoneInfo, now: datetime) -> Markup:
    """The same to those below."""
    if not written.people:
        return say("thread-nobody-up")
    return _held(say("thread-sent-up", n=written.people), written, reader, now)


def whole_keyboard(written: Written) -> InlineKeyboardMarkup:
    whole = button("button-thread-whole", ShowThread(thread=written.thread.id))
    return InlineKeyboardMarkup(inline_keyboard=[[whole]])


def when(at: datetime, *, reader: ZoneInfo, now: datetime) -> str:
    """«завтра в 08:00», on the writer's clock."""
    on, today = at.astimezone(reader).date(), now.astimezone(reader).date()
    if on - today > timedelta(days=1):
        return plain("thread-when-later", day=day(on, today=today), at=clock(at, reader))
    return plain("thread-when-today" if on == today else "thread-when-tomorrow", at=clock(at, reader))


def button(key: str, data: CallbackData, **values: str | int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=plain(key, **values), callback_data=data.pack())


def _unit(thread: Thread) -> str:
    return thread.unit_title or plain("thread-no-unit")


def _held(text: Markup, written: Written, reader: ZoneInfo, now: datetime) -> Markup:
    if written.at is None:
        return text
    return Markup(f"{text}\n{say('thread-held', when=when(written.at, reader=reader, now=now))}")


def _whose(view: ThreadView, *, without_names: bool, is_news: bool) -> Markup:
    if view.side is Side.BELOW:
        return say("thread-up")
    is_problem = is_news and view.matter is not None and view.matter.assignment.answer is Answer.PROBLEM
    first = view.messages[0].person_name if is_problem and view.messages else ""
    person = "" if without_names else view.asker or first
    key = f"thread-{'problem-' if is_problem else ''}of-{'person' if person else 'school'}"
    return say(key, unit=_unit(view.thread), person=short_name(person))


def _pages(view: ThreadView, me: int, reader: ZoneInfo) -> list[tuple[list[Markup], list[ThreadMessage]]]:
    """The messages by pages. One that is too long for a page is cut into pieces: nothing of it is lost."""
    pages: list[tuple[list[Markup], list[ThreadMessage]]] = [([], [])]
    room = _PAGE
    for message in view.messages:
        for number, piece in enumerate(_pieces(message, me, reader)):
            if length(piece) + 2 > room and pages[-1][0]:
                pages.append(([], []))
                room = _PAGE
            pages[-1][0].append(piece)
            room -= length(piece) + 2
            if number == 0:
                pages[-1][1].append(message)
    return pages


def _pieces(message: ThreadMessage, me: int, reader: ZoneInfo) -> list[Markup]:
    text = message.said.text or ""
    whole = message_line(message, me, reader, limit=_PIECE)
    if len(text) <= _PIECE:
        return [whole]
    first = message_line(message, me, reader, limit=_PIECE)
    rest = text[_PIECE - 1 :]
    return [first, *(_words("…" + rest[at : at + _PIECE]) for at in range(0, len(rest), _PIECE))]


def _words(text: str) -> Markup:
    return say("thread-words", text=text)


def _line(number: int, one: ListedThread, reader: ZoneInfo) -> Markup:
    mark = "🔴" if one.waiting_since is not None else "💬"
    title = shorten(one.title or one.first or plain("thread-general-title"), _LINE)
    parts = [say("threads-line", n=number, mark=mark, title=title)]
    facts = []
    if one.side is Side.ABOVE:
        unit = _unit(one.thread)
        who = f"{unit}, {short_name(one.person_name)}" if one.person_name else unit
        facts.append(say("threads-whose", who=shorten(who, _LINE)))
    if one.waiting_since is not None and not one.thread.is_closed:
        facts.append(say("threads-waits", at=stamp(one.waiting_since, reader)))
    else:
        facts.append(say("threads-last", at=stamp(one.last_at, reader)))
    if one.unread:
        facts.append(say("threads-unread", n=one.unread))
    parts.append(Markup(" · ".join(facts)))
    return Markup("\n".join(parts))


def _named(label: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shorten(label, 60), callback_data=data.pack())
