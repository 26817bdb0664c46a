"""Cards on which one chooses sessions, on which a coordinator shares them out, and ticks who paid."""

from collections.abc import Sequence

from microsoft_teams.cards import Action, CardElement, Choice, ChoiceSetInput, NumberInput, TextInput

from dialogs.cards.elements import button, card
from dialogs.cards.limits import MOST_BUTTONS
from dialogs.cards.payloads import AskAboutMeeting
from dialogs.cards.session_payloads import (
    AddSession,
    ChooseSession,
    LeaveSession,
    LeaveSharing,
    RankSessions,
    SeatSomebody,
    SetSessionWay,
    ShareSessions,
    TickPaid,
)
from dialogs.texts import sessions as texts
from dialogs.turn import Card
from storage.domain.meetings import Session, SessionChoice
from storage.domain.people import Person
from storage.domain.planning import LONGEST_NAME, LONGEST_ROOM
from storage.domain.sessions import Fees, Proposal, SessionsOf

MOST_TICKED = 80
"""People on one card with boxes to tick: more of them don't fit in what Teams takes."""

LONGEST_TITLE = 80
"""Characters of a session's title in a list to choose from."""


def sessions_card(shown: SessionsOf) -> Card:
    """Choosing: a button for each session with its free places, or lists for one's first, second and third choice."""
    if shown.meeting.session_choice is SessionChoice.RANKED:
        return _ranking_card(shown)
    leaving = _leaving(shown)
    offered = _offered(shown)
    if len(offered) + len(leaving) <= MOST_BUTTONS:
        return card([], [*(_choice(shown, one) for one in offered), *leaving])
    pick = button(texts.BUTTON_CHOOSE, ChooseSession(meeting=shown.meeting.id))
    return card([_list("session", texts.LABEL_SESSION, offered, _preset(shown))], [pick, *leaving])


def _offered(shown: SessionsOf) -> list[Session]:
    """The sessions that one could still choose: that of one's region first."""
    taken = {one.session.id for one in texts.waits(shown)} | ({shown.seat.id} if shown.seat else set())
    rest = [one for one in shown.sessions if one.id not in taken]
    return sorted(rest, key=lambda one: one != shown.suggested)


def _choice(shown: SessionsOf, session: Session) -> Action:
    chosen = ChooseSession(meeting=shown.meeting.id, session=str(session.id))
    return button(texts.button(session, session == shown.suggested), chosen)


def _leaving(shown: SessionsOf) -> list[Action]:
    meeting = shown.meeting.id
    lines = [
        button(
            texts.BUTTON_LEAVE_LINE.format(session=one.session.title),
            LeaveSession(meeting=meeting, session=one.session.id),
        )
        for one in texts.waits(shown)
    ]
    none = [button(texts.BUTTON_NO_SESSION, ChooseSession(meeting=meeting))] if shown.seat else []
    return [*lines, *none][: MOST_BUTTONS - 1]


def _preset(shown: SessionsOf) -> str | None:
    return str(shown.suggested.id) if shown.suggested and shown.seat is None else None


def _list(id_: str, label: str, sessions: Sequence[Session], value: str | None, required: bool = True) -> CardElement:
    choices = [Choice(title=texts.choice(one)[:LONGEST_TITLE], value=str(one.id)) for one in sessions]
    return ChoiceSetInput(
        id=id_,
        label=label,
        choices=choices,
        style="compact",
        value=value,
        placeholder=texts.PICK_ONE,
        is_required=required,
        error_message=texts.PICK_ONE if required else None,
    )


def _ranking_card(shown: SessionsOf) -> Card:
    """One to three choices, with those that one gave before, or one's own region."""
    before: list[str | None] = [str(one.session.id) for one in shown.wishes]
    values = [*(before or [_preset(shown)]), None, None, None]
    fields: list[CardElement] = [
        _list(id_, label, shown.sessions, value, required=id_ == "first")
        for id_, label, value in zip(("first", "second", "third"), texts.LABELS_RANK, values, strict=False)
    ][: len(shown.sessions)]
    return card(fields, [button(texts.BUTTON_RANK, RankSessions(meeting=shown.meeting.id))])


def new_session_card(meeting_id: int, choose: str = "") -> Card:
    """A form for one more session; `choose`: the intent with which one chooses one's own."""
    inputs: list[CardElement] = [
        TextInput(
            id="title",
            label=texts.LABEL_TITLE,
            is_required=True,
            error_message=texts.LABEL_TITLE,
            max_length=LONGEST_NAME,
        ),
        TextInput(id="room", label=texts.LABEL_ROOM, max_length=LONGEST_ROOM),
        NumberInput(id="places", label=texts.LABEL_PLACES, min=0),
    ]
    add = button(texts.BUTTON_ADD, AddSession(meeting=meeting_id), exclude=frozenset({"title", "room", "places"}))
    pick = [button(texts.BUTTON_PICK, AskAboutMeeting(intent=choose, meeting=meeting_id))] if choose else []
    return card(inputs, [add, *pick])


def register_card(meeting_id: int, intent: str) -> Card:
    """For who is not registered yet: `intent` is the id of asking for that."""
    return card([], [button(texts.BUTTON_REGISTER, AskAboutMeeting(intent=intent, meeting=meeting_id))])


def choose_card(meeting_id: int, intent: str) -> Card:
    """For who may choose a session: `intent` is the id of asking for that."""
    return card([], [button(texts.BUTTON_PICK, AskAboutMeeting(intent=intent, meeting=meeting_id))])


def seat_card(meeting_id: int, person_id: int, session_ids: Sequence[int], nonce: str) -> Card:
    """Whether to put somebody else in a session."""
    seat = SeatSomebody(meeting=meeting_id, person=person_id, sessions=tuple(session_ids), nonce=f"{nonce}-seat")
    return card([], [button(texts.BUTTON_YES, seat), _not_now(nonce)])


def proposal_card(proposal: Proposal, nonce: str) -> Card:
    """What a coordinator can do with an assignment: apply it, let everybody take part, or give out another way."""
    meeting, everybody = proposal.meeting.id, proposal.everybody
    actions: list[Action] = []
    if not proposal.applied and (proposal.people or proposal.unplaced):
        apply = ShareSessions(meeting=meeting, apply=True, everybody=everybody, nonce=f"{nonce}-share")
        actions.append(button(texts.BUTTON_ASSIGN, apply))
    if not everybody and proposal.movable:
        actions.append(button(texts.BUTTON_EVERYBODY, ShareSessions(meeting=meeting, everybody=True)))
    ranked = proposal.meeting.session_choice is SessionChoice.RANKED and not proposal.applied
    other = SessionChoice.FIRST_COME if ranked else SessionChoice.RANKED
    label = texts.BUTTON_FIRST_COME if ranked else texts.BUTTON_RANKED
    actions.append(button(label, SetSessionWay.model_validate({"meeting": meeting, "way": other.value})))
    return card([], [*actions, _not_now(nonce)] if not proposal.applied else actions)


def way_card(meeting_id: int, choice: SessionChoice, nonce: str) -> Card:
    """Whether to give sessions out in another way."""
    data = {"meeting": meeting_id, "way": choice.value, "sure": True, "nonce": f"{nonce}-way"}
    return card([], [button(texts.BUTTON_YES, SetSessionWay.model_validate(data)), _not_now(nonce)])


def _not_now(nonce: str) -> Action:
    return button(texts.BUTTON_NOT_NOW, LeaveSharing(nonce=f"{nonce}-not"))


def fees_card(fees: Fees, nonce: str) -> Card | None:
    """Boxes to tick for who paid; None when everybody did."""
    if not fees.unpaid or not fees.meeting.fee_eur:
        return None
    choices = [Choice(title=one.name[:LONGEST_TITLE], value=str(one.id)) for one in fees.unpaid[:MOST_TICKED]]
    who = ChoiceSetInput(id="who", label=texts.LABEL_WHO_PAID, choices=choices, style="expanded", is_multi_select=True)
    return card([who], [button(texts.BUTTON_PAID, TickPaid(meeting=fees.meeting.id, nonce=f"{nonce}-paid"))])


def undo_paid_card(meeting_id: int, some: Sequence[Person], yes: bool, nonce: str) -> Card:
    """Taking back what was noted."""
    who = ",".join(str(one.id) for one in some)
    undo = TickPaid(meeting=meeting_id, who=who, yes=not yes, nonce=f"{nonce}-undo")
    return card([], [button(texts.BUTTON_UNDO_PAID if yes else texts.BUTTON_UNDO_UNPAID, undo)])
