"""Sessions of a network day: choosing, lines that move up, sharing out, paying, and what happens at the same time."""

import asyncio
import itertools
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import delete, insert, select, update

from storage.database import Database
from storage.domain.meetings import Meeting, SessionChoice
from storage.domain.people import Viewer
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NoSuchSession,
    NotCoordinator,
    NotKnown,
    NotNow,
    NotRegistered,
    NotSensible,
    NotYours,
    Refusal,
)
from storage.domain.registrations import RegistrationStatus
from storage.domain.sessions import SessionsOf, assign
from storage.services import sharing
from storage.services.house import House, house_at
from storage.services.network_days import Sessions
from storage.services.sessions import SESSION_GIVEN, fill_sessions, free_session, hand_over_session
from storage.services.sharing import SESSION_ASSIGNED
from storage.tables.changes import ChangeRow
from storage.tables.meetings import MeetingRow, SessionRow
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow, SessionChoiceRow
from storage.unit_of_work import UnitOfWork, Units
from tests.bot.forge import python
from tests.conftest import NOW
from tests.storage.support import MEMBER, STRANGER, ZONE, bring, change, meeting, rows, the_meeting, viewer

T = TypeVar("T")

DAY = "netwerkdag"
LATER = NOW + timedelta(minutes=1)
FIRST, RANKED = SessionChoice.FIRST_COME, SessionChoice.RANKED
EEKLO, DEINZE, GENT = "regio-eeklo", "regio-deinze", "regio-gent"
ORDER = (EEKLO, DEINZE, GENT)
PEOPLE = tuple(f"gast{number:02}@duinen.example" for number in range(1, 9))
ROOS = "roos@duinen.example"


def network(statuses: dict[str, str] | None = None, places: tuple[int | None, ...] = (1, 2, None)) -> dict[str, Any]:
    """A network day with three sessions, and eight people of two regions who come to it."""
    status = statuses or {}
    return {
        "network": {"name": "Netwerk Duinen", "timezone": ZONE, "language": "nl-BE", "regions": ["Eeklo", "Kust"]},
        "organisations": [
            {"name": "De Helm", "kind": "jeugdhulp", "region": "Eeklo", "status": "ambassador"},
            {"name": "De Kust", "kind": "school", "region": "Kust", "status": "ambassador"},
        ],
        "people": [
            {"name": "Roos Pauwels", "email": ROOS, "organisation": "De Helm", "role": "coordinator"},
            *(
                {"name": f"Gast {mail[4:6]}", "email": mail, "organisation": house_, "role": "external"}
                for mail, house_ in zip(PEOPLE, ["De Helm"] * 4 + ["De Kust"] * 4, strict=True)
            ),
        ],
        "meetings": [
            {
                **meeting(DAY, "2027-03-18 09:00", "2027-03-18 16:00", "netwerkdag"),
                "fee_eur": 10,
                "sessions": [
                    {"key": key, "title": f"Regio {key[6:].capitalize()}", "capacity": capacity}
                    for key, capacity in zip((EEKLO, DEINZE, GENT), places, strict=True)
                ],
                "registrations": [{"person": mail, "status": status.get(mail, "registered")} for mail in PEOPLE],
            },
            meeting("intervisie", "2027-01-20 09:00", "2027-01-20 12:00"),
        ],
    }


async def day(house: House, **options: Any) -> Meeting:
    """The network day, imported."""
    await bring(house, network(**options))
    return await the_meeting(house, DAY)


async def ids(house: House) -> dict[str, int]:
    """The sessions' ids by key."""
    return dict(await rows(house, select(SessionRow.key, SessionRow.id)))


async def choose(house: House, mail: str, *keys: str, now: datetime = NOW) -> SessionsOf:
    """Somebody chooses these sessions, best first."""
    known, found = await ids(house), await the_meeting(house, DAY)
    return await house.sessions.choose(found.id, [known[key] for key in keys], await viewer(house, mail), now)


async def seated(house: House) -> dict[str, str]:
    """Who sits where, by mail address."""
    found = await rows(
        house,
        select(PersonRow.email, SessionRow.key)
        .join(RegistrationRow, RegistrationRow.person_id == PersonRow.id)
        .join(SessionRow, SessionRow.id == RegistrationRow.session_id),
    )
    return dict(found)


async def told(house: House, kind: str) -> list[str]:
    """To whom notices of a kind go, and of which session: "3:12"."""
    found = await rows(house, select(NoticeRow.target, NoticeRow.data).where(NoticeRow.kind == kind))
    return sorted(f"{target.removeprefix('person:')}:{data['session']}" for target, data in found)


async def waiting(house: House, key: str) -> list[str]:
    """Who waits for a session, in the order of its line."""
    found = await rows(
        house,
        select(PersonRow.email)
        .join(SessionChoiceRow, SessionChoiceRow.person_id == PersonRow.id)
        .join(SessionRow, SessionRow.id == SessionChoiceRow.session_id)
        .where(SessionChoiceRow.waiting.is_(True), SessionRow.key == key)
        .order_by(SessionChoiceRow.created_at, SessionChoiceRow.id),
    )
    return [mail for (mail,) in found]


# First come, first served


async def test_who_chooses_a_session_with_room_sits_in_it(house: House) -> None:
    await day(house)
    chosen = await choose(house, PEOPLE[0], EEKLO)
    assert (chosen.seat.key if chosen.seat else None, chosen.changed) == (EEKLO, True)
    assert chosen.sessions[0].places_left == 0
    again = await choose(house, PEOPLE[0], EEKLO)
    assert (again.seat, again.changed) == (chosen.seat, False)
    assert await told(house, SESSION_GIVEN) == []


async def test_who_chooses_a_full_session_waits_and_keeps_their_seat(house: House) -> None:
    await day(house)
    await choose(house, PEOPLE[0], EEKLO)
    await choose(house, PEOPLE[1], DEINZE)
    chosen = await choose(house, PEOPLE[1], EEKLO)
    assert chosen.seat is not None
    assert chosen.seat.key == DEINZE
    assert [(one.session.key, one.queue) for one in chosen.wishes] == [(EEKLO, 1)]
    assert (await choose(house, PEOPLE[2], EEKLO)).wishes[0].queue == 2


async def test_first_this_and_else_that_gives_that_and_a_place_in_line(house: House) -> None:
    await day(house)
    await choose(house, PEOPLE[0], EEKLO)
    chosen = await choose(house, PEOPLE[1], EEKLO, DEINZE, GENT)
    assert chosen.seat is not None
    assert chosen.seat.key == DEINZE
    assert [(one.session.key, one.queue) for one in chosen.wishes] == [(EEKLO, 1)]


async def test_a_free_seat_goes_down_the_lines_and_each_is_told_once(house: House) -> None:
    found = await day(house, places=(1, 1, 1))
    for mail, key in zip(PEOPLE, (EEKLO, DEINZE, GENT), strict=False):
        await choose(house, mail, key)
    await choose(house, PEOPLE[1], EEKLO, now=NOW + timedelta(seconds=1))
    await choose(house, PEOPLE[2], DEINZE, now=NOW + timedelta(seconds=2))
    await choose(house, PEOPLE[3], GENT, now=NOW + timedelta(seconds=3))
    person = (await viewer(house, PEOPLE[0])).person
    assert person is not None
    await house._units.write(lambda unit: free_session(unit, found.id, person.id, LATER))
    assert await seated(house) == {PEOPLE[1]: EEKLO, PEOPLE[2]: DEINZE, PEOPLE[3]: GENT}
    known = await ids(house)
    people = {mail: (await viewer(house, mail)).person for mail in PEOPLE[1:4]}
    expected = [f"{one.id}:{known[key]}" for one, key in zip(people.values(), ORDER, strict=True) if one]
    assert await told(house, SESSION_GIVEN) == sorted(expected)
    assert await rows(house, select(SessionChoiceRow.id)) == []


async def test_two_who_want_each_others_full_session_both_stay(house: House) -> None:
    await day(house, places=(1, 1, 1))
    await choose(house, PEOPLE[0], EEKLO)
    await choose(house, PEOPLE[1], DEINZE)
    await choose(house, PEOPLE[0], DEINZE)
    await choose(house, PEOPLE[1], EEKLO)
    assert await seated(house) == {PEOPLE[0]: EEKLO, PEOPLE[1]: DEINZE}
    assert (await waiting(house, DEINZE), await waiting(house, EEKLO)) == ([PEOPLE[0]], [PEOPLE[1]])


async def test_choosing_another_session_lets_the_first_in_line_in(house: House) -> None:
    await day(house)
    await choose(house, PEOPLE[0], EEKLO)
    for number in (1, 2):
        await choose(house, PEOPLE[number], EEKLO, now=NOW + timedelta(seconds=number))
    await choose(house, PEOPLE[0], GENT, now=LATER)
    assert await seated(house) == {PEOPLE[0]: GENT, PEOPLE[1]: EEKLO}
    assert await waiting(house, EEKLO) == [PEOPLE[2]]


async def test_a_larger_session_takes_in_its_line_in_order(house: House) -> None:
    found = await day(house)
    for number, mail in enumerate(PEOPLE[:5]):
        await choose(house, mail, EEKLO, now=NOW + timedelta(seconds=number))
    coordinator = await viewer(house, ROOS)
    session = (await ids(house))[EEKLO]
    changed = await house.sessions.set_session_capacity(found.id, session, 3, coordinator, LATER)
    assert changed.changed
    assert await seated(house) == dict.fromkeys(PEOPLE[:3], EEKLO)
    assert await waiting(house, EEKLO) == list(PEOPLE[3:5])
    assert len(await told(house, SESSION_GIVEN)) == 2
    await house.sessions.set_session_capacity(found.id, session, 1, coordinator, LATER)
    assert await seated(house) == dict.fromkeys(PEOPLE[:3], EEKLO)
    await house.sessions.set_session_capacity(found.id, session, None, coordinator, LATER)
    assert await seated(house) == dict.fromkeys(PEOPLE[:5], EEKLO)


async def test_asking_again_keeps_the_place_in_line(house: House) -> None:
    await day(house)
    for number, mail in enumerate(PEOPLE[:3]):
        await choose(house, mail, EEKLO, now=NOW + timedelta(seconds=number))
    await choose(house, PEOPLE[1], EEKLO, DEINZE, now=LATER)
    assert await waiting(house, EEKLO) == [PEOPLE[1], PEOPLE[2]]
    await choose(house, PEOPLE[1], GENT, now=LATER)
    assert await waiting(house, EEKLO) == [PEOPLE[1], PEOPLE[2]]


async def test_leaving_a_line_or_a_seat(house: House) -> None:
    found, known = await day(house), await ids(house)
    for number, mail in enumerate(PEOPLE[:3]):
        await choose(house, mail, EEKLO, now=NOW + timedelta(seconds=number))
    second = await viewer(house, PEOPLE[1])
    assert (await house.sessions.leave(found.id, known[EEKLO], second, LATER)).changed
    assert not (await house.sessions.leave(found.id, known[EEKLO], second, LATER)).changed
    assert (await choose(house, PEOPLE[0], now=LATER)).seat is None
    assert await seated(house) == {PEOPLE[2]: EEKLO}


async def test_who_waits_for_the_day_gets_a_session_only_with_a_seat_for_the_day(house: House) -> None:
    found = await day(house, statuses={PEOPLE[0]: "waitlisted"})
    chosen = await choose(house, PEOPLE[0], EEKLO, DEINZE)
    assert chosen.seat is None
    await choose(house, PEOPLE[1], EEKLO, now=LATER)
    assert await seated(house) == {PEOPLE[1]: EEKLO}
    registered = {"status": RegistrationStatus.REGISTERED.value}
    await change(house, update(RegistrationRow).values(registered))
    moved = await house._units.write(lambda unit: fill_sessions(unit, found.id, LATER))
    assert len(moved) == 1
    assert await seated(house) == {PEOPLE[0]: DEINZE, PEOPLE[1]: EEKLO}
    assert await waiting(house, EEKLO) == [PEOPLE[0]]


async def test_a_replacement_takes_over_session_and_line(house: House) -> None:
    found = await day(house)
    await choose(house, PEOPLE[0], EEKLO)
    await choose(house, PEOPLE[1], EEKLO, DEINZE)
    await choose(house, PEOPLE[2], EEKLO, now=LATER)
    here, there = [(await viewer(house, mail)).person for mail in (PEOPLE[1], PEOPLE[7])]
    assert here is not None
    assert there is not None
    await house._units.write(lambda unit: hand_over_session(unit, found.id, here.id, there.id, LATER))
    assert await seated(house) == {PEOPLE[0]: EEKLO, PEOPLE[7]: DEINZE}
    assert await waiting(house, EEKLO) == [PEOPLE[7], PEOPLE[2]]


async def test_ones_region_is_suggested(house: House) -> None:
    found = await day(house)
    mine = await house.sessions.of(found.id, await viewer(house, PEOPLE[0]))
    assert mine.suggested is not None
    assert mine.suggested.key == EEKLO
    assert (await house.sessions.of(found.id, await viewer(house, PEOPLE[6]))).suggested is None
    assert (await house.sessions.of(found.id, MEMBER)).status is None


async def test_every_change_of_a_seat_is_in_the_history(house: House) -> None:
    await day(house)
    await choose(house, PEOPLE[0], EEKLO)
    await choose(house, PEOPLE[0], DEINZE)
    history = await rows(house, select(ChangeRow.field, ChangeRow.old, ChangeRow.new).order_by(ChangeRow.id))
    assert history == [("session", None, "Regio Eeklo"), ("session", "Regio Eeklo", "Regio Deinze")]


# Refusals


@pytest.mark.parametrize(
    ("mail", "status", "refusal"),
    [(PEOPLE[0], "excused", NotRegistered), (ROOS, None, NotRegistered), (PEOPLE[0], "absent", NotRegistered)],
)
async def test_who_does_not_come_chooses_nothing(
    house: House, mail: str, status: str | None, refusal: type[Refusal]
) -> None:
    await day(house, statuses={mail: status} if status else {})
    with pytest.raises(refusal):
        await choose(house, mail, EEKLO)
    assert await seated(house) == {}


async def test_nobody_chooses_for_somebody_else_but_a_coordinator(house: House) -> None:
    found, known = await day(house), await ids(house)
    other = (await viewer(house, PEOPLE[1])).person
    assert other is not None
    with pytest.raises(NotYours):
        await house.sessions.choose(found.id, [known[EEKLO]], await viewer(house, PEOPLE[0]), NOW, other.id)
    with pytest.raises(NotYours):
        await house.sessions.of(found.id, await viewer(house, PEOPLE[0]), other.id)
    for nobody in (MEMBER, STRANGER):
        with pytest.raises(NotKnown):
            await house.sessions.choose(found.id, [known[EEKLO]], nobody, NOW)
    await house.sessions.choose(found.id, [known[EEKLO]], await viewer(house, ROOS), NOW, other.id)
    assert await seated(house) == {PEOPLE[1]: EEKLO}
    assert len(await told(house, SESSION_GIVEN)) == 1


async def test_sessions_of_elsewhere_are_refused(house: House) -> None:
    found, person = await day(house), await viewer(house, PEOPLE[0])
    other = await the_meeting(house, "intervisie")
    await change(house, insert(SessionRow).values(meeting_id=other.id, key="x", title="Elders"))
    elsewhere = (await ids(house))["x"]
    for meeting_id, session_id in ((found.id, elsewhere), (found.id, 99_999)):
        with pytest.raises(NoSuchSession):
            await house.sessions.choose(meeting_id, [session_id], person, NOW)
        with pytest.raises(NoSuchSession):
            await house.sessions.leave(meeting_id, session_id, person, NOW)
    with pytest.raises(NoSuchMeeting):
        await house.sessions.choose(99_999, [elsewhere], person, NOW)
    with pytest.raises(NotRegistered):
        await house.sessions.choose(other.id, [elsewhere], person, NOW)


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (datetime.fromisoformat("2027-03-18T09:00+01:00"), NotNow),
        (datetime.fromisoformat("2027-03-18T16:00+01:00"), MeetingOver),
    ],
)
async def test_once_the_day_begins_nothing_is_chosen_or_moved(
    house: House, at: datetime, refusal: type[Refusal]
) -> None:
    found = await day(house)
    for mail in PEOPLE[:2]:
        await choose(house, mail, EEKLO)
    person, coordinator = await viewer(house, PEOPLE[0]), await viewer(house, ROOS)
    known = await ids(house)
    with pytest.raises(refusal):
        await house.sessions.choose(found.id, [known[GENT]], person, at)
    with pytest.raises(refusal):
        await house.sessions.assign(found.id, coordinator, at, apply=True)
    with pytest.raises(refusal):
        await house.sessions.set_session_capacity(found.id, known[EEKLO], 9, coordinator, at)
    assert person.person is not None
    gone = person.person.id
    assert await house._units.write(lambda unit: free_session(unit, found.id, gone, at)) == ()
    assert await seated(house) == {}


async def test_of_a_cancelled_day_nothing_is_chosen(house: House) -> None:
    found, known, person = await day(house), await ids(house), await viewer(house, PEOPLE[0])
    await change(house, update(MeetingRow).values(cancelled_at=NOW))
    with pytest.raises(MeetingCancelled):
        await house.sessions.choose(found.id, [known[EEKLO]], person, NOW)
    with pytest.raises(MeetingCancelled):
        await house.sessions.leave(found.id, known[EEKLO], person, NOW)


async def test_what_is_the_coordinators_is_refused_to_others(house: House) -> None:
    found, known = await day(house), await ids(house)
    member = await viewer(house, PEOPLE[0])
    with pytest.raises(NotCoordinator):
        await house.sessions.assign(found.id, member, NOW, apply=False)
    with pytest.raises(NotCoordinator):
        await house.sessions.paid(found.id, [1], True, member, NOW)
    with pytest.raises(NotCoordinator):
        await house.sessions.fees(found.id, member)
    with pytest.raises(NotCoordinator):
        await house.sessions.set_choice(found.id, RANKED, member, NOW)
    with pytest.raises(NotCoordinator):
        await house.sessions.set_session_capacity(found.id, known[EEKLO], 3, member, NOW)
    for senseless in (-1, 10**9):
        with pytest.raises(NotSensible):
            await house.sessions.set_session_capacity(found.id, known[EEKLO], senseless, await viewer(house, ROOS), NOW)


# Ranked, and shared out


async def ranked(house: House, **options: Any) -> tuple[Meeting, Viewer]:
    """The network day, where people rank; and its coordinator."""
    found, coordinator = await day(house, **options), await viewer(house, ROOS)
    await house.sessions.set_choice(found.id, RANKED, coordinator, NOW)
    return await the_meeting(house, DAY), coordinator


async def test_ranking_gives_nothing_until_the_coordinator_shares_out(house: House) -> None:
    found, coordinator = await ranked(house, places=(1, 1, None))
    wished = await choose(house, PEOPLE[0], DEINZE, EEKLO)
    assert (wished.seat, [one.session.key for one in wished.wishes]) == (None, [DEINZE, EEKLO])
    await choose(house, PEOPLE[0], EEKLO, DEINZE)
    await choose(house, PEOPLE[1], EEKLO, DEINZE)
    await choose(house, PEOPLE[2], EEKLO)
    proposal = await house.sessions.assign(found.id, coordinator, NOW, apply=False)
    assert (proposal.choices, len(proposal.unplaced), len(proposal.silent)) == ((1, 1), 1, 5)
    assert await seated(house) == {}
    assert await told(house, SESSION_ASSIGNED) == []


async def test_sharing_out_twice_changes_and_tells_nothing_the_second_time(house: House) -> None:
    found, coordinator = await ranked(house)
    for mail in PEOPLE[:5]:
        await choose(house, mail, EEKLO, DEINZE)
    done = await house.sessions.assign(found.id, coordinator, LATER, apply=True)
    assert (done.choices, len(done.unplaced)) == ((1, 2), 2)
    first = await seated(house), await told(house, SESSION_ASSIGNED), await rows(house, select(ChangeRow.id))
    assert len(first[1]) == 5
    again = await house.sessions.assign(found.id, coordinator, LATER + timedelta(minutes=5), apply=True)
    assert (again.people, len(again.unplaced)) == (0, 2)
    second = await seated(house), await told(house, SESSION_ASSIGNED), await rows(house, select(ChangeRow.id))
    assert second == first


async def test_after_sharing_out_the_rest_is_first_come_and_who_got_none_waits(house: House) -> None:
    found, coordinator = await ranked(house, places=(1, 1, 5))
    for mail in PEOPLE[:3]:
        await choose(house, mail, EEKLO, DEINZE)
    await house.sessions.assign(found.id, coordinator, LATER, apply=True)
    (without,) = set(PEOPLE[:3]) - set(await seated(house))
    assert (await waiting(house, EEKLO), await waiting(house, DEINZE)) == ([without], [without])
    assert (await the_meeting(house, DAY)).session_choice is FIRST
    chosen = await choose(house, PEOPLE[5], GENT, now=LATER)
    assert chosen.seat is not None
    first = next(mail for mail, key in (await seated(house)).items() if key == EEKLO)
    await choose(house, first, now=LATER)
    assert (await seated(house))[without] == EEKLO
    assert await waiting(house, DEINZE) == []


async def test_who_sits_already_is_left_alone_unless_everybody_takes_part(house: House) -> None:
    found, coordinator = await day(house), await viewer(house, ROOS)
    await choose(house, PEOPLE[0], EEKLO)
    await house.sessions.set_choice(found.id, RANKED, coordinator, NOW)
    await choose(house, PEOPLE[0], GENT)
    await choose(house, PEOPLE[1], EEKLO, DEINZE)
    alone = await house.sessions.assign(found.id, coordinator, NOW, apply=False)
    assert (alone.choices, alone.seated, alone.movable) == ((0, 1), 1, 1)
    done = await house.sessions.assign(found.id, coordinator, LATER, apply=True, everybody=True)
    assert done.choices == (2,)
    assert await seated(house) == {PEOPLE[0]: GENT, PEOPLE[1]: EEKLO}


async def test_nobody_loses_a_seat_because_the_way_changes(house: House) -> None:
    found, coordinator = await day(house), await viewer(house, ROOS)
    await choose(house, PEOPLE[0], EEKLO)
    await choose(house, PEOPLE[1], EEKLO, DEINZE, now=LATER)
    for way in (RANKED, FIRST, FIRST):
        shown = await house.sessions.set_choice(found.id, way, coordinator, LATER)
        assert shown.meeting.session_choice is way
    assert await seated(house) == {PEOPLE[0]: EEKLO, PEOPLE[1]: DEINZE}
    assert await waiting(house, EEKLO) == [PEOPLE[1]]


async def test_when_ranking_ends_wishes_become_seats_in_the_order_they_came(house: House) -> None:
    found, coordinator = await ranked(house)
    for number, mail in enumerate(PEOPLE[:4]):
        await choose(house, mail, EEKLO, DEINZE, now=NOW + timedelta(seconds=number))
    await house.sessions.set_choice(found.id, FIRST, coordinator, LATER)
    assert await seated(house) == {PEOPLE[0]: EEKLO, PEOPLE[1]: DEINZE, PEOPLE[2]: DEINZE}
    assert len(await told(house, SESSION_GIVEN)) == 3


async def test_who_waits_for_the_day_is_not_shared_in_but_waits_for_what_is_left(house: House) -> None:
    found, coordinator = await ranked(house, statuses={PEOPLE[0]: "waitlisted"})
    await choose(house, PEOPLE[0], EEKLO)
    done = await house.sessions.assign(found.id, coordinator, LATER, apply=True)
    assert (done.people, done.unplaced) == (0, ())
    await change(house, update(RegistrationRow).values(status="registered"))
    await house._units.write(lambda unit: fill_sessions(unit, found.id, LATER))
    assert await seated(house) == {PEOPLE[0]: EEKLO}


async def test_two_who_share_out_at_once_tell_everybody_once(house: House) -> None:
    found, coordinator = await ranked(house)
    for mail in PEOPLE:
        await choose(house, mail, EEKLO, DEINZE, GENT)
    moments = [LATER + timedelta(seconds=number) for number in range(4)]
    await asyncio.gather(*(house.sessions.assign(found.id, coordinator, at, apply=True) for at in moments))
    assert len(await seated(house)) == 8
    assert len(await told(house, SESSION_ASSIGNED)) == 8


class Between(Units):
    """Units on a real database, with something else that happens after each of the first readings."""

    def __init__(self, database: Database, happen: Callable[[], Awaitable[Any]], times: int) -> None:
        super().__init__(database)
        self._happen, self.left, self.read_again = happen, times, 0

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        done = await super().read(work)
        self.read_again += 1
        if self.left:
            self.left -= 1
            await self._happen()
        return done


@pytest.mark.parametrize(("times", "readings"), [(0, 1), (1, 2), (2, 3), (99, 3)])
async def test_who_wishes_otherwise_while_sessions_are_shared_out_gets_what_was_wished_last(
    house: House, times: int, readings: int
) -> None:
    found, coordinator = await ranked(house)
    await choose(house, PEOPLE[0], EEKLO)
    wishes = itertools.cycle([DEINZE, GENT])
    last = [EEKLO]

    async def happen() -> None:
        last.append(next(wishes))
        await choose(house, PEOPLE[0], last[-1])

    units = Between(house._units._database, happen, times)
    done = await Sessions(units).assign(found.id, coordinator, LATER, apply=True)
    assert (done.applied, done.choices, units.read_again) == (True, (1,), readings)
    assert await seated(house) == {PEOPLE[0]: last[-1]}
    assert len(await told(house, SESSION_ASSIGNED)) == 1


async def test_sessions_are_shared_out_beside_the_loop_that_answers_people(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, coordinator = await ranked(house)
    await choose(house, PEOPLE[0], EEKLO)
    threads: list[threading.Thread] = []

    def seen(*asked: Any) -> dict[int, int]:
        threads.append(threading.current_thread())
        return assign(*asked)

    monkeypatch.setattr(sharing, "assign", seen)
    for apply in (False, True):
        await house.sessions.assign(found.id, coordinator, LATER, apply=apply)
    assert len(threads) == 2
    assert threading.main_thread() not in threads


# Paying


async def test_who_paid_is_noted_and_taken_back(house: House) -> None:
    found, coordinator = await day(house), await viewer(house, ROOS)
    people = [(await viewer(house, mail)).person for mail in PEOPLE[:2]]
    paying = [one.id for one in people if one]
    assert len(await house.sessions.paid(found.id, paying, True, coordinator, NOW)) == 2
    assert await house.sessions.paid(found.id, paying, True, coordinator, LATER) == ()
    fees = await house.sessions.fees(found.id, coordinator)
    assert ([one.id for one in fees.paid], len(fees.unpaid)) == (paying, 6)
    assert len(await house.sessions.paid(found.id, paying[:1], False, coordinator, NOW)) == 1
    assert len((await house.sessions.fees(found.id, coordinator)).unpaid) == 7


async def test_payment_is_noted_only_of_who_is_on_the_list(house: House) -> None:
    found, coordinator = await day(house, statuses={PEOPLE[3]: "registered"}), await viewer(house, ROOS)
    first, stranger = [(await viewer(house, mail)).person for mail in (PEOPLE[0], ROOS)]
    assert first is not None
    assert stranger is not None
    with pytest.raises(NotRegistered):
        await house.sessions.paid(found.id, [first.id, stranger.id], True, coordinator, NOW)
    assert (await house.sessions.fees(found.id, coordinator)).paid == ()


# At the same time

RACE = """
import asyncio, sys
from datetime import datetime
from storage.domain.people import Viewer
from storage.services.house import house_at

async def main(url, meeting, session, now, mails):
    house = house_at(url)
    people = [await house.people.by_email(mail) for mail in mails]
    print("ready", flush=True)
    sys.stdin.readline()
    chosen = await asyncio.gather(
        *(house.sessions.choose(meeting, [session], Viewer(one, True), datetime.fromisoformat(now)) for one in people)
    )
    print(sum(one.seat is not None for one in chosen), flush=True)
    await house.close()

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5:]))
"""


async def test_the_last_seats_go_to_as_many_as_there_are_seats_and_the_others_wait(database_url: str) -> None:
    places = 2
    house = house_at(database_url)
    await house.migrate()
    found = await day(house, places=(places, 2, None))
    session = (await ids(house))[EEKLO]
    script = python("-c", RACE, database_url, str(found.id), str(session), NOW.isoformat())
    racing = [
        await asyncio.create_subprocess_exec(
            *script, *PEOPLE[number::3], cwd=Path(__file__).parents[2], stdin=-1, stdout=-1
        )
        for number in range(3)
    ]
    for one in racing:
        assert one.stdout is not None
        assert await one.stdout.readline() == b"ready\n"
    answers = await asyncio.gather(*(one.communicate(b"\n") for one in racing))
    taken = await seated(house)
    line = await waiting(house, EEKLO)
    await house.close()
    assert sum(int(out) for out, _ in answers) == places
    assert len(taken) == places
    assert sorted([*taken, *line]) == sorted(PEOPLE)


async def test_of_a_meeting_without_sessions_nothing_is_freed(house: House) -> None:
    found = await the_intervision(house)
    assert await house._units.write(lambda unit: free_session(unit, found.id, 1, NOW)) == ()
    assert await rows(house, select(ChangeRow.id)) == []


async def the_intervision(house: House) -> Meeting:
    """A meeting without sessions."""
    await day(house)
    await change(house, delete(SessionChoiceRow))
    return await the_meeting(house, "intervisie")
