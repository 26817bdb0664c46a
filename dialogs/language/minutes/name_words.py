"""The words by which names of people and of organisations are told apart."""

from typing import Final

# fmt: off
PARTICLES: Final = frozenset({
    "'t", "abou", "abu", "ait", "al", "aït", "ben", "bin", "bint", "d'", "da", "de", "del", "della", "den",
    "der", "des", "di", "do", "dos", "du", "d’", "e", "el", "ibn", "in", "la", "le", "les", "mac", "mc", "op",
    "oulad", "ould", "saint", "san", "st", "st.", "te", "ten", "ter", "van", "vande", "vanden", "vander", "ver",
    "von", "y", "zu", "’t",
})
"""What stands inside surnames."""

ARTICLES: Final = frozenset({
    "'s", "'t", "de", "den", "een", "het", "l'", "la", "le", "les", "onze", "’s", "’t",
})
"""What begins the name of a house or project."""

TITLES: Final = frozenset({
    "broeder", "dhr", "dokter", "dr", "drs", "heer", "ing", "ir", "juf", "juffrouw", "meester", "meneer",
    "mevr", "mevrouw", "mr", "mvr", "mw", "pater", "prof", "professor", "zuster",
})
"""What stands before a name and is no part of it."""

ORGANISATION: Final = frozenset({
    "1g1p", "academie", "afdeling", "agentschap", "arktos", "asbl", "atheneum", "az", "basisschool", "bestuur",
    "bijzonder", "bkso", "brede", "bs", "bubao", "buso", "bv", "campus", "cano", "caw", "cbj", "cdo", "centrum",
    "cgg", "cggz", "chiro", "ckg", "clb", "clb's", "college", "cv", "cvo", "dagcentrum", "departement",
    "dienst", "dvo", "eerstelijnszone", "elz", "federatie", "freinetschool", "gbs", "gemeente", "gezinsbond",
    "ggz", "ggz-netwerk", "go", "go!", "groep", "hogeschool", "huis", "huis-van-het-kind", "huisartsen",
    "huize", "instituut", "internaat", "jac", "jeugddienst", "jeugdhuis", "jeugdhulp", "jeugdrechtbank",
    "jeugdzorg", "jo-in", "kernteam", "kinderdorp", "kinderopvang", "kjpp", "kliniek", "koepel", "kov", "ksa",
    "kta", "kti", "leefgroep", "leerlingenbegeleiding", "leerlingenraad", "leersteuncentrum", "lerend",
    "lerende", "lokaal", "lokale", "lop", "lsc", "lyceum", "methodeschool", "mfc", "middenschool", "netwerk",
    "nv", "obc", "ocmw", "okan", "ondersteuningsnetwerk", "onderwijs", "ooc", "oooc", "opgroeien", "osd",
    "ouderraad", "ouders", "overkop", "ovsg", "parket", "platform", "pleegzorg", "politie", "pov", "project",
    "provincie", "psychiatrie", "regio", "rtj", "sbs", "scholengemeenschap", "scholengroep", "school",
    "schoolbestuur", "secundair", "ser", "sint", "sint-", "sociaal", "sociale", "sos", "st", "stad",
    "steunpunt", "stichting", "stuurgroep", "syntra", "tck", "team", "technisch", "tejo", "therapeutisch",
    "unie", "universiteit", "uz", "vaph", "vbs", "vclb", "vdab", "vereniging", "vk", "vlaams", "vlaamse",
    "vlaanderen", "vrij", "vrije", "vti", "vuurtoren", "vzw", "welzijn", "werkgroep", "werking", "ziekenhuis",
})
"""Words of organisations' names."""

NOBODY: Final = frozenset({
    "aanwezig", "actie", "acties", "agenda", "alle", "allen", "april", "augustus", "besluit", "bespreking",
    "beste", "bijlage", "dag", "dat", "data", "datum", "december", "deze", "dinsdag", "dit", "donderdag", "er",
    "februari", "functie", "gast", "gasten", "geen", "goedkeuring", "groetjes", "hallo", "het", "hij",
    "iedereen", "iemand", "ik", "januari", "juli", "juni", "leden", "locatie", "maandag", "maart", "mei",
    "mogelijke", "mvg", "n.v.t", "naam", "niemand", "nieuwe", "nihil", "noot", "nota", "november", "nvt",
    "oktober", "onderwijsambassadeur", "onderwijsambassadeurs", "online", "opening", "opmerking", "opvolging",
    "organisatie", "overzicht", "pagina", "plaats", "ps", "punt", "rondje", "september", "situering", "stand",
    "teams", "terugblik", "uur", "varia", "verontschuldigd", "verslag", "vertegenwoordiger",
    "vertegenwoordigers", "verwelkoming", "volgende", "voorzitter", "vorig", "vorige", "vrijdag", "wanneer",
    "wat", "we", "welkom", "wie", "wij", "woensdag", "zaterdag", "ze", "zie", "zij", "zondag",
})
"""What stands where a name may stand and is nobody."""

ORGANISED: Final = (
    "school", "college", "centrum", "dienst", "huis", "netwerk", "atheneum", "instituut", "groep", "zorg",
    "werking", "team", "bestuur", "hulp", "raad", "koepel", "campus", "project", "platform", "punt",
    "steunpunt", "begeleiding", "scholen", "ondersteuning", "verblijf", "opvang", "rechtbank",
)
"""How composed words of organisations' names end."""

ORGANISING: Final = (
    "politie", "scholen", "school", "jeugd", "onderwijs", "pleeg", "gezins", "kinder", "leer", "zorg", "buurt",
    "welzijns",
)
"""How they begin."""

ROLES: Final = (
    "voorzitter", "voorzitster", "ondervoorzitter", "verslag", "verslaggever", "verslaggeefster", "notulist",
    "notuliste", "notulen", "secretaris", "secretaresse", "coördinator", "coordinator", "coördinatrice",
    "directeur", "directrice", "directie", "begeleider", "begeleidster", "medewerker", "medewerkster",
    "consulent", "consulente", "verantwoordelijke", "leider", "leidster", "ambassadeur", "ambassadrice",
    "ondersteuner", "psycholoog", "psychologe", "leerkracht", "leraar", "lerares", "opvoeder", "opvoedster",
    "beleidsmedewerker", "adviseur", "stafmedewerker", "schepen", "moderator", "gastheer", "gastvrouw", "gast",
    "stagiair", "stagiaire", "trekker", "penningmeester", "lid", "ouder", "leerling", "student", "studente",
    "therapeut", "therapeute", "pedagoog", "pedagoge", "orthopedagoog", "orthopedagoge", "werker", "werkster",
    "assistent", "assistente", "diensthoofd", "teamhoofd", "hoofd", "manager", "facilitator", "expert",
    "spreker", "spreekster", "trainer", "coach", "brugfiguur", "vertrouwenspersoon", "zorgcoördinator",
    "zorgleerkracht", "ervaringsdeskundige", "vrijwilliger", "vrijwilligster", "deskundige", "criminoloog",
    "kinesist", "logopedist", "logopediste", "arts", "verpleegkundige", "verpleger", "inspecteur",
    "burgemeester", "ambtenaar", "bestuurder", "afgevaardigde", "vertegenwoordiger", "procesbegeleider",
    "gespreksleider", "pen", "tijdsbewaker", "verslagnemer", "bemiddelaar", "preventiewerker",
    "straathoekwerker", "jeugdwerker", "opbouwwerker", "titularis", "mentor", "graadcoördinator", "adjunct",
    "beleidsondersteuner", "ombudsman", "ombudspersoon", "contactpersoon", "kernteamlid", "waarnemer",
    "toehoorder", "jurist", "griffier", "substituut", "jeugdrechter", "zoco", "zorgco", "lkr", "secr", "dir",
    "psychiater", "juf", "moeder", "vader",
)
"""What somebody does; also as the end of a longer word."""
# fmt: on
