"""What must not come of agenda points, whoever presses or types what: no title leaks, no name slips by, no wait."""

import time

import pytest

from dialogs.language.spelling import strip_markup, strip_markup_in_lines
from dialogs.texts import points as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NoSuchPoint
from tests.bot.boards import everything, put, sends
from tests.bot.connector import JONAS, KATRIEN, NELE, Json, Teams
from tests.bot.lists import HOMEWORK, Query, hears, says

STEERING = "stuurgroep-januari"
LONG = "en dan zegt hij dat het zo niet verder kan maar hoe het wel moet weet niemand. " * 100


def proposed(query: Query) -> list[tuple[object, ...]]:
    """Titles and presenters of what was proposed."""
    return query("SELECT title, presenter FROM agenda_points WHERE proposer_id IS NOT NULL ORDER BY id")


@pytest.mark.parametrize(
    "button",
    [
        {"action": "decide_points", "accept": []},
        {"action": "decide_points", "reopen": []},
        {"action": "decline_points", "points": []},
        {"action": "move_points", "points": [], "where": "0"},
    ],
    ids=["accept", "reopen", "decline", "move"],
)
async def test_a_button_about_points_of_others_names_none_that_one_may_not_see(
    teams: Teams, query: Query, button: Json
) -> None:
    ids = [put(query, "Begroting", KATRIEN, STEERING), put(query, "Verlof", KATRIEN, HOMEWORK, state="'withdrawn'")]
    before = everything(query)
    told = await sends(teams, JONAS, {name: value if value != [] else ids for name, value in button.items()})
    assert told.text == SENTENCES[NoSuchPoint]
    assert everything(query) == before


@pytest.mark.parametrize("who", ["Yassine", "vader Karim", "Dirk Janssens"])
async def test_somebody_nobody_knows_is_no_presenter_but_what_it_is_about(teams: Teams, query: Query, who: str) -> None:
    told = await hears(teams, KATRIEN, f"zet ruzie door {who} op de agenda")
    assert proposed(query) == []
    assert told.card["body"][0]["id"] == "title"
    assert who.rsplit(maxsplit=1)[-1] in told.text
    assert await says(teams, KATRIEN, "zet spijbelen op de agenda, gebracht door Jonas Claerhout")
    assert proposed(query) == [("Spijbelen", "Jonas Claerhout")]


async def test_what_is_typed_far_too_long_is_refused_in_words_and_the_question_stays(
    teams: Teams, query: Query
) -> None:
    put(query, "Pauzes", KATRIEN)
    for who, ask, problem in (
        (JONAS, "ik heb een agendapunt", texts.MISTAKES["title"]),
        (NELE, "wijs punt 6 van de intervisie van 3 december af", "te lang"),
    ):
        await says(teams, who, ask)
        assert problem in await says(teams, who, LONG)
    assert query("SELECT count(*) FROM agenda_points WHERE declined_why IS NOT NULL") == [(0,)]
    assert proposed(query) == [("Pauzes", None)]


@pytest.mark.parametrize(
    "link",
    ["https://teams.microsoft.com@kwaad.example/", "https://jonas:geheim@x.example/", "https://\\kwaad.example"],
    ids=["host in front", "password", "backslash"],
)
async def test_a_link_leads_where_it_seems_to(teams: Teams, query: Query, link: str) -> None:
    told = await sends(teams, JONAS, {"action": "save_point", "title": "Een link", "link": link, "where": "0"})
    assert texts.MISTAKES["link"] in told.text
    assert proposed(query) == []


def test_mentions_left_open_are_read_once() -> None:
    text = "<at>" * 25_000
    begun = time.process_time()
    assert strip_markup(f"{text}hallo <at>Bot</at>") == "hallo"
    assert strip_markup_in_lines(text) == ""
    assert time.process_time() - begun < 2  # once it took a minute
