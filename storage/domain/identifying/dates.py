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
_BORN_YEARS = range(1930, 2023)


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
        "born_of": rf"(?:geb[a-z.]{{0,9}} ?(?:datum|dat|dag)|verjaardag|bday|dob){piece('of_whom')}(?: (?!{piece('not_an_age')})[^\W\d_][^\W\d_'-]{{0,20}}){{1,3}}(?:\s?[:=]|\s?,| is| was| valt)(?: op)?(?: de)?\s?$",
        "born_person": rf"(?:geb[a-z.]{{0,9}} ?(?:datum|dat|dag)|bday|dob){piece('of_whom')} (?:{either('person')}|{either('kin')})\s?$",
        "is_of": r"(?:(?<![^\W\d_])(?P<who>[^\W\d_][\w.'-]{0,20}) |^|[,;\n(] ?)(?:is|was) (?:er (?:een|ene|eentje) )?van (?:de )?$",
        "of_them": r" (?:is|was) (?:hij|ze|zij)\b",
        "month_before": rf"(?<![^\W\d_]){either('months')}\.? $",
        "gap_one": r"(?P<said>[^\W\d_]{2,30}|(?:[^\W\d_]\.){1,3})(?: ?[,:-] ?| ?\(| )$",
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
        told = _numbered(parts, start, end) if start >= last and end - start in {1, 2, 4} else None
        if told:
            last = told[0]
            yield Finding(start, last, Identifier.BIRTH_DATE), told[1]
    for one in parts.words:
        if one.low in cue("months"):
            yield from ((each, True) for each in _of_a_month(parts.low, one.start, one.end))


def _numbered(parts: Parts, start: int, end: int) -> tuple[int, bool] | None:
    """Where the birth date that starts at this number ends, and whether it is one by itself."""
    patterns, low = _patterns(), parts.low
    before = low[max(0, start - _NEAR) : start]
    tight = start > 0 and (low[start - 1] in "./-" or low[start - 1].isalpha())
    if tight and not before.endswith(("geb.", "geb", "geboren", "gebdat", "geboortedatum", "gb.", "datum")):
        return None
    if match := patterns["date"].match(low, start):
        return _full(parts, start, match, before)
    if match := patterns["part"].match(low, start):
        return (match.end(), True) if _told(before, low[match.end() : match.end() + 40]) else None
    if match := patterns["spaced"].match(low, start):
        return (match.end(), True) if _born(before) else None
    year = patterns["year" if end - start == 4 else "short"].match(low, start)
    return (end, True) if year and _a_birth_year(low, start, end, before) else None


def _full(parts: Parts, start: int, match: re.Match[str], before: str) -> tuple[int, bool] | None:
    """What `_numbered` tells of a date with its year."""
    after = parts.low[match.end() : match.end() + 40]
    told = _told(before, after) or _patterns()["of"].search(before) is not None
    if told or _behind_one(match[0], before, parts.text[max(0, start - _NEAR) : start]):
        return match.end(), True
    if not _long_ago(match[0]):
        return None
    if _of_somebody(before, after):
        return match.end(), True
    dated = any(one in cue("dated") for one in re.findall(r"[a-z]+", before)[-6:])
    return None if dated else (match.end(), False)


def _a_birth_year(low: str, start: int, end: int, before: str) -> bool:
    """Whether a year alone is one of birth: "hij is van 2011", "geboren '11", "lotte (2011)"."""
    patterns, whole = _patterns(), end - start == 4
    if not (whole or before.endswith("'")) or patterns["month_before"].search(before):
        return False
    told = _born(before) or patterns["born_after"].match(low, end, end + 24) or patterns["of"].search(before)
    young = not whole and 2000 + int(low[start:end]) in _YOUNG and _patterns()["gap_one"].search(before[:-1])
    if young and young["said"] in cue("person"):
        return True
    return bool(told) or (whole and _in_brackets(low, start, end, before))


def _in_brackets(low: str, start: int, end: int, before: str) -> bool:
    """ "lotte (2011)": a year behind a sure first name or a word for a person, and nothing else in the brackets."""
    if not before.endswith("(") or low[end : end + 1] not in {")", ","} or int(low[start:end]) not in _BORN_YEARS:
        return False
    said = re.findall(r"[^\W\d_]+", before)
    return bool(said) and (said[-1] in cue("person") or word(folded(said[-1])).first)


def _of_somebody(before: str, after: str) -> bool:
    """ "is van 15/6/2011", "van 17 augustus 2008 is ze": a full date of long ago that somebody is of."""
    if before.endswith("van ") and _patterns()["of_them"].match(after):
        return True
    match = _patterns()["is_of"].search(before)
    if not match:
        return False
    who = match["who"]
    return not who or "." in who or who in {"hij", "ze", "zij"} or _may_be_one(who, True)


def _of_a_month(low: str, start: int, end: int) -> Iterator[Finding]:
    """ "verjaart in maart", "een kleuter van mei 2021"."""
    patterns, before = _patterns(), low[max(0, start - _NEAR) : start]
    year = patterns["year_behind"].match(low, end)
    lone = year and not before[-4:].strip(" e").isdigit()
    old = year and int(year[0][-4:]) in _BORN_YEARS
    if year and lone and (_born(before) or patterns["of"].search(before) or (old and _of_somebody(before, ""))):
        yield Finding(start, year.end(), Identifier.BIRTH_DATE)
    elif not year and patterns["month"].search(before):
        yield Finding(start, end, Identifier.BIRTH_DATE)


def _born(before: str) -> bool:
    patterns = _patterns()
    if not any(stem in before for stem in cue("born_stems")):
        return False
    if any(patterns[name].search(before) for name in ("born_of", "born_person")):
        return True
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


def _behind_one(written: str, before: str, typed: str) -> bool:
    """Whether a date stands right behind a person: "leerling 12/03/11", "Sipan, 20/05/2009"."""
    last = _patterns()["gap_one"].search(before)
    if last is None:
        return False
    year = re.search(r"(?:19|20)\d\d", written)
    if int(year[0]) not in _BORN_YEARS if year else 2000 + int(written[-2:]) not in _YOUNG:
        return False
    said = last["said"]
    capital = len(typed) == len(before) and typed[last.start("said")].isupper()
    return said in cue("person") or (said[1:2] == "." and capital) or _may_be_one(said, capital and year is not None)


def _may_be_one(said: str, capital: bool) -> bool:
    """Whether a word is a sure first name, or one with a capital that is no word."""
    kind = word(folded(said))
    loose = (kind.unknown or (kind.maybe and said not in cue("months")) or kind.last) and len(said) > 2
    return kind.first or (capital and loose and said not in cue("dated") | cue("born"))
