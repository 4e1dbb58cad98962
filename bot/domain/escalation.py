"""Up the tree: who is told of the silent where a step of the ladder names a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.ids import PersonId, UnitId
from bot.domain.quiet import Reader
from bot.domain.steps import Level


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody who can be written to and answers for a unit at or above a silent one."""

    person_id: PersonId
    unit_id: UnitId
    level: Level
    reader: Reader


def reached(level: Level, posts: Sequence[Post], controller: Post | None) -> tuple[Post, ...]:
    """Those of ``posts`` whom a step to ``level`` reaches; whose own level is another stands in for nobody reachable.

    The nearest at the level or above it; with nobody there the controller, and without one the highest below: a
    silence is told to somebody.
    """
    if level is Level.CONTROLLER and controller is not None:
        return (controller,)
    above = [post for post in posts if post.level.height >= level.height]
    if above:
        nearest = min(post.level.height for post in above)
        return tuple(post for post in above if post.level.height == nearest)
    if controller is not None:
        return (controller,)
    highest = max((post.level.height for post in posts), default=None)
    return tuple(post for post in posts if post.level.height == highest)
