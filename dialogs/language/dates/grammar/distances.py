"""Rules for distances: "over drie weken", "een maand geleden", "twee weken na Pasen", "dinsdag over een week"."""

from functools import partial

from dialogs.language.dates import spans
from dialogs.language.dates.grammar.reader import Amount, Phrase, Reader
from dialogs.language.dates.markers import YEAR_BEHIND
from dialogs.language.dates.periods import FromToday, Mapped, Shifted, Weekday, WeekdayIn
from dialogs.language.dates.spans import Span
from dialogs.language.dates.tokens import Kind

# "acht dagen" is a week to a Fleming, "vijftien dagen" two, when a weekday is named.
_WEEKDAY_DISTANCE = {8: 7, 15: 14}
_UNITS_AHEAD = {"binnen de", "binnen het"}


def at_distance(span: Span, low: int, high: int, unit: str) -> Span:
    return Span(spans.add(span.first, low, unit), spans.add(span.first, high, unit))


def amount_ahead(r: Reader, i: int) -> Amount | None:
    """The amount behind "over", "binnen" or "in"; "binnen de maand" is one."""
    if not (r.role(i, "ahead") or r.word(i) == "in"):
        return None
    j = r.after(i + 1, "de", "ongeveer", "een", "pakweg", "een goeie", "zo'n", "exact") if r.number(i + 2) else i + 1
    found = r.amount(j)
    if found is None and r.word(i) in _UNITS_AHEAD and r.word(i + 1) in {"dag", "week", "maand", "jaar", "uur"}:
        unit = r.unit(i + 1) or ""
        return Amount(60, "minute", i + 2, 60) if unit == "hour" else Amount(1, unit, i + 2, 1)
    return found


def ahead(r: Reader, i: int) -> Phrase | None:
    """ "over drie weken", "binnen 14 dagen", "in 2 weken", "over twee weken op dinsdag"."""
    found = amount_ahead(r, i)
    if found is None or found.unit == "minute" or (r.word(i) == "in" and r.word(i + 1) in {"een", "1"}):
        return None
    step = partial(at_distance, low=found.number, high=found.upto, unit=found.unit)
    there = FromToday(step, is_day=found.number == found.upto)
    j = r.after(found.end, "op")
    weekday = r.tokens[j].entry.weekday
    if found.unit == "week" and weekday is not None and not r.tokens[j].entry.short and there.is_day:
        return Phrase(WeekdayIn(weekday, Mapped(there, spans.week_of)), j + 1, r.tokens[j].entry.part)
    return Phrase(there, found.end)


def ago(r: Reader, i: int) -> Phrase | None:
    """ "drie weken geleden", "een maand terug"."""
    found = r.amount(i)
    since = r.tokens[i - 1].entry.marker if i else None  # "sinds drie weken"
    said = found is not None and (r.role(found.end, "ago") or (since is not None and since.past))
    if found is None or found.unit == "minute" or not said:
        return None
    step = partial(at_distance, low=-found.upto, high=-found.number, unit=found.unit)
    return Phrase(FromToday(step, is_day=found.number == found.upto), found.end + r.role(found.end, "ago"))


def counted_from(r: Reader, i: int) -> Phrase | None:
    """ "twee weken na Pasen", "3 dagen voor de kerstvakantie"."""
    found = r.amount(i)
    side = {"na": 1, "voor": -1}.get(r.word(found.end)) if found else None
    if found is None or side is None or found.unit == "minute":
        return None
    base = r.period(found.end + 1)
    if base is None:
        return None
    step = partial(_from_edge, amount=side * found.number, unit=found.unit)
    return Phrase(Mapped(base.period, step, is_day=True), base.end)


def _from_edge(span: Span, amount: int, unit: str) -> Span:
    edge = span.last if amount > 0 else span.first
    return spans.one(spans.add(edge, amount, unit))


def shifted(r: Reader, phrase: Phrase) -> Phrase:
    """The phrase moved by the distance said behind it: "dinsdag over een week"."""
    found = amount_ahead(r, phrase.end)
    if found is None or found.unit == "minute" or not phrase.period.is_day:
        return phrase
    number = found.number
    if isinstance(phrase.period, Weekday) and found.unit == "day":
        number = _WEEKDAY_DISTANCE.get(number, number)
    step = partial(spans.moved, amount=number, unit=found.unit)
    return Phrase(Shifted(phrase.period, step), found.end, phrase.part)


def year(r: Reader, i: int) -> Phrase | None:
    """ "in 2027", "tegen 2028", "het jaar 2028"."""
    if r.unit(i) == "year" and r.tokens[i + 1].kind is Kind.NUMBER:
        return r.year_period(i + 1)
    asked = i > 0 and (_opens_year(r, i - 1) or r.tokens[i - 1].entry.marker is not None)
    plain = r.tokens[i + 1].kind is not Kind.WORD or r.tokens[i + 1].entry.unit is None
    return r.year_period(i) if asked and plain and r.tokens[i].kind is Kind.NUMBER else None


def _opens_year(r: Reader, i: int) -> bool:
    """ "in 2027", "planning 2027", "de data van 2027"."""
    return r.word(i) in YEAR_BEHIND or (i > 0 and r.word(i) == "van" and r.word(i - 1) in YEAR_BEHIND)


def now(r: Reader, i: int) -> Phrase | None:
    """ "nu", only where a span begins: "tussen nu en kerst", "vanaf nu"."""
    asked = r.word(i - 1) in {"tussen", "van", "vanaf"}
    return Phrase(FromToday(_today), i + 1) if r.role(i, "nu") and asked else None


def _today(span: Span) -> Span:
    return span
