"""Somebody comes in another's place, or along: people of the network by name, guests with their mail address."""

from pathlib import Path

import pytest

from bot.app import running
from bot.settings import Settings
from dialogs.texts import general
from dialogs.texts import registering as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NotARealGuest, NotOneself, NotYours
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, LOTTE, NELE, WOUT, Json, Teams, teams_on_loopback
from tests.bot.edges import until
from tests.bot.lists import (
    EMRE,
    EVERYBODY,
    HOMEWORK,
    MOTIVATION,
    TUUR,
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

DONE = (
    "In orde, Katrien Poelman komt in jouw plaats naar Intervisie huiswerkbegeleiding, op donderdag 3 december 2026, "
    "van 9.30 tot 12 uur. Katrien krijgt nu alle info van mij."
)
INSTEAD = "Katrien komt in mijn plaats op 3 december"
GUEST = "ik breng iemand mee van het CLB naar 3 december"
JAN = "Jan Peeters, CLB De Lier, jan@clb.example"


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with everybody's chat known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), EVERYBODY)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows everybody's chat."""
    return met(teams, query, EVERYBODY)


def guests(query: Query) -> list[tuple[object, ...]]:
    """Everybody with an organisation that is not of the network."""
    return query("SELECT name, affiliation, email FROM people WHERE affiliation IS NOT NULL ORDER BY name")


# In somebody's place


async def test_the_seat_moves_to_who_comes_instead(network: Teams, query: Query) -> None:
    assert await says(network, JONAS, INSTEAD) == DONE
    assert (status(query, JONAS), status(query, KATRIEN)) == ("excused", "registered")
    assert "Katrien Poelman (ter vervanging van Jonas Claerhout)" in await says(
        network, KATRIEN, "wie komt er op 3 december?"
    )


async def test_the_waiting_list_is_not_touched(network: Teams, query: Query) -> None:
    seats(query, 5)
    await says(network, WOUT, "schrijf me in voor 3 december")
    assert await says(network, JONAS, INSTEAD) == DONE
    assert (status(query, KATRIEN), status(query, WOUT)) == ("registered", "waitlisted")


async def test_who_comes_instead_gets_all_they_need(network: Teams) -> None:
    await says(network, LOTTE, INSTEAD)
    await until(lambda: network.texts_in(KATRIEN.chat))
    told = network.texts_in(KATRIEN.chat)[0]
    assert told.startswith("Je komt in de plaats van Lotte Segers naar Intervisie huiswerkbegeleiding, op donderdag")
    for part in (
        "Waar: De Vuurtoren, Zeedijk 8, 9998 Kustrade (Bovenzaal)",
        "Praktisch: Koffie vanaf 9 uur.",
        "- Huiswerk zonder strijd (Ann-Sofie Baeten, 1 uur)",
        "Lotte Segers had dit op zich genomen; spreek even af wie het doet:\n\n- Afspraken met het CLB",
    ):
        assert part in told


async def test_who_comes_to_a_closed_meeting_instead_of_a_participant_sees_its_agenda(network: Teams) -> None:
    await says(network, LOTTE, "Emre komt in mijn plaats op de stuurgroep")
    await until(lambda: network.texts_in(EMRE.chat))
    assert "- Begroting" in network.texts_in(EMRE.chat)[0]


@pytest.mark.parametrize(
    "said", ["ik kan niet, Katrien komt", "ik kan niet komen op 3 december, Katrien Poelman komt in mijn plaats"]
)
async def test_not_coming_and_who_does_in_one_sentence(network: Teams, query: Query, said: str) -> None:
    await says(network, JONAS, "wanneer is de intervisie van 3 december?")
    assert DONE in await says(network, JONAS, said)
    assert (status(query, JONAS), status(query, KATRIEN)) == ("excused", "registered")


async def test_after_an_excuse_one_may_still_say_who_comes(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, "ik kan niet komen op 3 december")
    asked = await presses(network, JONAS, card, "Iemand komt in mijn plaats")
    assert asked.text.startswith("Wie komt er in jouw plaats naar Intervisie huiswerkbegeleiding? Typ de naam.")
    assert asked.text.endswith(texts.GUEST_KEPT)
    assert await says(network, JONAS, "Katrien") == DONE
    assert status(query, KATRIEN) == "registered"


async def test_another_question_in_between_leaves_it_open(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, "ik kan niet komen op 3 december")
    await presses(network, JONAS, card, "Iemand komt in mijn plaats")
    assert "Het Anker" in await says(network, JONAS, "wie komt er op 3 december?")
    assert await says(network, JONAS, "Katrien Poelman") == DONE


async def test_two_people_with_one_name_are_told_apart(network: Teams, query: Query) -> None:
    asked = await hears(network, JONAS, "Lotte komt in mijn plaats op 3 december")
    assert asked.text == "Wie bedoel je: Lotte Adams (De Vuurtoren) of Lotte Segers (CLB De Sluis)?"
    told = await presses(network, JONAS, asked, "Lotte Adams (De Vuurtoren)")
    assert "Lotte Adams komt in jouw plaats" in told.text
    assert "Laat het Lotte zelf even weten" in told.text


async def test_who_comes_already_is_nobodys_replacement(network: Teams, query: Query) -> None:
    before = snapshot(query)
    assert "Emre Kaya komt zelf al" in await says(network, JONAS, "Emre komt in mijn plaats op 3 december")
    assert snapshot(query) == before


async def test_who_has_no_seat_has_none_to_give(network: Teams, query: Query) -> None:
    before = snapshot(query)
    told = await says(network, KATRIEN, "Jonas komt in mijn plaats op 4 februari")
    assert told == "Je bent niet ingeschreven voor Intervisie schoolmotivatie, dus er is geen plaats om door te geven."
    assert snapshot(query) == before


async def test_nobody_replaces_themselves(network: Teams, query: Query) -> None:
    before = snapshot(query)
    me = person_id(query, JONAS)
    data = {"action": "step_in", "meeting": meeting_id(query, HOMEWORK), "person": me, "by": me}
    assert [one.text for one in await network.press(JONAS, JONAS.chat, data)] == [SENTENCES[NotOneself]]
    assert snapshot(query) == before


async def test_it_works_after_registration_has_closed(network: Teams, query: Query) -> None:
    query(f"UPDATE meetings SET register_until = '2026-11-20' WHERE key = '{HOMEWORK}'")
    assert await says(network, JONAS, INSTEAD) == DONE


@pytest.mark.parametrize(
    "said",
    [
        "Katrien vervangt Emre op 3 december",
        "Emre wordt op 3 december vervangen door Katrien",
        "Katrien komt in de plaats van Emre op 3 december",
    ],
)
async def test_a_coordinator_replaces_others_after_a_yes(network: Teams, query: Query, said: str) -> None:
    asked = await hears(network, NELE, said)
    assert asked.text.startswith("Komt Katrien Poelman in de plaats van Emre Kaya naar Intervisie huiswerkbegeleiding")
    assert status(query, KATRIEN) is None
    assert "in de plaats van Emre Kaya" in await says(network, NELE, "ja")
    assert (status(query, EMRE), status(query, KATRIEN)) == ("excused", "registered")


async def test_a_member_does_not_replace_another(network: Teams, query: Query) -> None:
    before = snapshot(query)
    for said in ("ik vervang Emre op 3 december", "Tuur vervangt Emre op 3 december"):
        assert await says(network, KATRIEN, said) == SENTENCES[NotYours]
    assert snapshot(query) == before


async def test_in_a_channel_only_that_it_is_noted_is_read(network: Teams) -> None:
    await network.say(JONAS, CHANNEL, INSTEAD)
    assert network.texts_in(CHANNEL) == [f"{texts.NOTED}\n\n{general.REST_PRIVATELY}"]
    assert network.texts_in(JONAS.chat) == [DONE]


# Guests


async def test_a_replacement_whom_nobody_knows_comes_as_a_guest(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, "Bram Peeters komt in mijn plaats op 3 december")
    assert card.text.startswith("Ik ken Bram Peeters niet in het netwerk.")
    assert card.card["body"][0]["value"] == "Bram Peeters"
    filled = {"name": "Bram Peeters", "organisation": "School X", "email": "Bram@X.example"}
    told = await presses(network, JONAS, card, "Schrijf in", **filled)
    assert "is nu voor Bram Peeters (School X)" in told.text
    assert guests(query) == [("Bram Peeters", "School X", "bram@x.example")]
    assert status(query, JONAS) == "excused"
    listed = await says(network, KATRIEN, "wie komt er op 3 december?")
    assert "- School X: Bram Peeters (ter vervanging van Jonas Claerhout)" in listed


@pytest.mark.parametrize(
    "said",
    [
        "Griet Vermeulen komt in mijn plaats op 3 december",
        "griet vermeulen komt in mijn plaats op 3 december",
        "Griet Van Damme komt in mijn plaats op 3 december",
        "griet van damme komt in mijn plaats op 3 december",
        "Griet D'Hooge komt in mijn plaats op 3 december",
        "GRIET VERMEULEN KOMT IN MIJN PLAATS OP 3 DECEMBER",
    ],
)
async def test_who_has_the_first_name_of_another_gets_no_seat_of_theirs(
    network: Teams, query: Query, said: str
) -> None:
    before = snapshot(query)
    assert (await hears(network, JONAS, said)).text.startswith("Ik ken ")
    assert snapshot(query) == before


@pytest.mark.parametrize(
    "said",
    [
        "Griet komt in mijn plaats op 3 december",
        "griet maas komt in mijn plaats op 3 december",
        "Griet van De Kade komt in mijn plaats op 3 december",
        "griet m. komt in mijn plaats op 3 december",
    ],
)
async def test_a_first_name_with_what_fits_is_enough(network: Teams, query: Query, said: str) -> None:
    told = await says(network, JONAS, said)
    assert "Griet Maes komt in jouw plaats" in told
    assert "Laat het Griet zelf even weten: in Teams ken ik Griet nog niet." in told


async def test_a_whole_sentence_is_no_name_after_the_question_who_comes(network: Teams, query: Query) -> None:
    await says(network, JONAS, "iemand komt in mijn plaats op 3 december")
    asked = await hears(network, JONAS, "griet van damme komt in mijn plaats op 3 december")
    assert asked.card["body"][0]["value"] == "Griet Van Damme"


async def test_a_place_in_line_goes_to_another_place_in_line(network: Teams, query: Query) -> None:
    seats(query, 5)
    await says(network, KATRIEN, "schrijf me in voor 3 december")
    told = await says(network, KATRIEN, "Wout komt in mijn plaats op 3 december")
    assert told.startswith("In orde, Wout Lambrechts staat nu in jouw plaats op de wachtlijst")
    assert (status(query, KATRIEN), status(query, WOUT)) == ("excused", "waitlisted")


async def test_who_is_replaced_already_hears_by_whom(network: Teams, query: Query) -> None:
    before = snapshot(query)
    told = await says(network, WOUT, "Katrien komt in mijn plaats op 3 december")
    assert told.startswith("Tuur Dhondt komt al in jouw plaats naar Intervisie huiswerkbegeleiding.")
    assert snapshot(query) == before


async def test_no_coordinator_hears_of_a_replacement_whom_nobody_saw_in_teams(network: Teams, query: Query) -> None:
    assert "Laat het Griet zelf even weten" in await says(network, JONAS, "Griet komt in mijn plaats op 3 december")
    await until(lambda: query("SELECT 1 FROM notices WHERE kind = 'replaces' AND state = 'cancelled'"))
    assert query("SELECT last_code FROM notices WHERE kind = 'replaces'") == [("not_found",)]
    assert query("SELECT 1 FROM notices WHERE kind = 'outbox.trouble'") == []
    listed = await says(network, NELE, "wie kan je niet bereiken voor 3 december?")
    assert "- Griet Maes (Secundaire School De Kade): griet.maes@dekade.example" in listed


async def test_a_guest_can_be_typed(network: Teams, query: Query) -> None:
    asked = await hears(network, KATRIEN, GUEST)
    assert asked.text.startswith("Wie breng je mee naar Intervisie huiswerkbegeleiding?")
    assert texts.GUEST_KEPT in asked.text
    told = await hears(network, KATRIEN, JAN)
    assert told.text.startswith("Jan Peeters (CLB De Lier) is ingeschreven voor Intervisie huiswerkbegeleiding")
    assert told.text.endswith("Laat het Jan zelf even weten: in Teams ken ik Jan nog niet.")
    assert guests(query) == [("Jan Peeters", "CLB De Lier", "jan@clb.example")]


async def test_in_one_sentence_a_guest_is_brought_at_once(network: Teams, query: Query) -> None:
    said = "ik breng Jan Peeters mee van CLB De Lier naar 3 december, jan@clb.example"
    assert "is ingeschreven" in await says(network, KATRIEN, said)
    assert guests(query) == [("Jan Peeters", "CLB De Lier", "jan@clb.example")]


async def test_what_is_missing_is_asked_again(network: Teams, query: Query) -> None:
    await says(network, KATRIEN, GUEST)
    card = await hears(network, KATRIEN, "Jan Peeters, CLB De Lier")
    assert card.text.startswith("Ik heb nog het e-mailadres nodig.")
    assert [field["value"] for field in card.card["body"][:2]] == ["Jan Peeters", "CLB De Lier"]
    assert "is ingeschreven" in await says(network, KATRIEN, JAN)


async def test_a_guest_is_typed_after_a_restart(settings: Settings, query: Query) -> None:
    async with teams_on_loopback() as teams:
        for said in (GUEST, "wanneer is de netwerkdag?", JAN):
            async with running(settings) as bot:
                teams.bot_url = bot.url
                told = await says(teams, KATRIEN, said)
    assert "is ingeschreven voor Intervisie huiswerkbegeleiding" in told


async def test_who_brought_a_guest_takes_them_back(network: Teams, query: Query) -> None:
    await says(network, KATRIEN, GUEST)
    told = await presses(network, KATRIEN, await hears(network, KATRIEN, JAN), "Ongedaan maken")
    assert told.text == "In orde, Jan Peeters staat niet meer op de lijst voor Intervisie huiswerkbegeleiding."


async def test_when_it_is_full_a_guest_waits(network: Teams, query: Query) -> None:
    seats(query, 5)
    await says(network, KATRIEN, GUEST)
    assert "Jan Peeters (CLB De Lier) staat op de wachtlijst, plaats 1." in await says(network, KATRIEN, JAN)


async def test_somebody_of_the_network_is_no_guest(network: Teams, query: Query) -> None:
    before = snapshot(query)
    told = await says(network, JONAS, "ik breng Katrien mee naar 3 december")
    assert told == "Katrien Poelman zit in het netwerk en schrijft zichzelf in met “schrijf me in”."
    assert snapshot(query) == before


@pytest.mark.parametrize("email", ["jan", "jan@", "@clb.example", "jan@clb", "jan peeters@clb.example"])
async def test_an_address_that_is_none_is_refused(network: Teams, query: Query, email: str) -> None:
    card = await hears(network, KATRIEN, GUEST)
    before = snapshot(query)
    told = await presses(network, KATRIEN, card, "Schrijf in", name="Jan Peeters", organisation="CLB", email=email)
    assert told.text == SENTENCES[NotARealGuest]
    assert snapshot(query) == before


async def test_a_card_that_is_not_filled_in_asks_for_the_rest(network: Teams, query: Query) -> None:
    card = await hears(network, KATRIEN, GUEST)
    told = await presses(network, KATRIEN, card, "Schrijf in", name="Jan Peeters")
    assert told.text.startswith("Ik heb nog de organisatie en het e-mailadres nodig.")


@pytest.mark.parametrize(
    "changed", [{"meeting": 99_999}, {"instead_of": 99_999}, {"name": "x" * 300}, {"email": 12}, {"instead_of": -1}]
)
async def test_a_card_that_was_tampered_with_brings_nobody(network: Teams, query: Query, changed: Json) -> None:
    card = await hears(network, KATRIEN, GUEST)
    before = snapshot(query)
    filled = {"name": "Jan Peeters", "organisation": "CLB De Lier", "email": "jan@clb.example"}
    told = await network.press(KATRIEN, KATRIEN.chat, {**card.button("Schrijf in"), **filled, **changed})
    assert len(told) == 1
    assert "is ingeschreven" not in told[0].text
    assert snapshot(query) == before


async def test_a_guest_does_not_get_the_seat_of_another(network: Teams, query: Query) -> None:
    before = snapshot(query)
    data = {
        "action": "bring_guest",
        "meeting": meeting_id(query, HOMEWORK),
        "instead_of": person_id(query, JONAS),
        "name": "Jan Peeters",
        "organisation": "CLB De Lier",
        "email": "jan@clb.example",
    }
    assert [one.text for one in await network.press(KATRIEN, KATRIEN.chat, data)] == [SENTENCES[NotYours]]
    assert snapshot(query) == before


async def test_markup_in_a_guests_name_is_shown_as_it_is(network: Teams, query: Query) -> None:
    card = await hears(network, KATRIEN, GUEST)
    filled = {"name": "*Jan* [x](http://y.example)", "organisation": "CLB", "email": "jan@clb.example"}
    told = await presses(network, KATRIEN, card, "Schrijf in", **filled)
    assert "[x](" not in told.text


async def test_after_the_last_day_a_member_brings_nobody(network: Teams, query: Query) -> None:
    query(f"UPDATE meetings SET register_until = '2026-11-20' WHERE key = '{HOMEWORK}'")
    assert "kon tot en met vrijdag 20 november 2026" in await says(network, KATRIEN, GUEST)
    assert await says(network, TUUR, "Jan Peeters komt in mijn plaats op 3 december")
    assert "is nu voor Jan Peeters" in await says(network, TUUR, JAN)


async def test_a_coordinator_registers_somebody_unknown_as_a_guest(network: Teams, query: Query) -> None:
    data = {"action": "ask_meeting", "intent": "registration.register", "meeting": meeting_id(query, MOTIVATION)}
    card = (await network.press(NELE, NELE.chat, {**data, "text": "schrijf Bram Peeters in voor 4 februari"}))[0]
    assert "Bram Peeters" in card.text
    assert buttons(card) == ["Schrijf in"]
    filled = {"name": "Bram Peeters", "organisation": "School X", "email": "bram@x.example"}
    await presses(network, NELE, card, "Schrijf in", **filled)
    listed = f"SELECT status FROM registrations WHERE meeting_id = {meeting_id(query, MOTIVATION)}"
    assert query(listed) == [("registered",)]
