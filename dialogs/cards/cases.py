"""Cards on which one prepares a case."""

from collections.abc import Mapping, Sequence

from microsoft_teams.cards import TextInput

from dialogs.cards.elements import button, card
from dialogs.cards.payload import Payload
from dialogs.cards.payloads import AskExample
from dialogs.cards.point_payloads import CaseStep, SaveCase, StartCase
from dialogs.cards.points import buttons_card
from dialogs.texts import cases as texts
from dialogs.texts.points import BUTTON_LEAVE_IT
from dialogs.turn import Card
from storage.domain.agenda import LONGEST_EXPLANATION
from storage.domain.proposing import PARTS


def case_start(point_id: int, label: str = texts.BUTTON_BEGIN) -> Card:
    """Begin to prepare a case, or go on."""
    return buttons_card([(label, StartCase(point=point_id))])


def choose_card(cases: Sequence[tuple[int, str]]) -> Card:
    """Of which point the case is: ids and titles."""
    return buttons_card([(title, StartCase(point=id_)) for id_, title in cases])


def said_card(example: str, let_be: Payload | None = None) -> Card:
    """What one may say to begin, and that one rather doesn't."""
    buttons: list[tuple[str, Payload]] = [(texts.BUTTON_BEGIN, AskExample(text=example))] if example else []
    return buttons_card([*buttons, (BUTTON_LEAVE_IT, let_be)] if let_be else buttons)


def step_card(point_id: int, step: int) -> Card:
    """Skip this step, go back, or stop for now."""
    buttons: list[tuple[str, Payload]] = [(texts.BUTTON_SKIP, CaseStep(point=point_id, step=step + 1))]
    if step:
        buttons.append((texts.BUTTON_BACK, CaseStep(point=point_id, step=step - 1)))
    return buttons_card([*buttons, (texts.BUTTON_STOP, CaseStep(point=point_id, step=step, verb="stop"))])


def summary_card(point_id: int, nonce: str) -> Card:
    """Keep the case, change it, or leave it for now."""
    return buttons_card(
        [
            (texts.BUTTON_KEEP, SaveCase(point=point_id, nonce=f"{nonce}-{point_id}-case")),
            (texts.BUTTON_ADJUST, CaseStep(point=point_id, verb="form")),
            (texts.BUTTON_STOP, CaseStep(point=point_id, verb="stop")),
        ]
    )


def case_form(point_id: int, parts: Mapping[str, str]) -> Card:
    """All parts of the case at once."""
    fields = [
        TextInput(
            id=name,
            label=texts.LABELS[name],
            value=parts.get(name) or None,
            is_multiline=True,
            max_length=LONGEST_EXPLANATION,
        )
        for name in PARTS
    ]
    keep = button(texts.BUTTON_KEEP, SaveCase(point=point_id, form=True), exclude=frozenset(PARTS))
    return card(fields, [keep])
