"""Which poll is meant: by its number in the list that was shown, by its words, the one shown last, or the only one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.cards.actions import buttons_card
from dialogs.cards.payload import Payload
from dialogs.conversations.polls.places import stands_here, tenant
from dialogs.language.polling import PollSaid, which_poll
from dialogs.texts import poll_voting as texts
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.polls import PollView
from storage.domain.refusals import NoSuchPoll
from storage.services.house import House

LISTED, SHOWN = "polls", "poll-shown"
"""How a conversation remembers the polls that were listed, in their order, and the one that was shown in words."""

MOST_OFFERED = 6
LONGEST_PENDING = 60


@dataclass(frozen=True, slots=True)
class Meant:
    """The poll that is meant; else those between which is to be chosen."""

    view: PollView | None = None
    maybe: tuple[PollView, ...] = ()


async def open_polls(house: House, turn: Turn) -> tuple[PollView, ...]:
    """Where somebody may vote from here: in company what stands there, in a personal chat all."""
    found = await house.polls.open_for(turn.viewer, turn.now, turn.conversation_id, tenant(turn))
    return await _here(house, turn, found)


async def all_polls(house: House, turn: Turn) -> tuple[PollView, ...]:
    """What somebody may see from here, also what is planned or closed lately."""
    found = await house.polls.listed(turn.viewer, turn.now, turn.conversation_id, tenant(turn))
    return await _here(house, turn, found)


async def _here(house: House, turn: Turn, views: Sequence[PollView]) -> tuple[PollView, ...]:
    if turn.personal:
        return tuple(views)
    return tuple([one for one in views if await stands_here(house, turn, one.poll)])


def meant(turn: Turn, said: PollSaid, among: Sequence[PollView]) -> Meant:
    """Which of these a sentence means."""
    if said.number is not None:
        listed = in_sight(turn) if turn.personal else ()
        ids = listed or tuple(one.poll.id for one in among)
        wanted = ids[said.number - 1] if 0 < said.number <= len(ids) else 0
        found = next((one for one in among if one.poll.id == wanted), None)
        return Meant(found, () if found else tuple(among))
    if said.words and (place := which_poll(said.words, [one.poll.question for one in among])) is not None:
        return Meant(among[place])
    last = next((one for one in among if one.poll.id in in_sight(turn)), None) if len(in_sight(turn)) == 1 else None
    return Meant(last) if last else one_of(among)


def one_of(views: Sequence[PollView]) -> Meant:
    """The only one, or a choice."""
    return Meant(views[0]) if len(views) == 1 else Meant(maybe=tuple(views))


def in_sight(turn: Turn) -> tuple[int, ...]:
    """The ids of the polls that were listed or shown last, in a personal chat."""
    what, _, ids = (turn.memory.pending or "").partition(":")
    return tuple(int(one) for one in ids.split(".") if one.isdecimal()) if what in {LISTED, SHOWN} else ()


def remembering(turn: Turn, reply: Reply, what: str, views: Sequence[PollView]) -> Reply:
    """The same reply; numbers and votes that are typed next are about these polls, as far as there is room."""
    said = f"{what}:"
    for place, one in enumerate(views):
        longer = f"{said}{'.' if place else ''}{one.poll.id}"
        if len(longer) > LONGEST_PENDING:
            break
        said = longer
    return reply.remembering(replace(turn.memory, pending=said))


def ask(turn: Turn, views: Sequence[PollView], payloads: Sequence[Payload]) -> Reply:
    """Ask which of these is meant: each with what its button does."""
    offered = views[:MOST_OFFERED]
    labels = [texts.question(one) for one in offered]
    card = buttons_card(list(zip(labels, payloads, strict=False)))
    text = texts.which(offered)
    return whisper(text, card) if turn.personal else say(text, card)


def closed_at(view: PollView) -> float:
    """When a poll closed, or closes: what those that closed are sorted by."""
    return (view.poll.closed_at or view.poll.closes_at).timestamp()


async def view_of(house: House, turn: Turn, poll_id: int) -> PollView:
    """A poll by the id that a button carries. Raises NoSuchPoll."""
    if poll_id <= 0:
        raise NoSuchPoll
    return await house.polls.view(poll_id, turn.viewer, turn.now, turn.conversation_id, tenant(turn))
