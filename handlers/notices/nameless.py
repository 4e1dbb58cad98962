"""Messages without people's names, where the installation keeps them out of what goes to others."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.events import SubstitutionState
from bot.domain.matters import Matter
from bot.services.view_notices import NoticeView
from bot.texts.catalogue import plain


def without_names(view: NoticeView) -> NoticeView:
    """Every card that the notice may show says what was answered, and not by whom; the words of people are theirs."""
    return replace(view, matters=tuple(_nameless(matter) for matter in view.matters))


def _nameless(matter: Matter) -> Matter:
    given, substitute = matter.assignment, matter.substitute
    if substitute is not None and substitute.state is SubstitutionState.AGREED:
        given = replace(given, comment=None)  # «вместо меня – Яшина Е. П.», which the program has put there itself
    return replace(
        matter,
        assignment=given,
        answered_by_name=None,
        substitute=substitute and replace(substitute, full_name=plain("substitute-colleague")),
        comes_for=matter.comes_for and plain("substitute-for-colleague"),
    )
