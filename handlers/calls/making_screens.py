"""The screens of making a call: what is asked, the card, and how it will be read."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.calls import CallPart
from bot.ports.calls import StoredCallDraft
from bot.services.choose_audience import AudienceOf
from bot.services.make_call import CallPreview
from bot.services.show_audience import AudienceChoices
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day_within
from bot.texts.wording import shorten
from handlers.answers.card import matter_card
from handlers.audiences.callbacks import ShowAudience
from handlers.audiences.wording import audience_lines, people_words
from handlers.calls.callbacks import Act, CallDraftButton, EditCallPart, ListCalls
from handlers.people.buttons import button, keyboard
from handlers.rows import in_rows
from handlers.scene import Scene
from handlers.webinars.draft_preview import first_words

Screen = tuple[Markup, InlineKeyboardMarkup]


def part_question(stored: StoredCallDraft, part: CallPart) -> Screen:
    """What is asked; the way back leads to the card once everything was said."""
    leave = button("button-call-later", ListCalls())
    if not stored.draft.missing:
        leave = button("button-back", draft_button(stored, Act.CARD))
    return say(f"call-ask-{part.value}"), keyboard([leave])


def card_screen(stored: StoredCallDraft, choices: AudienceChoices, reader: ZoneInfo, today: date) -> Screen:
    """The call as far as it is made, every part with its button."""
    draft = stored.draft
    until = day_within(draft.due_on, today=today) if draft.due_on else plain("call-nothing-yet")
    text = say(
        "call-card",
        unit=choices.unit.title,
        title=draft.title or plain("call-nothing-yet"),
        question=shorten(draft.question, 1500) or plain("call-nothing-yet"),
        until=until,
        audience=audience_lines(choices, reader),
        people=people_words(choices.size),
    )
    parts = {one: button(f"button-call-{one.value}", EditCallPart(draft=stored.id, part=one)) for one in CallPart}
    whom = button("button-call-audience", ShowAudience(of=AudienceOf.CALL, subject=stored.id))
    check = [] if draft.missing else [button("button-call-preview", draft_button(stored, Act.PREVIEW))]
    return text, keyboard(
        [parts[CallPart.TITLE], parts[CallPart.QUESTION]],
        *in_rows([parts[CallPart.UNTIL], whom], 2),
        check,
        [button("button-call-delete", draft_button(stored, Act.ASK_DELETE))],
    )


def preview_screen(stored: StoredCallDraft, preview: CallPreview, scene: Scene) -> Screen:
    """As it will be read, how many get it, and when."""
    card = matter_card(preview.matter, reader=scene.reader, today=scene.today)
    text = say(
        "call-preview",
        message=Markup(f"{say('notice-new-call')}\n\n{card.text}"),
        people=people_words(preview.size),
        first=first_words(preview.first_at, scene),
    )
    return text, keyboard(
        [button("button-call-announce", draft_button(stored, Act.ANNOUNCE))],
        [button("button-back", draft_button(stored, Act.CARD))],
    )


def draft_button(stored: StoredCallDraft, act: Act) -> CallDraftButton:
    return CallDraftButton(draft=stored.id, version=stored.version, act=act)
