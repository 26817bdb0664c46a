"""What is said about objections to reports and their approval."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.meetings import title
from dialogs.texts.words import bullets, cut, day, hour, plain
from storage.domain.approving import Approving
from storage.domain.meetings import Meeting
from storage.domain.reports import Approval, Objection, Version

WHAT_IS_WRONG = "Wat klopt er niet in regel {number} (“{line}”)?"
WHAT_IS_WRONG_AT_ALL = "Wat klopt er niet in het verslag van {title}? Zeg liefst bij welke regel."
NO_SUCH_LINE = "Een regel {number} staat er niet in dat verslag. Vraag me de samenvatting, dan zie je de nummers."
PASSED_ON = "Genoteerd, ik geef het door aan wie het verslag nakijkt: “{text}”{about}."
ABOUT_LINE = ", bij “{line}”"
LABEL_OBJECTION = "Wat klopt er niet?"
LABEL_LINE = "Zo moet de regel worden"
BUTTON_OBJECT = "Doorgeven"
BUTTON_TAKE = "Overnemen"
BUTTON_LEAVE = "Niet overnemen"
NOT_OBJECTED = "In orde, ik geef niets door."

OBJECTED = "{name} heeft een opmerking bij het verslag van {title}:"
OBJECTED_LINE = "Regel {number}: “{line}”"
OBJECTED_LOOSE_LINE = "De regel: “{line}”"
OBJECTED_WHOLE = "Over het hele verslag"
QUOTED = "“{text}”"
WAS_TAKEN = "Overgenomen in het verslag."
WAS_LEFT = "Niet overgenomen."
TAKEN = "In orde, overgenomen. Wie de opmerking maakte, hoort het van mij."
TAKEN_LINE = "In orde. De regel is nu: “{line}”. Wie de opmerking maakte, hoort het van mij."
CHANGE_FIRST = "Pas eerst de regel aan in het veld op de kaart, en druk dan op *Overnemen*. Blijft de regel zoals hij is, kies dan *Niet overnemen*."
FRESH = "Het verslag van {title} is nog maar net verspreid: weinig collega's konden er al iets over zeggen. Is het toch al goedgekeurd?"
LEFT = "In orde, het verslag blijft zoals het is. Wie de opmerking maakte, hoort het van mij."
TOLD_TAKEN = "Je opmerking bij het verslag van {title} is overgenomen: “{text}”."
TOLD_LEFT = "Je opmerking bij het verslag van {title} (“{text}”) is bekeken, maar niet overgenomen. Bespreek het gerust op de volgende bijeenkomst."

ASKED = "{title} is voorbij. Is het verslag van {previous} ({day}) daar goedgekeurd?"
OPEN_STILL = "Er staan nog opmerkingen bij open:"
BUTTON_APPROVE = "Goedgekeurd"
BUTTON_APPROVE_ANYWAY = "Toch goedkeuren"
BUTTON_NOT_YET = "Nog niet"
BUTTON_REOPEN = "Weer openzetten"
OBJECTIONS_FIRST = "Bij het verslag van {title} staan nog opmerkingen open:"
APPROVED = "Het verslag van {title} is goedgekeurd. Vanaf nu verandert er niets meer aan."
APPROVED_BEFORE = "Het verslag van {title} was al goedgekeurd, op {day}."
NOT_YET = "In orde, het blijft op de agenda staan tot het goedgekeurd is."
NOT_APPROVED = "Nog niet: het verslag van {title} moet nog goedgekeurd worden."
REOPENED = "Het verslag van {title} staat weer open: je kan het opnieuw verbeteren."
BY_SILENCE = "Niemand had nog een opmerking bij het verslag van {title}. Het is nu goedgekeurd."
NONE_OPEN = "Bij het verslag van {title} staan geen opmerkingen open."
VERSIONS = "Versies van het verslag:"
VERSION = "{number}\\. {what}, {day} om {hour} uur"
WHAT = {"posted": "verspreid", "corrected": "verbeterd", "approved": "goedgekeurd"}

ABOUT_OBJECTED = "een opmerking bij een verslag"
ABOUT_SETTLED = "wat er met een opmerking bij een verslag gebeurde"
ABOUT_ASKED = "de vraag of een verslag goedgekeurd is"
ABOUT_APPROVED = "dat een verslag goedgekeurd is"

SAID_LET_BE = ("laat maar", "niks", "niets", "stop", "annuleer", "toch niet", "vergeet het")
LONGEST_SHOWN = 200


def what_is_wrong(meeting: Meeting, objection_to: tuple[int, str] | None) -> str:
    """What somebody objects to, asked."""
    if objection_to is None:
        return WHAT_IS_WRONG_AT_ALL.format(title=title(meeting))
    number, line = objection_to
    return WHAT_IS_WRONG.format(number=number, line=_short(line))


def no_such_line(number: int) -> str:
    """There is no line with this number."""
    return NO_SUCH_LINE.format(number=number)


def passed_on(found: Objection) -> str:
    """An objection was written down."""
    about = ABOUT_LINE.format(line=_short(found.line.text)) if found.line else ""
    return PASSED_ON.format(text=_short(found.text), about=about)


def objected(found: Objection, meeting: Meeting, number: int) -> list[str]:
    """Somebody objects: who, to what, and why."""
    head = OBJECTED.format(name=plain(found.person.name), title=title(meeting))
    if found.line is None:
        about = OBJECTED_WHOLE
    elif number:
        about = OBJECTED_LINE.format(number=number, line=_short(found.line.text))
    else:
        about = OBJECTED_LOOSE_LINE.format(line=_short(found.line.text))
    became = {None: [], True: [WAS_TAKEN], False: [WAS_LEFT]}[found.taken]
    return [head, about, QUOTED.format(text=_short(found.text)), *became]


def taken(found: Objection) -> str:
    """An objection was taken over, and what its line says now."""
    return TAKEN_LINE.format(line=_short(found.line.text)) if found.line else TAKEN


def fresh(report: Approving) -> str:
    """A report was posted lately."""
    said = FRESH.format(title=title(report.meeting))
    return f"{said}\n\n{OPEN_STILL}\n\n{listed(report.open)}" if report.open else said


def settled(found: Objection, meeting: Meeting) -> str:
    """What became of one's objection."""
    said = TOLD_TAKEN if found.taken else TOLD_LEFT
    return said.format(title=title(meeting), text=_short(found.text))


def asked(meeting: Meeting | None, report: Approving) -> str:
    """Whether a report was approved at a meeting."""
    previous = report.meeting
    held = title(meeting) if meeting else ""
    said = ASKED.format(title=held, previous=title(previous), day=day(previous.starts.date()))
    return f"{said}\n\n{OPEN_STILL}\n\n{listed(report.open)}" if report.open else said


def objections_first(report: Approving) -> str:
    """Objections are open."""
    return f"{OBJECTIONS_FIRST.format(title=title(report.meeting))}\n\n{listed(report.open)}"


def listed(objections: Sequence[Objection]) -> str:
    """Objections, each with who made it."""
    return bullets([f"{plain(one.person.name)}: {QUOTED.format(text=_short(one.text))}" for one in objections])


def approved(report: Approving, before: bool) -> str:
    """A report is approved; `before`: it was already."""
    at = report.standing.approved_at
    if before and at is not None:
        local = at.astimezone(report.meeting.starts.tzinfo)
        return APPROVED_BEFORE.format(title=title(report.meeting), day=day(local.date()))
    said = BY_SILENCE if report.standing.approved_how is Approval.SILENCE else APPROVED
    return said.format(title=title(report.meeting))


def how_far(report: Approving) -> str:
    """Whether a report is approved, with what is still objected to it."""
    if report.standing.approved_at is not None:
        return approved(report, before=True)
    said = NOT_APPROVED.format(title=title(report.meeting))
    return f"{said}\n\n{OPEN_STILL}\n\n{listed(report.open)}" if report.open else said


def reopened(report: Approving) -> str:
    """A report is open again."""
    return REOPENED.format(title=title(report.meeting))


def overview(report: Approving, versions: Sequence[Version]) -> str:
    """What is open, and the versions that were kept."""
    said = [objections_first(report) if report.open else NONE_OPEN.format(title=title(report.meeting))]
    rows = [_version(one, one.at.astimezone(report.meeting.starts.tzinfo)) for one in versions]
    return "\n\n".join([*said, *([f"{VERSIONS}\n\n" + bullets(rows)] if rows else [])])


def _version(one: Version, local: datetime) -> str:
    return VERSION.format(number=one.number, what=WHAT.get(one.what, one.what), day=day(local.date()), hour=hour(local))


def _short(text: str) -> str:
    return plain(cut(text, LONGEST_SHOWN))
