"""Reports of meetings from before the bot: what is taken in, of which day and kind of meeting, and what came of it."""

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from storage.domain.meetings import Audience, Meeting, MeetingKind
from storage.domain.minutes import Minutes
from storage.domain.search_words import months


@dataclass(frozen=True, slots=True)
class OldReport:
    """A report as it was read. `name` is that of its file, `day` the day of its meeting.

    `lives`: its actions are still to be done, as if it was posted just now.
    """

    name: str
    text: str
    minutes: Minutes
    day: date
    title: str
    kind: MeetingKind
    audience: Audience
    lives: bool = False


class Outcome(StrEnum):
    """What became of an old report: taken in, there already, or of a day that is still to come."""

    TAKEN_IN = "taken_in"
    THERE = "there"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What taking a report in did. `made`: no meeting of that day was known; `hidden`: so many lines stay private."""

    outcome: Outcome
    meeting: Meeting | None = None
    made: bool = False
    lines: int = 0
    hidden: int = 0


_MONTHS = "|".join(sorted(months(), key=len, reverse=True))
_DAYS = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-_. ]?(?P<month>[01]\d)[-_. ]?(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>[0-3]?\d)[-_. /](?P<month>[01]?\d)[-_. /](?P<year>20\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>[0-3]?\d)[-_. ]*(?P<name>{_MONTHS})[a-z]*[-_. ]*(?P<year>20\d\d)(?!\d)"),
)
_KINDS = {
    MeetingKind.INTERVISIE: re.compile(r"intervisie|casusoverleg|lerend netwerk"),
    MeetingKind.INFOMOMENT: re.compile(r"info-?(?:moment|sessie|avond)|vormingsmoment|studiedag"),
    MeetingKind.NETWERKDAG: re.compile(r"netwerk-?dag|ontmoetingsdag"),
    MeetingKind.STUURGROEP: re.compile(r"stuurgroep|kerngroep|kernteam|bestuur|dagelijks|coördinatieteam"),
}


def day_of_name(name: str) -> date | None:
    """The day in the name of a file: "2024-03-12", "12-3-2024", "20240312", "12 maart 2024"; None without one."""
    for pattern in _DAYS:
        for found in pattern.finditer(name.casefold()):
            parts = found.groupdict()
            try:
                month = months()[parts["name"]] if parts.get("name") else int(parts["month"])
                return date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                continue
    return None


def kind_of(title: str) -> MeetingKind:
    """What kind of meeting a title tells of."""
    said = title.casefold()
    return next((kind for kind, cue in _KINDS.items() if cue.search(said)), MeetingKind.OTHER)


HOURS = (time(9), time(12))
"""From when to when a meeting is noted down whose hours nobody told."""
