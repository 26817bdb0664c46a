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
_YEARS = range(1900, 2041)
"""Numbers that are read as years before they are read as postcodes."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    years = r"\d{1,2} ?(?:jaar(?:tje)?|jr|j|yo|lentes)(?![^\W\d_])"
    written = rf"{either('numerals')}(?:[ -]?jarige?|[ ]jaar)(?![^\W\d_])"
    month = rf"(?:e|ste|de)?[ -]?{either('months')}(?![^\W\d_])"
    date = rf"{either('months')} (?:19|20)\d\d|\d{{1,2}}(?:[/.-]\d{{1,2}}(?:[/.-](?:\d{{4}}|\d\d))?(?![\d/])|{month}(?: (?:19|20)\d\d)?)"
    return {
        "age": re.compile(rf"(?<![\w.,:/€+<>–-]){years}|(?<![^\W\d_]){written}"),
        "says": re.compile(rf"{piece('says_an_age')} (?P<age>\d{{1,2}}(?:,5)?)(?={piece('ends_an_age')})"),
        "no_age": re.compile(rf" ?{piece('no_age_behind')}"),
        "date": re.compile(rf"(?<![\w/.-]){date}"),
        "code": re.compile(r"(?<=[ (])[1-9]\d{3}(?![\w:%€]|[.,/-]\d| ?(?:euro|uur|keer|x)\b)"),
        "in": re.compile(piece("place_before")),
        "or": re.compile(r" of [1-9]\d{3}\b"),
        "birthday": re.compile(rf"{piece('birthdays')}(?P<rest>[^!?\n]{{1,160}})"),
        "other": re.compile(piece("no_birthday")),
    }


def near(parts: Parts) -> Iterator[Finding]:
    """What counts only when a person is found near it."""
    patterns, low = _patterns(), parts.low
    for match in patterns["age"].finditer(low):
        if _may_be_an_age(low, match):
            yield Finding(match.start(), match.end(), Identifier.AGE)
    for match in patterns["says"].finditer(low):
        if _YOUNGEST <= int(match["age"].split(",")[0]) <= _OLDEST:
            yield Finding(match.start("age"), match.end("age"), Identifier.AGE)
    for match in patterns["code"].finditer(low):
        known = match[0] in listed("postcodes") and int(match[0]) not in _YEARS
        before = low[max(0, match.start() - _BEFORE) : match.start()]
        if known and (
            patterns["in"].search(before) or patterns["or"].match(low, match.end()) or before.endswith(" of ")
        ):
            yield Finding(match.start(), match.end(), Identifier.POSTCODE)


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
