"""Who is meant by the owner of an action as it stands in a report: "An en Piet", "CLB De Sluis", "iedereen"."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from storage.domain.people import Organisation, Person, contacts_of

_BESIDE = re.compile(r"\s*[(\[](?P<said>[^)\]]*)[)\]]\s*$")
_SIGNS = re.compile(r"[^\w' ]+")
_SHORT_NAME = re.compile(r"(?P<first>\w[\w'-]+) (?P<initial>\w)\.?")

_ALIKE = 92
"""How alike (of 100) a full name must be that is not typed exactly so."""


@cache
def _words() -> Mapping[str, frozenset[str]]:
    """What owners are called that is no name, from owners.toml."""
    read = tomllib.loads(files("storage.domain").joinpath("owners.toml").read_text("utf-8"))
    return {name: frozenset(said) for name, said in read.items()}


@cache
def _between() -> re.Pattern[str]:
    said = "|".join(sorted(_words()["between"]))
    return re.compile(rf"\s*(?:[,;/+&]|\b(?:{said})\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owners:
    """Whom an owner means: people the network knows, what is left of it that is nobody known, and the group."""

    people: tuple[Person, ...] = ()
    rest: str = ""
    group: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Among whom an owner is looked for: who was there, everybody, the organisations, and who has a part in it."""

    there: tuple[Person, ...] = ()
    everybody: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    coordinators: tuple[Person, ...] = ()
    organiser: Person | None = None
    note_taker: Person | None = None


def meant(owner: str, known: Known) -> Owners:
    """Whom an owner means. First names count of who was there and of coordinators, when only one of them has it; full
    names of everybody.

    An organisation is its people who were there, else those whom one contacts there.
    """
    said = " ".join(owner.split()).strip(" .:;,-")
    if not said:
        return Owners()
    whole = _one(said, known)
    if whole is not None:
        return whole
    found = [(part, _one(part, known)) for part in _between().split(said) if part.strip()]
    people = dict.fromkeys(person for _, one in found if one for person in one.people)
    rest = ", ".join(part for part, one in found if one is None)
    return Owners(tuple(people), rest, any(one is not None and one.group for _, one in found))


def _one(said: str, known: Known) -> Owners | None:
    """Whom one name, group or organisation means; None when that is nobody known, or not certain."""
    beside = _BESIDE.search(said)
    name = _folded(said[: beside.start()] if beside else said)
    if _is_everybody(name.split()):
        return Owners(group=True)
    people = _in_a_part(name, known) or _named(name, _folded(beside["said"]) if beside else "", known)
    people = people or _of_organisation(name, known)
    return Owners(people) if people else None


def _is_everybody(said: Sequence[str]) -> bool:
    """ "Iedereen", "alle leden", "de hele groep", "alle leden van het netwerk"."""
    words = _words()
    if len(said) == 1 and said[0] in words["everybody"] | words["members"]:
        return True
    place = next((place for place, word in enumerate(said) if word in words["of"]), len(said))
    parts = [said[:place], said[place + 1 :]] if place < len(said) else [said]
    return all(_are_members(part) for part in parts)


def _are_members(said: Sequence[str]) -> bool:
    words = _words()
    return bool(said) and said[-1] in words["members"] and words["determiners"].issuperset(said[:-1])


def _in_a_part(name: str, known: Known) -> tuple[Person, ...]:
    words, said = _words(), name.split()
    called = said[1] if len(said) == 2 and said[0] in words["articles"] else name  # noqa: PLR2004
    if called in words["coordinator"]:
        return known.coordinators
    if called in words["organiser"]:
        return (known.organiser,) if known.organiser else ()
    return (known.note_taker,) if known.note_taker and called in words["note_taker"] else ()


def _named(name: str, beside: str, known: Known) -> tuple[Person, ...]:
    for people in (known.there, known.everybody):
        found = [one for one in people if _folded(one.name) == name]
        found = _only(found, beside)
        if found:
            return tuple(found)
    first = [one for one in known.there if _folded(one.first_name) == name] or _coordinator(name, known)
    short = _SHORT_NAME.fullmatch(name)
    if short:
        first = [one for one in known.there if _shortened(one, short["first"], short["initial"])]
    found = _only(first, beside) or _nearly(name, known)
    return tuple(found)


def _coordinator(name: str, known: Known) -> list[Person]:
    """The coordinator with this first name, who is on few lists of who was there; nobody when others are called so."""
    called = [one for one in known.everybody if _folded(one.first_name) == name]
    return called if called and all(one in known.coordinators for one in called) else []


def _shortened(person: Person, first: str, initial: str) -> bool:
    """Whether "An P." is this person."""
    names = _folded(person.name).split()
    return names[0] == first and any(one.startswith(initial) for one in names[1:])


def _nearly(name: str, known: Known) -> list[Person]:
    """Who has a full name that is almost typed so, when that is only one."""
    if " " not in name:
        return []
    near = [one for one in known.everybody if fuzz.ratio(name, _folded(one.name)) >= _ALIKE]
    return near if len(near) == 1 else []


def _only(people: Sequence[Person], beside: str) -> list[Person]:
    """The one that is meant, of several by the organisation beside the name; nobody when it may be any of them."""
    if len(people) > 1 and beside:
        people = [one for one in people if one.organisation and _is_called(one.organisation, beside)]
    return list(people) if len(people) == 1 else []


def _of_organisation(name: str, known: Known) -> tuple[Person, ...]:
    found = [one for one in known.organisations if _is_called(one, name)]
    if len(found) != 1:
        return ()
    there = _belonging(known.there, found[0])
    return there or contacts_of(_belonging(known.everybody, found[0]))


def _belonging(people: Iterable[Person], organisation: Organisation) -> tuple[Person, ...]:
    return tuple(one for one in people if one.organisation and one.organisation.id == organisation.id)


def _is_called(organisation: Organisation, name: str) -> bool:
    """Whether an organisation is called so, with or without what many of them are called."""
    own, said = _folded(organisation.name), name
    return own == said or (_core(own) == _core(said) and bool(_core(said)))


def _core(name: str) -> tuple[str, ...]:
    return tuple(word for word in name.split() if word not in _words()["generic"])


def _folded(text: str) -> str:
    """Without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(_SIGNS.sub(" ", letters).split())
