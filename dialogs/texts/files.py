"""What stands in the files that the bot gives (calendar file, spreadsheet), and what it says with their links."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.meetings import KIND_NAMES, line, title
from dialogs.texts.words import enumeration, euro
from storage.domain.meetings import Location, Meeting
from storage.domain.registrations import Attendee, RegistrationStatus

PRODUCER = "-//Ambassadeursbot//NL"
AUTHOR = "Ambassadeursbot"
PAGE = "Pagina "
OF_PAGES = " van "
MADE = "Stand van {day}"
WHEN = "Wanneer"
WHERE = "Waar"


STATUSES = {
    RegistrationStatus.REGISTERED: "ingeschreven",
    RegistrationStatus.OFFERED: "plaats aangeboden",
    RegistrationStatus.WAITLISTED: "op de wachtlijst",
    RegistrationStatus.EXCUSED: "verontschuldigd",
    RegistrationStatus.WITHDRAWN: "uitgeschreven",
    RegistrationStatus.ATTENDED: "aanwezig",
    RegistrationStatus.ABSENT: "afwezig",
}
NAME = "Naam"
ORGANISATION = "Organisatie"
EMAIL = "E-mail"
STATUS = "Status"
REPLACES = "Vervangt"
REPLACED_BY = "Vervangen door"
SESSION = "Sessie"
BROUGHT_BY = "Meegebracht door"
REMARK = "Opmerking"
REASON = "Reden"
PAID = "Betaald"
AMOUNT = "Bedrag"
QUEUE = "Plaats op de wachtlijst"
SINCE = "Ingeschreven op"
YES = "ja"
NO = "nee"

SHEET_LIST = "Deelnemers"
SHEET_TOTALS = "Totalen"
COMING = "Komen"
NUMBER = "Aantal"
CAPACITY = "Plaatsen"
MADE_AT = "Lijst van"
WITHOUT_ORGANISATION = "Zonder organisatie"
WITHOUT_SESSION = "Zonder sessie"

LIST_CONFIDENTIAL = "Er staan e-mailadressen en redenen in, alleen voor coördinatoren. De link werkt een kwartier."
GIVEN = "Hier is het. Het staat bij je bestanden in OneDrive."
NOT_GIVEN = "In orde, ik stuur het niet."
NOT_PUT = "Teams nam het bestand niet aan. Vraag me het verslag opnieuw, dan geef ik je ook een link."
NO_FILES = "Een bestand kan ik je nu niet geven: wie mij beheert, moet daarvoor eerst mijn webadres instellen (BOT_PUBLIC_URL)."


def calendar_title(meeting: Meeting) -> str:
    """What stands in a calendar: not every program shows otherwise that something is cancelled."""
    return f"Gaat niet door: {meeting.title}" if meeting.cancelled else meeting.title


def calendar_place(location: Location) -> str:
    """A place as programs with maps read it: name, room, address."""
    return ", ".join(part for part in (location.name, location.room, location.address) if part)


def calendar_details(meeting: Meeting) -> str:
    """What is good to know, line by line: only what every invitation tells, and no names of who comes."""
    why = f" ({meeting.cancelled_why})" if meeting.cancelled_why else ""
    lines = [
        f"Deze bijeenkomst gaat niet door{why}." if meeting.cancelled else None,
        meeting.description,
        f"Voor wie: {meeting.for_whom}" if meeting.for_whom else None,
        f"Praktisch: {meeting.practical}" if meeting.practical else None,
        f"Prijs: {euro(meeting.fee_eur)}" if meeting.fee_eur else None,
        f"Online: {meeting.online_url}" if meeting.online_url else None,
        None if meeting.cancelled else "Verandert er iets, open dan dezelfde link opnieuw.",
    ]
    return "\n".join(text for text in lines if text)


def calendar_name(meeting: Meeting) -> str:
    """The name of a calendar file."""
    return f"{_slug(meeting)}.ics"


def list_name(meeting: Meeting) -> str:
    """The name of a spreadsheet."""
    return f"deelnemers-{_slug(meeting)}.xlsx"


def agenda_name(meeting: Meeting) -> str:
    """The name of an agenda as a document."""
    return f"agenda-{_slug(meeting)}.docx"


def report_name(meeting: Meeting) -> str:
    """The name of a report as a document, without its ending."""
    return f"verslag-{_slug(meeting)}"


def _slug(meeting: Meeting) -> str:
    return f"{KIND_NAMES[meeting.kind].lower()}-{meeting.starts.date().isoformat()}"


def calendar(meeting: Meeting, url: str) -> str:
    """The link that puts a meeting in one's calendar, or takes a cancelled one out."""
    if meeting.cancelled:
        return f"{title(meeting)} gaat niet door. Met [dit bestand]({url}) zie je dat ook in je agenda."
    return f"Met [dit bestand]({url}) zet je {title(meeting)} in je agenda. Verandert er iets, open dan dezelfde link opnieuw."


def no_calendar(meeting: Meeting, now: datetime) -> str:
    """There are no links; what to write down oneself."""
    return f"{NO_FILES} Noteer intussen zelf: {line(meeting, now)}."


def full_list(meeting: Meeting, attendees: Sequence[Attendee], url: str) -> str:
    """The link to the full list, and how many are on it."""
    return f"De lijst van {title(meeting)} staat klaar in [dit rekenblad]({url}): {counts(attendees)}.\n\n{LIST_CONFIDENTIAL}"


def no_list(meeting: Meeting, attendees: Sequence[Attendee]) -> str:
    """There are no links; how many are on the list."""
    return f"{NO_FILES} Op de lijst van {title(meeting)}: {counts(attendees)}."


def counts(attendees: Sequence[Attendee]) -> str:
    """How many there are of each status: "12 ingeschreven en 2 op de wachtlijst"."""
    number = Counter(one.status for one in attendees)
    found = [f"{number[status]} {name}" for status, name in STATUSES.items() if number[status]]
    return enumeration(found) or "nog niemand"
