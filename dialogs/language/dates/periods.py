"""What a date phrase stands for: a `Period` lists its possible spans of days, `pick` takes the one meant."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dateutil.relativedelta import relativedelta

from dialogs.language.dates import spans
from dialogs.language.dates.spans import DAY, Span, Step, one


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a phrase is read from: today, the day to list candidates around, and the direction."""

    today: date
    centre: date
    back: bool = False


class Period(Protocol):
    """Something that happens on days: once, every week, every month or every year."""

    @property
    def is_day(self) -> bool:
        """Whether each span is one day, so that an hour may follow."""

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        """The candidate spans near the anchor, in order of time."""


def pick(period: Period, anchor: Anchor, after: date | None = None) -> Span | None:
    """The span meant: the first not yet over (or, looking back, the last begun); from `after` on if given."""
    found = period.spans(anchor)
    if after is not None:
        return next((span for span in found if span.last >= after), None)
    if anchor.back:
        begun = [span for span in found if span.first <= anchor.today]
        return begun[-1] if begun else next(iter(found), None)
    return next((span for span in found if span.last >= anchor.today), found[-1] if found else None)


@dataclass(frozen=True, slots=True)
class FromToday:
    """A step from today: "morgen", "volgende week", "over drie maanden"."""

    step: Step
    is_day: bool = True

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        found = self.step(one(anchor.today))
        return (found,) if found else ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """A span said in full: "7/6/2027", "in 2027"."""

    span: Span
    is_day: bool = True

    def spans(self, anchor: Anchor) -> Sequence[Span]:  # noqa: ARG002  the same from everywhere
        return (self.span,)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week; today itself only counts for "deze zaterdag" said on a Saturday."""

    weekday: int
    today_too: bool = False

    @property
    def is_day(self) -> bool:
        return True

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        start = spans.monday(anchor.centre) + (self.weekday - 14) * DAY
        days = (start + 7 * n * DAY for n in range(6))
        return [one(day) for day in days if self.today_too or day != anchor.centre]


@dataclass(frozen=True, slots=True)
class WeekdayIn:
    """The first such weekday of a period: "volgende week dinsdag"."""

    weekday: int
    outer: Period

    @property
    def is_day(self) -> bool:
        return True

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        found = (spans.nth_weekday(span, 1, self.weekday) for span in self.outer.spans(anchor))
        return [span for span in found if span]


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a month, year unsaid: "7 juni", "maandag 7 juni"."""

    day: int
    month: int
    weekday: int | None = None

    @property
    def is_day(self) -> bool:
        return True

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        days = [day for year in _years(anchor) if (day := spans.make_date(year, self.month, self.day))]
        return [one(day) for day in self._trusting_weekday(days, anchor)]

    def _trusting_weekday(self, days: list[date], anchor: Anchor) -> list[date]:
        """A recent day that fits the weekday said, where the coming one does not, is the one meant."""
        if self.weekday is None:
            return days
        recent = anchor.today - relativedelta(months=6)
        fits = [day for day in days if day.weekday() == self.weekday and recent <= day < anchor.today]
        coming = next((day for day in days if day >= anchor.today), None)
        return fits if fits and coming and coming.weekday() != self.weekday else days


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day whose month is unsaid: "de 6de", "vrijdag 27"."""

    day: int
    weekday: int | None = None

    @property
    def is_day(self) -> bool:
        return True

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        first = anchor.centre.replace(day=1)
        months = (first + relativedelta(months=n) for n in range(-14, 15))
        days = [day for m in months if (day := spans.make_date(m.year, m.month, self.day))]
        fits = [day for day in days if self.weekday in (None, day.weekday())]
        return [one(day) for day in fits or days]


@dataclass(frozen=True, slots=True)
class Yearly:
    """Something that returns every year: a month, a feast, a holiday, a season."""

    rule: Callable[[int], Span | None]
    is_day: bool = False
    school_holiday: bool = False

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        return [span for year in _years(anchor) if (span := self.rule(year))]


@dataclass(frozen=True, slots=True)
class Monthly:
    """Every month in turn: "de maand" in "eind van de maand"."""

    @property
    def is_day(self) -> bool:
        return False

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        first = anchor.centre.replace(day=1)
        return [spans.month_of(first + relativedelta(months=n)) for n in range(-2, 3)]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A step from each span of a period: "eind maart", "eerste dinsdag van mei", "de week na Pasen"."""

    base: Period
    step: Step
    is_day: bool = False

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        found = (self.step(span) for span in self.base.spans(anchor))
        return [span for span in found if span]


@dataclass(frozen=True, slots=True)
class Shifted:
    """A distance from the day meant: "dinsdag over een week"."""

    base: Period
    step: Step

    @property
    def is_day(self) -> bool:
        return True

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        start = pick(self.base, anchor)
        found = self.step(start) if start else None
        return (found,) if found else ()


@dataclass(frozen=True, slots=True)
class Within:
    """A returning period inside a larger one: "mei 2027", "pasen volgend jaar"."""

    base: Period
    outer: Period

    @property
    def is_day(self) -> bool:
        return self.base.is_day

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        return list(self._inside(anchor))

    def _inside(self, anchor: Anchor) -> Iterator[Span]:
        outer = pick(self.outer, anchor)
        if outer:
            near = Anchor(anchor.today, outer.first + (outer.last - outer.first) // 2, anchor.back)
            yield from (span for span in self.base.spans(near) if span.first in outer)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A returning period with "volgende", "komende", "vorige" or "deze" in front."""

    base: Period
    which: str

    @property
    def is_day(self) -> bool:
        return self.base.is_day

    def spans(self, anchor: Anchor) -> Sequence[Span]:
        found = self.base.spans(anchor)
        if self.which == "last":
            return [span for span in found if span.last < anchor.today][-1:]
        if self.which == "this":
            return [span for span in found if span.last >= anchor.today][:1]
        return [span for span in found if span.first > anchor.today][:1]


def _years(anchor: Anchor) -> range:
    return range(anchor.centre.year - 2, anchor.centre.year + 4)
