"""The summary after a meeting: when it is over, what is due then, what it shows, and which link is which meeting.

over ──▶ (nothing to tell: asked, asked again) ──▶ draft ──▶ held, or posted once
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from urllib.parse import unquote, urlsplit

from storage.domain.calendar import SendingHours, working_days_after
from storage.domain.meetings import Meeting
from storage.domain.reports import SUMMARISED, Line, LineKind, Origin, Release, Report, ReportStanding

SUMMARY_ASKED = "summary_asked"
"""The notice that asks for something to make a summary of."""

POSTED = "posted"
"""What is kept with the version of a report that was posted."""

POSTED_AT = time(12)
"""The local time of the working day on which a summary is posted by itself."""

ASKED_AGAIN_AT, EVENING = time(9), time(18)
"""The local time at which is asked again, on the next working day; who is asked in the evening reads it a day later."""

LOOK = timedelta(hours=3)
"""So long somebody has at least to look at a draft that was made late, before noon."""

AFTER_THE_PLAN = timedelta(hours=3)
"""So long after its planned end a meeting is over that began in Teams, and of which no end was heard."""

EARLY, LATE = timedelta(hours=1), timedelta(hours=6)
"""What Teams tells so long before a meeting and after it is still about that meeting, and not about another call."""

HELD_AT_LEAST = 0.5
"""Of the planned time: an end before that is somebody who tried the link, or a break."""

LOOK_BACK = timedelta(days=92)
"""So long after a meeting a summary is made of what comes in."""

ASK_WITHIN = timedelta(days=14)
"""So long after a meeting somebody is asked for something: later nobody remembers."""

MOST_ASKS = 2


class Step(Enum):
    """What is to be done about a meeting now."""

    NOTHING = auto()
    ASK = auto()
    DRAFT = auto()
    POST = auto()


@dataclass(frozen=True, slots=True)
class Heard:
    """What Teams tells when a meeting begins or ends there: its own id of it, the link and the title, and when."""

    conversation_id: str
    at: datetime
    teams_id: str = ""
    join_url: str = ""
    title: str = ""
    in_channel: bool = False


@dataclass(frozen=True, slots=True)
class Touching:
    """What of a summary touches one person: what they do, what they proposed, where their organisation is named."""

    actions: tuple[Line, ...] = ()
    proposed: tuple[str, ...] = ()
    named: tuple[Line, ...] = ()

    @property
    def nothing(self) -> bool:
        """True when nothing does."""
        return not (self.actions or self.proposed or self.named)


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary for everybody who may read it: a report without what is private, and who was there in numbers.

    `present` counts by organisation, most first; "" for those whose organisation is not told.
    """

    report: Report
    present: tuple[tuple[str, int], ...] = ()
    touching: Touching = Touching()

    @property
    def meeting(self) -> Meeting:
        """The meeting that it is about."""
        return self.report.meeting

    @property
    def people(self) -> int:
        """How many were there."""
        return sum(count for _, count in self.present) + self.report.others


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is not posted yet, or that may be corrected, for who may do that; `goes`: when it is posted by
    itself, None when never.
    """

    report: Report
    goes: datetime | None = None


# --- when


def over_at(meeting: Meeting, standing: ReportStanding) -> datetime:
    """When a meeting is over: when Teams said so, else at its planned end; later where it began in Teams and no end was
    heard.
    """
    started, ended = _of_this_day(standing.started_at, meeting), _of_this_day(standing.ended_at, meeting)
    if started is not None and (ended is None or started > ended):
        return _later(meeting.ends, AFTER_THE_PLAN)
    if ended is None or ended.timestamp() - meeting.starts.timestamp() < HELD_AT_LEAST * _length(meeting):
        return meeting.ends
    return ended.astimezone(meeting.ends.tzinfo)


def posts_at(meeting: Meeting, standing: ReportStanding, hours: SendingHours) -> datetime | None:
    """When a summary that was drafted goes out by itself; None when never, or when there is no draft."""
    made = _of_this_day(standing.drafted_at, meeting)
    if made is None or standing.held or standing.posted_at or standing.release is Release.APPROVAL:
        return None
    made = made.astimezone(meeting.ends.tzinfo)
    if standing.release is Release.AT_ONCE:
        return hours.next_open(made).astimezone(meeting.ends.tzinfo)
    noon = _at(working_days_after(over_at(meeting, standing).date(), 1), POSTED_AT, meeting)
    if noon.timestamp() - made.timestamp() >= LOOK.total_seconds():
        return noon
    return _at(working_days_after(made.date(), 1), POSTED_AT, meeting)


def asks_again_at(meeting: Meeting, asked: datetime) -> datetime:
    """When who was asked is asked once more: on the morning of the working day after they could read it."""
    local = asked.astimezone(meeting.ends.tzinfo)
    read = local.date() + timedelta(days=1) if local.time() >= EVENING else local.date()
    return _at(working_days_after(working_days_after(read, 0), 1), ASKED_AGAIN_AT, meeting)


def step(meeting: Meeting, standing: ReportStanding, material: bool, now: datetime, hours: SendingHours) -> Step:
    """What is to be done about a meeting now; what was noted of another day on which it was to be held is forgotten."""
    over = over_at(meeting, standing)
    if meeting.cancelled or standing.posted_at or now.timestamp() < over.timestamp():
        return Step.NOTHING
    if not material:
        return Step.ASK if _asks(meeting, standing, over, now) else Step.NOTHING
    if not drafted(meeting, standing):
        return Step.DRAFT
    at = posts_at(meeting, standing, hours)
    return Step.POST if at is not None and at.timestamp() <= now.timestamp() else Step.NOTHING


def asked_before(meeting: Meeting, standing: ReportStanding) -> int:
    """How often somebody was asked for something about the meeting as it was held."""
    return standing.asks if _of_this_day(standing.asked_at, meeting) else 0


def drafted(meeting: Meeting, standing: ReportStanding) -> bool:
    """Whether there is a draft of the meeting as it was held."""
    return _of_this_day(standing.drafted_at, meeting) is not None


def is_of(meeting: Meeting, at: datetime) -> bool:
    """Whether what Teams tells at that moment is about this meeting."""
    since, until = meeting.starts.timestamp() - EARLY.total_seconds(), meeting.ends.timestamp() + LATE.total_seconds()
    return since <= at.timestamp() <= until


def _asks(meeting: Meeting, standing: ReportStanding, over: datetime, now: datetime) -> bool:
    too_late = now.timestamp() - over.timestamp() > ASK_WITHIN.total_seconds()
    if standing.held or too_late or drafted(meeting, standing):
        return False
    before = asked_before(meeting, standing)
    if not before or standing.asked_at is None:
        return True
    return before < MOST_ASKS and asks_again_at(meeting, standing.asked_at).timestamp() <= now.timestamp()


def _of_this_day(moment: datetime | None, meeting: Meeting) -> datetime | None:
    """What happened when the meeting was held, or after it; not what was noted before it was moved."""
    early = meeting.starts.timestamp() - EARLY.total_seconds()
    return moment if moment is not None and moment.timestamp() >= early else None


def _length(meeting: Meeting) -> float:
    return meeting.ends.timestamp() - meeting.starts.timestamp()


def _later(moment: datetime, by: timedelta) -> datetime:
    """So much later, also in a night in which the clock changes."""
    return datetime.fromtimestamp(moment.timestamp() + by.total_seconds(), moment.tzinfo)


def _at(day: date, clock: time, meeting: Meeting) -> datetime:
    return datetime.combine(day, clock, meeting.ends.tzinfo)


# --- what


def is_material(report: Report) -> bool:
    """Whether there is something to post: more than who was there and what stood on the agenda."""
    told = report.of(*SUMMARISED, LineKind.DISCUSSION, LineKind.POINT)
    return any(one.origin is not Origin.AGENDA for one in told) or report.standing.report_url is not None


def of_agenda(kept: Iterable[Line]) -> dict[int, Line]:
    """The lines that were made of agenda points, by the id of the point."""
    return {int(one.data["point"]): one for one in kept if one.origin is Origin.AGENDA and "point" in one.data}


# --- which meeting a link leads to

_THREAD = re.compile(r"19:meeting_[^/?#@&]+@thread\.v2", re.IGNORECASE)
"""How Teams calls the chat of a meeting, which stands in the link as well."""


def link_key(url: str) -> str:
    """What is the same in all ways of writing the link of one meeting; "" for what is no link.

    Teams encodes it once or twice, and adds who made it; mail programs put their own address around it.
    """
    said = unquote(unquote(url.strip()))
    if (thread := _THREAD.search(said)) is not None:
        return thread[0].casefold()
    try:
        parts = urlsplit(said)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return ""
    return f"{parts.netloc}{parts.path.rstrip('/')}".casefold()


def meant(heard: Heard, meetings: Sequence[Meeting]) -> Meeting | None:
    """The one of these meetings that is held in a call: by its link, else by its title where that fits exactly one."""
    held = [one for one in meetings if is_of(one, heard.at) and not one.cancelled]
    near = sorted(held, key=lambda one: _apart(one, heard.at))
    keys = {link_key(heard.join_url), link_key(heard.conversation_id)} - {""}
    linked = [one for one in near if one.online_url and link_key(one.online_url) in keys]
    if linked:
        return linked[0]
    called = [one for one in near if _same(one.title, heard.title)]
    return called[0] if len(called) == 1 else None


def _apart(meeting: Meeting, at: datetime) -> float:
    return abs(meeting.starts.timestamp() - at.timestamp())


def _same(one: str, other: str) -> bool:
    return bool(other.strip()) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
