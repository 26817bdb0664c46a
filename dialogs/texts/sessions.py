"""What the bot says about the sessions of a network day: choosing them, sharing them out, and who paid."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.meetings import title
from dialogs.texts.words import bullets, enumeration, euro, on_day, people, plain
from storage.domain.meetings import Meeting, Session, SessionChoice
from storage.domain.people import Person
from storage.domain.registrations import COMES
from storage.domain.sessions import Fees, Proposal, SessionsOf, Wished

BUTTON_SESSION = "{session}{places}"
BUTTON_REGION = "Jouw regio: {session}{places}"
BUTTON_LEAVE_LINE = "Van de lijst: {session}"
BUTTON_NO_SESSION = "Toch geen sessie"
BUTTON_CHOOSE = "Kies"
BUTTON_RANK = "Geef mijn voorkeur door"
BUTTON_PICK = "Kies mijn sessie"
BUTTON_REGISTER = "Schrijf me in"
BUTTON_ASSIGN = "Ja, verdeel zo"
BUTTON_EVERYBODY = "Iedereen opnieuw verdelen"
BUTTON_RANKED = "Laat rangschikken"
BUTTON_FIRST_COME = "Wie eerst komt, eerst maalt"
BUTTON_YES = "Ja, doe maar"
BUTTON_ADD = "Voeg sessie toe"
LABEL_TITLE = "Titel van de nieuwe sessie"
LABEL_ROOM = "Zaal"
LABEL_PLACES = "Aantal plaatsen (leeg: geen maximum)"
NOT_A_NUMBER = "Het aantal plaatsen is een getal vanaf 0. Laat het leeg als er geen maximum is."
BUTTON_NOT_NOW = "Nee, nu niet"
BUTTON_PAID = "Betaald"
BUTTON_UNDO_PAID = "Toch niet betaald"
BUTTON_UNDO_UNPAID = "Toch betaald"
LABEL_SESSION = "Jouw sessie"
LABELS_RANK = ("Eerste keuze", "Tweede keuze", "Derde keuze")
LABEL_WHO_PAID = "Wie heeft betaald?"
PICK_ONE = "Kies een sessie"
FULL = "VOLZET"
LEFT = "nog {left} vrij"

NO_SESSIONS = "{title} heeft geen aparte sessies."
NO_NETWORK_DAY = "Er staat geen bijeenkomst met sessies gepland."
NO_FEES_PLANNED = "Er staat geen bijeenkomst gepland waarvoor je betaalt."
REGISTER_FIRST = "Je bent nog niet ingeschreven voor {title}. Schrijf je eerst in, dan kies je daarna je sessie."
NOT_ON_THE_LIST = "{name} is niet ingeschreven voor {title}."
STARTED = "{title} is al begonnen: een sessie kiezen kan niet meer."
FULL_NAME = "Er zijn meerdere mensen met die naam. Zeg de voornaam en de familienaam."
CHOOSE = "Kies je sessie op {title}. Je kan nog veranderen tot de bijeenkomst begint."
RANK = (
    "Welke sessies volg je het liefst op {title}? Zet er één tot drie in volgorde. De coördinator verdeelt de plaatsen "
    "later, en jij hoort dan meteen waar je zit."
)
YOU_SIT = "Je zit in {session} op {title}."
YOU_SAT = "Je zat al in {session} op {title}."
THEY_SIT = "{name} zit in {session} op {title}."
NO_SEAT = "Je hebt nog geen sessie op {title}."
THEY_NO_SEAT = "{name} heeft nog geen sessie op {title}."
MEANWHILE = "Je houdt intussen je plaats in {session}."
IN_LINE = "{session} is volzet: je staat op de wachtlijst, plaats {place}."
THEY_IN_LINE = "{session} is volzet: op de wachtlijst, plaats {place}."
HEAR_AT_ONCE = "Komt er een plaats vrij, dan schuif je vanzelf door en hoor je het meteen."
WAITS_FOR_THE_DAY = (
    "Genoteerd: {sessions}. Je staat zelf nog op de wachtlijst voor {title}; zodra je een plaats hebt, krijg je een sessie "
    "als er daar nog plaats is."
)
WISHES = "Jouw voorkeur voor {title}: {sessions}."
WISHES_KEPT = "De coördinator verdeelt de plaatsen later; je hoort van mij waar je zit."
THEIR_WISHES = "De voorkeur van {name} voor {title}: {sessions}."
SEAT_STAYS = "Je zit nu in {session}; dat blijft zo tot de coördinator iedereen opnieuw verdeelt."
TAKEN_BACK = "In orde, je hebt geen sessie meer op {title}."
LEFT_LINE = "In orde, {session} staat niet meer bij je keuzes voor {title}."
SURE_TO_SEAT = "Zet ik {name} in {session} op {title}?"
GIVEN = "Goed nieuws: je hebt een plaats in {session} op {title}, {day}."
ASSIGNED = "De sessies van {title} ({day}) zijn verdeeld: je zit in {session}."
ASSIGNED_CHANGE = "Past dat niet? Zeg “ik kies een andere sessie”: wat overblijft, is voor wie eerst komt."
ASSIGNED_NONE = (
    "De sessies van {title} ({day}) zijn verdeeld. Voor jou was er geen plaats meer in {sessions}: je staat daar op de "
    "wachtlijst. Zeg “kies een sessie” om te zien waar er nog plaats is."
)

PROPOSAL = "Zo zou ik de sessies van {title} verdelen: {figures}."
APPLIED = "De sessies van {title} zijn verdeeld: {figures}. Iedereen hoort het persoonlijk."
APPLIED_AFTER = (
    "Wie geen plaats kreeg, staat op de wachtlijst van wat die persoon koos. Wat overblijft, is voor wie eerst komt, "
    "tot de bijeenkomst begint."
)
SHARED_FAIRLY = "Zoveel mogelijk mensen krijgen een plaats, en dan zoveel mogelijk hun eerste keuze, dan hun tweede, enzovoort. Het lot beslist waar het gelijk is."
SEATED = "Wie al een sessie heeft, blijft zitten: {people}."
AGAIN = "Ook wie al een sessie heeft en een voorkeur gaf, verdeel ik opnieuw."
SILENT = "Zonder voorkeur: {names}."
UNPLACED = "Geen plaats voor: {names}."
NO_ROOM = "In wat ze kozen op {title} is er geen plaats meer voor: {names}. {line}"
IN_LINE_NOW = "Ze staan daar op de wachtlijst."
IN_LINE_THEN = "Verdeel je zo, dan staan ze daar op de wachtlijst."
NOTHING_TO_ASSIGN = "Er is voor {title} niemand te verdelen: niemand zonder sessie gaf een voorkeur door."
WAY_RANKED = "Deelnemers zetten de sessies in volgorde, en jij verdeelt ze."
WAY_FIRST_COME = "Wie eerst kiest, heeft de plaats."
SURE_RANKED = (
    "Zal ik iedereen de sessies van {title} laten rangschikken? Niemand verliest een plaats, maar wie nu kiest, krijgt pas "
    "een sessie als jij ze verdeelt."
)
SURE_FIRST_COME = (
    "Zal ik de sessies van {title} geven aan wie eerst komt? Wie al een voorkeur doorgaf, krijgt meteen een plaats of "
    "komt op de wachtlijst, in de volgorde waarin dat gebeurde."
)
DONE_RANKED = "In orde: voor {title} zet iedereen de sessies in volgorde. Zeg “verdeel de sessies” als het zover is."
DONE_FIRST_COME = "In orde: voor {title} heeft wie eerst kiest de plaats."
LEFT_SO = "In orde, ik laat het zo."

FREE = "{title} is gratis: er valt niets te betalen."
ALL_PAID = "Iedereen die komt naar {title}, heeft betaald ({people})."
UNPAID = "Voor {title} ({fee}) hebben nog niet betaald: {names}."
PAID_SO_FAR = "Betaald: {paid} van de {total}."
NOBODY_COMES = "Voor {title} is nog niemand ingeschreven."
NOTED_PAID = "Genoteerd: {names} {verb} betaald voor {title}."
NOTED_UNPAID = "Genoteerd: {names} {verb} nog niet betaald voor {title}."
KNOWN_PAID = "Dat stond al zo voor {title}."
NOBODY_TICKED = "Je hebt niemand aangevinkt."
YOU_PAID = "Je hebt betaald voor {title}."
YOU_DID_NOT_PAY = "Ik heb nog geen betaling van jou genoteerd voor {title} ({fee})."
UNKNOWN_PAYER = "Ik weet niet over wie het gaat. Zeg de voornaam en de familienaam."
MOST_NAMES = 40
AND_MORE = "nog {count} anderen"


def places(session: Session, waiting: int = 0) -> str:
    """How many places a session has left, in few words; who waits comes first."""
    if session.places_left is None:
        return ""
    return LEFT.format(left=session.places_left) if session.places_left and not waiting else FULL


def button(session: Session, suggested: bool) -> str:
    """A session on a button."""
    left = places(session)
    template = BUTTON_REGION if suggested else BUTTON_SESSION
    return template.format(session=session.title, places=f" ({left})" if left else "")


def choice(session: Session) -> str:
    """A session in a list to choose from."""
    left_ = places(session)
    return f"{session.title} ({left_})" if left_ else session.title


def room(session: Session) -> str:
    """A session with its room."""
    return plain(session.title) + (f" ({plain(session.room)})" if session.room else "")


def overview(shown: SessionsOf) -> str:
    """The sessions one can choose from, numbered, with what holds for whom it is shown."""
    head = (RANK if shown.meeting.session_choice is SessionChoice.RANKED else CHOOSE).format(title=title(shown.meeting))
    lines = [
        f"{number}. {room(one)}{f': {left}' if (left := places(one)) else ''}"
        for number, one in enumerate(shown.sessions, 1)
    ]
    own = standing(shown) if shown.seat or shown.wishes else ""
    return "\n\n".join(part for part in (head, "\n".join(lines), own) if part)


def standing(shown: SessionsOf) -> str:
    """Where one sits, and what one waits for or wishes."""
    if shown.meeting.session_choice is SessionChoice.RANKED:
        return _ranked(shown)
    if shown.status not in COMES and shown.wishes:
        return WAITS_FOR_THE_DAY.format(sessions=_in_order(shown.wishes), title=title(shown.meeting))
    lines = [IN_LINE.format(session=plain(one.session.title), place=one.queue) for one in waits(shown)]
    if not lines:
        return _seat(shown)
    stays = MEANWHILE.format(session=plain(shown.seat.title)) if shown.seat else ""
    return " ".join([*lines, *([stays] if stays else []), HEAR_AT_ONCE])


def waits(shown: SessionsOf) -> tuple[Wished, ...]:
    """The sessions in whose line one stands."""
    return tuple(one for one in shown.wishes if one.queue is not None)


def _seat(shown: SessionsOf) -> str:
    if shown.seat is None:
        return NO_SEAT.format(title=title(shown.meeting))
    return YOU_SIT.format(session=room(shown.seat), title=title(shown.meeting))


def _ranked(shown: SessionsOf) -> str:
    if not shown.wishes:
        return _seat(shown)
    parts = [WISHES.format(title=title(shown.meeting), sessions=_in_order(shown.wishes)), WISHES_KEPT]
    if shown.seat:
        parts.append(SEAT_STAYS.format(session=plain(shown.seat.title)))
    return " ".join(parts)


def _in_order(wishes: Sequence[Wished]) -> str:
    return enumeration([plain(one.session.title) for one in wishes], "en dan")


def chosen(shown: SessionsOf, session_ids: Sequence[int]) -> str:
    """What holds after somebody chose for themselves."""
    if not session_ids:
        return TAKEN_BACK.format(title=title(shown.meeting))
    if not shown.changed and shown.seat and shown.seat.id == session_ids[0] and not waits(shown):
        return YOU_SAT.format(session=plain(shown.seat.title), title=title(shown.meeting))
    if shown.seat and shown.seat.id in session_ids and waits(shown):
        return f"{_seat(shown)} {standing(shown)}" if session_ids[0] == shown.seat.id else standing(shown)
    return standing(shown)


def chosen_for(shown: SessionsOf, person: Person) -> str:
    """What holds after a coordinator chose for somebody else."""
    name, where = plain(person.name), title(shown.meeting)
    if shown.meeting.session_choice is SessionChoice.RANKED and shown.wishes:
        return THEIR_WISHES.format(name=name, title=where, sessions=_in_order(shown.wishes))
    seat = THEY_SIT.format(name=name, session=room(shown.seat), title=where) if shown.seat else ""
    lines = [THEY_IN_LINE.format(session=plain(one.session.title), place=one.queue) for one in waits(shown)]
    return " ".join([seat or THEY_NO_SEAT.format(name=name, title=where), *lines])


def left(shown: SessionsOf, session: Session) -> str:
    """One session was taken back."""
    return LEFT_LINE.format(session=plain(session.title), title=title(shown.meeting))


def sure_to_seat(meeting: Meeting, person: Person, sessions: Sequence[Session]) -> str:
    """Whether somebody else is to get these sessions, best first."""
    named = enumeration([plain(one.title) for one in sessions], "en anders")
    return SURE_TO_SEAT.format(name=plain(person.name), session=named, title=title(meeting))


def about(sentence: str, meeting: Meeting) -> str:
    """A sentence about one meeting."""
    return sentence.format(title=title(meeting))


def told_given(shown: SessionsOf, session: Session, now: datetime) -> str:
    """The message to who moved up in a session's line."""
    day = on_day(shown.meeting.starts.date(), now.date())
    rest = [IN_LINE.format(session=plain(one.session.title), place=one.queue) for one in waits(shown)]
    return " ".join([GIVEN.format(session=room(session), title=title(shown.meeting), day=day), *rest])


def told_assigned(shown: SessionsOf, now: datetime) -> str:
    """The message to who took part in the assignment."""
    day, where = on_day(shown.meeting.starts.date(), now.date()), title(shown.meeting)
    if shown.seat is None:
        sessions = enumeration([plain(one.session.title) for one in shown.wishes], "of")
        return ASSIGNED_NONE.format(title=where, day=day, sessions=sessions)
    return f"{ASSIGNED.format(title=where, day=day, session=room(shown.seat))} {ASSIGNED_CHANGE}"


# --- for the coordinator


_NTH = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")


def proposal(one: Proposal) -> str:
    """What an assignment gives, before or after it is applied."""
    if not one.people and not one.unplaced:
        return f"{NOTHING_TO_ASSIGN.format(title=title(one.meeting))} {way(one.meeting.session_choice)}"
    if not one.people:
        line = IN_LINE_NOW if one.applied else IN_LINE_THEN
        return NO_ROOM.format(title=title(one.meeting), names=names(one.unplaced), line=line)
    head = (APPLIED if one.applied else PROPOSAL).format(title=title(one.meeting), figures=figures(one))
    lines = [
        f"{plain(session.title)}: {people(len(those))}, {len(those) + session.taken} in totaal"
        if session.taken and not one.everybody
        else f"{plain(session.title)}: {people(len(those))}"
        for session, those in one.placed
    ]
    notes = [UNPLACED.format(names=names(one.unplaced))] if one.unplaced else []
    notes += [SILENT.format(names=names(one.silent))] if one.silent else []
    notes += [SEATED.format(people=people(one.seated))] if one.seated else []
    notes += [AGAIN] if one.everybody else []
    return "\n\n".join([head, bullets(lines), *notes, APPLIED_AFTER if one.applied else SHARED_FAIRLY])


def figures(one: Proposal) -> str:
    """How many got which choice: "142 eerste keuze, 38 tweede, 3 niet geplaatst"."""
    parts = [
        f"{count} {_NTH[rank] if rank < len(_NTH) else f'{rank + 1}e'}"
        for rank, count in enumerate(one.choices)
        if count
    ]
    if parts:
        parts[0] += " keuze"
    return ", ".join([*parts, *([f"{len(one.unplaced)} niet geplaatst"] if one.unplaced else [])])


def names(some: Sequence[Person]) -> str:
    """Names in a row, not more than one reads."""
    shown = [plain(one.name) for one in some[:MOST_NAMES]]
    more = len(some) - len(shown)
    return enumeration([*shown, AND_MORE.format(count=more)] if more else shown)


def way(choice: SessionChoice) -> str:
    """How sessions are given out."""
    return WAY_RANKED if choice is SessionChoice.RANKED else WAY_FIRST_COME


def sure_of_way(meeting: Meeting, choice: SessionChoice) -> str:
    """Whether sessions are to be given out in this way."""
    return about(SURE_RANKED if choice is SessionChoice.RANKED else SURE_FIRST_COME, meeting)


def way_set(meeting: Meeting, choice: SessionChoice) -> str:
    """Sessions are given out in this way from now on."""
    return about(DONE_RANKED if choice is SessionChoice.RANKED else DONE_FIRST_COME, meeting)


def fees(found: Fees) -> str:
    """Who did not pay yet."""
    if not found.meeting.fee_eur:
        return about(FREE, found.meeting)
    total = len(found.paid) + len(found.unpaid)
    if not total:
        return about(NOBODY_COMES, found.meeting)
    if not found.unpaid:
        return ALL_PAID.format(title=title(found.meeting), people=people(total))
    fee = euro(found.meeting.fee_eur)
    head = UNPAID.format(title=title(found.meeting), fee=fee, names=names(found.unpaid))
    return f"{head} {PAID_SO_FAR.format(paid=len(found.paid), total=total)}"


def noted_paid(meeting: Meeting, some: Sequence[Person], yes: bool) -> str:
    """Who paid is noted, or that they did not."""
    if not some:
        return about(KNOWN_PAID, meeting)
    sentence = NOTED_PAID if yes else NOTED_UNPAID
    return sentence.format(names=names(some), verb="heeft" if len(some) == 1 else "hebben", title=title(meeting))


def own_payment(meeting: Meeting, paid: bool) -> str:
    """Whether one's own payment is known."""
    if not meeting.fee_eur:
        return about(FREE, meeting)
    return about(YOU_PAID, meeting) if paid else YOU_DID_NOT_PAY.format(title=title(meeting), fee=euro(meeting.fee_eur))
