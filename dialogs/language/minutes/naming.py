"""Who a sentence gives work to: people by their names, roles and groups, as they stand beside the verb."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dialogs.language.minutes.names import is_first_name, is_organised, is_surname, name_at
from storage.domain.identifying.lists import folded, ordinary

_NAME = r"(?:[A-ZÀ-Ý][\w’'-]*\.?|[dD][’'][A-Z]\w+)"
_WHOLE = (
    rf"(?:(?:[Dd]r\.?|[Dd]okter|[Pp]rof\.?|[Mm]eester|[Zz]uster|[Dd]hr\.?|[Mm]evr?\.?|[Mm]evrouw|[Mm]eneer|"
    rf"[Dd]e heer|[Jj]uf|[Dd]en) )?{_NAME}(?: (?:(?:van|"
    rf"de|den|der|ten|ter|op|el|al|aït|’t|'t) ){{0,3}}{_NAME}){{0,4}}(?: \([^()]{{1,60}}\))?"
)
_PLURAL = (
    r"leden|deelnemers|aanwezigen|partners|voorzieningen|scholen|ambassadeurs|onderwijsambassadeurs|"
    r"organisaties|trekkers|collega['’]?s|directies|teams|diensten|"
    r"CLB['’]s|brugfiguren|coördinatoren|begeleiders|netwerken|leefgroepen|werkgroepen|verslaggevers|kernleden"
)
_SINGLE = (
    r"voorzitter|ondervoorzitter|coördinator|coordinator|secretariaat|verslaggever|notulist|werkgroep\w*|"
    r"stuurgroep\w*|kernteam|kerngroep|directeur|directie|voorziening|school|CLB|netwerk|"
    r"organisatie|ambassadeur|onderwijsambassadeur|penningmeester|secretaris|trekker|projectleider|"
    r"netwerkcoördinator|intervisiebegeleider|procesbegeleider|begeleider|partner|"
    r"deelnemer|lid|bestuur|team|ondersteuner|gastheer|administratie|OCMW|CAW|stad|gemeente|brugfiguur|"
    r"dienst(?: [A-ZÀ-Ý][\w’'-]+)?|platform|IROJ|denkgroep|zorgcoördinator|projectverantwoordelijke|"
    r"stafmedewerker|dagelijks bestuur"
)
_GROUP = (
    rf"(?:[Dd]e|[Hh]et|[Aa]lle|[Oo]nze|[Ee]lke?|[Ii]edere?|[Aa]ndere) (?:\w+ )?(?:{_PLURAL}|{_SINGLE})(?: "
    rf"(?:van|uit) [^,.;:]{{2,40}}?)?|"
    r"[Ii]edereen|[Aa]llen|[Ii]eder|[Ee]lkeen|[Ww]ij|[Ww]e|[Ii]k|[Ii]eder van ons|[Zz]ij|[Vv]zw [A-Z]\w+(?: [A-Z]\w+)?"
)
_ONE = rf"(?:{_GROUP}|{_WHOLE})"
_SEVERAL = rf"{_ONE}(?:(?:, | en | & | \+ | / |/|, en | samen met | met | of )(?:ik|{_ONE})){{0,5}}"
_BEFORE = re.compile(
    rf"(?:^|(?<=[,;:–(\"“→>] )|(?<=\ben )|(?<=\bmaar )|(?<=\bdat )|(?<=\bwant )|(?<=- )|(?<=\bdus "
    rf"))(?P<who>{_SEVERAL})(?: zelf| dan| nog| ook| alvast| straks)? $"
)
_AT_START = re.compile(rf"(?P<who>{_SEVERAL})(?= [a-zà-ÿ])")
_AFTER = re.compile(rf"(?: (?:dan|dus|ook|nog|alvast))? (?P<who>{_SEVERAL})(?=[ ,.;]|$)")
_GROUPS = re.compile(rf"(?:{_GROUP})$")
_ALL: Final = re.compile(
    r"(?:allen|alle (?:leden|deelnemers|partners|aanwezigen|\w+)|iedereen|ieder(?: voor zich)?|wij|we|ik|"
    r"n\.?t\.?b\.?|nog te bepalen|elke \w+|(?:de|het) [\w ’'-]{3,40}|(?:secretariaat|voorzitter|"
    r"coördinator|stuurgroep|werkgroep|kernteam|kerngroep|directie|"
    r"verslaggever|netwerk\w*|bestuur|trekkers?|voorzieningen|scholen|leden|ambassadeurs|ondersteuner|"
    r"team|iedereen|\w*groep))$",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"\s*(?:,|;| en | & |\+| / |/| samen met | met | of )\s*")
_OTHER_WORDS: Final = """
    dan mei wil men nu ook er dat wie wij zij hij het de een dit alle ieder beide daar hier toen zo maar of en in op die
    deze wat waar hoe als om met van voor bij tot aan uit na over door ze we ik je jij u ja nee ok niet geen veel meer
"""
_NO_NAMES: Final = frozenset(_OTHER_WORDS.split())
LONGEST: Final = 80
"""Characters of a text that only names owners."""

A_FEW: Final = 5
_WINDOW: Final = 140


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is meant, as it stands there; `person` when it is (or begins with) somebody's name."""

    text: str
    person: bool


class People:
    """The people of one report: who is on its lists, and who a name in its text may be."""

    def __init__(self, names: Iterable[str]) -> None:
        self._words = frozenset(word for name in names for word in _words(name))

    def is_person(self, text: str) -> bool:
        """Whether a capitalised text is somebody's name rather than a word or a house."""
        first = re.sub(
            r"^(?:dr|dokter|prof|meester|zuster|dhr|mevr?|mevrouw|meneer|de heer|juf|den)\.? ",
            "",
            text,
            flags=re.IGNORECASE,
        )
        word = re.split(r"[ (,]", first, maxsplit=1)[0].strip(".,:")
        return word.lower() in self._words or (first != text and word[:1].isupper()) or _is_person(first)

    def before(self, text: str, at: int) -> Owner | None:
        """Who stands right before the verb at `at`, as its subject."""
        start = max(at - _WINDOW, 0)
        match = _BEFORE.search(text[start:at]) if text[at - 1 : at] == " " else None
        return self._owner(match["who"]) if match else None

    def after(self, text: str, at: int) -> Owner | None:
        """Who stands right behind the verb that ends at `at`."""
        match = _AFTER.match(text[at : at + _WINDOW])
        return self._owner(match["who"]) if match else None

    def at_start(self, text: str) -> Owner | None:
        """Who a sentence starts with."""
        match = _AT_START.match(text[:_WINDOW])
        return self._owner(match["who"]) if match else None

    def is_owner(self, text: str) -> bool:
        """Whether all of a short text names people or a group: "An en Bert", "allen", "de stuurgroep"."""
        text = text.strip(" .@")
        if not text or len(text) > LONGEST:
            return False
        if _ALL.match(text):
            return True
        parts = [part.strip(" .@") for part in _SEPARATED.split(re.sub(r"\([^)]*\)", "", text)) if part.strip(" .@")]
        return bool(parts) and all(self._is_part(part) for part in parts)

    def _is_part(self, part: str) -> bool:
        if _ALL.match(part):
            return True
        if len(part.split()) > A_FEW or (not part[0].isupper() and part.lower() not in self._words):
            return False
        return self.is_person(part) or (part.isupper() and len(part) <= A_FEW)

    def _owner(self, who: str) -> Owner | None:
        who = who.strip()
        if self.is_person(who):
            return Owner(who, person=True)
        known = _GROUPS.match(_SEPARATED.split(who)[0]) or _is_house(who)
        return Owner(who, person=False) if known else None


def _is_house(who: str) -> bool:
    """Whether it is the name of an organisation with a word for what it is: "MFC Ter Heide"."""
    first, *more = who.split()
    return bool(more) and first[0].isupper() and is_organised(first)


def _words(name: str) -> Iterable[str]:
    """The name's words that stand for it: its first word and its last."""
    words = [word for word in re.split(r"[\s()]+", name) if word[:1].isupper()]
    return [word.lower().strip(".,") for word in ([words[0], words[-1]] if words else [])]


@lru_cache(maxsize=2048)
def _is_person(text: str) -> bool:
    word = re.split(r"[ (,]", text, maxsplit=1)[0].strip(".,:")
    if is_first_name(word) and (not ordinary(folded(word)) or (text == word and word.lower() not in _NO_NAMES)):
        return True
    found = name_at(text)
    if found is None or found[0] > 0:
        return False
    name = text[slice(*found)]
    return len(name.split()) > 1 and (is_first_name(word) or is_surname(name.split()[-1]))
