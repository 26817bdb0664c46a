"""Rules for "volgende", "komende", "vorige", "deze" before a unit, a day or a name."""

from functools import partial

from dialogs.language.dates import spans
from dialogs.language.dates.grammar.names import school_year_near, term_near
from dialogs.language.dates.grammar.ordinals import nth_weekday
from dialogs.language.dates.grammar.reader import Phrase, Reader
from dialogs.language.dates.grammar.weeks import weekday_of_week
from dialogs.language.dates.periods import Chosen, FromToday, Mapped, Period, Weekday, Within
from dialogs.language.dates.spans import Span, one
from dialogs.language.dates.tokens import Kind

_STEPS = {"this": 0, "next": 1, "coming": 1, "last": -1}
_FEWEST = 2


def nearby(span: Span, unit: str, offset: int) -> Span | None:
    """The month, year, school year or term `offset` away from the one the day is in."""
    day = span.first
    if unit == "month":
        return spans.month_of(spans.add(day.replace(day=1), offset, "month"))
    if unit == "year":
        return spans.year_span(day.year + offset)
    if unit == "school year":
        return school_year_near(span, offset)
    return term_near(span, unit, offset)


def modified(r: Reader, i: int) -> Phrase | None:
    """ "volgende maand", "vorige dinsdag", "deze namiddag", "dit najaar", "komende 5 mei"."""
    which = r.tokens[i].entry.modifier
    if which is None:
        return None
    return (
        weekday_of_week(r, i) or _unit(r, i, which) or _stretch(r, i, which) or _day(r, i, which) or _named(r, i, which)
    )


def _unit(r: Reader, i: int, which: str) -> Phrase | None:
    unit = r.unit(i + 1)
    if unit not in {"month", "year", "school year", "trimester", "semester", "quarter"} or (
        unit == "month" and r.tokens[i + 2].entry.month
    ):
        return None
    if r.word(i + 1) in {"maanden", "jaren"}:
        return None
    outer = FromToday(partial(nearby, unit=unit, offset=_STEPS[which]), is_day=False)
    return _inside(r, outer, unit, i + 2) or Phrase(outer, i + 2)


def _inside(r: Reader, outer: Period, unit: str, i: int) -> Phrase | None:
    """What is said inside it: "volgend jaar in maart", "volgende maand de 15de"."""
    j = r.after_article(r.after(i, "in", "op", "met", "rond", "tijdens", "de", "ergens"))
    if unit == "month":
        return _in_month(r, outer, j)
    token = r.tokens[j]
    named = token.entry.month or token.entry.feast or token.entry.holiday or token.entry.season or token.entry.portion
    dated = token.kind is Kind.DAY_MONTH or (r.day_number(j) and (r.tokens[j + 1].entry.month or r.ordinal(j)))
    inner = r.period(j) if named or dated else None
    return Phrase(Within(inner.period, outer), inner.end, inner.part) if inner else None


def _in_month(r: Reader, outer: Period, i: int) -> Phrase | None:
    nth = r.ordinal(i)
    weekday = r.tokens[i + 1].entry.weekday
    if nth and weekday is not None:
        return Phrase(nth_weekday(outer, nth, weekday), i + 2, r.tokens[i + 1].entry.part)
    day = r.day_number(i) if r.tokens[i].kind is Kind.ORDINAL else None
    return Phrase(Mapped(outer, partial(spans.nth_day, nth=day), is_day=True), i + 1) if day else None


def _stretch(r: Reader, i: int, which: str) -> Phrase | None:
    """ "de komende drie weken", "de laatste twee maanden"."""
    amount = r.amount(i + 1)
    if amount is None or which == "this" or amount.unit == "minute" or amount.number < _FEWEST:
        return None
    sign = -1 if which == "last" else 1
    return Phrase(
        FromToday(partial(spans.stretch, amount=sign * amount.number, unit=amount.unit), is_day=False), amount.end
    )


def _day(r: Reader, i: int, which: str) -> Phrase | None:
    """ "komende vrijdag", "vorige dinsdag", "deze zaterdag"; "deze avond" is today."""
    entry = r.tokens[i + 1].entry
    if entry.weekday is not None and not entry.plural:
        if entry.short and r.tokens[i + 1].word == "zo":
            return None
        return _weekday(r, i, which)
    if which == "this" and entry.part and not entry.plural and r.word(i) != "dit":
        return Phrase(FromToday(_same), i + 2, entry.part)
    return None


def _weekday(r: Reader, i: int, which: str) -> Phrase | None:
    full = r.period(i + 1)
    if full is None:
        return None
    if not isinstance(full.period, Weekday):
        return full if which != "last" else Phrase(Chosen(full.period, which), full.end, full.part)
    weekday = full.period.weekday
    chosen: Period = Weekday(weekday)
    if which == "last":
        chosen = Chosen(chosen, "last")
    elif which == "this":
        chosen = Weekday(weekday, today_too=True)
    return Phrase(chosen, full.end, full.part)


def _same(span: Span) -> Span:
    return one(span.first)


def _named(r: Reader, i: int, which: str) -> Phrase | None:
    """ "dit najaar", "volgende kerstvakantie", "komende 5 mei", "vorige zomer"."""
    entry = r.tokens[i + 1].entry
    dated = r.day_number(i + 1) and r.tokens[i + 2].entry.month
    if not (entry.month or entry.feast or entry.holiday or entry.season or dated):
        return None
    inner = r.period(i + 1)
    return Phrase(Chosen(inner.period, which), inner.end) if inner else None
