"""Polls in company: started by one sentence, voted pressed and typed, shown, listed, and told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import Running
from dialogs.texts import poll_managing as managing
from dialogs.texts import poll_starting as starting
from dialogs.texts import poll_voting as texts
from dialogs.texts import polls as on_cards
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NoSuchPoll
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, GROUP, JONAS, JORIS, KATRIEN, MIRA, NELE, SAMIRA, WOUT, Teams
from tests.bot.edges import until
from tests.bot.lists import hears, says
from tests.bot.polls import ASKED, THEME, card_in, polls, taps, vote_data, votes

Query = Callable[[str], list[tuple[Any, ...]]]

KNOWN = (NELE, JONAS, SAMIRA, WOUT, KATRIEN)


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
def network(teams: Teams, query: Query, bot: Running) -> Teams:
    """A Teams in which the bot knows them, and can keep anonymous votes."""
    bot.house.polls.keep_key(b"k" * 32)
    return met(teams, query, KNOWN)


async def test_one_sentence_in_a_group_posts_the_card_and_nothing_else(network: Teams, query: Query) -> None:
    said = await network.say(JONAS, GROUP, ASKED)
    card = await card_in(network, GROUP)
    assert [one.text for one in said if one.text and one.id != card.id] == []
    assert polls(query) == [(THEME, "single", "open", f"place:{GROUP.conversation}")]
    for option in ("NAFT", "internaten", "huiswerkbegeleiding"):
        assert option in json.dumps(card.card, ensure_ascii=False)
        assert option in card.text
    assert on_cards.NAMED in card.text


async def test_in_a_channel_it_stands_in_the_thread(network: Teams, query: Query) -> None:
    await network.say(JONAS, CHANNEL.in_thread("1700000000001"), ASKED)
    card = await card_in(network, CHANNEL)
    assert card.conversation == f"{CHANNEL.conversation};messageid=1700000000001"


async def test_voting_is_one_tap_that_shows_ones_own_vote(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    network.posted.clear()
    status, body = await taps(network, SAMIRA, GROUP, vote_data(query, "internaten"))
    assert status == 200
    assert on_cards.MINE.format(choice="internaten") in json.dumps(body["value"], ensure_ascii=False)
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}}
    await taps(network, SAMIRA, GROUP, vote_data(query, "NAFT"))
    assert votes(query) == {SAMIRA.mail: {"NAFT": 1}}
    assert [one.text for one in network.posted if one.text] == []


async def test_an_old_client_votes_as_well_and_hears_it_alone(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    network.posted.clear()
    told = await network.press(SAMIRA, GROUP, vote_data(query, "internaten"))
    assert [(one.conversation, "internaten" in one.text) for one in told] == [(SAMIRA.chat.conversation, True)]
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}}


TYPED = ("2", "optie 2", "internaten", "ik stem voor internaten", "mijn stem gaat naar internaten")


async def test_a_vote_can_be_typed_where_the_poll_stands(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    for typed in TYPED:
        query("DELETE FROM poll_votes")
        said = await network.say(SAMIRA, GROUP, typed)
        assert votes(query) == {SAMIRA.mail: {"internaten": 1}}, typed
        here = [one.text for one in said if one.conversation == GROUP.conversation and not one.card]
        assert here == [texts.TAKEN.format(mine="Jij koos internaten.")], typed


async def test_talk_about_an_option_is_no_vote(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    for said in ("internaten zijn echt wel duur geworden", "wat kost internaten?", "2 personen komen mee", "dag"):
        await network.say(SAMIRA, GROUP, said)
        assert votes(query) == {}, said


async def test_yes_is_a_vote_where_that_is_what_can_be_chosen(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, "peiling: Blijven we eten? ja; nee")
    await card_in(network, GROUP, within="Blijven we eten?")
    await network.say(SAMIRA, GROUP, "ja")
    await network.say(WOUT, GROUP, "nee")
    assert votes(query) == {SAMIRA.mail: {"ja": 1}, WOUT.mail: {"nee": 1}}


async def test_of_two_open_polls_a_bare_number_asks_which(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await network.say(JONAS, GROUP, "peiling: Blijven we eten? ja; nee")
    await card_in(network, GROUP, within="Blijven we eten?")
    asked = [one for one in await network.say(SAMIRA, GROUP, "2") if one.text.startswith("Over welke peiling")]
    assert len(asked) == 1
    assert votes(query) == {}
    await network.press(SAMIRA, GROUP, asked[0].button(THEME))
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}}
    await network.say(SAMIRA, GROUP, "nee")
    assert query("SELECT count(*) FROM poll_votes") == [(2,)]


async def test_a_number_without_any_poll_is_no_vote(network: Teams, query: Query) -> None:
    said = await network.say(SAMIRA, GROUP, "2")
    assert "peiling" not in said[-1].text.lower().replace("peiling: welk thema", "")
    assert (await network.say(SAMIRA, GROUP, "ik stem voor optie 2"))[-1].text == texts.NO_OPEN_HERE
    assert await says(network, SAMIRA, "ik stem voor optie 2") == texts.NO_OPEN


async def test_who_can_not_see_the_card_gets_the_words_in_their_own_chat_and_votes_there(
    network: Teams, query: Query
) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    network.posted.clear()
    await network.say(SAMIRA, GROUP, "ik kan de peiling niet zien")
    words = [one for one in network.posted if one.conversation == SAMIRA.chat.conversation][-1]
    assert THEME in words.text
    assert "2. internaten" in words.text
    assert on_cards.HOW[on_cards.PollKind.SINGLE] in words.text
    taken = await says(network, SAMIRA, "2")
    assert taken == texts.TAKEN_CHANGES.format(mine="Jij koos internaten.")
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}}
    await says(network, SAMIRA, "toch liever NAFT")
    assert votes(query) == {SAMIRA.mail: {"NAFT": 1}}


async def test_a_vote_is_taken_back(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    assert (await network.say(SAMIRA, GROUP, "trek mijn stem in"))[-1].text == texts.NOTHING_TO_TAKE_BACK
    await network.say(SAMIRA, GROUP, "2")
    said = await network.say(SAMIRA, GROUP, "trek mijn stem in")
    assert texts.TAKEN_BACK in [one.text for one in said]
    assert votes(query) == {}


# --- anonymous


ANONYMOUS = f"anonieme peiling: {THEME} NAFT; internaten; huiswerkbegeleiding"


async def test_nobody_votes_anonymously_where_others_read_it(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ANONYMOUS)
    card = await card_in(network, GROUP)
    assert on_cards.ANONYMOUS in card.text
    for typed in ("2", "ik stem voor internaten", "internaten"):
        said = await network.say(SAMIRA, GROUP, typed)
        assert said[-1].text == texts.IN_PERSON, typed
    assert query("SELECT count(*) FROM poll_voters") == [(0,)]


async def test_an_anonymous_vote_is_final_and_nothing_tells_what_it_was(
    network: Teams, query: Query, database: Path
) -> None:
    await network.say(JONAS, GROUP, ANONYMOUS)
    await card_in(network, GROUP)
    status, body = await taps(network, SAMIRA, GROUP, vote_data(query, "internaten"))
    assert status == 200
    assert on_cards.VOTED in json.dumps(body["value"], ensure_ascii=False)
    _, again = await taps(network, SAMIRA, GROUP, vote_data(query, "NAFT"))
    assert "anoniem" in json.dumps(again, ensure_ascii=False)
    assert query("SELECT count(*) FROM poll_voters") == [(1,)]
    assert votes(query) == {}
    assert (await network.say(SAMIRA, GROUP, "trek mijn stem in"))[-1].conversation == GROUP.conversation
    stand = await network.say(JONAS, GROUP, "hoe staat de peiling?")
    assert stand[-1].text == texts.WAITS_CLOSING
    who = await says(network, NELE, "wie heeft er al gestemd?")
    assert SAMIRA.name not in who


# --- how it stands, and which there are


async def test_how_it_stands_and_what_came_of_it(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    for who, choice in ((SAMIRA, "internaten"), (WOUT, "internaten"), (KATRIEN, "NAFT")):
        await taps(network, who, GROUP, vote_data(query, choice))
    stand = await network.say(KATRIEN, GROUP, "hoe staat de peiling?")
    assert stand[-1].text.startswith("'internaten' staat voorop met 2 van de 3 stemmen.")
    closed = await network.say(JONAS, GROUP, "sluit de peiling")
    assert polls(query)[0][2] == "closed"
    assert any(managing.CLOSED in one.text for one in closed)
    over = await network.say(KATRIEN, GROUP, "wat is de uitslag van de peiling?")
    assert over[-1].text.startswith("'internaten' haalt het met 2 van de 3 stemmen.")
    assert (await network.say(WOUT, GROUP, "2"))[-1].text != texts.TAKEN
    assert query("SELECT count(*) FROM poll_votes") == [(3,)]


async def test_the_result_stands_once_where_the_poll_stood(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    await taps(network, SAMIRA, GROUP, vote_data(query, "internaten"))
    network.posted.clear()
    await network.say(JONAS, GROUP, "sluit de peiling")
    sentence = f"**{THEME}** 'internaten' haalt het met de enige stem."
    await until(lambda: sentence in network.texts_in(GROUP))
    assert network.texts_in(GROUP).count(sentence) == 1


async def test_polls_are_listed_and_one_is_shown_by_its_number(network: Teams, query: Query) -> None:
    assert await says(network, SAMIRA, "welke peilingen lopen er?") == texts.NO_POLLS
    await network.say(NELE, CHANNEL, "post hier")
    await network.say(JONAS, CHANNEL, ASKED)
    await network.say(JONAS, CHANNEL, "peiling: Blijven we eten? ja; nee")
    await card_in(network, CHANNEL, within="Blijven we eten?")
    listed = await says(network, SAMIRA, "welke peilingen lopen er?")
    assert listed.startswith(texts.OPEN)
    assert "**2.** " + THEME in listed
    assert texts.NOT_VOTED in listed
    shown = await hears(network, SAMIRA, "2")
    assert "2. internaten" in shown.text
    await says(network, SAMIRA, "2")
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}}
    assert (await network.say(SAMIRA, GROUP, "welke peilingen lopen er?"))[-1].text == texts.NO_POLLS_HERE


# --- who may not


async def test_tampered_ids_and_other_conversations_are_refused(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    data = vote_data(query, "internaten")
    refused = SENTENCES[NoSuchPoll]
    assert (await network.press(KATRIEN, CHANNEL, data))[-1].text != texts.TAKEN
    assert (await network.press(KATRIEN, KATRIEN.chat, data))[-1].text == refused
    told = await network.press(KATRIEN, GROUP, {**data, "poll": 999})
    assert [(one.conversation, one.text) for one in told] == [(KATRIEN.chat.conversation, refused)]
    await network.press(KATRIEN, GROUP, {**data, "option": 999_999})
    await network.press(KATRIEN, GROUP, {**data, "option": -1})
    await network.press(KATRIEN, GROUP, {**data, "value": 4})
    await network.press(JORIS, GROUP, data)
    assert votes(query) == {}
    query("UPDATE polls SET tenant_id = 'a0f0c0de-0000-4000-8000-00000000beef'")
    await network.press(KATRIEN, GROUP, data)
    assert votes(query) == {}


async def test_who_is_not_known_yet_is_asked_for_their_organisation_and_does_not_vote(
    network: Teams, query: Query
) -> None:
    await network.say(JONAS, CHANNEL, ASKED)
    await card_in(network, CHANNEL)
    await network.press(MIRA, CHANNEL, vote_data(query, "internaten"))
    assert votes(query) == {}
    assert any("organisatie" in one for one in network.texts_in(MIRA.chat))
    await network.say(MIRA, CHANNEL, "2")
    assert votes(query) == {}


async def test_only_who_runs_it_manages_it(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    poll = vote_data(query, "internaten")["poll"]
    for verb in ("close", "drop", "nudge", "run_off", "stop"):
        told = await network.press(WOUT, GROUP, {"action": "manage_poll", "poll": poll, "verb": verb, "sure": True})
        assert managing.NOT_YOURS in [one.text for one in told], verb
    for said in ("sluit de peiling", "schrap de peiling", "herinner wie nog niet stemde", "maak de peiling anoniem"):
        await network.say(WOUT, GROUP, said)
    assert polls(query)[0][2] == "open"
    assert query("SELECT anonymous FROM polls") == [(0,)]
    assert await says(network, WOUT, ASKED) == starting.NOT_FROM_HERE
