"""The draft of a form: keys are never given twice, and what went can come back."""

from __future__ import annotations

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.form_drafts import (
    FormDraft,
    Proposed,
    draft_of,
    problems_of,
    set_aside,
    undone,
    with_changed,
    with_kinds_confirmed,
    with_moved,
    with_questions,
    without,
)
from bot.domain.forms import FormProblem, Question, QuestionKind

FIRST = Proposed(Question("", QuestionKind.WHOLE, "Сколько?", unit="чел.", at_least=20.0), is_guessed=True)
SECOND = Proposed(Question("", QuestionKind.TEXT, "Что мешает?"))


def texts(draft: FormDraft) -> list[str]:
    return [question.text for question in draft.questions]


def test_a_key_is_never_given_twice() -> None:
    draft = with_questions(FormDraft(), [FIRST, SECOND])
    draft = with_questions(without(draft, "q2"), [SECOND])
    assert [question.key for question in draft.questions] == ["q1", "q3"]
    older = (Question("q7", QuestionKind.TEXT, "Было"),)
    again = with_questions(draft_of([older, ()]), [SECOND])
    assert [question.key for question in again.questions] == ["q8"], "of an older version, too"


def test_a_removed_question_comes_back_in_its_place() -> None:
    draft = with_questions(FormDraft(), [FIRST, SECOND])
    back = undone(without(draft, "q1"))
    assert texts(back) == ["Сколько?", "Что мешает?"]
    assert back.guessed == {"q1"}
    assert undone(back) == back, "once is enough"


def test_a_list_can_be_taken_back_whole_and_one_question_by_its_own_button() -> None:
    draft = with_questions(FormDraft(), [SECOND])
    assert draft.before is None
    assert texts(undone(with_questions(draft, [FIRST, SECOND]))) == ["Что мешает?"]


def test_another_kind_leaves_behind_what_does_not_go_with_it() -> None:
    draft = with_changed(with_questions(FormDraft(), [FIRST]), "q1", kind=QuestionKind.YES_NO)
    assert draft.questions == (Question("q1", QuestionKind.YES_NO, "Сколько?"),)
    assert not draft.guessed, "a kind that was chosen is no guess"


@pytest.mark.parametrize(
    ("key", "by", "expected", "why"),
    [
        ("q2", -1, ["Что мешает?", "Сколько?"], "up"),
        ("q1", 1, ["Что мешает?", "Сколько?"], "down"),
        ("q1", -1, ["Сколько?", "Что мешает?"], "the first stays the first"),
        ("q2", 5, ["Сколько?", "Что мешает?"], "the last stays the last"),
    ],
)
def test_a_question_moves(key: str, by: int, expected: list[str], why: str) -> None:
    assert texts(with_moved(with_questions(FormDraft(), [FIRST, SECOND]), key, by)) == expected, why


def test_what_a_colleague_removed_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        with_changed(FormDraft(), "q1", text="Новый")


def test_a_draft_may_be_incomplete_and_says_where() -> None:
    draft = with_changed(with_questions(FormDraft(), [FIRST, SECOND]), "q2", kind=QuestionKind.CHOICE)
    assert problems_of(draft) == {"q2": FormProblem.FEW_OPTIONS}


def test_it_is_stored_whole() -> None:
    draft = without(with_questions(FormDraft(), [FIRST, SECOND]), "q2")
    assert FormDraft.from_json(draft.to_json()) == draft
    assert with_kinds_confirmed(draft).guessed == frozenset()


def test_what_another_kind_took_comes_back_with_the_kind() -> None:
    draft = with_questions(FormDraft(), [FIRST])
    away = FormDraft.from_json(with_changed(draft, "q1", kind=QuestionKind.TEXT).to_json())
    assert set_aside(away, "q1") is not None, "and its maker is told so"
    away = with_changed(away, "q1", text="Сколько всего?")
    back = with_changed(away, "q1", kind=QuestionKind.DECIMAL)
    assert back.question("q1") == Question("q1", QuestionKind.DECIMAL, "Сколько всего?", unit="чел.", at_least=20.0)
    assert set_aside(back, "q1") is None
    bare = with_changed(with_changed(back, "q1", unit=None), "q1", kind=QuestionKind.YES_NO)
    assert with_changed(bare, "q1", kind=QuestionKind.WHOLE).question("q1").unit is None, "what was removed stays so"


def test_options_go_with_one_choice_and_with_several() -> None:
    options = ("Шахматы", "Театр")
    draft = with_questions(FormDraft(), [Proposed(Question("", QuestionKind.CHOICE, "Кружки", options=options))])
    draft = with_changed(draft, "q1", kind=QuestionKind.SEVERAL)
    assert draft.question("q1").options == options
