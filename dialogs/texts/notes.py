"""What the bot says about notes of a meeting: noted, listed, changed and taken out, and where its links lead."""

from collections.abc import Sequence

from dialogs.texts.meetings import title
from dialogs.texts.summaries import told
from dialogs.texts.summary_drafts import KINDS, STAYS_PRIVATE
from dialogs.texts.words import bullets, day, plain
from storage.domain.meetings import Meeting
from storage.domain.reports import Line, LineKind

NOTED = "Genoteerd."
NOTED_AS = "Genoteerd als {what} {number}."
NOTED_PRIVATE = "Genoteerd, het blijft privé."
NOTED_SEVERAL = "{count} dingen genoteerd."
NOTED_OF = "{noted} (bij {title})."
DECISION, LINE = "besluit", "regel"
ADDED_AFTER = "{noted} Het staat nu ook in de samenvatting van {title}, die er al is."
NOT_NOTED = "Dit heb ik nog niet genoteerd: {texts}. Zeg het nog eens zonder dat iemand te herkennen is."
WHAT = "Wat noteer ik? Zeg het zo: “besluit: we starten in januari” of “actie: An mailt het CLB tegen vrijdag”."
NO_MEETING = "Er loopt nu geen bijeenkomst waarbij ik dat kan noteren. Het kan vanaf een half uur ervoor tot drie dagen erna, als je erbij bent en de samenvatting er nog niet is. Is ze er al? Zeg me dan wat er ontbreekt als opmerking bij het verslag."
NOT_YOUR_MEETING = "Alleen wie aan die bijeenkomst deelneemt, kan er iets bij noteren."

HEAD = "**Genoteerd bij {title}** ({day})"
NOTHING = "Bij {title} ({day}) is er nog niets genoteerd. Zeg bijvoorbeeld “besluit: we starten in januari”."
NO_NOTES = "Ik vind geen bijeenkomst waarvan ik notities heb."
HOW = "Iets verbeteren? Zeg “regel 2 moet zijn: …” of “schrap regel 2”."
NUMBERED = "{number}\\. {kind}: {text}"
UNNUMBERED = "{kind}: {text}"
PEOPLE = {LineKind.ATTENDEE: "Aanwezig", LineKind.EXCUSED: "Verontschuldigd"}
REMARK = "Notitie"
PRIVATE = " ({private})"

BUTTON_CHANGE = "Wijzig"
BUTTON_REMOVE = "Schrap"
BUTTON_RESTORE = "Zet terug"
BUTTON_SAVE = "Bewaar"
BUTTON_LIST = "Toon alles"
BUTTON_MORE = "Toon meer"
BUTTON_BEFORE = "Toon vorige"
EDIT = "Notitie wijzigen"
LABEL_TEXT = "Tekst"
LABEL_OWNER = "Wie"
LABEL_DUE = "Tegen wanneer, of op welke dag"

CHANGED = "In orde: {line}"
REMOVED = "Geschrapt: {line}"
RESTORED = "Teruggezet: {line}"
WHICH = "Welke regel bedoel je? Zeg me het nummer."
NO_SUCH_LINE = "Een regel {number} staat er niet bij {title}."
NOT_IN_IT = "“{words}” staat niet in die regel: {line}"
A_PIECE = "Ik heb nog niets gewijzigd: “{new}” lijkt me maar een stuk van de regel. Ze is nu: {line}"
WHOLE_LINE = "Hoe moet ze helemaal klinken? Typ de hele regel, of “laat maar”."
LET_BE = "In orde, de regel blijft zoals ze was."
SAID_LET_BE = ("laat maar", "niks", "niets", "stop", "annuleer", "toch niet", "vergeet het")
NO_OWNER = "Er is nog niets gewijzigd: {line}"
ONLY_ACTIONS = "Alleen een actie heeft een naam en een dag. Is dit een actie? Druk dan hieronder, of zeg “regel {number} moet zijn: actie: …”."
BUTTON_ACTION = "Maak er een actie van"
ALREADY_POSTED = "De samenvatting staat er al, en alleen {name} kan ze nog verbeteren. Zeg me wat er niet klopt, zoals “besluit 2 klopt niet: …”, dan geef ik het door."
NOT_YOURS = "Dat noteerde iemand anders. Vraag het aan {name}, of geef het door als opmerking zodra het verslag er is."

LINKS_KEPT = "In orde, de link staat bij {title}."
RECORDING = "De opname van {title} staat [hier]({url})."
REPORT = "Het volledige verslag van {title} staat [hier]({url})."
NO_LINK = "Van {title} heb ik geen link. Vraag me het verslag, dan stuur ik het."
NOT_A_LINK = "Dat adres kan ik niet gebruiken: een link begint met https."


def noted(line: Line) -> str:
    """That something was noted, in as few words as can be."""
    if line.private:
        return NOTED_PRIVATE
    if not line.number:
        return NOTED
    return NOTED_AS.format(what=DECISION if line.kind is LineKind.DECISION else LINE, number=line.number)


def of_meeting(said: str, meeting: Meeting) -> str:
    """The same, where it may be of another meeting than one thinks."""
    return NOTED_OF.format(noted=said.rstrip("."), title=title(meeting))


def not_noted(texts: Sequence[str]) -> str:
    """What must be said otherwise, beside what is asked about now."""
    return NOT_NOTED.format(texts=", ".join(f"“{plain(text)}”" for text in texts))


def row(line: Line) -> str:
    """One note on one line."""
    kind = {**KINDS, LineKind.DISCUSSION: REMARK, **PEOPLE}.get(line.kind, "")
    form = NUMBERED if line.number else UNNUMBERED
    said = form.format(number=line.number, kind=kind, text=told(line))
    return said + PRIVATE.format(private=STAYS_PRIVATE) if line.private else said


def notes(meeting: Meeting, lines: Sequence[Line]) -> str:
    """All notes of a meeting."""
    if not lines:
        return NOTHING.format(title=title(meeting), day=day(meeting.starts.date()))
    rows = [row(one) for one in lines if one.kind not in PEOPLE]
    return "\n\n".join([head(meeting), bullets([*rows, *people_rows(lines)]), HOW])


def people_rows(lines: Sequence[Line]) -> list[str]:
    """Who was noted to be there, and who not: all of them on one line."""
    named = {what: [plain(one.text) for one in lines if one.kind is kind] for kind, what in PEOPLE.items()}
    return [UNNUMBERED.format(kind=what, text=", ".join(names)) for what, names in named.items() if names]


def head(meeting: Meeting) -> str:
    """Of which meeting they are."""
    return HEAD.format(title=title(meeting), day=day(meeting.starts.date()))


def said(sentence: str, line: Line) -> str:
    """A sentence about this line."""
    return sentence.format(line=row(line))


def no_such_line(number: int, meeting: Meeting) -> str:
    """There is no line with this number."""
    return NO_SUCH_LINE.format(number=number, title=title(meeting))


def not_in_it(words: str, line: Line) -> str:
    """The words to be replaced do not stand in the line."""
    return NOT_IN_IT.format(words=plain(words), line=row(line))


def a_piece(new: str, line: Line) -> str:
    """New words that are not all of a line: what stands there, and the question for all of it."""
    return "\n\n".join([A_PIECE.format(new=plain(new), line=row(line)), WHOLE_LINE])


def only_actions(line: Line) -> str:
    """A line that is no action has no owner and no day."""
    return "\n\n".join([NO_OWNER.format(line=row(line)), ONLY_ACTIONS.format(number=line.number)])


def added_after(said: str, meeting: Meeting) -> str:
    """Noted of a meeting of which the summary was posted already."""
    return ADDED_AFTER.format(noted=said, title=title(meeting))


def links(meeting: Meeting, recording: str | None, report: str | None) -> str:
    """Where the recording and the full report are."""
    found = [REPORT.format(title=title(meeting), url=report)] if report else []
    found += [RECORDING.format(title=title(meeting), url=recording)] if recording else []
    return "\n\n".join(found) or NO_LINK.format(title=title(meeting))
