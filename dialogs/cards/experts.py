"""Cards of the invitation of an expert: the mail to copy, who comes, and how far it is."""

from collections.abc import Sequence

from microsoft_teams.cards import Action, TextInput

from dialogs.cards.closing_payloads import SetExpert, ShowExpert
from dialogs.cards.elements import button, card
from dialogs.cards.limits import LONGEST_ANSWER, LONGEST_NAME
from dialogs.texts import experts as texts
from dialogs.texts import invitations as labels
from dialogs.turn import Card
from storage.domain.agenda import AgendaPoint, Invite
from storage.domain.experts import Expert

MOST_MAILS = 5

_FIELDS = frozenset({"name", "organisation", "email"})


def expert_card(point: AgendaPoint, subject: str, mail: str, nonce: str) -> Card:
    """A mail to copy, and what becomes of it."""
    parts = ((labels.LABEL_SUBJECT, subject, False), (labels.LABEL_MAIL, mail, True))
    fields = [
        TextInput(id=f"mail{number}", label=label, value=value, is_multiline=lines, max_length=LONGEST_ANSWER)
        for number, (label, value, lines) in enumerate(parts)
    ]
    return card(
        fields,
        [
            button(texts.BUTTON_INVITED, _set(point, Invite.INVITED, nonce)),
            button(texts.BUTTON_COMES, ShowExpert(point=point.id, what="form")),
            button(texts.BUTTON_COMES_NOT, _set(point, Invite.NO, nonce)),
        ],
    )


def guest_form(point: AgendaPoint, name: str, organisation: str, email: str) -> Card:
    """Who comes, as far as known already. Saved again it is corrected: no nonce."""
    rows = (
        ("name", texts.LABEL_NAME, name or point.guest_name or ""),
        ("organisation", texts.LABEL_ORGANISATION, organisation or point.guest_organisation or ""),
        ("email", texts.LABEL_EMAIL, email),
    )
    fields = [
        TextInput(id=id_, label=label, value=value[:LONGEST_NAME] or None, max_length=LONGEST_NAME)
        for id_, label, value in rows
    ]
    save = SetExpert(point=point.id, state="yes")
    return card(fields, [button(texts.BUTTON_KEEP, save, exclude=_FIELDS | {"nonce"})])


def after_card(expert: Expert, nonce: str) -> Card:
    """What may follow on how far an invitation is."""
    point, buttons = expert.point, list[Action]()
    if point.invite is Invite.NO:
        buttons = [
            button(texts.BUTTON_COMES_AFTER_ALL, ShowExpert(point=point.id, what="form")),
            button(texts.BUTTON_SOMEBODY_ELSE, ShowExpert(point=point.id)),
        ]
    elif point.invite is not Invite.YES:
        buttons = [
            button(texts.BUTTON_COMES, ShowExpert(point=point.id, what="form")),
            button(texts.BUTTON_COMES_NOT, _set(point, Invite.NO, nonce)),
        ]
    else:
        buttons = [button(texts.BUTTON_COMES_NOT, _set(point, Invite.NO, nonce))]
    return card([], buttons)


def overview_card(experts: Sequence[Expert]) -> Card:
    """A button for the mail of each of the first ones that are still to be invited."""
    first = [one.point for one in experts if one.point.invite is Invite.TO_INVITE][:MOST_MAILS]
    return card([], [button(texts.BUTTON_MAIL.format(title=one.title), ShowExpert(point=one.id)) for one in first])


def _set(point: AgendaPoint, state: Invite, nonce: str) -> SetExpert:
    data = {"point": point.id, "state": state.value, "nonce": f"{nonce}-{state}"}
    return SetExpert.model_validate(data)
