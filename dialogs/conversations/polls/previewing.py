"""A poll that goes to others: to whom, how it will look, and off it goes after a yes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.cards.actions import buttons_card
from dialogs.cards.poll_form import form_card
from dialogs.cards.poll_payloads import SendPoll, StartPoll
from dialogs.conversations import gate
from dialogs.conversations.polls import drafts, forms
from dialogs.conversations.polls.places import next_meeting
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.polling import new_options, poll_said
from dialogs.language.understanding import Understanding
from dialogs.texts import poll_starting as texts
from dialogs.texts.meetings import title
from dialogs.texts.outbox import says
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, say, whisper
from storage.domain.identifying import findings
from storage.domain.meetings import Meeting
from storage.domain.polls import MOST_OPTIONS, NewPoll, Poll, PollKind, PollState, Whom
from storage.domain.refusals import (
    IdentifiesSomebody,
    NoChannelChosen,
    NotCoordinator,
    NotNow,
    NotSensible,
    NotYours,
    Refusal,
)
from storage.services.house import House

SEND, WHOM = "poll-send", "poll-whom"
"""How a conversation remembers that a poll was shown that waits for a yes, and that it was asked to whom it goes."""


async def shown(house: House, turn: Turn, draft: NewPoll, chosen: str = "") -> Reply:
    """Show a poll as it will be sent and ask whether to; where it is not said to whom, ask that first."""
    if len(draft.options) > MOST_OPTIONS:
        return back_on_the_form(turn, forms.form_of(draft, chosen), (texts.MANY_OPTIONS,))
    if draft.whom is Whom.HERE:
        return await _to_whom(house, turn, draft, chosen)
    meeting = await _meeting(house, turn, draft)
    if draft.whom is Whom.PARTICIPANTS and meeting is None:
        return await _to_whom(house, turn, draft, chosen, texts.NO_MEETING)
    if (refused := await _refused(house, turn, draft, meeting)) is not None:
        return whisper(sentence(refused))
    people = await house.people.known(draft.people) if draft.whom is Whom.PEOPLE else ()
    if draft.whom is Whom.PEOPLE and not people:
        return await _to_whom(house, turn, draft, chosen, texts.NO_SUCH_PEOPLE)
    to = texts.whom(draft.whom, meeting, [one.name for one in people])
    text = texts.preview(draft, to, turn.now.replace(tzinfo=None))
    later = draft.opens is not None or draft.rhythm is not None
    labels = (
        (texts.BUTTON_PLAN if later else texts.BUTTON_SEND, "send"),
        (texts.BUTTON_CHANGE, "change"),
        (texts.BUTTON_DROP, "drop"),
    )
    card = buttons_card([(label, _sends(turn, draft, verb, chosen)) for label, verb in labels])
    text = f"{text}\n\n{gate.STILL_IN_IT}" if chosen else text
    return drafts.remembered(turn, whisper(text, card), SEND, draft, chosen)


def _sends(turn: Turn, draft: NewPoll, verb: str, chosen: str) -> SendPoll:
    told = {"draft": draft, "verb": verb, "chosen": chosen, "nonce": f"{turn.id}-{verb}-{draft.whom.value}"[:64]}
    return SendPoll.model_validate(told)


async def _refused(house: House, turn: Turn, draft: NewPoll, meeting: Meeting | None) -> Refusal | None:
    """Why this viewer may not ask these people."""
    if turn.viewer.is_coordinator:
        unknown = draft.whom is Whom.CHANNEL and await house.places.posting() is None
        return NoChannelChosen() if unknown else None
    if draft.whom is not Whom.PARTICIPANTS:
        return NotCoordinator()
    return None if _organises(turn, meeting) else NotYours()


def _organises(turn: Turn, meeting: Meeting | None) -> bool:
    person = turn.viewer.person
    return meeting is not None and person is not None and meeting.organiser_id == person.id


async def _meeting(house: House, turn: Turn, draft: NewPoll) -> Meeting | None:
    if draft.meeting_id is None:
        return None
    return next(iter(await house.meetings.known([draft.meeting_id], turn.viewer)), None)


async def _to_whom(house: House, turn: Turn, draft: NewPoll, chosen: str, question: str = texts.WHOM) -> Reply:
    """Ask to whom a poll goes, of those whom this viewer may ask."""
    meeting = await next_meeting(house, turn)
    ways: list[tuple[str, NewPoll]] = []
    if turn.viewer.is_coordinator:
        if await house.places.posting() is not None:
            ways.append((texts.BUTTON_CHANNEL, replace(draft, whom=Whom.CHANNEL)))
        ways.append((texts.BUTTON_EVERYBODY, replace(draft, whom=Whom.EVERYBODY)))
    if meeting is not None and (turn.viewer.is_coordinator or _organises(turn, meeting)):
        label = texts.BUTTON_PARTICIPANTS.format(title=title(meeting))
        ways.append((label, replace(draft, whom=Whom.PARTICIPANTS, meeting_id=meeting.id)))
    if not ways:
        return drafts.forget(turn, whisper(texts.NOT_FROM_HERE))
    card = buttons_card([(label, _sends(turn, way, "show", chosen)) for label, way in ways])
    return drafts.remembered(turn, whisper(question, card), WHOM, draft, chosen)


async def whom_typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """To whom a poll goes, typed; None: something else is talked about."""
    kept = drafts.kept(turn, about)
    if kept is None:
        return _by_its_buttons(turn, asked)
    if (redirected := await _redirected(house, turn, kept, asked)) is not None:
        return redirected
    if plainly(asked) is True:
        return whisper(texts.WHOM_FIRST)
    return drafts.forget(turn, whisper(texts.LEFT)) if drops(asked) else None


async def send_typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A yes or no to the poll that was shown, or others to whom it is to go; None: something else is talked about."""
    kept = drafts.kept(turn, about)
    if kept is None:
        return _by_its_buttons(turn, asked)
    if (redirected := await _redirected(house, turn, kept, asked)) is not None:
        return redirected
    if says(asked.text, texts.SAID_CHANGE):
        return whisper(texts.FILL_IN, form_card(forms.form_of(kept.poll, kept.chosen), turn.id))
    if (draft := _otherwise(turn, kept.poll, asked)) is not None:
        return await shown(house, turn, draft, kept.chosen)
    yes = True if says(asked.text, texts.SAID_SEND) else plainly(asked)
    if yes is None:  # "ja, maar wacht even"
        return whisper(texts.PRESS_THE_BUTTON) if asked.sure and asked.intent is Intent.YES else None
    if not yes:
        return drafts.forget(turn, whisper(texts.LEFT))
    return await send(house, turn, kept.poll, kept.chosen)


def _otherwise(turn: Turn, draft: NewPoll, asked: Understanding) -> NewPoll | None:
    """The poll as a text wants it: "tot vrijdag 16u", "maak ze anoniem"; None: it says nothing of that."""
    if asked.sure and asked.intent not in {Intent.POLL_CHANGE, Intent.POLL_ADD}:
        return None
    said = poll_said(turn.text, turn.now)
    told = {name: getattr(said, name) for name in _SETTINGS}
    new: dict[str, Any] = {name: value for name, value in told.items() if value not in (None, "")}
    if said.option:
        new["options"] = (*draft.options, *new_options(said.option, turn.now, draft.kind))
    return replace(draft, **new) if new else None


_SETTINGS = ("closes", "shown", "quorum", "may_add", "most", "anonymous", "question")


def _by_its_buttons(turn: Turn, asked: Understanding) -> Reply | None:
    """The answer where this process of the bot does not know the poll: its buttons hold all of it."""
    known = (texts.SAID_SEND, texts.SAID_CHANGE, *(said for _, said in _WAYS))
    if any(says(text, said) for text in (asked.text, _to_whom_said(asked.text)) for said in known):
        return whisper(texts.PRESS_IT)
    if drops(asked):
        return drafts.forget(turn, whisper(texts.LEFT))
    yes = plainly(asked) is True or (asked.sure and asked.intent is Intent.YES)
    return whisper(texts.PRESS_IT) if yes else None


def drops(asked: Understanding) -> bool:
    """Whether the poll is let be: "nee", "laat maar"."""
    return plainly(asked) is False


async def _redirected(house: House, turn: Turn, kept: drafts.Draft, asked: Understanding) -> Reply | None:
    """The poll as it goes to those whom a text names; None: it names none."""
    to = _to_whom_said(asked.text)
    way = next((whom for whom, said in _WAYS if says(to, said)), None)
    way = Whom.PARTICIPANTS if to.lower().startswith(texts.SAID_PARTICIPANTS_OF) else way
    if way is Whom.PARTICIPANTS:
        meeting = await next_meeting(house, turn, asked.text)
        draft = replace(kept.poll, whom=way, meeting_id=meeting.id if meeting else None)
        return await shown(house, turn, draft, kept.chosen)
    if way is not None:
        return await shown(house, turn, replace(kept.poll, whom=way), kept.chosen)
    if asked.people and len(asked.text.split()) <= _LONGEST_NAMES and (not asked.sure or asked.leans_back):
        return await shown(house, turn, replace(kept.poll, whom=Whom.PEOPLE, people=asked.people), kept.chosen)
    return None


_WAYS = (
    (Whom.CHANNEL, texts.SAID_CHANNEL),
    (Whom.EVERYBODY, texts.SAID_EVERYBODY),
    (Whom.PARTICIPANTS, texts.SAID_PARTICIPANTS),
)
"""To whom a poll can go, with the ways of saying so."""

_LONGEST_NAMES = 12
"""Words of an answer that names people."""


def _to_whom_said(text: str) -> str:
    """What is said without the words that come before whom."""
    words = text.split()
    while words and words[0].lower().strip(",.") in texts.SAID_BEFORE:
        words = words[1:]
    return " ".join(words)


async def pressed(house: House, turn: Turn, payload: SendPoll) -> Reply:
    """A button under a poll that was shown, or that says to whom it goes."""
    draft = payload.new("", None)
    match payload.verb:
        case "show":
            return await shown(house, turn, draft, payload.chosen)
        case "change":
            return whisper(texts.FILL_IN, form_card(forms.form_of(draft, payload.chosen), turn.id))
        case "drop":
            return drafts.forget(turn, whisper(texts.LEFT))
        case _:
            return await send(house, turn, draft, payload.chosen)


async def send(house: House, turn: Turn, draft: NewPoll, chosen: str = "") -> Reply:
    """Start the poll. Where it stands before everybody's eyes at once, nothing is said beside it."""
    try:
        poll = await house.polls.create(draft, turn.viewer, turn.now, chosen=chosen)
    except IdentifiesSomebody as refusal:
        drafts.tries(turn, draft)
        return gate.caught(turn, refusal, forms.form_of(draft, chosen), gate.SHOW, retyped=True)
    except NotSensible as refusal:
        many = len(draft.options) > MOST_OPTIONS
        wrong = texts.MANY_OPTIONS if many else texts.MISTAKES.get(refusal.field) or sentence(refusal)
        return back_on_the_form(turn, forms.form_of(draft, chosen), (wrong,))
    except NotNow:
        return whisper(texts.TOO_MANY_OPEN)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return drafts.forget(turn, await _told(house, turn, draft, poll))


def back_on_the_form(turn: Turn, form: StartPoll, mistakes: Sequence[str]) -> Reply:
    """The form once more, where it was filled in, with what is wrong with it."""
    return on_the_form(turn, "\n\n".join(mistakes), form, mistakes)


def on_the_form(turn: Turn, text: str, form: StartPoll, mistakes: Sequence[str] = ()) -> Reply:
    """The form where somebody is; in company to them alone where it may tell of somebody: nobody chose that yet."""
    if turn.personal or not any(findings(one) for one in (form.question, form.options)):
        said = Message(text, form_card(form, turn.id, mistakes))
        return Reply(private=said) if turn.personal else Reply(said)
    there = replace(form.base or NewPoll(PollKind.SINGLE, ""), conversation_id=turn.conversation_id)
    drafts.tries(turn, there)
    return Reply(private=Message(text, form_card(form.model_copy(update={"base": there}), turn.id, mistakes)))


async def _told(house: House, turn: Turn, draft: NewPoll, poll: Poll) -> Reply:
    """What is said of a poll that was started."""
    here = draft.whom is Whom.HERE and not turn.personal
    if poll.state is not PollState.SCHEDULED:
        if here:
            return _of_series(draft)
        if draft.whom is Whom.HERE:
            return whisper(texts.STANDS_THERE)
        return whisper(texts.sent(poll, await _to(house, turn, draft), _leaves(house, turn, poll), turn.now))
    opens = poll.opens_at.astimezone(turn.now.tzinfo)
    text = texts.planned(poll, draft, await _to(house, turn, draft), opens, turn.now.replace(tzinfo=None))
    return say(text) if here else whisper(text)


def _leaves(house: House, turn: Turn, poll: Poll) -> datetime:
    """When it goes: to people in person while they work, unless it closes before."""
    opens = house.notices.hours.next_open(turn.now)
    return opens.astimezone(turn.now.tzinfo) if poll.in_person and opens < poll.closes_at else turn.now


def _of_series(draft: NewPoll) -> Reply:
    return say(texts.STARTED_SERIES.format(rhythm=texts.rhythm(draft.rhythm))) if draft.rhythm else Reply()


async def _to(house: House, turn: Turn, draft: NewPoll) -> str:
    people = await house.people.known(draft.people) if draft.whom is Whom.PEOPLE else ()
    return texts.whom(draft.whom, await _meeting(house, turn, draft), [one.name for one in people])
