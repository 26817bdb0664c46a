"""Questions about one meeting, and overviews of several."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from dialogs.cards.limits import MOST_BUTTONS
from dialogs.cards.meetings import choice_card, meeting_card
from dialogs.cards.registrations import register_or_cannot
from dialogs.language.intents import Intent
from dialogs.texts import agenda as agenda_texts
from dialogs.texts import cards as labels
from dialogs.texts import meetings as texts
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.agenda import AgendaPoint
from storage.domain.dialogs import Memory
from storage.domain.meetings import Audience, Meeting, MeetingKind, MeetingQuery, Session, Which
from storage.services.house import House

Answer: TypeAlias = Callable[[House, Turn, Meeting], Awaitable[str]]

NEXT_BUTTONS = (
    (labels.BUTTON_AGENDA, Intent.AGENDA_SHOW),
    (labels.BUTTON_WHO, Intent.ATTENDANCE_WHO),
    (labels.BUTTON_ME, Intent.ATTENDANCE_ME),
)

WITH_CARD = frozenset({Intent.MEETING_WHEN, Intent.MEETING_ABOUT, Intent.MEETING_WHERE})


async def one(house: House, turn: Turn, meeting: Meeting, intent: Intent, query: MeetingQuery) -> Reply:
    """Answer a question about one meeting."""
    if intent is Intent.MEETING_WHEN:
        text = texts.when(meeting, query, turn.now)
    else:
        text = await SIMPLE[intent](house, turn, meeting)
    return say(text, await _card(house, turn, meeting) if intent in WITH_CARD else None)


def cancelled(meeting: Meeting) -> Reply:
    """Whatever was asked about a meeting that does not take place."""
    return say(texts.cancelled(meeting))


async def agenda(house: House, turn: Turn, meeting: Meeting, intent: Intent) -> Reply:
    """Answer a question about the agenda, which some meetings keep to their participants."""
    visible = meeting.agenda_visible_to(turn.viewer)
    if not visible and not (intent is Intent.AGENDA_SPEAKERS and meeting.guests):
        return say(agenda_texts.closed(meeting))
    points = await house.meetings.agenda(meeting) if visible else ()
    text = _agenda_text(turn, meeting, intent, points)
    # A closed agenda is for participants, and in a channel others read along.
    return whisper(text) if meeting.audience is Audience.PARTICIPANTS and visible else say(text)


def _agenda_text(turn: Turn, meeting: Meeting, intent: Intent, points: Sequence[AgendaPoint]) -> str:
    if intent is Intent.AGENDA_SPEAKERS:
        return agenda_texts.speakers(meeting, points, turn.now)
    if intent is Intent.AGENDA_CASES:
        return agenda_texts.cases(meeting, points, turn.now)
    return agenda_texts.agenda(meeting, points, turn.now)


async def nothing(house: House, turn: Turn, query: MeetingQuery) -> Reply:
    """Nothing fits: say so, and what is next."""
    following: Sequence[Meeting] = ()
    behind = query.last is not None and query.last < turn.now.date()
    if query.which is not Which.PREVIOUS and not behind:
        later = MeetingQuery(kind=query.kind)
        following = await house.meetings.find(later, turn.viewer, turn.network.timezone, turn.now)
        following = [meeting for meeting in following if not meeting.is_over(turn.now)]
    text = texts.nothing(query, next(iter(following), None), turn.now)
    return say(text)


def several(turn: Turn, meetings: Sequence[Meeting], intent: Intent, said: str = "") -> Reply:
    """Several meetings fit a question about one; `said` is what to read again once one of them is chosen."""
    if intent is Intent.MEETING_WHEN:
        return say(texts.several(meetings, turn.now))
    return say(texts.which_one(meetings, turn.now), choice_card(meetings[:MOST_BUTTONS], intent, said))


async def overview(house: House, turn: Turn, query: MeetingQuery) -> Reply:
    """The meetings to come, or those of a period or a kind."""
    found = await house.meetings.find(query, turn.viewer, turn.network.timezone, turn.now)
    if not found:
        return await nothing(house, turn, query)
    told = say(texts.overview(found, query, turn.now))
    if len(found) > 1:
        return told
    return told.remembering(Memory(meeting_id=found[0].id, intent=Intent.MEETING_LIST.value))


async def _card(house: House, turn: Turn, meeting: Meeting) -> dict[str, object]:
    first = await _in_or_out(house, turn, meeting)
    buttons = [(label, intent.value) for label, intent in NEXT_BUTTONS if _makes_sense(intent, turn, meeting)]
    return dict(meeting_card(meeting, turn.now, [first, *buttons] if first else buttons))


async def _in_or_out(house: House, turn: Turn, meeting: Meeting) -> tuple[str, str] | None:
    """The button to register, or not to come. In company anybody may press it, and none may see who is registered."""
    me = turn.viewer.person
    own = await house.registrations.standing(me, meeting) if turn.personal and me is not None else None
    return register_or_cannot(meeting, own, turn.now)


def _makes_sense(intent: Intent, turn: Turn, meeting: Meeting) -> bool:
    match intent:
        case Intent.AGENDA_SHOW:
            return meeting.agenda_visible_to(turn.viewer)
        case Intent.ATTENDANCE_ME:
            # In one's own chat the first button tells it.
            return turn.viewer.person is not None and not turn.personal and not meeting.is_over(turn.now)
        case _:
            return True


async def _sessions(house: House, meeting: Meeting) -> Sequence[Session]:
    return await house.meetings.sessions(meeting) if meeting.kind is MeetingKind.NETWERKDAG else ()


async def _places(house: House, turn: Turn, meeting: Meeting) -> str:
    return texts.places(meeting, await _sessions(house, meeting), turn.now)


async def _about(house: House, _turn: Turn, meeting: Meeting) -> str:
    wanted = [id_ for id_ in (meeting.organiser_id, meeting.note_taker_id) if id_ is not None]
    names = {person.id: person.name for person in await house.people.known(wanted)} if wanted else {}
    return texts.about(meeting, names.get(meeting.organiser_id or 0), names.get(meeting.note_taker_id or 0))


def _pure(text: Callable[[Turn, Meeting], str]) -> Answer:
    async def answer(_house: House, turn: Turn, meeting: Meeting) -> str:
        return text(turn, meeting)

    return answer


SIMPLE: dict[Intent, Answer] = {
    Intent.MEETING_WHERE: _pure(lambda turn, meeting: texts.where(meeting, turn.now)),
    Intent.MEETING_TIME: _pure(lambda turn, meeting: texts.time(meeting, turn.now)),
    Intent.MEETING_DURATION: _pure(lambda turn, meeting: texts.length(meeting, turn.now)),
    Intent.MEETING_ONLINE: _pure(lambda turn, meeting: texts.online(meeting, turn.now)),
    Intent.MEETING_ROOM: _pure(lambda turn, meeting: texts.room(meeting, turn.now)),
    Intent.MEETING_ABOUT: _about,
    Intent.MEETING_FEE: _pure(lambda turn, meeting: texts.fee(meeting, turn.now)),
    Intent.MEETING_DEADLINES: _pure(lambda turn, meeting: texts.deadlines(meeting, turn.now)),
    Intent.REGISTRATION_DEADLINE: _pure(lambda turn, meeting: texts.registration_deadline(meeting, turn.now)),
    Intent.AGENDA_DEADLINE: _pure(lambda turn, meeting: texts.agenda_deadline(meeting, turn.now)),
    Intent.MEETING_PLACES: _places,
}

AGENDA = frozenset({Intent.AGENDA_SHOW, Intent.AGENDA_SPEAKERS, Intent.AGENDA_CASES})

ANSWERED = frozenset({Intent.MEETING_WHEN, *SIMPLE})
"""What is answered with one sentence about one meeting."""
