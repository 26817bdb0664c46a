"""What stands in the export of a poll."""

from dialogs.texts.polls import ANSWERS
from storage.domain.polls import Answer, Poll, PollKind

SHEET_COUNTS = "Uitslag"
SHEET_VOTES = "Stemmen"

QUESTION = "Vraag"
CLOSES = "Open tot"
CLOSED = "Afgesloten"
VOTED = "Stemmen"
QUORUM = "Minstens nodig"
AVERAGE = "Gemiddelde"
MEDIAN = "Mediaan"
MADE_AT = "Uitslag van"

PLACE = "Plaats"
CHOICE = "Keuze"
CHOSEN = "Gekozen"
WINS = "Wint van"
FIRST = "Op de eerste plaats"
VOTED_AT = "Gestemd op"
NAME = "Naam"
ORGANISATION = "Organisatie"
SCORE = "Score"

KINDS = {
    PollKind.SINGLE: "één keuze",
    PollKind.SEVERAL: "meerdere keuzes",
    PollKind.RANKING: "rangschikken",
    PollKind.DATES: "datums",
    PollKind.TEMPERATURE: "temperatuur",
}
KIND = "Soort"
ANONYMOUS = "anoniem"
NAMED = "op naam"
WHOSE = "Wie stemde"
CHOSE = "ja"


def file_name(poll: Poll) -> str:
    """The name of an export, without its ending: in plain letters, so it says no question."""
    return f"peiling-{poll.id}-{poll.closes_local.date().isoformat()}"


def said(poll: Poll, value: int | None) -> str | int | None:
    """What somebody answered to one option, as a cell; None where they said nothing of it."""
    if value is None:
        return None
    if poll.kind is PollKind.DATES:
        return ANSWERS[Answer(value)]
    return value if poll.kind in {PollKind.RANKING, PollKind.TEMPERATURE} else CHOSE
