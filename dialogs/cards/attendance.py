"""Cards of a meeting's full list: to read, and to tick who is there."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from microsoft_teams.cards import Action, CardElement, Choice, ChoiceSetInput, Column, ColumnSet, TextBlock, TextInput

from dialogs.cards.elements import button, card, heading, paragraph
from dialogs.cards.limits import LONGEST_QUESTION
from dialogs.cards.payloads import AddWalkIn, AskAboutMeeting, ConfirmWalkIn, NoteRemark, ShowRoll, TickRoll
from dialogs.texts import attendance as texts
from dialogs.texts.meetings import title
from dialogs.texts.words import plain
from dialogs.turn import Card
from storage.domain.attendance import LONGEST_REMARK, TICKED, Roll
from storage.domain.people import Viewer
from storage.domain.registrations import Attendee, RegistrationStatus

ON_A_PAGE = 20
"""People on one card: with the longest names it stays under what every Teams client takes."""

EXPORT = "registration.export"
"""The intent that makes a spreadsheet of the list."""

LONGEST_NAME = 240
LONGEST_LINE = 700
"""Bytes of a name or an organisation, and of all there is to tell of somebody, on a card."""

ELLIPSIS = 8
"""Bytes of the sign that something was cut off, and of the quotes around."""

_MARKS = (
    (texts.PRESENT, RegistrationStatus.ATTENDED),
    (texts.EXCUSED, RegistrationStatus.EXCUSED),
    (texts.ABSENT, RegistrationStatus.ABSENT),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list that fits on a card. `number` counts from 0."""

    lines: tuple[Attendee, ...]
    number: int
    last: int
    first_line: int
    total: int

    @property
    def where(self) -> str | None:
        """Which part of the list this is; None where it is all of it."""
        if not self.last:
            return None
        first, last = self.first_line + 1, self.first_line + len(self.lines)
        return texts.PAGE.format(first=first, last=last, total=self.total)


def page_of(lines: Sequence[Attendee], number: int, size: int = ON_A_PAGE) -> Page:
    """The page with this number, or the nearest that there is."""
    last = max(0, (len(lines) - 1) // size)
    number = min(max(0, number), last)
    return Page(tuple(lines[number * size : (number + 1) * size]), number, last, number * size, len(lines))


def page_with(lines: Sequence[Attendee], person_ids: Sequence[int], size: int = ON_A_PAGE) -> int:
    """The number of the page on which the first of these people stands; the first page when none does."""
    return next((place // size for place, one in enumerate(lines) if one.person.id in person_ids), 0)


def by_organisation(attendees: Sequence[Attendee], viewer: Viewer) -> tuple[Attendee, ...]:
    """In the order in which they stand on cards: by organisation as the viewer may know it, then by name."""

    def order(one: Attendee) -> tuple[bool, str, str]:
        where = texts.organisation(one.person, viewer)
        return where == texts.OTHERS, where.casefold(), one.person.name.casefold()

    return tuple(sorted(attendees, key=order))


def tick_card(roll: Roll, viewer: Viewer, number: int) -> Card:
    """One line for each expected person, on "present" unless something else was said. One tap saves a page."""
    page = page_of(by_organisation(roll.expected, viewer), number)
    body: list[CardElement] = [*heading(f"{texts.WHO_IS_THERE} {title(roll.meeting)}", page.where)]
    if page.lines and any(one.status not in TICKED for one in page.lines):
        body.append(paragraph(texts.PRESET_LEFT if roll.ticked else texts.PRESET))
    for where, group in groupby(page.lines, key=lambda one: texts.organisation(one.person, viewer)):
        body.append(_organisation(where))
        body.extend(_row(one) for one in group)
    return card(body, _tick_buttons(roll, page.number, page.last))


def _tick_buttons(roll: Roll, number: int, last: int) -> list[Action]:
    meeting = roll.meeting.id
    save = texts.BUTTON_SAVE_NEXT if number < last else texts.BUTTON_SAVE
    buttons = [button(save, TickRoll(meeting=meeting, page=number))] if roll.expected else []
    return [
        *buttons,
        *_turning(meeting, number, last, "tick"),
        button(texts.BUTTON_WALK_IN, ShowRoll(meeting=meeting, page=number, what="walk_in")),
    ]


def _turning(meeting: int, number: int, last: int, what: str) -> list[Action]:
    """Buttons to the page before and after."""
    pages = [(texts.BUTTON_PREVIOUS, number - 1), (texts.BUTTON_NEXT, number + 1)]
    return [
        button(label, ShowRoll.model_validate({"meeting": meeting, "page": page, "what": what}))
        for label, page in pages
        if 0 <= page <= last
    ]


def _organisation(name: str) -> CardElement:
    return TextBlock(text=plain(_fitting(name)), weight="Bolder", wrap=True, spacing="Medium")


def _row(attendee: Attendee) -> CardElement:
    name = TextBlock(text=plain(_fitting(attendee.person.name)), wrap=True)
    status = attendee.status if attendee.status in TICKED else RegistrationStatus.ATTENDED
    choices = [Choice(title=label, value=mark.value) for label, mark in _MARKS]
    mark = ChoiceSetInput(id=f"p{attendee.person.id}", value=status.value, style="compact", choices=choices)
    columns = [
        Column(width="stretch", vertical_content_alignment="Center", items=[name]),
        Column(width="160px", items=[mark]),
    ]
    return ColumnSet(columns=columns, spacing="Small")


def _fitting(text: str, most: int = LONGEST_NAME) -> str:
    """The text, cut where it would take more than so many bytes of the card."""
    if len(json.dumps(text)) <= most:
        return text
    sizes = accumulate(len(json.dumps(character)) - 2 for character in text)
    return text[: sum(size <= most - ELLIPSIS for size in sizes)].rstrip() + "…"


def walk_in_card(meeting_id: int, name: str = "") -> Card:
    """To tell who was there without a registration."""
    body = [
        TextInput(
            id="name",
            label=texts.LABEL_NAME,
            value=name[:LONGEST_QUESTION] or None,
            is_required=True,
            error_message=texts.TYPE_NAME,
            max_length=LONGEST_QUESTION,
        ),
        TextInput(id="organisation", label=texts.LABEL_ORGANISATION, max_length=LONGEST_QUESTION),
        TextInput(id="email", label=texts.LABEL_EMAIL, max_length=LONGEST_QUESTION),
    ]
    return card(body, [button(texts.BUTTON_ADD, AddWalkIn(meeting=meeting_id))])


def confirm_card(meeting_id: int, person_ids: Sequence[int], nonce: str) -> Card:
    """Whether these people were there after all."""
    answers = [(texts.BUTTON_YES_ADD, True), (texts.BUTTON_NO_ADD, False)]
    return card(
        [],
        [
            button(
                label,
                ConfirmWalkIn(meeting=meeting_id, people=list(person_ids), yes=yes, nonce=f"{nonce}-walk_in-{yes}"),
            )
            for label, yes in answers
        ],
    )


def list_card(roll: Roll, viewer: Viewer, number: int, ticking: bool, remarks: bool) -> Card:
    """The full list by organisation, then the waiting list; `ticking`, `remarks`: with a button and input for it."""
    lines = [*by_organisation(roll.expected, viewer), *roll.waiting]
    page = page_of(lines, number)
    body: list[CardElement] = [*heading(f"{texts.FULL_LIST}: {title(roll.meeting)}", page.where)]
    for head, group in groupby(page.lines, key=lambda one: _head(one, viewer)):
        body.append(_organisation(head))
        body.extend(paragraph(_line(one, roll, viewer)) for one in group)
    if remarks and page.lines:
        body.extend(_remark(page.lines))
    buttons = _list_buttons(roll, page.number, page.last, ticking, remarks and bool(page.lines))
    if viewer.is_coordinator:
        buttons.append(button(texts.BUTTON_SPREADSHEET, AskAboutMeeting(intent=EXPORT, meeting=roll.meeting.id)))
    return card(body, buttons)


def _head(attendee: Attendee, viewer: Viewer) -> str:
    if attendee.status is RegistrationStatus.WAITLISTED:
        return texts.WAITING_LIST
    return texts.organisation(attendee.person, viewer)


def _line(attendee: Attendee, roll: Roll, viewer: Viewer) -> str:
    if attendee.status is RegistrationStatus.WAITLISTED:
        return _fitting(texts.waiting_line(attendee, viewer), LONGEST_LINE)
    return _fitting(texts.line(attendee, roll.ticked), LONGEST_LINE)


def _remark(lines: Sequence[Attendee]) -> list[CardElement]:
    choices = [Choice(title=_fitting(one.person.name), value=str(one.person.id)) for one in lines]
    return [
        ChoiceSetInput(id="who", label=texts.LABEL_WHO, choices=choices, style="compact"),
        TextInput(id="remark", label=texts.LABEL_REMARK, placeholder=texts.REMARK_EXAMPLE, max_length=LONGEST_REMARK),
    ]


def _list_buttons(roll: Roll, number: int, last: int, ticking: bool, remarks: bool) -> list[Action]:
    meeting = roll.meeting.id
    noting = [button(texts.BUTTON_REMARK, NoteRemark(meeting=meeting, page=number))] if remarks else []
    buttons = [*noting, *_turning(meeting, number, last, "list")]
    if ticking:
        buttons.append(button(texts.BUTTON_TICK, ShowRoll(meeting=meeting, what="tick")))
    return buttons
