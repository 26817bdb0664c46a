"""What the bot says when people propose, complete, withdraw, support and discuss agenda points."""

import re
from collections.abc import Sequence
from datetime import date

from dialogs.texts.agenda import KINDS
from dialogs.texts.words import bullets, cut, day, duration, month, paragraphs, plain
from storage.domain.agenda import (
    LONGEST_EXPLANATION,
    LONGEST_LINK,
    LONGEST_TITLE,
    MOST_MINUTES,
    AgendaPoint,
    Comment,
    CommentKind,
    Invite,
    PointDetails,
    PointState,
)
from storage.domain.meetings import Meeting, MeetingKind

BUTTON_SAVE_POINT = "Bewaren"
BUTTON_ADD_POINT = "Agendapunt toevoegen"
BUTTON_BOARD = "Bord"
BUTTON_COMPLETE = "Aanvullen"
BUTTON_RATHER_NOT = "Toch niet"
BUTTON_BRING_BACK = "Ongedaan maken"
BUTTON_SUPPORT = "Dat wil ik ook"
BUTTON_SUPPORT_NUMBER = "Punt {number}: dat wil ik ook"
BUTTON_UNSUPPORT = "Toch niet meer"
BUTTON_FORM = "Liever een formulier"
BUTTON_LEAVE_IT = "Laat maar"
BUTTON_COMMENT = "Opmerking bewaren"

LABEL_TITLE = "Titel"
LABEL_KIND = "Soort (als je wil)"
LABEL_EXPLANATION = "Uitleg (als je wil)"
LABEL_MINUTES = "Hoeveel minuten (als je wil)"
LABEL_LINK = "Link naar een bijlage (als je wil)"
LABEL_WHERE = "Voor welke bijeenkomst"
LABEL_COMMENT = "Je opmerking"
TYPE_TITLE = "Een korte titel, zonder namen"
TYPE_EXPLANATION = "Geen namen van leerlingen of ouders"
THE_SHELF = "Op de plank, voor later"

FILL_IN = "Vul in wat je kwijt wil. Alleen een titel is nodig."
MORE_ABOUT = "Wat je hier nog invult, komt bij {title}. Niets is verplicht."
NOT_PROPOSED = "In orde, ik zet niets op de agenda."
COMPLETE_HINT = "Je kan er altijd nog iets bij zeggen."
NOTHING_PROPOSED = "Je hebt geen agendapunten ingediend. Zeg bijvoorbeeld *zet huiswerkbegeleiding op de agenda*."
WHICH_OF_YOURS = "Welk punt bedoel je?"
WHICH_POINT = "Welk punt bedoel je? Zeg bijvoorbeeld *ik steun punt 2*."
WHICH_COMMENTED = "Bij welk punt hoort je opmerking? Zeg bijvoorbeeld *opmerking bij punt 2: ...*."
NO_NUMBER = "Punt {number} is er niet: er zijn er {count}."
NOTHING_TO_SUPPORT = "Er zijn geen voorstellen van anderen om te steunen."
FIXED_POINT = "{title} hoort bij elke bijeenkomst: dat hoeft geen steun."
OWN_POINT = "{title} heb je zelf voorgesteld: jouw steun is al inbegrepen."
SHELF_EMPTY = "Er ligt niets op de plank."
STANDS_THERE_ALREADY = "Dat stond er al."

_PLACES = {
    MeetingKind.INTERVISIE: "de intervisie",
    MeetingKind.INFOMOMENT: "het infomoment",
    MeetingKind.NETWERKDAG: "de netwerkdag",
    MeetingKind.STUURGROEP: "de stuurgroep",
    MeetingKind.OTHER: "de bijeenkomst",
}

MISTAKES = {
    "title": f"Geef een korte titel, van hoogstens {LONGEST_TITLE} tekens.",
    "explanation": f"Hou je uitleg onder de {LONGEST_EXPLANATION} tekens.",
    "minutes": f"Geef een aantal minuten, van 1 tot {MOST_MINUTES}.",
    "link": f"Een link begint met https:// en telt hoogstens {LONGEST_LINK} tekens.",
    "kind": "Kies een soort uit de lijst.",
    "where": "Kies een bijeenkomst uit de lijst.",
}
"""What is wrong with a field of the form."""


def the_meeting(meeting: Meeting) -> str:
    """A meeting in a sentence: "de intervisie van donderdag 4 februari 2027"."""
    return f"{_PLACES[meeting.kind]} van {day(meeting.starts.date())}"


def by(title: str, who: str) -> str:
    """A title with somebody of whom it is not sure that they bring it."""
    return f"{title} door {who}"


def quoted(title: str) -> str:
    """A title between quotes, harmless."""
    return f"'{plain(title)}'"


ASK_TITLE = "Wat wil je op de agenda zetten van {where}? Een korte titel is genoeg."
ASK_TITLE_SHELF = "Wat wil je op de plank leggen? Een korte titel is genoeg."
ASK_TITLE_CASE = (
    "Hoe noem je je casus? Een korte titel is genoeg, zonder namen, bijvoorbeeld *huiswerk in een drukke leefgroep*. "
    "Ik zet hem bij de voorstellen voor {where}."
)
THE_SHELF_CASE = "later, op de plank"
WHICH_PLACE = "Voor welke bijeenkomst is {what}?"
NAMED_NOTHING = "Zo'n bijeenkomst vind ik niet."
LATE = "Punten doorgeven kon tot en met {day}, dus de coördinator beslist of dit er nog bij kan."
CASE_HELP = "Ik help je graag om je casus stap voor stap voor te bereiden."
CHANGED = "In orde, aangepast."
BUTTON_KEEP_SO = "Zo bewaren"
YOURS = "{title} is genoteerd."
IN_ORDER = "In orde."
BUTTON_WITHDRAW = "Intrekken"
NOT_YOUR_POINT = "Dat is niet jouw punt: alleen wie het indiende kan dat, of de coördinator."
WITHDRAWN = "In orde, {title} is ingetrokken."
DECLINE_OTHERS = "{title} is niet jouw punt. Als coördinator kan je het wel weigeren, verplaatsen of samenvoegen."
BUTTON_CASE = "Casus voorbereiden"
BUTTON_PLACE_SHELF = "Op de plank"

SAID_NOTHING = (
    "Nee",
    "Neen",
    "Nee dank je",
    "Nee bedankt",
    "Laat maar",
    "Laat maar zitten",
    "Nee laat maar",
    "Toch niet",
    "Nee toch niet",
    "Niets",
    "Niks",
    "Stop",
    "Annuleer",
    "Annuleren",
    "Ik weet het niet",
    "Later",
    "Nu niet",
)
"""What is no title, but a no to the question for one."""


def yours(title: str) -> str:
    """To who proposed it in company."""
    return YOURS.format(title=quoted(title))


def more_about(title: str) -> str:
    """Above the form of an existing point."""
    return MORE_ABOUT.format(title=quoted(title))


def withdrawn(title: str) -> str:
    """One took a point back."""
    return WITHDRAWN.format(title=quoted(title))


def decline_others(title: str) -> str:
    """To a coordinator who wants to take back what somebody else proposed."""
    return DECLINE_OTHERS.format(title=quoted(title))


def ask_title(meeting: Meeting | None, case: bool) -> str:
    """The question for a title."""
    if case:
        return ASK_TITLE_CASE.format(where=the_meeting(meeting) if meeting else THE_SHELF_CASE)
    return ASK_TITLE.format(where=the_meeting(meeting)) if meeting else ASK_TITLE_SHELF


def which_place(title: str, lines: Sequence[str], found: bool) -> str:
    """Several meetings, or none, fit what a proposal names."""
    asked = WHICH_PLACE.format(what=quoted(title) if title else "je punt")
    return "\n\n".join(part for part in ("" if found else NAMED_NOTHING, asked, bullets(lines)) if part)


def proposed(details: PointDetails, late: bool) -> str:
    """What holds now that a point was proposed or changed."""
    point = details.point
    parts = [f"{quoted(point.title)} {stands(details)}.", _facts(point)]
    if late and details.meeting and details.meeting.agenda_until and point.state is PointState.PROPOSED:
        parts.append(LATE.format(day=day(details.meeting.agenda_until)))
    return " ".join(part for part in parts if part)


def stands(details: PointDetails) -> str:
    """Where an open point stands: "staat bij de voorstellen voor de intervisie van ..."."""
    point, meeting = details.point, details.meeting
    if meeting is None:
        when = f", voor {month(point.returns_on)}" if point.returns_on else ""
        return f"ligt op de plank{when}"
    if point.state is PointState.PROPOSED:
        return f"staat bij de voorstellen voor {the_meeting(meeting)}"
    return f"staat op de agenda van {the_meeting(meeting)}"


def _facts(point: AgendaPoint) -> str:
    """What else was told of it, in a sentence."""
    told = [f"Soort: {KINDS[point.kind]}."] if point.kind else []
    if point.minutes:
        told.append(f"Duur: {duration(point.minutes)}.")
    if point.presenter:
        told.append(f"Gebracht door: {plain(point.presenter)}.")
    if point.recurring:
        told.append("Het komt telkens terug.")
    return " ".join(told)


def mistakes(found: Sequence[str]) -> str:
    """What is still wrong on a form."""
    return "\n\n".join(MISTAKES[name] for name in found)


MINE = "Dit heb je ingediend:"
OUTCOMES = {
    PointState.DECLINED: "niet opgenomen",
    PointState.WITHDRAWN: "ingetrokken",
    PointState.MERGED: "samengevoegd met een ander punt",
    PointState.HANDLED: "besproken",
}
INVITES = {
    Invite.TO_INVITE: "nog uit te nodigen",
    Invite.INVITED: "uitgenodigd",
    Invite.YES: "komt",
    Invite.NO: "komt niet",
}


COMMENT_KINDS = {
    CommentKind.COMMENT: "{name}: {text}",
    CommentKind.QUESTION: "{name} vroeg: {text}",
    CommentKind.ANSWER: "{name} antwoordde: {text}",
}
OLDER = "(nog {count} opmerkingen van eerder)"
MOST_COMMENTS, LONGEST_COMMENT_SHOWN = 3, 300


def mine(points: Sequence[PointDetails]) -> str:
    """One's own points, numbered, with what was said lately about those that are open."""
    told = [MINE]
    for number, one in enumerate(points, start=1):
        told.append(f"**{number}.** {_own_line(one)}")
        if one.point.state.open and one.comments:
            told.append(bullets(comments(one.comments, MOST_COMMENTS, LONGEST_COMMENT_SHOWN)))
    return "\n\n".join(told)


def comments(said: Sequence[Comment], most: int, longest: int) -> list[str]:
    """The latest comments, each of `longest` characters at most."""
    older = len(said) - most
    return [OLDER.format(count=older)] * (older > 0) + [
        COMMENT_KINDS[one.kind].format(name=plain(one.person.name), text=paragraphs(cut(one.text, longest)))
        for one in said[-most:]
    ]


def _own_line(details: PointDetails) -> str:
    point = details.point
    where = stands(details) if point.state.open else _outcome(details)
    supported = f", {support(point.support)}" if point.support and point.state.open else ""
    invited = f", {INVITES[point.invite]}" if point.invite else ""
    return f"{plain(point.title)}: {where}{supported}{invited}."


def _outcome(details: PointDetails) -> str:
    point, meeting = details.point, details.meeting
    of = f" ({the_meeting(meeting)})" if meeting else ""
    why = f": {plain(point.declined_why.rstrip('.'))}" if point.declined_why else ""
    return f"{OUTCOMES[point.state]}{of}{why}"


def choose_of(points: Sequence[PointDetails]) -> str:
    """One's own points, of which one is meant."""
    return f"{WHICH_OF_YOURS}\n\n" + bullets([f"{plain(one.point.title)}: {stands(one)}" for one in points])


def support(count: int) -> str:
    """How many others want a point as well: "2 keer gesteund"."""
    return f"{count} keer gesteund"


def carried(count: int) -> str:
    """How often a point was carried on to another meeting."""
    return f"{count} keer uitgesteld"


LONGEST_SAID = 6_000
"""Characters of a text as it is passed on; how much of it may be kept is said when it is too much."""


def no_number(number: int, count: int) -> str:
    """There are fewer points."""
    return NO_NUMBER.format(number=number, count=count)


def own_point(title: str) -> str:
    """Nobody supports their own point."""
    return OWN_POINT.format(title=quoted(title))


def fixed_point(title: str) -> str:
    """What belongs to every meeting needs no support."""
    return FIXED_POINT.format(title=quoted(title))


def which_point(titles: Sequence[str]) -> str:
    """The points of which one is meant."""
    return f"{WHICH_POINT}\n\n{bullets([plain(title) for title in titles])}"


def ask_comment(title: str) -> str:
    """The question for a comment."""
    return ASK_COMMENT.format(title=quoted(title))


def comment_kept(title: str) -> str:
    """A comment is kept, and who may read it."""
    return COMMENT_KEPT.format(title=quoted(title))


def unsupported(title: str) -> str:
    """Somebody no longer wants it as well."""
    return UNSUPPORTED.format(title=quoted(title))


_MOVES = re.compile(r"\b(?:verplaats|verschuif|verzet|zet|leg|schuif|naar)\b", re.IGNORECASE)


_SHELF = re.compile(r"\b(?:plank|backlog|later)\b", re.IGNORECASE)


def names_shelf(text: str) -> bool:
    """Whether a sentence speaks of the backlog."""
    return _SHELF.search(text) is not None


def moves(text: str) -> bool:
    """Whether a sentence about one's own point moves it."""
    return _MOVES.search(text) is not None


SUPPORTED = "In orde, {title} is nu {count}."
UNSUPPORTED = "In orde, je steunt {title} niet meer."


def supported(point: AgendaPoint) -> str:
    """Somebody wants it as well: how many do now."""
    return SUPPORTED.format(title=quoted(point.title), count=support(point.support))


ON_SHELF = "Dit ligt op de plank:"
ON_SHELF_HINT = "Wil je iets daarvan ook bespreken? Zeg bijvoorbeeld *ik steun punt 1*."
_DAYS_IN_WEEK = 7


def shelf(points: Sequence[AgendaPoint], today: date) -> str:
    """The backlog, numbered, with how long each point lies there."""
    lines = [f"**{number}.** {_on_shelf(one, today)}" for number, one in enumerate(points, start=1)]
    return "\n\n".join([ON_SHELF, *lines, ON_SHELF_HINT])


def _on_shelf(point: AgendaPoint, today: date) -> str:
    told = [KINDS[point.kind]] if point.kind else []
    lies_since = point.shelved_at or point.proposed_at
    if lies_since:
        told.append(_since((today - lies_since.date()).days))
    if point.returns_on:
        told.append(f"voor {month(point.returns_on)}")
    if point.carried:
        told.append(carried(point.carried))
    if point.support:
        told.append(support(point.support))
    return plain(point.title) + (f" ({', '.join(told)})" if told else "")


def _since(days: int) -> str:
    if days <= 0:
        return "sinds vandaag"
    if days == 1:
        return "sinds gisteren"
    weeks = days // _DAYS_IN_WEEK
    if not weeks:
        return f"al {days} dagen"
    return "al een week" if weeks == 1 else f"al {weeks} weken"


COMMENT_KEPT = "Je opmerking staat bij {title}. Wie het punt indiende en de coördinatoren kunnen ze lezen."
ASK_COMMENT = "Wat wil je zeggen bij {title}?"
COMMENT_DROPPED = "In orde, ik noteer er niets bij."
