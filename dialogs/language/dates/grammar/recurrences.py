"""Reads repetition: "elke eerste dinsdag", "om de zes weken op maandag", "maandelijks", "één keer per maand"."""

from dataclasses import replace

from dialogs.language.dates.clocks import Clock, Hours
from dialogs.language.dates.grammar.chains import Found
from dialogs.language.dates.grammar.hours import hours
from dialogs.language.dates.grammar.items import Item
from dialogs.language.dates.grammar.reader import Reader
from dialogs.language.dates.grammar.repeated import (
    CODES,
    Repeat,
    nth_days,
    nth_of_every_month,
    on_days,
    weekdays,
    workday,
)
from dialogs.language.dates.tokens import Kind

_UNITS = {
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "month": ("MONTHLY", 1),
    "year": ("YEARLY", 1),
    "school year": ("YEARLY", 1),
    "trimester": ("MONTHLY", 3),
    "quarter": ("MONTHLY", 3),
    "semester": ("MONTHLY", 6),
}
_PLURAL_UNITS = frozenset({"dagen", "weken", "maanden", "jaren"})
_PAIR = 2


def recurrence(r: Reader, i: int) -> list[Found]:
    """The recurrence that starts here, as a list of at most one, with the hours said behind it."""
    rule = (
        _adverb(r, i) or nth_of_every_month(r, i) or _every(r, i) or _each(r, i) or _times(r, i) or _plural_days(r, i)
    )
    if rule is None:
        return []
    rule = rule if rule.by else on_days(r, rule)
    said = hours(r, rule.end, dated=True)
    end, told = (said.end, said.hours.in_part(rule.part)) if said and said.hours.marker is None else (rule.end, None)
    if told is None and rule.part:
        told = Hours(Clock(None, part=rule.part))
    return [Found(i, end, Item(i, end, hours=told) if told else None, every=rule.text)]


def _adverb(r: Reader, i: int) -> Repeat | None:
    found = r.tokens[i].entry.frequency
    counted = r.tokens[i + 2].entry.frequency if r.number(i) and r.word(i + 1) == "-" else None  # "2-wekelijks"
    if counted:
        return Repeat(i + 3, counted[0], (r.number(i) or 1) * counted[1])
    if found is None or (r.word(i) == "dagelijks" and r.word(i + 1) in {"bestuur", "leven"}):
        return None
    return Repeat(i + 1, *found)


def _every(r: Reader, i: int) -> Repeat | None:
    """Behind "elke", "iedere", "alle", "telkens op"."""
    if not r.role(i, "every", "all", "always"):
        return None
    j = i + 1
    if r.role(i, "always"):
        return (
            weekdays(r, r.after(j, "op"), singular=True)
            if r.word(i) not in {"telkens", "steeds"} or r.word(j) == "op"
            else None
        )
    if r.role(i, "all"):
        return weekdays(r, j, singular=False) or (_counted(r, j) if r.word(j) in _PLURAL_UNITS or r.number(j) else None)
    return (
        nth_days(r, j)
        or weekdays(r, j, singular=True)
        or _other(r, j)
        or _part(r, j)
        or workday(r, j)
        or _counted(r, j)
    )


def _each(r: Reader, i: int) -> Repeat | None:
    """Behind "om de": "om de zes weken", "om de maand" (every other, says Onze Taal), "om de andere dinsdag"."""
    if not r.role(i, "each"):
        return None
    rule = _other(r, i + 1) or _counted(r, i + 1)
    if rule and r.unit(i + 1) in {"day", "week", "month", "year"} and r.word(i + 1) not in _PLURAL_UNITS:
        return replace(rule, interval=2)
    return rule


def _counted(r: Reader, i: int) -> Repeat | None:
    """A unit or a number of units: "week", "2 weken", "half jaar"."""
    amount = r.amount(i)
    if amount and amount.unit in _UNITS:
        freq, factor = _UNITS[amount.unit]
        interval = amount.number * factor
        if freq == "DAILY" and interval % 7 == 0:
            freq, interval = "WEEKLY", interval // 7
        return Repeat(amount.end, freq, interval)
    nth, unit = r.ordinal(i), r.unit(i + 1)
    if nth and nth >= _PAIR and unit in {"week", "month", "day"}:
        return Repeat(i + 2, _UNITS[unit][0], nth)
    if r.word(i) == "half" and r.unit(i + 1) == "year":
        return Repeat(i + 2, "MONTHLY", 6)
    if r.unit(i) == "weekend":
        return Repeat(i + 1, "WEEKLY", by=";BYDAY=SA,SU")
    unit = r.unit(i)
    return Repeat(i + 1, *_UNITS[unit]) if unit in _UNITS and not r.role(i + 1, "ago") else None


def _other(r: Reader, i: int) -> Repeat | None:
    """ "andere week", "andere dinsdag"."""
    if not r.role(i, "other"):
        return None
    weekday, unit = r.tokens[i + 1].entry.weekday, r.unit(i + 1)
    if weekday is not None:
        return Repeat(i + 2, "WEEKLY", 2, by=f";BYDAY={CODES[weekday]}")
    return Repeat(i + 2, _UNITS[unit][0], 2) if unit in _UNITS else None


def _part(r: Reader, i: int) -> Repeat | None:
    """ "elke morgen", "iedere avond"."""
    entry = r.tokens[i].entry
    return (
        Repeat(i + 1, "DAILY", part=entry.part) if entry.part and entry.weekday is None and not entry.plural else None
    )


def _times(r: Reader, i: int) -> Repeat | None:
    """ "één keer per maand", "eens om de zes weken", "2x per jaar"."""
    count, j = _how_often(r, i)
    if count is None:
        return None
    rule = (
        _each(r, j) or (_every(r, j) if r.role(j, "every") else None) or (_counted(r, j + 1) if _is_per(r, j) else None)
    )
    if rule is None and r.word(j) == "in" and r.word(j + 1) in {"de", "het"}:
        rule = _counted(r, j + 2)
    if rule and r.role(j, "each") and r.unit(j + 1):
        rule = replace(rule, interval=1)  # "eens om de maand"
    return _divided(rule, count) if rule else None


def _is_per(r: Reader, i: int) -> bool:
    return r.role(i, "per")


def _how_often(r: Reader, i: int) -> tuple[int | None, int]:
    if r.tokens[i].kind is Kind.TIMES:
        return r.tokens[i].values[0], i + 1
    if r.word(i) == "eens":
        return 1, i + 1
    return (r.number(i), i + 2) if r.number(i) and r.role(i + 1, "times") else (None, i)


def _divided(rule: Repeat, count: int) -> Repeat | None:
    """Several times a period, as the interval it comes down to; None where that is no whole number of months."""
    if count == 1:
        return rule
    if rule.freq == "YEARLY" and 12 % count == 0:
        return replace(rule, freq="MONTHLY", interval=12 * rule.interval // count)
    if (rule.freq, count) == ("MONTHLY", _PAIR):
        return replace(rule, freq="WEEKLY", interval=2)
    return None


def _plural_days(r: Reader, i: int) -> Repeat | None:
    """ "'s maandags", "dinsdags", "op dinsdagen", "op werkdagen"."""
    if r.tokens[i].entry.weekday is not None and r.tokens[i].entry.plural and not r.day_number(i + 1):
        return weekdays(r, i, singular=False)
    return workday(r, i) if r.word(i) in {"werkdagen", "weekdagen", "schooldagen"} and r.word(i - 1) == "op" else None
