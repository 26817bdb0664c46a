"""Cards of polls: to vote on, with how it stands; the result; and the same in words."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from microsoft_teams.cards import (
    Action,
    AdaptiveCard,
    CardElement,
    ExecuteAction,
    RefreshDefinition,
    ShowCardAction,
    TextBlock,
    TextInput,
)

from dialogs.cards.elements import execute, heading, small
from dialogs.cards.limits import MOST_BUTTONS
from dialogs.cards.payload import Payload
from dialogs.cards.poll_acts import acts
from dialogs.cards.poll_charts import chart
from dialogs.cards.poll_inputs import inputs
from dialogs.cards.poll_payloads import AddPollOption, ManagePoll, PollText, ShowPoll
from dialogs.cards.poll_taps import taps
from dialogs.texts import polls as texts
from dialogs.texts.words import plain
from dialogs.turn import Card
from storage.domain.polls import LONGEST_OPTION, MOST_OPTIONS, PollKind, PollState, PollView

LARGEST = 26_000
"""Bytes of a card that leave room for what Teams wraps around it."""

LENGTHS = (LONGEST_OPTION, 120, 70, 40, 25, 12, 6)
"""Characters of each option on a card, tried in this order until the card fits."""


def poll_card(view: PollView, now: datetime) -> Card:
    """A poll as its viewer may see it, or as all who are there may: to vote on, or with its result once it is over.

    Teams asks for the viewer's own version by itself (refresh); who gets none votes on this one just as well.
    """
    if not view.poll.is_open(now):
        return result_card(view, now)
    return _fitting(lambda longest: _open_card(view, now, longest))


def result_card(view: PollView, now: datetime, buttons: Sequence[tuple[str, Payload]] | None = None) -> Card:
    """How a poll ended, in one sentence and a chart, and what its viewer can do with that: `buttons`, if told."""
    pairs = acts(view) if buttons is None else buttons
    return _fitting(lambda longest: _closed_card(view, now, longest, pairs))


def text_card(view: PollView, now: datetime) -> Card:
    """A poll in words, in the place of its card."""
    back = execute(texts.BUTTON_BACK, ShowPoll(poll=view.poll.id))
    return _fitting(lambda longest: _card(view, _paragraphs(view, now, longest), [back], refreshed=False))


def _paragraphs(view: PollView, now: datetime, longest: int) -> list[CardElement]:
    return [TextBlock(text=part, wrap=True) for part in texts.poll_text(view, now, longest).split("\n\n")]


def _fitting(made: Callable[[int], Card]) -> Card:
    card: Card = {}
    for longest in LENGTHS:
        card = made(longest)
        if len(json.dumps(card)) <= LARGEST:
            break
    return card


def _card(view: PollView, body: Sequence[CardElement], actions: Sequence[Action], refreshed: bool = True) -> Card:
    asking = ExecuteAction(verb="refresh", data=ShowPoll(poll=view.poll.id, refresh=True).model_dump())
    refresh = RefreshDefinition(action=asking) if refreshed else None
    built = AdaptiveCard(
        body=list(body), actions=list(actions)[:MOST_BUTTONS] or None, refresh=refresh, lang="nl", version="1.5"
    )
    dumped: dict[str, Any] = built.model_dump(by_alias=True, exclude_none=True)
    return dumped


# --- open


def _open_card(view: PollView, now: datetime, longest: int) -> Card:
    poll = view.poll
    body = [*heading(plain(poll.question), texts.BETWEEN.join(texts.details(view, now)))]
    votes = view.may_vote or view.person is None
    if poll.anonymous and votes:
        body.append(small(texts.FINAL))
    if votes:
        body += taps(view, longest) if poll.tapped else inputs(view, longest)
    body += _standing(view, now, longest)
    return _card(view, body, _actions(view))


def _standing(view: PollView, now: datetime, longest: int) -> list[CardElement]:
    """One's own vote, how it stands, and how many voted."""
    own, waits = texts.mine(view, longest), texts.waits(view, now)
    found: list[CardElement] = [TextBlock(text=own, wrap=True, weight="Bolder")] if own else []
    found += chart(view, longest)
    beside = [*texts.turnout(view, now), *([waits] if waits else [])]
    return [*found, small(texts.BETWEEN.join(beside))] if beside else found


# --- what else can be done


def _actions(view: PollView) -> list[Action]:
    poll = view.poll
    found = [execute(texts.BUTTON_TEXT, PollText(poll=poll.id))]
    if (poll.may_add or view.may_manage) and len(poll.options) < MOST_OPTIONS and poll.kind is not PollKind.TEMPERATURE:
        found.append(_adding(view))
    return found + [execute(label, payload, more=True) for label, payload in _behind_dots(view)]


def _behind_dots(view: PollView) -> list[tuple[str, Payload]]:
    """What one seldom does: label and data."""
    poll, found = view.poll, list[tuple[str, Payload]]()
    if view.mine:
        found.append((texts.BUTTON_TAKE_BACK, ManagePoll(poll=poll.id, verb="take_back")))
    if not view.may_manage:
        return found
    found.append((texts.BUTTON_CLOSE, ManagePoll(poll=poll.id, verb="close")))
    if not poll.anonymous and poll.nudged_at is None:
        found.append((texts.BUTTON_NUDGE, ManagePoll(poll=poll.id, verb="nudge")))
    return [*found, (texts.BUTTON_DROP, ManagePoll(poll=poll.id, verb="drop"))]


def _adding(view: PollView) -> Action:
    text = TextInput(
        id="text",
        label=texts.LABEL_ADD,
        max_length=LONGEST_OPTION,
        is_required=True,
        error_message=texts.TYPE_SOMETHING,
    )
    add = execute(texts.BUTTON_ADD_IT, AddPollOption(poll=view.poll.id), exclude=frozenset({"text"}))
    return ShowCardAction(title=texts.BUTTON_ADD, card=AdaptiveCard(body=[text], actions=[add], version="1.5"))


# --- over


def _closed_card(view: PollView, now: datetime, longest: int, buttons: Sequence[tuple[str, Payload]]) -> Card:
    poll = view.poll
    body = [*heading(plain(poll.question), texts.BETWEEN.join(texts.details(view, now)))]
    told = texts.outcome(view, now) or texts.waits(view, now)
    body += [TextBlock(text=told, wrap=True, weight="Bolder")] if told else []
    body += _standing(view, now, longest) if poll.state is not PollState.DROPPED else []
    body += [TextBlock(text=one, wrap=True) for one in texts.made(poll)]
    return _card(view, body, [execute(label, payload) for label, payload in buttons])
