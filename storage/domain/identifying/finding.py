"""Finds what identifies a person in a free text."""

import re
from collections.abc import Iterable

from storage.domain.identifying.dates import ages, birth_dates
from storage.domain.identifying.initials import initials
from storage.domain.identifying.kinds import Finding, Identifier, Known
from storage.domain.identifying.lists import either, folded, piece
from storage.domain.identifying.names import names
from storage.domain.identifying.numbers import numbers
from storage.domain.identifying.places import addresses, postcodes, schools
from storage.domain.identifying.reading import Reading, read
from storage.domain.identifying.tokens import tokens

_PERSONAL = frozenset(
    {Identifier.NAME, Identifier.INITIALS, Identifier.AGE, Identifier.BIRTH_DATE, Identifier.REGISTER_NUMBER}
)
_BESIDE = 150
"""How many characters from a person a school still tells who it is."""
_NOBODY = Known()


def findings(text: str, known: Known = _NOBODY, strict: bool = False) -> tuple[Finding, ...]:
    """What identifies a person, sorted, never overlapping. `strict`, a case about a child: known people count too.

    Time grows in proportion to the length of the text, whatever is in it.
    """
    reading = read(text)
    found = _found(reading.plain, known)
    if strict:
        found = _add(found, _known_people(reading.plain, known), reading.plain)
    else:
        found = [one for one in found if not _is_known(reading.plain, one, known)]
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
    low = plain.lower() if len(plain.lower()) == len(plain) else plain
    taken = bytearray(len(plain))
    found: list[Finding] = []

    def take(more: Iterable[Finding]) -> None:
        for one in more:
            if one.start < one.end and not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"\x01" * (one.end - one.start)
                found.append(one)

    dated = list(birth_dates(low))
    take(numbers(plain))
    take(one for one, sure in dated if sure)
    take(addresses(plain))
    take(postcodes(plain))
    take(ages(low))
    words = tokens(plain)
    places = [one for one in schools(plain, words, known.organisations) if not any(taken[one.start : one.end])]
    kept = bytearray(taken)
    for one in places:
        kept[one.start : one.end] = b"\x01" * (one.end - one.start)
    take(one for one in initials(plain) if not any(kept[one.start : one.end]))
    kept = bytearray(map(max, kept, taken)) if places else taken
    take(names(plain, words, [one for one in found if one.what is Identifier.AGE], kept))
    take(one for one, sure in dated if not sure and _person_near(plain, one, found, 40))
    take(one for one in places if _person_near(plain, one, found, _BESIDE))
    return found


def _person_near(plain: str, one: Finding, found: list[Finding], reach: int) -> bool:
    """Whether a person was found near, or is spoken of right before: "een leerling van"."""
    if any(each.what in _PERSONAL and each.start - reach < one.end and one.start < each.end + reach for each in found):
        return True
    before = plain[max(0, one.start - 45) : one.start].lower()
    return (
        re.search(
            rf"(?<!\w){piece('one')}\s(?:\w{{2,14}}\s)?{either('person')}\s[^.!?\n]*$",
            before,
        )
        is not None
    )


def _key(name: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", folded(name)))


def _is_known(plain: str, one: Finding, known: Known) -> bool:
    """Whether the name is the full name of one of the network's own adults."""
    if one.what is not Identifier.NAME or not known.people:
        return False
    said = _key(plain[one.start : one.end].removesuffix("'s"))
    return any(said == _key(name) for name in known.people)


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
