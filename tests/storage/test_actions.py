"""Actions in storage: live from the posted report, and what their owners, the group and others may do with them."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from storage.database import open_database
from storage.domain.actions import (
    ACTION_NEWS,
    ACTION_PASSED,
    ACTION_STUCK,
    FARTHEST,
    LIVE_WITHIN,
    LONGEST_REMARK,
    ActionState,
)
from storage.domain.agenda import Fixed
from storage.domain.composing import Reason, Why
from storage.domain.refusals import (
    ActionSettled,
    IdentifiesSomebody,
    NobodyToTell,
    NoSuchAction,
    NoSuchMeeting,
    NotKnown,
    NotSensible,
    NotYours,
    Refusal,
    TooLong,
)
from storage.services.house import House, house_at
from storage.tables.people import PersonRow
from tests.storage.doings import (
    again,
    agreed,
    change_line,
    names,
    no_notices,
    notices,
    one,
    posted,
    take_part,
    texts,
    within,
)
from tests.storage.proposals import (  # noqa: F401 - fixtures among them
    AFTER,
    CLOSED,
    ENDS,
    LATER,
    STEERING,
    ans,
    filled,
    here,
    id_of,
    miel,
    publish,
    roos,
    tarik,
    the_file,
)
from tests.storage.support import MEMBER, MIEL, ROOS, STRANGER, TARIK, bring, change, person

FRIDAY = date(2026, 12, 18)


# --- live from the report


async def test_a_posted_report_makes_its_actions_live_once(filled: House) -> None:  # noqa: F811
    await take_part(filled, TARIK, MIEL)
    await agreed(filled, "mailt het CLB", "Tarik", FRIDAY)
    await agreed(filled, "zoeken een zaal", "Tarik, Miel en Koen")
    await agreed(filled, "bezorgt input", "iedereen")
    first = await posted(filled)
    assert [(each.text, names(each), each.owner_text, each.for_group) for each in first] == [
        ("mailt het CLB", ["Tarik"], "", False),
        ("zoeken een zaal", ["Miel", "Tarik"], "Koen", False),
        ("bezorgt input", [], "", True),
    ]
    assert first[0].due == FRIDAY
    assert await posted(filled) == first


async def test_who_is_asked_sees_it_in_their_list_also_what_the_group_does(here: House) -> None:  # noqa: F811
    await take_part(here, TARIK, MIEL)
    await agreed(here, "mailt het CLB", "Tarik")
    await agreed(here, "bezorgt input", "iedereen", FRIDAY)
    await posted(here)
    assert await texts(here, await tarik(here)) == ["bezorgt input", "mailt het CLB"]
    assert await texts(here, await miel(here)) == ["bezorgt input"]
    assert await texts(here, await roos(here)) == []
    assert await texts(here, MEMBER) == []


async def test_what_is_private_or_not_posted_makes_no_action(here: House) -> None:  # noqa: F811
    await agreed(here, "belt de ouders", private=True)
    assert await posted(here) == ()


async def test_an_old_report_makes_none(here: House) -> None:  # noqa: F811
    await agreed(here, "mailt het CLB")
    assert await posted(here, now=ENDS + LIVE_WITHIN + timedelta(days=1)) == ()


async def test_an_action_that_nobody_touched_follows_its_line(here: House) -> None:  # noqa: F811
    action = await one(here)
    assert action.line_id is not None
    await change_line(here, action.line_id, text="belt het CLB", owner="Miel", due=FRIDAY)
    (after,) = await posted(here)
    assert (after.text, names(after), after.due) == ("belt het CLB", ["Miel"], FRIDAY)


async def test_one_that_somebody_moved_or_gave_away_follows_its_words_only(here: House) -> None:  # noqa: F811
    action = await one(here)
    assert action.line_id is not None
    await here.actions.move(action.id, FRIDAY, await tarik(here), AFTER)
    await change_line(here, action.line_id, text="belt het CLB", owner="Miel", due=None)
    (after,) = await posted(here)
    assert (after.text, names(after), after.due) == ("belt het CLB", ["Tarik"], FRIDAY)


async def test_what_is_taken_from_the_report_is_dropped_and_comes_back_with_it(here: House) -> None:  # noqa: F811
    action = await one(here)
    assert action.line_id is not None
    await change_line(here, action.line_id, removed_at=AFTER)
    assert [each.state for each in await posted(here)] == [ActionState.DROPPED]
    assert await texts(here, await tarik(here)) == []
    await change_line(here, action.line_id, removed_at=None)
    assert [each.state for each in await posted(here)] == [ActionState.OPEN]


async def test_what_becomes_private_is_forgotten(here: House) -> None:  # noqa: F811
    action = await one(here)
    assert action.line_id is not None
    await change_line(here, action.line_id, private=True)
    assert await posted(here) == ()
    with pytest.raises(NoSuchAction):
        await here.actions.action(action.id, await roos(here))


# --- who sees what


async def test_actions_of_a_closed_meeting_are_for_who_took_part_and_whose_they_are(here: House) -> None:  # noqa: F811
    await take_part(here, MIEL, key=STEERING)
    await agreed(here, "bezorgt input", "iedereen", key=STEERING)
    await agreed(here, "vraagt het na", "Tarik Aydin", key=STEERING)
    await posted(here, STEERING)
    meeting_id = await id_of(here, STEERING)

    async def seen(by: object) -> list[str]:
        return [each.text for each in await here.actions.open_of(by, meeting_id)]  # type: ignore[arg-type]

    assert await seen(await miel(here)) == ["bezorgt input", "vraagt het na"]
    assert await seen(await roos(here)) == ["bezorgt input", "vraagt het na"]
    assert await seen(await tarik(here)) == ["vraagt het na"]
    assert await seen(await ans(here)) == []
    assert await seen(STRANGER) == []


async def test_who_may_not_see_an_action_can_do_nothing_with_it(here: House) -> None:  # noqa: F811
    await take_part(here, MIEL, key=STEERING)
    await agreed(here, "bezorgt input", "Miel", key=STEERING)
    (action,) = await posted(here, STEERING)
    by = await tarik(here)
    for attempt in (
        here.actions.action(action.id, by),
        here.actions.done(action.id, by, AFTER),
        here.actions.move(action.id, FRIDAY, by, AFTER),
        here.actions.pass_on(action.id, (await person(here, TARIK)).id, by, AFTER),
        here.actions.give_back(action.id, by, AFTER),
        here.actions.drop(action.id, by, AFTER),
        here.actions.escalate(action.id, by, AFTER),
        here.actions.reopen(action.id, by, AFTER),
        here.actions.done(10**12, by, AFTER),
        here.actions.done(-1, by, AFTER),
    ):
        with pytest.raises(NoSuchAction):
            await attempt
    with pytest.raises(NoSuchMeeting):
        await here.actions.open_of(by, 10**12)


async def test_another_owner_or_stranger_changes_nothing(here: House) -> None:  # noqa: F811
    action = await one(here)
    by = await miel(here)
    for attempt in (
        here.actions.done(action.id, by, AFTER),
        here.actions.move(action.id, FRIDAY, by, AFTER),
        here.actions.pass_on(action.id, (await person(here, MIEL)).id, by, AFTER),
        here.actions.accept(action.id, by, AFTER),
        here.actions.give_back(action.id, by, AFTER),
        here.actions.drop(action.id, by, AFTER),
        here.actions.escalate(action.id, by, AFTER),
        here.actions.reopen(action.id, by, AFTER),
    ):
        with pytest.raises(NotYours):
            await attempt
    with pytest.raises(NotKnown):
        await here.actions.done(action.id, MEMBER, AFTER)
    assert await again(here, action) == action


async def test_of_one_meeting_and_of_somebody(here: House) -> None:  # noqa: F811
    await one(here)
    await agreed(here, "zoekt een zaal", "Miel")
    await posted(here)
    miel_id = (await person(here, MIEL)).id
    everything = await here.actions.open_of(await ans(here))
    assert [each.text for each in everything] == ["mailt het CLB", "zoekt een zaal"]
    assert [each.text for each in await here.actions.open_of(await ans(here), None, miel_id)] == ["zoekt een zaal"]
    assert await here.actions.open_of(await ans(here), await id_of(here, LATER)) == ()


# --- done, moved, dropped


async def test_done_is_done_once_and_the_others_whose_it_is_hear_it(here: House) -> None:  # noqa: F811
    action = await one(here, owner="Tarik en Miel")
    after = await here.actions.done(action.id, await tarik(here), AFTER, remark="de brief ligt klaar")
    assert (after.state, after.settled_at, after.remark) == (ActionState.DONE, AFTER, "de brief ligt klaar")
    assert await here.actions.done(action.id, await miel(here), AFTER + timedelta(hours=1)) == after
    assert [(who, data["what"]) for who, data in await notices(here, ACTION_NEWS)] == [("Miel", "done")]
    assert await texts(here, await miel(here)) == []


async def test_who_runs_the_meeting_may_say_that_it_is_done(here: House) -> None:  # noqa: F811
    action = await one(here)
    assert (await here.actions.done(action.id, await ans(here), AFTER)).state is ActionState.DONE


async def test_one_of_the_group_may_say_that_it_is_done_but_not_drop_it(here: House) -> None:  # noqa: F811
    action = await one(here, owner="iedereen")
    with pytest.raises(NotYours):
        await here.actions.drop(action.id, await miel(here), AFTER)
    assert (await here.actions.done(action.id, await miel(here), AFTER)).state is ActionState.DONE


async def test_what_is_settled_changes_no_more_until_it_is_open_again(here: House) -> None:  # noqa: F811
    action, by = await one(here), await tarik(here)
    await here.actions.drop(action.id, by, AFTER)
    for attempt in (
        here.actions.done(action.id, by, AFTER),
        here.actions.move(action.id, FRIDAY, by, AFTER),
        here.actions.pass_on(action.id, (await person(here, MIEL)).id, by, AFTER),
        here.actions.accept(action.id, by, AFTER),
        here.actions.escalate(action.id, by, AFTER),
    ):
        with pytest.raises(ActionSettled):
            await attempt
    after = await here.actions.reopen(action.id, by, AFTER)
    assert (after.state, after.settled_at, after.settled_by_id) == (ActionState.OPEN, None, None)
    assert (await here.actions.done(action.id, by, AFTER)).state is ActionState.DONE


@pytest.mark.parametrize("due", [date(2026, 12, 10), AFTER.date() + FARTHEST + timedelta(days=1)])
async def test_an_action_moves_to_no_day_that_is_past_or_years_ahead(here: House, due: date) -> None:  # noqa: F811
    action = await one(here)
    with pytest.raises(NotSensible):
        await here.actions.move(action.id, due, await tarik(here), AFTER)
    assert (await again(here, action)).due is None


async def test_an_action_moves_and_who_shares_it_hears_it(here: House) -> None:  # noqa: F811
    action = await one(here, owner="Tarik en Miel")
    assert (await here.actions.move(action.id, FRIDAY, await tarik(here), AFTER)).due == FRIDAY
    assert [(who, data["what"], data["due"]) for who, data in await notices(here, ACTION_NEWS)] == [
        ("Miel", "moved", "2026-12-18")
    ]


# --- given to somebody else


async def test_who_is_given_an_action_hears_it_and_may_take_it_on(here: House) -> None:  # noqa: F811
    action, to = await one(here), await person(here, MIEL)
    # Miel's organisation is one that only the coordinator may know of.
    with pytest.raises(NotSensible):
        await here.actions.pass_on(action.id, to.id, await tarik(here), AFTER)
    await change(here, update(PersonRow).where(PersonRow.id == to.id).values(organisation_id=None))
    after = await here.actions.pass_on(action.id, to.id, await tarik(here), AFTER)
    assert names(after) == ["Miel"]
    assert [who for who, _ in await notices(here, ACTION_PASSED)] == ["Miel"]
    for _ in range(2):
        _, giver = await here.actions.accept(action.id, await miel(here), AFTER + timedelta(hours=1))
        assert giver is not None
        assert giver.first_name == "Tarik"
    assert [(who, data["what"]) for who, data in await notices(here, ACTION_NEWS)] == [("Tarik", "accepted")]


async def test_it_is_given_back_to_who_gave_it(here: House) -> None:  # noqa: F811
    action = await one(here)
    await here.actions.pass_on(action.id, (await person(here, ROOS)).id, await tarik(here), AFTER)
    after, giver = await here.actions.give_back(action.id, await roos(here), AFTER)
    assert (names(after), giver.first_name) == (["Tarik"], "Tarik")
    with pytest.raises(NotYours):
        await here.actions.give_back(action.id, await roos(here), AFTER)
    assert [(who, data["what"]) for who, data in await notices(here, ACTION_NEWS)] == [("Tarik", "given_back")]


async def test_who_gave_it_takes_it_back(here: House) -> None:  # noqa: F811
    action = await one(here)
    await here.actions.pass_on(action.id, (await person(here, ROOS)).id, await tarik(here), AFTER)
    after, _ = await here.actions.give_back(action.id, await tarik(here), AFTER)
    assert names(after) == ["Tarik"]
    assert [(who, data["what"]) for who, data in await notices(here, ACTION_NEWS)] == [("Roos", "taken_back")]


async def test_of_several_only_the_one_who_gives_it_on_is_rid_of_it(here: House) -> None:  # noqa: F811
    action = await one(here, owner="Tarik en Miel")
    after = await here.actions.pass_on(action.id, (await person(here, ROOS)).id, await tarik(here), AFTER)
    assert names(after) == ["Miel", "Roos"]


async def test_who_runs_the_meeting_gives_on_what_is_anybodys(here: House) -> None:  # noqa: F811
    action = await one(here, owner="Koen")
    after = await here.actions.pass_on(action.id, (await person(here, TARIK)).id, await ans(here), AFTER)
    assert (names(after), after.owner_text) == (["Tarik"], "")
    moved = await here.actions.pass_on(action.id, (await person(here, ROOS)).id, await ans(here), AFTER)
    assert names(moved) == ["Roos"]
    assert ("Tarik", "passed") in [(who, data["what"]) for who, data in await notices(here, ACTION_NEWS)]


async def test_who_took_part_may_take_what_is_nobodys(here: House) -> None:  # noqa: F811
    action = await one(here, owner="Koen")
    after = await here.actions.pass_on(action.id, (await person(here, MIEL)).id, await miel(here), AFTER)
    assert names(after) == ["Miel"]
    assert await notices(here, ACTION_PASSED) == []


# --- stuck


async def test_only_when_asked_for_the_coordinators_hear_that_it_is_stuck_once_a_day(here: House) -> None:  # noqa: F811
    action = await one(here, due=FRIDAY)
    assert await notices(here, ACTION_STUCK) == []
    for _ in range(2):
        told = await here.actions.escalate(action.id, await tarik(here), AFTER, remark="het CLB antwoordt niet")
        assert [each.first_name for each in told] == ["Roos"]
    assert [who for who, _ in await notices(here, ACTION_STUCK)] == ["Roos"]
    assert (await again(here, action)).remark == "het CLB antwoordt niet"
    with pytest.raises(NobodyToTell):
        await here.actions.escalate(action.id, await roos(here), AFTER)


@pytest.mark.parametrize(
    ("remark", "refusal"), [("Lars, 9 jaar, is weer thuis", IdentifiesSomebody), ("x" * (LONGEST_REMARK + 1), TooLong)]
)
async def test_remarks_pass_the_gate(here: House, remark: str, refusal: type[Refusal]) -> None:  # noqa: F811
    action, by = await one(here), await tarik(here)
    with pytest.raises(refusal):
        await here.actions.done(action.id, by, AFTER, remark=remark)
    with pytest.raises(refusal):
        await here.actions.escalate(action.id, by, AFTER, remark=remark)
    after = await again(here, action)
    assert (after.state, after.remark) == (ActionState.OPEN, "")


# --- on the next agenda


async def test_open_actions_stand_on_the_next_agenda_of_the_same_circle(here: House) -> None:  # noqa: F811
    await one(here)
    found = await here.agendas.composition(await id_of(here, LATER), await roos(here), AFTER)
    (line,) = (each for each in found.lines if each.fixed is Fixed.ACTIONS)
    assert Reason(Why.OPEN_ACTIONS, 1) in line.reasons
    closed = await here.agendas.composition(await id_of(here, CLOSED), await roos(here), AFTER)
    assert all(Reason(Why.OPEN_ACTIONS, 1) not in each.reasons for each in closed.lines)


async def test_what_was_settled_is_told_at_the_next_meeting_and_not_at_the_one_after(here: House) -> None:  # noqa: F811
    await here.agendas.apply(await id_of(here, LATER), await roos(here), AFTER)
    await publish(here, LATER)
    done, left = await one(here), await agreed(here, "zoekt een zaal", "Miel")
    await posted(here)
    await here.actions.done(done.id, await tarik(here), AFTER)

    async def told() -> tuple[list[str], list[str]]:
        found = await here.agendas.told(await id_of(here, LATER), None)
        assert found is not None
        return [each.text for each in found.actions.open], [each.text for each in found.actions.settled]

    assert await told() == (["zoekt een zaal"], ["mailt het CLB"])
    assert left
    begun = (await here.meetings.known([await id_of(here, LATER)], MEMBER))[0].starts + timedelta(minutes=1)
    assert await here.actions.plan_due(AFTER) == 0
    assert await here.actions.plan_due(begun) >= 1
    assert (await again(here, done)).told_in_id == await id_of(here, LATER)
    assert await told() == (["zoekt een zaal"], ["mailt het CLB"])


async def test_remarks_are_forgotten_long_after(here: House) -> None:  # noqa: F811
    action = await one(here)
    await here.actions.done(action.id, await tarik(here), AFTER, remark="de brief ligt klaar")
    await here.retention.forget_old(AFTER + timedelta(days=100))
    assert (await again(here, action)).remark == "de brief ligt klaar"
    await here.retention.forget_old(AFTER + timedelta(days=181))
    assert (await again(here, action)).remark == ""


# --- at once


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, of each kind in turn."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


async def test_closing_and_giving_away_at_once_leaves_one_state(url: str) -> None:
    """Two houses with connections of their own, as two processes have."""
    first, second = house_at(url), House(open_database(url))
    await first.migrate()
    await bring(first, the_file())
    await take_part(first, TARIK)
    for number in range(6):
        await agreed(first, f"doet {number}")
    actions = await posted(first)
    by, to = await tarik(first), (await person(first, ROOS)).id
    for action in actions:
        outcomes = await asyncio.gather(
            first.actions.done(action.id, by, AFTER),
            second.actions.pass_on(action.id, to, by, AFTER),
            return_exceptions=True,
        )
        after = await again(first, action)
        assert len(after.owners) == 1
        closed, passed = (not isinstance(each, BaseException) for each in outcomes)
        assert (after.state is ActionState.DONE) is closed
        assert (names(after) == ["Roos"]) is passed
        refusals = [each for each in outcomes if isinstance(each, BaseException)]
        assert all(isinstance(each, ActionSettled | NotYours) for each in refusals)
        assert len(refusals) == 1
    await no_notices(first)
    await asyncio.gather(posted(first), posted(second))
    assert len(await within(first, lambda unit: unit.actions.of_meeting(actions[0].meeting.id))) == len(actions)
    await first.close()
    await second.close()
