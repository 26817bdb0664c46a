"""Cards of a summary: posted, as a draft by page, and one line of it to change."""

import json
from collections.abc import Sequence

from microsoft_teams.cards import (
    Action,
    ActionSet,
    CardElement,
    Choice,
    ChoiceSetInput,
    Column,
    ColumnSet,
    DateInput,
    TextBlock,
    TextInput,
)

from dialogs.cards.elements import button, card, heading, link, paragraph
from dialogs.cards.payloads import AskAboutMeeting, Payload
from dialogs.cards.summary_payloads import (
    LONGEST_LIST,
    HoldSummary,
    PostSummary,
    SaveLine,
    SavePeople,
    SettleLine,
    ShowDraft,
    ShowLine,
    ShowPeople,
)
from dialogs.texts import summaries as texts
from dialogs.texts import summary_drafts as drafts
from dialogs.texts.words import day, plain
from dialogs.turn import Card
from storage.domain.meetings import Meeting
from storage.domain.reports import LONGEST_LINE, LONGEST_OWNER, Line, LineKind, Report
from storage.domain.summaries import Draft, Summary

REPORT_FILE = "report.file"
"""The intent that gives the full report."""

ON_A_PAGE = 12
BYTES_ON_A_PAGE = 18_000
"""Lines on one card, and bytes of them: what Teams wraps around it needs room as well."""


def summary_card(found: Summary, mine: Sequence[str] = ()) -> Card:
    """A posted summary; `mine`: what touches who reads it, on top."""
    body: list[CardElement] = []
    if mine:
        body += [paragraph(texts.YOU_WERE_EXCUSED.format(title=plain(found.meeting.title)))]
        body += [_row(one) for one in mine]
    body += heading(texts.heading(found.meeting), day(found.meeting.starts.date()))
    body += [paragraph(one) for one in texts.about(found)]
    for section in texts.sections(found.report):
        body.append(_head(section.head))
        body += [_row(one) for one in section.rows]
    body += [_small(one) for one in texts.improved(found.report)]
    return card(body, _leads(found))


def _leads(found: Summary) -> list[Action]:
    """To the full report and the recording."""
    standing = found.report.standing
    file = button(texts.BUTTON_REPORT, AskAboutMeeting(intent=REPORT_FILE, meeting=found.meeting.id))
    actions = [link(texts.BUTTON_REPORT, standing.report_url) if standing.report_url else file]
    return [*actions, *([link(texts.BUTTON_RECORDING, standing.recording_url)] if standing.recording_url else [])]


def _head(text: str) -> CardElement:
    return TextBlock(text=text, weight="Bolder", wrap=True, spacing="Medium")


def _row(text: str) -> CardElement:
    return TextBlock(text=text, wrap=True, spacing="Small")


def _small(text: str) -> CardElement:
    return TextBlock(text=text, wrap=True, size="Small", is_subtle=True, spacing="Small")


def asked_card(meeting: Meeting) -> Card:
    """Under the question for something to tell."""
    hold = HoldSummary(meeting=meeting.id, held=True)
    return card([], [button(texts.BUTTON_ADD, ShowLine(meeting=meeting.id)), button(texts.BUTTON_NOT_NEEDED, hold)])


# --- the draft


def pages(report: Report) -> tuple[tuple[Line, ...], ...]:
    """The lines of a draft, shared out over cards that fit; one empty page where there are none."""
    found: list[tuple[Line, ...]] = []
    here: list[Line] = []
    size = 0
    for one in drafts.ordered(report):
        bytes_ = len(json.dumps(_line(report.meeting, one).model_dump(by_alias=True, exclude_none=True)))
        if here and (len(here) == ON_A_PAGE or size + bytes_ > BYTES_ON_A_PAGE):
            found, here, size = [*found, tuple(here)], [], 0
        here.append(one)
        size += bytes_
    return (*found, tuple(here))


def draft_card(found: Draft, goes: str, number: int = 0) -> Card:
    """A page of a draft: every line with a button to change it; `goes` says what happens with it."""
    report, all_pages = found.report, pages(found.report)
    number = min(max(0, number), len(all_pages) - 1)
    first = sum(len(one) for one in all_pages[:number])
    total = sum(len(one) for one in all_pages)
    shown = all_pages[number]
    where = drafts.page(first + 1, first + len(shown), total) if len(all_pages) > 1 else None
    body: list[CardElement] = [*heading(drafts.heading(report), where), paragraph(drafts.CHECK_IT)]
    body += [_line(report.meeting, one) for one in shown] or [paragraph(drafts.NOTHING_IN_IT)]
    body += [_who(report)] if number == len(all_pages) - 1 else []
    body.append(paragraph(goes))
    return card(body, _draft_buttons(report, number, len(all_pages)))


def _draft_buttons(report: Report, number: int, count: int) -> list[Action]:
    id_, standing = report.meeting.id, report.standing
    turning = [(drafts.BUTTON_PREVIOUS, number - 1), (drafts.BUTTON_NEXT, number + 1)]
    actions = [button(label, ShowDraft(meeting=id_, page=page)) for label, page in turning if 0 <= page < count]
    actions.append(button(drafts.BUTTON_ADD, ShowLine(meeting=id_)))
    if standing.posted_at is None:
        label = drafts.BUTTON_RELEASE if standing.held else drafts.BUTTON_HOLD
        actions.append(button(drafts.BUTTON_POST, PostSummary(meeting=id_)))
        actions.append(button(label, HoldSummary(meeting=id_, held=not standing.held)))
    return actions


def _line(meeting: Meeting, one: Line) -> CardElement:
    beside = drafts.marks(one)
    said: list[CardElement] = [TextBlock(text=drafts.name(one), wrap=True)]
    said += [_small(beside)] if beside else []
    return _with_button(said, ShowLine(meeting=meeting.id, line=one.id))


def _who(report: Report) -> CardElement:
    """Who was there, which is posted as a number: to be checked before that."""
    rows: list[CardElement] = [TextBlock(text=one, wrap=True) for one in drafts.who(report)]
    return _with_button(rows, ShowPeople(meeting=report.meeting.id))


def _with_button(said: list[CardElement], payload: Payload) -> CardElement:
    opened = ActionSet(actions=[button(drafts.BUTTON_CHANGE, payload)])
    columns = [
        Column(width="stretch", items=said),
        Column(width="auto", items=[opened], vertical_content_alignment="Center"),
    ]
    return ColumnSet(columns=columns, spacing="Small")


def people_card(report: Report) -> Card:
    """Who was there and who was excused, to change: a name on a line."""
    lists = (("present", drafts.LABEL_PRESENT, report.present), ("excused", drafts.LABEL_EXCUSED, report.excused))
    inputs: list[CardElement] = [
        TextInput(id=id_, label=label, value=drafts.names(people), is_multiline=True, max_length=LONGEST_LIST)
        for id_, label, people in lists
    ]
    body = [*heading(drafts.who_head(report.meeting)), paragraph(drafts.HOW_PEOPLE), *inputs]
    save = button(
        drafts.BUTTON_SAVE, SavePeople(meeting=report.meeting.id), frozenset({"present", "excused", "chosen"})
    )
    return card(body, [save, button(drafts.BUTTON_BACK, ShowDraft(meeting=report.meeting.id))])


_DATED = frozenset({LineKind.ACTION, LineKind.DATE, LineKind.NEXT})


def line_card(meeting: Meeting, one: Line) -> Card:
    """One line to change: its text, whose it is and by when, and what else can be done with it."""
    body: list[CardElement] = [*heading(drafts.EDIT, drafts.place_of(one)), _text_input(one.text)]
    inputs = {"text"}
    if one.kind is LineKind.ACTION:
        body.append(_owner_input(one.owner))
        inputs.add("owner")
    if one.kind in _DATED:
        body.append(_due_input(one.due.isoformat() if one.due else None))
        inputs.add("due")
    # What the form does not show stays as it is: it is not in the data either.
    left_out = frozenset({"text", "owner", "due", "kind", "chosen", "nonce"})
    save = button(drafts.BUTTON_SAVE, SaveLine(meeting=meeting.id, line=one.id), left_out)
    return card(body, [save, *_verbs(meeting, one), button(drafts.BUTTON_BACK, ShowDraft(meeting=meeting.id))])


def _verbs(meeting: Meeting, one: Line) -> list[Action]:
    verbs = [(drafts.BUTTON_CONFIRM, "confirm")] if not one.certain else []
    verbs.append((drafts.BUTTON_SHOW, "show") if one.private else (drafts.BUTTON_HIDE, "hide"))
    return [
        button(label, settles(meeting.id, one.id, verb)) for label, verb in (*verbs, (drafts.BUTTON_REMOVE, "remove"))
    ]


def settles(meeting_id: int, line_id: int, verb: str) -> Payload:
    """What a button does with a line."""
    return SettleLine.model_validate({"meeting": meeting_id, "line": line_id, "verb": verb})


def new_line_card(meeting: Meeting, nonce: str) -> Card:
    """A line to add."""
    choices = [Choice(title=label, value=value) for label, value in drafts.choices()]
    body: list[CardElement] = [
        *heading(drafts.NEW.format(title=plain(meeting.title))),
        ChoiceSetInput(
            id="kind", label=drafts.LABEL_KIND, choices=choices, value=LineKind.DECISION.value, style="compact"
        ),
        _text_input(""),
        _owner_input(""),
        _due_input(None),
    ]
    save = SaveLine(meeting=meeting.id, nonce=f"{nonce}-add")
    return card(body, [button(drafts.BUTTON_SAVE, save, frozenset({"kind", "text", "owner", "due", "chosen"}))])


def _text_input(value: str) -> CardElement:
    return TextInput(id="text", label=drafts.LABEL_TEXT, value=value, is_multiline=True, max_length=LONGEST_LINE)


def _owner_input(value: str) -> CardElement:
    return TextInput(id="owner", label=drafts.LABEL_OWNER, value=value, max_length=LONGEST_OWNER)


def _due_input(value: str | None) -> CardElement:
    return DateInput(id="due", label=drafts.LABEL_DUE, value=value)


def changed_card(meeting_id: int, one: Line | None = None) -> Card:
    """Under what was done: back to the draft, and a line that was taken out back in."""
    restore = [button(drafts.BUTTON_RESTORE, settles(meeting_id, one.id, "restore"))] if one else []
    return card([], [*restore, button(drafts.BUTTON_BACK, ShowDraft(meeting=meeting_id))])


def held_card(meeting_id: int, held: bool) -> Card:
    """Under the word that a summary is held, or may go."""
    label = drafts.BUTTON_RELEASE if held else drafts.BUTTON_HOLD
    let_go = button(label, HoldSummary(meeting=meeting_id, held=not held))
    return card([], [let_go, button(drafts.BUTTON_BACK, ShowDraft(meeting=meeting_id))])


def post_card(meeting_id: int) -> Card:
    """Under the preview of a summary."""
    return card(
        [],
        [
            button(drafts.BUTTON_POST, PostSummary(meeting=meeting_id)),
            button(drafts.BUTTON_NOT_NOW, PostSummary(meeting=meeting_id, yes=False)),
            button(drafts.BUTTON_BACK, ShowDraft(meeting=meeting_id)),
        ],
    )
