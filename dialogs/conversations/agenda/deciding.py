"""What who may arrange does with points, however they said it: done at once, told in a sentence, with a way back."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.cards.board import Undo, done_card
from dialogs.cards.board_payloads import MOST_POINTS, ArrangePoint, AskPoint, DecidePoints, DeclinePoints, MovePoints
from dialogs.conversations import gate
from dialogs.conversations.agenda import experts, places
from dialogs.conversations.agenda import which as lists
from dialogs.conversations.agenda.which import Listed
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import board as texts
from dialogs.texts.points import quoted
from dialogs.texts.refusals import sentence
from dialogs.turn import Card, Reply, Turn, whisper
from storage.domain.agenda import AgendaPoint, PointDetails, PointKind, PointState, board_order
from storage.domain.meetings import Meeting
from storage.domain.refusals import IdentifiesSomebody, NoSuchPoint, NotThisPoint, Refusal
from storage.services.house import House

DECLINE = "declinepoint"
"""How a conversation remembers that the bot asked why points are declined: "declinepoint:12.13"."""

ASK = "askpoint"
"""How it remembers that the bot asked what to ask about a point: "askpoint:12"."""

MOVE = "movepoint"
"""How it remembers that the bot asked where to bring points: "movepoint:12.13"."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be set of a point; None: left as it is. `position` counts from 1 among those that stand as it does."""

    presenter: str | None = None
    minutes: int | None = None
    position: int | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what is set."""
        return tuple(name for name in ("presenter", "minutes", "position") if getattr(self, name) is not None)


# --- which board


async def board_of(house: House, turn: Turn, meeting_id: int | None) -> Listed:
    """The points of a meeting, or of the backlog for None. Raises NoSuchMeeting."""
    if meeting_id is None:
        return Listed(board_order(await house.points.shelf(turn.viewer)))
    board = await house.points.of_meeting(meeting_id, turn.viewer)
    return Listed(board.points, board.meeting)


async def listed(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Listed:
    """The points that a sentence about this meeting means: those of the backlog where that was talked about."""
    about_backlog = turn.memory.intent == Intent.AGENDA_BACKLOG
    if asked is not None and about_backlog and not asked.names_meeting:
        return await board_of(house, turn, None)
    if not meeting.agenda_visible_to(turn.viewer):
        return Listed((), meeting)
    return await board_of(house, turn, meeting.id)


async def in_sight(house: House, turn: Turn, asked: Understanding | None) -> Listed | None:
    """The points that were talked about, or of the next intervisie; None where there is no such meeting."""
    if turn.memory.intent == Intent.AGENDA_BACKLOG and (asked is None or not asked.names_meeting):
        return await board_of(house, turn, None)
    memory = replace(turn.memory, intent=None)
    found = await lists.in_sight(house, replace(turn, memory=memory), asked)
    return found if found.meeting is not None else None


def going_on(turn: Turn, reply: Reply, about: Listed, intent: Intent) -> Reply:
    """The same reply, in a conversation that goes on about this board: its numbers are meant from then on."""
    memory = reply.memory or turn.memory
    if about.meeting is None:
        return reply.remembering(replace(memory, meeting_id=None, intent=Intent.AGENDA_BACKLOG.value))
    return reply.remembering(replace(memory, meeting_id=about.meeting.id, intent=intent.value))


def number_of(about: Listed, point_id: int) -> int | None:
    """The number of a point on its board; None when it is not there."""
    return next((number for number, one in enumerate(about.points, 1) if one.id == point_id), None)


def group_of(about: Listed, point: AgendaPoint) -> list[AgendaPoint]:
    """The points of a board that stand as this one does: on the agenda, or as proposals."""
    waits = point.state is PointState.PROPOSED
    return [one for one in about.points if (one.state is PointState.PROPOSED) is waits]


def place_of(about: Listed, point: AgendaPoint) -> int:
    """The place of a point in its group, from 1."""
    return next((place for place, one in enumerate(group_of(about, point), 1) if one.id == point.id), 1)


def place_in_group(about: Listed, point: AgendaPoint, number: int) -> int:
    """A number on the board as a place in the group of this point."""
    group = group_of(about, point)
    before = next((at for at, one in enumerate(about.points) if group and one.id == group[0].id), 0)
    return min(max(1, number - before), max(1, len(group)))


# --- questions of the bot


LONGEST_PENDING = 60
"""Characters that a conversation remembers of what the bot asked."""


def asking(turn: Turn, question: str, ids: Sequence[int], text: str, card: Card) -> Reply:
    """A question about these points that may be answered by typing too, as far as it can be remembered."""
    pending = f"{question}:{'.'.join(str(one) for one in ids)}"
    kept = pending if len(pending) <= LONGEST_PENDING else ""
    return whisper(text, card).remembering(replace(turn.memory, pending=kept))


def ids_in(about: str) -> tuple[int, ...]:
    """The ids that a conversation remembers with a question."""
    return tuple(int(part) for part in about.split(".") if part.isdecimal())


# --- doing it


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of an act on several points: the details of those with which it was done, and why not with others."""

    done: tuple[PointDetails, ...]
    refused: tuple[tuple[int, Refusal], ...]


async def _each(ids: Sequence[int], act: Callable[[int], Awaitable[PointDetails]]) -> _Outcome:
    done: list[PointDetails] = []
    refused: list[tuple[int, Refusal]] = []
    for one in dict.fromkeys(ids[:MOST_POINTS]):
        try:
            done.append(await act(one))
        except IdentifiesSomebody:
            raise
        except Refusal as refusal:
            refused.append((one, refusal))
    return _Outcome(tuple(done), tuple(refused))


async def _told(house: House, outcome: _Outcome, told: str, undo: Undo | None) -> Reply:
    """What was done, and why not the rest."""
    lines = [told] if outcome.done else []
    # What somebody may not see is not named either: the ids come from a button.
    seen = [one for one, refusal in outcome.refused if not isinstance(refusal, NoSuchPoint)]
    names = await house.board.titles(seen) if len(outcome.refused) > 1 or lines else {}
    for one, refusal in outcome.refused:
        lines.append(f"{quoted(names[one])}: {sentence(refusal)}" if one in names else sentence(refusal))
    if not outcome.done:
        return whisper("\n\n".join(dict.fromkeys(lines)))
    return whisper("\n\n".join(dict.fromkeys(lines)), done_card(_home(outcome.done[0]), undo))


def _home(one: PointDetails) -> int:
    return one.meeting.id if one.meeting else 0


async def _number(house: House, turn: Turn, one: PointDetails) -> int | None:
    return number_of(await board_of(house, turn, _home(one) or None), one.point.id)


async def _too_long(house: House, turn: Turn, done: Sequence[PointDetails]) -> list[str]:
    """A warning where the agenda on which these stand takes more than there is time."""
    meeting = next((one.meeting for one in done if one.point.state is PointState.ACCEPTED), None)
    if meeting is None:
        return []
    warned = texts.too_long(meeting, (await board_of(house, turn, meeting.id)).points)
    return [warned] if warned else []


async def accept(house: House, turn: Turn, ids: Sequence[int]) -> Reply:
    """Put points on the agenda of their meeting; those of the backlog on that of the next one that takes points."""
    target = next(iter(await places.takes_points(house, turn)), None)
    before: dict[int, AgendaPoint] = {}

    async def act(point_id: int) -> PointDetails:
        before[point_id] = (await house.points.details(point_id, turn.viewer)).point
        return await house.board.accept(point_id, turn.viewer, turn.now, at=target.id if target else None)

    outcome = await _each(ids, act)
    done = outcome.done
    new = [one.point for one in done if _stands(before[one.point.id]) != _stands(one.point)]
    number = await _number(house, turn, done[0]) if len(done) == 1 else None
    told = _with_telling(turn, texts.accepted(done, number), new) if done else ""
    told = "\n\n".join([told, *await _too_long(house, turn, done)])
    reply = await _told(house, outcome, told, _not_accepted(turn, before, new))
    invited = [one.id for one in new if one.kind is PointKind.ORGANISATION]
    return reply.followed_by(await experts.drafts(house, turn, invited)) if invited else reply


def _stands(point: AgendaPoint) -> tuple[PointState, int | None]:
    return point.state, point.meeting_id


def _not_accepted(turn: Turn, before: Mapping[int, AgendaPoint], new: Sequence[AgendaPoint]) -> DecidePoints | None:
    """A way back to how these points stood."""
    undo = _undo(turn, {id_: point.state for id_, point in before.items()}, new)
    shelved = tuple(one.id for one in new if before[one.id].on_the_shelf and not one.on_the_shelf)
    return undo.model_copy(update={"to_shelf": shelved}) if undo else None


def _with_telling(turn: Turn, told: str, points: Sequence[AgendaPoint]) -> str:
    return f"{told} {texts.TELLS}" if _is_told(turn, points) else told


def _is_told(turn: Turn, points: Sequence[AgendaPoint]) -> bool:
    """Whether somebody else proposed any of them."""
    return any(one.proposer_id is not None and not one.is_of(turn.viewer) for one in points)


async def take_back(house: House, turn: Turn, pressed: DecidePoints) -> Reply:
    """Undo what was decided: these are proposals again, those stand on the agenda again."""
    outcome = await _each(
        (*pressed.reopen, *pressed.put_back),
        lambda one: house.board.reopen(
            one, turn.viewer, turn.now, accepted=one in pressed.put_back, shelf=one in pressed.to_shelf
        ),
    )
    points = [one.point for one in outcome.done]
    shelved = [one for one in points if one.id in pressed.to_shelf and one.on_the_shelf]
    waits = [one for one in points if one.state is PointState.PROPOSED and one not in shelved]
    back_on = [one for one in points if one.state is PointState.ACCEPTED and one not in shelved]
    told = [texts.BACK_ON_SHELF.format(titles=texts.titles(shelved))] if shelved else []
    told += [texts.REOPENED.format(titles=texts.titles(waits))] if waits else []
    told += [texts.PUT_BACK.format(titles=texts.titles(back_on))] if back_on else []
    return await _told(house, outcome, " ".join(told) or texts.NOTHING_CHANGED, None)


async def decline(house: House, turn: Turn, wanted: DeclinePoints) -> Reply:
    """Decline points, with a reason that those who proposed them read."""
    before = await _before(house, turn, wanted.points)
    try:
        outcome = await _each(
            wanted.points,
            lambda one: house.board.decline(one, wanted.why, turn.viewer, turn.now, chosen=wanted.chosen),
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, wanted, texts.BUTTON_DECLINE)
    points = [one.point for one in outcome.done]
    told = texts.declined(points, _is_told(turn, points)) if points else ""
    return settled(turn, await _told(house, outcome, told, _undo(turn, before, points)), DECLINE)


async def _before(house: House, turn: Turn, ids: Sequence[int]) -> dict[int, PointState]:
    """How points stand that are about to be decided on."""
    found: dict[int, PointState] = {}
    for one in ids:
        try:
            found[one] = (await house.points.details(one, turn.viewer)).point.state
        except Refusal:
            continue
    return found


def _undo(turn: Turn, before: dict[int, PointState], points: Sequence[AgendaPoint]) -> DecidePoints | None:
    """A way back to how these points stood, for those that were open."""
    ids = [one.id for one in points]
    waited = tuple(one for one in ids if before.get(one) is PointState.PROPOSED)
    stood = tuple(one for one in ids if before.get(one) is PointState.ACCEPTED)
    return DecidePoints(reopen=waited, put_back=stood, nonce=f"{turn.id}-undo") if waited or stood else None


async def merge(house: House, turn: Turn, ids: Sequence[int], into_id: int) -> Reply:
    """Let points live on in another; what stands on the agenda remains, also where the other was named."""
    before = await _before(house, turn, (*ids, into_id))
    if before.get(into_id) is PointState.PROPOSED:
        on_it = [one for one in ids if before.get(one) is PointState.ACCEPTED]
        if on_it:
            ids, into_id = [into_id, *(one for one in ids if one != on_it[0])], on_it[0]
    outcome = await _each(ids, lambda one: house.board.merge(one, into_id, turn.viewer, turn.now))
    refused = {one for one, _ in outcome.refused}
    merged = [AgendaPoint(one, "") for one in dict.fromkeys(ids) if one not in refused]
    if not outcome.done:
        return await _told(house, outcome, "", None)
    names = await house.board.titles([one.id for one in merged])
    points = [replace(one, title=names.get(one.id, "")) for one in merged]
    told = texts.merged(points, outcome.done[-1].point)
    return await _told(house, outcome, told, _undo(turn, before, points))


async def ask(house: House, turn: Turn, wanted: AskPoint) -> Reply:
    """Ask who proposed a point."""
    try:
        details = await house.board.ask(wanted.point, wanted.text, turn.viewer, turn.now, chosen=wanted.chosen)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, wanted, texts.BUTTON_SEND_QUESTION)
    except NotThisPoint:
        names = await house.board.titles([wanted.point])
        return settled(turn, whisper(texts.NOBODY_PROPOSED.format(title=quoted(names.get(wanted.point, "")))), ASK)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return settled(turn, whisper(texts.asked(details), done_card(_home(details), None)), ASK)


async def move(house: House, turn: Turn, ids: Sequence[int], meeting_id: int | None) -> Reply:
    """Bring points to a meeting, or to the backlog for None."""

    homes: dict[int, int] = {}

    async def act(point_id: int) -> PointDetails:
        before = await house.points.details(point_id, turn.viewer)
        done = await house.board.move(point_id, meeting_id, turn.viewer, turn.now)
        if _home(before) != _home(done):
            homes[point_id] = _home(before)
        return done

    outcome = await _each(ids, act)
    fixed = [one for one, refusal in outcome.refused if isinstance(refusal, NotThisPoint)]
    rest = tuple(one for one in outcome.refused if not isinstance(one[1], NotThisPoint))
    points = [one.point for one in outcome.done]
    lines = [_with_telling(turn, texts.moved(outcome.done, outcome.done[0].meeting), points)] if points else []
    names = await house.board.titles(fixed)
    lines += [texts.FIXED_STAYS.format(title=quoted(names[one])) for one in fixed if one in names]
    if not outcome.done and not rest:
        return settled(turn, whisper("\n\n".join(lines)), MOVE)
    undo = None
    if len(set(homes.values())) == 1:
        back = str(next(iter(homes.values())))
        undo = MovePoints(points=tuple(homes), where=back, nonce=f"{turn.id}-undo")
    reply = await _told(house, _Outcome(outcome.done, rest), "\n\n".join(lines), undo)
    return settled(turn, reply, MOVE)


async def arrange(house: House, turn: Turn, ids: Sequence[int], wanted: Wanted) -> Reply:
    """Set who presents points, how long they take, or where they stand."""
    undo = await _arranged_before(house, turn, ids[0], wanted) if len(ids) == 1 and wanted.fields else None

    def act(point_id: int) -> Awaitable[PointDetails]:
        set_ = {name: getattr(wanted, name) for name in wanted.fields}
        return house.board.arrange(point_id, turn.viewer, turn.now, **set_)

    outcome = await _each(ids, act)
    told: list[str] = []
    for one in outcome.done:
        nothing = texts.ARRANGED_NOTHING.format(title=quoted(one.point.title))
        number = await _number(house, turn, one)
        told.append(texts.arranged(one, number, wanted.fields) if wanted.fields else nothing)
    told += await _too_long(house, turn, outcome.done) if wanted.minutes else []
    return await _told(house, outcome, "\n\n".join(told), undo)


async def _arranged_before(house: House, turn: Turn, point_id: int, wanted: Wanted) -> ArrangePoint | None:
    """A form that makes of a point what it was; its place is left alone where only other things are set."""
    try:
        before = await house.points.details(point_id, turn.viewer)
    except Refusal:
        return None
    number = await _number(house, turn, before) if wanted.position is not None else None
    minutes = str(before.point.minutes or "")
    return ArrangePoint(
        point=point_id, presenter=before.point.presenter or "", minutes=minutes, position=str(number or "")
    )


def settled(turn: Turn, reply: Reply, question: str) -> Reply:
    """The same reply, when it answers what the bot asked with this."""
    memory = reply.memory or turn.memory
    asked = (memory.pending or turn.memory.pending or "").partition(":")[0]
    return reply.remembering(replace(memory, pending="")) if asked == question else reply
