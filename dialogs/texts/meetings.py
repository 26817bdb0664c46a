"""What the bot says about meetings: when, where, how long, for how much, and which there are."""

from collections.abc import Sequence
from datetime import date, datetime

from dialogs.texts.words import bullets, capital, day, duration, enumeration, euro, hour, hours, near_day, plain
from storage.domain.meetings import Location, Meeting, MeetingKind, MeetingQuery, Session, Which

KINDS = {
    MeetingKind.INTERVISIE: "de {} intervisie",
    MeetingKind.INFOMOMENT: "het {} infomoment",
    MeetingKind.NETWERKDAG: "de {} netwerkdag",
    MeetingKind.STUURGROEP: "de {} stuurgroep",
    MeetingKind.OTHER: "de {} bijeenkomst",
}
KIND_NAMES = {
    MeetingKind.INTERVISIE: "Intervisie",
    MeetingKind.INFOMOMENT: "Infomoment",
    MeetingKind.NETWERKDAG: "Netwerkdag",
    MeetingKind.STUURGROEP: "Stuurgroep",
    MeetingKind.OTHER: "Bijeenkomst",
}
PLURALS = {
    MeetingKind.INTERVISIE: "intervisies",
    MeetingKind.INFOMOMENT: "infomomenten",
    MeetingKind.NETWERKDAG: "netwerkdagen",
    MeetingKind.STUURGROEP: "stuurgroepen",
    MeetingKind.OTHER: "andere bijeenkomsten",
}
NOTHING_AT_ALL = "Er staat nog geen enkele bijeenkomst gepland."
WHICH_ONE = "Er zijn er meer dan één. Welke bedoel je?"
JOIN_ONLINE = "Online deelnemen"


def title(meeting: Meeting) -> str:
    """A meeting's title."""
    return plain(meeting.title)


def when(meeting: Meeting, query: MeetingQuery, now: datetime) -> str:
    """When a meeting is, was, or that it is going on."""
    if meeting.is_running(now):
        return f"{title(meeting)} is nu bezig, tot {hour(meeting.ends)} uur{_in_place(meeting)}."
    verb = "was" if meeting.is_over(now) else "is"
    moment = f"{near_day(meeting.starts.date(), now.date())}, {hours(meeting.starts, meeting.ends)}"
    subject = _subject(query, meeting, now)
    if subject is None:
        return f"{title(meeting)} {verb} op {moment}{_in_place(meeting)}."
    return f"{capital(subject)} {verb} op {moment}: {title(meeting)}{_in_place(meeting)}."


def several(meetings: Sequence[Meeting], now: datetime) -> str:
    """When each of several meetings is, for a question about a period."""
    return f"Dat zijn {len(meetings)} bijeenkomsten:\n\n{_lines(meetings, now)}"


def overview(meetings: Sequence[Meeting], query: MeetingQuery, now: datetime) -> str:
    """The meetings to come, or those of a period."""
    noun = PLURALS[query.kind] if query.kind else "bijeenkomsten"
    if len(meetings) == 1:
        noun = _noun(query.kind)
    number = "één" if len(meetings) == 1 else str(len(meetings))
    if query.bounded:
        verb = "is" if len(meetings) == 1 else "zijn"
        return f"Er {verb} {number} {noun}{_period(query)}:\n\n{_lines(meetings, now)}"
    verb = "komt" if len(meetings) == 1 else "komen"
    return f"Er {verb} {number} {noun} aan:\n\n{_lines(meetings, now)}"


def nothing(query: MeetingQuery, following: Meeting | None, now: datetime) -> str:
    """Nothing is planned then; what is next."""
    if query.which is Which.PREVIOUS:
        return f"Ik vind geen vorige {_noun(query.kind)}."
    start = f"Er staat{_period(query)} geen {_noun(query.kind)} gepland."
    if following is None:
        return start
    moment = f"{near_day(following.starts.date(), now.date())}, {hours(following.starts, following.ends)}"
    return f"{start} De eerstvolgende is {title(following)}, op {moment}."


def where(meeting: Meeting, now: datetime) -> str:
    """Where a meeting is held."""
    verb = "ging door" if meeting.is_over(now) else "gaat door"
    if meeting.location and meeting.online_url:
        return (
            f"{title(meeting)} {verb} in {address(meeting.location)}, "
            f"of je volgt online via {link(meeting.online_url)}."
        )
    if meeting.location:
        return f"{title(meeting)} {verb} in {address(meeting.location)}."
    if meeting.online_url:
        return f"{title(meeting)} {verb.replace('door', 'online door')} via {link(meeting.online_url)}."
    return f"De plaats van {title(meeting)} is nog niet bekend."


def online(meeting: Meeting, now: datetime) -> str:
    """Whether and through which link one takes part online."""
    if not meeting.online_url:
        place = f" Je bent welkom in {address(meeting.location)}." if meeting.location else ""
        past = "was er" if meeting.is_over(now) else "is er"
        return f"Voor {title(meeting)} {past} geen online link.{place}"
    return where(meeting, now)


def room(meeting: Meeting) -> str:
    """In which room a meeting is."""
    if meeting.location is None:
        return f"De plaats van {title(meeting)} is nog niet bekend."
    if meeting.location.room is None:
        return f"{title(meeting)} gaat door in {address(meeting.location)}; welk lokaal het wordt, is nog niet bekend."
    return f"Het lokaal voor {title(meeting)} is {plain(meeting.location.room)}, in {place(meeting.location)}."


def time(meeting: Meeting, now: datetime) -> str:
    """At what hour a meeting starts and ends."""
    verbs = "begon om {} uur en eindigde om {} uur" if meeting.is_over(now) else "begint om {} uur en eindigt om {} uur"
    return (
        f"{title(meeting)} {verbs.format(hour(meeting.starts), hour(meeting.ends))}, "
        f"op {near_day(meeting.starts.date(), now.date())}."
    )


def length(meeting: Meeting, now: datetime) -> str:
    """How long a meeting takes."""
    minutes = int((meeting.ends - meeting.starts).total_seconds() // 60)
    verb = "duurde" if meeting.is_over(now) else "duurt"
    return f"{title(meeting)} {verb} {duration(minutes)}, {hours(meeting.starts, meeting.ends)}."


def about(meeting: Meeting) -> str:
    """What a meeting is about, for whom, and what is practical to know."""
    parts = []
    if meeting.description:
        parts.append(plain(meeting.description))
    if meeting.themes:
        label = "Thema" if len(meeting.themes) == 1 else "Thema's"
        parts.append(f"{label}: {enumeration([plain(theme) for theme in meeting.themes])}.")
    if meeting.for_whom:
        parts.append(f"Voor wie: {_stop(plain(meeting.for_whom))}")
    if meeting.practical:
        parts.append(f"Praktisch: {_stop(plain(meeting.practical))}")
    if not parts:
        return f"Over {title(meeting)} is nog niet meer bekend dan de datum: {day(meeting.starts.date())}."
    return f"{title(meeting)} ({day(meeting.starts.date())}). {' '.join(parts)}"


def fee(meeting: Meeting) -> str:
    """What taking part costs."""
    if meeting.fee_eur is None:
        return f"Voor {title(meeting)} is er geen prijs opgegeven."
    if meeting.fee_eur == 0:
        return f"{title(meeting)} is gratis."
    return f"{title(meeting)} kost {euro(meeting.fee_eur)}."


def places(meeting: Meeting, sessions: Sequence[Session], now: datetime) -> str:
    """How many places are left, in the whole and in each session."""
    if meeting.capacity is None:
        head = f"Voor {title(meeting)} is er geen maximum: er is plaats voor iedereen."
    elif meeting.is_over(now):
        head = f"{title(meeting)} is voorbij; er waren {meeting.capacity} plaatsen."
    elif meeting.places_left:
        left = meeting.places_left
        noun = "is er nog 1 plaats" if left == 1 else f"zijn er nog {left} plaatsen"
        head = f"Voor {title(meeting)} {noun} vrij van de {meeting.capacity}."
    else:
        head = f"{title(meeting)} is volzet: alle {meeting.capacity} plaatsen zijn ingenomen."
    return f"{head}\n\n{session_lines(sessions)}" if sessions else head


def sessions(meeting: Meeting, parts: Sequence[Session]) -> str:
    """The parallel parts of a meeting."""
    if not parts:
        return f"{title(meeting)} heeft geen aparte sessies."
    return f"Op {title(meeting)} kies je uit {len(parts)} sessies:\n\n{session_lines(parts)}"


def session_lines(parts: Sequence[Session]) -> str:
    """Each session with its room and free places."""
    return bullets([f"{plain(part.title)}{_session_details(part)}" for part in parts])


def _session_details(part: Session) -> str:
    details = [plain(part.room)] if part.room else []
    if part.places_left is not None:
        details.append(f"nog {part.places_left} van de {part.capacity} plaatsen" if part.places_left else "volzet")
    return f" ({', '.join(details)})" if details else ""


def deadlines(meeting: Meeting, now: datetime) -> str:
    """Both deadlines of a meeting."""
    return f"{registration_deadline(meeting, now)} {agenda_deadline(meeting, now)}"


def registration_deadline(meeting: Meeting, now: datetime) -> str:
    """Until when one can register."""
    if meeting.is_over(now):
        return f"{title(meeting)} is al voorbij."
    if meeting.register_until is None:
        return f"Voor {title(meeting)} is er geen uiterste datum om je in te schrijven."
    if not meeting.registration_open(now):
        return f"Inschrijven voor {title(meeting)} kon tot en met {day(meeting.register_until)}; dat is nu afgesloten."
    full = "" if meeting.places_left is None or meeting.places_left else " De plaatsen zijn wel volzet."
    return f"Inschrijven voor {title(meeting)} kan tot en met {near_day(meeting.register_until, now.date())}.{full}"


def agenda_deadline(meeting: Meeting, now: datetime) -> str:
    """Until when one can hand in agenda points."""
    if meeting.is_over(now):
        return f"{title(meeting)} is al voorbij."
    if meeting.agenda_until is None:
        return f"Voor {title(meeting)} is er geen uiterste datum voor agendapunten."
    if meeting.agenda_until < now.date():
        return f"Agendapunten voor {title(meeting)} kon je doorgeven tot en met {day(meeting.agenda_until)}."
    until = near_day(meeting.agenda_until, now.date())
    return f"Agendapunten voor {title(meeting)} kan je doorgeven tot en met {until}."


def address(location: Location) -> str:
    """A place with its address and room."""
    inside = f" ({plain(location.room)})" if location.room else ""
    return f"{place(location)}{inside}"


def place(location: Location) -> str:
    """A place with its address."""
    return f"{plain(location.name)}, {plain(location.address)}" if location.address else plain(location.name)


def link(url: str) -> str:
    """A link that shows where it leads."""
    return url.replace(")", "%29").replace(" ", "%20")


def line(meeting: Meeting, now: datetime) -> str:
    """One meeting on one line."""
    return (
        f"{near_day(meeting.starts.date(), now.date())}, {hours(meeting.starts, meeting.ends)}: "
        f"{title(meeting)}{_in_place(meeting)}"
    )


def _noun(kind: MeetingKind | None) -> str:
    return KIND_NAMES[kind or MeetingKind.OTHER].lower()


def _lines(meetings: Sequence[Meeting], now: datetime) -> str:
    return bullets([line(meeting, now) for meeting in meetings])


def _in_place(meeting: Meeting) -> str:
    if meeting.location:
        return f", in {plain(meeting.location.name)}{_town(meeting.location)}" + (
            " of online" if meeting.online_url else ""
        )
    return ", online" if meeting.online_url else ""


def _town(location: Location) -> str:
    town = (location.address or "").rsplit(",", 1)[-1].split()
    return f" ({plain(' '.join(town[1:]))})" if len(town) > 1 and town[0].isdigit() else ""


def _subject(query: MeetingQuery, meeting: Meeting, now: datetime) -> str | None:
    """What was asked for, in words: "de volgende intervisie"; None when the title says it all."""
    if query.ids or query.bounded:
        return None
    over = meeting.is_over(now)
    if over != (query.which is Which.PREVIOUS):
        return None
    return KINDS[query.kind or MeetingKind.OTHER].format("vorige" if over else "volgende")


def _period(query: MeetingQuery) -> str:
    first, last = query.first, query.last
    if first and last:
        return f" op {day(first)}" if first == last else f" van {day(first)} tot en met {day(last)}"
    if first:
        return f" vanaf {day(first)}"
    return f" tot en met {day(last)}" if last else ""


def _stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def deadline_date(until: date | None) -> str | None:
    """A deadline on a card."""
    return f"tot en met {day(until)}" if until else None
