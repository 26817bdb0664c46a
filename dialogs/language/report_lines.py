"""Which line of a report a text speaks of, by number or by its words, and what becomes of it or is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from dialogs.language.agenda_order import as_name
from dialogs.language.courtesies import without_courtesies
from dialogs.language.noting import due_in
from dialogs.language.spelling import fold, strip_markup_in_lines
from storage.domain.reports import LineKind

LONGEST = 2_000

_WRITTEN = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_COUNTED = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_DECISIONS = r"besluit(?:en)?|besli[st]+ing(?:en)?|afspra(?:ak|ken)|beslispunt"
_ACTIONS = r"a[ck]ties?|actie ?punt(?:en)?|taak|taken|to[ -]?do'?s?"
_NOUN = (
    rf"(?:{_DECISIONS}|{_ACTIONS}|regels?|reglen?|lijn(?:en|tje)?|lijnen|zin(?:nen)?|notities?|nota'?s?|nummers?|nr\.?|"
    r"note|line|datum|onderwerp)"
)
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_WRITTEN[1:])})(?![\d/]|:\d)"
_NUMBERED = re.compile(rf"\b(?P<noun>{_NOUN}) ?(?:nr\.? ?|nummer |# ?)?(?P<n>{_COUNT}|een$)\b|# ?(?P<hash>\d{{1,3}})\b")
_ORDINAL = re.compile(rf"\b(?P<nth>{'|'.join(_COUNTED)}|\d{{1,2}}(?:de|ste|e)) (?P<noun>{_NOUN})\b")
_LAST = re.compile(
    rf"\b(?:aller)?laatste (?:{_NOUN}|wat|dat|van daarnet)|\b(?:wat|dat wat) (?:ik|je) (?:laatst|net|daarnet)|"
    r"\b(?:dat|die|de|het) laatste\b|\bwat er net bij ?kwam\b"
)
_MARK = r"(?:\s*[:,](?!\d|//)\s*|\s+)"
_NEW = (
    re.compile(
        rf"\b(?:moet|moest|mag|kan) (?:eigenlijk |beter )?(?:zijn|worden|luiden){_MARK}(?P<said>\S.*)$", re.DOTALL
    ),
    re.compile(
        r"\b(?:klopt|klopte|klop|is|was|staat) (?:zo |er |hier )?(?:niet|ni|nie|fout|verkeerd|mis)\b(?: juist| "
        r"correct| goed| helemaal"
        r"| meer| genoteerd| opgeschreven| verwoord)*\s*[,;:.–-]*\s*(?:(?:want|maar) )?(?:(?:het|dat|er|dit) )?"
        r"(?:was|is|moet zijn|moest zijn|moet|wordt|staat|luidt|gaat om|ging om)\b(?: (?:eigenlijk|"
        r"wel))*\s*:?\s*(?P<said>\S.*)$",
        re.DOTALL,
    ),
    re.compile(
        r"\b(?:klopt|klopte) (?:zo |er |hier )?(?:niet|ni|nie)\b(?: helemaal| meer)*\s*[:;]\s*(?P<said>\S.*)$",
        re.DOTALL,
    ),
    re.compile(
        r"\b(?:verander|wijzig|pas|corrigeer|verbeter|herschrijf|herformuleer|maak van|vervang|zet)\b(?! (?:\S+ "
        r"){1,6}door\b)"
        r"[^:\n]{0,80}?(?:\b(?:in|naar|tot|als|door|wordt)\b(?! (?:regel|lijn|besluit|actie|notitie|het verslag|"
        r"de samenvatting|het "
        r"ontwerp|nr|nummer))\s*:?|:(?!\d|//))\s*(?P<said>\S.*)$",
        re.DOTALL,
    ),
    re.compile(
        r"\b(?:nieuwe tekst|correctie|verbetering|juiste tekst|andere tekst|aanpassing|wijziging|"
        r"rechtzetting)\b[^:\n]{0,60}:\s*"
        r"(?P<said>\S.*)$",
        re.DOTALL,
    ),
    re.compile(
        rf"\b{_NOUN} ?{_COUNT} (?:moet|moest) (?!weg|eruit|niet|er\b)"
        r"(?P<said>[^,:\n]{1,80}) (?:zijn|worden|luiden)[.!]*$"
    ),
    re.compile(rf"\b{_NOUN} ?{_COUNT}\s*(?::|=|->|wordt\b:?|luidt\b:?|is eigenlijk\b:?)\s*(?P<said>\S.*)$", re.DOTALL),
    re.compile(
        rf"\b(?:laatste|vorige|{'|'.join(_COUNTED)}) {_NOUN}\s*(?::|=|->|wordt\b:?|luidt\b:?|is "
        rf"eigenlijk\b:?)\s*(?P<said>\S.*)$",
        re.DOTALL,
    ),
)
_INSTEAD = (
    re.compile(
        r"[\"“„«'‘](?P<old>[^\"”»'’]{1,80})[\"”»'’] (?:te )?(?:vervangen|veranderen|wijzigen) (?:door|in|naar) "
        r"[\"“„«'‘](?P<new>[^\"”»'’]{1,80})[\"”»'’]"
    ),
    re.compile(
        r"(?:\b(?:moet|moest|is|was|wordt|zijn)|[:,]|\b(?:lijn|regel|besluit|actie) \d+) (?!moet|moest|is\b|het\b)"
        r"(?P<new>[^,;:]{1,60}?) (?:zijn |worden )?"
        r"(?:ipv|i\.p\.v\.|in plaats van) (?P<old>[^,;:]{1,60}?)[.!]*$"
    ),
    re.compile(r"\bvervang (?P<old>.+?) door (?P<new>.+?)(?: in (?:het |de )?\w+(?: \d+)?)?[.!]*$", re.DOTALL),
    re.compile(
        r"\b(?:staat|stond) (?P<old>[^,;:]{1,60}?)[,;]? (?:maar|en) (?:dat|het|dit)? ?(?:moet|moest|is|was) "
        r"(?P<new>[^,;:]{1,60}?)"
        r"(?: (?:zijn|worden))?[.!]*$"
    ),
    re.compile(r"\b(?:niet|geen) (?P<old>[^,;:]{1,60}?),? maar (?:wel )?(?P<new>[^;:]{1,80}?)[.!]*$"),
)
_CAPITAL = r"[A-ZÀ-ÞŠŽ][\w'’-]*"
_NAME = rf"{_CAPITAL}(?:\s+(?:(?:van|de|der|den|el|ten|ter)\s+){{0,3}}{_CAPITAL}){{0,3}}(?:\s*(?:,|en|&)\s*{_CAPITAL})*"
_ANY_NAME = rf"(?:{_NAME}|iedereen|de groep|alle leden|mij|[a-z][a-z'-]{{1,14}}(?=[\s.!]*$))"
_OWNER = (
    re.compile(
        rf"{_NOUN} ?\d{{1,3}} (?:is|moet|komt|staat|hoort|mag) (?:(?:eigenlijk|toch|niet voor \S+ maar|op naam van|"
        rf"bij) )*(?:voor|van|op naam "
        rf"van|bij|aan)? ?(?P<who>{_NAME}|iedereen|de groep|mij)(?: (?:doen|opnemen|zijn))?[\s.!]*$"
    ),
    re.compile(
        rf"\b(?:is|zijn|komt|hoort|mag|gaat)(?: (?:toch|eigenlijk|niet voor \S+ maar))* (?:voor|van|op naam van|"
        rf"naar) (?P<who>{_ANY_NAME})[\s.!]*$"
    ),
    re.compile(
        rf"\b(?:eigenaar|verantwoordelijke|trekker|wie|naam)\b[^:\n]{{0,40}}?(?:is|:|wordt|naar|"
        rf"in)\s+(?P<who>{_ANY_NAME})[\s.!]*$"
    ),
    re.compile(rf"\bzet (?P<who>{_NAME}) (?:bij|op|als)\b"),
    re.compile(rf"\b(?:zet|schrijf|plaats)\b[^:\n]{{0,40}}? op naam van (?P<who>{_ANY_NAME})[\s.!]*$"),
)
_CONFIRMS = re.compile(
    r"\b(?:klopt|juist|correct|bevestig\w*|bevestigd|in orde|zo goed|mag zo blijven|ok|oke|akkoord)\b(?!.*\b(?:niet|"
    r"ni|nie|geen)\b)"
)
_DENIES = re.compile(r"\b(?:niet|ni|nie|geen|fout|verkeerd|mis)\b")
_KEPT = re.compile(
    r"\b(?:prive|vertrouwelijk|intern|niet (?:posten|publiceren|delen|tonen|in de post)|blijft (?:bij|onder) ons)\b"
)
_OPENED = re.compile(
    r"\b(?:niet (?:meer )?prive|mag (?:wel |toch |gerust )?(?:gepost|gepubliceerd|gedeeld|openbaar|erin|mee|in de "
    r"post)\b)"
)
_WHY = re.compile(
    r"(?:\b(?:want|omdat|aangezien|doordat)\b|\breden\s*(?:is|:)|:(?!\d|//))\s*(?P<said>\S.*)$|"
    r"[,;.–]\s*(?:maar )?(?P<said2>(?:het|dat|dit|er|wij|we|ik|zo|moet|de|in|zij|ze)\b.+)$",
    re.DOTALL,
)
_OVER = re.compile(
    rf"\b(?:{_NOUN}|dat|datgene|stuk|deel|passage|wat)(?: van [a-z]+)? (?:over|rond|rondom|van|met|ivm|i\.v\.m\.) "
    rf"(?P<words>[^:\n,;?!]+)"
)
_QUOTED = re.compile(r"[\"“„«'‘](?P<words>[^\"”»'’]{2,200})[\"”»'’](?!\w)")
_REPORT = r"\b(?:het |de |dat |ons |uit |in |van )*(?:verslag|samenvatting|notulen|notities|ontwerp|nota)\b"
_SAID = """
    schrap schrappen verwijder verwijderen wis wissen haal halen weg uit in af aan op toe eruit eraf mag moet kan
    regel lijn zin besluit besluiten beslissing beslissingen actie acties actiepunt notitie notities nota afspraak
    taak datum nummer laatste klopt kloppen niet ni nie juist correct fout verkeerd mis staat stond is was zijn
    waren wordt worden verander wijzig pas aanpassen wijzigen veranderen verbeter corrigeer herschrijf vervang zet
    maak dat dit die het de een mijn onze ons ik we wij ga akkoord eens bezwaar tegen met over bij van voor door
    naar wat wie er zo helemaal toch nog ook maar want omdat en of te heb hebben opmerking bedenking vind verslag
    samenvatting vorige vorig volgende aub graag even je wil zou moeten nooit gezegd beslist afgesproken genoteerd
    protest protesteer betwist volgens mij me hier daar dan eigenlijk tekst nieuwe hoeft meer bevestig bevestigd
    prive gepost gepubliceerd posten publiceren delen blijft blijven terug niks niets alles iets da verkeerde foute
    fouten punt onvolledig ontbreekt mankeert aangepast gewijzigd bezwaren opmerkingen
"""
_NO_WORDS = frozenset(_SAID.split())
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class LineSaid:
    """A line of a report and what is said of it.

    `number` is what people call it, where `kind` None counts all lines and DECISION or ACTION may count those only
    ("actie 2"); else `words` to be matched with the lines, or `last`. `new_text`: what it is to say; `instead`: what
    stands there and what must stand there ("niet Piet maar An"). `owner`, `due`: of an action. `confirmed`: it is
    right as it is. `private`: whether it stays out of what is posted; None: nothing is said of that.
    """

    number: int | None = None
    words: str = ""
    new_text: str = ""
    owner: str = ""
    due: date | None = None
    last: bool = False
    kind: LineKind | None = None
    instead: tuple[str, str] | None = None
    confirmed: bool = False
    private: bool | None = None

    @property
    def names_none(self) -> bool:
        """True for "schrap dat": which line is meant must be known from what was said before."""
        return self.number is None and not self.words and not self.last

    @property
    def changes_nothing(self) -> bool:
        """True where nothing is said of how it should be."""
        return not (self.new_text or self.owner or self.due or self.instead or self.confirmed) and self.private is None


class Objected(NamedTuple):
    """An objection: to the line of that number, or to the one with these words, and what is wrong; "" untold."""

    number: int | None
    words: str
    text: str


def line_said(text: str, now: datetime | None = None) -> LineSaid:
    """The line that `text` speaks of and what it says of it; `due` only with `now` (aware, in the network's zone)."""
    said = _typed(text)
    folded = _folded(said)
    start = _new_from(folded)
    before = said if start is None else said[:start]
    new_text = "" if start is None else _without_its_verb(_tidy(said[start:]))
    number, kind = numbered(folded if start is None else folded[:start])
    last = number is None and _LAST.search(folded[:start]) is not None
    instead = _instead(said, folded)
    owner = _owner(before if new_text else said)
    due = due_in(said if start is None else before, now) if now is not None and not instead else None
    settled = bool(new_text or instead or owner or due)
    return LineSaid(
        number,
        "" if number is not None or last or (instead and not _OVER.search(folded)) else words_in(before),
        "" if instead and new_text and instead[1] in new_text else new_text,
        owner,
        due,
        last,
        kind,
        instead,
        not settled and _CONFIRMS.search(folded) is not None and _DENIES.search(folded) is None,
        _private(folded),
    )


def objected(text: str) -> Objected:
    """What somebody objects to: the line of a report, and what is wrong with it as typed."""
    said = _typed(text)
    folded = _folded(said)
    number, _ = numbered(folded)
    start = _new_from(folded) if number is not None or "klopt" in folded else None
    why = None if start is not None else _why(folded)
    cut = start if start is not None else why[0] if why is not None else None
    told = "" if cut is None else _tidy(said[cut:])
    before = said if cut is None else said[: cut if why is None else why[1]]
    return Objected(number, "" if number is not None else words_in(before), told)


def _why(folded: str) -> tuple[int, int] | None:
    found = _WHY.search(folded)
    if found is None:
        return None
    return (found.start("said") if found["said"] else found.start("said2")), found.start()


def numbered(folded: str) -> tuple[int | None, LineKind | None]:
    """The number of the line that is named, and the kind that its noun says."""
    found = _NUMBERED.search(folded)
    if found is not None:
        count = found["hash"] or found["n"]
        return _number(count), _kind(found["noun"] or "")
    ordinal = _ORDINAL.search(folded)
    if ordinal is not None:
        return _number(ordinal["nth"]), _kind(ordinal["noun"])
    return None, next((_kind(one) for one in re.findall(rf"\b{_NOUN}\b", folded) if _kind(one)), None)


def _number(said: str) -> int:
    for listed in (_WRITTEN, _COUNTED):
        if said in listed:
            return listed.index(said) + 1
    return int(re.sub(r"\D", "", said))


def _kind(noun: str) -> LineKind | None:
    if re.fullmatch(_DECISIONS, noun):
        return LineKind.DECISION
    return LineKind.ACTION if re.fullmatch(_ACTIONS, noun) else None


def _new_from(folded: str) -> int | None:
    """Where the new text begins."""
    for pattern in _NEW:
        if (found := pattern.search(folded)) is not None:
            return found.start("said")
    return None


def _instead(said: str, folded: str) -> tuple[str, str] | None:
    for pattern in _INSTEAD:
        if (found := pattern.search(folded)) is not None:
            return _tidy(said[slice(*found.span("old"))]), _tidy(said[slice(*found.span("new"))])
    return None


def _owner(said: str) -> str:
    for pattern in _OWNER:
        found = pattern.search(said)
        if found is not None and fold(found["who"]) not in _NO_WORDS - {"mij"}:
            return as_name(found["who"].strip())
    return ""


def _private(folded: str) -> bool | None:
    if _OPENED.search(folded):
        return False
    return True if _KEPT.search(folded) else None


def words_in(said: str) -> str:
    """The words of a text that may be of a line: what it is about, without the command around it."""
    folded = _folded(said)
    quoted = _QUOTED.search(said)
    if quoted is not None:
        return quoted["words"].strip()
    over = _OVER.search(folded)
    left = over["words"] if over else folded
    kept = [word for word in _WORD.findall(left if over else re.sub(_REPORT, " ", left)) if _may_be_of_a_line(word)]
    return " ".join(kept)


def _may_be_of_a_line(word: str) -> bool:
    return word not in _NO_WORDS and not word.isdecimal() and len(word) > 1


def _typed(text: str) -> str:
    return without_courtesies(strip_markup_in_lines(text[: 2 * LONGEST])[:LONGEST])


def _folded(said: str) -> str:
    return fold(said).replace("’", "'")


def _tidy(said: str) -> str:
    said = " ".join(said.split()).strip(" ,;")
    return said[1:-1].strip() if len(said) > 1 and said[0] in "\"“„«'‘" and said[-1] in "\"”»'’" else said


_ENDS_IN_A_VERB = re.compile(r"(?P<said>\S+(?: \S+){0,4}) (?:zijn|worden)[.!]*")


def _without_its_verb(said: str) -> str:
    """ "(Het moet) maart zijn" as "maart"; a sentence stays whole."""
    found = _ENDS_IN_A_VERB.fullmatch(said)
    return found["said"] if found is not None else said
