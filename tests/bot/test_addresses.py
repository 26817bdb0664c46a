"""Where the bot can write, kept from installations, memberships and messages, and marked when it is left."""

from collections.abc import Callable

from bot.app import Running
from dialogs.texts import general as texts
from tests.bot.connector import CHANNEL, GENERAL, GROUP, JONAS, KATRIEN, NELE, TEAM, Spot, Teams
from tests.conftest import NOW

Query = Callable[[str], list[tuple[object, ...]]]

QUESTION = "wie is de coördinator?"


def places(query: Query, columns: str = "conversation_id, kind") -> list[tuple[object, ...]]:
    """The places, in order."""
    return query(f"SELECT {columns} FROM places ORDER BY conversation_id, kind")


async def test_a_message_keeps_where_it_came_from(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    await teams.say(JONAS, CHANNEL.in_thread("7"), QUESTION)
    await teams.say(JONAS, GROUP, QUESTION)
    assert places(query, "conversation_id, kind, team_id, entra_id, service_url") == [
        (CHANNEL.conversation, "channel", TEAM, None, teams.service_url),
        (GROUP.conversation, "groupChat", None, None, teams.service_url),
        (JONAS.chat.conversation, "personal", None, JONAS.aad, teams.service_url),
    ]


async def test_a_button_keeps_where_it_was_pressed(teams: Teams, query: Query) -> None:
    await teams.press(JONAS, JONAS.chat, {"action": "ask_example", "text": "dag"})
    assert places(query) == [(JONAS.chat.conversation, "personal")]


async def test_an_installation_and_a_membership_keep_an_address(teams: Teams, query: Query) -> None:
    await teams.install(JONAS, JONAS.chat)
    await teams.deliver(teams.membership(NELE, GENERAL))
    assert places(query, "conversation_id, kind, entra_id") == [
        (TEAM, "team", None),
        (JONAS.chat.conversation, "personal", JONAS.aad),
    ]


async def test_somebody_else_who_joins_is_no_arrival_of_the_bot(teams: Teams, query: Query) -> None:
    joined = {**teams.activity(NELE, GENERAL, "conversationUpdate"), "membersAdded": [{"id": JONAS.id}]}
    assert await teams.deliver(joined) == []
    left = {**teams.activity(NELE, JONAS.chat, "conversationUpdate"), "membersRemoved": [{"id": JONAS.id}]}
    assert await teams.deliver(left) == []
    assert places(query) == []


async def test_what_is_not_for_the_bot_keeps_no_address(teams: Teams, query: Query) -> None:
    assert await teams.say(JONAS, CHANNEL, "wie brengt taart mee?", mention=False) == []
    assert places(query) == []


async def test_a_new_service_url_replaces_the_old_one(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    teams.service_url = teams.service_url.replace("127.0.0.1", "localhost")
    await teams.say(JONAS, JONAS.chat, QUESTION)
    assert places(query, "service_url") == [(teams.service_url,)]


async def test_an_activity_that_does_not_tell_who_it_is_from_forgets_nothing(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    installed = teams.installation(JONAS, JONAS.chat)
    del installed["from"]["aadObjectId"]
    await teams.deliver(installed)
    assert places(query, "entra_id") == [(JONAS.aad,)]


async def test_uninstalled_in_a_chat_its_address_is_dead_and_a_message_revives_it(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    await teams.install(JONAS, JONAS.chat, "remove")
    assert places(query, "removed_at IS NOT NULL, removed_why") == [(1, "removed")]
    await teams.say(JONAS, JONAS.chat, QUESTION)
    assert places(query, "removed_at, removed_why") == [(None, None)]


async def test_removed_from_a_team_all_its_channels_are_dead(teams: Teams, query: Query) -> None:
    await teams.install(NELE, GENERAL)
    await teams.say(NELE, CHANNEL, "post hier")
    await teams.say(JONAS, JONAS.chat, QUESTION)
    await teams.deliver(teams.membership(NELE, GENERAL, "membersRemoved"))
    assert places(query, "kind, removed_at IS NULL, posts_here") == [
        ("channel", 0, 0),
        ("team", 0, 0),
        ("personal", 1, 0),
    ]


async def test_an_upgrade_is_no_removal(teams: Teams, query: Query) -> None:
    await teams.install(JONAS, JONAS.chat)
    await teams.install(JONAS, JONAS.chat, "remove-upgrade")
    assert await teams.install(JONAS, JONAS.chat, "add-upgrade") == []
    assert places(query, "removed_at") == [(None,)]


async def test_a_removal_that_comes_twice_does_not_undo_a_return(teams: Teams, query: Query) -> None:
    gone = teams.installation(JONAS, JONAS.chat, "remove")
    await teams.deliver(gone)
    await teams.install(JONAS, JONAS.chat)
    await teams.deliver(gone)
    assert places(query, "removed_at") == [(None,)]


async def test_an_answer_in_person_keeps_the_chat_it_made(teams: Teams, query: Query) -> None:
    await teams.say(KATRIEN, CHANNEL, "ben ik ingeschreven voor de netwerkdag?")
    assert texts.ANSWERED_PRIVATELY in teams.texts_in(CHANNEL)
    assert (KATRIEN.chat.conversation, "personal", KATRIEN.aad) in places(query, "conversation_id, kind, entra_id")


async def test_a_person_is_reached_in_their_own_chat(teams: Teams, bot: Running) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    await teams.say(KATRIEN, KATRIEN.chat, QUESTION)
    people = {one.email: one.id for one in await bot.house.people.everybody()}
    reach = await bot.house.places.of_person(people[JONAS.mail])
    assert (reach.place and reach.place.conversation_id, reach.dead) == (JONAS.chat.conversation, False)
    await bot.house.places.leave(JONAS.chat.conversation, NOW)
    assert (await bot.house.places.of_person(people[JONAS.mail])).dead


async def test_a_living_chat_counts_before_a_dead_one(teams: Teams, bot: Running) -> None:
    old = Spot("a:zz-vorige-chat", "personal")
    await teams.say(JONAS, old, QUESTION)
    await teams.install(JONAS, old, "remove")
    await teams.say(JONAS, JONAS.chat, QUESTION)
    people = {one.email: one.id for one in await bot.house.people.everybody()}
    reach = await bot.house.places.of_person(people[JONAS.mail])
    assert (reach.place and reach.place.conversation_id, reach.dead) == (JONAS.chat.conversation, False)
