"""Finds what identifies a person in a free text."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from storage.domain.identifying.addresses import addresses, postcodes
from storage.domain.identifying.ages import ages
from storage.domain.identifying.dates import birth_dates
from storage.domain.identifying.initials import initials
from storage.domain.identifying.kinds import Finding, Identifier, Known
from storage.domain.identifying.lists import either, folded, piece
from storage.domain.identifying.names import names
from storage.domain.identifying.near import birthdays, near
from storage.domain.identifying.numbers import numbers
from storage.domain.identifying.reading import Reading, read
from storage.domain.identifying.schools import schools
from storage.domain.identifying.tokens import Parts, parts

_PERSONAL = frozenset(
    {Identifier.NAME, Identifier.INITIALS, Identifier.AGE, Identifier.BIRTH_DATE, Identifier.REGISTER_NUMBER}
)
_BESIDE = 150
"""How many characters from a person a school still tells who it is."""
_BEFORE = 90
_STOP = re.compile(r"[.!?] ")
_NOBODY = Known()


def findings(text: str, known: Known = _NOBODY, strict: bool = False) -> tuple[Finding, ...]:
    """What identifies a person, sorted, never overlapping. `strict`, a case about a child: known people count too.

    Time grows in proportion to the length of the text, whatever is in it.
    """
    reading = read(text)
    found = _found(reading.plain, known)
    if strict:
        found = _add(found, _known_people(reading.plain, known), reading.plain)
    elif known.people:
        names_known = frozenset(map(_key, known.people))
        found = [one for one in found if not _is_known(reading.plain, one, names_known)]
    return tuple(_placed(reading, sorted(found, key=lambda one: one.start)))


def _placed(reading: Reading, found: Iterable[Finding]) -> list[Finding]:
    """The findings where they stood in the text."""
    placed: list[Finding] = []
    for one in found:
        start, end = reading.original(one.start, one.end)
        if not placed or start >= placed[-1].end:
            placed.append(Finding(start, end, one.what))
    return placed


def _found(plain: str, known: Known) -> list[Finding]:
    whole = parts(plain)
    taken = bytearray(len(plain))
    found: list[Finding] = []

    def take(more: Iterable[Finding]) -> None:
        for one in more:
            if one.start < one.end and 1 not in taken[one.start : one.end]:
                taken[one.start : one.end] = b"\x01" * (one.end - one.start)
                found.append(one)

    take(numbers(whole))
    dated = list(birth_dates(whole))
    take(one for one, sure in dated if sure)
    take(birthdays(whole))
    take(addresses(whole))
    take(postcodes(whole))
    take(ages(whole))
    places = [one for one in schools(whole, known.organisations) if 1 not in taken[one.start : one.end]]
    kept = bytearray(taken)
    for one in places:
        kept[one.start : one.end] = b"\x01" * (one.end - one.start)
    take([one for one in initials(whole) if 1 not in kept[one.start : one.end]])
    kept = bytearray(map(max, kept, taken)) if places else taken
    take(names(plain, whole.words, [one for one in found if one.what in {Identifier.AGE, Identifier.BIRTH_DATE}], kept))
    take(_beside(whole, (one for one, sure in dated if not sure), found, _BESIDE))
    take(_beside(whole, near(whole), found, _BESIDE))
    take(_beside(whole, places, found, _BESIDE))
    return found


def _beside(whole: Parts, more: Iterable[Finding], found: list[Finding], reach: int) -> list[Finding]:
    """Those of `more` that a person was found near, or is spoken of right before: "een leerling van"."""
    persons = sorted((one for one in found if one.what in _PERSONAL), key=lambda one: one.end)
    ends = [one.end for one in persons]
    near = []
    for one in more:
        at = bisect_right(ends, one.start - reach)
        if any(each.start - reach < one.end for each in persons[at : at + 2]) or _one_before(whole.low, one.start):
            near.append(one)
    return near


@cache
def _one_spoken_of() -> re.Pattern[str]:
    singular, verbs = either("person"), either("attends")
    return re.compile(
        rf"(?<!\w)(?:{piece('one')}\s(?:\w{{2,14}}\s)?{singular}|(?:{singular}) {piece('from_in')}|{piece('this_one')} {verbs}"
        rf"|{verbs} (?:hij|zij|ze|die)|{piece('of_them')})\b[^.!?\n]*$"
    )


@cache
def _somebody() -> re.Pattern[str]:
    verbs = either("attends")
    return re.compile(
        rf"(?<!\w)(?:hem|haar|hij|(?:{verbs} (?:hij|zij|ze)|(?:zij|ze) (?:{verbs}|[a-z]{{2,12}}t|wil|mag|kan|zou|had))"
        rf"|mama|papa|(?:een|de|onze|die|deze|mijn|zijn|kleine) (?:{either('person')})"
        rf"|(?:leerling|jongere|jongen|meisje|kleuter) {piece('from_in')}?)(?!\w)[^!?\n]*$"
    )


def _one_before(low: str, start: int) -> bool:
    """Whether one person is spoken of before: in the same sentence, or the one before it."""
    if _one_spoken_of().search(low, max(0, start - 50), start):
        return True
    said = _somebody().search(low, max(0, start - _BEFORE), start)
    if said is not None:
        return len(_STOP.findall(said[0])) < 2
    return re.search(r"(?<!\w)(?:over|met|van|voor) (?:hem|haar)(?!\w)", low[start : start + _BEFORE]) is not None


def _key(name: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", folded(name)))


def _is_known(plain: str, one: Finding, names: frozenset[str]) -> bool:
    """Whether the name is the full name of one of the network's own adults."""
    return one.what is Identifier.NAME and _key(plain[one.start : one.end].removesuffix("'s")) in names


def _known_people(plain: str, known: Known) -> list[Finding]:
    low, found = plain.lower(), []
    for name in known.people:
        at = low.find(name.lower()) if name.strip() and len(low) == len(plain) else -1
        while at >= 0:
            found.append(Finding(at, at + len(name), Identifier.NAME))
            at = low.find(name.lower(), at + len(name))
    return found


def _add(found: list[Finding], more: list[Finding], plain: str) -> list[Finding]:
    taken = bytearray(len(plain))
    for one in found:
        taken[one.start : one.end] = b"\x01" * (one.end - one.start)
    return found + [one for one in more if not any(taken[one.start : one.end])]
