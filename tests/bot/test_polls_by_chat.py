"""Polls in company: started by one sentence, voted pressed and typed, shown, listed, and told."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dialogs.texts import poll_asked as asked
from dialogs.texts import poll_managing as managing
from dialogs.texts import poll_starting as starting
from dialogs.texts import poll_voting as texts
from dialogs.texts import polls as on_cards
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import AlreadyVoted, NoSuchPoll
from tests.bot.connector import CHANNEL, GROUP, JONAS, JORIS, KATRIEN, MIRA, NELE, SAMIRA, WOUT, Teams
from tests.bot.edges import until
from tests.bot.lists import hears, says
from tests.bot.polls import ASKED, THEME, card_in, polls, started, taps, vote_data, votes
from tests.conftest import NOW

Query = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def database(greeted_copy: Path) -> Path:
    """A network in which everybody greeted the bot."""
    return greeted_copy


TYPED = ("2", "optie 2", "internaten", "ik ben voor internaten", "mijn stem gaat naar internaten")
TALK = ("internaten zijn echt wel duur geworden", "wat kost internaten?", "2 personen komen mee", "dag")
ANONYMOUS = f"anonieme peiling: {THEME} NAFT; internaten; huiswerkbegeleiding"


async def test_one_sentence_posts_the_card_where_it_is_said_and_nothing_else(network: Teams, query: Query) -> None:
    said = await network.say(JONAS, GROUP, ASKED)
    card = await card_in(network, GROUP)
    assert [one.text for one in said if one.text and one.id != card.id] == []
    assert polls(query) == [(THEME, "single", "open", f"place:{GROUP.conversation}")]
    for option in ("NAFT", "internaten", "huiswerkbegeleiding"):
        assert option in json.dumps(card.card, ensure_ascii=False)
        assert option in card.text
    assert on_cards.NAMED in card.text
    await network.say(JONAS, CHANNEL.in_thread("1700000000001"), ASKED)
    threaded = await card_in(network, CHANNEL)
    assert threaded.conversation == f"{CHANNEL.conversation};messageid=1700000000001"


async def test_voting_is_one_tap_that_shows_ones_own_vote_also_to_an_old_client(network: Teams, query: Query) -> None:
    await started(network)
    status, body = await taps(network, SAMIRA, GROUP, vote_data(query, "internaten"))
    assert status == 200
    assert on_cards.MINE.format(choice="internaten") in json.dumps(body["value"], ensure_ascii=False)
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}}
    await taps(network, SAMIRA, GROUP, vote_data(query, "NAFT"))
    assert votes(query) == {SAMIRA.mail: {"NAFT": 1}}
    assert [one.text for one in network.posted if one.text] == []
    told = await network.press(WOUT, GROUP, vote_data(query, "internaten"))
    assert [(one.conversation, "internaten" in one.text) for one in told] == [(WOUT.chat.conversation, True)]
    assert votes(query)[WOUT.mail] == {"internaten": 1}


async def test_a_vote_is_typed_where_the_poll_stands_and_taken_back_and_talk_is_none(
    network: Teams, query: Query
) -> None:
    await started(network)
    assert (await network.say(SAMIRA, GROUP, "trek mijn stem in"))[-1].text == texts.NOTHING_TO_TAKE_BACK
    for said in TALK:
        await network.say(SAMIRA, GROUP, said)
        assert votes(query) == {}, said
    for typed in TYPED:
        query("DELETE FROM poll_votes")
        posted = await network.say(SAMIRA, GROUP, typed)
        assert votes(query) == {SAMIRA.mail: {"internaten": 1}}, typed
        here = [one.text for one in posted if one.conversation == GROUP.conversation and not one.card]
        assert here == [texts.TAKEN.format(mine="Jij koos internaten.")], typed
    back = await network.say(SAMIRA, GROUP, "trek mijn stem in")
    assert texts.TAKEN_BACK in [one.text for one in back]
    assert votes(query) == {}


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
    offered = [one for one in await network.say(SAMIRA, GROUP, "2") if one.text.startswith("Over welke peiling")]
    assert len(offered) == 1
    assert votes(query) == {}
    await network.press(SAMIRA, GROUP, offered[0].button(THEME))
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}}
    offered = await network.say(SAMIRA, GROUP, "nee")  # a word among several polls is not a vote before that is sure
    assert query("SELECT count(*) FROM poll_votes") == [(1,)]
    await network.press(SAMIRA, GROUP, offered[-1].button("Blijven we eten?"))
    assert query("SELECT count(*) FROM poll_votes") == [(2,)]


async def test_a_number_without_any_poll_is_no_vote(network: Teams, query: Query) -> None:
    said = await network.say(SAMIRA, GROUP, "2")
    assert "peiling" not in said[-1].text.lower().replace("peiling: welk thema", "")
    assert (await network.say(SAMIRA, GROUP, "ik stem voor optie 2"))[-1].text == texts.NO_OPEN_HERE
    assert await says(network, SAMIRA, "ik stem voor optie 2") == texts.NO_OPEN


async def test_who_can_not_see_the_card_gets_the_words_in_their_own_chat_and_votes_there(
    network: Teams, query: Query
) -> None:
    await started(network)
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


# --- how it stands, and which there are


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


async def test_until_when_who_chose_what_and_ones_own_vote_are_told(network: Teams, query: Query) -> None:
    await started(network)
    ends = await network.say(WOUT, GROUP, "wanneer sluit de peiling?")
    assert ends[-1].text == until_when(query)
    assert (await network.say(WOUT, GROUP, "tot wanneer loopt ze?"))[-1].text == until_when(query)
    await network.say(SAMIRA, GROUP, "2")
    await network.say(WOUT, GROUP, "1")
    await network.say(WOUT, GROUP, "wat was mijn stem?")
    assert "Jij koos NAFT." in network.texts_in(WOUT.chat)
    await network.say(KATRIEN, GROUP, "wie koos wat?")
    assert network.texts_in(KATRIEN.chat)[-1].endswith(f"- NAFT: {WOUT.name}\n- internaten: {SAMIRA.name}")
    await network.say(KATRIEN, GROUP, "wie stemde voor internaten?")
    assert network.texts_in(KATRIEN.chat)[-1] == asked.WHO_CHOSE_ONE.format(option="internaten", names=SAMIRA.name)
    query("UPDATE polls SET shown = 'after_closing'")
    await network.say(KATRIEN, GROUP, "wie koos wat?")
    assert network.texts_in(KATRIEN.chat)[-1] == texts.WAITS_CLOSING
    assert SAMIRA.name not in " ".join(network.texts_in(GROUP))


def until_when(query: Query) -> str:
    """Until when one can vote in the only poll there is."""
    ((closes,),) = query("SELECT closes_local FROM polls")
    return starting.UNTIL.format(when=starting.at(datetime.fromisoformat(closes), NOW.replace(tzinfo=None)))


async def test_of_an_anonymous_poll_nothing_is_told_and_votes_are_final_and_typed_alone(
    network: Teams, query: Query
) -> None:
    card = await started(network, ANONYMOUS)
    assert on_cards.ANONYMOUS in card.text
    for typed in ("2", "ik stem voor internaten", "internaten"):
        said = await network.say(SAMIRA, GROUP, typed)
        assert said[-1].text == texts.IN_PERSON, typed
    assert query("SELECT count(*) FROM poll_voters") == [(0,)]
    _, body = await taps(network, SAMIRA, GROUP, vote_data(query, "internaten"))
    assert on_cards.VOTED in json.dumps(body["value"], ensure_ascii=False)
    _, again = await taps(network, SAMIRA, GROUP, vote_data(query, "NAFT"))
    assert "anoniem" in json.dumps(again, ensure_ascii=False)
    assert query("SELECT count(*) FROM poll_voters") == [(1,)]
    assert votes(query) == {}
    await network.say(SAMIRA, GROUP, "trek mijn stem in")
    assert network.texts_in(SAMIRA.chat)[-1] == SENTENCES[AlreadyVoted]
    await network.say(SAMIRA, GROUP, "wat heb ik gestemd?")
    assert network.texts_in(SAMIRA.chat)[-1] == asked.SOMEHOW
    assert (await network.say(JONAS, GROUP, "hoe staat de peiling?"))[-1].text == texts.WAITS_CLOSING
    await network.say(JONAS, GROUP, "wie koos wat?")
    assert network.texts_in(JONAS.chat)[-1] == asked.NOBODY_KNOWS
    assert SAMIRA.name not in await says(network, NELE, "wie heeft er al gestemd?")


async def test_how_it_stands_and_ends_is_one_sentence_said_once(network: Teams, query: Query) -> None:
    await started(network)
    for who, choice in ((SAMIRA, "internaten"), (WOUT, "internaten"), (KATRIEN, "NAFT")):
        await taps(network, who, GROUP, vote_data(query, choice))
    stand = await network.say(KATRIEN, GROUP, "hoe staat de peiling?")
    assert stand[-1].text.startswith("'internaten' staat voorop met 2 van de 3 stemmen.")
    network.posted.clear()
    await network.say(JONAS, GROUP, "sluit de peiling")
    assert polls(query)[0][2] == "closed"
    sentence = f"**{THEME}** 'internaten' haalt het met 2 van de 3 stemmen."
    await until(lambda: sentence in network.texts_in(GROUP))
    assert [one for one in network.texts_in(GROUP) if one] == [sentence]
    over = await network.say(KATRIEN, GROUP, "wat is de uitslag van de peiling?")
    assert over[-1].text.startswith("'internaten' haalt het met 2 van de 3 stemmen.")
    assert (await network.say(WOUT, GROUP, "2"))[-1].text != texts.TAKEN
    assert query("SELECT count(*) FROM poll_votes") == [(3,)]


# --- who may not


async def test_tampered_ids_other_conversations_and_strangers_are_refused(network: Teams, query: Query) -> None:
    await started(network)
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
    await network.say(JONAS, CHANNEL, ASKED)
    await card_in(network, CHANNEL)
    await network.press(MIRA, CHANNEL, vote_data(query, "internaten"))
    assert any("organisatie" in one for one in network.texts_in(MIRA.chat))
    await network.say(MIRA, CHANNEL, "2")
    assert votes(query) == {}


async def test_only_who_runs_it_manages_it(network: Teams, query: Query) -> None:
    await started(network)
    poll = vote_data(query, "internaten")["poll"]
    for verb in ("close", "drop", "nudge", "run_off", "stop"):
        told = await network.press(WOUT, GROUP, {"action": "manage_poll", "poll": poll, "verb": verb, "sure": True})
        assert managing.NOT_YOURS in [one.text for one in told], verb
    for said in ("sluit de peiling", "schrap de peiling", "herinner wie nog niet stemde", "maak de peiling anoniem"):
        await network.say(WOUT, GROUP, said)
    assert (await network.say(WOUT, GROUP, "voeg fietsen toe aan de peiling"))[-1].text == managing.NOT_YOURS_TO_ADD
    assert polls(query)[0][2] == "open"
    assert query("SELECT anonymous FROM polls") == [(0,)]
    assert await says(network, WOUT, ASKED) == starting.NOT_FROM_HERE


async def test_while_it_closes_one_is_told_to_wait(network: Teams, query: Query) -> None:
    await started(network)
    poll = vote_data(query, "internaten")["poll"]
    query("UPDATE polls SET closes_at = '2026-11-21 08:59:59.000000'")
    told = await network.press(JONAS, JONAS.chat, {"action": "manage_poll", "poll": poll, "verb": "run_off"})
    done = await network.press(NELE, NELE.chat, {"action": "act_on_poll", "poll": poll, "verb": "agenda"})
    assert (told[-1].text, done[-1].text) == (managing.CLOSES_NOW, managing.CLOSES_NOW)
