"""The buttons of making forms. They carry ids and keys of questions, never rights; pages count from 1."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.forms import QuestionKind
from bot.services.treat_rows import RowScope


class ListForms(CallbackData, prefix="Fl"):
    page: int = 1


class NewForm(CallbackData, prefix="Fn"):
    pass


class ShowForm(CallbackData, prefix="Fs"):
    form: int
    page: int = 1


class ShowEditor(CallbackData, prefix="Fe"):
    """The questions that are being edited; ``page`` 0: the last one."""

    form: int
    page: int = 1


class FormAct(StrEnum):
    RENAME = "n"
    COPY = "c"
    RETIRE = "r"
    RETIRE_SURELY = "rs"
    PUBLISH = "p"
    DROP = "d"
    DROP_SURELY = "ds"
    ADD = "a"
    LINES = "l"
    TABLE = "t"
    TEMPLATE = "tt"
    CONFIRM = "k"
    UNDO = "u"


class DoWithForm(CallbackData, prefix="Fa"):
    form: int
    act: FormAct


class EditQuestion(CallbackData, prefix="Fq"):
    form: int
    key: str


class QuestionAct(StrEnum):
    UP = "u"
    DOWN = "d"
    REMOVE = "x"
    WORDS = "w"
    KIND = "k"
    OPTIONS = "o"
    UNIT = "i"
    OTHER_UNIT = "iu"
    PLAN = "p"
    LOW = "l"
    HIGH = "h"
    REQUIRE = "r"
    LET_SKIP = "s"


class DoWithQuestion(CallbackData, prefix="Fx"):
    form: int
    key: str
    act: QuestionAct


class SetKind(CallbackData, prefix="Fk"):
    form: int
    key: str
    kind: QuestionKind


class SetUnit(CallbackData, prefix="Fu"):
    """``unit``: its place among those on the buttons; below 0: none."""

    form: int
    key: str
    unit: int


class Clear(CallbackData, prefix="Fc"):
    """No plan, no lower or no upper bound."""

    form: int
    key: str
    part: QuestionAct


class Preview(CallbackData, prefix="Fp"):
    """A question as a school will see it; ``place`` from 0, beyond the last: the whole form."""

    form: int
    place: int = 0


class SendForm(CallbackData, prefix="FS"):
    """«Разослать школам»: asks by when. ``instead`` of a draft that was looked at, which is forgotten; 0: of none."""

    form: int
    instead: int = 0


class SendFormUntil(CallbackData, prefix="FU"):
    """``day`` is its ordinal."""

    form: int
    day: int

    @property
    def on(self) -> date:
        return date.fromordinal(self.day)


class SendFormNow(CallbackData, prefix="FN"):
    """``version``: of the draft that was looked at."""

    form: int
    document: int
    version: int


class DropSending(CallbackData, prefix="FD"):
    """«Не рассылать»."""

    form: int
    document: int


class TakeBackSending(CallbackData, prefix="FZ"):
    """«Отозвать рассылку»: asks first."""

    form: int
    document: int
    is_sure: bool = False


class RowForms(CallbackData, prefix="Fr"):
    """«Форма…» of a row of a draft."""

    row: int
    page: int = 1


class GiveRowForm(CallbackData, prefix="Fw"):
    """``form`` 0: none."""

    row: int
    version: int
    form: int
    scope: RowScope = RowScope.ROW


class FormOfDocument(CallbackData, prefix="Fd"):
    """A form of the indicators in the document of this row."""

    row: int


class ActivityForms(CallbackData, prefix="Fv"):
    activity: int
    page: int = 1


class BoardForms(CallbackData, prefix="FB"):
    """The same from the board of a date, to which the way back leads."""

    occurrence: int
    activity: int
    page: int = 1


class BoardGiveForm(CallbackData, prefix="FG"):
    """``form`` 0: none."""

    occurrence: int
    activity: int
    form: int


class GiveForm(CallbackData, prefix="Fg"):
    """``form`` 0: none."""

    activity: int
    form: int
