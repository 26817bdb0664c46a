"""What is said to who votes by typing, takes a vote back, or asks to see a poll."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts import polls
from dialogs.texts.outbox import short
from dialogs.texts.words import enumeration, plain
from storage.domain.polls import Poll, PollView

TAKEN = "Genoteerd! {mine}"
TAKEN_CHANGES = "Genoteerd! {mine} Van gedacht veranderd? Stem gewoon opnieuw, tot de peiling sluit."
TAKEN_ANONYMOUS = "Je stem zit in de bus, zonder je naam. Dank je!"
TAKEN_BACK = "In orde, je stem telt niet meer mee. Je kan opnieuw stemmen tot de peiling sluit."
NOTHING_TO_TAKE_BACK = "Je hebt in die peiling nog niet gestemd."
NO_OPEN = "Er loopt nu geen peiling waarin je kan stemmen."
NO_OPEN_HERE = "In dit gesprek loopt nu geen peiling."
IN_PERSON = (
    "Dat is een anonieme peiling, en hier leest iedereen mee. Stem met de knop op de kaart, of zeg het me persoonlijk."
)
WHICH = "Over welke peiling gaat het? {questions}"
UNCLEAR = "Welke keuze bedoel je? Noem ze, of zeg het nummer."
HOW_HERE = "Druk op de kaart op wat je kiest, of vermeld me met @ en zeg het."
NOT_A_BALLOT = {
    "single": "Kies er precies één.",
    "several": "Kies er minstens één, en niet meer dan er gevraagd worden.",
    "ranking": "Zet je keuzes op een rij, elke keuze hoogstens één keer, te beginnen met de beste.",
    "dates": "Zeg voor elke dag ja, misschien of nee.",
    "temperature": "Geef een cijfer van 1 tot 5.",
}
TOO_MANY = "Je koos er al {most}, en meer mag niet. Haal er eerst een weg, of zeg “trek mijn stem in”."
NO_POLLS = "Er lopen nu geen peilingen voor jou, en de laatste maand sloten er ook geen."
NO_POLLS_HERE = "In dit gesprek lopen nu geen peilingen, en de laatste maand sloten er ook geen."
OPEN, PLANNED, CLOSED = "Deze peilingen lopen:", "Deze staan klaar:", "Deze zijn onlangs gesloten:"
LINE = "**{number}.** {question} ({details})"
VOTED, NOT_VOTED = "je stemde", "je stemde nog niet"
HOW = "Zeg bijvoorbeeld “toon peiling 1” of “hoe staat peiling 1?”."
WAITS_VOTING = "Hoe het staat, zie je zodra je zelf gestemd hebt."
WAITS_CLOSING = "Hoe het staat, zie je pas als de peiling sluit."


def taken(view: PollView) -> str:
    """That a vote counts, and which it is where that may be said."""
    if view.poll.anonymous:
        return TAKEN_ANONYMOUS
    if not view.mine:
        return TAKEN_BACK
    return TAKEN_CHANGES.format(mine=f"{polls.mine(view).removeprefix('✓ ')}.")


def not_kept(poll: Poll, field: str) -> str:
    """Why a vote means nothing in a poll."""
    return TOO_MANY.format(most=poll.most) if field == "most" else NOT_A_BALLOT[poll.kind.value]


def taken_here(view: PollView) -> str:
    """The same, shorter, where others read along."""
    return TAKEN.format(mine=f"{polls.mine(view).removeprefix('✓ ')}.")


def standing(view: PollView, now: datetime) -> str:
    """How a poll stands: that sentence first, then all of the poll."""
    outcome = polls.outcome(view, now)
    rest = [one for one in polls.poll_text(view, now).split("\n\n") if one != outcome]
    return "\n\n".join([outcome, *rest] if outcome else rest)


def which(views: Sequence[PollView]) -> str:
    """Which of these polls is meant?"""
    return WHICH.format(questions=enumeration([f"“{plain(one.poll.question)}”" for one in views], "of"))


def question(view: PollView) -> str:
    """What a poll asks, on a button."""
    return short(view.poll.question)
