"""What was said -> which days and hours it means, seen from now."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from dialogs.language.dates.clocks import Hours, clock_time, moment
from dialogs.language.dates.expression import DateExpression, When
from dialogs.language.dates.grammar.chains import Found
from dialogs.language.dates.grammar.items import Item
from dialogs.language.dates.grammar.ordinals import Portion
from dialogs.language.dates.markers import Bound, Marker
from dialogs.language.dates.periods import Anchor, Mapped, MonthDay, Period, Weekday, Within, Yearly, pick
from dialogs.language.dates.spans import DAY, Span

_NO_TEXT = DateExpression("", (0, 0), None, None)
_LAST_MINUTE = 24 * 60 - 1
_YEAR = timedelta(days=366)


def resolve(found: Found, now: datetime, *, back: bool) -> DateExpression | None:
    """The expression without its text; None where the calendar has no such day. `back`: the sentence looks back."""
    anchor = Anchor(now.date(), now.date(), back or bool(found.marker and found.marker.past))
    if found.every is not None:
        opening, closing = _times(found.first.hours) if found.first and found.first.hours else (None, None)
        return replace(_NO_TEXT, start=opening, end=closing, every=found.every)
    if found.first is None:
        return None
    if found.last is not None:
        return _range(found.first, found.last, anchor, now, between=found.between)
    return _bounded(found.first, found.marker, anchor, now) if found.marker else _plain(found.first, anchor, now)


def _plain(item: Item, anchor: Anchor, now: datetime) -> DateExpression | None:
    if item.wait is not None:
        return replace(_NO_TEXT, start=_later(now, item.wait))
    if item.hours and item.hours.marker:
        return _bounded(replace(item, hours=replace(item.hours, marker=None)), item.hours.marker, anchor, now)
    if item.period is None:
        opening, closing = _times(item.hours) if item.hours else (None, None)
        return replace(_NO_TEXT, start=opening, end=closing)
    span = pick(item.period, anchor)
    if span is None:
        return None
    if item.hours and item.period.is_day:
        opening, closing = _moments(span.first, item.hours, now)
        return replace(_NO_TEXT, start=opening, end=closing)
    return replace(_NO_TEXT, start=span.first, end=span.last)


def _later(now: datetime, wait: timedelta) -> datetime:
    """Counted in real time, so that the summer-time change does not add or lose an hour."""
    return (now.astimezone(UTC) + wait).astimezone(now.tzinfo).replace(second=0, microsecond=0)


def _times(hours: Hours) -> tuple[When | None, When | None]:
    closing = hours.closing
    return clock_time(hours.start.minutes), clock_time(closing) if closing is not None else None


def _moments(day: date, hours: Hours, now: datetime) -> tuple[datetime, datetime | None]:
    closing = hours.closing
    return moment(day, hours.start.minutes, now.tzinfo), moment(
        day, closing, now.tzinfo
    ) if closing is not None else None


def _bounded(item: Item, marker: Marker, anchor: Anchor, now: datetime) -> DateExpression | None:
    """A deadline or a start: an hour, a moment, or an edge of a span of days."""
    if marker.bound == "after" and item.hours and item.hours.end:  # "vanaf 9u tot 12u"
        return _plain(item, anchor, now)
    if item.wait is not None or item.period is None or item.hours:
        plain = _plain(item, anchor, now)
        return _with_bound(plain.start, marker) if plain and plain.start is not None else None
    span = _bounding_span(item.period, marker, anchor)
    return _with_bound(_edge(span, item.period, marker), marker) if span else None


def _with_bound(edge: When, marker: Marker) -> DateExpression:
    bound: Bound = marker.bound
    if bound == "before":
        return replace(_NO_TEXT, end=edge, bound=bound, inclusive=marker.inclusive)
    return replace(_NO_TEXT, start=edge, bound=bound)


def _bounding_span(period: Period, marker: Marker, anchor: Anchor) -> Span | None:
    """A deadline lies ahead: of a span already begun the next one is meant."""
    if marker.bound == "before" and not anchor.back and not period.is_day and not _ends(period):
        coming = [span for span in period.spans(anchor) if span.first > anchor.today]
        if coming:
            return coming[0]
    return pick(period, anchor)


def _ends(period: Period) -> bool:
    return isinstance(period, Portion) and period.which == "end"


def _edge(span: Span, period: Period, marker: Marker) -> date:
    if marker.bound == "before":
        return span.last if _ends(period) else span.first
    return span.last + DAY if marker.beyond else span.first


def _range(first: Item, last: Item, anchor: Anchor, now: datetime, *, between: bool) -> DateExpression | None:
    """From one item to another; hours on either side make moments of both ends."""
    if first.period is None or last.period is None:
        return _hours_range(first, last)
    days = _days_between(first.period, last.period, anchor, between=between)
    if days is None:
        return None
    if first.hours is None and last.hours is None:
        return replace(_NO_TEXT, start=days.first, end=days.last)
    opening = first.hours or (last.hours if last.hours and last.hours.end else None)  # "1 tot 5 mei van 9u tot 12u"
    closing = last.hours.closing or last.hours.start.minutes if last.hours else _LAST_MINUTE
    start = moment(days.first, opening.start.minutes if opening else 0, now.tzinfo)
    end = moment(days.last, closing, now.tzinfo)
    return replace(_NO_TEXT, start=start, end=end) if start < end else None


def _hours_range(first: Item, last: Item) -> DateExpression | None:
    if first.hours is None or last.hours is None:
        return None
    opening, closing = _times(Hours(first.hours.start, last.hours.start))
    return replace(_NO_TEXT, start=opening, end=closing)


def _days_between(first: Period, last: Period, anchor: Anchor, *, between: bool) -> Span | None:
    """The days meant; a range under way counts before the next one of its kind."""
    start = pick(first, anchor)
    if start is None:
        return None
    end = pick(last, replace(anchor, centre=start.first), after=start.first)
    returns = isinstance(_root(first), MonthDay | Yearly) and not anchor.back
    if returns:
        start, end = _under_way(first, last, anchor) or (start, end)
    if end is None or (returns and end.first - start.first > _YEAR):
        start, end = _ending_there(first, last, anchor) or (start, end)
    if end is None or end.last < start.first:
        return None
    if _is_holiday(last) and start.last + DAY < end.first:
        return _up_to_holiday(start, end, outside=between and _is_holiday(first), whole=_is_holiday(first))
    return Span(start.first, end.last)


def _up_to_holiday(start: Span, end: Span, *, outside: bool, whole: bool) -> Span:
    """ "tot de kerstvakantie" stops before it; "tussen herfst- en kerstvakantie" is what lies outside both."""
    return Span(start.last + DAY if outside else start.first, end.last if whole and not outside else end.first - DAY)


def _root(period: Period) -> Period:
    return _root(period.base) if isinstance(period, Mapped) else period


def _is_holiday(period: Period) -> bool:
    root = period.base if isinstance(period, Within) else period
    return isinstance(root, Yearly) and root.school_holiday


def _under_way(first: Period, last: Period, anchor: Anchor) -> tuple[Span, Span] | None:
    begun = [span for span in first.spans(anchor) if span.first <= anchor.today]
    if not begun or isinstance(last, Weekday):
        return None
    end = pick(last, replace(anchor, centre=begun[-1].first), after=begun[-1].first)
    return (begun[-1], end) if end and anchor.today <= end.last and end.last - begun[-1].first < _YEAR else None


def _ending_there(first: Period, last: Period, anchor: Anchor) -> tuple[Span, Span] | None:
    """The end is said in full ("3 mei tot 5 juni 2028"): the start is the last one before it."""
    end = pick(last, anchor)
    if end is None:
        return None
    starts = [span for span in first.spans(replace(anchor, centre=end.first)) if span.first <= end.last]
    return (starts[-1], end) if starts else None
