"""The coordinator's hand on what the bot sends by itself, in sentences and with buttons."""

from collections.abc import Callable

import pytest

from dialogs.texts import general
from dialogs.texts import outbox as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NoSuchNotice, NotCoordinator, NothingToSend
from tests.bot.connector import CHANNEL, JONAS, MIRA, NELE, Json, Posted, Teams
from tests.bot.edges import until

Query = Callable[[str], list[tuple[object, ...]]]

SHOW = "wat staat er klaar om te versturen?"
ON_MONDAY = "(maandag 23 november om 8 uur)"
ZAAL = "de mededeling “de zaal is veranderd”"
SEND_ZAAL, SEND_SOEP = "stuur naar iedereen: de zaal is veranderd", "stuur naar iedereen: er is soep"
FOUND_NOBODY = "UPDATE notices SET state = 'failed' WHERE target NOT LIKE 'place:%'"


@pytest.fixture
async def network(teams: Teams) -> Teams:
    """A Teams where an announcement to all stands ready for Monday."""
    for user in (NELE, JONAS):
        await teams.say(user, user.chat, "dag")
    await plan(teams, SEND_ZAAL)
    return teams.quiet()


async def plan(teams: Teams, text: str) -> None:
    """Have an announcement planned."""
    await teams.say(NELE, NELE.chat, text)
    assert (await teams.say(NELE, NELE.chat, "ja"))[0].text.startswith("In orde, ik stuur het maandag")


async def nele(teams: Teams, text: str) -> Posted:
    """What the coordinator hears in her own chat."""
    return next(one for one in await teams.say(NELE, NELE.chat, text) if one.conversation == NELE.chat.conversation)


async def press(teams: Teams, posted: Posted, title: str) -> Posted:
    """What the coordinator hears when she presses a button."""
    told = await teams.press(NELE, NELE.chat, posted.button(title))
    return next(one for one in told if one.conversation == NELE.chat.conversation)


def buttons(posted: Posted) -> list[str]:
    """The titles of the buttons under a message."""
    return [action["title"] for action in posted.card.get("actions", [])]


def states(query: Query) -> list[tuple[object, ...]]:
    """How many notices of announcements are in which state."""
    return query("SELECT state, count(*) FROM notices WHERE kind = 'announcement' GROUP BY state ORDER BY state")


# Looking


async def test_one_thing_is_shown_with_what_can_be_done(network: Teams) -> None:
    shown = await nele(network, SHOW)
    assert (
        shown.text == f"**1.** De mededeling “de zaal is veranderd”, naar 11 mensen: nog 11 te versturen {ON_MONDAY}."
    )
    assert buttons(shown) == ["Nu meteen", "Tegenhouden", "Annuleren"]


async def test_several_are_listed_and_each_can_be_opened(network: Teams) -> None:
    await plan(network, SEND_SOEP)
    shown = await nele(network, SHOW)
    assert "**1.** De mededeling “de zaal" in shown.text
    assert "**2.** De mededeling “er is soep”" in shown.text
    assert buttons(shown) == ["Bericht 1", "Bericht 2"]
    for _ in range(2):
        assert (await press(network, shown, "Bericht 2")).text.startswith("**2.** De mededeling “er is soep”")


async def test_with_nothing_planned_it_says_so(network: Teams, query: Query) -> None:
    query("DELETE FROM notices")
    assert (await nele(network, SHOW)).text == texts.NOTHING_PLANNED
    assert (await nele(network, "verstuur bericht 1 nu")).text == texts.NOTHING_PLANNED


async def test_in_a_channel_it_is_told_in_person(network: Teams) -> None:
    await network.say(NELE, CHANNEL, SHOW)
    assert network.texts_in(CHANNEL) == [general.ANSWERED_PRIVATELY]
    assert "de zaal is veranderd" in network.texts_in(NELE.chat)[0]


@pytest.mark.parametrize("said", [SHOW, "annuleer bericht 1", "verstuur bericht 1 nu", "hou bericht 1 tegen"])
async def test_it_is_the_coordinators_alone(network: Teams, query: Query, said: str) -> None:
    assert [one.text for one in await network.say(JONAS, JONAS.chat, said)] == [SENTENCES[NotCoordinator]]
    await network.say(MIRA, CHANNEL, said)
    assert "de zaal is veranderd" not in "".join(network.texts_in(CHANNEL) + network.texts_in(MIRA.chat))
    assert states(query) == [("ready", 11)]


# Doing


async def test_held_it_waits_until_it_may_go(network: Teams, query: Query) -> None:
    assert (await nele(network, "hou bericht 1 tegen")).text == texts.DONE_HOLD.format(what=ZAAL)
    assert states(query) == [("held", 11)]
    shown = await nele(network, SHOW)
    assert "11 tegengehouden" in shown.text
    assert buttons(shown) == ["Nu meteen", "Laten gaan", "Annuleren"]
    assert (await nele(network, "hou bericht 1 tegen")).text == SENTENCES[NothingToSend]
    going = await press(network, shown, "Laten gaan")
    assert going.text == f"Goed, {ZAAL} gaat toch weg: maandag 23 november om 8 uur."
    assert states(query) == [("ready", 11)]


@pytest.mark.parametrize("by_button", [True, False], ids=["button", "sentence"])
async def test_sent_now_it_goes_now(network: Teams, by_button: bool) -> None:
    shown = await nele(network, SHOW)
    done = await (press(network, shown, "Nu meteen") if by_button else nele(network, "verstuur bericht 1 nu"))
    assert done.text == f"Goed, {ZAAL} gaat nu weg."
    await until(lambda: network.texts_in(JONAS.chat))
    assert network.texts_in(JONAS.chat) == ["**Bericht van Nele Verhaegen**\n\nde zaal is veranderd"]


@pytest.mark.parametrize("yes", ["button", "ja", "ja, annuleer maar", "annuleer"])
async def test_cancelling_is_confirmed_first(network: Teams, query: Query, yes: str) -> None:
    asking = await nele(network, "annuleer bericht 1")
    assert asking.text == f"Wil je {ZAAL} annuleren? Wat nog niet weg is, gaat dan niet meer weg."
    assert states(query) == [("ready", 11)]
    done = await (press(network, asking, "Ja, annuleer") if yes == "button" else nele(network, yes))
    assert done.text == f"Goed, {ZAAL} is geannuleerd."
    assert states(query) == [("cancelled", 11)]
    assert (await nele(network, SHOW)).text == texts.NOTHING_PLANNED


@pytest.mark.parametrize("no", ["button", "nee", "laat maar"])
async def test_cancelling_can_be_thought_better_of(network: Teams, query: Query, no: str) -> None:
    asking = await press(network, await nele(network, SHOW), "Annuleren")
    done = await (press(network, asking, "Nee, laat staan") if no == "button" else nele(network, no))
    assert done.text == texts.KEPT
    assert (await nele(network, "ja")).text == general.YES_TO_WHAT
    assert states(query) == [("ready", 11)]


async def test_of_what_had_arrived_it_says_that_it_did(network: Teams, query: Query) -> None:
    query("UPDATE notices SET state = 'sent' WHERE id IN (SELECT id FROM notices ORDER BY id LIMIT 3)")
    await nele(network, "annuleer bericht 1")
    told = (await nele(network, "ja")).text
    assert told == f"Goed, {ZAAL} is geannuleerd. Bij 3 mensen is het al aangekomen, dat kan ik niet terughalen."


async def test_what_failed_is_named_and_sent_again_or_left(network: Teams, query: Query) -> None:
    query(FOUND_NOBODY)
    shown = await nele(network, SHOW)
    assert "naar 11 mensen: 11 mislukt." in shown.text
    assert "Niet aangekomen bij Emre Kaya" in shown.text
    assert "Jonas Claerhout" in shown.text
    assert buttons(shown) == ["Opnieuw versturen", "Zo laten"]
    assert (await press(network, shown, "Opnieuw versturen")).text == texts.DONE_AGAIN.format(what=ZAAL)
    assert states(query) == [("ready", 11)]
    query(FOUND_NOBODY)
    assert (await press(network, shown, "Zo laten")).text == texts.DONE_CLOSE.format(what=ZAAL)
    assert (await nele(network, SHOW)).text == texts.NOTHING_PLANNED


async def test_with_several_it_asks_which_one(network: Teams, query: Query) -> None:
    await plan(network, SEND_SOEP)
    told = await nele(network, "verstuur het bericht nu")
    assert told.text.startswith("Welk bericht bedoel je? Er staan er 2 klaar")
    assert states(query) == [("ready", 22)]
    assert (await nele(network, "verstuur bericht 2 nu")).text == "Goed, de mededeling “er is soep” gaat nu weg."


@pytest.mark.parametrize("number", [0, 7, 99])
async def test_a_number_that_is_not_in_the_list_is_told(network: Teams, query: Query, number: int) -> None:
    assert (await nele(network, f"verstuur bericht {number} nu")).text == texts.NO_SUCH_NUMBER.format(number=number)
    assert states(query) == [("ready", 11)]


# Buttons that were tampered with


@pytest.mark.parametrize("verb", ["now", "hold", "cancel", "cancel_sure", "again", "show", "keep"])
async def test_a_button_is_not_for_others(network: Teams, query: Query, verb: str) -> None:
    number = query("SELECT min(id) FROM notices")[0][0]
    data = {"action": "manage_notices", "number": number, "verb": verb, "nonce": "n"}
    assert [one.text for one in await network.press(JONAS, JONAS.chat, data)] == [SENTENCES[NotCoordinator]]
    assert states(query) == [("ready", 11)]


async def test_a_notice_that_is_not_there_is_told(network: Teams) -> None:
    data = {"action": "manage_notices", "number": 99_999, "verb": "now"}
    assert [one.text for one in await network.press(NELE, NELE.chat, data)] == [SENTENCES[NoSuchNotice]]


@pytest.mark.parametrize("changed", [{"number": 0}, {"number": 10**30}, {"verb": "close"}, {"verb": "delete"}])
async def test_a_button_that_was_tampered_with_is_an_old_one(network: Teams, query: Query, changed: Json) -> None:
    number = query("SELECT min(id) FROM notices")[0][0]
    data = {"action": "manage_notices", "number": number, "verb": "now", **changed}
    assert [one.text for one in await network.press(NELE, NELE.chat, data)] == [general.TOO_OLD]
    assert states(query) == [("ready", 11)]
