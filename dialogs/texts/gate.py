"""What is said about a text in which somebody can be recognised."""

from collections.abc import Sequence

from dialogs.texts.words import enumeration, paragraphs, quote
from storage.domain.identifying import Finding, Identifier

SEEN = "In je tekst staat iets waaraan iemand te herkennen is ({kinds}). Ik heb hem nog niet bewaard of doorgegeven:"
PROPOSAL = "Mijn voorstel:"
HOW = (
    "Typ *ja* als ik mijn voorstel mag bewaren, of pas de tekst aan op de kaart. "
    "Lees hem zelf ook na: ik herken niet alles."
)
HOW_KEPT = (
    "Typ *ja* als ik mijn voorstel mag bewaren. Op de kaart kan je je tekst nog aanpassen, of hem bewaren zoals hij is. "
    "Lees hem zelf ook na: ik herken niet alles."
)
NEVER = "Zoiets bewaar ik nooit, ook niet als je het zelf vraagt."
LABEL = "Je tekst"
BUTTON_KEEP_SO = "Toch zo bewaren"
BUTTON_KEEP = "Zo bewaren"
BUTTON_PASS_ON = "Zo doorgeven"
BUTTON_SHOW = "Zo voorbereiden"
BUTTON_DROP = "Laat maar"
SAID_KEEP_SO = (BUTTON_KEEP_SO, "Bewaar toch zo", "Bewaar het toch zo", "Toch zo", "Hou het zo", "Zoals het is")
REWORD_FIRST = "Pas je tekst eerst aan op de kaart. Staat er dan nog iets in, dan mag jij kiezen of ik hem zo bewaar."
DROPPED = "Goed, die tekst heb ik niet bewaard."
PRESS_THE_BUTTON = "Ik weet niet meer welke tekst dat was: ik bewaar hem nergens. Druk op de knop onder mijn voorstel."
STILL_IN_IT = "Let op: er staat nog altijd iets in waaraan iemand te herkennen is. Jij koos daarvoor."
DELETE_IT = "Verwijder je bericht hier best zelf: het hoort niet waar anderen meelezen, en ik kan het niet wissen."

KINDS = {
    Identifier.NAME: "een naam",
    Identifier.INITIALS: "initialen",
    Identifier.REGISTER_NUMBER: "een rijksregisternummer",
    Identifier.BIRTH_DATE: "een geboortedatum",
    Identifier.AGE: "een leeftijd",
    Identifier.ADDRESS: "een adres",
    Identifier.POSTCODE: "een postcode",
    Identifier.PHONE: "een telefoonnummer",
    Identifier.MAIL: "een e-mailadres",
    Identifier.IBAN: "een rekeningnummer",
    Identifier.SCHOOL: "een school of organisatie",
}

_OPEN, _CLOSE = "\ue000", "\ue001"


def caught(text: str, found: Sequence[Finding], proposal: str, may_keep: bool, offered: bool) -> str:
    """The text with what was found in bold, the proposal, and how to go on; `offered`: to keep it as it is too."""
    kinds = enumeration(list(dict.fromkeys(KINDS[one.what] for one in found)))
    parts = [SEEN.format(kinds=kinds), quote(marked(text, found))]
    if not may_keep:
        parts.append(NEVER)
    return "\n\n".join([*parts, PROPOSAL, quote(paragraphs(proposal)), HOW_KEPT if offered else HOW])


def marked(text: str, found: Sequence[Finding]) -> str:
    """A text as it is, with what was found in it in bold."""
    clean = text.replace(_OPEN, " ").replace(_CLOSE, " ")
    for one in sorted(found, key=lambda one: -one.start):
        inside = " ".join(clean[one.start : one.end].split())
        clean = f"{clean[: one.start]}{_OPEN}{inside}{_CLOSE}{clean[one.end :]}"
    return paragraphs(clean).replace(_OPEN, "**").replace(_CLOSE, "**")
