"""Seats in chat: an offer that is taken or left, the waiting list, and how many there are for whom."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.app import Running, running
from bot.settings import Settings
from dialogs.texts import general
from dialogs.texts import seats as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NoSuchMeeting, NotCoordinator
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, NELE, WOUT, Json, Posted, Teams, teams_on_loopback
from tests.bot.edges import until
from tests.bot.lists import (
    EVERYBODY,
    HOMEWORK,
    MOTIVATION,
    Query,
    buttons,
    hears,
    meeting_id,
    person_id,
    presses,
    says,
    seats,
    snapshot,
    status,
)
from tests.conftest import BRUSSELS

WANTS = "schrijf me in voor 3 december"
THE_DAY_BEFORE = datetime(2026, 12, 2, 10, tzinfo=BRUSSELS)


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with everybody's chat known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), EVERYBODY)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows everybody's chat."""
    return met(teams, query, EVERYBODY)


@pytest.fixture
async def late(settings: Settings, query: Query) -> AsyncIterator[Teams]:
    """The day before the meeting of 3 December, which is full, with Katrien and then Wout on its waiting list."""
    seats(query, 5)
    in_line = "'waitlisted', '2026-11-2{n} 10:00:00.000000'"
    query(f"DELETE FROM registrations WHERE person_id = {person_id(query, WOUT)}")
    for number, who in enumerate((KATRIEN, WOUT)):
        query(
            "INSERT INTO registrations (meeting_id, person_id, status, created_at) "
            f"VALUES ({meeting_id(query, HOMEWORK)}, {person_id(query, who)}, {in_line.format(n=number)})"
        )
    async with running(_at(settings, THE_DAY_BEFORE)) as bot, teams_on_loopback() as teams:
        teams.bot_url = bot.url
        yield met(teams, query, EVERYBODY)


def _at(settings: Settings, moment: datetime) -> Settings:
    return Settings(database_url=settings.database_url, port=0, starts_at=moment)


async def offered(teams: Teams) -> Posted:
    """What Katrien gets when Jonas drops out."""
    await says(teams, JONAS, "ik kan niet komen op 3 december")
    await until(lambda: teams.texts_in(KATRIEN.chat))
    return next(one for one in teams.posted if one.conversation == KATRIEN.chat.conversation)


# Offers


async def test_who_moves_up_hears_it_at_once(network: Teams, query: Query) -> None:
    seats(query, 5)
    await says(network, KATRIEN, WANTS)
    network.quiet()
    await says(network, JONAS, "ik kan niet komen op 3 december")
    await until(lambda: network.texts_in(KATRIEN.chat))
    told = next(one for one in network.posted if one.conversation == KATRIEN.chat.conversation)
    assert told.text.startswith("Goed nieuws: er is een plaats vrijgekomen en je bent nu ingeschreven")
    assert buttons(told) == ["Zet in mijn agenda", "Ik kan niet komen"]
    assert status(query, KATRIEN) == "registered"


async def test_shortly_before_a_seat_is_offered_until_some_hour(late: Teams, query: Query) -> None:
    told = await offered(late)
    assert told.text.startswith(
        "Er is een plaats vrij op Intervisie huiswerkbegeleiding, morgen, donderdag 3 december 2026"
    )
    assert "Laat het weten voor vandaag, woensdag 2 december 2026 om 14 uur" in told.text
    assert buttons(told) == ["Ja, ik kom", "Nee, geef door"]
    assert status(query, KATRIEN) == "offered"


async def test_a_yes_on_the_card_takes_the_seat_and_the_card_shows_it(late: Teams, query: Query) -> None:
    card = await offered(late)
    told = await presses(late, KATRIEN, card, "Ja, ik kom")
    assert told.text.startswith("Je bent ingeschreven voor Intervisie huiswerkbegeleiding, morgen")
    assert status(query, KATRIEN) == "registered"
    await until(lambda: late.updates)
    assert late.updates[-1].id == card.id
    assert late.updates[-1].text == "Er was een plaats vrij op Intervisie huiswerkbegeleiding. Je hebt ze genomen."
    assert "actions" not in late.updates[-1].card


async def test_a_no_on_the_card_gives_it_to_the_next(late: Teams, query: Query) -> None:
    card = await offered(late)
    told = await presses(late, KATRIEN, card, "Nee, geef door")
    assert told.text == "In orde. De plaats op Intervisie huiswerkbegeleiding gaat naar de volgende op de wachtlijst."
    assert (status(query, KATRIEN), status(query, WOUT)) == ("withdrawn", "offered")


@pytest.mark.parametrize(("said", "after"), [("ja", "registered"), ("ja graag", "registered"), ("nee", "withdrawn")])
async def test_yes_or_no_can_be_typed(late: Teams, query: Query, said: str, after: str) -> None:
    await offered(late)
    await says(late, KATRIEN, said)
    assert status(query, KATRIEN) == after


async def test_yes_can_be_typed_after_another_question(late: Teams, query: Query) -> None:
    await offered(late)
    assert "Bovenzaal" in await says(late, KATRIEN, "waar is de intervisie van 3 december?")
    assert "Je bent ingeschreven" in await says(late, KATRIEN, "ja")


async def test_registering_takes_the_offer_too(late: Teams, query: Query) -> None:
    await offered(late)
    assert "Je bent ingeschreven" in await says(late, KATRIEN, WANTS)
    assert status(query, KATRIEN) == "registered"


async def test_pressed_twice_it_is_taken_once(late: Teams, query: Query) -> None:
    card = await offered(late)
    await presses(late, KATRIEN, card, "Ja, ik kom")
    await late.press(KATRIEN, KATRIEN.chat, card.button("Ja, ik kom"))
    told = await presses(late, KATRIEN, card, "Nee, geef door")
    assert told.text == "Er staat voor jou geen plaats (meer) open op Intervisie huiswerkbegeleiding."
    assert status(query, KATRIEN) == "registered"


async def test_an_offer_is_nobody_elses(late: Teams, query: Query) -> None:
    card = await offered(late)
    before = snapshot(query)
    told = await late.press(WOUT, WOUT.chat, card.button("Ja, ik kom"))
    assert [one.text for one in told] == [texts.NOTHING_OFFERED.format(title="Intervisie huiswerkbegeleiding")]
    assert snapshot(query) == before


async def test_after_its_time_an_offer_is_gone(late: Teams, query: Query) -> None:
    card = await offered(late)
    query("UPDATE registrations SET offered_until = '2026-12-02 08:00:00.000000' WHERE status = 'offered'")
    told = await presses(late, KATRIEN, card, "Ja, ik kom")
    assert told.text == texts.NOTHING_OFFERED.format(title="Intervisie huiswerkbegeleiding")
    assert (status(query, KATRIEN), status(query, WOUT)) == ("waitlisted", "offered")


async def test_without_an_offer_a_yes_means_nothing(network: Teams, query: Query) -> None:
    before = snapshot(query)
    assert await says(network, KATRIEN, "ja") == general.YES_TO_WHAT
    assert snapshot(query) == before


async def test_ones_own_standing_shows_the_offer_with_its_buttons(late: Teams, query: Query) -> None:
    await offered(late)
    told = await hears(late, KATRIEN, "ben ik ingeschreven voor 3 december?")
    assert told.text.startswith("Er is een plaats voor je vrij op Intervisie huiswerkbegeleiding, tot vandaag")
    await presses(late, KATRIEN, told, "Ja, ik kom")
    assert status(query, KATRIEN) == "registered"


# The waiting list


async def test_a_coordinator_sees_who_waits_in_their_order(late: Teams) -> None:
    told = await says(late, NELE, "wie staat er op de wachtlijst voor 3 december?")
    assert told == (
        "Op de wachtlijst voor Intervisie huiswerkbegeleiding staan 2 mensen:\n\n"
        "- Katrien Poelman (Vzw Windkracht), plaats 1\n- Wout Lambrechts (Jeugdhuis De Branding), plaats 2"
    )


async def test_others_only_hear_their_own_place(late: Teams) -> None:
    asked = "wie staat er op de wachtlijst voor 3 december?"
    assert await says(late, WOUT, asked) == "Je staat op de wachtlijst voor Intervisie huiswerkbegeleiding, plaats 2."
    assert await says(late, JONAS, asked) == "Je staat niet op de wachtlijst voor Intervisie huiswerkbegeleiding."


async def test_in_a_channel_nobody_reads_who_waits(late: Teams) -> None:
    await late.say(NELE, CHANNEL, "wie staat er op de wachtlijst voor 3 december?")
    assert late.texts_in(CHANNEL) == [general.ANSWERED_PRIVATELY]


async def test_who_waits_is_not_among_who_comes(late: Teams) -> None:
    assert "Wout" not in await says(late, JONAS, "wie komt er op 3 december?")


# How many, for whom


async def test_a_coordinator_changes_how_many_seats_there_are_after_a_yes(network: Teams, query: Query) -> None:
    seats(query, 5)
    await says(network, KATRIEN, WANTS)
    asked = await hears(network, NELE, "zet het aantal plaatsen voor 3 december op 8")
    assert asked.text == "Zal ik het aantal plaatsen voor Intervisie huiswerkbegeleiding op 8 zetten (nu 5)?"
    told = await presses(network, NELE, asked, "Ja, doe maar")
    assert told.text == (
        "In orde, er zijn nu 8 plaatsen voor Intervisie huiswerkbegeleiding. "
        "Van de wachtlijst schuift door: Katrien Poelman."
    )
    assert status(query, KATRIEN) == "registered"


async def test_lowered_below_who_comes_nobody_is_thrown_out(network: Teams, query: Query) -> None:
    asked = await says(network, NELE, "zet het aantal plaatsen voor 3 december op 3")
    assert "Er zijn al 5 ingeschreven: niemand valt weg, maar dat zijn er 2 te veel." in asked
    assert "Er zijn nu 2 te veel ingeschreven" in await says(network, NELE, "ja")
    assert status(query, JONAS) == "registered"


async def test_without_a_number_the_bot_asks_for_it(network: Teams, query: Query) -> None:
    asked = await says(network, NELE, "pas het aantal plaatsen aan voor 4 februari")
    assert asked.startswith("Hoeveel plaatsen zijn er voor Intervisie schoolmotivatie?")
    assert "Zal ik het aantal plaatsen" in await says(network, NELE, "12")
    await says(network, NELE, "ja")
    assert query(f"SELECT capacity FROM meetings WHERE key = '{MOTIVATION}'") == [(12,)]


async def test_the_maximum_can_be_taken_away(network: Teams, query: Query) -> None:
    await says(network, NELE, "pas het aantal plaatsen aan voor 4 februari")
    await says(network, NELE, "geen maximum")
    assert await says(network, NELE, "ja") == "In orde, er is geen maximum meer voor Intervisie schoolmotivatie."
    assert query(f"SELECT capacity FROM meetings WHERE key = '{MOTIVATION}'") == [(None,)]


async def test_another_command_is_no_answer_to_how_many(network: Teams, query: Query) -> None:
    await says(network, NELE, "pas het aantal plaatsen aan voor 4 februari")
    assert "afsluiten" in await says(network, NELE, "sluit de inschrijvingen voor 4 februari")


async def test_closing_and_opening_again(network: Teams, query: Query) -> None:
    assert "afsluiten?" in await says(network, NELE, "sluit de inschrijvingen voor 4 februari")
    assert "zijn afgesloten" in await says(network, NELE, "ja")
    told = await says(network, KATRIEN, "schrijf me in voor 4 februari")
    assert told.startswith("De inschrijvingen voor Intervisie schoolmotivatie zijn afgesloten.")
    await says(network, NELE, "open de inschrijvingen voor 4 februari weer")
    assert "kan weer" in await says(network, NELE, "ja")
    assert "Je bent ingeschreven" in await says(network, KATRIEN, "schrijf me in voor 4 februari")


async def test_at_most_so_many_of_an_organisation(network: Teams, query: Query) -> None:
    await says(network, NELE, "wanneer is de intervisie van 4 februari?")
    asked = await says(network, NELE, "maximaal 2 per organisatie")
    assert "hoogstens 2 mensen per organisatie toelaten?" in asked
    assert "hoogstens 2 mensen per organisatie" in await says(network, NELE, "ja")
    assert query(f"SELECT per_organisation FROM meetings WHERE key = '{MOTIVATION}'") == [(2,)]


async def test_the_answer_is_understood_after_a_restart(settings: Settings, query: Query) -> None:
    async with teams_on_loopback() as teams:
        for said in ("zet het aantal plaatsen voor 4 februari op 8", "ja"):
            async with running(settings) as bot:
                teams.bot_url = bot.url
                told = await says(teams, NELE, said)
    assert told == "In orde, er zijn nu 8 plaatsen voor Intervisie schoolmotivatie."


@pytest.mark.parametrize(
    "said",
    [
        "zet het aantal plaatsen voor 3 december op 30",
        "sluit de inschrijvingen voor 3 december",
        "open de inschrijvingen voor 3 december weer",
    ],
)
async def test_a_member_changes_none_of_it(network: Teams, query: Query, said: str) -> None:
    before = snapshot(query)
    assert await says(network, KATRIEN, said) == SENTENCES[NotCoordinator]
    assert snapshot(query) == before


@pytest.mark.parametrize("verb", ["capacity", "limit", "close", "reopen"])
async def test_a_forged_button_changes_none_of_it_either(network: Teams, query: Query, verb: str) -> None:
    before = snapshot(query)
    data = {"action": "change_seats", "meeting": meeting_id(query, HOMEWORK), "verb": verb, "number": 1}
    assert [one.text for one in await network.press(KATRIEN, KATRIEN.chat, data)] == [SENTENCES[NotCoordinator]]
    assert snapshot(query) == before


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"meeting": 99_999}, SENTENCES[NoSuchMeeting]),
        ({"number": -1}, general.TOO_OLD),
        ({"number": "veel"}, general.TOO_OLD),
        ({"verb": "drop"}, general.TOO_OLD),
        ({"until": "morgen"}, general.TOO_OLD),
    ],
)
async def test_a_button_that_was_tampered_with_changes_nothing(
    network: Teams, query: Query, changed: Json, answer: str
) -> None:
    asked = await hears(network, NELE, "zet het aantal plaatsen voor 3 december op 8")
    before = snapshot(query)
    told = await network.press(NELE, NELE.chat, {**asked.button("Ja, doe maar"), **changed})
    assert [one.text for one in told] == [answer]
    assert snapshot(query) == before


@pytest.mark.parametrize("intent", ["capacity", "limit", "close", "reopen", "waiting"])
async def test_a_bare_button_asks_before_it_changes_anything(network: Teams, query: Query, intent: str) -> None:
    before = snapshot(query)
    data = {"action": "ask_meeting", "intent": f"registration.{intent}", "meeting": meeting_id(query, HOMEWORK)}
    for said in ("", "hallo"):
        assert await network.press(NELE, NELE.chat, {**data, "text": said})
    assert snapshot(query) == before


async def test_an_impossible_day_in_a_button_changes_nothing(bot: Running, network: Teams, query: Query) -> None:
    before = snapshot(query)
    data = {"action": "change_seats", "meeting": meeting_id(query, HOMEWORK), "verb": "limit", "number": 1}
    told = await network.press(NELE, NELE.chat, {**data, "until": "2026-02-31"})
    assert [one.text for one in told] == [general.TOO_OLD]
    assert snapshot(query) == before


async def test_the_seats_of_a_session_are_set_by_its_name_or_number(network: Teams, query: Query) -> None:
    asked = await hears(network, NELE, "zet sessie 1 op 90 plaatsen")
    assert asked.text == "Zal ik het aantal plaatsen in Regio Noord op 90 zetten (nu 60)?"
    told = await presses(network, NELE, asked, texts.BUTTON_CHANGE)
    assert told.text == "In orde, Regio Noord heeft nu 90 plaatsen."
    assert "Regio Noord op 95" in await says(network, NELE, "zet regio noord op 95 plaatsen")
    assert await says(network, NELE, "ja") == "In orde, Regio Noord heeft nu 95 plaatsen."
    assert query("SELECT capacity FROM sessions WHERE title = 'Regio Noord'") == [(95,)]


async def test_places_on_top_are_added(network: Teams, query: Query) -> None:
    seats(query, 5)
    asked = await says(network, NELE, "zet er 3 plaatsen bij voor de intervisie van 3 december")
    assert asked == "Zal ik het aantal plaatsen voor Intervisie huiswerkbegeleiding op 8 zetten (nu 5)?"


async def test_a_full_meeting_s_card_offers_its_waiting_list(network: Teams, query: Query) -> None:
    seats(query, 5)
    card = await hears(network, KATRIEN, "wanneer is de intervisie van 3 december?")
    assert "plaats 1" in (await presses(network, KATRIEN, card, "Zet me op de wachtlijst")).text


async def test_who_is_registered_chooses_a_session_from_the_answer(network: Teams, query: Query) -> None:
    query(f"DELETE FROM registrations WHERE person_id = {person_id(query, KATRIEN)}")
    shown = await hears(network, KATRIEN, "welke sessies zijn er op de netwerkdag?")
    assert shown.card == {}
    await says(network, KATRIEN, "schrijf me in voor de netwerkdag")
    shown = await hears(network, KATRIEN, "welke sessies zijn er op de netwerkdag?")
    assert any("Regio Noord" in one for one in buttons(await presses(network, KATRIEN, shown, "Kies mijn sessie")))


async def test_help_tells_a_coordinator_what_only_they_can_and_others_how_to_register(network: Teams) -> None:
    theirs, mine = await hears(network, NELE, "help"), await hears(network, KATRIEN, "help")
    assert (theirs.text, mine.text) == (general.HELP_COORDINATOR, general.HELP)
    assert "Maak een nieuwe intervisie" in buttons(theirs)
    assert "Schrijf me in voor de volgende intervisie" in buttons(mine)
    assert max(len(buttons(theirs)), len(buttons(mine))) <= 6
