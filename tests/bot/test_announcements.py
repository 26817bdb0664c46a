"""A coordinator lets everybody know something: shown first, sent when they say so, and to whom it is for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.app import Running, running
from bot.settings import Settings
from dialogs.texts import general
from dialogs.texts import outbox as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import AlreadyDecided, NoChannelChosen, NoSuchAnnouncement, NotCoordinator, TooLong
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, GROUP, JONAS, KATRIEN, MIRA, NELE, SAMIRA, Json, Posted, Teams, User
from tests.bot.edges import until
from tests.conftest import BRUSSELS

Query = Callable[[str], list[tuple[object, ...]]]

SEND = "stuur naar iedereen: de zaal is veranderd"
ON_MONDAY = "In orde, ik stuur het maandag 23 november om 8 uur naar 11 mensen."
AT_ONCE = "In orde, ik stuur het meteen naar 11 mensen."
LATER_BUTTON = "Versturen maandag 23 november om 8 uur"
MESSAGE = "**Bericht van Nele Verhaegen**\n\nde zaal is veranderd"
BERT = User("Bert Neyrinck", "bert.neyrinck@deboei.example")
"""Of an organisation that is still on the waiting list."""


KNOWN = (NELE, JONAS, SAMIRA, BERT)


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams where the bot knows the chats of some people."""
    return met(teams, query, KNOWN)


async def nele(teams: Teams, text: str) -> str:
    """What the coordinator hears in her own chat."""
    told = [one for one in await teams.say(NELE, NELE.chat, text) if one.conversation == NELE.chat.conversation]
    return told[0].text


async def draft(teams: Teams, text: str = SEND) -> Posted:
    """The draft that the coordinator is shown."""
    return (await teams.say(NELE, NELE.chat, text))[0]


async def press(teams: Teams, who: User, data: Json) -> list[str]:
    """What the bot says there to a press."""
    return [one.text for one in await teams.press(who, who.chat, data) if one.conversation == who.chat.conversation]


def planned(query: Query) -> list[tuple[object, ...]]:
    """How many notices stand ready, and in how much of a hurry they are."""
    return query("SELECT timing, count(*) FROM notices WHERE kind = 'announcement' GROUP BY timing")


# Drafts


async def test_a_draft_is_shown_as_it_will_be_sent_and_nothing_is_sent_yet(network: Teams, query: Query) -> None:
    shown = await draft(network)
    assert shown.text == (
        "Dit stuur ik persoonlijk naar 11 mensen, maandag 23 november om 8 uur:\n\n"
        "> **Bericht van Nele Verhaegen**\n\n> de zaal is veranderd\n\nIs het goed zo?"
    )
    assert [action["title"] for action in shown.card["actions"]] == [LATER_BUTTON, "Nu meteen", "Toch niet"]
    assert planned(query) == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("laat iedereen weten dat we verhuizen", "> **Nele Verhaegen** laat weten dat we verhuizen"),
        ("stuur naar iedereen: dat was leuk!", "> Dat was leuk!"),
        ("stuur naar iedereen: een\n\n- twee", "> een\n\n> \\- twee"),
        ("stuur naar iedereen: *vet* [hier](http://x.example) <at>iedereen</at>", "> \\*vet\\* \\[hier\\]"),
    ],
    ids=["that", "starting_with_that", "lines", "markdown"],
)
async def test_what_is_sent_reads_well_and_marks_nothing_up(network: Teams, said: str, shown: str) -> None:
    assert shown in (await draft(network, said)).text


async def test_in_company_the_draft_is_for_the_coordinator_alone(network: Teams, query: Query) -> None:
    await network.say(NELE, CHANNEL, SEND)
    assert network.texts_in(CHANNEL) == [general.ANSWERED_PRIVATELY]
    assert "Is het goed zo?" in network.texts_in(NELE.chat)[0]
    await network.say(JONAS, CHANNEL, "ja")
    assert planned(query) == []
    assert await nele(network, "ja") == ON_MONDAY


@pytest.mark.parametrize("where", [JONAS.chat, GROUP, CHANNEL], ids=["personal", "group", "channel"])
async def test_an_ambassador_announces_nothing(network: Teams, query: Query, where: object) -> None:
    await network.say(JONAS, where, SEND)  # type: ignore[arg-type]
    assert network.texts_in(JONAS.chat) == [SENTENCES[NotCoordinator]]
    assert query("SELECT count(*) FROM announcements") == [(0,)]


async def test_a_member_whom_we_dont_know_announces_nothing(network: Teams, query: Query) -> None:
    await network.say(MIRA, CHANNEL, SEND)
    assert query("SELECT count(*) FROM announcements") == [(0,)]


async def test_an_announcement_without_text_is_asked_for(network: Teams) -> None:
    assert await nele(network, "ik wil iets laten weten aan iedereen") == texts.SAY_WHAT


async def test_a_text_that_is_too_long_is_not_cut_but_refused(network: Teams, query: Query) -> None:
    assert await nele(network, SEND + " x" * 2000) == SENTENCES[TooLong]
    assert query("SELECT count(*) FROM announcements") == [(0,)]


# Deciding


@pytest.mark.parametrize("yes", ["ja", "Ja, doe maar", "ok", "stuur maar", "Versturen"])
async def test_a_typed_yes_sends_it_on_the_next_working_day(network: Teams, query: Query, yes: str) -> None:
    await draft(network)
    assert await nele(network, yes) == ON_MONDAY
    assert planned(query) == [("normal", 11)]
    assert network.texts_in(JONAS.chat) == []


@pytest.mark.parametrize("no", ["nee", "neen dank je", "annuleer", "toch maar niet", "laat maar"])
async def test_a_typed_no_drops_it(network: Teams, query: Query, no: str) -> None:
    await draft(network)
    assert await nele(network, no) == texts.DROPPED
    assert await nele(network, "ja") == general.YES_TO_WHAT
    assert planned(query) == []


async def test_now_in_words_is_about_the_draft_and_not_about_what_stands_ready(network: Teams, query: Query) -> None:
    await draft(network)
    await nele(network, "ja")
    await draft(network, "stuur naar iedereen: iets anders")
    assert await nele(network, "verstuur het maar nu") == AT_ONCE
    assert planned(query) == [("normal", 11), ("urgent", 11)]


async def test_pressed_now_it_goes_now_to_those_whom_it_is_for(network: Teams) -> None:
    shown = await draft(network)
    assert await press(network, NELE, shown.button("Nu meteen")) == [AT_ONCE]
    await until(lambda: network.texts_in(JONAS.chat) and network.texts_in(SAMIRA.chat))
    assert network.texts_in(JONAS.chat) == network.texts_in(SAMIRA.chat) == [MESSAGE]
    assert network.texts_in(BERT.chat) == []
    assert MESSAGE not in network.texts_in(NELE.chat)


async def test_what_was_planned_on_saturday_goes_on_monday_at_eight(network: Teams, settings: Settings) -> None:
    shown = await draft(network)
    assert await press(network, NELE, shown.button(LATER_BUTTON)) == [ON_MONDAY]
    assert network.texts_in(JONAS.chat) == []
    async with running(replace(settings, starts_at=datetime(2026, 11, 23, 8, tzinfo=BRUSSELS))):
        await until(lambda: network.texts_in(JONAS.chat))
    assert network.texts_in(JONAS.chat) == [MESSAGE]


async def test_within_sending_hours_it_goes_at_once(network: Teams, settings: Settings) -> None:
    async with running(replace(settings, starts_at=datetime(2026, 11, 23, 14, tzinfo=BRUSSELS))) as later:
        network.bot_url = later.url
        shown = await draft(network)
        assert [action["title"] for action in shown.card["actions"]] == ["Versturen", "Toch niet"]
        assert await press(network, NELE, shown.button("Versturen")) == [AT_ONCE]
        await until(lambda: network.texts_in(JONAS.chat))


async def test_a_draft_outlives_another_question(network: Teams) -> None:
    await draft(network)
    assert "donderdag 18 maart" in await nele(network, "wanneer is de netwerkdag?")
    assert await nele(network, "ja") == ON_MONDAY
    assert "Cultuurhuis De Golf" in await nele(network, "en waar?")


async def test_a_yes_after_something_that_was_not_understood_sends_nothing(network: Teams, query: Query) -> None:
    shown = await draft(network)
    await nele(network, "wat is de hoofdstad van Frankrijk?")
    assert await nele(network, "ja") == general.YES_TO_WHAT
    assert planned(query) == []
    assert await press(network, NELE, shown.button(LATER_BUTTON)) == [ON_MONDAY]


async def test_the_last_draft_is_the_one_that_is_decided_on(network: Teams) -> None:
    first = await draft(network)
    await draft(network, "stuur naar iedereen: iets anders")
    assert await nele(network, "nee") == texts.DROPPED
    assert await press(network, NELE, first.button(LATER_BUTTON)) == [ON_MONDAY]


async def test_who_changes_their_mind_too_late_hears_so(network: Teams, query: Query) -> None:
    shown = await draft(network)
    await press(network, NELE, shown.button(LATER_BUTTON))
    assert await press(network, NELE, shown.button("Toch niet")) == [SENTENCES[AlreadyDecided]]
    assert await press(network, NELE, shown.button("Nu meteen")) == [SENTENCES[AlreadyDecided]]
    assert planned(query) == [("normal", 11)]


async def test_all_buttons_at_once_do_one_thing(network: Teams, query: Query) -> None:
    shown = await draft(network)
    data = [shown.button(title) for title in (LATER_BUTTON, "Nu meteen", "Toch niet") * 3]
    await network.together([{**network.activity(NELE, NELE.chat, "message"), "value": one} for one in data])
    assert sum(int(str(count)) for _, count in planned(query)) in {0, 11}
    assert query("SELECT count(*) FROM announcements WHERE state = 'draft'") == [(0,)]


async def test_a_button_is_not_for_others(network: Teams, query: Query) -> None:
    data = (await draft(network)).button("Nu meteen")
    assert await press(network, JONAS, data) == [SENTENCES[NotCoordinator]]
    query(f"UPDATE people SET role = 'coordinator' WHERE email = '{SAMIRA.mail}'")
    assert await press(network, SAMIRA, data) == [SENTENCES[NoSuchAnnouncement]]
    assert planned(query) == []


@pytest.mark.parametrize("number", [99_999, 2_147_483_647])
async def test_an_announcement_that_was_never_made_is_not_sent(network: Teams, number: int) -> None:
    data = {"action": "decide_announcement", "announcement": number, "verb": "now"}
    assert await press(network, NELE, data) == [SENTENCES[NoSuchAnnouncement]]


@pytest.mark.parametrize(
    "changed", [{"announcement": 0}, {"announcement": 10**30}, {"announcement": "x"}, {"verb": "all"}, {"verb": None}]
)
async def test_a_button_that_was_tampered_with_is_an_old_one(network: Teams, query: Query, changed: Json) -> None:
    data = {**(await draft(network)).button("Nu meteen"), **changed}
    assert await press(network, NELE, data) == [general.TOO_OLD]
    assert planned(query) == []


# In the channel


async def test_it_is_posted_in_the_channel_that_was_chosen(network: Teams) -> None:
    said = "zet een mededeling in het kanaal: morgen geen koffie"
    assert await nele(network, said) == SENTENCES[NoChannelChosen]
    await network.say(NELE, CHANNEL, "post hier")
    shown = await draft(network, said)
    assert shown.text.startswith("Dit plaats ik in het kanaal, maandag 23 november om 8 uur:")
    assert await press(network, NELE, shown.button("Nu meteen")) == ["In orde, ik plaats het meteen in het kanaal."]
    await until(lambda: len(network.texts_in(CHANNEL)) == 2)
    assert network.texts_in(CHANNEL)[1] == "**Bericht van Nele Verhaegen**\n\nmorgen geen koffie"
    assert network.texts_in(JONAS.chat) == []


async def test_who_never_wrote_is_written_to_through_the_team(network: Teams, bot: Running) -> None:
    await network.install(NELE, CHANNEL)
    await draft(network)
    await nele(network, "nu meteen")
    await until(lambda: network.texts_in(KATRIEN.chat))
    assert network.texts_in(KATRIEN.chat) == [MESSAGE]
