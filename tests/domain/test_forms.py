from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.form_values import (
    BadValueError,
    ValueProblem,
    carried,
    chosen_value,
    file_value,
    fits,
    read_value,
    skipped_value,
)
from bot.domain.forms import (
    MAX_QUESTIONS,
    SKIPPED,
    BadFormError,
    FormProblem,
    FormVersion,
    Given,
    Question,
    QuestionKind,
    Submission,
    SubmissionState,
    Value,
    ensure_form,
    free_key,
    is_below_plan,
    is_unlikely,
)
from bot.domain.ids import AssignmentId, FormId, FormVersionId, PersonId, SubmissionId

TODAY = datetime(2026, 11, 21, tzinfo=UTC).date()
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PEOPLE = Question("q1", QuestionKind.WHOLE, "Сколько наставников?", unit="чел.", at_least=20, high=500)
SHARE = Question("q2", QuestionKind.DECIMAL, "Доля охвата", unit="%", high=100)
GROWTH = Question("q3", QuestionKind.DECIMAL, "Прирост", low=-100, is_required=False)
PLACE = Question("q4", QuestionKind.CHOICE, "Где проходит?", options=("В школе", "В кванториуме", "Дистанционно"))
ORDER = Question("q5", QuestionKind.YES_NO, "Приказ есть?")
PAGE = Question("q6", QuestionKind.LINK, "Страница")
DAY = Question("q7", QuestionKind.DATE, "Когда?")
SCAN = Question("q8", QuestionKind.FILE, "Скан приказа")
WORDS = Question("q9", QuestionKind.TEXT, "Что мешает?", is_required=False)
ALL = (PEOPLE, SHARE, GROWTH, PLACE, ORDER, PAGE, DAY, SCAN, WORDS)


@pytest.mark.parametrize(
    ("question", "words", "text", "number", "reason"),
    [
        (PEOPLE, "17", "17", 17, "a plain figure"),
        (PEOPLE, "17 чел", "17 чел", 17, "its unit shortened"),
        (PEOPLE, "17 человек", "17 человек", 17, "its unit in full"),
        (PEOPLE, "17,0", "17,0", 17, "a whole number copied out of a table"),
        (Question("q", QuestionKind.WHOLE, "?"), "1 250", "1 250", 1250, "thousands set apart"),
        (SHARE, "12,5", "12,5", 12.5, "the Russian comma"),
        (SHARE, "12.5 %", "12.5 %", 12.5, "a point and the unit"),
        (GROWTH, "-3,5", "-3,5", -3.5, "below nought where the form says that it may be"),
        (GROWTH, "−3", "−3", -3, "a phone's minus"),
        (PLACE, "в школе", "В школе", None, "an option in small letters"),
        (PLACE, "дист", "Дистанционно", None, "the only option that begins so"),
        (PLACE, "2", "В кванториуме", None, "by its number"),
        (ORDER, "Да!", "да", 1, "yes adds up as one"),
        (ORDER, "нет", "нет", 0, "no adds up as nought"),
        (PAGE, "вот: https://shkola.ru/news/1", "https://shkola.ru/news/1", None, "a link among words"),
        (PAGE, "vk.com/school12", "vk.com/school12", None, "without https"),
        (PAGE, "школа12.рф", "школа12.рф", None, "a domain in Cyrillic"),
        (DAY, "сегодня", "2026-11-21", None, "a day by its word"),
        (DAY, "15 октября", "2026-10-15", None, "the nearest such day, in the past too"),
        (DAY, "01.12.2026", "2026-12-01", None, "in figures"),
        (WORDS, "  Не хватает \n ставок ", "Не хватает ставок", None, "one line of text"),
    ],
)
def test_what_is_typed_is_read(question: Question, words: str, text: str, number: float | None, reason: str) -> None:
    assert read_value(question, words, today=TODAY) == Value(text, number), reason


@pytest.mark.parametrize(
    ("question", "words", "problem", "reason"),
    [
        (PEOPLE, "много", ValueProblem.NOT_A_FIGURE, "a word"),
        (PEOPLE, "17 школ", ValueProblem.NOT_A_FIGURE, "another unit: it may be the answer to another question"),
        (PEOPLE, "12 17", ValueProblem.NOT_A_FIGURE, "two figures"),
        (PEOPLE, "17,5", ValueProblem.NOT_WHOLE, "half a person"),
        (PEOPLE, "5.000", ValueProblem.NOT_WHOLE, "five, or five thousand"),
        (PEOPLE, "-1", ValueProblem.TOO_LOW, "a count is not below nought"),
        (PEOPLE, "501", ValueProblem.TOO_HIGH, "beyond the bound"),
        (SHARE, "100,1", ValueProblem.TOO_HIGH, "above a hundred per cent"),
        (Question("q", QuestionKind.WHOLE, "?"), "9" * 40, ValueProblem.TOO_HIGH, "no figure is that large"),
        (PLACE, "в", ValueProblem.NOT_AN_OPTION, "two options begin so"),
        (PLACE, "4", ValueProblem.NOT_AN_OPTION, "there are three"),
        (ORDER, "наверное", ValueProblem.NOT_YES_NO, "neither"),
        (PAGE, "на сайте", ValueProblem.NOT_A_LINK, "words about a link"),
        (DAY, "скоро", ValueProblem.NOT_A_DATE, "no day"),
        (DAY, "31 ноября", ValueProblem.NOT_A_DATE, "there is no such day"),
        (SCAN, "пришлю завтра", ValueProblem.NEEDS_FILE, "words where a file is asked for"),
        (WORDS, "  ", ValueProblem.EMPTY, "nothing"),
        (WORDS, "о" * 1001, ValueProblem.TOO_LONG, "more than a short text"),
    ],
)
def test_what_is_no_answer_is_refused(question: Question, words: str, problem: ValueProblem, reason: str) -> None:
    with pytest.raises(BadValueError) as refusal:
        read_value(question, words, today=TODAY)
    assert refusal.value.problem is problem, reason
    assert str(refusal.value) == f"{problem} for question {question.key}", "what was typed is kept out of the log"


def test_a_tap_chooses_an_option_that_exists() -> None:
    assert chosen_value(PLACE, 2) == Value("Дистанционно")
    assert chosen_value(ORDER, 1) == Value("да", 1)
    for question, place in ((PLACE, 3), (ORDER, 2), (WORDS, 0)):
        with pytest.raises(BadValueError):
            chosen_value(question, place)


def test_a_file_is_taken_up_to_what_can_be_downloaded_again() -> None:
    assert file_value(SCAN, "F1", file_name="приказ.pdf", size=20 * 1024 * 1024) == Value(
        file_id="F1", file_name="приказ.pdf"
    )
    assert file_value(SCAN, "P1", file_name=None, size=None).is_photo
    with pytest.raises(BadValueError) as refusal:
        file_value(SCAN, "F2", file_name="видео.pdf", size=20 * 1024 * 1024 + 1)
    assert refusal.value.problem is ValueProblem.FILE_TOO_BIG
    with pytest.raises(BadValueError) as refusal:
        file_value(PEOPLE, "F3", file_name="цифры.xlsx", size=10)
    assert refusal.value.problem is ValueProblem.NEEDS_WORDS


def test_only_what_is_not_required_is_skipped() -> None:
    assert skipped_value(WORDS).is_skipped
    with pytest.raises(BadValueError):
        skipped_value(PEOPLE)


@pytest.mark.parametrize(
    ("new", "last", "expected", "reason"),
    [
        (170, 17, True, "ten times as many"),
        (169, 17, False, "just below ten times"),
        (1.7, 17, True, "a tenth"),
        (2, 17, False, "fewer, but likely"),
        (0, 17, True, "nothing where there was something"),
        (500, 0, False, "nought has no tenfold"),
        (500, None, False, "there was no last period"),
        (None, 17, False, "no figure at all"),
    ],
)
def test_what_is_asked_twice(new: float | None, last: float | None, expected: bool, reason: str) -> None:
    assert is_unlikely(new, last) is expected, reason


def test_less_than_the_plan_is_an_answer_that_is_commented_on() -> None:
    assert is_below_plan(PEOPLE, read_value(PEOPLE, "19", today=TODAY))
    assert not is_below_plan(PEOPLE, read_value(PEOPLE, "20", today=TODAY))
    assert not is_below_plan(PEOPLE, SKIPPED)


@pytest.mark.parametrize(
    ("questions", "problem", "place", "reason"),
    [
        ((), FormProblem.NO_QUESTIONS, None, "nothing is asked"),
        ((ORDER,) * (MAX_QUESTIONS + 1), FormProblem.TOO_MANY, None, "nobody fills that in"),
        ((ORDER, Question("q9", QuestionKind.TEXT, " ")), FormProblem.NO_TEXT, 2, "a question without words"),
        ((ORDER, ORDER), FormProblem.SAME_KEY, 2, "two answers under one key"),
        ((Question("Вопрос", QuestionKind.TEXT, "?"),), FormProblem.BAD_KEY, 1, "a key is not shown to anybody"),
        ((Question("q1", QuestionKind.CHOICE, "?", options=("а",)),), FormProblem.FEW_OPTIONS, 1, "no choice"),
        ((Question("q1", QuestionKind.CHOICE, "?", options=("а", "А")),), FormProblem.BAD_OPTION, 1, "twice the same"),
        ((Question("q1", QuestionKind.WHOLE, "?", low=5, high=4),), FormProblem.BAD_BOUNDS, 1, "nothing lies between"),
        ((Question("q1", QuestionKind.WHOLE, "?", at_least=9, high=4),), FormProblem.BAD_BOUNDS, 1, "a plan too high"),
        ((Question("q1", QuestionKind.WHOLE, "?", high=float("nan")),), FormProblem.BAD_BOUNDS, 1, "no bound at all"),
        ((Question("q1", QuestionKind.TEXT, "?", unit="шт."),), FormProblem.NOT_A_FIGURE, 1, "words have no unit"),
    ],
)
def test_a_form_that_cannot_be_asked_is_refused(
    questions: tuple[Question, ...], problem: FormProblem, place: int | None, reason: str
) -> None:
    with pytest.raises(BadFormError) as refusal:
        ensure_form(questions)
    assert (refusal.value.problem, refusal.value.place) == (problem, place), reason


def test_questions_survive_being_stored() -> None:
    ensure_form(ALL)
    assert tuple(Question.from_json(question.to_json()) for question in ALL) == ALL
    assert free_key(ALL) == "q10"


def test_a_filling_goes_on_at_the_next_open_question_and_names_what_is_missing() -> None:
    version = FormVersion(FormVersionId(1), FormId(1), 1, (PEOPLE, GROWTH, ORDER, WORDS))
    given = {
        "q1": Given(Value("17", 17), PersonId(1), "Анна Петрова", NOW),
        "q3": Given(SKIPPED, PersonId(1), "Анна Петрова", NOW),
    }
    filling = Submission(SubmissionId(1), AssignmentId(1), 1, version, SubmissionState.DRAFT, NOW, NOW, given)
    assert filling.answered == 2, "what was skipped is behind as well"
    assert filling.next_open() == 2
    assert filling.next_open(2) == 3
    assert filling.next_open(3) == 2, "from the start again"
    assert filling.next_open(waiting=frozenset({"q5"})) == 3, "a colleague's question is left to him"
    assert filling.missing == (ORDER,)


def test_older_answers_are_carried_over_as_far_as_they_still_fit() -> None:
    old = FormVersion(FormVersionId(1), FormId(1), 1, (PEOPLE, PLACE, ORDER, WORDS))
    narrower = Question("q4", QuestionKind.CHOICE, "Где?", options=("В школе", "Дома"))
    turned = Question("q9", QuestionKind.WHOLE, "Сколько мешает?")
    new = FormVersion(FormVersionId(2), FormId(1), 2, (PEOPLE, narrower, ORDER, turned))
    values = {"q1": Value("17", 17), "q4": Value("Дистанционно"), "q5": Value("да", 1), "q9": Value("всё")}
    assert carried(old, new, values) == {"q1": Value("17", 17), "q5": Value("да", 1)}
    assert not fits(PEOPLE, Value("900", 900)), "a bound that came later"
