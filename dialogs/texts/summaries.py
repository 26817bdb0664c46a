"""What the summary after a meeting says, and what is asked and answered about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialogs.texts import reports
from dialogs.texts.meetings import link, title
from dialogs.texts.words import bullets, capital, cut, day, enumeration, names_day, people, plain, short_day
from storage.domain.meetings import Meeting
from storage.domain.reports import Line, LineKind, Report
from storage.domain.summaries import Summary

SUMMARY_OF = "Samenvatting van {title}"
THERE = "Aanwezig: {people}."
THERE_BY = "Aanwezig: {people} ({organisations})."
BY_ORGANISATION = "{name} {count}"
ELSEWHERE = "{count} van elders"
DISCUSSED = "Besproken"
DECISIONS = "Besluiten"
ACTIONS = "Acties"
DATES = "Data om te onthouden"
CARRIED = "Schuift door"
TOPICS = "Voor een volgende keer"
ROW = "{number}\\. {text}"
WITH_OWNER = "{owner}: {text}"
UNTIL_DAY = "{text} (tegen {day})"
COMES_BACK = "{text} (komt terug: {when})"
ON_DAY = "{day}: {text}"
TO_CONFIRM = "{text} (te bevestigen)"
AND_MORE = "… en nog {count}. Vraag me het verslag voor de hele lijst."
FULL_REPORT = "Het volledige verslag staat [hier]({url})."
RECORDING = "De opname staat [hier]({url})."
IMPROVED = "Verbeterd op {day}."

BUTTON_REPORT = "Volledig verslag"
BUTTON_RECORDING = "Opname"

YOU_WERE_EXCUSED = "Je kon er niet bij zijn op {title}. Dit is er voor jou:"
YOURS_TO_DO = "Te doen: {text}"
YOU_PROPOSED = "Je stelde voor: {title}"
ABOUT_YOURS = "Over jouw organisatie: {text}"

NOT_YET = "Van {title} ({day}) is er nog geen samenvatting."
NOT_YET_AT_ALL = "Ik vind geen voorbije bijeenkomst waarvan je het verslag mag zien."
TOO_EARLY = "{title} moet nog beginnen. Daarna maak ik een samenvatting."
DECIDED = "Beslist op {title} ({day}):"
NOTHING_DECIDED = "Voor {title} ({day}) staat er geen besluit in het verslag."

NOTHING_TO_TELL = "**{title} zit erop, en ik heb nog niets om een samenvatting van te maken.**"
STILL_NOTHING = "**Van {title} heb ik nog altijd niets om een samenvatting van te maken.**"
TELL_ME = "Zeg me wat er beslist is, zoals “besluit: we starten in januari” of “actie: An mailt het CLB tegen vrijdag”, of stuur me het verslag."
LAST_TIME = "Ik vraag het niet meer. Komt er later nog iets, dan maak ik de samenvatting toch nog."
BUTTON_ADD = "Iets noteren"
BUTTON_NOT_NEEDED = "Geen samenvatting nodig"

ABOUT_POST = "de samenvatting van {title}"
ABOUT_EXCUSED = "de samenvatting van {title} voor wie verontschuldigd was"
ABOUT_DRAFT = "het ontwerp van de samenvatting van {title}"
ABOUT_ASKED = "de vraag naar notities van {title}"

MOST_ORGANISATIONS = 8
MOST_POINTS = 10
LONGEST_ROW = 240

_MOST = {DECISIONS: 6, ACTIONS: 8, DATES: 5, CARRIED: 4, TOPICS: 4}
"""So many lines of each kind are told: a summary fits on one screen."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a summary: its head, and its rows as they are shown."""

    head: str
    rows: tuple[str, ...]


def summary(found: Summary) -> str:
    """A summary in words."""
    parts = [f"**{heading(found.meeting)}** ({day(found.meeting.starts.date())})", *about(found)]
    parts += [f"**{one.head}**\n\n{bullets(one.rows)}" for one in sections(found.report)]
    return "\n\n".join([*parts, *links(found.report), *improved(found.report)])


def heading(meeting: Meeting) -> str:
    """What it is."""
    return SUMMARY_OF.format(title=title(meeting))


def about(found: Summary) -> list[str]:
    """Who was there, in numbers, and what was talked about."""
    said = [_there(found)] if found.people else []
    points = [plain(one.text) for one in found.report.of(LineKind.POINT) if not one.private][:MOST_POINTS]
    return [*said, *([f"{DISCUSSED}: {enumeration(points)}."] if points else [])]


def _there(found: Summary) -> str:
    named = [(name, count) for name, count in found.present if name]
    elsewhere = found.people - sum(count for _, count in named[:MOST_ORGANISATIONS])
    rows = [BY_ORGANISATION.format(name=plain(name), count=count) for name, count in named[:MOST_ORGANISATIONS]]
    rows += [ELSEWHERE.format(count=elsewhere)] if elsewhere and rows else []
    if not rows:
        return THERE.format(people=people(found.people))
    return THERE_BY.format(people=people(found.people), organisations=", ".join(rows))


def sections(report: Report) -> list[Section]:
    """What was decided and agreed, as much of it as fits on one screen; nothing that is private."""
    found = {
        DECISIONS: report.of(LineKind.DECISION),
        ACTIONS: report.of(LineKind.ACTION),
        DATES: report.of(LineKind.DATE, LineKind.NEXT),
        CARRIED: report.of(LineKind.CARRIED),
        TOPICS: report.of(LineKind.TOPIC),
    }
    return [_section(head, lines) for head, lines in found.items() if lines]


def _section(head: str, lines: Sequence[Line]) -> Section:
    ordered, most = sorted(lines, key=lambda one: one.number), _MOST[head]
    rows = [row(one) for one in ordered[:most]]
    more = [AND_MORE.format(count=len(lines) - most)] if len(lines) > most else []
    return Section(head, (*rows, *more))


def row(line: Line) -> str:
    """One line with its number."""
    return ROW.format(number=line.number, text=told(line)) if line.number else told(line)


def told(line: Line, longest: int = LONGEST_ROW) -> str:
    """One line: what, whose and by when."""
    text = plain(capital(cut(line.text, longest)))
    if line.kind is LineKind.ACTION:
        text = _action(line, plain(cut(line.text, longest)))
    elif line.kind in {LineKind.DATE, LineKind.NEXT} and line.due and not names_day(line.text, line.due):
        text = ON_DAY.format(day=short_day(line.due), text=text)
    elif line.kind is LineKind.CARRIED and line.until:
        text = COMES_BACK.format(text=text, when=reports.when(line.until))
    return TO_CONFIRM.format(text=text) if line.doubtful else text


def _action(line: Line, text: str) -> str:
    named = line.owner and line.owner.casefold() not in line.text.casefold()
    said = WITH_OWNER.format(owner=plain(line.owner), text=text) if named else capital(text)
    return (
        UNTIL_DAY.format(text=said, day=short_day(line.due))
        if line.due and not names_day(line.text, line.due)
        else said
    )


def links(report: Report) -> list[str]:
    """Where the full report and the recording are."""
    standing = report.standing
    found = [FULL_REPORT.format(url=link(standing.report_url))] if standing.report_url else []
    return [*found, *([RECORDING.format(url=link(standing.recording_url))] if standing.recording_url else [])]


def improved(report: Report) -> list[str]:
    """When it was corrected after it was posted."""
    at = report.standing.corrected_at
    if at is None or report.standing.posted_at is None:
        return []
    return [IMPROVED.format(day=day(at.astimezone(report.meeting.starts.tzinfo).date()))]


def excused(found: Summary) -> str:
    """The same for who was not there, with what touches them on top."""
    mine = touching(found)
    if not mine:
        return summary(found)
    return "\n\n".join([YOU_WERE_EXCUSED.format(title=title(found.meeting)), bullets(mine), summary(found)])


def touching(found: Summary) -> list[str]:
    """What of it touches who was not there."""
    own = found.touching
    return [
        *(YOURS_TO_DO.format(text=_plainly(one)) for one in own.actions),
        *(YOU_PROPOSED.format(title=plain(one)) for one in own.proposed),
        *(ABOUT_YOURS.format(text=_plainly(one)) for one in own.named),
    ]


def _plainly(line: Line) -> str:
    text = plain(cut(line.text, LONGEST_ROW))
    if line.kind is not LineKind.ACTION or line.due is None or names_day(line.text, line.due):
        return text
    return UNTIL_DAY.format(text=text, day=short_day(line.due))


# --- what is answered


def not_yet(meeting: Meeting) -> str:
    """Nothing was posted of it."""
    return NOT_YET.format(title=title(meeting), day=day(meeting.starts.date()))


def too_early(meeting: Meeting) -> str:
    """It did not begin."""
    return TOO_EARLY.format(title=title(meeting))


def decisions(meeting: Meeting, lines: Iterable[Line]) -> str:
    """What was decided at a meeting."""
    rows = [row(one) for one in lines]
    if not rows:
        return NOTHING_DECIDED.format(title=title(meeting), day=day(meeting.starts.date()))
    return f"{DECIDED.format(title=title(meeting), day=day(meeting.starts.date()))}\n\n{bullets(rows)}"


def nothing_to_tell(meeting: Meeting, again: bool) -> str:
    """There is nothing to make a summary of."""
    head = (STILL_NOTHING if again else NOTHING_TO_TELL).format(title=title(meeting))
    return "\n\n".join([head, TELL_ME, *([LAST_TIME] if again else [])])
