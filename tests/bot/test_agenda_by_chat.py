"""Composing, publishing and holding an agenda, its document, and promises, as people say it in chat."""

import json
from pathlib import Path

import pytest

from dialogs.cards.agenda_payloads import PublishAgenda
from dialogs.texts import publishing as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NotCoordinator
from storage.services.house import House
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, JONAS, NELE, Posted, Teams
from tests.bot.lists import MOTIVATION, Query, buttons, hears, meeting_id, presses, says

COMPOSE = "stel een agenda voor voor de intervisie van 4 februari"
PUBLISH = "publiceer de agenda van de intervisie van 4 februari"
PROPOSE = "zet {title} op de agenda van de intervisie van 4 februari"
TITLE = "Intervisie schoolmotivatie"
ON_MONDAY = "maandag 23 november om 8 uur"


KNOWN = (NELE, JONAS)


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams whose coordinator and one other the bot knows."""
    return met(teams, query, KNOWN)


def points(query: Query) -> list[str]:
    """The titles on the agenda, in order."""
    found = query(
        "SELECT title FROM agenda_points WHERE state = 'accepted' AND meeting_id = "
        f"{meeting_id(query, MOTIVATION)} ORDER BY position"
    )
    return [str(title) for (title,) in found]


def propose(query: Query, title: str, **fields: object) -> None:
    """Somebody proposed this."""
    columns = {
        "meeting_id": meeting_id(query, MOTIVATION),
        "title": title,
        "position": 0,
        "state": "proposed",
        "proposed_at": "2026-11-20 10:00:00",
        "proposer_id": query("SELECT id FROM people WHERE email LIKE 'jonas%'")[0][0],
        **fields,
    }
    names, values = ", ".join(columns), ", ".join(repr(value) for value in columns.values())
    query(f"INSERT INTO agenda_points ({names}) VALUES ({values})")


async def offered(teams: Teams, query: Query) -> Posted:
    """A proposed agenda with two points that fit and one that does not."""
    propose(query, "Huiswerk", kind="theme", minutes=45, carried=2)
    propose(query, "Een casus", kind="case")
    propose(query, "Veel te lang", minutes=200)
    return await hears(teams, NELE, COMPOSE)


# Composing


async def test_a_proposed_agenda_has_hours_lengths_reasons_and_what_is_left(network: Teams, query: Query) -> None:
    shown = await offered(network, query)
    assert f"Voorstel voor de agenda van {TITLE} (donderdag 4 februari 2027, van 13.30 tot 16 uur):" in shown.text
    assert "- 13.30 uur: Verwelkoming (10 minuten)" in shown.text
    assert "Huiswerk (45 minuten): 2 × uitgesteld" in shown.text
    assert "Een casus (40 minuten): nieuw voorgesteld" in shown.text
    assert f"{texts.LEFT_OUT}\n\n- Veel te lang (3 uur en 20 minuten): er was nog maar 15 minuten over" in shown.text
    assert "Samen 2 uur en 15 minuten: er blijft 15 minuten over." in shown.text
    assert buttons(shown) == [texts.BUTTON_TAKE_OVER, texts.BUTTON_BOARD, texts.BUTTON_NO_MATTER]
    assert "Huiswerk" not in points(query)


async def test_the_button_takes_it_over_once(network: Teams, query: Query) -> None:
    shown = await offered(network, query)
    said = await presses(network, NELE, shown, texts.BUTTON_TAKE_OVER)
    assert said.text.startswith(texts.NOW_THE_AGENDA.format(title=TITLE))
    assert "Ik publiceer ze vanzelf donderdag 28 januari 2027 om 9 uur." in said.text
    before = query("SELECT * FROM agenda_points")
    await network.press(NELE, NELE.chat, shown.button(texts.BUTTON_TAKE_OVER))
    assert query("SELECT * FROM agenda_points") == before
    assert {"Huiswerk", "Een casus", "Verwelkoming"} <= set(points(query))


@pytest.mark.parametrize("yes", ["ja", "neem maar over", "Zo is het goed"])
async def test_yes_takes_it_over_too(network: Teams, query: Query, yes: str) -> None:
    await offered(network, query)
    await says(network, NELE, yes)
    assert "Huiswerk" in points(query)


@pytest.mark.parametrize("no", ["nee", "laat maar", "toch niet"])
async def test_no_leaves_it(network: Teams, query: Query, no: str) -> None:
    await offered(network, query)
    assert await says(network, NELE, no) == texts.NOT_COMPOSED
    await says(network, NELE, "ja")
    assert "Huiswerk" not in points(query)


async def test_another_question_leaves_the_proposed_agenda_waiting(network: Teams, query: Query) -> None:
    await offered(network, query)
    assert "Intervisie" in await says(network, NELE, "wanneer is de volgende intervisie?")
    await says(network, NELE, "ja")
    assert "Huiswerk" in points(query)


async def test_only_a_coordinator_composes_whoever_presses(network: Teams, query: Query) -> None:
    shown = await offered(network, query)
    assert (await presses(network, JONAS, shown, texts.BUTTON_TAKE_OVER)).text == SENTENCES[NotCoordinator]
    assert await says(network, JONAS, COMPOSE) == SENTENCES[NotCoordinator]
    assert "Huiswerk" not in points(query)


# Publishing


async def ready(teams: Teams, query: Query) -> Posted:
    """The preview of an agenda that was taken over."""
    await presses(teams, NELE, await offered(teams, query), texts.BUTTON_TAKE_OVER)
    return await hears(teams, NELE, PUBLISH)


async def test_an_agenda_is_shown_with_whom_it_goes_to_before_it_is_published(network: Teams, query: Query) -> None:
    await network.say(NELE, CHANNEL, "post hier")
    await says(network, JONAS, "schrijf me in voor de intervisie van 4 februari")
    shown = await ready(network, query)
    assert f"Ze vertrekt {ON_MONDAY} persoonlijk naar 1 persoon en naar het kanaal:" in shown.text
    assert f"> **De agenda van {TITLE}**" in shown.text
    assert "> - 13.30 uur: Verwelkoming (10 minuten)" in shown.text
    assert buttons(shown) == [texts.BUTTON_PUBLISH_AT, "Nu meteen", "Toch niet"]
    assert query("SELECT count(*) FROM notices WHERE kind LIKE 'agenda%'") == [(0,)]


@pytest.mark.parametrize("yes", ["ja", "publiceer maar"])
async def test_yes_publishes_it_once(network: Teams, query: Query, yes: str) -> None:
    await says(network, JONAS, "schrijf me in voor de intervisie van 4 februari")
    shown = await ready(network, query)
    assert f"de agenda van {TITLE} vertrekt {ON_MONDAY} persoonlijk naar 1 persoon" in await says(network, NELE, yes)
    again = await presses(network, NELE, shown, "Nu meteen")
    assert again.text == texts.PUBLISHED_BEFORE.format(title=TITLE)
    assert query("SELECT count(*) FROM notices WHERE kind = 'agenda'") == [(1,)]


@pytest.mark.parametrize("no", ["nee", "toch niet", "nog niet"])
async def test_no_publishes_nothing(network: Teams, query: Query, no: str) -> None:
    await ready(network, query)
    assert await says(network, NELE, no) == texts.NOT_PUBLISHED
    await says(network, NELE, "ja")
    assert query("SELECT published_at FROM agendas") == [(None,)]


async def test_another_question_leaves_the_preview_waiting(network: Teams, query: Query) -> None:
    propose(query, "Huiswerk", state="accepted")
    await says(network, NELE, "wanneer is de intervisie van 4 februari?")
    await says(network, NELE, "publiceer de agenda")
    assert "4 februari" in await says(network, NELE, "wanneer is de intervisie van 4 februari?")
    await says(network, NELE, "ja")
    assert query("SELECT count(*) FROM agendas WHERE published_at IS NOT NULL") == [(1,)]


async def test_nothing_to_publish_leads_to_a_proposal(network: Teams, query: Query) -> None:
    query(f"DELETE FROM agenda_points WHERE meeting_id = {meeting_id(query, MOTIVATION)}")
    shown = await hears(network, NELE, PUBLISH)
    assert shown.text == texts.NOTHING_TO_PUBLISH.format(title=TITLE)
    assert "Voorstel voor de agenda" in (await presses(network, NELE, shown, texts.BUTTON_COMPOSE)).text


async def test_only_a_coordinator_publishes_whoever_presses(network: Teams, query: Query) -> None:
    shown = await ready(network, query)
    assert (await presses(network, JONAS, shown, "Nu meteen")).text == SENTENCES[NotCoordinator]
    assert await says(network, JONAS, PUBLISH) == SENTENCES[NotCoordinator]
    assert query("SELECT published_at FROM agendas") == [(None,)]


# Holding


async def test_an_agenda_is_held_and_let_go(network: Teams, query: Query) -> None:
    held = await hears(network, NELE, "hou de agenda van de intervisie van 4 februari nog vast")
    assert held.text == texts.HELD.format(title=TITLE)
    assert query("SELECT held FROM agendas") == [(1,)]
    released = await presses(network, NELE, held, texts.BUTTON_RELEASE)
    assert released.text.endswith("Ik publiceer ze vanzelf donderdag 28 januari 2027 om 9 uur.")
    assert query("SELECT held FROM agendas") == [(0,)]
    assert (
        await says(network, JONAS, "hou de agenda van de intervisie van 4 februari nog vast")
        == SENTENCES[NotCoordinator]
    )


async def test_it_is_let_go_by_sentence_too(network: Teams, query: Query) -> None:
    await says(network, NELE, "hou de agenda van de intervisie van 4 februari nog vast")
    assert (await says(network, NELE, "laat de agenda maar gaan")).startswith(texts.RELEASED.format(title=TITLE))
    assert query("SELECT held FROM agendas") == [(0,)]


async def test_without_a_name_it_is_the_agenda_that_was_drafted_last(network: Teams, query: Query) -> None:
    number = meeting_id(query, MOTIVATION)
    query(
        "INSERT INTO notices (key, kind, subject, target, due_at, timing, state, data, created_at, tries, version) "
        f"VALUES ('agenda_draft:{number}:1', 'agenda_draft', '{number}', 'person:1', '2026-11-20', 'normal', 'sent', "
        "'{}', '2026-11-20 09:00:00', 0, 0)"
    )
    assert await says(network, NELE, "hou de agenda nog vast") == texts.HELD.format(title=TITLE)


async def test_without_a_draft_it_is_that_of_the_next_intervisie(network: Teams) -> None:
    assert "agenda van Intervisie huiswerk" in await says(network, NELE, "hou de agenda nog vast")


# The document


async def test_the_agenda_comes_as_a_link_to_a_document_for_the_asker_alone(
    network: Teams, bot_house: House, query: Query
) -> None:
    propose(query, "Huiswerk", state="accepted")
    bot_house.links.start_with("https://bot.example")
    await network.say(JONAS, CHANNEL, "wanneer is de intervisie van 4 februari?")
    said = await network.say(JONAS, CHANNEL, "geef de agenda als Word")
    here = [json.dumps(one.activity) for one in said if one.conversation == CHANNEL.conversation]
    own = [one.text for one in said if one.conversation == JONAS.chat.conversation]
    assert not any("/bestand/" in one for one in here)
    assert ["[Word-document](https://bot.example/bestand/" in one for one in own] == [True]


async def test_of_an_agenda_for_participants_others_get_no_document(network: Teams, query: Query) -> None:
    query("UPDATE meetings SET audience = 'participants'")
    await says(network, JONAS, "wanneer is de intervisie van 4 februari?")
    said = await says(network, JONAS, "geef de agenda als Word")
    assert "alleen voor wie eraan deelneemt" in said


# Promises


async def test_a_promise_is_kept_with_what_it_is_about_and_can_be_taken_back(network: Teams, query: Query) -> None:
    shown = await hears(network, JONAS, "ik breng iets mee over faalangst voor de intervisie van 4 februari")
    assert shown.text.startswith("Fijn! Ik noteer dat je iets meebrengt over “faalangst")
    assert query("SELECT count(*) FROM agenda_promises") == [(1,)]
    assert buttons(shown) == [texts.BUTTON_ADD, texts.BUTTON_NO_PROMISE]
    assert (await presses(network, JONAS, shown, texts.BUTTON_NO_PROMISE)).text == texts.PROMISE_DROPPED
    assert query("SELECT count(*) FROM agenda_promises") == [(0,)]


async def test_a_promise_with_somebody_s_name_waits_for_its_author(network: Teams, query: Query) -> None:
    about = "ik breng iets mee over Kobe Peeters van 3e middelbaar voor de intervisie van 4 februari"
    said = await network.say(JONAS, CHANNEL, about)
    assert not any("Kobe" in json.dumps(one.activity) for one in said if one.conversation == CHANNEL.conversation)
    assert query("SELECT count(*) FROM agenda_promises") == [(0,)]


# From the draft


async def test_the_draft_s_button_composes_and_publishes_at_once(network: Teams, query: Query) -> None:
    await says(network, JONAS, "schrijf me in voor de intervisie van 4 februari")
    propose(query, "Huiswerk", kind="theme")
    pressed = PublishAgenda(meeting=meeting_id(query, MOTIVATION), verb="now", drafted=True, nonce="n1-now")
    for _ in range(2):
        await network.press(NELE, NELE.chat, pressed.model_dump())
    assert {"Huiswerk", "Verwelkoming"} <= set(points(query))
    assert query("SELECT timing, count(*) FROM notices WHERE kind = 'agenda' GROUP BY timing") == [("urgent", 1)]
