"""What is forgotten of agenda points and when; their titles stay. And the notice of what was proposed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dialogs.conversations.agenda.point_notices import proposed
from storage.domain.agenda import AgendaTraces, Case, PointDetails, PointKind, PointState
from storage.domain.notices import Notice, NoticeState, Timing, to_person
from storage.services.house import House
from storage.services.points import POINT_PROPOSED
from storage.tables.agenda import AgendaPointRow, CaseRow, CommentRow
from tests.conftest import NOW
from tests.storage.proposals import ENDS, LATER, ans, filled, here, id_of, miel, propose, roos, set_point, tarik
from tests.storage.support import MEMBER, everything, rows

__all__ = ["filled", "here"]

MARKS = ("tamboerijn", "kastanjebruin", "windmolen", "zeepaardje", "parachute", "trampoline", "dromedaris")
"""Words that stand in no other text."""

DAY = timedelta(days=1)


async def told(house: House, key: str | None = None) -> PointDetails:
    """A case with everything that can be said of it, every part with its own word."""
    who = await tarik(house)
    made = await propose(
        house, who, "Thuisblijven", key=key, kind=PointKind.CASE, explanation=f"iets over een {MARKS[0]}"
    )
    said = [f"iets over een {mark}" for mark in MARKS[1:5]]
    await house.points.tell_case(made.point.id, Case(*said), who, NOW)
    await house.points.comment(made.point.id, f"iets over een {MARKS[5]}", await ans(house), NOW)
    await set_point(house, made.point.id, declined_why=f"iets over een {MARKS[6]}")
    return made


async def standing(house: House) -> dict[str, set[str]]:
    """In which tables each of the words stands."""
    tables = {name: repr(found) for name, found in (await everything(house)).items()}
    return {mark: {name for name, text in tables.items() if mark in text} for mark in MARKS}


async def is_kept(house: House, now: datetime) -> bool:
    """Whether the texts of the case are kept then: all of them, or none."""
    await house.retention.forget_old(now)
    found = {mark for mark, tables in (await standing(house)).items() if tables}
    assert found in (set(), set(MARKS))
    titles = [title for (title,) in await rows(house, select(AgendaPointRow.title))]
    assert "Thuisblijven" in titles
    return bool(found)


async def test_the_words_of_a_case_stand_only_where_they_are_forgotten(here: House) -> None:
    await told(here, LATER)
    assert set().union(*(await standing(here)).values()) == {"agenda_points", "cases", "agenda_comments"}


async def test_a_case_is_forgotten_thirty_days_after_its_meeting(filled: House) -> None:
    made = await told(filled, "intervisie-open")
    await set_point(filled, made.point.id, state=PointState.HANDLED.value)
    assert await is_kept(filled, ENDS + 29 * DAY)
    assert not await is_kept(filled, ENDS + 31 * DAY)
    (forgotten,) = await rows(filled, select(AgendaPointRow.forgotten_at).where(AgendaPointRow.id == made.point.id))
    assert forgotten == (ENDS + 31 * DAY,)
    assert await rows(filled, select(CaseRow.point_id)) == []


async def test_the_rule_of_the_kind_says_how_long(here: House) -> None:
    made = await told(here, "intervisie-open")
    await set_point(here, made.point.id, state=PointState.HANDLED.value)
    await here._units.write(lambda unit: unit.rules.set("intervisie", "case_days", "3"))
    assert await is_kept(here, ENDS + 2 * DAY)
    assert not await is_kept(here, ENDS + 4 * DAY)


async def test_what_nobody_settled_yet_is_kept_for_a_week_whatever_the_rule(here: House) -> None:
    await told(here, "intervisie-open")
    await here._units.write(lambda unit: unit.rules.set("intervisie", "case_days", "0"))
    assert await is_kept(here, ENDS + 6 * DAY)
    assert not await is_kept(here, ENDS + 8 * DAY)


async def test_a_case_that_went_on_is_kept_until_the_later_meeting(here: House) -> None:
    made = await told(here, "intervisie-open")
    await set_point(here, made.point.id, meeting_id=await id_of(here, LATER), carried_from_id=await id_of(here))
    assert await is_kept(here, ENDS + 80 * DAY)


async def test_a_case_that_waits_where_it_was_not_discussed_is_kept_as_in_the_backlog(filled: House) -> None:
    made = await told(filled, "intervisie-open")
    await set_point(filled, made.point.id, carried_from_id=await id_of(filled))
    assert await is_kept(filled, ENDS + 89 * DAY)
    assert not await is_kept(filled, ENDS + 91 * DAY)


async def test_a_case_in_the_backlog_is_forgotten_after_ninety_days(filled: House) -> None:
    await told(filled)
    assert await is_kept(filled, NOW + 89 * DAY)
    assert not await is_kept(filled, NOW + 91 * DAY)


async def test_a_case_that_was_taken_back_is_forgotten_after_a_week(here: House) -> None:
    made = await told(here, LATER)
    await here.points.withdraw(made.point.id, await tarik(here), NOW)
    assert await is_kept(here, NOW + 6 * DAY)
    assert not await is_kept(here, NOW + 8 * DAY)


async def test_what_is_no_case_any_more_is_forgotten_like_one(here: House) -> None:
    made = await told(here)
    await set_point(here, made.point.id, kind=PointKind.THEME.value)
    assert not await is_kept(here, NOW + 91 * DAY)


async def test_of_other_points_only_what_was_said_is_forgotten_half_a_year_after(filled: House) -> None:
    made = await propose(filled, await tarik(filled), explanation="Wie doet wat?")
    await filled.points.comment(made.point.id, "Goed idee", await ans(filled), NOW)
    for days, kept in ((179, 1), (181, 0)):
        await filled.retention.forget_old(ENDS + days * DAY)
        assert len(await rows(filled, select(CommentRow.id))) == kept
    assert await rows(filled, select(AgendaPointRow.explanation).where(AgendaPointRow.id == made.point.id)) == [
        ("Wie doet wat?",)
    ]


async def test_a_draft_is_forgotten_when_nobody_goes_on_with_it_for_a_week(filled: House) -> None:
    who = await tarik(filled)
    await filled.points.keep_draft("point", {"title": "Huiswerk"}, who, NOW)
    await filled.retention.forget_old(NOW + 6 * DAY)
    assert await filled.points.draft("point", who) is not None
    await filled.retention.forget_old(NOW + 8 * DAY)
    assert await filled.points.draft("point", who) is None


async def test_somebody_hears_how_much_of_them_is_kept(filled: House) -> None:
    who, other = await tarik(filled), await ans(filled)
    made = await propose(filled, other)
    await filled.points.support(made.point.id, who, NOW)
    await filled.points.comment(made.point.id, "Goed idee", who, NOW)
    await filled.points.keep_draft("point", {}, who, NOW)
    assert await filled.points.traces(who) == AgendaTraces(comments=1, supports=1, drafts=1)
    assert await filled.points.traces(other) == AgendaTraces(points=1)
    assert await filled.points.traces(MEMBER) == AgendaTraces()


# --- the notice of what was proposed


async def said(house: House, to: Any, meeting_id: int, now: datetime = NOW) -> str | None:
    """What somebody reads of what was proposed for a meeting."""
    target = to_person(to.person.id)
    notice = Notice(1, POINT_PROPOSED, str(meeting_id), target, NOW, Timing.SMALL, NoticeState.SENDING, {})
    message = await proposed(house, notice, now)
    return message.text if message else None


async def test_the_organiser_reads_what_waits_for_them_and_not_what_is_on_the_agenda(here: House) -> None:
    organiser, meeting_id = await ans(here), await id_of(here)
    await propose(here, organiser, "Rust")
    assert await said(here, organiser, meeting_id) is None
    await propose(here, await tarik(here), "Huiswerk")
    assert await said(here, organiser, meeting_id) == (
        "Er ligt een voorstel klaar voor de intervisie van donderdag 10 december 2026: 'Huiswerk'. "
        "Neem je het op? Dat kan op het bord."
    )
    for title in ("Verlof", "Spijbelen", "Zwemmen", "Taal thuis", "Vervoer", "Lezen"):
        await propose(here, await miel(here), title)
    text = await said(here, organiser, meeting_id)
    assert text is not None
    assert text.startswith("Er liggen 7 voorstellen klaar")
    assert "en nog 2." in text


@pytest.mark.parametrize("how", ["over", "cancelled", "nobody's", "their own"])
async def test_nothing_is_said_when_there_is_nothing_to_decide(here: House, how: str) -> None:
    who, now, meeting_id = await ans(here), NOW, await id_of(here)
    made = await propose(here, await tarik(here))
    if how == "over":
        now = ENDS + DAY
    elif how == "cancelled":
        await here.planning.cancel(meeting_id, await roos(here), NOW)
        await set_point(here, made.point.id, meeting_id=meeting_id)
    elif how == "nobody's":
        who = await miel(here)
    else:
        await set_point(here, made.point.id, proposer_id=who.person.id if who.person else None)
    assert await said(here, who, meeting_id, now) is None
