"""The screens of the ladders: the list, one of them, its steps, its bounds, and what would come of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.domain.foretelling import Foretold
from bot.domain.matters import LadderName
from bot.domain.own_ladders import FARTHEST_AFTER, FARTHEST_BEFORE, GAPS, HOURS, MOSTS, OwnLadder
from bot.domain.steps import LADDERS, Ladder, LadderStep, Level
from bot.services.edit_ladders import ShownLadder
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day, stamp
from handlers.ladders import callbacks as to
from handlers.ladders.buttons import Row, Screen, button, keyboard, named, ticked
from handlers.ladders.wording import ladder_lines, step_label, step_words, when_label, when_words
from handlers.rows import in_rows

SAMPLES = (3, 7, 21, 60)
_BEFORE, _AFTER = (30, 21, 14, 10, 7, 5, 3, 2, 1, 0), (1, 2, 3, 5, 7, 10)
_OWN = 30  # of a network's own ladders; nobody chooses among more


def list_screen(own: Sequence[OwnLadder]) -> Screen:
    """Those that are ready, in full words, and the coordinators' own."""
    parts = [say("ladders-title")]
    parts += [
        say("ladders-preset", title=preset_title(name), lines="\n".join(ladder_lines(ladder)))
        for name, ladder in LADDERS.items()
    ]
    parts.append(say("ladders-own", n=len(own)) if own else say("ladders-no-own"))
    presets = [button("button-ladder-preset", to.ShowPreset(name=name), title=preset_title(name)) for name in LADDERS]
    owns = [[button("button-ladder-own", to.ShowOwn(ladder=one.id), title=one.title)] for one in own[:_OWN]]
    return Markup("\n\n".join(parts)), keyboard(*in_rows(presets, 2), *owns)


def preset_screen(name: LadderName) -> Screen:
    text = say("ladder-preset", title=preset_title(name), lines="\n".join(ladder_lines(LADDERS[name])))
    return text, keyboard(
        [button("button-ladder-copy", to.CopyPreset(name=name))],
        [button("button-ladder-foretell", to.Foretell(name=name))],
        [button("button-to-ladders", to.ListLadders())],
    )


def own_screen(shown: ShownLadder) -> Screen:
    own = shown.own
    text = say(
        "ladder-own",
        title=own.title,
        unit=shown.unit_title,
        lines="\n".join(ladder_lines(own.ladder)),
        gap=int(own.ladder.least_gap.total_seconds() // 3600),
        most=own.ladder.most,
        used=own.used,
    )
    edits: list[Row] = []
    if shown.can_edit:
        edits = [
            [
                button("button-ladder-add", to.AddStep(ladder=own.id, version=own.version)),
                button("button-ladder-steps", _edit(own, to.OwnAct.STEPS)),
            ],
            [
                button("button-ladder-bounds", _edit(own, to.OwnAct.BOUNDS)),
                button("button-ladder-title", _edit(own, to.OwnAct.TITLE)),
            ],
            [button("button-ladder-retire", _edit(own, to.OwnAct.RETIRE))],
        ]
    return text, keyboard(
        [button("button-ladder-foretell", to.Foretell(ladder=own.id))],
        *edits,
        [button("button-to-ladders", to.ListLadders())],
    )


def steps_screen(own: OwnLadder) -> Screen:
    """Every step is a button; it is changed or removed one screen further."""
    rows = [
        [named(step_label(step), to.ShowStep(ladder=own.id, to=step.to.height, days=step.days))]
        for step in (*own.ladder.to_ower, *own.ladder.upwards)
    ]
    return say("ladder-steps-title", title=own.title), keyboard(*rows, [_back(own)])


def step_screen(own: OwnLadder, step: LadderStep) -> Screen:
    """Another day, another hour, or away with it."""

    def change(days: int, hour: int) -> to.ChangeStep:
        place = {"ladder": own.id, "version": own.version, "to": step.to.height, "days": step.days}
        return to.ChangeStep(**place, new_days=days, hour=hour)

    hours = [ticked(f"{hour:%H:%M}", change(step.days, hour.hour), is_now=hour == step.at) for hour in HOURS]
    taken = {one.days for one in own.ladder.steps if one.to is step.to}
    earlier = next((day for day in range(step.days - 1, -FARTHEST_BEFORE - 1, -1) if day not in taken), None)
    later = next((day for day in range(step.days + 1, FARTHEST_AFTER + 1) if day not in taken), None)
    days = [
        button(key, change(day, step.at.hour), when=when_label(day))
        for key, day in (("button-step-earlier", earlier), ("button-step-later", later))
        if day is not None
    ]
    return say("ladder-step-title", title=own.title, step=step_words(step)), keyboard(
        days,
        *in_rows(hours, 3),
        [button("button-step-remove", change(step.days, -1))],
        [button("button-back", _edit(own, to.OwnAct.STEPS))],
    )


def adding_screen(own: OwnLadder, asked: to.AddStep) -> Screen:
    """To whom, then when, then at what hour; the last tap adds the step."""
    back = [_back(own)]
    if asked.to < 0:
        levels = [
            [button("button-step-to", asked.model_copy(update={"to": level.height}), to=level.value)] for level in Level
        ]
        return say("ladder-add-to", title=own.title), keyboard(*levels, back)
    level = list(Level)[asked.to]
    if asked.days > FARTHEST_AFTER:
        taken = {step.days for step in own.ladder.steps if step.to is level}
        offered = [days for days in (*(-days for days in _BEFORE), *_AFTER) if days not in taken]
        days = [named(when_label(days), asked.model_copy(update={"days": days})) for days in offered]
        return say("ladder-add-when", to=level.value), keyboard(*in_rows(days, 2), back)
    hours = [named(f"{hour:%H:%M}", asked.model_copy(update={"hour": hour.hour})) for hour in HOURS]
    text = say("ladder-add-hour", to=level.value, when=when_words(asked.days))
    return text, keyboard(*in_rows(hours, 3), back)


def bounds_screen(own: OwnLadder) -> Screen:
    ladder, place = own.ladder, {"ladder": own.id, "version": own.version}
    gaps = []
    for gap in GAPS:
        hours = int(gap.total_seconds() // 3600)
        label = plain("ladder-gap", hours=hours)
        gaps.append([ticked(label, to.SetBound(**place, gap=hours), is_now=gap == ladder.least_gap)])
    mosts = [
        ticked(plain("ladder-most", n=most), to.SetBound(**place, most=most), is_now=most == ladder.most)
        for most in MOSTS
    ]
    return say("ladder-bounds-title", title=own.title), keyboard(*gaps, *in_rows(mosts, 2), [_back(own)])


def retire_screen(own: OwnLadder) -> Screen:
    text = say("ladder-retire-ask", title=own.title, used=own.used)
    return text, keyboard([button("button-ladder-retire-sure", _edit(own, to.OwnAct.RETIRE_SURELY))], [_back(own)])


def foretold_screen(
    title: str, found: Sequence[Foretold], due_on: date, asked: to.Foretell, *, zone: ZoneInfo, today: date
) -> Screen:
    """What would come to whom for a term in so many days, if nobody ever answered."""
    parts = [say("foretold-title", title=title, due=day(due_on, today=today))]
    lines = [
        say(
            "foretold-line",
            at=stamp(one.at, zone),
            to=one.to.value,
            what=plain("foretold-new") if one.days is None else when_words(one.days),
        )
        for one in found
    ]
    parts.append(Markup("\n".join(lines)) if lines else say("foretold-nothing"))
    parts.append(say("foretold-note"))
    samples = [
        ticked(plain("foretold-in", days=days), asked.model_copy(update={"days": days}), is_now=days == asked.days)
        for days in SAMPLES
    ]
    back = to.ShowOwn(ladder=asked.ladder) if asked.ladder else to.ShowPreset(name=asked.name)
    return Markup("\n\n".join(parts)), keyboard(*in_rows(samples, 2), [button("button-back", back)])


def preset_title(name: LadderName) -> str:
    return plain("ladder-name", name=name.value)


def due_in(days: int, today: date) -> date:
    return today + timedelta(days=min(max(days, 0), max(SAMPLES)))


def ladder_of_own(own: OwnLadder | None, name: LadderName) -> tuple[str, Ladder]:
    return (preset_title(name), LADDERS[name]) if own is None else (own.title, own.ladder)


def _edit(own: OwnLadder, act: to.OwnAct) -> to.EditOwn:
    return to.EditOwn(ladder=own.id, act=act, version=own.version)


def _back(own: OwnLadder) -> InlineKeyboardButton:
    return button("button-back", to.ShowOwn(ladder=own.id))
