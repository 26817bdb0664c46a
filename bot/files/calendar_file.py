"""A meeting as an iCalendar file (RFC 5545) that calendars keep up to date by its UID and SEQUENCE.

METHOD is always PUBLISH, also for a meeting that is cancelled: then with STATUS:CANCELLED, as RFC 5546 has it for what
was published. METHOD:CANCEL is a message of an organiser to the attendees of an invitation, and would have to name
both; a calendar that knows no such invitation ignores it. So there is no ORGANIZER, whose mail address is private.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from bot.files.characters import clean, one_line
from dialogs.texts import files as texts
from storage.domain.meetings import Meeting

CONTENT_TYPE = "text/calendar"
UID_HOST = "ambassadeursbot"
ALARM_BEFORE = timedelta(days=1)


def calendar_file(meeting: Meeting, now: datetime) -> bytes:
    """The meeting as it stands now, in UTF-8."""
    calendar = Calendar()
    calendar.add("prodid", texts.PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    zone = meeting.starts.tzinfo
    if isinstance(zone, ZoneInfo) and _changes_as_in_europe(zone, meeting.starts.year):
        calendar.add_component(_zone(zone, meeting.starts.year))
    calendar.add_component(_event(meeting, now.astimezone(UTC).replace(microsecond=0)))
    year = meeting.starts.date()
    calendar.add_missing_timezones(year - timedelta(days=366), year + timedelta(days=366))  # elsewhere than in Europe
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{meeting.key}@{UID_HOST}")
    event.add("sequence", meeting.revision)
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("dtstart", meeting.starts)
    event.add("dtend", meeting.ends)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if meeting.cancelled else "OPAQUE")
    event.add("summary", one_line(texts.calendar_title(meeting)))
    event.add("description", clean(texts.calendar_details(meeting)))
    if meeting.location:
        event.add("location", one_line(texts.calendar_place(meeting.location)))
    if meeting.online_url:
        event.add("url", "".join(one_line(meeting.online_url).split()))
    if not meeting.cancelled:
        event.add_component(_alarm(meeting))
    return event


def _alarm(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(meeting.title))
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm


# Outlook wants a rule (RRULE), and the library writes each change as a date, in spring an hour late (7.3.0): so here is
# the rule that holds in all of the European Union, with which most calendars write Europe/Brussels.


def _zone(zone: ZoneInfo, year: int) -> Timezone:
    winter, summer = datetime(year, 1, 1, tzinfo=zone), datetime(year, 7, 1, tzinfo=zone)
    made = Timezone()
    made.add("tzid", zone.key)
    made.add_component(_season(TimezoneDaylight(), summer, winter, datetime(1970, 3, 29)))  # noqa: DTZ001 - local time
    made.add_component(_season(TimezoneStandard(), winter, summer, datetime(1970, 10, 25)))  # noqa: DTZ001
    return made


def _season(
    season: TimezoneDaylight | TimezoneStandard, within: datetime, before: datetime, first_day: datetime
) -> TimezoneDaylight | TimezoneStandard:
    """When a season of the clock begins: at 1.00 UTC on a last Sunday, told in the hours before it."""
    old, new = before.utcoffset() or timedelta(), within.utcoffset() or timedelta()
    season.add("dtstart", first_day + timedelta(hours=1) + old)
    season.add("rrule", {"freq": "yearly", "bymonth": first_day.month, "byday": "-1SU"})
    season.add("tzoffsetfrom", old)
    season.add("tzoffsetto", new)
    season.add("tzname", within.tzname())
    return season


def _changes_as_in_europe(zone: ZoneInfo, year: int) -> bool:
    """Whether the clock changes at 1.00 UTC on the last Sundays of March and October of this year, and goes back."""
    spring, autumn = (_last_sunday(year, month).replace(hour=1) for month in (3, 10))
    step = timedelta(seconds=1)
    before, after, late, again = (
        moment.astimezone(zone).utcoffset() for moment in (spring - step, spring, autumn - step, autumn)
    )
    return before != after and after == late and again == before


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
