"""Cards about objections to reports and their approval."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, TextInput

from dialogs.cards.approval_payloads import ApproveReport, ObjectLine, SettleObjection
from dialogs.cards.elements import button, card, paragraph
from dialogs.texts import approvals as texts
from dialogs.turn import Card
from storage.domain.approving import LONGEST_OBJECTION, Approving
from storage.domain.reports import Objection

_TEXT = frozenset({"text"})


def objection_form(meeting_id: int, line_id: int, nonce: str) -> Card:
    """A field for what is wrong."""
    field = TextInput(id="text", label=texts.LABEL_OBJECTION, is_multiline=True, max_length=LONGEST_OBJECTION)
    press = ObjectLine(meeting=meeting_id, line=line_id, nonce=nonce)
    return card([field], [button(texts.BUTTON_OBJECT, press, exclude=_TEXT)])


def objection_card(told: Sequence[str], found: Objection, nonce: str) -> Card:
    """An objection, with what the line is to become; without buttons once it is settled."""
    body: list[CardElement] = [paragraph(one) for one in told]
    if found.taken is not None:
        return card(body)
    if found.line is not None:
        line = TextInput(
            id="text",
            label=texts.LABEL_LINE,
            value=found.line.text[:LONGEST_OBJECTION],
            is_multiline=True,
            max_length=LONGEST_OBJECTION,
        )
        body.append(line)
    take = SettleObjection(objection=found.id, verb="take", nonce=f"{nonce}-take")
    leave = SettleObjection(objection=found.id, verb="leave", nonce=f"{nonce}-leave")
    excluded = _TEXT if found.line is not None else frozenset()
    return card(
        body, [button(texts.BUTTON_TAKE, take, exclude=excluded), button(texts.BUTTON_LEAVE, leave, exclude=excluded)]
    )


def approval_card(report: Approving, in_meeting: int, nonce: str) -> Card:
    """Whether a report is approved, as buttons; with open objections it takes a second look."""
    if report.standing.approved_at is not None:
        return reopen_card(report, nonce)
    yes = ApproveReport(
        meeting=report.meeting.id,
        verb="anyway" if report.open else "approve",
        in_meeting=in_meeting,
        nonce=f"{nonce}-yes",
    )
    no = ApproveReport(meeting=report.meeting.id, verb="leave", in_meeting=in_meeting, nonce=f"{nonce}-no")
    label = texts.BUTTON_APPROVE_ANYWAY if report.open else texts.BUTTON_APPROVE
    return card([], [button(label, yes), button(texts.BUTTON_NOT_YET, no)])


def reopen_card(report: Approving, nonce: str) -> Card:
    """Take an approval back."""
    press = ApproveReport(meeting=report.meeting.id, verb="reopen", nonce=f"{nonce}-reopen")
    return card([], [button(texts.BUTTON_REOPEN, press)])
