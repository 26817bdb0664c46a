"""What sentences about actions say: which are meant, whether they are done, to which day they move, who takes over."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from dialogs.language.agenda_order import as_name
from dialogs.language.courtesies import without_courtesies
from dialogs.language.dates import find_dates
from dialogs.language.noting import last_day
from dialogs.language.references import kind_words
from dialogs.language.spelling import fold, strip_markup_in_lines

LONGEST = 1_000

_WRITTEN = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_COUNTED = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_NOUN = (
    r"(?:a[ck]ties?|acites?|a[ck]tie ?punt(?:en)?|taa?k(?:en|je)?|to[ -]?do'?s?|opdracht(?:en)?|nummers?|nr\.?|"
    r"punt(?:en)?|regels?)"
)
_ONE = rf"(?:\d{{1,2}}|{'|'.join(_WRITTEN[1:])})"
_UNIT = (
    r"(?! ?(?:dag|week|weken|wkn|maand|jaar|uur|u\b|min|keer|/|jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec))"
)
_NUMBERS = re.compile(
    rf"\b{_NOUN} ?(?:nr\.? ?|nummer |# ?)?(?P<list>{_ONE}\b(?![/:.]\d){_UNIT}"
    rf"(?:(?:\s*[,&+]\s*(?:en )?|\s+en\s+)(?:{_NOUN} )?{_ONE}\b(?![/:]\d){_UNIT})*)|# ?(?P<hash>\d{{1,2}})\b"
)
_ORDINALS = re.compile(
    rf"\b(?:de|het|mijn|die|dat) (?P<list>(?:(?:{'|'.join(_COUNTED)}|\d{{1,2}}(?:de|ste|e))(?:,| en(?: de)?)? "
    rf")+)(?:{_NOUN}|is|zijn|mag|"
    rf"(?=tegen|naar|door|aan|kan|gedaan))"
)
_BARE = re.compile(
    r"^(?:(?:de|ja|ok|en|nummers?|nr\.?|enkel|alleen) )*(?P<list>\d{1,2}(?:(?:\s*[,&+]\s*|"
    r"\s+en\s+)\d{1,2})*)\b(?![/:.]\d)"
    rf"{_UNIT}(?= *(?:$|[.!]|is|zijn|ok|gedaan|klaar|in orde|af|mag|kan|naar|aan|tegen|schuif|heb|done|✓))"
)
_NOT_DONE = re.compile(
    r"\b(?:nog niet|niet meer|toch niet|niet|ni|nie|nog ni|nog nie|heropen\w*|terug open|weer open|opnieuw open|nog "
    r"bezig|"
    r"mee bezig|half|ten onrechte)\b"
)
_DONE = re.compile(
    r"\b(?:gedaan|gedoan|klaar|af|afgewerkt|afgerond|in orde|geregeld|gefikst|gebeurd|afgehandeld|voltooid|"
    r"verstuurd|gestuurd|"
    r"doorgestuurd|gemaild|gebeld|opgebeld|gecontacteerd|besteld|gereserveerd|geboekt|bezorgd|doorgegeven|gemaakt|"
    r"uitgezocht|"
    r"nagevraagd|gevraagd|uitgenodigd|nagekeken|opgestuurd|opgevolgd|bevestigd|ingevuld|geschreven|betaald|vastgelegd|"
    r"opgelost|done|ok|oke|afgevinkt|vink|afvinken|afgesloten|volbracht|rond|weg|buiten|gepost|uitgevoerd|gefixt|"
    r"verzonden|"
    r"besproken|doorgebeld|gelezen|overlegd|ingediend|opgemaakt|gekocht|opgehaald|gesproken|check|checked|✓|✔)(?:\b|"
    r"(?<=[✓✔]))"
)
_UNDONE = re.compile(
    r"\b(?:heropen\w*|(?:terug|weer|opnieuw) open|open (?:terug|weer|opnieuw)|nog (?:mee )?bezig|ten onrechte|"
    r"(?:niet|ni|nie) (?:echt |helemaal |volledig )*(?:gedaan|klaar|af|afgewerkt|afgerond|in orde|geregeld|gebeurd|"
    r"verstuurd|gestuurd|rond|voltooid|gelukt|ok))\b"
)
_TICKED = re.compile(r"[✅✓✔☑👍]")
_STATUS = re.compile(rf"(?:(?:is|al|nu|nog|niet|ni|nie|helemaal|intussen) )*(?:{_DONE.pattern})[\s.!]*")
_EVERY = re.compile(
    r"\b(?:alles|allemaal|alle (?:mijn )?(?:acties|taken|actiepunten|todo's)|al mijn \w+|de hele lijst|mijn hele "
    r"lijst)\b"
)
_PARTICLE = r"(?:van|de|der|den|ten|ter|el|vanden)"
_CAPITAL = r"[A-ZÀ-ÞŠŽ][\w'’-]*"
_NAME = rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_CAPITAL}){{0,3}}"
_NAMES = rf"{_NAME}(?:\s*(?:,|&|\ben\b)\s*{_NAME}){{0,3}}"
_NO_NAME = "de|het|een|volgende|andere|mij|iemand|later|eind|begin|maart|mei|juni|juli|april"
_ANY = rf"(?:{_NAMES}|(?!(?:{_NO_NAME})\b)[a-z][a-z'’-]{{1,19}}(?: (?:{_PARTICLE} )*[a-z][a-z'’-]{{2,19}})?)"
_ENDS = (
    r"(?=\s*(?:$|[.,;!?]|(?:want|omdat|aub|graag|die|hij|zij|ze|over|door|doen|overnemen|doet|neemt|is|tegen|"
    r"svp|alsjeblieft|ik)\b))"
)
_TO = (
    re.compile(
        rf"\b(?:aan|naar|tot bij|op naam van|toe aan|over aan|door aan|door naar|is (?:iets )?voor|is nu (?:voor|"
        rf"van)|hoort bij)\s+"
        rf"(?:de |het )?(?P<who>{_ANY}){_ENDS}"
    ),
    re.compile(
        rf"(?:^|[,;.?!]\s*|\b(?:en|want|gaat|doet|zal|kan|kunnen|mag|laat|zal|moet|wil)\s+)(?P<who>{_NAMES})\s+(?=(?:neemt|doet|"
        rf"pakt|zal|gaat|kan|mag|die|dat|"
        rf"het|deze|mijn|actie|overnemen|doen|wil|nam|heeft|neme)\b)"
    ),
    re.compile(
        rf"\b(?:laat|kan|kunnen|mag|vraag(?: aan)?)\s+(?P<who>{_ANY})(?= (?:dat|die|het|deze|mijn|actie|overnemen|"
        rf"doen|de actie|\bom\b))"
    ),
    re.compile(
        rf"\b(?:verwijs|wijs|ken|speel|zet|schuif)\b.{{0,60}}?\b(?:aan|naar|door naar|door "
        rf"aan)\s+(?P<who>{_ANY}){_ENDS}"
    ),
)
_NOBODY = frozenset(
    [
        "ik",
        "is",
        "kan",
        "zou",
        "mag",
        "wil",
        "graag",
        "gelieve",
        "hem",
        "haar",
        "hen",
        "mij",
        "me",
        "we",
        "wij",
        "ons",
        "jij",
        "je",
        "iemand",
        "niemand",
        "iedereen",
        "de",
        "het",
        "een",
        "dit",
        "dat",
        "die",
        "actie",
        "acties",
        "taak",
        "volgende",
        "week",
        "maand",
        "later",
        "morgen",
        "anders",
        "een",
        "ander",
        "een",
        "collega",
        "lijst",
        "agenda",
        "coordinator",
        "jou",
        "u",
        "wie",
        "wat",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "januari",
        "februari",
        "september",
        "oktober",
        "november",
        "december",
        "augustus",
        "einde",
        "begin",
        "na",
        "voor",
        "kerst",
        "pasen",
        "nieuwjaar",
        "vakantie",
        "daar",
        "nu",
        "dan",
    ]
)
_DAYS = re.compile(
    r"\b(?P<n>\d{1,2}|een|twee|drie|vier|vijf|zes|zeven|acht|tien|veertien|paar|enkele)? ?(?P<unit>dag(?:en|je)?|"
    r"we(?:ek|ken|ekje)|maand(?:en|je)?)"
    r"(?: (?:later|extra|meer|langer|op|verder|uit|bij|uitstel|nodig|verlengen|respijt))?\b"
)
_WHEN = re.compile(
    r"\b(?:volgende|komende|deze|einde?|begin|over|binnen) (?:de |het )?(?:dag|week|maand|weken|maanden)?\b|"
    r"\b(?:over|binnen)\b"
)
_SIZES = {"d": 1, "w": 7, "m": 30}
_COUNTS = {"paar": 2, "enkele": 3, "veertien": 14}
_WHY = re.compile(
    r"(?:\b(?:want|omdat|wegens|aangezien|doordat|vermits)\b|\b(?:opmerking|reden|nota|ps)\s*:|:(?!\d|//)|"
    r"\s[-–—]\s)\s*(?P<said>\S.*)$",
    re.DOTALL,
)
_OVER = re.compile(
    rf"\b(?:{_NOUN}|dat|da|die) (?:over|rond|rondom|van|met|ivm|i\.v\.m\.)\s+(?P<words>[^:\n,;?!]+?)(?=\s+(?:is|"
    rf"zijn|mag|moet|kan|naar|tegen|"
    r"aan|door|uit|op|af|heb|hebben|was|niet|nog|klaar|gedaan)\b|$)"
)
_QUOTED = re.compile(r"[\"“„«'‘](?P<words>[^\"”»'’]{2,200})[\"”»'’](?!\w)")
_SAID = """
    twee drie vier vijf zes zeven acht negen tien voor paar enkele langs mag nieuwe coordinatrice laat weten zeg
    verwittig vastzit das tis verder vooruit actie acties aktie akties actiepunt actiepunten taak taken todo do to
    lijst lijstje punt punten opdracht mijn die dat dit deze da het de een is zijn was waren werd ben heb hebben
    heeft had gedaan klaar af afgewerkt afgerond orde in geregeld gefikst gebeurd afgehandeld voltooid verstuurd
    gestuurd gemaild gebeld gecontacteerd besteld gereserveerd geboekt bezorgd vink afvinken afgevinkt zet markeer
    als op weg moet kan kunnen wil zou niet ni nie nog al wel toch maar ook reeds intussen ondertussen net gisteren
    vandaag morgen week maand volgende vorige later schuif verschuif verplaats stel uit opschuiven verschuiven
    uitstellen uitstel geef door aan naar doorgeven overdragen overnemen neemt over doet doe doen tegen tot ik we
    wij ons mij me je jij u er en of want omdat dus ja nee neen ok oke hoeft hoef nodig meer schrap schrappen
    verwijder vervallen vervalt annuleer laten vallen valt niets niks iets help hulp vast zit geraak raak
    coordinator nele melden meld aub graag even eens es svp bedankt alles allemaal alle helemaal volledig te om dan
    zo nu hier daar bij van met deadline datum eind einde begin half dagen weken maanden jaar tijd extra langer
    verzet verleng wat wie hem haar ze zij hij iemand anders eigenlijk gewoon heropen open terug opnieuw bezig krijg
    kom toe aantoe lukt lukken gelukt beter best hoort jullie jou afsluiten afgesloten sluit sluiten kijk gemaakt
    done maak gaat vastgelopen blijft hangen liggen loopt hapert vink termijn verlengen nieuwe andere
    januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag
    woensdag donderdag vrijdag stuurgroep ginder deed doorgestuurd doorgegeven uitgezocht nagevraagd gevraagd
    opgevolgd bevestigd keer dag heropenen snel
"""
_NO_WORDS = frozenset(_SAID.split())
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class ActionSaid:
    """What a text says of actions.

    `numbers` are their places in the list that was shown; else `words` to be matched with them, `everything` for all
    of somebody's own. `done`: they are done; `undone`: it says that they are not (any more). `due` is the new day;
    `days` by how many it moves ("schuif een week op"). `to`: who takes over, as typed. `remark`: why, or what besides.
    """

    numbers: tuple[int, ...] = ()
    words: str = ""
    done: bool = False
    due: date | None = None
    to: str = ""
    remark: str = ""
    days: int | None = None
    everything: bool = False
    undone: bool = False

    @property
    def names_none(self) -> bool:
        """True for a bare "gedaan": which action is meant must be known from what was said before."""
        return not (self.numbers or self.words or self.everything)


def action_said(text: str, now: datetime) -> ActionSaid:
    """What `text`, said at `now` (aware, in the network's zone), says of actions."""
    said = without_courtesies(strip_markup_in_lines(text[: 2 * LONGEST])[:LONGEST])
    folded = _folded(said)
    why = _WHY.search(folded)
    if why is not None and _STATUS.fullmatch(why["said"].strip()) is not None:
        why = None  # "actie 4: gedaan"
    if why is not None and _only_a_date(said[why.start("said") :], now):
        why = None  # "nieuwe datum voor actie 2: 18/12"
    remark = " ".join(said[why.start("said") :].split()) if why is not None else ""
    told = said if why is None else said[: why.start()]
    due, days = _due(told, now)
    done = _is_done(folded[: len(told)])
    to = "" if done else _to(told)
    numbers = numbers_in(folded[: len(told)])
    everything = not numbers and _EVERY.search(folded[: len(told)]) is not None
    return ActionSaid(
        numbers,
        "" if numbers or everything else _words(_without_dates(told, now), to),
        done,
        due,
        to,
        remark,
        days,
        everything,
        _UNDONE.search(folded[: len(told)]) is not None,
    )


def numbers_in(folded: str) -> tuple[int, ...]:
    """The numbers of actions that a folded text names."""
    found: list[int] = []
    for pattern in (_NUMBERS, _ORDINALS):
        for one in pattern.finditer(folded):
            groups = one.groupdict()
            found.extend(_listed(groups.get("hash") or groups["list"]))
    if not found and (bare := _BARE.match(folded.strip())) is not None:
        found.extend(_listed(bare["list"]))
    return tuple(dict.fromkeys(found))


def _listed(said: str) -> list[int]:
    return [number for one in re.findall(r"\d+|[a-z]+", said) if (number := _number(one))]


def _number(word: str) -> int:
    for listed in (_WRITTEN, _COUNTED):
        if word in listed:
            return listed.index(word) + 1
    return int(word) if word.isdecimal() else 0


def _is_done(folded: str) -> bool:
    ticked = _TICKED.search(folded) is not None
    return (ticked or _DONE.search(folded) is not None) and _NOT_DONE.search(folded) is None


def _due(said: str, now: datetime) -> tuple[date | None, int | None]:
    """The new day, or by how many days it moves: "een week later" says no day."""
    folded = _folded(said)
    by = _DAYS.search(folded)
    if by is not None and not _WHEN.search(folded[: by.end()]):
        count = by["n"] or "een"
        many = _COUNTS.get(count) or _number(count) or 1
        return None, many * _SIZES[by["unit"][0]]
    days = (last_day(one) for one in find_dates(said, now))
    return next((day for day in days if day is not None), None), None


def _only_a_date(said: str, now: datetime) -> bool:
    left = _without_dates(said, now)
    return left != said and not re.search(r"\w{3,}", left)


def _without_dates(said: str, now: datetime) -> str:
    for one in reversed(find_dates(said, now)):
        said = f"{said[: one.span[0]]} {said[one.span[1] :]}"
    return said


def _to(said: str) -> str:
    for pattern in _TO:
        for found in pattern.finditer(said):
            who = found["who"].strip()
            if fold(who.split()[0]) not in _NOBODY and fold(who) not in kind_words():
                return as_name(who)
    return ""


def _words(said: str, to: str) -> str:
    quoted = _QUOTED.search(said)
    if quoted is not None:
        return quoted["words"].strip()
    folded = _folded(said)
    over = _OVER.search(folded)
    left = over["words"] if over else folded
    names = set(_WORD.findall(fold(to))) if to else set()
    return " ".join(word for word in _WORD.findall(left) if _may_be_of_an_action(word) and word not in names)


def _may_be_of_an_action(word: str) -> bool:
    return word not in _NO_WORDS and not word.isdecimal() and len(word) > 1


def _folded(said: str) -> str:
    return fold(said).replace("’", "'")
