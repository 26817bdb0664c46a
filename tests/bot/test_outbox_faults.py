"""Whatever Teams, the network or the database does: no notice twice, none forgotten, and the coordinator knows."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from itertools import pairwise

import aiohttp
import pytest

import bot.teams.connector
from bot.teams.tokens import NoToken
from dialogs.notices import COMPOSERS
from dialogs.texts import outbox as texts
from dialogs.turn import Message
from storage.domain.notices import GIVE_UP_AFTER, Notice, NoticeState, to_person
from storage.domain.people import Viewer
from storage.services.house import House, house_at
from storage.services.notices import TROUBLE
from tests.bot.connector import JONAS, NELE, SAMIRA, WOUT, Teams, User, teams_on_loopback
from tests.bot.limits import Trouble
from tests.bot.processes import free_port
from tests.bot.sending import (
    NOTE,
    Sender,
    compose_note,
    coordinator,
    crowd,
    move_in,
    noticed,
    sending,
    states,
    troubled,
)

MAY_HAVE_ARRIVED = {
    "408": Trouble(408),
    "500": Trouble(500),
    "502": Trouble(502),
    "504 after delivery": Trouble(504, delivered=True),
    "reset": Trouble(reset=True),
    "reset after delivery": Trouble(reset=True, delivered=True),
    "silence": Trouble(silent=True),
    "silence after delivery": Trouble(silent=True, delivered=True),
}


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
async def teams() -> AsyncIterator[Teams]:
    """A Teams in which things go wrong."""
    async with teams_on_loopback() as started:
        yield started


@pytest.fixture
async def nele(house: House, teams: Teams) -> Viewer:
    """The coordinator."""
    return await coordinator(house, NELE, teams)


@pytest.fixture
async def ids(house: House, teams: Teams) -> list[int]:
    """Jonas, Samira and Wout, whose chats are known."""
    return await move_in(house, [JONAS, SAMIRA, WOUT], teams.service_url)


@pytest.fixture
async def sender(house: House) -> AsyncIterator[Sender]:
    """The outbox."""
    async with sending(house) as started:
        yield started


def happens(teams: Teams, who: User, *troubles: Trouble) -> None:
    """What becomes of the next calls in somebody's chat."""
    teams.troubles[who.chat.conversation].extend(troubles)


# Too many (429)


@pytest.mark.parametrize(("header", "seconds"), [("30", 30), (None, 2)], ids=["with Retry-After", "without"])
async def test_too_many_is_sent_again_when_teams_allows_it_and_not_before(
    teams: Teams, sender: Sender, ids: list[int], header: str | None, seconds: int
) -> None:
    happens(teams, JONAS, Trouble(429, retry_after=header))
    await sender.plan(ids[0])
    await sender.look()
    await sender.look_later(seconds=seconds - 1.5)
    assert teams.posted == []
    await sender.look_later(seconds=1.6)
    assert teams.texts_in(JONAS.chat) == ["hallo"]
    assert await states(sender.house) == ["sent"]


async def test_one_who_is_throttled_keeps_nobody_else_waiting(teams: Teams, sender: Sender, ids: list[int]) -> None:
    happens(teams, JONAS, Trouble(429, retry_after="60"))
    await sender.plan(ids[0])
    await sender.look()
    await sender.plan(ids[1])
    await sender.look()
    assert (teams.texts_in(JONAS.chat), teams.texts_in(SAMIRA.chat)) == ([], ["hallo"])


async def test_two_who_are_throttled_mean_that_everybody_waits(teams: Teams, sender: Sender, ids: list[int]) -> None:
    for who, person_id in zip((JONAS, SAMIRA), ids, strict=False):
        happens(teams, who, Trouble(429, retry_after="60"))
        await sender.plan(person_id)
    await sender.look()
    await sender.plan(ids[2])
    await sender.look_later(seconds=50)
    assert teams.posted == []
    for _ in range(2):
        await sender.look_later(seconds=12)
    assert [len(teams.texts_in(who.chat)) for who in (JONAS, SAMIRA, WOUT)] == [1, 1, 1]


async def test_what_was_claimed_before_everybody_had_to_wait_waits_as_well(
    teams: Teams, sender: Sender, ids: list[int]
) -> None:
    for who in (JONAS, SAMIRA):
        happens(teams, who, Trouble(429, retry_after="60"))
    for person_id in ids[:2]:
        await sender.plan(person_id)
    await sender.plan(ids[2])
    now, notices = sender.clock.now(), sender.house.notices
    (mine,) = [one for one in await noticed(sender.house) if one["target"] == to_person(ids[2])]
    claims = await notices.claim("another", now, sender.outbox._pace, 10)
    (third,) = [one for one in claims if one.notice.id == mine["id"]]
    for claim in claims:
        if claim != third:
            begun = await notices.begin(claim, "another", now, sender.outbox._pace)
            await notices.retry(begun, "another", now, "429", 60)
    assert await notices.begin(third, "another", now, sender.outbox._pace) == ()
    assert (await states(sender.house)) == ["ready"] * 3


async def test_updates_wait_as_well_when_everybody_must(teams: Teams, sender: Sender, ids: list[int]) -> None:
    await sender.plan(ids[2], "eerst")
    await sender.look()
    for who, person_id in zip((JONAS, SAMIRA), ids, strict=False):
        happens(teams, who, Trouble(429, retry_after="60"))
        await sender.plan(person_id)
    await sender.look()
    await sender.house.notices.changed(NOTE, "eerst", sender.clock.now())
    await sender.look_later(seconds=50)
    assert teams.updates == []
    await sender.look_later(seconds=15)
    assert len(teams.updates) == 1


async def test_an_update_that_is_one_too_many_lets_posts_to_that_person_wait(
    teams: Teams, sender: Sender, ids: list[int]
) -> None:
    await sender.plan(ids[0], "eerst")
    await sender.look()
    happens(teams, JONAS, Trouble(429, retry_after="60"))
    await sender.house.notices.changed(NOTE, "eerst", sender.clock.now())
    await sender.look_later(seconds=4)
    await sender.plan(ids[0], "dan")
    async with sending(sender.house, clock=sender.clock) as other:
        await other.look_later(seconds=50)
    assert teams.texts_in(JONAS.chat) == ["eerst"]
    for _ in range(2):
        await sender.look_later(seconds=12)
    assert (teams.texts_in(JONAS.chat), len(teams.updates)) == (["eerst", "dan"], 1)


# Nobody there any more (403, 404)


@pytest.mark.parametrize("status", [403, 404])
async def test_who_is_gone_is_not_called_again_until_they_write(
    teams: Teams, sender: Sender, ids: list[int], nele: Viewer, status: int
) -> None:
    happens(teams, JONAS, Trouble(status, "ConversationBlockedByUser"))
    for text in ("een", "twee"):
        await sender.plan(ids[0], text)
    await sender.look()
    await sender.look_later(seconds=3)
    calls = len(teams.tokens)
    assert (calls, await states(sender.house)) == (1, ["failed", "failed"])
    assert [one["last_code"] for one in await noticed(sender.house)][:2] == [
        f"{status} ConversationBlockedByUser",
        "dead",
    ]
    assert await troubled(sender.house, nele, sender.clock.now()) == {NoticeState.FAILED: 2}
    place = (await sender.house.places.of_person(ids[1])).place
    assert place is not None
    await _writes(sender, JONAS, teams)
    await sender.plan(ids[0], "drie")
    await sender.look_later(seconds=3)
    assert teams.texts_in(JONAS.chat) == ["drie"]


async def _writes(sender: Sender, who: User, teams: Teams) -> None:
    """Somebody writes to the bot."""
    from bot.app import running
    from bot.settings import Settings

    database = str(sender.house._database.url.render_as_string(hide_password=False))
    async with running(Settings(database_url=database, port=0, starts_at=sender.clock.now())) as started:
        await teams.status(teams.message(who, who.chat, "hallo"), bot_url=started.url)
    teams.posted.clear()


# It may have arrived


@pytest.mark.parametrize("trouble", MAY_HAVE_ARRIVED.values(), ids=MAY_HAVE_ARRIVED.keys())
async def test_what_may_have_arrived_is_not_sent_again_by_itself(
    teams: Teams,
    sender: Sender,
    ids: list[int],
    nele: Viewer,
    trouble: Trouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if trouble.silent:
        monkeypatch.setattr(bot.teams.connector, "TIME_LIMIT", aiohttp.ClientTimeout(total=0.5))
    happens(teams, JONAS, trouble)
    await sender.plan(ids[0])
    await sender.look()
    assert await states(sender.house) == ["ambiguous"]
    for _ in range(3):
        await sender.look_later(hours=1)
    assert len(teams.texts_in(JONAS.chat)) == trouble.delivered
    assert teams.texts_in(NELE.chat) == [texts.trouble(0, 1)]
    (group,) = await sender.house.notices.groups(nele, sender.clock.now())
    await sender.house.notices.again(group.number, nele, sender.clock.now())
    await sender.look_later(seconds=3)
    assert len(teams.texts_in(JONAS.chat)) == 1 + trouble.delivered
    assert await states(sender.house) == ["sent"]


async def test_the_coordinator_hears_once_a_day_of_all_that_went_wrong(
    teams: Teams, sender: Sender, ids: list[int], nele: Viewer
) -> None:
    for who, person_id in zip((JONAS, SAMIRA, WOUT), ids, strict=True):
        happens(teams, who, Trouble(502))
        await sender.plan(person_id)
    for _ in range(6):
        await sender.look_later(minutes=2)
    assert teams.texts_in(NELE.chat) == [texts.trouble(0, 3)]


async def test_trouble_that_does_not_arrive_makes_no_more_trouble(
    teams: Teams, sender: Sender, ids: list[int], nele: Viewer
) -> None:
    happens(teams, JONAS, Trouble(502))
    happens(teams, NELE, Trouble(403))
    await sender.plan(ids[0])
    for _ in range(5):
        await sender.look_later(minutes=2)
    assert await states(sender.house, TROUBLE) == ["failed"]


async def test_an_answer_that_breaks_off_after_its_first_line_is_an_arrival(
    teams: Teams, sender: Sender, ids: list[int]
) -> None:
    teams.garbled = True
    await sender.plan(ids[0])
    await sender.look()
    assert (await states(sender.house), len(teams.posted)) == (["sent"], 1)
    await sender.house.notices.changed(NOTE, "hallo", sender.clock.now())
    assert not await sender.house.notices.anything_due(sender.clock.now())


# It certainly did not arrive


async def test_a_conflict_is_sent_again_at_once(teams: Teams, sender: Sender, ids: list[int]) -> None:
    happens(teams, JONAS, Trouble(412))
    await sender.plan(ids[0])
    await sender.look()
    await sender.look_later(seconds=1.1)
    assert (teams.texts_in(JONAS.chat), await states(sender.house)) == (["hallo"], ["sent"])


async def test_conflicts_of_two_keep_nobody_else_waiting(teams: Teams, sender: Sender, ids: list[int]) -> None:
    for who, person_id in zip((JONAS, SAMIRA), ids, strict=False):
        happens(teams, who, *[Trouble(412)] * 6)
        await sender.plan(person_id)
    for _ in range(4):
        await sender.look_later(seconds=20)
    await sender.plan(ids[2])
    await sender.look()
    assert teams.texts_in(WOUT.chat) == ["hallo"]


@pytest.mark.parametrize("nowhere", ["refused", "no such host"])
async def test_who_can_t_be_reached_is_tried_with_growing_pauses_and_given_up_after_a_day(
    house: House, sender: Sender, nele: Viewer, nowhere: str
) -> None:
    host = f"127.0.0.1:{free_port()}" if nowhere == "refused" else "teams.invalid"
    (away,) = await move_in(house, crowd(1), f"http://{host}/")
    await sender.plan(away)
    begun = sender.clock.now()
    tries: list[float] = []
    while (await states(house))[0] == "ready":
        before = (await noticed(house))[0]["tries"]
        await sender.look()
        if (await noticed(house))[0]["tries"] > before:
            tries.append((sender.clock.now() - begun).total_seconds())
        sender.clock.move(seconds=0.9 if len(tries) < 4 else 3600)
    pauses = [later - sooner for sooner, later in pairwise(tries[:4])]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 3
    assert (await states(house))[0] == "failed"
    assert sender.clock.now() - begun > GIVE_UP_AFTER


async def test_what_was_planned_on_friday_evening_is_not_given_up_on_monday_at_the_first_refusal(
    teams: Teams, sender: Sender, ids: list[int]
) -> None:
    happens(teams, JONAS, Trouble(412))
    await sender.plan(ids[0])
    await sender.look_later(days=7)
    await sender.look_later(seconds=1.1)
    assert await states(sender.house) == ["sent"]


async def test_without_a_token_nothing_is_lost(house: House, teams: Teams, ids: list[int]) -> None:
    class Refused:
        given = False

        async def token(self) -> str | None:
            if not self.given:
                raise NoToken("invalid_client")
            return "own"

    tokens = Refused()
    async with sending(house, tokens=tokens) as sender:
        await sender.plan(ids[0])
        await sender.look()
        assert (teams.posted, await states(house)) == ([], ["ready"])
        tokens.given = True
        await sender.look_later(seconds=1.1)
    assert (teams.texts_in(JONAS.chat), await states(house)) == (["hallo"], ["sent"])


async def test_an_address_that_is_not_allowed_fails_without_a_call(house: House, teams: Teams, ids: list[int]) -> None:
    async with sending(house, allows=lambda _: False) as sender:
        await sender.plan(ids[0])
        await sender.look()
    assert (teams.tokens, await states(house)) == ([], ["failed"])


async def test_a_message_that_teams_does_not_take_fails(teams: Teams, sender: Sender, ids: list[int]) -> None:
    happens(teams, JONAS, Trouble(413, "MessageSizeTooBig"))
    await sender.plan(ids[0])
    for _ in range(2):
        await sender.look_later(minutes=10)
    assert (await states(sender.house), teams.posted) == (["failed"], [])


async def test_what_nobody_can_make_keeps_that_person_s_other_notices_not_waiting(
    teams: Teams, sender: Sender, ids: list[int]
) -> None:
    await sender.plan(ids[0], kind="onbekend")
    await sender.plan(ids[0], "dit wel")
    await sender.look()
    await sender.look_later(seconds=0.5)
    assert teams.texts_in(JONAS.chat) == ["dit wel"]
    assert (await noticed(sender.house))[0]["last_code"] == "KeyError"


async def test_what_can_t_be_made_anew_when_it_is_being_sent_is_no_riddle(
    teams: Teams, sender: Sender, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It changed after it was claimed, and then its message can't be made: nothing left, so it is tried again."""
    made = COMPOSERS[NOTE]

    async def once(house: House, notice: Notice, now: datetime) -> Message | None:
        if notice.version:
            raise LookupError
        await house.notices.changed(notice.kind, notice.subject, now)
        return await made(house, notice, now)

    monkeypatch.setitem(COMPOSERS, NOTE, once)  # type: ignore[misc]
    await sender.plan(ids[0])
    await sender.look()
    (notice,) = await noticed(sender.house)
    assert (teams.posted, notice["state"], notice["last_code"]) == ([], "ready", "LookupError")


async def test_who_must_be_left_alone_for_long_does_not_keep_the_sender_waiting(
    teams: Teams, sender: Sender, ids: list[int]
) -> None:
    sender.messenger._connector._pace.pause(JONAS.chat.conversation, 900)
    await sender.plan(ids[0])
    await sender.plan(ids[1])
    await sender.look()
    assert (teams.texts_in(JONAS.chat), teams.texts_in(SAMIRA.chat)) == ([], ["hallo"])
    await sender.look_later(seconds=890)
    assert teams.texts_in(JONAS.chat) == []
    await sender.look_later(seconds=11)
    assert teams.texts_in(JONAS.chat) == ["hallo"]


async def test_a_call_that_waits_too_long_is_not_made_any_more(
    teams: Teams, house: House, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may have become ambiguous meanwhile, and been sent again by the coordinator, must not leave after all."""
    monkeypatch.setattr("bot.outbox.CALL_SHARE", 0.5 / 40)
    async with sending(house) as sender:
        await sender.plan(ids[0])
        begin = sender.house.notices.begin

        async def paused_meanwhile(*arguments: object) -> object:
            sender.messenger._connector._pace.pause(JONAS.chat.conversation, 2)
            return await begin(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(sender.house.notices, "begin", paused_meanwhile)
        await sender.look()
        await asyncio.sleep(2.2)
    assert (teams.posted, await states(house)) == ([], ["ambiguous"])
