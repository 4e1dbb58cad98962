"""«На проверку» in words and buttons: the list, one answer, a request for another term."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import Answer, Matter
from bot.domain.reviewing import AnswerMark, AssignmentRequest, AssignmentRequestState, DecisionKind
from bot.ports.reviews import PastDecision
from bot.services.review_answers import ReviewedMatter, ReviewPage, is_not_ours
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day_within, deadline, short_day, stamp
from bot.texts.wording import short_name, shorten
from handlers.answers.card import Card, foundation_lines
from handlers.answers.task_callbacks import ShowHistory
from handlers.board.callbacks import BoardPageButton
from handlers.forms.whole_screens import answered_line, file_rows, page_of_questions
from handlers.reviews.callbacks import (
    AcceptShown,
    Act,
    DecideAnswer,
    DecidePostponement,
    OtherTerm,
    ReviewList,
    ReviewNext,
    ReviewOne,
    ShowPostponement,
    UndoAcceptance,
    UndoReturn,
)
from handlers.rows import turning

_TITLE = 90
_WHOLE_TITLE = 600
_COMMENT = 150
_WHOLE_COMMENT = 1000
_PLACE = 60
_LABEL = 38
_QUESTIONS = 10  # with the longest of questions and answers, what is owed stands above them in one message

Rows = list[list[InlineKeyboardButton]]


def list_screen(page: ReviewPage, *, reader: ZoneInfo, today: date) -> tuple[Markup, InlineKeyboardMarkup]:
    """A page of what waits, each with a button by its number; requests for another term below."""
    occurrence = page.occurrence_id or 0
    parts = [say("review-title", n=page.total) if page.total else say("review-empty")]
    parts += [_line(number, one, reader) for number, one in enumerate(page.answers, start=1)]
    rows: Rows = []
    if page.answers:
        rows.append(
            [
                _named(str(number), ReviewOne(assignment=one.matter.assignment.id, occurrence=occurrence))
                for number, one in enumerate(page.answers, start=1)
            ]
        )
        taken = sum(not is_not_ours(one.matter) for one in page.answers)
        marks = [one.mark.reply_id for one in page.answers]
        if taken:
            data = AcceptShown(first=marks[0], last=marks[-1], occurrence=occurrence)
            rows.append([button("button-review-all", data, n=taken)])
        rows.append([button("button-review-one", ReviewNext(occurrence=occurrence))])
    rows += turning(page.page, page.pages, lambda n: ReviewList(page=n, occurrence=occurrence))
    if page.requests:
        parts.append(say("review-title-requests", n=len(page.requests)))
        lines = [_request_line(request, matter) for request, matter in page.requests]
        parts.append(Markup("\n".join(lines)))
        for request, matter in page.requests:
            label = plain("button-review-request", unit=matter.unit_title, until=short_day(request.wanted_on))
            rows.append([_named(label, ShowPostponement(request=request.id))])
    rows.append([button("button-board-list", BoardPageButton())])
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def answer_screen(
    one: ReviewedMatter, *, reader: ZoneInfo, today: date, occurrence: int = 0, undo: UndoAcceptance | None = None,
    undone_unit: str = "", page: int = 0,
) -> tuple[Markup, InlineKeyboardMarkup]:  # fmt: skip
    """One answer with what can be decided, and what was filled in, so many questions at a time (``page``, from 0).

    ``undo``: of the one that was accepted right before.
    """
    lines, form_rows = _filled(one, occurrence, page)
    text = Markup("\n".join([*facts(one.matter, reader, today), *_answer_lines(one, reader), *lines]))
    rows = [decision_row(one.matter, one.mark, occurrence=occurrence), *form_rows]
    if one.decision is not None and one.decision.kind is DecisionKind.RETURNED and one.matter.is_open:
        rows.append([button("button-review-undo-return", UndoReturn(decision=one.decision.id))])
    rows.append(
        [
            button("button-history", ShowHistory(assignment=one.matter.assignment.id)),
            button("button-review-skip", ReviewNext(after=one.mark.reply_id, occurrence=occurrence)),
        ]
    )
    if undo is not None:
        rows.append([undo_button(undo, undone_unit)])
    rows.append([button("button-review-list", ReviewList(occurrence=occurrence))])
    return text, InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def _filled(one: ReviewedMatter, occurrence: int, page: int) -> tuple[list[Markup], Rows]:
    """The questions and answers of its form, the files among them as buttons."""
    if one.filled is None:
        return [], []
    questions, assignment = one.filled.version.questions, one.matter.assignment.id
    pages, page, shown = page_of_questions(questions, page, _QUESTIONS)
    lines = [answered_line(one.filled, place, unnamed=one.filled.handed_in_by) for place in shown]
    turn = turning(page, pages, lambda n: ReviewOne(assignment=assignment, occurrence=occurrence, page=n))
    return [Markup(""), *lines], [*file_rows(one.filled, shown), *turn]


def decision_row(
    matter: Matter, mark: AnswerMark, *, occurrence: int = 0, listed: bool = True
) -> list[InlineKeyboardButton]:
    """«Принять» or «Подтвердить», and «Вернуть»; of an accepted answer only «Вернуть»; nothing without an answer."""
    answer = matter.assignment.answer
    if answer is None or not answer.is_final:
        return []

    def decide(key: str, act: Act) -> InlineKeyboardButton:
        data = DecideAnswer(
            act=act,
            assignment=matter.assignment.id,
            reply=mark.reply_id,
            decision=mark.decision,
            occurrence=occurrence,
            listed=listed,
        )
        return button(key, data)

    give_back = decide("button-review-return", Act.RETURN)
    if not matter.is_in_review:
        return [give_back]
    take = "button-review-confirm" if is_not_ours(matter) else "button-review-accept"
    return [decide(take, Act.ACCEPT), give_back]


def postponement_card(
    request: AssignmentRequest, matter: Matter, *, reader: ZoneInfo, today: date, without_personal_data: bool = False
) -> Card:
    """A request with three buttons while it waits; afterwards who decided it, and when."""
    name = "" if without_personal_data or not request.asked_by_name else f" ({short_name(request.asked_by_name)})"
    until = day_within(request.wanted_on, today=today)
    parts = [
        say(
            "postponement-card",
            unit=matter.unit_title,
            person=name,
            title=shorten(matter.title, _WHOLE_TITLE),
            due=_all_due(matter, reader, today),
            until=until,
        )
    ]
    if request.reason:
        parts.append(say("postponement-reason", reason=shorten(request.reason, _WHOLE_COMMENT)))
    if request.state is AssignmentRequestState.WAITING:
        grant = DecidePostponement(request=request.id, day=request.wanted_on.toordinal())
        rows = [
            [button("button-postpone-grant", grant, day=until)],
            [
                button("button-postpone-refuse", DecidePostponement(request=request.id)),
                button("button-postpone-other", OtherTerm(request=request.id)),
            ],
            [button("button-history", ShowHistory(assignment=matter.assignment.id))],
        ]
        return Card(Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows))
    outcome = say(
        f"postponement-{request.state.value}",
        by=decider(request.decided_by, without_personal_data=without_personal_data),
        at=stamp(request.decided_at, reader) if request.decided_at else "",
        day=day_within(request.granted_on, today=today) if request.granted_on else "",
    )
    parts.append(Markup(f"\n{outcome}"))
    history = [[button("button-history", ShowHistory(assignment=matter.assignment.id))]]
    return Card(Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=history))


def decided_screen(
    matter: Matter, decision: PastDecision, *, reader: ZoneInfo, today: date
) -> tuple[Markup, InlineKeyboardMarkup]:
    """What stands instead of the buttons once somebody has decided."""
    line = say(
        f"review-{decision.kind.value}-by",
        by=decider(decision.decided_by),
        at=stamp(decision.decided_at, reader),
        day=day_within(decision.due_on, today=today) if decision.due_on else "",
    )
    rows: Rows = [[button("button-history", ShowHistory(assignment=matter.assignment.id))]]
    if decision.kind is DecisionKind.REOPENED or matter.is_in_review:
        rows.insert(0, [button("button-review-decide", ReviewOne(assignment=matter.assignment.id))])
    rows.append([button("button-review-list", ReviewList())])
    text = Markup("\n".join([*facts(matter, reader, today), "", line]))
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def undo_button(undo: UndoAcceptance, unit: str) -> InlineKeyboardButton:
    """«Отменить: школа № 3», for a wrong tap."""
    return _named(plain("button-review-undo", unit=unit), undo)


def facts(matter: Matter, reader: ZoneInfo, today: date) -> list[Markup]:
    """What is owed, by whom and by when, as it stands above every decision."""
    parts = [say("matter-task", title=shorten(matter.title, _WHOLE_TITLE))]
    parts += foundation_lines(matter)
    parts.append(say("matter-unit", unit=matter.unit_title))
    parts.append(say("matter-due", due=_due(matter, reader, today)))
    return parts


def decider(name: str | None, *, without_personal_data: bool = False) -> str:
    """«Белов П. А.»; «коллега» for somebody who was erased, or where messages name nobody."""
    return plain("person-colleague") if without_personal_data or not name else short_name(name)


def button(key: str, data: CallbackData, **values: str | int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=plain(key, **values), callback_data=data.pack())


def _named(label: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shorten(label, _LABEL), callback_data=data.pack())


def _line(number: int, one: ReviewedMatter, reader: ZoneInfo) -> Markup:
    given = one.matter.assignment
    comment = say("review-comment", text=shorten(given.comment, _COMMENT)) if given.comment else Markup("")
    return say(
        "review-line",
        n=number,
        unit=shorten(one.matter.unit_title, _PLACE),
        person="",
        title=shorten(one.matter.title, _TITLE),
        answer=_answer(given.answer),
        at=stamp(given.answered_at, reader) if given.answered_at else "",
        comment=comment,
    )


def _request_line(request: AssignmentRequest, matter: Matter) -> Markup:
    return say(
        "review-request-line",
        unit=shorten(matter.unit_title, _PLACE),
        title=shorten(matter.title, _TITLE),
        until=short_day(request.wanted_on),
    )


def _answer_lines(one: ReviewedMatter, reader: ZoneInfo) -> list[Markup]:
    given = one.matter.assignment
    if given.answer is None or given.answered_at is None:
        parts = [Markup(""), say("review-no-answer")]
    else:
        by = say("review-answer-by", name=short_name(name)) if (name := one.matter.answered_by_name) else ""
        at = stamp(given.answered_at, reader)
        parts = [Markup(""), say("review-answer", answer=_answer(given.answer), at=at, by=by)]
    if given.comment:
        parts.append(say("review-comment-line", comment=shorten(given.comment, _WHOLE_COMMENT)))
    if one.decision is not None and one.decision.kind is DecisionKind.RETURNED:
        parts.append(say("review-was-returned", reason=shorten(one.decision.reason or "…", _COMMENT)))
    return parts


def _answer(answer: Answer | None) -> str:
    return plain(f"answer-{answer.value}") if answer else ""


def _all_due(matter: Matter, reader: ZoneInfo, today: date) -> Markup:
    """The term as it stands, and where it is the school's own, that of all others: what it was moved from."""
    due = _due(matter, reader, today)
    if matter.first_on is None:
        return due
    return Markup(f"{due} {say('postponement-first', first=short_day(matter.first_on))}")


def _due(matter: Matter, reader: ZoneInfo, today: date) -> Markup:
    zone = ZoneInfo(matter.timezone)
    return deadline(matter.due_at, on=matter.due_on, has_time=matter.has_time, zone=zone, reader=reader, today=today)
