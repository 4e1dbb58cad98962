"""The board in words and buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.attendance import AttendanceTally
from bot.domain.board import BoardEntry, BoardLine, Debtor, Misdelivery, Status, Tally, UnitTally
from bot.domain.ids import UnitId
from bot.domain.matters import ActivityKind
from bot.domain.network import Reach
from bot.services.show_board import BoardPage, BoardUnit
from bot.texts.answers import answer_words
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import clock, deadline, moment, short_day
from bot.texts.wording import length, short_name, shorten
from handlers.answers.task_callbacks import ShowHistory
from handlers.attendance.callbacks import ShowSchools
from handlers.board.callbacks import BoardDate, BoardFile, BoardPageButton, NudgeSilent
from handlers.calls.callbacks import ListCalls
from handlers.form_making.callbacks import BoardForms
from handlers.forms.callbacks import ShowHandedIn
from handlers.indicators.callbacks import ShowIndicators
from handlers.reviews.callbacks import ReviewList
from handlers.rows import turning
from handlers.selections.callbacks import ListSelections, ShowSelection
from handlers.threads.callbacks import ShowThread

_TITLE = 90
_BUTTON = 40
_CHILDREN = 16
_FORMS = 20
_COMMENT = 300
_PLACE = 150
_HISTORIES = 8
_THREADS = 8
# A message holds 4,096 characters; what of a big school goes beyond is in the table. Markup is counted with them, so
# some room is left over; «и ещё 12» needs a little of it.
_MESSAGE = 4000

Rows = list[list[InlineKeyboardButton]]


def list_screen(page: BoardPage, *, reader: ZoneInfo, today: date) -> tuple[Markup, InlineKeyboardMarkup]:
    """The dates of one page, each with a button by its number."""
    rows: Rows = []
    title = say("board-title-past" if page.is_past else "board-title")
    if not page.lines:
        text = say("board-empty-past" if page.is_past else "board-empty")
    else:
        lines = [
            say(
                "board-line",
                number=number,
                mark=_mark(line.tally),
                title=shorten(line.title, _TITLE),
                when=_due(line, reader, today),
                answered=line.tally.answered,
                total=line.tally.total,
                rest=_rest(line.tally),
                overdue=say("board-overdue") if _is_overdue(line, today) and not page.is_past else Markup(""),
            )
            for number, line in enumerate(page.lines, start=1)
        ]
        text = Markup("\n\n".join([title, *lines, say("board-hint")]))
        rows.append(
            [
                InlineKeyboardButton(text=str(number), callback_data=BoardDate(occurrence=line.occurrence_id).pack())
                for number, line in enumerate(page.lines, start=1)
            ]
        )
    rows += turning(page.page, page.pages, lambda n: BoardPageButton(page=n, is_past=page.is_past))
    if page.waiting:
        rows.append([_button(plain("button-review", n=page.waiting), ReviewList().pack())])
    if page.proposals:
        rows.append([_button(plain("button-board-proposals", n=page.proposals), ListCalls().pack())])
    if page.applications:
        rows.append([_button(plain("button-board-applications", n=page.applications), ListSelections().pack())])
    other = BoardPageButton(is_past=not page.is_past)
    rows.append([_button(plain("button-board-ahead" if page.is_past else "button-board-past"), other.pack())])
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def unit_screen(
    board: BoardUnit, *, reader: ZoneInfo, today: date, page: int = 0
) -> tuple[Markup, InlineKeyboardMarkup]:
    """One date at one unit: its sums, a page of what lies below, and for a school the assignments that fit."""
    pages = max(1, -(-len(board.below) // _CHILDREN))
    page = min(max(page, 0), pages - 1)
    below = board.below[page * _CHILDREN : (page + 1) * _CHILDREN]
    head = say(
        "board-one",
        title=shorten(board.line.title, 200),
        when=_due(board.line, reader, today),
        place=shorten(place(board), _PLACE),
        sums=_with_turnout(_sums(board.tally), board.turnout.get(None)),
    )
    parts = [head, *_misdelivery(board.misdelivery), *_below(below, board.turnout)]
    parts += _entries(board, reader, room=_MESSAGE - _length(parts))
    rows: Rows = [
        [
            _button(
                shorten(f"{_mark(one.tally)} {one.unit.title}", _BUTTON), _date(board.line.occurrence_id, one.unit.id)
            )
        ]
        for one in below
    ]
    here = board.unit.id if board.unit else 0
    is_selection = board.line.kind is ActivityKind.SELECTION
    if is_selection:
        rows.append(
            [_button(plain("button-selection-open"), ShowSelection(occurrence=board.line.occurrence_id).pack())]
        )
    rows += ([] if is_selection else _forms(board)) + _threads(board)
    rows += turning(page, pages, lambda n: BoardDate(occurrence=board.line.occurrence_id, unit=here, page=n))
    rows += _acts(board, here, today) + _ways(board, here)
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def _acts(board: BoardUnit, here: int, today: date) -> Rows:
    """What can be done about the date at this unit, and what else is known of it."""
    occurrence, is_selection = board.line.occurrence_id, board.line.kind is ActivityKind.SELECTION
    rows = _reviewing(board)
    if board.tally.silent and not (is_selection and board.line.due_on < today):
        nudge = NudgeSilent(occurrence=occurrence, version=board.line.version, unit=here)
        rows.append([_button(plain("button-board-nudge", n=board.tally.silent), nudge.pack())])
    if board.turnout:
        rows.append([_button(plain("button-after-turnout"), ShowSchools(occurrence=occurrence).pack())])
    if board.has_figures and not is_selection:
        rows.append([_button(plain("button-indicators"), ShowIndicators(occurrence=occurrence, unit=here).pack())])
    if board.may_give_form:
        forms = BoardForms(occurrence=occurrence, activity=board.line.activity_id)
        rows.append([_button(plain("button-activity-form"), forms.pack())])
    return rows


def _ways(board: BoardUnit, here: int) -> Rows:
    """The file, the same anew, up, and back to the list."""
    occurrence = board.line.occurrence_id
    file = BoardFile(occurrence=occurrence, unit=here)
    refresh = _button(plain("button-board-refresh"), _date(occurrence, here))
    rows = [[_button(plain("button-board-file"), file.pack()), refresh]]
    if board.parent:
        title = shorten(board.parent.title, _BUTTON - 2)
        rows.append([_button(plain("button-board-up", title=title), _date(occurrence, board.parent.id))])
    rows.append([_button(plain("button-board-list"), BoardPageButton().pack())])
    return rows


def _forms(board: BoardUnit) -> Rows:
    """What was handed in, to be read whole."""
    rows: Rows = []
    for entry in [entry for entry in board.entries if entry.assignment_id in board.forms][:_FORMS]:
        label = plain("button-form-of", who=shorten(entry.person_name or entry.unit_title, _BUTTON - 10))
        data = ShowHandedIn(assignment=entry.assignment_id, is_board=True)
        rows.append([_button(label, data.pack())])
    return rows


def _threads(board: BoardUnit) -> Rows:
    """What is being talked about, to be read whole."""
    rows: Rows = []
    for entry in [entry for entry in board.entries if entry.assignment_id in board.threads][:_THREADS]:
        label = plain("button-board-thread", who=shorten(entry.person_name or entry.unit_title, _BUTTON - 13))
        rows.append([_button(label, ShowThread(thread=board.threads[entry.assignment_id]).pack())])
    return rows


def _reviewing(board: BoardUnit) -> Rows:
    """What waits to be accepted of this date, and the history of each who owes it where there are few of them."""
    rows: Rows = []
    if board.waiting:
        data = ReviewList(occurrence=board.line.occurrence_id)
        rows.append([_button(plain("button-review", n=board.waiting), data.pack())])
    if board.line.kind is ActivityKind.TASK and len(board.entries) <= _HISTORIES:
        for entry in board.entries:
            name = entry.person_name
            label = plain("button-history-of", who=short_name(name)) if name else plain("button-history")
            rows.append([_button(label, ShowHistory(assignment=entry.assignment_id).pack())])
    return rows


def place(board: BoardUnit) -> str:
    """Where on the tree the screen stands."""
    return board.unit.title if board.unit else plain("board-everything")


def _mark(tally: Tally) -> str:
    """The worst that needs a hand: a problem, then silence, then nothing."""
    if tally.problem:
        return "⚠️"
    if tally.answered == tally.total:
        return "🔎" if tally.in_review else "✅"
    return "🔕" if tally.without_word else "⏳"


def _is_overdue(line: BoardLine, today: date) -> bool:
    is_owed = line.kind is ActivityKind.TASK and line.tally.answered + line.tally.put_off < line.tally.total
    return is_owed and line.due_on < today


def _rest(tally: Tally) -> Markup:
    counts = (
        ("problem", tally.problem),
        ("maybe", tally.maybe),
        ("in-review", tally.in_review),
        ("returned", tally.returned),
        ("postponed", tally.postponed),
        ("silent", tally.silent),
        ("unreachable", tally.unreachable),
    )
    return Markup("".join(f" · {say(f'board-rest-{name}', n=n)}" for name, n in counts if n))


def _sums(tally: Tally) -> Markup:
    if not tally.total:
        return say("board-nobody-owes")
    counts = (
        ("late", tally.late),
        ("in-review", tally.in_review),
        ("not-ours", tally.not_ours),
        ("in-progress", tally.in_progress),
        ("maybe", tally.maybe),
        ("problem", tally.problem),
        ("returned", tally.returned),
        ("postponed", tally.postponed),
        ("silent", tally.silent),
        ("unreachable", tally.unreachable),
    )
    answered = say("board-sum-answered", answered=tally.answered, total=tally.total)
    return Markup("\n".join([answered, *(say(f"board-sum-{name}", n=n) for name, n in counts if n)]))


def _misdelivery(misdelivery: Misdelivery) -> list[Markup]:
    counts = (("late", misdelivery.late), ("failed", misdelivery.failed), ("doubled", misdelivery.doubled))
    return [say(f"board-misdelivery-{name}", n=n) for name, n in counts if n]


def _below(below: Sequence[UnitTally], turnout: Mapping[UnitId | None, AttendanceTally]) -> list[Markup]:
    if not below:
        return []
    lines = [
        say(
            "board-child",
            mark=_mark(one.tally),
            title=shorten(one.unit.title, _TITLE),
            answered=one.tally.answered,
            total=one.tally.total,
            rest=Markup(f"{_rest(one.tally)}{_was_there(turnout.get(one.unit.id))}"),
        )
        for one in below
    ]
    return [Markup(""), *lines]


def _was_there(tally: AttendanceTally | None) -> Markup:
    if tally is None or not tally.total:
        return Markup("")
    return say("board-turnout-child", present=tally.present, invited=tally.total, share=tally.share)


def _with_turnout(sums: Markup, tally: AttendanceTally | None) -> Markup:
    if tally is None:
        return sums
    return Markup(f"{sums}\n{say('board-turnout', present=tally.present, invited=tally.total, share=tally.share)}")


def _entries(board: BoardUnit, reader: ZoneInfo, *, room: int) -> list[Markup]:
    """As many as there is ``room`` for, in characters."""
    entries = board.entries
    parts: list[Markup] = [Markup("")] if entries else []
    for number, entry in enumerate(entries):
        lines = _entry_lines(entry, board.line.kind, reader)
        if entry.assignment_id in board.threads:
            lines.append(say("board-thread"))
        if _length([*parts, *lines]) > room:
            return [*parts, *_more(len(entries) - number)]
        parts += lines
    return parts


def _entry_lines(entry: BoardEntry, kind: ActivityKind, reader: ZoneInfo) -> list[Markup]:
    lines = [_entry(entry, kind, reader)]
    if entry.comment:
        lines.append(say("board-comment", text=shorten(entry.comment, _COMMENT)))
    if entry.status in (Status.SILENT, Status.UNREACHABLE):
        lines.append(_debtors(entry.debtors))
    return lines


def _length(parts: Sequence[Markup]) -> int:
    """With the line ends between them."""
    return sum(length(part) + 1 for part in parts)


def _entry(entry: BoardEntry, kind: ActivityKind, reader: ZoneInfo) -> Markup:
    who = shorten(entry.person_name or entry.unit_title, _TITLE)
    if entry.status in (Status.RETURNED, Status.POSTPONED):
        until = short_day(entry.own_due_on) if entry.own_due_on else ""
        return say(f"board-entry-{_kebab(entry.status)}", who=who, until=until)
    if entry.answered_at is None or entry.answer is None:
        return say(f"board-entry-{_kebab(entry.status)}", who=who)
    when = f"{short_day(entry.answered_at.astimezone(reader).date())} {clock(entry.answered_at, reader)}"
    named = entry.answered_by_name and entry.answered_by_name != entry.person_name
    by = say("board-entry-by", name=short_name(entry.answered_by_name or "")) if named else Markup("")
    if entry.status in (Status.IN_TIME, Status.LATE):
        key = "board-entry-late" if entry.status is Status.LATE else "board-entry-answered"
        return say(key, who=who, answer=answer_words(entry.answer, kind), when=when, by=by)
    if entry.status is Status.IN_REVIEW:
        return say("board-entry-in-review", who=who, answer=answer_words(entry.answer, kind), when=when, by=by)
    return say(f"board-entry-{_kebab(entry.status)}", who=who, when=when, by=by)


def _debtors(debtors: Sequence[Debtor]) -> Markup:
    if not debtors:
        return say("board-no-debtors")
    names = [
        short_name(one.full_name) + ("" if one.reach is Reach.REACHABLE else f" ({plain(f'reach-{one.reach.value}')})")
        for one in debtors[:3]
    ]
    return say("board-debtors", names=", ".join(names))


def _kebab(status: Status) -> str:
    return status.value.replace("_", "-")


def _more(rest: int) -> list[Markup]:
    return [say("board-more", n=rest)] if rest > 0 else []


def _due(line: BoardLine, reader: ZoneInfo, today: date) -> Markup:
    if line.has_time:
        return moment(line.due_at, reader=reader, today=today)
    zone = ZoneInfo(line.timezone)
    return deadline(line.due_at, on=line.due_on, has_time=False, zone=zone, reader=reader, today=today)


def _date(occurrence: int, unit: int) -> str:
    return BoardDate(occurrence=occurrence, unit=unit).pack()


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)
