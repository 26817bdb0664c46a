"""What proposers and askers hear of an agenda point, and what a meeting's history tells of its points."""

from collections.abc import Mapping

from dialogs.texts.board import STATES, where
from dialogs.texts.points import quoted, the_meeting
from dialogs.texts.words import paragraphs, plain
from storage.domain.agenda import PointDetails, PointState
from storage.domain.changes import Change
from storage.domain.people import Person

ABOUT_ACCEPTED = "het bericht dat “{title}” op de agenda staat"
ABOUT_DECLINED = "het bericht dat “{title}” niet op de agenda komt"
ABOUT_MOVED = "het bericht dat “{title}” verplaatst is"
ABOUT_MERGED = "het bericht dat “{title}” samengevoegd is"
ABOUT_ASKED = "de vraag bij het agendapunt “{title}”"
ABOUT_ANSWERED = "het antwoord op een vraag bij “{title}”"

TOLD_ACCEPTED = "Goed nieuws: {title} staat op de agenda van {where}."
TOLD_ACCEPTED_SHELF = "Goed nieuws: {title} is aanvaard. Het ligt op de plank tot er een bijeenkomst voor is."
TOLD_DECLINED = "{title} komt niet op de agenda van {where}."
TOLD_DECLINED_SHELF = "{title} is van de plank gehaald."
TOLD_WHY = "De reden: “{why}”"
TOLD_MOVED = "{title} is verplaatst naar {where}."
TOLD_MOVED_SHELF = "{title} ligt nu op de plank, voor een latere bijeenkomst."
TOLD_ON_IT = "Het staat daar op de agenda."
TOLD_MERGED = (
    "{title} is samengevoegd met {into}, dat er sterk op lijkt. Wie jouw punt steunde, telt daar mee, jij ook."
)
TOLD_ASKED = "{name} heeft een vraag over je punt {title}:"
TOLD_ASKED_ANSWERED = "Je antwoordde: “{text}”"
TOLD_HOW = "Antwoord hieronder, of typ het gewoon."
TOLD_ANSWERED = "{name} antwoordt op je vraag over {title}:"
TOLD_SINCE = "Intussen is dat veranderd. {told}"
STANDS = {
    PointState.PROPOSED: "{title} is een voorstel voor {where}.",
    PointState.ACCEPTED: "{title} staat op de agenda van {where}.",
    PointState.DECLINED: "{title} komt niet op de agenda van {where}.",
    PointState.WITHDRAWN: "{title} is ingetrokken.",
    PointState.MERGED: "{title} is samengevoegd met een ander punt.",
    PointState.HANDLED: "{title} is besproken op {where}.",
}
A_POINT = "een agendapunt"
MOVED_AWAY = "{title}: weg van deze agenda"
MOVED_HERE = "{title}: van elders naar deze agenda"
CHANGED_FIELDS = {"minutes": "minuten", "presenter": "wie", "position": "plaats", "title": "titel"}
NO_VALUE = "niets"


def told_accepted(details: PointDetails) -> str:
    """One's point stands on the agenda."""
    title = quoted(details.point.title)
    if details.meeting is None:
        return TOLD_ACCEPTED_SHELF.format(title=title)
    return TOLD_ACCEPTED.format(title=title, where=the_meeting(details.meeting))


def told_declined(details: PointDetails) -> str:
    """One's point comes on no agenda, and why."""
    point = details.point
    title = quoted(point.title)
    told = TOLD_DECLINED_SHELF if details.meeting is None else TOLD_DECLINED
    parts = [told.format(title=title, where=where(details.meeting))]
    parts += [TOLD_WHY.format(why=plain(point.declined_why))] if point.declined_why else []
    return " ".join(parts)


def told_moved(details: PointDetails) -> str:
    """One's point is elsewhere."""
    title = quoted(details.point.title)
    if details.meeting is None:
        return TOLD_MOVED_SHELF.format(title=title)
    told = TOLD_MOVED.format(title=title, where=the_meeting(details.meeting))
    return f"{told} {TOLD_ON_IT}" if details.point.state is PointState.ACCEPTED else told


def told_merged(details: PointDetails, into: str) -> str:
    """One's point lives on in another."""
    return TOLD_MERGED.format(title=quoted(details.point.title), into=quoted(into))


def told_since(details: PointDetails) -> str:
    """What was told of a point holds no more."""
    told = STANDS[details.point.state].format(title=quoted(details.point.title), where=where(details.meeting))
    return TOLD_SINCE.format(told=told)


def told_asked(by: Person, title: str, text: str, answer: str | None) -> list[str]:
    """A question about one's point, in paragraphs; with the answer once there is one."""
    head = TOLD_ASKED.format(name=plain(by.name), title=quoted(title))
    tail = TOLD_HOW if answer is None else TOLD_ASKED_ANSWERED.format(text=plain(answer))
    return [head, f"> {paragraphs(text)}", tail]


def told_answered(by: Person, title: str, text: str) -> str:
    """The answer to what one asked about a point."""
    return f"{TOLD_ANSWERED.format(name=plain(by.name), title=quoted(title))}\n\n> {paragraphs(text)}"


# --- the history of a meeting


def change_told(change: Change, names: Mapping[int, str]) -> str:
    """A change of an agenda point in a meeting's history; `names`: what points are called, by id."""
    what, _, number = change.field.partition(":")
    title = quoted(names[int(number)]) if number.isdecimal() and int(number) in names else A_POINT
    if what == "point":
        old = f"{_state(change.old)} → " if change.old else ""
        return f"{title}: {old}{_state(change.new)}"
    if what == "point_meeting":
        return (MOVED_AWAY if change.new is not None else MOVED_HERE).format(title=title)
    name = CHANGED_FIELDS.get(what.removeprefix("point_"), what.removeprefix("point_"))
    old = f"{plain(change.old)} → " if change.old is not None else ""
    return f"{title}, {name}: {old}{plain(change.new) if change.new is not None else NO_VALUE}"


def _state(value: str | None) -> str:
    known = {one.value: told for one, told in STATES.items()}
    return known.get(value or "", "")
