"""One matter as everybody sees it: in a notice, in /my and after a tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import ActivityKind, Answer, Foundation, Matter, OccurrenceState
from bot.texts.catalogue import Markup, plain, say
from bot.texts.events import kind_of
from bot.texts.times import day_within, moment, short_day, stamp
from bot.texts.wording import length, sending_title, short_name, shorten
from handlers.answers.callbacks import AnswerMatter, ChangeAnswer, GiveReason, MyPage, Reason, ShowMatter
from handlers.answers.event_callbacks import ReadBefore
from handlers.answers.event_facts import event_facts
from handlers.answers.review_standing import due_line, request_rows, review_standing
from handlers.answers.stages import Stage, stage_of
from handlers.answers.standing import event_rows, event_standing
from handlers.answers.task_callbacks import OtherAnswers
from handlers.attendance.buttons import here_row, mark_line
from handlers.calendar.callbacks import CalendarOfMatter
from handlers.calls.buttons import call_standing, proposing_rows
from handlers.forms.buttons import filling_row, handed_in_row
from handlers.rows import in_rows
from handlers.selections.buttons import applying_rows, selection_facts, selection_standing
from handlers.webinars.visitor_screens import after_rows

_SHORT = 200
# Long enough for nearly every row of the real roadmaps. A card with every part whole stays under Telegram's 4,096, with
# the heading of a notice over it, as long as nobody writes in signs that count twice (🙂): then the parts give way.
_WHOLE_TITLE = 1200
_WHOLE_RESULT = 800
_WHOLE_COMMENT = 1000
_WHOLE_QUESTION = 1500  # of a call: nobody can answer half a question
_MESSAGE = 3800

_ASKING = (ActivityKind.CALL, ActivityKind.SELECTION)  # what they say is shown whole

Rows = list[list[InlineKeyboardButton]]


@dataclass(frozen=True, slots=True)
class Card:
    text: Markup
    keyboard: InlineKeyboardMarkup | None

    @property
    def buttons(self) -> InlineKeyboardMarkup | None:
        """What is shown under the text: of a card that is shared it is no keyboard yet."""
        return self.keyboard


def matter_card(
    matter: Matter,
    *,
    reader: ZoneInfo,
    today: date,
    now: datetime | None = None,
    is_full: bool = False,
    is_changing: bool = False,
    listed: bool = False,
) -> Card:
    """The matter on the reader's clock (``today`` is his day) with the buttons that its state allows.

    ``is_full``: long texts whole; ``is_changing``: the answer buttons although an answer stands; ``listed``: with
    the way back to /my. ``now``: tells an event of today that has begun; without it the whole day is ahead.
    What is cancelled, has begun, is over or another's now says so and offers no answer.
    """
    stage = stage_of(matter, reader=reader, today=today, now=now)
    return staged_card(matter, reader, today, stage, is_full=is_full, is_changing=is_changing, listed=listed)


def staged_card(
    matter: Matter,
    reader: ZoneInfo,
    today: date,
    stage: Stage,
    *,
    is_full: bool = False,
    is_changing: bool = False,
    listed: bool = False,
) -> Card:
    """The same where it is known how far the event has come: of the time of day nothing else shows."""
    takes = stage is Stage.AHEAD and matter.takes_answers(today, reader)
    is_changing = is_changing and takes
    text = _text(matter, reader, today, stage, share=1.0 if is_full else 0)
    for share in (0.7, 0.4):
        if length(text) > _MESSAGE:
            text = _text(matter, reader, today, stage, share=share)
    if is_changing:
        text = Markup(f"{text}\n{say('matter-choose')}")
    rows: Rows = []
    if takes:
        rows += _answer_rows(matter, is_changing=is_changing, listed=listed)
    elif matter.kind is ActivityKind.CALL:
        rows += proposing_rows(matter, takes=False)
    elif matter.kind is ActivityKind.SELECTION:
        rows += applying_rows(matter, takes=False, listed=listed)
    if not is_changing:
        rows += handed_in_row(matter) if matter.kind is not ActivityKind.SELECTION else []
        rows += _calendar_row(matter, stage) + _materials_row(matter)
    if not is_changing:
        rows += request_rows(matter, listed=listed)
        rows += here_row(matter, reader=reader, today=today) + after_rows(matter, reader=reader, today=today)
    rows += _more_row(matter, is_full=is_full, listed=listed)
    if listed:
        rows.append([_button("button-my", MyPage())])
    return Card(text, InlineKeyboardMarkup(inline_keyboard=rows) if rows else None)


def reason_keyboard(matter: Matter, *, is_change: bool, listed: bool) -> InlineKeyboardMarkup:
    """Why he does not come: three ready reasons, a line of his own, none (unless the organiser wants one), or back."""

    def button(reason: Reason) -> InlineKeyboardButton:
        data = GiveReason(
            assignment=matter.assignment.id, version=matter.version, reason=reason, is_change=is_change, listed=listed
        )
        return _button(f"button-reason-{reason.value}", data)

    back = _button("button-back", ShowMatter(assignment=matter.assignment.id, listed=listed))
    is_needed = matter.event is not None and matter.event.needs_reason
    rows = [[button(Reason.ILLNESS), button(Reason.LESSON)], [button(Reason.TRIP), button(Reason.OTHER)]]
    rows += [[back]] if is_needed else [[button(Reason.NONE)], [back]]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def foundation_lines(matter: Matter) -> list[Markup]:
    """The document that the matter is owed under; nothing of a form that was sent, which would be its title again."""
    if matter.document is None or matter.document.title == sending_title(matter.title):
        return []
    return [say("matter-document", document=document_name(matter.document))]


def document_name(document: Foundation) -> str:
    """«распоряжение № 1074-р от 10.12.2020», or its title where it has neither number nor date."""
    if document.kind == "list":  # its title says all: «Список от 21.11.2026»
        return document.title[:1].lower() + shorten(document.title[1:], 80)
    parts = [document_kind(document)]
    if document.number:
        parts.append(plain("matter-document-number", number=document.number))
    if document.dated:
        parts.append(plain("matter-document-dated", date=short_day(document.dated)))
    if len(parts) == 1:
        parts.append(plain("matter-document-title", title=shorten(document.title, 80)))
    return " ".join(parts)


def document_kind(document: Foundation) -> str:
    """«приказ», as the document calls itself; else the group of its kind, told apart by the number where it can be."""
    if document.kind_title:
        return document.kind_title[:1].lower() + document.kind_title[1:]
    is_directive = document.kind == "order" and (document.number or "").endswith("-р")
    return plain("matter-document-kind", kind="directive" if is_directive else document.kind)


def _text(matter: Matter, reader: ZoneInfo, today: date, stage: Stage, *, share: float) -> Markup:
    """``share``: how much of the whole of long texts is shown; 0 for the short card."""
    facts = _facts(matter, reader, today, stage, share)
    return Markup("\n".join([*facts, *_standing(matter, reader, today, stage, share)]))


def _facts(matter: Matter, reader: ZoneInfo, today: date, stage: Stage, share: float) -> list[Markup]:
    is_full = share > 0
    title = shorten(matter.title, _room(_WHOLE_TITLE, share))
    sign = plain("event-sign", kind=kind_of(matter.event).value)
    parts = [say(f"matter-{matter.kind.value}", title=title, sign=sign)]
    parts += foundation_lines(matter)
    if matter.assignment.person_id is None:
        parts.append(say("matter-unit", unit=matter.unit_title))
    parts.append(_due(matter, reader, today))
    if matter.kind is ActivityKind.WEBINAR:
        parts += event_facts(matter, reader, today, stage)
    if matter.kind is ActivityKind.SELECTION:
        parts += selection_facts(matter)
    if matter.kind in _ASKING and matter.result:
        parts.append(say("matter-question", question=shorten(matter.result, _WHOLE_QUESTION)))
    elif matter.result:
        parts.append(say("matter-result", result=shorten(matter.result, _room(_WHOLE_RESULT, share))))
    if matter.asks is not None and matter.is_open:
        parts.append(say("matter-asks", form=matter.asks.value))
    if is_full and matter.responsible:
        parts.append(say("matter-responsible", responsible=shorten(matter.responsible, _SHORT)))
    if is_full and matter.phrase:
        parts.append(say("matter-phrase", phrase=shorten(matter.phrase, _SHORT)))
    return parts


def _due(matter: Matter, reader: ZoneInfo, today: date) -> Markup:
    if matter.kind is ActivityKind.WEBINAR:
        return say("matter-starts", due=moment(matter.due_at, reader=reader, today=today))
    if matter.kind is ActivityKind.CALL:
        return say("call-due", due=day_within(matter.due_on, today=today))
    if matter.kind is ActivityKind.SELECTION:
        return say("selection-due", due=day_within(matter.due_on, today=today))
    return due_line(matter, reader, today)


def _standing(matter: Matter, reader: ZoneInfo, today: date, stage: Stage, share: float) -> list[Markup]:
    """What was answered, and why nothing more can be."""
    if matter.kind is ActivityKind.CALL:
        return call_standing(matter, is_open=matter.takes_answers(today, reader))
    if matter.kind is ActivityKind.SELECTION:
        return selection_standing(matter, is_open=matter.takes_answers(today, reader))
    given = matter.assignment
    parts = []
    if given.answer and given.answered_at:
        values = {"answer": plain(f"answer-{given.answer.value}"), "at": stamp(given.answered_at, reader)}
        if given.person_id is None and matter.answered_by_name:
            parts.append(say("matter-answer-school", name=short_name(matter.answered_by_name), **values))
        else:
            parts.append(say("matter-answer", **values))
    if given.comment:
        comment = shorten(given.comment, _room(_WHOLE_COMMENT, share))
        parts.append(say("matter-comment", answer=given.answer.value if given.answer else "", comment=comment))
    parts += event_standing(matter, reader, today, stage) + review_standing(matter, today)
    parts += mark_line(matter)
    if closing := _closing(matter, stage):
        parts.append(say(closing, kind=kind_of(matter.event).value))
    return [Markup(""), *parts] if parts else []


def _room(whole: int, share: float) -> int:
    return max(_SHORT, int(whole * share))


def _closing(matter: Matter, stage: Stage) -> str | None:
    if matter.is_accepted:
        return None
    if matter.state is OccurrenceState.CANCELLED:
        return "matter-cancelled"
    if matter.is_withdrawn:
        return "matter-withdrawn"
    return {Stage.AHEAD: None, Stage.RUNNING: "matter-begun", Stage.OVER: "matter-over"}[stage]


def _answer_rows(matter: Matter, *, is_changing: bool, listed: bool) -> Rows:
    """Three plain answers and «Другой ответ…» before the first one and on «Изменить ответ».

    «Выполнено» stays at hand until it is said.
    """
    if matter.kind is ActivityKind.CALL:
        return proposing_rows(matter, takes=True)
    if matter.kind is ActivityKind.SELECTION:
        return applying_rows(matter, takes=True, listed=listed)
    if matter.kind is ActivityKind.WEBINAR:
        return event_rows(matter, is_changing=is_changing, listed=listed)
    given = matter.assignment.answer

    def button(answer: Answer) -> InlineKeyboardButton:
        data = AnswerMatter(
            assignment=matter.assignment.id,
            version=matter.version,
            answer=answer,
            is_change=given is not None,
            listed=listed,
        )
        return _button(f"button-answer-{answer.value}", data)

    if given is None or is_changing:
        more = _button("button-answer-more", OtherAnswers(assignment=matter.assignment.id, listed=listed))
        rows = filling_row(matter, is_change=given is not None)
        plain_ones = [Answer.DONE] if matter.form is None else []
        buttons = [*(button(one) for one in (*plain_ones, Answer.IN_PROGRESS, Answer.PROBLEM)), more]
        rows += in_rows(buttons, 2)
        if is_changing:
            rows.append([_button("button-back", ShowMatter(assignment=matter.assignment.id, listed=listed))])
        return rows
    change = _button("button-answer-change", ChangeAnswer(assignment=matter.assignment.id, listed=listed))
    if given.is_final:
        return [*(filling_row(matter, is_change=True) if given is Answer.DONE else []), [change]]
    return [*(filling_row(matter, is_change=True) or [[button(Answer.DONE)]]), [change]]


def _calendar_row(matter: Matter, stage: Stage) -> Rows:
    """Of an event ahead; once it was called off, the same file takes it out again."""
    is_ahead = matter.kind is ActivityKind.WEBINAR and stage is Stage.AHEAD
    if not is_ahead or matter.is_withdrawn or matter.assignment.answer is Answer.NOT_COMING:
        return []
    key = "button-calendar-off" if matter.state is OccurrenceState.CANCELLED else "button-calendar"
    return [[_button(key, CalendarOfMatter(assignment=matter.assignment.id))]]


def _materials_row(matter: Matter) -> Rows:
    if not matter.has_materials or matter.is_withdrawn or matter.state is OccurrenceState.CANCELLED:
        return []
    return [[_button("button-event-materials", ReadBefore(assignment=matter.assignment.id))]]


def _more_row(matter: Matter, *, is_full: bool, listed: bool) -> Rows:
    result = "" if matter.kind in _ASKING else matter.result
    parts = (matter.title, result, matter.assignment.comment or "")
    if not is_full and all(len(part) <= _SHORT for part in parts):
        return []
    data = ShowMatter(assignment=matter.assignment.id, is_full=not is_full, listed=listed)
    return [[_button("button-matter-less" if is_full else "button-matter-more", data)]]


def _button(key: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=plain(key), callback_data=data.pack())
