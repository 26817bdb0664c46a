"""Who and what a sentence about registrations speaks of, beside what any sentence is understood to mean."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dialogs.language.spelling import fold, strip_markup
from storage.domain.people import Person

_WORD = re.compile(r"[\w-]+")
_MAIL = re.compile(r"[^\s,;<>()\"]+@[^\s,;<>()\"]+\.[^\s,;<>()\".]+")
_ONESELF = re.compile(r"\b(?:ik|me|mij|mezelf|mijzelf|we|wij|ons)\b")
_MYSELF = re.compile(r"\b(?:me|mij|mezelf|mijzelf|ik)\b")
_ENROLLED = (
    re.compile(r"\bschrijf (?P<who>.+?) (?:al |alvast |ook |even |maar |toch |dan )*in\b"),
    re.compile(r"\b(?:wil|kan|kun|zou) (?:je|u|jij) (?P<who>.+?) (?:willen |kunnen )?inschrijven\b"),
    re.compile(r"\bik (?:wil|wou|zou|moet) (?P<who>.+?) inschrijven\b"),
    re.compile(r"\b(?:zet|plaats) (?P<who>.+?) (?:bij )?(?:op|in) de (?:lijst|deelnemers)"),
    re.compile(r"\bmeld (?P<who>.+?) (?:aan|in)\b"),
    re.compile(r"\bvoeg (?P<who>.+?) toe\b"),
)
_ABSENT = (
    re.compile(
        r"^(?P<who>.+?) (?:kan|kunnen|komt|komen|zal|zullen|gaat|geraakt) (?:er )?(?:dan |helaas |jammer genoeg )*"
        r"(?:op .*|naar .*|die .*)?(?:niet|ni|nie)\b"
    ),
    re.compile(r"^(?P<who>.+?) (?:is|zijn) (?:verontschuldigd|ziek|verhinderd)\b"),
    re.compile(
        r"\b(?:schrap|verontschuldig|excuseer|schrijf|haal|verwijder) (?P<who>.+?)(?: uit| voor| van| op| naar|$)"
    ),
)
_WORDS_WITHOUT_NAME = """
    ik me mij mezelf mijzelf we wij ons even ook aub svp alvast maar toch dan graag al en of de het een
    mijn onze collega voor op naar van bij eens is er nu gewoon misschien helaas sorry hey hallo dag ja
    nee want je u jij kan wil kun zou iemand die dat deze dit volgende intervisie netwerkdag infomoment
    stuurgroep bijeenkomst inschrijving inschrijvingen wachtlijst lijst plaats terug weer uit in af
"""
_EMPTY = frozenset(_WORDS_WITHOUT_NAME.split())
_BEFORE_A_NAME = frozenset({"schrijf", "zet", "meld", "voeg", "vervang", "schrap", "mevrouw", "meneer", "vervangt"})
_REPLACING = re.compile(
    r"^(?P<who>.+?) (?:komt|gaat|vervangt|zal|neemt|is)\b|\bdoor (?P<by>[^,.;]+)"
    r"|\b(?:stuur|breng) (?P<sent>[^,.;]+?) (?:in|naar|mee)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r".*\d|(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:jan|febr)uari|maart|april|mei|ju[nl]i|augustus|"
    r"(?:septem|okto|novem|decem)ber|week|weken|keer|morgen|overmorgen|vandaag|alles|iedereen|niemand|dit|zo"
)
NAMEWORD = re.compile(r"^[A-ZÀ-ÞŠŽ][\w'’-]*$")
_ALIKE = 0.6
"""How alike a typed last name and the one in the network are, from 0 to 1, to be the same with typing errors."""

PARTICLES = frozenset({"van", "de", "der", "den", "ten", "ter", "el", "al", "le", "la", "du", "d'"})
_FROM = re.compile(r"\b(?:van|uit|bij) (?:het |de |een )?(?P<where>[^,.;?!]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Roles:
    """Who is replaced by whom; None is the one who speaks. `unknown` is the name of a replacement we don't know."""

    replaced: Person | None
    by: tuple[Person, ...]
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class TypedGuest:
    """What a text says of a guest; empty where it says nothing."""

    name: str = ""
    organisation: str = ""
    email: str = ""

    @property
    def complete(self) -> bool:
        """True when nothing is missing."""
        return bool(self.name and self.organisation and self.email)


def meant(text: str, people: Sequence[Person]) -> tuple[tuple[Person, ...], ...]:
    """The people whose names stand in a text, in the order of their names; several who share a name: one of them.

    Nobody by a last name that follows another first name, or by a first name that another last name follows:
    "Bram Peeters" is neither Jan Peeters nor Bram Claes.
    """
    said = _WORD.findall(strip_markup(text))
    folded = [fold(word) for word in said]
    first_names = {fold(person.first_name) for person in people}
    found: dict[int, list[Person]] = {}
    for person in people:
        words = _WORD.findall(fold(person.name))
        first, last = _at(folded, words[:1]), _at(folded, words[1:])
        if last > 0 and first < 0 and _is_a_first_name(said[last - 1]):
            continue
        if last < 0 <= first and _is_another_last_name(said[first + 1 : first + 2], words[1:], first_names):
            continue
        found.setdefault(first if first >= 0 else last, []).append(person)
    return tuple(_sharing(folded, group) for _, group in sorted(found.items()))


def _at(words: Sequence[str], part: Sequence[str]) -> int:
    """Where these words stand in a row; -1 when they don't."""
    ends = range(len(words) - len(part) + 1) if part else range(0)
    return next((at for at in ends if list(words[at : at + len(part)]) == list(part)), -1)


def _is_a_first_name(word: str) -> bool:
    return NAMEWORD.match(word) is not None and fold(word) not in _EMPTY and fold(word) not in _BEFORE_A_NAME


def _is_another_last_name(following: Sequence[str], last_name: Sequence[str], first_names: Collection[str]) -> bool:
    """Whether what follows a first name is a last name, and clearly not this one, however it is typed."""
    if not following or not _is_a_first_name(following[0]) or following[0].isupper():
        return False
    word = fold(following[0])
    return word not in first_names and not get_close_matches(word, last_name, 1, _ALIKE)


def _sharing(folded: Sequence[str], group: Sequence[Person]) -> tuple[Person, ...]:
    """Those whose last name is said too, or else everybody with that first name."""
    sure = [one for one in group if _at(folded, _WORD.findall(fold(one.name))[1:]) >= 0]
    return tuple(sure or group)


def speaks_of_oneself(text: str) -> bool:
    """Whether the one who speaks is to be registered or excused too: "schrijf mij en Emre in"."""
    return _MYSELF.search(fold(text)) is not None


def leaves_the_line(text: str) -> bool:
    """Whether a text about leaving speaks of a waiting list: who is on none of them keeps their seat."""
    return re.search(r"\bwacht(?:lijst|rij)", fold(text)) is not None


def unknown_enrolled(text: str) -> str:
    """The name of somebody to register whom we don't know, for a text in which nobody known is named."""
    return _unknown(text, _ENROLLED)


def unknown_absent(text: str) -> str:
    """The same for somebody who does not come; who says "ik" speaks of themselves."""
    return "" if re.search(r"\bik\b", fold(text)) else _unknown(text, _ABSENT)


def _unknown(text: str, ways: Sequence[re.Pattern[str]]) -> str:
    said = " ".join(strip_markup(text).split())
    for way in ways:
        match = way.search(said.lower())
        if match is None:
            continue
        start, end = match.span("who")
        named = said[start:end]
        if _ONESELF.search(fold(named)):
            return ""
        left = [word.strip(".,!?") for word in named.split() if fold(word).strip(".,!?") not in _EMPTY]
        return "" if any(_NO_NAME.match(fold(word)) for word in left) else " ".join(left)
    return ""


def roles(text: str, named: Sequence[tuple[Person, ...]]) -> Roles:
    """Who is replaced and who comes, of the people named in a text about a replacement."""
    folded = fold(strip_markup(text))
    oneself = re.search(r"\b(?:mijn|m'n|mn) (?:plaats|plek)\b|\bvervang(?:t|en)? mij\b|\bvoor mij\b", folded)
    if re.search(r"\bik (?:vervang|kom in de plaats van|ga in de plaats van|neem de plaats)", folded) and named:
        return Roles(named[0][0], ())
    if len(named) > 1 and not oneself:
        first, second = named[0], named[1]
        turned = _passive(folded, first[0]) or _cannot(folded, first[0])
        replaced, by = (first, second) if turned else (second, first)
        return Roles(replaced[0], by)
    if len(named) == 1 and not oneself and _is_replaced(folded, named[0][0]):
        return Roles(named[0][0], (), unknown_replacement(text))
    if named:
        return Roles(None, named[0])
    return Roles(None, (), unknown_replacement(text))


def _first(person: Person) -> str:
    return re.escape(fold(person.first_name))


def _passive(folded: str, first: Person) -> bool:
    """ "Tuur wordt vervangen door Emre", "vervang Tuur door Emre": who is named first is replaced."""
    return re.search(rf"\b{_first(first)}\b.*\bdoor\b", folded) is not None


def _cannot(folded: str, first: Person) -> bool:
    """ "Tuur kan niet, Emre komt"."""
    return (
        re.search(rf"\b{_first(first)}\b(?: \S+)? (?:kan|komt|is) [^,.;]*\b(?:niet|ziek|verhinderd)\b", folded)
        is not None
    )


def _is_replaced(folded: str, person: Person) -> bool:
    """ "Bram vervangt Emre", "Bram komt in de plaats van Emre": the one we know is who is replaced."""
    return (
        re.search(rf"(?:\bvervangt?|\b(?:plaats|plek|vervanging) van|\bvoor) (?:\S+ )?{_first(person)}\b", folded)
        is not None
    )


def unknown_replacement(text: str) -> str:
    """The name of a replacement whom we don't know, as typed."""
    said = " ".join(strip_markup(text).split())
    clauses = re.split(r"[,.;!?]\s*|\b(?:maar|want)\b", said)
    for clause in reversed(clauses):
        match = _REPLACING.search(clause.strip())
        if match and (name := _name(next(part for part in match.groups() if part))):
            return name
    return ""


def _name(said: str) -> str:
    """The words of a text that are a name: those with capitals and what stands between, or else the last one."""
    words = [word.strip(".,!?") for word in said.split()]
    capitals = [at for at, word in enumerate(words) if NAMEWORD.match(word) and fold(word) not in _EMPTY]
    if capitals:
        return " ".join(words[capitals[0] : capitals[-1] + 1])
    left = [word for word in words if fold(word) not in _EMPTY]
    return " ".join(left[-2:]).title() if left else ""


def typed_guest(text: str) -> TypedGuest:
    """A guest in one line: "Jan Peeters, CLB De Lier, jan@clb.example", or as far as a sentence tells."""
    said = strip_markup(text)
    mail = _MAIL.search(said)
    rest = (said[: mail.start()] + "," + said[mail.end() :]) if mail else said
    parts = [part.strip(" .:-<>()") for part in re.split(r"[,;\n|]", rest)]
    parts = [part for part in parts if part]
    email = mail.group().strip(".").lower() if mail else ""
    if len(parts) > 1 or (mail and parts):
        name, organisation = parts[0], parts[1] if len(parts) > 1 else ""
        if not organisation and (match := re.search(r" (?:van|bij|uit) (?:het |de )?", name)):
            name, organisation = name[: match.start()], name[match.end() :]
        return TypedGuest(_bare_name(name), organisation, email)
    return TypedGuest("", "", email)


_INTRODUCTION = re.compile(r"^(?:het is|dat is|ze heet|hij heet|naam:?|mijn collega|collega|met) ", re.IGNORECASE)


def _bare_name(name: str) -> str:
    return _INTRODUCTION.sub("", name).strip()


def guest_in_sentence(text: str) -> TypedGuest:
    """What "ik breng Jan Peeters mee van CLB De Lier" says of a guest."""
    said = " ".join(strip_markup(text).split())
    mail = _MAIL.search(said)
    said = said.replace(mail.group(), " ") if mail else said
    where = _FROM.search(said)
    before = said[: where.start()] if where else said
    capitals = [word.strip(".,!?") for word in before.split()[1:]]
    names = [word for word in capitals if NAMEWORD.match(word) or (word in PARTICLES and word != "de")]
    name = " ".join(names) if any(NAMEWORD.match(word) for word in names) else ""
    organisation = where["where"].strip() if where else ""
    organisation = re.split(r"\s+(?:mee|meebrengen|meenemen|naar|op|voor)\b", organisation)[0]
    return TypedGuest(name, organisation, mail.group().lower() if mail else "")


_COMES = re.compile(r"\b(?:komt|gaat|vervangt|vervang|plaats|plek|neemt)\b")
_CANNOT = re.compile(r"\b(?:ik|k) (?:kan|kom|zal|ga|geraak|ben)\b[^,.;]*\b(?:niet|ni|nie|ziek|verhinderd)\b")


def someone_else_comes(text: str) -> bool:
    """Whether "ik kan niet, Emre komt" says who comes instead."""
    folded = fold(strip_markup(text))
    cannot = _CANNOT.search(folded)
    return cannot is not None and _COMES.search(folded[: cannot.start()] + folded[cannot.end() :]) is not None
