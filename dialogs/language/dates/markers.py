"""The Dutch words around a date: deadlines, joints, recurrences, and the words that rule a date in or out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dialogs.language.dates.tables import by_word

Bound = Literal["before", "after"]


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


@dataclass(frozen=True, slots=True)
class Marker:
    """What a word such as "tegen" or "vanaf" makes of the date behind it."""

    bound: Bound
    inclusive: bool = True
    beyond: bool = False  # "na": from the day after
    past: bool = False  # "sinds": looks back
    joins: bool = False  # may stand between two dates: "maandag tot woensdag"
    trails: bool = False  # may stand behind the date: "vrijdag ten laatste"


_UNTIL = Marker("before", joins=True)
_LATEST = Marker("before", trails=True)
_FROM = Marker("after")
_BEYOND = Marker("after", beyond=True)
_BEFORE = Marker("before", inclusive=False)

MARKERS: Final[Mapping[str, Marker]] = by_word(
    {
        Marker("before"): "tegen, tegen en met, voor of op, op of voor, tegen of op, niet na",
        _LATEST: (
            "ten laatste, ten laatst, ten latste, ten laaste, ten laatse, uiterlijk, uiterlij, uiterljk, uiterlik, "
            "op zijn laatst, op z'n laatst, ten uiterste, op t laatst, "
            "ten laatste tegen, tegen ten laatste, uiterlijk tegen, tegen uiterlijk, niet later dan, "
            "tot ten laatste, tot uiterlijk, laatstens, ten laatste voor, uiterlijk voor"
        ),
        _UNTIL: "tot, tot aan, tot op, tot en met, tem, t/m, t em, t e m, tot aan en met",
        _BEFORE: "voor, vroeger dan, eerder dan, nog voor, tot voor",
        _FROM: (
            "vanaf, vanaaf, vanaff, vanf, vannaf, "
            "ten vroegste, ten vroegste vanaf, op zijn vroegst, op z'n vroegst, pas vanaf, "
            "niet voor, niet vroeger dan, niet eerder dan, met ingang van, ingaand op, vroegst"
        ),
        Marker("after", past=True): "sinds, sedert",
        _BEYOND: "na, later dan, pas na, niet tot na",
    },
)

# Small grammar words: word -> the role it plays.
ROLES: Final[Mapping[str, str]] = by_word(
    {
        "or": "of, ofwel, oftewel, dan wel, en of, en/of, hetzij",
        "and": "en, alsook, plus",
        "van": "van",
        "tussen": "tussen, tussn, tss",
        "af": "af",
        "nu": "nu",
        "article": "de, den, het, 't, t, d'n, een",
        "at": (
            "op, om, in, met, rond, omstreeks, te, tijdens, gedurende, bij, dd, rond de klok van, "
            "in de loop van, ergens in, ergens, telkens om"
        ),
        "ahead": "over, binnen, binnen de, binnen het, binnen dit en, binnen nu en",
        "ago": "geleden, terug, gelede",
        "every": "elke, iedere, elk, ieder, elken, iederen, elke keer op",
        "all": "alle",
        "each": "om de, om het, om den, om t",
        "always": "telkens op, steeds op, telkens, steeds, altijd op",
        "times": "keer, maal",
        "per": "per",
        "other": "ander, andere",
        "shade": "late, vroege, latere, vroegere",
        "quarter": "kwart",
        "once": "eens",
        "and a half": "anderhalf, anderhalve",
    },
)
AT_HOUR: Final = frozenset(
    {"om", "rond", "te", "omstreeks", "tegen", "vanaf", "tot", "klokslag", "telkens om", "rond de klok van"}
)

# Adverbs of recurrence: word -> (FREQ, INTERVAL).
FREQUENCIES: Final[Mapping[str, tuple[str, int]]] = by_word(
    {
        ("DAILY", 1): "dagelijks",
        ("YEARLY", 1): "jaarlijks",
        ("MONTHLY", 6): "halfjaarlijks, semestrieel",
        ("WEEKLY", 2): "halfmaandelijks, veertiendaags, veertiendaagse",
        ("WEEKLY", 1): "wekelijks, wekelijkse, weekelijks, wekenlijks, wekeliks",
        ("MONTHLY", 1): "maandelijks, maandelijkse, maandeliks",
        ("MONTHLY", 3): "trimestrieel",
    },
)

# Words that make the sentence look back, for a date without a year.
PAST_WORDS: Final = _words("was waren geweest werd werden gebeurde vergaderden bespraken plaatsvond verlopen laatst")
PAST_ADJECTIVES: Final = frozenset({"vorige", "vorig", "laatste", "afgelopen", "voorbije"})
REPORTS: Final = frozenset({"verslag", "verslagen", "notulen", "verslagje", "verslaggeving"})
CLAUSE_WORDS: Final = frozenset({"maar", "want", "terwijl", "dus"})

# Behind a bare day number ("de 6de", "vrijdag 27") or hour ("om 10"): words that show the number stood alone.
FOLLOWERS: Final = _words(
    """
    om in van voor tot op met bij naar na vanaf tegen te over binnen tijdens of en maar want dan als dat omdat tenzij
    is was kan kunnen kunt kon lukt lukken past passen gaat gaan ga heb hebben heeft hebt moet moeten mag zou zouden was
    zal zullen zijn ben komt komen kom vind vinden wil willen wordt werd begint beginnen start starten staat valt zit
    zitten vergaderen samenkomen afspreken plannen doen zien hou houden belt bellen sturen
    niet wel ook nog graag dus al alvast misschien eventueel liefst zeker ergens ja nee ok oke oké
    ik je jij ge gij u hij zij ze we wij wij jullie iedereen iemand niemand er hier daar dit die
    aub svp alstublieft alsjeblieft a.u.b bedankt dank merci mvg groeten gr
    waar wanneer wnr hoe wie wat hoeveel juist precies online
    ten laatste uiterlijk 's vm nm goed prima ideaal beter best mogelijk moeilijk vrij bezet
    """,
)
# Before a year: "in 2027", "planning 2027".
YEAR_BEHIND: Final = _words(
    """
    in tijdens tussen planning data datums kalender overzicht jaaroverzicht programma intervisie intervisies netwerkdag
    netwerkdagen infomoment infomomenten stuurgroep stuurgroepen bijeenkomsten vergaderingen
    """,
)
# Before "2 uur": then it is a length, not a clock.
LENGTH_BEFORE: Final = _words(
    """
    duurt duren duurde gedurende minstens maximum max maximaal minimum minimaal nog elke per slechts maar amper ruim
    bijna zowat telkens minder meer dan aantal totaal extra die dit deze al lang kleine goed een die geen anderhalf
    hele heel twee
    """,
)
LENGTH_AFTER: Final = _words(
    """
    per lang later eerder vroeger durende duren les lessen lesgeven extra ondersteuning begeleiding werk werken tijd aan
    onderweg rijden slapen reizen stage opvang overuren vrij slaap wachten gewacht gewerkt lestijden zorg coaching
    nodig week weken dag nodig ver kwijt therapie logo kine wiskunde nederlands frans
    """,
)
# Before "7/10" or "2.14": a mark, a room, an article of law, not a date.
NUMBER_LABELS: Final = _words(
    """
    art artikel artikels nr nummer lokaal lokalen score scores punten cijfer pagina blz p versie v klas groep kamer bus
    hoofdstuk punt stap vraag item oefening haalde haalt halen behaalde behaalt behaald kreeg krijgt scoorde scoort gaf
    geeft paragraaf par alinea artikelen blok zaal deel tabel figuur bijlage tel gsm telefoon adres huisnummer
    § resultaat
    """,
)
STREETS: Final = ("straat", "laan", "weg", "plein", "dreef", "lei", "kaai", "vest", "markt")
# "gelukkig nieuwjaar" is a wish.
WISHES: Final = _words("gelukkig gelukkige zalig zalige prettig prettige fijn fijne vrolijk vrolijke")
# Behind "1/3" or "2-3": a fraction or a count, not a date.
COUNTED: Final = _words(
    """
    keer keren leerlingen leerling kinderen jongeren uur uren dag dagen week weken maand maanden jaar jaren minuten min
    personen mensen plaatsen punten euro stuks scholen klassen lessen lestijden ouders gezinnen leerkrachten gasten
    collega's stemmen deel delen procent km kilometer meter groepjes groepen sessies gesprekken antwoorden dossiers
    volwassenen begeleiders opties opvoeders vragen blz pagina's maal tijd partners
    """,
)
# May stand between a day and its hour.
FILLERS: Final = frozenset(
    {"nog", "al", "zeker", "liefst", "graag", "ergens", "telkens", "misschien", "eventueel", "bijvoorbeeld"}
    | {"circa", "ca", "ongeveer", "bv", "bvb"}
)
