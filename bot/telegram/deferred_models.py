"""Imports aiogram without building its models of Telegram's types: each is built when it is first used.

aiogram declares some 370 pydantic models and builds every one of them while it is imported: two of the three seconds
of a start and 100 of its 170 MB, for a program that meets thirty of them. aiogram asks pydantic for ``defer_build``
itself and then builds everything in one loop, because its annotations can only be resolved with the names of
``aiogram.types`` at hand. Here the loop is passed over and each class is given those names for the day it is needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pydantic
from pydantic import BaseModel


class _NotNow:
    """What stands in pydantic's place while aiogram is imported, and what was asked of it."""

    names: ClassVar[dict[str, Any]] = {}

    @classmethod
    def rebuild(cls, *, _types_namespace: dict[str, Any] | None = None, **_: object) -> None:
        """Keeps the names that a build needs, and builds nothing."""
        cls.names = _types_namespace or cls.names

    @staticmethod
    def config(**given: Any) -> dict[str, Any]:
        """A model's settings, with the wish to be built later."""
        return {"defer_build": True} | given


def import_aiogram() -> None:
    """Imports aiogram with its models to be built at their first use. Does nothing where it is imported already.

    Only the speed of the start and the memory depend on it: a program that never calls this works all the same.
    """
    if "aiogram" in sys.modules:
        return
    with _building_put_off():
        import aiogram.methods

    for root in (aiogram.types.TelegramObject, aiogram.methods.TelegramMethod, aiogram.methods.Response):
        _give_names(root, _NotNow.names)


@contextmanager
def _building_put_off() -> Iterator[None]:
    rebuild, config = BaseModel.__dict__["model_rebuild"], pydantic.ConfigDict
    BaseModel.model_rebuild = _NotNow.rebuild  # type: ignore[method-assign, assignment]  # for this import alone
    pydantic.ConfigDict = _NotNow.config  # type: ignore[misc, assignment]  # as above
    try:
        yield
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]  # as it was
        pydantic.ConfigDict = config  # type: ignore[misc]  # as it was


def _give_names(root: type[BaseModel], names: dict[str, Any]) -> None:
    """pydantic builds a class at its first use by calling ``model_rebuild`` on it."""
    plain = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined]  # a classmethod has it

    def rebuild(cls: type[BaseModel], /, *, _types_namespace: dict[str, Any] | None = None, **how: Any) -> bool | None:
        built: bool | None = plain(cls, _types_namespace={**names, **(_types_namespace or {})}, **how)
        return built

    root.model_rebuild = classmethod(rebuild)  # type: ignore[method-assign, assignment]  # its own, with the names
