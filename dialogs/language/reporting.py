"""What sentences about reports say: notes, which line is meant and what becomes of it, objections, searches, links."""

import re
from dataclasses import dataclass
from functools import cache

from dialogs.language.agenda_details import MONTHS
from dialogs.language.agenda_points import match
from dialogs.language.noting import Noted, all_noted, is_a_note, noted
from dialogs.language.references import kind_words
from dialogs.language.report_lines import LineSaid, Objected, line_said, objected
from dialogs.language.spelling import fold, strip_markup, strip_markup_in_lines

__all__ = [
    "LineSaid",
    "Link",
    "Noted",
    "Objected",
    "all_noted",
    "asks_back",
    "asks_when",
    "is_a_note",
    "line_said",
    "linked",
    "looks_like_a_report",
    "match",
    "noted",
    "objected",
    "searched",
]

LONGEST = 600
"""Characters of a question that are read for what is searched."""

_WHEN = re.compile(
    r"\W*(?:en |maar )?(?:wanneer|wnr|sinds wanneer|op welke|welke (?:bijeenkomst|vergadering|keer)|hoe lang)\b"
)
_ASKS = re.compile(r"(?:en |maar |hallo |dag )*(?:is|werd|wordt|zijn|was)\b|.*\?\W*$", re.DOTALL)
_LINK = re.compile(r"https?://[^\s<>\"]+|\bwww\.[^\s<>\"]+", re.IGNORECASE)
_OF_RECORDING = re.compile(r"\b(?:opnames?|opgenomen|recording|video|filmpje|film|beelden|stream|herbekijk\w*)\b")
_OF_REPORT = re.compile(r"\b(?:verslag\w*|notulen|document|tekst|verslagje|nota|samenvatting)\b")
_STREAMS = re.compile(r"stream|record|opname|video|\.mp4|youtu|vimeo", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """The links that a text gives, as typed; None where it gives none of that kind."""

    recording: str | None = None
    report: str | None = None

    @property
    def says_nothing(self) -> bool:
        """True where there is no link: it asks where they are."""
        return self.recording is None and self.report is None


def linked(text: str) -> Link:
    """The links to a recording and to a full report in a text: by the word before them, else by their address."""
    said = strip_markup_in_lines(text[:8_000])
    found: dict[str, str] = {}
    since = 0
    for link in _LINK.finditer(said):
        address = link.group().rstrip(".,;)>")
        kind = _kind_of(fold(said[since : link.start()]), fold(said[link.end() : link.end() + 40]), address)
        found.setdefault(kind, address)
        since = link.end()
    return Link(found.get("recording"), found.get("report"))


def _kind_of(before: str, after: str, address: str) -> str:
    said = [(one.start(), "recording") for one in _OF_RECORDING.finditer(before)]
    said += [(one.start(), "report") for one in _OF_REPORT.finditer(before)]
    if said:
        return max(said)[1]
    if _OF_RECORDING.search(after) or (_STREAMS.search(address) and not _OF_REPORT.search(after)):
        return "recording"
    return "report"


_ASKED = re.compile(
    r"^(?:.*?\b(?:thema|onderwerp)\s+"
    r"|.*?\b(?:kwam|kwamen|werd|werden|is|zijn) (?:dat|da) van (?:de |het )?"
    r"|.*?\b(?:over|rond|rondom|omtrent|ivm|i\.v\.m\.|inzake|betreffende|aangaande|in verband met|qua|wat "
    r"betreft)\s+"
    r"|.*?\b(?:afspra(?:ak|ken)|akkoord|overeenkomst|regeling|besluit|beslissing) (?:nu |weer |ook alweer |ook weer "
    r"|juist )*"
    r"(?:met|van|voor|tussen|bij|over)\s+"
    r"|.*?\b(?:zoek|vind|doorzoek|zoeken|opzoeken|zoekterm)\b(?: (?:eens|even|es|ook|is|in|alle|oude|de|onze|vorige|"
    r"verslagen|notulen|"
    r"agenda'?s|alles|wat|we|over|naar|op|iets|me|mij|terug|het|woord))*[ :]+"
    r"|.*?\b(?:ervaring|expertise) (?:met|in|rond)\s+"
    r"|.*?\b(?:hadden|hebben|spraken|praatten|hebbe) we (?:het )?(?:al |ooit |nog |vroeger |eens |ook )*(?:over )?"
    r"|(?:is|werd|kwam|komt|staat|stond|wordt|zijn|werden|kwamen)\s+(?:er )?(?!er\b))"
)
_OVER = re.compile(
    r"\b(?:over|rond|rondom|omtrent|ivm|i\.v\.m\.|inzake|betreffende|aangaande|wat betreft)\s+(?P<said>\S.*)$",
    re.DOTALL,
)
_ASKED_AFTER = re.compile(r"(?<=\w), (?:wanneer|waar|in welk|op welke|tijdens welke|welke waren|wat|hoe)\b[^,:]*$")
"""The question behind what it is about: "bednet, wanneer kwam dat aan bod"."""
_QUOTED = re.compile(r"[\"“„«'‘](?P<words>[^\"”»'’]{2,200})[\"”»'’](?!\w)")
_EDGE = r"(?:^|[\s,;]+)"
_MOST_EDGES = 12


def asks_when(text: str) -> bool:
    """Whether it is asked when, or at which meeting, something was spoken of."""
    return _WHEN.match(fold(text[:LONGEST])) is not None


def asks_back(text: str) -> bool:
    """Whether what may be a statement ("het verslag is goedgekeurd") is put as a question."""
    return _ASKS.match(fold(text[:LONGEST]).strip()) is not None


def searched(text: str) -> str:
    """The words to search for, as typed: "time-out" of "wat hebben we beslist over time-out?"; "" where none is told.

    Meetings, days and question words are left out; a quoted text is taken whole.
    """
    said = strip_markup(text[: 4 * LONGEST])[:LONGEST].strip()
    quoted = _QUOTED.search(said)
    if quoted is not None:
        return quoted["words"].strip()
    folded = fold(said).replace("’", "'")
    folded = _ASKED_AFTER.sub("", folded)
    said = said[: len(folded)]
    over = _OVER.search(folded)
    asked = _ASKED.match(folded) if over is None else None
    start = over.start("said") if over is not None else asked.end() if asked is not None else 0
    return _bare(said[start:], topical=over is not None)


def _bare(said: str, topical: bool) -> str:
    """Without what asks around it, and without meetings and days at its end; a `topical` text keeps its last words."""
    for _ in range(_MOST_EDGES):
        shorter = _shorter(said.strip(" ?!.,;:"), topical)
        if shorter == said:
            break
        said = shorter
    return said


def _shorter(said: str, topical: bool) -> str:
    for edge in _edges():
        found = edge.search(fold(said).replace("’", "'"))
        if found is None:
            continue
        left = (said[: found.start()] + said[found.end() :]).strip(" ?!.,;:")
        if left or not topical:
            return left
    return said


@cache
def _edges() -> tuple[re.Pattern[str], ...]:
    """What may stand around the words to search for: meetings, days, and the words of the question."""
    kinds = "|".join(sorted(map(re.escape, kind_words()), key=len, reverse=True))
    meeting = rf"(?:{kinds}|keer|maal|verslag|verslagen|jaar|maand|week|schooljaar|notulen|notities)"
    month_or_day = rf"(?:(?:van|in|op) )?(?:\d{{1,2}}[ /.-]?)?(?:{MONTHS}|\d{{1,2}})?(?:[ /.-]?\d{{2,4}})?"
    return (
        re.compile(
            rf"{_EDGE}(?:(?:op|in|tijdens|van|bij|sinds|uit) )?(?:(?:de|het|een|onze|dit|deze|alle|oude) )*"
            rf"(?:(?:vorige|vorig|laatste|verleden|afgelopen|volgende|eerste|oude|recente) )*{meeting}(?:en|s)?"
            rf"(?: {month_or_day})?$"
        ),
        re.compile(rf"{_EDGE}(?:(?:op|in|sinds|van|tot|voor|na) )?(?:\d{{1,2}}[ /.-])?{MONTHS}(?: \d{{2,4}})?$"),
        re.compile(
            rf"{_EDGE}(?:(?:op|van|sinds) )?(?:\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|(?:in )?20\d\d|gisteren|"
            rf"toen)$"
        ),
        re.compile(rf"{_EDGE}(?:{_BEHIND})$"),
        re.compile(rf"^(?:(?:{_BEFORE})\s+)+(?=\S)"),
        re.compile(rf"^(?:{_BEFORE}|{_BEHIND})$"),
    )


_BEHIND = (
    "gehad|gebabbeld|gediscussieerd|es|laatst|nog|ivm|gezegd|beslist|besloten|afgesproken|besproken|verteld|gesproken|gepraat|overeengekomen|goedgekeurd|"
    "aan bod(?: gekomen)?|ter sprake(?: gekomen)?|gegaan|ging|ook alweer|ook weer|weer|nu|juist|precies|ergens|ooit|al|"
    "eens|"
    "hebben|heeft|hadden|is|was|werd|zijn|we|wij|aub|graag|svp|alstublieft|in de verslagen|in verslagen|in het verslag|"
    "in de notulen|stond|staat|voorkomt|vermeld|genoemd|gevallen|genomen|gemaakt|gekomen|kwam|komt|behandeld|"
    "vinden|terug|te vinden|voor in de verslagen|voor|er|dan|toen"
)
_BEFORE = (
    "er|de|het|een|al|ooit|nu|ook|weer|wat|wa|we|wij|iets|eens|onze|dat|die|dit|alles|thema|onderwerp|punt|woord|toen|"
    "in de verslagen|naar|op|over|wie|wanneer|waar|welk|welke|hoe|waarom|voor|is|zijn|was|werd|werden|waren|heeft|"
    "hebben|beslist|besloten|afgesproken|beslissingen|besluiten|afspraken|vaak|dikwijls|kwam|komt|ging|geef|toon|mij|me|in|"
    "verslag"
)


SHORTEST_REPORT = 600
"""Characters of the shortest text that two headings make a pasted report."""

SHORTEST_TITLED = 120
"""The same of one that says in its first line that it is one, and has more of them."""

_LEAST_LINES = 5
_LEAST_HEADS = 4
_TITLE = re.compile(r"\W*(?:kort |ontwerp)?(?:vergader)?(?:verslag|notulen)(?:je)?\b[^?!]{0,120}$")
_READ = 8_000
_HEADS = re.compile(
    r"^\W*(?:verslag\b|notulen\b|verslaggever|aanwezig(?:en|heden)?\b|verontschuldigd|afwezig|deelnemers\s*:|"
    r"volgende (?:vergadering|"
    r"bijeenkomst|datum|data|samenkomst|intervisie|stuurgroep)|varia\b|rondvraag\b|goedkeuring\b|agenda\s*:?$|"
    r"agendapunten|actiepunten"
    r"|acties?\s*:|besluit(?:en)?\s*:|beslissing(?:en)?\s*:|to ?do\s*:|datum\s*:|plaats\s*:|locatie\s*:|"
    r"bespreking\s*:|situering|"
    r"bijlagen?\s*:|reactie\b.*:|voorzitter\s*:|(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[ivx]{1,4}\.|punt \d+)\s+\w)",
    re.MULTILINE,
)


def looks_like_a_report(text: str) -> bool:
    """Whether a text is a whole report that somebody pasted: of several lines, with a report's headings.

    A short one begins with a title: "Verslag intervisie 10 november".
    """
    if len(text) < SHORTEST_TITLED:
        return False
    said = fold(strip_markup_in_lines(text[:_READ]))
    lines = [line for line in said.splitlines() if line.strip()]
    heads = {found.group().strip()[:12] for found in _HEADS.finditer(said)}
    if len(text) < SHORTEST_REPORT and (len(heads) < _LEAST_HEADS or _TITLE.match(lines[0]) is None):
        return False
    return len(lines) >= _LEAST_LINES and len(heads) >= 2  # noqa: PLR2004 - one heading may stand in any letter
