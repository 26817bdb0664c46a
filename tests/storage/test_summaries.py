"""The summary after a meeting by itself: when it is drafted, asked for and posted, once, and to whom."""

import asyncio
import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from storage.database import Database
from storage.domain.agenda import NewPoint, PointKind
from storage.domain.calendar import SendingHours
from storage.domain.carrying import NOT_DISCUSSED
from storage.domain.meetings import Audience, Meeting, MeetingKind
from storage.domain.places import Place, PlaceKind
from storage.domain.refusals import (
    MeetingCancelled,
    NoReport,
    NoSuchMeeting,
    NotCoordinator,
    NothingToSend,
    NotNow,
    NotSensible,
)
from storage.domain.reports import (
    SUMMARY,
    SUMMARY_DRAFT,
    SUMMARY_EXCUSED,
    SUMMARY_POST,
    LineKind,
    NewLine,
    Release,
    ReportStanding,
)
from storage.domain.rules import Rules, rules_from
from storage.domain.summaries import (
    SUMMARY_ASKED,
    Heard,
    Step,
    asks_again_at,
    link_key,
    meant,
    over_at,
    posts_at,
    step,
)
from storage.services.house import House
from storage.tables.agenda import AgendaPointRow
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.reports import MeetingChatRow, ReportLineRow, ReportRow, ReportVersionRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import ANS, MIEL, ROOS, TARIK, bring, change, meeting, network, rows, the_meeting, viewer

HOURS = SendingHours()
THE_DAY = datetime(2026, 12, 3, 9, 30, tzinfo=BRUSSELS)
"""A Thursday."""
OVER = datetime(2026, 12, 3, 12, 1, tzinfo=BRUSSELS)
NOON = datetime(2026, 12, 4, 12, 0, tzinfo=BRUSSELS)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_AbC123%40thread.v2/0?context=%7b%22Tid%22%3a%22x%22%7d"
CHAT = "19:meeting_AbC123@thread.v2"

BOTH = pytest.mark.parametrize("database", ["sqlite_database", "postgres_database"], indirect=True)
"""What databases may do differently is tried on both of them."""


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated SQLite database, or the one that a test asks for."""
    found: Database = request.getfixturevalue(getattr(request, "param", "sqlite_database"))
    return found


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment on the clocks of Brussels."""
    return datetime(year, month, day, hour, minute, tzinfo=BRUSSELS)


def held(starts: datetime, hours: float = 2.5, **fields: Any) -> Meeting:
    """A meeting of the pure rules."""
    given = {"audience": Audience.NETWORK, **fields}
    return Meeting(1, "m1", MeetingKind.INTERVISIE, "Titel", starts, starts + timedelta(hours=hours), **given)


def told(kind: str = "noon", **fields: Any) -> ReportStanding:
    """How far a report is."""
    return ReportStanding(release=Release(kind), **fields)


# When a meeting is over


def test_without_a_word_of_teams_a_meeting_is_over_at_its_planned_end() -> None:
    assert over_at(held(THE_DAY), ReportStanding()) == local(2026, 12, 3, 12)


@pytest.mark.parametrize(
    ("started", "ended", "over"),
    [
        (None, (11, 40), (11, 40)),  # earlier than planned
        (None, (12, 50), (12, 50)),  # later
        ((9, 25), (12, 10), (12, 10)),
        ((9, 25), (9, 40), (12, 0)),  # somebody tried the link
        ((9, 25), None, (15, 0)),  # no end was heard
        ((11, 50), (11, 30), (15, 0)),  # a break: it began again
        (None, (8, 0), (12, 0)),  # that was another call
    ],
)
def test_teams_says_when_it_is_over(
    started: tuple[int, int] | None, ended: tuple[int, int] | None, over: tuple[int, int]
) -> None:
    times = {"started_at": started, "ended_at": ended}
    standing = ReportStanding(**{name: local(2026, 12, 3, *at) if at else None for name, at in times.items()})
    assert over_at(held(THE_DAY), standing) == local(2026, 12, 3, *over)


# When a summary is posted


@pytest.mark.parametrize(
    ("starts", "posts"),
    [
        (local(2026, 12, 3, 9, 30), local(2026, 12, 4, 12)),
        (local(2026, 12, 4, 19, 30), local(2026, 12, 7, 12)),  # Friday evening: Monday
        (local(2026, 12, 5, 10), local(2026, 12, 7, 12)),
        (local(2026, 12, 24, 14), local(2026, 12, 28, 12)),  # Christmas is a Friday
        (local(2027, 3, 26, 14), local(2027, 3, 30, 12)),  # before Easter Monday, and the clocks change
        (local(2026, 10, 24, 23), local(2026, 10, 26, 12)),  # in the night in which they change back
        (local(2027, 3, 27, 23), local(2027, 3, 30, 12)),
        (local(2027, 5, 5, 9), local(2027, 5, 7, 12)),  # before Ascension Day
    ],
)
def test_it_is_posted_at_noon_of_the_next_working_day(starts: datetime, posts: datetime) -> None:
    found = held(starts)
    standing = told(drafted_at=found.ends + MINUTE)
    assert posts_at(found, standing, HOURS) == posts
    assert step(found, standing, True, posts - MINUTE, HOURS) is Step.NOTHING
    assert step(found, standing, True, posts, HOURS) is Step.POST


def test_a_meeting_in_the_night_of_the_clock_is_over_after_its_real_length() -> None:
    found = held(local(2026, 10, 25, 0, 30), 2)
    standing = ReportStanding(started_at=found.starts)
    assert over_at(found, standing).timestamp() - found.ends.timestamp() == 3 * 3600


@pytest.mark.parametrize(
    ("made", "posts"),
    [
        (local(2026, 12, 4, 8, 59), local(2026, 12, 4, 12)),
        (local(2026, 12, 4, 9, 1), local(2026, 12, 7, 12)),  # nobody had the time to look
        (local(2026, 12, 10, 16), local(2026, 12, 11, 12)),  # the bot was away for a week
        (local(2026, 12, 12, 10), local(2026, 12, 14, 12)),
    ],
)
def test_who_runs_it_has_the_time_to_look_at_a_draft_that_comes_late(made: datetime, posts: datetime) -> None:
    assert posts_at(held(THE_DAY), told(drafted_at=made), HOURS) == posts


def test_at_once_is_within_sending_hours_and_approval_never_by_itself() -> None:
    evening = held(local(2026, 12, 4, 19, 30))
    assert posts_at(held(THE_DAY), told("at_once", drafted_at=OVER), HOURS) == OVER
    assert posts_at(evening, told("at_once", drafted_at=evening.ends), HOURS) == local(2026, 12, 7, 8)
    assert posts_at(evening, told("approval", drafted_at=evening.ends), HOURS) is None


@pytest.mark.parametrize("fields", [{"held": True}, {"posted_at": OVER}])
def test_what_is_held_or_posted_is_not_posted(fields: dict[str, Any]) -> None:
    assert step(held(THE_DAY), told(drafted_at=OVER, **fields), True, NOON + DAY, HOURS) is Step.NOTHING


def test_what_was_noted_before_a_meeting_moved_is_forgotten() -> None:
    moved = held(THE_DAY + 7 * DAY)
    before = told(drafted_at=OVER, ended_at=OVER, asked_at=OVER, asks=2)
    assert step(moved, before, True, NOON, HOURS) is Step.NOTHING
    assert step(moved, before, True, OVER + 7 * DAY, HOURS) is Step.DRAFT
    assert step(moved, before, False, OVER + 7 * DAY, HOURS) is Step.ASK


def test_without_anything_to_tell_it_is_asked_twice_and_then_let_go() -> None:
    found, once = held(THE_DAY), ReportStanding(asked_at=OVER, asks=1)
    assert step(found, ReportStanding(), False, OVER, HOURS) is Step.ASK
    assert step(found, once, False, NOON - 4 * timedelta(hours=1), HOURS) is Step.NOTHING
    assert step(found, once, False, local(2026, 12, 4, 9), HOURS) is Step.ASK
    assert step(found, replace(once, asks=2), False, NOON + DAY, HOURS) is Step.NOTHING
    assert step(found, replace(once, asks=2), True, NOON + DAY, HOURS) is Step.DRAFT
    assert step(found, ReportStanding(), False, OVER + 15 * DAY, HOURS) is Step.NOTHING


@pytest.mark.parametrize(
    ("asked", "again"),
    [
        (local(2026, 12, 3, 12), local(2026, 12, 4, 9)),
        (local(2026, 12, 3, 21), local(2026, 12, 7, 9)),  # who reads it on Friday morning
        (local(2026, 12, 4, 17), local(2026, 12, 7, 9)),
        (local(2026, 12, 4, 21), local(2026, 12, 8, 9)),
    ],
)
def test_it_is_asked_again_the_working_day_after_it_could_be_read(asked: datetime, again: datetime) -> None:
    assert asks_again_at(held(THE_DAY), asked) == again


# Which meeting a call is


@pytest.mark.parametrize(
    "written",
    [
        LINK,
        LINK.upper().replace("HTTPS", "https"),
        LINK.partition("?")[0],
        "https://teams.microsoft.com/l/meetup-join/19:meeting_AbC123@thread.v2/0",
        LINK.replace("%", "%25"),
        f"https://eur01.safelinks.protection.example/?url={LINK}&data=1",
        CHAT,
    ],
)
def test_a_link_is_the_same_in_all_ways_of_writing_it(written: str) -> None:
    assert link_key(written) == link_key(LINK) != ""


@pytest.mark.parametrize("written", ["", "Zaal 3", "https://", "https://[", "javascript:alert(1)"])
def test_what_is_no_link_is_the_same_as_nothing(written: str) -> None:
    assert link_key(written) == ""


def test_other_links_differ() -> None:
    links = [
        LINK,
        LINK.replace("AbC", "Abd"),
        "https://teams.microsoft.com/meet/1",
        "https://teams.microsoft.com/meet/2",
    ]
    assert len({link_key(one) for one in links}) == len(links)


def test_a_title_says_which_meeting_only_where_it_fits_one() -> None:
    one, other = held(THE_DAY), replace(held(THE_DAY + timedelta(hours=2)), id=2)
    heard = Heard("19:x", THE_DAY + timedelta(hours=2), title=" titel ")
    assert meant(heard, [one]) == one
    assert meant(heard, [one, other]) is None
    assert meant(replace(heard, title="Anders"), [one]) is None
    assert meant(replace(heard, at=THE_DAY + DAY), [one]) is None
    assert meant(heard, [replace(one, cancelled=True), other]) == other


def test_a_link_goes_before_a_title() -> None:
    one, other = held(THE_DAY), replace(held(THE_DAY), id=2, title="Anders", online_url=LINK)
    assert meant(Heard("19:x", THE_DAY, join_url=LINK, title="Titel"), [one, other]) == other
    assert meant(Heard(CHAT, THE_DAY, title="Titel"), [one, other]) == other


def test_a_rule_that_means_nothing_is_the_default() -> None:
    assert rules_from({"summary_when": "ooit"}).release is Release.NOON
    assert rules_from({"summary_when": "approval"}).release is Release.APPROVAL
    assert Rules().approve_days == 0


# With a database


async def brought(house: House, **fields: Any) -> Meeting:
    """A meeting on Thursday 3 December, run by Roos with notes by Tarik; Miel came and Ans was excused."""
    listed = [{"person": TARIK}, {"person": MIEL}, {"person": ANS, "status": "excused"}]
    given = {"organiser": ROOS, "note_taker": TARIK, "registrations": listed, "online_url": LINK, **fields}
    made = meeting("m1", "2026-12-03 09:30", "2026-12-03 12:00", **given)
    await bring(house, {**network(), "meetings": [made]})
    return await the_meeting(house, "m1", await viewer(house, ROOS))


async def channel(house: House) -> None:
    """A channel to post in."""
    place = Place("19:kanaal", PlaceKind.CHANNEL, "https://teams.example", team_id="19:team")
    await house.places.post_here(place, await viewer(house, ROOS))


async def noted(house: House, found: Meeting, text: str = "We starten in januari", **fields: Any) -> int:
    """A decision is noted by Tarik just before the end."""
    new = NewLine(fields.pop("kind", LineKind.DECISION), text, **fields)
    return (await house.reports.add(found.id, new, await viewer(house, TARIK), OVER - 10 * MINUTE)).id


async def planned(house: House, *kinds: str) -> list[tuple[Any, ...]]:
    """Kind and target of the notices about summaries, in order."""
    wanted = kinds or (SUMMARY_POST, SUMMARY, SUMMARY_EXCUSED, SUMMARY_DRAFT, SUMMARY_ASKED)
    chosen = select(NoticeRow.kind, NoticeRow.target).where(NoticeRow.kind.in_(wanted))
    return await rows(house, chosen.order_by(NoticeRow.id))


async def counts(house: House) -> dict[str, int]:
    """How many of each kind."""
    return dict(Counter(kind for kind, _ in await planned(house)))


async def until(house: House, *moments: datetime) -> None:
    """The errand runs then."""
    for moment in moments:
        await house.summaries.plan_due(moment)


@BOTH
async def test_it_is_drafted_when_it_is_over_and_posted_once_in_the_channel(house: House) -> None:
    found = await brought(house)
    await channel(house)
    await noted(house, found)
    await until(house, OVER - 2 * MINUTE, OVER, OVER + MINUTE, NOON - MINUTE)
    roos, tarik = (await viewer(house, ROOS)).person, (await viewer(house, TARIK)).person
    assert roos
    assert tarik
    drafts = [(SUMMARY_DRAFT, f"person:{one.id}") for one in (roos, tarik)]
    assert await planned(house) == drafts
    await until(house, NOON, NOON + MINUTE, NOON + 30 * DAY)
    ans = (await viewer(house, ANS)).person
    assert ans
    assert await planned(house) == [*drafts, (SUMMARY_POST, "posting"), (SUMMARY_EXCUSED, f"person:{ans.id}")]
    kept = await rows(house, select(ReportVersionRow.number, ReportVersionRow.what, ReportVersionRow.lines))
    assert [(number, what, [one["text"] for one in lines]) for number, what, lines in kept] == [
        (1, "posted", ["We starten in januari"])
    ]


@BOTH
async def test_replicas_that_do_it_at_the_same_moment_post_it_once(house: House) -> None:
    found = await brought(house)
    await channel(house)
    await noted(house, found)
    for moment in (OVER, NOON):
        await asyncio.gather(*(house.summaries.plan_due(moment) for _ in range(5)))
    assert await counts(house) == {SUMMARY_DRAFT: 2, SUMMARY_POST: 1, SUMMARY_EXCUSED: 1}


async def test_without_a_channel_and_of_a_closed_meeting_it_goes_to_who_came_and_who_runs_it(house: House) -> None:
    found = await brought(house, audience="participants")
    await channel(house)
    await noted(house, found)
    await until(house, OVER, NOON)
    people = {(await viewer(house, one)).person for one in (ROOS, TARIK, MIEL)}
    assert {target for _, target in await planned(house, SUMMARY)} == {f"person:{one.id}" for one in people if one}
    assert await planned(house, SUMMARY_POST) == []


async def test_at_once_it_is_posted_with_its_draft_and_on_approval_only_by_hand(house: House) -> None:
    found = await brought(house)
    await channel(house)
    roos = await viewer(house, ROOS)
    await noted(house, found)
    await house.invitations.set_rule(MeetingKind.INTERVISIE, "summary_when", "approval", roos)
    await until(house, OVER, NOON, NOON + 30 * DAY)
    assert await counts(house) == {SUMMARY_DRAFT: 2}
    _, done = await house.summaries.release(found.id, roos, NOON)
    _, again = await house.summaries.release(found.id, roos, NOON)
    assert (done, again, await counts(house)) == (True, False, {SUMMARY_DRAFT: 2, SUMMARY_POST: 1, SUMMARY_EXCUSED: 1})


async def test_the_rule_at_once(house: House) -> None:
    found = await brought(house)
    await channel(house)
    await noted(house, found)
    await house.invitations.set_rule(None, "summary_when", "at_once", await viewer(house, ROOS))
    await until(house, OVER)
    assert await counts(house) == {SUMMARY_DRAFT: 2, SUMMARY_POST: 1, SUMMARY_EXCUSED: 1}
    with pytest.raises(NotSensible):
        await house.invitations.set_rule(None, "summary_when", "morgen", await viewer(house, ROOS))


async def test_a_bot_that_was_away_for_a_week_drafts_it_and_posts_it_the_next_working_day(house: House) -> None:
    found = await brought(house)
    await channel(house)
    await noted(house, found)
    back = local(2026, 12, 10, 8)
    await until(house, back)
    assert await counts(house) == {SUMMARY_DRAFT: 2}
    await until(house, local(2026, 12, 11, 12))
    assert (await counts(house))[SUMMARY_POST] == 1


async def test_held_it_waits_until_it_is_let_go(house: House) -> None:
    found = await brought(house)
    await channel(house)
    await noted(house, found)
    await until(house, OVER)
    tarik = await viewer(house, TARIK)
    assert (await house.summaries.hold(found.id, tarik, OVER, True)).goes is None
    await until(house, NOON, NOON + 5 * DAY)
    assert await planned(house, SUMMARY_POST) == []
    await house.summaries.hold(found.id, tarik, NOON + 5 * DAY, False)
    await until(house, NOON + 5 * DAY)
    assert len(await planned(house, SUMMARY_POST)) == 1
    with pytest.raises(NotNow):
        await house.summaries.hold(found.id, tarik, NOON + 5 * DAY, True)


async def test_who_does_not_run_it_decides_nothing(house: House) -> None:
    found = await brought(house, audience="participants")
    await noted(house, found)
    miel, stranger = await viewer(house, MIEL), replace(await viewer(house, MIEL), person=None)
    for who, error in ((miel, NotCoordinator), (stranger, NoSuchMeeting)):
        with pytest.raises(error):
            await house.summaries.hold(found.id, who, OVER, True)
        with pytest.raises(error):
            await house.summaries.release(found.id, who, OVER)
        with pytest.raises(error):
            await house.summaries.draft(found.id, who)
        with pytest.raises(error):
            await house.summaries.again(found.id, who, OVER)
    with pytest.raises(NoReport):
        await house.summaries.summary(found.id, miel)
    assert await rows(house, select(ReportRow.held, ReportRow.posted_at)) in ([], [(False, None)])


async def moved(house: House, found: Meeting, by: timedelta) -> None:
    """The meeting moves."""
    starts, ends = found.starts + by, found.ends + by
    local_ = {"starts_local": starts.replace(tzinfo=None), "ends_local": ends.replace(tzinfo=None)}
    await change(
        house,
        update(MeetingRow).where(MeetingRow.id == found.id).values(starts_at=starts, ends_at=ends, **local_),
    )


async def test_moved_after_its_draft_it_is_drafted_and_posted_after_the_new_day(house: House) -> None:
    found = await brought(house)
    await channel(house)
    await noted(house, found)
    await until(house, OVER)
    await moved(house, found, 7 * DAY)
    await until(house, NOON, NOON + 2 * DAY)
    assert await counts(house) == {SUMMARY_DRAFT: 2}
    await until(house, OVER + 7 * DAY)
    assert await counts(house) == {SUMMARY_DRAFT: 4}
    await until(house, NOON + 7 * DAY)
    assert await counts(house) == {SUMMARY_DRAFT: 4, SUMMARY_POST: 1, SUMMARY_EXCUSED: 1}


async def test_cancelled_nothing_is_posted(house: House) -> None:
    found = await brought(house)
    await noted(house, found)
    await until(house, OVER)
    await change(house, update(MeetingRow).values(cancelled_at=OVER))
    await until(house, NOON)
    assert await counts(house) == {SUMMARY_DRAFT: 2}
    with pytest.raises(MeetingCancelled):
        await house.summaries.release(found.id, await viewer(house, ROOS), NOON)


async def test_of_a_meeting_that_lay_behind_when_it_was_imported_nobody_is_asked(house: House) -> None:
    file = network()
    file["meetings"] += [meeting("gisteren", "2026-11-20 09:30", "2026-11-20 12:00")]
    await bring(house, file)
    assert [await house.summaries.plan_due(NOW + DAY * days) for days in range(4)] == [0, 0, 0, 0]


async def test_without_anything_noted_the_note_taker_is_asked_twice(house: House) -> None:
    await brought(house)
    tarik = (await viewer(house, TARIK)).person
    assert tarik
    await until(house, *(OVER + number * timedelta(hours=3) for number in range(60)))
    assert await planned(house) == [(SUMMARY_ASKED, f"person:{tarik.id}")] * 2


async def test_what_comes_in_after_that_is_drafted_and_posted(house: House) -> None:
    found = await brought(house)
    await channel(house)
    await until(house, OVER, NOON)
    await noted(house, found)
    await until(house, NOON + 10 * DAY)
    assert await counts(house) == {SUMMARY_ASKED: 2, SUMMARY_DRAFT: 2}
    await until(house, local(2026, 12, 15, 12))
    assert (await counts(house))[SUMMARY_POST] == 1


async def test_what_stood_on_the_agenda_alone_is_nothing_to_tell(house: House) -> None:
    found = await brought(house, agenda=[{"title": "Spijbelen", "kind": "theme"}])
    await until(house, OVER)
    assert await counts(house) == {SUMMARY_ASKED: 1}
    with pytest.raises(NoReport):
        await house.summaries.release(found.id, await viewer(house, ROOS), OVER)


async def test_only_private_lines_are_nothing_to_tell(house: House) -> None:
    found = await brought(house)
    await noted(house, found, "Over de casus", private=True)
    await until(house, OVER, NOON)
    assert await planned(house, SUMMARY_POST) == []


async def test_the_agenda_tells_what_was_discussed_and_put_off_but_nothing_of_cases(house: House) -> None:
    later = meeting("m2", "2027-02-04 09:30", "2027-02-04 12:00")
    found = await brought(house)
    await bring(house, {**network(), "meetings": [later]})
    roos = await viewer(house, ROOS)
    titles = {"Spijbelen": PointKind.THEME, "NAFT": PointKind.THEME, "Slapen": PointKind.CASE, "Ruzie": PointKind.CASE}
    points = {
        title: (await house.points.propose(NewPoint(title, found.id, kind), roos, NOW)).point.id
        for title, kind in titles.items()
    }
    await change(house, update(AgendaPointRow).values(state="accepted"))
    await noted(house, found)
    await house.carrying.settle(found.id, {points["NAFT"]: NOT_DISCUSSED, points["Ruzie"]: NOT_DISCUSSED}, roos, OVER)
    await until(house, OVER, NOON)
    summary = await house.summaries.summary(found.id, roos)
    shown = {(one.kind, one.text, one.until) for one in summary.report.lines}
    assert shown == {
        (LineKind.DECISION, "We starten in januari", ""),
        (LineKind.POINT, "Spijbelen", ""),
        (LineKind.CARRIED, "NAFT", "2027-02-04"),
    }
    kept = json.dumps((await rows(house, select(ReportVersionRow.lines)))[0][0])
    assert "Slapen" not in kept
    assert "Ruzie" not in kept


async def test_a_point_that_is_settled_later_is_shown_as_it_became(house: House) -> None:
    await bring(house, {**network(), "meetings": [meeting("m2", "2027-02-04 09:30", "2027-02-04 12:00")]})
    found = await brought(house, agenda=[{"title": "Spijbelen", "kind": "theme"}])
    roos = await viewer(house, ROOS)
    await noted(house, found)
    await until(house, OVER)
    ((id_,),) = await rows(house, select(AgendaPointRow.id).where(AgendaPointRow.title == "Spijbelen"))
    assert [one.kind for one in (await house.summaries.draft(found.id, roos)).report.lines] == [
        LineKind.DECISION,
        LineKind.POINT,
    ]
    await house.carrying.settle(found.id, {id_: NOT_DISCUSSED}, roos, OVER)
    await until(house, NOON)
    lines = (await house.summaries.summary(found.id, roos)).report.lines
    assert [(one.kind, one.until) for one in lines if one.text == "Spijbelen"] == [(LineKind.CARRIED, "2027-02-04")]


async def test_a_point_that_is_corrected_after_posting_corrects_what_was_posted(house: House) -> None:
    await bring(house, {**network(), "meetings": [meeting("m2", "2027-02-04 09:30", "2027-02-04 12:00")]})
    found = await brought(house, agenda=[{"title": "Spijbelen", "kind": "theme"}])
    roos = await viewer(house, ROOS)
    await noted(house, found)
    await until(house, OVER, NOON)
    ((id_,),) = await rows(house, select(AgendaPointRow.id).where(AgendaPointRow.title == "Spijbelen"))
    for _ in range(2):
        await house.carrying.settle(found.id, {id_: NOT_DISCUSSED}, roos, NOON + MINUTE)
    report = (await house.summaries.summary(found.id, roos)).report
    assert [one.kind for one in report.lines if one.text == "Spijbelen"] == [LineKind.CARRIED]
    assert (report.standing.version, report.standing.corrected_at) == (2, NOON + MINUTE)


async def test_what_somebody_took_out_of_the_draft_does_not_come_back(house: House) -> None:
    found = await brought(house, agenda=[{"title": "Spijbelen", "kind": "theme"}])
    roos = await viewer(house, ROOS)
    await noted(house, found)
    await until(house, OVER)
    (point,) = (await house.summaries.draft(found.id, roos)).report.of(LineKind.POINT)
    await house.reports.remove(found.id, point.id, roos, OVER)
    await until(house, NOON)
    assert (await house.summaries.summary(found.id, roos)).report.of(LineKind.POINT) == ()
    assert len(await rows(house, select(ReportLineRow.id))) == 2


# What Teams tells


def heard(at: datetime = OVER, **fields: Any) -> Heard:
    """What Teams tells of a call, in the chat of that meeting."""
    return Heard("19:chat", at, **{"join_url": LINK, **fields})


@BOTH
async def test_the_end_in_teams_is_the_end_however_often_it_is_told(house: House) -> None:
    found = await brought(house)
    await noted(house, found)
    early = OVER - 21 * MINUTE
    for at in (early, early, early - 5 * MINUTE):
        ended = await house.summaries.ended(heard(at), early)
        assert ended is not None
        assert ended.id == found.id
    await until(house, early)
    assert await counts(house) == {SUMMARY_DRAFT: 2}
    assert await rows(house, select(ReportRow.ended_at)) == [(early,)]
    assert await rows(house, select(MeetingChatRow.conversation_id, MeetingChatRow.meeting_id)) == [
        ("19:chat", found.id)
    ]


async def test_begun_in_teams_without_an_end_it_is_over_three_hours_after_the_plan(house: House) -> None:
    found = await brought(house)
    await noted(house, found)
    await house.summaries.began(heard(THE_DAY), THE_DAY)
    await until(house, OVER, OVER + 2 * timedelta(hours=1))
    assert await counts(house) == {}
    await until(house, OVER + 3 * timedelta(hours=1))
    assert await counts(house) == {SUMMARY_DRAFT: 2}


async def test_ends_that_come_after_it_was_posted_change_nothing(house: House) -> None:
    found = await brought(house)
    await channel(house)
    await noted(house, found)
    await until(house, OVER, NOON)
    for number in range(4):
        await house.summaries.ended(heard(OVER + number * timedelta(hours=1)), NOON)
        await until(house, NOON + number * DAY)
    assert (await counts(house))[SUMMARY_POST] == 1


async def test_a_call_of_nobody_s_meeting_is_nothing(house: House) -> None:
    await brought(house)
    assert await house.summaries.ended(heard(join_url="https://teams.example/anders"), OVER) is None
    assert await house.summaries.ended(heard(OVER + 2 * DAY), OVER) is None
    assert await rows(house, select(MeetingChatRow.meeting_id)) == []


async def test_the_chat_of_a_series_is_about_the_meeting_that_is_held_now(house: House) -> None:
    first = await brought(house)
    second = meeting("m2", "2027-01-07 09:30", "2027-01-07 12:00", online_url=LINK)
    await bring(house, {**network(), "meetings": [second]})
    later = await the_meeting(house, "m2")
    await house.summaries.began(heard(THE_DAY), THE_DAY)
    assert await rows(house, select(MeetingChatRow.meeting_id)) == [(first.id,)]
    await house.summaries.began(heard(local(2027, 1, 7, 9, 31)), local(2027, 1, 7, 9, 31))
    assert await rows(house, select(MeetingChatRow.meeting_id)) == [(later.id,)]


async def test_once_tied_a_chat_needs_no_link(house: House) -> None:
    found = await brought(house)
    await house.summaries.began(heard(THE_DAY), THE_DAY)
    ended = await house.summaries.ended(heard(OVER, join_url=""), OVER)
    assert ended is not None
    assert ended.id == found.id


# Who reads what


async def test_what_touches_who_was_excused_is_theirs_only_by_whole_names(house: House) -> None:
    found = await brought(house)
    await noted(house, found, "mailt het CLB", kind=LineKind.ACTION, owner="Ans")
    await noted(house, found, "belt", kind=LineKind.ACTION, owner="Anselm")
    await noted(house, found, "geheim", kind=LineKind.ACTION, owner="Ans", private=True)
    await until(house, OVER, NOON)
    ans = (await viewer(house, ANS)).person
    assert ans
    told_ = await house.summaries.told(found.id, ans.id)
    assert told_ is not None
    assert [one.text for one in told_.touching.actions] == ["mailt het CLB"]
    assert [one.text for one in told_.report.lines] == ["mailt het CLB", "belt"]


async def test_who_may_not_read_a_closed_meeting_is_told_nothing(house: House) -> None:
    found = await brought(house, audience="participants", registrations=[{"person": TARIK}])
    await noted(house, found)
    await until(house, OVER, NOON)
    miel = (await viewer(house, MIEL)).person
    assert miel
    assert await house.summaries.told(found.id, miel.id) is None
    assert await house.summaries.told(found.id, None) is None


async def test_an_organisation_that_is_only_explored_is_not_named(house: House) -> None:
    found = await brought(house)
    await noted(house, found)
    await until(house, OVER, NOON)
    summary = await house.summaries.summary(found.id, await viewer(house, TARIK))
    assert "School Strandpad" not in [name for name, _ in summary.present]
    assert summary.people == 2


async def test_again_is_only_for_what_did_not_arrive(house: House) -> None:
    found = await brought(house)
    await channel(house)
    await noted(house, found)
    await until(house, OVER, NOON)
    roos = await viewer(house, ROOS)
    mine = update(NoticeRow).where(NoticeRow.kind == SUMMARY_POST)
    await change(house, mine.values(state="sent"))
    with pytest.raises(NothingToSend):
        await house.summaries.again(found.id, roos, NOON)
    await change(house, mine.values(state="ambiguous"))
    assert await house.summaries.again(found.id, roos, NOON) == 1
    assert (await counts(house))[SUMMARY_POST] == 1
