"""What stands beside a name: organisation, role, whom they replace, and whether they were there."""

import re
from dataclasses import dataclass, replace
from typing import Final

from dialogs.language.minutes.names import is_organised, is_role, is_sure, name_at
from dialogs.language.minutes.openings import Status
from dialogs.language.minutes.pieces import Piece
from storage.domain.minutes import Named

LONGEST: Final = 9
"""Words: what is longer is no organisation or role but a sentence."""

REPLACES: Final = re.compile(
    r"(?:^|(?<=[\s,;(–-]))(?:t\.?\s?v\.?\s?v\.?|i\.?\s?p\.?\s?v\.?|ter\s+ver(?:v\.|vanging)\s+van|"
    r"(?:als\s+)?vervang(?:er|ster|ing)\s+(?:van|voor)|"
    r"(?:die\s+)?vervangt|verving|in\s+(?:de\s+)?plaats\s+van|in\s+vervanging\s+van|"
    r"plaatsvervang(?:er|ster|end)\s+(?:van|voor)|"
    r"in\s+naam\s+van(?=\s+[A-Z]\w+\s+[A-Z])|invall(?:er|ster)\s+voor|vervangend\s+voor|"
    r"verv\.(?:\s+van)?)(?=[\s:])\s*:?\s*",
    re.IGNORECASE,
)
REPLACED_BY: Final = re.compile(
    r"(?:wordt\s+|werd\s+|is\s+)?(?:vervangen\s+door|vervang(?:er|ster|ing)\s*:|plaatsvervang(?:er|ster)\s*:)\s*",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"<?(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?|https?://\S+|\+?0?\d[\d ./]{7,}\d")
_NOTE = re.compile(
    r"(?:(?:enkel|alleen|deels|gedeeltelijk|ook|nu|vandaag|niet|nog|samen|digitaal|"
    r"hybride)\s+)*(?:online|via\s+(?:ms\s+)?(?:teams|zoom)|digitaal|hybride|"
    r"teams|telefonisch|fysiek|ter\s+plaatse|vanaf\b.*|tot\b.*|t\.?e\.?m\.?\b.*|om\s+\d.*|deels|"
    r"gedeeltelijk|later\b.*|vroeger\b.*|"
    r"ziek\w*|verlof|met\s+verlof|in\s+verlof|zwangerschapsverlof|ouderschapsverlof|vakantie|"
    r"vorming|andere\s+vergadering|nieuw\w*|ikzelf|kwam\b.*|vertrek\w*\b.*|vervoegt?\b.*|"
    r"sluit\b.*|eerste\s+\w+|enkel\b.*|bij\s+punt\b.*|(?:agenda)?punt\w*\s+\d.*|voor\s+punt.*|"
    r"\d+(?:e|de|ste)?\s+deel|nog\s+te\s+bevestigen|"
    r"(?:wegens|owv|o\.w\.v\.|door)\b.*|hij/hem|zij/haar|die/hun|\d{1,2}[u:h.]\d{0,2}.*)$",
    re.IGNORECASE,
)
_STATUS: Final = (
    (
        Status.EXCUSED,
        re.compile(
            r"verontschuldigd|verontsch\.?|veront\.?|geëxcuseerd|afwezig\s+met\s+\w+|met\s+kennisgeving|"
            r"V\.?|verhinderd|E"
        ),
    ),
    (
        Status.SILENT,
        re.compile(
            r"afwezig\s+zonder\s+\w+|zonder\s+(?:bericht|kennisgeving)|niet\s+verwittigd|niet\s+verontschuldigd"
        ),
    ),
    (Status.ABSENT, re.compile(r"afwezig|niet\s+aanwezig|afw\.?|AF|absent|niet|nee|neen|N")),
    (Status.PRESENT, re.compile(r"(?:ook\s+)?aanwezig|aanw\.?|A\.?|P|present|[xX✓✔☑☒√]|ja|J|aanw")),
)
_OF: Final = re.compile(
    r"(?:(?:van|uit|namens|voor|bij|vanuit|als|verbonden\s+aan|werkzaam\s+bij|@)(?=\s)|"
    r"van\s+(?:de|het)|vertegenwoordig(?:er|ster|t)\s+(?:van\s+)?)\s*(?:het(?=\s)|ons(?=\s))?\s*",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(r"\s*[;|•·]\s*|\s*,\s*|\s+[–—-]+\s+|\s*/\s+|\s+/\s*|\n")
_INITIALS: Final = re.compile(r"[A-Z]{2,4}")
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_ROLE_THEN: Final = re.compile(
    r"(?P<role>[a-zà-ÿ][\w-]*(?:\s+(?:en|van|voor|&)?\s*[a-zà-ÿ][\w/-]*)*?)\s+(?:(?:van|bij|in|"
    r"uit|@|voor)\s+)?(?:(?:de|het)\s+)?(?P<rest>(?:vzw\s+)?[A-ZÀ-Ý0-9'‘].*)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a list while it is being read. `clean` is false where words beside the name fit nothing."""

    named: Named
    status: Status | None = None
    successor: Piece | None = None
    clean: bool = True

    def told(self, **said: str) -> "Person":
        """The same with what was still unknown; what is known stays."""
        new = {key: value for key, value in said.items() if value and not getattr(self.named, key)}
        return replace(self, named=replace(self.named, **new)) if new else self  # type: ignore[arg-type]


def status_word(text: str) -> Status | None:
    """The status that a word or mark says: "verontschuldigd", "V", "x"."""
    text = text.strip(" .:*()[]")
    for status, pattern in _STATUS:
        if pattern.fullmatch(text) or (text[2:] and pattern.fullmatch(text.lower())):
            return status
    return None


def qualified(person: Person, said: Piece) -> Person:
    """The person with what a piece beside the name says."""
    for part in _parts(said):
        person = _with_part(person, part)
    return person


def _parts(said: Piece) -> list[Piece]:
    """Brackets inside become parts of their own; addresses go."""
    bare = said.without(match.span() for match in _CONTACT.finditer(said.text))
    inside = [bare.cut(match, 1) for match in _BRACKETS.finditer(bare.text)]
    outside = bare.without(match.span() for match in _BRACKETS.finditer(bare.text))
    pieces = [part for one in (outside, *inside) for part in one.split(_PARTS)]
    return [part for part in (one.stripped(' .:;,()[]<>*"–-') for one in pieces) if part.text]


def _with_part(person: Person, part: Piece) -> Person:
    text = part.text
    if replaces := REPLACES.search(text):
        return _replacing(person, part, replaces)
    if successor := REPLACED_BY.search(text):
        return replace(person, successor=part.part(successor.end(), len(text)))
    status = status_word(text)
    if status:
        return replace(person, status=status)
    if _NOTE.match(text) or _is_initials(text, person.named.name):
        return person
    of = _OF.match(text)
    if of and of.end() < len(text):
        text = text[of.end() :]
    if len(text.split()) > LONGEST:
        return replace(person, clean=False)
    return _role_or_organisation(person, text)


def _replacing(person: Person, part: Piece, match: re.Match[str]) -> Person:
    """ "tvv Bram Coppens (OOOC De Kaai)": whom, and what else stands there."""
    if match.start():
        person = qualified(person, part.part(0, match.start()))
    name = name_at(part.text, match.end())
    if name is None or part.text[match.end() : name[0]].strip(" .") not in {
        "",
        "mevr",
        "dhr",
        "mevrouw",
        "de heer",
        "mw",
    }:
        return person
    person = person.told(replaces=part.text[slice(*name)])
    return qualified(person, part.part(name[1], len(part.text)))


def _is_initials(text: str, name: str) -> bool:
    if not _INITIALS.fullmatch(text):
        return False
    letters = "".join(word[0] for word in re.split(r"[\s-]+", name) if word).upper()
    capitals = "".join(one for one in name if one.isupper())
    return text in {letters, capitals, name[:2].upper(), name[:3].upper()} or (letters[:1] + letters[-1:]) == text


def _role_or_organisation(person: Person, text: str) -> Person:
    if is_role(text) and not is_organised(text.split(maxsplit=1)[0]):
        both = _ROLE_THEN.fullmatch(text)
        if both and is_role(both["role"]):
            return person.told(role=both["role"], organisation=both["rest"])
        if (
            is_role(text.rsplit(maxsplit=1)[-1])
            or not text.split()[1:]
            or text[0].islower()
            or is_role(text.split(maxsplit=1)[0])
        ):
            return _more_role(person, text)
    if (
        person.named.organisation
        and not person.named.role
        and text[0].islower()
        and not is_organised(text.split(maxsplit=1)[0])
    ):
        return person.told(role=text)
    return person.told(organisation=text)


def _more_role(person: Person, text: str) -> Person:
    """Two roles are both told: "voorzitter, verslag"."""
    if person.named.role and text.lower() not in person.named.role.lower():
        return replace(person, named=replace(person.named, role=f"{person.named.role}, {text}"))
    return person.told(role=text)


def fits(rest: str) -> bool:
    """Whether what follows a name without a mark between can stand beside it: "CLB Kompas", "voorzitter", "tvv …"."""
    if rest.startswith(("(", "[")):
        bracket = _BRACKETS.match(rest)
        return bool(bracket and len(bracket[1].split()) <= 2 * LONGEST and fits(rest[bracket.end() :].strip(" ,;.–-")))
    words = rest.split()
    if not words:
        return True
    first = words[0].strip("(,:;")
    if (
        REPLACES.match(rest)
        or REPLACED_BY.match(rest)
        or _NOTE.match(rest)
        or status_word(rest)
        or _CONTACT.match(rest)
    ):
        return True
    if _OF.match(rest) and len(words) <= LONGEST:
        return True
    if is_organised(first) or first[:1].isupper() or first[:1] in "([<'’":
        return len(words) <= LONGEST
    return is_role(first) or (not words[3:] and is_role(words[-1]))


def surely_person(text: str) -> bool:
    """Whether a piece begins with the sure name of a person, and what follows can stand beside it."""
    name = name_at(text)
    return bool(
        name and not text[: name[0]].strip(" .") and is_sure(text[slice(*name)]) and fits(text[name[1] :].strip())
    )
