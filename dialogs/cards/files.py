"""Cards with a button that opens a file."""

from dialogs.cards.elements import card, heading, link, paragraph
from dialogs.texts import files as texts
from dialogs.texts.meetings import choice, title
from dialogs.turn import Card
from storage.domain.meetings import Meeting


def calendar_card(meeting: Meeting, url: str) -> Card:
    """A button that puts a meeting in one's calendar."""
    return card(heading(title(meeting), choice(meeting)), [link(texts.BUTTON_CALENDAR, url)])


def list_card(meeting: Meeting, counts: str, url: str) -> Card:
    """A button that downloads the full list of a meeting."""
    body = [*heading(title(meeting), choice(meeting)), paragraph(counts)]
    return card(body, [link(texts.BUTTON_DOWNLOAD, url)])
