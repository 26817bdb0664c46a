"""What is forgotten of reports and when: what was said of cases, and what somebody took away."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from storage.domain.refusals import NoSuchLine
from storage.domain.reports import LineKind, NewLine
from storage.services.house import House
from storage.tables.actions import ActionRow
from storage.tables.meetings import MeetingRow
from storage.tables.reports import ObjectionRow, ReportLineRow, ReportRow, ReportSourceRow, ReportVersionRow
from tests.storage.proposals import ENDS, filled, here, id_of, roos, tarik
from tests.storage.reporting import ACTION, DURING, MORNING_AFTER, Written, deliver, note, post, texts, whole
from tests.storage.support import change, everything, rows

__all__ = ["filled", "here"]

DAY = timedelta(days=1)
MARKS = ("tamboerijn", "kastanjebruin", "windmolen", "zeepaardje", "parachute")
"""Words that stand in no other text, each somewhere else in what is said of a case."""


def the_report() -> Written:
    """A report with a case."""
    found = Written().point("1", "Rust", "We bespraken de trampoline.").decided("We kopen een dromedaris", "1")
    found = found.point("2", f"Casus {MARKS[0]}", f"Het gezin heeft een {MARKS[1]}.")
    return found.to_do(f"zoekt een {MARKS[2]}", "2", owner=f"Wie van {MARKS[3]} is")


async def said_of_a_case(house: House) -> None:
    """A report of a case is delivered and posted, and somebody objects to it."""
    await deliver(house, the_report(), await roos(house))
    line = next(one for one in (await whole(house)).lines if one.private)
    who = (await tarik(house)).person
    assert who is not None
    objection = {"meeting_id": line.id and await id_of(house), "line_id": line.id, "person_id": who.id}
    await change(house, insert(ObjectionRow).values(**objection, text=f"Geen {MARKS[4]}", at=MORNING_AFTER))
    await post(house)


async def kept(house: House) -> set[str]:
    """Which of the words still stand anywhere."""
    tables = repr(await everything(house))
    return {mark for mark in MARKS if mark in tables}


async def forget(house: House, now: datetime) -> set[str]:
    """What is left of the case when what is old then is forgotten."""
    await house.retention.forget_old(now)
    return await kept(house)


async def test_what_was_said_of_a_case_is_forgotten_thirty_days_after_its_meeting(filled: House) -> None:
    await said_of_a_case(filled)
    assert await forget(filled, ENDS + 29 * DAY) == set(MARKS)
    assert await forget(filled, ENDS + 31 * DAY) == set()
    assert await texts(filled) == ["Rust", "We bespraken de trampoline.", "We kopen een dromedaris"]
    assert await rows(filled, select(ReportSourceRow.text)) == [("",)]
    assert await rows(filled, select(ReportRow.forgotten_at)) == [(ENDS + 31 * DAY,)]
    assert await rows(filled, select(ObjectionRow.id)) == []


async def test_forgotten_once_it_stays_as_it_is(here: House) -> None:
    await said_of_a_case(here)
    await forget(here, ENDS + 31 * DAY)
    before = await everything(here)
    await forget(here, ENDS + 32 * DAY)
    assert await everything(here) == before


async def test_the_rule_of_the_kind_says_how_long(here: House) -> None:
    await said_of_a_case(here)
    await here._units.write(lambda unit: unit.rules.set("intervisie", "case_days", "3"))
    assert await forget(here, ENDS + 2 * DAY) == set(MARKS)
    assert await forget(here, ENDS + 4 * DAY) == set()


async def test_a_meeting_that_moved_keeps_what_was_said_until_it_is_over(here: House) -> None:
    await said_of_a_case(here)
    await change(here, update(MeetingRow).where(MeetingRow.id == await id_of(here)).values(ends_at=ENDS + 60 * DAY))
    assert await forget(here, ENDS + 61 * DAY) == set(MARKS)


async def test_a_private_note_that_was_taken_away_is_forgotten_as_well(here: House) -> None:
    who = await roos(here)
    line = await note(here, who, f"zoekt een {MARKS[2]}", ACTION, item_title="Casus", owner="An")
    await here.reports.remove(await id_of(here), line.id, who, DURING)
    await forget(here, ENDS + 31 * DAY)
    assert await rows(here, select(ReportLineRow.text, ReportLineRow.owner, ReportLineRow.item_title)) == [
        ("", None, None)
    ]
    with pytest.raises(NoSuchLine):
        await here.reports.restore(await id_of(here), line.id, who, ENDS + 31 * DAY)


async def test_what_was_to_be_done_about_a_case_is_forgotten_with_it(here: House) -> None:
    await said_of_a_case(here)
    line = (await whole(here)).of(ACTION, private=True)[0]
    action = {"meeting_id": await id_of(here), "line_id": line.id, "text": "x", "state": "open", "created_at": ENDS}
    await change(here, insert(ActionRow).values(**action))
    assert await forget(here, ENDS + 31 * DAY) == set()
    assert await rows(here, select(ActionRow.line_id)) == []


async def test_no_version_holds_what_is_private(filled: House) -> None:
    await said_of_a_case(filled)
    await filled.reports.add(await id_of(filled), NewLine(ACTION, "belt het CLB"), await roos(filled), MORNING_AFTER)
    versions: list[tuple[Any, ...]] = await rows(filled, select(ReportVersionRow.lines))
    assert len(versions) == 2
    assert not [mark for mark in MARKS if mark in repr(versions)]


async def test_the_text_that_a_line_was_taken_from_is_forgotten_also_when_the_line_became_public(
    filled: House,
) -> None:
    who, meeting_id = await roos(filled), await id_of(filled)
    written = Written().point("1", "Rust", f"Jonas, 12 jaar, speelt op de {MARKS[0]}.")
    await deliver(filled, written, who)
    line = (await whole(filled)).of(LineKind.DISCUSSION, private=True)[0]
    values = {"text": "Een leerling speelt.", "private": False}
    await filled.reports.change(meeting_id, line.id, values, who, MORNING_AFTER)
    assert await forget(filled, ENDS + 29 * DAY) == {MARKS[0]}
    assert await forget(filled, ENDS + 31 * DAY) == set()
    assert await texts(filled) == ["Rust", "Een leerling speelt."]


async def test_a_report_without_a_case_is_kept(filled: House) -> None:
    written = Written().point("1", "Rust", "We bespraken de trampoline.")
    await deliver(filled, written, await roos(filled))
    await forget(filled, ENDS + 400 * DAY)
    assert await rows(filled, select(ReportSourceRow.text)) == [(written.text,)]
    assert await rows(filled, select(ReportRow.forgotten_at)) == []


async def test_once_forgotten_the_same_report_brings_nothing_back(here: House) -> None:
    await said_of_a_case(here)
    await forget(here, ENDS + 31 * DAY)
    await deliver(here, the_report(), await roos(here), ENDS + 32 * DAY)
    assert await kept(here) == set()


async def test_what_was_taken_away_is_kept_for_a_month_to_be_put_back(filled: House) -> None:
    who, meeting_id = await roos(filled), await id_of(filled)
    line = await note(filled, who, f"We kopen een {MARKS[0]}")
    await filled.reports.remove(meeting_id, line.id, who, MORNING_AFTER)
    assert await forget(filled, MORNING_AFTER + 29 * DAY) == {MARKS[0]}
    assert await forget(filled, MORNING_AFTER + 31 * DAY) == set()
