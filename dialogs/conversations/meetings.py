"""Questions about one meeting, and overviews of several."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from dialogs.cards.limits import MOST_BUTTONS
from dialogs.cards.meetings import choice_card, meeting_card
from dialogs.cards.points import agenda_card, word_card
from dialogs.cards.registrations import register_or_cannot
from dialogs.language.intents import Intent
from dialogs.texts import agenda as agenda_texts
from dialogs.texts import cards as labels
from dialogs.texts import meetings as texts
from dialogs.turn import Card, Reply, Turn, say, whisper
from storage.domain.agenda import AgendaPoint, Board, PointKind, PointState, may_arrange
from storage.domain.composing import fixed_of
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
    if not visible:
        return say(agenda_texts.speakers(meeting, (), turn.now))
    board = await house.points.of_meeting(meeting.id, turn.viewer)
    text = await _agenda_text(house, turn, board, intent)
    card = _agenda_card(turn, board, house.links.are_given) if intent is Intent.AGENDA_SHOW else None
    # A closed agenda is for participants, and in a channel others read along.
    return whisper(text, card) if meeting.audience is Audience.PARTICIPANTS else say(text, card)


async def _agenda_text(house: House, turn: Turn, board: Board, intent: Intent) -> str:
    meeting, points = board.meeting, agenda_texts.on_the_agenda(board.points)
    if intent is Intent.AGENDA_SPEAKERS:
        return agenda_texts.speakers(meeting, points, turn.now)
    if intent is Intent.AGENDA_CASES:
        told = agenda_texts.cases(meeting, points, turn.now)
        return "\n\n".join([told, *await _prepared(house, turn, points)])
    return agenda_texts.agenda(board, turn.now)


async def _prepared(house: House, turn: Turn, points: Sequence[AgendaPoint]) -> list[str]:
    """What was prepared of the cases, for who may read it, and never where others read along."""
    cases = [point for point in points if point.kind is PointKind.CASE][:MOST_CASES] if turn.personal else []
    details = [await house.points.details(point.id, turn.viewer) for point in cases]
    return [text for one in details if one.case and (text := agenda_texts.prepared(one.point, one.case))]


MOST_CASES = 5
"""Cases of one meeting that are told whole."""


def _agenda_card(turn: Turn, board: Board, files: bool) -> Card | None:
    """Buttons to support what others proposed and to add a point, as long as that makes sense; and the document."""
    meeting = board.meeting
    word = files and bool(agenda_texts.on_the_agenda(board.points))
    if meeting.cancelled or meeting.starts.timestamp() <= turn.now.timestamp():
        return word_card(meeting.id) if word else None
    numbered = [(number, point) for number, point in enumerate(board.points, 1) if _may_be_wanted(point)]
    others = [(number, point.id) for number, point in numbered if not (turn.personal and point.is_of(turn.viewer))]
    return agenda_card(meeting.id, others, turn.personal and may_arrange(turn.viewer, meeting), word)


def _may_be_wanted(point: AgendaPoint) -> bool:
    return point.state is PointState.PROPOSED and fixed_of(point) is None


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
