"""The document's own facts beside the lines they were read from, and the papers that it mentions."""

from __future__ import annotations

from functools import partial

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.documents import DocumentFact
from bot.domain.drafts import DocumentState, Draft
from bot.services.correct_facts import CORRECTABLE, FactsView
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import facts_callbacks as about
from handlers.documents.draft_screens import Screen
from handlers.documents.mention_words import paper_name
from handlers.documents.wording import Rows, button, fitting, labelled
from handlers.escalation.callbacks import ChooseController
from handlers.rows import page_of, turning

_PAPERS = 6


def facts_screen(view: FactsView) -> Screen:
    """Each fact with its line of the document, what was not found, and a button to correct what can be corrected."""
    draft = view.document
    rows: Rows = []
    if draft.state is DocumentState.DRAFT:
        corrections = [
            button("button-fact-correct", about.CorrectFact(document=draft.id, version=draft.version, fact=fact),
                   name=fact_name(fact))
            for fact in CORRECTABLE
        ]  # fmt: skip
        rows += [corrections[:2], corrections[2:]]
    if view.mentioned:
        rows.append([button("button-mentions", about.ShowMentions(document=draft.id), n=len(view.mentioned))])
    rows.append([button("button-controller", ChooseController(document=draft.id))])
    rows.append([_back(draft)])
    return fitting(partial(_facts_text, draft)), InlineKeyboardMarkup(inline_keyboard=rows)


def mentions_screen(view: FactsView, *, page: int) -> Screen:
    """The papers with the words around them; those of the base can be opened."""
    document = view.document
    page, pages = page_of(page, len(view.mentioned), _PAPERS)
    first = (page - 1) * _PAPERS
    shown = view.mentioned[first : first + _PAPERS]
    parts = [say("mentions-title", n=len(view.mentioned))]
    rows: Rows = []
    for place, paper in enumerate(shown, start=first + 1):
        name = paper_name(paper.mention)
        lines = [say("mention-line", place=place, name=name, times=paper.times)]
        lines.append(say("fact-quote", quote=shorten(paper.mention.quote, 300)))
        if paper.document is not None:
            lines.append(say("mention-known"))
            rows.append([labelled(plain("button-mentioned", place=place, name=name), _open(paper.document))])
        parts.append(Markup("\n".join(lines)))
    rows += turning(page, pages, lambda n: about.ShowMentions(document=document.id, page=n), first=1)
    rows.append([button("button-facts", about.ShowFacts(document=document.id))])
    rows.append([_back(document)])
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def fact_name(fact: DocumentFact) -> str:
    return plain("fact-name", fact=fact.value)


def _facts_text(draft: Draft, share: float) -> Markup:
    values = _values(draft)
    parts = [say("facts-title")]
    for fact, value in values.items():
        quote = draft.quotes.get(fact)
        if value is None and quote is None:
            continue
        line = say("fact-line", name=fact_name(fact).capitalize(), value=shorten(value or "–", int(500 * share)))
        parts.append(Markup(f"{line}\n{_source(quote, share)}"))
    absent = [fact_name(fact) for fact, value in values.items() if value is None and not draft.quotes.get(fact)]
    if absent:
        parts.append(say("facts-absent", names=", ".join(absent)))
    if draft.state is DocumentState.DRAFT:
        parts.append(say("facts-hint"))
    return Markup("\n\n".join(parts))


def _source(quote: str | None, share: float) -> Markup:
    if quote is None:
        return say("fact-no-quote")
    return say("fact-quote", quote=shorten(quote, int(300 * share))) if quote else say("fact-by-hand")


def _values(draft: Draft) -> dict[DocumentFact, str | None]:
    """The period has no value of its own in a draft: its line says it."""
    return {
        DocumentFact.KIND: plain("matter-document-kind", kind=draft.kind.value),
        DocumentFact.NUMBER: draft.number,
        DocumentFact.DATE: short_day(draft.dated) if draft.dated else None,
        DocumentFact.TITLE: draft.title,
        DocumentFact.REGION: draft.region,
        DocumentFact.CONTROLLER: draft.controller,
        DocumentFact.PERIOD: draft.quotes.get(DocumentFact.PERIOD),
    }


def _open(document: Draft) -> to.ShowDraft | to.ShowPlan:
    is_draft = document.state is DocumentState.DRAFT
    return to.ShowDraft(document=document.id) if is_draft else to.ShowPlan(document=document.id)


def _back(document: Draft) -> InlineKeyboardButton:
    key = "button-to-rows" if document.state is DocumentState.DRAFT else "button-to-plan"
    return button(key, _open(document))
