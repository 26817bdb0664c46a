"""Rules for days: numeric dates, "morgen", weekdays and what may follow them."""

from datetime import date
from functools import partial

from dialogs.language.dates import spans
from dialogs.language.dates.grammar.guards import is_fraction, labelled, short_weekday_fits, stands_alone
from dialogs.language.dates.grammar.ordinals import outer
from dialogs.language.dates.grammar.reader import FIRST_YEAR, LAST_YEAR, Phrase, Reader
from dialogs.language.dates.grammar.weeks import week
from dialogs.language.dates.periods import (
    Chosen,
    DayOfMonth,
    Fixed,
    FromToday,
    MonthDay,
    Period,
    Weekday,
    WeekdayIn,
    Within,
)
from dialogs.language.dates.spans import Span, one
from dialogs.language.dates.tokens import Kind
from dialogs.language.dates.words import PARTS

# After these "morgen" is the morning, not tomorrow.
_NOT_TOMORROW = frozenset(
    "goede goeden goeie goeien goei goed de den deze dees dezen elke iedere hele heel ganse 's s vroege".split(),  # noqa: SIM905
)


def step_days(span: Span, offset: int) -> Span:
    return spans.moved(span, offset, "day")


def numeric(r: Reader, i: int) -> Phrase | None:
    """ "7/6/2027", "2027-06-07", "7/6", "15-2"."""
    token = r.tokens[i]
    if token.kind is Kind.DATE and not labelled(r, i):
        day = spans.make_date(*token.values) if FIRST_YEAR <= token.values[0] <= LAST_YEAR else None
        return Phrase(Fixed(one(day)), i + 1) if day else None
    if token.kind is Kind.DAY_MONTH and valid(*token.values) and not is_fraction(r, i):
        return with_year(r, MonthDay(*token.values), i + 1)
    return None


def valid(day: int, month: int) -> bool:
    return spans.make_date(2000, month, day) is not None  # a leap year


def with_year(r: Reader, period: Period, i: int) -> Phrase:
    """The phrase, with the year behind it if one is said: "2027", "volgend jaar", "van dit schooljaar"."""
    j = r.after(i, "van", "in", "uit")
    year = r.year_period(j) or _said_year(r, r.after_article(j))
    return Phrase(Within(_plain(period), year.period), year.end) if year else Phrase(period, i)


def _plain(period: Period) -> Period:
    """With a year the weekday is not needed to find the day."""
    return MonthDay(period.day, period.month) if isinstance(period, MonthDay) else period


def _said_year(r: Reader, i: int) -> Phrase | None:
    token = r.tokens[i]
    if token.kind is Kind.YEARS:
        first, last = token.values
        return (
            Phrase(Fixed(Span(date(first, 9, 1), date(last, 8, 31)), is_day=False), i + 1)
            if last == first + 1
            else None
        )
    if token.entry.modifier and r.unit(i + 1) in {"year", "school year"}:
        return r.period(i)
    if r.unit(i) == "school year":
        return r.period(i)
    return None


def relative(r: Reader, i: int) -> Phrase | None:
    """ "vandaag", "morgen", "overmorgen"; also glued to a part: "morgenavond"."""
    entry, word = r.tokens[i].entry, r.word(i)
    if entry.relative is None or (word in PARTS and r.word(i - 1) in _NOT_TOMORROW):
        return None
    if r.word(i + 1) == "de" and r.unit(i + 2) == "day":  # "vandaag de dag"
        return None
    return Phrase(FromToday(partial(step_days, offset=entry.relative)), i + 1, None if word in PARTS else entry.part)


def weekday(r: Reader, i: int) -> Phrase | None:
    """ "dinsdag", with what may follow: a day number, "a.s.", "volgende week"."""
    entry = r.tokens[i].entry
    if entry.weekday is None or entry.plural or (entry.short and not short_weekday_fits(r, i)):
        return None
    some = outer(r, i + 2) if r.word(i - 1) == "een" and r.word(i + 1) == "in" else None  # "een dinsdag in maart"
    if some:
        return some
    j = i + 1 if not (r.word(i + 1) == "," and _dated(r, i + 2)) else i + 2
    found = _numbered(r, entry.weekday, j) or _suffixed(r, entry.weekday, i + 1) or _in_week(r, entry.weekday, i + 1)
    period, end = found or (Weekday(entry.weekday), i + 1)
    return Phrase(period, end, entry.part)


def _dated(r: Reader, i: int) -> bool:
    """A full date follows: a number with its month, or a numeric date."""
    j = r.after_article(i)
    month = r.tokens[j + 1].entry.month if r.day_number(j) else None
    return month is not None or r.tokens[j].kind in {Kind.DATE, Kind.DAY_MONTH}


def _numbered(r: Reader, weekday_number: int, i: int) -> tuple[Period, int] | None:
    """The day number behind a weekday: "7 juni", "7/6", "de 7de", "27"."""
    j = r.after_article(r.after(i, "op"))
    if r.tokens[j].kind in {Kind.DATE, Kind.DAY_MONTH} or _dated(r, j):
        phrase = r.period(j)
        return (_with_weekday(phrase.period, weekday_number), phrase.end) if phrase else None
    number = r.day_number(j) if r.tokens[j].kind in {Kind.NUMBER, Kind.ORDINAL} else None
    if number is None or not (r.tokens[j].kind is Kind.ORDINAL or stands_alone(r, j + 1)) or r.word(j - 1) == "om":
        return None
    return DayOfMonth(number, weekday_number), j + 1


def _with_weekday(period: Period, weekday_number: int) -> Period:
    return MonthDay(period.day, period.month, weekday_number) if isinstance(period, MonthDay) else period


def _suffixed(r: Reader, weekday_number: int, i: int) -> tuple[Period, int] | None:
    """ "aanstaande", "a.s.", "laatst", "jl." behind a weekday."""
    suffix = r.tokens[i].entry.suffix
    if suffix is None or r.unit(i + 1):
        return None
    return (Chosen(Weekday(weekday_number), "last") if suffix == "last" else Weekday(weekday_number)), i + 1


def _in_week(r: Reader, weekday_number: int, i: int) -> tuple[Period, int] | None:
    """The week behind a weekday: "volgende week", "van de week van 5 mei"."""
    j = r.after_article(r.after(i, "van", "in", "uit"))
    found = week(r, j) or (r.period(j) if j > i and _first_week(r, j) else None)
    return (WeekdayIn(weekday_number, found.period), found.end) if found else None


def _first_week(r: Reader, i: int) -> bool:
    """ "de woensdag van de krokusvakantie": a holiday can stand for its week."""
    return r.tokens[i].entry.holiday is not None


def day_of_month(r: Reader, i: int) -> Phrase | None:
    """ "de 6de", "op den 5e"; a day number alone, its month unsaid."""
    number = r.day_number(i)
    if number is None or not r.role(i - 1, "article"):
        return None
    written = r.tokens[i].kind is Kind.ORDINAL
    spelled = r.tokens[i].entry.ordinal is not None and number > 3 and r.word(i - 2) in {"op", "tegen", "vanaf"}  # noqa: PLR2004
    alone = stands_alone(r, i + 1) and not r.role(i + 1, "van")
    return Phrase(DayOfMonth(number), i + 1) if (written or spelled) and alone else None
