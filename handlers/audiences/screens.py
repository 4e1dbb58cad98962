"""The screens of choosing an audience. Every choice is a button that shows its state; every tap counts at once."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.audiences import PARTS_OF, SAID_TO
from bot.domain.matters import ActivityKind, AnsweredBy
from bot.domain.network import Role, Unit
from bot.ports.addressees import AnsweredDate
from bot.services.choose_audience import AddresseePage, AudienceOf, AudienceView, DatePage
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import short_name, shorten
from handlers.audiences import callbacks as to
from handlers.audiences.wording import audience_lines, date_words, people_words, role_word
from handlers.people.buttons import button, keyboard, named
from handlers.rows import Row, in_rows, pager

Screen = tuple[Markup, InlineKeyboardMarkup]

_PARTS = 8
_WORDS = 30
_COHORTS = 6


def main_screen(view: AudienceView, reader: ZoneInfo, ready: CallbackData) -> Screen:
    """Who, where, but whom, and how many they are. ``ready``: where «Готово» leads."""
    choices = view.choices
    is_people = view.audience.answered_by is AnsweredBy.PERSON
    rows = _who_answers(view) + (_whom(view) if is_people else [])
    if PARTS_OF[choices.unit.kind] and choices.parts:
        rows.append([_open("button-audience-where", view, to.Page.WHERE)])
    if choices.programmes and is_people:
        rows.append([_open("button-audience-programmes", view, to.Page.PROGRAMMES)])
    if choices.tags:
        rows.append([_open("button-audience-tags", view, to.Page.TAGS)])
    rows.append([_open("button-audience-answers", view, to.Page.ANSWERS)])
    rows.append([_open("button-audience-except", view, to.Page.EXCEPT)])
    if view.of is AudienceOf.ROW and view.has_own:
        rows.append([button("button-as-document", _choice(view, to.Choice.AS_DOCUMENT))])
    rows.append([button("button-audience-ready", ready)])
    return _text(view, reader, _head(view)), keyboard(*rows)


def _who_answers(view: AudienceView) -> list[Row]:
    """To an event people come; for a document schools or people answer."""
    if view.of.is_of_people:
        return []
    is_people = view.audience.answered_by is AnsweredBy.PERSON
    return [
        [
            _pick(view, to.Choice.SCHOOLS, "", plain("button-schools"), not is_people),
            _pick(view, to.Choice.PEOPLE, "", plain("button-persons"), is_people),
        ]
    ]


def _whom(view: AudienceView) -> list[Row]:
    audience = view.audience
    roles = [
        _pick(view, to.Choice.ROLE, role.value, _capital(role_word(role)), role in audience.roles) for role in Role
    ]
    cohorts = [
        _pick(view, to.Choice.COHORT, checksum(one), plain("button-cohort", cohort=one), one == audience.cohort)
        for one in view.choices.cohorts[:_COHORTS]
    ]
    return [*in_rows(roles, 2), *in_rows(cohorts, 2)]


def where_screen(view: AudienceView, reader: ZoneInfo, number: int, *, is_except: bool = False) -> Screen:
    """The parts to address, or to leave out."""
    audience, choices = view.audience, view.choices
    choice = to.Choice.WITHOUT_PART if is_except else to.Choice.PART
    chosen = audience.excluded if is_except else audience.unit_ids
    number, pages, parts = _cut(choices.parts, number)
    rows = [[_pick(view, choice, str(part.id), _capital(part.title), part.id in chosen, number)] for part in parts]
    page = to.Page.EXCEPT if is_except else to.Page.WHERE
    rows.append(pager(number, pages, lambda n: _at(view, page, n)))
    if is_except:
        if choices.tags:
            rows.append([_open("button-audience-except-tags", view, to.Page.EXCEPT_TAGS)])
        if audience.answered_by is AnsweredBy.PERSON:
            rows.append([_open("button-audience-except-people", view, to.Page.EXCEPT_PEOPLE)])
    else:
        whole = plain("button-everywhere", unit=shorten(choices.unit.title, 28))
        rows.insert(0, [_pick(view, to.Choice.EVERYWHERE, "", whole, choices.unit.id in audience.unit_ids)])
    key = "audience-ask-except" if is_except else "audience-ask-where"
    return _text(view, reader, say(key)), keyboard(*rows, [_back(view)])


def words_screen(view: AudienceView, reader: ZoneInfo, page: to.Page) -> Screen:
    """Tags to choose by, tags to leave out, or programmes."""
    audience, choices = view.audience, view.choices
    choice, words, chosen = {
        to.Page.TAGS: (to.Choice.TAG, choices.tags, audience.tags),
        to.Page.EXCEPT_TAGS: (to.Choice.WITHOUT_TAG, choices.tags, audience.without_tags),
    }.get(page, (to.Choice.PROGRAMME, choices.programmes, audience.programmes))
    # What was chosen and is on nobody any more is shown too: it could not be taken away else.
    every = list(dict.fromkeys([*words[:_WORDS], *chosen]))
    rows = in_rows([_pick(view, choice, checksum(word), word, word in chosen) for word in every], 2)
    back = to.Page.EXCEPT if page is to.Page.EXCEPT_TAGS else to.Page.MAIN
    return _text(view, reader, say(f"audience-ask-{page.name.lower()}")), keyboard(*rows, [_back(view, back)])


def people_screen(view: AudienceView, reader: ZoneInfo, found: AddresseePage, words: str) -> Screen:
    """The people of the audience by name; who is left out has a mark, and comes back with another tap."""
    out = view.audience.without_people
    rows = []
    for one in found.people:
        label = plain("audience-person", name=short_name(one.full_name), unit=one.unit_title)
        marked = plain("audience-out" if one.person_id in out else "unticked", label=label)
        rows.append([named(marked, _choice(view, to.Choice.WITHOUT_PERSON, str(one.person_id), found.page))])
    rows.append(pager(found.page, found.pages, lambda n: _at(view, to.Page.EXCEPT_PEOPLE, n)))
    key = "audience-ask-people-none" if words and not found.people else "audience-ask-people"
    text = _text(view, reader, say(key, words=words))
    return text, keyboard(*rows, [_back(view, to.Page.EXCEPT)])


def answers_screen(view: AudienceView, reader: ZoneInfo) -> Screen:
    """By the answers to an event, or to a task."""
    rows = [
        [button("button-audience-by", to.ListAnswered(of=view.of, subject=view.id, kind=kind), kind=kind.value)]
        for kind in (ActivityKind.WEBINAR, ActivityKind.TASK)
    ]
    if view.audience.elsewhere is not None:
        rows.append([button("button-audience-anybody", _choice(view, to.Choice.ANYBODY))])
    return _text(view, reader, say("audience-ask-answers")), keyboard(*rows, [_back(view)])


def dates_screen(view: AudienceView, kind: ActivityKind, found: DatePage, reader: ZoneInfo) -> Screen:
    rows = [
        [named(_dated(one, reader), to.ShowSaid(of=view.of, subject=view.id, date=one.occurrence_id))]
        for one in found.dates
    ]
    rows.append(
        pager(
            found.page,
            found.pages,
            lambda n: to.ListAnswered(of=view.of, subject=view.id, kind=kind, number=n),
        )
    )
    key = "audience-by-date" if found.dates else "audience-no-dates"
    return say(key, kind=kind.value), keyboard(*rows, [_back(view, to.Page.ANSWERS)])


def said_screen(view: AudienceView, date: AnsweredDate, reader: ZoneInfo) -> Screen:
    rows = [
        [button("button-said", _choice(view, to.Choice.SAID, f"{date.occurrence_id}.{said.value}"), said=said.value)]
        for said in SAID_TO[date.kind]
    ]
    back = button("button-back", to.ListAnswered(of=view.of, subject=view.id, kind=date.kind))
    return say("audience-said", date=date_words(date, reader)), keyboard(*rows, [back])


def _dated(date: AnsweredDate, reader: ZoneInfo) -> str:
    """The day first: a long title is cut at the end."""
    return plain("audience-date-label", day=short_day(date.due_at.astimezone(reader).date()), title=date.title)


def checksum(word: str) -> str:
    """What a button carries of a word: the word itself may be too long, and its place in the list changes."""
    return str(crc32(word.encode()))


def _text(view: AudienceView, reader: ZoneInfo, head: Markup) -> Markup:
    choices = view.choices
    parts = [head, audience_lines(choices, reader)]
    if view.of.is_of_people:
        parts.append(say("audience-people", people=people_words(choices.size)))
    else:
        size = plain(
            "audience-size",
            schools=plain("n-schools", n=choices.size.schools),
            people=plain("n-people", n=choices.size.people),
        )
        parts.append(say("audience-count", size=size))
        if choices.size.schools == 0:
            parts.append(say("audience-nobody"))
    return Markup("\n\n".join(parts))


def _head(view: AudienceView) -> Markup:
    if view.of is AudienceOf.EVENT:
        return say("audience-title-event")
    if view.of is AudienceOf.CALL:
        return say("audience-title-call")
    if view.of is AudienceOf.SELECTION:
        return say("audience-title-selection")
    title = say("audience-title-row", number=view.row or "") if view.row is not None else say("audience-title")
    return Markup(f"{title}\n{say(f'audience-hint-{view.audience.answered_by.value}')}")


def _pick(
    view: AudienceView, choice: to.Choice, value: str, label: str, is_on: bool, number: int = 0
) -> InlineKeyboardButton:
    return named(plain("ticked" if is_on else "unticked", label=label), _choice(view, choice, value, number))


def _choice(view: AudienceView, choice: to.Choice, value: str = "", number: int = 0) -> to.ChooseAudience:
    return to.ChooseAudience(
        of=view.of, subject=view.id, version=view.version, choice=choice, value=value, number=number
    )


def _at(view: AudienceView, page: to.Page, number: int = 0) -> to.ShowAudience:
    return to.ShowAudience(of=view.of, subject=view.id, page=page, number=number)


def _open(key: str, view: AudienceView, page: to.Page) -> InlineKeyboardButton:
    return button(key, _at(view, page))


def _back(view: AudienceView, page: to.Page = to.Page.MAIN) -> InlineKeyboardButton:
    return button("button-audience-ready" if page is to.Page.MAIN else "button-back", _at(view, page))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cut(parts: Sequence[Unit], number: int) -> tuple[int, int, Sequence[Unit]]:
    pages = max(1, -(-len(parts) // _PARTS))
    number = min(max(number, 0), pages - 1)
    return number, pages, parts[number * _PARTS : (number + 1) * _PARTS]
