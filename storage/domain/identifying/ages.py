"""Exact ages of one person, in digits or words; ranges of ages, groups, durations and counts are none."""

import re
from collections.abc import Iterator
from functools import cache

from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either, folded, piece
from storage.domain.identifying.tokens import Parts, word

_NEAR = 60
"""How many characters before a number are read for what it is."""
_OLDEST = 99
_YOUNGEST_ALONE = 3
"""A smaller number without a word for a person before it is a count."""
_WORDS = re.compile(r"[^\W\d_]+(?:[/.'-][^\W\d_]+)*|\d+|[-+<>=/&–]")
_LETTER = re.compile(r"[^\W\d_]")
_BARE = 8
"""So many characters without a letter before a number: it is one of a row of numbers."""
_OLDEST_HEADED = 25
_SPANS = frozenset({"weken", "maanden", "dagen", "week", "maand"})
_LETTERS = re.compile(r"[^\W\d_](?:[.-][^\W\d_]){1,3}")
_ROW = re.compile(r"(?:(?<=van )|(?<=: )|(?<=zijn )|(?<=\())\d{1,2}(?:(?:, | en )\d{1,2}){0,3}(?:, | en )$")
_GAP = re.compile(r"(?:, | en | of |, en )$")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    half = r"(?: en (?:een |'n |ne )?half)"
    sources = {
        "unit": rf"(?:[.,;]\d(?!\d))?(?:[ -]?(?:jaar(?:tje)?s?|jr|yo|j|y|lentes)\b(?:{half}\b| en \d{{1,2}} ?(?:maand(?:en)?|mnd|m)\b)?(?P<old> oud\b)?|{half}\b(?: jaar)?)(?:(?<=[jr])\.(?=[ ,)]+[a-z]))?",
        "small": r"(?:[.,]\d)? ?(?:maand(?:en|jes)?|mnd|weken|week|weekjes|wk)\b(?P<old> oud\b)?",
        "jarig": r"[ -]?(?:jarige?|jr[ -]?ige)\b",
        "nth": r"(?:e|de|ste)\b",
        "counted": rf"[\w%€°]|[.,:/-]\d|-|\s?[€%+]|\s(?:{either('units')})(?!\w)| tot\b| t/m| ?x\b| of meer| en (?:ouder|meer|jonger)",
        "range": rf"\s?(?:{either('not_after_age')})(?!\w)|\s?(?:[-+/]|tot|t/m|à)\s?\d",
        "groups": rf"\s{either('groups')}\b",
        "not_one": rf"\s{either('groups')}\b|\s(?:[^\W\d_]{{2,20}}\s)?{either('not_a_year_old')}\b",
        "bracket": r"\(\s?(?:[mvxjf]|man|vrouw|jongen|meisje)?[ ,./]{0,2}$",
        "sex": r"(?:^|[^\w.])[mv][ /]?$",
        "told": rf"(?:leeftijd|lft|age|oud)(?:{piece('of_whom')} (?!{piece('not_an_age')})[^\W\d_.]{{1,20}} ?(?=:|=|is ))?\s?[:=]?\s?(?:is |van )?$",
        "verb_behind": r" (?:is|was|wordt|werd|zou worden)\b",
        "infinitive": r" (?:zijn|worden)\b",
        "will": r"\b(?:zal|zou|gaat|moet)(?: (?:dan|er|pas|al))* $",
        "heading_for": r"\b(?:gaat|ging|loopt)(?: (?:al|bijna|nu|stilaan))* (?:op|naar|richting)(?: de| zijn| haar)? $",
        "dated": rf"(?: ?[-,]| en| of| t/m| tot) ?\d{{1,2}}(?: {either('months')})?(?!\w)",
        "possessive": piece("at_their"),
    }
    return {name: re.compile(source) for name, source in sources.items()}


def ages(parts: Parts) -> Iterator[Finding]:
    """The exact ages of one person in a text."""
    last = -1
    for start, end in _amounts(parts):
        if start < last or (
            start > _BARE and not _LETTER.search(parts.low, start - _BARE, start) and start - last > _BARE
        ):
            continue
        stop = _age(parts.low, start, end, start - last < 5 and _GAP.match(parts.low, last, start) is not None)
        if stop:
            yield from _row(parts.low, max(0, last, start - 24), start)
            last = stop
            yield Finding(start, stop, Identifier.AGE)


def _row(low: str, left: int, start: int) -> Iterator[Finding]:
    """The numbers of which this age is the last: "van 4, 6 en 9 jaar"."""
    if row := _ROW.search(low, left, start):
        for each in re.finditer(r"\d+", row[0]):
            yield Finding(row.start() + each.start(), row.start() + each.end(), Identifier.AGE)


def _amounts(parts: Parts) -> list[tuple[int, int]]:
    """Where small numbers stand, in digits or words."""
    names = tuple(sorted(cue("numerals"), key=len, reverse=True))
    starts = tuple({name[:2] for name in names})
    written: list[tuple[int, int]] = []
    for one in parts.words:
        if one.low.startswith(starts):
            written.extend((one.start, one.start + len(each)) for each in names if one.low.startswith(each))
    small = [(start, end) for start, end in parts.numbers if end - start < 3 and _loose(parts.low, start)]
    return sorted(small + written) if written else small


def _loose(low: str, start: int) -> bool:
    """Whether no other sign makes the number a part of something else."""
    if not start or low[start - 1] in " (\n\"'":
        return True
    before = low[max(0, start - 3) : start]
    return bool(_patterns()["sex"].search(before) or _patterns()["bracket"].search(before) or before[-1] in ",:=")


def _age(low: str, start: int, end: int, chained: bool) -> int:
    """Where the age that starts with this number ends; 0 for no age."""
    patterns = _patterns()
    before = re.split(r"(?<=\w\w)[.;] |[!?] |\n", low[max(0, start - _NEAR) : start])[-1]
    words = _WORDS.findall(before)
    value = int(low[start:end]) if low[start:end].isdigit() else _OLDEST
    if not 0 < value <= _OLDEST:
        return 0
    if match := patterns["jarig"].match(low, end):
        return match.end() if _one(words) and _of_one(low, match.end()) else 0
    if match := patterns["unit"].match(low, end):
        return match.end() if _in_years(low, start, match, words, before) else 0
    if match := patterns["small"].match(low, end):
        return match.end() if match["old"] or (_behind_person(words) and "week" not in match[0]) or _baby(words) else 0
    if match := patterns["nth"].match(low, end):
        follows = _WORDS.match(low, match.end() + 1)
        counted = follows is not None and follows[0] in cue("not_after_nth")
        return match.end() if patterns["possessive"].search(before) and not counted else 0
    alone = not patterns["counted"].match(low, end) and _one(words)
    return end if alone and (_sole(low, end, before, words, value) or (chained and _goes_on(low, end))) else 0


def _sole(low: str, end: int, before: str, words: list[str], value: int) -> bool:
    """Whether a number without a unit is an age."""
    patterns = _patterns()
    if patterns["told"].search(before):
        return not cue("average") & set(words)
    if patterns["bracket"].search(before):
        return _in_brackets(low, end, words, before)
    if patterns["sex"].search(before):
        return value > _YOUNGEST_ALONE and words[-2:-1] != ["maat"]
    if low.startswith(" geworden", end):
        return _turned(words, value) or words[-1:] == ["werd"]
    if patterns["verb_behind"].match(low, end):
        return _subject_before(words)
    if patterns["infinitive"].match(low, end):
        return patterns["will"].search(before) is not None and _subject_before(words)
    return _stated(low, end, before, words, value)


def _stated(low: str, end: int, before: str, words: list[str], value: int) -> bool:
    """Whether what stands before a number tells that it is somebody's age."""
    if match := _patterns()["heading_for"].search(before):
        return _heading(low, end, _WORDS.findall(before[: match.start()]), value)
    if before.endswith(", "):
        return _behind_comma(low, end, words, value)
    on = _goes_on(low, end)
    if on and ", " in before and words and words[-1] in cue("kin") - cue("things") | cue("person"):
        return True
    return (on and _turned(words, value)) or _behind_person(words, on) or (on and value > 3 and _behind_name(words))


def _heading(low: str, end: int, going: list[str], value: int) -> bool:
    """ "hij gaat naar de 17": somebody, an age, and no date behind it."""
    someone = bool(going) and (going[-1] in {"hij", "ze", "zij"} or _person(going[-1]))
    young = _YOUNGEST_ALONE <= value <= _OLDEST_HEADED or low[end - 1].isalpha()
    return someone and young and _goes_on(low, end) and not _patterns()["dated"].match(low, end)


def _person(said: str) -> bool:
    """Whether a word is for one person, or may be a name or initials."""
    if _LETTERS.fullmatch(said):
        return said.replace(".", "") not in cue("abbreviations")
    if said in cue("person") or said in cue("kin") - cue("things"):
        return True
    kind = word(folded(said))
    may_be = kind.maybe and said not in _no_person()
    return kind.first or may_be or (kind.unknown and len(said) > 3) or (kind.last and not kind.ordinary)


@cache
def _no_person() -> frozenset[str]:
    """Names that are words which often stand before a number: "mei", "max", "en"."""
    return cue("months") | cue("units") | cue("function") | cue("age_fill") | cue("not_before_age")


def _goes_on(low: str, end: int) -> bool:
    """Whether what follows a number is no thing that is counted."""
    after = low[end : end + 24]
    if not after.strip() or after[0] in ",.;!?)\n:'\"" or not after[1:2].isalpha():
        return not after[:1].isalnum()
    follows = _WORDS.match(after, 1)
    said = follows[0] if follows else ""
    return said not in {"van", "uur"} and (said in cue("function") or said in cue("goes_on") or said in _acts())


@cache
def _acts() -> frozenset[str]:
    return frozenset(one.split("_")[0] for one in cue("personal"))


def _turned(words: list[str], value: int) -> bool:
    """Whether "she is", "he turns next week" or "almost" stands before: the words of its clause end there."""
    at = len(words) - 1
    while at >= 0 and (
        words[at] in cue("age_fill")
        or (words[at].isdigit() and words[at + 1 : at + 2] and words[at + 1] in _SPANS)
        or (words[at] == "in" and at < len(words) - 1)
    ):
        at -= 1
    skipped = set(words[at + 1 :])
    if at < 0 or words[at] in cue("links"):
        return value >= _YOUNGEST_ALONE and bool(skipped & {"bijna", "net", "amper", "geen", "pas"})
    if words[at] in cue("age_verbs"):
        if skipped & {"hij", "ze", "zij"} or at == 0 or words[at - 1] in cue("links"):
            return value >= _YOUNGEST_ALONE
        said = words[at - 1]
        return said in cue("age_subjects") or said in cue("pair") or len(said) == 1 or _person(said)
    if at and words[at - 1] in cue("age_verbs") and _person(words[at]):
        return True
    return bool(skipped & {"bijna", "amper"}) and (words[at].isdigit() or _person(words[at]))


def _subject_before(words: list[str]) -> bool:
    """ "toen hij 9 was", "omdat lotte al 19 is"."""
    at = len(words) - 1
    while at >= 0 and words[at] in cue("age_fill") - {"hij", "ze", "zij"}:
        at -= 1
    return at >= 0 and (words[at] in {"hij", "ze", "zij"} or _person(words[at]))


def _behind_person(words: list[str], on: bool = True) -> bool:
    """Whether a person stands before: "een meisje van (bijna)"."""
    at = len(words) - 1
    while at >= 0 and words[at] in cue("about_age"):
        at -= 1
    if at < 1 or words[at] != "van":
        return False
    said = words[at - 1]
    if said in cue("person") or said in cue("pair") or said in cue("kin") - cue("things"):
        return True
    return on and (_person(said) or said in {"die", "dees", "onze", "kleine", "iemand"})


def _behind_name(words: list[str]) -> bool:
    """ "emma 15 okan": a sure first name right before."""
    return bool(words) and word(folded(words[-1])).first


def _baby(words: list[str]) -> bool:
    return len(words) > 1 and words[-1] == "van" and words[-2].startswith(("baby", "kindje", "zoontje", "dochtertje"))


def _behind_comma(low: str, end: int, words: list[str], value: int) -> bool:
    """Whether a person stands before the comma: "een jongen, 15, spijbelt"."""
    if not words or (value > 25 and not low[end - 1].isalpha()):
        return False
    closed = not low[end:].strip() if len(low) - end < 3 else low[end] in ",.)" or _goes_on(low, end)
    said = words[-1].strip(".")
    return closed and (
        (len(said) == 1 and said.isalpha()) or said in cue("pair") or said == "meerderjarig" or _person(said)
    )


def _in_brackets(low: str, end: int, words: list[str], before: str) -> bool:
    """Whether "(14" stands behind a word for one person, or a name: never behind a plural, a thing or a month."""
    if not re.match(r"\s?\)|\s?,|/\D| ?- ?\D", low[end : end + 4]):
        return False
    sexed = not before.rstrip().endswith("(")
    said = [one for one in words if one[0].isalpha()]
    if sexed:
        said = said[:-1] if said and len(said[-1]) < 8 else said
    if not said:
        return sexed
    kind, last = word(folded(said[-1])), said[-1]
    if last in cue("groups") or re.fullmatch(either("months"), last):
        return False
    named = kind.first or kind.last or kind.maybe or kind.maybe_last or kind.unknown or len(last.strip(".")) == 1
    return named or "." in last or _person(last) or bool(set(said[-6:]) & (cue("person") | {"tweeling", "drieling"}))


def _in_years(low: str, start: int, match: re.Match[str], words: list[str], before: str) -> bool:
    """Whether a number of years is an age and no duration, range or group."""
    patterns, told = _patterns(), match["old"] is not None
    behind = low[match.end() : match.end() + 24]
    if not _one(words) or patterns["range"].match(behind) or patterns["groups"].match(behind):
        return False
    if _behind_person(words) or patterns["bracket"].search(before):
        return True
    last = words[-1] if words else ""
    if last in cue("not_before_age") and not told:
        already = last in {"al", "nog", "reeds"} and words[-2:-1] in (["is"], ["was"])
        return already and (low[match.end() - 1] == "j" or (_turned(words, _OLDEST) and not _goes_with(behind)))
    ranged = last == "de" and words[-2:-1] and words[-2] in cue("not_before_age") | {"rond"}
    if (
        ranged
        or last in {"in", "hier"}
        or (_LETTERS.fullmatch(last) and last.replace(".", "") in cue("abbreviations"))
        or (last == "van" and set(words[-4:]) & cue("not_of_age"))
        or cue("average") & set(words)
    ):
        return False
    if "anderhalf" in low[start : match.end()] or cue("groups") & set(words[-4:]) & {*words[-4:-1]}:
        return told or _turned(words, _OLDEST)
    if not words and not told:
        return behind[:1] != " " or not behind[1:2].isalpha() or _goes_on(low, match.end())
    if last in cue("age_verbs"):
        return _turned(words, _OLDEST) or told
    return True


def _goes_with(behind: str) -> bool:
    """Whether more of the clause follows: "is al 12 jaar directeur"."""
    return behind[:1] == " " and behind[1:2].isalpha() and not behind.startswith((" en ", " maar ", " dus ", " nu"))


def _one(words: list[str]) -> bool:
    """Whether no range of ages ends here: "12 tot", "tussen 12 en", "6-", "+"."""
    if not words:
        return True
    last, earlier = words[-1], words[-2:-1]
    ranged = last in {"tot", "-", "à", "a", "t/m", "tem", "/"} and bool(earlier) and earlier[0].isdigit()
    between = (
        last in {"en", "of"} and bool(earlier) and earlier[0].isdigit() and bool({"tussen", "vanaf"} & set(words[-5:]))
    )
    return not ranged and not between and last not in {"+", "<", ">", "=", "vanaf"} and words[-3:-1] != ["tot", "en"]


def _of_one(low: str, end: int) -> bool:
    """Whether "15-jarige" is one person's: not "15-jarige leerlingen", not "driejarige opleiding"."""
    after = low[end : end + 40]
    if _patterns()["not_one"].match(after):
        return False
    if low[end - 1] == "e":
        return True
    follows = _WORDS.match(after, 1)
    return follows is not None and (follows[0] in cue("person") or follows[0] in cue("kin"))
