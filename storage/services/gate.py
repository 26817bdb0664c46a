"""The gate for free texts: what identifies somebody is not written down before its author chose."""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import TypeAlias

from storage.domain.identifying import HARD, Finding, Identifier, Known, findings
from storage.domain.planning import tidy
from storage.domain.refusals import IdentifiesSomebody
from storage.unit_of_work import UnitOfWork

Chosen: TypeAlias = bool | str
"""What the author said to keep as it is: everything, or the texts of these fields (names with spaces between them)."""


class Use(Enum):
    """What a text is for.

    ABOUT_PEOPLE: what people tell of themselves and others. CASE: about a child. WORK: what coordinators write about
    meetings, which names speakers, places, addresses and whom to reach: there only what is about a child stops it.
    """

    ABOUT_PEOPLE = auto()
    CASE = auto()
    WORK = auto()


_NEVER = frozenset({Identifier.REGISTER_NUMBER, Identifier.IBAN})
"""What is kept in no text at all, whatever its author says."""

_PERSON = frozenset({Identifier.NAME, Identifier.INITIALS})
_OF_A_CHILD = frozenset({Identifier.AGE, Identifier.BIRTH_DATE})


def passed(unit: UnitOfWork, text: str, field: str = "", *, case: bool = False, chosen: Chosen = False) -> str:
    """The text, tidied, its lines kept, when nothing in it identifies anybody; `chosen`: or its author keeps it so.

    In a case what is `HARD` never passes, elsewhere no register number and no IBAN. Raises IdentifiesSomebody.
    """
    said = tidy(text, lines=True) or ""
    check(unit, said, field, Use.CASE if case else Use.ABOUT_PEOPLE, chosen)
    return said


def check(unit: UnitOfWork, text: str, field: str = "", use: Use = Use.ABOUT_PEOPLE, chosen: Chosen = False) -> None:
    """The same for a text that is tidied already. Raises IdentifiesSomebody, nothing else; an empty text passes."""
    if not text.strip():
        return
    found = _found(text, use, lambda: known_names(unit))
    never = HARD if use is Use.CASE else _NEVER
    may_keep = never.isdisjoint(one.what for one in found)
    if found and not (may_keep and _is_chosen(chosen, field)):
        raise IdentifiesSomebody(text, found, field, may_keep)


def stopped(texts: Sequence[str], use: Use, known: Known) -> frozenset[int]:
    """The places of those of many texts that `check` would refuse. It takes some ms a text: not for a transaction."""
    return frozenset(place for place, text in enumerate(texts) if _found(text, use, lambda: known))


def _is_chosen(chosen: Chosen, field: str) -> bool:
    return field in chosen.split() if isinstance(chosen, str) else chosen


def _found(text: str, use: Use, names: Callable[[], Known]) -> tuple[Finding, ...]:
    """What stops a text. The network's names are only read where they matter: few texts hold anything."""
    if use is Use.CASE:
        return findings(text, names(), strict=True)
    if not findings(text):
        return ()
    known = names()
    found = findings(text, known)
    return _about_a_child(text, found) if use is Use.WORK else _about_others(text, found, known)


def known_names(unit: UnitOfWork) -> Known:
    """Whom and what the network knows by name."""
    organisations = (one.name for one in unit.people.organisations())
    return Known(unit.people.full_names(), frozenset(organisations))


def _about_others(text: str, found: tuple[Finding, ...], known: Known) -> tuple[Finding, ...]:
    """All of it, but for colleagues by their first names and where they work: "mag Jonas van De Vuurtoren mee?".

    Beside anything else in the text that tells of somebody, a first name may be a child's.
    """
    organisations = {name.casefold() for name in known.organisations}
    colleagues = {name.split()[0].casefold() for name in known.people if name.strip()}
    own = {Identifier.SCHOOL: organisations, Identifier.NAME: colleagues}
    if all(text[one.start : one.end].casefold() in own.get(one.what, ()) for one in found):
        return ()
    return found


def _about_a_child(text: str, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What does not belong in what a coordinator writes about a meeting."""
    kinds = {one.what for one in found}
    stops = {Identifier.REGISTER_NUMBER}
    if not _PERSON.isdisjoint(kinds):
        stops |= {Identifier.IBAN} | _signs(text, found)
    return tuple(one for one in found if one.what in stops)


def _signs(text: str, found: tuple[Finding, ...]) -> frozenset[Identifier]:
    """The kinds that stop a text because they tell of a child: an age beside a name, a school beside a first name.

    Of a speaker one tells the full name and where they work: that is no sign.
    """
    kinds = {one.what for one in found}
    by_first_name = any(one.what in _PERSON and " " not in text[one.start : one.end].strip() for one in found)
    signs = _OF_A_CHILD & kinds | ({Identifier.SCHOOL} & kinds if by_first_name else frozenset())
    return _PERSON | signs if signs else frozenset()
