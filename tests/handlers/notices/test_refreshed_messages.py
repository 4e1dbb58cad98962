"""Older messages about an event: edited when it moves, and when the way in to it changes."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from bot.domain.calendar_entries import calendar_entry
from bot.domain.events import WayIn
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.services.change_way_in import change_way_in
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.handlers.notices.editing import DAYS, LATER, edits, sent
from tests.opening import assignment, matter, move_date, open_webinar
from tests.planning import plan_notices

NIGHT = MONDAY + timedelta(hours=14)


async def told(database: Database, network: SmallNetwork) -> OccurrenceId:
    """A webinar of the first school; its teacher has the announcement in his chat."""
    occurrence = await open_webinar(database, network, network.school_1)
    await plan_notices(database, now=MONDAY, days=DAYS)
    await sent(database)
    return occurrence


async def changed(
    database: Database, network: SmallNetwork, occurrence: OccurrenceId, way: WayIn, words: str | None
) -> int | None:
    async with database.read() as tx:
        facts = await tx.matters.occurrence_facts(occurrence)
    assert facts is not None
    return await change_way_in(
        database,
        actor=await actor_of(database, network.regional),
        occurrence_id=occurrence,
        version=facts.occurrence.version,
        way=way,
        words=words,
        now=LATER,
    )


async def test_another_link_is_put_into_the_messages_that_show_the_old_one(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await told(database, network)

    assert await changed(database, network, occurrence, WayIn.LINK, "https://example.org/new") == 1

    (text,) = (await edits(database, network.teacher_1)).values()
    assert "Исправлено: как попасть" in text
    assert "https://example.org/new" in text
    assert "https://example.org/w" not in text


async def test_the_news_of_a_link_is_itself_edited_when_the_link_changes_again(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await told(database, network)
    await changed(database, network, occurrence, WayIn.LINK, "https://example.org/second")
    await sent(database)

    await changed(database, network, occurrence, WayIn.LINK, "https://example.org/third")

    texts = await edits(database, network.teacher_1)
    assert len(texts) == 2, "the announcement and the news of the second link"
    assert all("https://example.org/third" in text and "second" not in text for text in texts.values())


async def test_an_edit_makes_no_sound_so_the_night_does_not_hold_it(database: Database, network: SmallNetwork) -> None:
    occurrence = await told(database, network)
    await changed(database, network, occurrence, WayIn.CODE, "1234")

    (text,) = (await edits(database, network.teacher_1, now=NIGHT)).values()

    assert "1234" in text


async def test_a_message_about_an_hour_that_has_moved_goes_on_saying_so(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await told(database, network)
    to = MONDAY + timedelta(days=3, hours=1)
    await move_date(database, network, occurrence, to=to, now=LATER)

    await changed(database, network, occurrence, WayIn.PLACE, "Владимир, ул. Мира, 1")

    (text,) = (await edits(database, network.teacher_1)).values()
    assert "Время вебинара изменилось" in text
    assert "ул. Мира, 1" in text


async def test_a_reminder_of_several_stays_a_list_when_one_of_them_moves(
    database: Database, network: SmallNetwork
) -> None:
    """Whichever of the two it is: the one that leads the message, or the one beside it."""
    for title in ("Первый вебинар", "Второй вебинар"):
        await open_webinar(database, network, network.school_1, title=title)
    await plan_notices(database, now=MONDAY, days=DAYS)
    async with database.write() as tx:
        reminders = list(
            (
                await tx._connection.execute(
                    select(notices.c.id, notices.c.occurrence_id).where(
                        notices.c.kind == "reminder", notices.c.person_id == network.teacher_1
                    )
                )
            ).all()
        )
        leader, beside = reminders
        values = {"state": "sent", "chat_id": 1}
        at = update(notices)
        await tx._connection.execute(at.where(notices.c.id == leader.id).values(message_id=77, **values))
        await tx._connection.execute(at.where(notices.c.id == beside.id).values(gathered_into=leader.id, **values))
    for number, occurrence in enumerate((leader.occurrence_id, beside.occurrence_id), start=1):
        to = MONDAY + timedelta(days=3, hours=number)
        await move_date(database, network, occurrence, to=to, now=LATER)
        await plan_notices(database, now=LATER, days=DAYS)
        text = (await edits(database, network.teacher_1))[77]
        assert "Первый вебинар" in text
        assert "Второй вебинар" in text
        assert f"{12 + number}:00" in text
        assert "так стоят дела" in text


async def test_the_same_again_edits_nothing(database: Database, network: SmallNetwork) -> None:
    occurrence = await told(database, network)

    assert await changed(database, network, occurrence, WayIn.LINK, "https://example.org/w") is None
    assert await changed(database, network, occurrence, WayIn.PLACE, None) is None

    async with database.read() as tx:
        planned = select(func.count()).select_from(notices).where(notices.c.kind.in_(["refresh", "info"]))
        assert (await tx._connection.execute(planned)).scalar_one() == 0


async def test_every_change_gives_the_calendar_a_higher_number(database: Database, network: SmallNetwork) -> None:
    occurrence = await told(database, network)
    owed = await assignment(database, occurrence, person=network.teacher_1)
    numbers = []
    for way, words in (
        (WayIn.LINK, "https://example.org/new"),
        (WayIn.PLACE, "Владимир"),
        (WayIn.CODE, "1234"),
        (WayIn.PLACE, None),
    ):
        numbers.append(await number(database, owed))
        await changed(database, network, occurrence, way, words)
    numbers.append(await number(database, owed))

    assert numbers == [1, 2, 3, 4, 5]


async def number(database: Database, owed: AssignmentId) -> int:
    his = await matter(database, owed)
    return calendar_entry(his, ZoneInfo("Europe/Moscow")).version
