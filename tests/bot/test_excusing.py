"""Letting know that one can't come: at once, with a reason only the coordinator keeps, and coming after all."""

import pytest

from bot.app import running
from bot.settings import Settings
from dialogs.texts import general
from dialogs.texts import registering as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NotYours
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, LOTTE, NELE, Json, Teams, teams_on_loopback
from tests.bot.edges import until
from tests.bot.lists import (
    EMRE,
    HOMEWORK,
    MOTIVATION,
    Query,
    buttons,
    everybody,
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


@pytest.fixture
async def network(teams: Teams) -> Teams:
    """A Teams in which the bot knows everybody's chat."""
    return await everybody(teams)


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
    assert network.texts_in(CHANNEL) == [f"{texts.NOTED}\n\n{general.ANSWERED_PRIVATELY}"]
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


async def test_typed_the_reason_is_asked_once_more(network: Teams, query: Query) -> None:
    await says(network, NELE, "Emre kan niet komen op 3 december omdat hij ziek is")
    assert texts.REASON_FOR_OTHERS in await says(network, NELE, "ja")
    assert await says(network, NELE, "griep") == texts.REASON_TOLD
    assert reason(query) == ["griep"]


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
