"""Registering: oneself by a sentence or a button, others by a coordinator, and taking it back."""

from pathlib import Path

import pytest

from bot.app import running
from bot.settings import Settings
from dialogs.texts import general
from dialogs.texts import registering as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NoSuchMeeting, NotRegistered, NotYours
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, JONAS, JORIS, KATRIEN, LOTTE, MIRA, NELE, WOUT, Json, Teams, teams_on_loopback
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

REGISTERED = (
    "Je bent ingeschreven voor Intervisie huiswerkbegeleiding, op donderdag 3 december 2026, van 9.30 tot 12 uur."
)
WANTS = "schrijf me in voor de volgende intervisie"
ENROL = "schrijf Emre en Tuur in voor 4 februari"


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with everybody's chat known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), EVERYBODY)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows everybody's chat."""
    return met(teams, query, EVERYBODY)


# Oneself


async def test_who_says_so_is_registered_with_a_button_for_the_calendar_and_to_undo_it(
    network: Teams, query: Query
) -> None:
    told = await hears(network, KATRIEN, WANTS)
    assert told.text == REGISTERED
    assert buttons(told) == ["Zet in mijn agenda", "Ongedaan maken"]
    assert status(query, KATRIEN) == "registered"


async def test_what_a_meeting_costs_is_said(network: Teams) -> None:
    told = await hears(network, KATRIEN, "schrijf me in voor de netwerkdag")
    assert told.text.endswith("Deelnemen kost 10 euro.")
    assert buttons(told) == ["Kies je sessie", "Zet in mijn agenda", "Ongedaan maken"]


async def test_the_button_on_a_meetings_card_registers(network: Teams, query: Query) -> None:
    card = await hears(network, KATRIEN, "wanneer is de volgende intervisie?")
    assert (await presses(network, KATRIEN, card, "Schrijf me in")).text == REGISTERED
    assert status(query, KATRIEN) == "registered"


async def test_who_comes_finds_the_button_not_to_come_instead(network: Teams) -> None:
    card = await hears(network, JONAS, "wanneer is de volgende intervisie?")
    assert buttons(card)[0] == "Ik kan niet komen"
    assert "Schrijf me in" not in buttons(card)


async def test_without_open_registration_a_card_has_neither_button(network: Teams, query: Query) -> None:
    query(f"UPDATE meetings SET register_until = '2026-11-20' WHERE key = '{HOMEWORK}'")
    card = await hears(network, KATRIEN, "wanneer is de volgende intervisie?")
    assert not {"Schrijf me in", "Ik kan niet komen"} & set(buttons(card))


async def test_registered_twice_is_registered_once(network: Teams, query: Query) -> None:
    card = await hears(network, KATRIEN, "wanneer is de volgende intervisie?")
    await presses(network, KATRIEN, card, "Schrijf me in")
    told = await presses(network, KATRIEN, card, "Schrijf me in")
    assert told.text.startswith("Je was al ingeschreven voor Intervisie huiswerkbegeleiding")
    assert query(f"SELECT count(*) FROM registrations WHERE person_id = {person_id(query, KATRIEN)} AND meeting_id = 2")


async def test_who_undoes_it_is_off_the_list_and_may_come_back(network: Teams, query: Query) -> None:
    card = await hears(network, KATRIEN, WANTS)
    told = await presses(network, KATRIEN, card, "Ongedaan maken")
    assert told.text == "In orde, je inschrijving voor Intervisie huiswerkbegeleiding is weg."
    assert status(query, KATRIEN) == "withdrawn"
    assert "Je bent niet ingeschreven" in await says(network, KATRIEN, "ben ik ingeschreven?")
    assert await says(network, KATRIEN, WANTS) == REGISTERED


async def test_when_it_is_full_one_hears_ones_place_and_can_leave_the_list(network: Teams, query: Query) -> None:
    seats(query, 5)
    first, second = await hears(network, KATRIEN, WANTS), await hears(network, WOUT, WANTS)
    assert first.text.startswith("Intervisie huiswerkbegeleiding is volzet. Je staat op de wachtlijst, plaats 1.")
    assert "plaats 2" in second.text
    told = await presses(network, KATRIEN, first, "Van de wachtlijst")
    assert told.text == "In orde, je staat niet meer op de wachtlijst voor Intervisie huiswerkbegeleiding."
    assert "plaats 1" in await says(network, WOUT, "sta ik nog op de wachtlijst?")


async def test_above_the_limit_of_an_organisation_one_hears_why_one_waits(network: Teams, query: Query) -> None:
    query(f"UPDATE meetings SET per_organisation = 1 WHERE key = '{HOMEWORK}'")
    query(f"DELETE FROM registrations WHERE person_id = {person_id(query, EMRE)}")
    told = await says(network, EMRE, WANTS)
    why = "Voor Intervisie huiswerkbegeleiding komt al 1 persoon van je organisatie, en meer kan niet."
    assert told.startswith(f"{why} Je staat op de wachtlijst, plaats 1.")
    assert status(query, EMRE) == "waitlisted"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("schrijf me in voor de vorige intervisie", "Intervisie thuiszitters is al voorbij."),
        ("schrijf me in voor de intervisie van 5 mei", "geen intervisie gepland"),
    ],
    ids=["past", "unknown"],
)
async def test_where_nobody_can_register_one_hears_why(network: Teams, query: Query, said: str, answer: str) -> None:
    before = snapshot(query)
    assert answer in await says(network, KATRIEN, said)
    assert snapshot(query) == before


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (
            "register_until = '2026-11-20'",
            "Inschrijven voor Intervisie huiswerkbegeleiding kon tot en met vrijdag 20 november 2026.",
        ),
        ("closed_at = '2026-11-20 10:00:00'", "De inschrijvingen voor Intervisie huiswerkbegeleiding zijn afgesloten."),
        ("cancelled_at = '2026-11-20 10:00:00'", "gaat niet door"),
    ],
    ids=["deadline", "closed", "cancelled"],
)
async def test_a_button_pressed_too_late_changes_nothing(
    network: Teams, query: Query, change: str, answer: str
) -> None:
    card = await hears(network, KATRIEN, "wanneer is de volgende intervisie?")
    query(f"UPDATE meetings SET {change} WHERE key = '{HOMEWORK}'")
    assert answer in (await presses(network, KATRIEN, card, "Schrijf me in")).text
    assert status(query, KATRIEN) is None


async def test_without_a_meeting_the_one_talked_about_is_meant(network: Teams, query: Query) -> None:
    await says(network, KATRIEN, "wanneer is de intervisie van 4 februari?")
    assert "Intervisie schoolmotivatie" in await says(network, KATRIEN, "schrijf me in")
    assert status(query, KATRIEN, MOTIVATION) == "registered"


async def test_without_any_hint_one_chooses_from_what_is_open(network: Teams, query: Query) -> None:
    card = await hears(network, KATRIEN, "schrijf me in")
    assert card.text.startswith(texts.WHICH_MEETING)
    assert "leersteun" not in card.text  # Katrien comes to that already
    chosen = next(title for title in buttons(card) if title.startswith("do 3 dec"))
    assert (await presses(network, KATRIEN, card, chosen)).text == REGISTERED


async def test_in_a_channel_it_is_said_short_and_the_place_in_line_in_person(network: Teams, query: Query) -> None:
    seats(query, 6)
    await network.say(KATRIEN, CHANNEL, WANTS)
    await network.say(WOUT, CHANNEL, WANTS)
    assert network.texts_in(CHANNEL) == [REGISTERED, f"{texts.NOTED}\n\n{general.REST_PRIVATELY}"]
    assert "plaats 1" in network.texts_in(WOUT.chat)[0]


async def test_in_a_channel_the_card_tells_nobody_who_is_registered(network: Teams) -> None:
    card = (await network.say(JONAS, CHANNEL, "wanneer is de volgende intervisie?"))[0]
    assert buttons(card)[0] == "Schrijf me in"
    await network.press(KATRIEN, CHANNEL, card.button("Schrijf me in"))
    assert network.texts_in(CHANNEL)[-1] == REGISTERED


async def test_who_is_not_known_is_asked_who_they_are_first(network: Teams, query: Query) -> None:
    before = snapshot(query)
    await network.say(MIRA, CHANNEL, WANTS)
    assert "Bij welke organisatie hoor je?" in network.texts_in(MIRA.chat)[0]
    assert snapshot(query) == before


async def test_a_stranger_registers_nowhere(network: Teams, query: Query) -> None:
    before = snapshot(query)
    data = {"action": "enrol", "meeting": meeting_id(query, HOMEWORK), "people": [person_id(query, KATRIEN)]}
    await network.press(JORIS, JORIS.chat, data)
    await network.say(JORIS, JORIS.chat, WANTS)
    assert snapshot(query) == before


# Others


async def test_a_coordinator_registers_others_after_a_yes(network: Teams, query: Query) -> None:
    asked = await hears(network, NELE, ENROL)
    assert (
        asked.text
        == "Zal ik Emre Kaya en Tuur Dhondt inschrijven voor Intervisie schoolmotivatie (donderdag 4 februari 2027)?"
    )
    assert status(query, EMRE, MOTIVATION) is None
    told = await presses(network, NELE, asked, "Ja, schrijf in")
    assert told.text == "Ingeschreven voor Intervisie schoolmotivatie: Emre Kaya en Tuur Dhondt."
    assert (status(query, EMRE, MOTIVATION), status(query, TUUR, MOTIVATION)) == ("registered", "registered")


@pytest.mark.parametrize(("said", "after"), [("ja", "registered"), ("nee", None), ("laat maar", None)])
async def test_a_typed_answer_decides_too(network: Teams, query: Query, said: str, after: str | None) -> None:
    await says(network, NELE, ENROL)
    await says(network, NELE, said)
    assert status(query, EMRE, MOTIVATION) == after


async def test_another_question_in_between_leaves_it_open(network: Teams, query: Query) -> None:
    await says(network, NELE, ENROL)
    assert "De Vuurtoren" in await says(network, NELE, "waar is de intervisie van 3 december?")
    assert "Ingeschreven" in await says(network, NELE, "ja")
    assert status(query, TUUR, MOTIVATION) == "registered"


async def test_the_answer_is_understood_after_a_restart(settings: Settings, query: Query) -> None:
    async with teams_on_loopback() as teams:
        async with running(settings) as bot:
            teams.bot_url = bot.url
            await says(teams, NELE, ENROL)
        async with running(settings) as bot:
            teams.bot_url = bot.url
            assert "Ingeschreven" in await says(teams, NELE, "ja")
    assert status(query, EMRE, MOTIVATION) == "registered"


async def test_others_can_be_taken_off_again(network: Teams, query: Query) -> None:
    told = await presses(network, NELE, await hears(network, NELE, ENROL), "Ja, schrijf in")
    undone = await presses(network, NELE, told, "Ongedaan maken")
    assert (
        undone.text == "In orde, Emre Kaya en Tuur Dhondt staan niet meer op de lijst voor Intervisie schoolmotivatie."
    )
    assert status(query, EMRE, MOTIVATION) == "withdrawn"


async def test_where_too_few_seats_are_left_the_coordinator_hears_it_first(network: Teams, query: Query) -> None:
    seats(query, 1, MOTIVATION)
    asked = await hears(network, NELE, ENROL)
    assert asked.text.endswith("Er is nog 1 plaats: wie er niet bij kan, komt op de wachtlijst.")
    told = await presses(network, NELE, asked, "Ja, schrijf in")
    assert told.text.endswith("Emre Kaya. Op de wachtlijst: Tuur Dhondt (plaats 1).")


async def test_two_people_with_one_name_are_told_apart(network: Teams, query: Query) -> None:
    asked = await hears(network, NELE, "schrijf Lotte in voor 4 februari")
    assert asked.text == "Wie bedoel je: Lotte Adams (De Vuurtoren) of Lotte Segers (CLB De Sluis)?"
    await presses(network, NELE, asked, "Lotte Segers (CLB De Sluis)")
    assert status(query, LOTTE, MOTIVATION) == "registered"


async def test_a_member_does_not_register_others(network: Teams, query: Query) -> None:
    before = snapshot(query)
    assert "kan alleen de coördinator" in await says(network, KATRIEN, ENROL)
    assert snapshot(query) == before


async def test_the_coordinator_registers_after_the_last_day_too(network: Teams, query: Query) -> None:
    query(f"UPDATE meetings SET register_until = '2026-11-20' WHERE key = '{MOTIVATION}'")
    await says(network, NELE, ENROL)
    assert "Ingeschreven" in await says(network, NELE, "ja")


# Buttons that were tampered with


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"meeting": 99_999}, SENTENCES[NoSuchMeeting]),
        ({"meeting": 0}, general.TOO_OLD),
        ({"meeting": "x"}, general.TOO_OLD),
        ({"people": []}, general.TOO_OLD),
        ({"people": [0]}, general.TOO_OLD),
        ({"people": list(range(1, 40))}, general.TOO_OLD),
        ({"people": "1,2"}, general.TOO_OLD),
        ({"people": [99_999]}, SENTENCES[NotRegistered]),
    ],
    ids=["no_meeting", "zero", "word", "nobody", "person_zero", "too_many", "text", "unknown"],
)
async def test_a_button_that_was_tampered_with_registers_nobody(
    network: Teams, query: Query, changed: Json, refusal: str
) -> None:
    asked = await hears(network, NELE, ENROL)
    before = snapshot(query)
    told = await network.press(NELE, NELE.chat, {**asked.button("Ja, schrijf in"), **changed})
    assert [one.text for one in told] == [refusal]
    assert snapshot(query) == before


@pytest.mark.parametrize("action", ["enrol", "take_back", "sign_off"])
async def test_a_member_changes_nothing_for_others_with_a_forged_button(
    network: Teams, query: Query, action: str
) -> None:
    before = snapshot(query)
    data = {"action": action, "meeting": meeting_id(query, HOMEWORK), "people": [person_id(query, EMRE)]}
    told = await network.press(KATRIEN, KATRIEN.chat, data)
    assert [one.text for one in told] == [SENTENCES[NotYours]]
    assert snapshot(query) == before


async def test_a_button_that_somebody_else_presses_is_not_theirs(network: Teams, query: Query) -> None:
    undo = (await hears(network, KATRIEN, WANTS)).button("Ongedaan maken")
    told = await network.press(JONAS, JONAS.chat, undo)
    assert [one.text for one in told] == [SENTENCES[NotYours]]
    assert (status(query, KATRIEN), status(query, JONAS)) == ("registered", "registered")
