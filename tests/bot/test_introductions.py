"""Members of the team whom the network doesn't know: answered, asked once for their organisation, known after."""

from collections.abc import Callable

import pytest

from bot.app import running
from bot.settings import Settings
from dialogs.texts import general as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import AlreadyKnown, UnknownOrganisation
from tests.bot.connector import CHANNEL, GROUP, JONAS, MIRA, NELE, Json, Posted, Teams, User

QUESTION = "wanneer is de volgende intervisie?"
ANSWER = "Intervisie huiswerkbegeleiding"
Query = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
async def team(teams: Teams) -> Teams:
    """A Teams where the bot stands in the team, and nobody asked anything yet."""
    await teams.install(NELE, CHANNEL)
    teams.posted.clear()
    return teams


def asks(one: Posted) -> bool:
    """Whether this asks for the reader's organisation."""
    return one.text == texts.WHICH_ORGANISATION


def choices(one: Posted) -> dict[str, str]:
    """The organisations on the card, by name."""
    body: list[Json] = one.card["body"]
    return {choice["title"]: choice["value"] for choice in body[0]["choices"]}


async def chosen(team: Teams, name: str) -> Json:
    """The data that Teams sends when Mira, once asked, chooses this organisation and confirms."""
    question = next(one for one in await team.say(MIRA, MIRA.chat, QUESTION) if asks(one))
    return {**question.button(texts.CONFIRM), "organisation": choices(question)[name]}


async def test_an_unknown_member_is_answered_first_and_asked_after(team: Teams) -> None:
    answer, question = await team.say(MIRA, MIRA.chat, QUESTION)
    assert ANSWER in answer.text
    assert asks(question)


async def test_an_unknown_member_is_asked_once(team: Teams) -> None:
    await team.say(MIRA, MIRA.chat, QUESTION)
    again = await team.say(MIRA, MIRA.chat, QUESTION)
    assert [asks(one) for one in again] == [False]
    assert ANSWER in again[0].text


async def test_an_unknown_member_is_asked_once_wherever_they_write(team: Teams) -> None:
    for where in (CHANNEL, MIRA.chat, GROUP, CHANNEL.in_thread("3")):
        await team.say(MIRA, where, QUESTION)
    assert [asks(one) for one in team.posted].count(True) == 1


async def test_an_unknown_member_is_asked_once_after_a_restart_too(settings: Settings, team: Teams) -> None:
    await team.say(MIRA, MIRA.chat, QUESTION)
    async with running(settings) as restarted:
        team.bot_url = restarted.url
        assert [asks(one) for one in await team.say(MIRA, MIRA.chat, QUESTION)] == [False]


async def test_an_unknown_member_is_asked_once_when_several_messages_come_at_once(team: Teams) -> None:
    told = await team.together([team.message(MIRA, MIRA.chat, QUESTION) for _ in range(6)])
    assert [asks(one) for one in told].count(True) == 1
    assert [ANSWER in one.text for one in told].count(True) == 6


async def test_in_a_channel_the_question_is_asked_in_person(team: Teams) -> None:
    await team.say(MIRA, CHANNEL, QUESTION)
    assert [ANSWER in text for text in team.texts_in(CHANNEL)] == [True]
    assert team.texts_in(MIRA.chat) == [texts.WHICH_ORGANISATION]


async def test_when_the_question_could_not_be_asked_it_is_asked_the_next_time(team: Teams) -> None:
    team.closed.add(MIRA.id)
    assert [ANSWER in one.text for one in await team.say(MIRA, CHANNEL, QUESTION)] == [True]
    team.closed.clear()
    await team.say(MIRA, CHANNEL, QUESTION)
    assert team.texts_in(MIRA.chat) == [texts.WHICH_ORGANISATION]


async def test_the_list_has_every_organisation_that_takes_part_and_no_other(team: Teams, query: Query) -> None:
    query("UPDATE organisations SET status = 'stopped' WHERE name = 'Vzw Windkracht'")
    question = (await team.say(MIRA, MIRA.chat, QUESTION))[1]
    expected = ["CLB De Sluis", "De Vuurtoren", "Het Anker", "Jeugdhuis De Branding", "Secundaire School De Kade"]
    assert sorted(choices(question)) == sorted([*expected, texts.NOT_IN_LIST])


async def test_somebody_who_tells_their_organisation_is_known_after(team: Teams, query: Query) -> None:
    answers = await team.press(MIRA, MIRA.chat, await chosen(team, "CLB De Sluis"))
    assert [one.text for one in answers] == ["Dank je, Mira. Ik weet nu dat je bij CLB De Sluis hoort."]
    assert query(
        "SELECT p.name, p.email, p.entra_id, p.role, o.name FROM people p JOIN organisations o"
        f" ON o.id = p.organisation_id WHERE p.email = '{MIRA.mail}'"
    ) == [(MIRA.name, MIRA.mail, MIRA.aad, "external", "CLB De Sluis")]


async def test_somebody_known_is_no_longer_looked_up_nor_asked(team: Teams) -> None:
    await team.press(MIRA, MIRA.chat, await chosen(team, "CLB De Sluis"))
    team.lookups.clear()
    assert [ANSWER in one.text for one in await team.say(MIRA, MIRA.chat, QUESTION)] == [True]
    assert team.lookups == []


async def test_somebody_known_can_be_found_by_others_at_once(team: Teams) -> None:
    await team.say(JONAS, JONAS.chat, "wie is Mira Stevens?")
    await team.press(MIRA, MIRA.chat, await chosen(team, "CLB De Sluis"))
    told = await team.say(JONAS, JONAS.chat, "bij welke organisatie hoort Mira Stevens?")
    assert "CLB De Sluis" in told[0].text


async def test_somebody_whose_organisation_is_not_in_the_list_is_known_without_one(team: Teams, query: Query) -> None:
    answers = await team.press(MIRA, MIRA.chat, await chosen(team, texts.NOT_IN_LIST))
    assert [one.text for one in answers] == [texts.INTRODUCED_WITHOUT.format(name="Mira")]
    assert query(f"SELECT organisation_id FROM people WHERE email = '{MIRA.mail}'") == [(None,)]


async def test_a_second_press_changes_nothing(team: Teams, query: Query) -> None:
    data = await chosen(team, "CLB De Sluis")
    await team.press(MIRA, MIRA.chat, data)
    before = query("SELECT * FROM people ORDER BY id")
    other = {**data, "organisation": "1"}
    assert [one.text for one in await team.press(MIRA, MIRA.chat, other)] == [SENTENCES[AlreadyKnown]]
    assert query("SELECT * FROM people ORDER BY id") == before


async def test_two_presses_at_once_make_one_person(team: Teams, query: Query) -> None:
    data = await chosen(team, "CLB De Sluis")
    press = {**team.activity(MIRA, MIRA.chat, "message"), "value": data}
    told = await team.together([press, {**press, "id": "tweede"}, {**press, "id": "derde"}])
    assert sorted(one.text for one in told) == sorted(
        [texts.INTRODUCED.format(name="Mira", organisation="CLB De Sluis"), *[SENTENCES[AlreadyKnown]] * 2]
    )
    assert query(f"SELECT count(*) FROM people WHERE email = '{MIRA.mail}'") == [(1,)]


@pytest.mark.parametrize("status", ["waiting", "exploring", "stopped"])
async def test_an_organisation_that_is_not_in_the_list_can_not_be_told(team: Teams, query: Query, status: str) -> None:
    query(f"UPDATE organisations SET status = '{status}' WHERE name = 'Centrum De Boei'")
    hidden = query("SELECT id FROM organisations WHERE name = 'Centrum De Boei'")[0][0]
    before = query("SELECT * FROM people ORDER BY id")
    answers = await team.press(MIRA, MIRA.chat, {"action": "tell_organisation", "organisation": str(hidden)})
    assert answers[0].text == SENTENCES[UnknownOrganisation]
    assert query("SELECT * FROM people ORDER BY id") == before


@pytest.mark.parametrize("number", ["999", "999999999"])
async def test_an_organisation_that_does_not_exist_can_not_be_told(team: Teams, query: Query, number: str) -> None:
    before = query("SELECT * FROM people ORDER BY id")
    answers = await team.press(MIRA, MIRA.chat, {"action": "tell_organisation", "organisation": number})
    assert answers[0].text == SENTENCES[UnknownOrganisation]
    assert query("SELECT * FROM people ORDER BY id") == before


async def test_a_known_person_cannot_change_their_organisation_with_the_button(team: Teams, query: Query) -> None:
    await team.say(JONAS, JONAS.chat, "dag")
    before = query("SELECT * FROM people ORDER BY id")
    answers = await team.press(JONAS, JONAS.chat, {"action": "tell_organisation", "organisation": "2"})
    assert [one.text for one in answers] == [SENTENCES[AlreadyKnown]]
    assert query("SELECT * FROM people ORDER BY id") == before


async def test_an_unknown_member_has_no_registrations_to_hear_of(team: Teams) -> None:
    answers = await team.say(MIRA, MIRA.chat, "waarvoor ben ik ingeschreven?")
    assert "Intervisie" not in answers[0].text
    assert answers[0].text == texts.NOT_KNOWN_YET
    assert "CLB De Sluis" in choices(answers[0])


async def test_a_member_without_a_mail_address_is_not_asked(team: Teams) -> None:
    nameless = User("Zonder Adres", "", "geen-adres", "b0f0c0de-0000-4000-8000-000000000009")
    team.rosters[CHANNEL.conversation] = [nameless]
    assert [ANSWER in one.text for one in await team.say(nameless, CHANNEL, QUESTION)] == [True]
