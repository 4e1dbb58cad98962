"""«Кто контролирует»: the person behind the name in a document, chosen once."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.ids import DocumentId, PersonId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.name_controller import ControllerChoice, name_controller, show_controller
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import short_name, shorten
from handlers.documents.facts_callbacks import ShowFacts
from handlers.escalation.callbacks import ChooseController
from handlers.filters import IsCoordinator
from handlers.rows import turning
from handlers.showing import show, toast

_PAGE = 8


def build_router() -> Router:
    router = Router(name="controllers")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_choose, ChooseController.filter())
    return router


async def on_choose(
    query: CallbackQuery, callback_data: ChooseController, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id, person = DocumentId(callback_data.document), callback_data.person
    if person:
        chosen = PersonId(person) if person > 0 else None
        await name_controller(app_storage, actor=actor, document_id=document_id, person_id=chosen, now=now)
    await toast(query, "controller-saved" if person else None)
    choice = await show_controller(app_storage, actor=actor, document_id=document_id)
    await show(query, *_screen(choice, callback_data.page))


def _screen(choice: ControllerChoice, page: int) -> tuple[Markup, InlineKeyboardMarkup]:
    document = choice.document
    pages = max(1, -(-len(choice.candidates) // _PAGE))
    page = min(max(page, 0), pages - 1)
    named = shorten(document.controller, 200) if document.controller else plain("controller-none-named")
    parts = [say("controller-title", document=shorten(document.title, 300), named=named)]
    parts.append(say("controller-now", name=choice.chosen.full_name) if choice.chosen else say("controller-nobody"))
    parts.append(say("controller-why"))
    rows = [
        [
            _button(
                plain("button-controller-person", name=short_name(one.full_name), place=one.unit_title),
                ChooseController(document=document.id, person=one.person_id, page=page),
            )
        ]
        for one in choice.candidates[page * _PAGE : (page + 1) * _PAGE]
    ]
    rows += turning(page, pages, lambda n: ChooseController(document=document.id, page=n))
    if choice.chosen is not None:
        rows.append([_button(plain("button-controller-clear"), ChooseController(document=document.id, person=-1))])
    rows.append([_button(plain("button-back"), ShowFacts(document=document.id))])
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def _button(label: str, data: ChooseController | ShowFacts) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shorten(label, 40), callback_data=data.pack())
