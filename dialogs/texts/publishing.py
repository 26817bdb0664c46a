"""What the bot says when an agenda is composed, drafted, published and changed, and about what people will bring."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from dialogs.texts.actions import followed_up
from dialogs.texts.agenda import lines as agenda_lines
from dialogs.texts.agenda import point_line
from dialogs.texts.meetings import link, title
from dialogs.texts.outbox import AT_ONCE, when
from dialogs.texts.words import bullets, day, duration, enumeration, hour, hours, month, near_day, people, plain, quote
from storage.domain.actions import FollowUp
from storage.domain.agenda import AgendaPoint, Fixed, PointKind, start_times
from storage.domain.composing import FIXED_TITLES, Composition, Line, Reason, Why, fixed_of
from storage.domain.meetings import Audience, Meeting
from storage.domain.publishing import Change, Promise, Publication

PROPOSED_HEAD = "Voorstel voor de agenda van {title} ({day}, {hours}):"
NOW_THE_AGENDA = "In orde, dit is nu de agenda van {title}:"
EXACTLY_FULL = "Samen {total}: precies zoveel als er tijd is."
TIME_LEFT = "Samen {total}: er blijft {left} over."
TIME_OVER = "Samen {total}: dat is {over} langer dan er tijd is."
NOTHING_WANTED = "Behalve de vaste punten is er nog niets voorgesteld."
LEFT_OUT = "Dit past er niet meer bij:"
TAKE_OVER = "Zal ik het zo overnemen?"
NOT_COMPOSED = "In orde, ik laat de agenda zoals ze is."

REPORT_OF = "Het verslag van {title} ({day})"
WHY_OPEN_ACTIONS = "{count} open"
WHY_PROMISED = "beloofd voor {month}"
WHY_VOTES = "{count} van {of} stemmen"
WHY_CARRIED = "{count} × uitgesteld"
WHY_SUPPORT = "{count} × gesteund"
WHY_ACCEPTED = "al aanvaard"
WHY_FIRST_COME = "nieuw voorgesteld"
WHY_TOO_LONG = "er was nog maar {left} over"
WHY_NO_TIME = "er was geen tijd meer over"

BUTTON_TAKE_OVER = "Zo overnemen"
BUTTON_BOARD = "Bord"
BUTTON_NO_MATTER = "Laat maar"
BUTTON_COMPOSE = "Agenda voorstellen"
BUTTON_PUBLISH = "Publiceren"
BUTTON_PUBLISH_AT = "Publiceren op dat moment"
BUTTON_PUBLISH_NOW = "Nu meteen"
BUTTON_PUBLISH_DRAFT = "Publiceren nu"
BUTTON_NOT_NOW = "Toch niet"
BUTTON_HOLD = "Nog vasthouden"
BUTTON_RELEASE = "Toch laten gaan"
BUTTON_WORD = "Als Word-document"
BUTTON_ADD = "Agendapunt toevoegen"
BUTTON_FINISH_CASE = "Casus afwerken"
BUTTON_NO_PROMISE = "Toch niets"
BUTTON_KEEP_PROMISE = "Zo noteren"

SAID_TAKE_OVER = (BUTTON_TAKE_OVER, "Neem over", "Neem maar over", "Neem het over", "Zo is het goed", "Overnemen")
SAID_LET_BE = (BUTTON_NO_MATTER, "Niet overnemen", "Toch niet", "Toch maar niet")
SAID_PUBLISH = (BUTTON_PUBLISH, "Publiceer", "Publiceer maar", "Publiceer ze", "Publiceer ze maar", "Verstuur maar")
SAID_PUBLISH_NOW = (BUTTON_PUBLISH_NOW, "Publiceer nu", "Publiceer ze nu", "Ja, nu meteen", "Ja, nu")
SAID_NOT_NOW = (BUTTON_NOT_NOW, "Toch maar niet", "Niet publiceren", "Publiceer ze niet", "Nog niet")

PUBLISH_PREVIEW = "Dit is de agenda. Ze vertrekt {when} {to}:"
IS_IT_RIGHT = "Is het goed zo?"
TO_PEOPLE = "persoonlijk naar {people}"
TO_CHANNEL = "naar het kanaal"
TO_NOBODY_YET = "naar wie zich nog inschrijft"
NO_CHANNEL = "Er is nog geen kanaal gekozen. Zeg daar *post hier* als ik ze ook in het kanaal mag plaatsen."
PUBLISHING = "In orde: de agenda van {title} vertrekt {when} {to}. Verandert er nog iets, dan werk ik ze vanzelf bij."
NOT_PUBLISHED = "In orde, ik publiceer de agenda nog niet."
PUBLISHED_BEFORE = "De agenda van {title} is al gepubliceerd. Wat verandert, werk ik vanzelf bij."
NOTHING_TO_PUBLISH = (
    "Op de agenda van {title} staat nog niets, behalve wat er altijd op staat. Zal ik er een voorstellen?"
)

HELD = "In orde, ik hou de agenda van {title} vast tot je zegt dat ze mag vertrekken."
RELEASED = "In orde, de agenda van {title} mag vertrekken."
GOES_AT = "Ik publiceer ze vanzelf {when}."
GOES_EMPTY = "Zolang er verder niets op staat, publiceer ik ze niet."
GOES_SOON = "Ik publiceer ze vanzelf binnenkort."
GOES_NOT = "Vanzelf gebeurt dat niet: zeg *publiceer de agenda* wanneer het zover is."

AGENDA_OF = "De agenda van {title}"
PLACE_AND_TIME = "{day}, {hours}"
DOES_NOT_TAKE_PLACE = "**{title} gaat niet door.**"
AND_MORE = "… en nog {count} punten. Vraag me de agenda voor de hele lijst."

DRAFT_HEAD = "Binnenkort vertrekt de agenda van {title}. Zo ziet ze eruit als niemand er nog iets aan verandert:"
DRAFT_GOES = "Ik publiceer ze vanzelf {when}, tenzij je ze vasthoudt."
DRAFT_HELD = "Je houdt ze vast: ik publiceer ze niet vanzelf."
DRAFT_NOT = "Ik publiceer ze niet vanzelf: daarvoor is het te laat. Met de knop kan het nog."
DRAFT_EMPTY = "Er staat nog niets op buiten de vaste punten: zo publiceer ik ze niet vanzelf."

CHANGED_HEAD = "**De agenda van {title} ({day}) is aangepast.**"
CHANGE_ADDED = "Nieuw: {title}"
CHANGE_ADDED_MINUTES = "Nieuw: {title} ({minutes})"
CHANGE_REMOVED = "Niet meer op de agenda: {title}"
CHANGE_MOVED = "Op een andere plaats: {title}"
CHANGE_TITLE = "{old} heet nu: {title}"
CHANGE_MINUTES = "{title}: {new} in plaats van {old}"
CHANGE_MINUTES_NEW = "{title}: {new}"
CHANGE_NO_MINUTES = "{title}: de duur staat niet meer vast"
CHANGE_PRESENTER = "{title}: gebracht door {new} in plaats van {old}"
CHANGE_PRESENTER_NEW = "{title}: gebracht door {new}"
CHANGE_NO_PRESENTER = "{title}: niet meer gebracht door {old}"
CHANGE_OTHERS = "en nog {count} andere veranderingen"

FILE_READY = "De agenda van {title} staat klaar als [Word-document]({url}). De link werkt een dag."
NO_AGENDA_FILE = "Een bestand kan ik je nu niet geven: wie mij beheert, moet daarvoor eerst mijn webadres instellen (BOT_PUBLIC_URL)."
NOTHING_IN_FILE = "Er staat nog niets op de agenda van {title}."

PROMISED = "Fijn! Ik noteer dat je iets meebrengt voor {title} ({day}). Geef het door tegen {until}."
PROMISED_ABOUT = (
    "Fijn! Ik noteer dat je iets meebrengt over “{about}” voor {title} ({day}). Geef het door tegen {until}."
)
PROMISED_LATE = "Fijn! Ik noteer dat je iets meebrengt voor {title} ({day}). Geef het zo snel mogelijk door."
PROMISE_DROPPED = "In orde, ik reken er niet op."
NUDGE_PROMISE = "Je zou iets meebrengen voor {title} ({day}). Geef je het door tegen {until}?"
NUDGE_ABOUT = "Je zou iets meebrengen over “{about}” voor {title} ({day}). Geef je het door tegen {until}?"
NUDGE_CASE = (
    "Je begon een casus voor te bereiden voor {title} ({day}), maar werkte die nog niet af. Lukt dat tegen {until}?"
)

NETWORK_AGENDA = "Agenda"
FILE_HEADING = "Agenda: {title}"
FILE_HOUR = "{hour} uur"
FILE_COLUMNS = ("Uur", "Punt", "Door", "Duur")
FILE_ONLINE = "Online"
FILE_LINK = "Bijlage: {link}"
FILE_MINUTES = "{minutes} min."
FILE_EMPTY = "Er staat nog niets op deze agenda."
FILE_CANCELLED = "Gaat niet door"

MOST_CHANGES = 8
MOST_SHOWN = 40


def composition(found: Composition) -> str:
    """A proposed agenda with its hours, lengths and reasons, and what does not fit."""
    return f"{_proposed(found)}\n\n{TAKE_OVER}"


def _proposed(found: Composition) -> str:
    meeting = found.meeting
    head = PROPOSED_HEAD.format(
        title=title(meeting), day=day(meeting.starts.date()), hours=hours(meeting.starts, meeting.ends)
    )
    return "\n\n".join([head, *_body(found)])


def _body(found: Composition) -> list[str]:
    parts = [bullets(composed_lines(found)), _total(found)]
    if not found.chosen and not found.left_out:
        parts.append(NOTHING_WANTED)
    if found.left_out:
        parts.append(f"{LEFT_OUT}\n\n{bullets([_with_reasons(line) for line in found.left_out])}")
    return parts


def composed_lines(found: Composition) -> list[str]:
    """Each line of a proposed agenda: the hour, the point, its length and why it is there."""
    points = [_point(line) for line in found.lines]
    times = start_times(points, found.meeting.starts)
    return [
        f"{hour(starts)} uur: {_with_reasons(line)}" if starts else _with_reasons(line)
        for line, starts in zip(found.lines, times, strict=True)
    ]


def _point(line: Line) -> AgendaPoint:
    if line.point is not None:
        return replace(line.point, minutes=line.minutes)
    return AgendaPoint(0, FIXED_TITLES[line.fixed] if line.fixed else "", minutes=line.minutes)


def _with_reasons(line: Line) -> str:
    # That nothing else speaks for it is no reason beside one why it is not there.
    told = [one for one in line.reasons if one.why is not Why.FIRST_COME or len(line.reasons) == 1]
    said = [text for reason in told if (text := _why(reason))]
    return point_line(_point(line)) + (f": {', '.join(said)}" if said else "")


def _why(reason: Reason) -> str:
    match reason.why:
        case Why.TOO_LONG:
            return WHY_TOO_LONG.format(left=duration(reason.of)) if reason.of else WHY_NO_TIME
        case Why.PROMISED:
            return WHY_PROMISED.format(month=month(reason.month)) if reason.month else ""
        case _:
            return _COUNTED.get(reason.why, "").format(count=reason.count, of=reason.of)


_COUNTED = {
    Why.OPEN_ACTIONS: WHY_OPEN_ACTIONS,
    Why.VOTES: WHY_VOTES,
    Why.CARRIED: WHY_CARRIED,
    Why.SUPPORT: WHY_SUPPORT,
    Why.ACCEPTED: WHY_ACCEPTED,
    Why.FIRST_COME: WHY_FIRST_COME,
}


def _total(found: Composition) -> str:
    total = duration(found.total)
    if found.over:
        return TIME_OVER.format(total=total, over=duration(found.over))
    return TIME_LEFT.format(total=total, left=duration(found.left)) if found.left else EXACTLY_FULL.format(total=total)


def applied(found: Composition, goes: str) -> str:
    """What was proposed is the agenda now; `goes` says when it will be published."""
    return "\n\n".join([NOW_THE_AGENDA.format(title=title(found.meeting)), *_body(found), goes])


def goes_by_itself(at: datetime | None, held: bool, now: datetime) -> str:
    """When an agenda will be published by itself."""
    if at is None or held:
        return GOES_NOT
    return GOES_AT.format(when=when(at, now)) if at > now else GOES_SOON


def published(found: Publication, shown: int = MOST_SHOWN) -> str:
    """A published agenda, in words."""
    meeting = found.meeting
    head = f"**{AGENDA_OF.format(title=title(meeting))}** ({place_and_time(meeting)}):"
    rows = [
        "".join([said, *(f"\n  - {one}" for one in under(point, found.actions))])
        for point, said in zip(found.points, agenda_lines(meeting, found.points), strict=True)
    ]
    more = [more_points(len(rows) - shown)] if len(rows) > shown else []
    return "\n\n".join([head, bullets(rows[:shown]), *more])


def under(point: AgendaPoint, actions: FollowUp, harmless: Callable[[str], str] = plain) -> list[str]:
    """What is told of before at a point of an agenda: which report is to be approved, and what became of actions.

    `harmless` makes people's words so that they are shown as they are.
    """
    fixed = fixed_of(point)
    if fixed is Fixed.PREVIOUS_REPORT and actions.report is not None:
        report = actions.report
        return [REPORT_OF.format(title=harmless(report.title), day=day(report.starts.date()))]
    return followed_up(actions, harmless) if fixed is Fixed.ACTIONS else []


def more_points(count: int) -> str:
    """So many points are not shown."""
    return AND_MORE.format(count=count)


def place_and_time(meeting: Meeting) -> str:
    """When a meeting is."""
    return PLACE_AND_TIME.format(day=day(meeting.starts.date()), hours=hours(meeting.starts, meeting.ends))


def agenda_of(meeting: Meeting) -> str:
    """The head of an agenda."""
    return AGENDA_OF.format(title=title(meeting))


def off(meeting: Meeting) -> str:
    """A published agenda of a meeting that does not take place."""
    return DOES_NOT_TAKE_PLACE.format(title=title(meeting))


def preview(found: Publication, goes: str) -> str:
    """An agenda before it is published: as it is, to whom and when."""
    nowhere = [NO_CHANNEL] if found.meeting.audience is Audience.NETWORK and not found.channel else []
    return "\n\n".join(
        [PUBLISH_PREVIEW.format(when=goes, to=_to(found)), quote(published(found)), *nowhere, IS_IT_RIGHT]
    )


def publishing(found: Publication, goes: str) -> str:
    """An agenda that will be sent."""
    return PUBLISHING.format(title=title(found.meeting), when=goes or AT_ONCE, to=_to(found))


def _to(found: Publication) -> str:
    parts = [TO_PEOPLE.format(people=people(found.people))] if found.people else []
    return enumeration([*parts, *([TO_CHANNEL] if found.channel else [])]) or TO_NOBODY_YET


def draft(found: Composition, goes: str) -> str:
    """The agenda before it is published by itself, to who runs the meeting."""
    return "\n\n".join([DRAFT_HEAD.format(title=title(found.meeting)), *_body(found), goes])


def draft_goes(at: datetime | None, held: bool, empty: bool, now: datetime) -> str:
    """What happens with a draft when nobody does anything."""
    if held:
        return DRAFT_HELD
    if empty:
        return DRAFT_EMPTY
    return DRAFT_GOES.format(when=when(max(at, now), now)) if at else DRAFT_NOT


def changed(meeting: Meeting, found: Sequence[Change], now: datetime) -> str:
    """What changed of a published agenda."""
    head = CHANGED_HEAD.format(title=title(meeting), day=near_day(meeting.starts.date(), now.date()))
    rows = [_change(one) for one in found]
    more = [CHANGE_OTHERS.format(count=len(rows) - MOST_CHANGES)] if len(rows) > MOST_CHANGES + 1 else []
    return f"{head}\n\n{bullets([*rows[: MOST_CHANGES if more else len(rows)], *more])}"


def _change(change: Change) -> str:
    match change.what:
        case "added" if change.new:
            sentence = CHANGE_ADDED_MINUTES
        case "minutes":
            sentence = _of_three(change, CHANGE_MINUTES, CHANGE_MINUTES_NEW, CHANGE_NO_MINUTES)
        case "presenter":
            sentence = _of_three(change, CHANGE_PRESENTER, CHANGE_PRESENTER_NEW, CHANGE_NO_PRESENTER)
        case _:
            sentence = _CHANGES[change.what]
    old, new = (_value(value) for value in (change.old, change.new))
    return sentence.format(title=plain(change.title), old=old, new=new, minutes=new)


def _of_three(change: Change, both: str, new: str, gone: str) -> str:
    if not change.new:
        return gone
    return both if change.old else new


def _value(value: object) -> str:
    if isinstance(value, int):
        return duration(value)
    return plain(value) if isinstance(value, str) else ""


_CHANGES = {
    "added": CHANGE_ADDED,
    "removed": CHANGE_REMOVED,
    "moved": CHANGE_MOVED,
    "title": CHANGE_TITLE,
}


def promised(found: Promise, today: date) -> str:
    """Somebody will bring something."""
    sentence = PROMISED_ABOUT if found.about else PROMISED
    return _promise(PROMISED_LATE if found.until < today else sentence, found, today)


def nudge(found: Promise, today: date) -> str:
    """They did not bring it yet."""
    if found.case:
        return _promise(NUDGE_CASE, found, today)
    return _promise(NUDGE_ABOUT if found.about else NUDGE_PROMISE, found, today)


def _promise(sentence: str, found: Promise, today: date) -> str:
    meeting = found.meeting
    return sentence.format(
        title=title(meeting),
        day=day(meeting.starts.date()),
        until=near_day(found.until, today),
        about=plain(found.about or ""),
    )


def file_ready(meeting: Meeting, url: str) -> str:
    """The link to the agenda as a document."""
    return FILE_READY.format(title=title(meeting), url=url)


def agenda_heading(meeting: Meeting) -> str:
    """The title of a document, as plain text."""
    return FILE_HEADING.format(title=meeting.title)


def file_where(meeting: Meeting) -> str:
    """Where a meeting is, as plain text."""
    place = meeting.location
    return ", ".join(part for part in (place.name, place.address, place.room) if part) if place else ""


def explained(point: AgendaPoint) -> str:
    """What everybody may read of a point besides its title: never of a case."""
    return point.explanation or "" if point.kind is not PointKind.CASE else ""


def attachment(point: AgendaPoint) -> str:
    """The link that belongs to a point."""
    return FILE_LINK.format(link=link(point.link)) if point.link and point.kind is not PointKind.CASE else ""
