"""What the bot says about meetings: when, where, how long, for how much, and which there are."""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import quote

from dialogs.texts.words import (
    bullets,
    capital,
    day,
    duration,
    end,
    enumeration,
    euro,
    hour,
    hours,
    minutes_between,
    near_day,
    on_day,
    period,
    plain,
    short_day,
)
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
WHICH_ONE = "Er zijn er meer dan één. Welke bedoel je?"


def title(meeting: Meeting) -> str:
    """A meeting's title."""
    return plain(meeting.title)


def when(meeting: Meeting, query: MeetingQuery, now: datetime) -> str:
    """When a meeting is, was, or that it is going on."""
    if meeting.is_running(now):
        same_day = meeting.ends.date() == now.date()
        until = f"{hour(meeting.ends)} uur" if same_day else end(meeting.ends)
        return f"{title(meeting)} is nu bezig, tot {until}{_in_place(meeting)}."
    verb = _verb(meeting, now, "is", "was")
    subject = _subject(query, meeting, now)
    if subject is None:
        return f"{title(meeting)} {verb} {_moment(meeting, now)}{_in_place(meeting)}."
    return f"{capital(subject)} {verb} {_moment(meeting, now)}: {title(meeting)}{_in_place(meeting)}."


def cancelled(meeting: Meeting) -> str:
    """A meeting does not take place, whatever was asked about it."""
    why = f" Reden: {_stop(plain(meeting.cancelled_why))}" if meeting.cancelled_why else ""
    return f"{title(meeting)} van {day(meeting.starts.date())} **gaat niet door**.{why}"


CANCELLED = "gaat niet door"


def which_one(meetings: Sequence[Meeting], now: datetime) -> str:
    """Several meetings fit a question about one."""
    return f"{WHICH_ONE}\n\n{_lines(meetings, now)}"


def several(meetings: Sequence[Meeting], now: datetime) -> str:
    """When each of several meetings is, for a question about a period."""
    return f"Dat zijn {len(meetings)} bijeenkomsten:\n\n{_lines(meetings, now)}"


def overview(meetings: Sequence[Meeting], query: MeetingQuery, now: datetime) -> str:
    """The meetings to come, or those of a period."""
    one = len(meetings) == 1
    noun = _noun(query.kind) if one else PLURALS[query.kind] if query.kind else "bijeenkomsten"
    number = "één" if one else str(len(meetings))
    if not query.bounded:
        head = f"Er {'komt' if one else 'komen'} {number} {noun} aan"
    else:
        over = all(meeting.is_over(now) for meeting in meetings)
        verb = ("was" if one else "waren") if over else ("is" if one else "zijn")
        head = f"{capital(_period(query).strip())} {verb} er {number} {noun}"
    return f"{head}:\n\n{_lines(meetings, now)}"


def nothing(query: MeetingQuery, following: Meeting | None, now: datetime) -> str:
    """Nothing is planned then; what is next."""
    if query.which is Which.PREVIOUS:
        return f"Ik vind geen {'vorig' if query.kind is MeetingKind.INFOMOMENT else 'vorige'} {_noun(query.kind)}."
    past = query.last is not None and query.last < now.date()
    start = f"Er {'stond' if past else 'staat'}{_period(query)} geen {_noun(query.kind)} gepland."
    if following is None:
        return start
    return f"{start} De eerstvolgende is {title(following)}, {_moment(following, now)}."


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


def room(meeting: Meeting, now: datetime) -> str:
    """In which room a meeting is."""
    if meeting.location is None or meeting.location.room is None:
        unknown = "welk lokaal het wordt, is nog niet bekend"
        if meeting.location is None or meeting.is_over(now):
            return where(meeting, now)
        return f"{title(meeting)} gaat door in {place(meeting.location)}; {unknown}."
    verb = _verb(meeting, now, "is", "was")
    return f"Het lokaal voor {title(meeting)} {verb} {plain(meeting.location.room)}, in {place(meeting.location)}."


def time(meeting: Meeting, now: datetime) -> str:
    """At what hour a meeting starts and ends."""
    begins, ends = ("begon", "eindigde") if meeting.is_over(now) else ("begint", "eindigt")
    on = on_day(meeting.starts.date(), now.date())
    if meeting.starts.date() == meeting.ends.date():
        return f"{title(meeting)} {begins} om {hour(meeting.starts)} uur en {ends} om {hour(meeting.ends)} uur, {on}."
    return f"{title(meeting)} {begins} {on} om {hour(meeting.starts)} uur en {ends} {end(meeting.ends)}."


def length(meeting: Meeting, now: datetime) -> str:
    """How long a meeting takes."""
    took = duration(minutes_between(meeting.starts, meeting.ends))
    return f"{title(meeting)} {_verb(meeting, now, 'duurt', 'duurde')} {took}, {hours(meeting.starts, meeting.ends)}."


def about(meeting: Meeting, organiser: str | None = None, note_taker: str | None = None) -> str:
    """What a meeting is about, for whom, what is practical to know, and who organises it and takes notes."""
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
    if organiser:
        parts.append(f"Organisatie: {plain(organiser)}.")
    if note_taker:
        parts.append(f"Verslag: {plain(note_taker)}.")
    if not parts:
        return f"Over {title(meeting)} is nog niet meer bekend dan de datum: {day(meeting.starts.date())}."
    return f"{title(meeting)} ({day(meeting.starts.date())}). {' '.join(parts)}"


def fee(meeting: Meeting, now: datetime) -> str:
    """What taking part costs."""
    if meeting.fee_eur is None:
        return f"Voor {title(meeting)} is er geen prijs opgegeven."
    if meeting.fee_eur == 0:
        return f"{title(meeting)} {_verb(meeting, now, 'is', 'was')} gratis."
    return f"{title(meeting)} {_verb(meeting, now, 'kost', 'kostte')} {euro(meeting.fee_eur)}."


def places(meeting: Meeting, sessions: Sequence[Session], now: datetime) -> str:
    """How many places are left, in the whole and in each session."""
    if meeting.capacity is None:
        head = f"Voor {title(meeting)} {_verb(meeting, now, 'is', 'was')} er geen maximum: plaats voor iedereen."
    elif meeting.is_over(now):
        head = f"{title(meeting)} is voorbij; er {_seats(meeting.capacity, 'was', 'waren')}."
    elif meeting.places_left:
        verb = "is" if meeting.places_left == 1 else "zijn"
        head = f"Voor {title(meeting)} {verb} nog {meeting.places_left} van de {_seats(meeting.capacity)} vrij."
    else:
        head = f"{title(meeting)} is volzet ({_seats(meeting.capacity)})."
    return f"{head}\n\n{session_lines(sessions)}" if sessions else head


def _seats(number: int, one: str = "", more: str = "") -> str:
    return f"{one} 1 plaats".strip() if number == 1 else f"{more} {number} plaatsen".strip()


def sessions(meeting: Meeting, parts: Sequence[Session]) -> str:
    """The parallel parts of a meeting."""
    if not parts:
        return f"{title(meeting)} heeft geen aparte sessies."
    if len(parts) == 1:
        return f"Op {title(meeting)} is er één sessie:\n\n{session_lines(parts)}"
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
    if _begun(meeting, now):
        return registration_deadline(meeting, now)
    return f"{registration_deadline(meeting, now)} {agenda_deadline(meeting, now)}"


def registration_deadline(meeting: Meeting, now: datetime) -> str:
    """Until when one can register."""
    if begun := _begun(meeting, now):
        return begun
    if meeting.closed:
        return f"De inschrijvingen voor {title(meeting)} zijn afgesloten."
    if meeting.register_until is None:
        return f"Voor {title(meeting)} is er geen uiterste datum om je in te schrijven.{_full(meeting)}"
    if not meeting.registration_open(now):
        return f"Inschrijven voor {title(meeting)} kon tot en met {day(meeting.register_until)}; dat is nu afgesloten."
    return f"Inschrijven voor {title(meeting)} kan tot en met {near_day(meeting.register_until, now.date())}.{_full(meeting)}"


def agenda_deadline(meeting: Meeting, now: datetime) -> str:
    """Until when one can hand in agenda points."""
    if begun := _begun(meeting, now):
        return begun
    if meeting.agenda_until is None:
        return f"Voor {title(meeting)} is er geen uiterste datum voor agendapunten."
    if meeting.agenda_until < now.date():
        return f"Agendapunten voor {title(meeting)} kon je doorgeven tot en met {day(meeting.agenda_until)}."
    until = near_day(meeting.agenda_until, now.date())
    return f"Agendapunten voor {title(meeting)} kan je doorgeven tot en met {until}."


def _full(meeting: Meeting) -> str:
    return "" if meeting.places_left is None or meeting.places_left else " De plaatsen zijn wel volzet."


def _begun(meeting: Meeting, now: datetime) -> str | None:
    """That it is too late for any deadline; None while it has not begun."""
    if meeting.is_over(now):
        return f"{title(meeting)} is al voorbij."
    return f"{title(meeting)} is al begonnen." if meeting.is_running(now) else None


def address(location: Location) -> str:
    """A place with its address and room."""
    inside = f" ({plain(location.room)})" if location.room else ""
    return f"{place(location)}{inside}"


def place(location: Location) -> str:
    """A place with its address."""
    return f"{plain(location.name)}, {plain(location.address)}" if location.address else plain(location.name)


def link(url: str) -> str:
    """A link that shows where it leads."""
    return quote(url, safe=":/?#@!$&'+,;=%-._")


def line(meeting: Meeting, now: datetime) -> str:
    """One meeting on one line."""
    return (
        f"{near_day(meeting.starts.date(), now.date())}, {hours(meeting.starts, meeting.ends)}: "
        f"{title(meeting)}{f', **{CANCELLED}**' if meeting.cancelled else _in_place(meeting)}"
    )


def _noun(kind: MeetingKind | None) -> str:
    return KIND_NAMES[kind or MeetingKind.OTHER].lower()


def choice(meeting: Meeting) -> str:
    """A meeting on a button: its day, hour and kind; the text beside it has the title."""
    what = CANCELLED if meeting.cancelled else KIND_NAMES[meeting.kind]
    return f"{short_day(meeting.starts.date())}, {hour(meeting.starts)} uur: {what}"


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
        return f" {period(first, last)}"
    if first:
        return f" vanaf {day(first)}"
    return f" tot en met {day(last)}" if last else ""


def _moment(meeting: Meeting, now: datetime) -> str:
    return f"{on_day(meeting.starts.date(), now.date())}, {hours(meeting.starts, meeting.ends)}"


def _verb(meeting: Meeting, now: datetime, present: str, past: str) -> str:
    return past if meeting.is_over(now) else present


def _stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def deadline_date(until: date | None) -> str | None:
    """A deadline on a card."""
    return f"tot en met {day(until)}" if until else None
