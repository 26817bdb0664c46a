"""What the bot says about inviting experts and organisations, and the mail that it drafts."""

import re
from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.invitations import MAIL_GREETING, ONLINE, WHEN, WHERE
from dialogs.texts.meetings import title
from dialogs.texts.words import bullets, day, duration, hours, plain
from storage.domain.agenda import Invite
from storage.domain.experts import Expert
from storage.domain.meetings import Meeting
from storage.domain.network import Network
from storage.domain.people import Person

BUTTON_INVITED = "Uitgenodigd"
BUTTON_COMES = "Komt"
BUTTON_COMES_NOT = "Komt niet"
BUTTON_COMES_AFTER_ALL = "Komt toch"
BUTTON_SOMEBODY_ELSE = "Iemand anders uitnodigen"
BUTTON_MAIL = "Mail voor {title}"
BUTTON_KEEP = "Bewaren"

LABEL_NAME = "Naam"
LABEL_ORGANISATION = "Organisatie"
LABEL_EMAIL = "E-mailadres"

DRAFTED = (
    "Voor “{point}” nodig je iemand uit. Hieronder staat een mail die je kan kopiëren en aanpassen. "
    "Laat je me weten wanneer je de uitnodiging verstuurde, en of ze komen?"
)
STATES = {
    Invite.TO_INVITE: "nog uit te nodigen",
    Invite.INVITED: "uitgenodigd, nog geen antwoord",
    Invite.YES: "{who} komt",
    Invite.NO: "{who} komt niet",
}
SOMEBODY = "de expert"
SUBJECT = "Uitnodiging: {title}, {day}"
SUBJECT_OPEN = "Uitnodiging van {network}"
US = "onderwijsambassadeurs"
HELLO = "Beste {name},"
HELLO_ALL = "Beste,"
WE_ARE = (
    "Wij zijn {network}: mensen uit de jeugdhulp die er samen voor zorgen dat leren en naar school gaan aandacht "
    "blijft krijgen. Een paar keer per jaar komen we samen om van elkaar te leren."
)
WOULD_LOVE = "Op een van onze volgende bijeenkomsten zouden we je heel graag te gast hebben."
WOULD_LOVE_AT = "Op “{title}” zouden we je heel graag te gast hebben."
THEME = "Het gaat over {point}."
QUESTION = "Dit is waar we mee zitten: {question}"
TIME = "We maken er {minutes} voor vrij; liever wat meer of minder tijd, dat kan zeker."
ANSWER_ME = (
    "Zie je dat zitten? Laat het me weten door op deze mail te antwoorden{mail}. Dan spreken we samen af hoe je het "
    "graag aanpakt en wat je daarvoor nodig hebt."
)
MY_MAIL = " ({mail})"

NOTED_INVITED = "Genoteerd: voor “{point}” is de uitnodiging verstuurd. Laat je me weten of ze komen?"
NOTED_TO_INVITE = "Genoteerd: voor “{point}” moet nog iemand uitgenodigd worden."
THEY_COME = "Fijn! {who} komt naar {title} en staat op de agenda bij “{point}”."
LISTED = "{name} staat ook op de lijst."
OVERFULL = (
    "De plaatsen waren al volzet: ik zette {name} er als spreker bij, en niemand anders verliest zijn plaats. "
    "Kijk even of de zaal groot genoeg is."
)
GIVE_ADDRESS = "Geef je me nog een e-mailadres? Dan zet ik {name} ook op de lijst."
WHO_COMES = (
    "Wat fijn! Wie komt er voor “{point}”? Zeg me de naam, de organisatie en het e-mailadres, of vul het hier in."
)
NEEDS_A_NAME = (
    "Wie komt er? Ik heb minstens een naam nodig. Met een organisatie en een e-mailadres komt de gast op de lijst."
)
NOT_COMPLETE = "Om iemand op de lijst te zetten heb ik een naam, een organisatie en een geldig e-mailadres nodig."
THEY_DO_NOT = "Jammer. Genoteerd dat {who} niet komt. “{point}” blijft staan{proposer}."
PROPOSER_HEARS = "; {name} krijgt daar een berichtje van"
OFF_THE_LIST = "{name} staat niet meer op de lijst en bij de gasten."
SAME = "Dat stond al zo: voor “{point}” geldt “{state}”."
ON_NO_AGENDA = "Zet “{point}” eerst op de agenda van een bijeenkomst. Dan pas kan ik er een gast bij zetten."
WHICH_ONE = "Over welke uitnodiging gaat het? Zeg er het nummer van het punt of de naam bij."
NOBODY_TO_INVITE = "Er loopt geen enkele uitnodiging voor een expert of organisatie."
OVERVIEW = "Dit zijn de uitnodigingen voor experts en organisaties:"
ROW = "“{point}” ({where}): {state}"
BACKLOG = "op de plank"
LEFT_SO = "In orde, ik verander niets aan de uitnodiging."
WHERE_OF_DAY = "{title}, {day}"

GOOD_NEWS = "Goed nieuws: {who} komt naar {title} voor jouw punt “{point}”."
BAD_NEWS = (
    "{who} kan niet komen voor jouw punt “{point}” op {title}. Het punt blijft staan. "
    "Ken je iemand anders die erover kan vertellen? Laat het gerust weten aan de coördinator."
)
ABOUT_ANSWERED = "het bericht over de gast voor {title}"


def who(expert: Expert) -> str:
    """Whoever is invited, as far as that is known."""
    point = expert.point
    if not point.guest_name:
        return plain(point.guest_organisation) if point.guest_organisation else SOMEBODY
    return plain(point.guest_name) + (f" ({plain(point.guest_organisation)})" if point.guest_organisation else "")


def state(expert: Expert) -> str:
    """How far an invitation is."""
    return STATES[expert.point.invite or Invite.TO_INVITE].format(who=who(expert))


def drafted(expert: Expert) -> str:
    """Under this the mail stands."""
    return DRAFTED.format(point=plain(expert.point.title))


def subject(expert: Expert, network: Network) -> str:
    """The subject of the mail. It is no markdown: what somebody typed stays as it is."""
    if expert.meeting is None:
        return SUBJECT_OPEN.format(network=network.name or US)
    return SUBJECT.format(title=expert.meeting.title, day=day(expert.meeting.starts.date()))


def mail(expert: Expert, network: Network, by: Person) -> str:
    """The mail that invites somebody for a point, by whoever arranges it. No markdown either."""
    point, meeting = expert.point, expert.meeting
    parts = [HELLO.format(name=point.guest_name) if point.guest_name else HELLO_ALL]
    love = WOULD_LOVE_AT.format(title=meeting.title) if meeting else WOULD_LOVE
    parts += [WE_ARE.format(network=network.name or US), " ".join([love, *_theme(point.title)])]
    parts += [QUESTION.format(question=point.explanation)] if point.explanation else []
    parts += ["\n".join(_facts(meeting))] if meeting else []
    parts += [TIME.format(minutes=duration(point.minutes))] if point.minutes else []
    parts += [ANSWER_ME.format(mail=MY_MAIL.format(mail=by.email))]
    return "\n\n".join([*parts, f"{MAIL_GREETING}\n{by.name}"])


def _theme(point: str) -> list[str]:
    """What it is about; nothing where the title only says whom to invite ("iemand van het CLB uitnodigen")."""
    return [] if _ONLY_WHOM.search(point) else [THEME.format(point=point)]


_ONLY_WHOM = re.compile(r"^iemand\b|\buit(?: te )?nodigen\b", re.IGNORECASE)


def _facts(meeting: Meeting) -> list[str]:
    place = meeting.location
    where = ", ".join(part for part in (place.name, place.address, place.room) if part) if place else ""
    facts = [WHEN.format(when=f"{day(meeting.starts.date())}, {hours(meeting.starts, meeting.ends)}")]
    facts += [WHERE.format(where=where)] if where else []
    return facts + ([ONLINE.format(link=meeting.online_url)] if meeting.online_url else [])


def changed(expert: Expert) -> str:
    """What was noted of an invitation."""
    point = plain(expert.point.title)
    if not expert.changed:
        return SAME.format(point=point, state=state(expert))
    match expert.point.invite:
        case Invite.YES:
            return _comes(expert, point)
        case Invite.NO:
            return _stays_away(expert, point)
        case Invite.INVITED:
            return NOTED_INVITED.format(point=point)
        case _:
            return NOTED_TO_INVITE.format(point=point)


def _comes(expert: Expert, point: str) -> str:
    name = plain(expert.point.guest_name or "")
    there = title(expert.meeting) if expert.meeting else ""
    said = [THEY_COME.format(who=who(expert), title=there, point=point)]
    if expert.listed is None:
        said.append(GIVE_ADDRESS.format(name=name))
    else:
        said.append((OVERFULL if expert.overfull else LISTED).format(name=name))
    return " ".join(said)


def _stays_away(expert: Expert, point: str) -> str:
    hears = PROPOSER_HEARS.format(name=plain(expert.proposer.first_name)) if expert.proposer else ""
    said = [THEY_DO_NOT.format(who=who(expert), point=point, proposer=hears)]
    said += [OFF_THE_LIST.format(name=plain(expert.left.name))] if expert.left else []
    return " ".join(said)


def overview(experts: Sequence[Expert]) -> str:
    """All invitations, each with how far it is."""
    return f"{OVERVIEW}\n\n{bullets([_row(one) for one in experts])}"


def _row(expert: Expert) -> str:
    meeting = expert.meeting
    there = BACKLOG
    if meeting is not None:
        there = WHERE_OF_DAY.format(title=title(meeting), day=day(meeting.starts.date()))
    return ROW.format(point=plain(expert.point.title), where=there, state=state(expert))


def answered(expert: Expert, now: datetime) -> str | None:
    """What came of the invitation, for who proposed the point; None when there is nothing (any more) to tell."""
    meeting = expert.meeting
    said = {Invite.YES: GOOD_NEWS, Invite.NO: BAD_NEWS}.get(expert.point.invite or Invite.TO_INVITE)
    if said is None or meeting is None or meeting.is_over(now) or meeting.cancelled:
        return None
    text = said.format(who=who(expert), title=title(meeting), point=plain(expert.point.title))
    return text[:1].upper() + text[1:]
