"""Papers that a document mentions, in words: «протокол № 5 от 12.03.2023»."""

from __future__ import annotations

from bot.domain.documents import Mention
from bot.domain.drafts import Draft
from bot.domain.matters import Foundation
from bot.texts.catalogue import Markup, say
from bot.texts.wording import shorten
from handlers.answers.card import document_name

_NAMED = 2


def mentions_line(document: Draft) -> list[Markup]:
    """«Упоминает: протокол № 5 от 12.03.2023 … и ещё 12», nothing where no paper is named."""
    names = list(dict.fromkeys(paper_name(mention) for mention in document.mentions))
    if not names:
        return []
    return [say("mentions-line", names="; ".join(names[:_NAMED]), rest=max(0, len(names) - _NAMED))]


def paper_name(mention: Mention) -> str:
    return shorten(document_name(Foundation(mention.kind.value, mention.number, mention.dated, "")), 120)
