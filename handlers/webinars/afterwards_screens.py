"""«После события» as its organiser sees it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.afterwards import MOST_AFTER, RATINGS, FeedbackTally, Receivers
from bot.domain.events import CertificateFormat
from bot.ports.afterwards import Feedback, Material
from bot.services.show_afterwards import AfterwardsSheet, FeedbackPage
from bot.texts.catalogue import Markup, say
from bot.texts.times import moment
from bot.texts.wording import shorten
from handlers.attendance.callbacks import ShowSchools
from handlers.attendance.screens import counts
from handlers.people.buttons import button, keyboard
from handlers.rows import in_rows, pager
from handlers.webinars import afterwards_callbacks as to
from handlers.webinars.callbacks import ShowWebinar

Screen = tuple[Markup, InlineKeyboardMarkup]
_TITLE = 120
_MATERIAL = 100
_LINE = 350  # eight of them and the sums stay under 4,096 signs
_BAR = 10


def afterwards_screen(sheet: AfterwardsSheet, *, reader: ZoneInfo, now: datetime) -> Screen:
    event = sheet.event
    due = moment(event.due_at, reader=reader, today=now.astimezone(reader).date())
    parts = [say("after-title", title=shorten(event.title, _TITLE), due=due)]
    if now >= event.due_at:
        parts[0] = Markup(f"{parts[0]}\n{counts(sheet.tally)}")
    parts += _materials(sheet, now)
    lines = [_feedback(sheet.feedback) if event.details.asks_feedback else say("after-feedback-off")]
    details = event.details
    lines.append(say("after-certificate", on=_yes(details.gives_certificate), paper=details.certificate_as.value))
    parts.append(Markup("\n".join(lines)))
    return Markup("\n\n".join(parts)), keyboard(*_rows(sheet, now))


def sure_screen(sheet: AfterwardsSheet, receivers: Receivers) -> Screen:
    occurrence = sheet.event.occurrence_id
    titles = Markup("\n".join(_material(number, one) for number, one in enumerate(sheet.materials, start=1)))
    text = say("after-sure", to=receivers.value, n=sheet.waiting[receivers], titles=titles)
    sure = to.SendMaterials(occurrence=occurrence, to=receivers, is_sure=True)
    return text, keyboard([button("button-after-sure", sure)], [back(occurrence)])


def feedback_screen(found: FeedbackPage) -> Screen:
    event, tally = found.event, found.tally
    parts = [say("feedback-title", title=shorten(event.title, _TITLE))]
    if tally.given or tally.lines:
        parts.append(Markup("\n".join([_sum(tally), *_bars(tally)])))
        parts += [_line(one) for one in found.lines]
        parts.append(say("feedback-names-hint"))
    else:
        parts.append(say("feedback-none"))

    def turn(page: int) -> to.ShowFeedback:
        return to.ShowFeedback(occurrence=event.occurrence_id, page=page)

    table = to.GetEventFile(occurrence=event.occurrence_id, file=to.EventFile.TABLE)
    rows = [pager(found.page, found.pages, turn), [button("button-after-xlsx", table)]]
    return Markup("\n\n".join(parts)), keyboard(*rows, [back(event.occurrence_id)])


def back(occurrence: int) -> InlineKeyboardButton:
    return button("button-back", to.ShowAfterwards(occurrence=occurrence))


def number(value: float) -> str:
    """«4,6»."""
    return f"{value:.1f}".replace(".", ",")


def _materials(sheet: AfterwardsSheet, now: datetime) -> list[Markup]:
    if not sheet.materials:
        return [say("after-materials-none")]
    lines = [say("after-materials"), *(_material(place, one) for place, one in enumerate(sheet.materials, start=1))]
    parts = [Markup("\n".join(lines))]
    if any(one.told_at for one in sheet.materials):
        parts.append(say("after-told-hint"))
    if now < sheet.event.due_at:
        parts.append(say("after-early"))
    elif not any(sheet.waiting.values()):
        parts.append(say("after-served"))
    return parts


def _material(place: int, one: Material) -> Markup:
    kind, told = "file" if one.file_id else "link", _yes(one.told_at is not None)
    return say("after-material", number=place, title=shorten(one.title, _MATERIAL), kind=kind, told=told)


def _rows(sheet: AfterwardsSheet, now: datetime) -> list[list[InlineKeyboardButton]]:
    event, occurrence = sheet.event, sheet.event.occurrence_id
    rows = []
    if len(sheet.materials) < MOST_AFTER:
        rows.append([button("button-after-add", to.AddMaterial(occurrence=occurrence))])
    for one in sheet.materials:
        drop = to.DropMaterial(occurrence=occurrence, material=one.id)
        rows.append([button("button-after-drop", drop, title=shorten(one.title, 30))])
    if now >= event.due_at:
        for receivers, n in sheet.waiting.items():
            send = to.SendMaterials(occurrence=occurrence, to=receivers)
            rows += [[button("button-after-send", send, to=receivers.value, n=n)]] if n else []
        rows.append(
            [
                button("button-after-feedback", to.ShowFeedback(occurrence=occurrence)),
                button("button-after-turnout", ShowSchools(occurrence=occurrence)),
            ]
        )
    files = {"button-after-xlsx": to.EventFile.TABLE, "button-after-sign": to.EventFile.SIGN_LIST}
    rows += in_rows([button(key, to.GetEventFile(occurrence=occurrence, file=file)) for key, file in files.items()], 2)
    details = event.details
    asks = to.SwitchFeedback(occurrence=occurrence, on=not details.asks_feedback)
    certifies = to.SwitchCertificate(occurrence=occurrence, on=not details.gives_certificate)
    rows.append([button("button-after-ask", asks, on=_yes(details.asks_feedback))])
    rows.append([button("button-after-certify", certifies, on=_yes(details.gives_certificate))])
    is_pdf = details.gives_certificate and details.certificate_as is CertificateFormat.PDF
    other = CertificateFormat.DOCX if is_pdf else CertificateFormat.PDF
    rows.append(
        [button("button-after-certify-as", to.CertifyAs(occurrence=occurrence, paper=other), paper=other.value)]
    )
    if sheet.series is not None:
        rows.append([button("button-after-series", to.ShowSeries(series=sheet.series.id, occurrence=occurrence))])
    return [*rows, [button("button-after-event", ShowWebinar(occurrence=occurrence))]]


def _feedback(tally: FeedbackTally) -> Markup:
    average = "" if tally.average is None else number(tally.average)
    return say("after-feedback", given=tally.given, asked=max(tally.asked, tally.given), average=average)


def _sum(tally: FeedbackTally) -> Markup:
    average = "–" if tally.average is None else number(tally.average)
    return say("feedback-sum", average=average, given=tally.given, asked=max(tally.asked, tally.given))


def _bars(tally: FeedbackTally) -> list[Markup]:
    most = max(tally.ratings.values(), default=1)
    lines = []
    for rating in reversed(RATINGS):
        n = tally.ratings.get(rating, 0)
        lines.append(say("feedback-bar", rating=rating, bar="▇" * -(-n * _BAR // most), n=n))
    return lines


def _line(one: Feedback) -> Markup:
    return say("feedback-line", rating=one.rating or 0, text=shorten(one.text or "", _LINE))


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
