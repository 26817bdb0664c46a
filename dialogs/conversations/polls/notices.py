"""What goes out about polls by itself: the card, its result, the reminder, and what can be done with a result."""

from datetime import datetime

from dialogs.cards.actions import buttons_card
from dialogs.cards.poll_acts import acts
from dialogs.cards.poll_payloads import ManagePoll
from dialogs.cards.polls import poll_card, result_card
from dialogs.texts import poll_managing as texts
from dialogs.texts.polls import poll_text
from dialogs.texts.words import plain
from dialogs.turn import Message
from storage.domain.notices import Notice, NoticeState, person_of
from storage.domain.people import Viewer
from storage.domain.polls import SEALED, PollState, PollView
from storage.services.house import House


async def poll(house: House, notice: Notice, now: datetime) -> Message | None:
    """The card of a poll, as whom it is for sees it; what was called off says so where it was sent."""
    view = await _view(house, notice, now)
    if view is None or (view.poll.state is PollState.DROPPED and notice.state is not NoticeState.SENT):
        return None
    return Message(poll_text(view, now), poll_card(view, now), card_only=True)


async def result(house: House, notice: Notice, now: datetime) -> Message | None:
    """How it ended, in one sentence: the card, which shows the rest, stands above it."""
    view = await _view(house, notice, now)
    if view is None or view.poll.state is not PollState.CLOSED:
        return None
    return Message(texts.ended(view, now))


async def nudge(house: House, notice: Notice, now: datetime) -> Message | None:
    """That one did not vote yet, while one may. What was sent shows one's vote later, and that the poll is over."""
    view = await _view(house, notice, now)
    sent = notice.state is NoticeState.SENT
    if view is None or ((view.voted or not view.may_vote) and not sent):
        return None
    if view.voted or not view.may_vote:
        return Message(poll_text(view, now), poll_card(view, now), card_only=True)
    by = await _name(house, int(notice.data.get("by") or 0), view)
    head = texts.NUDGED_BY.format(name=by) if by else texts.NUDGE
    return Message(head, poll_card(view, now))


async def done(house: House, notice: Notice, now: datetime) -> Message | None:
    """To who started it: what came of it, and what can be done with that; or that it never opened."""
    view = await _view(house, notice, now)
    if view is None:
        return None
    if notice.data.get("what") == SEALED:
        return _sealed(view)
    if view.poll.state is not PollState.CLOSED:
        return Message(texts.about(texts.MISSED, view))
    return Message(f"{texts.DONE} {texts.ended(view, now)}", result_card(view, now, acts(view)), card_only=True)


def _sealed(view: PollView) -> Message | None:
    """That it can't be counted, which who runs it may wait for or not."""
    if view.poll.state is not PollState.OPEN:
        return None
    drop = (texts.BUTTON_DROP, ManagePoll(poll=view.poll.id, verb="drop"))
    return Message(texts.about(texts.SEALED, view), buttons_card([drop]))


async def _view(house: House, notice: Notice, now: datetime) -> PollView | None:
    person = person_of(notice.target)
    if person is None:
        return await house.polls.shown(int(notice.subject), now)
    return await house.polls.for_person(int(notice.subject), person, now)


async def _name(house: House, person_id: int, view: PollView) -> str:
    """Who reminds, where one may know them."""
    found = await house.people.known([person_id]) if person_id else ()
    viewer = Viewer(view.person, member=True)
    return plain(found[0].name) if found and viewer.may_meet(found[0]) else ""
