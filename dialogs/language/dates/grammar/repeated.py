"""Which days a recurrence falls on: "maandag en woensdag", "eerste dinsdag van de maand", "de 15de", "in mei"."""

from dataclasses import dataclass, replace

from dialogs.language.dates.grammar.guards import short_weekday_fits
from dialogs.language.dates.grammar.reader import Reader
from dialogs.language.dates.tokens import Kind

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS = ",".join(CODES[:5])
_WORKDAY_WORDS = frozenset({"werkdag", "weekdag", "schooldag", "werkdagen", "weekdagen", "schooldagen", "lesdag"})


@dataclass(frozen=True, slots=True)
class Repeat:
    """A recurrence under construction and the place behind what was read of it."""

    end: int
    freq: str
    interval: int = 1
    by: str = ""  # ";BYDAY=TU"
    part: str | None = None

    @property
    def text(self) -> str:
        interval = f";INTERVAL={self.interval}" if self.interval > 1 else ""
        return f"FREQ={self.freq}{interval}{self.by}"


def weekdays(r: Reader, i: int, *, singular: bool) -> Repeat | None:
    """ "dinsdag", "maandag en woensdag", "dinsdagen"."""
    codes: list[str] = []
    part, j, end = None, i, i
    while (entry := r.tokens[j].entry).weekday is not None and entry.plural is not singular and _fits(r, j):
        codes.append(CODES[entry.weekday])
        part, end = entry.part or part, j + 1
        if not (r.role(end, "and", "or") or r.word(end) == ","):
            break
        j = end + 1 + r.role(end + 1, "every")
    return Repeat(end, "WEEKLY", by=f";BYDAY={','.join(codes)}", part=part) if codes else None


def _fits(r: Reader, i: int) -> bool:
    return not r.tokens[i].entry.short or short_weekday_fits(r, i)


def nth_days(r: Reader, i: int) -> Repeat | None:
    """ "eerste dinsdag van de maand", "eerste en derde maandag", "laatste vrijdag", "15de van de maand"."""
    counts: list[int] = []
    j = r.after_article(i)
    while (nth := r.ordinal(j)) is not None:
        counts.append(nth)
        j += 1
        if not (r.role(j, "and", "or") and r.ordinal(r.after_article(j + 1)) is not None):
            break
        j = r.after_article(j + 1)
    entry = r.tokens[j].entry
    end, of_month = _of_the_month(r, j + 1 if entry.weekday is not None else j)
    if counts and entry.weekday is not None:
        return Repeat(
            end, "MONTHLY", by=";BYDAY=" + ",".join(f"{n}{CODES[entry.weekday]}" for n in counts), part=entry.part
        )
    if not counts and r.tokens[j].kind is Kind.NUMBER and r.day_number(j):
        end, of_month = _of_the_month(r, j + 1)
        counts = [r.day_number(j) or 1]
    return Repeat(end, "MONTHLY", by=";BYMONTHDAY=" + ",".join(map(str, counts))) if counts and of_month else None


def nth_of_every_month(r: Reader, i: int) -> Repeat | None:
    """ "de eerste dinsdag van elke maand", "de 15de van iedere maand"."""
    found = nth_days(r, i) if r.ordinal(i) else None
    return found if found and r.word(found.end - 1) == "maand" and r.role(found.end - 2, "every") else None


def _of_the_month(r: Reader, i: int) -> tuple[int, bool]:
    """The place behind "van de maand", "van elke maand", and whether it was there."""
    if r.word(i) in {"van", "in"} and r.word(i + 2) == "maand":
        return i + 3, True
    return (i + 2, True) if r.word(i) == "per" and r.word(i + 1) == "maand" else (i, False)


def _day_of_month(r: Reader, i: int) -> Repeat | None:
    """ "op de 15de"."""
    k = r.after_article(i)
    day = r.day_number(k) if k > i and r.tokens[k].kind is Kind.ORDINAL else None
    return Repeat(k + 1, "MONTHLY", by=f";BYMONTHDAY={day}") if day else None


def _month_day(r: Reader, i: int) -> Repeat | None:
    """ "in mei", "op 1 september"."""
    day = r.day_number(i)
    month = r.tokens[i + 1 if day else i].entry.month
    if month is None:
        return None
    return (
        Repeat(i + 2, "", by=f";BYMONTH={month};BYMONTHDAY={day}") if day else Repeat(i + 1, "", by=f";BYMONTH={month}")
    )


def workday(r: Reader, i: int) -> Repeat | None:
    return Repeat(i + 1, "WEEKLY", by=f";BYDAY={_WORKDAYS}") if r.word(i) in _WORKDAY_WORDS else None


def on_days(r: Reader, rule: Repeat) -> Repeat:
    """The day behind the frequency: "wekelijks op maandag", "maandelijks op de eerste dinsdag", "elk jaar in mei"."""
    j = r.after(rule.end, "op", "in", "telkens op", "steeds op")
    if rule.freq == "WEEKLY":
        found = weekdays(r, r.after_article(j), singular=True) if not r.ordinal(j) else None
    elif rule.freq == "MONTHLY":
        found = nth_days(r, j) or _day_of_month(r, j)
    else:
        found = _month_day(r, j) if rule.freq == "YEARLY" else None
    return replace(rule, end=found.end, by=found.by, part=found.part) if found else rule
