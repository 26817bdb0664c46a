"""What the bot says when a coordinator plans: forms, what changes, series, what is cancelled, and the history."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from dialogs.texts.board_told import change_told
from dialogs.texts.meetings import KIND_NAMES, address, title
from dialogs.texts.meetings import link as shown_link
from dialogs.texts.words import bullets, capital, day, enumeration, euro, hour, hours, people, plain, short_day
from storage.domain.changes import Change
from storage.domain.meetings import Audience, Guest, Location, Meeting, MeetingKind
from storage.domain.planning import NewMeeting, Problem
from storage.domain.series import DayOff, Proposed

FILL_IN = (
    "Kijk dit even na. Er staat nog niets vast: ik maak de bijeenkomst pas als je op “Maak deze bijeenkomst” drukt."
)
FILL_IN_COPY = "Ik heb alles overgenomen van {title} ({day}). Kijk het even na en druk op “Maak deze bijeenkomst”."
CHANGE_IN = "Wat wil je veranderen aan {title} ({day})? Pas het hier aan, of zeg het me in een zin."
MOVE_TO = "Naar wanneer verplaats ik {title} ({day})? Vul het hier in, of zeg bijvoorbeeld “naar 11 februari om 13u”."
SAME = "Zo staat {title} er al. Ik heb niets veranderd."
NOT_DONE = "Goed, ik verander niets."
PRESS_THE_BUTTON = "Druk daarvoor op de knop onder mijn voorstel, dan weet ik zeker wat je bedoelt."
SURE = "Zal ik dat zo aanpassen?"
NO_RHYTHM = (
    "Hoe vaak wil je samenkomen? Zeg bijvoorbeeld “plan vier intervisies per jaar, telkens de derde vrijdag” "
    "of “plan vijf infomomenten om de zes weken op donderdag”."
)
NO_DAYS = "Op dat ritme vind ik geen dagen buiten de vakanties. Kies een ander ritme, of een andere dag."
NO_DAY_CHOSEN = "Kies minstens één dag."
MISTAKES = "Dit klopt nog niet helemaal. Pas het aan en druk opnieuw."
NO_HISTORY = "Aan {title} is nog niets veranderd sinds ik erover weet."

BUTTON_MAKE = "Maak deze bijeenkomst"
BUTTON_SAVE = "Bewaar"
BUTTON_MORE = "Meer of minder velden"
BUTTON_CHANGE = "Ja, pas aan"
BUTTON_NO = "Nee, laat zo"
BUTTON_CANCEL = "Ja, annuleer de bijeenkomst"
BUTTON_KEEP = "Nee, ze gaat door"
BUTTON_SERIES = "Maak deze bijeenkomsten"
BUTTON_INVITE = "Nodig iedereen uit"
BUTTON_EDIT = "Aanpassen"
BUTTON_SESSIONS = "Sessies"
BUTTON_HISTORY = "Wat is er veranderd?"

LABEL_WHY = "Waarom? (mag leeg blijven; wie ingeschreven is, leest het)"
LABEL_DAYS = "Op welke dagen?"

SAID_CANCEL = ("annuleer", "annuleren", "annuleer maar", "annuleer ze", "annuleer de bijeenkomst", "schrap ze")

FORM_LABELS = {
    "kind": "Soort",
    "title": "Titel",
    "day": "Dag",
    "starts": "Begin",
    "ends": "Einde",
    "last_day": "Laatste dag (alleen als het niet op één dag eindigt)",
    "place": "Plaats",
    "address": "Adres",
    "room": "Lokaal of zaal",
    "online_url": "Link om online deel te nemen",
    "themes": "Thema’s, met een komma ertussen",
    "capacity": "Aantal plaatsen (leeg: geen maximum)",
    "fee": "Prijs in euro (0 is gratis)",
    "register_until": "Inschrijven tot en met",
    "agenda_until": "Agendapunten doorgeven tot en met",
    "organiser": "Organisator (naam)",
    "note_taker": "Verslaggever (naam)",
    "audience": "Wie ziet agenda en verslag?",
    "guests": "Gastsprekers, bv. Rik Tanghe (Vzw Leerlicht)",
    "practical": "Praktisch",
    "for_whom": "Voor wie",
    "description": "Omschrijving",
}

AUDIENCES = {Audience.NETWORK: "Het hele netwerk", Audience.PARTICIPANTS: "Alleen wie deelneemt"}

FIELDS = {
    "kind": "Soort",
    "title": "Titel",
    "description": "Omschrijving",
    "for_whom": "Voor wie",
    "practical": "Praktisch",
    "organiser": "Organisator",
    "note_taker": "Verslaggever",
    "audience": "Agenda en verslag voor",
    "starts": "Begin",
    "ends": "Einde",
    "location": "Plaats",
    "online_url": "Online link",
    "capacity": "Aantal plaatsen",
    "fee_eur": "Prijs",
    "register_until": "Inschrijven tot en met",
    "agenda_until": "Agendapunten tot en met",
    "themes": "Thema’s",
    "guests": "Gastsprekers",
    "closed": "Inschrijvingen",
    "per_organisation": "Maximum per organisatie",
    "per_organisation_until": "Dat maximum geldt tot en met",
    "session_choice": "Sessies kiezen",
    "session_capacity": "Plaatsen in een sessie",
    "new_session": "Nieuwe sessie",
}

STATUSES = {
    "registered": "ingeschreven",
    "waitlisted": "op de wachtlijst",
    "offered": "kreeg een plaats aangeboden",
    "excused": "verontschuldigd",
    "withdrawn": "uitgeschreven",
    "attended": "aanwezig",
    "absent": "afwezig",
}

_VALUES = {
    **{kind.value: name for kind, name in KIND_NAMES.items()},
    "first_come": "wie eerst komt",
    "ranked": "op voorkeur",
}

_MISTAKES = {
    ("title", "missing"): "Geef een titel.",
    ("day", "missing"): "Kies een dag.",
    ("day", "past"): "Dat moment is al voorbij: kies een dag en een uur die nog komen.",
    ("day", "far"): "Die dag ligt meer dan vijf jaar ver. Kijk het jaar na.",
    ("starts", "missing"): "Vul in wanneer het begint.",
    ("ends", "missing"): "Vul in wanneer het eindigt.",
    ("ends", "before_start"): "Het einde moet na het begin vallen.",
    ("ends", "too_far"): "Dat duurt langer dan een week. Kijk de laatste dag na.",
    ("place", "missing"): "Vul de naam van de plaats in, niet alleen het adres.",
    ("online_url", "no_link"): "Een link begint met https:// en heeft geen spaties.",
    ("capacity", "out_of_range"): "Het aantal plaatsen is een getal vanaf 0.",
    ("fee", "out_of_range"): "De prijs is een bedrag vanaf 0 euro, zoals 7,50.",
    ("themes", "too_many"): "Kies hoogstens twintig thema’s.",
    ("guests", "too_many"): "Vul hoogstens twintig gastsprekers in.",
}
_BY_CODE = {
    "unreadable": "“{said}” begrijp ik niet als {label}.",
    "skipped": "Dat uur bestaat niet: die nacht begint het zomeruur.",
    "after_start": "Dat is na de bijeenkomst zelf: kies een dag ervoor.",
    "too_long": "Dat is te lang, maak het korter.",
    "several_people": "Er is meer dan één {said}: vul de volledige naam in.",
    "unknown_person": "{said} ken ik niet. Vul de volledige naam in van iemand uit het netwerk.",
}


def mistake(problem: Problem, form: Mapping[str, str]) -> str:
    """What is wrong with a field of the form, in a sentence."""
    known = _MISTAKES.get((problem.field, problem.code))
    label = FORM_LABELS[problem.field].partition(" (")[0].partition(",")[0].lower()
    said = plain(form.get(problem.field, ""))[:60]
    return known or _BY_CODE[problem.code].format(said=said, label=label)


def mistakes(found: Sequence[Problem], form: Mapping[str, str]) -> str:
    """Everything that is wrong with a form."""
    lines = [f"{FORM_LABELS[one.field].partition(' (')[0].partition(',')[0]}: {mistake(one, form)}" for one in found]
    return f"{MISTAKES}\n\n{bullets(lines)}"


def made(meeting: Meeting) -> str:
    """A meeting was made, and nobody knows of it."""
    return f"{stands(meeting)} Niemand kreeg al bericht: met de knop nodig je iedereen uit."


def stands(meeting: Meeting) -> str:
    """A meeting was made."""
    return f"{title(meeting)} staat gepland op {_moment(meeting.starts, meeting.ends)}."


def made_all(meetings: Sequence[Meeting]) -> str:
    """A series was made."""
    lines = bullets([f"{capital(_moment(one.starts, one.ends))}: {title(one)}" for one in meetings])
    one = len(meetings) == 1
    head = "Deze bijeenkomst staat gepland" if one else f"Deze {len(meetings)} bijeenkomsten staan gepland"
    return f"{head}. Niemand kreeg al bericht.\n\n{lines}"


def asking(sentence: str, meeting: Meeting) -> str:
    """A sentence about a meeting, with its title and day."""
    return sentence.format(title=title(meeting), day=day(meeting.starts.date()))


def proposal(
    meeting: Meeting, before: NewMeeting, after: NewMeeting, fields: Sequence[str], told: int, names: Mapping[int, str]
) -> str:
    """What would change, from what to what, and who hears it."""
    lines = bullets(_differences(before, after, fields, names))
    return f"Zo verander ik {title(meeting)} ({day(meeting.starts.date())}):\n\n{lines}\n\n{_who_hears(told)}{SURE}"


def _who_hears(told: int) -> str:
    if not told:
        return ""
    return f"{capital(people(told))} {'krijgt' if told == 1 else 'krijgen'} daar dan bericht van. "


def _differences(before: NewMeeting, after: NewMeeting, fields: Sequence[str], names: Mapping[int, str]) -> list[str]:
    lines = []
    if {"starts", "ends"} & set(fields):
        old, new = _moment(before.starts, before.ends), _moment(after.starts, after.ends)
        lines.append(f"Wanneer: {old} → **{new}**")
    for name in fields:
        if name not in {"starts", "ends"}:
            old, new = (_value(name, getattr(one, name), names) for one in (before, after))
            lines.append(f"{FIELDS[name]}: {'' if old == NOTHING else f'{old} → '}**{new}**")
    return lines


NOTHING = "(leeg)"


def _value(name: str, value: object, names: Mapping[int, str]) -> str:  # noqa: PLR0911 - one line a type
    if value is None or value == ():
        return "geen maximum" if name == "capacity" else NOTHING
    if name in {"organiser", "note_taker"}:
        return plain(names.get(int(str(value)), NOTHING))
    if name == "fee_eur":
        return euro(Decimal(str(value))) if value else "gratis"
    match value:
        case MeetingKind():
            return KIND_NAMES[value]
        case Audience():
            return AUDIENCES[value].lower()
        case Location():
            return address(value)
        case tuple():
            return enumeration([plain(one.name if isinstance(one, Guest) else str(one)) for one in value])
        case str() if name == "online_url":
            return shown_link(value)
        case date():
            return day(value)
        case _:
            return plain(str(value))


def changed(meeting: Meeting, told: int) -> str:
    """A meeting was changed."""
    heard = f" Ik laat het weten aan {people(told)}." if told else ""
    return f"In orde, {title(meeting)} is aangepast: {_moment(meeting.starts, meeting.ends)}.{heard}"


def cancel(meeting: Meeting, told: int, why: str) -> str:
    """Whether to cancel a meeting, and what that does."""
    heard = f"{capital(people(told))} {'krijgt' if told == 1 else 'krijgen'} dan meteen bericht. " if told else ""
    reason = f"Als reden zet ik erbij: “{plain(why)}”. " if why else ""
    how = "Antwoord “ja”" + ("" if why else ", of “ja, want …” als iedereen de reden mag weten") + "."
    return (
        f"Wil je {title(meeting)} van {day(meeting.starts.date())} annuleren? {heard}{reason}"
        f"Dat kan ik niet terugdraaien. {how}"
    )


def cancelled_now(meeting: Meeting, told: int) -> str:
    """A meeting was cancelled."""
    heard = f" Ik laat het nu weten aan {people(told)}." if told else " Niemand was ingeschreven."
    return f"{title(meeting)} van {day(meeting.starts.date())} is geannuleerd.{heard}"


_WHY_NOT = {
    DayOff.SCHOOL_HOLIDAY: "schoolvakantie",
    DayOff.PUBLIC_HOLIDAY: "een feestdag",
    DayOff.WEEKEND: "weekend",
}


def series(proposed: Sequence[Proposed], asked: int) -> str:
    """The days of a series, and which of them had to move."""
    moved = [
        f"{day(one.instead_of)} is {_WHY_NOT[one.why]}: het wordt {day(one.day)}."
        for one in proposed
        if one.instead_of is not None and one.why is not None
    ]
    head = f"Ik stel {len(proposed)} {'dag' if len(proposed) == 1 else 'dagen'} voor, buiten de schoolvakanties en feestdagen."
    fewer = " Voor de andere vond ik geen vrije dag." if len(proposed) < asked else ""
    tail = "Er staat nog niets vast: kies de dagen en druk op “Maak deze bijeenkomsten”."
    return "\n\n".join([head + fewer, *([bullets([capital(line) for line in moved])] if moved else []), tail])


def day_choice(one: Proposed) -> str:
    """A day of a series in a list to choose from."""
    instead = f" (in plaats van {short_day(one.instead_of)})" if one.instead_of else ""
    return f"{short_day(one.day)}{instead}"


def history(meeting: Meeting, changes: Sequence[Change], now: datetime, more: int, points: Mapping[int, str]) -> str:
    """Who changed what of a meeting, its list and its agenda, and when; `points`: what these are called, by id."""
    if not changes:
        return NO_HISTORY.format(title=title(meeting))
    lines = [
        f"{_when(at.astimezone(now.tzinfo))} ({plain(by) if by else BY_ITSELF}): {'; '.join(_what(one, points) for one in together)}"
        for (at, by), together in groupby(changes, key=lambda one: (one.at, one.by))
    ]
    older = f"\n\nDaarvoor veranderde er nog {more} keer iets." if more else ""
    return f"Wat er veranderde aan {title(meeting)} ({day(meeting.starts.date())}):\n\n{bullets(lines)}{older}"


def _when(moment: datetime) -> str:
    return f"{short_day(moment.date())}, {hour(moment)} uur"


BY_ITSELF = "vanzelf"


def _what(change: Change, points: Mapping[int, str]) -> str:
    if change.field.startswith("point"):
        return change_told(change, points)
    if change.field in _OF_SOMEBODY:
        return f"{plain(change.person or '')} {_standing(change)}"
    if change.field == "created":
        return f"gemaakt als “{plain(change.new or '')}”"
    if change.field == "cancelled":
        return f"geannuleerd{f', met als reden: {plain(change.new)}' if change.new else ''}"
    label = FIELDS.get(change.field, change.field).lower()
    old = f"{_kept(change.field, change.old)} → " if change.old is not None else ""
    return f"{label}: {old}{_kept(change.field, change.new)}"


_OF_SOMEBODY = frozenset({"registration", "paid", "session"})


def _standing(change: Change) -> str:
    """Where somebody stands after a change: towards the meeting, its fee or its sessions."""
    if change.field == "paid":
        return "betaald" if change.new else "toch niet betaald"
    if change.field == "session":
        return f"in sessie {plain(change.new)}" if change.new else f"niet meer in sessie {plain(change.old or '')}"
    return STATUSES.get(change.new or "", NOTHING)


def _kept(field: str, value: str | None) -> str:
    """A value as the history keeps it, in Dutch."""
    if value is None:
        return "open" if field == "closed" else NOTHING
    if field == "closed":
        return "gesloten"
    if field in {"starts", "ends"}:
        moment = _read(value)
        return f"{day(moment.date())}, {hour(moment)} uur" if moment else plain(value)
    if field in {"register_until", "agenda_until", "per_organisation_until"}:
        moment = _read(value)
        return day(moment.date()) if moment else plain(value)
    if field == "audience":
        return AUDIENCES[Audience(value)].lower() if value in set(Audience) else plain(value)
    return _VALUES.get(value, plain(value) if field != "fee_eur" else f"{plain(value)} euro")


def _read(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _moment(starts: datetime, ends: datetime) -> str:
    return f"{day(starts.date())}, {hours(starts, ends)}"
