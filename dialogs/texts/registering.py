"""What the bot says when people are registered, excused, replaced, or bring somebody."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.meetings import title
from dialogs.texts.words import bullets, day, enumeration, euro, hour, hours, near_day, on_day, people, plain
from storage.domain.meetings import Meeting
from storage.domain.people import Person
from storage.domain.registrations import NewGuest, Outcome, OwnRegistration, RegistrationStatus

BUTTON_REGISTER = "Schrijf me in"
BUTTON_WAIT = "Zet me op de wachtlijst"
BUTTON_CANNOT = "Ik kan niet komen"
BUTTON_CALENDAR = "Zet in mijn agenda"
BUTTON_UNDO = "Ongedaan maken"
BUTTON_COME = "Toch komen"
BUTTON_REPLACED = "Iemand komt in mijn plaats"
BUTTON_REASON = "Reden doorgeven"
BUTTON_LEAVE = "Van de wachtlijst"
BUTTON_SESSION = "Kies je sessie"
BUTTON_ENROL = "Ja, schrijf in"
BUTTON_SIGN_OFF = "Ja, verontschuldig"
BUTTON_OFF_THE_LINE = "Ja, haal eraf"
BUTTON_STEP_IN = "Ja, vervang"
BUTTON_LET_BE = "Toch niet"
BUTTON_GUEST = "Schrijf in"

LABEL_REASON = "Reden (hoeft niet)"
LABEL_NAME = "Naam"
LABEL_ORGANISATION = "Organisatie"
LABEL_EMAIL = "E-mailadres"
TYPE_NAME = "Typ de voornaam en de familienaam"
TYPE_ORGANISATION = "Typ de organisatie"
TYPE_EMAIL = "Typ het e-mailadres"

NOTED = "In orde, genoteerd."
LEFT_SO = "In orde, ik laat het zo."
WHICH_MEETING = "Om welke bijeenkomst gaat het?"
IN_FOR_ALL = "Je bent al ingeschreven voor alles waarvoor de inschrijvingen open zijn."
NOTHING_OPEN = "Er is nu geen bijeenkomst waarvoor de inschrijvingen open zijn."

REGISTERED = "Je bent ingeschreven voor {title}, {when}.{fee}"
ALREADY_REGISTERED = "Je was al ingeschreven voor {title}, {when}."
WAITING = "{why} Je staat op de wachtlijst, plaats {place}. Komt er een plaats vrij, dan hoor je het meteen."
ALREADY_WAITING = "Je stond al op de wachtlijst voor {title}: plaats {place}. Komt er een plaats vrij, dan hoor je het."
FULL = "{title} is volzet."
ORGANISATION_FULL = "Voor {title} {verb} al {people} van je organisatie, en meer kan niet{until}."
UNTIL = " tot en met {day}"
OTHERS_FIRST = "Voor {title} waren anderen je voor."
FEE = " Deelnemen kost {amount}."
OFFERED = "Er is een plaats voor je vrij op {title}, tot {until}."

TAKEN_BACK = "In orde, je inschrijving voor {title} is weg."
LEFT_LINE = "In orde, je staat niet meer op de wachtlijst voor {title}."
NOT_ON_LIST = "Je staat niet op de lijst voor {title}."
IN_NO_LINE = "Je staat op geen enkele wachtlijst."
NOT_IN_LINE = "Je staat niet op de wachtlijst voor {title}."
OTHERS_NOT_IN_LINE = "Niet op de wachtlijst voor {title}: {names}."
NOT_IN_LINE_BUT_IN = "Je staat niet op de wachtlijst voor {title}: je bent ingeschreven."
OTHERS_TAKEN_BACK = "In orde, {names} {verb} niet meer op de lijst voor {title}."

EXCUSED = "Je bent verontschuldigd voor {title} ({day})."
ALREADY_EXCUSED = "Je was al verontschuldigd voor {title}."
WHY = "Wil je zeggen waarom? Alleen de coördinator ziet dat."
REASON_KEPT = "De reden ziet alleen de coördinator."
REASON_TOLD = "Dank je, dat ziet alleen de coördinator."
REASON_FOR_OTHERS = "Wil je nog een reden noteren? Alleen de coördinator ziet ze."
NO_REASON = "In orde, dat hoeft niet."
NOT_EXCUSED_ANY_MORE = "Daar is niemand meer verontschuldigd, dus een reden hoeft niet."
ONLY_YOU = "Ik noteer alleen jou; je collega's laten het best zelf weten."
NOT_SURE_YET = "Dan laat ik voorlopig alles voor {title} zoals het is. Weet je het zeker, laat het me dan weten."
CAN_STILL = "Ja, je kan je nog verontschuldigen voor {title}."
REASON_WAIT = "Typ de reden gerust hier."
REASON_FOR_WHAT = "Kan je ergens niet komen? Zeg me welke bijeenkomst, zoals “ik kan niet komen op 4 februari”."

SURE_TO_ENROL = "Zal ik {names} inschrijven voor {title} ({day})?"
SEATS_SHORT = "Er {left}: wie er niet bij kan, komt op de wachtlijst."
SURE_TO_SIGN_OFF = "Zal ik {names} verontschuldigen voor {title} ({day})?"
SURE_OFF_THE_LINE = "Zal ik {names} van de wachtlijst halen voor {title} ({day})?"
SURE_TO_STEP_IN = "Komt {by} in de plaats van {person} naar {title} ({day})?"
OTHERS_REGISTERED = "Ingeschreven voor {title}: {names}."
OTHERS_WAITING = "Op de wachtlijst: {names}."
OTHERS_ALREADY = "Al in orde: {names}."
OTHERS_EXCUSED = "Verontschuldigd voor {title}: {names}."
MOVED_UP = "Van de wachtlijst {verb} door: {names}."
ONLY_COORDINATOR_ENROLS = (
    "Iemand anders inschrijven kan alleen de coördinator. {names} {can} het zelf met “schrijf me in”."
)
ONLY_COORDINATOR_EXCUSES = (
    "Iemand anders verontschuldigen kan alleen de coördinator. {names} {can} het zelf met “ik kan niet komen”."
)
UNKNOWN_ENROLLED = (
    "Ik ken {name} niet in het netwerk. Is het iemand van buiten het netwerk, vul dan dit in, of typ het als "
    "“naam, organisatie, e-mailadres”."
)
UNKNOWN_BESIDE = "{names} ken ik niet in het netwerk."
UNKNOWN_ABSENT = "Ik ken {name} niet in het netwerk. Zeg me de volledige naam."
WHOM_DO_YOU_MEAN = "Wie bedoel je: {names}?"
FULL_NAMES = "Ik weet niet zeker wie je bedoelt. Zeg me de volledige namen."

WHO_REPLACES = "Wie komt er {whose} naar {title}? Typ de naam. Is het iemand van buiten het netwerk, vul dan dit in."
YOUR = "in jouw plaats"
OF_OTHER = "in de plaats van {name}"
REPLACES = "In orde, {by} komt {whose} naar {title}, {when}.{told}"
REPLACES_IN_LINE = "In orde, {by} staat nu {whose} op de wachtlijst voor {title}, plaats {place}.{told}"
REPLACED_ALREADY = (
    "{by} komt al {whose} naar {title}. Moet het nog iemand anders zijn? Dan kan {by} zelf een vervanger doorgeven."
)
REPLACES_WAITING = (
    "Die plaats is ondertussen naar iemand anders. {by} staat op de wachtlijst voor {title}, plaats {place}."
)
IS_TOLD = " {name} krijgt nu alle info van mij."
TELL_THEM = " Laat het {names} zelf even weten: in Teams ken ik {them} nog niet."
UNKNOWN_REPLACEMENT = (
    "Ik ken {name} niet in het netwerk. Vul dit in, of typ “naam, organisatie, e-mailadres”, dan is het geregeld."
)
NO_SEAT_TO_GIVE = "Je bent niet ingeschreven voor {title}, dus er is geen plaats om door te geven."
NO_SEAT_OF = "{name} is niet ingeschreven voor {title}, dus er is geen plaats om door te geven."
COMES_ALREADY = "{name} komt zelf al naar {title}. Kies iemand anders{free}."
OR_LEAVE_FREE = ", of laat je plaats gewoon vrij"

WHO_IS_GUEST = "Wie breng je mee naar {title}? Vul dit in, of typ “naam, organisatie, e-mailadres”."
GUEST_KEPT = (
    "Ik bewaar alleen die drie gegevens. De organisator ziet ze; iedereen in het netwerk ziet naam en organisatie."
)
GUEST_MISSING = "Ik heb nog {what} nodig."
GUEST_COMES = "{name} ({organisation}) is ingeschreven voor {title}, {when}."
GUEST_REPLACES = "In orde: de plaats op {title}, {when}, is nu voor {name} ({organisation})."
GUEST_WAITS = "{title} is volzet. {name} ({organisation}) staat op de wachtlijst, plaats {place}."
KNOWN_GUEST = "{names} {are} in het netwerk en {register} in met “schrijf me in”."
ALREADY_COMES = "{name} stond al op de lijst voor {title}."

OVER = "{title} is al voorbij."
CANCELLED = "{title} gaat niet door."
RUNNING = "{title} is al begonnen. Vraag de coördinator of je er nog bij kan."
CLOSED = "De inschrijvingen voor {title} zijn afgesloten. Vraag de coördinator of je er nog bij kan."
CLOSED_SINCE = "Inschrijven voor {title} kon tot en met {day}. Vraag de coördinator of je er nog bij kan."


def moment(meeting: Meeting, now: datetime) -> str:
    """When a meeting is: "op donderdag 4 februari 2027, van 13.30 tot 16 uur"."""
    return f"{on_day(meeting.starts.date(), now.date())}, {hours(meeting.starts, meeting.ends)}"


def until(end: datetime, now: datetime) -> str:
    """Until when something holds: "vandaag, zaterdag 21 november 2026 om 14 uur"."""
    local = end.astimezone(now.tzinfo)
    return f"{near_day(local.date(), now.date())} om {hour(local)} uur"


def names(who: Sequence[Person]) -> str:
    """People by name."""
    return enumeration([plain(one.name) for one in who])


def registered(outcome: Outcome, now: datetime) -> str:
    """What holds for oneself after "schrijf me in"."""
    own, meeting = outcome.own, outcome.own.meeting
    if own.status is RegistrationStatus.WAITLISTED:
        return _waiting(outcome)
    if own.status is RegistrationStatus.OFFERED and own.offered_until:
        return OFFERED.format(title=title(meeting), until=until(own.offered_until, now))
    if not outcome.changed:
        return ALREADY_REGISTERED.format(title=title(meeting), when=moment(meeting, now))
    fee = FEE.format(amount=euro(meeting.fee_eur)) if meeting.fee_eur else ""
    return REGISTERED.format(title=title(meeting), when=moment(meeting, now), fee=fee)


def _waiting(outcome: Outcome) -> str:
    own = outcome.own
    if not outcome.changed:
        return ALREADY_WAITING.format(title=title(own.meeting), place=own.queue)
    return WAITING.format(why=_why_waiting(own.meeting), place=own.queue)


def _why_waiting(meeting: Meeting) -> str:
    if meeting.places_left == 0:
        return FULL.format(title=title(meeting))
    if meeting.per_organisation:
        last = meeting.per_organisation_until
        return ORGANISATION_FULL.format(
            title=title(meeting),
            verb="komt" if meeting.per_organisation == 1 else "komen",
            people=people(meeting.per_organisation),
            until=UNTIL.format(day=day(last)) if last else "",
        )
    return OTHERS_FIRST.format(title=title(meeting))


def taken_back(meeting: Meeting, before: OwnRegistration | None) -> str:
    """One's own registration or place in line is gone."""
    waited = before is not None and before.status is RegistrationStatus.WAITLISTED
    return (LEFT_LINE if waited else TAKEN_BACK).format(title=title(meeting))


def others_taken_back(meeting: Meeting, who: Sequence[Person]) -> str:
    """Others are off the list."""
    verb = "staat" if len(who) == 1 else "staan"
    return OTHERS_TAKEN_BACK.format(names=names(who), verb=verb, title=title(meeting))


def excused(outcome: Outcome, then: str) -> str:
    """What holds for oneself after "ik kan niet komen", and what is said of the reason then."""
    meeting = outcome.own.meeting
    said = EXCUSED.format(title=title(meeting), day=day(meeting.starts.date()))
    if not outcome.changed:
        said = ALREADY_EXCUSED.format(title=title(meeting))
    return f"{said} {then}".strip()


def others_excused(outcomes: Sequence[Outcome]) -> str:
    """What holds for others whom a coordinator excused, in one act: the seats that came free are those of all."""
    who = names([one.person for one in outcomes])
    said = OTHERS_EXCUSED.format(title=title(outcomes[0].own.meeting), names=who)
    return f"{said} {moved_up(outcomes[0].given)}".strip() + tell_them([one.person for one in outcomes if one.changed])


def moved_up(who: Sequence[Person]) -> str:
    """Who got a seat from the waiting list; nothing when nobody did."""
    verb = "schuift" if len(who) == 1 else "schuiven"
    return MOVED_UP.format(verb=verb, names=names(who)) if who else ""


def sure_to_enrol(meeting: Meeting, who: Sequence[Person]) -> str:
    """Before others are registered."""
    asked = SURE_TO_ENROL.format(names=names(who), title=title(meeting), day=day(meeting.starts.date()))
    if meeting.places_left is None or meeting.places_left >= len(who):
        return asked
    left = {0: "is geen plaats meer", 1: "is nog 1 plaats"}.get(meeting.places_left)
    return f"{asked} {SEATS_SHORT.format(left=left or f'zijn nog {meeting.places_left} plaatsen')}"


def sure_to_sign_off(meeting: Meeting, who: Sequence[Person]) -> str:
    """Before others are excused."""
    return SURE_TO_SIGN_OFF.format(names=names(who), title=title(meeting), day=day(meeting.starts.date()))


def sure_off_the_line(meeting: Meeting, who: Sequence[Person]) -> str:
    """Before others leave the waiting list."""
    return SURE_OFF_THE_LINE.format(names=names(who), title=title(meeting), day=day(meeting.starts.date()))


def others_not_in_line(meeting: Meeting, who: Sequence[Person]) -> str:
    """Who can't leave the waiting list, as they are not on it."""
    return OTHERS_NOT_IN_LINE.format(title=title(meeting), names=names(who))


def sure_to_step_in(meeting: Meeting, person: Person, by: Person) -> str:
    """Before somebody else is replaced."""
    return SURE_TO_STEP_IN.format(
        by=plain(by.name), person=plain(person.name), title=title(meeting), day=day(meeting.starts.date())
    )


def others_registered(outcomes: Sequence[Outcome]) -> str:
    """What holds for others whom a coordinator registered."""
    name = title(outcomes[0].own.meeting)
    new = [one for one in outcomes if one.changed]
    waiting = [one for one in new if one.own.status is RegistrationStatus.WAITLISTED]
    seated = [one.person for one in new if one not in waiting]
    already = [one.person for one in outcomes if not one.changed]
    parts = [OTHERS_REGISTERED.format(title=name, names=names(seated))] if seated else []
    if waiting:
        places = [f"{plain(one.person.name)} (plaats {one.own.queue})" for one in waiting]
        parts.append(OTHERS_WAITING.format(names=enumeration(places)))
    if already:
        parts.append(OTHERS_ALREADY.format(names=names(already)))
    return " ".join(parts) + tell_them([one.person for one in new])


def only_coordinator(sentence: str, who: Sequence[Person]) -> str:
    """Others do this themselves."""
    return sentence.format(names=names(who), can="kan" if len(who) == 1 else "kunnen")


def whom(who: Sequence[str]) -> str:
    """Several who have the name that was said."""
    return WHOM_DO_YOU_MEAN.format(names=enumeration(who, "of"))


def who_replaces(meeting: Meeting, other: Person | None) -> str:
    """Asks who comes in somebody's place."""
    return WHO_REPLACES.format(whose=_whose(other), title=title(meeting))


def _whose(other: Person | None) -> str:
    return OF_OTHER.format(name=plain(other.name)) if other else YOUR


def replaces(by: Person, own: OwnRegistration, other: Person | None, now: datetime, waited: bool = False) -> str:
    """Somebody comes in somebody's place; `own` is where the replacement stands, `waited`: it was a place in line."""
    meeting = own.meeting
    told = IS_TOLD.format(name=plain(by.first_name)) if by.entra_id else tell_them([by])
    if own.status is RegistrationStatus.WAITLISTED:
        said = REPLACES_IN_LINE if waited else REPLACES_WAITING
        return said.format(by=plain(by.name), whose=_whose(other), title=title(meeting), place=own.queue, told=told)
    return REPLACES.format(
        by=plain(by.name), whose=_whose(other), title=title(meeting), when=moment(meeting, now), told=told
    )


def tell_them(who: Sequence[Person]) -> str:
    """Whom the bot never saw in Teams hear it from the one who registers or excuses them; nothing when nobody."""
    unseen = [plain(one.first_name if len(who) == 1 else one.name) for one in who if not one.entra_id]
    if not unseen:
        return ""
    return TELL_THEM.format(names=enumeration(unseen), them=unseen[0] if len(unseen) == 1 else "hen")


def no_seat(meeting: Meeting, other: Person | None) -> str:
    """There is no seat to give away."""
    if other is None:
        return NO_SEAT_TO_GIVE.format(title=title(meeting))
    return NO_SEAT_OF.format(name=plain(other.name), title=title(meeting))


def comes_already(meeting: Meeting, by: Person, other: Person | None) -> str:
    """Who would replace somebody has a seat already."""
    free = "" if other else OR_LEAVE_FREE
    return COMES_ALREADY.format(name=plain(by.name), title=title(meeting), free=free)


def replaced_already(own: OwnRegistration, other: Person | None) -> str:
    """Somebody else replaces them already."""
    return REPLACED_ALREADY.format(by=plain(own.replaced_by or ""), whose=_whose(other), title=title(own.meeting))


def unknown_beside(names_: Sequence[str]) -> str:
    """Who else was named, and nobody knows."""
    return UNKNOWN_BESIDE.format(names=enumeration([plain(one) for one in names_]))


def known_guests(who: Sequence[Person]) -> str:
    """Who is of the network is no guest."""
    verbs = ("zit", "schrijft zichzelf") if len(who) == 1 else ("zitten", "schrijven zichzelf")
    return KNOWN_GUEST.format(names=names(who), are=verbs[0], register=verbs[1])


def guest(outcome: Outcome, asked: NewGuest, instead: bool, now: datetime) -> str:
    """A guest is on the list."""
    person, own = outcome.person, outcome.own
    where = person.organisation.name if person.organisation else person.affiliation or asked.organisation
    known = {"name": plain(person.name), "organisation": plain(where), "title": title(own.meeting)}
    if not outcome.changed:
        return ALREADY_COMES.format(**known)
    if own.status is RegistrationStatus.WAITLISTED:
        return GUEST_WAITS.format(place=own.queue, **known) + tell_them([person])
    said = GUEST_REPLACES if instead else GUEST_COMES
    return said.format(when=moment(own.meeting, now), **known) + tell_them([person])


def missing(name: str, organisation: str, email: str) -> str:
    """What is still to be told of a guest."""
    parts = (("de naam", name), ("de organisatie", organisation), ("het e-mailadres", email))
    return GUEST_MISSING.format(what=enumeration([what for what, value in parts if not value]))


def not_open(meeting: Meeting, now: datetime) -> str:
    """Why one can't register any more."""
    if meeting.is_running(now):
        return RUNNING.format(title=title(meeting))
    if meeting.register_until is not None and meeting.register_until < now.date():
        return CLOSED_SINCE.format(title=title(meeting), day=day(meeting.register_until))
    return CLOSED.format(title=title(meeting))


def which_meeting(meetings: Sequence[str]) -> str:
    """Asks which meeting is meant, one on each line."""
    return f"{WHICH_MEETING}\n\n{bullets(meetings)}"


def about(sentence: str, meeting: Meeting) -> str:
    """A sentence about a meeting."""
    return sentence.format(title=title(meeting))
