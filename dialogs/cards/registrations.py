"""Cards on which people are registered, excused, replaced, or brought along."""

from collections.abc import Sequence
from datetime import datetime

from microsoft_teams.cards import Action, TextInput

from dialogs.cards.elements import button, card, paragraph
from dialogs.cards.limits import LONGEST_NAME, LONGEST_QUESTION
from dialogs.cards.payloads import AskAboutMeeting, BringGuest, DecideSeat, Enrol, LetBe, Payload, TakeBack, TellReason
from dialogs.texts import registering as texts
from dialogs.texts import seats
from dialogs.turn import Card
from storage.domain.meetings import Meeting
from storage.domain.registrations import COMES, IN_LINE, OwnRegistration


def buttons_card(buttons: Sequence[tuple[str, Payload]]) -> Card:
    """Buttons under a text: pairs of label and what it does."""
    return card([], [button(label, payload) for label, payload in buttons])


def asks(label: str, intent: str, meeting_id: int) -> tuple[str, Payload]:
    """A button that asks something of a meeting."""
    return label, AskAboutMeeting(intent=intent, meeting=meeting_id)


def sure_card(label: str, yes: Payload, nonce: str) -> Card:
    """Yes or no, before something is changed for others."""
    return buttons_card([(label, yes), (texts.BUTTON_LET_BE, LetBe(nonce=f"{nonce}-let"))])


def registered_card(meeting_id: int, person_id: int, nonce: str, sessions: bool) -> Card:
    """After "schrijf me in": the calendar, the choice of a session, and undoing it."""
    undo = TakeBack(meeting=meeting_id, people=(person_id,), nonce=f"{nonce}-undo")
    return buttons_card([*_for_who_comes(meeting_id, sessions), (texts.BUTTON_UNDO, undo)])


def comes_card(meeting_id: int, sessions: bool = False) -> Card:
    """For who comes already: the calendar, the choice of a session, and that they can't."""
    cannot = asks(texts.BUTTON_CANNOT, "registration.excuse", meeting_id)
    return buttons_card([*_for_who_comes(meeting_id, sessions), cannot])


def _for_who_comes(meeting_id: int, sessions: bool) -> list[tuple[str, Payload]]:
    choose = [asks(texts.BUTTON_SESSION, "registration.choose", meeting_id)] if sessions else []
    return [*choose, asks(texts.BUTTON_CALENDAR, "registration.calendar", meeting_id)]


def waiting_card(meeting_id: int, person_id: int, nonce: str) -> Card:
    """For who waits: leaving the list."""
    leave = TakeBack(meeting=meeting_id, people=(person_id,), waiting=True, nonce=f"{nonce}-leave")
    return buttons_card([(texts.BUTTON_LEAVE, leave)])


def undo_card(meeting_id: int, people: Sequence[int], nonce: str) -> Card:
    """After others were registered: undoing it."""
    undo = TakeBack(meeting=meeting_id, people=tuple(people), nonce=f"{nonce}-undo")
    return buttons_card([(texts.BUTTON_UNDO, undo)])


def excused_card(meeting_id: int, person_id: int, nonce: str, ask_why: bool, oneself: bool) -> Card:
    """After somebody was excused: why, who comes instead, and coming after all."""
    why = TextInput(id="reason", label=texts.LABEL_REASON, max_length=LONGEST_QUESTION)
    tell = button(texts.BUTTON_REASON, TellReason(meeting=meeting_id, person=person_id))
    back = button(texts.BUTTON_COME, Enrol(meeting=meeting_id, people=(person_id,), nonce=f"{nonce}-come"))
    actions: list[Action] = [tell] if ask_why else []
    if oneself:
        actions.append(button(*asks(texts.BUTTON_REPLACED, "registration.replace", meeting_id)))
    return card([why] if ask_why else [], [*actions, back])


def guest_card(meeting_id: int, instead_of: int, name: str, organisation: str, email: str) -> Card:
    """Who somebody from outside the network is, as far as known already."""
    rows = (
        ("name", texts.LABEL_NAME, texts.TYPE_NAME, name),
        ("organisation", texts.LABEL_ORGANISATION, texts.TYPE_ORGANISATION, organisation),
        ("email", texts.LABEL_EMAIL, texts.TYPE_EMAIL, email),
    )
    fields = [
        TextInput(
            id=id_,
            label=label,
            placeholder=hint,
            value=value[:LONGEST_NAME] or None,
            is_required=True,
            error_message=hint,
            max_length=LONGEST_NAME,
        )
        for id_, label, hint, value in rows
    ]
    return card(fields, [button(texts.BUTTON_GUEST, BringGuest(meeting=meeting_id, instead_of=instead_of))])


def offer_card(meeting_id: int, nonce: str) -> Card:
    """Taking or leaving a seat that is offered."""
    return buttons_card(_offer(meeting_id, nonce))


def offered_card(text: str, meeting_id: int, nonce: str, still: bool) -> Card:
    """The message that offers a seat: with its buttons while it is still to be decided."""
    actions = [button(label, payload) for label, payload in _offer(meeting_id, nonce)] if still else []
    return card([paragraph(text)], actions)


def _offer(meeting_id: int, nonce: str) -> list[tuple[str, Payload]]:
    return [
        (seats.BUTTON_TAKE, DecideSeat(meeting=meeting_id, verb="accept", nonce=f"{nonce}-accept")),
        (seats.BUTTON_LEAVE_SEAT, DecideSeat(meeting=meeting_id, verb="decline", nonce=f"{nonce}-decline")),
    ]


def offers_card(meetings: Sequence[tuple[int, str]], yes: bool, nonce: str) -> Card:
    """A yes or no to one of several offers: ids and labels of their meetings."""
    verb = "accept" if yes else "decline"
    return buttons_card(
        [
            (label, DecideSeat.model_validate({"meeting": id_, "verb": verb, "nonce": f"{nonce}-{verb}-{id_}"}))
            for id_, label in meetings
        ]
    )


def register_or_cannot(meeting: Meeting, own: OwnRegistration | None, now: datetime) -> tuple[str, str] | None:
    """The button for who comes already, "Ik kan niet komen", or for who may still register; None for nobody else."""
    if meeting.cancelled or meeting.is_over(now):
        return None
    if own is not None and own.status in COMES | IN_LINE:
        return texts.BUTTON_CANNOT, "registration.excuse"
    if not meeting.registration_open(now):
        return None
    full = meeting.capacity is not None and not meeting.places_left
    return texts.BUTTON_WAIT if full else texts.BUTTON_REGISTER, "registration.register"
