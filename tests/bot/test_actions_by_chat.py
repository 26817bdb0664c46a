"""Actions in chat: what one still has to do, done, moved, given away, dropped, stuck; and what goes out by itself."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.app import Running
from bot.files.agenda_document import agenda_document
from bot.settings import Settings
from dialogs.cards.agenda import agenda_card
from dialogs.router import LARGEST_CARD
from dialogs.texts import actions as texts
from dialogs.texts import general, publishing
from dialogs.texts.refusals import SENTENCES, sentence
from storage.domain.agenda import NewPoint, PointKind
from storage.domain.network import Network
from storage.domain.people import Viewer
from storage.domain.publishing import AgendaFile
from storage.domain.refusals import ActionSettled
from storage.services.house import house_at
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, NELE, SAMIRA, WOUT, Json, Posted, Teams, User
from tests.bot.edges import until
from tests.bot.lists import HOMEWORK, MOTIVATION, hears, meeting_id, presses, says
from tests.conftest import BRUSSELS, NOW
from tests.storage.doings import agreed, posted

Query = Callable[[str], list[tuple[Any, ...]]]

FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=BRUSSELS)
"""The morning after the meeting about homework, of which Samira takes notes and which Nele organises."""

KNOWN = (SAMIRA, NELE, JONAS, WOUT, KATRIEN)

LETTER, ROOM, INPUT = (
    "Een brief sturen naar de ouderraad",
    "Een zaal zoeken in Waterdam",
    "Ideeën voor februari bezorgen",
)


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """A bot on the morning after, or at the moment that a test asks for."""
    return replace(settings, starts_at=getattr(request, "param", FRIDAY))


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known: Jonas has two actions, one with Samira, and the group has one."""
    path = greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)

    async def agree() -> None:
        house = house_at(f"sqlite:///{path}")
        await agreed(house, LETTER, JONAS.name, date(2026, 12, 11), key=HOMEWORK)
        await agreed(house, ROOM, "Jonas en Samira", date(2027, 1, 15), key=HOMEWORK)
        await agreed(house, INPUT, "iedereen", key=HOMEWORK)
        await posted(house, HOMEWORK, FRIDAY)
        await house.close()

    with asyncio.Runner() as runner:
        runner.run(agree())
    return path


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows them."""
    return met(teams, query, KNOWN)


def stands(query: Query, text: str = LETTER) -> tuple[str, str | None, list[str]]:
    """How an action stands: its state, its day and whose it is, by mail."""
    found = query(
        "SELECT a.state, a.due, p.email FROM actions a LEFT JOIN action_owners o ON o.action_id = a.id "
        f"LEFT JOIN people p ON p.id = o.person_id WHERE a.text = '{text}' ORDER BY p.email"
    )
    return found[0][0], found[0][1], [mail for _, _, mail in found if mail]


def row(card: Posted, text: str) -> dict[str, Json]:
    """The buttons in the row of an action, by title."""
    rows = [one for one in card.card["body"] if one["type"] == "Container"]
    (found,) = (one for one in rows if text in one["items"][0]["text"])
    buttons = [action for item in found["items"] if item["type"] == "ActionSet" for action in item["actions"]]
    return {action["title"]: action["data"] for action in buttons}


async def press(teams: Teams, who: User, data: Json) -> Posted:
    """What somebody hears who presses a button with this data."""
    return [one for one in await teams.press(who, who.chat, data) if one.conversation == who.chat.conversation][-1]


MINE = "wat moet ik nog doen?"
ORDER = (LETTER, ROOM, INPUT)


async def test_ones_own_list_has_numbers_and_buttons(network: Teams) -> None:
    card = await hears(network, JONAS, MINE)
    assert card.text.startswith(texts.YOURS)
    places = [card.text.index(f"{number}. {text}") for number, text in enumerate(ORDER, 1)]
    assert places == sorted(places)
    assert "tegen vrijdag 11 december 2026" in card.text
    assert "samen met Samira Bensaïd" in card.text
    assert texts.FOR_GROUP in card.text
    assert list(row(card, LETTER)) == [texts.BUTTON_DONE, texts.BUTTON_MOVE, texts.BUTTON_PASS]
    assert await says(network, WOUT, MINE) != card.text


async def test_who_has_nothing_to_do_hears_so(network: Teams) -> None:
    assert await says(network, KATRIEN, MINE) == texts.NOTHING_YOURS


async def test_the_button_done_closes_it_and_can_be_undone(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, MINE)
    done = await press(network, JONAS, row(card, LETTER)[texts.BUTTON_DONE])
    assert done.text == texts.DONE.format(text=LETTER)
    assert stands(query)[0] == "done"
    undone = await presses(network, JONAS, done, texts.BUTTON_UNDO)
    assert undone.text == texts.REOPENED.format(text=LETTER)
    assert stands(query)[0] == "open"


DONE_SO = ("actie 1 is gedaan", "de brief naar de ouderraad is verstuurd", "brief is gedaan", "1 is klaar")


@pytest.mark.parametrize("said", DONE_SO)
async def test_a_sentence_closes_the_action_that_it_means(network: Teams, query: Query, said: str) -> None:
    await says(network, JONAS, MINE)
    assert await says(network, JONAS, said) == texts.DONE.format(text=LETTER)
    assert [stands(query, one)[0] for one in ORDER] == ["done", "open", "open"]


async def test_numbers_stay_those_of_the_list_that_was_shown(network: Teams, query: Query) -> None:
    await says(network, JONAS, MINE)
    await says(network, JONAS, "actie 1 is gedaan")
    await says(network, JONAS, "actie 2 is gedaan")
    assert [stands(query, one)[0] for one in ORDER] == ["done", "done", "open"]
    assert await says(network, JONAS, "actie 1 is toch niet gedaan") == texts.REOPENED.format(text=LETTER)
    assert stands(query)[0] == "open"
    assert (await says(network, JONAS, "actie 9 is gedaan")).startswith("Actie 9 vind ik niet")


@pytest.mark.parametrize("listed", [True, False])
async def test_what_the_button_says_can_be_typed(network: Teams, query: Query, listed: bool) -> None:
    if listed:
        await hears(network, JONAS, MINE)
    await hears(network, JONAS, "de actie over de brief naar de ouderraad is gedaan")
    assert stands(query)[0] == "done"
    assert (await hears(network, JONAS, texts.BUTTON_UNDO)).text == texts.REOPENED.format(text=LETTER)
    assert stands(query)[0] == "open"
    assert "staat weer open" not in (await hears(network, JONAS, texts.BUTTON_UNDO)).text


async def test_of_several_what_can_not_be_closed_any_more_is_told(network: Teams, query: Query) -> None:
    await says(network, JONAS, MINE)
    await says(network, SAMIRA, "welke acties staan nog open?")
    await says(network, SAMIRA, "actie 1 hoeft niet meer")
    assert await says(network, SAMIRA, "ja") == texts.DROPPED.format(text=LETTER)
    said = await says(network, JONAS, "1 en 2 zijn klaar")
    assert said == f"{texts.DONE.format(text=ROOM)}\n\n{sentence(ActionSettled())}"
    assert [stands(query, one)[0] for one in ORDER] == ["dropped", "done", "open"]


async def test_a_bare_done_asks_which_and_takes_the_answer(network: Teams, query: Query) -> None:
    asked = await hears(network, JONAS, "gedaan")
    assert asked.text.startswith(texts.WHICH)
    assert await says(network, JONAS, "nummer 2") == texts.DONE.format(text=ROOM)
    assert [stands(query, one)[0] for one in ORDER] == ["open", "done", "open"]


async def test_which_is_answered_by_a_button_or_let_be(network: Teams, query: Query) -> None:
    asked = await hears(network, JONAS, "gedaan")
    assert await says(network, JONAS, "laat maar") == texts.KEPT
    assert [stands(query, one)[0] for one in ORDER] == ["open", "open", "open"]
    labels = [action["title"] for action in asked.card["actions"]]
    await presses(network, JONAS, asked, labels[0])
    assert stands(query)[0] == "done"


async def test_what_is_said_beside_it_passes_the_gate(network: Teams, query: Query) -> None:
    await says(network, JONAS, MINE)
    caught = await hears(network, JONAS, "actie 1 is gedaan, want Lars van 9 jaar is weer thuis")
    assert "Lars" in caught.text
    assert stands(query)[0] == "open"
    await presses(network, JONAS, caught, texts.BUTTON_SAVE, remark="want dat kind is weer thuis")
    assert stands(query)[0] == "done"
    assert "Lars" not in str(query("SELECT remark FROM actions"))


# --- moving


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("schuif actie 1 op naar 15 januari", "2027-01-15"),
        ("schuif actie 1 twee weken op", "2026-12-25"),
        ("schuif de actie over de brief op naar volgende maand", "2027-01-29"),
    ],
)
async def test_an_action_moves_to_the_day_that_is_said(network: Teams, query: Query, said: str, due: str) -> None:
    await says(network, JONAS, MINE)
    assert (await says(network, JONAS, said)).startswith(f"In orde, “{LETTER}” is nu voor ")
    assert stands(query)[1] == due


async def test_the_button_to_move_asks_to_when_and_takes_a_typed_day(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, MINE)
    asked = await press(network, JONAS, row(card, LETTER)[texts.BUTTON_MOVE])
    assert asked.text == texts.TO_WHEN.format(text=LETTER)
    await says(network, JONAS, "20 januari")
    assert stands(query)[1] == "2027-01-20"
    again = await presses(network, JONAS, asked, texts.BUTTON_TWO_WEEKS)
    assert "vrijdag 25 december 2026" in again.text


async def test_it_moves_to_no_day_that_is_past(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, MINE)
    data = {**row(card, LETTER)[texts.BUTTON_MOVE], "to": "2026-12-01", "nonce": "x"}
    assert (await press(network, JONAS, data)).text == texts.NO_SUCH_DAY
    await says(network, JONAS, "over een week")
    assert stands(query)[1] == "2026-12-11"


# --- giving away


async def test_who_is_given_an_action_is_told_and_takes_it_on(network: Teams, query: Query) -> None:
    await says(network, JONAS, MINE)
    passed = await hears(network, JONAS, "geef actie 1 door aan Wout")
    assert passed.text == texts.PASSED.format(text=LETTER, name=WOUT.name)
    assert stands(query)[2] == [WOUT.mail]
    await until(lambda: network.texts_in(WOUT.chat))
    told = next(one for one in network.posted if one.conversation == WOUT.chat.conversation)
    assert told.text.startswith(f"**{JONAS.name}** geeft je een actie door: {LETTER}")
    taken = await presses(network, WOUT, told, texts.BUTTON_ACCEPT)
    assert taken.text == texts.ACCEPTED.format(text=LETTER, name="Jonas")
    assert query("SELECT target FROM notices WHERE kind = 'action_news'") != []


async def test_it_is_given_back(network: Teams, query: Query) -> None:
    await says(network, JONAS, MINE)
    await says(network, JONAS, "geef actie 1 door aan Wout")
    await until(lambda: network.texts_in(WOUT.chat))
    told = next(one for one in network.posted if one.conversation == WOUT.chat.conversation)
    back = await presses(network, WOUT, told, texts.BUTTON_GIVE_BACK)
    assert back.text == texts.GIVEN_BACK.format(text=LETTER, name="Jonas")
    assert stands(query)[2] == [JONAS.mail]


async def test_who_gave_it_takes_it_back(network: Teams, query: Query) -> None:
    await says(network, JONAS, MINE)
    passed = await hears(network, JONAS, "geef actie 1 door aan Wout")
    back = await presses(network, JONAS, passed, texts.BUTTON_TAKE_BACK)
    assert back.text == texts.TAKEN_BACK.format(text=LETTER)
    assert stands(query)[2] == [JONAS.mail]


async def test_the_button_asks_to_whom_and_nobody_unknown_gets_it(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, MINE)
    asked = await press(network, JONAS, row(card, LETTER)[texts.BUTTON_PASS])
    assert asked.text == texts.TO_WHOM.format(text=LETTER)
    assert "Gerda" in await says(network, JONAS, "Gerda Onbekend")
    assert stands(query)[2] == [JONAS.mail]
    await says(network, JONAS, "Wout Lambrechts")
    assert stands(query)[2] == [WOUT.mail]


async def test_of_several_people_with_that_name_it_is_asked_which(network: Teams, query: Query) -> None:
    query("INSERT INTO people (name, email, role) VALUES ('Wout Maes', 'wout.maes@waterland.example', 'ambassador')")
    query("UPDATE network SET revision = revision + 1")
    await says(network, JONAS, MINE)
    asked = await hears(network, JONAS, "geef actie 1 door aan Wout")
    assert asked.text.startswith("Wie bedoel je?")
    assert stands(query)[2] == [JONAS.mail]
    await says(network, JONAS, "Wout Maes")
    assert stands(query)[2] == ["wout.maes@waterland.example"]


# --- dropping, and being stuck


async def test_an_action_is_dropped_once_that_is_certain(network: Teams, query: Query) -> None:
    await says(network, JONAS, MINE)
    asked = await hears(network, JONAS, "actie 1 hoeft niet meer")
    assert asked.text == texts.SURE_TO_DROP.format(text=LETTER)
    assert await says(network, JONAS, "nee") == texts.KEPT
    assert stands(query)[0] == "open"
    await says(network, JONAS, "schrap de actie over de brief naar de ouderraad")
    dropped = await hears(network, JONAS, "ja")
    assert dropped.text == texts.DROPPED.format(text=LETTER)
    assert stands(query)[0] == "dropped"
    await presses(network, JONAS, dropped, texts.BUTTON_UNDO)
    assert stands(query)[0] == "open"


async def test_the_coordinator_hears_that_one_is_stuck_when_one_asks_for_it(network: Teams) -> None:
    await says(network, JONAS, MINE)
    said = await says(network, JONAS, "ik zit vast met actie 1, want de ouderraad zwijgt")
    assert said == texts.ESCALATED.format(names="Nele", text=LETTER)
    await until(lambda: network.texts_in(NELE.chat))
    told = network.texts_in(NELE.chat)[0]
    assert told.startswith(f"**{JONAS.name}** zit vast met een actie en vraagt je hulp: {LETTER}")
    assert "de ouderraad zwijgt" in told


# --- what others see


async def test_who_has_it_not_changes_nothing_with_a_forged_button(network: Teams, query: Query) -> None:
    card = await hears(network, JONAS, MINE)
    data = row(card, LETTER)[texts.BUTTON_DONE]
    for verb, to in (("done", ""), ("move", "2027-01-15"), ("pass", "3"), ("sure", ""), ("escalate", ""), ("back", "")):
        told = await press(network, WOUT, {**data, "verb": verb, "to": to, "nonce": f"x-{verb}"})
        assert told.text == texts.NOT_YOURS, verb
    assert stands(query) == ("open", "2026-12-11", [JONAS.mail])
    for forged in ({"ids": [10**12]}, {"ids": []}, {"verb": "burn"}, {"to": "morgen"}, {"ids": ["x"]}):
        told = await press(network, JONAS, {**data, **forged, "nonce": f"y-{forged}"})
        assert told.text == general.TOO_OLD
    gone = await press(network, JONAS, {**data, "ids": [999_999], "nonce": "z"})
    assert gone.text == texts.NO_SUCH_WORDS
    assert stands(query) == ("open", "2026-12-11", [JONAS.mail])


async def test_the_open_actions_of_a_meeting_of_somebody_and_of_all(network: Teams) -> None:
    of_meeting = await says(network, WOUT, "welke acties staan nog open van de vorige intervisie?")
    assert all(text in of_meeting for text in ORDER)
    of_samira = await says(network, WOUT, "wat moet Samira nog doen?")
    assert ROOM in of_samira
    assert LETTER not in of_samira
    of_all = await says(network, WOUT, "welke acties staan er nog open?")
    assert all(text in of_all for text in ORDER)
    ahead = await says(network, WOUT, "welke acties staan nog open voor de intervisie van 4 februari?")
    assert all(text in ahead for text in ORDER)


async def test_in_a_channel_ones_own_list_is_whispered_and_closed_meetings_are_not_told(
    network: Teams, query: Query
) -> None:
    told = await network.say(JONAS, CHANNEL, MINE)
    assert not any(LETTER in one.text for one in told if one.conversation.startswith(CHANNEL.conversation))
    assert any(LETTER in one.text for one in told if one.conversation == JONAS.chat.conversation)
    public = await network.say(WOUT, CHANNEL, "welke acties staan er nog open?")
    assert any(LETTER in one.text for one in public if one.conversation.startswith(CHANNEL.conversation))
    query(f"UPDATE meetings SET audience = 'participants' WHERE id = {meeting_id(query, HOMEWORK)}")
    closed = await network.say(JONAS, CHANNEL, "welke acties staan er nog open?")
    assert not any(LETTER in one.text for one in closed if one.conversation.startswith(CHANNEL.conversation))
    assert LETTER not in await says(network, KATRIEN, "welke acties staan er nog open?")


async def test_a_long_list_comes_page_by_page_and_every_card_fits(network: Teams, bot: Running) -> None:
    for number in range(9):
        await agreed(bot.house, f"{number} " + "“é”" * 300, JONAS.name, date(2027, 2, 1), key=HOMEWORK)
    await posted(bot.house, HOMEWORK, FRIDAY)
    card = await hears(network, JONAS, MINE)
    assert len([one for one in card.card["body"] if one["type"] == "Container"]) == 6
    assert len(json.dumps(card.card)) <= LARGEST_CARD
    more = await presses(network, JONAS, card, texts.BUTTON_MORE)
    assert "7. " in more.text
    assert "12. " in more.text
    assert "actions" not in more.card


# --- by itself


async def test_one_reminder_a_day_with_all_of_it_and_its_buttons_work(
    network: Teams, bot: Running, query: Query
) -> None:
    query(f"UPDATE actions SET due = '2026-12-11', created_at = '{NOW:%Y-%m-%d} 09:00:00.000000'")
    for _ in range(2):
        await bot.house.actions.plan_due(FRIDAY)
    await until(lambda: network.texts_in(JONAS.chat))
    (told,) = (one for one in network.posted if one.conversation == JONAS.chat.conversation)
    assert told.text.startswith(texts.REMINDER)
    assert all(text in told.text for text in ORDER)
    done = await press(network, JONAS, row(told, LETTER)[texts.BUTTON_DONE])
    assert done.text == texts.DONE.format(text=LETTER)
    again = await press(network, JONAS, {**row(told, LETTER)[texts.BUTTON_MOVE], "to": "2027-01-15"})
    assert again.text == SENTENCES[ActionSettled]


async def test_what_was_done_meanwhile_is_reminded_of_no_more(network: Teams, bot: Running, query: Query) -> None:
    query(f"UPDATE actions SET due = '2026-12-11', created_at = '{NOW:%Y-%m-%d} 09:00:00.000000'")
    before = FRIDAY - timedelta(hours=2)
    await bot.house.actions.plan_due(before)
    query("UPDATE actions SET state = 'done'")
    await until(lambda: not query("SELECT 1 FROM notices WHERE kind = 'action_reminder' AND state = 'ready'"))
    assert network.texts_in(JONAS.chat) == []


async def test_open_and_closed_actions_stand_on_the_next_published_agenda(
    network: Teams, bot: Running, query: Query
) -> None:
    nele = Viewer(await bot.house.people.by_email(NELE.mail), member=True)
    ahead = meeting_id(query, MOTIVATION)
    await bot.house.points.propose(NewPoint("Fietsen", ahead, PointKind.THEME), nele, FRIDAY)
    proposed = await says(network, NELE, "stel de agenda voor van de intervisie van 4 februari")
    assert "Opvolging actiepunten (15 minuten): 3 open" in proposed
    await bot.house.agendas.apply(ahead, nele, FRIDAY)
    await bot.house.agendas.publish(ahead, nele, FRIDAY)
    await says(network, JONAS, MINE)
    await says(network, JONAS, "actie 1 is gedaan")
    found = await bot.house.agendas.told(ahead, None)
    assert found is not None
    assert [one.text for one in found.actions.open] == [ROOM, INPUT]
    assert [one.text for one in found.actions.settled] == [LETTER]
    lines = texts.followed_up(found.actions)
    card = json.dumps(agenda_card(found, ()), ensure_ascii=False)
    document = agenda_document(
        AgendaFile(Network("Waterland", "Europe/Brussels"), found.meeting, found.points, found.actions), FRIDAY
    )
    word = "\n".join(cell.text for row_ in Document(BytesIO(document)).tables[0].rows for cell in row_.cells)
    for line in lines:
        assert line in card
        assert line in word
        assert line in publishing.published(found)
    assert lines[0] == f"Open: {ROOM} (Jonas Claerhout en Samira Bensaïd, tegen vrijdag 15 januari 2027)"
    assert lines[-1] == f"Klaar: {LETTER} (Jonas Claerhout)"


async def test_a_list_is_no_question_so_a_yes_is_still_for_what_was_asked(network: Teams) -> None:
    before = await says(network, JONAS, "ja")
    await says(network, JONAS, MINE)
    assert await says(network, JONAS, "ja") == before


async def test_nobody_is_named_of_whose_organisation_only_the_coordinator_may_know(
    network: Teams, query: Query
) -> None:
    theirs = f"SELECT organisation_id FROM people WHERE email = '{JONAS.mail}'"
    query(f"UPDATE organisations SET status = 'exploring' WHERE id = ({theirs})")
    await says(network, JONAS, MINE)
    await says(network, JONAS, "geef actie 1 door aan Wout")
    await until(lambda: network.texts_in(WOUT.chat))
    (told,) = network.texts_in(WOUT.chat)
    assert told.startswith(f"**{texts.SOMEONE}** geeft je een actie door: {LETTER}")
    assert "Jonas" not in told
