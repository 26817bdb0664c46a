"""Rules for named time: feast days, school holidays, seasons, school years and terms."""

from datetime import date
from functools import partial

from dialogs.language.dates import spans
from dialogs.language.dates.feasts import WEEKENDS, feast
from dialogs.language.dates.grammar.days import with_year
from dialogs.language.dates.grammar.guards import name_fits
from dialogs.language.dates.grammar.reader import Phrase, Reader
from dialogs.language.dates.markers import WISHES
from dialogs.language.dates.periods import Fixed, FromToday, Yearly
from dialogs.language.dates.school import holiday, school_year, school_year_of, semester, trimester
from dialogs.language.dates.spans import Span
from dialogs.language.dates.tokens import Kind
from dialogs.language.dates.words import HOLIDAYS, SEASONS

_TERMS = {"trimester": (trimester, 3), "semester": (semester, 2)}


def season_rule(name: str, year: int) -> Span:
    start, stop = (date(year, *edge) for edge in SEASONS[name])
    return Span(start, stop if stop > start else stop.replace(year=year + 1))


def quarter_rule(number: int, year: int) -> Span:
    first = date(year, 3 * number - 2, 1)
    return Span(first, spans.month(year, 3 * number).last)


def school_year_near(span: Span, offset: int) -> Span:
    return school_year(school_year_of(span.first) + offset)


def name(r: Reader, i: int) -> Phrase | None:
    """A feast, a school holiday or a season, with its year if said."""
    entry = r.tokens[i].entry
    halved = _first_half(r, i)
    wished = entry.feast is not None and r.word(i - 1) in WISHES
    if wished or (entry.timid and not halved and not name_fits(r, i)):
        return None
    if entry.feast and not halved:
        return with_year(r, Yearly(partial(feast, entry.feast), is_day=entry.feast not in WEEKENDS), i + 1)
    school = entry.holiday or halved
    if school:
        return with_year(r, Yearly(partial(holiday, school), school_holiday=True), i + 2 if halved else i + 1)
    return with_year(r, Yearly(partial(season_rule, entry.season)), i + 1) if entry.season else None


def _first_half(r: Reader, i: int) -> str | None:
    """The first of two holidays that share their tail: "herfst- of kerstvakantie"."""
    stem = HOLIDAYS.get(r.word(i)) if r.word(i + 1) == "-" and r.role(i + 2, "or", "and") else None
    tail = any(token.entry.holiday for token in r.tokens[i + 3 : i + 5])
    return stem if tail else None


def school_year_said(r: Reader, i: int) -> Phrase | None:
    """ "schooljaar 2027-2028", "schooljaar 27-28", "het schooljaar"."""
    if r.unit(i) != "school year":
        return None
    token = r.tokens[i + 1]
    if token.kind in {Kind.YEARS, Kind.DAY_MONTH} and token.values[1] == token.values[0] + 1:
        return Phrase(Fixed(school_year(2000 + token.values[0] % 2000), is_day=False), i + 2)
    if token.kind is Kind.YEAR and r.tokens[i + 3].kind is Kind.YEAR:
        return Phrase(Fixed(school_year(token.values[0]), is_day=False), i + 4)
    asked = r.role(i - 1, "article") or r.tokens[i - 1].entry.portion if i else None
    return Phrase(FromToday(partial(school_year_near, offset=0), is_day=False), i + 1) if asked else None


def term(r: Reader, i: int) -> Phrase | None:
    """ "tweede trimester", "eerste semester", "derde kwartaal van 2027"."""
    number, unit = r.ordinal(i), r.unit(i + 1)
    if number is None or unit not in {*_TERMS, "quarter"}:
        return None
    if unit == "quarter":
        return with_year(r, Yearly(partial(quarter_rule, number)), i + 2) if 1 <= number <= 4 else None  # noqa: PLR2004
    rule, count = _TERMS[unit]
    number = count if number == -1 else number
    return with_year(r, Yearly(partial(rule, number)), i + 2) if 1 <= number <= count else None


def term_near(span: Span, unit: str, offset: int) -> Span | None:
    """The trimester, semester or quarter `offset` away from the one the day is in."""
    year = school_year_of(span.first)
    if unit == "quarter":
        terms = [quarter_rule(n, y) for y in range(span.first.year - 1, span.first.year + 2) for n in range(1, 5)]
    else:
        rule, count = _TERMS[unit]
        terms = [rule(n, y) for y in range(year - 1, year + 2) for n in range(1, count + 1)]
    here = next(k for k, found in enumerate(terms) if found.last >= span.first)
    return terms[here + offset]
