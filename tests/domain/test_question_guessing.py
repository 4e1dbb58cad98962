"""What a line of plain words asks for. A guess is shown and confirmed; where nothing speaks for a kind, it is words."""

from __future__ import annotations

import pytest

from bot.domain.forms import Question, QuestionKind
from bot.domain.question_guessing import figure_of, guessed, guessed_lines, unit_of


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        (
            "1. Сколько наставников (чел.), не менее 20",
            Question("", QuestionKind.WHOLE, "Сколько наставников", unit="чел.", at_least=20.0),
            "the number of the line, the unit and the plan are not the question",
        ),
        (
            "Охват детей – не менее 1 200 чел.",
            Question("", QuestionKind.WHOLE, "Охват детей", unit="чел.", at_least=1200.0),
            "a unit behind the plan; thousands apart",
        ),
        (
            "Приказ издан (дата)",
            Question("", QuestionKind.DATE, "Приказ издан"),
            "the remark is the kind, not the question",
        ),
        ("Положение о центре (файл)?", Question("", QuestionKind.FILE, "Положение о центре?"), "the sign stays"),
        ("Сайт школы [ссылка]", Question("", QuestionKind.LINK, "Сайт школы"), "other brackets"),
        ("Чем гордитесь (текст)", Question("", QuestionKind.TEXT, "Чем гордитесь"), "words, said outright"),
        (
            "Доля молодых (число)",
            Question("", QuestionKind.DECIMAL, "Доля молодых", unit="%", high=100),
            "a share stays a share",
        ),
        (
            "Площадь, кв. м (число)",
            Question("", QuestionKind.DECIMAL, "Площадь", unit="кв. м"),
            "the remark says no more than the unit does: it is counted in parts, and the unit is not the question",
        ),
        (
            "Наставники, не менее 20 чел. (число)",
            Question("", QuestionKind.WHOLE, "Наставники", unit="чел.", at_least=20.0),
            "a plan before the remark",
        ),
        ("Кружки (число)", Question("", QuestionKind.WHOLE, "Кружки"), "no unit, no plan: what the remark says"),
        (
            "Сколько единиц техники (документ)",
            Question("", QuestionKind.FILE, "Сколько единиц техники"),
            "who names a kind in brackets wants that, whatever the words would be taken for",
        ),
        (
            "Занятия (дата и время)",
            Question("", QuestionKind.TEXT, "Занятия (дата и время)"),
            "more than a kind: it stays",
        ),
        ("(файл)", Question("", QuestionKind.TEXT, "(файл)"), "nothing would be left to ask"),
        ("Количество кружков", Question("", QuestionKind.WHOLE, "Количество кружков"), "no unit is invented"),
        (
            "Доля учителей, прошедших курсы, %",
            Question("", QuestionKind.DECIMAL, "Доля учителей, прошедших курсы", unit="%", high=100),
            "a share has a fraction",
        ),
        (
            "Доля молодых",
            Question("", QuestionKind.DECIMAL, "Доля молодых", unit="%", high=100),
            "a share is in per cent, and never more than all",
        ),
        (
            "Рост охвата, %",
            Question("", QuestionKind.DECIMAL, "Рост охвата", unit="%"),
            "what grows may grow by more than a hundred per cent",
        ),
        (
            "Центр открыт и работает?",
            Question("", QuestionKind.YES_NO, "Центр открыт и работает?"),
            "asked with no word of asking: yes or no",
        ),
        (
            "Для чего нужен центр?",
            Question("", QuestionKind.TEXT, "Для чего нужен центр?"),
            "a word of asking within the question",
        ),
        (
            "Занятия идут очно или заочно?",
            Question("", QuestionKind.TEXT, "Занятия идут очно или заочно?"),
            "«или» asks for one of two, not for yes or no",
        ),
        (
            "Объём средств, тыс. руб.",
            Question("", QuestionKind.DECIMAL, "Объём средств", unit="тыс. руб."),
            "money has a fraction",
        ),
        (
            "Не менее 250 обучающихся прошли обучение",
            Question("", QuestionKind.WHOLE, "Не менее 250 обучающихся прошли обучение", at_least=250.0),
            "a plan within the words stays in them",
        ),
        ("Приказ издан? (да/нет)", Question("", QuestionKind.YES_NO, "Приказ издан?"), "said outright"),
        ("Проведена ли акция?", Question("", QuestionKind.YES_NO, "Проведена ли акция?"), "«ли» asks yes or no"),
        (
            "Где проходит: в школе / дома",
            Question("", QuestionKind.CHOICE, "Где проходит", options=("в школе", "дома")),
            "options behind a colon",
        ),
        (
            "Форма (очно; заочно)",
            Question("", QuestionKind.CHOICE, "Форма", options=("очно", "заочно")),
            "options in brackets",
        ),
        (
            "Какие кружки есть (можно выбрать несколько): шахматы / театр / хор",
            Question("", QuestionKind.SEVERAL, "Какие кружки есть", options=("шахматы", "театр", "хор")),
            "several of them",
        ),
        ("Ссылка на страницу", Question("", QuestionKind.LINK, "Ссылка на страницу"), "a link"),
        ("Дата приказа", Question("", QuestionKind.DATE, "Дата приказа"), "a date"),
        ("Дата и номер приказа", Question("", QuestionKind.TEXT, "Дата и номер приказа"), "two things are no date"),
        ("Приложите скан приказа", Question("", QuestionKind.FILE, "Приложите скан приказа"), "a file"),
        (
            "Сколько из них (в том числе педагогов, методистов)",
            Question("", QuestionKind.WHOLE, "Сколько из них (в том числе педагогов, методистов)"),
            "brackets with words are neither unit nor options",
        ),
        (
            "• Что мешает? (необязательно)",
            Question("", QuestionKind.TEXT, "Что мешает?", is_required=False),
            "may be skipped",
        ),
        ("Кто отвечает?", Question("", QuestionKind.TEXT, "Кто отвечает?"), "nothing speaks for a kind"),
    ],
)
def test_a_line_is_guessed(line: str, expected: Question, why: str) -> None:
    found = guessed(line)
    assert found.question == expected, why
    assert found.is_guessed, "it always waits to be confirmed"


def test_empty_lines_and_bare_numbers_are_no_questions() -> None:
    assert [one.question.text for one in guessed_lines("Первый\n\n  \n2. \n3) Третий")] == ["Первый", "Третий"]


@pytest.mark.parametrize(
    ("words", "figure", "why"),
    [
        ("не менее 1 200 чел.", 1200.0, "with words around it"),
        ("12,5 %", 12.5, "a comma"),
        ("−5", -5.0, "below nought"),
        ("много", None, "no figure"),
    ],
)
def test_a_plan_is_typed_in_words_or_bare(words: str, figure: float | None, why: str) -> None:
    assert figure_of(words) == figure, why


@pytest.mark.parametrize(
    ("words", "unit"), [("человек", "чел."), ("процентов", "%"), ("единиц в год", "единиц в год"), (" ", None)]
)
def test_a_unit_is_written_one_way(words: str, unit: str | None) -> None:
    assert unit_of(words) == unit
