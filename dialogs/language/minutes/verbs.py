"""The verbs that give somebody work, in the forms in which reports use them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_SIMPLE: Final = """
    bezorgt bezorgen mailt mailen e-mailt stuurt sturen verstuurt versturen zendt contacteert contacteren polst
    polsen sondeert regelt regelen reserveert reserveren boekt boeken bestelt bestellen verspreidt verspreiden
    schrijft schrijven herschrijft herschrijven herwerkt herwerken verwerkt verwerken bewerkt bewerken verbetert
    verbeteren corrigeert finaliseert finaliseren trekt trekken agendeert agenderen verzamelt verzamelen bundelt
    bundelen bevraagt bevragen onderzoekt onderzoeken checkt checken controleert controleren verifieert belt bellen
    telefoneert zoekt zoeken zorgt zorgen voorziet voorzien inventariseert inventariseren verwittigt verwittigen
    communiceert communiceren actualiseert actualiseren updatet publiceert publiceren post vertaalt vertalen
    ontwerpt ontwerpen print printen kopieert organiseert organiseren coördineert coördineren plant plannen bekijkt
    bekijken overlegt overleggen berekent berekenen vergelijkt test testen verzorgt verzorgen betaalt betalen koopt
    kopen haalt halen maakt maken bespreekt bespreken toetst toetsen probeert proberen verwijdert installeert ruimt
    bereidt herinnert vervolledigt vervolledigen herbekijkt herbekijken redigeert archiveert digitaliseert
    registreert opent sluit fotografeert bakt brengt brengen bewaakt layout scant tekent ontwikkelt ontwikkelen
    lijst sondeert vergadert noteert noteren huurt leent ontleent modereert modereren bezoekt bezoeken interviewt
    verdeelt verdelen overhandigt ondertekent formuleert formuleren analyseert analyseren promoot appt whatsappt
    dropt deponeert kuist spoort
""".split()  # noqa: SIM905
_PARTED: Final = {
    r"neemt|nemen|neem": "mee|op|over|door|vast|op zich",
    r"vraagt|vragen|vraag": "na|aan|op|rond",
    r"gaat|gaan|ga": "na|langs|op zoek|aan de slag|rond",
    r"legt|leggen|leg": "voor|vast|klaar|samen|aan|neer",
    r"stelt|stellen|stel": "op|samen|bij",
    r"zet|zetten": "op|in|klaar|online|om|recht|rond|verder|door|bij|over",
    r"werkt|werken|werk": "uit|af|bij|verder|om",
    r"geeft|geven|geef": "door|vorm|feedback",
    r"vult|vullen|vul": "aan|in",
    r"past|passen|pas": "aan",
    r"koppelt|koppelen": "terug",
    r"volgt|volgen|volg": "op",
    r"nodigt|nodigen|nodig": "uit",
    r"kijkt|kijken|kijk": "na",
    r"leest|lezen|lees": "na|door",
    r"houdt|houden": "bij|in de gaten",
    r"hangt|hangen": "op|uit",
    r"doet|doen|doe": "na|open|rond",
    r"spreekt|spreken": "aan|in",
    r"roept|roepen": "samen|bijeen|op",
    r"dient|dienen": "in",
    r"levert|leveren": "aan|af",
    r"meldt|melden|meld": "aan|af",
    r"rondt|ronden": "af",
    r"stemt|stemmen": "af",
    r"start|starten": "op",
    r"deelt|delen|deel": "uit",
    r"tekent|tekenen": "uit",
    r"komt|komen|kom": "langs",
    r"brengt|brengen|breng": "mee|binnen|samen|langs|in|op de hoogte|in kaart",
    r"bereidt|bereiden|bereid": "voor",
    r"schakelt|schakelen": "in",
    r"licht|lichten": "in",
    r"springt|springen": "binnen|in",
    r"hoort|horen|hoor": "na",
    r"pakt|pakken": "aan|op|mee",
    r"denkt|denken|denk": "na",
    r"zoekt|zoeken": "uit|op",
    r"blijft|blijven": "opvolgen|op de hoogte",
    r"stuurt|sturen|stuur|mailt|mailen": "door|rond|op|na",
    r"schrijft|schrijven|schrijf": "in|uit|aan",
    r"haalt|halen": "op|af",
    r"duidt|duiden": "aan",
    r"voegt|voegen": "toe",
    r"zit|zitten": "samen",
    r"reikt|reiken": "aan",
    r"kondigt|kondigen": "aan",
    r"lijst|lijsten": "op",
    r"rekent|rekenen": "uit|na",
    r"stort|storten": "door",
    r"trekt|trekken": "na",
    r"laat|laten": "iets weten|nakijken|drukken|maken|weten (?:of|wie|wanneer|hoe)|het weten",
    r"maakt|maken|maak": "op|over|klaar|aan",
}
"""Verbs that give work with one of these particles."""

_WITH: Final = {
    r"neemt|nemen|neem": "contact|(?:het )?initiatief|voor (?:zijn|haar|hun) rekening|dit mee|het op zich",
    r"vraagt|vragen|vraag": r"offertes?|(?:een )?prijs\w*|(?:aan )?(?:de|het|haar|zijn|hun|een|[A-Z]\w+)"
    r"(?: \w+){1,4} om",
    r"gaat|gaan|ga": "in gesprek|op zoek naar",
    r"legt|leggen|leg": "contact",
    r"kijkt|kijken|kijk": "of|wat|hoe|wanneer|wie|waar|uit naar een",
    r"houdt|houden": "contact|de vinger",
    r"doet|doen|doe": "navraag|een voorstel|een oproep|de nodige|het nodige|dit|dat|een rondvraag",
    r"informeert|informeren|informeer": "of|bij|naar|tegen",
    r"deelt|delen|deel": r"(?:de|het|een|haar|zijn|dit|hun) (?!mening|bezorgdheid|ervaring|zorg|visie)\w+",
    r"staat|staan": "in voor",
    r"komt|komen|kom": "erop terug|hierop terug|hier op terug",
    r"kaart|kaarten": "aan (?:bij|op)",
    r"engageert|engageren": "zich",
    r"biedt|bieden": "aan om|zich aan",
    r"belooft|beloven": "om|te",
    r"hoort|horen|hoor": "bij|of|eens",
    r"vormt|vormen": "een werkgroep",
    r"bezorg|mail|stuur|zoek|bekijk|zorg|maak|bel|check|regel|plan|contacteer|schrijf|pols": r"ik|jij|we|\w+",
}
"""Verbs that give work with one of these words behind them."""

_JOINED: Final = """
    bezorgen mailen sturen versturen contacteren polsen regelen reserveren boeken bestellen verspreiden schrijven
    herschrijven herwerken verwerken finaliseren trekken agenderen verzamelen bundelen bevragen onderzoeken checken
    controleren bellen zoeken zorgen voorzien verwittigen communiceren publiceren vertalen ontwerpen printen
    organiseren plannen bekijken overleggen nagaan navragen opvragen aanvragen uitwerken opnemen meenemen voorleggen
    vastleggen opstellen doorsturen rondsturen opsturen doorgeven uitzoeken aanpassen aanvullen invullen
    terugkoppelen opvolgen uitnodigen nakijken nalezen bijhouden indienen aanleveren afwerken aanspreken samenroepen
    samenstellen voorbereiden afstemmen opmaken opstarten inplannen bespreken toelichten voorstellen aanschrijven
    aankaarten informeren overmaken afronden inventariseren aankopen ophalen maken doen terugkomen uittekenen delen
    bijwerken luisteren aanduiden toevoegen agenderen bezorgen uitschrijven herbekijken overleggen meebrengen
    rondmailen doormailen inschrijven aanmelden opzoeken verduidelijken trekken oplijsten bevragen
""".split()  # noqa: SIM905
_DONE: Final = """
    bezorgd gemaild verstuurd gestuurd gecontacteerd gepolst geregeld gereserveerd besteld verspreid geschreven
    herwerkt verwerkt geagendeerd verzameld gebundeld bevraagd onderzocht gecontroleerd gebeld gecommuniceerd
    gepubliceerd vertaald nagegaan nagevraagd opgevraagd aangevraagd uitgewerkt meegenomen opgenomen voorgelegd
    opgesteld doorgestuurd rondgestuurd opgestuurd doorgegeven uitgezocht aangepast aangevuld teruggekoppeld
    opgevolgd uitgenodigd nagekeken ingediend aangeleverd afgewerkt aangesproken samengeroepen samengesteld
    voorbereid opgemaakt ingepland aangeschreven overgemaakt gevoegd toegevoegd aangekaart rondgemaild doorgemaild
    bijgewerkt opgelijst gepost gedeeld herbekeken getrokken
""".split()  # noqa: SIM905

_BEHIND = (
    r"(?=\s*(?:[.,;:!?()–-]|$|(?:en|of|om|tegen|voor|vóór|bij|naar|met|via|ten|uiterlijk|aan|zodat|door|"
    r"op|in|tijdens|volgens|"
    r"rond|over|vanaf|na|per|wat|hoe|binnen|uit|vooraleer|als|indien|samen|alvast|deze|volgende|dit|zo|"
    r"eens|nog|maandag|"
    r"dinsdag|woensdag|donderdag|vrijdag|morgen|tot|zelf|want|omdat|met|waar)\b))"
)
"""A particle ends its clause or goes before a preposition; "in juli" is none."""

_PLAIN: Final = frozenset(_SIMPLE)


def _by_form() -> dict[str, tuple[re.Pattern[str], ...]]:
    """By form of a verb, what must come behind it."""
    behind: dict[str, list[re.Pattern[str]]] = {}
    for forms, particles in _PARTED.items():
        for form in forms.split("|"):
            behind.setdefault(form, []).append(re.compile(rf"[^.;!?]{{0,200}}?\b(?:{particles})\b{_BEHIND}"))
    for forms, rest in _WITH.items():
        for form in forms.split("|"):
            behind.setdefault(form, []).append(re.compile(rf" (?:[^.;!?]{{0,60}} )?(?:{rest})\b"))
    return {form: tuple(patterns) for form, patterns in behind.items()}


_PARTED_FORMS: Final = _by_form()
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def working(text: str) -> Iterator[re.Match[str]]:
    """The verbs in the present that give their subject work."""
    for match in _WORD.finditer(text):
        word = match.group()
        if word in _PLAIN or any(one.match(text, match.end()) for one in _PARTED_FORMS.get(word, ())):
            yield match


@lru_cache(maxsize=256)
def words(text: str) -> frozenset[str]:
    """All words of a text, as they stand."""
    return frozenset(_WORD.findall(text))


WILL: Final = re.compile(
    rf"\b(?:zal|zullen|gaat|gaan|zorgt ervoor|moet|moeten|mag|kan|wil|neemt het op zich|nemen het op zich|"
    rf"engageert zich|engageren zich|biedt aan|belooft|"
    rf"beloven)\b(?=[^.;!?]{{0,200}}\b(?:{'|'.join(set(_JOINED))})\b)"
)
"""A verb that promises one that gives work."""

MAY_PROMISE: Final = frozenset(
    [
        "zal",
        "zullen",
        "gaat",
        "gaan",
        "zorgt",
        "moet",
        "moeten",
        "neemt",
        "nemen",
        "engageert",
        "engageren",
        "biedt",
        "belooft",
        "beloven",
    ]
)
MAY_BE_DONE: Final = frozenset(["wordt", "worden", "zal", "zullen"])
INFINITIVE: Final = re.compile(rf"\b(?:\w*(?:{'|'.join(set(_JOINED))}))\b")
"""A bare verb that is work: "offerte opvragen"."""

PASSIVE: Final = re.compile(rf"\b(?:wordt|worden|zal|zullen)\b(?=[^.;!?]{{0,200}}?\b(?P<done>{'|'.join(_DONE)})\b)")
"""Work that will be done, by somebody said or not."""

TALKS: Final = re.compile(
    r"\b(?:(?:maakt|maken) (?:zich|de (?:bedenking|opmerking|vergelijking)|deel uit|melding|kennis|"
    r"duidelijk|bezwaar|er)|zorgt voor (?:onrust|verwarring|problemen|vragen|discussie|heel|veel|een|"
    r"extra)|neemt het woord|neemt (?:\w+ )*?waar|"
    r"neemt (?:afscheid|deel)|stelt (?:vast|voor|de vraag|zich de vraag|dat)|geeft (?:aan|toelichting|"
    r"uitleg|mee dat|een (?:toelichting|overzicht|stand|korte)|door dat)|vult aan(?: dat|:|,)|vraagt "
    r"(?:zich|of|waarom|hoe|wat|wie|aandacht|of er|om (?!een))|vraagt (?:\w+ ){1,3}of|geeft te kennen|"
    r"deelt mee|nodigt (?:iedereen|jullie|alle|ons|de (?:leden|aanwezigen))|brengt verslag|koppelt terug "
    r"(?:vanuit|over|uit|van)|neemt (?:\w+ )?aan dat|sluit (?:af|aan)|opent|trekt zich|zoekt nog|zorgen "
    r"dat|volgt (?:\w+ )*?op als|plant zich|haalt aan|"
    r"schrijft in de|werkt (?:al|momenteel|sinds|goed|niet|bij (?:het|de|vzw))|zet uiteen|legt uit|"
    r"bekijkt het (?:positief|anders)|test positief|doet (?:zijn|haar) (?:verhaal|uitleg|relaas)|voorziet "
    r"(?:dat|problemen|geen)|maakt dat|herinnert (?:er)?aan|brengt (?:een|haar|zijn|het|de) (?:[\w-]+ "
    r")?(?:situatie|casus|vraag|"
    r"verhaal|getuigenis|bezorgdheid) (?:in|aan))\b",
    re.IGNORECASE,
)
"""What looks like work and is only talk."""

SURE: Final = re.compile(
    r"(?:bezorg|mail|e-mail|stuur|stur|verstu|contacte|pols|reserve|bestel|verspreid|herwerk|verwerk|"
    r"agend|bevra|check|verwittig|verzamel|bundel|"
    r"nem|neem|vra|ga|leg|stel|zet|werk|geef|gev|vul|pas|koppel|volg|nodig|kijk|lees|lez|dien|lever|"
    r"bekijk|bereid|actualise|finalise|zoek|"
    r"denk|breng|inform|herschrij|schrij|belt|belle|plan|spreek|sprek|roep|sta)"
)
"""Verbs that are work of a group or a role too."""
