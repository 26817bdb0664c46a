"""The Dutch words of the calendar, as tables: word -> what it stands for. Spelled lower case, without accents."""

from collections.abc import Mapping
from typing import Final

from dialogs.language.dates.tables import by_word

Words = Mapping[str, str]
Numbers = Mapping[str, int]

WEEKDAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
# Short forms that are also ordinary words; the grammar asks for a date around them.
WEEKDAYS_SHORT: Final[Numbers] = by_word(
    {
        0: "ma, maa",
        1: "di, din, dins",
        2: "wo, woe, woens",
        3: "do, don, dond, donder",
        4: "vr, vrij, vrijd",
        5: "za, zat",
        6: "zo, zon",
    },
)
# Everyday words first of all: these need a date right behind them.
WEEKDAYS_TIMID: Final = frozenset({"zo", "zon", "don", "zat", "vrij", "din", "donder", "maa"})
# Dialect, English and French.
WEEKDAYS_OTHERWISE: Final[Numbers] = by_word(
    {
        0: "moandag, maondag, monday, lundi",
        1: "disdag, dijnsdag, dinsdeg, tuesday, mardi",
        2: "weunsdag, woonsdag, goensdag, wednesday, mercredi",
        3: "dunderdag, dunnerdag, donderdeg, thursday, jeudi",
        4: "vrijdeg, vraddag, friday, vendredi",
        5: "zoaterdag, zotterdag, saturday, samedi",
        6: "zundag, zoondag, sunday, dimanche",
    },
)

MONTHS: Final[Numbers] = by_word(
    {
        1: "januari, jannewari, january, janvier",
        2: "februari, februarie, febuarie, feburarie, february, fevrier",
        3: "maart, mrat, meert, march, mars",
        4: "april, avril",
        5: "mei, may, mai",
        6: "juni, juin, junie, june",
        7: "juli, july, juillet",
        8: "augustus, august, aout",
        9: "september, septembre",
        10: "oktober, october, octobre",
        11: "november, novembre",
        12: "december, decembre",
    },
)
MONTHS_SHORT: Final[Numbers] = by_word(
    {
        1: "jan",
        2: "feb, febr",
        3: "mrt, maa",
        4: "apr",
        6: "jun",
        7: "jul",
        8: "aug",
        9: "sep, sept",
        10: "okt, oct",
        11: "nov",
        12: "dec",
    },
)
# "maart" is a letter away from "maar", "juli" from names.
MONTHS_CORRECTED: Final = frozenset(
    {"januari", "februari", "april", "augustus", "september", "oktober", "november", "december"}
)
# Month names that are also words or first names; alone they only count after a preposition or "eind".
MONTHS_TIMID: Final = frozenset({"mei", "jan", "juin", "may", "mai", "march", "mars", "august", "june"})
# Short forms that are no other word: they need no preposition.
MONTHS_CLEAR: Final = frozenset({"feb", "febr", "mrt", "apr", "aug", "sept", "okt", "oct", "nov", "dec"})

NUMBERS: Final = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
)
GROUPS: Final[Mapping[str, int]] = {"tweetal": 2, "drietal": 3, "viertal": 4, "vijftal": 5, "zestal": 6, "tiental": 10}
TENS: Final[Mapping[str, int]] = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50}
ORDINALS: Final = (
    *("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde"),
    *("twaalfde", "dertiende", "veertiende", "vijftiende", "zestiende", "zeventiende", "achttiende", "negentiende"),
)
ORDINALS_FROM_END: Final[Mapping[str, int]] = {"laatste": -1, "allerlaatste": -1, "voorlaatste": -2}

RELATIVE_DAYS: Final[Numbers] = by_word(
    {
        -2: "eergisteren, eergister, eergisten",
        -1: "gisteren, gister, gisten, yesterday",
        0: "vandaag, vandage, vandoag, vndg, vdg, today",
        1: "morgen, morge, mrgn, morgn, tomorrow, demain",
        2: "overmorgen, overmorge, overmrgn, overmorgn, apres-demain, day after tomorrow",
    },
)
PARTS: Final[Words] = by_word(
    {
        "vroeg": "vroeg",
        "ochtend": "ochtend, voormiddag",
        "morgen": "morgen, morge",
        "middag": "middag, noen",
        "namiddag": "namiddag, achternoen",
        "avond": "avond",
        "nacht": "nacht",
        "middernacht": "middernacht",
    },
)
# Hour a part of the day stands for when no clock is said.
PART_HOURS: Final[Numbers] = {
    "vroeg": 8,
    "morgen": 8,
    "ochtend": 9,
    "middag": 12,
    "namiddag": 14,
    "avond": 19,
    "nacht": 23,
    "middernacht": 24,
}

UNITS: Final[Words] = by_word(
    {
        "day": "dag, dagen, dage, dagje, dgn, etmaal",
        "week": "week, semaine, wek, weken, weke, weekje, weekjes, wk, wkn, schoolweek, lesweek",
        "month": "maand, month, mois, maanden, maande, maandje",
        "year": "jaar, jaren, jaartje, joar",
        "hour": "uur, uren, uurtje, uurtjes, u",
        "minute": "minuut, minuten, minuutjes, min",
        "quarter hour": "kwartier",
        "weekend": "weekend, weekeinde, weekends, weekeind, wekend",
        "school year": "schooljaar, academiejaar, werkjaar",
        "trimester": "trimester",
        "semester": "semester",
        "quarter": "kwartaal",
        "school day": "schooldag, lesdag",
        "half": "helft",
    },
)
MODIFIERS: Final[Words] = by_word(
    {
        "next": "volgende, next, volgend, volgnde, vlgnde, nieuwe, eerstvolgende, eerstvolgend",
        "coming": (
            "komende, komend, kommende, ekomende, ekomend, eerstkomende, eerstkomend, aanstaande, "
            "aanstaand, aanst, toekomende, toekomend, aankomende, aankomend"
        ),
        "last": "vorige, vorig, verleden, voorgaande, voorgaand, afgelopen, voorbije, voorbij, jongstleden, jongste",
        "this": "deze, dit, dees, dezen, deez, huidige, huidig, lopende, lopend",
    },
)
# Modifiers said behind the day: "vrijdag a.s.", "dinsdag laatst".
SUFFIXES: Final[Words] = by_word(
    {
        "coming": (
            "as, ek, prochain, prochaine, eerstkomend, aanstaande, aanstaand, ekomende, ekomend, komende, toekomende, "
            "komend, eerstkomende, eerstvolgend, eerstvolgende"
        ),
        "last": "jl, ll, jongstleden, laatstleden, laatst, verleden, geleden, voorbij",
    },
)
PORTIONS: Final[Words] = by_word(
    {
        "begin": "begin, start, beginnen, aanvang",
        "middle": "half, midden, medio, halfweg, halverwege, mid",
        "end": "eind, einde, ende, einden",
    },
)
SEASONS: Final[Mapping[str, tuple[tuple[int, int], tuple[int, int]]]] = {
    "voorjaar": ((3, 1), (6, 21)),
    "lente": ((3, 21), (6, 20)),
    "zomer": ((6, 21), (9, 20)),
    "najaar": ((9, 1), (12, 21)),
    "herfst": ((9, 21), (12, 20)),
    "winter": ((12, 21), (3, 20)),
}
HOLIDAYS: Final[Words] = by_word(
    {
        "herfstvakantie": "herfst, allerheiligen, najaars",
        "kerstvakantie": "kerst, winter, nieuwjaars",
        "krokusvakantie": "krokus, voorjaars, carnaval, carnavals",
        "paasvakantie": "paas, lente",
        "zomervakantie": "zomer",
    },
)
HOLIDAY_TAILS: Final = ("vakantie", "verlof")
HOLIDAY_PHRASES: Final[Words] = by_word(
    {
        "zomervakantie": "grote vakantie, groot verlof, grote verlof, grote vakanties",
        "krokusvakantie": "krokus",
    },
)

FEASTS: Final[Words] = by_word(
    {
        "nieuwjaar": "nieuwjaar, nieuwjaarsdag",
        "driekoningen": "driekoningen",
        "valentijn": "valentijn, valentijnsdag",
        "dag van de arbeid": "dag van de arbeid, feest van de arbeid",
        "vlaamse feestdag": (
            "vlaamse feestdag, feest van de vlaamse gemeenschap, feestdag van de vlaamse gemeenschap, "
            "feest van vlaanderen, guldensporendag, vlaamse gemeenschapsdag"
        ),
        "nationale feestdag": "nationale feestdag, belgische feestdag",
        "olv-hemelvaart": (
            "olv hemelvaart, onze lieve vrouw hemelvaart, onze lieve vrouw ten hemelopneming, olv, "
            "halfoogst, moederkesdag, tenhemelopneming"
        ),
        "allerheiligen": "allerheiligen",
        "allerzielen": "allerzielen",
        "wapenstilstand": "wapenstilstand, wapenstilstandsdag, feest van de wapenstilstand",
        "sinterklaas": "sinterklaas, sinterklaasdag",
        "kerstavond": "kerstavond",
        "kerstmis": "kerstmis, kerst, kerstdag, eerste kerstdag, kersmis",
        "tweede kerstdag": "tweede kerstdag",
        "oudejaar": "oudejaar, oudjaar, oudejaarsavond, oudejaarsdag, oudejaarsnacht",
        "aswoensdag": "aswoensdag",
        "palmzondag": "palmzondag",
        "witte donderdag": "witte donderdag",
        "pasen": "pasen, paaszondag, eerste paasdag, paasdag",
        "goede vrijdag": "goede vrijdag",
        "paasmaandag": "paasmaandag, tweede paasdag",
        "hemelvaart": "hemelvaart, hemelvaartsdag, olh hemelvaart, onze heer hemelvaart, ons heer hemelvaart",
        "pinksteren": "pinksteren, pinksterzondag, eerste pinksterdag, sinksen, pinksterdag",
        "pinkstermaandag": "pinkstermaandag, tweede pinksterdag, sinksenmaandag",
        "moederdag": "moederdag",
        "vaderdag": "vaderdag",
        "paasweekend": "paasweekend",
        "pinksterweekend": "pinksterweekend",
        "hemelvaartweekend": "hemelvaartweekend, hemelvaartsweekend",
    },
)
# Feasts and seasons that chat mentions without meaning the day: only after a preposition or article.
TIMID_NAMES: Final = frozenset(
    {"sinterklaas", "valentijn", "driekoningen", "krokus", "olv", *SEASONS},
)
