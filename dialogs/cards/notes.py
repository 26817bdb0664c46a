"""Cards of notes: the list with a button to change and to take out one's own, one note to change, and back."""

from collections.abc import Collection, Sequence

from microsoft_teams.cards import Action, ActionSet, CardElement, Column, ColumnSet, DateInput, TextBlock, TextInput

from dialogs.cards.elements import button, card, heading, paragraph
from dialogs.cards.note_payloads import SaveNote, SettleNote, ShowNote, ShowNotes
from dialogs.cards.summary_payloads import ShowPeople
from dialogs.texts import notes as texts
from dialogs.texts.meetings import title
from dialogs.texts.words import day
from dialogs.turn import Card
from storage.domain.meetings import Meeting
from storage.domain.reports import LONGEST_LINE, LONGEST_OWNER, Line, LineKind

ON_A_PAGE = 10
DATED = frozenset({LineKind.ACTION, LineKind.DATE, LineKind.NEXT})


def notes_card(
    meeting: Meeting, lines: Sequence[Line], own: Collection[int], page: int = 0, *, corrects: bool = False, said: str
) -> Card:
    """A page of notes; `own` are the ids of those that the viewer may change, `said` stands above them.

    People are one row, under the last of the others; who `corrects` the report may change it.
    """
    others = [one for one in lines if one.kind not in texts.PEOPLE]
    last = max(0, (len(others) - 1) // ON_A_PAGE)
    page = min(max(0, page), last)
    shown = others[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    rows = [_row(meeting, one, one.id in own) for one in shown]
    rows += _people(meeting, lines, corrects) if page == last else []
    above = [paragraph(said)] if said else []
    turning = [(texts.BUTTON_BEFORE, page - 1), (texts.BUTTON_MORE, page + 1)]
    actions = [button(label, ShowNotes(meeting=meeting.id, page=to)) for label, to in turning if 0 <= to <= last]
    return card([*above, *heading(title(meeting), day(meeting.starts.date())), *rows], actions)


def _people(meeting: Meeting, lines: Sequence[Line], corrects: bool) -> list[CardElement]:
    said = texts.people_rows(lines)
    texts_: list[CardElement] = [TextBlock(text=one, wrap=True, spacing="Small") for one in said]
    if not (said and corrects):
        return texts_
    return [_beside(texts_, [button(texts.BUTTON_CHANGE, ShowPeople(meeting=meeting.id))])]


def _row(meeting: Meeting, line: Line, own: bool) -> CardElement:
    said = TextBlock(text=texts.row(line), wrap=True, spacing="Small")
    if not own:
        return said
    return _beside([said], _buttons(meeting.id, line))


def _beside(said: list[CardElement], buttons: list[Action]) -> CardElement:
    columns = [
        Column(width="stretch", items=said),
        Column(width="auto", items=[ActionSet(actions=buttons)], vertical_content_alignment="Center"),
    ]
    return ColumnSet(columns=columns, spacing="Small")


def _buttons(meeting_id: int, line: Line) -> list[Action]:
    remove = SettleNote(meeting=meeting_id, line=line.id, verb="remove")
    return [
        button(texts.BUTTON_CHANGE, ShowNote(meeting=meeting_id, line=line.id)),
        button(texts.BUTTON_REMOVE, remove),
    ]


def note_card(meeting: Meeting, line: Line) -> Card:
    """One note to change."""
    body: list[CardElement] = [
        *heading(texts.EDIT, title(meeting)),
        TextInput(id="text", label=texts.LABEL_TEXT, value=line.text, is_multiline=True, max_length=LONGEST_LINE),
    ]
    inputs = {"text"}
    if line.kind is LineKind.ACTION:
        body.append(TextInput(id="owner", label=texts.LABEL_OWNER, value=line.owner, max_length=LONGEST_OWNER))
        inputs.add("owner")
    if line.kind in DATED:
        body.append(DateInput(id="due", label=texts.LABEL_DUE, value=line.due.isoformat() if line.due else None))
        inputs.add("due")
    # What is no input is not in the data either: it stays as it is.
    left_out = frozenset({"text", "owner", "due", "kind", "until", "certain", "private", "chosen"})
    save = button(texts.BUTTON_SAVE, SaveNote(meeting=meeting.id, line=line.id), left_out)
    return card(body, [save, button(texts.BUTTON_LIST, ShowNotes(meeting=meeting.id))])


def changed_card(meeting_id: int, undo: SaveNote | SettleNote | None = None, label: str = texts.BUTTON_RESTORE) -> Card:
    """Under what was done: to undo it, and the whole list."""
    first = [button(label, undo)] if undo else []
    return card([], [*first, button(texts.BUTTON_LIST, ShowNotes(meeting=meeting_id))])
