"""The coordinator's screens: his calls, one of them by units, one proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.calls import Proposal, ProposalState, decisions_about
from bot.domain.ids import UnitId
from bot.domain.matters import OccurrenceState
from bot.ports.calls import CallLine
from bot.services.read_proposals import CallPage, CallView, ReadProposal
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day_within, stamp
from bot.texts.wording import short_name, shorten
from handlers.calls.callbacks import (
    AskLonger,
    DecideProposal,
    DeclineSilently,
    EndCall,
    ExportCall,
    ListCalls,
    NewCall,
    ReadNext,
    ReadOne,
    ShowCall,
    ShowCallUnit,
    ShowFile,
    UndoProposal,
)
from handlers.people.buttons import button, keyboard, named
from handlers.rows import Row, pager
from handlers.unsent_drafts import UnsentDraft, unsent_lines, unsent_rows

Screen = tuple[Markup, InlineKeyboardMarkup]

_DECISIONS = (ProposalState.ACCEPTED, ProposalState.IN_WORK, ProposalState.DECLINED)
_UNITS = 8
_LINES = 8
_TITLE = 100
_QUESTION = 500
_LINE = 60


def list_screen(found: CallPage, drafts: Sequence[UnsentDraft], *, reader: ZoneInfo, now: datetime) -> Screen:
    """All calls with their counts; ``drafts``: those that are being made."""
    today = now.astimezone(reader).date()
    parts = [say("calls-title" if found.calls or drafts else "calls-none")]
    parts += unsent_lines(drafts, reader=reader, now=now)
    rows: list[Row] = [[button("button-call-new", NewCall())], *unsent_rows(drafts, reader=reader, now=now)]
    for call in found.calls:
        parts.append(_call_line(call, reader, today, now))
        rows.append(
            [named(plain("button-call", title=call.title, new=call.new), ShowCall(occurrence=call.occurrence_id))]
        )
    turning = []
    if found.page:
        turning.append(button("button-calls-later", ListCalls(page=found.page - 1)))
    if found.has_more:
        turning.append(button("button-calls-earlier", ListCalls(page=found.page + 1)))
    return Markup("\n\n".join(parts)), keyboard(*rows, turning)


def call_screen(view: CallView, *, page: int, reader: ZoneInfo, now: datetime) -> Screen:
    """«Предложения: 14 (новых 6)» and what came of each unit; those with new ones first."""
    call = view.call
    today = now.astimezone(reader).date()
    text = [_head(call, reader, today, now), say("call-counts", total=call.total, new=call.new, asked=call.asked)]
    in_work = view.counts.get(ProposalState.IN_WORK, 0)
    if not call.total:
        text.append(say("call-empty"))
    elif decided := [state for state in _DECISIONS if view.counts.get(state, 0)]:
        text.append(Markup("\n".join(say(f"call-counts-{state.value}", n=view.counts[state]) for state in decided)))
    pages = max(1, -(-len(view.units) // _UNITS))
    page = min(max(page, 0), pages - 1)
    rows: list[Row] = []
    if call.new:
        rows.append([button("button-read-new", ReadNext(occurrence=call.occurrence_id), n=call.new)])
    if in_work:
        under_way = ReadNext(occurrence=call.occurrence_id, state=ProposalState.IN_WORK)
        rows.append([button("button-read-in-work", under_way, n=in_work)])
    for unit in view.units[page * _UNITS : (page + 1) * _UNITS]:
        label = plain("button-call-unit", unit=unit.title, total=unit.total, new=unit.new)
        rows.append([named(label, ShowCallUnit(occurrence=call.occurrence_id, unit=unit.unit_id))])
    rows.append(pager(page, pages, lambda n: ShowCall(occurrence=call.occurrence_id, page=n)))
    if call.total:
        rows.append([button("button-call-export", ExportCall(occurrence=call.occurrence_id))])
    if call.state is OccurrenceState.OPEN:
        rows.append([button("button-call-longer", AskLonger(occurrence=call.occurrence_id))])
    if _is_running(call, now):
        rows.append([button("button-call-end", EndCall(occurrence=call.occurrence_id, version=call.version))])
    rows.append([button("button-calls", ListCalls())])
    return Markup("\n\n".join(text)), keyboard(*rows)


def end_screen(call: CallLine) -> Screen:
    sure = EndCall(occurrence=call.occurrence_id, version=call.version, is_sure=True)
    back = button("button-back", ShowCall(occurrence=call.occurrence_id))
    return say("call-end-sure", title=shorten(call.title, _TITLE)), keyboard(
        [button("button-call-end-sure", sure)], [back]
    )


def unit_screen(call: CallLine, proposals: Sequence[Proposal], unit_id: UnitId, *, page: int) -> Screen:
    """Everything of one unit; each opens by its number."""
    pages = max(1, -(-len(proposals) // _LINES))
    page = min(max(page, 0), pages - 1)
    back = [button("button-call-back", ShowCall(occurrence=call.occurrence_id))]
    if not proposals:
        return say("call-unit-empty"), keyboard(back)
    lines = [say("call-unit", title=shorten(call.title, _TITLE), unit=proposals[0].unit_title, n=len(proposals))]
    rows: list[Row] = []
    shown = list(enumerate(proposals, start=1))[page * _LINES : (page + 1) * _LINES]
    for number, one in shown:
        lines.append(
            say(
                "call-unit-line",
                n=number,
                author=_author(one),
                text=_summary(one, 120),
                state=plain(f"proposal-state-{one.state.value}"),
            )
        )
        label = plain("button-proposal", n=number, text=_summary(one, _LINE))
        rows.append([named(label, ReadOne(proposal=one.id, unit=unit_id))])
    turning = pager(page, pages, lambda n: ShowCallUnit(occurrence=call.occurrence_id, unit=unit_id, page=n))
    return Markup("\n\n".join(lines)), keyboard(*rows, turning, back)


def proposal_screen(
    read: ReadProposal, *, unit: int, reader: ZoneInfo, undo: UndoProposal | None = None, is_only: bool = False
) -> Screen:
    """One proposal with what can be decided. ``undo``: of the one decided just before; ``is_only``: it was skipped, and
    no other waits; of the ``unit`` it was read in, the others may be elsewhere.
    """
    one = read.proposal
    text = say(
        "proposal-card",
        title=shorten(read.call.title, _TITLE),
        unit=one.unit_title,
        author=_author(one),
        at=stamp(one.given_at, reader),
        state=plain(f"proposal-state-{one.state.value}"),
    )
    parts = [text]
    if one.content.text:
        parts.append(say("proposal-text", text=one.content.text))
    if one.content.file_id:
        parts.append(say("proposal-file", name=one.content.file_name or plain("proposal-photo")))
    if not one.content.text and not one.content.file_id:
        parts.append(say("proposal-erased"))
    if one.decision:
        parts.append(say("proposal-word", word=one.decision))
    if is_only:
        parts.append(say("proposal-no-other-here" if unit else "proposal-no-other"))
    rows = [[_decide(one, to, unit)] for to in _DECISIONS if to in decisions_about(one.state)]
    if len(rows) > 1:
        rows = [[cell for row in rows[i : i + 2] for cell in row] for i in range(0, len(rows), 2)]
    if one.content.file_id:
        rows.insert(0, [button("button-proposal-file", ShowFile(proposal=one.id))])
    if one.state is ProposalState.NEW and not is_only:
        later = ReadNext(occurrence=one.occurrence_id, unit=unit, after=one.id)
        rows.append([button("button-proposal-next", later)])
    elif is_only and unit:
        elsewhere = ReadNext(occurrence=one.occurrence_id, state=one.state, after=one.id)
        rows.append([button("button-proposal-elsewhere", elsewhere)])
    return Markup("\n\n".join(parts)), keyboard(*rows, _undo_row(undo), _back_row(one, unit))


def decline_screen(read: ReadProposal, unit: int) -> Screen:
    """«Отклонить»: a word to the author, or none."""
    one = read.proposal
    silently = DeclineSilently(proposal=one.id, seen=one.state, unit=unit)
    return (
        say("proposal-decline-ask", author=_author(one), text=_summary(one, 200)),
        keyboard(
            [button("button-decline-silently", silently)],
            [button("button-back", ReadOne(proposal=one.id, unit=unit))],
        ),
    )


def done_screen(read: ReadProposal, *, unit: int, undo: UndoProposal) -> Screen:
    """Nothing more waits."""
    text = say("proposals-all-read", title=shorten(read.call.title, _TITLE))
    return text, keyboard(_undo_row(undo), _back_row(read.proposal, unit))


def _call_line(call: CallLine, reader: ZoneInfo, today: date, now: datetime) -> Markup:
    return say(
        "calls-line",
        title=shorten(call.title, _TITLE),
        when=_when(call, today, now),
        total=call.total,
        new=call.new,
    )


def _head(call: CallLine, reader: ZoneInfo, today: date, now: datetime) -> Markup:
    return say(
        "call-head",
        title=shorten(call.title, 200),
        question=shorten(call.question, _QUESTION),
        when=_when(call, today, now),
    )


def _when(call: CallLine, today: date, now: datetime) -> str:
    if call.state is OccurrenceState.CANCELLED:
        return plain("call-when-ended-early")
    on = call.due_at.astimezone(ZoneInfo(call.timezone)).date()
    return plain("call-when-running" if _is_running(call, now) else "call-when-ended", day=day_within(on, today=today))


def _is_running(call: CallLine, now: datetime) -> bool:
    return call.state is OccurrenceState.OPEN and now <= call.due_at


def _decide(one: Proposal, to: ProposalState, unit: int) -> InlineKeyboardButton:
    data = DecideProposal(proposal=one.id, seen=one.state, to=to, unit=unit)
    return button(f"button-proposal-{to.value}", data)


def _undo_row(undo: UndoProposal | None) -> Row:
    return [] if undo is None else [button("button-proposal-undo", undo)]


def _back_row(one: Proposal, unit: int) -> Row:
    if unit:
        return [button("button-call-back", ShowCallUnit(occurrence=one.occurrence_id, unit=unit))]
    return [button("button-call-back", ShowCall(occurrence=one.occurrence_id))]


def _author(one: Proposal) -> str:
    return short_name(one.person_name) if one.person_name else plain("proposal-author-erased")


def _summary(one: Proposal, limit: int) -> str:
    words = shorten(" ".join(one.content.text.split()), limit)
    return words or one.content.file_name or plain("proposal-photo" if one.content.file_id else "proposal-nothing")
