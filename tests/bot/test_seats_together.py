"""Seats where several people act at once or after each other: races, others' answers, and buttons of yesterday."""

from pathlib import Path

import pytest

from dialogs.texts import registering as texts
from dialogs.texts import seats as seat_texts
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, GROUP, JONAS, KATRIEN, NELE, WOUT, Teams
from tests.bot.lists import (
    EMRE,
    EVERYBODY,
    HOMEWORK,
    Query,
    hears,
    meeting_id,
    person_id,
    presses,
    says,
    seats,
    snapshot,
    status,
)

WANTS = "schrijf me in voor 3 december"


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with everybody's chat known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), EVERYBODY)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows everybody's chat."""
    return met(teams, query, EVERYBODY)


async def test_of_two_who_want_the_last_seat_at_one_moment_one_gets_it(network: Teams, query: Query) -> None:
    seats(query, 6)
    query(f"DELETE FROM registrations WHERE person_id = {person_id(query, WOUT)}")
    await network.together([network.message(who, who.chat, WANTS) for who in (KATRIEN, WOUT)])
    assert sorted(str(status(query, who)) for who in (KATRIEN, WOUT)) == ["registered", "waitlisted"]
    told = [text for who in (KATRIEN, WOUT) for text in network.texts_in(who.chat)]
    assert sorted(text.split(" ")[0] for text in told) == ["Intervisie", "Je"]


async def test_a_yes_of_somebody_else_in_the_group_decides_nothing(network: Teams, query: Query) -> None:
    before = snapshot(query)
    await network.say(NELE, GROUP, "Emre kan niet komen op 3 december omdat hij ziek is")
    await network.say(JONAS, GROUP, "ja")
    assert snapshot(query) == before
    await says(network, NELE, "ja")  # where she was asked
    assert status(query, EMRE) == "excused"


async def test_an_offered_seat_is_not_decided_by_another_in_the_channel(network: Teams, query: Query) -> None:
    where = f"meeting_id = {meeting_id(query, HOMEWORK)}"
    query(
        "UPDATE registrations SET status = 'offered', offered_until = '2026-12-01 10:00:00.000000' "
        f"WHERE {where} AND person_id = {person_id(query, EMRE)}"
    )
    for said in ("ja", "nee"):
        await network.say(JONAS, CHANNEL, said)
        assert status(query, EMRE) == "offered"
    await network.say(EMRE, CHANNEL, "ja")
    assert status(query, EMRE) == "registered"
    assert not [text for text in network.texts_in(CHANNEL) if "ingeschreven" in text]


async def test_an_old_undo_does_not_undo_what_came_after(network: Teams, query: Query) -> None:
    card = await hears(network, KATRIEN, WANTS)
    query(f"DELETE FROM registrations WHERE person_id = {person_id(query, WOUT)}")
    await says(network, KATRIEN, "Wout komt in mijn plaats op 3 december")
    told = await presses(network, KATRIEN, card, texts.BUTTON_UNDO)
    assert told.text == "Je staat niet op de lijst voor Intervisie huiswerkbegeleiding."
    assert (status(query, KATRIEN), status(query, WOUT)) == ("excused", "registered")


async def test_an_old_offer_is_nothing_once_one_is_excused(network: Teams, query: Query) -> None:
    await says(network, JONAS, "ik kan niet komen op 3 december")
    before = snapshot(query)
    data = {"action": "decide_seat", "meeting": meeting_id(query, HOMEWORK), "verb": "accept"}
    told = await network.press(JONAS, JONAS.chat, data)
    assert [one.text for one in told] == [seat_texts.NOTHING_OFFERED.format(title="Intervisie huiswerkbegeleiding")]
    assert snapshot(query) == before


async def test_the_address_of_somebody_known_with_another_name_is_that_person(network: Teams, query: Query) -> None:
    await says(network, JONAS, "ik breng een gast mee naar 3 december")
    told = await says(network, JONAS, f"Iemand Anders, School X, {KATRIEN.mail.upper()}")
    assert told.startswith("Katrien Poelman (Vzw Windkracht) is ingeschreven voor Intervisie huiswerkbegeleiding")
    assert status(query, KATRIEN) == "registered"
    assert query("SELECT 1 FROM people WHERE name = 'Iemand Anders'") == []


async def test_who_was_replaced_in_a_chain_may_come_after_all(network: Teams, query: Query) -> None:
    query(f"DELETE FROM registrations WHERE person_id = {person_id(query, WOUT)}")
    await says(network, JONAS, "Katrien komt in mijn plaats op 3 december")
    await says(network, KATRIEN, "Wout komt in mijn plaats op 3 december")
    await says(network, WOUT, "Jonas komt in mijn plaats op 3 december")
    assert [status(query, who) for who in (JONAS, KATRIEN, WOUT)] == ["registered", "excused", "excused"]
    assert "Jonas Claerhout komt in jouw plaats" in await says(network, KATRIEN, "waarvoor ben ik ingeschreven?")


async def test_everything_one_comes_to_shows_the_session(network: Teams) -> None:
    assert "ingeschreven, sessie Regio Noord" in await says(network, JONAS, "waarvoor ben ik ingeschreven?")


async def test_who_is_registered_already_gets_nothing_to_undo(network: Teams) -> None:
    told = await hears(network, JONAS, WANTS)
    assert [action["title"] for action in told.card["actions"]] == [texts.BUTTON_CALENDAR, texts.BUTTON_CANNOT]


@pytest.mark.parametrize("action", ["take_back", "sign_off"])
async def test_what_a_coordinator_does_for_several_happens_for_all_or_for_nobody(
    network: Teams, query: Query, action: str
) -> None:
    before = snapshot(query)
    second = person_id(query, KATRIEN) if action == "take_back" else 99_999  # not on the list; nobody
    people = [person_id(query, JONAS), second]
    await network.press(NELE, NELE.chat, {"action": action, "meeting": meeting_id(query, HOMEWORK), "people": people})
    assert snapshot(query) == before


async def test_who_got_a_seat_before_the_coordinator_says_yes_keeps_it(network: Teams, query: Query) -> None:
    seats(query, 5)
    await says(network, KATRIEN, WANTS)
    await says(network, NELE, "haal Katrien van de wachtlijst voor 3 december")
    await says(network, JONAS, "ik kan niet komen op 3 december")
    told = await says(network, NELE, "ja")
    assert told == "Niet op de wachtlijst voor Intervisie huiswerkbegeleiding: Katrien Poelman."
    assert status(query, KATRIEN) == "registered"


async def test_several_who_are_excused_are_followed_by_who_moved_up_once(network: Teams, query: Query) -> None:
    seats(query, 5)
    await says(network, KATRIEN, WANTS)
    await says(network, NELE, "Emre en Jonas kunnen niet komen op 3 december")
    assert (await says(network, NELE, "ja")).count("Katrien Poelman") == 1
    assert [status(query, who) for who in (EMRE, JONAS, KATRIEN)] == ["excused", "excused", "registered"]
