"""A question and its form in words, for those who make it."""

from __future__ import annotations

from bot.domain.form_rows import BadRow
from bot.domain.forms import FormProblem, Question
from bot.texts.catalogue import Markup, plain, say
from bot.texts.forms import figure_words
from bot.texts.wording import shorten

_OPTIONS = 80
_WORDS = 60
_BAD_ROWS = 15


def kind_words(question: Question) -> str:
    """«целое число, чел., план от 20, от 0 до 500, можно пропустить»."""
    parts = [plain("form-kind", kind=question.kind.value)]
    if question.options:
        parts[0] = plain("form-kind-of", kind=parts[0], options=shorten(" / ".join(question.options), _OPTIONS))
    parts += _figure_parts(question)
    if not question.is_required:
        parts.append(plain("form-part-optional"))
    return ", ".join(parts)


def part_words(aside: Question, *, besides: Question) -> str:
    """What ``besides``, the question as it is asked now, does not have: «чел., план от 20»."""
    options = [shorten(" / ".join(aside.options), _OPTIONS)] if aside.options and not besides.options else []
    return ", ".join([*options, *([] if besides.kind.is_figure else _figure_parts(aside))])


def _figure_parts(question: Question) -> list[str]:
    parts = [question.unit] if question.unit else []
    for key, figure in (("plan", question.at_least), ("low", question.low), ("high", question.high)):
        if figure is not None:
            parts.append(plain(f"form-part-{key}", figure=figure_words(figure, None)))
    return parts


def problem_words(problem: FormProblem) -> str:
    return plain(f"form-fault-{problem.value.replace('_', '-')}")


def bad_rows_text(rows: tuple[BadRow, ...]) -> Markup:
    """Each wrong row with its number, and that nothing was taken."""
    lines = [
        say(
            "form-table-bad-row-words" if row.words else "form-table-bad-row",
            number=row.number,
            fault=plain(f"form-fault-{row.fault.value.replace('_', '-')}"),
            words=shorten(row.words, _WORDS) if row.words else "",
        )
        for row in rows[:_BAD_ROWS]
    ]
    if len(rows) > _BAD_ROWS:
        lines.append(say("form-table-bad-rest", n=len(rows) - _BAD_ROWS))
    return Markup("\n".join([say("form-table-bad"), *lines]))
