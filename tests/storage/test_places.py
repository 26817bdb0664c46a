"""Where in Teams the bot is, whom it greeted, and in which channel it posts."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.refusals import NotCoordinator, NotInChannel
from storage.services.house import House
from tests.conftest import NOW
from tests.storage.support import MEMBER, ROOS, STRANGER, TARIK, bring, network, viewer

URL = "https://teams.example/emea/"
TENANT = "0a1b2c3d-0000-4000-8000-0000000000ff"
CHAT = Place("a:chat", PlaceKind.PERSONAL, URL, TENANT)
TEAM = Place("19:team", PlaceKind.TEAM, URL, TENANT, "19:team")
CHANNEL = Place("19:kanaal", PlaceKind.CHANNEL, URL, TENANT, "19:team")
OTHER_CHANNEL = Place("19:ander", PlaceKind.CHANNEL, URL, TENANT, "19:team")


@pytest_asyncio.fixture(loop_scope="session")
async def coordinator(house: House) -> Viewer:
    """Who coordinates the network."""
    await bring(house, network())
    return await viewer(house, ROOS)


# Greeting


async def test_the_bot_greets_once(house: House) -> None:
    assert await house.places.arrive(CHAT, NOW)
    assert not await house.places.arrive(CHAT, NOW + timedelta(days=1))


async def test_the_bot_greets_everywhere(house: House) -> None:
    assert [await house.places.arrive(place, NOW) for place in (CHAT, TEAM, CHANNEL)] == [True] * 3


async def test_of_many_arrivals_at_once_one_greets(house: House) -> None:
    greeted = await asyncio.gather(*(house.places.arrive(TEAM, NOW) for _ in range(20)))
    assert sum(greeted) == 1
    assert list(await house.places.teams()) == [TEAM]


async def test_who_comes_back_is_greeted_again(house: House) -> None:
    await house.places.arrive(CHAT, NOW)
    await house.places.leave(CHAT.conversation_id, NOW + timedelta(days=1))
    assert await house.places.arrive(CHAT, NOW + timedelta(days=2))
    assert not await house.places.arrive(CHAT, NOW + timedelta(days=3))


async def test_leaving_a_place_where_the_bot_never_was_is_no_harm(house: House) -> None:
    await house.places.leave("19:nergens", NOW)
    assert list(await house.places.teams()) == []


# Teams


async def test_the_bot_knows_the_teams_it_is_in(house: House) -> None:
    for place in (CHAT, TEAM, CHANNEL):
        await house.places.arrive(place, NOW)
    assert list(await house.places.teams()) == [TEAM]


async def test_a_new_address_replaces_the_old(house: House) -> None:
    await house.places.arrive(TEAM, NOW)
    moved = replace(TEAM, service_url="https://teams.example/amer/")
    await house.places.arrive(moved, NOW)
    assert list(await house.places.teams()) == [moved]


async def test_a_team_that_removed_the_bot_is_gone(house: House) -> None:
    await house.places.arrive(TEAM, NOW)
    await house.places.leave(TEAM.conversation_id, NOW)
    assert list(await house.places.teams()) == []


async def test_a_team_that_takes_the_bot_back_is_there_again(house: House) -> None:
    await house.places.arrive(TEAM, NOW)
    await house.places.leave(TEAM.conversation_id, NOW)
    await house.places.arrive(TEAM, NOW)
    assert list(await house.places.teams()) == [TEAM]


async def test_a_team_and_its_general_channel_have_one_id_and_are_two_places(house: House, coordinator: Viewer) -> None:
    general = replace(TEAM, kind=PlaceKind.CHANNEL)
    assert [await house.places.arrive(place, NOW) for place in (TEAM, general)] == [True, True]
    await house.places.post_here(general, coordinator)
    assert list(await house.places.teams()) == [TEAM]
    assert await house.places.posting() == general
    await house.places.leave(TEAM.conversation_id, NOW)
    assert list(await house.places.teams()) == []
    assert await house.places.posting() is None


# Posting


async def test_the_bot_posts_nowhere_until_told(house: House) -> None:
    await house.places.arrive(CHANNEL, NOW)
    assert await house.places.posting() is None


async def test_a_coordinator_chooses_the_channel(house: House, coordinator: Viewer) -> None:
    await house.places.post_here(CHANNEL, coordinator)
    assert await house.places.posting() == CHANNEL


async def test_another_choice_moves_the_posts(house: House, coordinator: Viewer) -> None:
    await house.places.post_here(CHANNEL, coordinator)
    await house.places.post_here(OTHER_CHANNEL, coordinator)
    assert await house.places.posting() == OTHER_CHANNEL
    await house.places.leave(OTHER_CHANNEL.conversation_id, NOW)
    assert await house.places.posting() is None


async def test_others_choose_no_channel(house: House, coordinator: Viewer) -> None:
    await house.places.post_here(CHANNEL, coordinator)
    for other in (await viewer(house, TARIK), MEMBER, STRANGER):
        with pytest.raises(NotCoordinator):
            await house.places.post_here(OTHER_CHANNEL, other)
    assert await house.places.posting() == CHANNEL


@pytest.mark.parametrize("kind", [PlaceKind.PERSONAL, PlaceKind.GROUP, PlaceKind.TEAM])
async def test_posts_go_to_a_channel_only(house: House, coordinator: Viewer, kind: PlaceKind) -> None:
    with pytest.raises(NotInChannel):
        await house.places.post_here(replace(CHANNEL, kind=kind), coordinator)
    assert await house.places.posting() is None


async def test_a_removed_team_takes_its_channels_with_it(house: House, coordinator: Viewer) -> None:
    await house.places.arrive(TEAM, NOW)
    await house.places.post_here(CHANNEL, coordinator)
    await house.places.leave(TEAM.conversation_id, NOW)
    assert await house.places.posting() is None


async def test_another_team_that_leaves_changes_nothing(house: House, coordinator: Viewer) -> None:
    await house.places.post_here(CHANNEL, coordinator)
    await house.places.leave("19:andere-team", NOW)
    assert await house.places.posting() == CHANNEL


async def test_a_channel_is_chosen_anew_after_the_team_took_the_bot_back(house: House, coordinator: Viewer) -> None:
    await house.places.post_here(CHANNEL, coordinator)
    await house.places.leave("19:team", NOW)
    await house.places.arrive(CHANNEL, NOW)
    assert await house.places.posting() is None


async def test_being_refreshed_keeps_the_chosen_channel(house: House, coordinator: Viewer) -> None:
    await house.places.post_here(CHANNEL, coordinator)
    moved = replace(CHANNEL, service_url="https://teams.example/amer/")
    await house.places.arrive(moved, NOW)
    assert await house.places.posting() == moved
