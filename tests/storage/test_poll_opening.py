"""Planned polls open by themselves, once, at their time, and ask whom they would ask by then."""

from sqlalchemy import select, update

from storage.domain.notices import Timing, to_person, to_place
from storage.domain.polls import POLL, POLL_DONE, POLL_RESULT, PollState, Whom
from storage.services.house import House
from storage.tables.people import PersonRow
from storage.tables.polls import PollRow
from storage.tables.registrations import RegistrationRow
from tests.storage.doings import take_part
from tests.storage.polls import (
    CHAT,
    again,
    at,
    id_of_person,
    local,
    start,
    told,
)
from tests.storage.proposals import ans, filled, here, id_of, miel, roos, tarik  # noqa: F401 - fixtures among them
from tests.storage.support import ANS, MIEL, ROOS, TARIK, change, person, rows


async def person_id(house: House, mail: str) -> str:
    """Somebody as the target of a notice."""
    return to_person(await id_of_person(house, mail))


async def leave(house: House, mail: str) -> None:
    """Somebody comes to no meeting any more."""
    theirs = RegistrationRow.person_id == await id_of_person(house, mail)
    await change(house, update(RegistrationRow).where(theirs).values(status="excused"))


async def test_a_planned_poll_opens_at_its_time_and_goes_out_once(here: House) -> None:  # noqa: F811
    poll = await start(here, opens=local("2026-11-23 09:00"))
    assert (poll.state, await told(here, POLL)) == (PollState.SCHEDULED, [])
    assert await here.polls.plan_due(at("2026-11-23 08:59")) == 0
    counts = [await each.polls.plan_due(at("2026-11-23 09:00")) for each in (here, House(here._database))]
    assert counts == [1, 0]
    opened = await again(here, poll.id)
    assert (opened.state, opened.closes_local) == (PollState.OPEN, local("2026-11-30 09:00"))
    (card,) = await told(here, POLL)
    assert (card["target"], card["timing"]) == (to_place(CHAT), Timing.URGENT)


async def test_a_planned_poll_that_opens_late_runs_as_long_as_it_would_have(here: House) -> None:  # noqa: F811
    poll = await start(here, opens=local("2026-11-23 09:00"))
    await here.polls.plan_due(at("2026-11-30 14:10"))
    opened = await again(here, poll.id)
    assert (opened.state, opened.opened_at) == (PollState.OPEN, at("2026-11-30 14:10"))
    assert (opened.closes_local, opened.closes_at) == (local("2026-12-07 14:10"), at("2026-12-07 14:10"))


async def test_a_planned_poll_that_should_have_closed_by_then_is_dropped_and_its_starter_told(
    here: House,  # noqa: F811
) -> None:
    poll = await start(here, opens=local("2026-11-23 09:00"), closes=local("2026-11-25 16:00"))
    await here.polls.plan_due(at("2026-11-30 14:10"))
    assert (await again(here, poll.id)).state is PollState.DROPPED
    (done,) = await told(here, POLL_DONE)
    assert (done["target"], done["data"]) == (to_person((await person(here, ROOS)).id), {"what": "missed"})
    assert await told(here, POLL) == await told(here, POLL_RESULT) == []


async def test_a_planned_poll_that_opens_late_but_in_time_keeps_its_closing(here: House) -> None:  # noqa: F811
    poll = await start(here, opens=local("2026-11-23 09:00"), closes=local("2026-11-25 16:00"))
    await here.polls.plan_due(at("2026-11-24 10:00"))
    opened = await again(here, poll.id)
    assert (opened.state, opened.closes_local) == (PollState.OPEN, local("2026-11-25 16:00"))


async def test_an_anonymous_poll_that_never_opened_leaves_no_urn(here: House) -> None:  # noqa: F811
    planned = {"opens": local("2026-11-23 09:00"), "closes": local("2026-11-25 16:00")}
    await start(here, anonymous=True, **planned)
    await here.polls.plan_due(at("2026-11-30 14:10"))
    assert await rows(here, select(PollRow.state, PollRow.urn)) == [("dropped", None)]


async def test_a_planned_poll_asks_who_comes_when_it_opens(here: House) -> None:  # noqa: F811
    await take_part(here, TARIK, ANS, status="registered")
    monday = {"opens": local("2026-11-23 09:00"), "meeting_id": await id_of(here)}
    poll = await start(here, whom=Whom.PARTICIPANTS, **monday)
    named = await start(here, whom=Whom.PEOPLE, people=(await id_of_person(here, TARIK),), **monday)
    await leave(here, ANS)
    await take_part(here, MIEL, status="registered")
    await here.polls.plan_due(at("2026-11-23 09:00"))
    asked = {one["target"] for one in await told(here, POLL) if one["subject"] == str(poll.id)}
    assert asked == {await person_id(here, TARIK), await person_id(here, MIEL)}
    asked = {one["target"] for one in await told(here, POLL) if one["subject"] == str(named.id)}
    assert asked == {await person_id(here, TARIK)}


async def test_a_planned_poll_to_everybody_asks_who_became_an_ambassador_meanwhile(here: House) -> None:  # noqa: F811
    await start(here, whom=Whom.EVERYBODY, opens=local("2026-11-23 09:00"))
    await change(here, update(PersonRow).where(PersonRow.email == ANS).values(role="ambassador"))
    await here.polls.plan_due(at("2026-11-23 09:00"))
    assert {one["target"] for one in await told(here, POLL)} == {
        await person_id(here, TARIK),
        await person_id(here, ANS),
    }


async def test_where_nobody_comes_any_more_those_are_asked_who_would_have(here: House) -> None:  # noqa: F811
    await take_part(here, TARIK, status="registered")
    await start(here, whom=Whom.PARTICIPANTS, meeting_id=await id_of(here), opens=local("2026-11-23 09:00"))
    await leave(here, TARIK)
    await here.polls.plan_due(at("2026-11-23 09:00"))
    assert [one["target"] for one in await told(here, POLL)] == [await person_id(here, TARIK)]
