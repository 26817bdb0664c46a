"""The coordinator's hand on what the bot sends by itself: what is planned, what went wrong, and what to do with it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.cards.outbox import notices_card
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import actions as action_texts
from dialogs.texts import approvals as approval_texts
from dialogs.texts import board_told
from dialogs.texts import closing as closing_texts
from dialogs.texts import delivering as delivering_texts
from dialogs.texts import experts as expert_texts
from dialogs.texts import outbox as texts
from dialogs.texts import poll_managing as poll_texts
from dialogs.texts import summaries as summary_texts
from dialogs.texts.refusals import sentence
from dialogs.texts.words import people, plain
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.actions import ACTION_NEWS, ACTION_PASSED, ACTION_REMINDER, ACTION_STUCK
from storage.domain.approving import APPROVAL_ASKED, OBJECTION_SETTLED, REPORT_APPROVED, REPORT_OBJECTED
from storage.domain.notices import POSTING_CHANNEL, Notice, NoticeGroup, NoticeState, person_of
from storage.domain.polls import POLL, POLL_DONE, POLL_NUDGE, POLL_RESULT
from storage.domain.refusals import NoSuchNotice, Refusal
from storage.domain.reports import SUMMARY, SUMMARY_DRAFT, SUMMARY_EXCUSED, SUMMARY_POST
from storage.domain.summaries import SUMMARY_ASKED
from storage.domain.uploads import UPLOAD_READ
from storage.services.announcements import ANNOUNCEMENT, ANSWER, QUESTION
from storage.services.board import (
    POINT_ACCEPTED,
    POINT_ANSWERED,
    POINT_ASKED,
    POINT_DECLINED,
    POINT_MERGED,
    POINT_MOVED,
)
from storage.services.carrying import AGENDA_CLOSED, AGENDA_CLOSING
from storage.services.carrying_points import POINT_CARRIED
from storage.services.experts import EXPERT_ANSWERED
from storage.services.house import House
from storage.services.points import POINT_COMMENTED, POINT_PROPOSED
from storage.services.registrations import (
    OFFER_LAPSED,
    PRESENTER_OUT,
    REGISTERED_FOR_YOU,
    REPLACES,
    SEAT_GIVEN,
    SEAT_OFFERED,
)
from storage.services.sessions import SESSION_GIVEN
from storage.services.sharing import SESSION_ASSIGNED

PENDING = "cancel:"
"""How a conversation remembers that the bot asked whether to cancel."""

VERBS = {
    Intent.OUTBOX_SEND_NOW: "now",
    Intent.OUTBOX_HOLD: "hold",
    Intent.OUTBOX_RESUME: "resume",
    Intent.OUTBOX_CANCEL: "cancel",
    Intent.OUTBOX_AGAIN: "again",
}
INTENTS = frozenset({Intent.OUTBOX_SHOW, *VERBS})

_ABOUT_MEETING = {
    **texts.ABOUT_MEETING,
    SEAT_GIVEN: texts.ABOUT_SEAT_GIVEN,
    SEAT_OFFERED: texts.ABOUT_SEAT_OFFERED,
    OFFER_LAPSED: texts.ABOUT_OFFER_LAPSED,
    REGISTERED_FOR_YOU: texts.ABOUT_REGISTERED,
    REPLACES: texts.ABOUT_REPLACES,
    PRESENTER_OUT: texts.ABOUT_PRESENTER_OUT,
    SESSION_GIVEN: texts.ABOUT_SESSION_GIVEN,
    SESSION_ASSIGNED: texts.ABOUT_SESSION_ASSIGNED,
    AGENDA_CLOSING: closing_texts.ABOUT_CLOSING,
    AGENDA_CLOSED: closing_texts.ABOUT_CLOSED,
    POINT_CARRIED: closing_texts.ABOUT_CARRIED,
    EXPERT_ANSWERED: expert_texts.ABOUT_ANSWERED,
    POINT_PROPOSED: texts.ABOUT_PROPOSED,
    SUMMARY_POST: summary_texts.ABOUT_POST,
    SUMMARY: summary_texts.ABOUT_POST,
    SUMMARY_EXCUSED: summary_texts.ABOUT_EXCUSED,
    SUMMARY_DRAFT: summary_texts.ABOUT_DRAFT,
    SUMMARY_ASKED: summary_texts.ABOUT_ASKED,
}
"""What a group of notices about a meeting is, by their kind."""

_ABOUT_POINT = {
    POINT_ACCEPTED: board_told.ABOUT_ACCEPTED,
    POINT_DECLINED: board_told.ABOUT_DECLINED,
    POINT_MOVED: board_told.ABOUT_MOVED,
    POINT_MERGED: board_told.ABOUT_MERGED,
    POINT_ASKED: board_told.ABOUT_ASKED,
    POINT_ANSWERED: board_told.ABOUT_ANSWERED,
    POINT_COMMENTED: texts.ABOUT_COMMENTED,
}
"""The same of a group about an agenda point."""

_ABOUT_ACTION = {
    ACTION_REMINDER: action_texts.ABOUT_REMINDER,
    ACTION_PASSED: action_texts.ABOUT_PASSED,
    ACTION_NEWS: action_texts.ABOUT_NEWS,
    ACTION_STUCK: action_texts.ABOUT_STUCK,
    REPORT_OBJECTED: approval_texts.ABOUT_OBJECTED,
    OBJECTION_SETTLED: approval_texts.ABOUT_SETTLED,
    APPROVAL_ASKED: approval_texts.ABOUT_ASKED,
    REPORT_APPROVED: approval_texts.ABOUT_APPROVED,
    UPLOAD_READ: delivering_texts.ABOUT_READ,
    POLL: poll_texts.ABOUT_POLL,
    POLL_RESULT: poll_texts.ABOUT_RESULT,
    POLL_NUDGE: poll_texts.ABOUT_NUDGE,
    POLL_DONE: poll_texts.ABOUT_DONE,
}
"""The same of a group about actions, objections, files and polls, without their words."""

READY, HELD = NoticeState.READY, NoticeState.HELD
TROUBLED = (NoticeState.FAILED, NoticeState.AMBIGUOUS)
MOST_SHOWN = 6


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Show what is planned, or do what is asked with one of it."""
    try:
        groups = sorted(await house.notices.groups(turn.viewer, turn.now), key=lambda group: group.number)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if asked.intent is Intent.OUTBOX_SHOW or not groups:
        return await _list(house, turn, groups)
    fitting = [group for group in groups if _may(group, VERBS[asked.intent])]
    if asked.number is not None:
        if not 0 < asked.number <= len(groups):
            return whisper(texts.NO_SUCH_NUMBER.format(number=asked.number))
        return await manage(house, turn, groups[asked.number - 1].number, VERBS[asked.intent])
    if len(fitting) > 1:
        listed = await _list(house, turn, groups)
        which = texts.WHICH_ONE.format(count=len(fitting), example=texts.EXAMPLE_WHICH)
        return whisper(which).followed_by(listed)
    chosen = fitting or groups
    return await manage(house, turn, chosen[0].number, VERBS[asked.intent])


async def manage(house: House, turn: Turn, number: int, verb: str) -> Reply:
    """Do something with the notices of a group; cancelling is asked about first."""
    done = replace(turn.memory, pending="")
    try:
        group = await _group(house, turn, number)
        if verb in {"show", "keep"}:
            shown = whisper(texts.KEPT) if verb == "keep" else await _one(house, turn, group)
            return shown.remembering(done)
        what = await _about(house, group)
        if verb == "cancel" and not group.count(READY, HELD):
            verb = "close"  # nothing that anybody waits for: there is nothing to be sure of
        if verb == "cancel":
            return _sure(turn, group, what)
        await _ACTS[verb](house, turn, number)
    except Refusal as refusal:
        return whisper(sentence(refusal)).remembering(done)
    return whisper(_said(house, turn, group, verb, what)).remembering(done)


def _said(house: House, turn: Turn, group: NoticeGroup, verb: str, what: str) -> str:
    if verb == "cancel_sure":
        return texts.cancelled(what, group.count(NoticeState.SENT))
    return _SAID[verb].format(what=what, when=texts.when(_goes(house, turn, group), turn.now))


_ACTS: dict[str, Callable[[House, Turn, int], Awaitable[int]]] = {
    "now": lambda house, turn, number: house.notices.send_now(number, turn.viewer, turn.now),
    "hold": lambda house, turn, number: house.notices.hold(number, turn.viewer),
    "resume": lambda house, turn, number: house.notices.resume(number, turn.viewer),
    "cancel_sure": lambda house, turn, number: house.notices.cancel(number, turn.viewer),
    "close": lambda house, turn, number: house.notices.cancel(number, turn.viewer),
    "again": lambda house, turn, number: house.notices.again(number, turn.viewer, turn.now),
}
_SAID = {
    "now": texts.DONE_NOW,
    "hold": texts.DONE_HOLD,
    "resume": texts.DONE_RESUME,
    "close": texts.DONE_CLOSE,
    "again": texts.DONE_AGAIN,
}


def _may(group: NoticeGroup, verb: str) -> bool:
    """Whether there is anything in a group that this can be done with."""
    states = {"now": (READY, HELD), "hold": (READY,), "resume": (HELD,), "again": TROUBLED}
    return bool(group.count(*states.get(verb, (READY, HELD, *TROUBLED))))


async def _group(house: House, turn: Turn, number: int) -> NoticeGroup:
    groups = await house.notices.groups(turn.viewer, turn.now)
    found = next((group for group in groups if group.number == number), None)
    if found is None:
        raise NoSuchNotice
    return found


def cancels(asked: Understanding) -> bool:
    """Whether "annuleer" answers whether something is to be cancelled, and does not take that question back."""
    return texts.says(asked.text, texts.SAID_CANCEL)


def _sure(turn: Turn, group: NoticeGroup, what: str) -> Reply:
    buttons = [
        (texts.BUTTON_CANCEL_SURE, group.number, "cancel_sure"),
        (texts.BUTTON_KEEP, group.number, "keep"),
    ]
    asking = whisper(texts.SURE_TO_CANCEL.format(what=what), notices_card(buttons, turn.id))
    return asking.remembering(replace(turn.memory, pending=f"{PENDING}{group.number}"))


async def _list(house: House, turn: Turn, groups: Sequence[NoticeGroup]) -> Reply:
    if not groups:
        return whisper(texts.NOTHING_PLANNED)
    if len(groups) == 1:
        return await _one(house, turn, groups[0])
    lines = [await _line(house, turn, number, group) for number, group in enumerate(groups, 1)]
    buttons = [
        (texts.BUTTON_SHOW.format(number=number), group.number, "show") for number, group in enumerate(groups, 1)
    ]
    return whisper("\n\n".join([texts.PLANNED, *lines]), notices_card(buttons[:MOST_SHOWN], ""))


async def _one(house: House, turn: Turn, group: NoticeGroup) -> Reply:
    """One group with everything that can be done with it."""
    groups = sorted(await house.notices.groups(turn.viewer, turn.now), key=lambda one: one.number)
    number = [one.number for one in groups].index(group.number) + 1
    text = await _line(house, turn, number, group)
    if group.troubled:
        others = group.count(*TROUBLED) - len(group.troubled)
        text += f"\n\n{texts.not_reached(await _not_reached(house, group), others)}"
    cancel = texts.BUTTON_CANCEL if group.count(READY, HELD) else texts.BUTTON_CLOSE
    labelled = [
        (texts.BUTTON_SEND_NOW, "now"),
        (texts.BUTTON_HOLD, "hold"),
        (texts.BUTTON_RESUME, "resume"),
        (texts.BUTTON_AGAIN, "again"),
        (cancel, "cancel"),
    ]
    buttons = [(label, group.number, verb) for label, verb in labelled if _may(group, verb)]
    return whisper(text, notices_card(buttons, turn.id))


async def _line(house: House, turn: Turn, number: int, group: NoticeGroup) -> str:
    goes = texts.when(_goes(house, turn, group), turn.now)
    to = texts.TO_CHANNEL if group.data.get("channel") else texts.TO_PEOPLE.format(people=people(group.total))
    return texts.line(number, await _about(house, group), to, texts.states(tuple(group.counts.items()), goes))


def _goes(house: House, turn: Turn, group: NoticeGroup) -> datetime:
    """When what is planned of a group goes out, in the turn's zone."""
    due = max(group.due, turn.now)
    moment = due if group.urgent else house.notices.hours.next_open(due)
    return moment.astimezone(turn.now.tzinfo)


async def _about(house: House, group: NoticeGroup) -> str:
    """What a group is about, in a few words."""
    if group.kind == ANNOUNCEMENT:
        announcement = await house.announcements.get(int(group.subject))
        return (
            texts.ABOUT_ANNOUNCEMENT.format(text=texts.short(announcement.text)) if announcement else texts.ABOUT_OTHER
        )
    if group.kind in {QUESTION, ANSWER}:
        asked = await house.asking.get(int(group.subject))
        sentence_ = texts.ABOUT_ASKED if group.kind == QUESTION else texts.ABOUT_ANSWERED
        return sentence_.format(name=plain(asked.asker.name)) if asked else texts.ABOUT_OTHER
    if group.kind in _ABOUT_MEETING and group.subject.isdecimal():
        title = await house.invitations.title(int(group.subject))
        return _ABOUT_MEETING[group.kind].format(title=plain(title)) if title else texts.ABOUT_OTHER
    if group.kind in _ABOUT_POINT and group.subject.isdecimal():
        title = (await house.board.titles([int(group.subject)])).get(int(group.subject))
        return _ABOUT_POINT[group.kind].format(title=plain(title)) if title else texts.ABOUT_OTHER
    return _ABOUT_ACTION.get(group.kind, texts.ABOUT_OTHER)


async def _not_reached(house: House, group: NoticeGroup) -> dict[str, list[str]]:
    """To whom something did not arrive, by the sentence that says why."""
    ids = [person for target, _, _ in group.troubled if (person := person_of(target)) is not None]
    known = {person.id: plain(person.name) for person in await house.people.known(ids)}
    found: dict[str, list[str]] = {}
    for target, state, code in group.troubled:
        elsewhere = texts.CHANNEL if target == POSTING_CHANNEL else texts.CHAT
        name = known.get(person_of(target) or 0, elsewhere)
        found.setdefault(texts.why_not(state, code), []).append(name)
    return found


async def trouble(house: House, _notice: Notice, now: datetime) -> Message | None:
    """Tell a coordinator that something did not arrive; nothing when that was dealt with meanwhile."""
    counts = await house.notices.troubled(now)
    failed, ambiguous = counts[NoticeState.FAILED], counts[NoticeState.AMBIGUOUS]
    return Message(texts.trouble(failed, ambiguous)) if failed or ambiguous else None
