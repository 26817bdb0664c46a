"""What the bot says about invitations, and what it sends about a meeting by itself."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.agenda import lines
from dialogs.texts.meetings import address, line, link, registration_deadline, title
from dialogs.texts.outbox import AT_ONCE
from dialogs.texts.words import bullets, capital, day, enumeration, euro, hours, near_day, paragraphs, people, plain
from storage.domain.invitations import Invited, Told, Unreachable
from storage.domain.meetings import Location, Meeting
from storage.domain.people import Person

INVITED = "**Uitnodiging: {title}**"
DOES_NOT_TAKE_PLACE = "**{title} gaat niet door.**"
SEATS_LEFT = "Er {seats} vrij."
FULL = "De plaatsen zijn volzet: schrijf je je in, dan kom je op de wachtlijst."
CALL_FOR_POINTS = "Heb je een punt voor de agenda? Geef het door tot en met {day}."
BUTTON_ADD_TO_AGENDA = "Agendapunt toevoegen"

NUDGED = "Kom je naar {title}? Ik hoorde nog niets van {whom}."
NUDGED_YOU = "je"
NUDGED_ORGANISATION = "jou of een collega van {organisation}"
ANSWER_EITHER_WAY = "Ook als je niet kan, laat je dat best weten."

REMINDED = "**Tot binnenkort op {title}!**"
WHEN = "Wanneer: {when}"
WHERE = "Waar: {where}"
ONLINE = "Online: {link}"
PRACTICAL = "Praktisch: {practical}"
FEE = "Prijs: {fee}"
SESSION = "Jouw sessie: {session}"
REPLACES = "Je komt ter vervanging van {name}."
ON_THE_AGENDA = "Op de agenda:"
CANT_COME = "Kan je toch niet komen? Laat het me weten."

CHANGED = "**Er is iets veranderd aan {title}.**"
CHANGED_FROM = "{now} (was {before})"
NO_PLACE = "nog niet bekend"
NOT_ONLINE = "niet meer online"
WAS_NOT_ONLINE = "nieuw"
CANCELLED = "**{title} van {day} gaat niet door.**"
CANCELLED_WHY = "De reden: {why}"

BUTTON_INVITE = "Uitnodigen"
BUTTON_INVITE_AT = "Uitnodigen {when}"
BUTTON_INVITE_NOW = "Nu meteen"
BUTTON_NOT_NOW = "Toch niet"
SAID_INVITE = (BUTTON_INVITE, "Nodig uit", "Nodig ze uit", "Nodig maar uit", "Verstuur", "Verstuur maar", "Stuur maar")
SAID_NOW = (BUTTON_INVITE_NOW, "Stuur nu", "Verstuur nu", "Ja, nu meteen", "Ja, nu")
SAID_NO = (BUTTON_NOT_NOW, "Toch maar niet", "Niet uitnodigen", "Niet versturen", "Verstuur het niet")

PREVIEW = "Dit is de uitnodiging. Ze vertrekt {when} {to}:"
TO_PEOPLE = "persoonlijk naar {people}"
TO_CHANNEL = "naar het kanaal"
IS_THAT_RIGHT = "Is het goed zo?"
UNSURE = "Van {names} ken ik nog geen account in Teams. Ik zoek hen in het team; wie ik niet vind, laat ik je weten."
GONE = "Niet bereikbaar in Teams: {names}. Vraag me “wie kan je niet bereiken?” voor een mail die je kan kopiëren."
HAD_IT = "Wie de uitnodiging al kreeg ({people}), krijgt ze geen tweede keer."
NO_CHANNEL = "Er is nog geen kanaal gekozen; zeg daar *post hier* als ik ze ook in het kanaal mag plaatsen."
AND_OTHERS = "nog {people}"
EVERYBODY_HAS_IT = "Iedereen die ik kan uitnodigen voor {title}, kreeg de uitnodiging al of gaf al antwoord."
NOBODY = "Er is niemand om uit te nodigen voor {title}. Schrijf eerst in wie erbij hoort."
INVITING = "In orde: de uitnodiging voor {title} vertrekt {when} {to}."
NOT_INVITED = "In orde, ik nodig niemand uit."

EVERYBODY_REACHABLE = "Iedereen van {title} is bereikbaar in Teams."
UNREACHABLE = "Voor {title} bereik ik {people} niet in Teams:"
UNREACHED = "Niet iedereen kreeg de uitnodiging voor {title}. Ik bereik {people} niet in Teams:"
UNREMINDED = "Niet iedereen kreeg de herinnering voor {title}. Wie komt en niet bereikbaar is in Teams:"
MAIL_BELOW = "Hieronder staat een mail die je kan kopiëren."
LABEL_ADDRESSES = "Aan"
LABEL_SUBJECT = "Onderwerp"
LABEL_MAIL = "Bericht"
MAIL_SUBJECT = "Uitnodiging: {title}, {day}"
MAIL_REMINDER_SUBJECT = "Herinnering: {title}, {day}"
MAIL_HELLO = "Beste,"
MAIL_INVITED = "Je bent van harte uitgenodigd voor {title}."
MAIL_REMINDED = "Binnenkort zien we elkaar op {title}."
MAIL_REGISTER = "Kom je? Antwoord dan op deze mail{until}. Ook als je niet kan komen, horen we het graag."
MAIL_CANT_COME = "Kan je toch niet komen? Antwoord dan op deze mail."
UNTIL = ", ten laatste op {day}"
MAIL_POINTS = "Agendapunten kan je doorgeven tot en met {day}."
MAIL_CALENDAR = "Zet het in je agenda: {link}"
MAIL_GREETING = "Vriendelijke groeten,"

MOST_NAMES = 12


def invitation(told: Told, now: datetime) -> str:
    """The invitation for one person, or for the channel with the seats that are left."""
    meeting = told.meeting
    head = f"{INVITED.format(title=title(meeting))}\n\n{capital(line(meeting, now))}."
    own = [paragraphs(told.rules.invitation_text)] if told.rules.invitation_text else []
    more = [registration_deadline(meeting, now)] if meeting.register_until else []
    more += [_seats(meeting)] if told.person is None and meeting.capacity is not None else []
    more += _call_for_points(meeting, now)
    asks = [paragraphs(told.rules.input_text)] if told.rules.input_text and takes_points(meeting, now) else []
    return "\n\n".join([head, *own, *([" ".join(more)] if more else []), *asks])


def takes_points(meeting: Meeting, now: datetime) -> bool:
    """Whether the invitation calls for points: as long as they are in time, where a last day was set."""
    return meeting.agenda_until is not None and meeting.agenda_until >= now.date()


def _call_for_points(meeting: Meeting, now: datetime) -> list[str]:
    until = meeting.agenda_until
    return [CALL_FOR_POINTS.format(day=near_day(until, now.date()))] if until and until >= now.date() else []


def _seats(meeting: Meeting) -> str:
    if not meeting.places_left:
        return FULL
    seats = "is nog 1 plaats" if meeting.places_left == 1 else f"zijn nog {meeting.places_left} plaatsen"
    return SEATS_LEFT.format(seats=seats)


def off(meeting: Meeting) -> str:
    """An invitation that was sent for a meeting that does not take place."""
    return DOES_NOT_TAKE_PLACE.format(title=title(meeting))


def nudge(told: Told, now: datetime) -> str:
    """The nudge for somebody who did not answer."""
    meeting, organisation = told.meeting, told.person.organisation if told.person else None
    whom = NUDGED_ORGANISATION.format(organisation=plain(organisation.name)) if organisation else NUDGED_YOU
    head = NUDGED.format(title=title(meeting), whom=whom)
    own = [paragraphs(told.rules.nudge_text)] if told.rules.nudge_text else []
    tail = f"{registration_deadline(meeting, now)} {ANSWER_EITHER_WAY}" if meeting.register_until else ANSWER_EITHER_WAY
    return "\n\n".join([head, f"{capital(line(meeting, now))}.", *own, tail])


def reminder(told: Told, now: datetime) -> str:
    """The reminder for somebody who comes, with all that is practical to know."""
    meeting = told.meeting
    own = [paragraphs(told.rules.reminder_text)] if told.rules.reminder_text else []
    replaces = [REPLACES.format(name=plain(told.replaces))] if told.replaces else []
    agenda = [f"{ON_THE_AGENDA}\n\n{bullets(lines(meeting, told.agenda))}"] if told.agenda else []
    head = [REMINDED.format(title=title(meeting)), bullets(_facts(told, now))]
    return "\n\n".join([*head, *replaces, *own, *agenda, CANT_COME])


def _facts(told: Told, now: datetime) -> list[str]:
    meeting, session = told.meeting, told.own.session if told.own else None
    facts = [WHEN.format(when=moment(meeting, now))]
    facts += [WHERE.format(where=address(meeting.location))] if meeting.location else []
    facts += [ONLINE.format(link=link(meeting.online_url))] if meeting.online_url else []
    facts += [SESSION.format(session=plain(session))] if session else []
    facts += [FEE.format(fee=euro(meeting.fee_eur))] if meeting.fee_eur else []
    facts += [PRACTICAL.format(practical=plain(meeting.practical))] if meeting.practical else []
    return facts


def moment(meeting: Meeting, now: datetime) -> str:
    """When a meeting is: "morgen, dinsdag 24 november 2026, van 9.30 tot 12 uur"."""
    return f"{near_day(meeting.starts.date(), now.date())}, {hours(meeting.starts, meeting.ends)}"


def changed(meeting: Meeting, before: Meeting | None, now: datetime) -> str:
    """What changed of a meeting since `before`; only how it stands now where that is not known."""
    head = CHANGED.format(title=title(meeting))
    rows = _differences(meeting, before, now) if before else _facts_of(meeting, now)
    return f"{head}\n\n{bullets(rows)}\n\n{CANT_COME}"


def _facts_of(meeting: Meeting, now: datetime) -> list[str]:
    rows = [WHEN.format(when=moment(meeting, now)), WHERE.format(where=_where(meeting.location))]
    return rows + ([ONLINE.format(link=link(meeting.online_url))] if meeting.online_url else [])


def _differences(meeting: Meeting, before: Meeting, now: datetime) -> list[str]:
    rows = []
    if (meeting.starts, meeting.ends) != (before.starts, before.ends):
        rows.append(WHEN.format(when=_from(moment(meeting, now), moment(before, now))))
    if meeting.location != before.location:
        rows.append(WHERE.format(where=_from(_where(meeting.location), _where(before.location))))
    if meeting.online_url != before.online_url:
        old = link(before.online_url) if before.online_url else WAS_NOT_ONLINE
        new = link(meeting.online_url) if meeting.online_url else NOT_ONLINE
        said = _from(new, old) if before.online_url else f"{new} ({old})"
        rows.append(ONLINE.format(link=said))
    return rows


def _from(new: str, old: str) -> str:
    return CHANGED_FROM.format(now=new, before=old)


def _where(location: Location | None) -> str:
    return address(location) if location else NO_PLACE


def cancelled(meeting: Meeting) -> str:
    """A meeting does not take place."""
    head = CANCELLED.format(title=title(meeting), day=day(meeting.starts.date()))
    return f"{head}\n\n{CANCELLED_WHY.format(why=plain(meeting.cancelled_why))}" if meeting.cancelled_why else head


def preview(invited: Invited, shown: str, goes: str, posting: bool) -> str:
    """An invitation before it is sent, to whom and when."""
    quote = "\n\n".join(f"> {part}" for part in shown.split("\n\n"))
    parts = [PREVIEW.format(when=goes, to=_to(invited)), quote]
    parts += [UNSURE.format(names=_names(invited.unsure))] if invited.unsure else []
    parts += [GONE.format(names=_names(invited.gone))] if invited.gone else []
    parts += [HAD_IT.format(people=people(invited.before))] if invited.before else []
    parts += [] if posting else [NO_CHANNEL]
    return "\n\n".join([*parts, IS_THAT_RIGHT])


def inviting(invited: Invited, goes: str) -> str:
    """An invitation that will be sent."""
    return INVITING.format(title=title(invited.meeting), when=goes, to=_to(invited))


def _to(invited: Invited) -> str:
    parts = [TO_PEOPLE.format(people=people(len(invited.tried)))] if invited.tried else []
    return enumeration([*parts, *([TO_CHANNEL] if invited.channel else [])]) or AT_ONCE


def _names(found: Sequence[Person]) -> str:
    names = [plain(one.name) for one in found[:MOST_NAMES]]
    rest = len(found) - MOST_NAMES
    return enumeration([*names, AND_OTHERS.format(people=people(rest))] if rest > 0 else names)


def unreachable(found: Unreachable, head: str) -> str:
    """Who must hear of a meeting in another way, under a sentence that says of what."""
    said = head.format(title=title(found.meeting), people=people(len(found.people)))
    return f"{said}\n\n{bullets([_contact(one) for one in found.people])}\n\n{MAIL_BELOW}"


def _contact(person: Person) -> str:
    belongs = person.organisation.name if person.organisation else person.affiliation
    return f"{plain(person.name)}{f' ({plain(belongs)})' if belongs else ''}: {plain(person.email)}"


def mail_subject(meeting: Meeting, reminds: bool) -> str:
    """The subject of the mail. It is no markdown: what somebody typed stays as it is."""
    subject = MAIL_REMINDER_SUBJECT if reminds else MAIL_SUBJECT
    return subject.format(title=meeting.title, day=day(meeting.starts.date()))


def mail(meeting: Meeting, reminds: bool, name: str, calendar: str | None, now: datetime) -> str:
    """A mail to who can't be reached in Teams, by `name`; `calendar` is where they find the file for their own."""
    until = UNTIL.format(day=day(meeting.register_until)) if meeting.register_until else ""
    parts = [MAIL_HELLO, (MAIL_REMINDED if reminds else MAIL_INVITED).format(title=meeting.title)]
    parts.append("\n".join(_mail_facts(meeting)))
    parts.append(MAIL_CANT_COME if reminds else MAIL_REGISTER.format(until=until))
    if not reminds and meeting.agenda_until and meeting.agenda_until >= now.date():
        parts.append(MAIL_POINTS.format(day=day(meeting.agenda_until)))
    parts += [MAIL_CALENDAR.format(link=calendar)] if calendar else []
    return "\n\n".join([*parts, f"{MAIL_GREETING}\n{name}"])


def _mail_facts(meeting: Meeting) -> list[str]:
    when = f"{day(meeting.starts.date())}, {hours(meeting.starts, meeting.ends)}"
    place = meeting.location
    where = ", ".join(part for part in (place.name, place.address, place.room) if part) if place else ""
    facts = [WHEN.format(when=when), WHERE.format(where=where) if where else ""]
    facts += [ONLINE.format(link=meeting.online_url)] if meeting.online_url else []
    facts += [FEE.format(fee=euro(meeting.fee_eur))] if meeting.fee_eur else []
    facts += [PRACTICAL.format(practical=meeting.practical)] if meeting.practical else []
    return [fact for fact in facts if fact]
