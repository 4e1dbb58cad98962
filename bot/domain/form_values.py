"""What somebody typed, tapped or sent as the answer to a question of a form, read or refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.forms import OPTION_END, SKIPPED, FormVersion, Question, QuestionKind, Value
from bot.domain.names import one_line
from bot.domain.naming_dates import read_event

MAX_TEXT = 1000
MAX_FILE_BYTES = 20 * 1024 * 1024
"""What a bot may download from Telegram (Bot API, ``getFile``)."""

YES, NO = "да", "нет"
_YES_WORDS = frozenset({"да", "ага", "есть", "yes", "+", "1"})
_NO_WORDS = frozenset({"нет", "не", "отсутствует", "no", "-", "−", "–", "0"})
# «5.000» is five or five thousand: a whole number takes no such fraction, and «12 17» is no number at all.
_FIGURE = re.compile(r"([-−–]?)\s*(\d{1,3}(?:\s\d{3})+|\d+)(?:[.,](\d+))?\s*(\D.*)?")
_ABSENT = re.compile(r"(?:такого |такой |у нас )?(?:нет|не будет)\b(?:\s+такого)?[\s,.:;–—-]*(.*)", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s/]+\.\S+|www\.\S+\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-zа-я]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


class ValueProblem(StrEnum):
    """Why something is no answer to a question."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_FIGURE = "not_a_figure"
    NOT_WHOLE = "not_whole"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    NOT_AN_OPTION = "not_an_option"
    NOT_YES_NO = "not_yes_no"
    NOT_A_LINK = "not_a_link"
    NOT_A_DATE = "not_a_date"
    NEEDS_FILE = "needs_file"
    NEEDS_WORDS = "needs_words"  # a file where none is asked for
    FILE_KIND = "file_kind"  # a voice message, a sticker, a video
    FILE_TOO_BIG = "file_too_big"
    REQUIRED = "required"  # cannot be skipped


class BadValueError(DomainError):
    """``question`` is to be asked again; ``str()`` has none of what was typed."""

    def __init__(self, problem: ValueProblem, question: Question) -> None:
        super().__init__(f"{problem} for question {question.key}")
        self.problem = problem
        self.question = question


def read_value(question: Question, words: str, *, today: date) -> Value:
    """What the typed ``words`` say to the question; ``today`` is of the one who types. Raises BadValueError."""
    lines, words = words, one_line(words)
    if question.kind.may_be_absent and not _LINK.search(words) and (said := _ABSENT.fullmatch(words)) is not None:
        return absent_value(question, said[1])
    if question.kind is QuestionKind.FILE:
        raise BadValueError(ValueProblem.NEEDS_FILE, question)
    if not words:
        raise BadValueError(ValueProblem.EMPTY, question)
    if len(words) > MAX_TEXT:
        raise BadValueError(ValueProblem.TOO_LONG, question)
    if question.kind.is_figure:
        return _figure(question, words)
    if question.kind is QuestionKind.CHOICE:
        return Value(_option(question, words))
    if question.kind is QuestionKind.SEVERAL:
        return _several(question, lines)
    if question.kind is QuestionKind.YES_NO:
        return _yes_or_no(question, words)
    if question.kind is QuestionKind.LINK:
        found = _LINK.search(words)
        if found is None:
            raise BadValueError(ValueProblem.NOT_A_LINK, question)
        return Value(found[0])
    return _day(question, words, today) if question.kind is QuestionKind.DATE else Value(words)


def chosen_value(question: Question, place: int) -> Value:
    """The option at ``place`` of a choice; of a yes-or-no question 1 is «да», 0 is «нет». Raises BadValueError."""
    if question.kind is QuestionKind.YES_NO and place in (0, 1):
        return Value(YES if place else NO, number=float(place))
    if question.kind is QuestionKind.CHOICE and 0 <= place < len(question.options):
        return Value(question.options[place])
    raise BadValueError(ValueProblem.NOT_AN_OPTION, question)


def several_value(question: Question, chosen: Iterable[str]) -> Value:
    """Those of the options that are chosen, in the order of the question; with none of them nothing is answered yet."""
    taken = set(chosen)
    kept = [option for option in question.options if option in taken]
    return Value(OPTION_END.join(kept)) if kept else SKIPPED


def marked_value(question: Question, standing: Value | None, place: int, *, is_on: bool) -> Value:
    """What stands as the answer to a question of several, with the option at ``place`` in it or out of it.

    Raises BadValueError.
    """
    if question.kind is not QuestionKind.SEVERAL or not 0 <= place < len(question.options):
        raise BadValueError(ValueProblem.NOT_AN_OPTION, question)
    chosen = set(() if standing is None else standing.options)
    option = question.options[place]
    return several_value(question, chosen | {option} if is_on else chosen - {option})


def file_value(question: Question, file_id: str, *, file_name: str | None, size: int | None) -> Value:
    """A document or a photo (without a name) as the answer. Raises BadValueError."""
    if question.kind is not QuestionKind.FILE:
        raise BadValueError(ValueProblem.NEEDS_WORDS, question)
    if size is not None and size > MAX_FILE_BYTES:
        raise BadValueError(ValueProblem.FILE_TOO_BIG, question)
    return Value(file_id=file_id, file_name=file_name)


def absent_value(question: Question, reason: str | None = None) -> Value:
    """«Такого нет»: a link or file that the school does not have, with its words why. Raises BadValueError."""
    if not question.kind.may_be_absent:
        raise BadValueError(ValueProblem.EMPTY, question)
    if len(reason or "") > MAX_TEXT:
        raise BadValueError(ValueProblem.TOO_LONG, question)
    return Value(reason or None, number=0.0)


def is_absent(question: Question, value: Value) -> bool:
    """Whether it says that there is no such link or file."""
    return question.kind.may_be_absent and value.number is not None


def skipped_value(question: Question) -> Value:
    """Raises BadValueError where the question is required."""
    if question.is_required:
        raise BadValueError(ValueProblem.REQUIRED, question)
    return SKIPPED


def fits(question: Question, value: Value) -> bool:
    """Whether an older answer still is one: another version may have other options, other bounds, another kind."""
    if value.is_skipped:
        return not question.is_required
    if question.kind.is_figure:
        is_whole = value.number is not None and value.number % 1 == 0
        kind_fits = value.number is not None and (is_whole or question.kind is QuestionKind.DECIMAL)
        return kind_fits and _beyond(question, value.number or 0) is None
    if is_absent(question, value):
        return True
    if question.kind is QuestionKind.FILE:
        return value.file_id is not None
    if question.kind is QuestionKind.YES_NO:
        return value.text in (YES, NO)
    if question.kind is QuestionKind.CHOICE:
        return value.text in question.options
    if question.kind is QuestionKind.SEVERAL:
        return value.file_id is None and set(value.options) <= set(question.options)
    return value.text is not None and value.file_id is None


def carried(old: FormVersion, new: FormVersion, values: Mapping[str, Value]) -> dict[str, Value]:
    """Those of ``values``, given to ``old``, that answer ``new`` as well: same key, same kind, and still fitting."""
    kinds = {question.key: question.kind for question in old.questions}
    return {
        question.key: values[question.key]
        for question in new.questions
        if question.key in values and kinds.get(question.key) is question.kind and fits(question, values[question.key])
    }


def _figure(question: Question, words: str) -> Value:
    found = _FIGURE.fullmatch(words)
    if found is None or not _is_unit(question, found[4] or ""):
        raise BadValueError(ValueProblem.NOT_A_FIGURE, question)
    number = float(f"{'-' if found[1] else ''}{''.join(found[2].split())}.{found[3] or 0}")
    if question.kind is QuestionKind.WHOLE and (found[3] or "0") not in ("0", "00"):
        raise BadValueError(ValueProblem.NOT_WHOLE, question)
    if (problem := _beyond(question, number)) is not None:
        raise BadValueError(problem, question)
    return Value(words, number=number)


def _is_unit(question: Question, words: str) -> bool:
    """Nothing behind the figure, or its unit, however shortened: «17 чел» and «17 человек» of «чел.»."""
    words, unit = words.rstrip(".").casefold(), (question.unit or "").rstrip(".").casefold()
    return not words or (bool(unit) and (words.startswith(unit) or unit.startswith(words)))


def _beyond(question: Question, number: float) -> ValueProblem | None:
    if number < question.lowest:
        return ValueProblem.TOO_LOW
    return ValueProblem.TOO_HIGH if number > question.highest else None


def _option(question: Question, words: str) -> str:
    """Its words, the only option that begins with them, or its number: «2», «2)»."""
    plain = words.casefold()
    same = [option for option in question.options if one_line(option).casefold() == plain]
    number = re.fullmatch(r"(\d{1,2})[.)]?", plain)
    if not same and number is not None and 1 <= int(number[1]) <= len(question.options):
        same = [question.options[int(number[1]) - 1]]
    if not same:
        same = [option for option in question.options if one_line(option).casefold().startswith(plain)]
    if len(same) != 1:
        raise BadValueError(ValueProblem.NOT_AN_OPTION, question)
    return same[0]


def _several(question: Question, words: str) -> Value:
    """One option, or several a line, behind «;», behind commas, or by their numbers: «1 3»."""
    try:
        return Value(_option(question, one_line(words)))
    except BadValueError:
        numbers = re.fullmatch(r"\d{1,2}(?:[\s.,;)]+\d{1,2})*[.)]?", words.strip())
        parts = re.findall(r"\d+", words) if numbers else re.split(r"[\n;]|,\s", words)
        chosen = [_option(question, one_line(part)) for part in parts if one_line(part)]
        if not chosen:
            raise
        return several_value(question, chosen)


def _yes_or_no(question: Question, words: str) -> Value:
    plain = words.rstrip(".!").casefold()
    if plain in _YES_WORDS:
        return chosen_value(question, 1)
    if plain in _NO_WORDS:
        return chosen_value(question, 0)
    raise BadValueError(ValueProblem.NOT_YES_NO, question)


def _day(question: Question, words: str, today: date) -> Value:
    found = read_event(words, today=today, is_ahead=False)
    if found is None:
        raise BadValueError(ValueProblem.NOT_A_DATE, question)
    return Value((found.date() if isinstance(found, datetime) else found).isoformat())
