"""Questions of a form and what was answered, in Russian words."""

from __future__ import annotations

from babel.numbers import format_decimal

from bot.domain.form_values import is_absent
from bot.domain.forms import Question, QuestionKind, Value
from bot.domain.indicators import is_share
from bot.texts.catalogue import plain
from bot.texts.times import short_day

_AVERAGE_DIGITS = 1
LEAST_OF_AVERAGE = 0.1
"""What an average is told to."""


def value_words(question: Question, value: Value | None) -> str:
    """«17 чел.», «да», «📎 приказ.pdf», «пропущено»."""
    if value is None or value.is_skipped:
        return plain("form-value-none" if value is None else "form-value-skipped")
    if is_absent(question, value):
        return plain("form-value-absent-why", why=value.text) if value.text else plain("form-value-absent")
    if question.kind.is_figure and value.number is not None:
        return figure_words(value.number, question.unit)
    if question.kind is QuestionKind.FILE:
        return plain("form-value-photo") if value.is_photo else plain("form-value-file", name=value.file_name or "")
    if question.kind is QuestionKind.DATE and value.day is not None:
        return short_day(value.day)
    if question.kind is QuestionKind.SEVERAL:
        return "; ".join(value.options)
    return value.text or ""


def figure_words(number: float, unit: str | None) -> str:
    """«1 250 чел.», «12,5 %»."""
    words = format_decimal(number, locale="ru")
    return f"{words} {unit}" if unit else words


def total_words(question: Question, number: float, unit: str | None = None) -> str:
    """The figures of many together. An average to a tenth: «66,667 %» promises more than three schools know."""
    return figure_words(round(number, _AVERAGE_DIGITS) if is_share(question) else number, unit)


def hint(question: Question) -> str:
    """What answer is awaited: «Напишите целое число, чел., от 0 до 500»."""
    parts = [plain(f"form-hint-{question.kind.value.replace('_', '-')}")]
    if question.unit:
        parts.append(question.unit)
    if question.low is not None and question.high is not None:
        low, high = figure_words(question.low, None), figure_words(question.high, None)
        parts.append(plain("form-hint-between", low=low, high=high))
    elif question.low is not None:
        parts.append(plain("form-hint-from", low=figure_words(question.low, None)))
    elif question.high is not None:
        parts.append(plain("form-hint-to", high=figure_words(question.high, None)))
    return ", ".join(parts)
