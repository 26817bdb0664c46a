"""What sentences about polls mean, what one that starts a poll tells, and what somebody votes who types.

`polls*.yaml` are by the author of the patterns: no blind sets.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from dialogs.language import polling
from dialogs.language.intents import Intent
from dialogs.language.parts import understand_all
from dialogs.language.polling import PollStarted, poll_said, started, voted
from dialogs.language.understanding import understand
from storage.domain.dialogs import Memory
from storage.domain.meetings import MeetingKind
from storage.domain.network import Names
from storage.domain.polls import NewOption, Option, PollKind, Shown, Whom

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("Europe/Brussels"))
UNDERSTOOD, READ, VOTED = 0.97, 0.97, 0.97
FRIDAYS = (date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 18))
POLLS: Mapping[str, tuple[Option, ...]] = {
    "thema": tuple(Option(10 + n, n, text) for n, text in enumerate(("NAFT", "internaten", "huiswerkbegeleiding"), 1)),
    "janee": (Option(21, 1, "ja"), Option(22, 2, "nee")),
    "data": tuple(
        Option(30 + n, n, f"vrijdag {day.day} december 2026", day, datetime.combine(day, time(9)))
        for n, day in enumerate(FRIDAYS, 1)
    ),
    "temperatuur": (Option(41, 1, ""),),
}


def _entries(name: str) -> Sequence[Mapping[str, Any]]:
    return list(yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")))


def _written(option: NewOption) -> str:
    """As the file has it: its text, or its day and hours."""
    hours = "-".join(f"{hour:%H:%M}" for hour in (option.starts, option.ends) if hour is not None)
    return option.text or f"{option.day} {hours}".strip()


def _told(found: PollStarted) -> Mapping[str, object]:
    moments = {name: f"{one:%Y-%m-%d %H:%M}" for name in ("opens", "closes") if (one := getattr(found, name))}
    values = {
        name: value for name in found.__slots__ if (value := getattr(found, name)) != getattr(PollStarted(), name)
    }
    rhythm = {name: getattr(found.rhythm, name) for name in ("weeks", "months")} if found.rhythm else None
    told = values | moments | ({"rhythm": rhythm} if rhythm else {})
    return told | ({"options": [_written(one) for one in found.options]} if found.options else {})


def _wanted(entry: Mapping[str, Any]) -> Mapping[str, object]:
    wanted = {name: value for name, value in entry.items() if name != "say"}
    if "rhythm" in wanted:
        wanted["rhythm"] = {name: wanted["rhythm"].get(name, 0) for name in ("weeks", "months")}
    return wanted


def test_what_is_asked_of_polls_is_understood_and_never_split() -> None:
    entries, wrong = _entries("polls"), list[tuple[str, list[str]]]()
    for entry in entries:
        asked = understand_all(entry["say"], NOW, Names(), Memory(intent=entry.get("last"), at=NOW))
        if [one.intent.value for one in asked] not in [[name] for name in (entry["intent"], *entry.get("also", ()))]:
            wrong.append((entry["say"], [one.intent.value for one in asked]))
    assert len(wrong) <= (1 - UNDERSTOOD) * len(entries), wrong


def test_what_a_sentence_tells_of_the_poll_that_it_starts_is_found() -> None:
    entries = _entries("polls_starts")
    read = [(entry, _told(started(entry["say"], NOW))) for entry in entries]
    wrong = [(entry["say"], found) for entry, found in read if found != _wanted(entry)]
    assert len(wrong) <= (1 - READ) * len(entries), wrong


def test_every_sentence_that_starts_a_poll_asks_nothing_else() -> None:
    asked = {entry["say"]: understand_all(entry["say"], NOW, Names()) for entry in _entries("polls_starts")}
    wrong = {say: found for say, found in asked.items() if [one.intent for one in found] != [Intent.POLL_START]}
    assert list(wrong) == []


def test_a_typed_vote_is_read() -> None:
    entries, wrong = _entries("polls_votes"), list[tuple[str, object]]()
    for entry in entries:
        options = POLLS[entry["poll"]]
        ballot = voted(entry["say"], options, PollKind(entry["kind"]))
        positions = {one.id: one.position for one in options}
        found = {positions[key]: value for key, value in ballot.items()} if ballot else None
        if found != entry["vote"]:
            wrong.append((entry["say"], found))
    assert len(wrong) <= (1 - VOTED) * len(entries), wrong


def test_what_a_poll_asks_names_no_meeting() -> None:
    said = "poll: Wanneer plannen we de netwerkdag? 4 december; 11 december"
    asked = understand(said, NOW, Names())
    assert (asked.intent, asked.names_meeting, asked.query.kind) == (Intent.POLL_START, False, None)


def test_who_is_asked_names_the_meeting_that_they_take_part_in() -> None:
    asked = understand("poll voor wie naar de netwerkdag komt: eten we samen? ja; nee", NOW, Names())
    assert (asked.names_meeting, asked.query.kind) == (True, MeetingKind.NETWERKDAG)


def test_where_a_result_goes_names_a_meeting() -> None:
    asked = understand("zet het winnende thema op de agenda van de netwerkdag", NOW, Names())
    assert (asked.intent, asked.query.kind) == (Intent.POLL_APPLY, MeetingKind.NETWERKDAG)


@pytest.mark.parametrize(
    ("said", "last"), [("2", None), ("alles past", "meeting.when"), ("sluit maar af", "actions.list"), ("b", None)]
)
def test_a_bare_word_is_about_a_poll_only_where_polls_were_talked_about(said: str, last: str | None) -> None:
    asked = understand(said, NOW, Names(), Memory(intent=last, at=NOW))
    assert not (asked.sure and asked.intent.value.startswith("poll."))


SAID: Mapping[str, Mapping[str, object]] = {
    "verleng de poll tot vrijdag 16u": {"closes": datetime(2026, 11, 27, 16)},  # noqa: DTZ001 - local, as typed
    "sluit de poll over de lunch": {"words": "de lunch"},
    "uitslag poll 2": {"number": 2},
    "maak de tweede poll anoniem": {"number": 2, "anonymous": True},
    "voeg time-out toe aan de poll over het thema": {"option": "time-out", "words": "het thema"},
    "zet er nog een optie bij: spijbelen": {"option": "spijbelen"},
    "ik wil een optie toevoegen": {},
    "verander de vraag van de poll in: Welk thema kiezen we?": {"question": "Welk thema kiezen we?"},
    'verander de vraag van de peiling over eten in "Eten we taart?"': {"words": "eten", "question": "Eten we taart?"},
    "toon de resultaten van de poll pas op het einde": {"shown": Shown.AFTER_CLOSING},
    "iedereen mag opties toevoegen aan de poll": {"may_add": True},
    "er moeten minstens 10 stemmen zijn voor de poll": {"quorum": 10},
    "een week langer graag": {"longer": timedelta(weeks=1)},
    "stop de maandelijkse peiling": {"series": True},
    "ik kan de poll niet zien": {"as_text": True},
}


@pytest.mark.parametrize("said", SAID)
def test_what_is_said_of_a_poll_there_is_is_found(said: str) -> None:
    found, nothing = poll_said(said, NOW), polling.PollSaid()
    assert {
        name: value for name in found.__slots__ if (value := getattr(found, name)) != getattr(nothing, name)
    } == SAID[said]


def test_the_answer_to_between_what_people_choose_is_a_list_of_options() -> None:
    days = polling.new_options("4/12 14u-16u\nvrijdag 11 december 2026 van 14 tot 16 uur\nsamen", NOW, PollKind.DATES)
    assert days == (
        NewOption("", FRIDAYS[0], time(14), time(16)),
        NewOption("", FRIDAYS[1], time(14), time(16)),
        NewOption("samen"),
    )


def test_whom_a_poll_asks_is_told_only_where_somebody_says_so() -> None:
    texts = (
        "poll: koffie?",
        "poll in het kanaal: koffie?",
        "poll naar iedereen persoonlijk: koffie?",
        "poll hier: koffie?",
    )
    assert [started(text, NOW).whom for text in texts] == [None, Whom.CHANNEL, Whom.EVERYBODY, Whom.HERE]
