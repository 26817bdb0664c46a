"""Approving reports: objections, who hears of them, approval at a meeting, and by silence where that is set."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from storage.domain.approving import APPROVAL_ASKED, OBJECTION_SETTLED, REPORT_APPROVED, REPORT_OBJECTED
from storage.domain.meetings import MeetingKind
from storage.domain.refusals import (
    IdentifiesSomebody,
    NoReport,
    NoSuchLine,
    NoSuchMeeting,
    NoSuchObjection,
    NotCoordinator,
    NothingSaid,
    ObjectionsOpen,
    ReportApproved,
    TooLong,
)
from storage.domain.reports import Approval, LineKind, Objection
from storage.services.house import House
from storage.tables.agenda import AgendaPointRow
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from tests.conftest import BRUSSELS
from tests.storage.proposals import CLOSED, ENDS, LATER, STARTS, ans, filled, here, id_of, miel, roos, tarik
from tests.storage.reporting import MORNING_AFTER, note, post, whole
from tests.storage.support import change

__all__ = ["filled", "here"]

NEXT_DAY = MORNING_AFTER + timedelta(days=1)
AFTER_LATER = datetime(2027, 3, 11, 13, tzinfo=BRUSSELS)


async def posted(house: House, *decisions: str) -> list[int]:
    """A posted report of the open intervisie with these decisions; the ids of their lines."""
    ids = [(await note(house, await ans(house), one)).id for one in decisions or ("Elk huis kiest een vast uur.",)]
    await post(house)
    return ids


async def objects(
    house: House, line_id: int | None = None, text: str = "Het was een half uur.", now: Any = NEXT_DAY
) -> Objection:
    """Tarik objects."""
    return await house.approvals.object(await id_of(house), line_id, text, await tarik(house), now)


async def told(house: House, kind: str) -> list[str]:
    """To whom notices of this kind are planned."""
    rows = await house._units._database.read(
        lambda session: session.execute(select(NoticeRow.target).where(NoticeRow.kind == kind)).all()
    )
    return sorted(row.target for row in rows)


async def target(house: House, who: Any) -> str:
    """The target of somebody's notices."""
    viewer = await who(house)
    return f"person:{viewer.person.id}"


async def set_silence(house: House, days: int) -> None:
    """Let silence approve reports of intervisies after so many days."""
    await house.invitations.set_rule(MeetingKind.INTERVISIE, "approve_days", str(days), await roos(house))


async def on_the_agenda_of(house: House, key: str) -> None:
    """The fixed point stands on the agenda of a meeting."""
    point = {"meeting_id": await id_of(house, key), "position": 0, "title": "Goedkeuring vorig verslag"}
    await change(house, insert(AgendaPointRow).values(**point, state="accepted"))


async def test_who_objects_to_a_line_is_heard_by_who_runs_the_meeting(filled: House) -> None:
    (line_id,) = await posted(filled)
    found = await objects(filled, line_id)
    assert (found.text, found.taken, found.line and found.line.text) == (
        "Het was een half uur.",
        None,
        "Elk huis kiest een vast uur.",
    )
    assert await told(filled, REPORT_OBJECTED) == [await target(filled, ans)]


async def test_said_twice_it_is_one_objection(here: House) -> None:
    (line_id,) = await posted(here)
    assert (await objects(here, line_id)).id == (await objects(here, line_id, "het was een half uur.")).id


async def test_one_may_object_to_the_whole(here: House) -> None:
    await posted(here)
    assert (await objects(here, None, "Punt 3 ontbreekt.")).line is None


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", NothingSaid), ("x" * 1001, TooLong), ("Yassine (15 jaar) van de Kameleon was er niet.", IdentifiesSomebody)],
)
async def test_an_objection_is_checked_like_all_texts(here: House, text: str, refusal: type[Exception]) -> None:
    (line_id,) = await posted(here)
    with pytest.raises(refusal):
        await objects(here, line_id, text)


async def test_before_it_is_posted_there_is_nothing_to_object_to(here: House) -> None:
    line = await note(here, await ans(here), "Elk huis kiest een vast uur.")
    with pytest.raises(NoReport):
        await objects(here, line.id)


async def test_a_private_or_removed_line_is_no_line_to_others(here: House) -> None:
    secret = await note(here, await ans(here), "Over de casus.", private=True)
    gone = await note(here, await ans(here), "Vervallen.")
    await here.reports.remove(await id_of(here), gone.id, await ans(here), MORNING_AFTER)
    await post(here)
    for line_id in (secret.id, gone.id, 999_999):
        with pytest.raises(NoSuchLine):
            await objects(here, line_id)


async def test_of_a_closed_meeting_outsiders_see_nothing(here: House) -> None:
    with pytest.raises(NoSuchMeeting):
        await here.approvals.of(await id_of(here, CLOSED), await ans(here))


async def test_taken_over_the_line_says_what_it_should(filled: House) -> None:
    (line_id,) = await posted(filled)
    found = await objects(filled, line_id)
    settled = await filled.approvals.settle(
        found.id, True, await ans(filled), NEXT_DAY, new_text="Elk huis kiest een half uur."
    )
    assert settled.taken is True
    assert [one.text for one in (await whole(filled)).of(LineKind.DECISION)] == ["Elk huis kiest een half uur."]
    assert await told(filled, OBJECTION_SETTLED) == [await target(filled, tarik)]


async def test_settled_once_it_is_settled(here: House) -> None:
    (line_id,) = await posted(here)
    found = await objects(here, line_id)
    await here.approvals.settle(found.id, False, await ans(here), NEXT_DAY)
    with pytest.raises(NoSuchObjection):
        await here.approvals.settle(found.id, True, await roos(here), NEXT_DAY, new_text="Iets anders.")
    assert [one.text for one in (await whole(here)).of(LineKind.DECISION)] == ["Elk huis kiest een vast uur."]


async def test_an_objection_to_a_line_that_is_gone_can_still_be_taken_over(here: House) -> None:
    (line_id,) = await posted(here)
    found = await objects(here, line_id)
    await here.reports.remove(await id_of(here), line_id, await ans(here), NEXT_DAY)
    settled = await here.approvals.settle(found.id, True, await ans(here), NEXT_DAY, new_text="Elk huis kiest een uur.")
    assert settled.taken is True
    assert (await whole(here)).of(LineKind.DECISION) == ()


async def test_only_who_may_correct_settles_and_approves(here: House) -> None:
    (line_id,) = await posted(here)
    found, meeting_id = await objects(here, line_id), await id_of(here)
    with pytest.raises(NotCoordinator):
        await here.approvals.settle(found.id, True, await tarik(here), NEXT_DAY)
    with pytest.raises(NotCoordinator):
        await here.approvals.approve(meeting_id, await tarik(here), NEXT_DAY)
    with pytest.raises(NotCoordinator):
        await here.approvals.versions(meeting_id, await tarik(here))


async def test_others_see_their_own_objections_only(here: House) -> None:
    (line_id,) = await posted(here)
    await objects(here, line_id)
    meeting_id = await id_of(here)
    seen = {who: len((await here.approvals.of(meeting_id, await who(here))).objections) for who in (ans, tarik, miel)}
    assert seen == {ans: 1, tarik: 1, miel: 0}


async def test_open_objections_are_said_before_it_is_approved(here: House) -> None:
    (line_id,) = await posted(here)
    await objects(here, line_id)
    with pytest.raises(ObjectionsOpen) as refusal:
        await here.approvals.approve(await id_of(here), await ans(here), NEXT_DAY)
    assert refusal.value.count == 1
    done = await here.approvals.approve(await id_of(here), await ans(here), NEXT_DAY, anyway=True)
    assert done.standing.approved_how is Approval.AT_MEETING


async def test_once_approved_nothing_changes_until_it_is_opened_again(filled: House) -> None:
    (line_id,) = await posted(filled)
    meeting_id, ran = await id_of(filled), await ans(filled)
    await filled.approvals.approve(meeting_id, ran, NEXT_DAY)
    with pytest.raises(ReportApproved):
        await filled.reports.change(meeting_id, line_id, {"text": "Iets anders."}, ran, NEXT_DAY)
    with pytest.raises(ReportApproved):
        await objects(filled, line_id)
    await filled.approvals.reopen(meeting_id, ran, NEXT_DAY)
    changed = await filled.reports.change(meeting_id, line_id, {"text": "Iets anders."}, ran, NEXT_DAY)
    assert changed.text == "Iets anders."


async def test_versions_are_kept(here: House) -> None:
    (line_id,) = await posted(here)
    meeting_id, ran = await id_of(here), await ans(here)
    await here.reports.change(meeting_id, line_id, {"text": "Elk huis kiest een half uur."}, ran, NEXT_DAY)
    await here.approvals.approve(meeting_id, ran, NEXT_DAY)
    kept = await here.approvals.versions(meeting_id, ran)
    assert [(one.number, one.what, [line["text"] for line in one.lines]) for one in kept] == [
        (1, "posted", ["Elk huis kiest een vast uur."]),
        (2, "corrected", ["Elk huis kiest een half uur."]),
        (3, "approved", ["Elk huis kiest een half uur."]),
    ]


# After the next meeting


async def test_after_the_next_meeting_it_is_asked_whether_it_was_approved(filled: House) -> None:
    await posted(filled)
    await on_the_agenda_of(filled, LATER)
    assert [await filled.approvals.plan_due(AFTER_LATER) for _ in range(2)] == [1, 0]
    assert await told(filled, APPROVAL_ASKED) == [await target(filled, roos)]
    found = await filled.approvals.waits_for(await id_of(filled, LATER))
    assert found is not None
    assert found.meeting.id == await id_of(filled)


async def test_who_may_not_correct_the_report_is_not_asked_about_it(here: House) -> None:
    (line_id,) = await posted(here)
    await objects(here, line_id)
    await on_the_agenda_of(here, LATER)
    runs = await miel(here)
    assert runs.person is not None
    later = MeetingRow.id == await id_of(here, LATER)
    await change(here, update(MeetingRow).where(later).values(organiser_id=runs.person.id, note_taker_id=None))
    assert await here.approvals.plan_due(AFTER_LATER) == 1
    assert await told(here, APPROVAL_ASKED) == [await target(here, ans)]


async def test_an_old_report_that_is_taken_in_is_put_to_nobodys_approval(here: House) -> None:
    await note(here, await ans(here), "Elk huis kiest een vast uur.")
    await post(here, MORNING_AFTER + timedelta(days=60))
    await on_the_agenda_of(here, LATER)
    await set_silence(here, 1)
    assert await here.approvals.plan_due(AFTER_LATER) == 0
    assert await here.approvals.waits_for(await id_of(here, LATER)) is None


@pytest.mark.parametrize(("after", "asked"), [(timedelta(minutes=-1), 1), (timedelta(), 0)])
async def test_a_meeting_approves_no_report_that_was_not_there_yet(here: House, after: timedelta, asked: int) -> None:
    starts, ends = STARTS + timedelta(days=5), ENDS + timedelta(days=5)
    times = {"starts_at": starts, "ends_at": ends}
    times |= {"starts_local": starts.replace(tzinfo=None), "ends_local": ends.replace(tzinfo=None)}
    await change(here, update(MeetingRow).where(MeetingRow.key == LATER).values(**times))
    await on_the_agenda_of(here, LATER)
    await note(here, await ans(here), "Elk huis kiest een vast uur.")
    await post(here, ends + after)
    assert await here.approvals.plan_due(ends + timedelta(hours=1)) == asked


async def test_a_meeting_that_is_not_there_is_not_kept_as_where_it_was_approved(here: House) -> None:
    await posted(here)
    done = await here.approvals.approve(await id_of(here), await ans(here), NEXT_DAY, in_meeting_id=999_999)
    assert (done.standing.approved_how, done.standing.approved_in_id) == (Approval.AT_MEETING, None)


@pytest.mark.parametrize("why", ["no point", "approved", "cancelled", "not over"])
async def test_it_is_not_asked_where_there_is_nothing_to_ask(here: House, why: str) -> None:
    await posted(here)
    if why != "no point":
        await on_the_agenda_of(here, LATER)
    if why == "approved":
        await here.approvals.approve(await id_of(here), await ans(here), NEXT_DAY)
    if why == "cancelled":
        later = MeetingRow.id == await id_of(here, LATER)
        await change(here, update(MeetingRow).where(later).values(cancelled_at=NEXT_DAY))
    now = AFTER_LATER - timedelta(hours=2) if why == "not over" else AFTER_LATER
    assert await here.approvals.plan_due(now) == 0


# By silence


async def test_silence_approves_only_where_a_coordinator_switched_it_on(filled: House) -> None:
    await posted(filled)  # on Friday 11 December
    month_later = MORNING_AFTER + timedelta(days=31)
    assert await filled.approvals.plan_due(month_later) == 0
    await set_silence(filled, 5)
    noon = datetime(2026, 12, 18, 12, tzinfo=BRUSSELS)
    assert await filled.approvals.plan_due(noon - timedelta(seconds=1)) == 0
    assert await filled.approvals.plan_due(noon) == 1
    found = await filled.approvals.of(await id_of(filled), await tarik(filled))
    assert (found.standing.approved_how, found.standing.approved_at) == (Approval.SILENCE, noon)
    assert await told(filled, REPORT_APPROVED) == [await target(filled, ans)]


async def test_an_objection_breaks_the_silence(here: House) -> None:
    (line_id,) = await posted(here)
    await set_silence(here, 5)
    found = await objects(here, line_id)
    assert await here.approvals.plan_due(MORNING_AFTER + timedelta(days=31)) == 0
    await here.approvals.settle(found.id, False, await ans(here), NEXT_DAY)
    assert await here.approvals.plan_due(MORNING_AFTER + timedelta(days=31)) == 1


async def test_a_correction_begins_the_silence_anew(here: House) -> None:
    (line_id,) = await posted(here)
    await set_silence(here, 5)
    corrected = datetime(2026, 12, 17, 9, tzinfo=BRUSSELS)
    await here.reports.change(await id_of(here), line_id, {"text": "Iets anders."}, await ans(here), corrected)
    assert await here.approvals.plan_due(datetime(2026, 12, 18, 13, tzinfo=BRUSSELS)) == 0
    assert await here.approvals.plan_due(datetime(2026, 12, 24, 12, tzinfo=BRUSSELS)) == 1


async def test_what_was_opened_again_is_approved_by_silence_only_after_it_was_corrected(here: House) -> None:
    (line_id,) = await posted(here)
    await set_silence(here, 5)
    meeting_id, later = await id_of(here), datetime(2026, 12, 18, 12, tzinfo=BRUSSELS)
    assert await here.approvals.plan_due(later) == 1
    await here.approvals.reopen(meeting_id, await roos(here), later)
    assert await here.approvals.plan_due(later + timedelta(days=31)) == 0
    await here.reports.change(meeting_id, line_id, {"text": "Iets anders."}, await roos(here), later)
    assert await here.approvals.plan_due(later) == 0
    assert await here.approvals.plan_due(later + timedelta(days=31)) == 1


async def test_replicas_that_settle_at_once_settle_once(filled: House) -> None:
    (line_id,) = await posted(filled)
    found, ran = await objects(filled, line_id), await ans(filled)
    works = (filled.approvals.settle(found.id, one % 2 == 0, ran, NEXT_DAY) for one in range(4))
    done = await asyncio.gather(*works, return_exceptions=True)
    assert sum(isinstance(one, Objection) for one in done) == 1
    assert sum(isinstance(one, NoSuchObjection) for one in done) == 3
    assert len(await told(filled, OBJECTION_SETTLED)) == 1


async def test_the_card_of_an_objection_follows_its_line(here: House) -> None:
    (line_id,) = await posted(here)
    found = await objects(here, line_id)
    meeting_id, ran = await id_of(here), await ans(here)
    sent = update(NoticeRow).where(NoticeRow.kind == REPORT_OBJECTED)
    await change(here, sent.values(state="sent", activity_id="1", conversation_id="c", sent_at=NEXT_DAY))
    await here.reports.change(meeting_id, line_id, {"text": "Elk huis kiest een uur."}, ran, NEXT_DAY)
    due = select(NoticeRow.subject).where(NoticeRow.refresh_at.is_not(None))
    again = await here._units._database.read(lambda session: list(session.scalars(due)))
    assert again == [str(found.id)]
