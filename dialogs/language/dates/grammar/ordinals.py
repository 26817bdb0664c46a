"""Rules for counted days and weeks, and for parts of a span: "eerste dinsdag van maart", "eind januari"."""

from dataclasses import dataclass
from functools import partial

from dialogs.language.dates import spans
from dialogs.language.dates.grammar.reader import Phrase, Reader
from dialogs.language.dates.periods import Chosen, FromToday, Mapped, Monthly, Period, Weekday
from dialogs.language.dates.school import is_school_day
from dialogs.language.dates.spans import DAY, Span, Step, one

_COUNTED = {"day": spans.nth_day, "week": spans.nth_week, "weekend": spans.nth_weekend, "half": spans.half}


@dataclass(frozen=True, slots=True)
class Nth(Mapped):
    """A counted weekday, kept apart so that a list can share its month: "eerste of derde dinsdag van mei"."""

    weekday: int = 0


@dataclass(frozen=True, slots=True)
class Portion(Mapped):
    """Begin, midden or eind of a span; a deadline at the eind runs to its last day."""

    which: str = "begin"


def nth_weekday(base: Period, nth: int, weekday: int) -> Nth:
    return Nth(base, partial(spans.nth_weekday, nth=nth, weekday=weekday), is_day=True, weekday=weekday)


def nth_school_day(span: Span, nth: int) -> Span | None:
    days = [day for n in range(span.days) if is_school_day(day := span.first + n * DAY)]
    return one(days[nth - 1 if nth > 0 else nth]) if len(days) >= abs(nth) else None


def school_day_beside(span: Span, side: int) -> Span:
    day = (span.last if side > 0 else span.first) + side * DAY
    while not is_school_day(day):
        day += side * DAY
    return one(day)


def ordinal(r: Reader, i: int) -> Phrase | None:
    """ "eerste dinsdag van maart", "tweede week van mei", "laatste week voor de paasvakantie", "laatste dinsdag"."""
    nth = r.ordinal(i)
    if nth is None:
        return None
    weekday, unit = r.tokens[i + 1].entry.weekday, r.unit(i + 1)
    if weekday is None and unit not in {*_COUNTED, "school day"}:
        return None
    part = r.tokens[i + 1].entry.part
    found = _inside(r, nth, i + 1) or _beside(r, nth, i + 1)
    if found:
        return found._replace(part=part)
    if nth == -1 and weekday is not None and not r.tokens[i + 1].entry.plural:
        return Phrase(Chosen(Weekday(weekday), "last"), i + 2, part)
    return None


def several(r: Reader, i: int) -> Phrase | None:
    """ "de eerste twee weken van maart", "de laatste drie dagen van de paasvakantie"."""
    nth, amount = r.ordinal(i), r.amount(i + 1)
    if nth not in {1, -1} or amount is None or amount.unit not in {"day", "week", "month"} or amount.number == 1:
        return None
    if r.word(amount.end) not in {"van", "in"}:
        gone = partial(spans.stretch, amount=-amount.number, unit=amount.unit)  # "de laatste drie weken"
        return Phrase(FromToday(gone, is_day=False), amount.end) if nth == -1 else None
    base = outer(r, amount.end + 1) if amount.unit != "month" else None
    run = partial(_run, count=nth * amount.number, unit=amount.unit)
    return Phrase(Mapped(base.period, run), base.end) if base else None


def _run(span: Span, count: int, unit: str) -> Span | None:
    """The first (or, negative, the last) `count` days or weeks."""
    sign = 1 if count > 0 else -1
    ends = [_COUNTED[unit](span, sign), _COUNTED[unit](span, count)][::sign]
    return Span(ends[0].first, ends[1].last) if ends[0] and ends[1] else None


def _inside(r: Reader, nth: int, i: int) -> Phrase | None:
    """Counted inside an outer span."""
    joined = r.word(i + 1) in {"van", "in", "uit"}
    base = outer(r, i + 2 if joined else i + 1, named_only=not joined)
    if base is None:
        return None
    weekday, unit = r.tokens[i].entry.weekday, r.unit(i) or ""
    if weekday is not None:
        return Phrase(nth_weekday(base.period, nth, weekday), base.end)
    step = nth_school_day if unit == "school day" else _COUNTED[unit]
    return Phrase(Mapped(base.period, partial(step, nth=nth), is_day=unit in {"day", "school day"}), base.end)


def outer(r: Reader, i: int, *, named_only: bool = False) -> Phrase | None:
    """The span something is counted in: a period longer than a day, "de maand", "het jaar"."""
    j = r.after_article(i)
    if r.unit(j) == "month" and r.word(j) == "maand" and not r.tokens[j + 1].entry.month:
        return Phrase(Monthly(), j + 1) if j > i else None
    if named_only and not (r.tokens[j].entry.month or r.tokens[j].entry.modifier):
        return None
    found = r.period(j)
    return found if found and not found.period.is_day else None


def _beside(r: Reader, nth: int, i: int) -> Phrase | None:
    """Counted from an outer span: "eerste dinsdag na Pasen", "laatste week voor de paasvakantie"."""
    side = {"na": 1, "voor": -1}.get(r.word(i + 1))
    base = r.period(i + 2) if side else None
    step = step_beside(r, i, side, abs(nth)) if side and base else None
    return (
        Phrase(Mapped(base.period, step, is_day=r.unit(i) not in {"week", "weekend"}), base.end)
        if base and step
        else None
    )


def step_beside(r: Reader, i: int, side: int, nth: int) -> Step | None:
    """The step from a span to the n-th weekday, day, week or weekend before or after it."""
    weekday, unit = r.tokens[i].entry.weekday, r.unit(i)
    if weekday is not None:
        return partial(spans.weekday_beside, weekday=weekday, side=side, nth=nth)
    if unit == "school day":
        return partial(school_day_beside, side=side)
    return partial(spans.beside, unit=unit, side=side, nth=nth) if unit in {"day", "week", "weekend", "month"} else None


def beside(r: Reader, i: int) -> Phrase | None:
    """ "de week na de paasvakantie", "de dag voor Kerstmis", "maandag na de herfstvakantie"."""
    side = {"na": 1, "voor": -1}.get(r.word(i + 1))
    entry = r.tokens[i].entry
    if side is None or entry.short or entry.plural or (entry.weekday is None and entry.unit is None):
        return None
    base = r.period(i + 2)
    step = step_beside(r, i, side, 1)
    if base is None or step is None or r.number(i - 1):
        return None
    return Phrase(
        Mapped(base.period, step, is_day=entry.unit not in {"week", "weekend", "month"}), base.end, entry.part
    )


def portion(r: Reader, i: int) -> Phrase | None:
    """ "eind januari", "het begin van volgende week", "midden in de paasvakantie"."""
    which = r.tokens[i].entry.portion
    if which is None:
        return None
    j = r.after(i + 1, "van", "in")
    base = _this_one(r, j) or outer(r, j)
    return Phrase(Portion(base.period, partial(spans.part, which=which), which=which), base.end) if base else None


def _this_one(r: Reader, i: int) -> Phrase | None:
    """ "de week", "het jaar": the one we are in; a bare year number too."""
    j = r.after_article(i)
    if j > i and r.unit(j) in {"week", "year"} and r.word(j) in {"week", "jaar"} and r.word(j + 1) != "van":
        step = spans.week_of if r.unit(j) == "week" else _year_of
        return Phrase(FromToday(step, is_day=False), j + 1)
    return r.year_period(i)


def _year_of(span: Span) -> Span:
    return spans.year_span(span.first.year)
