"""An audience in words: who, where, but whom, and how many that is."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role, Unit
from bot.ports.addressees import AnsweredDate
from bot.ports.matters import AudienceSize
from bot.services.show_audience import AudienceChoices
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import short_name, shorten

_SHORT = 60  # in a line of another screen
_TITLE = 60


def audience_lines(choices: AudienceChoices, reader: ZoneInfo, *, limit: int = 300) -> Markup:
    """What was chosen, a line of about ``limit`` signs each; what was not chosen is left out."""
    audience = choices.audience
    lines = [say("audience-where", where=_titles(choices.parts, audience.unit_ids, limit) or choices.unit.title)]
    if audience.answered_by is AnsweredBy.SCHOOL:
        lines.append(say("audience-who", who=plain("audience-only-schools")))
    else:
        roles = ", ".join(role_word(role) for role in audience.roles)
        lines.append(say("audience-who", who=roles or plain("audience-any-role")))
    if audience.cohort:
        lines.append(say("audience-cohort-line", cohort=audience.cohort))
    if audience.programmes:
        lines.append(say("audience-programmes", words=_words(audience.programmes, limit)))
    if audience.tags:
        lines.append(say("audience-tags", words=_words(audience.tags, limit)))
    if choices.elsewhere is not None and audience.elsewhere is not None:
        date = date_words(choices.elsewhere, reader)
        lines.append(say("audience-elsewhere", said=audience.elsewhere.said.value, date=date))
    if left_out := _left_out(choices, limit):
        lines.append(say("audience-without", words=left_out))
    return Markup("\n".join(lines))


def people_words(size: AudienceSize) -> Markup:
    """«40 человек, из них 3 пока без связи с ботом»."""
    key = "webinar-people-unreachable" if size.unreachable else "webinar-people"
    return say(key, people=size.people, **({"unreachable": size.unreachable} if size.unreachable else {}))


def date_words(date: AnsweredDate, reader: ZoneInfo) -> str:
    """««Первая встреча», 10.09.2026»."""
    day = short_day(date.due_at.astimezone(reader).date())
    return plain("audience-date", title=shorten(date.title, _TITLE), day=day)


def role_word(role: Role) -> str:
    return plain("audience-role", role=role.value)


def filters_words(audience: Audience) -> str:
    """Everything but who and where, in a few words for a line of another screen; empty where there is nothing."""
    parts = []
    if audience.programmes:
        parts.append(plain("audience-short-programmes", words=_words(audience.programmes)))
    if audience.tags:
        parts.append(plain("audience-short-tags", words=_words(audience.tags)))
    if audience.elsewhere is not None:
        parts.append(plain("audience-short-elsewhere", said=audience.elsewhere.said.value))
    if audience.excluded or audience.without_tags or audience.without_people:
        parts.append(plain("audience-short-without"))
    return "".join(f"; {part}" for part in parts)


def _left_out(choices: AudienceChoices, limit: int) -> str:
    audience = choices.audience
    parts = [_titles(choices.parts, audience.excluded, limit)] if audience.excluded else []
    if audience.without_tags:
        parts.append(plain("audience-short-tags", words=_words(audience.without_tags, limit)))
    if choices.left_out:
        names = ", ".join(short_name(one.full_name) for one in choices.left_out)
        parts.append(shorten(names, limit))
    return "; ".join(part for part in parts if part)


def _titles(units: Sequence[Unit], chosen: Sequence[int], limit: int) -> str:
    return shorten(", ".join(unit.title for unit in units if unit.id in chosen), limit)


def _words(words: Sequence[str], limit: int = _SHORT) -> str:
    return shorten(plain("audience-or").join(words), limit)
