"""Inviting an expert for a point in chat: the mail to copy, how far it is, who comes, and who hears of it."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.app import Running
from dialogs.texts import experts as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.agenda import NewPoint, PointKind
from storage.domain.people import Viewer
from storage.domain.refusals import NotCoordinator
from tests.bot.connector import JONAS, NELE, Json, Posted, Teams, User
from tests.bot.edges import until
from tests.bot.lists import HOMEWORK, buttons, hears, meeting_id, presses, says
from tests.conftest import NOW

Query = Callable[[str], list[tuple[Any, ...]]]

TITLE = "De rol van het CLB"
ELS = {"name": "Els Peeters", "organisation": "CLB Zandrade", "email": "els@clb.example"}


@pytest.fixture
async def network(teams: Teams, bot: Running, query: Query) -> Teams:
    """Jonas proposed an organisation to invite, and that stands on the agenda of 3 December."""
    for who in (NELE, JONAS):
        await teams.say(who, who.chat, "dag")
    jonas = Viewer(await bot.house.people.by_email(JONAS.mail), member=True)
    new = NewPoint(TITLE, meeting_id(query, HOMEWORK), PointKind.ORGANISATION, explanation="Wat mag een CLB vragen?")
    await bot.house.points.propose(new, jonas, NOW)
    accepted = "state = 'accepted', invite = 'to_invite', minutes = 30, position = 99"
    query(f"UPDATE agenda_points SET {accepted} WHERE proposed_at NOT NULL")
    return teams.quiet()


def point(query: Query, column: str = "id") -> Any:
    """Something of the point."""
    return query(f"SELECT {column} FROM agenda_points WHERE proposed_at NOT NULL")[0][0]


def inputs(posted: Posted) -> dict[str, str]:
    """The inputs on a card, as they are filled in."""
    return {one["id"]: one.get("value", "") for one in posted.card["body"] if one["type"] == "Input.Text"}


def listed(query: Query) -> list[tuple[Any, ...]]:
    """Els' place on the list."""
    return query(
        "SELECT r.status FROM registrations r JOIN people p ON p.id = r.person_id WHERE p.email = 'els@clb.example'"
    )


async def told(teams: Teams, who: User, data: Json) -> Posted:
    answers = await teams.press(who, who.chat, data)
    return [one for one in answers if one.conversation == who.chat.conversation][-1]


async def test_the_overview_offers_a_mail_that_says_all_there_is_to_know(network: Teams) -> None:
    overview = await hears(network, NELE, "welke experts moeten we nog uitnodigen?")
    assert f"“{TITLE}” (Intervisie huiswerkbegeleiding, donderdag 3 december 2026): nog uit te nodigen" in overview.text
    card = await presses(network, NELE, overview, f"Mail voor {TITLE}")
    subject, mail = inputs(card).values()
    assert subject == "Uitnodiging: Intervisie huiswerkbegeleiding, donderdag 3 december 2026"
    for part in (
        TITLE,
        "Wat mag een CLB vragen?",
        "donderdag 3 december 2026, van 9.30 tot 12 uur",
        "De Vuurtoren, Zeedijk 8",
        "30 minuten",
        "Nele Verhaegen",
        NELE.mail,
    ):
        assert part in mail
    assert buttons(card) == [texts.BUTTON_INVITED, texts.BUTTON_COMES, texts.BUTTON_COMES_NOT]


async def test_from_invited_to_a_yes_on_the_form_and_on_the_list(network: Teams, query: Query) -> None:
    card = await told(network, NELE, {"action": "show_expert", "point": point(query)})
    await presses(network, NELE, card, texts.BUTTON_INVITED)
    assert point(query, "invite") == "invited"
    form = await presses(network, NELE, card, texts.BUTTON_COMES)
    assert set(inputs(form)) == {"name", "organisation", "email"}
    done = await presses(network, NELE, form, texts.BUTTON_KEEP, **ELS)
    assert done.text.startswith("Fijn! Els Peeters (CLB Zandrade) komt naar Intervisie huiswerkbegeleiding")
    assert point(query, "presenter") == "Els Peeters"
    assert listed(query) == [("registered",)]
    guests = query("SELECT guests FROM meetings WHERE key = 'intervisie-huiswerk'")[0][0]
    assert "Els Peeters" in str(guests)
    assert "Ann-Sofie Baeten" in str(guests)
    again = await presses(network, NELE, form, texts.BUTTON_KEEP, **ELS)
    assert again.text.startswith("Dat stond al zo")
    assert listed(query) == [("registered",)]


async def test_the_proposer_hears_that_nobody_comes_and_the_point_stays(network: Teams, query: Query) -> None:
    said = await says(network, NELE, "de spreker voor punt 6 komt niet")
    assert said.startswith("Jammer. Genoteerd dat de expert niet komt.")
    assert (point(query, "invite"), point(query, "state")) == ("no", "accepted")
    query("UPDATE notices SET timing = 'urgent' WHERE kind = 'expert_answered'")  # it is Saturday
    await until(lambda: network.texts_in(JONAS.chat))
    assert network.texts_in(JONAS.chat)[0].startswith(f"De expert kan niet komen voor jouw punt “{TITLE}”")


async def test_who_comes_may_be_typed_and_another_question_in_between_is_answered(network: Teams, query: Query) -> None:
    await told(network, NELE, {"action": "show_expert", "point": point(query), "what": "form"})
    place = await says(network, NELE, "waar is de volgende intervisie?")
    assert "Vuurtoren" in place
    await says(network, NELE, "Els Peeters, CLB Zandrade, els@clb.example")
    assert point(query, "invite") == "yes"
    assert listed(query) == [("registered",)]


async def test_let_be_drops_the_question_who_comes(network: Teams, query: Query) -> None:
    await told(network, NELE, {"action": "show_expert", "point": point(query), "what": "form"})
    assert await says(network, NELE, "laat maar") == texts.LEFT_SO
    assert point(query, "invite") == "to_invite"


async def test_a_form_that_is_not_complete_is_shown_again_as_it_was_filled_in(network: Teams, query: Query) -> None:
    form = await told(network, NELE, {"action": "show_expert", "point": point(query), "what": "form"})
    for typed in ({"name": "Els Peeters", "email": "els@clb.example"}, {**ELS, "email": "geen adres"}):
        again = await presses(network, NELE, form, texts.BUTTON_KEEP, **typed)
        assert again.text == texts.NOT_COMPLETE
        assert inputs(again)["name"] == "Els Peeters"
    assert point(query, "invite") == "to_invite"
    assert listed(query) == []


async def test_others_hear_and_change_nothing_of_it(network: Teams, query: Query) -> None:
    number = point(query)
    for data in (
        {"action": "show_expert", "point": number},
        {"action": "show_expert", "point": number, "what": "form"},
        {"action": "set_expert", "point": number, "state": "yes", **ELS},
    ):
        assert (await told(network, JONAS, data)).text == SENTENCES[NotCoordinator]
    assert await says(network, JONAS, "welke experts moeten we nog uitnodigen?") == SENTENCES[NotCoordinator]
    assert point(query, "invite") == "to_invite"
    assert listed(query) == []
