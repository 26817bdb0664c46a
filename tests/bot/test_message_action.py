"""The action "Op de agenda zetten" on a message: its dialog opens, is filled in, and makes one agenda point."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.teams.activities import FETCH, SUBMIT
from tests.bot.connector import CHANNEL, GROUP, JONAS, JORIS, MIRA, Json, Spot, Teams, User

Query = Callable[[str], list[tuple[object, ...]]]
TITLES = "SELECT title FROM agenda_points WHERE proposer_id IS NOT NULL"
LINK = "https://teams.microsoft.com/l/message/19:bijeenkomsten@thread.tacv2/1700000000000"


def on(html: str, link: str = LINK, command: str = "op_de_agenda") -> Json:
    """What Teams sends when somebody chooses the action on a message."""
    quoted = {"id": "1", "body": {"contentType": "html", "content": html}, "linkToMessage": link}
    return {"commandId": command, "commandContext": "message", "messagePayload": quoted}


async def opened(teams: Teams, html: str, who: User = JONAS, where: Spot = CHANNEL, link: str = LINK) -> Json:
    """The card of the dialog."""
    status, body = await teams.invoke(who, where, FETCH, on(html, link))
    assert status == 200
    return card(body)


def card(body: Json) -> Json:
    """What a dialog shows."""
    shown: Json = body["task"]["value"]["card"]["content"]
    return shown


def said(shown: Json) -> str:
    """All that stands on a card, but for its fields."""
    return "\n".join(one["text"] for one in shown["body"] if one["type"] == "TextBlock")


def fields(shown: Json) -> dict[str, str]:
    """What the fields of a card hold."""
    return {one["id"]: one.get("value", "") for one in shown["body"] if one["type"].startswith("Input.")}


def sent(shown: Json, **typed: str) -> Json:
    """What Teams sends when the first button of a dialog is pressed."""
    data = {**fields(shown), **shown["actions"][0]["data"], **typed}
    return {"commandId": "op_de_agenda", "commandContext": "message", "data": data}


async def test_a_message_becomes_the_draft_of_a_point(teams: Teams) -> None:
    shown = await opened(
        teams, "<div><p>Huiswerk in de leefgroep</p><p>Hoe pakken jullie dat&nbsp;aan &amp; wie helpt?</p></div>"
    )
    filled = fields(shown)
    assert filled["title"] == "Huiswerk in de leefgroep"
    assert filled["explanation"] == "Huiswerk in de leefgroep\nHoe pakken jullie dat aan & wie helpt?"
    assert filled["link"] == LINK


async def test_the_point_is_there_once_the_form_is_sent(teams: Teams, query: Query) -> None:
    shown = await opened(teams, "<p>Huiswerk in de leefgroep</p>")
    assert query(TITLES) == []
    status, body = await teams.invoke(JONAS, CHANNEL, SUBMIT, sent(shown))
    assert status == 200
    assert "Huiswerk in de leefgroep" in said(card(body))
    assert query(TITLES) == [("Huiswerk in de leefgroep",)]
    assert teams.posted == []  # nobody else sees it


async def test_sent_twice_it_is_one_point(teams: Teams, query: Query) -> None:
    shown = await opened(teams, "<p>Huiswerk in de leefgroep</p>")
    await teams.invoke(JONAS, CHANNEL, SUBMIT, sent(shown))
    _, again = await teams.invoke(JONAS, CHANNEL, SUBMIT, sent(shown))
    assert "al gedaan" in said(card(again))
    assert len(query(TITLES)) == 1


async def test_the_same_submission_delivered_again_is_one_point(teams: Teams, query: Query) -> None:
    shown = await opened(teams, "<p>Huiswerk in de leefgroep</p>")
    activity = {**teams.activity(JONAS, CHANNEL, "invoke"), "name": SUBMIT, "value": sent(shown)}
    for _ in range(2):
        assert (await teams.invoked(activity))[0] == 200
    assert len(query(TITLES)) == 1


async def test_who_is_named_in_a_message_is_proposed_in_neutral_words(teams: Teams, database: Path) -> None:
    shown = await opened(teams, "<p>Yassine (15) komt niet meer naar school, bel 0478 12 34 56</p>")
    assert "te herkennen" in said(shown)
    assert "Yassine" not in str(shown)
    assert "0478" not in str(shown)
    assert b"Yassine" not in database.read_bytes()


async def test_what_is_typed_on_the_form_is_checked_as_well(teams: Teams, query: Query) -> None:
    shown = await opened(teams, "<p>Huiswerk</p>", where=GROUP)
    _, body = await teams.invoke(JONAS, GROUP, SUBMIT, sent(shown, title="Yassine (15) en zijn huiswerk"))
    assert query(TITLES) == []
    asked = card(body)
    assert "Yassine" in said(asked)  # marked, for the eyes of who typed it
    neutral = next(iter(fields(asked).values()))
    assert "Yassine" not in neutral
    await teams.invoke(JONAS, GROUP, SUBMIT, sent(asked))
    assert query(TITLES) == [(neutral,)]


async def test_without_a_message_the_form_is_empty(teams: Teams) -> None:
    status, body = await teams.invoke(JONAS, CHANNEL, FETCH, {"commandId": "op_de_agenda", "commandContext": "compose"})
    assert status == 200
    assert fields(card(body))["title"] == ""


async def test_a_long_message_gives_a_short_title(teams: Teams) -> None:
    shown = await opened(teams, f"<p>{'Wat doen we met huiswerk ' * 2_000}</p>")
    assert 0 < len(fields(shown)["title"]) <= 80
    assert len(fields(shown)["explanation"]) <= 2_000


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://elders.example", "x" * 5_000, ""])
async def test_an_address_that_is_none_of_teams_is_left_out(teams: Teams, link: str) -> None:
    assert fields(await opened(teams, "<p>Huiswerk</p>", link=link))["link"] == ""


@pytest.mark.parametrize("who", [MIRA, JORIS])
async def test_who_is_not_of_the_network_gets_no_form(teams: Teams, who: User, query: Query) -> None:
    shown = await opened(teams, "<p>Huiswerk</p>", who=who)
    assert fields(shown) == {}
    data = {"action": "save_point", "title": "Ingebroken", "where": "1"}
    status, _ = await teams.invoke(who, CHANNEL, SUBMIT, {"commandId": "op_de_agenda", "data": data})
    assert status == 200
    assert query(TITLES) == []


@pytest.mark.parametrize(
    "value", [None, "x", [], {"data": "x"}, {"data": []}, {"data": {"action": "save_point", "where": "x"}}]
)
async def test_what_nobody_of_us_put_there_does_nothing(teams: Teams, value: object, query: Query) -> None:
    activity = {**teams.activity(JONAS, CHANNEL, "invoke"), "name": SUBMIT, "value": value}
    assert (await teams.invoked(activity))[0] == 200
    assert query(TITLES) == []


async def test_an_action_that_we_do_not_have_is_answered_without_an_error_page(teams: Teams) -> None:
    status, _ = await teams.invoke(JONAS, CHANNEL, FETCH, on("<p>x</p>", command="onbekend"))
    assert status == 501
