"""The calendar file of a meeting, read back with the library's own parser."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Alarm, Calendar, Component, Event

from bot.files.calendar_file import calendar_file
from storage.domain.meetings import Audience, Location, Meeting, MeetingKind
from tests.conftest import BRUSSELS, NOW

STARTS = datetime(2026, 12, 3, 9, 30, tzinfo=BRUSSELS)
MEETING = Meeting(
    id=7,
    key="intervisie-huiswerk",
    kind=MeetingKind.INTERVISIE,
    title="Intervisie huiswerk",
    starts=STARTS,
    ends=STARTS.replace(hour=12, minute=0),
    audience=Audience.NETWORK,
    description="Hoe organiseer je huiswerk?",
    for_whom="Ambassadeurs",
    practical="Koffie vanaf 9 uur.",
    location=Location("De Vuurtoren", "Zeedijk 8, 9998 Kustrade", "Bovenzaal"),
    online_url="https://teams.example/l/1?a=b;c,d",
    revision=3,
)


def parsed(meeting: Meeting) -> Calendar:
    """What the library reads in the file."""
    read = Calendar.from_ical(calendar_file(meeting, NOW))
    assert isinstance(read, Calendar)
    return read


def event(meeting: Meeting) -> Event:
    """The one event in the file."""
    (found,) = parsed(meeting).events
    return found


def alarms(component: Component) -> list[Component]:
    """The alarms of an event."""
    return [one for one in component.subcomponents if isinstance(one, Alarm)]


def lines(meeting: Meeting) -> list[bytes]:
    """The lines of the file as they are sent."""
    return calendar_file(meeting, NOW).split(b"\r\n")


def test_it_tells_when_and_where_and_what() -> None:
    found = event(MEETING)
    assert found.start == MEETING.starts
    assert found.end == MEETING.ends
    assert str(found["summary"]) == "Intervisie huiswerk"
    assert str(found["location"]) == "De Vuurtoren, Bovenzaal, Zeedijk 8, 9998 Kustrade"
    assert str(found["url"]) == MEETING.online_url
    assert "Koffie vanaf 9 uur." in str(found["description"])


def test_a_calendar_knows_it_again_and_takes_the_newest() -> None:
    first, moved = (
        event(one) for one in (MEETING, replace(MEETING, starts=STARTS + timedelta(days=7), title="Later", revision=4))
    )
    assert first["uid"] == moved["uid"] == "intervisie-huiswerk@ambassadeursbot"
    assert (first["sequence"], moved["sequence"]) == (3, 4)


def test_it_is_stamped_by_the_clock_that_it_is_given() -> None:
    found = event(MEETING)
    assert found["dtstamp"].dt == found["last-modified"].dt == NOW.astimezone(UTC)


def test_it_is_published_and_confirmed_with_an_alarm_a_day_before() -> None:
    calendar = parsed(MEETING)
    assert calendar["method"] == "PUBLISH"
    assert event(MEETING)["status"] == "CONFIRMED"
    (alarm,) = alarms(event(MEETING))
    assert (alarm["action"], alarm["trigger"].dt) == ("DISPLAY", timedelta(days=-1))


def test_a_cancelled_meeting_is_published_as_cancelled_under_the_same_uid() -> None:
    meeting = replace(MEETING, cancelled=True, cancelled_why="de spreker is ziek", revision=4)
    found = event(meeting)
    assert parsed(meeting)["method"] == "PUBLISH"
    assert (found["status"], found["uid"], found["sequence"]) == ("CANCELLED", "intervisie-huiswerk@ambassadeursbot", 4)
    assert str(found["summary"]).startswith("Gaat niet door: ")
    assert "de spreker is ziek" in str(found["description"])
    assert alarms(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "puntkomma; komma, backslash \\ en “aanhalingstekens”",
        "één 👩‍🏫 emoji, Ünïcödé en 日本",
        "BEGIN:VEVENT",
        "x" * 2_000,
        "é" * 500,
        "{{haakjes}} \\n is geen nieuwe regel",
        "a:b=c;d",
    ],
    ids=["punctuation", "unicode", "keyword", "long", "long and wide", "escapes", "signs"],
)
def test_text_comes_back_as_it_was(text: str) -> None:
    found = event(replace(MEETING, title=text, location=Location(text), practical=text))
    assert str(found["summary"]) == text
    assert str(found["location"]) == text
    assert f"Praktisch: {text}" in str(found["description"]).splitlines()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1e", "\x85", "\u2028"])
def test_a_line_end_in_a_text_writes_no_property_of_its_own(end: str) -> None:
    evil = f"Titel{end}ATTENDEE:mailto:iemand@elders.example{end}END:VEVENT"
    meeting = replace(
        MEETING, title=evil, practical=evil, location=Location(evil, evil, evil), online_url=f"https://{evil}"
    )
    found = event(meeting)
    assert "attendee" not in found
    assert str(found["summary"]) == "Titel ATTENDEE:mailto:iemand@elders.example END:VEVENT"
    assert not [line for line in lines(meeting) if line.startswith(b"ATTENDEE")]


def test_control_characters_are_left_out() -> None:
    found = event(replace(MEETING, title="a\x00b\x07c\x1bd\ud800e\ufffff", practical="g\x00h"))
    assert str(found["summary"]) == "abcdef"
    assert "Praktisch: gh" in str(found["description"])


def test_no_line_is_longer_than_75_bytes() -> None:
    assert max(map(len, lines(replace(MEETING, title="é" * 300, practical="woord " * 400)))) <= 75


def test_it_names_nobody_who_comes_and_no_agenda() -> None:
    told = calendar_file(MEETING, NOW).decode()
    assert not re.search(r"ATTENDEE|ORGANIZER|mailto:", told)


@pytest.mark.parametrize(
    ("starts", "offset"),
    [
        (datetime(2027, 3, 27, 9, 30, tzinfo=BRUSSELS), 1),
        (datetime(2027, 3, 28, 9, 30, tzinfo=BRUSSELS), 2),
        (datetime(2026, 10, 24, 23, 0, tzinfo=BRUSSELS), 2),
        (datetime(2026, 10, 25, 9, 30, tzinfo=BRUSSELS), 1),
        (datetime(2030, 7, 1, 9, 30, tzinfo=BRUSSELS), 2),
    ],
    ids=["before spring", "in spring", "before autumn", "in autumn", "in summer"],
)
def test_the_hours_hold_by_the_file_s_own_zone_when_the_clock_changes(starts: datetime, offset: int) -> None:
    calendar = parsed(replace(MEETING, starts=starts, ends=starts + timedelta(hours=2)))
    (zone,) = calendar.timezones
    by_the_file = starts.replace(tzinfo=zone.to_tz(lookup_tzid=False))
    assert by_the_file.utcoffset() == timedelta(hours=offset) == starts.utcoffset()
    (found,) = calendar.events
    assert found["dtstart"].params["tzid"] == "Europe/Brussels"


def test_the_clock_changes_at_the_hour_at_which_it_does() -> None:
    (zone,) = parsed(MEETING).timezones
    seasons = {str(one["tzname"]): one for one in zone.subcomponents}
    assert seasons["CEST"]["dtstart"].to_ical() == b"19700329T020000"
    assert seasons["CET"]["dtstart"].to_ical() == b"19701025T030000"
    assert seasons["CEST"]["rrule"] == {"FREQ": ["YEARLY"], "BYMONTH": [3], "BYDAY": ["-1SU"]}


def test_a_zone_with_other_rules_has_its_own() -> None:
    starts = datetime(2027, 1, 14, 9, 30, tzinfo=ZoneInfo("America/Paramaribo"))
    calendar = parsed(replace(MEETING, starts=starts, ends=starts + timedelta(hours=1)))
    assert [zone.tz_name for zone in calendar.timezones] == ["America/Paramaribo"]
    assert calendar.events[0].start == starts


def test_a_meeting_with_nothing_but_its_hours_is_a_file_too() -> None:
    bare = replace(MEETING, description=None, for_whom=None, practical=None, location=None, online_url=None)
    found = event(bare)
    assert "location" not in found
    assert "url" not in found
    assert found.start == MEETING.starts
