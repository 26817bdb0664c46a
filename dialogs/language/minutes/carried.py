"""Points that were put off: "wordt hernomen in september", "schuift door naar 12 oktober", "niet besproken"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from dialogs.language.dates import DateExpression
from dialogs.language.minutes.deadlines import Calendar, one_day
from dialogs.language.minutes.doubt import asks, wishes
from dialogs.language.minutes.parts import Part
from dialogs.language.minutes.pieces import Piece
from dialogs.language.minutes.statements import Statement
from storage.domain.minutes import CarriedOver

_MEETING = (
    r"(?:\w*(?:vergadering|bijeenkomst|overleg|intervisie|samenkomst|zitting|stuurgroep|kernteam|sessie|"
    r"keer|agenda|werkgroep|maand|week|jaar|schooljaar)\w*)"
)
_LATER = (
    rf"(?:(?:naar|tot|op|in|tegen|voor|na|bij|tijdens)\b|(?:de |het |een |onze )?(?:eerst)?volgende? "
    rf"{_MEETING}|later|volgend)"
)
_RESUMED: Final = re.compile(
    rf"\b(?:wordt|worden|zal|zullen|is|zijn|werd|werden|moet|kan)\b (?:[\w’'\"(),-]+ ){{0,14}}?(?:hernomen|"
    rf"verdaagd|doorgeschoven|heropgenomen|(?:opnieuw|terug|nogmaals|verder|later|dan|weer) (?:[\w-]+ "
    rf"){{0,6}}?(?:geagendeerd|besproken|bekeken|opgenomen|behandeld|opgepikt|hernomen))\b"
    rf"|(?:^|[,;:(–-] ?|\ben |\bdus )(?:dit |dat |we )?(?:wordt |worden )?(?:hernomen|verdaagd|"
    rf"doorgeschoven|terug (?:op de agenda|agenderen)|(?:te )?hernemen|opnieuw (?:geagendeerd|agenderen|op "
    rf"de agenda))\b"
    rf"|\b(?:geagendeerd|besproken|bekeken|hernomen|behandeld|opgenomen|verdaagd|meegenomen)\b (?:\w+ "
    rf"){{0,3}}?(?:op|in|tijdens|naar|tot) (?:de |het |een )?(?:eerst)?volgende? {_MEETING}"
    rf"|\b(?:wordt|worden|nemen we|pakken we|bespreken we|bekijken we|hernemen we|komen we) (?:[\w’'-]+ "
    rf"){{0,8}}?(?:op|in|tijdens|naar|tot|voor) (?:de |het |een )?(?:eerst)?volgende? {_MEETING}\b (?:\w+ "
    rf"){{0,4}}?(?:hernomen|besproken|bekeken|behandeld|geagendeerd|op|verder|terug|mee|opgenomen|"
    rf"meegenomen)\b"
    rf"|\b(?:komen|komt men) (?:we |men )?(?:[\w’'-]+ ){{0,8}}?(?:hierop|erop|daarop|op) (?:(?:op|in|na) "
    rf"[\w ]{{2,20}} )?terug\b|\bwordt vervolgd\b|\b(?:laten|laat) (?:we |men |dit |het ){{1,3}}(?:rusten|"
    rf"liggen|open) tot\b"
    rf"|\b(?:bespreken|bekijken|behandelen|agenderen) we (?:(?:dan|ook|opnieuw|terug|dus) )?(?:verder|"
    rf"opnieuw|terug) (?:in|op|tijdens|na)\b|(?:^|[,;:(–-] ?)(?:verder )?te (?:bespreken|bekijken|"
    rf"agenderen|hernemen) (?:op|in|tijdens)\b|\b(?:volgt|volgen) (?:op|tijdens|in) (?:de |het "
    rf")?(?:(?:eerst)?volgende? )?(?:\w*(?:vergadering|bijeenkomst|overleg|intervisie|stuurgroep|"
    rf"kernteam))\b"
    rf"|\b(?:schuift|schuiven|schuif|schoof) (?:[\w’'-]+ ){{0,6}}?(?:door|op)\b|\b(?:komt|komen|keert|"
    rf"keren) (?:[\w’'-]+ ){{0,8}}?(?:terug|opnieuw)\b (?:\w+ ){{0,3}}?(?:op de agenda|aan bod|op tafel|"
    rf"aan de orde|op (?:de|het) (?:volgende|\w*vergadering|\w*overleg|\w*intervisie|\d))"
    rf"|\b(?:komt|komen|staat|staan|zetten we|zet)\b (?:[\w’'-]+ ){{0,10}}?(?:opnieuw|terug|weer) "
    rf"(?:[\w’'-]+ ){{0,5}}?(?:op de agenda|aan bod|op tafel)"
    rf"|\b(?:nemen|pakken|hernemen|herneemt|bespreken|bekijken|agenderen) (?:we |men |de groep |dit |dat |"
    rf"het |punt ){{0,4}}(?:[\w’'-]+ ){{0,8}}?(?:terug op|opnieuw op|verder op|weer op|(?:mee|over) naar "
    rf"(?:de |het |een )?(?:(?:eerst)?volgende?|later|jan|feb|maart|april|mei|jun|jul|aug|sept|okt|nov|dec|"
    rf"najaar|voorjaar|\d)|terug mee|opnieuw mee)"
    rf"|\b(?:we|wij|men|de groep) (?:hernemen|herneemt|agenderen|agendeert) (?:dit|dat|het|deze|de)\b|"
    rf"\b(?:hernemen|agenderen|herneemt) (?:we|men|de groep) (?:dit|dat|het|deze|de|opnieuw)?\b"
    rf"|\b(?:niet|niet meer|nog niet) (?:aan bod gekomen|besproken|behandeld|toe gekomen|aan toe "
    rf"gekomen)\b|\bgeen tijd(?: meer)?(?: voor| gehad|,)|\bniet (?:meer )?aan toegekomen\b|\bniet aan "
    rf"toe\b"
    rf"|\b(?:houden|bewaren|parkeren|laten|sparen) (?:we |dit |dat ){{1,3}}(?:[\w’'-]+ ){{0,4}}?(?:over |"
    rf"open |staan )?(?:voor|tot|naar) (?:de |het )?(?:(?:eerst)?volgende? {_MEETING}|later|na )"
    rf"|^(?:(?:dus|naar|voor|tot|op) )?(?:de |het )?(?:eerst)?volgende? {_MEETING}\W*$"
    rf"|\b(?:nemen|neem|pakken|behandelen|bespreken|bekijken) (?:we|men) (?:dit |dat |het )?(?:de |het "
    rf")?(?:eerst)?volgende? {_MEETING}"
    rf"(?: (?:mee|op|aan|weer|verder|terug|opnieuw)\b|\W*$)"
    rf"|(?:^|[,;:(–-] ?)(?:dit |dat |het )?(?:komt|keert) (?:\w+ )?terug (?:in|op|bij|tijdens|naar|na) |"
    rf"^(?:punt )?overgeslagen\b"
    rf"|\b(?:volgende keer|volgende vergadering|volgende intervisie|volgende bijeenkomst|volgend overleg) "
    rf"(?:verder|opnieuw|terug|hernemen|bespreken|hernomen)\b",
    re.IGNORECASE,
)
_SHIFTED: Final = re.compile(
    rf"\b(?:verschoven|uitgesteld|verplaatst|verzet|opgeschoven|geparkeerd|vooruitgeschoven|overgedragen|"
    rf"meegenomen naar|uitstellen|uitgesteld wordt)\b(?: (?:\w+ ){{0,3}}?{_LATER})?"
    r"|\b(?:verschuiven|stellen|verplaatsen|schorten) (?:we|men) (?:[\w’'-]+ ){0,6}?(?:naar|uit|op|tot)\b|"
    r"\b(?:we|men) (?:verschuiven|stellen|verplaatsen|stelt|verschuift) (?:[\w’'-]+ ){0,6}?(?:naar|uit|op|"
    r"tot)\b",
    re.IGNORECASE,
)
_TO_MEETING = re.compile(
    r"\b(?:naar|tot|op|in|voor|bij|tijdens) (?:de |het |een |onze |ons )?(?:(?:eerst)?volgende? "
    r")?(?:\w*(?:vergadering|bijeenkomst|overleg|intervisie|samenkomst|zitting|stuurgroep|kernteam|sessie|"
    r"volgende keer|agenda)\w*)|\bvolgende keer\b",
    re.IGNORECASE,
)
_A_POINT = re.compile(
    r"\b(?:dit|dat|deze|(?:agenda)?punt(?:en|je)?|bespreking|stemming|toelichting|evaluatie|beslissing|"
    r"goedkeuring|onderwerp|thema|keuze|discussie|rest|vraag|voorstelling|presentatie|terugkoppeling|"
    r"casus|item|debat|verkiezing|behandeling|gesprek|verslag van|stand van zaken)\b",
    re.IGNORECASE,
)
_CUES: Final = (
    "hern|verda|schov|schui|schoof|agend|terug|opnieuw|volgend|uitgesteld|uitstel|stellen|stelt|verplaats|"
    "verzet|geparkeerd|overgedragen|behandeld|besproken|bespreken|toegekomen|aan toe|meegenomen|nemen|tijd|"
    "later|rusten|liggen|vervolgd|volgt|schorten|pakken|op de agenda|bewaren|houden|bekeken|bekijken"
)
_STEMS: Final = ("overgesl", "neem", *_CUES.split("|"))
"""One of these stands in every sentence that puts off; to look for them is cheap."""

_LONGEST: Final = 600
_NONE = re.compile(
    r"^(?:(?:overgeslagen|dus|ook|en|maar|daarom|wegens|omwille|bij|door|omdat|gezien|aangezien|daar|bij gebrek|"
    r"vanwege|wordt|worden|nemen|komt|schuift|verschoven|uitgesteld|verplaatst|niet|nog|te|stof|geen|we|"
    r"volgende|hernemen|verder|zullen|zal)\b)",
    re.IGNORECASE,
)
_BARE_SUBJECT = re.compile(
    r"^(?:dit|dat|deze|die|hier(?:op|over|van)?|daar(?:op|over)?)(?: (?:agenda)?punt(?:en|je)?| onderwerp|"
    r" thema| item| voorstel| alles)?(?: |$)|^het(?: (?:agenda)?punt| onderwerp| thema| item)? (?:wordt|"
    r"komt|schuift|is|zal|nemen|hernemen)\b|\bdit (?:agenda)?punt\b|\bwordt (?:dit|dat|het)\b|^we |^men ",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?P<subject>(?:de|het|een|alle|onze|punt|agendapunt|[A-ZÀ-Ý’'\"“‘])[^,.;:!?]{3,110}?),?(?: "
    r"[^,.;:]{0,60},)? (?:wordt|worden|zal|zullen|komt|komen|schuift|schuiven|is|zijn|werd|keert|"
    r"verschuift|staat|nemen we|hernemen we|houden we|stellen we|verschuiven we|verplaatsen we|bespreken "
    r"we)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:nee|neen|geen|n\.?v\.?t\.?|/|-)\.?$", re.IGNORECASE)
_WORTHLESS = re.compile(
    r"^(?:dit|dat|deze|die|het|de (?:rest|vraag|bespreking|toelichting|evaluatie|beslissing|discussie|"
    r"stemming|goedkeuring|keuze|rest van (?:het|dit) punt|bespreking (?:van|hierover) .{0,8}|verdere "
    r"bespreking)|het (?:punt|agendapunt|onderwerp|thema|voorstel|verdere \w+|gesprek|debat|vervolg)|"
    r"(?:agenda)?punt \d+)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def puts_off_point(text: str) -> bool:
    """Whether a sentence says that a point of the agenda is for another time; an event that moves is none."""
    low = text.lower()
    if len(text) > _LONGEST or not any(map(low.__contains__, _STEMS)) or asks(text) or wishes(text):
        return False
    if _RESUMED.search(text):
        return not _is_other(text)
    match = _SHIFTED.search(text)
    if match is None or re.search(r"\b(?:nog )?niet (?:verschoven|uitgesteld|verplaatst)\b", text, re.IGNORECASE):
        return False
    return bool(
        _TO_MEETING.search(text[match.start() :])
        or (_A_POINT.search(text[: match.start()]) and not _is_event(text))
        or _NONE.match(text)
    )


def find_carried(told: Sequence[Statement], titles: Sequence[str], calendar: Calendar) -> Iterator[CarriedOver]:
    """The points that were put off; `titles` are those of the points, by index."""
    found: dict[str, CarriedOver] = {}
    for one in told:
        if one.part in {Part.OPENING, Part.PRESENCE, Part.COMING, Part.LATER, Part.AGENDA} or not _is_put_off(one):
            continue
        title = _title(one, titles)
        made = CarriedOver(title, one.piece.source, _to(one.text, calendar))
        known = found.setdefault(title.lower(), made)
        if made.to and not known.to:
            found[title.lower()] = replace(known, to=made.to)
    yield from found.values()


def _is_put_off(one: Statement) -> bool:
    if one.part is Part.CARRIED:
        return not _NOTHING.match(one.text)
    return one.part is not Part.ACTION and puts_off_point(one.text)


def _is_other(text: str) -> bool:
    """ "wordt hernomen door An", "is opgenomen in het verslag": work or what was, not put off."""
    return bool(
        re.search(
            r"\b(?:nog niet besproken met|hernomen door|in (?:de|het|haar|zijn) (?:verslag|klassenraad|school|"
            r"team)|(?:werd|was|is|waren) (?:in|op|tijdens) (?:de |het )?vorige|vorige (?:keer|vergadering))\b",
            text,
            re.IGNORECASE,
        )
    )


def _is_event(text: str) -> bool:
    return bool(
        re.match(
            r"^(?:de|het) \w*(?:dag|beurs|vorming|studiedag|feest|uitstap|opleiding|workshop|forum)\b",
            text,
            re.IGNORECASE,
        )
    )


def _title(one: Statement, titles: Sequence[str]) -> str:
    above = _above(one, titles)
    if one.row and one.title is not None:
        return one.title.text
    if one.part is Part.CARRIED and not (
        one.item is not None and puts_off_point(one.text) and _BARE_SUBJECT.search(one.text)
    ):
        return _bare(one.text) if one.entry or not above else above
    if not above:
        return one.text
    match = _SUBJECT.match(one.text)
    if (
        match is None
        or _NONE.match(one.text)
        or _BARE_SUBJECT.search(one.text)
        or _WORTHLESS.match(match["subject"].strip())
    ):
        return above
    return match["subject"].strip()


def _above(one: Statement, titles: Sequence[str]) -> str:
    if isinstance(one.title, Piece) and one.title.text:
        return one.title.text
    return titles[one.item] if one.item is not None else ""


def _bare(text: str) -> str:
    """The entry without what says when."""
    return re.split(r"\s*(?:\(|:| – | - |->|→| naar | tot )", text, maxsplit=1)[0].strip(" .") or text


def _to(text: str, calendar: Calendar) -> str:
    """The day or month, or empty."""
    match = _RESUMED.search(text) or _SHIFTED.search(text)
    dates = [one for one in calendar.dates(text) if not one.every]
    behind = [one for one in dates if match is None or one.span[1] > match.start()] or dates
    for one in behind:
        when = _when(one, calendar)
        if when:
            return when
    later = re.search(r"\bvolgende?\b", text, re.IGNORECASE)
    return calendar.next_meeting.isoformat() if later and calendar.next_meeting else ""


def _when(one: DateExpression, calendar: Calendar) -> str:
    day = one_day(one)
    if day:
        return day.isoformat() if day >= calendar.today else ""
    start, end = one.start, one.end
    if not isinstance(start, date) or not isinstance(end, date):
        return ""
    same = (start.year, start.month) == (end.year, end.month)
    return f"{start.year:04}-{start.month:02}" if same else ""
