"""What the bot can do, small talk, frequently asked questions, and not understanding."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.cards.general import examples_card
from dialogs.cards.limits import LONGEST_QUESTION
from dialogs.cards.payloads import AskCoordinator
from dialogs.language.intents import Intent
from dialogs.language.patterns import examples
from dialogs.language.ranking import SHOWN_FROM
from dialogs.language.understanding import Understanding
from dialogs.texts import general as texts
from dialogs.texts import outbox
from dialogs.texts.words import paragraphs
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.identifying import findings
from storage.domain.meetings import MeetingKind
from storage.domain.network import Names, Question
from storage.services.house import House

SHOWN_IN_HELP = (
    Intent.MEETING_WHEN,
    Intent.AGENDA_SHOW,
    Intent.ATTENDANCE_WHO,
    Intent.MEETING_LIST,
    Intent.REGISTRATION_REGISTER,
    Intent.ATTENDANCE_MINE,
)
SHOWN_TO_COORDINATORS = (
    Intent.MEETING_LIST,
    Intent.ATTENDANCE_WHO,
    Intent.MEETING_CREATE,
    Intent.MEETING_INVITE,
    Intent.REGISTRATION_CAPACITY,
    Intent.ATTENDANCE_TICK,
)
"""What help offers: as many as a card has buttons."""

NEAREST_SHOWN = 3
QUESTIONS_SHOWN = 6


def about_me(turn: Turn, names: Names) -> Reply:
    """What the bot can do, with tappable examples; for a coordinator, in their own chat, what only they can."""
    if turn.viewer.is_coordinator and turn.personal:
        return say(texts.HELP_COORDINATOR, examples_card(_questions(SHOWN_TO_COORDINATORS, names)))
    return say(texts.HELP, examples_card(_questions(SHOWN_IN_HELP, names)))


def greet(turn: Turn) -> Reply:
    """A greeting back."""
    return say(texts.greeting(turn.viewer.person))


async def not_understood(house: House, turn: Turn, asked: Understanding, names: Names) -> Reply:
    """Say so, and offer the nearest things to ask, as buttons that act at once, and the coordinator."""
    near = [intent for intent, chance in asked.candidates if asked.out_of_scope or chance >= SHOWN_FROM]
    near = [intent for intent in near if intent in examples()][:NEAREST_SHOWN]
    head = texts.OUT_OF_SCOPE if asked.out_of_scope else texts.UNKNOWN_NEAR if near else texts.UNKNOWN_HELP
    questions = _questions(near or SHOWN_IN_HELP[:NEAREST_SHOWN], names)
    said = texts.not_understood(head, questions)
    pass_on = await _pass_on(house, turn)
    return replace(say(said, examples_card(questions, pass_on)), unanswered=True)


async def _pass_on(house: House, turn: Turn) -> tuple[str, AskCoordinator] | None:
    """The button that passes a question on, where there is somebody to pass it on to."""
    asker = turn.viewer.person
    others = [one for one in await house.people.coordinators() if asker is not None and one.id != asker.id]
    if not others or not turn.text.strip():
        return None
    if not turn.personal and findings(turn.text):
        return None  # the button holds the text, and would keep it in company when its author deletes the message
    label = outbox.BUTTON_ASK.format(name=others[0].first_name)
    return label, AskCoordinator(text=turn.text[:LONGEST_QUESTION], nonce=turn.id)


def misunderstood(names: Names) -> Reply:
    """They say that the answer was not what they asked."""
    return say(texts.MISUNDERSTOOD, examples_card(_questions(SHOWN_IN_HELP, names)))


async def what_is_kept(house: House, turn: Turn) -> Reply:
    """What the bot keeps of the one who asks; for their eyes only."""
    person = turn.viewer.person
    count = len(await house.registrations.standings(person, None)) if person else 0
    points, reports = await house.points.traces(turn.viewer), await house.reports.traces(turn.viewer)
    polls, coordinators = await house.polls.traces(turn.viewer), await house.people.coordinators()
    return whisper(texts.privacy(person, count, points, reports, polls, coordinators))


SMALL_TALK = {
    Intent.THANKS: texts.THANKS,
    Intent.YES: texts.YES_TO_WHAT,
    Intent.NO: texts.YES_TO_WHAT,
    Intent.CANCEL: texts.CANCELLED,
    Intent.SMALLTALK: texts.SMALLTALK,
    Intent.SWEARING: texts.SWEARING,
}
"""What is said back to what asks nothing."""


async def not_yet(house: House) -> Reply:
    """Understood, but not something the bot does."""
    return say(texts.not_yet(await house.people.coordinators()))


def frequently_asked(questions: Sequence[Question], wanted: int | None) -> Reply:
    """The answer to a frequently asked question, or the list of them."""
    for question in questions:
        if question.id == wanted:
            return say(paragraphs(question.answer))
    if not questions:
        return say(texts.NO_QUESTIONS)
    asked = [question.question for question in questions[:QUESTIONS_SHOWN]]
    return say(texts.examples(texts.QUESTIONS, asked), examples_card(asked))


def _questions(intents: Sequence[Intent], names: Names) -> list[str]:
    """Example questions, each once, of a kind of meeting that this network has."""
    kind = texts.EXAMPLE_KIND if any(one.kind is MeetingKind.INTERVISIE for one in names.meetings) else texts.ANY_KIND
    return list(dict.fromkeys(examples()[intent].format(soort=kind) for intent in intents))
