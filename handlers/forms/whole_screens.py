"""The whole of a form: before it is handed in, each line a tap away from being corrected, and afterwards."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.forms import Question, Submission, is_below_plan
from bot.domain.ids import PersonId
from bot.domain.matters import Answer
from bot.domain.reviewing import Review
from bot.services.show_form import HandedIn
from bot.texts.answers import answer_words
from bot.texts.catalogue import Markup, plain, say
from bot.texts.forms import figure_words, value_words
from bot.texts.times import stamp
from bot.texts.wording import short_name, shorten
from handlers.answers.callbacks import ShowMatter
from handlers.board.callbacks import BoardDate
from handlers.forms.callbacks import (
    GiveUpChanges,
    HandIn,
    LeaveForm,
    OpenForm,
    SendFormFile,
    ShowHandedIn,
    ShowQuestion,
    ShowWhole,
)
from handlers.forms.question_screens import Glance
from handlers.reviews.callbacks import ReviewOne
from handlers.rows import in_rows, turning

PAGE = 15
_TITLE = 200
_REASON = 300
_QUESTION = 90
_VALUE = 120
_LABEL = 40
_IN_A_ROW = 5

Rows = list[list[InlineKeyboardButton]]


def whole_screen(glance: Glance, page: int | None = None) -> tuple[Markup, InlineKeyboardMarkup]:
    """Every answer with its number as a button, and «Сдать» once nothing is missing.

    ``page``, from 0; without one the page of the first missing answer.
    """
    filling = glance.filling
    submission = filling.submission
    questions, gaps = submission.version.questions, submission.missing
    first_gap = questions.index(gaps[0]) if gaps else None
    page = (first_gap or 0) // PAGE if page is None else page
    pages, page, shown = page_of_questions(questions, page)
    parts = [say("form-whole-title", title=shorten(filling.matter.title, _TITLE))]
    parts += [glance.news] if glance.news else []
    reviewing = filling.matter.reviewing
    if reviewing.review is Review.RETURNED and reviewing.reason:
        parts.append(say("matter-returned", reason=shorten(reviewing.reason, _REASON)))
    parts += [Markup(""), *(_line(glance, place) for place in shown), Markup("")]
    parts += _standing_answer(glance)
    check = "form-whole-check-application" if filling.is_application else "form-whole-check"
    parts.append(say("form-whole-missing", n=len(gaps)) if gaps else say(check))
    rows = _numbers(glance, shown)
    rows += turning(page, pages, lambda number: ShowWhole(submission=submission.id, page=number))
    rows += _endings(glance, first_gap)
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def handed_in_screen(
    handed: HandedIn, *, reader: ZoneInfo, page: int, is_board: bool, can_change: bool
) -> tuple[Markup, InlineKeyboardMarkup]:
    """What was handed in, with its files; to its owner with «Изменить», from above with the way back to the board, and
    to the decision where one is waited for.
    """
    submission, matter = handed.submission, handed.matter
    pages, page, shown = page_of_questions(submission.version.questions, page)
    parts = [
        say("form-shown-title", title=shorten(matter.title, _TITLE)),
        say("form-shown-unit", unit=matter.unit_title),
    ]
    if submission.handed_in_at is not None:
        name, at = short_name(submission.handed_in_by_name or ""), stamp(submission.handed_in_at, reader)
        parts.append(say("form-shown-by", name=name, at=at))
    lines = [answered_line(submission, place, unnamed=submission.handed_in_by) for place in shown]

    def turn(number: int) -> CallbackData:
        return ShowHandedIn(assignment=matter.assignment.id, page=number, is_board=is_board)

    rows = [*file_rows(submission, shown), *turning(page, pages, turn)]
    if can_change:
        change = OpenForm(assignment=matter.assignment.id, version=matter.version, is_change=True)
        rows.append([_button(plain("button-form-change"), change)])
    if is_board and matter.is_in_review and not handed.is_own:
        review = ReviewOne(assignment=matter.assignment.id)
        rows.append([_button(plain("button-form-to-review"), review)])
    if is_board:
        board = BoardDate(occurrence=matter.assignment.occurrence_id, unit=matter.assignment.unit_id)
        rows.append([_button(plain("button-form-to-board"), board)])
    else:
        rows.append([_button(plain("button-back"), ShowMatter(assignment=matter.assignment.id, listed=True))])
    return Markup("\n".join([*parts, Markup(""), *lines])), InlineKeyboardMarkup(inline_keyboard=rows)


def _line(glance: Glance, place: int) -> Markup:
    filling = glance.filling
    question = filling.question(place)
    text = shorten(question.text, _QUESTION)
    if question.key in filling.waiting and question.key not in filling.submission.given:
        name = short_name(filling.asked[question.key].colleague_name)
        return say("form-whole-line-waiting", n=place + 1, text=text, name=name)
    if question in filling.submission.missing:
        return say("form-whole-line-missing", n=place + 1, text=text)
    return answered_line(filling.submission, place, unnamed=glance.reader)


def answered_line(submission: Submission, place: int, *, unnamed: PersonId | None) -> Markup:
    """A question with its answer, and who gave it where that was not the one who needs no naming."""
    question = submission.version.questions[place]
    given = submission.given.get(question.key)
    values = {
        "text": shorten(question.text, _QUESTION),
        "value": shorten(value_words(question, given.value if given else None), _VALUE),
    }
    if given is None or given.person_id == unnamed or not given.full_name:
        line = say("form-whole-line", n=place + 1, **values)
    else:
        line = say("form-whole-line-by", n=place + 1, name=short_name(given.full_name), **values)
    if given is not None and question.at_least is not None and is_below_plan(question, given.value):
        return say("form-whole-line-below", line=line, plan=figure_words(question.at_least, question.unit))
    return line


def file_rows(submission: Submission, shown: range) -> Rows:
    """A button for each file among them."""
    rows: Rows = []
    for place in shown:
        question = submission.version.questions[place]
        given = submission.given.get(question.key)
        if given is not None and given.value.file_id is not None:
            label = shorten(value_words(question, given.value), _LABEL)
            rows.append([_button(label, SendFormFile(assignment=submission.assignment_id, place=place))])
    return rows


def _standing_answer(glance: Glance) -> list[Markup]:
    """Somebody has answered otherwise meanwhile: handing in would replace what he said."""
    matter = glance.filling.matter
    answer = matter.assignment.answer
    is_anothers = matter.assignment.answered_by not in (None, glance.reader)
    is_more = glance.filling.is_change or (answer is Answer.DONE and glance.filling.is_application)
    if answer is None or not answer.is_final or not is_anothers or is_more:
        return []
    name = short_name(matter.answered_by_name or "")
    return [say("form-whole-answered", name=name, answer=answer_words(answer, matter.kind))]


def _numbers(glance: Glance, shown: range) -> Rows:
    submission, waiting = glance.filling.submission, glance.filling.waiting
    gaps = {question.key for question in submission.missing}
    buttons = []
    for place in shown:
        key = submission.version.questions[place].key
        sign = "⏳ " if key in waiting and key not in submission.given else "❗ " if key in gaps else ""
        buttons.append(_button(f"{sign}{place + 1}", ShowQuestion(submission=submission.id, place=place)))
    return in_rows(buttons, _IN_A_ROW)


def _endings(glance: Glance, first_gap: int | None) -> Rows:
    filling = glance.filling
    submission_id, assignment = filling.submission.id, filling.matter.assignment
    rows: Rows = []
    if first_gap is None:
        is_change = assignment.answer is not None and assignment.answer.is_final
        hand_in = "button-form-hand-in-application" if filling.is_application else "button-form-hand-in"
        rows.append([_button(plain(hand_in), HandIn(submission=submission_id, is_change=is_change))])
    else:
        label = plain("button-form-missing", n=len(filling.submission.missing))
        rows.append([_button(label, ShowQuestion(submission=submission_id, place=first_gap))])
    if filling.is_application and not filling.is_change:
        rows.append([_button(plain("button-form-give-up-application"), GiveUpChanges(submission=submission_id))])
    elif filling.is_change:
        rows.append([_button(plain("button-form-give-up"), GiveUpChanges(submission=submission_id))])
    leave = LeaveForm(submission=submission_id, assignment=assignment.id)
    return [*rows, [_button(plain("button-form-later"), leave)]]


def page_of_questions(questions: tuple[Question, ...], page: int, size: int = PAGE) -> tuple[int, int, range]:
    """How many pages there are, the one that is shown (from 0), and the places of its questions."""
    pages = max(1, -(-len(questions) // size))
    page = min(max(page, 0), pages - 1)
    return pages, page, range(page * size, min((page + 1) * size, len(questions)))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
