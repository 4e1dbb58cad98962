"""A figure as a picture that reads on a phone: by period, and by the parts of the network."""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from bot.domain.forms import Question, QuestionKind
from bot.domain.indicators import UnitFigure
from bot.services.show_indicators import IndicatorUnit
from bot.texts.catalogue import plain
from bot.texts.forms import figure_words, total_words
from bot.texts.times import short_day
from bot.texts.wording import shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDE, _DOTS = 5.0, 216  # inches and dots an inch: 1,080 pixels, as wide as a phone's screen
_ROW = 0.7  # inches of height for one part of the network: its name, and below it its bar
_LINE = 42  # letters of the title that stand side by side
_PARTS = 14  # more would be a carpet: the table has them all
_NAME = 40
_SMALL, _LARGE = 11, 13  # points: a phone shows the picture in a quarter of its size
_DONE, _LACKING, _PLAN, _FAR = "#2e7d57", "#d08a2e", "#33415c", "#b23a48"


def figures_png(figure: IndicatorUnit) -> bytes:
    """The columns of the periods with the plan across them, and below them the parts, those that lack most first.

    A part that lacks something of its plan is ochre, one that stands out from all others red.
    """
    # Here and not above: matplotlib takes a second and 40 MB, which a bot that draws nothing should not pay.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    parts = [one for one in figure.below if one.number is not None or one.plan is not None][:_PARTS]
    heights = [2.6, max(1.0, _ROW * len(parts))] if parts else [2.6]
    canvas = FigureCanvasAgg(Figure(figsize=(_WIDE, sum(heights) + 1.0), dpi=_DOTS, layout="constrained"))
    canvas.figure.suptitle(_title(figure), fontsize=_LARGE, fontweight="bold")
    panels = canvas.figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0]
    _draw_periods(panels[0], figure)
    if parts:
        _draw_parts(panels[1], parts, figure.question)
    picture = io.BytesIO()
    canvas.figure.savefig(picture, format="png")
    return picture.getvalue()


def _title(figure: IndicatorUnit) -> str:
    where = figure.unit.title if figure.unit else plain("board-everything")
    text, unit = shorten(figure.question.text, 90), figure.question.unit
    lines = wrap(f"{text} ({unit})" if unit else text, _LINE)
    return "\n".join([*lines, shorten(where, _LINE)])


def _draw_periods(panel: Axes, figure: IndicatorUnit) -> None:
    numbers = [number or 0.0 for _, number in figure.periods]
    labels = [short_day(period.due_on) for period, _ in figure.periods]
    columns = panel.bar(range(len(numbers)), numbers, width=0.6, color=_DONE)
    said = ["–" if number is None else total_words(figure.question, number) for _, number in figure.periods]
    panel.bar_label(columns, said, fontsize=_LARGE, padding=3)
    panel.set_xticks(range(len(labels)), labels, fontsize=_SMALL, rotation=30 if len(labels) > 4 else 0)
    if figure.whole.plan is not None:
        panel.axhline(figure.whole.plan, color=_PLAN, linestyle="--", linewidth=2)
        words = plain("indicator-chart-plan", plan=figure_words(figure.whole.plan, None))
        place = (0.0, figure.whole.plan)
        at = ("axes fraction", "data")
        panel.annotate(words, place, xycoords=at, fontsize=_SMALL, color=_PLAN, ha="left", va="bottom")
    panel.set_xlim(-1.3, len(numbers) - 0.3)  # room for the plan's word before the first column
    panel.set_ylim(0, 1.18 * max([*numbers, figure.whole.plan or 0.0, 1.0]))
    _calm(panel)
    panel.set_yticks([])


def _draw_parts(panel: Axes, parts: Sequence[UnitFigure], question: Question) -> None:
    numbers = [one.number or 0.0 for one in parts]
    colours = [_FAR if one.is_outlier else _LACKING if one.missing else _DONE for one in parts]
    panel.barh(range(len(parts)), numbers, height=0.45, color=colours)
    for place, one in enumerate(parts):
        end = max(one.number or 0.0, one.plan or 0.0)  # behind the mark of the plan, which would cross the words
        panel.annotate(
            _part_words(one, question),
            (end, place),
            (6, 0),
            textcoords="offset points",
            fontsize=_SMALL,
            va="center",
        )
        name = shorten(one.unit.title, _NAME)
        panel.annotate(name, (0, place - 0.3), (1, 0), textcoords="offset points", fontsize=_SMALL, va="bottom")
        if one.plan is not None:
            panel.plot([one.plan, one.plan], [place - 0.28, place + 0.28], color=_PLAN, linewidth=2.5)
    panel.set_yticks([])
    panel.set_ylim(-0.8, len(parts) - 0.6)  # the first name stands above its bar
    panel.set_xlim(0, 1.4 * max([*numbers, *(one.plan or 0.0 for one in parts), 1.0]))
    panel.invert_yaxis()
    _calm(panel)
    panel.set_xticks([])


def _part_words(one: UnitFigure, question: Question) -> str:
    if question.kind is QuestionKind.YES_NO and one.number is not None:
        return plain("indicator-yes-of", number=figure_words(one.number, None), total=one.handed_in)
    if one.number is None:
        return plain("indicator-none")
    number = total_words(question, one.number)
    return number if one.plan is None else plain("indicator-of", number=number, plan=figure_words(one.plan, None))


def _calm(panel: Axes) -> None:
    for side in ("top", "right", "left"):
        panel.spines[side].set_visible(False)
