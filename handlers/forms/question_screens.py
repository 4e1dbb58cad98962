"""One question of a form: what is asked, what stands, and a button for whatever needs no typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.form_values import BadValueError
from bot.domain.forms import AskedState, Question, QuestionKind, Value, is_below_plan
from bot.domain.ids import PersonId
from bot.services.ask_about_form import AskedView, Colleagues
from bot.services.fill_form import AnsweredMeanwhileError, Filling, UnlikelyValueError
from bot.texts.catalogue import Markup, plain, say
from bot.texts.forms import figure_words, hint, value_words
from bot.texts.times import short_day
from bot.texts.wording import short_name, shorten
from handlers.forms.callbacks import (
    Act,
    AskedDecline,
    AskedTap,
    AskedType,
    AskFormColleague,
    ChooseFormColleague,
    LeaveForm,
    ShowQuestion,
    TakeBackAsked,
    TapValue,
)
from handlers.rows import in_rows, turning

_TITLE = 60
_LABEL = 40
_CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.YES_NO})
_VALUE = 200
_OFFERED = frozenset(
    {QuestionKind.WHOLE, QuestionKind.DECIMAL, QuestionKind.TEXT, QuestionKind.LINK, QuestionKind.SEVERAL}
)

Rows = list[list[InlineKeyboardButton]]
Tap = Callable[[Act, int], CallbackData]


@dataclass(frozen=True, slots=True)
class Glance:
    """A filling as its reader sees it now. ``news``: what became of what he did last."""

    filling: Filling
    reader: PersonId
    today: date
    news: Markup | None = None


def question_screen(glance: Glance, place: int, *, unsure: Value | None = None) -> tuple[Markup, InlineKeyboardMarkup]:
    """The question at ``place``. ``unsure``: the typed figure that is asked about, «точно?»."""
    filling = glance.filling
    question = filling.question(place)
    head = say(
        "form-head",
        title=shorten(filling.matter.title, _TITLE),
        place=place + 1,
        total=len(filling.submission.version.questions),
    )
    parts = [head, *([glance.news] if glance.news else []), Markup(""), *_asked_words(question)]
    if (last := filling.last.get(question.key)) is not None:
        parts.append(say("form-last", value=shorten(value_words(question, last), _VALUE)))
    parts += _standing(glance, question)

    def tap(act: Act, option: int) -> CallbackData:
        seen = seen_by(filling, place) or 0
        return TapValue(submission=filling.submission.id, place=place, act=act, option=option, seen=seen)

    rows = _sure(question, unsure, tap) + _answers(question, last, glance.today, tap)
    if question.kind is QuestionKind.SEVERAL:
        given = filling.submission.given.get(question.key)
        chosen = () if given is None else given.value.options
        marks = [
            _button(_marked(option, option in chosen), tap(Act.UNMARK if option in chosen else Act.MARK, at))
            for at, option in enumerate(question.options)
        ]
        rows = [*in_rows(marks, 2), *rows]
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=[*rows, *_ways(glance, question, place)])


def asked_screen(
    view: AskedView,
    heading: Markup,
    today: date,
    *,
    unsure: Value | None = None,
    chosen: int = 0,
    is_awaited: bool = False,
) -> tuple[Markup, InlineKeyboardMarkup]:
    """The one question that a colleague is asked. ``unsure``: the typed figure that is asked about, «точно?».

    ``chosen``: of several, a bit for each that he has marked and not sent yet. ``is_awaited``: what he types next
    answers it; ``heading`` then says so below the question.
    """
    parts = [say("matter-unit", unit=view.matter.unit_title), Markup(""), *_asked_words(view.question)]
    if view.last is not None:
        parts.append(say("form-last", value=shorten(value_words(view.question, view.last), _VALUE)))

    parts = [*parts, Markup(""), heading] if is_awaited else [heading, *parts]

    def tap(act: Act, option: int) -> CallbackData:
        return AskedTap(asked=view.asked.id, act=act, option=option)

    rows = _sure(view.question, unsure, tap) + _answers(view.question, view.last, today, tap)
    if view.question.kind is QuestionKind.SEVERAL:
        rows = [*_colleagues_marks(view.question, chosen, tap), *rows]
    if not is_awaited and view.question.kind not in _CHOICES:
        rows.append([_button(plain("button-asked-type"), AskedType(asked=view.asked.id))])
    rows.append([_button(plain("button-asked-decline"), AskedDecline(asked=view.asked.id))])
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def colleagues_screen(found: Colleagues, place: int) -> tuple[Markup, InlineKeyboardMarkup]:
    """Who of the school is asked this question."""
    submission = found.filling.submission.id
    question = found.filling.question(place)
    rows: Rows = [
        [
            _button(
                shorten(one.full_name, _LABEL),
                AskFormColleague(submission=submission, place=place, person=one.person_id),
            )
        ]
        for one in found.found
    ]
    rows += turning(found.page, found.pages, lambda n: ChooseFormColleague(submission=submission, place=place, page=n))
    rows.append([_button(plain("button-form-back"), ShowQuestion(submission=submission, place=place))])
    words = say("form-colleague-choose" if found.found else "form-colleague-none")
    return Markup(f"{say('form-question', text=question.text)}\n\n{words}"), InlineKeyboardMarkup(inline_keyboard=rows)


def taken(question: Question, value: Value) -> Markup:
    """What was written down; less than the plan is said at once."""
    if value.is_skipped:
        return say("form-skipped")
    words = shorten(value_words(question, value), _VALUE)
    if question.at_least is not None and is_below_plan(question, value):
        return say("form-taken-below", value=words, plan=figure_words(question.at_least, question.unit))
    return say("form-taken", value=words)


def refused(refusal: BadValueError) -> Markup:
    """Why it is asked again."""
    question = refusal.question
    low, high = figure_words(question.lowest, question.unit), figure_words(question.highest, question.unit)
    return say(f"form-bad-{refusal.problem.value.replace('_', '-')}", low=low, high=high)


def unlikely(refusal: UnlikelyValueError) -> Markup:
    question = refusal.question
    values = {"value": value_words(question, refusal.value), "last": value_words(question, refusal.last)}
    return Markup(f"{say('form-unlikely', **values)}\n{say('form-unlikely-again')}")


def meanwhile(refusal: AnsweredMeanwhileError) -> Markup:
    question = refusal.filling.question(refusal.place)
    given = refusal.filling.submission.given[question.key]
    words = shorten(value_words(question, given.value), _VALUE)
    return say("form-meanwhile", name=short_name(given.full_name), value=words)


def seen_by(filling: Filling, place: int) -> PersonId | None:
    """Whose answer stands on the screen of that question."""
    given = filling.submission.given.get(filling.question(place).key)
    return None if given is None else given.person_id


def _asked_words(question: Question) -> list[Markup]:
    parts = [say("form-question", text=question.text), say("form-hint", words=hint(question))]
    if question.at_least is not None:
        parts.append(say("form-plan", plan=figure_words(question.at_least, question.unit)))
    return parts


def _standing(glance: Glance, question: Question) -> list[Markup]:
    parts = []
    given = glance.filling.submission.given.get(question.key)
    is_shown = given is not None and not (question.kind is QuestionKind.SEVERAL and given.value.is_skipped)
    if given is not None and is_shown:
        words = shorten(value_words(question, given.value), _VALUE)
        is_own = given.person_id == glance.reader
        by = {} if is_own else {"name": short_name(given.full_name)}
        parts.append(say("form-now" if is_own else "form-now-by", value=words, **by))
    asked = glance.filling.asked.get(question.key)
    if asked is not None and asked.state in (AskedState.WAITING, AskedState.DECLINED):
        key = "form-asked" if asked.state is AskedState.WAITING else "form-declined"
        parts.append(say(key, name=short_name(asked.colleague_name)))
    return parts


def _sure(question: Question, unsure: Value | None, tap: Tap) -> Rows:
    if unsure is None:
        return []
    return [[_button(plain("button-form-sure", value=value_words(question, unsure)), tap(Act.SURE, 0))]]


def _answers(question: Question, last: Value | None, today: date, tap: Tap) -> Rows:
    """A button for every answer that needs no typing."""
    rows: Rows = []
    if question.kind is QuestionKind.YES_NO:
        rows.append([_button(plain("button-form-yes"), tap(Act.OPTION, 1))])
        rows[0].append(_button(plain("button-form-no"), tap(Act.OPTION, 0)))
    elif question.kind is QuestionKind.CHOICE:
        buttons = [_button(option, tap(Act.OPTION, place)) for place, option in enumerate(question.options)]
        rows += in_rows(buttons, 2)
    elif question.kind is QuestionKind.DATE:
        rows.append([_button(plain("button-form-today", date=short_day(today)), tap(Act.TODAY, 0))])
    elif last is not None and question.kind in _OFFERED:
        words = shorten(value_words(question, last), _LABEL)
        rows.append([_button(plain("button-form-last", value=words), tap(Act.LAST, 0))])
    if question.kind.may_be_absent and question.is_required:  # else it is skipped
        rows.append([_button(plain("button-form-absent"), tap(Act.ABSENT, 0))])
    return rows


def _colleagues_marks(question: Question, chosen: int, tap: Tap) -> Rows:
    """What he has marked stands in his buttons alone: it becomes an answer with «Готово»."""
    marks = [
        _button(_marked(option, bool(chosen >> place & 1)), tap(Act.MARK, chosen ^ 1 << place))
        for place, option in enumerate(question.options)
    ]
    ready = [_button(plain("button-form-chosen", n=chosen.bit_count()), tap(Act.SET, chosen))]
    return [*in_rows(marks, 2), *([ready] if chosen else [])]


def chosen_of(question: Question, chosen: int) -> tuple[str, ...]:
    """The options that have their bit in ``chosen``."""
    return tuple(option for place, option in enumerate(question.options) if chosen >> place & 1)


def _marked(option: str, is_on: bool) -> str:
    return plain("form-option-on" if is_on else "form-option-off", option=option)


def _ways(glance: Glance, question: Question, place: int) -> Rows:
    """On without an answer, to a colleague, back, past it, or out."""
    filling, submission = glance.filling, glance.filling.submission.id
    rows: Rows = []
    given = filling.submission.given.get(question.key)
    keep = TapValue(submission=submission, place=place, act=Act.KEEP)
    if given is not None and question.kind is QuestionKind.SEVERAL and not given.value.is_skipped:
        rows.append([_button(plain("button-form-chosen", n=len(given.value.options)), keep)])
    elif given is not None and (question.kind is not QuestionKind.SEVERAL or not question.is_required):
        rows.append([_button(plain("button-form-keep"), keep)])
    asked = filling.asked.get(question.key)
    if asked is not None and asked.state is AskedState.WAITING:
        name = short_name(asked.colleague_name)
        rows.append(
            [_button(plain("button-form-no-wait", name=name), TakeBackAsked(submission=submission, place=place))]
        )
    elif not (filling.is_application and filling.matter.assignment.person_id):  # for himself he answers himself
        choose = ChooseFormColleague(submission=submission, place=place)
        rows.append([_button(plain("button-form-colleague"), choose)])
    last_row = []
    if place:
        last_row.append(_button(plain("button-form-back"), ShowQuestion(submission=submission, place=place - 1)))
    if not question.is_required:
        seen = seen_by(filling, place) or 0
        skip = TapValue(submission=submission, place=place, act=Act.SKIP, seen=seen)
        last_row.append(_button(plain("button-form-skip"), skip))
    leave = LeaveForm(submission=submission, assignment=filling.matter.assignment.id)
    return [*rows, [*last_row, _button(plain("button-form-later"), leave)]]


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
