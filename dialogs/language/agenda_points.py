"""Which agenda points a text speaks of: by their numbers, as the last one, or by words of their titles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from dialogs.language.agenda_openings import told
from dialogs.language.intents import Intent
from dialogs.language.references import kind_words
from dialogs.language.spelling import empty_words, fold, strip_markup

LONGEST = 600
ALIKE = 84
"""From this score (0–100) a typed word is taken for a word of a title."""

ENOUGH = 0.5
"""The share of the typed words that a title must have."""

_WRITTEN = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_COUNTED = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_NOUN = (
    r"(?:agenda ?punt(?:en|je|jes)?|bespreekpunt(?:en)?|punt(?:en|je|jes)?|voorstel(?:len)?|onderwerp(?:en)?|"
    r"items?|topics?|casus(?:sen)?|nummers?|nr\.?)"
)
_ONE = rf"(?:\d{{1,2}}|{'|'.join(_WRITTEN[1:])})"
_A_KIND = r"een (?:\w+ )?(?:[ck]asus|case|besl\w+|info\w*|varia\w*|thema\w*|discussiepunt|mededeling|voorstel)\b"
"""What a point becomes, in which "een" is no number: "maak van mijn punt een casus"."""
_NUMBERS = re.compile(
    rf"\b{_NOUN} ?(?:nr\.? ?|nummer |# ?)?(?P<list>(?!{_A_KIND})(?:\d{{1,2}}|{'|'.join(_WRITTEN)})\b(?![/:.]\d)"
    rf"(?! ?(?:min(?:uten|uutjes|\b)|uur\b))"
    rf"(?:(?:\s*[,&+]\s*(?:en )?|\s+(?:en|met|of|bij)\s+|\s*(?:-|tot|t\.e\.m\.|t/m|"
    rf"tem)\s*)(?:{_NOUN} ?)?(?:{_ONE})\b(?![/:]\d)(?! ?(?:min|uur|u\b|jan|feb|maart|apr|mei|ju[nl]|aug|sep|okt|nov|"
    rf"dec|werkdag|dag|week|weken|keer)))*)"
    r"|# ?(?P<hash>\d{1,2})\b"
)
_ORDINAL = re.compile(
    rf"\b(?P<list>(?:(?:{'|'.join(_COUNTED)}|\d{{1,2}}(?:e|de|ste))(?: en(?: het)? |"
    rf", (?:het )?))*(?:{'|'.join(_COUNTED)}|\d{{1,2}}(?:e|de|ste))) (?:agenda)?(?:{_NOUN})"
)
_BARE = re.compile(
    r"^(?:(?:de|het|en|nummers?|nr\.?|ja|ok|graag|alleen|enkel) )*(?P<list>\d{1,2}(?:(?:\s*[,&+]\s*|\s+(?:en|"
    r"met)\s+)\d{1,2})*)(?:ste|de|e)?(?: (?:en|aub|graag|maar))*[.!]*$"
)
_FIRST = re.compile(
    r"(?:(?:voeg|voegen|neem|nemen|leg|smelt) )?(?P<list>\d{1,2}(?:\s*,\s*\d{1,2})*\s+(?:en|met|bij)\s+\d{1,2})\b"
    r"(?! ?(?:min|uur|u\b|jan|feb|maart|mrt|apr|mei|"
    r"ju[nl]|aug|sep|okt|nov|dec|/|weken|dagen))"
)
_LAST = re.compile(rf"\b(?:het|de|dat|die)? ?(?:laatste|allerlaatste) {_NOUN}")
_ANCHOR = re.compile(
    rf"\b(?<!minuten )(?<!min )(?<!uur )(?<!kwartier )(?<!titel )(?<!uitleg )(?<!\+1 )(?<!steun )(?:na|achter|voor|"
    rf"net voor|net na|vlak na|vlak voor|boven|onder) (?:het )?{_NOUN} ?(?:\d{{1,2}}|{'|'.join(_WRITTEN)})\b"
)
_PLACE = re.compile(r"\b(?:op|naar) (?:plaats|plek|nummer|nr\.?|positie) ?\d{1,2}\b")
_RANGE = re.compile(r"(\d{1,2})\s*(?:-|tot|t\.e\.m\.|t/m|tem)\s*(\d{1,2})")
_OVER = re.compile(rf"\b{_NOUN} (?:over|rond|rondom|van|met|ivm|omtrent) (?P<words>[^:\n?!]+)")
_THAT_OF = re.compile(
    r"da[tn]? (?:van|over) (?P<words>.+?)(?= (?:schuiven|verschuiven|mag|moet|wil|kan|is|naar|verplaatsen|stellen|"
    r"nemen|houden)\b|$)"
)
_A_POINT = re.compile(rf"(?:(?:het|dat|da|die|dit) )?{_NOUN} (?:over|rond|rondom|van|met|ivm|omtrent) (?P<words>.+)")
_QUOTED = re.compile(r"[\"“„«'‘](?P<words>[^\"”»'’]{2,200})[\"”»'’](?!\w)")
_TARGET = re.compile(
    r"\b(?:naar|tot|op|voor|van|in|tegen) (?:de |het |onze )?(?:volgende |vorige |komende |laatste )?(?:agenda\w*|"
    r"plank|backlog|keer)\b"
)
_WORD = re.compile(r"[^\W_]+")
_SAID = """
    zet zetten plaats schrap schrappen verwijder trek trekken haal halen weg in uit af aan op toe verplaats verschuif
    verzet schuif stel stellen uit weiger weigeren wijs verwerp keur goed aanvaard aanvaarden accepteer accepteren neem
    nemen voeg samen combineer bundel verander wijzig pas aanpassen wijzigen punt punten agendapunt agendapunten puntje
    agenda plank backlog casus onderwerp item topic voorstel voorstellen thema besproken behandeld afgehandeld gedaan
    steun steunen support interesseert interessant ook dat wil graag niet wel nog eerst pas door naar volgende vorige
    minuten min uur half kwartier bovenaan onderaan achteraan vooraan laatste eerste tweede derde mag moet kan komt
    wordt zijn is heeft hebben ben hernomen uitgesteld doorgeschoven verplaatst goedgekeurd aanvaarden kan je wil ik we
    want omdat maar en of het de een die dit dat mijn jouw ons onze voor na van bij over rond met te tot om er alle
    aub svp gewoon even eens ja nee ok dus dan titel naam toelichting uitleg link vraag opmerking reactie expert spreker
    uitgenodigd uitnodiging uitnodigen gezegd geantwoord laat krijgt duurt brengt presenteert hoort toch liever
    intrekken ingetrokken schrapt schuiven zou wou moeten kunnen mogen september oktober november december januari
    februari maart april mei juni juli augustus maand jaar week keer maandag dinsdag woensdag donderdag vrijdag
    da dan schuiven verschuiven staat veel zeg
    maak maken help voorbereiden verder formulier hoeft hoef boven beneden duren zeggen kwijt iets vallen lijkt klinkt
    infopunt beslispunt besluitpunt themapunt variapunt discussiepunt ni nie intrek
    eraf erop eruit erbij bod gekomen geraakt overgeslagen maximum max hoogstens tijd aanbod reactie bedenking
    aanvulling werd werden zal zullen gaan gaat doe doen
    mij me hem haar daar hier nu weer terug opnieuw minder meer lang langer korter
"""
_NO_TITLE = frozenset(_SAID.split())


@dataclass(frozen=True, slots=True)
class Which:
    """The points meant: the numbers said, whether it is the last one, or else words to look for in titles."""

    numbers: tuple[int, ...] = ()
    words: str = ""
    last: bool = False

    @property
    def says_nothing(self) -> bool:
        """True for "dat punt"."""
        return not (self.numbers or self.words or self.last)


def which(text: str) -> Which:
    """The points that `text` names; see `match` for its words."""
    found = told(text)
    command = (
        f"{found.before} {found.after}" if found is not None and found.intent is not Intent.AGENDA_PROPOSE else text
    )
    folded = fold(strip_markup(command)[:LONGEST]).replace("’", "'")
    said = _PLACE.sub(" ", _ANCHOR.sub(" ", folded))
    numbers = _numbers(said) or _numbers(folded)
    if numbers:
        return Which(numbers)
    if _LAST.search(said):
        return Which(last=True)
    return Which(words=_words(said))


def _numbers(said: str) -> tuple[int, ...]:
    found: list[int] = []
    for match in _NUMBERS.finditer(said):
        found.extend(_listed(match["hash"] or match["list"]))
    for match in _ORDINAL.finditer(said):
        found.extend(_listed(match["list"]))
    bare = None if found else _BARE.match(said.strip()) or _FIRST.match(said.strip())
    if bare is not None:
        found.extend(_listed(bare["list"]))
    return tuple(dict.fromkeys(found))


def _listed(said: str) -> list[int]:
    numbers = [int(one) if one.isdecimal() else _number(one) for one in re.findall(r"\d+|[a-z]+", said)]
    known = [one for one in numbers if one]
    range_ = _RANGE.search(said)
    if range_ is not None and 0 < int(range_[2]) - int(range_[1]) <= len(_WRITTEN) * 2:
        known.extend(range(int(range_[1]), int(range_[2]) + 1))
        return sorted(set(known))
    return known


def _number(word: str) -> int:
    if word in _WRITTEN:
        return _WRITTEN.index(word) + 1
    return _COUNTED.index(word) + 1 if word in _COUNTED else 0


def _words(said: str) -> str:
    quoted = _QUOTED.search(said)
    if quoted is not None:
        return quoted["words"].strip()
    over = _OVER.search(said) or _THAT_OF.match(said)
    left = over["words"] if over else said
    kept = [word for word in _WORD.findall(_TARGET.sub(" ", left)) if _may_be_of_a_title(word)]
    return " ".join(kept)


def _may_be_of_a_title(word: str) -> bool:
    if word in _NO_TITLE or word in kind_words():
        return False
    return not word.isdecimal() and (word not in empty_words() or len(word) > len("over"))


def of_a_point(title: str) -> str:
    """What a point is about that is only spoken of: "de gsm" for "dat punt van de gsm"; "" for a title of its own."""
    found = _A_POINT.fullmatch(" ".join(fold(title).split()))
    return found["words"].removesuffix(" ook maar").removesuffix(" ook") if found else ""


def match(words: str, titles: Sequence[str]) -> int | None:
    """The place of the only title that fits `words` (as `which` tells them) best; None where none or several do.

    Typos and parts of compounds count ("huiswerk" for "Huiswerkbegeleiding").
    """
    said = [word for word in _WORD.findall(fold(words)) if len(word) > 1]
    if not said:
        return None
    scores = [_score(said, title) for title in titles]
    best = max(scores, default=0.0)
    if best < ENOUGH or scores.count(best) > 1:
        return None
    return scores.index(best)


def _score(said: Sequence[str], title: str) -> float:
    """The share of the words that a title has, a little more where it has few others."""
    own = _WORD.findall(fold(title))
    found = sum(any(_same(word, one) for one in own) for word in said)
    if not found:
        return 0.0
    heavy = sum(len(word) for word in said if any(_same(word, one) for one in own)) / sum(len(word) for word in said)
    return heavy + 0.01 * found / max(1, len(own))


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    shortest = 4
    if min(len(word), len(other)) < shortest:
        return False
    if len(word) > shortest and (other.startswith(word) or other.endswith(word)):
        return True
    return fuzz.ratio(word, other) >= ALIKE
