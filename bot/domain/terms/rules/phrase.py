"""A whole phrase: a label, one term or several, and remarks that change nothing."""

from __future__ import annotations

from bot.domain.terms.combined import Resolved, Several, State
from bot.domain.terms.dated import Dated, Meaning, Shape
from bot.domain.terms.grammar import Grammar
from bot.domain.terms.model import Precision, TermKind
from bot.domain.terms.repeated import Continued, Days, Frequency
from bot.domain.terms.rules.calendar import quarter_of
from bot.domain.terms.rules.states import AS_NEEDED, BY_SCHEDULE, CONTINUOUS
from bot.domain.terms.rules.titled import DEADLINE_LABEL
from bot.domain.terms.stretches import PlanYear, Stretch, Year, whole_year

MOST_ITEMS = 12
"""Of a list: all months of a year. What a longer one costs grows with its cube."""


def declare(grammar: Grammar) -> None:
    _declare_terms(grammar)
    _declare_lists(grammar)
    _declare_named_items(grammar)
    _declare_continuations(grammar)
    _declare_remarks(grammar)

    @grammar.rule("phrase", "label? cell _remarks?")
    def _(label: str | None, meaning: Meaning) -> Meaning:
        return meaning.as_deadline() if label == DEADLINE_LABEL and isinstance(meaning, Dated) else meaning

    @grammar.rule("phrase", "начало instant")
    def _(meaning: Dated) -> Meaning:
        return meaning

    @grammar.rule("phrase", "label? repeating _nearest", "label? continued _nearest")
    def _(label: str | None, meaning: Meaning) -> Meaning:
        return meaning

    grammar.alias("_nearest", ";|, ближайший|ближайшая срок|дата :|-? date", ";|, ближайший срок :|-? instant")

    @grammar.rule("phrase", "waiting , то есть due")
    def _(waiting: Meaning, due: Dated) -> Meaning:
        return Resolved(waiting, due)

    @grammar.rule("phrase", "year_number")
    def _(year: int) -> Meaning:
        return Dated(Shape.BARE, whole_year(year), whole_year(year))

    @grammar.rule("phrase", "year_number - year_number")
    def _(first: int, last: int) -> Meaning | None:
        """Neighbouring years without a word may be a school year: they are left to the coordinator."""
        return Dated(Shape.BETWEEN, whole_year(first), whole_year(last)) if last - first > 1 else None

    @grammar.rule("phrase", "( label? cell )")
    def _(label: str | None, meaning: Meaning) -> Meaning:
        return meaning.as_deadline() if label == DEADLINE_LABEL and isinstance(meaning, Dated) else meaning


def _declare_terms(grammar: Grammar) -> None:
    grammar.alias("term", "dated", "hours", "current", "repeating", "state", "waiting")
    grammar.alias("waiting", "after", "before", "at_event", "from_today")
    grammar.alias("state", "as_needed", "by_schedule", "continuous")
    grammar.alias("term", "agreed", "report_period")
    _declare_sentence_terms(grammar)
    grammar.alias("cell", "term", "named", "list", "continued", "mixture")


def _declare_sentence_terms(grammar: Grammar) -> None:
    """What a sentence may end with. A year alone is what its subject is about («работа в 2024 году»)."""
    grammar.alias("_plans", "график*|план*|расписани*")
    grammar.alias("task_state", "по необходимости|запросу|запросам|требованию", "при необходимости", value=AS_NEEDED)
    grammar.alias(
        "task_state", "по _qualities _plans _rest?", "согласно|согл _qualities? _plans _rest?", value=BY_SCHEDULE
    )
    grammar.alias(
        "task_state", "в соответствии с|со _qualities? _plans _rest?", "в каникулярн* врем*|период*", value=BY_SCHEDULE
    )
    grammar.alias(
        "task_state", "постоянно|систематически|регулярно", "на постоянной|регулярной основе", value=CONTINUOUS
    )

    @grammar.rule("task_due", "due|repeating|waiting|task_state _remarks?")
    def _(meaning: Meaning) -> Meaning:
        return meaning

    @grammar.rule("task_term", "due|repeating|waiting|task_state|inside _remarks?")
    def _(meaning: Meaning) -> Meaning:
        return meaning

    @grammar.rule("happening", "dated|repeating|waiting|task_state _remarks?")
    def _(meaning: Meaning) -> Meaning:
        return meaning

    @grammar.rule("inside", "span|bare|instant")
    def _(item: Dated) -> Dated | None:
        is_year = item.last.precision is Precision.YEAR and not item.last.is_school_year
        return None if is_year else item


def _declare_lists(grammar: Grammar) -> None:
    grammar.alias("_separator", ",", ";", "и", ", и", ", а также", "а также")

    @grammar.rule("items", "dated _separator dated", "partial _separator dated")
    def _(first: Dated, second: Dated) -> tuple[Dated, ...] | None:
        return (first, second) if may_follow(first, second) else None

    @grammar.rule("items", "dated _separator items", "partial _separator items")
    def _(first: Dated, others: tuple[Dated, ...]) -> tuple[Dated, ...] | None:
        return (first, *others) if may_follow(first, others[0]) and len(others) < MOST_ITEMS else None

    @grammar.rule("partial", "partial_day")
    def _(day: Stretch) -> Dated:
        return Dated(Shape.BARE, day, day)

    @grammar.rule("partial", "_by partial_day")
    def _(day: Stretch) -> Dated:
        return Dated(Shape.DUE, day, day)

    @grammar.rule("partial", "с|со? partial_day -|по partial_day")
    def _(first: Stretch, last: Stretch) -> Dated:
        return Dated(Shape.BETWEEN, first, last)


def _declare_named_items(grammar: Grammar) -> None:
    @grammar.rule("named_items", "staged|named _separator staged|named")
    def _(first: Dated, second: Dated) -> tuple[Dated, ...]:
        return first, second

    @grammar.rule("named_items", "staged|named _separator named_items")
    def _(first: Dated, others: tuple[Dated, ...]) -> tuple[Dated, ...] | None:
        return (first, *others) if len(others) < MOST_ITEMS else None

    grammar.alias("items", "named_items")

    @grammar.rule("list", "nth ,|и nth _quarter year?")
    def _(first: int, second: int, year: Year | None) -> Several | None:
        """«I, III кварталы»; neighbours are left alone, as they may mean one period."""
        quarters = (quarter_of(first, year), quarter_of(second, year))
        if second - first < 2 or None in quarters:
            return None
        return Several(tuple(Dated(Shape.BARE, quarter, quarter) for quarter in quarters if quarter is not None))

    @grammar.rule("list", "items")
    def _(items: tuple[Dated, ...]) -> Several:
        return Several(items)


def _declare_continuations(grammar: Grammar) -> None:
    grammar.alias("_further", "далее|затем", "в дальнейшем|последующем", "и далее")
    grammar.alias("_then", "_further _colon?", ", _further _colon?", "; _further _colon?")

    @grammar.rule("continued", "dated _then frequency", "dated ( _further _colon? frequency )")
    def _(first: Dated, frequency: Frequency) -> Continued | None:
        return Continued(first, frequency.parts) if frequency.parts else None

    @grammar.rule("continued", "dated _then frequency _comma? _by? days")
    def _(first: Dated, frequency: Frequency, days: Days) -> Continued | None:
        """«15 января 2025 г., далее ежеквартально до 15 числа»: the day is said twice and must agree."""
        if not frequency.parts or days.parts != (f"BYMONTHDAY={first.last.first[1]}",):
            return None
        return Continued(first, (*frequency.parts, *days.parts))

    @grammar.rule(
        "mixture", "dated _then state", "dated ,? state", "dated ( state )", "dated ( _further _colon? state )"
    )
    def _(first: Meaning, state: State) -> Several:
        return Several((first, state))

    @grammar.rule(
        "mixture", "state ,? но? _report_noun? repeating", "state ,|; _report_noun? _colon? repeating|dated|waiting"
    )
    def _(state: State, following: Meaning) -> Several | None:
        return Several((state, following))

    @grammar.rule("mixture", "state bare")
    def _(state: State, following: Dated) -> Several | None:
        return Several((state, following)) if state.kind is TermKind.CONTINUOUS else None

    @grammar.rule("mixture", "dated ,|;|и dated")
    def _(first: Dated, second: Dated) -> Several | None:
        """«сентябрь, в течение года»: a term and the work around it."""
        is_around = isinstance(second.last.year, PlanYear) and not isinstance(first.last.year, PlanYear)
        return Several((first, second)) if is_around and first.shape is not Shape.SINCE else None

    @grammar.rule("mixture", "waiting ,? но|и due", "repeating ,? и|; due", "due ; repeating")
    def _(first: Meaning, second: Meaning) -> Several | None:
        return Several((first, second))

    grammar.alias("_report_noun", "отчет*|отчетность|доклад*|информаци*|сведени*|представление отчет*?")


def _declare_remarks(grammar: Grammar) -> None:
    grammar.alias("_remarks", "_remark", "_remark _remark")
    grammar.alias("_remark", "включительно", ", включительно", "( включительно )", "( _aside )", ", _aside")
    grammar.alias("_aside", "_stage", "отв|ответственн* _colon? -? _rest")
    grammar.alias("_way", "режим*|формат* онлайн|вкс|видеоконференц*", "онлайн|дистанционн* режим*|формат*")
    grammar.alias(
        "_remark", "в _way", ",|;|. ответственн* _colon? _rest", "ответственн* _colon? _rest", ",|; отв : _rest"
    )
    grammar.alias("_aside", "в _way", "вкс", "г _rest")
    grammar.alias(
        "_remark", "в электронн*|бумажн*|письменн* вид*|форм*", "по электронн* почте _rest?", "на адрес|почту _rest"
    )
    grammar.alias("_aside", "в электронн*|бумажн*|письменн* вид*|форм*", "по электронн* почте _rest?")
    grammar.alias("_aside", "по согласованию", "приложение|прил opaque", "приказ*|распоряжени*|письм*|протокол* opaque")
    grammar.alias(
        "_aside", "opaque", "очно|заочно|онлайн|дистанционно|очно-заочно", "в онлайн|дистанционном? формате|режиме"
    )


def may_follow(first: Dated, second: Dated) -> bool:
    """Whether two meanings are a list: «2025 год, I квартал» is one stretch, «не ранее 1 и не позднее 15 мая» too."""
    if isinstance(first.last.year, PlanYear) or isinstance(second.first.year, PlanYear):
        return False
    is_year = first.shape is Shape.BARE and first.first.precision is Precision.YEAR
    return first.shape is not Shape.SINCE and not (is_year and second.first.year is None)
