"""Of which meeting a report is that somebody gives: the one that they or it name, else the one at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from dialogs.conversations.reports.held import RECENT
from dialogs.language.agenda import match
from dialogs.language.dates import find_dates
from dialogs.language.understanding import LONGEST
from storage.domain.meetings import Meeting, MeetingQuery, Which
from storage.domain.people import Viewer
from storage.domain.reports import may_correct
from storage.domain.uploads import ReportFound
from storage.services.house import House

MOST_OFFERED = 5
"""Meetings between which one chooses by a button, beside leaving it."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a report belongs: the meeting; else those between which is to be chosen, `several` of which fit as well.

    Neither: its sender may not correct it; `closed` is then the meeting, where that is known.
    """

    meeting: Meeting | None = None
    choice: tuple[Meeting, ...] = ()
    several: bool = False
    closed: Meeting | None = None


async def home_of(
    house: House, viewer: Viewer, found: ReportFound, now: datetime, conversation_id: str, *, choose: bool = False
) -> Home:
    """Where a report belongs. `choose`: its sender wants to say so."""
    if found.meeting_id is not None:
        named = [one for one in await house.meetings.known([found.meeting_id], viewer) if _seen(one, viewer, now)]
        if named:
            return _one(named[0], viewer)
    recent = [one for one in await _held(house, viewer, now) if may_correct(viewer, one)]
    if choose:
        return Home(choice=tuple(recent[:MOST_OFFERED]), several=True)
    if found.day is not None:
        return _of_day(await _on_day(house, viewer, found.day, now), found, viewer, recent)
    at_hand = await house.reports.at_hand(viewer, now, conversation_id)
    if at_hand is not None and may_correct(viewer, at_hand):
        return Home(at_hand)
    return Home(recent[0]) if recent else Home(closed=at_hand)


def _one(meeting: Meeting, viewer: Viewer) -> Home:
    return Home(meeting) if may_correct(viewer, meeting) else Home(closed=meeting)


def _of_day(there: Sequence[Meeting], found: ReportFound, viewer: Viewer, recent: Sequence[Meeting]) -> Home:
    """The meeting of the report's day; of several the one that its title names."""
    own = [one for one in there if may_correct(viewer, one)]
    if len(own) > 1:
        named = match(found.title, [one.title for one in own]) if found.title else None
        return Home(own[named]) if named is not None else Home(choice=tuple(own[:MOST_OFFERED]), several=True)
    if own:
        return Home(own[0])
    if there:
        return Home(closed=there[0])
    return Home(choice=tuple(recent[:MOST_OFFERED]))


async def told_with_it(house: House, viewer: Viewer, text: str, now: datetime) -> Meeting | None:
    """The meeting of the day that is said with a file: "het verslag van 15 oktober" is of the last one of these."""
    for one in find_dates(text[:LONGEST], now):
        if not isinstance(one.start, date) or one.start != one.end:
            continue  # a period, or an hour
        day = one.start.date() if isinstance(one.start, datetime) else one.start
        there = await _on_day(house, viewer, day if day <= now.date() else day - relativedelta(years=1), now)
        if len(there) == 1:
            return there[0]
    return None


async def _on_day(house: House, viewer: Viewer, day: date, now: datetime) -> list[Meeting]:
    that_day = MeetingQuery(Which.ALL, first=day, last=day)
    meetings = await house.meetings.find(that_day, viewer, str(now.tzinfo), now)
    return [one for one in meetings if _seen(one, viewer, now) and one.starts.date() == day]


async def _held(house: House, viewer: Viewer, now: datetime) -> list[Meeting]:
    """The meetings that were held lately, the last one first."""
    lately = MeetingQuery(Which.ALL, first=(now - RECENT).date(), last=now.date())
    meetings = await house.meetings.find(lately, viewer, str(now.tzinfo), now)
    return [one for one in reversed(meetings) if _seen(one, viewer, now)]


def _seen(meeting: Meeting, viewer: Viewer, now: datetime) -> bool:
    began = meeting.starts.timestamp() <= now.timestamp()
    return began and not meeting.cancelled and meeting.agenda_visible_to(viewer)


async def to_whom(house: House, meeting: Meeting | None) -> str | None:
    """The name of who may correct the report of a meeting: who takes notes, who organises it, or a coordinator."""
    ids = [one for one in (meeting.note_taker_id, meeting.organiser_id) if one is not None] if meeting else []
    known = {one.id: one.name for one in await house.people.known(ids)} if ids else {}
    named = next((known[one] for one in ids if one in known), None)
    if named is not None:
        return named
    coordinators = await house.people.coordinators()
    return coordinators[0].name if coordinators else None
