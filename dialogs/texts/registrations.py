"""What the bot says about who comes, who doesn't, and where one stands oneself."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from dialogs.texts.meetings import line, registration_deadline, title
from dialogs.texts.registering import until
from dialogs.texts.words import MayTell, bullets, enumeration, people, plain
from storage.domain.meetings import Meeting
from storage.domain.people import Viewer
from storage.domain.registrations import COMES, Attendee, OwnRegistration, RegistrationStatus

NO_ORGANISATION = "Andere"
TAKE_IT = "Wil je ze? Zeg ja of nee."
NO_REGISTRATIONS = "Je bent voor geen enkele komende bijeenkomst ingeschreven."


def who(meeting: Meeting, coming: Sequence[Attendee], may_tell: MayTell, in_person: bool, now: datetime) -> str:
    """Who comes, by organisation. Whom somebody replaces is as private as who is excused: told in person only."""
    if not coming:
        late = "" if meeting.is_over(now) else f" {briefly(registration_deadline(meeting, now), meeting)}"
        return f"{_nobody(meeting, now)}{late}"
    head = f"{_come(meeting, coming, now)}:"
    return f"{head}\n\n{bullets(by_organisation(coming, may_tell, in_person))}"


def briefly(sentence: str, meeting: Meeting) -> str:
    """A sentence about a meeting without its name, where the sentence before it had that."""
    named = title(meeting)
    if sentence.startswith(f"Voor {named} is er"):
        return sentence.replace(f"Voor {named} is er", "Er is", 1)
    return sentence.replace(f" voor {named}", "", 1)


def _nobody(meeting: Meeting, now: datetime) -> str:
    verb = "was niemand" if meeting.is_over(now) else "is nog niemand"
    return f"Voor {title(meeting)} {verb} ingeschreven."


def by_organisation(attendees: Sequence[Attendee], may_tell: MayTell, in_person: bool) -> list[str]:
    """One line an organisation; an organisation that may not be told goes unnamed."""

    def organisation(attendee: Attendee) -> str:
        belongs = attendee.person.organisation
        if belongs is None and attendee.person.affiliation:
            return plain(attendee.person.affiliation)
        return plain(belongs.name) if belongs and may_tell(belongs) else NO_ORGANISATION

    ordered = sorted(attendees, key=lambda one: (organisation(one) == NO_ORGANISATION, organisation(one)))
    return [
        f"{name}: {enumeration([attendee_name(one, in_person) for one in group])}"
        for name, group in groupby(ordered, key=organisation)
    ]


def attendee_name(attendee: Attendee, in_person: bool) -> str:
    """A name, in person with whom they replace."""
    instead = f" (ter vervanging van {plain(attendee.replaces)})" if attendee.replaces and in_person else ""
    return f"{plain(attendee.person.name)}{instead}"


def count(meeting: Meeting, coming: Sequence[Attendee], may_tell: MayTell, now: datetime) -> str:
    """How many come, from how many organisations that may be told."""
    if not coming:
        return _nobody(meeting, now)
    known = {
        one.person.organisation.id for one in coming if one.person.organisation and may_tell(one.person.organisation)
    }
    elsewhere = any(one.person.organisation is None or not may_tell(one.person.organisation) for one in coming)
    several = f", uit {len(known)} organisaties" if len(known) > 1 and not elsewhere else ""
    return f"{_come(meeting, coming, now)}{several}."


def _come(meeting: Meeting, coming: Sequence[Attendee], now: datetime) -> str:
    one, number = len(coming) == 1, people(len(coming))
    if any(attendee.status is RegistrationStatus.ATTENDED for attendee in coming):
        return f"Op {title(meeting)} {'was' if one else 'waren'} er {number}"
    verb = ("was" if one else "waren") if meeting.is_over(now) else ("is" if one else "zijn")
    return f"Voor {title(meeting)} {verb} er {number} ingeschreven"


def excused(meeting: Meeting, absent: Sequence[Attendee], viewer: Viewer, now: datetime) -> str:
    """Who is excused."""
    if not absent:
        return f"Voor {title(meeting)} {'was' if meeting.is_over(now) else 'is'} niemand verontschuldigd."
    names = enumeration([_with_organisation(one, viewer) for one in absent])
    verb = ("was" if len(absent) == 1 else "waren") if meeting.is_over(now) else ("is" if len(absent) == 1 else "zijn")
    return f"Voor {title(meeting)} {verb} verontschuldigd: {names}."


def _with_organisation(attendee: Attendee, viewer: Viewer) -> str:
    belongs = attendee.person.organisation
    return plain(attendee.person.name) + (f" ({plain(belongs.name)})" if belongs and viewer.may_know(belongs) else "")


def standing(meeting: Meeting, own: OwnRegistration | None, now: datetime) -> str:
    """Where one stands for a meeting."""
    if own is None or own.status is RegistrationStatus.WITHDRAWN:
        if meeting.is_over(now):
            return f"Je was niet ingeschreven voor {title(meeting)}."
        last = briefly(registration_deadline(meeting, now), meeting)
        return f"Je bent niet ingeschreven voor {title(meeting)}. {last}"
    offer = f" {TAKE_IT}" if own.status is RegistrationStatus.OFFERED and not meeting.is_over(now) else ""
    return f"{_standing(own, now)}.{offer}"


def _standing(own: OwnRegistration, now: datetime) -> str:
    name, over = title(own.meeting), own.meeting.is_over(now)
    session = f", sessie {plain(own.session)}" if own.session else ""
    match own.status:
        case RegistrationStatus.REGISTERED:
            return f"Je {'was' if over else 'bent'} ingeschreven voor {name}{session}"
        case RegistrationStatus.WAITLISTED:
            return f"Je {'stond' if over else 'staat'} op de wachtlijst voor {name}, plaats {own.queue}"
        case RegistrationStatus.OFFERED:
            end = f", tot {until(own.offered_until, now)}" if own.offered_until and not over else ""
            return f"Er {'was' if over else 'is'} een plaats voor je vrij op {name}{end}"
        case RegistrationStatus.EXCUSED:
            came = "kwam" if over else "komt"
            instead = f"; {plain(own.replaced_by)} {came} in jouw plaats" if own.replaced_by else ""
            return f"Je {'was' if over else 'bent'} verontschuldigd voor {name}{instead}"
        case RegistrationStatus.ATTENDED:
            return f"Je was aanwezig op {name}{session}"
        case _:
            return f"Je was ingeschreven voor {name}, maar niet aanwezig"


SHORT = {
    RegistrationStatus.REGISTERED: "ingeschreven",
    RegistrationStatus.WAITLISTED: "op de wachtlijst",
    RegistrationStatus.OFFERED: "er is een plaats voor je vrij",
    RegistrationStatus.EXCUSED: "verontschuldigd",
    RegistrationStatus.WITHDRAWN: "niet meer ingeschreven",
    RegistrationStatus.ATTENDED: "aanwezig",
    RegistrationStatus.ABSENT: "afwezig",
}


def standings(own: Sequence[OwnRegistration], now: datetime) -> str:
    """Everything one is registered for."""
    if not own:
        return NO_REGISTRATIONS
    lines = [f"{line(one.meeting, now)}: {_short(one)}" for one in own]
    return f"Dit staat er voor jou:\n\n{bullets(lines)}"


def _short(own: OwnRegistration) -> str:
    if own.queue:
        return f"{SHORT[own.status]} (plaats {own.queue})"
    if own.replaced_by and own.status is RegistrationStatus.EXCUSED:
        return f"{SHORT[own.status]}, {plain(own.replaced_by)} komt in jouw plaats"
    session = f", sessie {plain(own.session)}" if own.session and own.status in COMES else ""
    return f"{SHORT[own.status]}{session}"
