"""The coordinator's screens: his selections, one of them with its lists, one application."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.ids import PersonId
from bot.domain.matters import OccurrenceState
from bot.domain.selection import (
    Application,
    ApplicationState,
    Bound,
    BoundExceededError,
    PartStanding,
    can_be_untaken,
    neighbour,
    reserve_of,
)
from bot.domain.selection_lists import numbered_reserve
from bot.ports.selections import Move, SelectionLine
from bot.services.select_applicants import ReadApplication, SelectionPage, SelectionView
from bot.texts.catalogue import Markup, plain, say
from bot.texts.forms import value_words
from bot.texts.times import day_within, stamp
from bot.texts.wording import short_name, shorten
from handlers.board.callbacks import BoardDate
from handlers.people.buttons import button, keyboard, named
from handlers.rows import Row, in_rows
from handlers.selections import callbacks as to
from handlers.selections.answers_shown import answer_lines
from handlers.selections.wording import standing_line, who, whom
from handlers.unsent_drafts import UnsentDraft, unsent_lines, unsent_rows

Screen = tuple[Markup, InlineKeyboardMarkup]

_TITLE = 100
_PARTS = 40
_TOWN = 40
_FILES = 5
_UNDONE = 5
_PLUS = (ApplicationState.MAIN, ApplicationState.RESERVE)
_MINUS = (ApplicationState.DECLINED, ApplicationState.WITHDRAWN)


def list_screen(found: SelectionPage, drafts: Sequence[UnsentDraft], *, reader: ZoneInfo, now: datetime) -> Screen:
    """All selections with their counts; ``drafts``: those that are being made."""
    today = now.astimezone(reader).date()
    parts = [say("selections-title" if found.selections or drafts else "selections-none")]
    parts += unsent_lines(drafts, reader=reader, now=now)
    rows: list[Row] = [[button("button-selection-new", to.NewSelection())]]
    rows += unsent_rows(drafts, reader=reader, now=now)
    for line in found.selections:
        waiting = line.count(ApplicationState.WAITING)
        when = _when(line, today, now)
        title = shorten(line.title, _TITLE)
        parts.append(say("selections-line", title=title, when=when, total=line.standing, waiting=waiting))
        label = plain("button-selection", title=line.title, waiting=waiting)
        rows.append([named(label, to.ShowSelection(occurrence=line.occurrence_id))])
    turning = []
    if found.page:
        turning.append(button("button-selections-later", to.ListSelections(page=found.page - 1)))
    if found.has_more:
        turning.append(button("button-selections-earlier", to.ListSelections(page=found.page + 1)))
    return Markup("\n\n".join(parts)), keyboard(*rows, turning)


def selection_screen(view: SelectionView, *, by: PersonId, reader: ZoneInfo, now: datetime) -> Screen:
    """How many applied, how the lists stand against the places and the quotas, and what is to be done next.

    ``by``: who looks; whom he has taken up from the reserve a moment ago he can send back.
    """
    line, lists = view.line, view.lists
    today = now.astimezone(reader).date()
    head = say("selection-head", title=shorten(line.title, _TITLE), when=_when(line, today, now))
    parts = [head, _counts(view)]
    if not line.standing:
        parts.append(say("selection-empty"))
    if len(lists.parts) > 1 or line.selection.has_quotas:
        shown = [_part_line(one) for one in lists.parts[:_PARTS]]
        left = len(lists.parts) - len(shown)
        parts.append(Markup("\n".join([*shown, *([say("selection-parts-more", n=left)] if left else [])])))
    if lists.untold:
        parts.append(say("selection-untold", n=lists.untold))
    if view.next_up is not None:
        parts.append(say("selection-free", who=who(view.next_up)))
    return Markup("\n\n".join(part for part in parts if part)), keyboard(
        *_undo_rows(view.applications, by, now), *_selection_rows(view)
    )


def application_screen(
    read: ReadApplication,
    *,
    by: PersonId,
    reader: ZoneInfo,
    now: datetime,
    news: Markup | None = None,
    last: Application | None = None,
) -> Screen:
    """One application whole, the quotas that it counts for, and what can be made of it. ``by``: who looks; ``last``:
    the one before it.
    """
    application, view = read.application, read.view
    parts = [news] if news else []
    parts.append(_head(read, reader))
    parts += answer_lines(read.submission) if read.submission else [say("application-no-form")]
    if application.reason:
        parts.append(say("application-reason", reason=application.reason))
    parts.append(standing_line(application, view.line.selection, view.lists))
    back = [button("button-selection-back", to.ShowSelection(occurrence=application.occurrence_id))]
    if application.state is not ApplicationState.WAITING:  # those who wait are read one by one, and have no list
        of_list = to.ShowList(occurrence=application.occurrence_id, state=application.state)
        back.insert(0, button("button-list-back", of_list))
    undo = [] if last is None else [named(plain("button-application-last", who=whom(last)), _show(last))]
    history = button("button-application-history", to.ShowApplicationHistory(application=application.id))
    rows = [*_undo_rows([application], by, now), *_deciding_rows(application), *_reserve_rows(read), *_file_rows(read)]
    return Markup("\n\n".join(parts)), keyboard(*rows, undo, [history], back)


def sure_screen(refusal: BoundExceededError, read: ReadApplication) -> Screen:
    """«Точно?», with what is full; the reserve is one tap away where that is not what is full."""
    application = refusal.application
    bounds = [
        say(
            f"application-over-{one.bound.value}",
            part=shorten(application.part_title, _TOWN),
            taken=one.taken,
            limit=one.limit,
        )
        for one in refusal.excesses
    ]
    text = say("application-over", who=who(application), bounds=Markup("\n".join(bounds)))
    sure = ".".join(str(one.taken) for one in refusal.excesses)
    yes = to.DecideApplication(
        application=application.id, version=application.version, to=refusal.to, sure=sure
    )  # fmt: skip
    is_reserve_full = any(one.bound is Bound.RESERVE for one in refusal.excesses)
    other = _decide(application, ApplicationState.RESERVE)
    is_there = application.state is ApplicationState.RESERVE
    return text, keyboard(
        [button("button-application-sure", yes)],
        [] if is_reserve_full or is_there else [button("button-application-reserve", other)],
        [button("button-application-back", _show(application))],
    )


def decline_screen(read: ReadApplication) -> Screen:
    application = read.application
    silently = to.DeclineApplicationSilently(application=application.id, version=application.version)
    return say("application-decline-ask", who=who(application)), keyboard(
        [button("button-application-decline-silently", silently)],
        [button("button-application-back", _show(application))],
    )


def done_screen(view: SelectionView, news: Markup, last: Application) -> Screen:
    """Nothing waits any more."""
    text = Markup(f"{news}\n\n{say('applications-all-read')}")
    return text, keyboard(
        [named(plain("button-application-last", who=whom(last)), _show(last))],
        [button("button-selection-back", to.ShowSelection(occurrence=view.line.occurrence_id))],
    )


def end_screen(line: SelectionLine) -> Screen:
    sure = to.EndSelection(occurrence=line.occurrence_id, version=line.version, is_sure=True)
    return say("selection-end-sure", title=shorten(line.title, _TITLE)), keyboard(
        [button("button-selection-end-sure", sure)],
        [button("button-selection-back", to.ShowSelection(occurrence=line.occurrence_id))],
    )


def history_screen(application: Application, moves: Sequence[Move], reader: ZoneInfo) -> Screen:
    lines = [
        say(
            "application-history-line",
            at=stamp(move.made_at, reader),
            what=plain(f"application-move-{move.what}"),
            name=short_name(move.made_by_name) or plain("application-erased"),
            reason=say("application-history-reason", reason=move.reason) if move.reason else Markup(""),
        )
        for move in moves
    ]
    text = Markup("\n".join([say("application-history", who=who(application)), *lines]))
    return text, keyboard([button("button-application-back", _show(application))])


def put_news(application: Application) -> Markup:
    """«✓ Иванов Пётр: основной список»."""
    return say("application-put", who=whom(application), list=plain(f"application-state-{application.state.value}"))


def _counts(view: SelectionView) -> Markup:
    line, lists = view.line, view.lists
    waiting = line.count(ApplicationState.WAITING)
    lines = [say("selection-counts", total=line.standing, waiting=waiting, asked=line.asked)]
    main, kept = lists.count(ApplicationState.MAIN), lists.count(ApplicationState.RESERVE)
    lines.append(say("selection-list-main", n=main, places=line.selection.places))
    if line.selection.reserve:
        lines.append(say("selection-list-reserve", n=kept, reserve=line.selection.reserve))
    elif kept:
        lines.append(say("selection-list-reserve-none", n=kept))
    return Markup("\n".join(lines))


def _part_line(part: PartStanding) -> Markup:
    rest = [say("selection-part-reserve", n=part.reserve)] if part.reserve else []
    rest += [say("selection-part-waiting", n=part.waiting)] if part.waiting else []
    return say(
        "selection-part",
        sign="❗" if part.is_over else "✅" if part.is_full else "▫️",
        title=shorten(part.title, _TOWN),
        main=part.main,
        quota="none" if part.quota is None else str(part.quota),
        rest=Markup("".join(rest)),
    )


def _selection_rows(view: SelectionView) -> list[Row]:
    line, lists = view.line, view.lists
    occurrence = line.occurrence_id
    rows: list[Row] = []
    if waiting := line.count(ApplicationState.WAITING):
        rows.append([button("button-applications-waiting", to.ReadWaiting(occurrence=occurrence), n=waiting)])
    rows += [
        [
            button(f"button-list-{state.value}", to.ShowList(occurrence=occurrence, state=state), n=n)
            for state in pair
            if (n := lists.count(state))
        ]
        for pair in (_PLUS, _MINUS)
    ]
    if (up := view.next_up) is not None:
        take = to.TakeUp(application=up.id, version=up.version)
        rows.append([named(plain("button-take-up", who=whom(up)), take)])
    if lists.untold:
        key = "button-decisions-changed" if lists.is_announced else "button-decisions"
        rows.append([button(key, to.PreviewDecisions(occurrence=occurrence), n=lists.untold)])
    board = button("button-selection-board", BoardDate(occurrence=occurrence))
    rows.append([button("button-selection-export", to.ExportSelection(occurrence=occurrence)), board])
    bounds = [button("button-selection-bounds", to.ShowBounds(occurrence=occurrence))]
    if line.state is OccurrenceState.OPEN:
        bounds.append(button("button-selection-end", to.EndSelection(occurrence=occurrence, version=line.version)))
    rows += in_rows(bounds, 2)
    rows.append([button("button-selections", to.ListSelections())])
    return rows


def _undo_rows(applications: Sequence[Application], by: PersonId, now: datetime) -> list[Row]:
    return [
        [named(plain("button-take-up-undo", who=whom(one)), to.UndoTakeUp(application=one.id, version=one.version))]
        for one in applications
        if can_be_untaken(one, by, now=now)
    ][:_UNDONE]


def _head(read: ReadApplication, reader: ZoneInfo) -> Markup:
    application, line = read.application, read.view.line
    told = "none" if not application.state.is_decided else "no" if application.is_untold else "yes"
    head = say(
        "application-card",
        title=shorten(line.title, _TITLE),
        who=whom(application),
        unit=shorten(application.unit_title, _TITLE),
        part=shorten(application.part_title, _TOWN),
        at=stamp(application.applied_at, reader),
        state=plain(f"application-state-{application.state.value}"),
        told=told,
    )
    if application.state is not ApplicationState.RESERVE:
        return head
    reserve = numbered_reserve(read.view.line.selection, read.view.applications)
    place = next(n for n, one in reserve if one.id == application.id)
    return Markup(f"{head}\n{say('application-place', n=place)}")


def _deciding_rows(application: Application) -> list[Row]:
    if application.state is ApplicationState.WITHDRAWN:
        return []
    lists = [
        button(f"button-application-{state.value}", _decide(application, state))
        for state in _PLUS
        if application.state is not state
    ]
    rest = []
    if application.state is not ApplicationState.DECLINED:
        rest.append(button("button-application-declined", _decide(application, ApplicationState.DECLINED)))
    if application.state is ApplicationState.WAITING:
        following = to.ReadWaiting(occurrence=application.occurrence_id, after=application.id)
        rest.append(button("button-application-next", following))
    return [lists, rest]


def _reserve_rows(read: ReadApplication) -> list[Row]:
    application = read.application
    if application.state is not ApplicationState.RESERVE:
        return []
    selection, reserve = read.view.line.selection, reserve_of(read.view.applications)
    return [
        [
            button(
                "button-application-up" if up else "button-application-down",
                to.Reorder(application=application.id, version=application.version, up=up),
            )
            for up in (True, False)
            if neighbour(selection, reserve, application, up=up) is not None
        ]
    ]


def _file_rows(read: ReadApplication) -> list[Row]:
    if read.submission is None:
        return []
    rows: list[Row] = []
    for place, question in enumerate(read.submission.version.questions):
        given = read.submission.given.get(question.key)
        if given is not None and given.value.file_id is not None:
            name = value_words(question, given.value).removeprefix("📎 ")
            data = to.SendApplicationFile(application=read.application.id, place=place)
            rows.append([named(plain("button-application-file", n=place + 1, name=name), data)])
    return rows[:_FILES]


def _decide(application: Application, state: ApplicationState) -> to.DecideApplication:
    return to.DecideApplication(application=application.id, version=application.version, to=state)


def _show(application: Application) -> to.ShowApplication:
    return to.ShowApplication(application=application.id)


def _when(line: SelectionLine, today: date, now: datetime) -> str:
    if line.state is OccurrenceState.CANCELLED:
        return plain("selection-when-ended-early")
    on = line.due_at.astimezone(ZoneInfo(line.timezone)).date()
    key = "selection-when-running" if line.is_running(now) else "selection-when-ended"
    return plain(key, day=day_within(on, today=today))
