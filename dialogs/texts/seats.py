"""What the bot says about seats: the waiting list, offers, and how many there are for whom."""

from collections.abc import Sequence
from datetime import date, datetime

from dialogs.texts.agenda import point_line
from dialogs.texts.meetings import address, link, title
from dialogs.texts.registering import moment, moved_up, until
from dialogs.texts.registrations import standing
from dialogs.texts.words import MayTell, bullets, day, people, plain
from storage.domain.agenda import AgendaPoint
from storage.domain.meetings import Meeting, Session
from storage.domain.people import Person
from storage.domain.registrations import Attendee, OwnRegistration, RegistrationStatus

BUTTON_TAKE = "Ja, ik kom"
BUTTON_LEAVE_SEAT = "Nee, geef door"
BUTTON_CHANGE = "Ja, doe maar"

NOT_WAITING = "Je staat niet op de wachtlijst voor {title}."
NOBODY_WAITS = "Voor {title} staat er niemand op de wachtlijst."
WAITING = "Op de wachtlijst voor {title} {verb} {people}:"
WAITS_FOR_ANSWER = "kreeg een plaats aangeboden, tot {until}"

ACCEPTED = "Je bent ingeschreven voor {title}, {when}. Tot dan!"
ACCEPTED_WAITING = "Die plaats is net weg. Je staat nog op de wachtlijst voor {title}, plaats {place}."
DECLINED = "In orde. De plaats op {title} gaat naar de volgende op de wachtlijst."
NOTHING_OFFERED = "Er staat voor jou geen plaats (meer) open op {title}."
WHICH_OFFER = "Er is plaats voor je op meer dan één bijeenkomst. Kies hieronder."

HOW_MANY = "Hoeveel plaatsen zijn er voor {title}? Typ een getal, of “geen maximum”."
HOW_MANY_EACH = "Hoeveel mensen mogen er per organisatie komen naar {title}? Typ een getal, of “geen maximum”."
SURE_CAPACITY = "Zal ik het aantal plaatsen voor {title} op {number} zetten ({before})?"
SURE_NO_CAPACITY = "Zal ik het maximum voor {title} weghalen ({before})?"
SURE_SESSION = "Zal ik het aantal plaatsen in {session} op {number} zetten ({before})?"
SURE_NO_SESSION_LIMIT = "Zal ik het maximum voor {session} weghalen ({before})?"
SESSION_SET = "In orde, {session} heeft nu {seats}."
SESSION_LIMIT_GONE = "In orde, {session} heeft geen maximum meer."
HOW_MANY_IN = "Hoeveel plaatsen zijn er in {session}? Typ een getal, of “geen maximum”."
ALL_TAKEN = "Daarmee zijn alle plaatsen ingenomen."
BEFORE = "nu {number}"
BEFORE_NONE = "nu geen maximum"
WILL_BE_OVERFULL = " Er {are} al {taken} ingeschreven: niemand valt weg, maar dat {verb} er {over} te veel."
SURE_CLOSE = "Zal ik de inschrijvingen voor {title} afsluiten? Wie al op de lijst staat, blijft staan."
SURE_REOPEN = "Zal ik de inschrijvingen voor {title} weer openen?"
SURE_LIMIT = (
    "Zal ik voor {title} hoogstens {people} per organisatie toelaten{until}? Wie er te veel is, komt op de wachtlijst."
)
SURE_NO_LIMIT = "Zal ik het maximum per organisatie voor {title} weghalen?"
LIMIT_UNTIL = " tot en met {day}"
CAPACITY_SET = "In orde, {are} {seats} voor {title}."
CAPACITY_GONE = "In orde, er is geen maximum meer voor {title}."
OVERFULL = "Er {are} nu {over} te veel ingeschreven; van de wachtlijst schuift niemand door tot dat rechtgetrokken is."
CLOSED = "In orde, de inschrijvingen voor {title} zijn afgesloten. Afmelden en vervangen kan nog."
REOPENED = "In orde, inschrijven voor {title} kan weer."
STILL_UNTIL = " Dat kan tot en met {day}."
LIMIT_SET = "In orde, voor {title} mogen nu hoogstens {people} per organisatie inschrijven{until}."
LIMIT_GONE = "In orde, voor {title} is er geen maximum per organisatie meer."

SEAT_GIVEN = "Goed nieuws: er is een plaats vrijgekomen en je bent nu ingeschreven voor {title}, {when}. Kan je toch niet? Laat het me weten."
SEAT_OFFERED = (
    "Er is een plaats vrij op {title}, {when}. Wil je ze? Laat het weten voor {until}, anders gaat ze naar de volgende."
)
OFFER_TAKEN = "Er was een plaats vrij op {title}. Je hebt ze genomen."
OFFER_GONE = "Er was een plaats vrij op {title}. Die gaat nu naar iemand anders."
OFFER_LAPSED = (
    "De plaats op {title} is naar de volgende op de wachtlijst gegaan, want ik hoorde niets van je. {standing}"
)
STILL_IN_LINE = "Je staat nog op de wachtlijst, plaats {place}."
REGISTERED_FOR_YOU = "{by} heeft je ingeschreven voor {title}, {when}. Kan je niet? Laat het me weten."
WAITLISTED_FOR_YOU = "{by} heeft je op de wachtlijst gezet voor {title}, {when}: plaats {place}."
EXCUSED_FOR_YOU = "{by} heeft je verontschuldigd voor {title}, {when}.{instead} Klopt dat niet? Laat het me weten."
INSTEAD = " {name} komt in jouw plaats."
REMOVED_FOR_YOU = "{by} heeft je van de lijst gehaald voor {title}, {when}. Klopt dat niet? Laat het me weten."
SOMEBODY = "Iemand"

REPLACES = "Je komt in de plaats van {name} naar {title}, {when}."
REPLACES_WAITING = "Je staat in de plaats van {name} op de wachtlijst voor {title}, {when}: plaats {place}."
WHERE = "Waar: {place}"
ONLINE = "Online: {link}"
PRACTICAL = "Praktisch: {text}"
AGENDA = "Op de agenda:"
TAKEN_ON = "{name} had dit op zich genomen; spreek even af wie het doet:"
CANNOT = "Kan je niet? Laat het me weten."

PRESENTER_OUT = "{name} komt niet naar {title} ({day}), maar stond op de agenda:"
PRESENTER_REPLACED = "{by} komt in de plaats."
PRESENTER_NOT_REPLACED = "Voorlopig komt er niemand in de plaats."


def own_place(meeting: Meeting, own: OwnRegistration | None, now: datetime) -> str:
    """One's place on the waiting list, or that one is not on it."""
    if own is None or own.status not in {RegistrationStatus.WAITLISTED, RegistrationStatus.OFFERED}:
        return NOT_WAITING.format(title=title(meeting))
    return standing(meeting, own, now)


def waiting(meeting: Meeting, line: Sequence[Attendee], may_tell: MayTell, now: datetime) -> str:
    """Who is on the waiting list, in their order; for the coordinator."""
    if not line:
        return NOBODY_WAITS.format(title=title(meeting))
    verb = "staat" if len(line) == 1 else "staan"
    head = WAITING.format(title=title(meeting), verb=verb, people=people(len(line)))
    return f"{head}\n\n{bullets([_in_line(one, may_tell, now) for one in line])}"


def _in_line(one: Attendee, may_tell: MayTell, now: datetime) -> str:
    belongs = one.person.organisation
    where = belongs.name if belongs and may_tell(belongs) else one.person.affiliation
    name = plain(one.person.name) + (f" ({plain(where)})" if where else "")
    if one.offered_until is not None:
        return f"{name}: {WAITS_FOR_ANSWER.format(until=until(one.offered_until, now))}"
    return f"{name}, plaats {one.queue}" if one.queue else name


def _seats(number: int) -> str:
    return "1 plaats" if number == 1 else f"{number} plaatsen"


def sure_capacity(meeting: Meeting, number: int | None) -> str:
    """Before the number of seats changes: what it is now, and whether too many come then."""
    before = BEFORE_NONE if meeting.capacity is None else BEFORE.format(number=meeting.capacity)
    if number is None:
        return SURE_NO_CAPACITY.format(title=title(meeting), before=before)
    asked = SURE_CAPACITY.format(title=title(meeting), number=number, before=before)
    over = meeting.taken - number
    if over <= 0:
        return asked
    are, verb = ("zijn" if meeting.taken > 1 else "is"), ("is" if over == 1 else "zijn")
    return asked + WILL_BE_OVERFULL.format(are=are, taken=meeting.taken, verb=verb, over=over)


def sure_session(session: Session, number: int | None) -> str:
    """Before the number of seats of a session changes."""
    before = BEFORE_NONE if session.capacity is None else BEFORE.format(number=session.capacity)
    said = SURE_NO_SESSION_LIMIT if number is None else SURE_SESSION
    return said.format(session=plain(session.title), number=number, before=before)


def session_set(session: Session) -> str:
    """How many seats a session has now."""
    if session.capacity is None:
        return SESSION_LIMIT_GONE.format(session=plain(session.title))
    return SESSION_SET.format(session=plain(session.title), seats=_seats(session.capacity))


def how_many_in(session: Session) -> str:
    """Asks how many seats a session has."""
    return HOW_MANY_IN.format(session=plain(session.title))


def sure_limit(meeting: Meeting, number: int | None, last: date | None) -> str:
    """Before a limit for each organisation is set or taken away."""
    if number is None:
        return SURE_NO_LIMIT.format(title=title(meeting))
    return SURE_LIMIT.format(title=title(meeting), people=people(number), until=_limit_until(last))


def _limit_until(last: date | None) -> str:
    return LIMIT_UNTIL.format(day=day(last)) if last else ""


def capacity_set(meeting: Meeting, given: Sequence[Person]) -> str:
    """How many seats there are now, who moved up, and how many come too many."""
    if meeting.capacity is None:
        said = CAPACITY_GONE.format(title=title(meeting))
    else:
        are = "er is nu" if meeting.capacity == 1 else "er zijn nu"
        said = CAPACITY_SET.format(are=are, seats=_seats(meeting.capacity), title=title(meeting))
    over = OVERFULL.format(are="is" if meeting.overfull == 1 else "zijn", over=meeting.overfull)
    full = bool(meeting.capacity) and meeting.taken == meeting.capacity
    then = over if meeting.overfull else ALL_TAKEN if full else ""
    return " ".join(part for part in (said, moved_up(given), then) if part)


def limit_set(meeting: Meeting, given: Sequence[Person]) -> str:
    """The limit for each organisation, and who moved up."""
    number = meeting.per_organisation
    until_ = _limit_until(meeting.per_organisation_until)
    said = LIMIT_GONE if number is None else LIMIT_SET
    return f"{said.format(title=title(meeting), people=people(number or 0), until=until_)} {moved_up(given)}".strip()


def reopened(meeting: Meeting) -> str:
    """People can register again."""
    last = STILL_UNTIL.format(day=day(meeting.register_until)) if meeting.register_until else ""
    return REOPENED.format(title=title(meeting)) + last


def accepted(own: OwnRegistration, now: datetime) -> str:
    """What holds after a yes to an offered seat."""
    if own.status is RegistrationStatus.WAITLISTED:
        return ACCEPTED_WAITING.format(title=title(own.meeting), place=own.queue)
    return ACCEPTED.format(title=title(own.meeting), when=moment(own.meeting, now))


def seat_given(own: OwnRegistration, now: datetime) -> str:
    """Moved up from the waiting list."""
    return SEAT_GIVEN.format(title=title(own.meeting), when=moment(own.meeting, now))


def offered(own: OwnRegistration, still: bool, now: datetime) -> str:
    """A seat is offered, or what became of it."""
    known = {"title": title(own.meeting), "when": moment(own.meeting, now)}
    if still and own.offered_until:
        return SEAT_OFFERED.format(until=until(own.offered_until, now), **known)
    return (OFFER_TAKEN if own.status is RegistrationStatus.REGISTERED else OFFER_GONE).format(**known)


def lapsed(own: OwnRegistration) -> str:
    """An offer went by."""
    place = STILL_IN_LINE.format(place=own.queue) if own.queue else ""
    return OFFER_LAPSED.format(title=title(own.meeting), standing=place).strip()


_FOR_YOU = {
    RegistrationStatus.REGISTERED: REGISTERED_FOR_YOU,
    RegistrationStatus.WAITLISTED: WAITLISTED_FOR_YOU,
    RegistrationStatus.EXCUSED: EXCUSED_FOR_YOU,
    RegistrationStatus.WITHDRAWN: REMOVED_FOR_YOU,
}


def for_you(own: OwnRegistration, by: Person | None, now: datetime) -> str | None:
    """What somebody else did for one; None where that says nothing any more."""
    sentence = _FOR_YOU.get(own.status)
    instead = INSTEAD.format(name=plain(own.replaced_by)) if own.replaced_by else ""
    if sentence is None:
        return None
    return sentence.format(
        by=plain(by.name) if by else SOMEBODY,
        title=title(own.meeting),
        when=moment(own.meeting, now),
        place=own.queue,
        instead=instead,
    )


def replaces(
    own: OwnRegistration,
    other: str,
    agenda: Sequence[AgendaPoint],
    taken_on: Sequence[str],
    now: datetime,
) -> str:
    """For who comes in another's place: when, where, what is practical, the agenda, and what the other had taken on."""
    meeting = own.meeting
    waits = own.status is RegistrationStatus.WAITLISTED
    head = (REPLACES_WAITING if waits else REPLACES).format(
        name=plain(other), title=title(meeting), when=moment(meeting, now), place=own.queue
    )
    parts = [head, *_facts(meeting)]
    if agenda:
        parts.append(f"{AGENDA}\n\n{bullets([point_line(point) for point in agenda])}")
    if taken_on:
        parts.append(f"{TAKEN_ON.format(name=plain(other))}\n\n{bullets([plain(one) for one in taken_on])}")
    return "\n\n".join([*parts, CANNOT])


def _facts(meeting: Meeting) -> list[str]:
    facts = [WHERE.format(place=address(meeting.location))] if meeting.location else []
    if meeting.online_url:
        facts.append(ONLINE.format(link=link(meeting.online_url)))
    return [*facts, *([PRACTICAL.format(text=plain(meeting.practical))] if meeting.practical else [])]


def presenter_out(meeting: Meeting, who: Person, points: Sequence[str], by: str | None) -> str:
    """For the organiser: somebody on the agenda does not come."""
    head = PRESENTER_OUT.format(name=plain(who.name), title=title(meeting), day=day(meeting.starts.date()))
    end = PRESENTER_REPLACED.format(by=plain(by)) if by else PRESENTER_NOT_REPLACED
    return f"{head}\n\n{bullets([plain(point) for point in points])}\n\n{end}"


def about(sentence: str, meeting: Meeting) -> str:
    """A sentence about a meeting."""
    return sentence.format(title=title(meeting))
