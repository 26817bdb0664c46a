"""What a coordinator's sentence says of points on an agenda: who brings them, how long, where, what was discussed."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from dialogs.language.agenda_details import LONGEST_READ, minutes_in, month_in, presenter_in, without_dates
from dialogs.language.agenda_points import which
from dialogs.language.registering import NAMEWORD, PARTICLES
from dialogs.language.spelling import fold, strip_markup
from storage.domain.agenda import Invite

_WRITTEN = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_COUNTED = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_COUNT = rf"(?P<n>\d{{1,2}}|{'|'.join(_WRITTEN)})"
_PLACE = re.compile(
    rf"\b(?:op|naar|als) (?:plaats|plek|nummer|nr\.?|positie|punt) ?{_COUNT}\b"
    rf"|\b(?:punt|agendapunt|casus|voorstel) ?\d{{1,2}} (?:op|naar) (?P<short>\d{{1,2}})(?![\d/:.]| ?(?:min|uur|u\b|"
    rf"jan|feb|maart|apr|mei|ju|aug|sep|okt|nov|dec))"
    rf"|\b(?:als|op de|op het) (?P<nth>{'|'.join(_COUNTED)}|\d{{1,2}}(?:de|ste|e))\b(?! [a-z]*(?:keer|intervisie))"
)
_TOP = re.compile(r"\b(?:bovenaan|vooraan|eerst|vanboven|helemaal boven|als eerste|eerste punt op)\b|\bop kop\b")
_BOTTOM = re.compile(
    r"\b(?:onderaan|achteraan|laatst|als laatste|op het einde|vanonder|helemaal onder|als slot|op het eind)\b"
)
_NOUN = r"(?:agendapunt|punt|casus|voorstel|onderwerp|item|nummer|nr\.?)"
_MOVES = re.compile(
    rf"\b(?:{_COUNT} (?:plaats(?:en)?|plek(?:ken|je)?|stap(?:pen)?|rij(?:en)?) )?(?:naar )?(?:(?P<up>hoger|omhoog|"
    rf"boven|vroeger)|(?P<down>lager|omlaag|beneden|onder))\b"
)
_LOOSELY_UP = re.compile(r"\bnaar (?:boven|onder(?:en)?|beneden)\b")
_AFTER = re.compile(rf"\b(?:na|achter|onder) (?:het )?{_NOUN} ?{_COUNT}\b")
_BEFORE = re.compile(
    rf"\b(?<!minuten )(?<!min )(?<!uur )(?<!kwartier )(?<!tijd )(?:voor|boven) (?:het )?{_NOUN} ?{_COUNT}\b"
)
_SAYS_WHO = re.compile(
    r"\b(?P<who>[A-ZÀ-Þ][\w'’-]*(?:\s+(?:van|de|der|den|el|[A-ZÀ-Þ][\w'’-]*)){0,3})\s+"
    r"(?:brengt|presenteert|stelt|doet|geeft|licht|neemt|verzorgt|leidt|zal|mag|introduceert)\b"
)
_GIVE_TO = re.compile(
    r"\b(?:geef|laat|ken|wijs)\b.{0,30}?\b(?:aan|toe aan|door|over aan)\s+(?P<who>[^\W\d_][\w'’.-]*(?:\s+(?:van|de|"
    r"der|den|el|[A-ZÀ-Þ][\w'’-]*)){0,3})"
    r"|\blaat (?P<let>[^\W\d_][\w'’-]*(?:\s+(?:van|de|der|den|el|[A-ZÀ-Þ][\w'’-]*)){0,3}) (?:\w+ ){0,3}?(?:punt|"
    r"agendapunt|casus|voorstel|het|dat|dit)\b"
    r"|\b(?:presentator|spreker|wie)(?: is|:| wordt)\s+(?P<is>[^\W\d_][\w'’.-]*(?:\s+(?:van|de|der|den|el|"
    r"[A-ZÀ-Þ][\w'’-]*)){0,3})"
)
_MAIL = re.compile(r"[^\s,;<>()\"]+@[^\s,;<>()\"]+\.[^\s,;<>()\".]+")
_CAPITAL = r"[A-ZÀ-Þ][\w'’-]*"
_WHO = (
    rf"{_CAPITAL}(?:\s+(?:(?:van|de|der|den|el|ten|ter)\s+){{1,2}}(?![A-Z]{{2}}){_CAPITAL}|\s+{_CAPITAL})?"
    rf"(?:\s+(?:de |der |den )?{_CAPITAL})*"
)
_STARTERS = (
    "De|Het|Een|Ja|Nee|Neen|Punt|Voor|Onze|Ik|We|Wij|Die|Dat|Expert|Spreker|Gastspreker|Er|Ze|Zij|Hij|Bij|Als|Noteer|"
    "Zet|Vraag|Mag|Kan|Is|Heeft|Goed|Goeie|Super|Oké|Ok|Oke|Dag|Hallo|Mevrouw|Meneer|Mvr|Dhr|Nodig|Op|En|Maar|Helaas|"
    "Jammer|Uitgenodigd|Wie|Welke|Wanneer|Geen|Agendapunt"
)
_GUEST = re.compile(
    rf"\b(?!(?:{_STARTERS})\b)(?P<who>{_WHO})(?:\s*\(|,?\s+(?:van|uit|bij)\s+(?:het |de |een |den )?|,\s*)?"
    r"(?P<where>(?<=van )[^,.;:?!()]*?|(?<=het )[^,.;:?!()]*?|(?<=de )[^,.;:?!()]*?|(?<=uit )[^,.;:?!()]*?|"
    r"(?<=bij )[^,.;:?!()]*?|(?<=\()[^()]*?|(?<=, )[A-ZÀ-Þ][^,.;:?!()]*?)?"
    r"(?=\)|[,.;:?!]|$|\s+(?:heeft|komt|zegt|zei|is|kan|wil|werd|wordt|bevestigt|bevestigde|bedankt|past|gaat|ziet|"
    r"aanvaardt|voor|over|naar|ja|nee|neen|niet|uit|uitgenodigd|gemaild|gebeld|gevraagd)\b)"
)
_NO_GUEST = frozenset(fold(word) for word in _STARTERS.split("|"))
_NOBODY_WORDS = """
    ik we je u hij zij ze iemand wie dat dit het punt agendapunt zet geef laat kan de een volgende die deze bij voor op
    na alles als nu mag
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())

_NOT_DONE = re.compile(
    r"\b(?:niet|ni|nie|geen|onbesproken|onafgewerkt|niets|niks|hernomen|hernemen|uitgesteld|doorgeschoven|verschoven|"
    r"blijft liggen|blijven liggen|blijven over|blijft over|overgeslagen|"
    r"plank|backlog|pas|terug in|later|volgende keer|naar (?:de )?volgende|geraakten? er niet|geen tijd|"
    r"schuift? door|schuiven door)\b"
)
_ALL = re.compile(
    r"\b(?:alles|allemaal|alle (?:agenda)?punten|alle andere|al de rest|de rest|de andere(?:n)?|de overige|"
    r"heel de agenda|de hele agenda)\b(?!.{0,20}\b(?:niet|ni|nie)\b(?! ?(?:punt )?\d))"
)
_ALL_BUT = re.compile(r"\b(?:behalve|buiten|uitgezonderd|op .{0,14} na|maar niet|alleen niet|enkel niet|niet)\b")
_NONE = re.compile(r"\b(?:niks|niets|geen enkel(?: punt)?)\b")
_ONLY = re.compile(r"\b(?:alleen|enkel|slechts)\b(?! niet)")
_TO_SHELF = re.compile(r"\b(?:plank|backlog)\b")
_COMES_BACK = re.compile(r"\b(?:hernomen|hernemen|terug|pas|in|naar|tot|komt|verschuif|uitgesteld|schuif)\b")
_SPLIT = re.compile(
    r"\s*(?:[;.]|\bmaar\b(?! niet)|,(?=\s*(?:en )?(?:maar |de rest|de andere|al de rest|alleen|enkel|"
    r"(?:punt )?\d{1,2}(?: en (?:punt )?\d{1,2})*"
    r" (?:niet|wel|ni|nie|op de|naar|pas|is|zijn|werd)))|(?<=\bniet )en |(?<=\bwel )en |(?<=\bbesproken )en |"
    r"\ben (?=de rest|de andere))\s*"
)
_YES = re.compile(
    r"\b(?:ja|jawel|yes|akkoord|toegezegd|zegt toe|bevestigd|komt(?! niet)|wil komen|ziet het zitten|zal er zijn|"
    r"gaat akkoord|doet mee|heeft toegezegd|aanvaard)\b"
)
_NO = re.compile(
    r"\b(?:nee|neen|no|kan niet|komt niet|wil niet|geweigerd|weigert|bedankt ervoor|past ervoor|afgezegd|zegt af|"
    r"niet beschikbaar|geen tijd|kunnen niet|afgewezen|zag het niet zitten|ziet het niet zitten)\b"
)
_INVITED = re.compile(
    r"\b(?:uitgenodigd|gemaild|gevraagd|gecontacteerd|aangesproken|uitnodiging (?:is )?(?:verstuurd|weg|buiten|"
    r"gestuurd)|aangeschreven|gebeld|heb .{0,20} (?:een )?(?:mail|uitnodiging) gestuurd)\b"
)
_ASKS = re.compile(r"\W*(?:en )?(?:wie|welke?|wat|hoe|wanneer|is|heeft|hebben|zijn|moet|moeten|toon|geef|hoever)\b")
_STILL = re.compile(
    r"\b(?:(?:nog|toch) (?:eens )?(?:uitnodigen|contacteren)|nog (?:te|uit te) (?:nodigen|contacteren|vragen|mailen)|"
    r"nog niet (?:uitgenodigd|gevraagd|gecontacteerd|gemaild)|moet nog)\b"
)


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a text sets of a point.

    `after`: behind the point of that number (0: before the first). `shift`: by how many places it moves, -1 is up.
    """

    minutes: int | None = None
    presenter: str = ""
    position: int | None = None
    top: bool = False
    bottom: bool = False
    after: int | None = None
    shift: int = 0

    @property
    def says_nothing(self) -> bool:
        """True when there is nothing to set."""
        return self == Arranged()


def arranged(text: str) -> Arranged:
    """Length, presenter and place that `text` gives a point."""
    said = strip_markup(text)[:LONGEST_READ]
    folded = fold(said)
    after, before = _AFTER.search(folded), _BEFORE.search(folded)
    place = None if after or before else _PLACE.search(folded)
    behind = _count(after["n"]) if after else _count(before["n"]) - 1 if before else None
    position = _count(place["n"] or place["short"] or place["nth"]) if place else None
    loose = behind is None and position is None
    return Arranged(
        minutes_in(_without_numbers(folded)),
        _presenter(said),
        position,
        loose and _TOP.search(folded) is not None,
        loose and _BOTTOM.search(folded) is not None,
        behind,
        _shift(folded) if loose else 0,
    )


def _shift(folded: str) -> int:
    """By how many places: -1 for "hoger", 2 for "twee plaatsen lager"."""
    found = _MOVES.search(_BEFORE.sub(" ", _AFTER.sub(" ", folded)))
    if found is None or _TOP.search(_LOOSELY_UP.sub(" ", folded)) or _BOTTOM.search(_LOOSELY_UP.sub(" ", folded)):
        return 0
    return (-1 if found["up"] else 1) * (_count(found["n"]) if found["n"] else 1)


def _without_numbers(folded: str) -> str:
    """ "Punt 2 30 minuten": the number of a point is no length."""
    return re.sub(rf"\b{_NOUN} ?\d{{1,2}}\b(?! ?(?:min|uur|u\b|'))", " ", folded)


def _count(said: str) -> int:
    if said in _WRITTEN:
        return _WRITTEN.index(said) + 1
    if said in _COUNTED:
        return _COUNTED.index(said) + 1
    return int(re.match(r"\d+", said)[0])  # type: ignore[index]


def _presenter(said: str) -> str:
    known = presenter_in(said)
    if known:
        return as_name(known)
    for way in (_SAYS_WHO, _GIVE_TO):
        match = way.search(said)
        who = next((one for one in match.groups() if one), "") if match else ""
        if who and fold(who.split()[0]) not in _NOBODY:
            return as_name(who)
    return ""


def as_name(who: str) -> str:
    """A name that was typed in small letters, with capitals."""
    words = who.split()
    while len(words) > 1 and words[-1] in PARTICLES:
        words.pop()
    if who == who.lower():
        words = [word if word in PARTICLES else word[:1].upper() + word[1:] for word in words]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Ticked:
    """Which points a text says were discussed, by number.

    `everything`: all others were; `nothing`: none was; `only`: all others were not. `shelf` are those of `not_done`
    that go to the backlog, `back` those that return in `month` (its first day). Where no number is said, `words` are
    to be looked for in titles, and `positive` tells whether that point was discussed.
    """

    done: tuple[int, ...] = ()
    not_done: tuple[int, ...] = ()
    everything: bool = False
    nothing: bool = False
    only: bool = False
    shelf: tuple[int, ...] = ()
    back: tuple[int, ...] = ()
    month: date | None = None
    words: str = ""
    positive: bool = True

    @property
    def says_nothing(self) -> bool:
        """True when it names no point, nor all of them."""
        return not (self.done or self.not_done or self.everything or self.nothing or self.words)


def ticked(text: str, now: datetime) -> Ticked:
    """The points that were discussed and those that were not: "punt 2 en 3 zijn niet besproken"."""
    said = strip_markup(text)[:LONGEST_READ]
    folded = fold(said)
    month = month_in(said, now)
    found = _Ticks(_NONE.search(folded) is not None)
    for clause in _clauses(without_dates(folded, now)):
        found.read(clause)
    if found.nothing and not found.done and not found.missed:
        return Ticked(nothing=True)
    named = found.done or found.missed or found.everything
    words = "" if named else which(without_dates(folded, now)).words
    return Ticked(
        tuple(dict.fromkeys(found.done)),
        tuple(dict.fromkeys(found.missed)),
        found.everything,
        nothing=False,
        only=_ONLY.search(folded) is not None and bool(found.done),
        shelf=tuple(dict.fromkeys(found.shelf)),
        back=tuple(dict.fromkeys(found.back)) if month else (),
        month=month,
        words=words,
        positive=_NOT_DONE.search(folded) is None,
    )


class _Ticks:
    """What was read so far of points that were discussed or not."""

    def __init__(self, nothing: bool) -> None:
        self.nothing = nothing
        self.done: list[int] = []
        self.missed: list[int] = []
        self.shelf: list[int] = []
        self.back: list[int] = []
        self.everything = False

    def read(self, clause: str) -> None:
        """One clause: the numbers in it share what it says."""
        numbers = which(clause).numbers or _loose(clause)
        if _ALL.search(clause):
            self.everything = True
            exception = _ALL_BUT.search(clause)
            self.missed.extend(numbers if exception else ())
        elif _NOT_DONE.search(clause):
            self.missed.extend(numbers)
        else:
            self.done.extend(numbers)
        if _TO_SHELF.search(clause):
            self.shelf.extend(numbers)
        elif _COMES_BACK.search(clause):
            self.back.extend(numbers)


def _clauses(folded: str) -> list[str]:
    return [one for one in _SPLIT.split(folded) if one.strip()]


def _loose(clause: str) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(r"(?<![\d/:.])\d{1,2}(?![\d/:.]| ?min)", clause))


def invited(text: str) -> Invite | None:
    """How far the invitation of an expert is, in what a text says; None when it says nothing of that, or asks."""
    folded = _folded(text)
    if _ASKS.match(folded) or folded.rstrip().endswith("?"):
        return None
    if _STILL.search(folded):
        return Invite.TO_INVITE
    for state, words in ((Invite.NO, _NO), (Invite.YES, _YES), (Invite.INVITED, _INVITED)):
        if words.search(folded):
            return state
    return None


def guest(text: str) -> tuple[str, str, str]:
    """Who an expert is: name, organisation and mail address as typed; "" where `text` tells none."""
    said = " ".join(strip_markup(text)[:LONGEST_READ].split())
    mail = _MAIL.search(said)
    said = f"{said[: mail.start()]} {said[mail.end() :]}" if mail else said
    email = mail.group().strip(".").lower() if mail else ""
    found = _GUEST.search(said)
    if found is None:
        typed = [part.strip(" .:-") for part in re.split(r"[,;]", said)]
        whole = typed_name(typed[0]) if len(typed) > 1 or mail else ""
        return whole, typed[1] if whole and len(typed) > 1 else "", email
    organisation = (found["where"] or "").strip(" ,.")
    return found["who"].strip(), organisation, email


def typed_name(said: str) -> str:
    """A few words with capitals that may be a name; else ""."""
    words = said.split()
    longest = 4
    fine = 0 < len(words) <= longest and all(NAMEWORD.match(word) or fold(word) in PARTICLES for word in words)
    return said if fine and fold(words[0]) not in _NO_GUEST else ""


_RELEASES = re.compile(
    r"\b(?:niet meer|niet langer|toch (?:publiceren|versturen|gaan|buiten|uit)|weer vrij|vrijgeven|vrij|mag (?:toch |"
    r"weer |nu )?(?:weg|vertrekken|buiten|gaan|eruit|uit)|laat .{0,30}(?:gaan|vertrekken)|opnieuw vanzelf|los)\b"
)


def releases(text: str) -> bool:
    """Whether an agenda that was kept back is to go out by itself again."""
    return _RELEASES.search(_folded(text)) is not None


_NO_SUPPORT = re.compile(
    r"\b(?:niet meer|toch niet|niet langer|geen (?:steun|interesse)|hoeft niet|hoef|"
    r"niet (?:zo |echt |zo'n )?(?:interessant|nodig|belangrijk)|(?:trek|haal)\w* .{0,20}steun.{0,80}(?:in|terug|weg)|"
    r"steun .{0,80}niet|steun (?:in|terug)trekken)\b"
)
_DIALECT_NOT = re.compile(r"\bni(?:e|j)?\b")


def supports(text: str) -> bool:
    """Whether somebody wants a point as well, and does not take that back."""
    return _NO_SUPPORT.search(_folded(text)) is None


def _folded(text: str) -> str:
    """The text in small letters, with "niet" for "nie" and "ni"."""
    return _DIALECT_NOT.sub("niet", fold(strip_markup(text)))
