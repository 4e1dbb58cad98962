"""Terms without a date: as needed, by a schedule of its own, all the time."""

from __future__ import annotations

from bot.domain.terms.combined import ReportPeriod, State
from bot.domain.terms.grammar import Grammar
from bot.domain.terms.model import TermKind

AS_NEEDED = State(TermKind.AS_NEEDED)
BY_SCHEDULE = State(TermKind.BY_SCHEDULE)
CONTINUOUS = State(TermKind.CONTINUOUS)


def declare(grammar: Grammar) -> None:
    grammar.alias("_rest", "rest")
    _declare_as_needed(grammar)
    _declare_by_schedule(grammar)
    _declare_continuous(grammar)

    grammar.alias(
        "report_period", "за|в отчетный|отчетном период*", "отчетный период", "за отчетный год", value=ReportPeriod()
    )


def _declare_as_needed(grammar: Grammar) -> None:
    grammar.alias(
        "as_needed",
        "по мере _rest",
        "по необходимости|потребности _rest?",
        "при необходимости|наличии|поступлении|возникновении|изменении|внесении|обращении|получении|выявлении _rest?",
        "в случае|случаях _rest",
        "по запросу|запросам|требованию|требованиям|заявке|заявкам|обращению|обращениям|факту _rest?",
        "если|когда потребуется|необходимо",
        value=AS_NEEDED,
    )


def _declare_by_schedule(grammar: Grammar) -> None:
    grammar.alias("_schedule", "график*|план*|расписан*|календар*|положени*|регламент*|программ*", "план* - график*")
    grammar.alias("_quality", "отдельн*|отд|особ*|утвержденн*|календарн*|учебн*|единому|единым|установленн*|ежегодн*")
    grammar.alias("_quality", "школьн*|годов*|индивидуальн*|соответствующ*|согласованн*|прилагаем*|перспективн*")
    grammar.alias("_qualities", "_quality", "_quality _quality", "_quality _quality _quality")
    grammar.alias("_according", "по", "согласно|согл", "в соответствии с|со", "на основании")
    grammar.alias("_by_whom", "приказом|министерством|положением|графиком|регламентом|распоряжением|планом|учредителем")
    grammar.alias("_by_whom", "законодательством|организатором|организаторами|рособрнадзором|договором|программой")
    grammar.alias("_plan_year", "на year_stretch", "на numbered_school_year", "на range", "на own_school_year")
    grammar.alias(
        "by_schedule",
        "_according _qualities? _schedule _rest? _plan_year?",
        "согласно приказ*|распоряжени*|письм* _rest?",
        "в соответствии с приказ*|распоряжени*|письм* _rest?",
        "_according дорожн* карт* _rest?",
        "_according _qualities приказ*|распоряжени*|письм*|договор*|решени*",
        "в установленн*|указанн*|определенн*|утвержденн*|назначенн* срок*|время|дни|даты|период _rest?",
        "в установленн*|указанн*|определенн*|утвержденн*|назначенн* _by_whom срок* _rest?",
        "в срок* , установленн*|указанн*|определенн*|предусмотренн*|утвержденн* _rest?",
        "в срок* установленн*|указанн*|определенн*|предусмотренн*|утвержденн* _rest?",
        "в срок* согласно|по _rest",
        "график* _rest?",
        "отдельный|особый график|план",
        value=BY_SCHEDULE,
    )
    grammar.alias("agreed", "по согласованию _rest?", value=BY_SCHEDULE)
    grammar.alias("_holiday_season", "осенн*|зимн*|весенн*|летн*")
    grammar.alias(
        "_in_school", "в|на|во", "в период|дни|время|течение", "на период|время", "за время", "до начала|конца", "после"
    )
    grammar.alias(
        "by_schedule",
        "_in_school? _holiday_season? каникул* _school_date?",
        "_in_school? каникулярн* врем*|период*|дни|дн*",
        "в период _holiday_season? школьн* каникул*",
        "_in_school? nth учебн*? четверт* _school_date?",
        "_in_school? nth учебн*? триместр* _school_date?",
        "в течение|конце|начале nth? четверт* _school_date?",
        "nth -|,|и nth четверт* _school_date?",
        value=BY_SCHEDULE,
    )
    grammar.alias("_school_date", "numbered_school_year", "own_school_year", "year_stretch")


def _declare_continuous(grammar: Grammar) -> None:
    grammar.alias("_all_along", "в течение|период", "на период|протяжении", "в ходе", "за", "на")
    grammar.alias("_entire", "всего|весь|всей")
    grammar.alias(
        "continuous",
        "постоянно|систематически|регулярно|непрерывно|бессрочно|круглогодично|круглосуточно|повседневно",
        "на постоянной|регулярной|систематической основе",
        "в постоянном|непрерывном|регулярном режиме",
        "весь|всего срок|период _rest?",
        "_all_along _entire период*|срок*|времени|врем* _rest?",
        "_all_along период*|срок* реализации|действия _rest?",
        "_all_along реализации|действия|исполнения _rest",
        "до особого|отдельного|нового|специального распоряжения|указания|приказа|уведомления",
        "без ограничения срока",
        value=CONTINUOUS,
    )
