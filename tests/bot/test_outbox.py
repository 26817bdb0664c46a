"""What the bot says by itself, from planned to posted and kept up to date in place."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from dialogs.notices import COMPOSERS
from dialogs.texts import outbox as texts
from dialogs.turn import Message
from storage.domain.notices import POSTING_CHANNEL, Notice, Timing
from storage.domain.people import Account, Viewer
from storage.domain.places import Place, PlaceKind
from storage.services.announcements import ANNOUNCEMENT, QUESTION
from storage.services.house import House
from tests.bot.connector import CHANNEL, JONAS, MIRA, NELE, SAMIRA, Teams, teams_on_loopback
from tests.bot.limits import Trouble
from tests.bot.sending import NOTE, Hands, Sender, compose_note, coordinator, crowd, move_in, noticed, sending, states
from tests.conftest import BRUSSELS

POLL = "poll"


@pytest.fixture(autouse=True)
def notes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes are a kind of notice here."""
    monkeypatch.setitem(COMPOSERS, NOTE, compose_note)  # type: ignore[arg-type]


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    """A Teams."""
    async with teams_on_loopback() as started:
        yield started


@pytest.fixture
async def sender(house: House) -> AsyncIterator[Sender]:
    """The outbox."""
    async with sending(house) as started:
        yield started


@pytest.fixture
async def nele(house: House, teams: Teams) -> Viewer:
    """The coordinator."""
    return await coordinator(house, NELE, teams)


@pytest.fixture
async def jonas(house: House, teams: Teams) -> int:
    """The id of somebody whose chat is known."""
    return (await move_in(house, [JONAS], teams.service_url))[0]


async def test_an_announcement_reaches_everybody_but_its_author_once(
    house: House, teams: Teams, sender: Sender, nele: Viewer
) -> None:
    everybody = crowd(30)
    await move_in(house, everybody, teams.service_url)
    drafted, count = await house.announcements.draft("Tot morgen!", nele, False, sender.clock.now())
    await house.announcements.send(drafted.id, nele, sender.clock.now())
    for _ in range(4):
        await sender.look()
    assert (count, len(teams.posted)) == (30, 30)
    assert {one.conversation for one in teams.posted} == {user.chat.id for user in everybody}
    assert set(await states(house, ANNOUNCEMENT)) == {"sent"}


async def test_two_senders_at_once_post_each_notice_once(house: House, teams: Teams, sender: Sender) -> None:
    for person_id in await move_in(house, crowd(40), teams.service_url):
        await sender.plan(person_id)
    async with sending(house, clock=sender.clock) as other:
        for _ in range(2):
            await asyncio.gather(sender.look(), other.look())
    assert Counter(Counter(one.conversation for one in teams.posted).values()) == {1: 40}


async def test_an_announcement_to_the_channel_goes_there(
    house: House, teams: Teams, sender: Sender, nele: Viewer
) -> None:
    channel = Place(CHANNEL.conversation, PlaceKind.CHANNEL, teams.service_url, team_id=CHANNEL.team)
    await house.places.post_here(channel, nele)
    drafted, _ = await house.announcements.draft("Tot morgen!", nele, True, sender.clock.now())
    await house.announcements.send(drafted.id, nele, sender.clock.now())
    await sender.look()
    assert len(teams.texts_in(CHANNEL)) == 1


async def test_without_a_channel_what_is_for_it_fails(house: House, sender: Sender) -> None:
    await sender.plan(POSTING_CHANNEL)
    await sender.look()
    assert [(one["state"], one["last_code"]) for one in await noticed(house)] == [("failed", "no_channel")]


async def test_at_the_weekend_only_what_is_urgent_goes(house: House, teams: Teams, jonas: int) -> None:
    saturday = Hands(datetime(2026, 11, 21, 22, tzinfo=BRUSSELS))
    async with sending(house, clock=saturday) as sender:
        await sender.plan(jonas, "later")
        await sender.plan(jonas, "nu", Timing.URGENT)
        for _ in range(2):
            await sender.look_later(seconds=3)
        assert teams.texts_in(JONAS.chat) == ["nu"]
        await sender.look_later(days=1, hours=10)
    assert teams.texts_in(JONAS.chat) == ["nu", "later"]


async def test_a_person_s_small_notices_are_one_message(house: House, teams: Teams, sender: Sender, jonas: int) -> None:
    for text in ("een", "twee", "drie"):
        await sender.plan(jonas, text, Timing.SMALL)
    await sender.look()
    assert teams.texts_in(JONAS.chat) == ["een\n\ntwee\n\ndrie"]
    assert await states(house) == ["sent"] * 3


async def test_what_has_nothing_to_say_any_more_is_not_sent(
    house: House, teams: Teams, sender: Sender, jonas: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_house: House, _notice: Notice, _now: datetime) -> None:
        return None

    monkeypatch.setitem(COMPOSERS, NOTE, nothing)  # type: ignore[arg-type]
    await sender.plan(jonas)
    await sender.look()
    assert (teams.posted, await states(house)) == ([], ["cancelled"])


class Poll:
    """Something that changes while it is shown."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.votes = 0
        self.at_first: Any = None
        monkeypatch.setitem(COMPOSERS, POLL, self.compose)  # type: ignore[arg-type]

    async def compose(self, _house: House, notice: Notice, _now: datetime) -> Message:
        """The result so far."""
        shown, self.at_first, act = self.votes, None, self.at_first
        if act is not None:
            await act()
        return Message(f"{notice.data['text']}: {shown}")

    async def vote(self, sender: Sender, subject: str = "stem") -> None:
        """One more vote."""
        self.votes += 1
        await sender.house.notices.changed(POLL, subject, sender.clock.now())


@pytest.fixture
def poll(monkeypatch: pytest.MonkeyPatch) -> Poll:
    """A poll."""
    return Poll(monkeypatch)


async def test_a_burst_of_votes_costs_a_handful_of_updates(
    teams: Teams, sender: Sender, jonas: int, poll: Poll
) -> None:
    await sender.plan(jonas, "stem", kind=POLL)
    await sender.look()
    for number in range(200):
        await poll.vote(sender)
        sender.clock.move(seconds=0.05)
        if number % 10 == 0:
            await sender.look()
    for _ in range(3):
        await sender.look_later(seconds=4)
    assert teams.texts_in(JONAS.chat) == ["stem: 0"]
    assert 1 < len(teams.updates) <= 6
    assert (teams.updates[-1].text, teams.updates[-1].id) == ("stem: 200", teams.posted[0].id)
    apart = [one.activity["id"] for one in teams.updates]
    assert set(apart) == {teams.posted[0].id}


async def test_what_changes_just_before_it_is_sent_is_sent_as_it_is_then(
    teams: Teams, sender: Sender, jonas: int, poll: Poll
) -> None:
    poll.at_first = lambda: poll.vote(sender)
    await sender.plan(jonas, "stem", kind=POLL)
    await sender.look()
    assert teams.texts_in(JONAS.chat) == ["stem: 1"]


async def test_what_changes_while_it_is_being_sent_is_shown_soon_after(
    teams: Teams, sender: Sender, jonas: int, poll: Poll
) -> None:
    teams.takes = 0.5
    await sender.plan(jonas, "stem", kind=POLL)
    looking = asyncio.create_task(sender.look())
    while not teams.posted:  # noqa: ASYNC110 - a call under way is watched
        await asyncio.sleep(0.01)
    await poll.vote(sender)
    await looking
    await sender.look_later(seconds=4)
    assert [one.text for one in teams.updates] == ["stem: 1"]


async def test_an_update_that_does_not_arrive_is_made_again(
    teams: Teams, sender: Sender, jonas: int, poll: Poll
) -> None:
    await sender.plan(jonas, "stem", kind=POLL)
    await sender.look()
    await poll.vote(sender)
    teams.troubles[JONAS.chat.conversation].append(Trouble(502))
    await sender.look_later(seconds=4)
    assert teams.updates == []
    await sender.look_later(seconds=11)
    assert [one.text for one in teams.updates] == ["stem: 1"]


async def test_an_update_of_what_was_deleted_is_given_up(teams: Teams, sender: Sender, jonas: int, poll: Poll) -> None:
    await sender.plan(jonas, "stem", kind=POLL)
    await sender.look()
    await poll.vote(sender)
    teams.troubles[JONAS.chat.conversation].append(Trouble(404))
    for _ in range(3):
        await sender.look_later(seconds=15)
    assert teams.updates == []
    assert not await sender.house.notices.anything_due(sender.clock.now() + timedelta(hours=1))
    assert await states(sender.house, POLL) == ["sent"]


async def test_one_that_changes_leaves_the_others_of_its_message_in_place(
    teams: Teams, sender: Sender, jonas: int, poll: Poll
) -> None:
    await sender.plan(jonas, "eerst", Timing.SMALL)
    await sender.plan(jonas, "stem", Timing.SMALL, POLL)
    await sender.plan(jonas, "dan", Timing.SMALL)
    await sender.look()
    await poll.vote(sender)
    await sender.look_later(seconds=4)
    assert [one.text for one in teams.updates] == ["eerst\n\nstem: 1\n\ndan"]


async def test_a_question_that_was_answered_shows_that_to_the_other_coordinators(
    house: House, teams: Teams, sender: Sender, nele: Viewer, jonas: int
) -> None:
    await coordinator(house, SAMIRA, teams)
    (asker,) = await house.people.known([jonas])
    await house.asking.ask("Mag ik iemand meebrengen?", Viewer(asker, True), sender.clock.now())
    await sender.look()
    (asked,) = {one["subject"] for one in await noticed(house) if one["kind"] == QUESTION}
    assert ["actions" in one.card for one in teams.posted] == [True, True]
    await house.asking.answer(int(asked), "Jazeker.", nele, sender.clock.now())
    for _ in range(2):
        await sender.look_later(seconds=4)
    assert ["actions" in one.card for one in teams.updates] == [False, False]
    assert "Jazeker." in teams.texts_in(JONAS.chat)[0]


async def test_the_outbox_looks_by_itself_and_goes_on_after_an_error(
    house: House, teams: Teams, sender: Sender, jonas: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.AGAIN_AFTER_ERROR", 0.05)
    due, fails = house.notices.anything_due, iter([True, False])

    async def at_times(now: datetime) -> bool:
        if next(fails, False):
            raise OSError("the database is away")
        return await due(now)

    monkeypatch.setattr(house.notices, "anything_due", at_times)
    await sender.plan(jonas)
    running = asyncio.create_task(sender.outbox.run())
    async with asyncio.timeout(20):
        while await states(house) != ["sent"]:  # noqa: ASYNC110 - the sender is watched
            await asyncio.sleep(0.05)
        await sender.plan(jonas, "nog iets")
        sender.clock.move(seconds=3)
        sender.outbox.wake()
        while len(teams.posted) < 2:  # noqa: ASYNC110 - the connector is watched
            await asyncio.sleep(0.05)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert teams.texts_in(JONAS.chat) == ["hallo", "nog iets"]


async def test_what_did_not_arrive_is_sent_again_when_the_coordinator_says_so(
    house: House, teams: Teams, sender: Sender, nele: Viewer
) -> None:
    (mira,) = await move_in(house, [MIRA], teams.service_url, chats=False)
    await sender.plan(mira)
    await sender.look()
    for _ in range(2):
        await sender.look_later(minutes=2)
    assert teams.texts_in(NELE.chat) == [texts.trouble(1, 0)]
    await house.places.keep(Place(MIRA.chat.conversation, PlaceKind.PERSONAL, teams.service_url, entra_id=MIRA.aad))
    await house.visitors.recognise(Account(MIRA.aad, MIRA.name, (MIRA.mail,)))
    (group,) = await house.notices.groups(nele, sender.clock.now())
    await house.notices.again(group.number, nele, sender.clock.now())
    await sender.look_later(seconds=3)
    assert teams.texts_in(MIRA.chat) == ["hallo"]
