"""Questions out of a file: our template filled in, or the table of indicators of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aiogram import Bot, F, Router
from aiogram.filters import StateFilter
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.domain.documents import DocumentFault
from bot.domain.form_drafts import Proposed, with_questions
from bot.domain.form_rows import BadRowsError, FormTable, questions_of
from bot.domain.forms import BadFormError
from bot.domain.ids import FormId, RowId
from bot.ports.documents import MAX_FILE_BYTES, FormReader, Unreadable
from bot.services.compare_edition import fetch_file
from bot.services.edit_form import ShownForm, begin_form, change_form, show_made_form
from bot.services.make_form import MAX_FORM_TITLE
from bot.services.show_draft import show_row
from bot.texts.catalogue import Markup, plain, say
from bot.texts.document_errors import explain
from bot.texts.wording import shorten
from handlers.filters import IsCoordinator
from handlers.form_making import callbacks as to
from handlers.form_making.question_screens import table_screen
from handlers.form_making.screens import editor_screen, page_with
from handlers.form_making.states import MakingForm
from handlers.form_making.wording import bad_rows_text, problem_words
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast

_READABLE = (".xlsx", ".xlsm", ".docx", ".pdf", ".csv", ".txt")


class TemplateWriter(Protocol):
    async def __call__(self) -> bytes:
        """The .xlsx that is filled in with questions."""


def build_router() -> Router:
    router = Router(name="making forms from tables")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_table, to.DoWithForm.filter(F.act == to.FormAct.TABLE))
    router.callback_query.register(on_template, to.DoWithForm.filter(F.act == to.FormAct.TEMPLATE))
    router.callback_query.register(on_document, to.FormOfDocument.filter())
    router.message.register(on_file, F.document, StateFilter(MakingForm.table, MakingForm.typing))
    router.message.register(on_no_file, ~F.text.startswith("/"), StateFilter(MakingForm.table))
    return router


async def on_table(query: CallbackQuery, callback_data: to.DoWithForm, scene: Scene) -> None:
    shown = await show_made_form(scene.storage, actor=scene.actor, form_id=FormId(callback_data.form))
    await scene.state.set_state(MakingForm.table)
    await scene.state.set_data({"form": shown.made.id})
    await toast(query)
    await show(query, *table_screen(shown))


async def on_template(
    query: CallbackQuery, callback_data: to.DoWithForm, scene: Scene, bot: Bot, form_template: TemplateWriter
) -> None:
    await show_made_form(scene.storage, actor=scene.actor, form_id=FormId(callback_data.form))
    await toast(query)
    file = BufferedInputFile(await form_template(), plain("form-template-name"))
    await bot.send_document(query.from_user.id, file, caption=say("form-template-caption"))


async def on_document(
    query: CallbackQuery, callback_data: to.FormOfDocument, scene: Scene, read_form: FormReader, source: str
) -> None:
    """A form with the indicators of the row's document, called as the row is; nothing begins where there are none."""
    view = await show_row(scene.storage, actor=scene.actor, row_id=RowId(callback_data.row), now=scene.now)
    file = await fetch_file(scene.storage, actor=scene.actor, document_id=view.draft.id)
    if file is None:
        await toast(query, "toast-form-no-document", alert=True)
        return
    table = await read_form(file.content, file.name or plain("file-unnamed"))
    proposed = () if isinstance(table, Unreadable) else _taken(table)
    if isinstance(table, Unreadable) or not proposed:
        await toast(query, "toast-form-no-indicators", alert=True)
        return
    await toast(query)
    title = shorten(view.judged.row.title, MAX_FORM_TITLE)
    begun = await begin_form(scene.storage, actor=scene.actor, title=title, source=source, now=scene.now)
    shown = await _added(scene, begun.made.id, proposed, source)
    await show(query, *editor_screen(shown, 1, _news(table, len(proposed))))


async def on_file(message: Message, bot: Bot, scene: Scene, read_form: FormReader, source: str) -> None:
    asked = await scene.state.get_data()
    file = message.document
    assert file is not None, "the filter lets nothing else through"
    if asked["form"] is None:
        await message.answer(say("form-title-first"))
        return
    form_id = FormId(asked["form"])
    name = file.file_name or plain("file-unnamed")
    if not name.lower().endswith(_READABLE) or (file.file_size or 0) > MAX_FILE_BYTES:
        await _refuse(message, scene, form_id, say("form-table-wrong-file", limit=MAX_FILE_BYTES // 2**20))
        return
    content = await bot.download(file.file_id)
    assert content is not None, "a download without a destination gives its bytes"
    table = await read_form(content.read(), name)
    if isinstance(table, Unreadable):
        await _refuse(message, scene, form_id, _unreadable(table))
        return
    try:
        proposed = questions_of(table)
        shown = await _added(scene, form_id, proposed, source)
    except BadRowsError as error:
        await _refuse(message, scene, form_id, bad_rows_text(error.rows))
        return
    except BadFormError as error:
        await _refuse(message, scene, form_id, say("form-bad-form", problem=problem_words(error.problem)))
        return
    await scene.state.clear()
    first = page_with(shown, len(shown.draft.questions) - len(proposed))
    text, buttons = editor_screen(shown, first, _news(table, len(proposed)))
    await message.answer(text, reply_markup=buttons)


async def on_no_file(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    await _refuse(message, scene, FormId(asked["form"]), say("form-table-only-file"))


async def _refuse(message: Message, scene: Scene, form_id: FormId, fault: Markup) -> None:
    """Nothing was taken; the next file is tried."""
    shown = await show_made_form(scene.storage, actor=scene.actor, form_id=form_id)
    await scene.state.set_state(MakingForm.table)
    await scene.state.set_data({"form": form_id})
    text, buttons = table_screen(shown, fault)
    await message.answer(text, reply_markup=buttons)


async def _added(scene: Scene, form_id: FormId, proposed: Sequence[Proposed], source: str) -> ShownForm:
    return await change_form(
        scene.storage,
        actor=scene.actor,
        form_id=form_id,
        change=lambda draft: with_questions(draft, proposed),
        source=source,
        now=scene.now,
    )


def _news(table: FormTable, taken: int) -> Markup:
    """What was taken, and what of the file was not."""
    lines = [say("form-template-taken" if table.is_template else "form-indicators-taken", n=taken)]
    if table.has_several_plans:
        lines.append(say("form-indicators-plans"))
    if table.others:
        lines.append(say("form-indicators-others", n=table.others))
    return Markup("\n".join(lines))


def _taken(table: FormTable) -> tuple[Proposed, ...]:
    """What can be asked of a document's table; its bad rows are named when the file is sent to the editor."""
    try:
        return questions_of(table)
    except (BadRowsError, BadFormError):
        return ()


def _unreadable(read: Unreadable) -> Markup:
    if read.code is DocumentFault.NO_TABLE:
        return say("form-table-none")
    return say("file-unreadable", reason=explain(read))
