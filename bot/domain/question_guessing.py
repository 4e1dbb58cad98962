"""What kind of question a line of plain words is, with its unit, its plan and its options. Only ever a proposal."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.form_drafts import Proposed
from bot.domain.forms import MAX_OPTION, MAX_OPTIONS, MAX_QUESTION, MAX_UNIT, Question, QuestionKind
from bot.domain.names import one_line

_NUMBERING = re.compile(r"^\s*(?:[-–—•*▪·]+|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.)\s+")
_UNITS = (
    (r"чел(?:\.|овека?)?", "чел."),
    (r"%|проц(?:\.|ент(?:ов|а|ы)?)", "%"),
    (r"шт(?:\.|ук[аи]?)?", "шт."),
    (r"тыс\.?\s*руб(?:\.|лей)?", "тыс. руб."),
    (r"млн\.?\s*руб(?:\.|лей)?", "млн руб."),
    (r"руб(?:\.|лей|ли)?", "руб."),
    (r"ед(?:\.|иниц[аы]?)?", "ед."),
    (r"ч(?:\.|ас(?:ов|а|ы)?)", "ч"),
    (r"(?:дн(?:\.|ей|и)|день)", "дн."),
    (r"балл(?:ов|а|ы)?", "баллы"),
    (r"кв\.\s*м\.?|м²", "кв. м"),
    (r"лет", "лет"),
)
_BROKEN = frozenset({"%", "тыс. руб.", "млн руб.", "руб.", "баллы", "кв. м", "ч"})  # units that are counted in parts
_ANY_UNIT = "|".join(pattern for pattern, _ in _UNITS)
_UNIT = re.compile(rf"(?:\s*\((?:в\s+)?({_ANY_UNIT})\)|,\s*(?:в\s+)?({_ANY_UNIT}))\s*(\?|:)?\s*$", re.IGNORECASE)
_FIGURE = r"\d{1,3}(?:\s\d{3})+|\d+(?:[.,]\d+)?"
_PLAN = re.compile(
    rf"(?:не\s+(?:менее|меньше|ниже)|минимум|план(?:овое значение)?\s*[:–—-]?)\s*({_FIGURE})\s*({_ANY_UNIT})?(?!\w)",
    re.IGNORECASE,
)
_PLAN_BEHIND = re.compile(rf"\s*[,(;–—-]*\s*{_PLAN.pattern}\s*\)?\s*(\?|:)?\s*$", re.IGNORECASE)
_YES_NO = re.compile(r"[\s,;–—-]*\(?\s*да\s*(?:/|или|,)\s*нет\s*\)?\s*\??\s*$", re.IGNORECASE)
_WHETHER = re.compile(r"^\w+(?:\s\w+)?\s+ли\b", re.IGNORECASE)
_OPTIONS = re.compile(r"\s*[(:]\s*([^():]+?(?:\s*/\s*[^():/]+)+|[^():]+?(?:\s*;\s*[^():;]+)+)\s*\)?\s*\??\s*$")
_OPTIONAL = re.compile(
    r"[\s,]*\(?\s*(?:необязательно|не обязательно|если есть|если имеется|при наличии)\s*\)?\s*$", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"[\s,;]*\(?\s*(?:можно\s+(?:выбрать|отметить|указать)?\s*(?:несколько|не один)(?:\s+\w+)?"
    r"|(?:выберите|отметьте|укажите)\s+(?:несколько|вс[её](?:,?\s+что\s+\w+|\s+подходящ\w+)?)(?:\s+вариант\w+)?"
    r"|несколько\s+вариантов(?:\s+ответ\w*)?|множественный\s+выбор)\s*\)?",
    re.IGNORECASE,
)
_NOTES = (
    (QuestionKind.DATE, r"дат(?:а|ой|у)|число, месяц, год|дд\.мм\.гггг"),
    (QuestionKind.FILE, r"файл(?:ом)?|фото(?:графи[яи])?|скан(?:-?копи[яи])?|документ(?:ом)?"),
    (QuestionKind.LINK, r"(?:гипер)?ссылк(?:а|ой|у)"),
    (QuestionKind.TEXT, r"текст(?:ом)?|строк(?:а|ой)"),
    (QuestionKind.WHOLE, r"цел(?:ое|ым)(?: числ(?:о|ом))?|числ(?:о|ом)|цифр(?:а|ой|ы)"),
    (QuestionKind.CHOICE, r"выбор(?: из списка)?|из списка"),
)
_NOTE = re.compile(r"\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*(\?|:)?\s*$")
_BY_WORDS = (
    (QuestionKind.LINK, re.compile(r"\bссылк|\burl\b|^адрес (?:страниц|сайт)", re.IGNORECASE)),
    (
        QuestionKind.FILE,
        re.compile(r"^(?:приложите|прикрепите|загрузите|пришлите)\b|\bскан|^(?:фото|файл|копи[яию])\b", re.IGNORECASE),
    ),
    (QuestionKind.DECIMAL, re.compile(r"^(?:доля|процент|средн\w+|сумма|объ[её]м|сколько процент)", re.IGNORECASE)),
    (QuestionKind.WHOLE, re.compile(r"^(?:сколько|количество|число|численность|кол-во|охват)\b", re.IGNORECASE)),
    (QuestionKind.DATE, re.compile(r"^(?:дата|когда|какого числа)\b(?!.*\bномер)", re.IGNORECASE)),
)
# What is asked with none of these, and with no «или», is answered by «да» or «нет».
_ASKING = re.compile(
    r"\b(?:сколько|как\w*|кто|кого|кому|кем|что|чего|чему|чем|чей|чь[ёеяию]\w*|где|куда|откуда|когда|почему|зачем|"
    r"котор\w+|или)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"^(?:доля|процент|сколько процент)", re.IGNORECASE)


def guessed_lines(text: str) -> tuple[Proposed, ...]:
    """A question for each line that says something, in their order."""
    return tuple(guessed(line) for line in text.splitlines() if one_line(_NUMBERING.sub("", line)))


def guessed(line: str) -> Proposed:
    """«1. Сколько наставников (чел.), не менее 20» is a whole number, its unit and its plan; at worst, words."""
    text = one_line(_NUMBERING.sub("", line))
    asked = _OPTIONAL.sub("", text)
    question = Question("", QuestionKind.TEXT, asked, is_required=asked == text)
    for read in (_noted, _yes_or_no, _figure, _choice, _by_words, _statement):
        found = read(question)
        if found is not None:
            question = found
            break
    return Proposed(replace(question, text=question.text[:MAX_QUESTION]), is_guessed=True)


def without_note(text: str, kind: QuestionKind) -> str:
    """The words without a remark behind them that names this very kind: «Приказ издан (дата)» of a date."""
    if kind is QuestionKind.YES_NO:
        return _YES_NO.sub("", text) or text
    noted = _note_in(text)
    if noted is None:
        return text
    named, rest = noted
    is_same = named is kind or (named.is_figure and kind.is_figure) or (named.has_options and kind.has_options)
    return rest if is_same and rest else text


def asks_for_several(words: str) -> bool:
    """«(можно выбрать несколько)», «отметьте всё подходящее»."""
    return _SEVERAL.search(words) is not None


def without_several(words: str) -> str:
    """The words without that remark."""
    return _SEVERAL.sub("", words)


def unit_of(words: str) -> str | None:
    """The unit as forms write it: «человек» is «чел.»; an unknown one as it stands; None for nothing."""
    words = one_line(words)
    for pattern, unit in _UNITS:
        if re.fullmatch(pattern, words, re.IGNORECASE):
            return unit
    return words[:MAX_UNIT] or None


def kind_of_figure(unit: str | None, *figures: float | None) -> QuestionKind:
    """Shares, money and whatever has a fraction are no whole numbers."""
    is_broken = unit in _BROKEN or any(figure is not None and figure % 1 for figure in figures)
    return QuestionKind.DECIMAL if is_broken else QuestionKind.WHOLE


def number_in(words: str) -> float | None:
    """The first figure in the words: «не менее 1 200» is 1200."""
    found = re.search(_FIGURE, words)
    return None if found is None else float("".join(found[0].split()).replace(",", "."))


def figure_of(words: str) -> float | None:
    """A bound or a plan as somebody types it: «−5», «200 чел.», «не менее 200»; None where there is no figure."""
    number = number_in(words)
    is_negative = re.match(rf"\s*[-−–]\s*(?:{_FIGURE})", words) is not None
    return -number if number is not None and is_negative else number


def _noted(question: Question) -> Question | None:
    """«(файл)», «(дата)» at the end says the kind outright; of options it names none."""
    noted = _note_in(question.text)
    if noted is None or noted[0].has_options or not noted[1]:
        return None
    asked = replace(question, kind=noted[0], text=noted[1])
    if not asked.kind.is_figure:
        return asked
    figure = _figure(asked) or _by_words(asked)  # «Доля молодых (число)» is in per cent all the same
    return figure if figure is not None and figure.kind.is_figure else asked


def _note_in(text: str) -> tuple[QuestionKind, str] | None:
    found = _NOTE.search(text)
    if found is None:
        return None
    kind = next((kind for kind, words in _NOTES if re.fullmatch(words, found[1], re.IGNORECASE)), None)
    return None if kind is None else (kind, text[: found.start()].rstrip() + (found[2] or ""))


def _yes_or_no(question: Question) -> Question | None:
    if _YES_NO.search(question.text):
        return replace(question, kind=QuestionKind.YES_NO, text=_YES_NO.sub("", question.text) or question.text)
    return replace(question, kind=QuestionKind.YES_NO) if _WHETHER.search(question.text) else None


def _figure(question: Question) -> Question | None:
    """A unit or a plan makes a figure of whatever is asked; where they stand last, the words do without them."""
    text, plan, unit = question.text, _PLAN.search(question.text), None
    text = _PLAN_BEHIND.sub("", text) or text
    found = _UNIT.search(text)
    if found is not None:
        unit = unit_of(found[1] or found[2])
        text = text[: found.start()] + (found[3] or "")
        plan = plan or _PLAN.search(text)
        text = _PLAN_BEHIND.sub("", text) or text
    if plan is not None and unit is None and plan[2]:
        unit = unit_of(plan[2])
    if plan is None and unit is None:
        return None
    at_least = None if plan is None else number_in(plan[1])
    if unit is None and _SHARE.match(text):
        unit = "%"
    kind = kind_of_figure(unit, at_least)
    high = _most(text, unit) if (at_least or 0) <= 100 else None
    return replace(question, kind=kind, text=text, unit=unit, at_least=at_least, high=high)


def _choice(question: Question) -> Question | None:
    asked = without_several(question.text)
    found = _OPTIONS.search(asked)
    if found is None:
        return None
    options = tuple(one_line(option) for option in re.split(r"[/;]", found[1]))
    if not 2 <= len(options) <= MAX_OPTIONS or any(not option or len(option) > MAX_OPTION for option in options):
        return None
    text = asked[: found.start()].rstrip(" :")
    kind = QuestionKind.SEVERAL if asks_for_several(question.text) else QuestionKind.CHOICE
    return replace(question, kind=kind, text=text, options=options) if text else None


def _by_words(question: Question) -> Question | None:
    for kind, pattern in _BY_WORDS:
        if pattern.search(question.text):
            unit = "%" if kind is QuestionKind.DECIMAL and _SHARE.match(question.text) else None
            return replace(question, kind=kind, unit=unit, high=_most(question.text, unit))
    return None


def _statement(question: Question) -> Question | None:
    """«Центр работает?»"""
    is_statement = question.text.endswith("?") and not _ASKING.search(question.text)
    return replace(question, kind=QuestionKind.YES_NO) if is_statement else None


def _most(text: str, unit: str | None) -> float | None:
    """A share of something is never more than all of it; a rate of growth may be."""
    return 100 if unit == "%" and _SHARE.match(text) else None
