"""What the use cases about making forms need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.form_drafts import FormDraft
from bot.domain.forms import FormVersion, Question
from bot.domain.ids import FormId, PersonId, UnitId


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """``sources``: of the latest changes, the newest last. ``revision`` grows with each."""

    draft: FormDraft
    revision: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeForm:
    """A form as its makers see it. ``version`` None: never published. ``versions``: how many there are.

    ``used``: activities that have it. ``begun`` and ``filled``: fillings begun with the latest version, and those of
    any version that were handed in.
    """

    id: FormId
    unit_id: UnitId
    unit_path: str
    unit_title: str
    title: str
    version: FormVersion | None
    draft: StoredDraft | None
    versions: int
    used: int
    begun: int
    filled: int
    is_retired: bool


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in a list. ``questions`` is None where it was never published; ``edited_at``: when its draft was changed
    last, where it has one."""

    id: FormId
    unit_path: str
    title: str
    questions: int | None
    edited_at: datetime | None
    filled: int

    @property
    def has_draft(self) -> bool:
        return self.edited_at is not None


class FormDrafts(Protocol):
    async def begin(
        self, unit_id: UnitId, title: str, draft: FormDraft, *, by: PersonId, source: str, now: datetime
    ) -> tuple[FormId, bool]:
        """A form with a draft and no version, and whether it is new: or the one that was begun from that source."""

    async def made(self, form_id: FormId) -> MadeForm | None:
        """Also a retired one."""

    async def of_units(self, unit_ids: Sequence[UnitId] | None, *, below: Sequence[str]) -> tuple[FormLine, ...]:
        """Those of the units and those in the subtrees, by title, without the retired; None: all there are."""

    async def versions(self, form_id: FormId) -> tuple[tuple[Question, ...], ...]:
        """The questions of each version, the first one first."""

    async def put(
        self, form_id: FormId, draft: FormDraft, *, revision: int | None, sources: Sequence[str], now: datetime
    ) -> bool:
        """The draft in place of that revision (None: where there was none). False where somebody was faster."""

    async def drop(self, form_id: FormId) -> None:
        """The draft goes; the form too where it has no version and nothing names it."""

    async def publish(
        self, form_id: FormId, questions: Sequence[Question], *, number: int, by: PersonId, now: datetime
    ) -> None:
        """The questions become the version of that number, a new one or the present one; the draft goes."""

    async def rename(self, form_id: FormId, title: str) -> None: ...

    async def retire(self, form_id: FormId, *, now: datetime) -> None: ...
