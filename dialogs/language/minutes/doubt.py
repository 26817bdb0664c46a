"""Whether a sentence only asks, wishes, supposes or looks back: then nothing is decided and nobody is given work."""

import re
from functools import lru_cache

_ASKS = re.compile(
    r"\?\s*[\"'”’»)]*\s*$|^(?:de )?vraag (?:of|hoe|wie|wat|waarom|is of|blijft of|van \w+ of)\b|"
    r"\b(?:vraagt|vragen|vroeg|vroegen)(?: \w+){0,3} (?:zich )?(?:af )?of\b|"
    r"\b(?:de )?vraag (?:wordt|werd|is|was|komt|stelt zich|kwam)\b|\bvraagt zich af\b|\b(?:onduidelijk|"
    r"niet duidelijk|niet zeker|afwachten|benieuwd) of\b",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"\b(?:zou|zouden|misschien|wellicht|hopelijk|hoopt|hopen|idealiter|mocht|mochten|wenst|wensen|"
    r"eventueel|wenselijk|liefst(?! (?:nog |al )?(?:deze|dit|tegen|voor|vóór|zo|vandaag|morgen|volgende?|"
    r"begin|eind|in|op)\b)|"
    r"overwogen|overweegt|overwegen|denkpiste|piste|in principe wel|droomt|dromen|had(?:den)? (?:graag|liever|gehoopt)|"
    r"wil(?:len)? (?:\w+ ){0,3}(?:graag|liever|wel|liefst)|suggereert|suggereren|oppert|opperen|geopperd|"
    r"gesuggereerd)\b|"
    r"\b(?:het )?(?:voorstel|idee|suggestie) (?:is|was|om|wordt geopperd|komt)\b(?!.*\b(?:aanvaard|"
    r"goedgekeurd|gevolgd|aangenomen|akkoord)\b)",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"(?:^|[,;:(–] ?|\b(?:en|maar|dat) )(?:als|indien|zodra|wanneer|of|tenzij|mocht|pas als|voor zover|in "
    r"het geval)\b[^,;:–]*$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\bvorige?n? (?:\w+ )?(?:jaar|keer|vergadering|overleg|schooljaar|bijeenkomst|intervisie|maand|week|"
    r"stuurgroep|jaren|legislatuur|editie|winter|zomer|herfst|"
    r"lente|samenkomst|zitting|kernteam|werkjaar|najaar|voorjaar|periode)\b|"
    r"\b(?:destijds|toen|indertijd|vroeger|eerder|voordien|geleden|in het verleden|ooit|eertijds|"
    r"toentertijd|indertijd|daarvoor|aanvankelijk|oorspronkelijk|eergisteren)\b|"
    r"\b(?:in|sinds|vanaf|begin|eind|uit|van) (?:de )?(?:zomer |herfst |winter |lente |het najaar |het "
    r"voorjaar )?(?:van )?(?:19|20)\d\d\b|"
    r"\btijdens (?:het|de|een|dit|deze|ons|onze) (?:laatste |vorige |voorgaande )?(?:[\w-]+ )?(?:overleg|"
    r"vergadering|bijeenkomst|intervisie|stuurgroep)\b|"
    r"\bop (?:het|de) (?:vorige|laatste|voorgaande) |\b(?:in|sinds) (?:januari|februari|maart|april|mei|"
    r"juni|juli|augustus|september|oktober|november|december)\b|"
    r"\bvorige?\b|\bal (?:in|sinds|eens|langer)\b|\bhad(?:den)?\b|\bcf\.? |\bzoals (?:afgesproken|beslist)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:nog (?:niet|geen|te)|moet(?:en)? (?:\w+ ){0,6}nog|moet(?:en)? (?:eerst|dan)|nog (?:\w+ "
    r"){0,3}(?:moet|moeten|dient)|pas (?:later|na|als)|later (?:pas )?(?:beslist|bekeken)|"
    r"kan(?: pas)? (?:\w+ ){0,5}worden|ter goedkeuring|zal (?:later|nog|dan|pas) |wordt (?:later|nog) |"
    r"geen (?:beslissing|akkoord|consensus|besluit|afspraken)|onbeslist|"
    r"niet (?:beslist|besloten|afgesproken|tot een (?:akkoord|besluit|beslissing)))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def asks(text: str) -> bool:
    """Whether it is, or retells, a question."""
    return bool(_ASKS.search(text))


@lru_cache(maxsize=4096)
def wishes(text: str) -> bool:
    """Whether it is a wish or an idea."""
    return bool(_WISHES.search(text))


def supposes(text: str, at: int) -> bool:
    """Whether what begins at character `at` hangs on an "als", "of" or "zodra" before it."""
    return bool(_SUPPOSES.search(text[max(at - 200, 0) : at]))


@lru_cache(maxsize=4096)
def looks_back(text: str) -> bool:
    """Whether it says that it tells of an earlier time."""
    return bool(_BACK.search(text))


@lru_cache(maxsize=4096)
def is_open(text: str) -> bool:
    """Whether it says that the matter is still open."""
    return bool(_NOT_YET.search(text))
