"""Sentences about polls by two independent authors: how many are understood, read and counted as the vote they are."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.language.intents import Intent
from dialogs.language.polling import started, voted
from dialogs.language.understanding import understand
from storage.domain.dialogs import Memory
from storage.domain.network import Names
from storage.domain.polls import Answer, NewOption, Option, PollKind
from storage.domain.series import Rhythm
from tests.conftest import NOW

HERE = Path(__file__).parent
HALVES: Mapping[str, Callable[[Sequence[Any]], Sequence[Any]]] = {
    "read": lambda entries: entries[::2],
    "unread": lambda entries: entries[1::2],
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
EVERY = {(1, 0): "weekly", (2, 0): "biweekly", (0, 1): "monthly", (0, 3): "quarterly"}
NOT_SAID = ("always", "here")

YES_OR_NO: Mapping[str, object] = {"options": ["ja", "nee"]}
"""Filled in where a question can be answered so and no options are typed."""

INTENTS = {
    ("1", "read"): (0.95, 0.97),
    ("1", "unread"): (0.83, 0.92),
    ("2", "read"): (0.95, 0.95),
    ("2", "unread"): (0.62, 0.84),
}

"""Of what can be understood the share that is right, and of what is acted upon."""

STARTS = {("1", "read"): 0.95, ("1", "unread"): 0.78, ("2", "read"): 0.95, ("2", "unread"): 0.6}
"""The share of which everything is read: question, options, and how it is held."""

VOTES = {("1", "read"): (0.95, 0), ("1", "unread"): (0.9, 1), ("2", "read"): (0.95, 0), ("2", "unread"): (0.6, 1)}
"""The share that is right, and how many may be taken for another vote: that is worse than asking again."""


def _half(name: str, author: str, half: str) -> Sequence[Mapping[str, Any]]:
    return HALVES[half](yaml.safe_load((HERE / f"polls_fresh_{name}_{author}.yaml").read_text("utf-8")))


@pytest.mark.parametrize(("author", "half"), INTENTS)
def test_most_is_understood_and_little_misunderstood(author: str, half: str) -> None:
    entries = [one for one in _half("intents", author, half) if one["intent"] != Intent.UNKNOWN]
    right = acted = acted_right = 0
    for one in entries:
        found = understand(one["say"], NOW, Names(), Memory(intent=one.get("last")))
        fits = found.intent.value in {one["intent"], *one.get("also", ())}
        right, acted, acted_right = right + fits, acted + found.sure, acted_right + (found.sure and fits)
    figures = (right / len(entries), acted_right / acted)
    print(f"{author} {half}: right {figures[0]:.1%}, acts {acted / len(entries):.1%}, right then {figures[1]:.1%}")
    assert all(found >= floor for found, floor in zip(figures, INTENTS[author, half], strict=True)), figures


@pytest.mark.parametrize(("author", "half"), STARTS)
def test_most_polls_are_read_whole(author: str, half: str) -> None:
    entries = _half("starts", author, half)
    read = [(_read(one["say"]), _wanted(one)) for one in entries]
    whole = sum(found in (wanted, wanted | YES_OR_NO) for found, wanted in read if "options" not in wanted)
    whole += sum(found == wanted for found, wanted in read if "options" in wanted)
    print(f"{author} {half}: {whole} of {len(entries)} whole")
    assert whole >= STARTS[author, half] * len(entries)


@pytest.mark.parametrize(("author", "half"), VOTES)
def test_most_typed_votes_are_taken_and_hardly_any_for_another(author: str, half: str) -> None:
    entries = _half("votes", author, half)
    right = other = 0
    for one in entries:
        options, wanted = _options(one), _ballot(one)
        ballot = voted(one["say"], options, PollKind(one["kind"]))
        taken = {option.position: ballot[option.id] for option in options if option.id in ballot} if ballot else None
        right, other = right + (taken == wanted), other + (taken is not None and taken != wanted)
    print(f"{author} {half}: {right} of {len(entries)} right, {other} taken for another")
    assert (right >= VOTES[author, half][0] * len(entries), other <= VOTES[author, half][1]) == (True, True), other


def _plain(text: str) -> str:
    """Capitals, closing punctuation and quotes around a text do not count."""
    return re.sub(r"\s+", " ", text.strip().strip("\"“”'‘’").rstrip("?!.,;: ")).casefold()


def _written(option: NewOption) -> str:
    if option.day is None:
        return _plain(option.text)
    hours = [f"{option.day}T{hour:%H:%M}" for hour in (option.starts, option.ends) if hour is not None]
    return "/".join(hours) or str(option.day)


def _read(say: str) -> Mapping[str, object]:
    found = started(say, NOW)
    told = {
        "kind": found.kind.value,
        "question": _plain(found.question),
        "options": [] if found.kind is PollKind.TEMPERATURE else [_written(one) for one in found.options],
        "until": f"{found.closes:%Y-%m-%dT%H:%M}" if found.closes else None,
        "at": f"{found.opens:%Y-%m-%dT%H:%M}" if found.opens else None,
        "results": found.shown.value,
        "where": found.whom.value if found.whom else None,
        "every": _every(found.rhythm),
    }
    told |= {name: getattr(found, name) for name in ("most", "quorum", "anonymous", "may_add")}
    return {name: value for name, value in told.items() if value and value not in NOT_SAID}


def _every(rhythm: Rhythm | None) -> str | None:
    return EVERY.get((rhythm.weeks, rhythm.months), "another") if rhythm else None


def _wanted(entry: Mapping[str, Any]) -> Mapping[str, object]:
    kind = entry.get("kind", "single")
    told = {name: value for name, value in entry.items() if name != "say"} | {"kind": kind}
    told["question"] = _plain(entry.get("question", ""))
    listed = [] if kind == "temperature" else entry.get("options", ())
    told["options"] = [one if DAY.match(one := str(each)) else _plain(one) for each in listed]
    return {name: value for name, value in told.items() if value and value not in NOT_SAID}


def _options(entry: Mapping[str, Any]) -> Sequence[Option]:
    kind = PollKind(entry["kind"])
    texts = [str(one) for one in entry.get("options") or ([""] if kind is PollKind.TEMPERATURE else [])]
    if kind is not PollKind.DATES:
        return [Option(100 + number, number, text) for number, text in enumerate(texts, 1)]
    starts = [datetime.fromisoformat(text.split("/")[0]) for text in texts]
    return [
        Option(100 + number, number, "", date.fromisoformat(text[:10]), start if "T" in text else None)
        for number, (text, start) in enumerate(zip(texts, starts, strict=True), 1)
    ]


def _ballot(entry: Mapping[str, Any]) -> Mapping[int, int] | None:
    vote, kind = entry["vote"], PollKind(entry["kind"])
    if vote is None:
        return None
    if kind is PollKind.DATES:
        return {int(number): Answer[said.upper()].value for number, said in vote.items()}
    if kind is PollKind.TEMPERATURE:
        return {1: vote}
    return {number: place if kind is PollKind.RANKING else 1 for place, number in enumerate(vote, 1)}
