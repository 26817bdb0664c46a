"""Which actions there are: one's own, those of a meeting or of somebody, and all that are open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.cards.action_payloads import ShowActions
from dialogs.cards.actions import MOST_SHOWN, actions_card, buttons_card
from dialogs.language.intents import Intent
from dialogs.language.registering import meant
from dialogs.language.understanding import Understanding
from dialogs.texts import actions as texts
from dialogs.texts.meetings import title
from dialogs.texts.people import choice
from dialogs.texts.refusals import sentence
from dialogs.texts.words import plain
from dialogs.turn import Card, Message, Reply, Turn
from storage.domain.actions import Action
from storage.domain.meetings import Audience, Meeting
from storage.domain.people import Person, Viewer
from storage.domain.refusals import NoSuchMeeting
from storage.services.house import House

LISTED = "actions"
"""How a conversation remembers which actions were listed, in their order: "actions:12.15"."""

LONGEST_PENDING = 60

EVERYBODY = Viewer(None, member=True)
"""Who reads along where others do: somebody of the team."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of actions: what stands above it, and what shows the next page of it."""

    head: str
    actions: tuple[Action, ...]
    more: ShowActions


async def mine(house: House, turn: Turn, _asked: Understanding) -> Reply:
    """What one still has to do oneself; for one's own eyes."""
    return await shown(house, turn, ShowActions())


async def opened(house: House, turn: Turn, asked: Understanding) -> Reply:
    """What is open: of the meeting that is named, of the person who is named, or of all."""
    if asked.names_meeting:
        found = await house.meetings.find(asked.query, turn.viewer, turn.network.timezone, turn.now)
        if found:
            return await shown(house, turn, ShowActions(what="open", meeting=found[0].id))
    people = [one for one in await house.people.known(asked.people) if turn.viewer.may_meet(one)]
    groups = meant(asked.text, people) if people else ()
    if groups and len(groups[0]) > 1:
        return _whom(turn, groups[0])
    person = groups[0][0].id if groups else 0
    if person and turn.viewer.person is not None and person == turn.viewer.person.id and turn.personal:
        return await shown(house, turn, ShowActions())
    return await shown(house, turn, ShowActions(what="open", person=person))


def _whom(turn: Turn, people: Sequence[Person]) -> Reply:
    named = [choice(one, turn.may_tell) for one in people]
    buttons = [(name, ShowActions(what="open", person=one.id)) for name, one in zip(named, people, strict=True)]
    return _alone(texts.WHICH_PERSON.format(names=", ".join(named)), buttons_card(buttons))


async def shown(house: House, turn: Turn, wanted: ShowActions) -> Reply:
    """A page of a list. One's own is whispered; of the rest others read what everybody may see."""
    try:
        if wanted.what == "mine":
            return _page(turn, wanted, await _mine(house, turn), alone=True)
        meeting = await _meeting(house, turn, wanted.meeting)
        alone = turn.personal or (meeting is not None and meeting.audience is Audience.PARTICIPANTS)
        viewer = turn.viewer if alone else EVERYBODY
        return _page(turn, wanted, await _open(house, turn, wanted, meeting, viewer), alone)
    except NoSuchMeeting as refusal:
        return _alone(sentence(refusal))


async def _mine(house: House, turn: Turn) -> Listed:
    actions = await house.actions.mine(turn.viewer, turn.now)
    head = texts.YOURS_ONE if len(actions) == 1 else texts.YOURS if actions else texts.NOTHING_YOURS
    return Listed(head, actions, ShowActions())


async def _meeting(house: House, turn: Turn, meeting_id: int) -> Meeting | None:
    if not meeting_id:
        return None
    found = await house.meetings.known([meeting_id], turn.viewer)
    if not found:
        raise NoSuchMeeting
    return found[0]


async def _open(house: House, turn: Turn, wanted: ShowActions, meeting: Meeting | None, viewer: Viewer) -> Listed:
    if meeting is not None:
        return await _of_meeting(house, turn, wanted, meeting, viewer)
    actions = await house.actions.open_of(viewer, None, wanted.person or None)
    people = await house.people.known([wanted.person]) if wanted.person else ()
    if people and turn.viewer.may_meet(people[0]):
        some, none = texts.OPEN_OF_PERSON, texts.NOTHING_OPEN_OF_PERSON
        return Listed((some if actions else none).format(name=plain(people[0].name)), actions, wanted)
    return Listed(texts.OPEN_ALL if actions else texts.NOTHING_OPEN, actions, wanted)


async def _of_meeting(house: House, turn: Turn, wanted: ShowActions, meeting: Meeting, viewer: Viewer) -> Listed:
    """What was agreed at a meeting; of one to come, what comes back on its agenda."""
    ahead = meeting.starts.timestamp() > turn.now.timestamp()
    if ahead:
        actions = await house.actions.before(meeting.id, viewer)
    else:
        actions = await house.actions.open_of(viewer, meeting.id)
    if not actions and not meeting.agenda_visible_to(viewer):
        return Listed(texts.REST_IN_PERSON.format(title=title(meeting)), (), wanted)
    some = texts.OPEN_BEFORE if ahead else texts.OPEN_OF_MEETING
    return Listed(texts.of_meeting(some if actions else texts.NOTHING_OPEN_OF_MEETING, meeting), actions, wanted)


def _page(turn: Turn, wanted: ShowActions, listed: Listed, alone: bool) -> Reply:
    """One page; the numbers go on from the page before."""
    skipped = wanted.page * MOST_SHOWN
    actions = listed.actions[skipped : skipped + MOST_SHOWN]
    if not actions:
        return _remembering(turn, _said(Message(listed.head), alone), wanted, ())
    today = turn.now.date()
    own = turn.viewer if wanted.what == "mine" else None
    may_tell = turn.may_tell if alone and turn.personal else texts.public
    lines = [texts.line(one, today, own, may_tell) for one in actions]
    rest = len(listed.actions) > skipped + MOST_SHOWN
    more = listed.more.model_copy(update={"page": wanted.page + 1}) if rest else None
    text = texts.listed(listed.head, lines, skipped + 1, how=wanted.what == "mine" and turn.personal)
    viewer = turn.viewer if alone else EVERYBODY
    card = actions_card(
        listed.head, actions, today, viewer, may_tell, turn.id, skipped + 1, more, own=wanted.what == "mine"
    )
    message = Message(text, card if turn.personal or alone or more else None, card_only=turn.personal or alone)
    return _remembering(turn, _said(message, alone), wanted, listed.actions)


def _said(message: Message, alone: bool) -> Reply:
    return Reply(private=message) if alone else Reply(message)


def _remembering(turn: Turn, reply: Reply, wanted: ShowActions, actions: Sequence[Action]) -> Reply:
    """What is said next of "actie 2" is about this list."""
    intent = Intent.ACTIONS_LIST if wanted.what == "mine" else Intent.ACTIONS_OPEN
    meeting_id = (wanted.meeting if wanted.what == "open" else 0) or turn.memory.meeting_id
    pending = remembered(actions) if turn.personal else turn.memory.pending
    return reply.remembering(replace(turn.memory, meeting_id=meeting_id, intent=intent.value, pending=pending))


def remembered(actions: Sequence[Action]) -> str:
    """How a list is remembered, as far as there is room."""
    said = f"{LISTED}:"
    for place, action in enumerate(actions):
        longer = f"{said}{'.' if place else ''}{action.id}"
        if len(longer) > LONGEST_PENDING:
            break
        said = longer
    return said


def _alone(text: str, card: Card | None = None) -> Reply:
    return Reply(private=Message(text, card))
