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
    if question.unit:
        parts.append(question.unit)
    if question.at_least is not None:
        parts.append(plain("form-part-plan", figure=figure_words(question.at_least, None)))
    if question.low is not None:
        parts.append(plain("form-part-low", figure=figure_words(question.low, None)))
    if question.high is not None:
        parts.append(plain("form-part-high", figure=figure_words(question.high, None)))
    if not question.is_required:
        parts.append(plain("form-part-optional"))
    return ", ".join(parts)


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
