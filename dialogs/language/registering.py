"""Who and what a sentence about registrations speaks of, beside what any sentence is understood to mean."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile

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
_LINE = re.compile(r"\b(?:wacht|reserve)lijst|\bwachtrij|\bwaiting ?list")
_APOSTROPHE = re.compile(r"\b([dl])['’](?=\w)", re.IGNORECASE)
_DOES = frozenset({"komt", "gaat", "vervangt", "zal", "neemt", "kan", "wil", "mag", "in"})
_FOLLOWS_A_NAME = """
    komt gaat vervangt zal neemt wel niet zelf samen eventueel ondertussen daarom anders nog meestal eens
    inschrijven aanmelden vervangen toevoegen verontschuldigd ziek verhinderd kan kunnen mag moet wordt werd
"""
_NO_LAST_NAME = frozenset(_FOLLOWS_A_NAME.split())
"""What may follow a first name and be no last name."""

_SEVERAL = re.compile(r"\b(?:we|wij|ons|onze|niemand van|iedereen van)\b")
NAMEWORD = re.compile(r"^[A-ZÀ-ÞŠŽ][\w'’-]*$")
_ALIKE = 0.6
"""How alike a typed last name and the one in the network are, from 0 to 1, to be the same with typing errors."""

_LONGEST_NAME = 4
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
    "Bram Peeters" is neither Jan Peeters nor Bram Claes, and "Bram van Damme" neither, but "Bram van De Boei" may be.
    """
    said = _WORD.findall(_joined(strip_markup(text)))
    folded = [fold(word) for word in said]
    first_names = {fold(person.first_name) for person in people}
    found: dict[int, list[Person]] = {}
    for person in people:
        words = _WORD.findall(_joined(fold(person.name)))
        first, last = _at(folded, words[:1]), _at(folded, words[1:])
        if last > 0 and first < 0 and _is_a_first_name(said[last - 1]):
            continue
        if last < 0 <= first and _has_another_last_name(said[first:], person, words[1:], first_names):
            continue
        found.setdefault(first if first >= 0 else last, []).append(person)
    return tuple(_sharing(folded, group) for _, group in sorted(found.items()))


def _at(words: Sequence[str], part: Sequence[str]) -> int:
    """Where these words stand in a row; -1 when they don't."""
    ends = range(len(words) - len(part) + 1) if part else range(0)
    return next((at for at in ends if list(words[at : at + len(part)]) == list(part)), -1)


def _is_a_first_name(word: str) -> bool:
    return NAMEWORD.match(word) is not None and fold(word) not in _EMPTY and fold(word) not in _BEFORE_A_NAME


def _joined(text: str) -> str:
    """D'hondt as one word."""
    return _APOSTROPHE.sub(r"\1", text)


def _has_another_last_name(
    said: Sequence[str], person: Person, last_name: Sequence[str], first_names: Collection[str]
) -> bool:
    """Whether a last name follows the first of these words, and clearly not this one, however it is typed."""
    particles = list(takewhile(lambda word: fold(word) in PARTICLES, said[1:]))
    rest = said[1 + len(particles) :]
    if not rest or not _may_be_a_last_name(rest, said[0].isupper()):
        return False
    word = fold(rest[0])
    where = fold(person.organisation.name) if person.organisation else fold(person.affiliation or "")
    if word in first_names or word in _WORD.findall(where):
        return False
    if len(word) == 1:
        return not any(part.startswith(word) for part in last_name)
    return not get_close_matches(word, last_name, 1, _ALIKE)


def _may_be_a_last_name(words: Sequence[str], shouted: bool) -> bool:
    """Whether a row of words begins with a name: by its capital, or else because what it does comes next."""
    word, following = words[0], fold(words[1]) if len(words) > 1 else ""
    if fold(word) in _EMPTY or fold(word) in _NO_LAST_NAME:
        return False
    if NAMEWORD.match(word) and not shouted:
        return len(word) == 1 or not word.isupper()  # an organisation, such as a CLB
    return following in _DOES and _NO_NAME.match(fold(word)) is None


def _sharing(folded: Sequence[str], group: Sequence[Person]) -> tuple[Person, ...]:
    """Those whose last name is said too, or else everybody with that first name."""
    sure = [one for one in group if _at(folded, _WORD.findall(fold(one.name))[1:]) >= 0]
    return tuple(sure or group)


def speaks_of_oneself(text: str) -> bool:
    """Whether the one who speaks is to be registered or excused too: "schrijf mij en Emre in"."""
    return _MYSELF.search(fold(text)) is not None


def speaks_of_the_line(text: str) -> bool:
    """Whether somebody wants to be off the waiting list, and not off the list of who comes."""
    return _LINE.search(fold(strip_markup(text))) is not None


def speaks_of_several(text: str) -> bool:
    """Whether the one who speaks means colleagues too, whom they don't name."""
    return _SEVERAL.search(fold(strip_markup(text))) is not None


def unknown_beside(text: str, named: Sequence[tuple[Person, ...]]) -> tuple[str, ...]:
    """The names, with their capitals, of who is to be registered or excused beside those who are known."""
    said = _span(" ".join(strip_markup(text).split()), (*_ENROLLED, *_ABSENT))
    known = {fold(word) for group in named for one in group for word in _WORD.findall(one.name)}
    parts = [_name_in(part.split()) for part in re.split(r",|\ben\b|&", said)]
    names = [part for part in parts if part and all(NAMEWORD.match(word) or fold(word) in PARTICLES for word in part)]
    return tuple(" ".join(name) for name in names if not known.intersection(map(fold, name[:1])))


def _span(said: str, ways: Sequence[re.Pattern[str]]) -> str:
    """Whom a sentence is about, in its own words."""
    match = next((found for way in ways if (found := way.search(said.lower()))), None)
    return said[slice(*match.span("who"))] if match else ""


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
        left = _name_in([word.strip(".,!?") for word in named.split()])
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
    return " ".join(_name_in(words)[-_LONGEST_NAME:]).title()


def _name_in(words: Sequence[str]) -> list[str]:
    """The words that may be of a name; "van" and "de" only between two others."""
    meant_ = [at for at, word in enumerate(words) if word and fold(word) not in _EMPTY]
    kept = set(meant_)
    between = range(meant_[0], meant_[-1]) if meant_ else range(0)
    return [word for at, word in enumerate(words) if at in kept or (at in between and fold(word) in PARTICLES)]


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
