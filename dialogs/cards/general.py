"""Cards with things to ask, and the card on which somebody tells their organisation."""

from collections.abc import Sequence

from microsoft_teams.cards import Choice, ChoiceSetInput

from dialogs.cards.elements import button, card
from dialogs.cards.payloads import AskAboutPerson, AskCoordinator, AskExample, TellOrganisation
from dialogs.texts import general as texts
from dialogs.texts.people import choice
from dialogs.texts.words import MayTell
from dialogs.turn import Card
from storage.domain.people import Organisation, Person


def examples_card(questions: Sequence[str], ask: tuple[str, AskCoordinator] | None = None) -> Card:
    """A button for each question, and last one that passes a question on: its label and data."""
    buttons = [button(question, AskExample(text=question)) for question in questions]
    return card([], [*buttons, button(*ask)] if ask else buttons)


def people_card(people: Sequence[Person], intent: str, may_tell: MayTell) -> Card:
    """A button for each person who may be meant."""
    return card([], [button(choice(one, may_tell), AskAboutPerson(intent=intent, person=one.id)) for one in people])


def organisation_card(organisations: Sequence[Organisation]) -> Card:
    """A list to choose one's organisation from."""
    choices = [Choice(title=one.name, value=str(one.id)) for one in organisations]
    choices.append(Choice(title=texts.NOT_IN_LIST, value="0"))
    question = ChoiceSetInput(
        id="organisation",
        choices=choices,
        style="compact",
        label=texts.WHICH_ORGANISATION.split("! ")[-1],
        placeholder=texts.CHOOSE_ORGANISATION,
        is_required=True,
        error_message=texts.CHOOSE_ORGANISATION,
    )
    return card([question], [button(texts.CONFIRM, TellOrganisation())])
