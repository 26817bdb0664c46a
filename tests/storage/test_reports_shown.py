"""What is shown of reports, to whom and when: versions, links, who were there, and which meeting is at hand."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, NoticeState, to_person
from storage.domain.people import Viewer
from storage.domain.refusals import (
    NoReport,
    NotCoordinator,
    NothingSaid,
    NotSensible,
)
from storage.domain.registrations import RegistrationStatus
from storage.domain.reports import SUMMARY_DRAFT, SUMMARY_POST, LineKind, NewLine, Present, ReportTraces
from storage.services.house import House
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.people import OrganisationRow
from storage.tables.reports import ReportVersionRow
from tests.storage.proposals import (
    CLOSED,
    ENDS,
    LATER,
    STARTS,
    ans,
    filled,
    here,
    id_of,
    miel,
    roos,
    tarik,
)
from tests.storage.reporting import (
    CHAT,
    DURING,
    MORNING_AFTER,
    Written,
    approve,
    cancel,
    deliver,
    join_chat,
    note,
    post,
    register,
    touch,
    whole,
)
from tests.storage.support import MEMBER, STRANGER, change, rows, the_meeting

__all__ = ["filled", "here"]


# --- before and after posting


async def test_before_it_is_posted_only_who_may_correct_sees_a_report(here: House) -> None:
    who, meeting_id = await tarik(here), await id_of(here)
    await register(here, who)
    await note(here, who, "We starten")
    with pytest.raises(NoReport):
        await here.reports.report(meeting_id, who)
    assert (await here.reports.report(meeting_id, await ans(here))).has_material
    assert [one.text for one in await here.reports.notes(meeting_id, who)] == ["We starten"]
    assert await here.reports.notes(meeting_id, await miel(here)) == ()
    await post(here)
    assert len((await here.reports.report(meeting_id, await miel(here))).lines) == 1


async def test_every_change_after_posting_is_a_new_version(filled: House) -> None:
    who, meeting_id = await roos(filled), await id_of(filled)
    line = await note(filled, who, "We starten")
    assert (await whole(filled)).standing.version == 0
    await post(filled)
    later = MORNING_AFTER + timedelta(days=1)
    await filled.reports.change(meeting_id, line.id, {"text": "We stoppen"}, who, later)
    await note(filled, who, "We wachten", now=later)
    standing = (await whole(filled)).standing
    assert (standing.version, standing.corrected_at) == (3, later)
    kept = await rows(filled, select(ReportVersionRow.what, ReportVersionRow.lines).order_by(ReportVersionRow.number))
    assert [(what, [one["text"] for one in lines]) for what, lines in kept] == [
        ("posted", ["We starten"]),
        ("corrected", ["We stoppen", "We wachten"]),
    ]


async def test_a_change_that_changes_nothing_is_no_version(here: House) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    line = await note(here, who, "We starten")
    await post(here)
    await here.reports.change(meeting_id, line.id, {"text": "We starten"}, who, MORNING_AFTER)
    await note(here, who, "we starten", now=MORNING_AFTER)
    await here.reports.restore(meeting_id, line.id, who, MORNING_AFTER)
    assert (await whole(here)).standing.version == 1


async def test_a_line_that_becomes_private_is_in_no_version_any_more(filled: House) -> None:
    who, meeting_id = await roos(filled), await id_of(filled)
    line = await note(filled, who, "We vragen een time-out aan")
    await note(filled, who, "We starten")
    await post(filled)
    await filled.reports.change(meeting_id, line.id, {"private": True}, who, MORNING_AFTER)
    kept = await rows(filled, select(ReportVersionRow.lines))
    assert [[one["text"] for one in lines] for (lines,) in kept] == [["We starten"]] * 2


@pytest.mark.parametrize("kind", [SUMMARY_DRAFT, SUMMARY_POST])
async def test_what_shows_the_lines_follows_them(here: House, kind: str) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    assert who.person is not None
    notice = NewNotice(kind, str(meeting_id), "x", to_person(who.person.id), DURING)
    await here._units.write(lambda unit: unit.notices.plan(notice, DURING))
    await change(here, update(NoticeRow).values(state=NoticeState.SENT.value))
    await touch(here)
    found = await rows(here, select(NoticeRow.version, NoticeRow.refresh_at))
    assert found == [(1, MORNING_AFTER)]


async def test_a_link_is_kept_by_who_may_correct(here: House) -> None:
    meeting_id, who = await id_of(here), await ans(here)
    await here.reports.link(meeting_id, who, DURING, recording=" https://x.example/r?a=1 ")
    found = await here.reports.link(meeting_id, who, DURING, report="https://x.example/v.docx")
    assert (found.recording_url, found.report_url) == ("https://x.example/r?a=1", "https://x.example/v.docx")
    assert (await here.reports.link(meeting_id, who, DURING, recording="")).recording_url is None
    with pytest.raises(NotCoordinator):
        await here.reports.link(meeting_id, await miel(here), DURING, recording="https://x.example")


async def test_a_link_is_shown_in_what_was_posted_and_is_no_correction(here: House) -> None:
    await note(here, await ans(here), "We starten")
    await post(here)
    meeting_id = await id_of(here)
    notice = NewNotice(SUMMARY_POST, str(meeting_id), "x", to_person(1), MORNING_AFTER)
    await here._units.write(lambda unit: unit.notices.plan(notice, MORNING_AFTER))
    await change(here, update(NoticeRow).values(state=NoticeState.SENT.value))
    found = await here.reports.link(meeting_id, await ans(here), MORNING_AFTER, recording="https://x.example/r")
    assert (found.version, found.corrected_at) == (1, None)
    assert await rows(here, select(NoticeRow.refresh_at)) == [(MORNING_AFTER,)]


async def test_what_is_no_https_address_is_refused(here: House) -> None:
    meeting_id, who = await id_of(here), await ans(here)
    wrong = [
        "http://x.example",
        "x.example",
        "javascript:alert(1)",
        "https://me@evil.example",
        "https://",
        "https://a b",
    ]
    for address in wrong:
        with pytest.raises(NotSensible, match="recording"):
            await here.reports.link(meeting_id, who, DURING, recording=address)
    assert (await whole(here)).standing.recording_url is None


# --- who were there


async def test_who_came_is_on_the_list_until_a_report_says_otherwise(here: House) -> None:
    who, other = await tarik(here), await ans(here)
    await register(here, who, other)
    assert who.person is not None
    found = await whole(here)
    assert found.present == (
        Present("Tarik Aydin", "De Helm", person_id=who.person.id),
        Present("Ans Dewulf", person_id=other.person.id if other.person else None),
    )
    assert found.by_organisation == (("", 1), ("De Helm", 1))
    await here.attendance.tick(
        await id_of(here), {who.person.id: RegistrationStatus.ATTENDED}, await roos(here), DURING
    )
    assert [one.name for one in (await whole(here)).present] == ["Tarik Aydin"]


async def test_a_note_of_who_was_there_counts_beside_the_list(here: House) -> None:
    who = await tarik(here)
    await register(here, who)
    await note(here, await roos(here), "tarik", LineKind.EXCUSED)
    await note(here, await roos(here), "Noor", LineKind.ATTENDEE, data={"organisation": "CLB Kust"})
    found = await whole(here)
    assert [(one.name, one.organisation) for one in found.present] == [("Noor", "CLB Kust")]
    assert [one.name for one in found.excused] == ["Tarik Aydin"]


async def test_who_notes_a_list_of_most_of_them_tells_who_came(here: House) -> None:
    await register(here, await tarik(here), await ans(here), await roos(here))
    for name in ("Tarik", "Ans", "Noor"):
        await note(here, await roos(here), name, LineKind.ATTENDEE)
    assert sorted(one.name for one in (await whole(here)).present) == ["Ans Dewulf", "Noor", "Tarik Aydin"]


async def test_who_only_takes_part_adds_somebody_and_strikes_nobody(here: House) -> None:
    await register(here, await tarik(here), await ans(here))
    for name in ("Ans", "Noor"):
        await note(here, await tarik(here), name, LineKind.ATTENDEE)
    assert sorted(one.name for one in (await whole(here)).present) == ["Ans Dewulf", "Noor", "Tarik Aydin"]


async def test_the_list_as_somebody_corrects_it_is_the_list(filled: House) -> None:
    who, meeting_id = await roos(filled), await id_of(filled)
    await register(filled, await tarik(filled), await ans(filled))
    await note(filled, who, "Noor", LineKind.ATTENDEE, data={"organisation": "CLB Kust"})
    people = [
        NewLine(LineKind.ATTENDEE, "Tarik Aydin"),
        NewLine(LineKind.ATTENDEE, "noor"),
        NewLine(LineKind.EXCUSED, "Ans Dewulf"),
    ]
    found = await filled.reports.list_people(meeting_id, people, who, DURING)
    assert [(one.name, one.organisation) for one in found.present] == [("Noor", "CLB Kust"), ("Tarik Aydin", "De Helm")]
    assert [one.name for one in found.excused] == ["Ans Dewulf"]
    again = await filled.reports.list_people(meeting_id, people[:1], who, DURING)
    assert ([one.name for one in again.present], again.excused) == (["Tarik Aydin"], ())


async def test_a_list_without_anybody_or_by_who_may_not_correct_is_refused(here: House) -> None:
    meeting_id = await id_of(here)
    await register(here, await tarik(here))
    with pytest.raises(NothingSaid):
        await here.reports.list_people(meeting_id, [NewLine(LineKind.EXCUSED, "Ans")], await roos(here), DURING)
    with pytest.raises(NotCoordinator):
        await here.reports.list_people(meeting_id, [NewLine(LineKind.ATTENDEE, "An")], await tarik(here), DURING)
    assert [one.name for one in (await whole(here)).present] == ["Tarik Aydin"]


async def test_of_an_organisation_that_is_not_public_only_the_number_is_told(here: House) -> None:
    await register(here, await miel(here), await tarik(here))
    found = await whole(here)
    assert ([one.name for one in found.present], found.others) == (["Tarik Aydin"], 1)
    await change(here, update(OrganisationRow).values(status="partner"))
    assert (await whole(here)).others == 0


async def test_an_organisation_that_is_not_public_is_not_named_where_a_report_does(
    here: House,
) -> None:
    who = await roos(here)
    written = Written().present("Miel Baert", organisation="School Strandpad").present("Noor", organisation="CLB Kust")
    written = written.excused("Ilse Moens", organisation="school strandpad")
    await deliver(here, written, who)
    found = await whole(here)
    assert [(one.name, one.organisation) for one in found.present] == [("Miel Baert", ""), ("Noor", "CLB Kust")]
    assert [(one.name, one.organisation) for one in found.excused] == [("Ilse Moens", "")]


async def test_the_document_tells_that_something_is_left_out_and_holds_nothing_of_it(here: House) -> None:
    who = await roos(here)
    await note(here, who, "We starten")
    public = await here.reports.file(await id_of(here), who)
    await note(here, who, "Dat blijft onder ons.", private=True)
    found = await here.reports.file(await id_of(here), who)
    assert public is not None
    assert found is not None
    assert (public.left_out, found.left_out) == (False, True)
    assert [one.text for one in found.report.lines] == ["We starten"]


async def test_somebody_hears_how_much_of_them_is_kept_around_reports(filled: House) -> None:
    who, ran = await tarik(filled), await ans(filled)
    await register(filled, who)
    await note(filled, who, "We starten")
    await note(filled, ran, "mailt het CLB", LineKind.ACTION, owner="Tarik Aydin")
    await deliver(filled, Written().decided("We starten"), ran)
    await post(filled)
    await touch(filled)
    await filled.approvals.object(await id_of(filled), None, "Punt 3 ontbreekt.", who, MORNING_AFTER)
    assert await filled.reports.traces(who) == ReportTraces(notes=1, objections=1, actions=1)
    assert await filled.reports.traces(ran) == ReportTraces(notes=1, delivered=1)
    assert await filled.reports.traces(MEMBER) == ReportTraces()


# --- the meeting at hand


async def hand(house: House, by: Viewer, now: datetime, chat: str = "") -> str | None:
    """The key of the meeting at hand."""
    found: Meeting | None = await house.reports.at_hand(by, now, chat)
    return found.key if found else None


async def test_the_meeting_that_runs_or_just_ended_is_at_hand(filled: House) -> None:
    who, organiser = await tarik(filled), await ans(filled)
    await register(filled, who)
    found = {
        STARTS - timedelta(minutes=31): None,
        STARTS - timedelta(minutes=30): "intervisie-open",
        DURING: "intervisie-open",
        ENDS: "intervisie-open",
        ENDS + timedelta(hours=71): "intervisie-open",
        ENDS + timedelta(hours=72): None,
    }
    for one in (who, organiser):
        assert {now: await hand(filled, one, now) for now in found} == found


async def test_once_it_is_posted_it_is_at_hand_for_who_may_correct_it_until_it_is_approved(here: House) -> None:
    who = await tarik(here)
    await register(here, who)
    await post(here, ENDS)
    assert await hand(here, who, MORNING_AFTER) is None
    assert await hand(here, await ans(here), ENDS + timedelta(days=13)) == "intervisie-open"
    assert await hand(here, await ans(here), ENDS + timedelta(days=14)) is None
    await approve(here)
    assert await hand(here, await ans(here), MORNING_AFTER) is None


async def test_who_does_not_take_part_has_no_meeting_at_hand(here: House) -> None:
    who, other = await tarik(here), await miel(here)
    await register(here, who)
    assert who.person is not None
    await here.registrations.excuse(await id_of(here), who.person.id, who, STARTS - timedelta(days=1))
    for viewer in (who, other, MEMBER, STRANGER):
        assert await hand(here, viewer, DURING) is None


async def test_a_cancelled_meeting_is_not_at_hand(here: House) -> None:
    await cancel(here)
    assert await hand(here, await roos(here), DURING) is None


async def test_who_coordinates_is_in_the_meeting_that_they_take_part_in(here: House) -> None:
    who = await roos(here)
    at_once = update(MeetingRow).where(MeetingRow.key == LATER)
    times = {"starts_at": STARTS + timedelta(minutes=5), "starts_local": (STARTS + timedelta(minutes=5))}
    times["starts_local"] = times["starts_local"].replace(tzinfo=None)
    times |= {"ends_at": ENDS, "ends_local": ENDS.replace(tzinfo=None)}
    await change(here, at_once.values(**times))
    assert await hand(here, who, DURING) == LATER  # the last one that began
    await register(here, who)
    assert await hand(here, who, DURING) == "intervisie-open"


async def test_in_the_chat_of_a_meeting_that_one_is_at_hand(here: House) -> None:
    await join_chat(here)
    for who in (await miel(here), MEMBER):
        assert await hand(here, who, DURING, CHAT) == "intervisie-open"
        assert await hand(here, who, ENDS + timedelta(days=30), CHAT) == "intervisie-open"
        assert await hand(here, who, STARTS - timedelta(days=1), CHAT) is None
    assert await hand(here, STRANGER, DURING, CHAT) is None


async def test_in_the_chat_of_a_closed_meeting_an_outsider_has_none(here: House) -> None:
    await join_chat(here, CLOSED)
    starts = (await the_meeting(here, CLOSED)).starts
    assert await hand(here, await tarik(here), starts, CHAT) == CLOSED
    assert await hand(here, await ans(here), starts, CHAT) is None
