"""The forms of a coordinator, one form, and its questions while they are edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.domain.form_drafts import FormDraft, problems_of
from bot.domain.forms import Question
from bot.ports.form_drafts import FormLine
from bot.services.edit_form import ShownForm
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.form_making import callbacks as to
from handlers.form_making.wording import kind_words, problem_words
from handlers.ladders.buttons import Row, Screen, button, keyboard, named
from handlers.rows import in_rows, page_of, pager
from handlers.unsent_drafts import UnsentDraft, unsent_lines, unsent_rows

FORMS = 8
QUESTIONS = 10
_TITLE = 200
_QUESTION = 140
_NUMBERS = 5


def list_screen(lines: Sequence[FormLine], page: int, *, reader: ZoneInfo, now: datetime) -> Screen:
    """A page of them; of each, those first that nobody has seen yet, with how long they lie there."""
    page, pages = page_of(page, len(lines), FORMS)
    shown = lines[(page - 1) * FORMS : page * FORMS]
    drafts = [draft for line in shown if (draft := _unseen(line)) is not None]
    rows: list[Row] = unsent_rows(drafts, reader=reader, now=now)
    rows += [[named(_line_label(line), to.ShowForm(form=line.id))] for line in shown if _unseen(line) is None]
    rows.append(pager(page, pages, lambda n: to.ListForms(page=n), first=1))
    rows.append([button("button-form-new", to.NewForm())])
    text = say("forms-list" if lines else "forms-none")
    return Markup("\n\n".join([text, *unsent_lines(drafts, reader=reader, now=now)])), keyboard(*rows)


def form_screen(shown: ShownForm, page: int, news: Markup | None = None) -> Screen:
    """A form as it is asked now, and what can be done with it."""
    made = shown.made
    questions = shown.draft.questions if made.version is None else made.version.questions
    page, pages = page_of(page, len(questions), QUESTIONS)
    parts = [Markup(f"{news}\n")] if news else []
    parts.append(say("form-made-title", title=shorten(made.title, _TITLE)))
    parts.append(_facts(shown))
    if made.is_retired:
        parts.append(say("form-made-retired"))
    elif made.draft is not None and made.version is not None:
        parts.append(say("form-made-edited"))
    parts.append(_listed(FormDraft(questions), page))
    edit = "button-form-edit" if made.draft is None else "button-form-edit-on"
    own: list[Row] = [
        [button(edit, to.ShowEditor(form=made.id))],
        [_act("button-form-rename", made.id, to.FormAct.RENAME), _act("button-form-copy", made.id, to.FormAct.COPY)],
        [_act("button-form-retire", made.id, to.FormAct.RETIRE)],
    ]
    is_ready = made.version is not None and not made.is_retired
    return Markup("\n".join(parts)), keyboard(
        pager(page, pages, lambda n: to.ShowForm(form=made.id, page=n), first=1),
        [button("button-form-send", to.SendForm(form=made.id))] if is_ready and shown.can_send else [],
        [button("button-form-preview", to.Preview(form=made.id))] if questions else [],
        *(own if shown.can_edit else [[_act("button-form-copy", made.id, to.FormAct.COPY)]]),
        [button("button-to-forms", to.ListForms())],
    )


def editor_screen(shown: ShownForm, page: int = 0, news: Markup | None = None) -> Screen:
    """The questions as they will be; ``page`` 0: the last one, where what was added stands."""
    made, draft = shown.made, shown.draft
    page, pages = page_of(page or len(draft.questions), len(draft.questions), QUESTIONS)
    parts = [Markup(f"{news}\n")] if news else []
    parts.append(say("form-editor-title", title=shorten(made.title, _TITLE)))
    parts.append(say("form-editor-new" if made.version is None else "form-editor-edits"))
    if made.begun:
        parts.append(say("form-editor-begun", n=made.begun, number=made.versions + 1))
    parts.append(_listed(draft, page) if draft.questions else say("form-editor-empty"))
    first = (page - 1) * QUESTIONS
    guessed = len(draft.guessed)
    elsewhere = guessed - sum(one.key in draft.guessed for one in draft.questions[first : first + QUESTIONS])
    if guessed:
        parts.append(say("form-editor-guessed", n=guessed, total=len(draft.questions), elsewhere=elsewhere))
    confirm = "button-form-confirm-all" if elsewhere else "button-form-confirm"
    numbers = [
        named(str(place), to.EditQuestion(form=made.id, key=question.key))
        for place, question in enumerate(draft.questions[first : first + QUESTIONS], start=first + 1)
    ]
    is_whole = bool(draft.questions) and not draft.guessed and not problems_of(draft)
    drop = "button-form-drop" if made.version is None else "button-form-drop-edits"
    return Markup("\n".join(parts)), keyboard(
        *in_rows(numbers, _NUMBERS),
        pager(page, pages, lambda n: to.ShowEditor(form=made.id, page=n), first=1),
        [_act(confirm, made.id, to.FormAct.CONFIRM, n=guessed)] if guessed else [],
        [_act("button-form-undo", made.id, to.FormAct.UNDO)] if draft.before is not None else [],
        [_act("button-form-add", made.id, to.FormAct.ADD), _act("button-form-lines", made.id, to.FormAct.LINES)],
        [_act("button-form-table", made.id, to.FormAct.TABLE)],
        [button("button-form-preview", to.Preview(form=made.id))] if draft.questions else [],
        [_act("button-form-publish", made.id, to.FormAct.PUBLISH)] if is_whole else [],
        *in_rows([_act(drop, made.id, to.FormAct.DROP), button("button-to-forms", to.ListForms())], 2),
    )


def page_with(shown: ShownForm, place: int) -> int:
    """The page of the editor on which the question at this place (from 0) stands."""
    return min(place, max(0, len(shown.draft.questions) - 1)) // QUESTIONS + 1


def sure_screen(shown: ShownForm, act: to.FormAct) -> Screen:
    """Retire it, or drop what was edited?"""
    made = shown.made
    if act is to.FormAct.RETIRE:
        text = say("form-retire-ask", title=shorten(made.title, _TITLE), used=made.used)
        yes, back = to.FormAct.RETIRE_SURELY, to.ShowForm(form=made.id)
        return text, keyboard([_act("button-form-retire-sure", made.id, yes)], [button("button-back", back)])
    text = say("form-drop-ask" if made.version is None else "form-drop-edits-ask", title=shorten(made.title, _TITLE))
    yes = to.FormAct.DROP_SURELY
    editor = to.ShowEditor(form=made.id)
    return text, keyboard([_act("button-form-drop-sure", made.id, yes)], [button("button-back", editor)])


def _facts(shown: ShownForm) -> Markup:
    made = shown.made
    if made.version is None:
        return say("form-made-draft", unit=made.unit_title)
    return say("form-made-facts", unit=made.unit_title, filled=made.filled, used=made.used, number=made.versions)


def _listed(draft: FormDraft, page: int) -> Markup:
    """The questions of the page in words; what was guessed and what is wrong stands beside each."""
    first, problems = (page - 1) * QUESTIONS, problems_of(draft)
    lines = [Markup("")]
    for place, question in enumerate(draft.questions[first : first + QUESTIONS], start=first + 1):
        lines.append(_question_line(place, question, is_guessed=question.key in draft.guessed))
        if question.key in problems:
            lines.append(say("form-line-problem", problem=problem_words(problems[question.key])))
    return Markup("\n".join(lines))


def _question_line(place: int, question: Question, *, is_guessed: bool) -> Markup:
    key = "form-line-guessed" if is_guessed else "form-line"
    return say(key, place=place, text=shorten(question.text, _QUESTION), kind=kind_words(question))


def _unseen(line: FormLine) -> UnsentDraft | None:
    """A form that is being made, and was never ready."""
    if line.questions is not None or line.edited_at is None:
        return None
    deletes = to.DoWithForm(form=line.id, act=to.FormAct.DROP)
    return UnsentDraft(line.title, _line_label(line), line.edited_at, to.ShowForm(form=line.id), deletes)


def _line_label(line: FormLine) -> str:
    if line.questions is None:
        return plain("form-label-draft", title=line.title)
    return plain("form-label-edited" if line.has_draft else "form-label", title=line.title)


def _act(key: str, form: int, act: to.FormAct, **values: str | int) -> InlineKeyboardButton:
    return button(key, to.DoWithForm(form=form, act=act), **values)
