"""One level of the tree as text, shared by the screens that walk it."""

from __future__ import annotations

from bot.domain.network import Actor, UnitKind
from bot.ports.units import UnitSummary
from bot.services.show_network import Level, outermost
from bot.texts.catalogue import Markup, plain, say


def counts(summary: UnitSummary) -> Markup:
    """«3 школы · 7 человек · 2 ещё не открыли ссылку»."""
    key = "network-counts-school" if summary.unit.kind is UnitKind.SCHOOL else "network-counts"
    parts = [say(key, schools=summary.schools, people=summary.people)]
    if summary.invited:
        parts.append(say("network-counts-invited", invited=summary.invited))
    if summary.unreachable:
        parts.append(say("network-counts-unreachable", unreachable=summary.unreachable))
    return Markup(" · ".join(parts))


def above(level: Level) -> Markup:
    """«Владимирская область › Суздальский район › », for the line over a title."""
    return Markup("".join(say("network-above", title=unit.title) for unit in level.above))


def child_label(summary: UnitSummary) -> str:
    """A button's label. The counts stand first: a long title is cut at the end."""
    key = "network-child-school" if summary.unit.kind is UnitKind.SCHOOL else "network-child"
    return plain(key, title=summary.unit.title, schools=summary.schools, people=summary.people)


def has_way_up(level: Level, actor: Actor) -> bool:
    """Whether there is anything above this level for the actor: a unit, or the list of his own ones."""
    return level.here is not None and bool(level.above or actor.is_owner or len(outermost(actor)) > 1)


def parent_of(level: Level) -> int:
    """The unit that «Назад» leads to; 0 for the top."""
    return level.above[-1].id if level.above else 0
