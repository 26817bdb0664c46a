"""Buttons: what ours ask, and what forged, old or broken data gets: a clear sentence and no effect."""

from collections.abc import Callable

import pytest

from dialogs.texts import general as texts
from tests.bot.connector import CHANNEL, GROUP, JONAS, KATRIEN, LOTTE, MIRA, NELE, Json, Spot, Teams

Query = Callable[[str], list[tuple[object, ...]]]

NOT_OURS: dict[str, Json] = {
    "empty": {},
    "no_action": {"meeting": 1, "intent": "meeting.when"},
    "unknown_action": {"action": "drop_tables"},
    "action_number": {"action": 1},
    "action_list": {"action": ["ask_meeting"]},
    "action_null": {"action": None},
    "action_object": {"action": {"action": "ask_meeting"}},
    "action_capitals": {"action": "ASK_MEETING", "intent": "meeting.when", "meeting": 1},
    "no_meeting": {"action": "ask_meeting", "intent": "meeting.when"},
    "no_intent": {"action": "ask_meeting", "meeting": 1},
    "unknown_intent": {"action": "ask_meeting", "intent": "meeting.delete", "meeting": 1},
    "intent_not_about_a_meeting": {"action": "ask_meeting", "intent": "channel.post_here", "meeting": 1},
    "intent_list": {"action": "ask_meeting", "intent": ["meeting.when"], "meeting": 1},
    "intent_long": {"action": "ask_meeting", "intent": "x" * 50_000, "meeting": 1},
    "meeting_zero": {"action": "ask_meeting", "intent": "meeting.when", "meeting": 0},
    "meeting_negative": {"action": "ask_meeting", "intent": "meeting.when", "meeting": -1},
    "meeting_unknown": {"action": "ask_meeting", "intent": "meeting.when", "meeting": 2_147_483_647},
    "meeting_huge": {"action": "ask_meeting", "intent": "meeting.when", "meeting": 10**30},
    "meeting_fraction": {"action": "ask_meeting", "intent": "meeting.when", "meeting": 1.5},
    "meeting_sql": {"action": "ask_meeting", "intent": "meeting.when", "meeting": "1; DROP TABLE people"},
    "meeting_list": {"action": "ask_meeting", "intent": "meeting.when", "meeting": [1]},
    "meeting_null": {"action": "ask_meeting", "intent": "meeting.when", "meeting": None},
    "person_unknown": {"action": "ask_person", "intent": "people.email", "person": 99_999},
    "person_huge": {"action": "ask_person", "intent": "people.email", "person": 10**30},
    "person_word": {"action": "ask_person", "intent": "people.email", "person": "nele"},
    "person_other_intent": {"action": "ask_person", "intent": "attendance.mine", "person": 1},
    "person_unknown_intent": {"action": "ask_person", "intent": "people.password", "person": 1},
    "example_without_text": {"action": "ask_example"},
    "example_number": {"action": "ask_example", "text": 12},
    "example_long": {"action": "ask_example", "text": "x" * 50_000},
    "organisation_word": {"action": "tell_organisation", "organisation": "CLB De Sluis"},
    "organisation_number": {"action": "tell_organisation", "organisation": 1},
    "organisation_huge": {"action": "tell_organisation", "organisation": "9" * 400},
    "organisation_negative": {"action": "tell_organisation", "organisation": "-1"},
    "organisation_list": {"action": "tell_organisation", "organisation": ["1", "2"]},
    "organisation_two": {"action": "tell_organisation", "organisation": "1,2"},
    "organisation_new_line": {"action": "tell_organisation", "organisation": "1\n"},
}


@pytest.mark.parametrize("data", NOT_OURS.values(), ids=NOT_OURS.keys())
async def test_data_that_is_not_ours_is_called_an_old_button_and_does_nothing(
    teams: Teams, query: Query, data: Json
) -> None:
    await teams.say(JONAS, JONAS.chat, "dag")
    before = [query(f"SELECT * FROM {table}") for table in ("people", "memories", "registrations")]
    assert [one.text for one in await teams.press(JONAS, JONAS.chat, data)] == [texts.TOO_OLD]
    assert [query(f"SELECT * FROM {table}") for table in ("people", "memories", "registrations")] == before


def meeting(query: Query, key: str) -> object:
    """The id of a meeting of the demo network."""
    return query(f"SELECT id FROM meetings WHERE title LIKE '%{key}%'")[0][0]


async def test_every_button_on_a_meetings_card_is_answered(teams: Teams) -> None:
    card = (await teams.say(JONAS, JONAS.chat, "wanneer is de volgende intervisie?"))[0]
    buttons = [dict(action["data"]) for action in card.card["actions"] if "data" in action]
    answers = [await teams.press(JONAS, JONAS.chat, data) for data in buttons]
    assert len(answers) == 3
    assert all("huiswerkbegeleiding" in told[0].text for told in answers)


async def test_every_example_of_help_is_answered(teams: Teams) -> None:
    card = (await teams.say(JONAS, JONAS.chat, "help"))[0]
    answers = [await teams.press(JONAS, JONAS.chat, dict(action["data"])) for action in card.card["actions"]]
    assert len(answers) == 6
    refusals = (texts.TOO_OLD, "Daar weet ik niets van", "Dat begrijp ik niet")
    assert not [told[0].text for told in answers if told[0].text.startswith(refusals)]


async def test_a_button_of_a_meeting_moves_the_focus_to_it(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, "wanneer is de volgende intervisie?")
    data = {"action": "ask_meeting", "intent": "meeting.when", "meeting": meeting(query, "Netwerkdag")}
    await teams.press(JONAS, JONAS.chat, data)
    assert "Cultuurhuis De Golf" in (await teams.say(JONAS, JONAS.chat, "en waar?"))[0].text


async def test_a_pressed_question_about_oneself_is_answered_in_person(teams: Teams, query: Query) -> None:
    data = {"action": "ask_meeting", "intent": "attendance.me", "meeting": meeting(query, "huiswerk")}
    await teams.press(JONAS, CHANNEL, data)
    assert teams.texts_in(CHANNEL) == [texts.ANSWERED_PRIVATELY]
    assert "Je bent ingeschreven" in teams.texts_in(JONAS.chat)[0]


async def test_a_card_in_a_channel_answers_the_one_who_presses(teams: Teams, query: Query) -> None:
    data = {"action": "ask_meeting", "intent": "attendance.me", "meeting": meeting(query, "huiswerk")}
    await teams.press(KATRIEN, CHANNEL, data)
    assert "niet ingeschreven" in teams.texts_in(KATRIEN.chat)[0]
    assert teams.texts_in(JONAS.chat) == []


@pytest.mark.parametrize("where", [JONAS.chat, GROUP, CHANNEL], ids=["personal", "group", "channel"])
async def test_a_forged_button_opens_no_closed_agenda(teams: Teams, query: Query, where: Spot) -> None:
    data = {"action": "ask_meeting", "intent": "agenda.show", "meeting": meeting(query, "Stuurgroep")}
    await teams.press(JONAS, where, data)
    assert len(teams.posted) == 1
    assert "Begroting" not in teams.posted[0].text


async def test_a_forged_button_of_a_participant_still_keeps_the_agenda_out_of_the_channel(
    teams: Teams, query: Query
) -> None:
    data = {"action": "ask_meeting", "intent": "agenda.show", "meeting": meeting(query, "Stuurgroep")}
    await teams.press(LOTTE, CHANNEL, data)
    assert teams.texts_in(CHANNEL) == [texts.ANSWERED_PRIVATELY]
    assert "Begroting" in teams.texts_in(LOTTE.chat)[0]


async def test_a_forged_button_for_a_mail_address_is_answered_in_person(teams: Teams, query: Query) -> None:
    person = query("SELECT id FROM people WHERE name = 'Griet Maes'")[0][0]
    await teams.press(JONAS, CHANNEL, {"action": "ask_person", "intent": "people.email", "person": person})
    assert teams.texts_in(CHANNEL) == [texts.ANSWERED_PRIVATELY]
    assert "griet.maes@dekade.example" in teams.texts_in(JONAS.chat)[0]


async def test_a_forged_button_does_not_tell_of_a_confidential_organisation(teams: Teams, query: Query) -> None:
    person = query("SELECT id FROM people WHERE name = 'Bert Neyrinck'")[0][0]
    data = {"action": "ask_person", "intent": "people.organisation", "person": person}
    assert "Boei" not in (await teams.press(JONAS, JONAS.chat, data))[0].text


async def test_a_forged_example_cannot_do_what_its_presser_may_not(teams: Teams, query: Query) -> None:
    await teams.press(JONAS, CHANNEL, {"action": "ask_example", "text": "post hier"})
    assert query("SELECT count(*) FROM places WHERE posts_here") == [(0,)]


async def test_unknown_fields_beside_ours_are_ignored(teams: Teams) -> None:
    data = {"action": "ask_example", "text": "wie is de coördinator?", "role": "coordinator", "person": 1}
    assert "Nele Verhaegen" in (await teams.press(JONAS, JONAS.chat, data))[0].text


async def test_a_button_in_a_channel_needs_no_mention(teams: Teams) -> None:
    told = await teams.press(NELE, CHANNEL.in_thread("4"), {"action": "ask_example", "text": "dag"})
    assert [one.conversation for one in told] == [CHANNEL.in_thread("4").id]


@pytest.mark.parametrize("value", ["ja", 12, ["x"], True], ids=["text", "number", "list", "true"])
async def test_a_value_that_is_no_object_counts_as_no_button(teams: Teams, value: object) -> None:
    activity = {**teams.message(JONAS, JONAS.chat, "wie is de coördinator?"), "value": value}
    assert "Nele Verhaegen" in (await teams.deliver(activity))[0].text


async def test_an_unknown_member_is_answered_on_a_button_too(teams: Teams) -> None:
    told = await teams.press(MIRA, CHANNEL, {"action": "ask_example", "text": "wie is de coördinator?"})
    assert "Nele Verhaegen" in told[0].text


async def test_what_is_out_of_scope_is_refused_with_the_nearest_questions_to_press(teams: Teams) -> None:
    refused = (await teams.say(JONAS, JONAS.chat, "wat is de hoofdstad van Frankrijk?"))[0]
    assert refused.text.startswith("Daar weet ik niets van.")
    *offered, last = [action["title"] for action in refused.card["actions"]]
    assert 0 < len(offered) <= 3
    assert all(question in refused.text for question in offered)
    assert last == "Vraag het aan Nele"
    pressed = await teams.press(JONAS, JONAS.chat, dict(refused.card["actions"][0]["data"]))
    assert not pressed[0].text.startswith(("Daar weet ik niets van", "Dat begrijp ik niet"))
