"""Who is in the conversation of a poll is read once, so that it is known who may vote and who did not."""

from collections.abc import AsyncIterator

import pytest

from bot.jobs.poll_rosters import PollRosters
from bot.teams.standin import BOT_ID, TENANT
from storage.domain.people import Role, Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.polls import NewOption, NewPoll, PollKind, Turnout, Whom
from storage.services.house import House, house_at
from tests.bot.connector import CHANNEL, GROUP, JONAS, KATRIEN, NELE, SAMIRA, WOUT, Spot, Teams, teams_on_loopback
from tests.bot.limits import Trouble
from tests.bot.sending import MONDAY, Sender, coordinator, move_in, sending

OTHER = Spot("19:andere-groep@thread.v2", "groupChat")


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    """The services on an empty database."""
    opened = house_at(sqlite_url)
    await opened.migrate()
    yield opened
    await opened.close()


@pytest.fixture
async def teams(house: House) -> AsyncIterator[Teams]:
    """A Teams in which the bot is in a group and a channel."""
    async with teams_on_loopback() as started:
        for one, kind in ((GROUP, PlaceKind.GROUP), (OTHER, PlaceKind.GROUP), (CHANNEL, PlaceKind.CHANNEL)):
            await house.places.keep(Place(one.conversation, kind, started.service_url, TENANT, one.team, BOT_ID))
        started.rosters[GROUP.conversation] = [NELE, JONAS, SAMIRA]
        started.rosters[OTHER.conversation] = [NELE, WOUT]
        await move_in(house, [JONAS, SAMIRA, WOUT], started.service_url, Role.AMBASSADOR)
        await move_in(house, [KATRIEN], started.service_url, chats=False)
        yield started


@pytest.fixture
async def sender(house: House) -> AsyncIterator[Sender]:
    """A messenger on loopback."""
    async with sending(house) as started:
        yield started


def rosters(sender: Sender) -> PollRosters:
    """The job as the bot makes it."""
    return PollRosters(sender.house, sender.messenger, sender.clock)


async def asked(house: House, by: Viewer, where: Spot = GROUP, **more: Whom) -> int:
    """A poll where somebody is; its id."""
    options = (NewOption("NAFT"), NewOption("internaten"))
    new = NewPoll(PollKind.SINGLE, "Welk thema?", options, conversation_id=where.conversation, **more)
    return (await house.polls.create(new, by, MONDAY)).id


def names(turnout: Turnout) -> set[str]:
    """Who did not vote."""
    return {one.first_name for one in turnout.missing}


async def test_who_is_in_the_group_may_vote_and_is_missed(house: House, teams: Teams, sender: Sender) -> None:
    nele = await coordinator(house, NELE, teams)
    poll_id = await asked(house, nele)
    assert not (await house.polls.turnout(poll_id, nele, MONDAY)).known
    for _ in range(2):
        await rosters(sender).round()
    turnout = await house.polls.turnout(poll_id, nele, MONDAY)
    assert (turnout.known, names(turnout)) == (True, {"Nele", "Jonas", "Samira"})
    assert teams.pages == [GROUP.conversation]


async def test_in_the_posting_channel_it_is_who_reads_that_also_by_address(
    house: House, teams: Teams, sender: Sender
) -> None:
    nele = await coordinator(house, NELE, teams)
    place = await house.places.at(CHANNEL.conversation)
    assert place is not None
    await house.places.post_here(place, nele)
    poll_id = await asked(house, nele, whom=Whom.CHANNEL)
    await rosters(sender).round()
    missing = names(await house.polls.turnout(poll_id, nele, MONDAY))
    assert missing == {"Nele", "Jonas", "Samira", "Wout", "Katrien"}


async def test_what_can_not_be_read_now_is_read_later_and_keeps_no_other(
    house: House, teams: Teams, sender: Sender
) -> None:
    nele = await coordinator(house, NELE, teams)
    first, second = await asked(house, nele), await asked(house, nele, OTHER)
    teams.troubles[GROUP.conversation] = [Trouble(429, "TooMany", retry_after="3600")]
    await rosters(sender).round()
    known = [(await house.polls.turnout(one, nele, MONDAY)).known for one in (first, second)]
    assert known == [False, True]
    await rosters(sender).round()
    assert names(await house.polls.turnout(first, nele, MONDAY)) == {"Nele", "Jonas", "Samira"}


async def test_where_the_bot_is_not_any_more_it_asks_no_more(house: House, teams: Teams, sender: Sender) -> None:
    poll_id = await asked(house, await coordinator(house, NELE, teams))
    teams.mute.add(GROUP.conversation)
    await rosters(sender).round()
    await rosters(sender).round()
    assert teams.pages == [GROUP.conversation]
    assert await house.polls.to_meet(MONDAY) == ()
    assert poll_id
