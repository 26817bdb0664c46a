"""What a poll's result does: a point with its votes as reason, a meeting with who said yes, lines of a report."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from storage.database import Database
from storage.domain.agenda import Invite, NewPoint, PointKind, PointState
from storage.domain.composing import Reason, Why
from storage.domain.meetings import MeetingKind
from storage.domain.people import Person, Viewer
from storage.domain.polls import Answer, NewOption, NewPoll, Poll, PollKind, Shown
from storage.domain.refusals import (
    AlreadyPlanned,
    AnonymousPoll,
    MeetingOver,
    NoSuchOption,
    NoSuchPoll,
    NotCoordinator,
    NotNow,
    NotSensible,
    NotYours,
)
from storage.domain.registrations import RegistrationStatus
from storage.domain.reports import LineKind, NewLine, Origin
from storage.services.board_notices import POINT_ACCEPTED
from storage.services.house import House
from storage.services.registrations import REGISTERED_FOR_YOU
from storage.tables.agenda import AgendaPointRow
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.polls import PollRow
from storage.tables.registrations import RegistrationRow
from storage.tables.reports import ReportLineRow
from tests.conftest import NOW
from tests.storage.support import ANS, MIEL, ROOS, TARIK, bring, change, meeting, network, rows, the_meeting, viewer

CHAT = "19:welkom@thread.v2"
LATER = NOW + timedelta(minutes=5)
BOTH = pytest.mark.parametrize("database", ["sqlite_database", "postgres_database"], indirect=True)
THEMES = tuple(NewOption(one) for one in ("Internaten", "Huiswerk", "Spijbelen"))
FOURTH, ELEVENTH = date(2027, 3, 4), date(2027, 3, 11)
DAYS = (NewOption(day=FOURTH), NewOption(day=ELEVENTH, starts=time(13), ends=time(16)))


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated SQLite database, or the one that a test asks for."""
    found: Database = request.getfixturevalue(getattr(request, "param", "sqlite_database"))
    return found


@dataclass
class Voting:
    """A network with two intervisies to come, organised by Tarik, in a chat where all its people vote."""

    house: House
    roos: Viewer
    tarik: Viewer
    miel: Viewer
    ans: Viewer
    now_id: int
    later_id: int

    @property
    def everybody(self) -> tuple[Viewer, ...]:
        return self.roos, self.tarik, self.miel, self.ans

    async def closed(
        self, kind: PollKind, options: Sequence[NewOption], votes: Sequence[Sequence[int]], **more: Any
    ) -> Poll:
        """A poll that closed. Each vote has a value for each option, in their order; 0 says nothing of it."""
        poll = await self.open(kind, options, votes, **more)
        await self.house.polls.close(poll.id, self.roos, LATER)
        return (await self.house.polls.view(poll.id, self.roos, LATER)).poll

    async def open(
        self, kind: PollKind, options: Sequence[NewOption], votes: Sequence[Sequence[int]], **more: Any
    ) -> Poll:
        by = more.pop("by", self.tarik)
        new = NewPoll(kind, "Waarover gaat het?", tuple(options), conversation_id=CHAT, **more)
        poll = await self.house.polls.create(new, by, NOW)
        for who, said in zip(self.everybody, votes, strict=False):
            ballot = {one.id: value for one, value in zip(poll.options, said, strict=True) if value}
            if ballot:
                await self.house.polls.vote(poll.id, ballot, who, NOW, CHAT)
        return poll

    async def themes(self, **more: Any) -> Poll:
        """Internaten won with three of the four votes."""
        return await self.closed(PollKind.SINGLE, THEMES, [(1, 0, 0), (1, 0, 0), (1, 0, 0), (0, 1, 0)], **more)

    async def days(self, **more: Any) -> Poll:
        """The fourth suits Roos, Tarik and Ans, and Miel perhaps."""
        yes, maybe, no = Answer.YES, Answer.MAYBE, Answer.NO
        return await self.closed(PollKind.DATES, DAYS, [(yes, no), (yes, yes), (maybe, no), (yes, 0)], **more)

    async def points(self) -> list[tuple[Any, ...]]:
        """What polls put on agendas: title, meeting, state, votes and voters."""
        columns = (AgendaPointRow.title, AgendaPointRow.meeting_id, AgendaPointRow.state)
        counts = (AgendaPointRow.votes, AgendaPointRow.voters)
        return await rows(self.house, select(*columns, *counts).where(AgendaPointRow.votes.is_not(None)))

    async def told(self, kind: str) -> list[str]:
        found = await rows(self.house, select(NoticeRow.target).where(NoticeRow.kind == kind).order_by(NoticeRow.id))
        return [row[0] for row in found]

    async def listed(self, meeting_id: int) -> list[tuple[Any, ...]]:
        """Who is on the list of a meeting, and how, in the order in which they came."""
        columns = (RegistrationRow.person_id, RegistrationRow.status)
        return await rows(
            self.house, select(*columns).where(RegistrationRow.meeting_id == meeting_id).order_by(RegistrationRow.id)
        )


def of(who: Viewer) -> Person:
    assert who.person is not None
    return who.person


@pytest_asyncio.fixture(loop_scope="session")
async def voting(house: House) -> Voting:
    file = network()
    place = {"location": {"name": "De Helm", "room": "Zolder"}, "capacity": 2}
    file["meetings"] = [
        meeting("nu", "2026-12-03 09:30", "2026-12-03 12:00", organiser=TARIK),
        meeting("later", "2027-02-04 13:00", "2027-02-04 15:30", organiser=TARIK, **place),
    ]
    await bring(house, file)
    house.polls.keep_key(b"k" * 32)
    roos, tarik, miel, ans = [await viewer(house, one) for one in (ROOS, TARIK, MIEL, ANS)]
    ids = [(await the_meeting(house, key, roos)).id for key in ("nu", "later")]
    return Voting(house, roos, tarik, miel, ans, *ids)


# A point


@BOTH
async def test_what_won_comes_on_the_next_agenda_with_its_votes_as_the_reason(voting: Voting) -> None:
    poll = await voting.themes()
    done = await voting.house.poll_results.put_on_agenda(poll.id, poll.options[0].id, None, voting.roos, LATER)
    assert (done.fresh, done.meeting and done.meeting.id) == (True, voting.now_id)
    assert done.point is not None
    assert (done.point.kind, done.point.proposer_id) == (PointKind.THEME, of(voting.tarik).id)
    assert await voting.points() == [("Internaten", voting.now_id, "accepted", 3, 4)]
    assert await voting.told(POINT_ACCEPTED) == [f"person:{of(voting.tarik).id}"]
    composed = await voting.house.agendas.composition(voting.now_id, voting.roos, LATER)
    (line,) = [one for one in composed.chosen if one.point and one.point.title == "Internaten"]
    assert Reason(Why.VOTES, 3, 4) in line.reasons


async def test_pressed_twice_it_is_the_same_point_and_nobody_hears_it_twice(voting: Voting) -> None:
    poll = await voting.themes()
    results, option = voting.house.poll_results, poll.options[0].id
    first = await results.put_on_agenda(poll.id, option, None, voting.roos, LATER)
    again = await results.put_on_agenda(poll.id, option, voting.later_id, voting.roos, LATER)
    assert first.point is not None
    assert again.point is not None
    assert (again.fresh, again.point.id, again.point.meeting_id) == (False, first.point.id, voting.now_id)
    assert again.poll.applied["point"] == first.point.id
    assert len(await voting.points()) == 1
    assert len(await voting.told(POINT_ACCEPTED)) == 1


@BOTH
async def test_two_coordinators_at_once_make_one_point(voting: Voting) -> None:
    poll = await voting.themes()
    option = poll.options[0].id
    pressed = [voting.house.poll_results.put_on_agenda(poll.id, option, None, voting.roos, LATER) for _ in range(4)]
    done = await asyncio.gather(*pressed)
    assert sorted(one.fresh for one in done) == [False, False, False, True]
    assert len({one.point.id for one in done if one.point}) == 1
    assert len(await voting.points()) == 1


async def test_both_of_a_tie_may_come_on_the_agenda(voting: Voting) -> None:
    poll = await voting.closed(PollKind.SINGLE, THEMES, [(1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 1, 0)])
    for option in poll.options[:2]:
        done = await voting.house.poll_results.put_on_agenda(poll.id, option.id, None, voting.roos, LATER)
        assert done.fresh
    assert [one[0] for one in await voting.points()] == ["Internaten", "Huiswerk"]


async def test_what_was_proposed_before_is_that_point_and_gets_the_votes(voting: Voting) -> None:
    house = voting.house
    proposed = await house.points.propose(NewPoint("internaten", voting.now_id), voting.miel, NOW)
    poll = await voting.themes()
    done = await house.poll_results.put_on_agenda(poll.id, poll.options[0].id, None, voting.roos, LATER)
    assert done.point is not None
    assert (done.point.id, done.point.proposer_id) == (proposed.point.id, of(voting.miel).id)
    assert await voting.points() == [("internaten", voting.now_id, "accepted", 3, 4)]


async def test_what_lay_on_the_shelf_comes_off_it(voting: Voting) -> None:
    house = voting.house
    await house.points.propose(NewPoint("Internaten"), voting.miel, NOW)
    poll = await voting.themes()
    await house.poll_results.put_on_agenda(poll.id, poll.options[0].id, voting.later_id, voting.roos, LATER)
    assert await voting.points() == [("Internaten", voting.later_id, "accepted", 3, 4)]


async def test_a_point_that_was_taken_off_may_be_made_once_more(voting: Voting) -> None:
    poll = await voting.themes()
    results, option = voting.house.poll_results, poll.options[0].id
    first = await results.put_on_agenda(poll.id, option, None, voting.roos, LATER)
    assert first.point is not None
    await voting.house.board.decline(first.point.id, "", voting.roos, LATER)
    again = await results.put_on_agenda(poll.id, option, None, voting.roos, LATER)
    assert again.point is not None
    assert (again.fresh, again.point.id != first.point.id) == (True, True)


async def test_without_a_meeting_to_come_it_waits_on_the_shelf(voting: Voting) -> None:
    poll = await voting.themes()
    await change(voting.house, update(MeetingRow).values(cancelled_at=NOW))
    done = await voting.house.poll_results.put_on_agenda(poll.id, poll.options[0].id, None, voting.roos, LATER)
    assert done.meeting is None
    assert done.point is not None
    assert (done.point.meeting_id, done.point.state) == (None, PointState.PROPOSED)
    assert await voting.told(POINT_ACCEPTED) == []


async def test_of_a_ranking_the_first_places_are_the_reason(voting: Voting) -> None:
    ranked = [(1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1)]
    poll = await voting.closed(PollKind.RANKING, THEMES, ranked)
    await voting.house.poll_results.put_on_agenda(poll.id, poll.options[0].id, None, voting.roos, LATER)
    assert await voting.points() == [("Internaten", voting.now_id, "accepted", 2, 4)]


async def test_of_an_anonymous_poll_the_counts_are_the_reason_and_its_starter_proposes(voting: Voting) -> None:
    poll = await voting.themes(anonymous=True)
    done = await voting.house.poll_results.put_on_agenda(poll.id, poll.options[0].id, None, voting.roos, LATER)
    assert done.point is not None
    assert done.point.proposer_id == of(voting.tarik).id
    assert await voting.points() == [("Internaten", voting.now_id, "accepted", 3, 4)]


async def test_of_two_anonymous_votes_nothing_comes(voting: Voting) -> None:
    poll = await voting.closed(PollKind.SINGLE, THEMES, [(1, 0, 0), (1, 0, 0)], anonymous=True)
    with pytest.raises(NotNow):
        await voting.house.poll_results.put_on_agenda(poll.id, poll.options[0].id, None, voting.roos, LATER)
    with pytest.raises(NotNow):
        await voting.house.poll_results.file(poll.id, voting.roos, LATER)
    assert await voting.points() == []


async def test_an_expert_who_won_is_still_to_be_invited(voting: Voting) -> None:
    poll = await voting.themes()
    done = await voting.house.poll_results.put_on_agenda(
        poll.id,
        poll.options[0].id,
        None,
        voting.roos,
        LATER,
        kind=PointKind.ORGANISATION,
        title="Els Peeters uitnodigen",
        guest_name="Els Peeters",
        guest_organisation="CLB Zandrade",
    )
    assert done.point is not None
    expert = await voting.house.experts.of(done.point.id, voting.roos)
    assert (expert.point.invite, expert.point.guest_name) == (Invite.TO_INVITE, "Els Peeters")
    assert (expert.point.title, expert.point.votes) == ("Els Peeters uitnodigen", 3)


async def test_the_organiser_puts_it_on_the_agenda_of_their_own_meeting_only(voting: Voting) -> None:
    results = voting.house.poll_results
    poll = await voting.themes()
    done = await results.put_on_agenda(poll.id, poll.options[0].id, voting.now_id, voting.tarik, LATER)
    assert done.fresh
    await change(voting.house, update(MeetingRow).values(organiser_id=of(voting.roos).id))
    with pytest.raises(NotCoordinator):
        await results.put_on_agenda(poll.id, poll.options[1].id, voting.later_id, voting.tarik, LATER)


async def test_what_others_may_not_do_changes_nothing(voting: Voting) -> None:
    results = voting.house.poll_results
    poll, other = await voting.themes(), await voting.days()
    option, day = poll.options[0].id, other.options[0].id
    # Miel voted in it, so may see it; who never did may not even do that.
    with pytest.raises(NotYours):
        await results.put_on_agenda(poll.id, option, None, voting.miel, LATER)
    with pytest.raises(NotYours):
        await results.make_meeting(other.id, day, voting.miel, LATER)
    with pytest.raises(NotCoordinator):
        await results.make_meeting(other.id, day, voting.tarik, LATER)
    with pytest.raises(NoSuchOption):
        await results.put_on_agenda(poll.id, day, None, voting.roos, LATER)
    with pytest.raises(NoSuchPoll):
        await results.put_on_agenda(2**40, option, None, voting.roos, LATER)
    with pytest.raises(NotSensible):
        await results.put_on_agenda(other.id, day, None, voting.roos, LATER)
    with pytest.raises(NotSensible):
        await results.make_meeting(poll.id, option, voting.roos, LATER)
    late = NOW + timedelta(days=60)
    with pytest.raises(MeetingOver):
        await results.put_on_agenda(poll.id, option, voting.now_id, voting.roos, late)
    assert await voting.points() == []
    assert await rows(voting.house, select(PollRow.id).where(PollRow.applied != {})) == []


async def test_an_open_poll_does_nothing_yet(voting: Voting) -> None:
    poll = await voting.open(PollKind.SINGLE, THEMES, [(1, 0, 0)])
    with pytest.raises(NotNow):
        await voting.house.poll_results.put_on_agenda(poll.id, poll.options[0].id, None, voting.roos, LATER)


# A meeting


async def test_a_day_becomes_a_meeting_as_the_last_one_was_with_registration_open(voting: Voting) -> None:
    poll = await voting.days()
    done = await voting.house.poll_results.make_meeting(poll.id, poll.options[0].id, voting.roos, LATER)
    made = done.meeting
    assert made is not None
    assert (done.fresh, made.kind, made.organiser_id) == (True, MeetingKind.INTERVISIE, of(voting.roos).id)
    assert (made.starts.date(), made.starts.time(), made.ends.time()) == (FOURTH, time(13), time(15, 30))
    assert (made.location and made.location.room, made.capacity) == ("Zolder", 2)
    assert made.registration_open(LATER)
    assert await voting.listed(made.id) == []


async def test_hours_that_were_asked_are_those_of_the_meeting(voting: Voting) -> None:
    poll = await voting.days()
    done = await voting.house.poll_results.make_meeting(
        poll.id, poll.options[1].id, voting.roos, LATER, title="Intervisie in maart"
    )
    assert done.meeting is not None
    assert (done.meeting.starts.hour, done.meeting.ends.hour, done.meeting.title) == (13, 16, "Intervisie in maart")


async def test_who_said_yes_is_registered_on_request_and_who_comes_too_late_waits(voting: Voting) -> None:
    poll = await voting.days()
    done = await voting.house.poll_results.make_meeting(poll.id, poll.options[0].id, voting.roos, LATER, register=True)
    assert done.meeting is not None
    registered, waits = RegistrationStatus.REGISTERED.value, RegistrationStatus.WAITLISTED.value
    assert sorted(await voting.listed(done.meeting.id)) == sorted(
        [(of(voting.roos).id, registered), (of(voting.tarik).id, registered), (of(voting.ans).id, waits)]
    )
    assert (len(done.registered), done.meeting.taken) == (3, 2)
    assert len(await voting.told(REGISTERED_FOR_YOU)) == 2  # not who did it


async def test_pressed_again_it_is_the_same_meeting_and_who_took_it_back_stays_off(voting: Voting) -> None:
    poll = await voting.days()
    results, option = voting.house.poll_results, poll.options[0].id
    first = await results.make_meeting(poll.id, option, voting.roos, LATER)
    assert first.meeting is not None
    with_all = await results.make_meeting(poll.id, option, voting.roos, LATER, register=True)
    assert (with_all.fresh, len(with_all.registered)) == (False, 3)
    await voting.house.registrations.withdraw(first.meeting.id, of(voting.tarik).id, voting.tarik, LATER)
    # The other day was not chosen: pressed as well, it makes no second meeting.
    for pressed in (option, poll.options[1].id):
        again = await results.make_meeting(poll.id, pressed, voting.roos, LATER, register=True)
        assert (again.fresh, again.meeting and again.meeting.id, again.registered) == (False, first.meeting.id, ())
        assert again.option.id == option
    standing = await voting.house.registrations.standing(of(voting.tarik), first.meeting)
    assert standing is not None
    assert standing.status is RegistrationStatus.WITHDRAWN
    assert len(await rows(voting.house, select(MeetingRow.id))) == 3


@BOTH
async def test_two_coordinators_at_once_make_one_meeting(voting: Voting) -> None:
    poll = await voting.days()
    option = poll.options[0].id
    make = voting.house.poll_results.make_meeting
    done = await asyncio.gather(*(make(poll.id, option, voting.roos, LATER, register=True) for _ in range(4)))
    assert len({one.meeting.id for one in done if one.meeting}) == 1
    assert sorted(len(one.registered) for one in done) == [0, 0, 0, 3]
    assert len(await rows(voting.house, select(MeetingRow.id))) == 3


async def test_of_an_anonymous_poll_nobody_is_registered(voting: Voting) -> None:
    poll = await voting.days(anonymous=True)
    results, option = voting.house.poll_results, poll.options[0].id
    with pytest.raises(AnonymousPoll):
        await results.make_meeting(poll.id, option, voting.roos, LATER, register=True)
    assert len(await rows(voting.house, select(MeetingRow.id))) == 2
    assert (await results.make_meeting(poll.id, option, voting.roos, LATER)).fresh


async def test_a_cancelled_meeting_may_be_made_once_more_and_a_moved_one_registers_nobody(voting: Voting) -> None:
    poll = await voting.days()
    results, option = voting.house.poll_results, poll.options[0].id
    first = await results.make_meeting(poll.id, option, voting.roos, LATER)
    assert first.meeting is not None
    starts = first.meeting.starts + timedelta(days=7)
    await voting.house.planning.change(first.meeting.id, {"starts": starts}, voting.roos, LATER)
    with pytest.raises(NotNow):
        await results.make_meeting(poll.id, option, voting.roos, LATER, register=True)
    await voting.house.planning.cancel(first.meeting.id, voting.roos, LATER)
    again = await results.make_meeting(poll.id, option, voting.roos, LATER)
    assert again.meeting is not None
    assert (again.fresh, again.meeting.id != first.meeting.id) == (True, True)


async def test_a_day_that_is_past_or_planned_already_makes_no_meeting(voting: Voting) -> None:
    poll = await voting.days()
    results, option = voting.house.poll_results, poll.options[0].id
    with pytest.raises(NotSensible):
        await results.make_meeting(poll.id, option, voting.roos, NOW + timedelta(days=200))
    other = await voting.days()
    await results.make_meeting(poll.id, option, voting.roos, LATER)
    with pytest.raises(AlreadyPlanned):
        await results.make_meeting(other.id, other.options[0].id, voting.roos, LATER)


# A file


async def test_a_file_tells_who_chose_what_to_who_manages_it_and_nobody_else(voting: Voting) -> None:
    poll = await voting.themes()
    everybody = ["Ans Dewulf", "Miel Baert", "Roos Pauwels", "Tarik Aydin"]
    network = ["Ans Dewulf", "Roos Pauwels", "Tarik Aydin"]  # but whose organisation only coordinators may know of
    for who, names in ((voting.roos, everybody), (voting.tarik, network)):
        file = await voting.house.poll_results.file(poll.id, who, LATER)
        assert [one.person.name for one in file.votes] == names
        assert (file.tally.voters, file.votes[0].ballot) == (4, {poll.options[1].id: 1})
    with pytest.raises(NotYours):
        await voting.house.poll_results.file(poll.id, voting.miel, LATER)


@pytest.mark.parametrize("shown", [Shown.AFTER_VOTING, Shown.AFTER_CLOSING])
async def test_a_file_shows_no_sooner_how_it_stands_than_the_poll_does(voting: Voting, shown: Shown) -> None:
    poll = await voting.open(PollKind.SINGLE, THEMES, [(0, 0, 0), (1, 0, 0)], shown=shown)
    with pytest.raises(NotNow):
        await voting.house.poll_results.file(poll.id, voting.roos, LATER)
    await voting.house.polls.close(poll.id, voting.roos, LATER)
    assert len((await voting.house.poll_results.file(poll.id, voting.roos, LATER)).votes) == 1


async def test_a_file_of_an_anonymous_poll_has_counts_only_once_it_closed(voting: Voting) -> None:
    poll = await voting.open(PollKind.SINGLE, THEMES, [(1, 0, 0), (1, 0, 0), (0, 1, 0)], anonymous=True)
    with pytest.raises(NotNow):
        await voting.house.poll_results.file(poll.id, voting.roos, LATER)
    await voting.house.polls.close(poll.id, voting.roos, LATER)
    file = await voting.house.poll_results.file(poll.id, voting.roos, LATER)
    assert file.votes == ()
    assert sorted(one.votes for one in file.tally.counts) == [0, 1, 2]


# A report


async def drafted(voting: Voting) -> list[tuple[Any, ...]]:
    """The lines of polls in the draft of the first meeting's summary, made once it is over."""
    await voting.house.summaries.plan_due(NOW + timedelta(days=13))
    return await poll_lines(voting)


async def poll_lines(voting: Voting) -> list[tuple[Any, ...]]:
    columns = (ReportLineRow.kind, ReportLineRow.text, ReportLineRow.due)
    chosen = select(*columns).where(ReportLineRow.origin == Origin.POLL.value, ReportLineRow.removed_at.is_(None))
    return await rows(voting.house, chosen.order_by(ReportLineRow.id))


async def test_closed_polls_about_a_meeting_are_lines_of_its_summary(voting: Voting) -> None:
    about = {"meeting_id": voting.now_id}
    await voting.themes(**about)
    await voting.days(**about)
    await voting.closed(PollKind.SINGLE, THEMES, [(1, 0, 0), (0, 1, 0)], **about)
    await voting.closed(PollKind.SINGLE, THEMES, [(1, 0, 0)], quorum=3, **about)
    await voting.closed(PollKind.TEMPERATURE, (), [(4,), (5,)], **about)
    await voting.open(PollKind.SINGLE, THEMES, [(1, 0, 0)], **about)
    await voting.closed(PollKind.SINGLE, THEMES, [(1, 0, 0)], anonymous=True, **about)
    await voting.themes()
    await noted(voting)
    assert await drafted(voting) == [
        (LineKind.DECISION.value, "Waarover gaat het? Internaten (3/4)", None),
        (LineKind.NEXT.value, "Waarover gaat het?", FOURTH),
        (LineKind.TOPIC.value, "Waarover gaat het? Internaten, Huiswerk (1/2)", None),
        (LineKind.DISCUSSION.value, "Waarover gaat het? 4,5/5 (2)", None),
    ]


async def test_a_poll_that_closes_after_the_draft_is_told_in_it_as_well_and_once(voting: Voting) -> None:
    poll = await voting.open(PollKind.SINGLE, THEMES, [(1, 0, 0)], meeting_id=voting.now_id)
    await noted(voting)
    late = NOW + timedelta(days=13)
    await change(voting.house, update(PollRow).values(closes_at=late + timedelta(days=1)))
    assert await drafted(voting) == []
    await voting.house.polls.close(poll.id, voting.roos, late)
    assert len(await poll_lines(voting)) == 1
    await voting.house.polls.close(poll.id, voting.roos, late)
    assert len(await drafted(voting)) == 1


async def test_a_line_that_was_taken_away_stays_away(voting: Voting) -> None:
    await voting.themes(meeting_id=voting.now_id)
    await noted(voting)
    assert len(await drafted(voting)) == 1
    ((line_id,),) = await rows(voting.house, select(ReportLineRow.id).where(ReportLineRow.origin == Origin.POLL.value))
    await voting.house.reports.remove(voting.now_id, line_id, voting.roos, NOW + timedelta(days=13))
    poll = await voting.open(PollKind.SINGLE, THEMES, [(0, 1, 0)], meeting_id=voting.now_id)
    await voting.house.polls.close(poll.id, voting.roos, NOW + timedelta(days=13))
    assert [text for _, text, _ in await poll_lines(voting)] == ["Waarover gaat het? Huiswerk (1/1)"]


async def noted(voting: Voting) -> None:
    """Something is noted of the first meeting, so that there is something to make a summary of."""
    after = NOW + timedelta(days=12)
    line = NewLine(LineKind.DECISION, "We starten in januari")
    await voting.house.reports.add(voting.now_id, line, voting.roos, after)
