"""What tells of a person only where one is spoken of: lengths of years, old dates, dates of birthdays, bare postcodes."""

import re
from collections.abc import Iterator
from functools import cache

from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either, listed, piece
from storage.domain.identifying.tokens import Parts

_BEFORE = 30
"""How many characters before a number are read for what it is."""
_YOUNGEST, _OLDEST = 3, 25
_CODE = 4
"""Digits of a postcode."""
_SAYS = 12
"""How many characters before a number hold the word that says that it is an age: "wordt", "andere"."""
_NO_START = frozenset(".,:/€+<>–-_abcdefghijklmnopqrstuvwxyz")
"""Before a number: it is part of something else."""
_YEARS = range(1900, 2041)
"""Numbers that are read as years before they are read as postcodes."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    years = r"\d{1,2} ?(?:jaar(?:tje)?|jr|j|yo|lentes)(?![^\W\d_])"
    written = rf"{either('numerals')}(?:[ -]?jarige?|[ ]jaar)(?![^\W\d_])"
    month = rf"(?:e|ste|de)?[ -]?{either('months')}(?![^\W\d_])"
    date = rf"{either('months')} (?:19|20)\d\d|\d{{1,2}}(?:[/.-]\d{{1,2}}(?:[/.-](?:\d{{4}}|\d\d))?(?![\d/])|{month}(?: (?:19|20)\d\d)?)"
    return {
        "years": re.compile(years),
        "written": re.compile(written),
        "says": re.compile(rf"{piece('says_an_age')} $"),
        "alone": re.compile(rf"\d{{1,2}}(?:,5)?(?={piece('ends_an_age')})"),
        "no_age": re.compile(rf" ?{piece('no_age_behind')}"),
        "date": re.compile(rf"(?<![\w/.-]){date}"),
        "counted": re.compile(r"[\w:%€]|[.,/-]\d| ?(?:euro|uur|keer|x)\b"),
        "in": re.compile(piece("place_before")),
        "or": re.compile(r" of [1-9]\d{3}\b"),
        "birthday": re.compile(rf"{piece('birthdays')}(?P<rest>[^!?\n]{{1,160}})"),
        "other": re.compile(piece("no_birthday")),
    }


def near(parts: Parts) -> Iterator[Finding]:
    """What counts only when a person is found near it."""
    for start, end in parts.numbers:
        if end - start <= len(str(_OLDEST)):
            yield from _age(parts.low, start, end)
        elif end - start == _CODE and _may_be_a_postcode(parts.low, start, end):
            yield Finding(start, end, Identifier.POSTCODE)
    for one in parts.words:
        in_words = one.low in cue("numerals") or "jarig" in one.low
        if in_words and (match := _patterns()["written"].match(parts.low, one.start)):
            yield from _found(parts.low, match)


def _age(low: str, start: int, end: int) -> Iterator[Finding]:
    if start and low[start - 1] in _NO_START:
        return
    if match := _patterns()["years"].match(low, start):
        yield from _found(low, match)
    elif _patterns()["says"].search(low[max(0, start - _SAYS) : start]):
        match = _patterns()["alone"].match(low, start)
        if match and _YOUNGEST <= int(low[start:end]) <= _OLDEST:
            yield Finding(start, match.end(), Identifier.AGE)


def _found(low: str, match: re.Match[str]) -> Iterator[Finding]:
    if _may_be_an_age(low, match):
        yield Finding(match.start(), match.end(), Identifier.AGE)


def _may_be_a_postcode(low: str, start: int, end: int) -> bool:
    patterns, before = _patterns(), low[max(0, start - _BEFORE) : start]
    if low[start:end] not in listed("postcodes") or int(low[start:end]) in _YEARS or before[-1:] not in {" ", "("}:
        return False
    if patterns["counted"].match(low, end):
        return False
    return bool(patterns["in"].search(before) or patterns["or"].match(low, end)) or before.endswith(" of ")


def birthdays(parts: Parts) -> Iterator[Finding]:
    """The dates that follow a word for birth or birthdays in the same sentence: "verjaardagen: Finn (4/10), Aya (17/10)"."""
    for told in _patterns()["birthday"].finditer(parts.low):
        other = _patterns()["other"].search(told["rest"])
        end = told.start("rest") + (other.start() if other else len(told["rest"]))
        for match in _patterns()["date"].finditer(parts.low, told.start("rest"), end):
            yield Finding(match.start(), match.end(), Identifier.BIRTH_DATE)


def _may_be_an_age(low: str, match: re.Match[str]) -> bool:
    digits = re.match(r"\d+", match[0])
    if digits and not 0 < int(digits[0]) <= _OLDEST:
        return False
    words = re.findall(r"[^\W\d_]+", low[max(0, match.start() - _BEFORE) : match.start()])
    if words and words[-1] in cue("not_before_age") | cue("average") | {"in", "en"}:
        return False
    return not _patterns()["no_age"].match(low, match.end())
