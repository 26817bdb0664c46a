"""What things about polls are called: options, counts, moments."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.texts.words import cut, enumeration, hour, plain, short_day
from storage.domain.polls import Answer, Count, Option, Poll, PollKind

DEGREES = ("helemaal niet goed", "niet zo goed", "gaat wel", "goed", "heel goed")
ANSWERS = {Answer.YES: "ja", Answer.MAYBE: "misschien", Answer.NO: "nee"}

LONGEST_QUOTED = 80
"""Characters of an option in a sentence."""

MOST_DAYS_NAMED = 3
"""Days that stand by name in one's own vote; of more only how many."""

_DAY = timedelta(days=1)


def option_label(option: Option) -> str:
    """What an option is called, as its author wrote it: its text, or "do 3 dec 2026, 9.30-12 uur"."""
    day = option.day or (option.starts.date() if option.starts else None)
    if day is None:
        return option.text
    told = short_day(day)
    if option.starts is None:
        return told
    ends = option.ends if option.ends and option.ends.date() == option.starts.date() else None
    return f"{told}, {hour(option.starts)}{f'-{hour(ends)}' if ends else ''} uur"


def short(option: Option, longest: int = LONGEST_QUOTED) -> str:
    """What an option is called inside a sentence: harmless, and not too long."""
    return plain(cut(option_label(option), min(longest, LONGEST_QUOTED)))


def in_row(option: Option) -> str:
    """What an option is called where a comma would mislead: "vr 4 dec 2026 (9.30-12 uur)"."""
    told, _, hours = short(option).partition(", ")
    return f"{told} ({hours})" if hours and option.starts else short(option)


def moment(at: datetime, poll: Poll, now: datetime) -> str:
    """A moment as people of the poll call it: "vandaag 16 uur", "vr 27 nov, 9.30 uur"; never half a year away."""
    zone = ZoneInfo(poll.timezone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    near = {today: "vandaag", today + _DAY: "morgen", today - _DAY: "gisteren"}
    said = near.get(local.date())
    return f"{said} {hour(local)} uur" if said else f"{_without_year(local.date())}, {hour(local)} uur"


def _without_year(day: date) -> str:
    return short_day(day).removesuffix(f" {day.year}")


def count(one: Count, kind: PollKind) -> str:
    """How one option stands: "5 stemmen", "5 ja, 2 misschien, 1 nee"."""
    if kind is PollKind.DATES:
        return f"{one.votes} ja, {one.maybe} misschien, {one.no} nee"
    if kind is PollKind.RANKING:
        wins = "wint van 1 andere keuze" if one.votes == 1 else f"wint van {one.votes} andere keuzes"
        return f"{wins}, {one.first} × eerst" if one.first else wins
    return votes(one.votes)


def count_label(one: Count) -> str:
    """What is counted: an option, or a degree of a temperature with its word."""
    return option_label(one.option) if one.option else f"{one.degree} {DEGREES[one.degree - 1]}"


def votes(number: int) -> str:
    """So many votes: "1 stem", "5 stemmen"."""
    return "1 stem" if number == 1 else f"{number} stemmen"


def on_days(chosen: Sequence[tuple[Option, int]], answer: Answer) -> str:
    """What somebody said so of: "ja op vr 4 dec 2026 en vr 11 dec 2026"."""
    said = [in_row(one) for one, value in chosen if value == answer]
    many = len(said) > MOST_DAYS_NAMED
    return f"{len(said)} × {ANSWERS[answer]}" if many else f"{ANSWERS[answer]} op {enumeration(said)}"
