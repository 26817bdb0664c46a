"""The buttons under a poll that is over: what can be done with its result, by who looks at it."""

from dialogs.cards.payload import Payload
from dialogs.cards.poll_payloads import ActOnPoll, ManagePoll
from dialogs.texts import poll_acts as texts
from dialogs.texts.polls import BUTTON_RUN_OFF
from storage.domain.people import Role
from storage.domain.poll_results import MEETING, point_key
from storage.domain.polls import Option, PollKind, PollState, PollView

MOST_WINNERS = 3
"""Of more that are first, one asks for the run-off, or says which."""


def acts(view: PollView) -> list[tuple[str, Payload]]:
    """Pairs of label and what it does; none for who does not manage the poll, or where nothing won.

    Each does something once: pressed again it tells that it was done.
    """
    tally = view.tally
    if view.poll.state is not PollState.CLOSED or not view.may_manage or view.person is None or tally is None:
        return []
    if tally.hidden or not tally.voters:
        return []
    doing = _about_days(view) if view.poll.kind is PollKind.DATES else _about_topics(view)
    export: Payload = ActOnPoll(poll=view.poll.id, verb="export")
    return [*doing, *_run_off(view), (texts.BUTTON_EXPORT, export)]


def _run_off(view: PollView) -> list[tuple[str, Payload]]:
    tied = view.tally is not None and view.tally.tied and "run_off" not in view.poll.applied
    return [(BUTTON_RUN_OFF, ManagePoll(poll=view.poll.id, verb="run_off"))] if tied else []


def _about_topics(view: PollView) -> list[tuple[str, Payload]]:
    """Put what won on an agenda; whom to invite is invited."""
    poll = view.poll
    found = [one for one in _winners(view) if point_key(one.id) not in poll.applied]
    verb, label, labels = "agenda", texts.BUTTON_AGENDA, texts.BUTTON_AGENDA_OF
    if texts.asks_whom(poll.question):
        verb, label, labels = "expert", texts.BUTTON_EXPERT, texts.BUTTON_EXPERT_OF
    if not (_coordinates(view) or view.organises):
        return []
    alone = len(_winners(view)) == 1
    return [
        (label if alone else texts.of_option(labels, one), ActOnPoll.model_validate(_said(view, one, verb)))
        for one in found
    ]


def _about_days(view: PollView) -> list[tuple[str, Payload]]:
    """Make the meeting, with or without who said yes; made already, they may still be registered."""
    if not _coordinates(view):
        return []
    alone = len(_winners(view)) == 1
    made = MEETING in view.poll.applied
    found: list[tuple[str, Payload]] = []
    for one in _winners(view):
        if not made:
            label = texts.BUTTON_MEETING if alone else texts.of_option(texts.BUTTON_MEETING_OF, one)
            found.append((label, ActOnPoll.model_validate(_said(view, one, "meeting"))))
        if alone and not view.poll.anonymous and _yes(view, one):
            label = texts.BUTTON_REGISTER_THEM if made else texts.BUTTON_REGISTER
            found.append((label, ActOnPoll.model_validate(_said(view, one, "register"))))
    return found


def _said(view: PollView, option: Option, verb: str) -> dict[str, object]:
    return {"poll": view.poll.id, "option": option.id, "verb": verb}


def _yes(view: PollView, option: Option) -> int:
    """How many said yes to a day: that is what its votes are."""
    counts = view.tally.counts if view.tally else ()
    return next((one.votes for one in counts if one.option is not None and one.option.id == option.id), 0)


def _winners(view: PollView) -> tuple[Option, ...]:
    return view.tally.winners[:MOST_WINNERS] if view.tally is not None else ()


def _coordinates(view: PollView) -> bool:
    return view.person is not None and view.person.role is Role.COORDINATOR
