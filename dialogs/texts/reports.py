"""What stands in the full report as a document, and what is said with it."""

from datetime import date

from dialogs.texts.meetings import link, title
from dialogs.texts.words import capital, day, month
from storage.domain.meetings import Meeting
from storage.domain.reports import Line, LineKind, Present, Report

HEADING = "Verslag: {title}"
NETWORK_REPORT = "Netwerk onderwijsambassadeurs"
DRAFT = "Ontwerp: nog niet verspreid"
NOT_APPROVED = "Nog goed te keuren"
APPROVED = "Goedgekeurd op {day}"
PRESENT = "Aanwezig"
EXCUSED = "Verontschuldigd"
INSTEAD_OF = "ter vervanging van {name}"
OTHERS = "en {count} anderen"
ONE_OTHER = "en 1 andere"
DECISION = "Besluit"
ACTION = "Actie"
CARRIED = "Komt terug"
COMES_BACK = "{text} ({when})"
DISCUSSED = "Besproken"
DECISIONS = "Besluiten"
ACTIONS = "Acties"
ACTION_COLUMNS = ("Wie", "Wat", "Wanneer")
DATES = "Data om te onthouden"
NEXT = "Volgende bijeenkomsten"
TOPICS = "Voor later"
NOTHING = "Er is niets genoteerd."
CASES_LEFT_OUT = "Wat over casussen verteld is, staat niet in dit verslag."
RECORDING = "Opname"
ELSEWHERE = "Het volledige verslag staat hier: {link}"
FILE_READY = "Het verslag van {title} staat klaar als [{kind}]({url}). De link werkt een dag."
DRAFT_FILE_READY = "Het ontwerpverslag van {title} staat klaar als [{kind}]({url}). De link werkt een dag. Alleen wie het mag nakijken, kan het openen."
WORD = "Word-document"
PDF = "pdf"
OFFERED = "Hier is het verslag van {title}. Kies hieronder of je het wil."
ASK_IN_PERSON = "Vraag het me in ons persoonlijk gesprek: daar kan ik je het bestand geven."

MONTH_LENGTH = len("2027-03")

GROUPED = {
    LineKind.CARRIED: CARRIED,
    LineKind.DATE: DATES,
    LineKind.NEXT: NEXT,
    LineKind.TOPIC: TOPICS,
}


def heading(meeting: Meeting) -> str:
    """The title of a report."""
    return HEADING.format(title=meeting.title)


def elsewhere(url: str) -> str:
    """Where the coordinator put the full report."""
    return ELSEWHERE.format(link=link(url))


def offered(meeting: Meeting) -> str:
    """The report comes with this as a file."""
    return OFFERED.format(title=title(meeting))


def file_ready(report: Report, url: str, pdf: bool) -> str:
    """The link to a report as a document."""
    said = FILE_READY if report.standing.posted_at is not None else DRAFT_FILE_READY
    return said.format(title=title(report.meeting), kind=PDF if pdf else WORD, url=url)


def person(one: Present) -> str:
    """Somebody on the list: "An Peeters (De Vuurtoren, voorzitter), ter vervanging van Piet Maes"."""
    about = ", ".join(part for part in (one.organisation, one.role) if part)
    said = f"{one.name} ({about})" if about else one.name
    return f"{said}, {INSTEAD_OF.format(name=one.replaces)}" if one.replaces else said


def others(report: Report) -> str:
    """How many more came than are named."""
    if report.others == 1:
        return ONE_OTHER
    return OTHERS.format(count=report.others) if report.others else ""


def said(line: Line) -> str:
    """A line, an action with whose it is, and what was put off with when it comes back."""
    if line.kind is LineKind.ACTION and line.owner and line.owner not in line.text:
        return f"{line.owner}: {line.text}"
    if line.kind is LineKind.CARRIED and line.until:
        return COMES_BACK.format(text=line.text.rstrip("."), when=when(line.until))
    return capital(line.text)


def when(until: str) -> str:
    """ "2027-03" as "maart 2027", "2027-03-05" as "vrijdag 5 maart 2027"; what is neither as it stands there."""
    try:
        found = date.fromisoformat(until if len(until) > MONTH_LENGTH else f"{until}-01")
    except ValueError:
        return until
    return day(found) if len(until) > MONTH_LENGTH else month(found)
