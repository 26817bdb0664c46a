"""Voting: pressed, or typed as a number, a name or an order; and taking a vote back."""

from collections.abc import Sequence

from dialogs.cards.poll_payloads import CastVote, ShowPoll, VotePoll
from dialogs.cards.polls import poll_card
from dialogs.conversations.polls import which
from dialogs.conversations.polls.places import tenant
from dialogs.conversations.polls.replying import quietly, refused, told, why
from dialogs.language.answers import opens_a_question
from dialogs.language.intents import Intent
from dialogs.language.poll_questions import answers_anything, says_to_vote, word_for_word, words_beside_choice
from dialogs.language.polling import poll_said, voted
from dialogs.language.understanding import Understanding
from dialogs.texts import poll_voting as texts
from dialogs.texts.polls import poll_text
from dialogs.turn import Reply, Turn, whisper
from storage.domain.polls import Ballot, Poll, PollKind, PollView
from storage.domain.refusals import AlreadyVoted, NotSensible, Refusal
from storage.services.house import House

LONGEST_BARE = 200
"""Characters of what may be a vote and nothing else."""

_ONE_BY_ONE = frozenset({PollKind.DATES, PollKind.SEVERAL, PollKind.RANKING})

POLLS = frozenset(intent for intent in Intent if intent.value.startswith("poll."))


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Vote as a sentence says, in the poll that it is about."""
    views = await which.open_polls(house, turn)
    if not views:
        return told(turn, texts.NO_OPEN if turn.personal else texts.NO_OPEN_HERE)
    said = _whole(turn, asked)
    found = which.meant(turn, poll_said(said, turn.now), views)
    if found.view is not None:
        ballot = voted(said, found.view.poll.options, found.view.poll.kind)
        return await _taken(house, turn, found.view, ballot) if ballot else _unclear(turn, found.view)
    fitting = _fitting(said, views)
    if len(fitting) == 1:
        return await _taken(house, turn, *fitting[0])
    if fitting:
        return await _which(house, turn, fitting)
    return which.ask(turn, views, [ShowPoll(poll=one.poll.id) for one in views])


async def _taken(house: House, turn: Turn, view: PollView, ballot: Ballot) -> Reply:
    """Vote; in one's own chat "2" or "ik ben voor" may be about anything but a poll elsewhere: which one?"""
    unsaid = turn.personal and not view.poll.in_person and not says_to_vote(turn.text)
    return await (_which(house, turn, [(view, ballot)]) if unsaid else _cast(house, turn, view, ballot))


def _whole(turn: Turn, asked: Understanding) -> str:
    """All that was said, where it was one sentence: "ja op 4/12, nee op 11/12"."""
    return turn.text if asked.text in " ".join(turn.text.split()) else asked.text


def _fitting(text: str, views: Sequence[PollView]) -> list[tuple[PollView, Ballot]]:
    """The polls in which a text may be a vote."""
    read = [(one, voted(text, one.poll.options, one.poll.kind)) for one in views]
    return [(one, ballot) for one, ballot in read if ballot]


async def _which(house: House, turn: Turn, fitting: Sequence[tuple[PollView, Ballot]]) -> Reply:
    """In which poll? A button votes there where one tap says all; else it shows the poll."""
    views = [one for one, _ in fitting]
    if not turn.personal and any(one.poll.anonymous for one in views):
        return await _in_person(house, turn, views)
    return which.ask(turn, views, [_votes(one, ballot) for one, ballot in fitting])


def _votes(view: PollView, ballot: Ballot) -> VotePoll | ShowPoll:
    option, value = next(iter(ballot.items()))
    if view.poll.kind in {PollKind.SINGLE, PollKind.TEMPERATURE} and len(ballot) == 1:
        return VotePoll(poll=view.poll.id, option=option, value=value)
    return ShowPoll(poll=view.poll.id)


def _unclear(turn: Turn, view: PollView) -> Reply:
    """It is not clear what is chosen: the poll, in words."""
    unclear = texts.NOT_A_BALLOT["temperature"] if view.poll.kind is PollKind.TEMPERATURE else texts.UNCLEAR
    unclear = texts.HOW_HERE if opens_a_question(turn.text) and not turn.personal else unclear
    if not turn.personal:
        return told(turn, texts.IN_PERSON if view.poll.anonymous else unclear)
    text = f"{unclear}\n\n{poll_text(view, turn.now)}"
    return which.remembering(turn, whisper(text), which.SHOWN, [view])


async def _in_person(house: House, turn: Turn, views: Sequence[PollView]) -> Reply:
    """Where others read along nobody votes anonymously: from now on they may in their own chat."""
    for one in views:
        await house.polls.is_there(one.poll.id, turn.viewer, turn.now, turn.conversation_id, tenant(turn))
    return told(turn, texts.IN_PERSON)


async def _cast(house: House, turn: Turn, view: PollView, ballot: Ballot) -> Reply:
    """Vote by typing. What is anonymous is not voted where others read it."""
    if view.poll.anonymous and not turn.personal:
        return await _in_person(house, turn, [view])
    try:
        after = await house.polls.vote(view.poll.id, ballot, turn.viewer, turn.now, turn.conversation_id, tenant(turn))
    except NotSensible:
        return told(turn, texts.NOT_A_BALLOT[view.poll.kind.value])
    except Refusal as refusal:
        return refused(turn, refusal)
    reply = told(turn, texts.taken(after) if turn.personal else texts.taken_here(after))
    return which.remembering(turn, reply, which.SHOWN, [after]) if turn.personal else reply


# --- without saying that it is a vote


async def bare(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """What may be a vote and nothing else: "2", "internaten", "ja op 4/12"; None: it is none.

    In company where one poll is open; in a personal chat where nothing was asked meanwhile.
    """
    if turn.viewer.person is None or turn.memory.pending or not _may_be_bare(turn, asked):
        return None
    views = await which.open_polls(house, turn)
    near = [one for one in views if _says_no_more(turn.text, one) and _is_at_hand(turn, asked, one)]
    fitting = _fitting(turn.text, near)
    if not fitting:
        return None
    only = len(fitting) == 1 and (turn.personal or len(views) == 1)
    return await _cast(house, turn, *fitting[0]) if only else await _which(house, turn, fitting)


def _is_at_hand(turn: Turn, asked: Understanding, view: PollView) -> bool:
    """Whether a word may well be about this poll: its card stands in this conversation.

    A yes, no, ok or thanks is one of its options, word for word, or means what it meant without polls.
    """
    if turn.personal and not (view.poll.in_person and view.may_vote):
        return False
    return not _is_vague(turn, asked, view) or (_is_a_choice(turn, view) and _is_new(turn, view))


def _is_vague(turn: Turn, asked: Understanding, view: PollView) -> bool:
    """Whether a text may be an answer to anything: "ja", "ok", "nee bedankt"."""
    yes_or_no = any(answers_anything(one.text) for one in view.poll.options)
    return answers_anything(turn.text) or (yes_or_no and asked.intent in _TO_ANYTHING)


def _is_new(turn: Turn, view: PollView) -> bool:
    """Whether a yes or no takes no vote's place, where one may be talking of anything."""
    return not turn.personal or not view.voted


def _is_a_choice(turn: Turn, view: PollView) -> bool:
    """Whether what is typed is, word for word, what can be chosen."""
    return word_for_word(turn.text) in {word_for_word(one.text) for one in view.poll.options}


def _says_no_more(text: str, view: PollView) -> bool:
    """Whether a text is about as short as what can be chosen: "internaten zijn duur" is no vote."""
    longest = max((len(one.text.split()) for one in view.poll.options), default=1)
    return view.poll.kind is not PollKind.SINGLE or words_beside_choice(text) <= longest + 1


def _may_be_bare(turn: Turn, asked: Understanding) -> bool:
    """Whether nothing speaks against it: it asks nothing, and is understood as nothing else."""
    text = turn.text.strip()
    if not text or len(text) > LONGEST_BARE or "?" in text or opens_a_question(text):
        return False
    return not asked.sure or asked.intent in _NOTHING_ELSE or any(one.isdigit() for one in text[:2])


_TO_ANYTHING = frozenset({Intent.YES, Intent.NO, Intent.THANKS})
_NOTHING_ELSE = frozenset({Intent.YES, Intent.NO, Intent.POLL_VOTE, Intent.UNKNOWN})


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A vote, after a poll was shown in words; None: something else is talked about."""
    if not about.isdecimal() or "?" in turn.text or (asked.sure and asked.intent in POLLS - {Intent.POLL_VOTE}):
        return None
    try:
        view = await which.view_of(house, turn, int(about))
    except Refusal:
        return None
    if _is_vague(turn, asked, view) and not (view.may_vote and _is_answered(turn, view)):
        return None
    ballot = voted(turn.text, view.poll.options, view.poll.kind)
    if ballot is None or (asked.sure and opens_a_question(turn.text)):
        return None
    return await _cast(house, turn, view, ballot)


def _is_answered(turn: Turn, view: PollView) -> bool:
    """Whether a yes or no is about the poll that was shown: "ok" is no final vote, and takes no vote's place."""
    return _is_a_choice(turn, view) or not (view.voted or view.poll.anonymous)


# --- pressed


async def pressed(house: House, turn: Turn, payload: VotePoll | CastVote) -> Reply:
    """A vote on the card. Where the card can not become another, who voted hears it; in company only they do."""
    try:
        view = await which.view_of(house, turn, payload.poll)
        after = await _pressed(house, turn, view.poll, payload)
    except NotSensible as refusal:
        return quietly(turn, texts.not_kept(view.poll, refusal.field))
    except Refusal as refusal:
        return refused(turn, refusal)
    card = poll_card(after, turn.now)
    if turn.in_place:
        return Reply(shown=card)
    return quietly(turn, texts.taken(after))


async def _pressed(house: House, turn: Turn, poll: Poll, payload: VotePoll | CastVote) -> PollView:
    """The poll after a press: one more answer in what is answered one by one, else a whole vote."""
    asking = (turn.viewer, turn.now, turn.conversation_id, tenant(turn))
    if isinstance(payload, VotePoll) and poll.kind in _ONE_BY_ONE:
        return await house.polls.mark(poll.id, payload.option, payload.value, *asking)
    return await house.polls.vote(poll.id, payload.ballot(poll), *asking)


async def take_back(house: House, turn: Turn, poll_id: int) -> Reply:
    """Take one's vote in a named poll back."""
    try:
        before = await which.view_of(house, turn, poll_id)
        if before.poll.anonymous:  # whether one voted in it is for nobody else
            return quietly(turn, why(AlreadyVoted()) if before.voted else texts.NOTHING_TO_TAKE_BACK)
        if not before.voted:
            return told(turn, texts.NOTHING_TO_TAKE_BACK)
        after = await house.polls.unvote(poll_id, turn.viewer, turn.now, turn.conversation_id, tenant(turn))
    except Refusal as refusal:
        return refused(turn, refusal)
    return Reply(shown=poll_card(after, turn.now)) if turn.in_place else told(turn, texts.TAKEN_BACK)


async def unvote(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Take a vote back, in the poll that a sentence is about: else in the only one in which one voted."""
    views = await which.open_polls(house, turn)
    if not views:
        return told(turn, texts.NO_OPEN if turn.personal else texts.NO_OPEN_HERE)
    found = which.meant(turn, poll_said(asked.text, turn.now), views)
    mine = [one for one in found.maybe if one.voted]
    view = found.view or (mine[0] if len(mine) == 1 else None)
    if view is not None:
        return await take_back(house, turn, view.poll.id)
    if not mine:
        return told(turn, texts.NOTHING_TO_TAKE_BACK)
    return which.ask(turn, mine, [ShowPoll(poll=one.poll.id) for one in mine])
