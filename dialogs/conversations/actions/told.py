"""What goes out about actions by itself: reminders, what was given to somebody, and what others did."""

from datetime import date, datetime

from dialogs.cards.actions import MOST_SHOWN, actions_card, buttons_card, does
from dialogs.texts import actions as texts
from dialogs.texts.words import plain
from dialogs.turn import Message
from storage.domain.actions import Action, ActionState
from storage.domain.notices import Notice, NoticeState, person_of
from storage.domain.people import Viewer
from storage.services.house import House


async def reminder(house: House, notice: Notice, now: datetime) -> Message | None:
    """What one is reminded of, as far as it is still to be done by that day."""
    wanted = {int(key.partition("@")[0]): key for key in notice.data["reminders"]}
    told = await house.actions.told(list(wanted), person_of(notice.target) or 0)
    if told is None:
        return None
    viewer, found = told
    actions = [one for id_, key in wanted.items() if (one := found.get(id_)) and _holds(one, key, viewer)]
    if not actions:
        return None
    actions.sort(key=lambda one: (one.due or date.max, one.id))
    today = _local(actions[0], now).date()
    card = actions_card(texts.REMINDER, actions[:MOST_SHOWN], today, viewer, texts.public, f"n{notice.id}", first=0)
    return Message(texts.reminding(actions, today, viewer), card, card_only=len(actions) <= MOST_SHOWN)


def _holds(action: Action, key: str, viewer: Viewer) -> bool:
    """Whether it is still this person's to do, by the day for which the reminder was."""
    same = key.startswith(f"{action.id}@{action.due}:")
    return same and action.state is ActionState.OPEN and action.is_asked_of(viewer)


async def passed(house: House, notice: Notice, now: datetime) -> Message | None:
    """An action that somebody gave one; what was sent says when it is somebody else's, or settled."""
    told = await _one(house, notice)
    if told is None:
        return _gone(notice)
    viewer, action = told
    sent = notice.state is NoticeState.SENT
    if not action.is_of(viewer):
        return Message(texts.quoted(texts.NOT_YOURS_ANY_MORE, action)) if sent else None
    if action.state is not ActionState.OPEN:
        return Message(texts.quoted(texts.SETTLED_MEANWHILE, action)) if sent else None
    line = texts.line(action, _local(action, now).date(), viewer, texts.public)
    buttons = ((texts.BUTTON_ACCEPT, "accept"), (texts.BUTTON_GIVE_BACK, "back"))
    card = buttons_card([(label, does(verb, [action], f"n{notice.id}")) for label, verb in buttons])
    name = await _name(house, notice.data["by"], viewer) or texts.SOMEONE
    return Message(texts.PASSED_TO_YOU.format(name=name, line=line), card)


async def news(house: House, notice: Notice, now: datetime) -> Message | None:
    """What somebody did with an action that one has, shares or gave away."""
    told = await _one(house, notice)
    if told is None:
        return None
    viewer, action = told
    by, to = [await _name(house, notice.data[who], viewer) for who in ("by", "to")]
    due = date.fromisoformat(notice.data["due"]) if notice.data["due"] else None
    what = notice.data["what"]
    if what in _OVERTAKEN and action.state is not _OVERTAKEN[what]:
        return None
    return Message(texts.news(what, action, by, to, due, _local(action, now)))


_OVERTAKEN = {
    "done": ActionState.DONE,
    "dropped": ActionState.DROPPED,
    "reopened": ActionState.OPEN,
    "moved": ActionState.OPEN,
}
"""What is no news any more when the action stands otherwise by then."""


async def stuck(house: House, notice: Notice, now: datetime) -> Message | None:
    """That somebody does not get on with an action, while it is open."""
    told = await _one(house, notice)
    if told is None:
        return _gone(notice)
    viewer, action = told
    if action.state is not ActionState.OPEN:
        sent = notice.state is NoticeState.SENT
        return Message(texts.quoted(texts.SETTLED_MEANWHILE, action)) if sent else None
    name = await _name(house, notice.data["by"], viewer)
    buttons = ((texts.BUTTON_MOVE, "move"), (texts.BUTTON_PASS, "pass"), (texts.BUTTON_DROP, "drop"))
    card = buttons_card([(label, does(verb, [action], f"n{notice.id}")) for label, verb in buttons])
    return Message(texts.stuck(action, name or texts.SOMEONE, _local(action, now).date()), card)


def _gone(notice: Notice) -> Message | None:
    """What was sent keeps no words of what was taken out of its report, or became private."""
    return Message(texts.GONE_MEANWHILE) if notice.state is NoticeState.SENT else None


async def _one(house: House, notice: Notice) -> tuple[Viewer, Action] | None:
    told = await house.actions.told([int(notice.subject)], person_of(notice.target) or 0)
    action = told[1].get(int(notice.subject)) if told else None
    return (told[0], action) if told and action else None


async def _name(house: House, person_id: int, viewer: Viewer) -> str:
    """Somebody's name; "" for nobody, or of whom this viewer may not know."""
    found = await house.people.known([person_id]) if person_id else ()
    return plain(found[0].name) if found and viewer.may_meet(found[0]) else ""


def _local(action: Action, now: datetime) -> datetime:
    return now.astimezone(action.meeting.starts.tzinfo)
