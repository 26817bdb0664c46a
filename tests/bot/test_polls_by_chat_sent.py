"""Polls from a personal chat: what is missing is asked, to whom, what it will look like, and what becomes of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialogs.conversations.polls import drafts
from dialogs.texts import gate as gate_texts
from dialogs.texts import poll_managing as managing
from dialogs.texts import poll_starting as starting
from dialogs.texts import polls as on_cards
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NoChannelChosen, NotCoordinator, NotKnown
from tests.bot.connector import CHANNEL, GROUP, JONAS, KATRIEN, MIRA, NELE, SAMIRA, WOUT, Teams
from tests.bot.lists import HOMEWORK, hears, person_id, presses, says
from tests.bot.polls import ASKED, THEME, card_in, polls, started, vote_data, votes

Query = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def database(greeted_copy: Path) -> Path:
    """A network in which everybody greeted the bot."""
    return greeted_copy


async def test_the_coordinator_is_asked_to_whom_sees_it_and_sends_it_with_a_yes(network: Teams, query: Query) -> None:
    await network.say(NELE, CHANNEL, "post hier")
    asked = await hears(network, NELE, ASKED)
    assert asked.text == starting.WHOM
    shown = await presses(network, NELE, asked, starting.BUTTON_CHANNEL)
    assert shown.text.startswith(starting.PREVIEW)
    assert THEME in shown.text
    assert "2. internaten" in shown.text
    assert polls(query) == []
    assert starting.UNTIL_WEEK in shown.text
    assert await says(network, NELE, "ja") == starting.SENT_CHANNEL
    assert polls(query) == [(THEME, "single", "open", "posting")]
    await card_in(network, CHANNEL)
    await network.press(KATRIEN, CHANNEL, vote_data(query, "internaten"))
    assert votes(query) == {KATRIEN.mail: {"internaten": 1}}


async def test_to_whom_can_be_typed_and_each_is_asked(network: Teams, query: Query) -> None:
    for to in ("naar iedereen", "iedereen"):
        assert await says(network, NELE, ASKED) == starting.WHOM
        assert (await says(network, NELE, to)).startswith(starting.PREVIEW)
    assert "vertrekt maandag 23 november 2026 om 8 uur" in await says(network, NELE, "verstuur maar")
    assert polls(query) == [(THEME, "single", "open", "people")]
    assert query("SELECT count(*) > 3 FROM notices WHERE kind = 'poll'") == [(1,)]


async def test_the_participants_of_the_next_meeting_are_asked_by_its_organiser(network: Teams, query: Query) -> None:
    query(f"UPDATE meetings SET organiser_id = {person_id(query, SAMIRA)} WHERE key = '{HOMEWORK}'")
    asked = await hears(network, SAMIRA, ASKED)
    assert asked.text == starting.WHOM
    assert len(asked.card["actions"]) == 1
    shown = await presses(network, SAMIRA, asked, asked.card["actions"][0]["title"])
    await presses(network, SAMIRA, shown, starting.BUTTON_SEND)
    assert polls(query) == [(THEME, "single", "open", "people")]
    assert query("SELECT count(*) FROM poll_people")[0][0] >= 4


async def test_what_is_missing_is_asked_and_typed(network: Teams, query: Query) -> None:
    assert await says(network, NELE, "start een peiling") == starting.ASK_QUESTION
    assert await says(network, NELE, THEME) == starting.ASK_OPTIONS
    assert await says(network, NELE, "NAFT; internaten") == starting.WHOM
    shown = await says(network, NELE, "naar iedereen")
    assert "2. internaten" in shown
    assert await says(network, NELE, "laat maar") == starting.LEFT


async def test_the_form_asks_what_is_missing_in_company_and_posts_it_there(network: Teams, query: Query) -> None:
    said = await network.say(JONAS, GROUP, "start een peiling")
    form = said[-1]
    assert form.text == starting.FILL_IN_HERE
    (button,) = (one for one in form.card["actions"] if one["data"]["action"] == "start_poll")
    wrong = await network.press(JONAS, GROUP, {**button["data"], "question": THEME, "options": "NAFT"})
    assert starting.MISTAKES["options"] in wrong[-1].text
    filled = {"question": THEME, "options": "NAFT\ninternaten", "kind": "several", "most": "2", "nonce": "z"}
    await network.press(JONAS, GROUP, {**button["data"], **filled})
    assert polls(query) == [(THEME, "several", "open", f"place:{GROUP.conversation}")]
    await card_in(network, GROUP)


async def test_a_text_in_which_somebody_is_recognised_is_reworded_first_and_still_comes_where_it_was_asked(
    network: Teams, query: Query
) -> None:
    said = await network.say(JONAS, GROUP, "peiling: Wat doen we met Lowie Janssens van 9 jaar? blijven; verhuizen")
    assert any(one.text.startswith(gate_texts.DELETE_IT) for one in said)
    assert polls(query) == []
    (caught,) = (one for one in said if one.conversation == JONAS.chat.conversation)
    reworded = {**caught.card["actions"][0]["data"], "question": "Wat doen we met onze casus?"}
    done = await network.press(JONAS, JONAS.chat, reworded)
    assert done[-1].text == starting.STANDS_THERE
    assert polls(query) == [("Wat doen we met onze casus?", "single", "open", f"place:{GROUP.conversation}")]
    forged = {**reworded, "nonce": "w", "base": {**reworded["base"], "conversation_id": CHANNEL.conversation}}
    await network.press(JONAS, JONAS.chat, forged)
    assert len(polls(query)) == 1


# --- managing


async def test_who_voted_and_who_did_not_is_told_alone_and_they_are_reminded_once(network: Teams, query: Query) -> None:
    await says(network, NELE, f"stuur een peiling naar iedereen: {THEME} NAFT; internaten")
    await says(network, NELE, "ja")
    await network.press(SAMIRA, SAMIRA.chat, vote_data(query, "internaten"))
    who = await says(network, NELE, "wie heeft nog niet gestemd?")
    assert f"Gestemd: {SAMIRA.name}." in who
    assert WOUT.name in who.split("Nog niet")[1]
    assert (await says(network, NELE, "herinner wie nog niet stemde")).startswith("In orde, ik herinner")
    assert "al eens herinnerd" in await says(network, NELE, "herinner wie nog niet stemde")
    assert query(
        f"SELECT count(*) FROM notices WHERE kind = 'poll_nudge' AND target = 'person:{person_id(query, SAMIRA)}'"
    ) == [(0,)]


async def test_it_is_called_off_once_that_is_certain(network: Teams, query: Query) -> None:
    await says(network, NELE, f"stuur een peiling naar iedereen: {THEME} NAFT; internaten")
    await says(network, NELE, "ja")
    asked = await hears(network, NELE, "schrap de peiling")
    assert asked.text == managing.SURE_TO_DROP.format(question=THEME)
    assert await says(network, NELE, "nee") == managing.KEPT
    assert polls(query)[0][2] == "open"
    await says(network, NELE, "schrap de peiling")
    assert await says(network, NELE, "ja") == managing.DROPPED.format(question=THEME)
    assert polls(query)[0][2] == "dropped"


async def test_in_company_a_yes_calls_nothing_off_and_is_no_vote_either(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, "peiling: Blijven we eten? ja; nee")
    await card_in(network, GROUP, within="Blijven we eten?")
    said = await network.say(JONAS, GROUP, "schrap de peiling")
    asked = next(one for one in said if one.text == managing.SURE_TO_DROP.format(question="Blijven we eten?"))
    told = await network.say(WOUT, GROUP, "ja")
    assert managing.PRESS_THE_BUTTON in [one.text for one in told]
    assert (polls(query)[0][2], votes(query)) == ("open", {})
    await network.press(WOUT, GROUP, asked.button(managing.BUTTON_SURE))
    assert polls(query)[0][2] == "open"
    await network.press(JONAS, GROUP, asked.button(managing.BUTTON_KEEP))
    await network.say(WOUT, GROUP, "ja")
    assert votes(query) == {WOUT.mail: {"ja": 1}}
    await network.press(JONAS, GROUP, asked.button(managing.BUTTON_SURE))
    assert polls(query)[0][2] == "dropped"


async def test_who_it_goes_to_and_what_it_says_is_changed_before_it_goes(network: Teams, query: Query) -> None:
    await says(network, NELE, f"stuur een peiling naar iedereen: {THEME} NAFT; internaten")
    refused = await says(network, NELE, "toch naar het kanaal")
    assert refused == SENTENCES[NoChannelChosen]
    assert "naar de deelnemers van" in await says(network, NELE, "toch liever naar de deelnemers")
    assert "Stemmen kan tot vrijdag 27 november 2026 om 16 uur." in await says(network, NELE, "tot vrijdag 16u")
    assert "3. zwemmen" in await says(network, NELE, "voeg zwemmen toe")
    form = await hears(network, NELE, "pas aan")
    assert form.text == starting.FILL_IN
    (button,) = (one for one in form.card["actions"] if one["data"]["action"] == "start_poll")
    filled = {**button["data"], "question": "Welk thema in mei?", "options": "NAFT\ninternaten", "anonymous": "true"}
    shown = (await network.press(NELE, NELE.chat, filled))[-1]
    assert "Welk thema in mei?" in shown.text
    assert "naar de deelnemers van" in shown.text
    assert await says(network, NELE, "ja, maar wacht even") == starting.PRESS_THE_BUTTON
    assert polls(query) == []
    await says(network, NELE, "ja")
    assert query("SELECT question, anonymous, target FROM polls") == [("Welk thema in mei?", 1, "people")]


async def test_a_tie_is_said_and_gets_a_run_off(network: Teams, query: Query) -> None:
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    for who, choice in ((SAMIRA, "internaten"), (WOUT, "NAFT")):
        await network.press(who, GROUP, vote_data(query, choice))
    closed = await network.say(JONAS, GROUP, "sluit de peiling")
    told = [one for one in closed if one.conversation == JONAS.chat.conversation][-1]
    assert "Gelijkspel: 'NAFT' en 'internaten' halen elk 1 van de 2 stemmen." in told.text
    (again,) = (one for one in told.card["actions"] if one["title"] == on_cards.BUTTON_RUN_OFF)
    network.posted.clear()
    assert (await network.press(JONAS, JONAS.chat, again["data"]))[-1].text == managing.AGAIN
    card = await card_in(network, GROUP)
    assert "huiswerkbegeleiding" not in card.text
    assert len(polls(query)) == 2


# --- later, and every so often


async def test_every_kind_is_started_and_voted_by_typing(network: Teams, query: Query) -> None:
    kinds = {
        "peiling: Wanneer past het? 4/12 om 14u; 11/12 om 9u30": ("dates", "ja op 4/12, nee op 11/12"),
        "poll: wat breng je mee? taart, koffie, fruit (meerdere mogelijk)": ("several", "1 en 3"),
        "rangschik: welk thema eerst? NAFT; internaten; huiswerk": ("ranking", "3 1 2"),
        "peiling van 1 tot 5: hoe was de intervisie?": ("temperature", "4"),
    }
    for said, (kind, vote) in kinds.items():
        await network.say(JONAS, GROUP, said)
        assert polls(query)[-1][1] == kind, said
        await network.say(SAMIRA, GROUP, vote)
        (found,) = query("SELECT ballot FROM poll_votes ORDER BY poll_id DESC LIMIT 1")
        assert len(json.loads(found[0])) == {"dates": 2, "several": 2, "ranking": 3, "temperature": 1}[kind]
        query("UPDATE polls SET state = 'closed'")


async def test_it_comes_later_or_every_month_until_that_is_stopped(network: Teams, query: Query) -> None:
    said = await network.say(JONAS, GROUP, f"zet deze poll maandag om 9u hier: {THEME} NAFT; internaten")
    when = "maandag 23 november 2026 om 9 uur"
    assert f"In orde: “{THEME}” komt {when} in dit gesprek." in [one.text for one in said]
    assert polls(query) == [(THEME, "single", "scheduled", f"place:{GROUP.conversation}")]
    assert THEME in await says(network, JONAS, "welke peilingen staan er klaar?")
    opens = await network.say(JONAS, GROUP, "wanneer gaat de peiling open?")
    assert opens[-1].text.startswith(f"Ze gaat open {when}.")
    await network.say(NELE, GROUP, "vraag hier elke maand hoe het gaat, van 1 tot 5")
    assert query("SELECT kind FROM polls")[-1:] == [("temperature",)]
    assert query("SELECT count(*) FROM poll_series WHERE ended_at IS NULL") == [(1,)]
    await network.say(NELE, GROUP, "stop met die maandelijkse peiling")
    assert query("SELECT count(*) FROM poll_series WHERE ended_at IS NULL") == [(0,)]


async def test_what_was_shown_goes_nowhere_after_a_no_or_forged_or_by_who_may_not(network: Teams, query: Query) -> None:
    shown = await hears(network, NELE, f"stuur een peiling naar iedereen: {THEME} NAFT; internaten")
    assert "naar iedereen, elk persoonlijk" in shown.text
    assert await says(network, NELE, "nee") == starting.LEFT
    data = shown.button(starting.BUTTON_SEND)
    for whom in ("everybody", "channel", "people", "participants", "here"):
        draft = {**data["draft"], "whom": whom, "people": [1, 2], "conversation_id": GROUP.conversation}
        await network.press(JONAS, JONAS.chat, {**data, "draft": draft, "nonce": f"x-{whom}"})
    here = {**data["draft"], "whom": "here", "conversation_id": GROUP.conversation}
    await network.press(NELE, NELE.chat, {**data, "draft": here, "nonce": "y"})
    assert (await presses(network, NELE, shown, starting.BUTTON_DROP)).text == starting.LEFT
    assert await says(network, JONAS, ASKED) == starting.NOT_FROM_HERE
    said = await says(network, JONAS, f"stuur een peiling naar iedereen: {THEME} NAFT; internaten")
    assert said in {SENTENCES[NotCoordinator], starting.NOT_FROM_HERE}
    await network.say(MIRA, CHANNEL, ASKED)
    form = {"action": "start_poll", "question": THEME, "options": "a\nb", "whom": "here"}
    assert SENTENCES[NotKnown] in [one.text for one in await network.press(MIRA, CHANNEL, form)]
    assert polls(query) == []


async def test_where_another_process_showed_it_its_buttons_send_it(network: Teams, query: Query) -> None:
    assert await says(network, NELE, "start een peiling") == starting.ASK_QUESTION
    drafts._drafts.clear()
    assert await says(network, NELE, "Qwerty azerty uiop?") == starting.ON_THE_FORM
    shown = await hears(network, NELE, f"stuur een peiling naar iedereen: {THEME} NAFT; internaten")
    drafts._drafts.clear()
    for said in ("ja", "verstuur maar", "toch naar het kanaal", "pas aan"):
        assert await says(network, NELE, said) == starting.PRESS_IT, said
    assert polls(query) == []
    await presses(network, NELE, shown, starting.BUTTON_SEND)
    assert polls(query) == [(THEME, "single", "open", "people")]


async def test_options_are_added_by_who_may_names_of_experts_too_and_nobody_else_is_recognised(
    network: Teams, query: Query
) -> None:
    experts = "peiling: Welke spreker vragen we? Els Claes; Piet Maes; iedereen mag opties toevoegen"
    await started(network, experts, "Welke spreker", NELE)
    assert texts_of(query)[:2] == ["Els Claes", "Piet Maes"]
    await network.say(WOUT, GROUP, "voeg leesmotivatie toe aan de peiling")
    again = await network.say(WOUT, GROUP, "voeg leesmotivatie toe aan de peiling")
    assert managing.ALREADY_THERE.format(option="leesmotivatie") in [one.text for one in again]
    before = texts_of(query)
    assert before.count("leesmotivatie") == 1
    said = await network.say(JONAS, GROUP, "voeg de mama van Noah Peeters, 9 jaar toe aan de peiling")
    assert any(one.text.startswith(gate_texts.DELETE_IT) for one in said)
    query("UPDATE polls SET may_add = 0")
    told = await network.press(WOUT, GROUP, {"action": "add_poll_option", "poll": 1, "text": "fietsen"})
    assert managing.NOT_YOURS_TO_ADD in [one.text for one in told]
    assert texts_of(query) == before


def texts_of(query: Query) -> list[str]:
    """The options there are."""
    return [str(text) for (text,) in query("SELECT text FROM poll_options ORDER BY position")]


async def test_until_when_and_what_it_asks_are_changed_till_somebody_voted(network: Teams, query: Query) -> None:
    await started(network)
    said = await network.say(JONAS, GROUP, "verleng de peiling tot vrijdag 4 december 16u")
    assert managing.CHANGED_CLOSES.format(when="vrijdag 4 december 2026 om 16 uur") in [one.text for one in said]
    assert query("SELECT closes_local FROM polls") == [("2026-12-04 16:00:00.000000",)]
    await network.say(JONAS, GROUP, "verleng de peiling met een week")
    assert query("SELECT closes_local FROM polls") == [("2026-12-11 16:00:00.000000",)]
    caught = await network.say(JONAS, GROUP, "verander de vraag in: Wat doen we met Lowie Janssens van 9 jaar?")
    assert any(one.text.startswith(gate_texts.DELETE_IT) for one in caught)
    (card,) = (one for one in caught if one.conversation == JONAS.chat.conversation)
    assert query("SELECT question FROM polls") == [(THEME,)]
    reworded = {**card.card["actions"][0]["data"], "question": "Wat doen we met onze casus?"}
    assert (await network.press(JONAS, JONAS.chat, reworded))[-1].text == managing.CHANGED
    assert query("SELECT question FROM polls") == [("Wat doen we met onze casus?",)]
    await network.press(SAMIRA, GROUP, vote_data(query, "internaten"))
    refused = await network.say(JONAS, GROUP, "maak de peiling anoniem")
    assert "Er is al gestemd, dus dat verander ik niet meer." in [one.text for one in refused]
