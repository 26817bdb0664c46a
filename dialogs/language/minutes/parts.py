"""The words that only give a report its layout, "Situering", "Besluit:", "ACTIE An:", and what stands behind them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Part(StrEnum):
    """What the lines under a heading of layout are."""

    TALK = "talk"
    CONTEXT = "context"
    DECISION = "decision"
    ACTION = "action"
    AGREED = "agreed"
    REACTION = "reaction"
    DEADLINE = "deadline"
    CARRIED = "carried"
    LATER = "later"
    COMING = "coming"
    PRESENCE = "presence"
    AGENDA = "agenda"
    OPENING = "opening"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a line: the part it opens, whose action it is, and where its line goes on.

    `alone` when nothing stands behind it.
    """

    part: Part
    owner: str
    end: int
    alone: bool


_GROUP = (
    r"(?:de\ |het\ |van\ de\ |van\ het\ |vanuit\ de\ |door\ de\ )?(?:SG|stuurgroep\w*|kernteam|kerngroep|"
    r"werkgroep|netwerk\w*|"
    r"overleg\w*|team|directie\w*|raad|bestuur|groep|leden|vergadering|IROJ|plenum|platform)"
)
_MEETING = (
    r"(?:\w*bijeenkomst|\w*vergader|\w*overleg|intervisie|samenkomst|meeting|zitting|netwerk|stuurgroep|"
    r"sessie|afspraak|data|datum|"
    r"kernteam|moment|werkgroep|keren)"
)
_WORDS: Final = {
    Part.DECISION: rf"""
        (?:genomen\ |onze\ |unaniem\ |unanieme\ |voorstel\ (?:van\ |tot\ )?|voorlopige?\ |concrete?\ )?
        (?:besluit(?:en|vorming)?|beslissing(?:en)?|beslist|besloten|beslispunten|akkoord|conclusies?|uitspraak|
        consensus)(?:\ {_GROUP})?
        | uitspraak\ {_GROUP}
        | (?:beslissingen|besluiten)lijst | (?:overzicht|samenvatting
        |lijst)\ (?:van\ )?(?:de\ )?(?:genomen\ )?(?:beslissingen|besluiten)
        | wat\ (?:is|werd|hebben\ we|we)\ (?:er\ )?(?:hebben\ )?(?:beslist|besloten)(?:\ hebben|\ is|\ werd)?
        | (?:besluit(?:en)?|beslissing(?:en)?)\ (?:nr\.?\ ?)?\d{{1,2}}
    """,
    Part.REACTION: rf"(?:reactie|antwoord|standpunt)\ {_GROUP}",
    Part.AGREED: r"""
        (?:gemaakte\ |concrete\ |praktische\ |onze\ |werk|belangrijkste\ )?afspra(?:ak|ken)(?:lijst
        |lijstje)?(?:\ nr\.?\ ?\d{1,2})?
        | (?:er\ is\ )?afgesproken | overeengekomen | resultaat | uitkomst | vervolg | hoe\ verder | verder\ verloop
        | (?:besluit(?:en)?|beslissing(?:en)?|conclusies?|afspraken)\ ?(?:en|&|\+|/|,)\ ?
          (?:acties?|actiepunten|afspraken|opvolging|to\ ?do'?s?|besluiten|taken)
        | acties?\ ?(?:en|&|\+|/)\ ?(?:besluiten|beslissingen|afspraken)
    """,
    Part.ACTION: r"""
        (?:te\ nemen\ |concrete\ |nieuwe\ |openstaande\ |lopende\ |overzicht\ (?:van\ )?(?:de\ )?|samenvatting\ )?
        (?:acties?|actie(?:punt(?:en)?|lijst(?:je)?|tabel|plan(?:nen)?)|to[\ -]?do(?:[’']?s|[\ -]?(?:lijst
        |list)(?:je)?)?|
        taken(?:lijst|verdeling)?|taakverdeling|huiswerk|werkpunt(?:en)?|opvolgpunt(?:en)?|opdracht(?:en)?|taak|
        klusjes|doe[nm]?lijst(?:je)?)
        (?:\ (?:nr\.?\ ?)?\d{1,2}(?=\ ?[:.)–-]))?
        | wie\ (?:doet|neemt)\ wat(?:\ (?:op|tegen\ wanneer|en\ wanneer))? | wie,?\ wat,?\ wanneer
        | (?:nog\ )?(?:te\ doen|op\ te\ nemen|op\ te\ volgen)(?:\ door)? | actie\ (?:voor|door|van|bij)
        | opvolging\ door
    """,
    Part.DEADLINE: r"""
        deadlines? | uiterste\ (?:datum|data|indiendatum) | niet\ (?:te\ )?vergeten
    """,
    Part.CARRIED: r"""
        (?:uitgestelde|verschoven|doorgeschoven|niet\ besproken|niet[\ -]behandelde|overgedragen|hernomen
        |verdaagde)\ (?:agenda)?punten
        | (?:uitgesteld|verschoven|doorgeschoven|verdaagd|niet\ (?:besproken|behandeld)|te\ hernemen)
          (?:\ (?:naar|tot)\ (?:de\ )?(?:volgende\ \w+|later|\w+))?
    """,
    Part.LATER: r"""
        input\ [^:]{0,40}(?:bijeenkomst|vergadering|overleg|intervisie|keer|agenda)[^:]{0,20}
        | (?:agenda|agendapunten|punten|thema[’']?s|onderwerpen|topics|ideeën|suggesties|voorstellen)\ (?:voor\ )?
          (?:de\ |een\ |het\ |onze\ )?(?:volgende|komende|toekomstige|latere|eerstvolgende)[^:]{0,40}
        | volgende\ keer(?:\ te\ bespreken|\ op\ (?:de\ )?agenda)? | (?:op\ )?(?:de|onze)\ parkeerplaats
          (?:\ \([^:()]{2,40}\))?
        | (?:mogelijke\ |toekomstige\ )(?:thema[’']?s|onderwerpen|agendapunten)
        | voor\ later | parking | parkeerplaats | agenda\ volgend[^:]{0,30} | volgende\ agenda
        | op\ de\ agenda\ (?:van\ )?(?:de\ )?volgende[^:]{0,30}
    """,
    Part.COMING: rf"""
        (?:datum\ |data\ |datums\ |planning\ |overzicht\ |kalender\ |agenda\ )?(?:van\ )?(?:de\ |het\ |ons\
        |onze\ )?
        (?:volgende?|komende|eerstvolgende|nieuwe|toekomstige|verdere)\ {_MEETING}[^:]{{0,50}}
        | (?:overzicht\ |planning\ |data\ )?(?:van\ )?(?:de\ )?(?:vergader|overleg)(?:data|kalender|momenten
        |datums|planning)(?:\ [^:]{{0,20}})?
        | (?:nieuwe\ |volgende\ )?data | datum\ volgende?\ [^:]{{0,30}} | kalender
        | we\ zien\ elkaar\ [^:]{{0,20}} | save\ the\ date
    """,
    Part.PRESENCE: r"""
        aanw(?:ezig(?:en|e\ leden|heid|heden|heidslijst|heid\ en\ verontschuldigingen)?)?
        | veront(?:schuldig(?:d|den|ingen))?
        | afwezig(?:en)?(?:\ (?:met|zonder)\ kennisgeving)? | niet\ aanwezig | deelnemers(?:lijst)? | leden
        | (?:aanwezig|aanwezigen)\ ?(?:en|/|&|-)\ ?(?:verontschuldigd|afwezig)(?:en)? | met\ kennisgeving
        | zonder\ kennisgeving
        | voorzitter(?:schap)? | verslag(?:gever|geefster|neming|nemer)? | notulist(?:e)? | locatie | plaats
        | datum | uur
        | tijd(?:stip)? | moderator | gastheer | gastvrouw | wie\ was\ er(?:\ bij|\ niet)? | genodigden
        | kopie\ aan | cc
        | ter\ kennisgeving | begin | einde
    """,
    Part.AGENDA: r"agenda | dagorde | agendapunten | op\ de\ agenda | inhoud(?:stafel|sopgave)?",
    Part.CONTEXT: r"""
        situering | context | achtergrond(?:info)? | inleiding | probleemstelling | vraag(?:stelling)? | aanleiding
        | toelichting(?:\ (?:door|van)\ [^:]{2,60})? | (?:achtergrond)?info(?:rmatie)? | doel(?:stelling)?
        | ter\ info | uitgangspunt
        | voorgeschiedenis | stavaza | vraag\ aan\ [^:]{2,40} | situatieschets | beschrijving
    """,
    Part.TALK: r"""
        bespreking | discussie | reacties? | opmerkingen? | uitwisseling | gesprek | besproken | vragen
        | verslag\ (?:van\ de\ )?bespreking
        | vaststelling(?:en)? | standpunten | bedenkingen | feedback | aanvullingen | vragen\ (?:en
        |&)\ (?:antwoorden|reacties|opmerkingen)
        | tussenkomsten | overwegingen | verloop | nabespreking | argumenten | voordelen | nadelen | advies
        | voorstel | tips
    """,
    Part.OTHER: r"""
        bijlagen?(?:\ \d+)? | p\.?s\.? | met\ vriendelijke\ groeten? | vriendelijke\ groeten | groet(?:en
        |jes)? | mvg | legende | n\.?b\.?
    """,
}
_SUMMARY = r"(?:(?:samengevat|samenvatting|kort(?:om)?|in\ het\ kort|overzicht|op\ een\ rij(?:tje)?)\ ?[:,–-]\ )?"
_MARK = r"(?:\s*(?::|=>|->|→|=)\s*|\s+[–—-]\s+|\s*\|\s*)"
_PLAIN: Final = {
    part: re.compile(rf"{_SUMMARY}(?:{words})\s*(?:(?P<mark>{_MARK})|\??\s*$)", re.IGNORECASE | re.VERBOSE)
    for part, words in _WORDS.items()
}
_BRACKETED = re.compile(
    r"[\[(<](?:(?P<decision>besluit|beslissing|beslist|akkoord|B)|(?P<action>actie|to[ -]?do|taak|"
    r"A))[\])>]\s*[:–-]?\s*",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"(?:ACTIE(?:PUNT)?|[Aa]ctie(?:punt)?|T[Oo][ -]?D[Oo]|[Tt]o[ -]?do|TAAK|Taak|OPVOLGING|Opvolging)(?:\s*\d{1,2})?"
    r"\s*(?:voor|door|van|bij|:|-|–)?\s*\(?@?(?P<owner>[^\W\d_][^:\n()|]{0,70}?)\)?(?:\s*(?::|=>|->|→)\s*|\s+[–—]\s+)"
)
_OWNER_FIRST = re.compile(
    r"(?:ACTIE|TO[ -]?DO|Actie|To[ -]?do)\s+(?:voor |door )?\(?@?"
    r"(?P<owner>[A-ZÀ-Ý][\w’'.-]*(?:\s+(?:en|&|\+|van|de|den|der|El|[A-ZÀ-Ý][\w’'.-]*)){0,8}?)\)?\s+(?=[a-zà-ÿ])"
)
_MAY_MARK = re.compile(r"[:–—=→|>\])-]|^(?:ACTIE|TO|[Aa]ctie|[Tt]o)\b")
_LONGEST: Final = 110


@lru_cache(maxsize=4096)
def label(text: str) -> Label | None:
    """The label that a line starts with; None when it starts with none."""
    start = text[:_LONGEST]
    if len(text) > _LONGEST and not _MAY_MARK.search(start):
        return None
    bracketed = _BRACKETED.match(start)
    if bracketed:
        part = Part.DECISION if bracketed["decision"] else Part.ACTION
        return _label(part, "", bracketed.end(), text)
    for part, pattern in _PLAIN.items():
        match = pattern.match(start)
        if match and (match["mark"] is not None or match.end() >= len(text)) and not _goes_on(part, match):
            return _label(part, "", match.end(), text)
    owned = _OWNED.match(start) or _OWNER_FIRST.match(start)
    return _label(Part.ACTION, _name(owned["owner"]), owned.end(), text) if owned else None


def only_layout(title: str) -> bool:
    """Whether a heading's title says nothing of its own: "Situering", "Besluiten en acties"."""
    found = label(title.strip().rstrip(":"))
    return found is not None and found.alone


def _goes_on(part: Part, match: re.Match[str]) -> bool:
    """Whether a dash behind such a word is part of a title: "Leden – nieuwe partners"."""
    dashed = (match["mark"] or "").strip() in {"-", "–", "—"}
    return dashed and part not in {Part.DECISION, Part.AGREED, Part.ACTION, Part.TALK, Part.CONTEXT}


def _label(part: Part, owner: str, end: int, text: str) -> Label:
    return Label(part, owner, min(end, len(text)), alone=not text[end:].strip())


def _name(owner: str) -> str:
    return re.sub(r"^(?:voor|door|van|bij)\s+", "", owner.strip(" ,-–"))
