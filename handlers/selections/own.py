"""An applicant's own applications: what he sent, what he has heard, «Исправить», «Отозвать»."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.domain.ids import ApplicationId, AssignmentId
from bot.domain.selection import Application, ApplicationState
from bot.services.apply import (
    OwnApplication,
    OwnApplications,
    own_application,
    own_applications,
    withdraw_application,
)
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import stamp
from bot.texts.wording import shorten
from handlers.answers.callbacks import ShowMatter
from handlers.filters import IsRegistered
from handlers.forms.callbacks import OpenForm
from handlers.people.buttons import button, keyboard, named
from handlers.scene import Scene, SceneMiddleware
from handlers.selections.answers_shown import answer_lines
from handlers.selections.buttons import applying_rows
from handlers.selections.callbacks import ShowOwnApplication, ShowOwnApplications, WithdrawApplication
from handlers.selections.wording import whom
from handlers.showing import show, toast

Screen = tuple[Markup, InlineKeyboardMarkup]

_TITLE = 150


def build_router() -> Router:
    router = Router(name="own applications")
    router.callback_query.filter(IsRegistered())
    router.callback_query.middleware(SceneMiddleware())
    router.callback_query.register(on_list, ShowOwnApplications.filter())
    router.callback_query.register(on_one, ShowOwnApplication.filter())
    router.callback_query.register(on_withdraw, WithdrawApplication.filter())
    return router


async def on_list(query: CallbackQuery, callback_data: ShowOwnApplications, scene: Scene) -> None:
    """Of one application that one itself: most have no other."""
    assignment_id = AssignmentId(callback_data.assignment)
    own = await own_applications(scene.storage, actor=scene.actor, assignment_id=assignment_id, now=scene.now)
    await toast(query)
    if len(own.applications) == 1:
        await show(query, *_one_screen(await _one(scene, own.applications[0].id), scene))
        return
    await show(query, *_list_screen(own, scene))


async def on_one(query: CallbackQuery, callback_data: ShowOwnApplication, scene: Scene) -> None:
    one = await _one(scene, ApplicationId(callback_data.application))
    await toast(query)
    await show(query, *_one_screen(one, scene))


async def on_withdraw(query: CallbackQuery, callback_data: WithdrawApplication, scene: Scene, source: str) -> None:
    application_id = ApplicationId(callback_data.application)
    if not callback_data.is_sure:
        one = await _one(scene, application_id)
        await toast(query)
        await show(query, *_withdraw_screen(one))
        return
    own = await withdraw_application(
        scene.storage,
        actor=scene.actor,
        application_id=application_id,
        source=source,
        now=scene.now,
    )
    await toast(query, "toast-application-withdrawn")
    await show(query, *_list_screen(own, scene))


async def _one(scene: Scene, application_id: ApplicationId) -> OwnApplication:
    return await own_application(
        scene.storage, actor=scene.actor, application_id=application_id, now=scene.now
    )  # fmt: skip


def _list_screen(own: OwnApplications, scene: Scene) -> Screen:
    title = shorten(own.matter.title, _TITLE)
    if not own.applications:
        parts = [say("applications-own-none", title=title)]
    else:
        lines = [
            say("applications-own-line", n=n, about=whom(one), state=_state(one))
            for n, one in enumerate(own.applications, start=1)
        ]
        parts = [say("applications-own", title=title), Markup("\n".join(lines))]
    if any(own.can_correct(one) for one in own.applications):
        parts.append(say("applications-own-can"))
    rows = [
        [named(plain("button-application-own", n=n, about=whom(one)), ShowOwnApplication(application=one.id))]
        for n, one in enumerate(own.applications, start=1)
    ]
    takes = own.matter.takes_answers(scene.today, scene.reader)
    more = [row for row in applying_rows(own.matter, takes=takes, listed=True) if _opens_form(row[0].callback_data)]
    back = [button("button-back", ShowMatter(assignment=own.matter.assignment.id, listed=True))]
    return Markup("\n\n".join(parts)), keyboard(*rows, *more, back)


def _one_screen(one: OwnApplication, scene: Scene) -> Screen:
    application, matter = one.application, one.own.matter
    head = say(
        "application-own-card",
        title=shorten(matter.title, _TITLE),
        about=whom(application),
        at=stamp(application.applied_at, scene.reader),
        state=_state(application),
    )
    rows = []
    if one.own.can_correct(application):
        correct = OpenForm(
            assignment=application.assignment_id, version=matter.version, is_change=True, application=application.id
        )
        rows.append([button("button-application-correct", correct)])
    if application.state is not ApplicationState.WITHDRAWN and application.told is not ApplicationState.DECLINED:
        rows.append([button("button-application-withdraw", WithdrawApplication(application=application.id))])
    is_only = len(one.own.applications) <= 1
    every = ShowMatter(assignment=application.assignment_id, listed=True)
    back = every if is_only else ShowOwnApplications(assignment=application.assignment_id)
    return Markup("\n\n".join([head, *answer_lines(one.submission)])), keyboard(*rows, [button("button-back", back)])


def _withdraw_screen(one: OwnApplication) -> Screen:
    application = one.application
    text = say(
        "application-withdraw-sure",
        title=shorten(one.own.matter.title, _TITLE),
        about=whom(application),
        state=_heard(application).value,
    )
    sure = WithdrawApplication(application=application.id, is_sure=True)
    back = ShowOwnApplication(application=application.id)
    return text, keyboard([button("button-application-withdraw-sure", sure)], [button("button-back", back)])


def _heard(application: Application) -> ApplicationState:
    """A decision that is not announced yet is for the coordinators alone."""
    if application.state is ApplicationState.WITHDRAWN:
        return application.state
    return application.told or ApplicationState.WAITING


def _state(application: Application) -> str:
    return plain(f"application-state-{_heard(application).value}")


def _opens_form(data: str | None) -> bool:
    return (data or "").startswith(f"{OpenForm.__prefix__}:")
