"""One question while it is made: its parts, its kind, its unit, and what is typed for it."""

from __future__ import annotations

from bot.domain.form_drafts import problems_of, set_aside
from bot.domain.forms import Question, QuestionKind
from bot.services.edit_form import ShownForm
from bot.texts.catalogue import Markup, plain, say
from handlers.form_making import callbacks as to
from handlers.form_making.callbacks import QuestionAct
from handlers.form_making.screens import page_with
from handlers.form_making.states import Typed
from handlers.form_making.wording import kind_words, part_words, problem_words
from handlers.ladders.buttons import Row, Screen, button, keyboard, ticked
from handlers.rows import in_rows

UNITS = ("чел.", "%", "шт.", "руб.")
PARTS = {
    QuestionAct.WORDS: Typed.WORDS,
    QuestionAct.OPTIONS: Typed.OPTIONS,
    QuestionAct.OTHER_UNIT: Typed.UNIT,
    QuestionAct.PLAN: Typed.PLAN,
    QuestionAct.LOW: Typed.LOW,
    QuestionAct.HIGH: Typed.HIGH,
}
"""What a button of a question asks to be typed; of a unit, there are buttons first."""
CLEARED = {QuestionAct.PLAN: "at_least", QuestionAct.LOW: "low", QuestionAct.HIGH: "high"}
_ASKS_FORM = (Typed.QUESTION, Typed.LINES)


def question_screen(shown: ShownForm, key: str, news: Markup | None = None) -> Screen:
    """Everything about one question, and a button for each part."""
    form, draft = shown.made.id, shown.draft
    place, question = draft.place(key), draft.question(key)
    parts = [news] if news else []
    parts.append(say("form-question-title", place=place + 1, total=len(draft.questions), text=question.text))
    parts.append(say("form-question-kind", kind=kind_words(question)))
    if key in draft.guessed:
        parts.append(say("form-question-guessed"))
    aside = set_aside(draft, key)
    if aside is not None:
        parts.append(say("form-question-aside", parts=part_words(aside, besides=question)))
    problem = _problem(shown, key)
    if problem is not None:
        parts.append(say("form-line-problem", problem=problem))

    def act(label: str, what: QuestionAct) -> Row:
        return [button(label, to.DoWithQuestion(form=form, key=key, act=what))]

    figure: list[Row] = [
        act("button-question-unit", QuestionAct.UNIT) + act("button-question-plan", QuestionAct.PLAN),
        act("button-question-low", QuestionAct.LOW) + act("button-question-high", QuestionAct.HIGH),
    ]
    is_required = question.is_required
    skip = act("button-question-let-skip" if is_required else "button-question-require",
               QuestionAct.LET_SKIP if is_required else QuestionAct.REQUIRE)  # fmt: skip
    up = act("button-question-up", QuestionAct.UP) if place else []
    down = act("button-question-down", QuestionAct.DOWN) if place + 1 < len(draft.questions) else []
    return Markup("\n".join(parts)), keyboard(
        act("button-question-words", QuestionAct.WORDS) + act("button-question-kind", QuestionAct.KIND),
        act("button-question-options", QuestionAct.OPTIONS) if question.kind.has_options else [],
        *(figure if question.kind.is_figure else []),
        skip,
        up + down + act("button-question-remove", QuestionAct.REMOVE),
        [button("button-form-add-next", to.DoWithForm(form=form, act=to.FormAct.ADD))],
        [button("button-to-questions", to.ShowEditor(form=form, page=page_with(shown, place)))],
    )


def kind_screen(shown: ShownForm, key: str) -> Screen:
    """What an answer is; a guess is ticked, and one tap says that it is right."""
    form, question = shown.made.id, shown.draft.question(key)
    is_guessed = key in shown.draft.guessed
    kinds = [
        ticked(
            plain("form-kind", kind=kind.value),
            to.SetKind(form=form, key=key, kind=kind),
            is_now=kind is question.kind,
        )
        for kind in QuestionKind
    ]
    right = to.SetKind(form=form, key=key, kind=question.kind)
    asked = "form-kind-ask-guessed" if is_guessed else "form-kind-ask"
    return say(asked, text=question.text, kind=kind_words(question)), keyboard(
        [button("button-kind-right", right)] if is_guessed else [],
        *in_rows(kinds, 2),
        [button("button-to-question", to.EditQuestion(form=form, key=key))],
    )


def unit_screen(shown: ShownForm, key: str) -> Screen:
    form, question = shown.made.id, shown.draft.question(key)
    units = [
        ticked(unit, to.SetUnit(form=form, key=key, unit=place), is_now=unit == question.unit)
        for place, unit in enumerate(UNITS)
    ]
    other = to.DoWithQuestion(form=form, key=key, act=QuestionAct.OTHER_UNIT)
    return say("form-unit-ask", text=question.text), keyboard(
        *in_rows(units, 2),
        [button("button-unit-none", to.SetUnit(form=form, key=key, unit=-1)), button("button-unit-other", other)],
        [button("button-question-ready", to.EditQuestion(form=form, key=key))],
    )


def asking_screen(shown: ShownForm, what: Typed, key: str | None = None, fault: Markup | None = None) -> Screen:
    """What is to be typed now; ``fault``: why what was typed does not do."""
    form = shown.made.id
    question: Question | None = None if key is None else shown.draft.question(key)
    words = say(f"form-type-{what.value}", text="" if question is None else question.text)
    parts = [fault, words] if fault else [words]
    if question is None:
        back = to.ShowEditor(form=form, page=0) if what in _ASKS_FORM else to.ShowForm(form=form)
        return Markup("\n\n".join(parts)), keyboard([button("button-cancel", back)])
    clear = [
        button("button-part-clear", to.Clear(form=form, key=question.key, part=part))
        for part, name in CLEARED.items()
        if PARTS[part] is what and getattr(question, name) is not None
    ]
    edit = to.EditQuestion(form=form, key=question.key)
    return Markup("\n\n".join(parts)), keyboard(clear, [button("button-cancel", edit)])


def table_screen(shown: ShownForm, fault: Markup | None = None) -> Screen:
    """Which files become questions, and the template of one of them."""
    form = shown.made.id
    words = say("form-table-ask")
    text = Markup(f"{fault}\n\n{words}") if fault else words
    return text, keyboard(
        [button("button-form-template", to.DoWithForm(form=form, act=to.FormAct.TEMPLATE))],
        [button("button-cancel", to.ShowEditor(form=form, page=0))],
    )


def title_screen(fault: Markup | None = None) -> Screen:
    words = say("form-type-new", text="")
    text = Markup(f"{fault}\n\n{words}") if fault else words
    return text, keyboard([button("button-cancel", to.ListForms())])


def _problem(shown: ShownForm, key: str) -> str | None:
    problem = problems_of(shown.draft).get(key)
    return None if problem is None else problem_words(problem)
