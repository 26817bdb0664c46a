"""What the bot says about a meeting's full list, about who was there, and about seats that fill up."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.meetings import title
from dialogs.texts.outbox import short
from dialogs.texts.words import day, enumeration, on_day, people, plain
from storage.domain.attendance import OPEN_UNTIL, MissedTwice, Roll
from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer
from storage.domain.registrations import Attendee, RegistrationStatus

OTHERS = "Andere"
WAITING_LIST = "Wachtlijst"

PRESENT = "aanwezig"
EXCUSED = "verontschuldigd"
ABSENT = "afwezig"
STATUSES = {
    RegistrationStatus.REGISTERED: "ingeschreven",
    RegistrationStatus.OFFERED: "plaats aangeboden",
    RegistrationStatus.WAITLISTED: "op de wachtlijst",
    RegistrationStatus.ATTENDED: PRESENT,
    RegistrationStatus.EXCUSED: EXCUSED,
    RegistrationStatus.ABSENT: ABSENT,
}

WHO_IS_THERE = "Wie is er?"
FULL_LIST = "De volledige lijst"
PAGE = "{first} tot {last} van {total}"
PRESET = "Iedereen staat al op aanwezig, behalve wie zich verontschuldigde. Pas aan wie er niet is, en bewaar."
PRESET_LEFT = "Wie nog niet aangeduid is, staat alvast op aanwezig."

BUTTON_SAVE = "Bewaar"
BUTTON_SAVE_NEXT = "Bewaar en volgende"
BUTTON_PREVIOUS = "Vorige"
BUTTON_NEXT = "Volgende"
BUTTON_WALK_IN = "Iemand zonder inschrijving"
BUTTON_ADD = "Voeg toe"
BUTTON_YES_ADD = "Ja, voeg toe"
BUTTON_NO_ADD = "Nee"
BUTTON_REMARK = "Noteer"
BUTTON_TICK = "Aanwezigheden"
BUTTON_SPREADSHEET = "Als rekenblad"

LABEL_NAME = "Naam"
LABEL_ORGANISATION = "Organisatie (voor wie niet in het netwerk zit)"
LABEL_EMAIL = "E-mailadres (voor wie niet in het netwerk zit)"
LABEL_WHO = "Noteer een opmerking bij"
LABEL_REMARK = "Opmerking"
REMARK_EXAMPLE = "bijvoorbeeld: vegetarisch"
TYPE_NAME = "Typ een naam"

NOBODY_EXPECTED = "Voor {title} staat er niemand op de lijst. Was er toch iemand? Voeg die hier toe."
WHO_WALKED_IN = "Wie was erbij zonder inschrijving?"
NOBODY_ADDED = "Goed, ik voeg niemand toe."
NOTED_REMARK = "Genoteerd bij {name}: {remark}."
NO_REMARK = "De opmerking bij {name} is weg."
CHOOSE_WHO = "Kies eerst bij wie ik dat moet noteren."

_ALL_SAVED = "Bewaard"


def counts(roll: Roll) -> str:
    """How many are present, excused, absent and not ticked yet: "12 aanwezig, 2 verontschuldigd"."""
    open_ = roll.count(RegistrationStatus.REGISTERED, RegistrationStatus.OFFERED)
    parts = [
        (roll.count(RegistrationStatus.ATTENDED), PRESENT),
        (roll.count(RegistrationStatus.EXCUSED), EXCUSED),
        (roll.count(RegistrationStatus.ABSENT), ABSENT),
        (open_, "nog niet aangeduid"),
    ]
    return enumeration([f"{count} {what}" for count, what in parts if count or what == PRESENT])


def asking(roll: Roll) -> str:
    """Above the card on which one ticks who is there."""
    if not roll.expected:
        return NOBODY_EXPECTED.format(title=title(roll.meeting))
    if not roll.ticked:
        expected = len(roll.expected) - roll.count(RegistrationStatus.EXCUSED, RegistrationStatus.ABSENT)
        excused_ = roll.count(RegistrationStatus.EXCUSED)
        besides = f" en {excused_} {EXCUSED}" if excused_ else ""
        return f"Aanwezigheden van {title(roll.meeting)}: {people(expected)} verwacht{besides}."
    return f"Aanwezigheden van {title(roll.meeting)}: {counts(roll)}."


def saved(roll: Roll) -> str:
    """What was noted, and how it is now."""
    done = _ALL_SAVED if roll.changed else f"{_ALL_SAVED}, er veranderde niets"
    return f"{done}. {title(roll.meeting)}: {counts(roll)}."


def noted(roll: Roll, marks: Sequence[tuple[str, RegistrationStatus]], everybody: bool) -> str:
    """What was told in a sentence and noted: pairs of a name and their status."""
    parts = [f"{plain(name)} {STATUSES[status]}" for name, status in marks]
    if everybody:
        parts.append("al de rest aanwezig" if marks else "iedereen aanwezig")
    return f"Genoteerd: {enumeration(parts)}. {title(roll.meeting)}: {counts(roll)}."


def too_early(meeting: Meeting, now: datetime) -> str:
    """Before the day of a meeting nobody is there."""
    return f"{title(meeting)} is {on_day(meeting.starts.date(), now.date())}. Vanaf dan noteer ik wie er is."


def too_late(meeting: Meeting) -> str:
    """A month after a meeting its list is closed."""
    last = day((meeting.ends + OPEN_UNTIL).date())
    return f"De aanwezigheden van {title(meeting)} konden verbeterd worden tot en met {last}. Nu liggen ze vast."


def is_too_early(meeting: Meeting, now: datetime) -> bool:
    """Whether the day of a meeting must still come."""
    return now.date() < meeting.starts.date()


def which_one(name: str, candidates: Sequence[str]) -> str:
    """A name that several people have; nothing was noted."""
    who = enumeration([plain(one) for one in candidates], last="of")
    return f"Welke {plain(name)} bedoel je: {who}? Zeg het met de volledige naam, dan noteer ik alles."


def not_on_the_list(names: Sequence[str], meeting: Meeting) -> str:
    """People of whom it was told that they are not there, though nobody expected them."""
    verb = "staat" if len(names) == 1 else "staan"
    return f"{enumeration([plain(one) for one in names])} {verb} niet op de lijst van {title(meeting)}."


def add_them(names: Sequence[str], meeting: Meeting) -> str:
    """Whether people who are not on the list were there."""
    what = "Toch als aanwezig toevoegen?"
    return f"{not_on_the_list(names, meeting)} {what}"


def unknown_name(name: str) -> str:
    """Somebody whom the network does not know by that name alone."""
    return f"Ik ken niet precies één “{plain(name)}” in het netwerk. Vul ook een organisatie en een e-mailadres in."


# --- the full list


def summary(roll: Roll, now: datetime) -> str:
    """How many of each there are, and how many too many."""
    meeting = roll.meeting
    seats = roll.count(RegistrationStatus.REGISTERED)
    parts = [
        (roll.count(RegistrationStatus.ATTENDED), "{} aanwezig"),
        (seats, "{} ingeschreven"),
        (roll.count(RegistrationStatus.OFFERED), "{} met een aangeboden plaats"),
        (roll.count(RegistrationStatus.EXCUSED), "{} verontschuldigd"),
        (roll.count(RegistrationStatus.ABSENT), "{} afwezig"),
        (len(roll.waiting), "{} op de wachtlijst"),
    ]
    told = enumeration([sentence.format(count) for count, sentence in parts if count])
    if not told:
        verb = "was" if meeting.is_over(now) else "is"
        return f"Voor {title(meeting)} {verb} niemand ingeschreven."
    return f"{title(meeting)}: {told}.{_overfull(meeting)}"


def _overfull(meeting: Meeting) -> str:
    if not meeting.overfull:
        return ""
    return f" Dat is {meeting.overfull} te veel: er zijn {meeting.capacity} plaatsen."


def line(attendee: Attendee, ticking_began: bool) -> str:
    """One person of the full list with all there is to tell of them."""
    status = attendee.status
    told = [STATUSES[status]] if status is not RegistrationStatus.REGISTERED or ticking_began else []
    if attendee.replaces:
        told.append(f"ter vervanging van {plain(attendee.replaces)}")
    if attendee.replaced_by:
        told.append(f"vervangen door {plain(attendee.replaced_by)}")
    if attendee.session:
        told.append(f"sessie {plain(attendee.session)}")
    if attendee.reason:
        told.append(f"reden: {short(attendee.reason)}")
    if attendee.remark:
        told.append(f"opmerking: {short(attendee.remark)}")
    if attendee.paid:
        told.append("betaald")
    if attendee.brought_by:
        told.append(f"ingeschreven door {plain(attendee.brought_by)}")
    return f"{plain(attendee.person.name)}{': ' if told else ''}{', '.join(told)}"


def waiting_line(attendee: Attendee, viewer: Viewer) -> str:
    """One person of the waiting list, with their place."""
    where = organisation(attendee.person, viewer)
    return f"{attendee.queue}\\. {plain(attendee.person.name)} ({plain(where)})"


def organisation(person: Person, viewer: Viewer) -> str:
    """Under which organisation somebody stands in a list; one that the viewer may not know goes unnamed."""
    if person.organisation is not None and viewer.may_know(person.organisation):
        return person.organisation.name
    return person.affiliation or OTHERS if person.organisation is None else OTHERS


# --- alerts


def nearly_full(meeting: Meeting) -> str:
    """80 % of the seats are taken."""
    return f"{title(meeting)} loopt vol: {meeting.taken} van de {meeting.capacity} plaatsen zijn ingenomen."


def full(meeting: Meeting) -> str:
    """All seats are taken."""
    then = "Wie zich nu inschrijft, komt op de wachtlijst."
    return f"{title(meeting)} is volzet: {people(meeting.taken)} voor {_seats(meeting)}. {then}"


def _seats(meeting: Meeting) -> str:
    return "1 plaats" if meeting.capacity == 1 else f"{meeting.capacity} plaatsen"


def missed_twice(missed: MissedTwice) -> str:
    """An organisation that stayed away twice in a row, and whether somebody of it was excused."""
    meetings = f"{title(missed.meeting)} en ook niet op {title(missed.before)}"
    return f"Van {plain(missed.organisation.name)} was er niemand op {meetings}. {_EXCUSES[missed.excused]}"


_EXCUSES = {
    (True, True): "Er was telkens wel iemand verontschuldigd.",
    (True, False): "Deze keer was er iemand verontschuldigd, de vorige keer niet.",
    (False, True): "De vorige keer was er iemand verontschuldigd, deze keer niet.",
    (False, False): "Niemand verontschuldigde zich.",
}
