"""The card with what was found: each sentence with its meeting under it, and a button for more."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, TextBlock

from dialogs.cards.elements import button, card, paragraph
from dialogs.cards.search_payloads import ShowHits
from dialogs.texts import searching as texts
from dialogs.turn import Card
from storage.domain.searching import Hit


def hits_card(head: str, hits: Sequence[Hit], more: ShowHits | None) -> Card:
    """What was found; `more` where there is more."""
    body: list[CardElement] = [TextBlock(text=head, weight="Bolder", wrap=True)]
    for said, where in texts.told(hits):
        body.append(paragraph(said))
        body += [_small(line) for line in where]
    return card(body, [button(texts.BUTTON_MORE, more)] if more else [])


def _small(text: str) -> CardElement:
    return TextBlock(text=text, wrap=True, size="Small", is_subtle=True, spacing="None")
