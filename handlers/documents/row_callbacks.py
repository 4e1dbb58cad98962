"""The buttons about the rows of a draft beyond deciding and dating them. Ids and the version that was shown."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.domain.matters import AnswerForm, LadderName
from bot.services.rearrange_rows import RowText
from bot.services.treat_rows import RowScope
from handlers.documents.callbacks import Only


class AcceptClear(CallbackData, prefix="ra"):
    """«Принять все понятые»; ``is_preview``: pressed on the preview, which is shown again."""

    document: int
    version: int
    is_preview: bool = False


class NextQuestion(CallbackData, prefix="rn"):
    """To the first row with a question below this place of the document, else from its beginning."""

    document: int
    after: int = 0


class ChoosePage(CallbackData, prefix="rp"):
    document: int
    only: Only = Only.ALL
    section: int = 0


class ChooseRows(CallbackData, prefix="rc"):
    """Which rows are listed: by state and by section."""

    document: int
    page: int = 1


class DecideShown(CallbackData, prefix="rd"):
    """Skips all the rows that are listed, or takes them again."""

    document: int
    version: int
    only: Only
    section: int
    is_skip: bool


class ShowFound(CallbackData, prefix="rf"):
    """A page of what was found by the words that wait in the dialogue."""

    document: int
    page: int = 1


class CorrectRow(CallbackData, prefix="rw"):
    """Which of its texts is to be written anew."""

    row: int


class CorrectText(CallbackData, prefix="rt"):
    row: int
    text_of: RowText


class JoinRow(CallbackData, prefix="rj"):
    """``other`` 0: with which neighbour?"""

    row: int
    version: int
    other: int = 0


class TakeTerm(CallbackData, prefix="rk"):
    """The joined row gets the term of its part ``other``."""

    row: int
    version: int
    other: int


class SplitRow(CallbackData, prefix="rs"):
    row: int
    version: int
    is_proposed: bool = False


class RestoreRow(CallbackData, prefix="ru"):
    row: int
    version: int


class ShareAudience(CallbackData, prefix="rm"):
    """The audience of this row for its section; ``is_cohort``: the row gets the cohort that it names."""

    row: int
    version: int
    is_cohort: bool = False


class ShowLadder(CallbackData, prefix="rl"):
    row: int


class ChooseLadder(CallbackData, prefix="ry"):
    row: int
    version: int
    ladder: LadderName
    scope: RowScope = RowScope.ROW
    own: int = 0  # one of the coordinators' own, before the named one


class ChooseObligation(CallbackData, prefix="rb"):
    row: int
    version: int
    is_obligatory: bool


class ShowForm(CallbackData, prefix="ro"):
    row: int


class ChooseForm(CallbackData, prefix="rx"):
    """``form``: a value of ``AnswerForm``, or "none" where the tap is enough."""

    row: int
    version: int
    form: str
    scope: RowScope = RowScope.ROW


class ChooseAcceptance(CallbackData, prefix="vm"):
    """Whether answers are accepted or given back."""

    row: int
    version: int
    is_needed: bool
    scope: RowScope = RowScope.ROW


FORMS: tuple[AnswerForm | None, ...] = (None, *AnswerForm)


def code_of(form: AnswerForm | None) -> str:
    return form.value if form else "none"
