"""Cards about what the bot sends by itself."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, TextInput, ToggleInput

from dialogs.cards.elements import button, card, paragraph
from dialogs.cards.limits import LONGEST_ANSWER, LONGEST_QUESTION
from dialogs.cards.payloads import AnswerAsked, DecideAnnouncement, ManageNotices
from dialogs.texts import outbox as texts
from dialogs.texts.words import paragraphs
from dialogs.turn import Card
from storage.domain.announcements import Asked


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


def asked_card(asked: Asked) -> Card:
    """A question for the coordinator; until it is answered they can answer here, and add it to those asked often."""
    body: list[CardElement] = []
    for head, said in texts.asks_parts(asked):
        body += [paragraph(head), paragraph(paragraphs(said))]
    if asked.answer is not None:
        return card(body)
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
        value=" ".join(asked.question.split())[:LONGEST_QUESTION],
        max_length=LONGEST_QUESTION,
    )
    also = TextInput(
        id="also",
        label=texts.LABEL_ALSO,
        value=" ".join(asked.question.split())[:LONGEST_QUESTION],
        is_multiline=True,
        max_length=LONGEST_ANSWER,
    )
    return card([*body, answer, faq, wording, also], [button(texts.BUTTON_ANSWER, AnswerAsked(asked=asked.id))])
