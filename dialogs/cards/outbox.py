"""Cards about what the bot sends by itself."""

from collections.abc import Sequence

from microsoft_teams.cards import TextInput, ToggleInput

from dialogs.cards.elements import button, card
from dialogs.cards.limits import LONGEST_ANSWER, LONGEST_QUESTION
from dialogs.cards.payloads import AnswerAsked, DecideAnnouncement, ManageNotices
from dialogs.texts import outbox as texts
from dialogs.turn import Card


def decide_card(announcement_id: int, verbs: Sequence[tuple[str, str]], nonce: str) -> Card:
    """Buttons under a drafted announcement: pairs of label and verb. Who presses another one changes their mind."""
    return card(
        [],
        [
            button(
                label,
                DecideAnnouncement.model_validate(
                    {"announcement": announcement_id, "verb": verb, "nonce": f"{nonce}-{verb}"}
                ),
            )
            for label, verb in verbs
        ],
    )


def notices_card(buttons: Sequence[tuple[str, int, str]], nonce: str) -> Card:
    """Buttons for what is planned: label, number and verb. Without a nonce each press counts, for what only shows."""
    own = {verb: f"{nonce}-{verb}" if nonce else "" for _, _, verb in buttons}
    return card(
        [],
        [
            button(label, ManageNotices.model_validate({"number": number, "verb": verb, "nonce": own[verb]}))
            for label, number, verb in buttons
        ],
    )


def answer_card(asked_id: int, question: str) -> Card:
    """Where the coordinator answers, and may add the question to the frequently asked ones."""
    answer = TextInput(
        id="answer",
        label=texts.LABEL_ANSWER,
        placeholder=texts.TYPE_ANSWER,
        is_multiline=True,
        is_required=True,
        error_message=texts.TYPE_ANSWER,
        max_length=LONGEST_ANSWER,
    )
    faq = ToggleInput(id="faq", title=texts.LABEL_FAQ, value="false")
    wording = TextInput(
        id="wording",
        label=texts.LABEL_WORDING,
        value=" ".join(question.split())[:LONGEST_QUESTION],
        max_length=LONGEST_QUESTION,
    )
    return card([answer, faq, wording], [button(texts.BUTTON_ANSWER, AnswerAsked(asked=asked_id))])
