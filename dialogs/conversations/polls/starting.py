"""Starting a poll: by one sentence or a form, asking for what is missing."""

from dataclasses import replace

from dialogs.cards.poll_form import form_card
from dialogs.cards.poll_payloads import StartPoll
from dialogs.conversations.polls import drafts, forms, previewing
from dialogs.conversations.polls.places import in_company, next_meeting
from dialogs.language.intents import Intent
from dialogs.language.polling import PollStarted, new_options, started
from dialogs.language.understanding import Understanding
from dialogs.texts import poll_starting as texts
from dialogs.texts.refusals import sentence
from dialogs.texts.words import capital
from dialogs.turn import Card, Reply, Turn, whisper
from storage.domain.places import PlaceKind
from storage.domain.polls import FEWEST_OPTIONS, NewPoll, PollKind, Whom
from storage.domain.refusals import TooLong
from storage.services.house import House

ASK = "poll-ask"
"""How a conversation remembers that it was asked what a poll asks, or between what: "poll-ask:token"."""

LONGEST = 6_000
"""Characters of a message that starts a poll: a question and as many options as there may be."""


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Start the poll that a sentence tells, or ask for what it does not tell."""
    text = turn.text if asked.text in " ".join(turn.text.split()) else asked.text
    if len(text) > LONGEST:
        return whisper(sentence(TooLong()))
    return await _begin(house, turn, asked, started(text, turn.now))


async def _begin(house: House, turn: Turn, asked: Understanding, said: PollStarted) -> Reply:
    draft = replace(_draft(said), conversation_id=turn.conversation_id if in_company(turn) else "")
    if said.whom is Whom.PEOPLE:
        draft = replace(draft, people=asked.people)
    if said.whom is Whom.CHANNEL and turn.place.kind is PlaceKind.CHANNEL:
        draft = replace(draft, whom=Whom.HERE)
    if draft.whom is Whom.PARTICIPANTS:
        meeting = await next_meeting(house, turn, said.rest)
        draft = replace(draft, meeting_id=meeting.id if meeting else None)
    return await _go_on(house, turn, draft)


def _draft(said: PollStarted) -> NewPoll:
    return NewPoll(
        kind=said.kind,
        question=capital(said.question),
        options=said.options,
        anonymous=said.anonymous,
        most=said.most,
        may_add=said.may_add,
        shown=said.shown,
        quorum=said.quorum,
        opens=said.opens,
        closes=said.closes,
        whom=said.whom or Whom.HERE,
        rhythm=said.rhythm,
    )


async def _go_on(house: House, turn: Turn, draft: NewPoll, chosen: str = "") -> Reply:
    """Ask for what is missing; else go and send it, or show it first."""
    if not draft.question:
        return _ask(turn, texts.ASK_QUESTION, draft)
    if needs_options(draft):
        one = texts.ONE_OPTION if len(draft.options) == 1 else texts.ASK_OPTIONS
        return _ask(turn, texts.ASK_DATES if draft.kind is PollKind.DATES and not draft.options else one, draft)
    if draft.whom is Whom.HERE and draft.conversation_id:
        return await previewing.send(house, turn, draft, chosen)
    return await previewing.shown(house, turn, draft, chosen)


def needs_options(draft: NewPoll) -> bool:
    """Whether there is too little to choose from."""
    return draft.kind is not PollKind.TEMPERATURE and not draft.may_add and len(draft.options) < FEWEST_OPTIONS


def _ask(turn: Turn, question: str, draft: NewPoll) -> Reply:
    """What is missing: typed in a personal chat, on the form anywhere."""
    if not turn.personal:
        return previewing.on_the_form(turn, texts.FILL_IN_HERE, forms.form_of(draft))
    return drafts.remembered(turn, whisper(question, _form(turn, draft)), ASK, draft)


def _form(turn: Turn, draft: NewPoll) -> Card:
    return form_card(forms.form_of(draft), turn.id)


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What a poll asks, or between what one chooses; None: something else is talked about."""
    kept = drafts.kept(turn, about)
    if previewing.drops(asked):
        return drafts.forget(turn, whisper(texts.LEFT))
    if asked.sure and (kept is None or asked.intent is Intent.POLL_START):
        return None
    if kept is None:  # another process of the bot asked it: the form under that question holds what it knew
        return whisper(texts.ON_THE_FORM)
    draft = _with_question(turn, kept.poll) if not kept.poll.question else _with_options(turn, kept.poll, asked)
    if draft is None:
        return None
    reply = await _go_on(house, turn, draft, kept.chosen)
    return reply if reply.memory is not None and reply.memory.pending else drafts.forget(turn, reply)


def _with_question(turn: Turn, draft: NewPoll) -> NewPoll:
    """The draft with what was typed as its question, and the options that may stand behind it."""
    said = started(turn.text, turn.now)
    return replace(
        draft,
        question=capital(said.question or " ".join(turn.text.split())),
        kind=said.kind if draft.kind is PollKind.SINGLE else draft.kind,
        options=draft.options or said.options,
        closes=draft.closes or said.closes,
        anonymous=draft.anonymous or said.anonymous,
    )


def _with_options(turn: Turn, draft: NewPoll, asked: Understanding) -> NewPoll | None:
    """The draft with what was typed as its options; None for what lists nothing and asks something else."""
    found = new_options(turn.text, turn.now, draft.kind)
    if asked.sure and len(found) < FEWEST_OPTIONS:
        return None
    return replace(draft, options=(*draft.options, *found))


async def pressed(house: House, turn: Turn, payload: StartPoll) -> Reply:
    """The form of a poll was filled in; with mistakes it comes back."""
    read = forms.read(payload, turn.now)
    came_from = read.draft.conversation_id
    there = turn.conversation_id if in_company(turn) else came_from if drafts.tried(turn, came_from) else ""
    draft = replace(read.draft, conversation_id=there, tenant_id=None)
    if read.mistakes:
        return previewing.back_on_the_form(turn, payload, read.mistakes)
    return await _go_on(house, turn, draft, payload.chosen)
