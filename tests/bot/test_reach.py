"""Where a notice for a person goes: to the chat that is known, or to one that is made for who is in the roster."""

from collections.abc import AsyncIterator

import pytest

from bot.teams.standin import BOT_ID, TENANT
from dialogs.notices import COMPOSERS
from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.services.house import House, house_at
from tests.bot.connector import CHANNEL, JONAS, MIRA, NELE, SAMIRA, TEAM, WOUT, Teams, User, teams_on_loopback
from tests.bot.limits import Trouble
from tests.bot.sending import NOTE, Sender, compose_note, coordinator, crowd, move_in, noticed, sending, states

OTHER_TEAM = "19:ander-team@thread.tacv2"


@pytest.fixture(autouse=True)
def notes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes are a kind of notice here."""
    monkeypatch.setitem(COMPOSERS, NOTE, compose_note)  # type: ignore[arg-type]


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    """The services on an empty database."""
    opened = house_at(sqlite_url)
    await opened.migrate()
    yield opened
    await opened.close()


@pytest.fixture
async def teams(house: House) -> AsyncIterator[Teams]:
    """A Teams in which the bot is in the team."""
    async with teams_on_loopback() as started:
        await joined(house, started, TEAM)
        yield started


@pytest.fixture
async def sender(house: House) -> AsyncIterator[Sender]:
    """The outbox."""
    async with sending(house) as started:
        yield started


async def joined(house: House, teams: Teams, team: str) -> None:
    """The bot was added to a team."""
    await house.places.keep(Place(team, PlaceKind.TEAM, teams.service_url, TENANT, team, BOT_ID))


async def stranger(house: House, who: User, teams: Teams) -> int:
    """Somebody in the network who never wrote to the bot."""
    return (await move_in(house, [who], teams.service_url, chats=False))[0]


async def codes(house: House) -> list[str | None]:
    """Why notices went wrong."""
    return [one["last_code"] for one in await noticed(house) if one["kind"] == NOTE]


async def test_who_wrote_is_reached_without_asking_anything(house: House, teams: Teams, sender: Sender) -> None:
    (jonas,) = await move_in(house, [JONAS], teams.service_url)
    await sender.plan(jonas)
    await sender.look()
    assert teams.texts_in(JONAS.chat) == ["hallo"]
    assert (teams.pages, teams.created) == ([], [])


async def test_who_never_wrote_gets_a_chat_that_is_used_again(house: House, teams: Teams, sender: Sender) -> None:
    samira = await stranger(house, SAMIRA, teams)
    await sender.plan(samira, "een")
    await sender.look()
    async with sending(house, clock=sender.clock) as restarted:
        await restarted.plan(samira, "twee")
        await restarted.look_later(seconds=3)
    assert teams.texts_in(SAMIRA.chat) == ["een", "twee"]
    assert (teams.pages, teams.created) == ([TEAM], [SAMIRA.id])
    (person,) = await house.people.known([samira])
    assert person.entra_id == SAMIRA.aad


GUESTS = {
    "by the address in a guest's name": User("Els", "", "els.maes_clb.example#EXT#@ours.example", "e1-5"),
    "by the address beside a guest's name": User("Els", "els.maes@clb.example", "x_y.example#EXT#@ours.example"),
    "in capitals": User("Els", "Els.Maes@CLB.example"),
}


@pytest.mark.parametrize("guest", GUESTS.values(), ids=GUESTS.keys())
async def test_guests_are_found(house: House, teams: Teams, sender: Sender, guest: User) -> None:
    els = await stranger(house, User("Els Maes", "els.maes@clb.example"), teams)
    teams.rosters[TEAM].append(guest)
    await sender.plan(els)
    await sender.look()
    assert teams.texts_in(guest.chat) == ["hallo"]


async def test_who_is_in_no_roster_is_not_reached(house: House, teams: Teams, sender: Sender) -> None:
    nobody = await stranger(house, crowd(1)[0], teams)
    await sender.plan(nobody)
    await sender.look()
    assert (await states(house), await codes(house), teams.created) == (["failed"], ["not_found"], [])


async def test_who_is_not_in_the_network_any_more_is_not_reached(teams: Teams, sender: Sender) -> None:
    await sender.plan(4711)
    await sender.look()
    assert await codes(sender.house) == ["nobody"]


async def test_an_address_that_somebody_else_got_does_not_get_their_notices(
    house: House, teams: Teams, sender: Sender
) -> None:
    jonas = await stranger(house, JONAS, teams)
    await house.visitors.recognise(await _account(sender, teams, JONAS))
    successor = User("Jo Anders", JONAS.mail, entra_id="0f0f0f0f-0000-4000-8000-00000000000f")
    teams.rosters[TEAM] = [NELE, successor]
    await sender.plan(jonas)
    await sender.look()
    assert (await codes(house), teams.posted, teams.created) == (["not_found"], [], [])


async def _account(sender: Sender, teams: Teams, who: User) -> object:
    place = (await sender.house.places.teams())[0]
    async for teams_id, account in sender.messenger.roster(place):
        if teams_id == who.id:
            return account
    raise AssertionError(who)


async def test_an_account_with_two_people_s_addresses_gets_nobody_s_notices(
    house: House, teams: Teams, sender: Sender
) -> None:
    both = User("Jonas en Wout", JONAS.mail, WOUT.mail)
    jonas, _ = await stranger(house, JONAS, teams), await stranger(house, WOUT, teams)
    teams.rosters[TEAM] = [both]
    await sender.plan(jonas)
    await sender.look()
    assert (await codes(house), teams.posted) == (["not_found"], [])


async def test_who_is_in_another_team_is_found_there(house: House, teams: Teams, sender: Sender) -> None:
    await joined(house, teams, OTHER_TEAM)
    teams.rosters[OTHER_TEAM] = [crowd(1)[0]]
    await sender.plan(await stranger(house, crowd(1)[0], teams))
    await sender.look()
    assert await states(house) == ["sent"]


async def test_once_a_channel_was_chosen_only_its_team_counts(house: House, teams: Teams, sender: Sender) -> None:
    nele: Viewer = await coordinator(house, NELE, teams)
    channel = Place(CHANNEL.conversation, PlaceKind.CHANNEL, teams.service_url, TENANT, TEAM, BOT_ID)
    await house.places.post_here(channel, nele)
    await joined(house, teams, OTHER_TEAM)
    teams.rosters[OTHER_TEAM] = [crowd(1)[0]]
    await sender.plan(await stranger(house, crowd(1)[0], teams), "elders")
    await sender.plan(await stranger(house, SAMIRA, teams), "hier")
    await sender.look()
    assert [one.text for one in teams.posted] == ["hier"]
    assert await codes(house) == ["not_found", None]


async def test_a_team_that_removed_the_bot_reaches_nobody(house: House, teams: Teams, sender: Sender) -> None:
    teams.mute.add(TEAM)
    await sender.plan(await stranger(house, SAMIRA, teams))
    await sender.look()
    assert await codes(house) == ["not_found"]


async def test_a_team_that_the_bot_left_is_not_asked(house: House, teams: Teams, sender: Sender) -> None:
    await house.places.leave(TEAM, sender.clock.now())
    await sender.plan(await stranger(house, SAMIRA, teams))
    await sender.look()
    assert (await codes(house), teams.pages) == (["not_found"], [])


async def test_a_large_roster_is_read_once_for_many(house: House, teams: Teams, sender: Sender) -> None:
    everybody = crowd(450)
    teams.rosters[TEAM] = everybody
    for person_id in await move_in(house, everybody[-20:], teams.service_url, chats=False):
        await sender.plan(person_id)
    await sender.look()
    assert len(teams.posted) == 20
    assert teams.pages == [TEAM] * 3


async def test_a_roster_that_can_t_be_read_now_is_read_later(house: House, teams: Teams, sender: Sender) -> None:
    teams.troubles[TEAM].extend([Trouble(503)] * 4)
    await sender.plan(await stranger(house, SAMIRA, teams))
    await sender.look()
    assert (await states(house), await codes(house)) == (["ready"], ["503"])
    await sender.look_later(seconds=1.1)
    assert await states(house) == ["sent"]


async def test_a_chat_that_teams_refuses_to_make_fails(house: House, teams: Teams, sender: Sender) -> None:
    teams.closed.add(MIRA.id)
    await sender.plan(await stranger(house, MIRA, teams))
    await sender.look()
    assert (await states(house), await codes(house)) == (["failed"], ["403 BotNotInConversationRoster"])


async def test_a_chat_that_is_one_too_many_is_made_when_teams_allows_it(
    house: House, teams: Teams, sender: Sender
) -> None:
    teams.troubles[""].append(Trouble(429, retry_after="40"))
    await sender.plan(await stranger(house, MIRA, teams))
    await sender.look()
    await sender.look_later(seconds=39)
    assert teams.posted == []
    await sender.look_later(seconds=2)
    assert teams.texts_in(MIRA.chat) == ["hallo"]
