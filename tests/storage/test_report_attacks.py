"""What must not come of reports whoever does what: no word lives on of a line that was taken out, and no flood."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.domain.actions import ACTION_PASSED
from storage.domain.meetings import Audience, MeetingKind
from storage.domain.old_reports import OldReport
from storage.domain.refusals import IdentifiesSomebody, NoSuchAction
from storage.domain.reports import Line, LineKind
from storage.services.house import House
from storage.tables.actions import ActionRow
from storage.tables.notices import NoticeRow
from storage.tables.reports import ReportLineRow
from tests.storage.doings import take_part
from tests.storage.proposals import ans, filled, here, id_of, roos, tarik
from tests.storage.reporting import ACTION, DECISION, MORNING_AFTER, Written, note
from tests.storage.support import MIEL, TARIK, rows

__all__ = ["filled", "here"]

SAID = "mailt het CLB"
OLD = (MeetingKind.INTERVISIE, Audience.NETWORK)


async def lived(house: House) -> Line:
    """A line of a posted report, of which Tarik's action came."""
    await take_part(house, TARIK, MIEL)
    line = await note(house, await ans(house), SAID, ACTION, owner="Tarik")
    await house.summaries.release(await id_of(house), await roos(house), MORNING_AFTER)
    return line


async def kept(house: House) -> list[str]:
    """What stands in the table of actions."""
    return [text for (text,) in await rows(house, select(ActionRow.text).order_by(ActionRow.id))]


async def the_id(house: House) -> int:
    """The id of the only action."""
    return int((await rows(house, select(ActionRow.id)))[0][0])


async def test_what_becomes_private_and_something_else_at_once_is_no_action_any_more(filled: House) -> None:
    line = await lived(filled)
    values = {"private": True, "kind": DECISION}
    await filled.reports.change(await id_of(filled), line.id, values, await ans(filled), MORNING_AFTER)
    assert await kept(filled) == []


async def test_an_action_whose_line_was_taken_out_is_there_for_nobody_until_it_is_put_back(filled: House) -> None:
    line, owner = await lived(filled), await tarik(filled)
    action, meeting = await the_id(filled), await id_of(filled)
    await filled.reports.remove(meeting, line.id, await ans(filled), MORNING_AFTER)
    for act in (filled.actions.reopen, filled.actions.done, filled.actions.give_back):
        with pytest.raises(NoSuchAction):
            await act(action, owner, MORNING_AFTER)
    assert await filled.actions.known([action], await roos(filled)) == ()
    await filled.reports.restore(meeting, line.id, await ans(filled), MORNING_AFTER)
    assert [one.text for one in await filled.actions.mine(owner, MORNING_AFTER)] == [SAID]


async def test_what_was_done_is_not_told_any_more_once_its_line_is_taken_out(here: House) -> None:
    line = await lived(here)
    await here.actions.done(await the_id(here), await tarik(here), MORNING_AFTER)
    await here.reports.remove(await id_of(here), line.id, await ans(here), MORNING_AFTER)
    assert await here.actions.settled(await tarik(here), MORNING_AFTER) == ()


async def test_the_words_of_an_action_are_forgotten_with_those_of_its_line(filled: House) -> None:
    line = await lived(filled)
    await filled.reports.remove(await id_of(filled), line.id, await ans(filled), MORNING_AFTER)
    await filled.retention.forget_old(MORNING_AFTER + timedelta(days=31))
    assert await kept(filled) == []


async def test_what_somebody_was_given_is_shown_anew_when_its_line_is_taken_out(here: House) -> None:
    line, owner, other = await lived(here), await tarik(here), await roos(here)
    assert other.person is not None
    await here.actions.pass_on(await the_id(here), other.person.id, owner, MORNING_AFTER)
    version = select(NoticeRow.version).where(NoticeRow.kind == ACTION_PASSED)
    before = await rows(here, version)
    await here.reports.remove(await id_of(here), line.id, await ans(here), MORNING_AFTER)
    assert await rows(here, version) == [(before[0][0] + 1,)]


async def test_correcting_an_old_report_brings_none_of_its_actions_to_life(filled: House) -> None:
    day = (MORNING_AFTER - timedelta(days=40)).date()
    written = Written().decided("We starten in maart.").to_do(SAID, owner="Tarik").to_do("belt de school")
    old = OldReport("v.txt", written.text, written.minutes, day, "Oud", *OLD)
    taken = await filled.memory.take_in(old, "Europe/Brussels", MORNING_AFTER)
    assert taken.meeting is not None
    theirs = select(ReportLineRow.id).where(ReportLineRow.meeting_id == taken.meeting.id)
    lines = await rows(filled, theirs.order_by(ReportLineRow.position))
    values, later = {"text": "We starten in april."}, MORNING_AFTER + timedelta(days=1)
    await filled.reports.change(taken.meeting.id, lines[0][0], values, await roos(filled), later)
    assert await kept(filled) == []
    await filled.reports.change(taken.meeting.id, lines[1][0], {"text": "belt het CLB"}, await roos(filled), later)
    assert await kept(filled) == ["belt het CLB"]


async def test_an_archive_that_is_taken_in_sends_nothing_and_asks_nothing(here: House) -> None:
    for number in range(1, 40):
        day = (MORNING_AFTER - timedelta(days=number)).date()
        written = Written().decided(f"Besluit {number}.").to_do(SAID, owner="Tarik", due=day)
        old = OldReport(f"{number}.txt", written.text, written.minutes, day, f"Oud {number}", *OLD)
        await here.memory.take_in(old, "Europe/Brussels", MORNING_AFTER)
    for hours in range(0, 24 * 20, 12):
        now = MORNING_AFTER + timedelta(hours=hours)
        for errand in (here.actions, here.approvals, here.summaries):
            await errand.plan_due(now)
    old_ones = select(func.count()).select_from(NoticeRow).where(NoticeRow.kind.not_in(["invitation", "reminder"]))
    assert await rows(here, old_ones) == [(0,)]


async def test_where_somebody_comes_from_passes_the_gate_too(here: House) -> None:
    said = {"organisation": "mama van Yassine Benali (15 jaar)"}
    with pytest.raises(IdentifiesSomebody) as refused:
        await note(here, await ans(here), "An Peeters", LineKind.ATTENDEE, data=said)
    assert refused.value.field == "organisation"
    assert await rows(here, select(ReportLineRow.id)) == []
