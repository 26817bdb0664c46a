"""Joins a day and its hours into one item; a day number still waiting for its month is an open item."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from dialogs.language.dates.clocks import Clock, Hours
from dialogs.language.dates.grammar import days, distances, months, names, ordinals, relatives, weeks
from dialogs.language.dates.grammar.distances import amount_ahead, shifted
from dialogs.language.dates.grammar.guards import labelled
from dialogs.language.dates.grammar.hours import hours
from dialogs.language.dates.grammar.reader import Phrase, Reader, Rule
from dialogs.language.dates.markers import FILLERS, Marker
from dialogs.language.dates.periods import MonthDay, Period
from dialogs.language.dates.tokens import Kind

# In order: the first rule that reads something wins.
RULES: Final[tuple[Rule, ...]] = (
    months.day_of_named_month,
    months.day_of_outer_month,
    days.numeric,
    relatives.modified,
    names.term,
    ordinals.several,
    ordinals.ordinal,
    ordinals.portion,
    ordinals.beside,
    distances.ahead,
    distances.ago,
    distances.counted_from,
    days.weekday,
    days.relative,
    names.name,
    names.school_year_said,
    weeks.weekday_of_week,
    months.month,
    days.day_of_month,
    distances.year,
    distances.now,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One date, hour, or both, with its place in the tokens; an open item waits for what its neighbour says."""

    begin: int
    end: int
    period: Period | None = None
    hours: Hours | None = None
    wait: timedelta | None = None  # "over 2 uur"
    marker: Marker | None = None
    number: int | None = None  # open: a day of a month, or an hour
    weekday: int | None = None
    nth: int | None = None  # open: "eerste" in "eerste of derde dinsdag van mei"

    @property
    def is_open(self) -> bool:
        return self.period is None and self.hours is None and self.wait is None


def item(r: Reader, i: int) -> Item | None:
    """The item that starts here, small words in front skipped."""
    if i not in r.items:
        r.items[i] = _item(r, i)
    found: Item | None = r.items[i]
    return found


def _item(r: Reader, i: int) -> Item | None:
    j = i
    while (r.role(j, "at") and not _is_ahead(r, j)) or r.word(j) in FILLERS:
        j += 1
    return _instant(r, j) or _dated(r, j) or _timed(r, j) or _open(r, j)


def _is_ahead(r: Reader, i: int) -> bool:
    """ "in" may open a distance or a named part of the day."""
    return r.word(i) == "in" and (amount_ahead(r, i) is not None or hours(r, i, dated=False) is not None)


def _instant(r: Reader, i: int) -> Item | None:
    """ "over 2 uur", "een half uur geleden"."""
    found = amount_ahead(r, i) if r.role(i, "ahead") else None
    if found and found.unit == "minute" and found.number == found.upto:
        return Item(i, found.end, wait=timedelta(minutes=found.number))
    found = r.amount(i)
    if found and found.unit == "minute" and r.role(found.end, "ago"):
        return Item(i, found.end + 1, wait=-timedelta(minutes=found.number))
    return None


def _dated(r: Reader, i: int) -> Item | None:
    phrase = r.period(i)
    if phrase is None:
        return None
    begin = r.after_article(i) if r.role(i, "article") else i
    return with_hours(r, begin, shifted(r, phrase))


def with_hours(r: Reader, begin: int, phrase: Phrase) -> Item:
    """The item for a period, with the hours said behind it if it is a day."""
    glued = Hours(Clock(None, part=phrase.part)) if phrase.part else None
    said = hours(r, phrase.end, dated=True) if phrase.period.is_day else None
    if said is None:
        return Item(begin, phrase.end, phrase.period, glued)
    return Item(begin, said.end, phrase.period, said.hours.in_part(phrase.part))


def _timed(r: Reader, i: int) -> Item | None:
    """Hours first: "om 14u", "14u30 op dinsdag"."""
    said = hours(r, i, dated=False)
    if said is None:
        return None
    j = r.after(said.end, "op")
    phrase = r.period(j)
    if phrase is None or not phrase.period.is_day:
        return Item(i, said.end, hours=said.hours)
    phrase = shifted(r, phrase)
    return Item(i, phrase.end, phrase.period, said.hours.in_part(phrase.part))


def _open(r: Reader, i: int) -> Item | None:
    """ "5" in "5 of 12 februari", "dinsdag 5", "eerste" in "eerste of derde dinsdag van mei"."""
    weekday = r.tokens[i].entry.weekday
    j = r.after_article(i if weekday is None else i + 1)
    number = r.day_number(j)
    if number is None or labelled(r, j):
        nth = r.ordinal(i)
        return Item(i, i + 1, nth=nth) if nth else None
    nth = r.ordinal(j) if weekday is None else None
    if nth and r.tokens[j + 1].entry.weekday is not None:
        return Item(j, j + 2, nth=nth, weekday=r.tokens[j + 1].entry.weekday)
    return Item(i if weekday is not None else j, j + 1, number=number, weekday=weekday, nth=nth)


def glued_range(r: Reader, i: int) -> tuple[Item, Item] | None:
    """ "3-5 maart": what looks like day and month is two days of the month behind it."""
    token = r.tokens[i]
    month = r.tokens[i + 1].entry.month
    if token.kind is not Kind.DAY_MONTH or "-" not in token.word or month is None:
        return None
    closing = days.with_year(r, MonthDay(token.values[1], month), i + 2)
    return Item(i, i + 1, number=token.values[0]), with_hours(r, i, closing)
