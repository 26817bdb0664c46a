"""Birth dates, however they are typed; dates of meetings, reports and laws are none."""

import re
from collections.abc import Iterator
from functools import cache

from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either, folded, piece
from storage.domain.identifying.tokens import Parts, word

_NEAR = 60
"""How many characters before a date are read for what it is."""
_YOUNG = range(2003, 2023)
"""The years of two digits that may be a birth year of a child; later ones are more often a meeting's."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    month = rf"(?:e|ste|de)?[ -]?{either('months')}(?![^\W\d_])"
    born = rf"(?:(?<![^\W\d_])(?:{either('born')}(?![^\W\d_])|{piece('born_typed')})|°(?:\s?[^\W\d_]{{3,20}})?|\*)"
    number = rf"(?:\d{{1,2}}(?![\d./-])|{either('numerals')}|{piece('adult')})"
    someone = rf"(?:hij|zij|ze|tweeling|{either('person')}|{either('kin')})"
    sources = {
        "date": rf"\d{{1,2}} ?([./-]) ?\d{{1,2}} ?\1 ?'?(?:\d{{4}}|\d\d)(?![\d/]|[.-]\d)|(?:19|20)\d\d([./-])\d{{1,2}}\2\d{{1,2}}(?![\d/]|[.-]\d)"
        rf"|\d{{1,2}}{month}\.?[ -]?(?:(?:19|20)\d\d|'\d\d|(?<=[ -])\d\d)(?!\d|[./-]\d| ?(?:uur|u|h)\b| (?:worden|wordt|jaar)\b)",
        "spaced": r"\d{1,2} \d{1,2} (?:19|20)?\d\d(?!\d)",
        "part": rf"\d{{1,2}}(?:{month}|[/.-]\d{{1,2}}(?![\d/.-]))",
        "year": r"(?:19[3-9]|20[0-2])\d(?!\d|[./-]\d)",
        "short": r"\d\d(?!\d|[./-]\d)",
        "year_behind": r"\.? (?:19|20)\d\d(?!\d|[./-]\d)",
        "born": rf"{born}(?:[ :.,=(?]{{1,3}}{piece('born_gap')}\b){{0,4}}[ :.,=(']{{0,4}}$",
        "group": rf"\b{either('groups')}(?: die)?(?: hier)?(?: in| van)? (?:geb|geboren|bouwjaar)\b",
        "born_after": rf"[^\w\n]{{0,2}}\s?{piece('is_birthday')}",
        "turns": rf" {piece('turns')} (?:hij|ze|zij|[^\W\d_]{{2,15}}) (?:pas |al |dan )?{number}| {number}(?: jaar)? (?:wordt|worden|werd)\b",
        "turning": rf"{piece('turns')}{piece('they_on')}",
        "turned": rf"{piece('turns')} {number}(?: jaar)? {piece('on_the')}",
        "age": rf" {number}",
        "of": rf"(?<![^\W\d_])(?:{someone} {piece('some_one')}|{piece('it_is_one')})(?:\w{{3,12}} )?{piece('of_person')}",
        "month": rf"{piece('jarig_in')}",
    }
    return {name: re.compile(source) for name, source in sources.items()}


def birth_dates(parts: Parts) -> Iterator[tuple[Finding, bool]]:
    """Dates of birth; False with one that is a birth date only next to a person."""
    last = 0
    for start, end in parts.numbers:
        told = _numbered(parts.low, start, end) if start >= last and end - start in {1, 2, 4} else None
        if told:
            last = told[0]
            yield Finding(start, last, Identifier.BIRTH_DATE), told[1]
    for one in parts.words:
        if one.low in cue("months"):
            yield from ((each, True) for each in _of_a_month(parts.low, one.start, one.end))


def _numbered(low: str, start: int, end: int) -> tuple[int, bool] | None:
    """Where the birth date that starts at this number ends, and whether it is one by itself."""
    patterns = _patterns()
    if start and (low[start - 1] in "./-" or low[start - 1].isalpha()):
        return None
    before = low[max(0, start - _NEAR) : start]
    if match := patterns["date"].match(low, start):
        if _told(before, low[match.end() : match.end() + 40]) or patterns["of"].search(before):
            return match.end(), True
        if _behind_one(match[0], before):
            return match.end(), True
        unsure = _long_ago(match[0]) and not any(one in cue("dated") for one in re.findall(r"[a-z]+", before)[-6:])
        return (match.end(), False) if unsure else None
    if match := patterns["part"].match(low, start):
        return (match.end(), True) if _told(before, low[match.end() : match.end() + 40]) else None
    if match := patterns["spaced"].match(low, start):
        return (match.end(), True) if _born(before) else None
    year = patterns["year" if end - start == 4 else "short"].match(low, start)
    if year and (end - start == 4 or before.endswith("'")):
        mine = _born(before) or patterns["born_after"].match(low, end, end + 24) or patterns["of"].search(before)
        return (end, True) if mine else None
    return None


def _of_a_month(low: str, start: int, end: int) -> Iterator[Finding]:
    """ "verjaart in maart", "een kleuter van mei 2021"."""
    patterns, before = _patterns(), low[max(0, start - _NEAR) : start]
    year = patterns["year_behind"].match(low, end)
    if year and not before[-4:].strip(" e").isdigit() and (_born(before) or patterns["of"].search(before)):
        yield Finding(start, year.end(), Identifier.BIRTH_DATE)
    elif not year and patterns["month"].search(before):
        yield Finding(start, end, Identifier.BIRTH_DATE)


def _born(before: str) -> bool:
    patterns = _patterns()
    if not any(stem in before for stem in cue("born_stems")):
        return False
    return patterns["born"].search(before) is not None and not patterns["group"].search(before)


def _told(before: str, after: str) -> bool:
    """Whether the words around a date say that somebody was born, or turns an age."""
    patterns = _patterns()
    return bool(
        _born(before)
        or patterns["born_after"].match(after)
        or patterns["turns"].match(after)
        or (patterns["turning"].search(before) and patterns["age"].match(after))
        or patterns["turned"].search(before)
    )


def _long_ago(written: str) -> bool:
    """Whether a date is of a year in which the children of now were born, or before."""
    year = re.search(r"(?:19|20)\d\d", written)
    last = int(year[0]) if year else 2000 + int(written[-2:])
    return 1930 <= last <= 2022 or (not year and last > 2040)


def _behind_one(written: str, before: str) -> bool:
    """Whether a date with a year of two digits stands right behind a person: "leerling 12/03/11"."""
    said = re.findall(r"[^\W\d_]+", before)
    if not said or not written[-2:].isdigit() or 2000 + int(written[-2:]) not in _YOUNG:
        return False
    last = folded(said[-1])
    return last in cue("person") or word(last).first
