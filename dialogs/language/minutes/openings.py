"""The words with which a report opens its lists: who was there, who was excused, who led and who wrote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dialogs.language.minutes.names import is_sure, name_at
from dialogs.language.minutes.pieces import Piece


class Status(StrEnum):
    """What a list or a mark says of the people on it. `MEMBERS`: a list of all, present unless it says otherwise."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    SILENT = "silent"
    MEMBERS = "members"
    ROLE = "role"
    OTHER = "other"


_NOT_THERE: Final = r"(?:niet\s+aanwezig(?:en?)?|afwezig(?:en?|heden)?|absent(?:en)?|afw\.?)"
_PATTERNS: Final = (
    (
        Status.SILENT,
        (
            rf"{_NOT_THERE}\s+zonder\s+\w+(?:\s+\w+)?|zonder\s+(?:kennisgeving|bericht|verwittiging|"
            rf"verontschuldiging)(?:\s+afwezig)?|"
            r"niet[\s-]+verontschuldigd|onverontschuldigd|niet\s+verwittigd"
        ),
    ),
    (
        Status.EXCUSED,
        (
            rf"(?:{_NOT_THERE}\s*)?[(,]?\s*(?:met|wegens)\s+(?:kennisgeving|verontschuldiging|bericht|"
            rf"reden|verwittiging)(?:\s+afwezig)?\)?|"
            rf"(?:{_NOT_THERE}\s*[/&(]\s*|{_NOT_THERE}\s+(?:en|of)\s+)(?:verontschuldigd|verontsch\.?|geëxcuseerd)\)?|"
            rf"(?:verontschuldigd|verontsch\.?)\s*(?:/|&|en|of)\s*{_NOT_THERE}|"
            r"(?:(?:zijn|waren|werden|hebben|hadden)\s+(?:zich\s+)?)?(?:ge)?verontschuldig(?:d|de|den|t|ing|ingen)"
            r"(?:\s+(?:leden|waren|zijn|werden|personen|deelnemers|collega['’]?s|partners|vandaag|voor vandaag))*|"
            r"verontsch\b\.?|veronts\b\.?|veront\b\.?|verex\.?|ge[eë]xcuseerd(?:en)?|excuses(?:\s+van)?|excuus|verhinderd|"
            r"(?:wie\s+)?(?:was|waren|konden?|kon)\s+er\s+(?:deze\s+keer\s+|vandaag\s+)?niet(?:\s*bij)?(?:\s+zijn)?|"
            r"(?:lieten|laten|laat|liet)\s+zich\s+(?:verontschuldigen|excuseren)|niet\s+van\s+de\s+partij|misten\s+we|"
            r"(?:konden?\s+)?er\s+niet\s+bij(?:\s+(?:zijn|waren))?"
        ),
    ),
    (Status.ABSENT, rf"{_NOT_THERE}(?:\s+(?:leden|waren|zijn))?"),
    (
        Status.PRESENT,
        (
            r"(?:(?:zijn|waren|ook|online|digitaal|fysiek|wie\s+was|wie\s+waren|mee|"
            r"mede)\s+){0,2}aanwezig(?:e|en|heden|heid)?"
            r"(?:\s+(?:leden|waren|zijn|online|digitaal|fysiek|ter plaatse|via teams|personen|deelnemers|"
            r"vandaag|collega['’]?s|partners))*|"
            r"aanwezigheids?lijst|aanw\b\.?|present(?:en|ie|ielijst)?|(?:wie\s+)?(?:was|waren)\s+er\s*bij|"
            r"wie\s+was\s+er|waren\s+er|"
            r"er\s*bij(?:\s+(?:waren|zijn))?|(?:rond|aan)\s+de\s+tafel|aan\s+tafel|(?:waren\s+)?van\s+de\s+partij|"
            r"aanwezig\s*/\s*verontschuldigd|aanwezig(?:en|heden)?\s+en\s+verontschuldig(?:d|den|ingen)|"
            r"online|via\s+teams|digitaal|fysiek|ter\s+plaatse|gast(?:en)?|gastspreker?s?|genodigden?|"
            r"uitgenodigde\s+gasten"
        ),
    ),
    (
        Status.MEMBERS,
        (
            r"deelnemers(?:lijst)?|deelgenomen\s+door|leden(?:lijst)?|stemgerechtigde\s+leden|"
            r"samenstelling|namen(?:lijst)?"
        ),
    ),
    (
        Status.ROLE,
        (
            r"(?:(?:voorzitters?|voorzitster|voorzitterschap|moderator|moderatie|gespreksleid(?:er|ing)|"
            r"verslag(?:gever|geefster|geving|nemer)?|"
            r"notulist(?:e)?|notulen|secretaris|secretariaat|leiding|begeleiding|pen|nota['’]?s|"
            r"tijdsbewak(?:er|ing)|facilitator|"
            r"opgemaakt|opgesteld|genoteerd)\s*(?:(?:en|/|&|\+)\s*)?){1,2}(?:\s*(?:door|van|opgemaakt door))?"
        ),
    ),
    (
        Status.OTHER,
        (
            r"(?:kopie|cc|verslag|ter\s+info|bezorgd|verstuurd|verspreiding|rondgestuurd)\s+aan|"
            r"bestemmelingen|uitgenodigd(?:en)?|uitnodiging|"
            r"cc|kopie|verdeling|verspreiding|aan|van|datum(?:\s+(?:en|/|&)\s+(?:uur|plaats|tijd))?|"
            r"locatie|plaats|uur|tijd(?:stip)?|"
            r"onderwerp|betreft|agenda(?:punten)?|dagorde|bijlagen?|begin|einde|start|duur|volgende\s+\w+"
        ),
    ),
)
_COUNT: Final = r"(?:\s*[(\[]\s*\d+\s*(?:\w+\s*)?[)\]]|\s+\d{1,3}(?=\s*:))?"
_LABELS: Final = tuple(
    (status, re.compile(rf"(?:{pattern}){_COUNT}(?=\s*(?:[:?–—-]|$)|\s|\))", re.IGNORECASE))
    for status, pattern in _PATTERNS
)
_INLINE: Final = re.compile(
    r"(?:(?<=^)|(?<=[;,./|)\n])\s*|\s(?=[A-ZV])|"
    r"\s[-–—]\s+)(?P<label>(?:niet\s+)?(?:aanwezig(?:en)?|verontschuldig(?:d|den|ingen)|"
    r"verontsch\.|afwezig(?:en)?(?:\s+met\s+\w+|\s+zonder\s+\w+)?|gast(?:en)?|verslag(?:gever)?|"
    r"voorzitter|notulist|moderator|aanw\.|online|"
    r"geëxcuseerd|met kennisgeving(?: afwezig)?|datum|locatie|plaats|agenda)"
    rf"{_COUNT})\s*:",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)/]?|[IVX]{1,4}[.)]|[a-z][.)]|punt \d+\s*[:.)-])\s+", re.IGNORECASE
)
_AFTER: Final = re.compile(r"\s*(?:[:?]+|[–—-](?=\s))\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label and what stands behind it (blank when nothing does). `loud`: a colon follows or nothing does."""

    status: Status
    label: Piece
    rest: Piece
    loud: bool = True


def label_of(line: Piece) -> Label | None:
    """The label that a line begins with: "Aanwezig: …", "Verontschuldigd", "Voorzitter: …"."""
    number = _NUMBER.match(line.text)
    start = number.end() if number else 0
    for status, pattern in _LABELS:
        match = pattern.match(line.text, start)
        if match and (found := _behind(line, status, match)):
            return found
    return None


def _behind(line: Piece, status: Status, match: re.Match[str]) -> Label | None:
    text, end = line.text, match.end()
    after = _AFTER.match(text, end)
    begin = after.end() if after else end
    rest = line.part(begin, len(text)).stripped()
    label = line.cut(match)
    if not rest.text or (after and ":" in after.group()) or (after and "?" in after.group()):
        return Label(status, label, rest)
    if status not in {Status.PRESENT, Status.EXCUSED, Status.ABSENT, Status.SILENT}:
        return None
    name = name_at(rest.text)
    if name and name[0] == 0 and (after or is_sure(rest.text[slice(*name)])):
        return Label(status, label, rest, loud=bool(after))
    return Label(status, label, rest.part(0, 0)) if re.fullmatch(r"\([^()]{1,60}\):?", rest.text) else None


def labels_in(line: Piece) -> Iterator[Label]:
    """The labels of a line, each with what stands up to the next one: "Aanwezig: … / Verontschuldigd: …"."""
    first = label_of(line)
    if first is None:
        return
    marks = list(_INLINE.finditer(first.rest.text))
    stops = [match.start() for match in marks] + [len(first.rest.text)]
    yield Label(first.status, first.label, first.rest.part(0, stops[0]).stripped("/;|–—-"), first.loud)
    for match, stop in zip(marks, stops[1:], strict=True):
        label = first.rest.cut(match, "label")
        rest = first.rest.part(match.end(), stop).stripped("/;|–—-")
        yield Label(status_of(label.text), label, rest)


def status_of(label: str) -> Status:
    """What a label says by itself."""
    text = label.strip(" .:;*?")
    for status, pattern in _LABELS:
        match = pattern.match(text)
        if match and match.end() == len(text):
            return status
    return Status.OTHER
