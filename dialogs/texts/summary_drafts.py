"""What the draft of a summary says, and what is answered to who corrects, holds and posts it."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.meetings import title
from dialogs.texts.outbox import when
from dialogs.texts.summaries import told
from dialogs.texts.words import bullets, enumeration, people, plain, quote, short_day
from storage.domain.meetings import Meeting
from storage.domain.reports import SUMMARISED, Line, LineKind, Present, Release, Report
from storage.domain.summaries import Draft

DRAFT_OF = "Ontwerp van de samenvatting van {title}"
POSTED_OF = "De samenvatting van {title} is geplaatst"
NOTHING_IN_IT = "Er staat nog niets in."
CHECK_IT = (
    "Kijk even na wat ik heb. Elke regel kan je wijzigen of schrappen, hier of met een zin: “regel 2 moet zijn: …”."
)
WHO = "Aanwezig ({count}): {names}"
WHO_NOT = "Verontschuldigd ({count}): {names}"
NOBODY_YET = "Aanwezig: dat weet ik nog niet."
AND_OTHERS = "nog {count}"
GOES = "Ik plaats ze {when} {where}, tenzij je ze tegenhoudt."
GOES_ON_APPROVAL = "Ik plaats ze pas {where} als jij of een ander zegt dat het mag."
HELD = "Je houdt ze tegen: ik plaats ze niet vanzelf."
GOES_NOT = "Zo is er niets dat ik mag plaatsen."
GOES_LATER = "Zodra de bijeenkomst voorbij is, stuur ik je dit ontwerp en zeg ik je wanneer ik het plaats."
STILL_CORRECTS = "Wat je nog verbetert, werk ik daar bij."
IN_CHANNEL = "in het kanaal"
TO_PEOPLE = "persoonlijk bij {people}"
TO_CONFIRM = "te bevestigen"
STAYS_PRIVATE = "blijft privé"
BY_DAY = "tegen {day}"
FROM_TO = "Regel {first} tot {last} van {total}"
LINE = "{number}\\. {kind}: {text}"
LINE_WITHOUT = "{kind}: {text}"
PLACE = "{number}. {kind}"
BETWEEN = " · "

KINDS = {
    LineKind.DECISION: "Besluit",
    LineKind.ACTION: "Actie",
    LineKind.DATE: "Datum",
    LineKind.NEXT: "Volgende bijeenkomst",
    LineKind.CARRIED: "Schuift door",
    LineKind.TOPIC: "Volgende keer",
    LineKind.POINT: "Besproken",
}

MOST_NAMES = 24

BUTTON_POST = "Nu plaatsen"
BUTTON_HOLD = "Tegenhouden"
BUTTON_RELEASE = "Toch laten gaan"
BUTTON_ADD = "Regel toevoegen"
BUTTON_NEXT = "Volgende regels"
BUTTON_PREVIOUS = "Vorige regels"
BUTTON_CHANGE = "Wijzigen"
BUTTON_SAVE = "Bewaren"
BUTTON_CONFIRM = "Klopt zo"
BUTTON_SHOW = "Toch tonen"
BUTTON_HIDE = "Privé houden"
BUTTON_REMOVE = "Schrappen"
BUTTON_RESTORE = "Terugzetten"
BUTTON_BACK = "Naar het ontwerp"
BUTTON_NOT_NOW = "Nog niet"

EDIT = "Regel wijzigen"
NEW = "Regel toevoegen aan de samenvatting van {title}"
LABEL_KIND = "Soort"
LABEL_TEXT = "Tekst"
LABEL_OWNER = "Wie"
LABEL_DUE = "Tegen wanneer, of op welke dag"

WHO_WERE_THERE = "Wie was er op {title}?"
HOW_PEOPLE = "Zet elke naam op een eigen regel. Een organisatie mag erachter, tussen haakjes."
LABEL_PRESENT = "Aanwezig"
LABEL_EXCUSED = "Verontschuldigd"
NOBODY = "Er was toch iemand? Zet minstens één naam bij wie er was."
PEOPLE_CHANGED = "In orde. {who}"

CHANGED = "In orde: {line}"
ADDED = "In orde, dit staat erbij: {line}"
REMOVED = "Geschrapt: {line}"
RESTORED = "Teruggezet: {line}"
SHOWN = "In orde, deze regel komt in de samenvatting: {line}"
HIDDEN = "In orde, deze regel blijft privé: {line}"
ABOUT_A_CASE = "Die regel gaat over een casus: wat daarover gezegd is, plaats ik nooit."
NO_SUCH_DAY = "Die dag begrijp ik niet. Kies hem in de kalender."

PREVIEW = "Dit plaats ik dan {where}:"
SURE = "Zal ik ze nu plaatsen?"
POSTING = "In orde, de samenvatting van {title} wordt nu geplaatst: {where}."
POSTED_BEFORE = "De samenvatting van {title} is al geplaatst. Wat je verbetert, werk ik daar vanzelf bij."
POSTED_AGAIN = "In orde, ik probeer opnieuw wat niet zeker aangekomen was."
NOT_POSTED = "In orde, ik plaats ze nog niet."
NOTHING_TO_POST = "Van {title} heb ik nog niets dat ik mag plaatsen. Noteer eerst iets, zoals “besluit: …”."
NOT_OVER = "{title} is nog niet voorbij."
NOW_HELD = "In orde, ik hou de samenvatting van {title} tegen."
NOW_RELEASED = "In orde, de samenvatting van {title} mag vertrekken."
NO_SUMMARY_WAITS = "Ik vind geen samenvatting waarover je kan beslissen."

SAID_POST = (BUTTON_POST, "Plaats ze nu", "Plaats maar", "Plaats ze maar", "Ja, plaats maar", "Ja, nu plaatsen")
SAID_NOT_NOW = (BUTTON_NOT_NOW, "Nog niet plaatsen", "Toch niet", "Niet plaatsen", "Laat maar")
SAID_AGAIN = "opnieuw"


def draft(found: Draft, where: str, now: datetime) -> str:
    """The draft in words: every line with its number, what is to be confirmed and what stays private."""
    report = found.report
    head = f"**{heading(report)}**"
    lines = [line(one) for one in ordered(report)]
    said = [bullets(lines)] if lines else [NOTHING_IN_IT]
    return "\n\n".join([head, CHECK_IT, *said, *who(report), goes(found, where, now)])


def who(report: Report) -> list[str]:
    """Who was there and who was excused, by name: who corrects the draft sees whether that is right."""
    there, away = len(report.present) + report.others, len(report.excused)
    said = _who(WHO, there, report.present) if there else NOBODY_YET
    return [said, *([_who(WHO_NOT, away, report.excused)] if away else [])]


def _who(form: str, count: int, people_: Sequence[Present]) -> str:
    named = [plain(one.name) for one in people_[:MOST_NAMES]]
    more = [AND_OTHERS.format(count=count - len(named))] if count > len(named) else []
    return form.format(count=count, names=enumeration([*named, *more]))


def names(people_: Sequence[Present]) -> str:
    """The names on a form, each on a line."""
    return "\n".join(one.name for one in people_)


def who_head(meeting: Meeting) -> str:
    """The question of the form."""
    return WHO_WERE_THERE.format(title=title(meeting))


def people_changed(report: Report) -> str:
    """Who was there, once that was corrected."""
    return PEOPLE_CHANGED.format(who="; ".join(who(report)))


def heading(report: Report) -> str:
    """What it is."""
    posted = report.standing.posted_at is not None
    return (POSTED_OF if posted else DRAFT_OF).format(title=title(report.meeting))


def ordered(report: Report) -> tuple[Line, ...]:
    """The lines of a draft, by their numbers, and then what stood on the agenda."""
    lines = report.of(*SUMMARISED, LineKind.POINT, private=True)
    return tuple(sorted(lines, key=lambda one: (not one.number, one.number, one.position)))


def line(one: Line) -> str:
    """One line of a draft, in words."""
    beside = marks(one)
    return f"{name(one)}{f' ({beside})' if beside else ''}"


def name(one: Line) -> str:
    """A line with its number and kind."""
    form = LINE if one.number else LINE_WITHOUT
    return form.format(number=one.number, kind=KINDS.get(one.kind, ""), text=_text(one))


def place_of(one: Line) -> str:
    """The number of a line and what it is, without what it says."""
    kind = KINDS.get(one.kind, "")
    return PLACE.format(number=one.number, kind=kind) if one.number else kind


def _text(one: Line) -> str:
    return told(one).removesuffix(f" ({TO_CONFIRM})")


def marks(one: Line) -> str:
    """What is to be seen to of a line."""
    found = [TO_CONFIRM] if not one.certain else []
    return ", ".join([*found, *([STAYS_PRIVATE] if one.private else [])])


def details(one: Line) -> str:
    """What a card shows below a line: whose it is, by when, and what is to be seen to."""
    found = [plain(one.owner)] if one.owner else []
    found += [BY_DAY.format(day=short_day(one.due))] if one.due else []
    return BETWEEN.join([*found, *([marks(one)] if marks(one) else [])])


def goes(found: Draft, where: str, now: datetime) -> str:
    """What happens with a draft when nobody does anything."""
    standing = found.report.standing
    if standing.posted_at is not None:
        return STILL_CORRECTS
    if standing.held:
        return HELD
    if found.goes is not None:
        return GOES.format(when=when(found.goes, now), where=where)
    if standing.release is Release.APPROVAL:
        return GOES_ON_APPROVAL.format(where=where)
    return GOES_LATER if found.report.of(*SUMMARISED) else GOES_NOT


def place(channel: bool, count: int) -> str:
    """Where a summary goes."""
    return IN_CHANNEL if channel else TO_PEOPLE.format(people=people(count))


def page(first: int, last: int, total: int) -> str:
    """Which lines a card shows."""
    return FROM_TO.format(first=first, last=last, total=total)


def preview(shown: str, where: str) -> str:
    """A summary before it is posted by hand."""
    return "\n\n".join([PREVIEW.format(where=where), quote(shown), SURE])


def posting(meeting: Meeting, where: str) -> str:
    """A summary that was let go."""
    return POSTING.format(title=title(meeting), where=where)


def about(sentence: str, meeting: Meeting) -> str:
    """A sentence about the summary of this meeting."""
    return sentence.format(title=title(meeting))


def said(sentence: str, one: Line) -> str:
    """A sentence about this line."""
    return sentence.format(line=line(one))


def choices() -> Sequence[tuple[str, str]]:
    """The kinds of lines that one adds: what it is called, and its value."""
    return [(KINDS[kind], kind.value) for kind in SUMMARISED]
