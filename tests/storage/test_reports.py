"""What people note of a meeting: who may, where it belongs, what it is called, and correcting it."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from storage.domain.people import Viewer
from storage.domain.refusals import (
    IdentifiesSomebody,
    MeetingCancelled,
    NoSuchLine,
    NoSuchMeeting,
    NotCoordinator,
    NothingSaid,
    NotKnown,
    NotNow,
    NotRegistered,
    NotSensible,
    Refusal,
    ReportApproved,
    TooLong,
)
from storage.domain.reports import Line, LineKind, NewLine, Origin, numbered, numbered_as_noted
from storage.services.house import House
from tests.conftest import BRUSSELS
from tests.storage.proposals import (
    CLOSED,
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
    ACTION,
    CHAT,
    DECISION,
    DURING,
    MORNING_AFTER,
    a_case,
    approve,
    cancel,
    join_chat,
    note,
    post,
    register,
    texts,
    whole,
)
from tests.storage.support import MEMBER, STRANGER

__all__ = ["filled", "here"]

FRIDAY = date(2026, 12, 18)


# --- numbers


def a_line(id_: int, kind: LineKind, position: int = 0, **more: Any) -> Line:
    return Line(id_, kind, f"regel {id_}", position=position, **more)


def test_lines_are_numbered_by_kind_and_then_as_they_were_said() -> None:
    lines = [
        a_line(1, LineKind.TOPIC, 0),
        a_line(2, ACTION, 1),
        a_line(3, LineKind.POINT, 2),
        a_line(4, DECISION, 4),
        a_line(5, DECISION, 3),
        a_line(6, LineKind.ATTENDEE, 5),
    ]
    found = numbered(lines)
    assert [one.id for one in found] == [1, 2, 3, 4, 5, 6]
    assert {one.id: one.number for one in found} == {5: 1, 4: 2, 2: 3, 1: 4, 3: 0, 6: 0}


def test_what_is_private_is_numbered_last_so_that_the_post_has_no_gaps() -> None:
    found = numbered([a_line(1, DECISION, 0, private=True), a_line(2, DECISION, 1), a_line(3, LineKind.TOPIC, 2)])
    assert [one.number for one in found] == [3, 1, 2]


def test_while_nothing_is_posted_each_line_keeps_the_number_that_it_came_with() -> None:
    lines = [a_line(9, DECISION, 0), a_line(4, LineKind.TOPIC, 3), a_line(5, LineKind.POINT, 4), a_line(7, ACTION, 5)]
    found = numbered_as_noted(lines, gone=[6])
    assert {one.id: one.number for one in found} == {4: 1, 5: 0, 7: 3, 9: 4}


async def test_a_number_that_was_told_stays_until_the_summary_is_posted(here: House) -> None:
    who, number = await ans(here), await id_of(here)
    said = (("De gsm", LineKind.TOPIC), ("We stoppen", DECISION), ("belt de school", ACTION), ("We starten", DECISION))
    lines = [await note(here, who, text, kind) for text, kind in said]
    assert [one.number for one in lines] == [1, 2, 3, 4]
    await here.reports.remove(number, lines[1].id, who, DURING)
    assert [one.number for one in await here.reports.notes(number, who)] == [1, 3, 4]
    assert (await note(here, who, "belt het CLB", ACTION)).number == 5
    await post(here)
    after = await here.reports.notes(number, who)
    assert [(one.number, one.text) for one in after] == [
        (1, "We starten"),
        (2, "belt de school"),
        (3, "belt het CLB"),
        (4, "De gsm"),
    ]


# --- who may note what


async def test_who_takes_part_notes_and_it_is_to_be_confirmed(here: House) -> None:
    who = await tarik(here)
    await register(here, who)
    line = await note(here, who, "  We starten   met time-out ", owner="An", due=FRIDAY, kind=ACTION)
    assert (line.kind, line.text, line.owner, line.due) == (ACTION, "We starten met time-out", "An", FRIDAY)
    assert (line.number, line.origin, line.certain, line.private) == (1, Origin.NOTE, False, False)
    assert who.person is not None
    assert line.by_id == who.person.id


async def test_what_who_runs_the_meeting_notes_is_certain(here: House) -> None:
    assert (await note(here, await ans(here), "We starten")).certain
    assert (await note(here, await roos(here), "We stoppen")).certain


@pytest.mark.parametrize(
    ("who", "refusal"), [(STRANGER, NoSuchMeeting), (MEMBER, NotKnown), (tarik, NotRegistered), (miel, NotRegistered)]
)
async def test_who_does_not_take_part_notes_nothing(here: House, who: Any, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        await note(here, who if isinstance(who, Viewer) else await who(here), "We starten")
    assert await texts(here) == []


async def test_in_the_chat_of_the_meeting_everybody_takes_part(here: House) -> None:
    await join_chat(here)
    assert await note(here, await miel(here), "We starten", conversation_id=CHAT)
    with pytest.raises(NotRegistered):
        await note(here, await miel(here), "We stoppen", conversation_id="19:other@thread.v2")


async def test_of_a_closed_meeting_others_hear_that_there_is_none(here: House) -> None:
    meeting_id, other = await id_of(here, CLOSED), await ans(here)
    with pytest.raises(NoSuchMeeting):
        await here.reports.note(NewLine(DECISION, "We starten"), meeting_id, other, DURING)
    with pytest.raises(NoSuchMeeting):
        await here.reports.notes(meeting_id, other)
    with pytest.raises(NoSuchMeeting):
        await here.reports.report(meeting_id, other)


NO_IDS = (0, -1, 999_999, 2**31, 2**70)


async def test_a_meeting_that_there_is_not_is_refused(here: House) -> None:
    who = await roos(here)
    for id_ in NO_IDS:
        with pytest.raises(NoSuchMeeting):
            await here.reports.note(NewLine(DECISION, "We starten"), id_, who, DURING)
        with pytest.raises(NoSuchMeeting):
            await here.reports.report(id_, who)
        assert await here.reports.told(id_) is None


async def test_what_means_nothing_or_tells_of_a_child_is_not_noted(here: House) -> None:
    refused: list[tuple[NewLine, type[Refusal]]] = [
        (NewLine(DECISION, " \n\t "), NothingSaid),
        (NewLine(DECISION, "x" * 1001), TooLong),
        (NewLine(ACTION, "mailt", owner="x" * 301), TooLong),
        (NewLine(LineKind.CARRIED, "Huiswerk", until="maart"), NotSensible),
        (NewLine(LineKind.CARRIED, "Huiswerk", until="2027-13"), NotSensible),
        (NewLine(DECISION, "Jonas Vermeulen, 12 jaar, gaat naar een time-out"), IdentifiesSomebody),
    ]
    meeting_id, who = await id_of(here), await roos(here)
    for line, refusal in refused:
        with pytest.raises(refusal):
            await here.reports.note(line, meeting_id, who, DURING)
    assert await texts(here) == []


async def test_its_author_may_choose_to_keep_a_text_as_it_is(here: House) -> None:
    said = "Jonas Vermeulen, 12 jaar, gaat naar een time-out"
    assert (await note(here, await roos(here), said, chosen="text")).text == said


async def test_notes_are_made_from_half_an_hour_before_it(here: House) -> None:
    who = await roos(here)
    with pytest.raises(NotNow):
        await note(here, who, "We starten", now=STARTS - timedelta(minutes=31))
    assert await note(here, who, "We starten", now=STARTS - timedelta(minutes=30))


async def test_of_a_cancelled_meeting_nothing_is_noted(here: House) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    await cancel(here)
    with pytest.raises(MeetingCancelled):
        await here.reports.note(NewLine(DECISION, "We starten"), meeting_id, who, DURING)


async def test_an_approved_report_does_not_change(here: House) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    line = await note(here, who, "We starten")
    await approve(here)
    for work in (
        note(here, who, "We stoppen"),
        here.reports.add(meeting_id, NewLine(DECISION, "We stoppen"), who, DURING),
        here.reports.change(meeting_id, line.id, {"text": "We stoppen"}, who, DURING),
        here.reports.remove(meeting_id, line.id, who, DURING),
        here.reports.restore(meeting_id, line.id, who, DURING),
    ):
        with pytest.raises(ReportApproved):
            await work
    assert await texts(here) == ["We starten"]


# --- the same note


async def test_the_same_note_is_made_once_whoever_says_it(here: House) -> None:
    first = await note(here, await ans(here), "We starten met time-out.")
    again = await note(here, await roos(here), "we starten met Time-Out!")
    assert again.id == first.id
    assert await texts(here) == ["We starten met time-out."]


async def test_who_may_correct_confirms_a_note_by_saying_it_again(here: House) -> None:
    who = await tarik(here)
    await register(here, who)
    line = await note(here, who, "We starten")
    assert (await note(here, await roos(here), "we starten")).certain
    assert (await whole(here)).lines[0].id == line.id


async def test_the_same_action_of_somebody_else_or_for_another_day_is_another_one(here: House) -> None:
    who = await roos(here)
    first = await note(here, who, "mailt het CLB", ACTION, owner="An")
    assert (await note(here, who, "mailt het CLB", ACTION, owner="an", due=FRIDAY)).id == first.id
    assert (await whole(here)).lines[0].due == FRIDAY
    assert (await note(here, who, "mailt het CLB", ACTION, owner="Piet")).id != first.id
    assert (await note(here, who, "mailt het CLB", ACTION, owner="An", due=date(2027, 1, 8))).id != first.id
    assert (await note(here, who, "mailt het CLB", DECISION)).id != first.id


async def test_whose_a_note_said_again_is_passes_the_gate_too(here: House) -> None:
    who = await roos(here)
    line = await note(here, who, "mailt het CLB", ACTION)
    with pytest.raises(IdentifiesSomebody):
        await note(here, who, "mailt het CLB", ACTION, owner="An (rijksregisternummer 85.07.30-033.28)")
    assert [one.owner for one in (await whole(here)).lines if one.id == line.id] == [""]


async def test_the_same_note_said_twice_at_once_is_one(filled: House) -> None:
    who = await roos(filled)
    lines = await asyncio.gather(*(note(filled, who, "We starten met time-out") for _ in range(6)))
    assert len({one.id for one in lines}) == 1
    assert await texts(filled) == ["We starten met time-out"]


async def test_notes_made_at_once_each_have_their_own_place(filled: House) -> None:
    who = await roos(filled)
    await asyncio.gather(*(note(filled, who, f"We kiezen voor {number}") for number in range(6)))
    lines = (await whole(filled)).lines
    assert sorted(one.position for one in lines) == list(range(6))
    assert sorted(one.number for one in lines) == list(range(1, 7))


# --- cases


async def test_what_is_noted_of_a_case_is_private(here: House) -> None:
    await a_case(here, "Thuis blijven zonder reden")
    who = await roos(here)
    under = {
        "Casus": "We vragen een time-out aan",
        "Casusbespreking De Helm": "We bellen de ouders",
        "Thuis blijven zonder reden": "We luisteren eerst",
    }
    for title, text in under.items():
        assert (await note(here, who, text, item_title=title)).private
    for text in ("Bij de casus: we wachten", "thuis blijven zonder reden: we wachten niet"):
        assert (await note(here, who, text)).private


@pytest.mark.parametrize(
    ("text", "title"),
    [("We vragen een time-out aan", "Rust in de klas"), ("Volgende keer brengt het CLB een casus", "")],
)
async def test_what_is_noted_of_anything_else_is_not(here: House, text: str, title: str) -> None:
    await a_case(here, "Thuis blijven zonder reden")
    assert not (await note(here, await roos(here), text, item_title=title)).private


async def test_a_private_note_is_checked_like_a_case(here: House) -> None:
    with pytest.raises(IdentifiesSomebody):
        await note(here, await roos(here), "Tarik Aydin praat met de ouders", private=True)


async def test_what_is_private_is_seen_by_its_author_and_who_may_correct(here: House) -> None:
    author, other = await tarik(here), await miel(here)
    await register(here, author)
    await join_chat(here)
    await note(here, other, "We starten", conversation_id=CHAT)
    await note(here, author, "We vragen een time-out aan", item_title="Casus")
    meeting_id = await id_of(here)
    assert [one.number for one in await here.reports.notes(meeting_id, author)] == [1, 2]
    assert [one.text for one in await here.reports.notes(meeting_id, other)] == ["We starten"]
    await post(here)
    assert [one.text for one in (await here.reports.report(meeting_id, other)).lines] == ["We starten"]
    assert len((await here.reports.report(meeting_id, await ans(here))).lines) == 2


async def test_what_was_said_about_a_case_is_never_made_public(here: House) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    line = await note(here, who, "We vragen een time-out aan", item_title="Casus")
    with pytest.raises(NotSensible):
        await here.reports.change(meeting_id, line.id, {"private": False}, who, DURING)
    assert (await whole(here)).lines[0].private


async def test_what_only_seemed_to_be_about_a_case_is_made_public_and_stays_so(here: House) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    line = await note(here, who, "Bij de casus: we zitten in een kring")
    line = await here.reports.change(meeting_id, line.id, {"private": False}, who, DURING)
    assert not line.private
    line = await here.reports.change(meeting_id, line.id, {"text": "Bij de casus: we zitten buiten"}, who, DURING)
    assert not line.private


async def test_what_is_made_public_is_checked_again(here: House) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    line = await note(here, who, "Jonas, 12 jaar, gaat naar een time-out", private=True, chosen="text")
    with pytest.raises(IdentifiesSomebody):
        await here.reports.change(meeting_id, line.id, {"private": False}, who, DURING)


# --- correcting


async def test_who_may_correct_changes_every_field_and_the_line_is_certain(here: House) -> None:
    who, meeting_id = await tarik(here), await id_of(here)
    await register(here, who)
    line = await note(here, who, "mailt het CLB", ACTION)
    values = {"text": "belt het CLB", "owner": "Piet", "due": FRIDAY, "kind": LineKind.CARRIED, "until": "2027-03"}
    changed = await here.reports.change(meeting_id, line.id, values, await ans(here), DURING)
    assert {name: getattr(changed, name) for name in values} == values
    assert changed.certain


async def test_confirming_changes_nothing_else(here: House) -> None:
    who, meeting_id = await tarik(here), await id_of(here)
    await register(here, who)
    line = await note(here, who, "We starten")
    confirmed = await here.reports.change(meeting_id, line.id, {"certain": True}, await ans(here), DURING)
    assert (confirmed.certain, confirmed.text) == (True, "We starten")


async def test_one_changes_ones_own_note_which_stays_to_be_confirmed(here: House) -> None:
    who, meeting_id = await tarik(here), await id_of(here)
    await register(here, who)
    line = await note(here, who, "mailt", ACTION, owner="An", due=FRIDAY)
    changed = await here.reports.change(meeting_id, line.id, {"owner": "", "due": None}, who, DURING)
    assert (changed.owner, changed.due, changed.certain) == ("", None, False)
    assert (await here.reports.change(meeting_id, line.id, {"private": True}, who, DURING)).private
    for values in ({"private": False}, {"certain": True}):
        with pytest.raises(NotCoordinator):
            await here.reports.change(meeting_id, line.id, values, who, DURING)


async def test_of_others_and_after_the_posting_one_changes_nothing(here: House) -> None:
    author, other, meeting_id = await tarik(here), await miel(here), await id_of(here)
    await register(here, author)
    await join_chat(here)
    line = await note(here, author, "We starten")
    theirs = await note(here, other, "We stoppen", conversation_id=CHAT)
    with pytest.raises(NotCoordinator):
        await here.reports.remove(meeting_id, theirs.id, author, DURING)
    with pytest.raises(NoSuchLine):  # who does not take part does not see it before it is posted
        await here.reports.remove(meeting_id, line.id, other, DURING)
    await post(here)
    for who in (author, other):
        with pytest.raises(NotCoordinator):
            await here.reports.change(meeting_id, line.id, {"text": "Nee"}, who, MORNING_AFTER)
    assert await texts(here) == ["We starten", "We stoppen"]


async def test_what_means_nothing_changes_nothing(here: House) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    line = await note(here, who, "We starten")
    refused: list[tuple[dict[str, Any], type[Refusal]]] = [
        ({"text": ""}, NothingSaid),
        ({"text": None}, NotSensible),
        ({"kind": "decision"}, NotSensible),
        ({"due": "vrijdag"}, NotSensible),
        ({"due": datetime(2026, 12, 18, tzinfo=BRUSSELS)}, NotSensible),
        ({"private": None}, NotSensible),
        ({"number": 3}, NotSensible),
        ({"text": "Jonas Vermeulen, 12 jaar, gaat"}, IdentifiesSomebody),
    ]
    for values, refusal in refused:
        with pytest.raises(refusal):
            await here.reports.change(meeting_id, line.id, values, who, DURING)
    assert await texts(here) == ["We starten"]


async def test_a_line_that_there_is_not_is_refused(here: House) -> None:
    meeting_id, who = await id_of(here), await roos(here)
    for line_id in NO_IDS:
        with pytest.raises(NoSuchLine):
            await here.reports.remove(meeting_id, line_id, who, DURING)


async def test_a_line_of_another_meeting_is_not_in_this_report(here: House) -> None:
    line = await note(here, await roos(here), "We starten")
    with pytest.raises(NoSuchLine):
        await here.reports.remove(await id_of(here, LATER), line.id, await roos(here), DURING)


async def test_a_line_is_taken_away_and_put_back_where_it_stood(here: House) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    lines = [await note(here, who, text) for text in ("Een", "Twee", "Drie")]
    for _ in range(2):
        assert (await here.reports.remove(meeting_id, lines[1].id, who, DURING)).text == "Twee"
        assert await texts(here) == ["Een", "Drie"]
    with pytest.raises(NoSuchLine):
        await here.reports.change(meeting_id, lines[1].id, {"text": "Vier"}, who, DURING)
    for _ in range(2):
        assert (await here.reports.restore(meeting_id, lines[1].id, who, DURING)).number == 2
        assert await texts(here) == ["Een", "Twee", "Drie"]


async def test_what_is_removed_still_had_its_number(here: House) -> None:
    who = await roos(here)
    await note(here, who, "Een")
    line = await note(here, who, "Twee")
    assert (await here.reports.remove(await id_of(here), line.id, who, DURING)).number == 2


async def test_a_line_is_added_by_who_may_correct_only(here: House) -> None:
    meeting_id, new = await id_of(here), NewLine(DECISION, "We starten", certain=True)
    await register(here, await tarik(here))
    with pytest.raises(NotCoordinator):
        await here.reports.add(meeting_id, new, await tarik(here), DURING)
    line = await here.reports.add(meeting_id, new, await ans(here), DURING)
    assert (line.origin, line.certain, line.number) == (Origin.TYPED, True, 1)
