"""Rules for weeks and weekends: "volgende week dinsdag" from the week's side, "week 12", "week van 7 mei"."""

from datetime import date, timedelta
from functools import partial

from dialogs.language.dates import spans
from dialogs.language.dates.grammar.ordinals import ordinal
from dialogs.language.dates.grammar.reader import Phrase, Reader
from dialogs.language.dates.periods import FromToday, Mapped, Weekday, WeekdayIn, Yearly
from dialogs.language.dates.spans import WEEK, Span
from dialogs.language.dates.tokens import Kind

_WEEKS_IN_YEAR = 53
_STEPS = {"this": 0, "next": 1, "coming": 1, "last": -1}


def nearby_week(span: Span, offset: int) -> Span:
    return spans.week(span.first + offset * WEEK)


def nearby_weekend(span: Span, offset: int) -> Span:
    return spans.weekend(span.first + offset * WEEK)


def coming_weekend(span: Span) -> Span:
    """This week's, unless it has begun."""
    here = spans.weekend(span.first)
    return here if here.first > span.first else spans.moved(here, 1, "week")


def week(r: Reader, i: int) -> Phrase | None:
    """A week said by its place: relative, numbered, by a day in it, or counted in a month."""
    found = relative_week(r, i) or named_week(r, i) or ordinal(r, i)
    return found if found and not found.period.is_day else None


def relative_week(r: Reader, i: int) -> Phrase | None:
    """ "volgende week", "dit weekend"; also "verleden week"."""
    which, unit = r.tokens[i].entry.modifier, r.unit(i + 1)
    if which is None or unit not in {"week", "weekend"} or r.word(i + 1) == "weken":
        return None
    if unit == "week":
        return Phrase(FromToday(partial(nearby_week, offset=_STEPS[which]), is_day=False), i + 2)
    step = coming_weekend if which == "coming" else partial(nearby_weekend, offset=_STEPS[which])
    return Phrase(FromToday(step, is_day=False), i + 2)


def weekday_of_week(r: Reader, i: int) -> Phrase | None:
    """ "volgende week dinsdag": the weekday behind its week."""
    found = week(r, i)
    if found is None:
        return None
    j = r.after(found.end, "op")
    entry = r.tokens[j].entry
    numbered = (
        r.day_number(j + 1) is not None and r.tokens[j + 1].kind is not Kind.CLOCK and r.tokens[j + 2].entry.month
    )
    if entry.weekday is None or entry.plural or numbered:
        return found
    if entry.short and r.unit(found.end - 1) != "week":
        return found
    return Phrase(WeekdayIn(entry.weekday, found.period), j + 1, entry.part)


def named_week(r: Reader, i: int) -> Phrase | None:
    """ "week 12", "week van 7 december", "het weekend van 5 december", "het weekend"."""
    unit = r.unit(i)
    if unit not in {"week", "weekend"} or r.word(i) == "weken" or r.number(i - 1):
        return None
    return _numbered_week(r, i) or _around(r, i, unit) or _bare_weekend(r, i, unit)


def _numbered_week(r: Reader, i: int) -> Phrase | None:
    number = r.number(i + 1) if r.tokens[i + 1].kind is Kind.NUMBER and r.word(i) == "week" else None
    if number is None or not 1 <= number <= _WEEKS_IN_YEAR:
        return None
    if r.word(i + 2) == "van" and r.role(i + 3, "article"):  # "week 2 van de stage"
        return None
    return Phrase(Yearly(partial(_iso_week, number)), i + 2)


def _iso_week(number: int, year: int) -> Span | None:
    try:
        start = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Span(start, start + timedelta(days=6))


def _around(r: Reader, i: int, unit: str) -> Phrase | None:
    """The week or weekend in which a day falls."""
    if r.word(i + 1) != "van":
        return None
    pair = r.day_number(i + 2) and (r.role(i + 3, "and") or r.word(i + 3) in {"-", "/"})  # "weekend van 5 en 6 mei"
    inner = r.period(i + 4 if pair else i + 2)
    if inner is None or isinstance(inner.period, Weekday):
        return None
    return Phrase(Mapped(inner.period, spans.week_of if unit == "week" else spans.weekend_of), inner.end)


def _bare_weekend(r: Reader, i: int, unit: str) -> Phrase | None:
    article = r.role(i - 1, "article") and r.word(i - 1) != "een"
    if unit != "weekend" or not article or r.word(i + 1) == "van":
        return None
    return Phrase(Mapped(Weekday(spans.SATURDAY, today_too=True), spans.weekend_of), i + 1)
