"""Which municipalities a selection may have quotas for."""

from __future__ import annotations

from bot.domain.network import Unit, UnitKind
from bot.ports.storage import Stores


async def quota_parts(tx: Stores, path: str) -> tuple[Unit, ...]:
    """Those of the subtree that have schools, by title: nobody can apply from any other."""
    parts = await tx.units.subtree([path], UnitKind.MUNICIPALITY)
    schools = {school.parent_id for school in await tx.units.subtree([path], UnitKind.SCHOOL)}
    return tuple(sorted((part for part in parts if part.id in schools), key=lambda part: part.title))
