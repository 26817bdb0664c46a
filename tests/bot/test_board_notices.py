"""What proposers hear of their points by themselves, what they answer, and what outlives a restart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.app import running
from bot.settings import Settings
from dialogs.texts import board as texts
from tests.bot.acquaintances import greeted, met
from tests.bot.boards import PAUSES, PLAYGROUND, presses, put, sends, state, three
from tests.bot.connector import JONAS, KATRIEN, LOTTE, NELE, SAMIRA, Posted, Teams, User
from tests.bot.edges import until
from tests.bot.lists import EVERYBODY, Query, hears, says
from tests.conftest import BRUSSELS

MONDAY = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)
"""Within sending hours."""


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with everybody's chat known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), EVERYBODY)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows everybody's chat."""
    return met(teams, query, EVERYBODY)


@pytest.fixture
def proposed(query: Query) -> tuple[int, int, int]:
    """Points 6, 7 and 8 of the next intervisie: of Katrien, of Jonas and of Nele herself."""
    return three(query)


@asynccontextmanager
async def on_monday(network: Teams, settings: Settings) -> AsyncIterator[Teams]:
    """The same Teams within sending hours, when what was planned goes out."""
    async with running(replace(settings, starts_at=MONDAY)) as later:
        network.bot_url = later.url
        yield network


async def hear_of(network: Teams, who: User, part: str) -> Posted:
    """What somebody is told by itself that has this in it."""

    def found() -> list[Posted]:
        return [one for one in network.posted if one.conversation == who.chat.conversation and part in one.text]

    await until(found)
    return found()[0]


async def test_proposers_hear_what_became_of_their_points(
    network: Teams, query: Query, proposed: tuple[int, int, int], settings: Settings
) -> None:
    third = put(query, "Afscheid", SAMIRA)
    fourth = put(query, "Materiaal", LOTTE)
    await says(network, NELE, "aanvaard punt 6")
    await sends(network, NELE, {"action": "decline_points", "points": [proposed[1]], "why": "te *ruim*"})
    await sends(network, NELE, {"action": "merge_point", "point": third, "into": str(proposed[2])})
    await sends(network, NELE, {"action": "move_points", "points": [fourth], "where": "0"})
    async with on_monday(network, settings):
        heard = [
            (await hear_of(network, who, part)).text
            for who, part in ((KATRIEN, PAUSES), (JONAS, PLAYGROUND), (SAMIRA, "Afscheid"), (LOTTE, "Materiaal"))
        ]
    assert heard == [
        "Goed nieuws: 'Pauzes' staat op de agenda van de intervisie van donderdag 3 december 2026.",
        (
            "'Speelplaats' komt niet op de agenda van de intervisie van donderdag 3 december 2026. "
            "De reden: “te \\*ruim\\*”"
        ),
        (
            "'Afscheid' is samengevoegd met 'Oudercontact', dat er sterk op lijkt. "
            "Wie jouw punt steunde, telt daar mee, jij ook."
        ),
        "'Materiaal' ligt nu op de plank, voor een latere bijeenkomst.",
    ]


async def test_what_is_taken_back_in_time_is_told_to_nobody(
    network: Teams, query: Query, proposed: tuple[int, int, int], settings: Settings
) -> None:
    done = await hears(network, NELE, "weiger punt 6 want te ruim")
    await presses(network, NELE, done, texts.BUTTON_UNDO)
    await says(network, NELE, "aanvaard punt 7")
    async with on_monday(network, settings):
        await hear_of(network, JONAS, PLAYGROUND)
        await until(lambda: query("SELECT 1 FROM notices WHERE kind = 'point_declined' AND state = 'cancelled'"))
    assert not [one for one in network.texts_in(KATRIEN.chat) if PAUSES in one]


@pytest.mark.parametrize("way", ["card", "typed"])
async def test_a_question_is_answered_on_its_card_or_by_typing(
    network: Teams, query: Query, proposed: tuple[int, int, int], settings: Settings, way: str
) -> None:
    await says(network, NELE, "vraag bij punt 6: over welke graad gaat het?")
    async with on_monday(network, settings):
        asked = await hear_of(network, KATRIEN, "over welke graad gaat het?")
        if way == "card":
            reply = await presses(network, KATRIEN, asked, texts.BUTTON_ANSWER, text="De tweede graad.")
            assert reply.text == texts.ANSWERED_BACK
        else:
            for other in ("waar is de intervisie van 3 december?", "waar moet ik parkeren", "bedankt"):
                assert await says(network, KATRIEN, other) != texts.ANSWERED_BACK
            assert await says(network, KATRIEN, "De tweede graad.") == texts.ANSWERED_BACK
        answer = await hear_of(network, NELE, "De tweede graad.")
    assert answer.text == "Katrien Poelman antwoordt op je vraag over 'Pauzes':\n\n> De tweede graad."
    assert query("SELECT version FROM notices WHERE kind = 'point_asked'") == [(1,)]  # its card shows the answer
    assert query("SELECT kind, text FROM agenda_comments ORDER BY id") == [
        ("question", "over welke graad gaat het?"),
        ("answer", "De tweede graad."),
    ]


async def test_a_question_need_not_be_answered(
    network: Teams, query: Query, proposed: tuple[int, int, int], settings: Settings
) -> None:
    await says(network, NELE, "vraag bij punt 6: over welke graad gaat het?")
    async with on_monday(network, settings):
        await hear_of(network, KATRIEN, "over welke graad gaat het?")
        assert await says(network, KATRIEN, "laat maar") == texts.NOT_ANSWERED
        await says(network, KATRIEN, "De tweede graad.")
    assert query("SELECT count(*) FROM agenda_comments") == [(1,)]


async def test_another_question_in_between_leaves_the_reason_open(
    settings: Settings, query: Query, proposed: tuple[int, int, int], network: Teams
) -> None:
    await says(network, NELE, "weiger punt 6")
    assert "De Vuurtoren" in await says(network, NELE, "waar is de intervisie van 3 december?")
    async with running(settings) as restarted:
        network.bot_url = restarted.url
        await says(network, NELE, "omdat het te ruim is")
    assert state(query, proposed[0]) == "declined"


async def test_who_proposed_a_point_reads_in_the_days_bundle_what_was_said_of_it(
    network: Teams, query: Query, settings: Settings, proposed: tuple[int, int, int]
) -> None:
    await says(network, LOTTE, "wat staat er op de agenda van de volgende intervisie?")
    await says(network, LOTTE, "opmerking bij punt 7: neem de middagpauze mee")
    async with on_monday(network, settings):
        heard = await hear_of(network, JONAS, "middagpauze")
    assert PLAYGROUND in heard.text
    assert "Lotte" in heard.text
