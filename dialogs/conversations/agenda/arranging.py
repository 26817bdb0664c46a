"""Sentences with which an agenda is arranged, and what is typed after the bot asked what was missing."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

from dialogs.cards.board import arrange_card, ask_card, decline_card, move_card
from dialogs.cards.board_payloads import AskPoint, DeclinePoints
from dialogs.cards.plan_payloads import LONGEST_FIELD
from dialogs.conversations.agenda import deciding, places
from dialogs.conversations.agenda.deciding import Wanted, asking, ids_in
from dialogs.conversations.agenda.which import Listed, pointed
from dialogs.language import answers
from dialogs.language.agenda import arranged, carried_text, proposed, which
from dialogs.language.intents import Intent
from dialogs.language.spelling import fold
from dialogs.language.understanding import Understanding
from dialogs.texts import board as texts
from dialogs.texts.outbox import says
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, whisper
from storage.domain.agenda import AgendaPoint, PointState, may_arrange
from storage.domain.meetings import Meeting, MeetingQuery, Which
from storage.domain.refusals import NotCoordinator
from storage.services.board_order import closes
from storage.services.house import House

Act: TypeAlias = Callable[[House, Turn, Listed, Understanding], Awaitable[Reply]]
"""Does what a sentence says with points of a board, for who may arrange it."""


async def about(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """What a sentence does on the board of a meeting, or of the backlog where that was talked about."""
    if asked is None:
        return whisper(texts.WHICH_POINT.format(example=texts.ACCEPT_EXAMPLE))
    return await _done(house, turn, await deciding.listed(house, turn, meeting, asked), asked)


async def guess(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """The same where no meeting is named: of the backlog that was talked about, or of the next intervisie."""
    listed = await deciding.in_sight(house, turn, asked)
    if listed is None:
        return None
    return deciding.going_on(turn, await _done(house, turn, listed, asked), listed, asked.intent)


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Bring points elsewhere: a meeting that is named is where they go."""
    listed = await _source(house, turn, asked)
    if listed is None:
        return whisper(texts.WHICH_POINT.format(example=texts.MOVE_EXAMPLE))
    return deciding.going_on(turn, await _done(house, turn, listed, asked), listed, asked.intent)


async def _source(house: House, turn: Turn, asked: Understanding) -> Listed | None:
    """Where the points are that are moved: the backlog where that is said, or else what was talked about."""
    if any(one in fold(asked.text) for one in texts.SAID_FROM_SHELF):
        return await deciding.board_of(house, turn, None)
    return await deciding.in_sight(house, turn, None)


async def _done(house: House, turn: Turn, listed: Listed, asked: Understanding) -> Reply:
    if not may_arrange(turn.viewer, listed.meeting):
        return whisper(sentence(NotCoordinator()))
    return await _ACTS[asked.intent](house, turn, listed, asked)


def _points(listed: Listed, asked: Understanding, example: str) -> tuple[AgendaPoint, ...] | Reply:
    """The points that a sentence names; else what to say."""
    said = which(asked.text)
    for number in said.numbers:
        if not 0 < number <= len(listed.points):
            return whisper(texts.no_number(number, len(listed.points)))
    return pointed(listed, said) or whisper(texts.WHICH_POINT.format(example=example))


async def _accept(house: House, turn: Turn, listed: Listed, asked: Understanding) -> Reply:
    words = which(asked.text).words
    if says(words, texts.SAID_ALL):
        waits = [one.id for one in listed.points if one.state is PointState.PROPOSED]
        return await deciding.accept(house, turn, waits) if waits else whisper(texts.NO_PROPOSALS)
    found = _points(listed, asked, texts.ACCEPT_EXAMPLE)
    return found if isinstance(found, Reply) else await deciding.accept(house, turn, [one.id for one in found])


async def _decline(house: House, turn: Turn, listed: Listed, asked: Understanding) -> Reply:
    found = _points(listed, asked, texts.DECLINE_EXAMPLE)
    if isinstance(found, Reply):
        return found
    ids, why = tuple(one.id for one in found), carried_text(asked.text, Intent.AGENDA_DECLINE)
    if why:
        return await deciding.decline(house, turn, DeclinePoints(points=ids, why=why))
    if all(not one.state.open for one in found):
        return await deciding.decline(house, turn, DeclinePoints(points=ids))
    text = texts.WHY_NOT.format(titles=texts.titles(found))
    return asking(turn, deciding.DECLINE, ids, text, decline_card(ids, turn.id))


async def _merge(house: House, turn: Turn, listed: Listed, asked: Understanding) -> Reply:
    found = _points(listed, asked, texts.MERGE_EXAMPLE)
    if isinstance(found, Reply):
        return found
    ids = list(dict.fromkeys(one.id for one in found))
    if len(ids) < 2:  # noqa: PLR2004 - one point is merged with nothing
        return whisper(texts.TWO_POINTS)
    first = min(ids, key=lambda one: deciding.number_of(listed, one) or 0)
    return await deciding.merge(house, turn, [one for one in ids if one != first], first)


async def _ask(house: House, turn: Turn, listed: Listed, asked: Understanding) -> Reply:
    found = _points(listed, asked, texts.ASK_EXAMPLE)
    if isinstance(found, Reply):
        return found
    point, text = found[0], carried_text(asked.text, Intent.AGENDA_ASK)
    if text:
        return await deciding.ask(house, turn, AskPoint(point=point.id, text=text))
    if point.proposer_id is None or point.is_of(turn.viewer):
        return whisper(texts.NOBODY_PROPOSED.format(title=texts.titles([point])))
    asked_for = texts.QUESTION_FOR.format(title=texts.titles([point]))
    return asking(turn, deciding.ASK, [point.id], asked_for, ask_card(point.id, turn.id))


async def _arrange(house: House, turn: Turn, listed: Listed, asked: Understanding) -> Reply:
    found = _points(listed, asked, texts.ARRANGE_EXAMPLE)
    if isinstance(found, Reply):
        return found
    wanted = _wanted(listed, found[0], asked.text)
    if wanted.presenter:
        wanted = replace(wanted, presenter=await _whole_name(house, turn, wanted.presenter, asked))
    if wanted.fields:
        return await deciding.arrange(house, turn, [one.id for one in found], wanted)
    text = texts.ARRANGE_HOW.format(title=texts.titles(found[:1]), example=texts.ARRANGE_EXAMPLE)
    return whisper(text, arrange_card(found[0], deciding.number_of(listed, found[0].id)))


async def _whole_name(house: House, turn: Turn, said: str, asked: Understanding) -> str:
    """The name of the one person of the network who is meant by what was said; else that, as names are written."""
    known = [one for one in await house.people.known(asked.people) if turn.viewer.may_meet(one)] if asked.people else []
    if len(known) == 1 and said.casefold() in known[0].name.casefold():
        return known[0].name
    return said if said != said.lower() else texts.as_name(said)


def _wanted(listed: Listed, point: AgendaPoint, text: str) -> Wanted:
    said = arranged(text)
    return Wanted(said.presenter or None, said.minutes, _position(listed, point, text))


def _position(listed: Listed, point: AgendaPoint, text: str) -> int | None:
    """The place in its group that a text gives a point; None where it gives none."""
    said = arranged(text)
    place, group = deciding.place_of(listed, point), deciding.group_of(listed, point)
    if said.position is not None:
        return deciding.place_in_group(listed, point, said.position)
    if said.after is not None:
        after = deciding.place_in_group(listed, point, said.after)
        return after if after >= place else after + 1
    if said.shift:
        return max(1, place + said.shift)
    if said.top:
        return 1
    if said.bottom:
        return len(group) - sum(1 for one in group if closes(one) and one.id != point.id)
    return None


async def _move(house: House, turn: Turn, listed: Listed, asked: Understanding) -> Reply:
    found = _points(listed, asked, texts.MOVE_EXAMPLE)
    if isinstance(found, Reply):
        return found
    ids = [one.id for one in found]
    if not asked.names_meeting and _position(listed, found[0], asked.text) is not None:
        return await _arrange(house, turn, listed, asked)  # "verplaats punt 3 naar boven"
    if _to_the_shelf(turn, asked):
        return await deciding.move(house, turn, ids, None)
    targets = await _targets(house, turn, listed.meeting, asked)
    if len(targets) == 1:
        return await deciding.move(house, turn, ids, targets[0].id)
    if targets:
        return whisper(texts.ONLY_ONE_TARGET, move_card(ids, targets, turn.id, shelf=False, beside=True))
    if asked.names_meeting:
        return whisper(texts.NO_SUCH_TARGET, await _anywhere(house, turn, listed, ids))
    card = await _anywhere(house, turn, listed, ids)
    text = texts.MOVE_WHERE.format(titles=texts.titles(found))
    return asking(turn, deciding.MOVE, ids, text, card)


async def _anywhere(house: House, turn: Turn, listed: Listed, ids: Sequence[int]) -> dict[str, object]:
    others = [one for one in await places.takes_points(house, turn) if one != listed.meeting]
    return dict(move_card(ids, others, turn.id, shelf=listed.meeting is not None, beside=True))


def _to_the_shelf(turn: Turn, asked: Understanding) -> bool:
    words = fold(asked.text)
    if any(one in words for one in texts.SAID_FROM_SHELF):
        return False
    return any(one in words for one in texts.SAID_SHELF) or (
        not asked.names_meeting and proposed(asked.text, turn.now).backlog
    )


async def _targets(house: House, turn: Turn, home: Meeting | None, asked: Understanding) -> tuple[Meeting, ...]:
    """Where a sentence sends points; "the next one" is the one after that on which they stand."""
    found = await places.named(house, turn, asked)
    if home is None or [one.id for one in found] != [home.id] or asked.dates:
        return found
    later = replace(asked.query, which=Which.ALL, ids=(), first=home.starts.date() + timedelta(days=1), last=None)
    after = await house.meetings.find(_of_kind(later, home), turn.viewer, turn.network.timezone, turn.now)
    return tuple(one for one in after if one.id != home.id)[:1] or found


def _of_kind(query: MeetingQuery, home: Meeting) -> MeetingQuery:
    return query if query.kind is not None else replace(query, kind=home.kind)


_ACTS: dict[Intent, Act] = {
    Intent.AGENDA_ACCEPT: _accept,
    Intent.AGENDA_DECLINE: _decline,
    Intent.AGENDA_MERGE: _merge,
    Intent.AGENDA_ASK: _ask,
    Intent.AGENDA_ARRANGE: _arrange,
    Intent.AGENDA_MOVE: _move,
}
INTENTS = frozenset(_ACTS) - {Intent.AGENDA_MOVE}
"""What is said of points of one board."""


# --- what is typed after a question of the bot


async def why_typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """A reason, or none, or rather not declining after all."""
    ids = ids_in(about_)
    if not ids:
        return None
    if says(asked.text, texts.SAID_WITHOUT):
        return await deciding.decline(house, turn, DeclinePoints(points=ids))
    if _lets_be(asked):
        return _dropped(turn, texts.NOT_DECLINED)
    if asked.sure and asked.intent is Intent.YES:
        return whisper(texts.STILL_WHY)
    if not _may_be_said(asked, turn.memory.intent == Intent.AGENDA_DECLINE):
        return None
    why = answers.as_reason(turn.text)[:LONGEST_FIELD]
    return await deciding.decline(house, turn, DeclinePoints(points=ids, why=why))


def _lets_be(asked: Understanding) -> bool:
    return says(asked.text, texts.SAID_LET_BE) or (asked.sure and asked.intent in {Intent.NO, Intent.CANCEL})


def _dropped(turn: Turn, text: str) -> Reply:
    return whisper(text).remembering(replace(turn.memory, pending=""))


def _may_be_said(asked: Understanding, just_asked: bool) -> bool:
    """Whether this is a reason, and nothing that one asks or commands."""
    if answers.opens_a_reason(asked.text):
        return True
    if "?" in asked.text or answers.opens_a_question(asked.text) or which(asked.text).numbers or asked.names_meeting:
        return False
    return not asked.sure or asked.bare or (just_asked and asked.intent not in _NO_REASON)


_NO_REASON = frozenset({Intent.THANKS, Intent.GREETING, Intent.HELP, Intent.AGENDA_BOARD, Intent.AGENDA_SHOW})


async def question_typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """What to ask who proposed a point; what the bot itself can be asked is not that."""
    ids = ids_in(about_)
    if not ids:
        return None
    if _lets_be(asked):
        return _dropped(turn, texts.NOT_ASKED)
    if asked.sure and asked.intent is Intent.YES:
        return whisper(texts.STILL_ASK)
    if asked.sure or which(asked.text).numbers or asked.names_meeting:
        return None
    return await deciding.ask(house, turn, AskPoint(point=ids[0], text=turn.text[:LONGEST_FIELD]))


async def where_typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """Where to bring points: a meeting that is named, or the backlog."""
    ids = ids_in(about_)
    if not ids:
        return None
    if _lets_be(asked):
        return _dropped(turn, texts.NOT_MOVED)
    if "?" in asked.text or which(asked.text).numbers or answers.opens_a_question(asked.text):
        return None
    if any(one in fold(asked.text) for one in texts.SAID_SHELF):
        return await deciding.move(house, turn, ids, None)
    found = await places.named(house, turn, asked)
    if len(found) != 1:
        return whisper(texts.ONLY_ONE_TARGET, move_card(ids, found, turn.id, shelf=False)) if found else None
    return await deciding.move(house, turn, ids, found[0].id)
