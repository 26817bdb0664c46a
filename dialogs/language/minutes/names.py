"""What is a person's name: Flemish particles, surnames first, initials; and what is an organisation's."""

import re
from functools import lru_cache
from typing import Final

from storage.domain.identifying.lists import cue, folded, listed, ordinary

LONGEST_NAME: Final = 6
"""Words."""

_WORD = re.compile(r"[^\s,;:/()\[\]<>|+&]+")
# fmt: off
_PARTICLES = frozenset({
    "van", "de", "den", "der", "ter", "ten", "te", "vande", "vanden", "vander", "ver", "el", "al", "ait", "aït", "ben",
    "bin", "bint", "ibn", "abu", "abou", "le", "la", "les", "du", "des", "di", "da", "do", "dos", "del", "della", "von",
    "zu", "'t", "’t", "op", "d'", "d’", "in", "mac", "mc", "san", "st.", "st", "saint", "ould", "oulad", "y", "e",
})
_ARTICLES = frozenset({"de", "het", "'t", "’t", "den", "'s", "’s", "een", "la", "le", "les", "l'", "onze"})
_TITLES = frozenset({
    "dr", "drs", "prof", "professor", "ir", "ing", "mr", "mevr", "mevrouw", "mw", "dhr", "heer", "meneer", "juf",
    "meester", "zuster", "pater", "broeder", "juffrouw", "de heer", "dokter", "mvr",
})
_ORGANISATION = frozenset({
    "vzw", "clb", "clb's", "mfc", "oooc", "ooc", "ocmw", "caw", "ckg", "cggz", "go", "go!", "kov", "ovsg", "pov", "lop", "vaph", "buso",
    "bubao", "bkso", "okan", "cvo", "vdab", "jac", "obc", "kjpp", "ggz", "cgg", "rtj", "1g1p", "jo-in", "vk", "osd",
    "stad", "gemeente", "provincie", "agentschap", "opgroeien", "netwerk", "centrum", "dienst", "school", "college",
    "atheneum", "instituut", "lyceum", "internaat", "academie", "campus", "scholengroep", "scholengemeenschap",
    "basisschool", "steunpunt", "koepel", "parket", "politie", "jeugdrechtbank", "hogeschool", "universiteit",
    "vrije", "vrij", "huis", "huis-van-het-kind", "jeugdhulp", "jeugdhuis", "jeugddienst", "jeugdzorg", "leefgroep",
    "team", "kernteam", "werkgroep", "stuurgroep", "regio", "lerend", "lerende", "afdeling", "dagcentrum", "tck",
    "onderwijs", "welzijn", "lokaal", "bestuur", "lokale", "groep", "federatie", "vereniging", "stichting", "sociale",
    "sociaal", "schoolbestuur", "ondersteuningsnetwerk", "leersteuncentrum", "lsc", "leerlingenbegeleiding", "tejo",
    "cdo", "syntra", "vclb", "kta", "kti", "vti", "sint", "st", "sint-", "brede", "overkop", "cano", "cbj", "ser", "dvo",
    "project", "werking", "unie", "vlaamse", "vlaams", "vlaanderen", "departement", "ouderraad", "ouders", "leerlingenraad",
    "secundair", "bijzonder", "methodeschool", "freinetschool", "middenschool", "technisch", "kliniek", "ziekenhuis",
    "psychiatrie", "uz", "az", "therapeutisch", "pleegzorg", "sos", "kinderdorp", "elz", "eerstelijnszone", "huisartsen",
    "gezinsbond", "huize", "platform", "kinderopvang", "ggz-netwerk", "vuurtoren", "arktos", "sbs", "gbs", "vbs", "bs", "ksa", "chiro", "cv", "bv", "nv", "asbl",
})
_NOBODY = frozenset({
    "allen", "alle", "iedereen", "niemand", "geen", "nihil", "zie", "leden", "nvt", "n.v.t", "volgende", "data", "datum",
    "plaats", "locatie", "agenda", "verslag", "aanwezig", "verontschuldigd", "voorzitter", "online", "teams", "punt", "uur",
    "bespreking", "besluit", "situering", "acties", "actie", "naam", "wie", "wat", "wanneer", "organisatie", "functie",
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "januari", "februari", "maart",
    "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december", "varia", "rondje",
    "welkom", "verwelkoming", "opening", "goedkeuring", "opvolging", "terugblik", "stand", "overzicht", "iemand",
    "ik", "we", "wij", "er", "dit", "dat", "deze", "hij", "zij", "ze", "het", "mogelijke", "nieuwe", "vorig", "vorige",
    "beste", "dag", "hallo", "groetjes", "mvg", "vertegenwoordiger", "vertegenwoordigers", "gasten", "gast", "onderwijsambassadeur", "onderwijsambassadeurs", "pagina", "bijlage", "noot", "opmerking", "nota", "ps",
})
_ORGANISED = (
    "school", "college", "centrum", "dienst", "huis", "netwerk", "atheneum", "instituut", "groep", "zorg", "werking",
    "team", "bestuur", "hulp", "raad", "koepel", "campus", "project", "platform", "punt", "steunpunt", "begeleiding",
    "scholen", "ondersteuning", "verblijf", "opvang", "rechtbank",
)
_ORGANISING = ("politie", "scholen", "school", "jeugd", "onderwijs", "pleeg", "gezins", "kinder", "leer", "zorg", "buurt", "welzijns")
ROLES = (
    "voorzitter", "voorzitster", "ondervoorzitter", "verslag", "verslaggever", "verslaggeefster", "notulist", "notuliste",
    "notulen", "secretaris", "secretaresse", "coördinator", "coordinator", "coördinatrice", "directeur", "directrice",
    "directie", "begeleider", "begeleidster", "medewerker", "medewerkster", "consulent", "consulente",
    "verantwoordelijke", "leider", "leidster", "ambassadeur", "ambassadrice", "ondersteuner", "psycholoog",
    "psychologe", "leerkracht", "leraar", "lerares", "opvoeder", "opvoedster", "beleidsmedewerker", "adviseur",
    "stafmedewerker", "schepen", "moderator", "gastheer", "gastvrouw", "gast", "stagiair", "stagiaire", "trekker",
    "penningmeester", "lid", "ouder", "leerling", "student", "studente", "therapeut", "therapeute", "pedagoog",
    "pedagoge", "orthopedagoog", "orthopedagoge", "maatschappelijk werker", "maatschappelijk assistent", "werker",
    "werkster", "assistent", "assistente", "diensthoofd", "teamhoofd", "hoofd", "manager", "facilitator", "expert",
    "spreker", "spreekster", "trainer", "coach", "brugfiguur", "vertrouwenspersoon", "zorgcoördinator",
    "zorgleerkracht", "ervaringsdeskundige", "vrijwilliger", "vrijwilligster", "deskundige", "criminoloog",
    "kinesist", "logopedist", "logopediste", "arts", "verpleegkundige", "verpleger", "inspecteur", "burgemeester",
    "ambtenaar", "bestuurder", "afgevaardigde", "vertegenwoordiger", "procesbegeleider", "gespreksleider", "pen",
    "tijdsbewaker", "verslagnemer", "bemiddelaar", "preventiewerker", "straathoekwerker", "jeugdwerker", "opbouwwerker",
    "titularis", "mentor", "graadcoördinator", "adjunct", "beleidsondersteuner", "ombudsman", "ombudspersoon",
    "contactpersoon", "kernteamlid", "waarnemer", "toehoorder", "jurist", "griffier", "substituut", "jeugdrechter",
)
# fmt: on
_SURNAME_END = re.compile(
    r"\w{2}(?:aerts?|aert|ckx|inck|mans|oets|eels|aeghe|eghem|ouck|oucke|ssens|ghe|aele|eyns|eys|"
    r"uyse|uys|oorde|yck|ynck|eire|eyer|"
    r"ski|ska|wicz|wski|wska|czyk|czak|oglu|enko|escu|ovic|evic|icj|iqi|ishi|aoui|ouch|ouri|zadeh|"
    r"yan|ian)$|^vande[nr]?\w{3}|^ver[a-z]{5}"
)
_SHORTEST_ENDING: Final = 7
_ROLE_END = re.compile(r".*(?:" + "|".join(one for one in ROLES if len(one) >= _SHORTEST_ENDING) + r")(?:s|en)?")
_SHORT_ROLE_END = re.compile(r".*(?:" + "|".join(one for one in ROLES if len(one) < _SHORTEST_ENDING) + r")(?:s|en)?")


@lru_cache(maxsize=4096)
def is_first_name(word: str) -> bool:
    """Whether the word is a first name, sure or sometimes; of "Jean-Pierre" every part."""
    parts = folded(word.strip(".'’")).split("-")
    return all(one in listed("first_names") or one in listed("first_names_in_context") for one in parts)


@lru_cache(maxsize=4096)
def is_surname(word: str) -> bool:
    """Whether the word is known as (the last word of) a surname."""
    low = folded(word).replace("’", "'")
    if low in listed("surnames") or low in listed("surnames_in_context") or low.startswith("d'"):
        return True
    return bool(_SURNAME_END.search(low)) and not ordinary(low) and low not in listed("places")


@lru_cache(maxsize=4096)
def is_role(text: str) -> bool:
    """Whether a word or short text names what somebody does rather than where: "voorzitter", "zorgcoördinator"."""
    return any(_is_role_word(word) for word in re.split(r"[\s/+&-]+", text.strip(" .:*")))


def _is_role_word(word: str) -> bool:
    """Short ones end many surnames: they count in small letters, or alone."""
    low = word.lower()
    return (
        low in ROLES or bool(_ROLE_END.fullmatch(low)) or (word[:1].islower() and bool(_SHORT_ROLE_END.fullmatch(low)))
    )


@lru_cache(maxsize=4096)
def is_organised(word: str) -> bool:
    """Whether a word stands in organisations' names, not in people's."""
    low = folded(word.strip(".,'’\"“”‘")).lower()
    if _is_role_word(word) and not is_surname(word):
        return False
    if low in _ORGANISATION or low.split("-")[0] in {"sint", "clb", "go!"}:
        return True
    if any(one.isdigit() for one in low) or "!" in low or "@" in low:
        return True
    composed = low.endswith(_ORGANISED) or (low.startswith(_ORGANISING) and len(low) > 8)
    if composed and not is_surname(word) and not is_first_name(word):
        return True
    return len(low) > 1 and word.isupper() and len(word) <= 5 and not any(one in "aeiouy" for one in low)


def name_at(text: str, start: int = 0) -> tuple[int, int] | None:
    """Where the name of a person stands that begins at the first word from `start`, or None."""
    words = [(match.start(), match.end()) for match in _first_words(text, start)]
    while words and _bare(text[slice(*words[0])]) in _TITLES | {"de"} and len(words) > 1:
        if _bare(text[slice(*words[0])]) == "de" and _bare(text[slice(*words[1])]) not in _TITLES:
            break
        words = words[1:]
    for count in range(min(_length(text, words), LONGEST_NAME), 0, -1):
        spans = words[:count]
        if _is_name([text[slice(*span)].rstrip(".") for span in spans], [text[slice(*span)] for span in spans]):
            end = spans[-1][1]
            initial = len(text[slice(*spans[-1])].rstrip(".")) <= 2
            return spans[0][0], end if initial else end - (text[end - 1] == ".")
    return None


def is_name(text: str) -> bool:
    """Whether all of the text is the name of a person, as far as its shape tells."""
    found = name_at(text)
    return found is not None and not text[found[1] :].strip(" .,;")


def is_sure_name(text: str) -> bool:
    """Whether all of it is a name of which a first name or surname is known, or a particle tells; two words or more."""
    return is_name(text) and is_sure(text)


def is_sure(name: str) -> bool:
    """Of what has the shape of a name: whether it is one, not the name of a house or a project."""
    found = name_at(name)
    words = name[slice(*found)].split() if found else []
    if len(words) < 2:
        return False
    if _bare(words[0]) in _ARTICLES and not is_first_name(words[-1]):
        return False
    if is_first_name(words[0]):
        return not ordinary(folded(words[0])) or not ordinary(folded(words[-1])) or is_surname(words[-1])
    if is_first_name(words[-1]) and (is_surname(words[-2]) or words[-2].isupper()):
        return True
    return is_surname(words[-1]) or any(_bare(word) in _PARTICLES for word in words[1:-1])


def _first_words(text: str, start: int) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    at = start
    while len(found) < LONGEST_NAME + 2:
        match = _WORD.search(text, at)
        if match is None or (found and text[found[-1].end() : match.start()].strip(" ")):
            break
        found.append(match)
        at = match.end()
    return found


def _bare(word: str) -> str:
    return word.lower().strip(".,")


def _length(text: str, words: list[tuple[int, int]]) -> int:
    """How many words from the first on can belong to one name."""
    count = 0
    for at, (start, end) in enumerate(words):
        word = text[start:end]
        low = _bare(word)
        named = (
            word[:1].isupper()
            or low in _PARTICLES
            or (word[:2].lower() in {"d'", "d’", "'t", "’t"} and word[2:3] != "")
        )
        if not named or is_organised(word) or low in _NOBODY or (is_role(word) and not is_surname(word)):
            break
        if low in _PARTICLES and at and _house_follows(text, words, at):
            break
        count = at + 1
        if word.endswith(".") and len(word) > 3 and at:  # the end of a sentence
            break
    return count


def _house_follows(text: str, words: list[tuple[int, int]], at: int) -> bool:
    """Whether a name is whole before a particle: "Piet Claes van De Vuurtoren", not "Jan Willem van Dijk"."""
    last, particle, *rest = (text[slice(*span)] for span in words[at - 1 : at + 4])
    if _bare(last) in _PARTICLES:
        return False
    whole = at >= 2 and is_surname(last) and not is_first_name(last)
    if particle[0].isupper():
        return whole and _bare(particle) in _ARTICLES
    if any(_bare(word) in _ARTICLES - {"de", "den"} or is_organised(word) for word in rest[:2]):
        return True
    if len(rest) > 1 and _bare(rest[0]) in _ARTICLES and rest[0][0].isupper() and not is_surname(rest[1]):
        return ordinary(folded(rest[1]))
    return at >= 2 and (whole or not is_first_name(last))


def _is_name(words: list[str], written: list[str]) -> bool:
    """Whether these words, in this order, have the shape of a name."""
    if (
        not words[-1]
        or _bare(words[-1]) in _PARTICLES - {"ben"}
        or (not words[-1][:1].isalpha() and words[-1][:1] not in "'’")
    ):
        return False
    if not words[-1][0].isupper() and not words[-1].startswith(("d'", "d’")):
        return False
    if len(words) == 1:
        return _alone(written[0])
    if _bare(words[0]) in _ARTICLES:  # "De Smet Jan"
        return words[0][0].isupper() and len(words) > 2 and is_first_name(words[-1]) and is_surname(words[-2])
    if _bare(words[0]) in _PARTICLES and not is_first_name(words[0]):  # "Van Dam An", not "Ter Elst"
        return len(words) > 2 and is_first_name(words[-1])
    if len(words[0]) <= 2 and written[0].endswith("."):
        return is_surname(words[-1]) or not ordinary(folded(words[-1]))
    low = folded(words[0])
    known = is_first_name(words[0]) or is_first_name(words[-1])
    last = folded(words[-1])
    unlike = (
        not _plain(low)
        or any(_bare(one) in _PARTICLES for one in words[1:-1])
        or is_surname(words[-1])
        or not (_plain(last) or last in listed("places"))
    )
    return words[0][0].isupper() and (known or unlike)


def _plain(low: str) -> bool:
    """Whether a folded word is an ordinary one; of "Jin-Hee" every part would have to be."""
    return all(ordinary(part) for part in low.split("-"))


def _alone(word: str) -> bool:
    low = folded(word.strip("."))
    if len(low) < 2 or not word[0].isupper():
        return False
    other = ordinary(low) or word.isupper() or low in listed("places") or low in cue("never")
    return is_first_name(word) or not other
