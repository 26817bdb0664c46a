"""What the bot says about actions: what is still to be done, by whom and by when, and what became of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from dialogs.texts.meetings import title
from dialogs.texts.words import MayTell, bullets, cut, day, enumeration, names_day, near_day, plain
from storage.domain.actions import Action, ActionState, FollowUp
from storage.domain.meetings import Meeting
from storage.domain.people import Organisation, Person, Viewer

YOURS = "Dit staat nog op je lijst:"
YOURS_ONE = "Eén ding staat nog op je lijst:"
NOTHING_YOURS = "Er staat niets meer op je lijst. Mooi zo!"
OPEN_ALL = "Deze acties staan nog open:"
OPEN_OF_MEETING = "Van {title} ({day}) staat nog open:"
OPEN_BEFORE = "Dit staat nog open en komt op {title} ({day}) aan bod:"
OPEN_OF_PERSON = "Bij {name} staat nog open:"
NOTHING_OPEN = "Er staan geen acties meer open."
NOTHING_OPEN_OF_MEETING = "Van {title} ({day}) staan er geen acties meer open."
NOTHING_OPEN_OF_PERSON = "Bij {name} staan er geen acties meer open."
REST_IN_PERSON = "Van {title} vertel ik alleen aan wie eraan deelneemt wat er nog openstaat."
HOW = "Is er iets klaar? Zeg “actie {number} is gedaan”, “schuif actie {number} op naar volgende week” of “geef actie {number} door aan” met een naam."

LINE = "**{number}.** {text}"
DETAILS = " ({details})"
BY = "tegen {day}"
WAS_BY = "was voor {day}"
FROM_MEETING = "uit {title}"
FOR_GROUP = "voor de hele groep"
TOGETHER = "samen met {names}"
NOBODY = "nog van niemand"

BUTTON_DONE = "Gedaan"
BUTTON_MOVE = "Schuif op"
BUTTON_PASS = "Geef door"
BUTTON_MORE = "Toon meer"
BUTTON_UNDO = "Toch niet"
BUTTON_TAKE_BACK = "Toch terugnemen"
BUTTON_SURE = "Ja, schrappen"
BUTTON_KEEP = "Nee, laten staan"
BUTTON_ACCEPT = "Doe ik"
BUTTON_GIVE_BACK = "Teruggeven"
BUTTON_DROP = "Hoeft niet meer"
BUTTON_WEEK = "Een week"
BUTTON_TWO_WEEKS = "Twee weken"
BUTTON_MONTH = "Een maand"
BUTTON_SAVE = "Zo noteren"

DONE = "Mooi, “{text}” is klaar."
DONE_GROUP = "Mooi, “{text}” is klaar, voor de hele groep."
DONE_SEVERAL = "Mooi, deze zijn klaar: {texts}."
REOPENED = "In orde, “{text}” staat weer open."
REOPENED_SEVERAL = "In orde, deze staan weer open: {texts}."
MOVED = "In orde, “{text}” is nu voor {day}."
MOVED_SEVERAL = "In orde, deze zijn nu voor {day}: {texts}."
PASSED = "In orde, ik geef “{text}” door aan {name} en laat het weten."
TAKEN = "In orde, “{text}” is nu voor jou."
GIVEN_BACK = "In orde, “{text}” is weer voor {name}. Ik laat het weten."
TAKEN_BACK = "In orde, “{text}” is weer voor jou."
ACCEPTED = "Fijn! Ik laat {name} weten dat je “{text}” op je neemt."
ACCEPTED_ALREADY = "Fijn! “{text}” staat op je lijst."
DROPPED = "In orde, “{text}” is geschrapt."
SURE_TO_DROP = "“{text}” hoeft niet meer gedaan te worden? Dan schrap ik het van de lijst."
KEPT = "In orde, ik laat het zoals het is."
ESCALATED = "Ik laat aan {names} weten dat je vastzit met “{text}”."

WHICH = "Welke bedoel je?"
NO_SUCH_NUMBER = "Actie {number} vind ik niet in de lijst. Vraag “wat moet ik nog doen?” voor de lijst."
NO_SUCH_WORDS = "Ik weet niet welke actie je bedoelt. Vraag “wat moet ik nog doen?”, en zeg me het nummer."
NOTHING_TO_REOPEN = "Ik vind geen actie die onlangs afgesloten is."
TO_WHEN = "Naar wanneer schuif ik “{text}” op? Kies, of zeg een datum."
NO_SUCH_DAY = (
    "Dat kan alleen naar een dag vanaf vandaag, en hoogstens twee jaar vooruit. Naar welke dag schuif ik het op?"
)
TO_WHOM = "Aan wie geef je “{text}” door? Zeg me een naam uit het netwerk."
UNKNOWN_PERSON = "Ik vind niemand met de naam {name} in het netwerk. Aan wie geef je het door?"
WHICH_PERSON = "Wie bedoel je? {names}"
NOT_YOURS = "Dat kan alleen wie de actie heeft, of wie de bijeenkomst organiseert."

REMINDER = "Een kleine herinnering aan wat er afgesproken is:"
REMINDER_LATE = "Dit was voor {day}. Is het gelukt, of schuiven we het op?"
PASSED_TO_YOU = "**{name}** geeft je een actie door: {line}. Neem je die op je?"
NOT_YOURS_ANY_MORE = "De actie “{text}” is niet meer voor jou."
GONE_MEANWHILE = "De actie die hier stond, is er niet meer voor jou. Je hoeft er niets meer voor te doen."
SETTLED_MEANWHILE = "De actie “{text}” is intussen afgehandeld."
STUCK = "**{name}** zit vast met een actie en vraagt je hulp: {line}."
STUCK_WHY = "**{name}** zit vast met een actie en vraagt je hulp: {line}. Waarom: {remark}"
NEWS = {
    "done": "{name} zegt dat “{text}” klaar is.",
    "dropped": "{name} heeft “{text}” geschrapt: het hoeft niet meer.",
    "moved": "{name} schuift “{text}” op naar {day}.",
    "reopened": "{name} zet “{text}” weer open.",
    "passed": "{name} geeft “{text}” door aan {to}: het is niet meer voor jou.",
    "accepted": "{name} neemt “{text}” op zich.",
    "given_back": "{name} geeft je “{text}” terug: het staat weer op je lijst.",
    "taken_back": "{name} neemt “{text}” zelf terug: het is niet meer voor jou.",
}
SOMEONE = "Iemand"

ABOUT_REMINDER = "de herinnering aan acties"
ABOUT_PASSED = "het bericht over een actie die doorgegeven is"
ABOUT_NEWS = "het bericht over wat er met een actie gebeurde"
ABOUT_STUCK = "het bericht over een actie die vastzit"

AGENDA_OPEN = "Open: {text}"
AGENDA_DONE = "Klaar: {text}"
AGENDA_DROPPED = "Geschrapt: {text}"
AGENDA_MORE = "… en nog {count} acties"

LONGEST_SHOWN = 200
MOST_ON_AGENDA = 12
"""Characters that are shown of an action, and actions under the point of an agenda."""


def shown(action: Action) -> str:
    """What is to be done, harmless and of a length that one reads."""
    return _short(action, plain)


def _short(action: Action, harmless: Callable[[str], str]) -> str:
    return harmless(cut(" ".join(action.text.split()).rstrip(" ."), LONGEST_SHOWN))


def quoted(sentence: str, action: Action, **more: str) -> str:
    """A sentence about one action."""
    return sentence.format(text=shown(action), **more)


def several(one: str, many: str, actions: Sequence[Action], **more: str) -> str:
    """A sentence about one action, or about several."""
    if len(actions) == 1:
        return quoted(one, actions[0], **more)
    return many.format(texts=enumeration([f"“{shown(action)}”" for action in actions]), **more)


def done(actions: Sequence[Action]) -> str:
    """They are done."""
    return several(DONE_GROUP if actions[0].for_group else DONE, DONE_SEVERAL, actions)


def details(action: Action, today: date, viewer: Viewer | None, may_tell: MayTell) -> str:
    """Whose an action is, by when, and where it was agreed; for a list that is `viewer`'s own, with whom."""
    said = [_whose(action, viewer, may_tell)] if viewer is None or not action.is_of(viewer) else []
    said += _with_others(action, viewer, may_tell) if viewer is not None and action.is_of(viewer) else []
    late = action.is_late(today)
    if action.due is not None and (late or not names_day(action.text, action.due)):
        said.append((WAS_BY if late else BY).format(day=near_day(action.due, today)))
    return ", ".join([one for one in said if one] + [FROM_MEETING.format(title=title(action.meeting))])


def _with_others(action: Action, viewer: Viewer, may_tell: MayTell) -> list[str]:
    own = viewer.person.id if viewer.person else 0
    others = [plain(one.name) for one in action.owners if one.id != own and tellable(one, may_tell)]
    others += [plain(action.owner_text)] if action.owner_text else []
    return [TOGETHER.format(names=enumeration(others))] if others else []


def _whose(action: Action, viewer: Viewer | None, may_tell: MayTell) -> str:
    if action.for_group and not action.owners:
        return FOR_GROUP
    names = owners(action, may_tell)
    return names or ("" if viewer is not None else NOBODY)


def owners(action: Action, may_tell: MayTell, harmless: Callable[[str], str] = plain) -> str:
    """Whose it is, as far as that may be told here."""
    names = [harmless(one.name) for one in action.owners if tellable(one, may_tell)]
    names += [harmless(action.owner_text)] if action.owner_text else []
    names += [FOR_GROUP] if action.for_group else []
    return enumeration(names)


def tellable(person: Person, may_tell: MayTell) -> bool:
    """Whether this person may be named here."""
    return person.organisation is None or may_tell(person.organisation)


def line(action: Action, today: date, viewer: Viewer | None, may_tell: MayTell) -> str:
    """An action with its details, on one line."""
    return shown(action) + DETAILS.format(details=details(action, today, viewer, may_tell))


def listed(head: str, lines: Sequence[str], first: int, how: bool) -> str:
    """A numbered list of actions under a head."""
    numbered = [LINE.format(number=number, text=one) for number, one in enumerate(lines, first)]
    return "\n\n".join([head, *numbered, *([HOW.format(number=first)] if how else [])])


def of_meeting(sentence: str, meeting: Meeting) -> str:
    """A sentence about the actions of a meeting."""
    return sentence.format(title=title(meeting), day=day(meeting.starts.date()))


def reminding(actions: Sequence[Action], today: date, viewer: Viewer) -> str:
    """What somebody is reminded of, without numbers: those are of lists that one asks for."""
    late = [one for one in actions if one.is_late(today)]
    ask = [REMINDER_LATE.format(day=near_day(late[0].due, today))] if len(actions) == 1 and late and late[0].due else []
    lines = bullets([line(one, today, viewer, public) for one in actions])
    return "\n\n".join([REMINDER, lines, *ask])


def public(organisation: Organisation) -> bool:
    """Whether everybody may know of an organisation."""
    return not organisation.status.confidential


def news(what: str, action: Action, name: str, to: str, due: date | None, now: datetime) -> str:
    """What somebody did with an action."""
    when = near_day(due, now.date()) if due is not None else ""
    return quoted(NEWS[what], action, name=name or SOMEONE, to=to or SOMEONE.lower(), day=when)


def stuck(action: Action, name: str, today: date) -> str:
    """That somebody does not get on with an action, and why."""
    said = line(action, today, None, public)
    if action.remark:
        return STUCK_WHY.format(name=name, line=said, remark=plain(action.remark))
    return STUCK.format(name=name, line=said)


def followed_up(actions: FollowUp, harmless: Callable[[str], str] = plain) -> list[str]:
    """The lines under the point of an agenda at which actions are followed up: open ones, then what was settled."""
    lines = [AGENDA_OPEN.format(text=_agreed(one, harmless)) for one in actions.open]
    for one in actions.settled:
        sentence = AGENDA_DONE if one.state is ActionState.DONE else AGENDA_DROPPED
        lines.append(sentence.format(text=_agreed(one, harmless)))
    rest = len(lines) - MOST_ON_AGENDA
    return [*lines[:MOST_ON_AGENDA], AGENDA_MORE.format(count=rest)] if rest > 1 else lines


def _agreed(action: Action, harmless: Callable[[str], str]) -> str:
    """An action with its owners and, while it is open, its day."""
    open_ = action.state is ActionState.OPEN and action.due is not None
    said = [owners(action, public, harmless), BY.format(day=day(action.due)) if open_ and action.due else ""]
    told = ", ".join(one for one in said if one)
    return _short(action, harmless) + (DETAILS.format(details=told) if told else "")
