"""What is made of a poll in chat: by one tap, or in a sentence; once, and by who may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import Running, opened
from bot.commands.demo_setup import demo_settings, fill
from bot.settings import Settings
from dialogs.cards.poll_acts import acts
from dialogs.language.poll_acts import Act, act_said, meeting_kind, option_named, whom
from dialogs.texts import gate as gate_texts
from dialogs.texts import poll_acts as texts
from dialogs.texts import poll_managing, poll_outcome, polls
from storage.domain.meetings import MeetingKind
from storage.domain.people import Person, Role
from storage.domain.poll_results import MEETING, point_key
from storage.domain.polls import Count, NewOption, Option, Poll, PollKind, PollState, PollView, Tally
from tests.bot.boards import agenda, sends, titles
from tests.bot.connector import CHANNEL, JONAS, NELE, Json, Teams
from tests.bot.lists import HOMEWORK, hears, says
from tests.bot.polls import DAYS, FOURTH, SUITS, THEMES, TIED, closed, viewer, voted
from tests.conftest import NOW

Query = Callable[[str], list[tuple[Any, ...]]]

DATES = (PollKind.DATES, DAYS, SUITS)
WHEN, WHO = "Wanneer past de volgende intervisie?", "Welke spreker nodigen we uit?"


def act(poll: Poll, verb: str, option: int = 0) -> Json:
    """The data of the button that does this with a result."""
    return {"action": "act_on_poll", "poll": poll.id, "option": option, "verb": verb}


def points(query: Query) -> list[tuple[Any, ...]]:
    """What polls put on agendas."""
    return query("SELECT title, state, votes, voters FROM agenda_points WHERE votes IS NOT NULL ORDER BY id")


def meetings(query: Query) -> list[tuple[Any, ...]]:
    """The meetings of the day that won."""
    return query("SELECT kind, title, starts_local FROM meetings WHERE starts_local LIKE '2027-03-04%' ORDER BY id")


def registered(query: Query) -> list[str]:
    """Who is on the lists of that day, by first name."""
    asked = (
        "SELECT p.name FROM registrations r JOIN people p ON p.id = r.person_id JOIN meetings m ON m.id = r.meeting_id "
        "WHERE m.starts_local LIKE '2027-03-04%' ORDER BY p.name"
    )
    return [str(name).split()[0] for (name,) in query(asked)]


# A point


async def test_one_tap_puts_what_won_on_the_agenda_with_its_votes(bot: Running, teams: Teams, query: Query) -> None:
    poll = await closed(bot.house)
    told = await sends(teams, NELE, act(poll, "agenda", poll.options[0].id))
    assert told.text == texts.ON_AGENDA.format(
        point="'Internaten'",
        meeting="Intervisie huiswerkbegeleiding (donderdag 3 december 2026)",
        reason=texts.REASON.format(votes="3 van de 4 stemmen"),
    )
    assert points(query) == [("Internaten", "accepted", 3, 4)]
    assert "Internaten" in agenda(query, HOMEWORK)


async def test_pressed_again_it_is_told_that_it_stands_there(bot: Running, teams: Teams, query: Query) -> None:
    poll = await closed(bot.house)
    await sends(teams, NELE, act(poll, "agenda", poll.options[0].id))
    again = await sends(teams, NELE, act(poll, "agenda"))
    assert again.text.startswith("'Internaten' stond al op de agenda")
    assert len(points(query)) == 1


async def test_said_in_a_sentence_it_is_the_same(bot: Running, teams: Teams, query: Query) -> None:
    await closed(bot.house)
    assert "3 van de 4 stemmen" in await says(teams, NELE, "zet de winnaar op de agenda")
    assert points(query) == [("Internaten", "accepted", 3, 4)]


async def test_what_tells_of_somebody_is_no_title_before_that_is_chosen(
    bot: Running, teams: Teams, query: Query
) -> None:
    poll = await closed(bot.house, options=[NewOption("Kevin Peeters schorsen"), *THEMES[1:]])
    asked = await sends(teams, NELE, act(poll, "agenda"))
    assert ("Kevin Peeters" in asked.text, points(query)) == (True, [])
    told = await sends(teams, NELE, {**asked.button(gate_texts.BUTTON_KEEP), "title": "Schorsen"})
    assert "'Schorsen' staat op de agenda" in told.text
    assert points(query) == [("Schorsen", "accepted", 3, 4)]


async def test_of_a_tie_is_asked_which(bot: Running, teams: Teams, query: Query) -> None:
    await closed(bot.house, votes=TIED)
    asked = await hears(teams, NELE, "zet de winnaar op de agenda")
    assert (asked.text, titles(asked)) == (texts.WHICH_OPTION, ["Internaten", "Zwemmen"])
    assert points(query) == []
    told = await sends(teams, NELE, asked.button("Zwemmen"))
    assert told.text.startswith("'Zwemmen' staat op de agenda")
    assert points(query) == [("Zwemmen", "accepted", 2, 4)]


async def test_who_coordinates_not_changes_nothing(bot: Running, teams: Teams, query: Query) -> None:
    poll, dates = await closed(bot.house), await closed(bot.house, *DATES, question=WHEN)
    for verb, of in (("agenda", poll), ("expert", poll), ("meeting", dates), ("register", dates), ("export", poll)):
        told = await sends(teams, JONAS, act(of, verb, of.options[0].id))
        assert told.text == poll_managing.NOT_YOURS
    assert (points(query), meetings(query)) == ([], [])


async def test_who_sees_a_poll_where_it_stands_hears_that_it_is_not_theirs(
    bot: Running, teams: Teams, query: Query
) -> None:
    poll = await voted(bot.house)
    question = {"action": "change_poll", "poll": poll.id, "question": "Iets anders?"}
    for data in (act(poll, "agenda"), act(poll, "export"), question):
        told = await teams.press(JONAS, CHANNEL, data)
        assert poll_managing.NOT_YOURS in [one.text for one in told]
    assert query("SELECT question FROM polls") == [("Welk thema in maart?",)]


async def test_ids_of_other_polls_and_options_are_refused(bot: Running, teams: Teams, query: Query) -> None:
    poll, other = await closed(bot.house), await closed(bot.house, *DATES, question=WHEN)
    for of, verb, option in ((poll, "agenda", other.options[0].id), (other, "meeting", poll.options[0].id)):
        await sends(teams, NELE, act(of, verb, option))
    await sends(teams, NELE, act(replace(poll, id=999_999), "agenda"))
    assert (points(query), meetings(query)) == ([], [])


async def test_a_poll_that_runs_does_nothing_yet(bot: Running, teams: Teams, query: Query) -> None:
    poll = await voted(bot.house)
    told = await sends(teams, NELE, act(poll, "agenda"))
    assert told.text == texts.STILL_OPEN.format(question="'Welk thema in maart?'")
    assert points(query) == []


async def test_without_votes_it_is_told_why_not(bot: Running, teams: Teams, query: Query) -> None:
    poll = await closed(bot.house, votes=())
    assert poll_outcome.NOBODY in (await sends(teams, NELE, act(poll, "agenda"))).text
    few = await closed(bot.house, votes=TIED[:2], anonymous=True)
    assert poll_outcome.TOO_FEW in (await sends(teams, NELE, act(few, "agenda"))).text
    assert points(query) == []


async def test_in_a_channel_only_who_pressed_hears_it(bot: Running, teams: Teams, query: Query) -> None:
    poll = await closed(bot.house)
    await says(teams, NELE, "dag")
    teams.quiet()
    await teams.press(NELE, CHANNEL, act(poll, "agenda"))
    assert points(query) == [("Internaten", "accepted", 3, 4)]
    assert "Internaten" not in " ".join(teams.texts_in(CHANNEL))


# An expert


async def test_who_won_is_invited_with_a_mail_to_copy(bot: Running, teams: Teams, query: Query) -> None:
    options = (NewOption("Rik Tanghe (Vzw Leerlicht)"), *THEMES[1:])
    poll = await closed(bot.house, PollKind.SINGLE, options, question=WHO)
    told = await sends(teams, NELE, act(poll, "expert"))
    assert "staat op de agenda van" in told.text
    mail = next(one["value"] for one in told.card["body"] if one.get("id") == "mail1")
    assert mail.startswith("Beste Rik Tanghe,")
    (found,) = query("SELECT title, invite, guest_name, guest_organisation FROM agenda_points WHERE votes IS NOT NULL")
    assert found == ("Rik Tanghe (Vzw Leerlicht) uitnodigen", "to_invite", "Rik Tanghe", "Vzw Leerlicht")
    await voted(bot.house, question="Welk thema in april?")
    await voted(bot.house, question="Welk thema in mei?")
    again = await hears(teams, NELE, "nodig de winnende expert uit")
    assert "stond al op de agenda" in again.text
    assert len(points(query)) == 1


# From its closing on


async def test_who_closes_a_poll_has_the_buttons_at_once(bot: Running, teams: Teams, query: Query) -> None:
    await voted(bot.house)
    told = await hears(teams, NELE, "sluit de peiling")
    assert {texts.BUTTON_AGENDA, texts.BUTTON_EXPORT} <= set(titles(told))
    await sends(teams, NELE, told.button(texts.BUTTON_AGENDA))
    assert points(query) == [("Internaten", "accepted", 3, 4)]


# A meeting


async def test_a_day_becomes_a_meeting_and_who_said_yes_is_registered(bot: Running, teams: Teams, query: Query) -> None:
    poll = await closed(bot.house, *DATES, question=WHEN)
    made = await sends(teams, NELE, act(poll, "meeting"))
    assert "staat gepland op donderdag 4 maart 2027" in made.text
    assert meetings(query) == [("intervisie", "Intervisie", "2027-03-04 13:30:00.000000")]
    assert registered(query) == []
    told = await sends(teams, NELE, act(poll, "register"))
    assert told.text.startswith("Die bijeenkomst is er al")
    assert texts.REGISTERED.format(names="Jonas Claerhout, Samira Bensaïd en jijzelf") in told.text
    assert registered(query) == ["Jonas", "Nele", "Samira"]
    assert texts.NOBODY_TO_REGISTER in (await sends(teams, NELE, act(poll, "register"))).text
    assert len(meetings(query)) == 1


async def test_a_sentence_makes_the_meeting_with_who_said_yes(bot: Running, teams: Teams, query: Query) -> None:
    await closed(bot.house, *DATES, question=WHEN)
    await says(teams, NELE, "wat is de uitslag van de peiling?")
    await says(teams, NELE, "maak er een bijeenkomst van en schrijf de ja-zeggers in")
    assert (len(meetings(query)), registered(query)) == (1, ["Jonas", "Nele", "Samira"])


async def test_of_an_anonymous_poll_nobody_is_registered(bot: Running, teams: Teams, query: Query) -> None:
    poll = await closed(bot.house, *DATES, question=WHEN, anonymous=True)
    await sends(teams, NELE, act(poll, "register"))
    assert (meetings(query), registered(query)) == ([], [])
    await sends(teams, NELE, act(poll, "meeting"))
    assert (len(meetings(query)), registered(query)) == (1, [])


async def test_a_theme_is_no_day_and_a_day_no_theme(bot: Running, teams: Teams, query: Query) -> None:
    poll, dates = await closed(bot.house), await closed(bot.house, *DATES, question=WHEN)
    assert (await sends(teams, NELE, act(poll, "meeting"))).text == texts.NO_DAY
    assert (await sends(teams, NELE, act(dates, "agenda"))).text == texts.NO_TOPIC
    assert (points(query), meetings(query)) == ([], [])


# Which buttons there are

NELE_ = Person(1, "Nele", "n@x.example", Role.COORDINATOR)
OPTIONS = tuple(Option(number, number, one) for number, one in ((1, "Internaten"), (2, "Zwemmen")))
ONE, BOTH = OPTIONS[:1], OPTIONS


def over(kind: PollKind = PollKind.SINGLE, winners: tuple[Option, ...] = ONE, **more: Any) -> PollView:
    """A poll that closed with these winners, as a coordinator sees it."""
    options = tuple(replace(one, day=FOURTH) for one in OPTIONS) if kind is PollKind.DATES else OPTIONS
    closes = NOW + timedelta(days=1)
    poll = Poll(
        7, kind, more.pop("question", "Welk thema?"), PollState.CLOSED, options, "place:x", NOW, closes,
        closes.replace(tzinfo=None), "Europe/Brussels", closed_at=closes, **more,
    )  # fmt: skip
    first = tuple(one for one in options if one.id in {won.id for won in winners})
    tally = Tally(5, tuple(Count(one, 5 if one in first else 0) for one in options), first)
    return PollView(poll, tally, may_manage=True, person=NELE_)


def labels(view: PollView) -> list[str]:
    return [label for label, _ in acts(view)]


def test_each_kind_of_result_has_its_own_buttons() -> None:
    export = texts.BUTTON_EXPORT
    assert labels(over()) == [texts.BUTTON_AGENDA, export]
    assert labels(over(question=WHO)) == [texts.BUTTON_EXPERT, export]
    assert labels(over(PollKind.DATES)) == [texts.BUTTON_MEETING, texts.BUTTON_REGISTER, export]
    assert labels(over(PollKind.DATES, anonymous=True)) == [texts.BUTTON_MEETING, export]
    assert labels(over(PollKind.TEMPERATURE, ())) == [export]


def test_of_a_tie_each_may_be_chosen_or_a_run_off() -> None:
    each = [texts.BUTTON_AGENDA_OF.format(option=one) for one in ("Internaten", "Zwemmen")]
    assert labels(over(winners=BOTH)) == [*each, polls.BUTTON_RUN_OFF, texts.BUTTON_EXPORT]
    assert labels(over(winners=BOTH, applied={"run_off": 8})) == [*each, texts.BUTTON_EXPORT]


def test_what_was_done_has_no_button_any_more() -> None:
    assert labels(over(applied={point_key(1): 4})) == [texts.BUTTON_EXPORT]
    made = over(PollKind.DATES, applied={MEETING: 3})
    assert labels(made) == [texts.BUTTON_REGISTER_THEM, texts.BUTTON_EXPORT]


def test_who_may_not_act_sees_no_buttons() -> None:
    view = over()
    assert acts(replace(view, may_manage=False)) == []
    assert acts(replace(view, person=None)) == []
    assert acts(replace(view, tally=Tally(2, hidden=True))) == []
    assert acts(replace(view, tally=None)) == []
    ambassador = replace(view, person=replace(NELE_, role=Role.AMBASSADOR))
    assert labels(ambassador) == [texts.BUTTON_EXPORT]
    about_a_meeting = replace(ambassador, poll=replace(view.poll, meeting_id=3))
    assert labels(about_a_meeting) == [texts.BUTTON_EXPORT]  # who started it, but does not organise that meeting
    assert labels(replace(about_a_meeting, organises=True)) == [texts.BUTTON_AGENDA, texts.BUTTON_EXPORT]


# What sentences say


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("zet de winnaar op de agenda", Act.AGENDA),
        ("zet internaten op de agenda van de stuurgroep", Act.AGENDA),
        ("nodig de winnaar uit", Act.EXPERT),
        ("stuur een uitnodiging naar wie gewonnen heeft", Act.EXPERT),
        ("maak er een bijeenkomst van", Act.MEETING),
        ("leg die datum vast", Act.MEETING),
        ("maak er een bijeenkomst van en schrijf de ja-zeggers in", Act.REGISTER),
        ("schrijf iedereen die ja zei in", Act.REGISTER),
        ("doe iets met de uitslag", None),
    ],
)
def test_what_is_to_be_done(said: str, meant: Act | None) -> None:
    assert act_said(said) is meant


@pytest.mark.parametrize(
    ("option", "who"),
    [
        ("Els Peeters (CLB Zandrade)", ("Els Peeters", "CLB Zandrade")),
        ("Els Peeters van Vzw Golf", ("Els Peeters", "Vzw Golf")),
        ("Jan De Smet, Steunpunt Leerrecht", ("Jan De Smet", "Steunpunt Leerrecht")),
        ("Vzw Leerlicht", ("", "Vzw Leerlicht")),
        ("Iemand van het CLB", ("", "")),
        ("internaten", ("", "")),
    ],
)
def test_whom_an_option_names(option: str, who: tuple[str, str]) -> None:
    assert whom(option) == who


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("zet internaten op de agenda", 0),
        ("zet optie 2 op de agenda", 1),
        ("zet de winnaar op de agenda", None),
        ("zet internaten en zwemmen op de agenda", None),
        ("zet optie 9 op de agenda", None),
    ],
)
def test_which_option_a_sentence_names(said: str, place: int | None) -> None:
    assert option_named(said, ["Internaten", "Zwemmen"]) == place


def test_which_kind_of_meeting_a_poll_is_about() -> None:
    assert meeting_kind("Wanneer past de stuurgroep?") is MeetingKind.STUURGROEP
    assert meeting_kind("Wanneer past het?") is MeetingKind.INTERVISIE


# The demo


async def test_in_the_demo_a_poll_runs_with_some_votes_and_only_one(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    demo = demo_settings(settings)
    for _ in range(2):
        await fill(demo)
    async with opened(demo) as house:
        (view,) = await house.polls.open_for(await viewer(house, JONAS), settings.starts_at or NOW)
        waiting = await house.notices.groups(await viewer(house, NELE), settings.starts_at or NOW)
    assert (view.poll.voters, view.voted, view.may_vote) == (3, False, True)
    assert [one.kind for one in waiting] == []  # nobody is there yet to send a card to
