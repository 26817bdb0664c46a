"""Rules for hours: clocks, parts of the day, opening and closing hours, deadlines within a day."""

from typing import NamedTuple

from dialogs.language.dates.clocks import Clock, Hours, told
from dialogs.language.dates.grammar.guards import is_length, labelled, stands_alone
from dialogs.language.dates.grammar.reader import Reader
from dialogs.language.dates.markers import AT_HOUR, FILLERS
from dialogs.language.dates.tokens import Kind

_MINUTES_SPOKEN = {5, 10, 15, 20, 25}
_LAST_HOUR, _LAST_MINUTE, _DIAL = 24, 59, 12
_UNTIL = frozenset({"tot", "-", "tem", "t/m", "tot en met", "a"})
_PART_OPENERS = frozenset({"in", "tijdens", "tegen", "over", "rond", "na", "voor", "vanaf", "tot", "sinds"})
_WITHIN_PART = frozenset({"vroeg", "vroege", "laat", "late", "latere", "vroegere"})


class Face(NamedTuple):
    """A clock read, the place behind it, and whether it can be nothing else ("14u30" against "9")."""

    clock: Clock
    end: int
    firm: bool


class Said(NamedTuple):
    """Hours read and the place behind them."""

    hours: Hours
    end: int


def face(r: Reader, i: int) -> Face | None:
    """One clock: "14u30", "14:30", "half drie", "kwart voor negen", "drie uur", or a bare number."""
    return _written(r, i) or _spoken(r, i) or _worded(r, i) or _bare(r, i)


def _written(r: Reader, i: int) -> Face | None:
    token = r.tokens[i]
    if token.kind is Kind.CLOCK:
        hour, minute, explicit, _ = token.values
        fits = hour <= _LAST_HOUR and minute <= _LAST_MINUTE and not is_length(r, i)
        more = _minutes_behind(r, i + 1) if fits and not minute else 0  # "14 uur 15"
        return (
            Face(Clock(hour, minute + more, explicit=bool(explicit)), i + 1 + bool(more), firm=True) if fits else None
        )
    if token.kind is Kind.DECIMAL and token.values and not labelled(r, i):
        hour, minute = token.values
        fits = hour < _LAST_HOUR and minute <= _LAST_MINUTE
        return (
            Face(Clock(hour, minute, explicit=hour > _DIAL or token.word[0] == "0"), i + 1, firm=False)
            if fits
            else None
        )
    return None


def _minutes_behind(r: Reader, i: int) -> int:
    two_digits = r.tokens[i].kind is Kind.NUMBER and len(r.word(i)) == 2  # noqa: PLR2004
    alone = r.word(i - 1).endswith("uur") and (stands_alone(r, i + 1) or r.tokens[i + 1].entry.part)
    return r.tokens[i].values[0] if two_digits and alone and r.tokens[i].values[0] <= _LAST_MINUTE else 0


def _spoken(r: Reader, i: int) -> Face | None:
    """ "half drie", "kwart voor negen", "vijf voor half vier"."""
    half = _half_hour(r, i)
    if half:
        return _ended(r, half[0], half[1])
    minutes = 15 if r.word(i) == "kwart" else r.number(i)
    i = r.after(i + 1, "minuten", "min") - 1
    sign = {"voor": -1, "over": 1, "na": 1}.get(r.word(i + 1))
    if minutes not in _MINUTES_SPOKEN or sign is None:
        return None
    later = _half_hour(r, i + 2) or _whole_hour(r, i + 2)
    return _ended(r, later[0] + sign * (minutes or 0), later[1]) if later else None


def _ended(r: Reader, minutes: int, i: int) -> Face | None:
    """The spoken clock, "uur" skipped; no clock if a noun is counted ("10 voor 3 leerlingen")."""
    end = r.after(i, "uur", "u")
    return Face(told(minutes), end, firm=True) if end > i or stands_alone(r, i) or r.tokens[i].entry.part else None


def _half_hour(r: Reader, i: int) -> tuple[int, int] | None:
    """Minutes after twelve and the place behind: "half drie" is 2:30."""
    glued = r.tokens[i].entry.half_hour
    if glued:
        return glued * 60 - 30, i + 1
    hour = _whole_hour(r, i + 1) if r.word(i) == "half" else None
    return (hour[0] - 30, hour[1]) if hour else None


def _whole_hour(r: Reader, i: int) -> tuple[int, int] | None:
    token = r.tokens[i]
    if token.kind is Kind.CLOCK and not token.values[1]:
        return token.values[0] * 60, i + 1
    hour = r.number(i)
    return (hour * 60, i + 1) if hour and hour <= _DIAL else None


def _worded(r: Reader, i: int) -> Face | None:
    """ "drie uur", "veertien uur dertig"."""
    hour = r.number(i) if r.tokens[i].kind is Kind.WORD and r.word(i + 1) in {"uur", "u"} else None
    if hour is None or hour > _LAST_HOUR or (r.word(i) == "een" and r.word(i - 1) not in AT_HOUR):
        return None
    minute = r.number(i + 2)
    if minute in {15, 30, 45} and not r.unit(i + 3):
        return Face(Clock(hour, minute or 0, explicit=hour > _DIAL), i + 3, firm=True)
    return None if _is_worded_length(r, i) else Face(Clock(hour, 0, explicit=hour > _DIAL), i + 2, firm=True)


def _is_worded_length(r: Reader, i: int) -> bool:
    if r.word(i - 1) in AT_HOUR or r.tokens[i + 2].entry.part:
        return False
    return r.word(i - 1) in {"van", "duurt", "nog", "minstens", "in", "binnen", "over", "per"} or not stands_alone(
        r, i + 2
    )


def _bare(r: Reader, i: int) -> Face | None:
    """A number that may be an hour; whoever asks decides."""
    hour = r.number(i)
    if hour is None or not 1 <= hour <= _LAST_HOUR or r.word(i) == "een":
        return None
    return Face(Clock(hour, 0, explicit=hour > _DIAL), i + 1, firm=False)


def part_of_day(r: Reader, i: int, *, dated: bool) -> tuple[str, int] | None:
    """ "'s avonds", "in de late namiddag"; behind a day also "namiddag" alone."""
    entry = r.tokens[i].entry
    if entry.part and entry.plural:
        return entry.part, r.after(i + 1, "vroeg")
    j = r.after(i, "in", "tijdens", "over") if r.role(i + 1, "article") else i
    opened = r.role(j, "article") and r.word(j) != "een"
    k = r.after_article(j)
    while r.word(k) in _WITHIN_PART and r.tokens[k + 1].entry.part:
        k += 1
    entry = r.tokens[k].entry
    if not entry.part or entry.weekday is not None or entry.plural or not (opened or _is_part(r, k, dated=dated)):
        return None
    asked = opened and (
        r.word(j - 1) in _PART_OPENERS or (entry.part == "middag" and r.word(j - 1) in {"op", "tussen"})
    )
    asked = asked or (k > j and entry.part in {"namiddag", "ochtend"} and r.word(k - 1) in _WITHIN_PART)
    return (entry.part, k + 1) if dated or asked or entry.part == "middernacht" else None


def _is_part(r: Reader, i: int, *, dated: bool) -> bool:
    """ "morgen" is the morning only behind a weekday: "maandag morgen" against "14u morgen"."""
    return r.tokens[i].entry.relative is None or (dated and i > 0 and r.tokens[i - 1].entry.weekday is not None)


def hours(r: Reader, i: int, *, dated: bool) -> Said | None:
    """The hours said here; `dated` when a day stands in front, so that less is needed to believe it."""
    said = _hours(r, i, dated=dated)
    return said._replace(end=r.after(said.end, ")")) if said and r.word(i) == "(" else said


def _hours(r: Reader, i: int, *, dated: bool) -> Said | None:
    lead = part_of_day(r, i, dated=dated) or (part_of_day(r, _skip(r, i), dated=True) if dated else None)
    if lead:
        part, j = lead
        k = _skip(r, j)
        rest = _opening(r, k, dated=True) or _single(r, k, dated=True)
        return Said(rest.hours.in_part(part), rest.end) if rest else Said(Hours(Clock(None, part=part)), j)
    return _clocked(r, _skip(r, i) if dated else i, dated=dated)


def _skip(r: Reader, i: int) -> int:
    """Past a comma and small words between day and hour."""
    j = i
    while r.role(j, "at") or r.word(j) in FILLERS or (r.word(j) in {",", "("} and j == i):
        j += 1
    return j


def _clocked(r: Reader, i: int, *, dated: bool) -> Said | None:
    return _opening(r, i, dated=dated) or (_deadline(r, i) if dated else None) or _single(r, i, dated=dated)


def _opening(r: Reader, i: int, *, dated: bool) -> Said | None:
    """ "van 9u tot 12u30", "tussen 14 en 16u", "9-12u"."""
    opener = "tussen" if r.role(i, "tussen") else r.word(i) if r.word(i) in {"van", "vanaf"} else ""
    first = face(r, i + 1 if opener else i)
    if first is None or not (r.word(first.end) in _UNTIL or (opener == "tussen" and r.role(first.end, "and"))):
        return None
    second = face(r, r.after(first.end + 1, "om", "rond"))
    if second is None or not (first.firm or second.firm or _both_bare(r, i, second, dated=dated, opener=opener)):
        return None
    tail = part_of_day(r, second.end, dated=True)
    end = Said(Hours(first.clock, second.clock), second.end)
    return Said(_shared(first.clock, second.clock, tail[0]), tail[1]) if tail else end


def _both_bare(r: Reader, i: int, second: Face, *, dated: bool, opener: str) -> bool:
    """ "dinsdag van 9 tot 12", "14.30-16.00": bare numbers that must be hours."""
    decimals = r.tokens[i].kind is Kind.DECIMAL or r.tokens[i + 1].kind is Kind.DECIMAL
    month_follows = r.tokens[second.end].entry.month is not None
    return (dated or decimals) and (bool(opener) or decimals) and not month_follows and stands_alone(r, second.end)


def _shared(first: Clock, second: Clock, part: str) -> Hours:
    """A part said behind both hours colours the first only where that keeps the order: "van 11 tot 3 's namiddags"."""
    both = Hours(first, second).in_part(part)
    return both if both.start.minutes < (both.end or both.start).minutes else Hours(first, both.end)


def _deadline(r: Reader, i: int) -> Said | None:
    """Behind a day: "voor 14u", "vanaf 9u", "ten laatste om 12u", "na de middag"."""
    marker = r.tokens[i].entry.marker
    if marker is None:
        return None
    j = r.after(i + 1, "om", "rond", "op")
    part = part_of_day(r, j, dated=False)
    if part:
        return Said(Hours(Clock(None, part=part[0]), marker=marker), part[1])
    found = face(r, j)
    if found is None or not (found.firm or (r.word(j - 1) in AT_HOUR and stands_alone(r, found.end))):
        return None
    if r.tokens[found.end].entry.month or r.unit(found.end):
        return None
    tail = part_of_day(r, found.end, dated=True)
    said = Hours(found.clock, marker=marker)
    return Said(said.in_part(tail[0]), tail[1]) if tail else Said(said, found.end)


def _single(r: Reader, i: int, *, dated: bool) -> Said | None:
    found = face(r, i)
    if found is None:
        return None
    tail = part_of_day(r, found.end, dated=True)
    if tail is None and not found.firm and not _hour_asked(r, i, found, dated=dated):
        return None
    if tail and not found.firm and not (dated or r.word(i - 1) in AT_HOUR or r.tokens[found.end].entry.plural):
        return None
    clock = found.clock if tail is None else Hours(found.clock).in_part(tail[0]).start
    return Said(Hours(clock), _after_exactly(r, tail[1] if tail else found.end))


def _hour_asked(r: Reader, i: int, found: Face, *, dated: bool) -> bool:
    """A bare number counts as an hour behind "om"; "14.30" also behind a day."""
    if r.tokens[i].kind is Kind.DECIMAL and (dated or r.word(i - 1) in AT_HOUR):
        return True
    return (
        r.word(i - 1) in {"om", "rond", "klokslag"}
        and not r.tokens[found.end].entry.month
        and stands_alone(r, found.end)
    )


def _after_exactly(r: Reader, i: int) -> int:
    return r.after(i, "stipt", "precies", "exact", "sharp")
