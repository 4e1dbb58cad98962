"""The screens of making a selection: what is asked, the card, and how it will be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import AnsweredBy
from bot.domain.network import Unit
from bot.domain.selection_drafts import SelectionPart
from bot.ports.form_drafts import FormLine
from bot.services.announce_selection import SelectionPreview
from bot.services.choose_audience import AudienceOf
from bot.services.make_selection import DraftView
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day_within
from bot.texts.wording import shorten
from handlers.answers.card import matter_card
from handlers.audiences.callbacks import ShowAudience
from handlers.audiences.wording import audience_lines, people_words
from handlers.people.buttons import button, keyboard, named
from handlers.rows import Row, pager
from handlers.scene import Scene
from handlers.selections.callbacks import (
    Act,
    ChooseSelectionForm,
    EditSelectionPart,
    ListQuotas,
    ListSelectionForms,
    ListSelections,
    SelectionDraftButton,
    SetSelectionPart,
)
from handlers.selections.wording import quotas_words

_WHO = SelectionPart.WHO  # on the card the whole choice of an audience stands for it

Screen = tuple[Markup, InlineKeyboardMarkup]

_FORMS = 6
_DETAILS = 1500
_RESERVES = (3, 5, 10)
_EACHES = (2, 3, 5)


def part_question(view: DraftView, part: SelectionPart) -> Screen:
    """What is asked, with the answers that take one tap; the way back leads to the card once nothing is missing."""
    by_person = view.draft.audience.answered_by is AnsweredBy.PERSON
    text = (
        say(
            f"selection-ask-{part.value}",
            example=example_of(view.parts),
            who="person" if by_person else "school",
        )
        if part in (SelectionPart.QUOTAS, SelectionPart.EACH)
        else say(f"selection-ask-{part.value}")
    )
    return text, keyboard(*_taps(view, part), [_leave(view)])


def form_question(view: DraftView, forms: Sequence[FormLine], page: int) -> Screen:
    """The ready form first; the coordinator's own after it."""
    pages = max(1, -(-len(forms) // _FORMS))
    page = min(max(page, 0), pages - 1)
    draft_id = view.stored.id
    rows: list[Row] = [[button("button-form-ready", ChooseSelectionForm(draft=draft_id, form=0))]]
    rows += [
        [named(form.title, ChooseSelectionForm(draft=draft_id, form=form.id))]
        for form in forms[page * _FORMS : (page + 1) * _FORMS]
    ]
    rows.append(pager(page, pages, lambda n: ListSelectionForms(draft=draft_id, page=n)))
    return say("selection-ask-form", forms=len(forms)), keyboard(*rows, [_leave(view)])


def card_screen(view: DraftView, today: date, scene: Scene) -> Screen:
    """The selection as far as it is made, every part with its button."""
    draft, selection = view.draft, view.draft.selection
    nothing = plain("selection-nothing-yet")
    each = [say("selection-card-each", n=selection.most_each)] if _is_of_schools(view) else []
    text = say(
        "selection-card",
        unit=view.choices.unit.title,
        title=draft.title or nothing,
        until=day_within(draft.due_on, today=today) if draft.due_on else nothing,
        places=str(selection.places) if selection.places else nothing,
        reserve=selection.reserve,
        quotas=quotas_words(selection, view.parts),
        more=Markup("".join(f"\n{line}" for line in (*_sum_warning(view), *each))),
        form=_form_words(view) or nothing,
        details=shorten(draft.details, _DETAILS) or "none",
        audience=audience_lines(view.choices, scene.reader),
        people=people_words(view.choices.size),
    )
    part = {one: button(f"button-selection-{one.value}", _edit(view, one)) for one in SelectionPart if one is not _WHO}
    quotas = [part[SelectionPart.QUOTAS]] if len(view.parts) > 1 else []
    whom = button("button-selection-audience", ShowAudience(of=AudienceOf.SELECTION, subject=view.stored.id))
    check = [] if draft.missing else [button("button-selection-preview", draft_button(view, Act.PREVIEW))]
    return text, keyboard(
        [part[SelectionPart.TITLE], part[SelectionPart.UNTIL]],
        [part[SelectionPart.PLACES], *quotas, part[SelectionPart.RESERVE]],
        [part[SelectionPart.FORM], part[SelectionPart.DETAILS]],
        [whom, part[SelectionPart.EACH]] if _is_of_schools(view) else [whom],
        check,
        [button("button-selection-delete", draft_button(view, Act.ASK_DELETE))],
    )


def preview_screen(preview: SelectionPreview, scene: Scene) -> Screen:
    """As it will be read, and how many get it."""
    card = matter_card(preview.matter, reader=scene.reader, today=scene.today)
    text = say(
        "selection-preview",
        message=Markup(f"{say('notice-new-selection')}\n\n{card.text}"),
        people=people_words(preview.size),
    )
    return text, keyboard(
        [button("button-selection-announce", draft_button(preview.view, Act.ANNOUNCE))],
        [button("button-back", draft_button(preview.view, Act.CARD))],
    )


def example_of(parts: Sequence[Unit]) -> str:
    """Two lines as they may be typed, with municipalities of one's own."""
    return "\n".join(f"{shorten(part.title, 40)} {n}" for part, n in zip(parts, (4, 3), strict=False))


def draft_button(view: DraftView, act: Act) -> SelectionDraftButton:
    return SelectionDraftButton(draft=view.stored.id, version=view.stored.version, act=act)


def _taps(view: DraftView, part: SelectionPart) -> list[Row]:
    def tap(number: int) -> SetSelectionPart:
        return SetSelectionPart(draft=view.stored.id, version=view.stored.version, part=part, number=number)

    match part:
        case SelectionPart.WHO:
            return [[button(f"button-who-{who.value}", tap(n))] for n, who in enumerate(AnsweredBy)]
        case SelectionPart.QUOTAS:
            even = view.draft.selection.places // max(1, len(view.parts))
            same = [button("button-quotas-even", tap(even), n=even)] if even else []
            apart = [button("button-quotas-apart", ListQuotas(draft=view.stored.id))]
            return [[button("button-quotas-none", tap(0)), *same], apart]
        case SelectionPart.RESERVE:
            return [[button("button-reserve-none", tap(0))], [named(str(n), tap(n)) for n in _RESERVES]]
        case SelectionPart.EACH:
            return [[button("button-each-one", tap(1))], [named(str(n), tap(n)) for n in _EACHES]]
        case _:
            return []


def _leave(view: DraftView) -> InlineKeyboardButton:
    if view.draft.missing:
        return button("button-selection-later", ListSelections())
    return button("button-back", draft_button(view, Act.CARD))


def _edit(view: DraftView, part: SelectionPart) -> EditSelectionPart:
    return EditSelectionPart(draft=view.stored.id, part=part)


def _form_words(view: DraftView) -> str:
    if view.form is None:
        return ""
    return plain("selection-form-named", title=shorten(view.form.title, 80), n=len(view.form.version.questions))


def _sum_warning(view: DraftView) -> list[Markup]:
    """Quotas that do not add up to the places: a slip of the finger, or meant so."""
    selection = view.draft.selection
    total = sum(selection.quotas.values()) or (selection.each or 0) * len(view.parts)
    is_short = bool(selection.quotas) and set(selection.quotas) == {part.id for part in view.parts}
    is_odd = total > selection.places or (is_short and total < selection.places)
    return [say("selection-card-sum", sum=total, places=selection.places)] if selection.has_quotas and is_odd else []


def _is_of_schools(view: DraftView) -> bool:
    return view.draft.audience.answered_by is AnsweredBy.SCHOOL
