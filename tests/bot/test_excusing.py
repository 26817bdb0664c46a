"""Letting know that one can't come: at once, with a reason only the coordinator keeps, and coming after all."""

from collections import OrderedDict
from pathlib import Path

import pytest

from bot.app import running
from bot.settings import Settings
from dialogs.conversations.enrolment import excusing
from dialogs.texts import general
from dialogs.texts import registering as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NotYours
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, LOTTE, NELE, Json, Spot, Teams, teams_on_loopback
from tests.bot.edges import until
from tests.bot.lists import (
    EMRE,
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

CANNOT = "ik kan niet komen op 3 december"
EXCUSED = "Je bent verontschuldigd voor Intervisie huiswerkbegeleiding (donderdag 3 december 2026)."


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with everybody's chat known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), EVERYBODY)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows everybody's chat."""
    return met(teams, query, EVERYBODY)


def reason(query: Query) -> list[object]:
    """The reasons that are kept."""
    return [row[0] for row in query("SELECT reason FROM registrations WHERE reason IS NOT NULL AND reason <> ''")]


async def test_who_cannot_come_is_excused_and_may_say_why(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, CANNOT)
    assert told.text == f"{EXCUSED} {texts.WHY}"
    assert buttons(told) == ["Reden doorgeven", "Iemand komt in mijn plaats", "Toch komen"]
    assert status(query, JONAS) == "excused"


@pytest.mark.parametrize(
    "said", ["schrap mij voor 3 december", "ik kan niet op 3 december", "ik ben er niet bij op 3 december"]
)
async def test_other_ways_to_say_it(network: Teams, query: Query, said: str) -> None:
    assert EXCUSED in await says(network, JONAS, said)
    assert status(query, JONAS) == "excused"


async def test_a_reason_that_is_given_at_once_is_taken_along(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, f"{CANNOT} omdat ik ziek ben.")
    assert told.text == f"{EXCUSED} {texts.REASON_KEPT}"
    assert buttons(told) == ["Iemand komt in mijn plaats", "Toch komen"]
    assert reason(query) == ["ik ziek ben"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("omdat ik ziek ben", "ik ziek ben"),
        ("Mijn kind is ziek.", "Mijn kind is ziek"),
        ("ik heb een vergadering op school", "ik heb een vergadering op school"),
        ("griep", "griep"),
        ("ziek", "ziek"),
        ("vergadering", "vergadering"),
    ],
)
async def test_a_typed_reason_is_kept(network: Teams, query: Query, said: str, kept: str) -> None:
    await says(network, JONAS, CANNOT)
    assert await says(network, JONAS, said) == texts.REASON_TOLD
    assert reason(query) == [kept]


async def test_the_reason_on_the_card_is_kept(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, CANNOT)
    assert (await presses(network, JONAS, card, "Reden doorgeven", reason="file")).text == texts.REASON_TOLD
    assert reason(query) == ["file"]


async def test_an_empty_reason_is_fine(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, CANNOT)
    assert (await presses(network, JONAS, card, "Reden doorgeven")).text == texts.NO_REASON
    assert reason(query) == []


@pytest.mark.parametrize("said", ["nee", "dat hoeft niet", "laat maar"])
async def test_who_rather_does_not_say_why_need_not(network: Teams, query: Query, said: str) -> None:
    await says(network, JONAS, CANNOT)
    await says(network, JONAS, said)
    assert reason(query) == []
    assert status(query, JONAS) == "excused"


@pytest.mark.parametrize("said", ["wie komt er?", "wanneer is de netwerkdag?", "dank je", "help"])
async def test_what_is_asked_meanwhile_is_no_reason_and_leaves_the_question_open(
    network: Teams, query: Query, said: str
) -> None:
    await says(network, JONAS, CANNOT)
    assert await says(network, JONAS, said) != texts.REASON_TOLD
    assert reason(query) == []
    assert await says(network, JONAS, "omdat ik ziek ben") == texts.REASON_TOLD


async def test_another_excuse_is_no_reason_for_the_first(network: Teams, query: Query) -> None:
    await says(network, JONAS, CANNOT)
    assert "Netwerkdag" in await says(network, JONAS, "ik kan ook niet komen naar de netwerkdag")
    assert (status(query, JONAS, "netwerkdag-voorjaar"), reason(query)) == ("excused", [])


async def test_a_reason_is_understood_after_a_restart(settings: Settings, query: Query) -> None:
    async with teams_on_loopback() as teams:
        for said in (CANNOT, "omdat ik ziek ben"):
            async with running(settings) as bot:
                teams.bot_url = bot.url
                told = await says(teams, JONAS, said)
    assert told == texts.REASON_TOLD
    assert reason(query) == ["ik ziek ben"]


async def test_only_the_coordinator_ever_reads_a_reason(network: Teams) -> None:
    await says(network, JONAS, f"{CANNOT} omdat ik griep heb")
    for who in (JONAS, KATRIEN):
        for said in (
            "wie komt er op 3 december?",
            "wie is er verontschuldigd voor 3 december?",
            "ben ik ingeschreven?",
        ):
            assert "griep" not in await says(network, who, said)


async def test_who_comes_after_all_is_registered_again(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, CANNOT)
    assert (await presses(network, JONAS, card, "Toch komen")).text.startswith("Je bent ingeschreven")
    assert status(query, JONAS) == "registered"


async def test_pressed_twice_one_is_back_once(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, CANNOT)
    await presses(network, JONAS, card, "Toch komen")
    await network.press(JONAS, JONAS.chat, card.button("Toch komen"))
    assert status(query, JONAS) == "registered"
    assert len([text for text in network.texts_in(JONAS.chat) if text.startswith("Je bent ingeschreven")]) == 1


async def test_it_works_after_registration_has_closed(network: Teams, query: Query) -> None:
    query(f"UPDATE meetings SET register_until = '2026-11-20' WHERE key = '{HOMEWORK}'")
    assert EXCUSED in await says(network, JONAS, CANNOT)


async def test_without_a_meeting_one_chooses_from_those_one_comes_to(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, "ik kan niet komen want ik ben ziek")
    assert len(buttons(card)) == 3
    told = await presses(network, JONAS, card, buttons(card)[0])
    assert told.text == f"{EXCUSED} {texts.REASON_KEPT}"
    assert reason(query) == ["ik ben ziek"]


async def test_who_comes_to_one_meeting_only_means_that_one(network: Teams, query: Query) -> None:
    query("DELETE FROM registrations WHERE meeting_id IN (SELECT id FROM meetings WHERE key <> 'stuurgroep-januari')")
    assert "Stuurgroep" in await says(network, LOTTE, "ik kan niet komen")
    assert status(query, LOTTE, "stuurgroep-januari") == "excused"


async def test_who_waits_for_a_seat_leaves_the_list(network: Teams, query: Query) -> None:
    seats(query, 5)
    await says(network, KATRIEN, "schrijf me in voor 3 december")
    assert "niet meer op de wachtlijst" in await says(network, KATRIEN, CANNOT)
    assert status(query, KATRIEN) == "withdrawn"


async def test_in_a_channel_nobody_reads_that_somebody_is_excused(network: Teams, query: Query) -> None:
    await network.say(JONAS, CHANNEL, CANNOT)
    assert network.texts_in(CHANNEL) == [f"{texts.NOTED}\n\n{general.REST_PRIVATELY}"]
    assert network.texts_in(JONAS.chat) == [f"{EXCUSED} {texts.WHY}"]
    assert await says(network, JONAS, "omdat ik ziek ben") == texts.REASON_TOLD
    assert reason(query) == ["ik ziek ben"]


async def test_a_reason_that_is_typed_in_the_channel_is_not_repeated_there(network: Teams, query: Query) -> None:
    await network.say(JONAS, CHANNEL, CANNOT)
    await network.say(JONAS, CHANNEL, "omdat ik ziek ben")
    assert not [text for text in network.texts_in(CHANNEL) if "ziek" in text or "verontschuldigd" in text]
    assert reason(query) == ["ik ziek ben"]


async def test_a_meeting_that_is_over_is_not_excused_from(network: Teams, query: Query) -> None:
    before = snapshot(query)
    assert (
        await says(network, JONAS, "ik kan niet komen naar de vorige intervisie")
        == "Intervisie thuiszitters is al voorbij."
    )
    assert snapshot(query) == before


# Others


async def test_a_coordinator_excuses_others_after_a_yes(network: Teams, query: Query) -> None:
    asked = await hears(network, NELE, "Emre kan niet komen op 3 december omdat hij ziek is")
    assert (
        asked.text
        == "Zal ik Emre Kaya verontschuldigen voor Intervisie huiswerkbegeleiding (donderdag 3 december 2026)?"
    )
    assert status(query, EMRE) == "registered"
    told = await presses(network, NELE, asked, "Ja, verontschuldig")
    assert told.text.startswith("Verontschuldigd voor Intervisie huiswerkbegeleiding: Emre Kaya.")
    assert (status(query, EMRE), reason(query)) == ("excused", ["hij ziek is"])


async def test_a_typed_yes_keeps_the_reason(network: Teams, query: Query) -> None:
    await says(network, NELE, "Emre kan niet komen op 3 december omdat hij ziek is")
    assert texts.REASON_FOR_OTHERS not in await says(network, NELE, "ja")
    assert reason(query) == ["hij ziek is"]


async def test_a_reason_for_others_is_written_down_only_after_the_yes(network: Teams, query: Query) -> None:
    await says(network, NELE, "Emre kan niet komen op 3 december omdat hij ziek is")
    assert not [row for row in query("SELECT pending FROM memories") if "ziek" in str(row)]


async def test_a_reason_that_is_forgotten_meanwhile_is_asked_again(
    network: Teams, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    await says(network, NELE, "Emre kan niet komen op 3 december omdat hij ziek is")
    monkeypatch.setattr(excusing, "_reasons", OrderedDict())  # as after a restart
    assert texts.REASON_FOR_OTHERS in await says(network, NELE, "ja")
    assert texts.REASON_TOLD in await says(network, NELE, "griep")
    assert reason(query) == ["griep"]


@pytest.mark.parametrize("where", [JONAS.chat, CHANNEL], ids=["chat", "channel"])
async def test_a_reason_alone_excuses_nobody(network: Teams, query: Query, where: Spot) -> None:
    before = snapshot(query)
    await network.say(JONAS, where, "wanneer is de intervisie van 3 december?")
    await network.say(JONAS, where, "omdat ik ziek ben")
    assert network.texts_in(JONAS.chat)[-1] == texts.REASON_FOR_WHAT
    assert snapshot(query) == before


async def test_a_reason_may_come_first(network: Teams, query: Query) -> None:
    await says(network, JONAS, "wegens ziekte kan ik niet komen op 3 december")
    assert status(query, JONAS) == "excused"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("ik kan misschien niet komen op 3 december", "Dan laat ik voorlopig alles voor"),
        ("ik weet nog niet of ik kan komen op 3 december", "Dan laat ik voorlopig alles voor"),
        ("kan ik mij nog afmelden voor 3 december?", "Ja, je kan je nog verontschuldigen voor"),
    ],
)
async def test_who_is_not_sure_or_only_asks_keeps_the_seat(
    network: Teams, query: Query, said: str, answer: str
) -> None:
    before = snapshot(query)
    told = await hears(network, JONAS, said)
    assert told.text.startswith(answer)
    assert buttons(told) == ["Ik kan niet komen"]
    assert snapshot(query) == before


async def test_who_comes_after_all_gives_no_reason(network: Teams, query: Query) -> None:
    await says(network, JONAS, CANNOT)
    assert "Je bent ingeschreven" in await says(network, JONAS, "ik kom toch wel")
    assert (status(query, JONAS), reason(query)) == ("registered", [])


async def test_colleagues_without_a_name_are_not_excused_and_that_is_said(network: Teams, query: Query) -> None:
    assert texts.ONLY_YOU in await says(network, JONAS, "we kunnen niet komen op 3 december")
    assert status(query, JONAS) == "excused"


async def test_whom_nobody_knows_is_named_beside_who_is_excused(network: Teams, query: Query) -> None:
    asked = await hears(network, NELE, "Griet Peeters en Emre kunnen niet komen op 3 december")
    assert asked.text.startswith("Griet Peeters ken ik niet in het netwerk.\n\nZal ik Emre Kaya verontschuldigen")


# The waiting list is left, and no seat


async def test_who_waits_nowhere_keeps_every_seat(network: Teams, query: Query) -> None:
    before = snapshot(query)
    assert await says(network, JONAS, "haal me van de wachtlijst") == texts.IN_NO_LINE
    await says(network, JONAS, "wanneer is de intervisie van 3 december?")
    assert await says(network, JONAS, "haal me van de wachtlijst") == texts.IN_NO_LINE
    told = await hears(network, JONAS, "haal me van de wachtlijst voor 3 december")
    assert told.text == "Je staat niet op de wachtlijst voor Intervisie huiswerkbegeleiding: je bent ingeschreven."
    assert buttons(told) == ["Zet in mijn agenda", "Ik kan niet komen"]
    assert snapshot(query) == before


async def test_who_waits_leaves_the_line_also_while_another_meeting_is_talked_about(
    network: Teams, query: Query
) -> None:
    seats(query, 5)
    await says(network, KATRIEN, "schrijf me in voor 3 december")
    await says(network, KATRIEN, "wanneer is het infomoment?")
    assert "niet meer op de wachtlijst" in await says(network, KATRIEN, "haal me van de wachtlijst")
    assert status(query, KATRIEN) == "withdrawn"


async def test_an_old_button_of_the_waiting_list_takes_no_seat_away(network: Teams, query: Query) -> None:
    seats(query, 5)
    card = await hears(network, KATRIEN, "schrijf me in voor 3 december")
    await says(network, JONAS, CANNOT)
    told = await presses(network, KATRIEN, card, "Van de wachtlijst")
    assert "je bent ingeschreven" in told.text
    assert status(query, KATRIEN) == "registered"


async def test_a_coordinator_takes_others_off_the_waiting_list_only(network: Teams, query: Query) -> None:
    seats(query, 5)
    await says(network, KATRIEN, "schrijf me in voor 3 december")
    told = await says(network, NELE, "haal Jonas van de wachtlijst voor 3 december")
    assert told == "Niet op de wachtlijst voor Intervisie huiswerkbegeleiding: Jonas Claerhout."
    await says(network, NELE, "haal Katrien van de wachtlijst voor 3 december")
    assert status(query, KATRIEN) == "waitlisted"
    assert "Katrien Poelman staat niet meer op de lijst" in await says(network, NELE, "ja")
    assert (status(query, KATRIEN), status(query, JONAS)) == ("withdrawn", "registered")


async def test_a_member_learns_from_no_tampered_button_who_waits(network: Teams, query: Query) -> None:
    data = {"action": "take_back", "meeting": meeting_id(query, HOMEWORK), "people": [person_id(query, EMRE)]}
    told = await network.press(JONAS, JONAS.chat, {**data, "waiting": True})
    assert [one.text for one in told] == [SENTENCES[NotYours]]


async def test_a_member_does_not_excuse_others(network: Teams, query: Query) -> None:
    before = snapshot(query)
    assert "kan alleen de coördinator" in await says(network, KATRIEN, "Emre kan niet komen op 3 december")
    assert snapshot(query) == before


async def test_somebody_unknown_is_not_taken_for_the_one_who_speaks(network: Teams, query: Query) -> None:
    before = snapshot(query)
    await says(network, JONAS, "Els kan niet komen op 3 december")
    assert snapshot(query) == before


@pytest.mark.parametrize("changed", [{"person": 0}, {"person": 99_999}, {"meeting": 99_999}, {"reason": 12}])
async def test_a_card_that_was_tampered_with_keeps_no_reason(network: Teams, query: Query, changed: Json) -> None:
    card = await hears(network, JONAS, CANNOT)
    await network.press(JONAS, JONAS.chat, {**card.button("Reden doorgeven"), "reason": "x", **changed})
    assert reason(query) == []


async def test_nobody_gives_a_reason_for_another(network: Teams, query: Query) -> None:
    await says(network, JONAS, CANNOT)
    data = {
        "action": "tell_reason",
        "meeting": meeting_id(query, HOMEWORK),
        "person": person_id(query, JONAS),
        "reason": "x",
    }
    assert [one.text for one in await network.press(KATRIEN, KATRIEN.chat, data)] == [SENTENCES[NotYours]]
    assert reason(query) == []


async def test_the_organiser_hears_at_once_when_somebody_on_the_agenda_drops_out(network: Teams) -> None:
    await says(network, LOTTE, CANNOT)
    await until(lambda: network.texts_in(NELE.chat))
    told = network.texts_in(NELE.chat)[0]
    assert told.startswith("Lotte Segers komt niet naar Intervisie huiswerkbegeleiding")
    assert "- Afspraken met het CLB" in told


async def test_who_had_not_registered_can_be_excused_too(network: Teams, query: Query) -> None:
    assert "Je bent verontschuldigd" in await says(network, KATRIEN, "ik kan niet komen op 4 februari")
    assert status(query, KATRIEN, MOTIVATION) == "excused"
