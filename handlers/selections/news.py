"""What applicants are told of decisions, and those who select of a place that was given back."""

from __future__ import annotations

from bot.domain.selection import Application, ApplicationState, News
from bot.ports.selections import SelectionLine
from bot.services.announce_decisions import FreedPlace, ToldDecisions
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.answers.card import Card
from handlers.people.buttons import button, keyboard, named
from handlers.selections.callbacks import ShowOwnApplications, ShowSelection, TakeUp
from handlers.selections.wording import who, whom

_TITLE = 150
_LISTED = 25
_SIGNS = {
    News.MAIN: "✅",
    News.RAISED: "✅",
    News.RESERVE: "🕓",
    News.TO_RESERVE: "🕓",
    News.DECLINED: "✖️",
    News.TAKEN_OFF: "✖️",
}


def decisions_news(told: ToldDecisions, *, without_names: bool) -> Card:
    """One decision in words of its own, several as a list; the coordinator's reason with a refusal.

    ``without_names``: whom a school proposes goes by the number of the application.
    """
    title = say("decision-told-title", title=shorten(told.line.title, _TITLE))
    first = told.decisions[0][0]
    if len(told.decisions) == 1:
        parts = _one(*told.decisions[0], title, without_names=without_names)
    else:
        lines = [_line(one, news, without_names=without_names) for one, news in told.decisions[:_LISTED]]
        parts = [say("decision-told-several", n=len(told.decisions)), title, Markup("\n".join(lines))]
    is_person, n = first.person_id is not None, len(told.decisions)
    key = "button-applications-own" if is_person else "button-applications-own-school"
    own = button(key, ShowOwnApplications(assignment=first.assignment_id), n=n)
    is_of_one = len({one.assignment_id for one, _ in told.decisions}) == 1
    return Card(Markup("\n\n".join(parts)), keyboard([own] if is_of_one else []))


def freed_news(freed: FreedPlace, *, without_names: bool) -> Card:
    """Who steps back, how the lists stand by now, and who could be taken in one tap."""
    nobody = plain("application-erased")
    parts = [
        say(
            "place-freed",
            who=nobody if without_names else who(freed.application),
            title=shorten(freed.line.title, _TITLE),
            was=freed.was.value,
        )
    ]
    if freed.part is not None:
        parts.append(
            say(
                "place-freed-standing",
                part=freed.part.title,
                main=freed.part.main,
                quota="none" if freed.part.quota is None else str(freed.part.quota),
                all=sum(part.main for part in freed.lists.parts),
                places=freed.line.selection.places,
            )
        )
    rows = []
    if (up := freed.next_up) is not None:
        named_up = plain("application-number", n=up.number) if without_names else who(up)
        parts.append(say("place-freed-next", who=named_up, part=up.part_title))
        label = plain("button-take-up", who=named_up if without_names else whom(up))
        rows.append([named(label, TakeUp(application=up.id, version=up.version))])
    elif freed.was.value == "main":
        parts.append(say("place-freed-nobody"))
    rows.append([button("button-selection-open", ShowSelection(occurrence=freed.line.occurrence_id))])
    return Card(Markup("\n\n".join(parts)), keyboard(*rows))


def ended_news(line: SelectionLine) -> Card:
    """How many came for how many places, and the way to decide about them."""
    title, places = shorten(line.title, _TITLE), line.selection.places
    if not line.standing:
        text = say("applications-over-none", title=title, places=places)
        return Card(text, keyboard([button("button-selection-open", ShowSelection(occurrence=line.occurrence_id))]))
    waiting = line.count(ApplicationState.WAITING)
    text = say("applications-over", title=title, n=line.standing, places=places, waiting=waiting)
    return Card(text, keyboard([button("button-selection-decide", ShowSelection(occurrence=line.occurrence_id))]))


def _one(application: Application, news: News, title: Markup, *, without_names: bool) -> list[Markup]:
    is_school = application.person_id is None
    key = "decision-told-main-school" if is_school and news is News.MAIN else f"decision-told-{news.value}"
    about = [say("decision-told-about", about=_about(application, without_names=without_names))] if is_school else []
    parts = [say(key), Markup("\n".join([title, *about]))]
    if application.reason and news in (News.DECLINED, News.TAKEN_OFF):
        parts.append(say("decision-told-reason", reason=application.reason))
    return parts


def _line(application: Application, news: News, *, without_names: bool) -> Markup:
    is_refusal = news in (News.DECLINED, News.TAKEN_OFF) and application.reason
    reason = say("decision-told-line-reason", reason=application.reason or "") if is_refusal else Markup("")
    state = application.told or application.state
    listed = plain(f"application-state-{state.value}")
    return say(
        "decision-told-line",
        sign=_SIGNS[news],
        about=_about(application, without_names=without_names),
        list=listed,
        reason=reason,
    )


def _about(application: Application, *, without_names: bool) -> str:
    return plain("application-number", n=application.number) if without_names else whom(application)
