"""What a sentence says of a meeting beside its day and hour: people, place, theme, seats, price, who may see it."""

import re

from dialogs.language.planning_text import AFTER, BEFORE, BLANK, People, Text, known_place, mentioned_place, trimmed
from storage.domain.network import Names

_ROLES = {
    "organiser": r"(?:organisator|organisatrice|organisatoren|trekker|organisatie)",
    "note_taker": r"(?:verslaggever|verslaggeefster|verslagnemer|notulist|verslag|notulen)",
}
_DOES = {
    "organiser": rf"(?:georganiseerd door {AFTER}|{BEFORE} organiseert\b|{BEFORE.replace('before', 'also')} trekt\b)",
    "note_taker": rf"{BEFORE} (?:(?:maakt|schrijft|neemt|doet) (?:het |een )?(?:verslag|notulen)|notuleert)\b",
}
_OF = r"(?: (?:van|voor) [^,;]{0,60}?)?"
_BECOMES = r"(?: (?:wordt|worden|is|zijn)\b| ?[:=]| )+"


def people(text: Text, known: People) -> dict[str, str]:
    """Who organises and who takes notes: full names, or as typed where the network has no such person, or several."""
    found: dict[str, str] = {}
    for field, role in _ROLES.items():
        for pattern in (
            rf"(?:\b(?:met|en|maak|zet|neem) )?\b{BEFORE} (?:is(?: voortaan| nu)?|wordt|als)? ?(?:de |het )?{role}\b",
            _DOES[field],
            rf"\b(?:de |het )?{role}{_OF}(?: (?:wordt|worden|is)\b| ?[:=])+ ?(?:de |nu |voortaan )?{AFTER}",
            rf"\b(?:de |het )?{role} {AFTER}",
        ):
            if (name := _role(text, pattern, known)) is not None:
                found[field] = name
                break
    return found


def _role(text: Text, pattern: str, known: People) -> str | None:
    match = re.search(pattern, text.folded)
    if match is None:
        return None
    group = next(name for name, said in match.groupdict().items() if said)
    name = known.named(text.raw[slice(*match.span(group))], last=group != "after")
    if name is None:
        return None
    text.blank(*match.span())
    return name


def seats(text: Text) -> dict[str, str]:
    """How many seats; empty for as many as want."""
    if text.take(r"\b(?:geen maximum|zonder maximum|onbeperkt(?: aantal)?(?: plaatsen)?)\b"):
        return {"capacity": ""}
    counted = r"(?:plaatsen|plekken|mensen|personen|deelnemers|man|zitjes|stoelen|zitplaatsen)"
    said = text.take(rf"\b(?:(?:voor|met|maximaal|maximum|max\.?|telkens) )*(\d{{1,6}}) {counted}\b", 1) or text.take(
        r"\b(?:max(?:imaal|imum|\.)?|capaciteit)(?:[ :]|is|wordt|op|aantal|van){0,6}(\d{1,6})\b", 1
    )
    return {"capacity": said} if said else {}


def fee(text: Text) -> dict[str, str]:
    """What it costs."""
    lead = (
        r"(?:\b(?:de )?(?:deelname|inkom|toegang|prijs|kostprijs|bijdrage|kost)(?: ?(?:is|wordt|kost|bedraagt|:))* )?"
    )
    if text.take(rf"{lead}\b(?:gratis|kosteloos)\b"):
        return {"fee": "0"}
    said = text.take(rf"{lead}(\d{{1,6}}(?:[.,]\d{{1,2}})?) ?(?:euro\b|eur\b|€)", 1)
    said = said or text.take(rf"{lead}€ ?(\d{{1,6}}(?:[.,]\d{{1,2}})?)", 1)
    return {"fee": said} if said else {}


def audience(text: Text) -> dict[str, str]:
    """Who may see agenda and report."""
    if text.take(r"\b(?:(?:enkel|alleen|uitsluitend) voor (?:de )?deelnemers|besloten)\b"):
        return {"audience": "participants"}
    everybody = r"voor (?:iedereen|(?:heel )?het (?:hele )?netwerk)"
    if text.take(rf"\b(?:zichtbaar {everybody}|{everybody} (?:zichtbaar|open)|openbaar|niet besloten)\b"):
        return {"audience": "network"}
    return {}


def link(text: Text) -> dict[str, str]:
    """The address of an online meeting."""
    said = text.take(
        r"(?:\b(?:online )?(?:gaat )?(?:door )?(?:via|op|met|link is|link) )?(https?://[^\s,;|]{3,1990})", 1
    )
    return {"online_url": said.rstrip(").\"”'")} if said else {}


def guests(text: Text) -> dict[str, str]:
    """The invited experts, each with their organisation between brackets."""
    said = text.take(
        r"\b(?:met )?(?:als )?(?:de )?(?:gast(?:en)?|gastsprekers?|sprekers?|experts?|deskundigen?)"
        rf"{_BECOMES}([^|;\n]{{2,300}})",
        1,
    )
    if not said:
        return {}
    named = re.sub(
        r"\b((?!van\b)[A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+)+) van ((?:de |het )?[A-ZÀ-Ý][^,()]*)", r"\1 (\2)", said
    )
    return {"guests": ", ".join(trimmed(one) for one in re.split(r",| en (?=[A-ZÀ-Ý])", named) if trimmed(one))}


def place(text: Text, names: Names) -> dict[str, str]:
    """Where: place, address and room."""
    found: dict[str, str] = {}
    room = text.take(
        r"\(?\b(?:in )?(?:de |het )?((?:zaal|lokaal|vergaderzaal|leslokaal|auditorium|refter) [\w-]{1,60})\)?", 1
    )
    if room:
        found["room"] = trimmed(room)
    if address := text.take_raw(_ADDRESS):
        found["address"] = trimmed(address)
    if mentioned := mentioned_place(text.folded, names):
        first, last, name, known_address = mentioned
        text.blank(first, last)
        return {"place": name, **({"address": known_address} if known_address else {}), **found}
    said = text.take_raw(rf"\b(?:in|te|bij|naar) ({_PLACE})", 1)
    if said and not re.match(_ORDINARY, said):
        found["place"] = trimmed(said)
    return found


_STREET = r"(?:straat|laan|weg|plein|lei|steenweg|dreef|markt|kaai|dijk|baan|pad|dok|hof|kouter|berg|park|dorp|plaats)"
_ADDRESS = (
    rf"(?:[A-ZÀ-Ý][\w'’.-]* (?:[\w'’.-]+ ){{0,4}})?[\w'’.-]*{_STREET} \d{{1,4}}[a-zA-Z]?"
    r"(?:,? \d{4} [A-ZÀ-Ý][\w'’-]+)?"
    r"|[A-ZÀ-Ý][\w'’.-]* (?:[\w'’.-]+ ){0,4}\d{1,4}[a-zA-Z]?,? \d{4} [A-ZÀ-Ý][\w'’-]+"
)
_PLACE = (
    r"(?:[Dd]e |[Hh]et |’t |'t )?[A-ZÀ-Ý][^,;|(\n]{1,150}?"
    r"(?=\s+(?:thema|over|voor|met|om|op|organis|verslag|zaal|lokaal|rond|via|duurt|en [A-Z]\w+ als)\b"
    r"|\s*[,;|(\n]|[.?!]?\s*$)"
)
_ORDINARY = r"(?:Teams|Zoom|Webex)\b"


def theme(text: Text) -> dict[str, str]:
    """What it is about."""
    said = text.take(
        r"\b(?:met )?(?:als )?(?:het |de )?(?:thema's|themas|thema|onderwerp(?:en)?)"
        r"(?: is| zijn| wordt| worden| ?:)? ([^|,;\n]{2,200})",
        1,
    )
    if said:
        return {"themes": listed(said)}
    said = text.take(rf"\b(?:over|rond) (?!een\b|twee\b|drie\b|vier\b|\d)([^{re.escape(BLANK)},;\n]{{2,200}})", 1)
    return {"themes": trimmed(said)} if said and trimmed(said) else {}


def listed(said: str) -> str:
    """Several things as one list: "rust en klas" gives "rust, klas"."""
    return ", ".join(one for part in re.split(r",| en ", said) if (one := trimmed(part)))


LABELS = {
    "title": r"(?:titel|naam)",
    "description": r"(?:omschrijving|beschrijving|uitleg)",
    "practical": r"(?:praktische (?:info(?:rmatie)?|afspraken)|praktisch)",
    "for_whom": r"(?:voor wie|doelgroep|doelpubliek)",
    "room": r"(?:zaal|lokaal|ruimte|vergaderzaal)",
    "place": r"(?:plaats|locatie|plek)",
    "address": r"adres",
    "themes": r"(?:thema's|themas|thema|onderwerp(?:en)?)",
}
_ALL = "|".join(LABELS.values())
_UNTIL_NEXT = rf"(?= (?:en|,) (?:de|het|een) (?:{_ALL})\b|$)"
_ASSIGNED = r"(?:\s*[:=]\s*| (?:wordt|worden|is|zijn|in|naar|als)(?: nu| voortaan)?\s*:?\s+)"


def labelled_in_list(text: Text) -> dict[str, str]:
    """What stands behind its label in a list with commas: "titel: Rust, praktisch: soep"."""
    found: dict[str, str] = {}
    for field in ("title", "description", "practical", "for_whom"):
        after = r"\s*[:=]\s*" if field != "title" else r"(?: is| wordt)?\s*[:=]?\s+"
        said = text.take(rf"(?:\bmet )?(?:\bals )?\b{LABELS[field]}{after}([^|,;\n]{{2,400}})", 1)
        if said and trimmed(said):
            found[field] = trimmed(said)
    return found


def assigned(text: Text, names: Names) -> dict[str, str]:
    """What becomes of a field that is named: "de zaal van de intervisie wordt Zolder"."""
    found: dict[str, str] = {}
    for field, label in LABELS.items():
        said = text.take(rf"(?:\b(?:de|het|een) )?\b{label}{_OF}{_ASSIGNED}(.{{1,3900}}?){_UNTIL_NEXT}", 1)
        value = trimmed(said) if said else ""
        if value:
            found[field] = listed(value) if field == "themes" else value
    if "title" not in found:
        said = text.take(r"\b(?:hernoem|noem|herdoop) .{0,100}? (?:naar|tot|als|voortaan) (.{1,300})$", 1)
        found |= {"title": trimmed(said)} if said and trimmed(said) else {}
    if (whole := re.search(rf", ?(?P<address>{_ADDRESS})$", found.get("place", ""))) is not None:
        found |= {"place": trimmed(found["place"][: whole.start()]), "address": whole["address"]}
    if (known := known_place(found.get("place", ""), names)) is not None:
        found = {"address": known[1], **found, "place": known[0]} if known[1] else {**found, "place": known[0]}
    return found


_CLEARED = {
    "online_url": r"(?:online )?link",
    "register_until": r"(?:inschrijvingsdatum|(?:uiterste datum|deadline) (?:om in te |voor (?:de |het )?in)schrij\w+)",
    "agenda_until": r"(?:uiterste datum|deadline) voor (?:de )?(?:agendapunten|agenda)",
    "note_taker": r"verslaggever",
    "organiser": r"organisator",
    "capacity": r"(?:maximum|capaciteit|limiet)",
    "fee": r"(?:prijs|kostprijs)",
    "guests": r"(?:gast(?:en)?|gastsprekers?|sprekers?)",
    **{name: LABELS[name] for name in LABELS if name not in {"title", "address"}},
}


def cleared(text: Text) -> dict[str, str]:
    """The fields that are to be empty: "verwijder de online link"."""
    for field, label in _CLEARED.items():
        if text.take(rf"\b(?:verwijder|schrap|wis|haal) (?:de |het )?{label}\b"):
            return {field: "", "address": "", "room": ""} if field == "place" else {field: ""}
    return {}
