"""Cards of what goes out by itself before each kind of meeting."""

from microsoft_teams.cards import CardElement, Choice, ChoiceSetInput, TextInput

from dialogs.cards.elements import button, card
from dialogs.cards.invite_payloads import DecideRule, SaveRules
from dialogs.texts import rules as texts
from dialogs.turn import Card
from storage.domain.meetings import MeetingKind
from storage.domain.rules import LONGEST_RULE_TEXT, Rules

EVERY_KIND = "*"


def sure_card(kind: MeetingKind | None, name: str, nonce: str) -> Card:
    """Yes or no to a rule that was drafted."""
    chosen = kind.value if kind else EVERY_KIND
    buttons = ((texts.BUTTON_YES, True), (texts.BUTTON_NO, False))
    return card(
        [],
        [button(label, DecideRule(kind=chosen, name=name, yes=yes, nonce=f"{nonce}-{yes}")) for label, yes in buttons],
    )


def rules_form(kind: MeetingKind, rules: Rules, nonce: str) -> Card:
    """The rules of a kind of meeting, to change them."""
    numbers = (
        ("reminder_days", texts.LABEL_REMINDER_DAYS),
        ("nudge_days", texts.LABEL_NUDGE_DAYS),
        ("agenda_days", texts.LABEL_AGENDA_DAYS),
        ("agenda_draft_days", texts.LABEL_AGENDA_DRAFT_DAYS),
        ("case_days", texts.LABEL_CASE_DAYS),
        ("carry_most", texts.LABEL_CARRY_MOST),
        ("action_days", texts.LABEL_ACTION_DAYS),
        ("action_last_days", texts.LABEL_ACTION_LAST_DAYS),
        ("action_late_days", texts.LABEL_ACTION_LATE_DAYS),
        ("approve_days", texts.LABEL_APPROVE_DAYS),
    )
    own = (
        ("invitation_text", texts.LABEL_INVITATION_TEXT),
        ("nudge_text", texts.LABEL_NUDGE_TEXT),
        ("reminder_text", texts.LABEL_REMINDER_TEXT),
        ("input_text", texts.LABEL_INPUT_TEXT),
    )
    body: list[CardElement] = [
        TextInput(id=name, label=label, value=str(getattr(rules, name)), max_length=2) for name, label in numbers
    ]
    releases = [Choice(title=title, value=value) for value, title in texts.RELEASES.items()]
    body.append(
        ChoiceSetInput(
            id="summary_when",
            label=texts.LABEL_SUMMARY_WHEN,
            choices=releases,
            value=rules.summary_when,
            style="compact",
        )
    )
    body += [
        TextInput(id=name, label=label, value=getattr(rules, name), is_multiline=True, max_length=LONGEST_RULE_TEXT)
        for name, label in own
    ]
    inputs = frozenset({"summary_when", *(name for name, _ in (*numbers, *own))})
    label = texts.BUTTON_SAVE.format(kinds=texts.kinds(kind))
    return card(body, [button(label, SaveRules(kind=kind.value, nonce=f"{nonce}-save"), inputs)])
