"""Registering, withdrawing, excusing, replacing and bringing, and the coordinator's seats; every refusal."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import insert, select, update

from storage.domain import refusals
from storage.domain.attendance import SEATS_FULL
from storage.domain.meetings import Meeting
from storage.domain.people import Viewer
from storage.domain.refusals import Refusal
from storage.domain.registrations import NewGuest, RegistrationStatus
from storage.services.house import House
from storage.services.registrations import (
    OFFER_LAPSED,
    PRESENTER_OUT,
    REGISTERED_FOR_YOU,
    REPLACES,
    SEAT_GIVEN,
    SEAT_OFFERED,
)
from storage.tables.agenda import AgendaPointRow
from storage.tables.changes import ChangeRow
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow
from tests.conftest import BRUSSELS
from tests.storage.support import (
    ANS,
    MEMBER,
    MIEL,
    ROOS,
    STRANGER,
    TARIK,
    bring,
    change,
    everything,
    meeting,
    network,
    person,
    rows,
    the_meeting,
    viewer,
)

EARLY = datetime(2027, 1, 4, 10, tzinfo=BRUSSELS)
LATE = datetime(2027, 2, 3, 10, tzinfo=BRUSSELS)
"""The day before the meeting, after the last day to register."""
GUEST = NewGuest("Kaat Peeters", "CLB Duinrand", "Kaat.Peeters@clb.example")


class Scene:
    """The network, its meeting with two seats, and everybody in it by first name."""

    def __init__(self, house: House, found: Meeting, viewers: dict[str, Viewer]) -> None:
        self.house, self.meeting, self.viewers = house, found, viewers

    def id(self, name: str) -> int:
        found = self.viewers[name].person
        assert found is not None
        return found.id

    async def register(self, *names: str, by: str = "", now: datetime = EARLY) -> list[tuple[str, int | None, bool]]:
        asker = self.viewers[by or names[0]]
        outcomes = await self.house.registrations.register(
            self.meeting.id, [self.id(name) for name in names], asker, now
        )
        return [(one.own.status.value, one.own.queue, one.changed) for one in outcomes]

    async def stands(self) -> dict[str, str]:
        """Where everybody stands, by first name."""
        joined = select(PersonRow.name, RegistrationRow.status).join(
            RegistrationRow, RegistrationRow.person_id == PersonRow.id
        )
        return {name.split()[0].lower(): status for name, status in await rows(self.house, joined)}

    async def told(self, kind: str) -> list[str]:
        """Who is told something of this kind."""
        targets = await rows(self.house, select(NoticeRow.target).where(NoticeRow.kind == kind).order_by(NoticeRow.id))
        names = {f"person:{self.id(name)}": name for name in self.viewers}
        return [names.get(target, target) for (target,) in targets]


@pytest_asyncio.fixture(loop_scope="session")
async def scene(house: House) -> Scene:
    """The network, with nobody on the list of a meeting with two seats."""
    file = network()
    file["meetings"][0] |= {"capacity": 2, "registrations": [], "sessions": []}
    await bring(house, file)
    people = {"roos": ROOS, "tarik": TARIK, "miel": MIEL, "ans": ANS}
    return Scene(house, await the_meeting(house), {name: await viewer(house, mail) for name, mail in people.items()})


# A seat, or the line


async def test_first_come_first_served_and_the_others_wait_in_order(scene: Scene) -> None:
    assert await scene.register("ans") == [("registered", None, True)]
    assert await scene.register("miel") == [("registered", None, True)]
    assert await scene.register("tarik") == [("waitlisted", 1, True)]
    assert await scene.register("roos") == [("waitlisted", 2, True)]
    assert await scene.register("ans") == [("registered", None, False)]
    assert await scene.register("tarik") == [("waitlisted", 1, False)]


async def test_who_is_next_moves_up_at_once_and_is_told_once(scene: Scene) -> None:
    for name in ("ans", "miel", "tarik", "roos"):
        await scene.register(name)
    out = await scene.house.registrations.withdraw(scene.meeting.id, scene.id("ans"), scene.viewers["ans"], EARLY)
    assert ([one.first_name for one in out.given], out.own.status) == (["Tarik"], RegistrationStatus.WITHDRAWN)
    assert await scene.told(SEAT_GIVEN) == ["tarik"]
    assert await scene.register("roos") == [("waitlisted", 1, False)]


async def test_who_withdrew_is_as_if_they_never_said_anything(scene: Scene) -> None:
    await scene.register("ans")
    ans = scene.viewers["ans"].person
    assert ans is not None
    await scene.house.registrations.withdraw(scene.meeting.id, ans.id, scene.viewers["ans"], EARLY)
    assert await scene.house.registrations.of_meeting(scene.meeting) == ()
    assert await scene.house.registrations.standings(ans, EARLY) == ()
    assert await scene.register("ans") == [("registered", None, True)]


async def test_a_coordinator_registers_others_also_after_closing(scene: Scene) -> None:
    await scene.house.seats.close(scene.meeting.id, scene.viewers["roos"], EARLY)
    assert await scene.register("ans", "miel", "tarik", by="roos") == [
        ("registered", None, True),
        ("registered", None, True),
        ("waitlisted", 1, True),
    ]
    assert await scene.told(REGISTERED_FOR_YOU) == ["ans", "miel", "tarik"]


async def test_the_limit_for_each_organisation_holds_its_people_back_only(scene: Scene) -> None:
    limited = await scene.house.seats.limit(scene.meeting.id, 1, date(2027, 1, 20), scene.viewers["roos"], EARLY)
    assert limited.meeting.per_organisation == 1
    await scene.register("tarik")
    assert await scene.register("roos") == [("waitlisted", 1, True)]
    assert await scene.register("ans") == [("registered", None, True)]
    await scene.house.seats.set_capacity(scene.meeting.id, 3, scene.viewers["roos"], EARLY)
    assert (await scene.stands())["roos"] == "waitlisted"
    on_the_last_day = datetime(2027, 1, 20, 23, 59, tzinfo=BRUSSELS)
    assert await scene.house.registrations.sweep(on_the_last_day) == 0
    assert await scene.house.registrations.sweep(on_the_last_day + timedelta(minutes=1)) == 1
    assert (await scene.stands())["roos"] == "registered"


async def test_a_list_that_cannot_be_read_keeps_no_other_from_being_swept(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    file = network()
    waiting = {TARIK: "waitlisted", MIEL: "registered"}
    file["meetings"] = [
        meeting(
            key,
            "2027-02-04 09:30",
            "2027-02-04 12:00",
            capacity=3,
            registrations=[{"person": one, "status": status} for one, status in waiting.items()],
        )
        for key in ("een", "twee")
    ]
    await bring(house, file)
    broken, sound = [(await the_meeting(house, key)).id for key in ("een", "twee")]
    unread = update(RegistrationRow).where(RegistrationRow.meeting_id == broken, RegistrationRow.status == "registered")
    await change(house, unread.values(status="bogus"))
    assert await house.registrations.sweep(EARLY) == 1
    given = select(RegistrationRow.meeting_id).where(RegistrationRow.status == "registered")
    assert sorted(one for (one,) in await rows(house, given)) == [sound, sound]
    assert caplog.messages == [f"errand not done for meeting {broken}"]


# Offers


async def offered(scene: Scene) -> None:
    """Ans and Miel had the seats; Miel leaves on the day before, so that Tarik is offered one and Roos waits."""
    for name in ("ans", "miel", "tarik", "roos"):
        await scene.register(name)
    await scene.house.registrations.withdraw(scene.meeting.id, scene.id("miel"), scene.viewers["miel"], LATE)


async def test_shortly_before_a_freed_seat_is_offered_and_held(scene: Scene) -> None:
    await offered(scene)
    assert (await scene.told(SEAT_OFFERED), await scene.told(SEAT_GIVEN)) == (["tarik"], [])
    assert (await the_meeting(scene.house)).taken == 2
    tarik = await scene.house.registrations.standing(await person(scene.house, TARIK), scene.meeting)
    assert tarik is not None
    assert tarik.offered_until == LATE + timedelta(hours=4)


async def test_an_offer_is_accepted_once(scene: Scene) -> None:
    await offered(scene)
    accepted = [
        await scene.house.registrations.accept(scene.meeting.id, scene.viewers["tarik"], LATE) for _ in range(2)
    ]
    assert [(one.own.status.value, one.changed) for one in accepted] == [("registered", True), ("registered", False)]


async def test_a_declined_offer_goes_to_the_next(scene: Scene) -> None:
    await offered(scene)
    await scene.house.registrations.decline(scene.meeting.id, scene.viewers["tarik"], LATE)
    assert await scene.stands() == {
        "ans": "registered",
        "miel": "withdrawn",
        "tarik": "withdrawn",
        "roos": "offered",
    }


async def test_an_offer_that_goes_by_goes_to_the_next_and_not_back(scene: Scene) -> None:
    await offered(scene)
    assert await scene.house.registrations.sweep(LATE + timedelta(hours=4, seconds=-1)) == 0
    assert await scene.house.registrations.sweep(LATE + timedelta(hours=4)) == 2
    assert (await scene.told(OFFER_LAPSED), await scene.told(SEAT_OFFERED)) == (["tarik"], ["tarik", "roos"])
    assert await scene.house.registrations.sweep(LATE + timedelta(hours=9)) == 1
    assert await scene.house.registrations.sweep(LATE + timedelta(hours=10)) == 0
    assert {name: (await scene.stands())[name] for name in ("tarik", "roos")} == dict.fromkeys(
        ("tarik", "roos"), "waitlisted"
    )
    late = await scene.house.registrations.accept(scene.meeting.id, scene.viewers["tarik"], LATE + timedelta(hours=11))
    assert late.own.status is RegistrationStatus.REGISTERED


# Not coming, and who comes instead


async def test_a_reason_is_kept_for_the_coordinator(scene: Scene) -> None:
    out = await scene.house.registrations.excuse(
        scene.meeting.id, scene.id("ans"), scene.viewers["ans"], LATE, "  ziek\x00 thuis "
    )
    (found,) = await scene.house.registrations.of_meeting(scene.meeting)
    assert (out.own.status, found.reason) == (RegistrationStatus.EXCUSED, "ziek thuis")


async def test_a_replacement_takes_the_seat_and_the_line_stays(scene: Scene) -> None:
    for name in ("ans", "miel", "tarik"):
        await scene.register(name)
    replaced = await scene.house.registrations.replace(
        scene.meeting.id, scene.id("ans"), scene.id("roos"), scene.viewers["ans"], LATE
    )
    assert (replaced.own.status, replaced.own.replaced_by) == (RegistrationStatus.EXCUSED, "Roos Pauwels")
    assert await scene.stands() == {
        "ans": "excused",
        "miel": "registered",
        "tarik": "waitlisted",
        "roos": "registered",
    }
    assert await scene.told(REPLACES) == ["roos"]


async def test_a_place_in_line_goes_to_the_replacement_also_among_those_of_an_import(house: House) -> None:
    file = network()
    waiting = [{"person": who, "status": "waitlisted"} for who in (ANS, MIEL)]
    file["meetings"][0] |= {"capacity": 0, "registrations": waiting}
    await bring(house, file)
    found = await the_meeting(house)
    ans, roos = await viewer(house, ANS), await viewer(house, ROOS)
    assert ans.person is not None
    assert roos.person is not None
    await house.registrations.replace(found.id, ans.person.id, roos.person.id, ans, EARLY)
    attendees = await house.registrations.of_meeting(found)
    assert {one.person.email: one.queue for one in attendees} == {ROOS: 1, MIEL: 2, ANS: None}
    assert {one.person.email: one.replaces for one in attendees}[ROOS] == "Ans Dewulf"


async def test_a_chain_of_replacements_names_who_really_comes(scene: Scene) -> None:
    await scene.register("ans")
    replace, id_ = scene.house.registrations.replace, scene.id
    await replace(scene.meeting.id, id_("ans"), id_("tarik"), scene.viewers["ans"], EARLY)
    await replace(scene.meeting.id, id_("tarik"), id_("roos"), scene.viewers["tarik"], EARLY)
    attendees = {one.person.first_name: one for one in await scene.house.registrations.of_meeting(scene.meeting)}
    assert {name: one.replaced_by for name, one in attendees.items()} == {
        "Ans": "Roos Pauwels",
        "Tarik": "Roos Pauwels",
        "Roos": None,
    }
    await scene.house.registrations.excuse(scene.meeting.id, id_("roos"), scene.viewers["roos"], EARLY)
    attendees = {one.person.first_name: one for one in await scene.house.registrations.of_meeting(scene.meeting)}
    assert {one.replaced_by for one in attendees.values()} == {None}


async def test_the_same_two_may_replace_each_other_again_and_hear_it_each_time(scene: Scene) -> None:
    await scene.register("ans")
    for one, other in (("ans", "tarik"), ("tarik", "ans"), ("ans", "tarik")):
        await scene.house.registrations.replace(
            scene.meeting.id, scene.id(one), scene.id(other), scene.viewers[one], EARLY
        )
    assert await scene.told(REPLACES) == ["tarik", "ans", "tarik"]


async def test_a_guest_is_found_again_by_mail_and_keeps_their_name(scene: Scene) -> None:
    first = await scene.house.registrations.bring(scene.meeting.id, GUEST, scene.viewers["tarik"], EARLY)
    again = await scene.house.registrations.bring(
        scene.meeting.id, NewGuest("K. P.", "Elders", "kaat.peeters@CLB.example"), scene.viewers["tarik"], EARLY
    )
    assert (first.person.name, first.person.affiliation, first.own.status.value) == (
        "Kaat Peeters",
        "CLB Duinrand",
        "registered",
    )
    assert (again.person.id, again.person.name, again.changed) == (first.person.id, "Kaat Peeters", False)


async def test_a_guest_of_a_known_organisation_belongs_to_it(scene: Scene) -> None:
    guest = NewGuest("Jo Maes", "de helm", "jo@duinen.example")
    found = (await scene.house.registrations.bring(scene.meeting.id, guest, scene.viewers["tarik"], EARLY)).person
    assert (found.organisation and found.organisation.name, found.affiliation) == ("De Helm", None)


async def test_a_guest_whose_organisation_is_confidential_is_shown_as_typed(scene: Scene) -> None:
    guest = NewGuest("Miel B.", "Een school", MIEL)
    found = (await scene.house.registrations.bring(scene.meeting.id, guest, scene.viewers["tarik"], EARLY)).person
    assert (found.id, found.name, found.organisation) == (scene.id("miel"), "Miel B.", None)


async def test_a_guest_comes_instead_after_closing_and_who_brought_them_may_take_that_back(scene: Scene) -> None:
    await scene.register("tarik")
    instead_of = scene.id("tarik")
    guest = await scene.house.registrations.bring(
        scene.meeting.id, GUEST, scene.viewers["tarik"], LATE, instead_of=instead_of
    )
    assert await scene.stands() == {"tarik": "excused", "kaat": "registered"}
    out = await scene.house.registrations.withdraw(scene.meeting.id, guest.person.id, scene.viewers["tarik"], LATE)
    assert out.own.status is RegistrationStatus.WITHDRAWN


# Who presents


@pytest.mark.parametrize(
    ("presenter", "told"),
    [
        ("tarik AYDIN", ["roos"]),
        ("Ilse Moens en Tarik", ["roos"]),
        ("Tarik Janssens", []),
        ("Ilse Moens", []),
    ],
)
async def test_the_organiser_hears_that_who_presents_drops_out(scene: Scene, presenter: str, told: list[str]) -> None:
    point = {"meeting_id": scene.meeting.id, "position": 9, "title": "Casus", "presenter": presenter}
    await change(scene.house, insert(AgendaPointRow).values(**point))
    await scene.register("tarik")
    for _ in range(2):
        await scene.house.registrations.excuse(scene.meeting.id, scene.id("tarik"), scene.viewers["tarik"], LATE)
    assert await scene.told(PRESENTER_OUT) == told


async def test_an_organiser_who_presents_is_not_told_of_themself(scene: Scene) -> None:
    point = {"meeting_id": scene.meeting.id, "position": 9, "title": "Casus", "presenter": "Roos Pauwels"}
    await change(scene.house, insert(AgendaPointRow).values(**point))
    await scene.house.registrations.excuse(scene.meeting.id, scene.id("roos"), scene.viewers["roos"], LATE)
    assert await scene.told(PRESENTER_OUT) == []


# Several at once


async def test_several_are_withdrawn_together_or_not_at_all(scene: Scene) -> None:
    await scene.register("ans")
    roos, ids = scene.viewers["roos"], [scene.id("ans"), scene.id("miel")]
    with pytest.raises(refusals.NotRegistered):
        await scene.house.registrations.withdraw_all(scene.meeting.id, ids, roos, EARLY)
    assert await scene.stands() == {"ans": "registered"}
    await scene.register("miel", by="roos")
    gone = await scene.house.registrations.withdraw_all(scene.meeting.id, ids, roos, EARLY)
    assert [(one.person.first_name, one.own.status.value) for one in gone] == [
        ("Ans", "withdrawn"),
        ("Miel", "withdrawn"),
    ]


async def test_several_are_excused_together_or_not_at_all(scene: Scene) -> None:
    await scene.register("ans")
    roos = scene.viewers["roos"]
    with pytest.raises(refusals.NotRegistered):
        await scene.house.registrations.excuse_all(scene.meeting.id, [scene.id("ans"), 99], roos, EARLY)
    assert await scene.stands() == {"ans": "registered"}
    ids = [scene.id("ans"), scene.id("miel")]
    await scene.house.registrations.excuse_all(scene.meeting.id, ids, roos, EARLY, "studiedag")
    assert await scene.stands() == {"ans": "excused", "miel": "excused"}


async def test_who_leaves_together_is_given_no_seat_of_the_others(scene: Scene) -> None:
    await scene.register("ans", "miel", "tarik", "roos", by="roos")
    ids = [scene.id("ans"), scene.id("tarik")]
    gone = await scene.house.registrations.excuse_all(scene.meeting.id, ids, scene.viewers["roos"], EARLY)
    assert [[one.first_name for one in each.given] for each in gone] == [["Roos"], ["Roos"]]
    assert await scene.told(SEAT_GIVEN) == ["roos"]


async def test_who_leaves_the_line_keeps_a_seat_that_they_got_meanwhile(scene: Scene) -> None:
    await scene.register("ans", "miel", "tarik", "roos", by="roos")
    withdraw_all, roos = scene.house.registrations.withdraw_all, scene.viewers["roos"]
    ids = [scene.id("roos"), scene.id("ans")]
    with pytest.raises(refusals.NotRegistered):
        await withdraw_all(scene.meeting.id, ids, roos, EARLY, only_in_line=True)
    assert await scene.stands() == {
        "ans": "registered",
        "miel": "registered",
        "tarik": "waitlisted",
        "roos": "waitlisted",
    }
    await withdraw_all(scene.meeting.id, [scene.id("tarik"), scene.id("roos")], roos, EARLY, only_in_line=True)
    assert await scene.stands() == {
        "ans": "registered",
        "miel": "registered",
        "tarik": "withdrawn",
        "roos": "withdrawn",
    }


async def test_who_is_offered_a_seat_still_stands_in_line(scene: Scene) -> None:
    await scene.register("ans", "miel", "tarik", "roos", by="roos")
    offered = {"status": "offered", "offered_until": LATE}
    who = RegistrationRow.person_id == scene.id("ans")
    await change(scene.house, update(RegistrationRow).where(who).values(**offered))
    ids = [scene.id("ans"), scene.id("tarik")]
    await scene.house.registrations.withdraw_all(scene.meeting.id, ids, scene.viewers["roos"], EARLY, only_in_line=True)
    stands = await scene.stands()
    assert (stands["ans"], stands["tarik"]) == ("withdrawn", "withdrawn")


async def test_a_reason_excuses_nobody_who_comes_after_all(scene: Scene) -> None:
    tarik, note = scene.viewers["tarik"], scene.house.registrations.note_reason
    await scene.register("tarik")
    with pytest.raises(refusals.NotRegistered):
        await note(scene.meeting.id, scene.id("tarik"), "ziek", tarik, EARLY)
    assert await scene.stands() == {"tarik": "registered"}
    await scene.house.registrations.excuse(scene.meeting.id, scene.id("tarik"), tarik, EARLY)
    assert (await note(scene.meeting.id, scene.id("tarik"), " erg  ziek", tarik, EARLY)).changed
    assert await rows(scene.house, select(RegistrationRow.reason)) == [("erg ziek",)]


# The coordinator's seats


async def test_more_seats_go_to_the_line_and_fewer_throw_nobody_out(scene: Scene) -> None:
    for name in ("ans", "miel", "tarik", "roos"):
        await scene.register(name)
    more = await scene.house.seats.set_capacity(scene.meeting.id, 3, scene.viewers["roos"], EARLY)
    fewer = await scene.house.seats.set_capacity(scene.meeting.id, 1, scene.viewers["roos"], EARLY)
    assert ([one.first_name for one in more.given], more.meeting.taken) == (["Tarik"], 3)
    assert (fewer.given, fewer.meeting.taken, fewer.meeting.overfull) == ((), 3, 2)
    await scene.house.registrations.withdraw(scene.meeting.id, scene.id("ans"), scene.viewers["ans"], EARLY)
    assert (await scene.stands())["roos"] == "waitlisted"
    everybody = await scene.house.seats.set_capacity(scene.meeting.id, None, scene.viewers["roos"], EARLY)
    assert [one.first_name for one in everybody.given] == ["Roos"]


async def test_reopening_also_lets_in_after_the_last_day(scene: Scene) -> None:
    closed = await scene.house.seats.close(scene.meeting.id, scene.viewers["roos"], EARLY)
    reopened = await scene.house.seats.reopen(scene.meeting.id, scene.viewers["roos"], LATE)
    assert (closed.registration_open(EARLY), reopened.registration_open(LATE)) == (False, True)


async def test_every_change_is_in_the_history_without_reasons(scene: Scene) -> None:
    await scene.register("ans")
    await scene.house.registrations.excuse(scene.meeting.id, scene.id("ans"), scene.viewers["ans"], EARLY, "geheim")
    await scene.house.seats.set_capacity(scene.meeting.id, 5, scene.viewers["roos"], EARLY)
    columns = (ChangeRow.field, ChangeRow.old, ChangeRow.new, ChangeRow.by_id)
    assert await rows(scene.house, select(*columns).order_by(ChangeRow.id)) == [
        ("registration", None, "registered", scene.id("ans")),
        ("registration", "registered", "excused", scene.id("ans")),
        ("capacity", "2", "5", scene.id("roos")),
    ]


# Refusals change nothing

Ask = Callable[[Scene], Awaitable[Any]]
LONG_AGO = datetime(2027, 3, 1, 10, tzinfo=BRUSSELS)


def registering(who: str, by: str, now: datetime = EARLY) -> Ask:
    return lambda scene: scene.register(who, by=by, now=now)


def calling(room: str, verb: str, *arguments: Any, by: str = "tarik", now: datetime = EARLY, at: int = 0) -> Ask:
    """A call on a service with names for ids; `at` is another meeting than the scene's."""

    def ask(scene: Scene) -> Awaitable[Any]:
        who = scene.viewers.get(by) or {"member": MEMBER, "stranger": STRANGER}[by]
        ids = [scene.id(one) if isinstance(one, str) else one for one in arguments]
        called: Awaitable[Any] = getattr(getattr(scene.house, room), verb)(at or scene.meeting.id, *ids, who, now)
        return called

    return ask


def bringing(name: str, organisation: str, email: str, by: str = "tarik", now: datetime = EARLY) -> Ask:
    return lambda scene: scene.house.registrations.bring(
        scene.meeting.id, NewGuest(name, organisation, email), scene.viewers[by], now
    )


REFUSED: list[tuple[str, Ask, type[Refusal]]] = [
    ("register for another", registering("ans", "tarik"), refusals.NotYours),
    ("register after the last day", registering("tarik", "tarik", LATE), refusals.RegistrationClosed),
    ("register when it is over", registering("tarik", "roos", LONG_AGO), refusals.MeetingOver),
    (
        "register somebody who does not exist",
        calling("registrations", "register", [99], by="roos"),
        refusals.NotRegistered,
    ),
    ("register a tampered id", calling("registrations", "register", [2**70], by="roos"), refusals.NotRegistered),
    ("register a negative id", calling("registrations", "register", [-1], by="roos"), refusals.NotRegistered),
    ("register unknown", calling("registrations", "register", [1], by="member"), refusals.NotKnown),
    ("register as a stranger", calling("registrations", "register", [1], by="stranger"), refusals.NotKnown),
    ("no such meeting", calling("registrations", "register", [1], at=99), refusals.NoSuchMeeting),
    ("a tampered meeting", calling("registrations", "register", [1], at=2**70), refusals.NoSuchMeeting),
    ("a negative meeting", calling("registrations", "register", [1], at=-3), refusals.NoSuchMeeting),
    ("withdraw without", calling("registrations", "withdraw", "tarik"), refusals.NotRegistered),
    ("withdraw another", calling("registrations", "withdraw", "ans"), refusals.NotYours),
    ("withdraw when it is over", calling("registrations", "withdraw", "tarik", now=LONG_AGO), refusals.MeetingOver),
    (
        "withdraw oneself with another",
        lambda scene: calling("registrations", "withdraw_all", [scene.id("tarik"), scene.id("ans")])(scene),
        refusals.NotYours,
    ),
    ("excuse another", calling("registrations", "excuse", "ans"), refusals.NotYours),
    ("excuse when it is over", calling("registrations", "excuse", "tarik", now=LONG_AGO), refusals.MeetingOver),
    ("replace another", calling("registrations", "replace", "ans", "tarik"), refusals.NotYours),
    ("replace who is not there", calling("registrations", "replace", "tarik", "ans"), refusals.NotRegistered),
    ("replace by oneself", calling("registrations", "replace", "roos", "roos", by="roos"), refusals.NotOneself),
    ("replace by nobody", calling("registrations", "replace", "roos", 99, by="roos"), refusals.NotRegistered),
    ("replace by somebody confidential", calling("registrations", "replace", "tarik", "miel"), refusals.NotRegistered),
    ("accept nothing", calling("registrations", "accept"), refusals.NothingOffered),
    ("accept as a member", calling("registrations", "accept", by="member"), refusals.NotKnown),
    ("decline nothing", calling("registrations", "decline"), refusals.NothingOffered),
    ("a guest without a name", bringing(" ", "CLB", "a@b.example"), refusals.NotARealGuest),
    ("a guest without a mail address", bringing("Jo", "CLB", "jo at clb"), refusals.NotARealGuest),
    ("a guest without an organisation", bringing("Jo", "", "a@b.example"), refusals.NotARealGuest),
    ("a guest with too long a name", bringing("J" * 201, "CLB", "a@b.example"), refusals.NotARealGuest),
    ("a guest after the last day", bringing("Jo", "CLB", "a@b.example", now=LATE), refusals.RegistrationClosed),
    ("capacity by somebody else", calling("seats", "set_capacity", 5), refusals.NotCoordinator),
    ("capacity by a stranger", calling("seats", "set_capacity", 5, by="stranger"), refusals.NotCoordinator),
    ("less than no seats", calling("seats", "set_capacity", -1, by="roos"), refusals.NotSensible),
    ("far too many seats", calling("seats", "set_capacity", 2**40, by="roos"), refusals.NotSensible),
    ("close by somebody else", calling("seats", "close"), refusals.NotCoordinator),
    ("close no meeting", calling("seats", "close", by="roos", at=99), refusals.NoSuchMeeting),
    ("close when it is over", calling("seats", "close", by="roos", now=LONG_AGO), refusals.MeetingOver),
    ("a limit of none", calling("seats", "limit", 0, None, by="roos"), refusals.NotSensible),
    ("a limit until last year", calling("seats", "limit", 1, date(2026, 1, 1), by="roos"), refusals.NotSensible),
    ("a limit by somebody else", calling("seats", "limit", 1, None), refusals.NotCoordinator),
]


@pytest.mark.parametrize(("ask", "refusal"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
async def test_a_refusal_changes_nothing(scene: Scene, ask: Ask, refusal: type[Refusal]) -> None:
    before = await everything(scene.house)
    with pytest.raises(refusal):
        await ask(scene)
    assert await everything(scene.house) == before


@pytest.mark.parametrize("verb", ["withdraw", "excuse"])
async def test_nothing_is_decided_about_a_cancelled_meeting(scene: Scene, verb: str) -> None:
    await scene.register("tarik")
    await change(scene.house, update(MeetingRow).values(cancelled_at=EARLY))
    with pytest.raises(refusals.MeetingCancelled):
        await calling("registrations", verb, "tarik")(scene)


async def test_a_seat_goes_to_nobody_who_has_one(scene: Scene) -> None:
    await scene.register("tarik")
    await scene.register("ans")
    with pytest.raises(refusals.AlreadyRegistered):
        await calling("registrations", "replace", "tarik", "ans")(scene)


async def test_who_was_replaced_before_names_nobody_else(scene: Scene) -> None:
    await scene.register("tarik")
    await calling("registrations", "replace", "tarik", "ans")(scene)
    with pytest.raises(refusals.NotNow):
        await calling("registrations", "replace", "tarik", "roos")(scene)
    again = await calling("registrations", "replace", "tarik", "ans")(scene)
    assert not again.changed


async def test_nobody_is_brought_who_said_no_themselves(scene: Scene) -> None:
    await scene.house.registrations.excuse(scene.meeting.id, scene.id("ans"), scene.viewers["ans"], EARLY)
    with pytest.raises(refusals.NotYours):
        await bringing("Ans", "Duinen", ANS)(scene)


async def test_a_reason_may_not_be_a_book(scene: Scene) -> None:
    with pytest.raises(refusals.TooLong):
        await scene.house.registrations.excuse(
            scene.meeting.id, scene.id("tarik"), scene.viewers["tarik"], EARLY, "x" * 1001
        )


async def test_another_standing_for_you_is_told_again_and_the_same_one_is_not(scene: Scene) -> None:
    await scene.register("miel", by="roos")
    await scene.register("miel", by="roos")
    assert await scene.told(REGISTERED_FOR_YOU) == ["miel"]
    await scene.house.registrations.excuse(scene.meeting.id, scene.id("miel"), scene.viewers["roos"], EARLY)
    assert await scene.told(REGISTERED_FOR_YOU) == ["miel", "miel"]


async def test_who_fills_a_meeting_by_their_own_act_gets_no_alert_of_it(scene: Scene) -> None:
    await change(scene.house, update(MeetingRow).values(organiser_id=scene.id("roos"), capacity=4))
    await scene.register("ans", "tarik", by="roos")
    await scene.house.seats.set_capacity(scene.meeting.id, 2, scene.viewers["roos"], EARLY)
    assert await scene.told(SEATS_FULL) == []


async def test_as_full_as_before_with_more_seats_is_no_news(scene: Scene) -> None:
    await change(scene.house, update(MeetingRow).values(organiser_id=scene.id("tarik"), capacity=1))
    await scene.register("ans", "miel", by="roos")
    await scene.house.seats.set_capacity(scene.meeting.id, 2, scene.viewers["roos"], EARLY)
    assert await scene.told(SEATS_FULL) == ["tarik"]
