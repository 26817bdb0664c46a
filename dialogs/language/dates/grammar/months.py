"""Rules for months and their days: "7 juni", "de 15de van volgende maand", "september 2027"."""

from functools import partial

from dialogs.language.dates import spans
from dialogs.language.dates.grammar.days import valid, with_year
from dialogs.language.dates.grammar.guards import month_fits
from dialogs.language.dates.grammar.ordinals import outer
from dialogs.language.dates.grammar.reader import Phrase, Reader
from dialogs.language.dates.periods import Mapped, MonthDay, Yearly
from dialogs.language.dates.spans import Span
from dialogs.language.dates.tokens import Kind


def month_rule(number: int, year: int) -> Span:
    return spans.month(year, number)


def day_of_named_month(r: Reader, i: int) -> Phrase | None:
    """ "7 juni", "zeven juni", "7e juni", "de zevende van juni"."""
    day = r.day_number(i)
    if day is None:
        return None
    j = i + 1
    of_english = r.word(j) == "of" and r.word(i).endswith(("st", "nd", "rd", "th"))
    if (r.ordinal(i) and (r.word(j) == "van" or of_english)) or (
        r.word(j) in {"-", "/"} and r.glued(j) and r.glued(j + 1)
    ):
        j += 1
    month = r.tokens[j].entry.month
    if month is None or not valid(day, month) or (r.word(i) == "een" and r.tokens[j].entry.timid):
        return None
    return with_year(r, MonthDay(day, month), j + 1)


def day_of_outer_month(r: Reader, i: int) -> Phrase | None:
    """ "de 15de van de maand", "de eerste van volgende maand"."""
    day = r.day_number(i) if r.tokens[i].kind is Kind.ORDINAL or r.tokens[i].entry.ordinal else None
    joined = r.word(i + 1) in {"van", "in"}
    follows = r.tokens[i + 1].entry.modifier and r.unit(i + 2) == "month"
    if day is None or not (joined or follows):
        return None
    j = r.after_article(i + 2 if joined else i + 1)
    if not (r.unit(j) == "month" or (r.tokens[j].entry.modifier and r.unit(j + 1) == "month")):
        return None
    base = outer(r, i + 2 if joined else i + 1)
    return Phrase(Mapped(base.period, partial(spans.nth_day, nth=day), is_day=True), base.end) if base else None


def month(r: Reader, i: int) -> Phrase | None:
    """ "september", "september 2027", "de maand mei"."""
    j = i + 1 if r.unit(i) == "month" and r.tokens[i + 1].entry.month else i
    entry = r.tokens[j].entry
    impossible = i > 0 and r.tokens[i - 1].kind in {Kind.NUMBER, Kind.ORDINAL} and r.day_number(i - 1)  # "30 februari"
    if entry.month is None or impossible or (entry.timid and j == i and not month_fits(r, i)):
        return None
    return with_year(r, Yearly(partial(month_rule, entry.month)), j + 1)
