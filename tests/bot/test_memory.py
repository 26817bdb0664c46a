"""Follow-up questions: each conversation has its own focus, and it outlives the bot's process."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import running
from bot.settings import Settings
from tests.bot.connector import CHANNEL, GROUP, JONAS, KATRIEN, Spot, Teams
from tests.conftest import NOW

Query = Callable[[str], list[tuple[object, ...]]]

NETWORK_DAY = "wanneer is de netwerkdag?"
INTERVISION = "wanneer is de volgende intervisie?"


async def where(teams: Teams, spot: Spot = JONAS.chat) -> str:
    """What Jonas hears there when he asks only where."""
    return (await teams.say(JONAS, spot, "en waar?"))[0].text


async def test_a_follow_up_is_about_the_last_meeting(teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, INTERVISION)
    await teams.say(JONAS, JONAS.chat, NETWORK_DAY)
    assert "Cultuurhuis De Golf" in await where(teams)


async def test_two_chats_have_each_their_own_focus(teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, NETWORK_DAY)
    await teams.say(JONAS, GROUP, INTERVISION)
    assert "Cultuurhuis De Golf" in await where(teams)
    assert "De Vuurtoren" in await where(teams, GROUP)


async def test_two_threads_of_a_channel_have_each_their_own_focus(teams: Teams) -> None:
    one, other = CHANNEL.in_thread("1"), CHANNEL.in_thread("2")
    await teams.say(JONAS, one, NETWORK_DAY)
    await teams.say(JONAS, other, INTERVISION)
    assert "Cultuurhuis De Golf" in await where(teams, one)
    assert "De Vuurtoren" in await where(teams, other)


async def test_in_a_group_one_can_go_on_where_another_began(teams: Teams) -> None:
    await teams.say(KATRIEN, GROUP, NETWORK_DAY)
    assert "Cultuurhuis De Golf" in await where(teams, GROUP)


async def test_another_persons_chat_does_not_change_the_focus(teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, NETWORK_DAY)
    await teams.say(KATRIEN, KATRIEN.chat, INTERVISION)
    assert "Cultuurhuis De Golf" in await where(teams)


async def test_the_focus_survives_a_restart(settings: Settings, teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, NETWORK_DAY)
    async with running(settings) as restarted:
        teams.bot_url = restarted.url
        assert "Cultuurhuis De Golf" in await where(teams)


@pytest.mark.parametrize(("hours", "kept"), [(11, True), (13, False)])
async def test_the_focus_lasts_half_a_day(settings: Settings, teams: Teams, hours: int, kept: bool) -> None:
    await teams.say(JONAS, JONAS.chat, NETWORK_DAY)
    async with running(replace(settings, starts_at=NOW + timedelta(hours=hours))) as later:
        teams.bot_url = later.url
        assert ("Cultuurhuis De Golf" in await where(teams)) is kept


async def test_of_a_conversation_only_ids_are_kept(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, "wanneer is de netwerkdag? mijn zoon Sander heeft koorts")
    await teams.say(JONAS, JONAS.chat, "koorts koorts koorts")
    tables = [str(name) for (name,) in query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = "\n".join(str(query(f'SELECT * FROM "{table}"')) for table in tables)
    assert "memories" in tables
    assert "Netwerkdag" in kept
    assert "koorts" not in kept
    assert "Sander" not in kept
