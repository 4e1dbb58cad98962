"""The figures of the network in words and buttons."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.board import BoardLine
from bot.domain.forms import Question, QuestionKind
from bot.domain.indicators import Indicator, UnitFigure, is_share
from bot.domain.network import UnitKind
from bot.services.show_indicators import IndicatorBoard, IndicatorUnit
from bot.texts.catalogue import Markup, plain, say
from bot.texts.forms import LEAST_OF_AVERAGE, figure_words, total_words
from bot.texts.times import short_day
from bot.texts.wording import length, shorten
from handlers.board.callbacks import BoardDate
from handlers.indicators.callbacks import DrawIndicator, PlanIndicator, ShowIndicator, ShowIndicators
from handlers.rows import in_rows, turning

_TITLE, _PLACE, _QUESTION = 200, 150, 120
_BUTTON = 40
_PARTS = 14
_MESSAGE = 3900
_NOUGHT = "0"

Screen = tuple[Markup, InlineKeyboardMarkup]
Rows = list[list[InlineKeyboardButton]]


def board_screen(board: IndicatorBoard) -> Screen:
    """All figures of a date at one part of the network, each with a button by its number."""
    where = board.unit.title if board.unit else plain("board-everything")
    parts = [_head(board.line, where)]
    shown = 0
    for number, one in enumerate(board.indicators, start=1):
        line = say("indicator-line", number=number, text=shorten(one.question.text, _QUESTION), sums=_sums(one))
        if sum(map(length, parts)) + length(line) > _MESSAGE:
            break
        parts.append(line)
        shown = number
    if shown < len(board.indicators):
        parts.append(say("indicator-rest", n=len(board.indicators) - shown))
    here = board.unit.id if board.unit else 0
    buttons = [
        InlineKeyboardButton(
            text=str(number),
            callback_data=ShowIndicator(
                occurrence=board.line.occurrence_id, question=one.question.key, unit=here
            ).pack(),
        )
        for number, one in enumerate(board.indicators[:shown], start=1)
    ]
    rows: Rows = in_rows(buttons, 6)
    back = BoardDate(occurrence=board.line.occurrence_id, unit=here)
    rows.append([_button(plain("button-indicator-board"), back.pack())])
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def unit_screen(figure: IndicatorUnit, *, page: int = 0) -> Screen:
    """One figure: its sum, its periods, and a page of the parts below, those that lack most first."""
    pages = max(1, -(-len(figure.below) // _PARTS))
    page = min(max(page, 0), pages - 1)
    below = figure.below[page * _PARTS : (page + 1) * _PARTS]
    where = figure.unit.title if figure.unit else plain("board-everything")
    parts = [
        _head(figure.line, where),
        say("indicator-one", text=figure.question.text, sums=_sums(Indicator(figure.question, figure.whole))),
    ]
    if len(figure.periods) > 1 and not figure.question.kind.has_options:
        parts.append(_periods(figure))
    if below:
        parts.append(Markup("\n".join(_part(one, figure.question) for one in below)))
        if any(one.is_outlier for one in below):
            parts.append(say("indicator-outliers"))
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=_unit_rows(figure, below, page, pages))


def plan_question(figure: IndicatorUnit) -> Screen:
    """Asks for the plan of this part of the network."""
    occurrence, key = figure.line.occurrence_id, figure.question.key
    here = figure.unit.id if figure.unit else 0
    rows: Rows = []
    if figure.whole.plan is not None:
        drop = PlanIndicator(occurrence=occurrence, question=key, unit=here, is_dropped=True)
        rows.append([_button(plain("button-indicator-no-plan"), drop.pack())])
    rows.append([_button(plain("button-back"), _at(occurrence, key, here).pack())])
    where = figure.unit.title if figure.unit else ""
    now = (
        plain("indicator-no-plan")
        if figure.whole.plan is None
        else figure_words(figure.whole.plan, figure.question.unit)
    )
    share = "yes" if is_share(figure.question) else "no"
    text = say(
        "indicator-plan-ask", text=shorten(figure.question.text, _QUESTION), place=where, plan=now, is_share=share
    )
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def caption(figure: IndicatorUnit, reader: ZoneInfo) -> Markup:
    """Under the picture: what it shows, so that it can be passed on by itself."""
    where = figure.unit.title if figure.unit else plain("board-everything")
    sums = _sums(Indicator(figure.question, figure.whole))
    return say("indicator-caption", text=shorten(figure.question.text, _QUESTION), place=where, sums=sums)


def _head(line: BoardLine, where: str) -> Markup:
    return say(
        "indicator-head",
        title=shorten(line.title, _TITLE),
        day=short_day(line.due_on),
        place=shorten(where, _PLACE),
    )


def _sums(one: Indicator) -> Markup:
    """«17 из 20 чел. · не хватает 3 · +2 к прошлому разу · сдали 12 из 15», or «Да: 12 из 17 · сдали 17 из 20»."""
    whole, unit = one.whole, one.question.unit
    if one.question.kind.has_options and whole.handed_in:
        said = [Markup("\n".join(say("indicator-option", option=option, n=n) for option, n in whole.chosen))]
        return Markup("\n".join([*said, say("indicator-handed-in", n=whole.handed_in, total=whole.owed)]))
    if whole.number is None:
        said = [say("indicator-nothing")]
    elif one.question.kind is QuestionKind.YES_NO:
        said = [say("indicator-yes", number=figure_words(whole.number, None), total=whole.handed_in)]
    elif whole.plan is None:
        said = [say("indicator-number", number=total_words(one.question, whole.number, unit))]
    else:
        said = [say("indicator-number", number=_of_plan(whole, one.question))]
    if whole.number is not None and whole.owed > 1 and is_share(one.question):
        said.append(say("indicator-average"))
    if whole.plan is not None and whole.missing and whole.number is not None:
        said.append(_missing(whole, one.question))
    if change := _change(whole, one.question):
        said.append(say("indicator-change", change=change))
    said.append(say("indicator-handed-in", n=whole.handed_in, total=whole.owed))
    return Markup(" · ".join(said))


def _periods(figure: IndicatorUnit) -> Markup:
    lines = [
        plain(
            "indicator-period",
            day=short_day(period.due_on),
            number="–" if number is None else total_words(figure.question, number),
        )
        for period, number in figure.periods
    ]
    key = "indicator-periods-yes" if figure.question.kind is QuestionKind.YES_NO else "indicator-periods"
    return say(key, periods=" → ".join(lines))


def _part(one: UnitFigure, question: Question) -> Markup:
    is_silent = one.handed_in == 0 if question.kind.has_options else one.number is None
    mark = "❗" if one.is_outlier else "▫️" if is_silent else "🔸" if one.missing else "▪️"
    number = plain("indicator-none") if is_silent else _number(one, question)
    change = _change(one, question)
    said = Markup(f" ({change})") if change else Markup("")
    return say("indicator-part", mark=mark, title=shorten(one.unit.title, 60), number=number, change=said)


def _number(one: UnitFigure, question: Question) -> str:
    """Of one who answers yes or no the answer itself, of several how many said yes."""
    if question.kind.has_options:
        taken = [(option, n) for option, n in one.chosen if n]
        return "; ".join(option if one.owed == 1 else f"{option} – {n}" for option, n in taken)
    if question.kind is not QuestionKind.YES_NO:
        return _of_plan(one, question)
    if one.owed == 1:
        return plain("indicator-said-yes" if one.number else "indicator-said-no")
    return plain("indicator-yes-of", number=figure_words(one.number or 0.0, None), total=one.handed_in)


def _of_plan(one: UnitFigure, question: Question) -> str:
    number = total_words(question, one.number or 0.0, question.unit if one.plan is None else None)
    return number if one.plan is None else plain(
        "indicator-of", number=number, plan=figure_words(one.plan, question.unit)
    )  # fmt: skip


def _missing(whole: UnitFigure, question: Question) -> Markup:
    """«не хватает 3»; of an average that looks like its plan and is below it, «не хватает менее 0,1»."""
    words = total_words(question, whole.missing)
    if words != _NOUGHT:
        return say("indicator-missing", number=words)
    return say("indicator-missing-little", number=figure_words(LEAST_OF_AVERAGE, None))


def _change(one: UnitFigure, question: Question) -> str:
    """«+2»; nothing where none is to be seen."""
    words = total_words(question, abs(one.change or 0.0))
    return "" if words == _NOUGHT else f"{'+' if (one.change or 0.0) > 0 else '−'}{words}"


def _unit_rows(figure: IndicatorUnit, below: tuple[UnitFigure, ...], page: int, pages: int) -> Rows:
    occurrence, key = figure.line.occurrence_id, figure.question.key
    here = figure.unit.id if figure.unit else 0
    rows: Rows = [
        [_button(shorten(one.unit.title, _BUTTON), _at(occurrence, key, one.unit.id).pack())]
        for one in below
        if one.unit.kind is not UnitKind.SCHOOL
    ]
    rows += turning(page, pages, lambda n: _at(occurrence, key, here, n))
    draw = DrawIndicator(occurrence=occurrence, question=key, unit=here)
    if not figure.question.kind.has_options:
        rows.append([_button(plain("button-indicator-chart"), draw.pack())])
    if figure.may_plan:
        plan = PlanIndicator(occurrence=occurrence, question=key, unit=here)
        rows.append([_button(plain("button-indicator-plan"), plan.pack())])
    if figure.parent:
        rows.append(
            [_button(f"‹ {shorten(figure.parent.title, _BUTTON - 2)}", _at(occurrence, key, figure.parent.id).pack())]
        )
    rows.append([_button(plain("button-indicator-all"), ShowIndicators(occurrence=occurrence, unit=here).pack())])
    return rows


def _at(occurrence: int, question: str, unit: int, page: int = 0) -> ShowIndicator:
    return ShowIndicator(occurrence=occurrence, question=question, unit=unit, page=page)


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)
