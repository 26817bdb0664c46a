"""Reads a whole date phrase: deadlines ("tegen"), ranges ("van ... tot") and lists ("5 of 12 februari")."""

from dataclasses import dataclass, replace

from dialogs.language.dates.clocks import Clock, Hours
from dialogs.language.dates.grammar.guards import stands_alone
from dialogs.language.dates.grammar.items import Item, glued_range, item
from dialogs.language.dates.grammar.ordinals import Nth, nth_weekday
from dialogs.language.dates.grammar.reader import Reader
from dialogs.language.dates.markers import Marker
from dialogs.language.dates.periods import Chosen, DayOfMonth, MonthDay, Period, Weekday, WeekdayIn, Within
from dialogs.language.dates.tokens import Kind

_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One date expression as said: from one token to another, an item or a range of two, a deadline, a recurrence."""

    begin: int
    end: int
    first: Item | None = None
    last: Item | None = None
    marker: Marker | None = None
    every: str | None = None
    between: bool = False  # "tussen": two spans leave only what lies between


@dataclass(frozen=True, slots=True)
class _Chain:
    items: list[Item]
    links: list[str]  # links[k] stands between items[k] and items[k + 1]: or, and, comma, range


def chain(r: Reader, i: int) -> list[Found]:
    """All dates of the phrase that starts here; empty if none does."""
    marker = r.tokens[i].entry.marker
    opener = "tussen" if r.role(i, "tussen") else "van" if r.word(i) == "van" else ""
    timed = item(r, i) if opener else None
    if timed and timed.hours and timed.hours.end:  # "van 9u tot 11u op donderdag"
        opener = ""
    start = i + 1 if marker or opener else i
    read = _close(r, _read(r, start, opener))
    if not read.items:
        return []
    if opener and read.links[:1] != ["range"]:
        return _without_range(r, i, read, opener)
    return _emit(r, read, marker, i if marker or opener else read.items[0].begin, between=opener == "tussen")


def _without_range(r: Reader, i: int, read: _Chain, opener: str) -> list[Found]:
    """ "van maandag af" is a start; otherwise the "van" belongs to what stands before it."""
    if opener == "van" and len(read.items) == 1 and r.role(read.items[0].end, "af"):
        return [Found(i, read.items[0].end + 1, read.items[0], marker=Marker("after"))]
    return []


def _read(r: Reader, i: int, opener: str) -> _Chain:
    """Items and the links between them, as far as they go."""
    read = _Chain([], [])
    pair = glued_range(r, i)
    first = item(r, i) if pair is None else pair[0]
    if pair:
        read.items.append(pair[0])
        read.links.append("range")
        first = pair[1]
    while first is not None:
        read.items.append(first)
        link, j = _link(r, first.end, opener if len(read.items) == 1 else "")
        if not link or len(read.items) >= _LONGEST:
            break
        first = _next(r, j, link)
        if first is not None:
            read.links.append(link)
    return read


def _next(r: Reader, i: int, link: str) -> Item | None:
    marker = r.tokens[i].entry.marker if link in {"or", "and"} else None
    found = item(r, i + 1 if marker else i)
    if found is None or marker is None:
        return found
    return replace(found, begin=i, marker=marker)


def _link(r: Reader, i: int, opener: str) -> tuple[str, int]:
    if opener == "tussen" and r.role(i, "and"):
        return "range", i + 1
    if r.word(i) == "-" and r.role(i + 1, "or", "and"):  # "dinsdag- of donderdagavond"
        i += 1
    marker = r.tokens[i].entry.marker
    if (marker and marker.joins) or r.word(i) in {"-", "a"}:
        return "range", i + 1
    if r.role(i, "or"):
        return "or", i + 1
    if r.role(i, "and") or r.word(i) in {"&", "+", "/"}:
        return "and", i + 1
    if r.word(i) == ",":
        return ("or" if r.role(i + 1, "or") else "comma"), i + (2 if r.role(i + 1, "or", "and") else 1)
    return "", i


def _close(r: Reader, read: _Chain) -> _Chain:
    """Gives open items what their neighbours say, and cuts the chain where one stays open."""
    items = list(read.items)
    for k in range(len(items) - 2, -1, -1):
        items[k] = _from_right(read, items, k)
    for k in range(1, len(items)):
        items[k] = _from_left(r, read.links[k - 1], items[k - 1], items[k])
    items = [_alone(r, found) for found in items]
    keep = next((k for k, found in enumerate(items) if found.is_open), len(items))
    return _Chain(items[:keep], read.links[: max(keep - 1, 0)])


def _from_right(read: _Chain, items: list[Item], k: int) -> Item:
    here, there, link = items[k], items[k + 1], read.links[k]
    lone = k == 0 or not read.items[k - 1].is_open
    bare_comma = link == "comma" and not read.items[k + 1].is_open and lone  # "lokaal 3, 5 mei"
    if here.is_open and not bare_comma:
        here = _completed(here, there)
    elif isinstance(here.period, DayOfMonth) and link != "comma":
        here = replace(here, period=_same_month(here.period, there.period))
    elif isinstance(here.period, Weekday) and isinstance(there.period, WeekdayIn) and link != "comma":
        here = replace(here, period=WeekdayIn(here.period.weekday, there.period.outer))
    shares = link in {"or", "and"} or (link == "comma" and read.links[k + 1 : k + 2] and read.links[k + 1] != "range")
    days = here.period and there.period and here.period.is_day and there.period.is_day
    if shares and days and here.hours is None and there.hours and there.marker is None:
        here = replace(here, hours=there.hours)
    return here


def _same_month(here: DayOfMonth, there: Period | None) -> Period:
    """ "maandag 1" of "maandag 1 tot vrijdag 5 maart" lies in March; "vrijdag 27" of "... of 5 december" does not."""
    other = there.base if isinstance(there, Within) else there
    if not isinstance(other, MonthDay) or here.day >= other.day:
        return here
    own = MonthDay(here.day, other.month, here.weekday)
    return Within(own, there.outer) if isinstance(there, Within) else own


def _completed(here: Item, there: Item) -> Item:
    """An open item with the month, the hour or the counted weekday of its right neighbour."""
    period = there.period
    month_day = period.base if isinstance(period, Within) else period
    if here.number and isinstance(month_day, MonthDay):
        own = MonthDay(here.number, month_day.month, here.weekday)
        return replace(here, period=Within(own, period.outer) if isinstance(period, Within) else own)
    if here.nth and isinstance(period, Nth):
        return replace(
            here,
            period=nth_weekday(period.base, here.nth, here.weekday if here.weekday is not None else period.weekday),
        )
    if here.number and period is None and there.hours and here.weekday is None and there.hours.start.hour is not None:
        part = there.hours.start.part
        return replace(here, hours=Hours(Clock(here.number, explicit=here.number > 12, part=part)))  # noqa: PLR2004
    return here


def _from_left(r: Reader, link: str, before: Item, here: Item) -> Item:
    """What the right item takes over: the week, "vorige", or the day of its left neighbour."""
    if isinstance(here.period, Weekday) and link in {"or", "and"}:
        if isinstance(before.period, WeekdayIn):
            return replace(here, period=WeekdayIn(here.period.weekday, before.period.outer))
        if isinstance(before.period, Chosen) and isinstance(before.period.base, Weekday):
            return replace(here, period=Chosen(here.period, before.period.which))
    if (
        here.is_open
        and here.number
        and before.hours
        and before.hours.start.hour is not None
        and stands_alone(r, here.end)
    ):
        return replace(here, period=before.period, hours=Hours(Clock(here.number, explicit=here.number > 12)))  # noqa: PLR2004
    if here.period is None and here.hours and before.period and before.period.is_day and link != "range":
        return replace(here, period=before.period)
    return here


def _alone(r: Reader, found: Item) -> Item:
    """ "vrijdag 27" needs no month."""
    if not found.is_open or found.weekday is None or not found.number or not stands_alone(r, found.end):
        return found
    return replace(found, period=DayOfMonth(found.number, found.weekday))


def _emit(r: Reader, read: _Chain, marker: Marker | None, begin: int, *, between: bool) -> list[Found]:
    found: list[Found] = []
    k = 0
    while k < len(read.items):
        here = read.items[k]
        start = begin if k == 0 else here.begin
        own = here.marker or marker
        in_row = "range" in (read.links[k + 1 : k + 2] or read.links[k - 1 : k])  # "7/1 - 14/1 - 21/1" is a list
        if read.links[k : k + 1] == ["range"] and not in_row and _can_range(here, read.items[k + 1]):
            found.append(_range(here, read.items[k + 1], own, start, between=between))
            k += 1
        else:
            found.append(_single(r, here, own, start))
        k += 1
        marker = marker if k <= len(read.links) and read.links[k - 1] == "or" else None
        if k < len(read.items) and read.links[k - 1] == "comma" and marker is None and found[-1].marker:
            break
    return found


def _can_range(first: Item, last: Item) -> bool:
    return first.wait is None and last.wait is None and (first.period is None) == (last.period is None)


def _range(first: Item, last: Item, marker: Marker | None, begin: int, *, between: bool) -> Found:
    """A range; "vanaf 3 tot 5 mei" is one too, "voor 3 - 5 mei" stays a deadline."""
    kept = marker if marker and marker.bound == "before" else None
    return Found(begin, last.end, first, None if kept else last, kept, between=between)


def _single(r: Reader, here: Item, marker: Marker | None, begin: int) -> Found:
    trailing = r.tokens[here.end].entry.marker
    if marker is None and trailing and trailing.trails and r.tokens[here.end + 1].kind in {Kind.END, Kind.MARK}:
        return Found(begin, here.end + 1, here, marker=trailing)
    return Found(begin, here.end, here, marker=marker)
