"""Applications and quotas in words, the same on every screen."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.network import Unit
from bot.domain.selection import Application, Lists, Selection
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import short_name, shorten

_WHO = 70
_TOWN = 40
_NAMED = 6


def who(application: Application, *, limit: int = _WHO) -> str:
    """«Иванов Пётр, Школа № 1»: whom it is about, and the school that proposes him; of one for himself his name."""
    if application.person_id is not None:
        return shorten(application.person_name or plain("application-erased"), limit)
    if application.about is None:
        return shorten(plain("application-number", n=application.number) + f", {application.unit_title}", limit)
    return shorten(f"{application.about}, {application.unit_title}", limit)


def whom(application: Application) -> str:
    """The same to those who applied, who know where they are from; and for a button."""
    if application.person_id is not None:
        return short_name(application.person_name or plain("application-erased"))
    return shorten(application.about or plain("application-number", n=application.number), _WHO)


def standing_line(application: Application, selection: Selection, lists: Lists) -> Markup:
    """«Благовещенск: 3 из 4 · всего 12 из 20 · резерв 3 из 5»."""
    part = next(one for one in lists.parts if one.part == application.part)
    return say(
        "application-standing",
        part=shorten(part.title, _TOWN),
        main=part.main,
        quota="none" if part.quota is None else str(part.quota),
        all=sum(one.main for one in lists.parts),
        places=selection.places,
        kept=sum(one.reserve for one in lists.parts),
        reserve=selection.reserve,
    )


def quotas_words(selection: Selection, parts: Sequence[Unit]) -> str:
    """«без квот», «поровну, по 4 на муниципалитет», «г. Тында 3, г. Свободный 2»."""
    if selection.quotas:
        titles = {part.id: part.title for part in parts}
        named = [plain("quotas-one", title=titles.get(part, "?"), n=n) for part, n in selection.quotas.items()]
        left = len(named) - _NAMED
        words = ", ".join(named[:_NAMED])
        return plain("notice-and-more", names=words, n=left) if left > 0 else words
    return plain("quotas-none") if selection.each is None else plain("quotas-each", n=selection.each)
