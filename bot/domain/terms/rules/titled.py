"""What a term stands for, said beside it: labels, stages, the items of a list («заявка – до 1 марта, отчёт – …»)."""

from __future__ import annotations

from bot.domain.terms.dated import Dated, Shape
from bot.domain.terms.grammar import Grammar
from bot.domain.terms.model import Precision

DEADLINE_LABEL = "deadline"
OTHER_LABEL = "other"


def declare(grammar: Grammar) -> None:
    grammar.alias("_colon", ":", "-", ": -")
    grammar.alias("_nouns", "noun_of", "noun_of noun_of", "noun_of noun_of noun_of", "noun_of noun_of noun_of noun_of")
    _declare_labels(grammar)
    _declare_stages(grammar)
    _declare_things(grammar)


def _declare_labels(grammar: Grammar) -> None:
    grammar.alias("_task", "исполнени*|выполнени*|предоставлени*|представлени*|сдач*|направлени*|подач*|завершени*")
    grammar.alias("_event", "проведени*|реализаци*|действи*|обучени*|прохождени*|прием*|регистраци*|сбор*|организаци*")
    grammar.alias("_addressee", "в|на|для noun_of", "в|на|для noun_of noun_of")
    grammar.alias("label", "срок* _colon?", "срок* _task _nouns? _colon?", value=DEADLINE_LABEL)
    grammar.alias("label", "срок* _task _nouns? _addressee? _colon", "срок* _task? opaque _colon", value=DEADLINE_LABEL)
    grammar.alias("label", "дата окончания|завершения _nouns? _colon?", "окончание :", value=DEADLINE_LABEL)
    grammar.alias("label", "срок*|дата|даты|период|время _event _nouns? _colon?", value=OTHER_LABEL)
    grammar.alias("label", "_event _nouns? _colon", "прием|подача|регистрация|сбор _nouns? _colon?", value=OTHER_LABEL)
    grammar.alias("label", "период|дата|даты|время _colon", "начало :", "дата начала _colon?", value=OTHER_LABEL)
    grammar.alias("label", "_stage _colon?", value=OTHER_LABEL)
    grammar.alias("_season", "осенн*|зимн*|весенн*|летн*|дополнительн*")
    grammar.alias("label", "_season каникул* _pupils? _colon", "_season :", value=OTHER_LABEL)
    grammar.alias("label", "nth четверт*|триместр* _colon", value=OTHER_LABEL)
    grammar.alias("_pupils", "для opaque", "для обучающихся|учащихся|учеников opaque", "в opaque", "opaque")


def _declare_stages(grammar: Grammar) -> None:
    grammar.alias("_stage", "nth этап*", "этап* nth", "_stage_name этап*", "финал*", "nth этап* ( _stage_name )")
    grammar.alias("_stage_name", "школьн*|муниципальн*|региональн*|районн*|городск*|областн*|краев*|республиканск*")
    grammar.alias("_stage_name", "федеральн*|всероссийск*|отборочн*|заключительн*|финальн*|подготовительн*|основн*")
    grammar.alias("_stage_name", "заочн*|очн*|дистанционн*|отчетн*|организационн*|итогов*|пригласительн*")

    @grammar.rule("staged", "_stage _colon? dated", "dated ( _stage )")
    def _(item: Dated) -> Dated:
        return item


def _declare_things(grammar: Grammar) -> None:
    """«отчёт до 15 декабря», «итоги – декабрь 2025 г.»: a thing without «до» needs its dash.

    A year is no date of a thing: «отчёт – 2024 год» and «план на 2025 год» say what it is about.
    """
    grammar.alias(
        "_thing", "отчет*|заявк*|материал*|документ*|информаци*|сведени*|анкет*|работ*|итог*|результат*|списк*"
    )
    grammar.alias("_thing", "подведение итогов", "старт|открытие|закрытие|награждение")
    grammar.alias("_thing", "прием|подача|регистрация|сбор|представление|предоставление|направление|сдача|проведение")
    grammar.alias("_thing", "публикация|размещение|рассмотрение|экспертиза|оценка|отбор")

    grammar.alias("_occasion", "вебинар*|семинар*|совещани*|заседани*|конференци*|форум*|конкурс*|олимпиад*|собрани*")
    grammar.alias("_occasion", "видеоконференци*|вкс|педсовет*|слет*|фестивал*|экзамен*|тестировани*|консультаци*")

    @grammar.rule("named", "_occasion _colon? instant|span", "_occasion _colon bare")
    def _(item: Dated) -> Dated | None:
        return None if item.last.precision is Precision.YEAR else item

    @grammar.rule("named", "начало _nouns? _colon instant", "_thing _nouns? _colon? due")
    def _(item: Dated) -> Dated:
        return item

    @grammar.rule("named", "_thing _nouns? _colon bare|span|instant")
    def _(item: Dated) -> Dated | None:
        return None if item.last.precision is Precision.YEAR or item.shape is Shape.SINCE else item
