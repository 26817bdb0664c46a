"""What is said to who runs a poll: who voted, reminding, changing, closing and calling off."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.polls import outcome
from dialogs.texts.words import enumeration, people, plain
from storage.domain.people import Person
from storage.domain.polls import PollView, Turnout

NOT_YOURS = "Dat kan alleen wie de peiling startte, wie de bijeenkomst organiseert, of de coördinator."
NOT_YOURS_TO_ADD = "Alleen wie de peiling startte, kan er keuzes bijzetten."
NONE_YOURS = "Ik vind geen peiling waarbij jij dat kan doen."
VOTED = "Gestemd: {names}."
MISSING = "Nog niet: {names}."
NOBODY_VOTED = "Nog niemand stemde."
ALL_VOTED = "Iedereen stemde."
UNKNOWN_REST = "Wie er verder nog mag stemmen, weet ik niet: ik ken niet iedereen in dat gesprek."
NUDGED = "In orde, ik herinner {people} eraan. Dat doe ik één keer."
NUDGED_ONE = "In orde, ik herinner de enige die nog niet stemde. Dat doe ik één keer."
NOBODY_TO_NUDGE = "Iedereen stemde al: er is niemand om te herinneren."
NOBODY_KNOWN = (
    "Wie er nog moet stemmen, weet ik niet: ik ken niet iedereen in dat gesprek. Zeg daar “toon de peiling”, dan staat "
    "ze er opnieuw."
)
ADDED = "“{option}” staat erbij."
ALREADY_THERE = "“{option}” stond er al bij."
ADD_WHAT = "Welke keuze zet ik erbij?"
FULL = "Er staan al 20 keuzes in: meer kan niet."
CLOSED = "De peiling is gesloten."
CLOSED_ALREADY = "Die peiling is al gesloten."
CHANGED = "In orde, dat is aangepast."
CHANGED_CLOSES = "In orde, stemmen kan nu tot {when}."
CHANGE_WHAT = (
    "Wat verander ik aan “{question}”? Zeg bijvoorbeeld “verleng tot vrijdag 16u”, “maak ze anoniem” of “toon de stand "
    "pas na sluiting”."
)
NOT_SENSIBLE = {
    "closes": "Stemmen moet kunnen tot een moment in de toekomst, en hoogstens een half jaar lang.",
    "question": "Zo kan de vraag niet luiden. Kijk ze even na.",
    "most": "Dat aantal gaat niet: minstens één, en niet meer dan er keuzes zijn.",
    "quorum": "Dat aantal gaat niet: minstens één.",
    "opened": "Die anonieme peiling loopt al: haar vraag en keuzes liggen vast, zodat iedereen op hetzelfde antwoordt.",
    "anonymous": "Wat anoniem gevraagd is, blijft anoniem: wie stemt, rekent daarop.",
}
SURE_TO_DROP = "Zal ik “{question}” schrappen? Er komt dan geen uitslag."
BUTTON_SURE, BUTTON_KEEP = "Ja, schrappen", "Nee, laten staan"
PRESS_THE_BUTTON = "Druk op de knop onder mijn vraag, dan weet ik zeker wat je bedoelt."
DROPPED = "“{question}” is geschrapt. Er komt geen uitslag."
STOPPED = "In orde, ik stel deze vraag niet meer. Wat nu loopt, loopt gewoon verder."
NO_SERIES = "Die peiling komt niet vanzelf terug."
KEPT = "In orde, ik laat ze lopen."
AGAIN = "In orde, ik vraag het opnieuw, enkel tussen wat gelijk stond."
CLOSES_NOW = "Die peiling sluit net. Probeer het over een halve minuut opnieuw."
NO_TIE = "Een nieuwe ronde heeft alleen zin bij gelijkspel, en dat was het niet."
DAYS_OVER = "Daar zijn geen twee dagen meer van over om uit te kiezen. Start gerust een nieuwe peiling."
NOT_CLOSED = "Die peiling loopt nog. Een nieuwe ronde kan als ze gesloten is en op gelijkspel eindigt."

NUDGE = "Je stem ontbreekt nog. Heb je even?"
NUDGED_BY = "{name} mist je stem nog. Heb je even?"
ENDED, ENDED_NO_QUESTION = "**{question}** {outcome}", "**{question}**: {outcome}"
DONE = "Een peiling is gesloten."
MISSED = (
    "De peiling “{question}” kon niet op tijd opengaan, en toen was haar tijd voorbij. Start ze gerust opnieuw als je "
    "het antwoord nog wil weten."
)
SEALED = (
    "De peiling “{question}” moest nu sluiten, maar ik kan haar stemmen niet tellen: de sleutel waarmee ze verzegeld zijn, "
    "is weg. Wie mij beheert, kan die terugzetten; dan sluit ze vanzelf. Lukt dat niet, dan kan je ze schrappen."
)
BUTTON_DROP = "Schrappen"

ABOUT_POLL = "een peiling"
ABOUT_RESULT = "de uitslag van een peiling"
ABOUT_NUDGE = "de herinnering aan een peiling"
ABOUT_DONE = "het bericht over wat er met de uitslag van een peiling kan"


def turnout(told: Turnout) -> str:
    """Who voted, and who did not."""
    lines = [VOTED.format(names=_names(told.voted)) if told.voted else NOBODY_VOTED]
    if told.missing:
        lines.append(MISSING.format(names=_names(told.missing)))
    elif told.known and told.voted:
        lines.append(ALL_VOTED)
    return "\n\n".join(lines if told.known else [*lines, UNKNOWN_REST])


def _names(persons: Sequence[Person]) -> str:
    return enumeration([plain(one.name) for one in persons])


def nudged(count: int) -> str:
    """How many are reminded."""
    return NUDGED_ONE if count == 1 else NUDGED.format(people=people(count))


def ended(view: PollView, now: datetime) -> str:
    """What was asked, and what came of it."""
    ended_ = ENDED if view.poll.question.rstrip().endswith(("?", "!", ".", "…")) else ENDED_NO_QUESTION
    return ended_.format(question=plain(view.poll.question), outcome=outcome(view, now))


def about(sentence: str, view: PollView) -> str:
    """A sentence about one poll."""
    return sentence.format(question=plain(view.poll.question))
