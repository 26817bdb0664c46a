"""Invitations: who is invited, who can't be reached, and the rules by which what goes out by itself goes out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import partial

from storage.domain.invitations import (
    INVITATION,
    INVITATION_POST,
    Invited,
    Told,
    Unreachable,
    may_be_invited,
    occurrence,
)
from storage.domain.invitations import represented as represented_by
from storage.domain.meetings import Audience, Meeting, MeetingKind, MeetingQuery, Which
from storage.domain.network import DEFAULT_TIMEZONE
from storage.domain.notices import POSTING_CHANNEL, NewNotice, NoticeState, Timing, to_person
from storage.domain.people import Person, Role, Viewer
from storage.domain.planning import tidy
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NobodyToTell,
    NoSuchMeeting,
    NotCoordinator,
    NotNow,
    NotSensible,
    RegistrationClosed,
    TooLong,
)
from storage.domain.registrations import COMES, IN_LINE
from storage.domain.rules import CHOICES, HIGHEST, LONGEST_RULE_TEXT, Rules
from storage.services.due import Coming, coming_meetings
from storage.services.errands import each_alone
from storage.services.gate import Chosen, Use, check
from storage.services.telling import ARRIVED, SAID_NO, plan_cancelled, plan_changed
from storage.unit_of_work import UnitOfWork, Units

__all__ = ["Invitations", "plan_cancelled", "plan_changed"]

EVERY_KIND = "*"
"""The kind of a draft of a rule for all kinds of meetings."""

_TRIED = ARRIVED | {NoticeState.READY, NoticeState.HELD}


class Invitations:
    """What goes out about meetings by itself."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def preview(self, meeting_id: int, viewer: Viewer, now: datetime) -> Invited:
        """To whom an invitation would go now. Raises what `invite` raises."""
        inviter = _coordinator(viewer)
        return await self._units.read(lambda unit: _invited(unit, _open_meeting(unit, meeting_id, now), inviter, now))

    async def invite(self, meeting_id: int, viewer: Viewer, now: datetime, urgent: bool = False) -> Invited:
        """Invite everybody a meeting is for who did not answer yet, once each; again only those who are new.

        `urgent`: at any hour. Raises NotCoordinator, NoSuchMeeting, MeetingOver, MeetingCancelled,
        RegistrationClosed, NobodyToTell.
        """
        inviter = _coordinator(viewer)

        def work(unit: UnitOfWork) -> Invited:
            invited = _invited(unit, _open_meeting(unit, meeting_id, now), inviter, now)
            if not invited.tried and not invited.channel:
                raise NobodyToTell
            _plan(unit, invited, now, Timing.URGENT if urgent else Timing.NORMAL)
            return invited

        return await self._units.write(work)

    async def unreachable(self, meeting_id: int, viewer: Viewer, now: datetime) -> Unreachable:
        """Who must hear of a meeting in another way; for coordinators and its organiser.

        Raises NotCoordinator, NoSuchMeeting, MeetingOver.
        """

        def work(unit: UnitOfWork) -> Unreachable:
            meeting = _meeting(unit, meeting_id)
            if not viewer.is_coordinator and (viewer.person is None or viewer.person.id != meeting.organiser_id):
                raise NotCoordinator
            if meeting.is_over(now):
                raise MeetingOver
            return Unreachable(meeting, _unreachable(unit, meeting, viewer, now))

        return await self._units.read(work)

    async def unreached(
        self, meeting_id: int, person_id: int, now: datetime, comes: bool = False
    ) -> Unreachable | None:
        """Whom this person must tell of a meeting in another way; `comes`: only of those on its list.

        None when there is nobody, or when it is too late for that.
        """

        def work(unit: UnitOfWork) -> Unreachable | None:
            person = next(iter(unit.people.by_ids([person_id])), None)
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            if person is None or meeting is None or meeting.cancelled or meeting.is_over(now):
                return None
            people = _unreachable(unit, meeting, Viewer(person, member=True), now, everybody=not comes)
            return Unreachable(meeting, people) if people else None

        return await self._units.read(work)

    async def title(self, meeting_id: int) -> str | None:
        """The title of the meeting that a notice is about."""

        def work(unit: UnitOfWork) -> str | None:
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            return meeting.title if meeting else None

        return await self._units.read(work)

    async def told(self, meeting_id: int, person_id: int | None) -> Told | None:
        """What a notice about a meeting may say to one person, or in the channel; None when either is gone."""
        return await self._units.read(lambda unit: _told(unit, meeting_id, person_id))

    async def plan_due(self, now: datetime) -> int:
        """Plan the nudges and reminders whose time has come; how many. Called again and again, each is planned once."""
        coming = await self._units.read(lambda unit: coming_meetings(unit, now))
        return await each_alone({one.meeting.id: partial(self._plan, one, now) for one in coming})

    async def _plan(self, coming: Coming, now: datetime) -> int:
        """Plan what is due about one meeting."""
        due = await self._units.read(lambda unit: coming.due(unit, now)) if coming.may_have(now) else []
        if not due:
            return 0
        return await self._units.write(lambda unit: sum(one.plan(unit, now) for one in due))

    # --- the rules

    async def rules(self, kind: MeetingKind) -> Rules:
        """The rules of one kind of meeting."""
        return await self._units.read(lambda unit: unit.rules.of(kind))

    async def all_rules(self) -> Mapping[MeetingKind, Rules]:
        """The rules of every kind of meeting."""
        return await self._units.read(lambda unit: unit.rules.all())

    async def set_rule(self, kind: MeetingKind | None, name: str, value: str, viewer: Viewer) -> None:
        """Set a rule of one kind of meeting, or of all. An empty text is none.

        Raises NotCoordinator, NotSensible, TooLong, IdentifiesSomebody with the rule's name.
        """
        _coordinator(viewer)
        kept = _checked(name, value)

        def work(unit: UnitOfWork) -> None:
            _gated(unit, {name: kept}, chosen=False)
            _set(unit, kind, name, kept)

        await self._units.write(work)

    async def set_rules(
        self, kind: MeetingKind, values: Mapping[str, str], viewer: Viewer, *, chosen: Chosen = False
    ) -> None:
        """Set several rules of one kind of meeting, or none of them. Raises what `set_rule` raises."""
        _coordinator(viewer)
        kept = {name: _checked(name, value) for name, value in values.items()}

        def work(unit: UnitOfWork) -> None:
            _gated(unit, kept, chosen)
            for name, value in kept.items():
                _set(unit, kind, name, value)

        await self._units.write(work)

    async def draft_rule(
        self, kind: MeetingKind | None, name: str, value: str, viewer: Viewer, *, chosen: Chosen = False
    ) -> str:
        """Keep what a coordinator wants to set until they confirm it; the value as kept. Raises as `set_rule` does."""
        coordinator = _coordinator(viewer)
        kept = _checked(name, value)
        where = kind.value if kind else EVERY_KIND

        def work(unit: UnitOfWork) -> None:
            _gated(unit, {name: kept}, chosen)
            unit.rules.set(where, _draft(name, coordinator), kept)

        await self._units.write(work)
        return kept

    async def agree_rule(self, kind: MeetingKind | None, name: str, viewer: Viewer, agreed: bool = True) -> str:
        """Set what one drafted, or drop it; the value. Raises NotCoordinator, NotSensible; NotNow without a draft."""
        coordinator = _coordinator(viewer)
        if name not in _NAMES:
            raise NotSensible(name)
        where = kind.value if kind else EVERY_KIND

        def work(unit: UnitOfWork) -> str:
            value = unit.rules.get(where, _draft(name, coordinator))
            if value is None:
                raise NotNow
            unit.rules.forget(where, _draft(name, coordinator))
            if agreed:
                _set(unit, kind, name, value)
            return value

        return await self._units.write(work)


_NAMES = frozenset(field.name for field in fields(Rules))


_MOST_DIGITS = 6
"""A longer number is none that anybody means, and Python reads no number of thousands of digits."""


def _checked(name: str, value: str) -> str:
    """The value as it is kept: a text without what no database keeps, a number in plain digits.

    Raises NotSensible for what is no such rule or no such number, TooLong for a text nobody would read.
    """
    if name not in _NAMES:
        raise NotSensible(name)
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise NotSensible(name)
        return value
    if isinstance(getattr(Rules(), name), str):
        text = tidy(value, lines=True) or ""
        if len(text) > LONGEST_RULE_TEXT:
            raise TooLong
        return text
    if not value.isdecimal() or len(value) > _MOST_DIGITS or int(value) > HIGHEST:
        raise NotSensible(name)
    return str(int(value))


def _gated(unit: UnitOfWork, values: Mapping[str, str], chosen: Chosen) -> None:
    """The gate for what everybody will read; a number tells of nobody."""
    for name, value in values.items():
        if not value.isdecimal():
            check(unit, value, name, Use.WORK, chosen)


def _set(unit: UnitOfWork, kind: MeetingKind | None, name: str, value: str) -> None:
    for one in [kind] if kind else MeetingKind:
        unit.rules.set(one.value, name, value)


def _draft(name: str, coordinator: Person) -> str:
    """The name under which a draft is kept beside the rules: nobody reads it as one."""
    return f"?{coordinator.id}.{name}"


def _coordinator(viewer: Viewer) -> Person:
    if viewer.person is None or not viewer.is_coordinator:
        raise NotCoordinator
    return viewer.person


def _meeting(unit: UnitOfWork, meeting_id: int) -> Meeting:
    found = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    if found is None:
        raise NoSuchMeeting
    return found


def _open_meeting(unit: UnitOfWork, meeting_id: int, now: datetime) -> Meeting:
    """A meeting to which people can be invited."""
    meeting = _meeting(unit, meeting_id)
    if meeting.is_over(now):
        raise MeetingOver
    if meeting.cancelled:
        raise MeetingCancelled
    if not meeting.registration_open(now):
        raise RegistrationClosed
    return meeting


def _invited(unit: UnitOfWork, meeting: Meeting, inviter: Person, now: datetime) -> Invited:
    planned = unit.invitations.planned(INVITATION, meeting.id).values()
    had = {one.target for one in planned if one.state in _TRIED}
    skipped = {to_person(inviter.id), *had}
    found = _by_reach(unit, _whom(unit, meeting, now))
    known, unsure, gone = (tuple(one for one in each if to_person(one.id) not in skipped) for each in found)
    posted = any(one.state in _TRIED for one in unit.invitations.planned(INVITATION_POST, meeting.id).values())
    channel = meeting.audience is Audience.NETWORK and unit.places.posting() is not None and not posted
    return Invited(meeting, known, unsure, gone, len(had), channel)


def _whom(unit: UnitOfWork, meeting: Meeting, now: datetime) -> tuple[Person, ...]:
    """Who is invited: of the whole network those who did not answer; for a closed meeting those who take part.

    Nobody being on the list of a closed meeting yet, those who were on that of the one before.
    """
    stands = unit.invitations.stands(meeting.id)
    if meeting.audience is Audience.NETWORK:
        answered = {stand.person_id for stand in stands}
        everybody = (person for role in Role for person in unit.people.with_role(role))
        return tuple(one for one in everybody if may_be_invited(one) and one.id not in answered)
    if not stands:
        query = MeetingQuery(Which.PREVIOUS, meeting.kind)
        past = unit.meetings.past(query, now, DEFAULT_TIMEZONE, None)
        stands = tuple(one for found in past[:1] for one in unit.invitations.stands(found.id))
    runs = {meeting.organiser_id, meeting.note_taker_id} - {None}
    ids = {stand.person_id for stand in stands if stand.status not in SAID_NO}
    return unit.people.by_ids([*ids, *(one for one in runs if one is not None)])


def _by_reach(
    unit: UnitOfWork, people: Sequence[Person]
) -> tuple[tuple[Person, ...], tuple[Person, ...], tuple[Person, ...]]:
    """These people, apart: those who can be written to, those not seen in Teams yet, and those who are gone."""
    places = unit.places.personal_of([one.entra_id for one in people if one.entra_id])
    gone = {entra_id for entra_id, (_, lives) in places.items() if not lives}
    return (
        tuple(one for one in people if one.entra_id and one.entra_id not in gone),
        tuple(one for one in people if not one.entra_id),
        tuple(one for one in people if one.entra_id in gone),
    )


def _plan(unit: UnitOfWork, invited: Invited, now: datetime, timing: Timing) -> None:
    """Plan what was never planned, and what was cancelled or never arrived once more."""
    meeting, subject = invited.meeting, str(invited.meeting.id)
    people = {occurrence(one.id): to_person(one.id) for one in invited.tried}
    unit.invitations.revive(INVITATION, meeting.id, people, now, timing)
    notices = [NewNotice(INVITATION, subject, key, target, now, timing) for key, target in people.items()]
    if invited.channel:
        unit.invitations.revive(INVITATION_POST, meeting.id, [POSTING_CHANNEL], now, timing)
        data = {"channel": True}
        notices.append(NewNotice(INVITATION_POST, subject, POSTING_CHANNEL, POSTING_CHANNEL, now, timing, data))
    unit.notices.plan_all(notices, now)


def _unreachable(
    unit: UnitOfWork, meeting: Meeting, viewer: Viewer, now: datetime, everybody: bool = True
) -> tuple[Person, ...]:
    """Who is on a meeting's list, and everybody it is for, whom nothing can be written to."""
    stands = unit.invitations.stands(meeting.id)
    people = set(unit.people.by_ids([stand.person_id for stand in stands if stand.status in COMES | IN_LINE]))
    people |= set(_whom(unit, meeting, now)) if everybody else set()
    _, unsure, gone = _by_reach(unit, tuple(people))
    planned = unit.invitations.planned(INVITATION, meeting.id).values()
    tried = {one.target for one in planned if one.state in _TRIED}
    out = [*gone, *(one for one in unsure if to_person(one.id) not in tried)]
    return _by_organisation(one for one in out if viewer.may_meet(one))


def _by_organisation(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda one: (_where(one) is None, _where(one) or "", one.name)))


def _where(person: Person) -> str | None:
    return person.organisation.name if person.organisation else person.affiliation


def _told(unit: UnitOfWork, meeting_id: int, person_id: int | None) -> Told | None:
    meeting = unit.meetings.by_ids([meeting_id], person_id).get(meeting_id)
    if meeting is None:
        return None
    rules, stands = unit.rules.of(meeting.kind), unit.invitations.stands(meeting_id)
    if person_id is None:
        return Told(meeting, rules)
    person = next(iter(unit.people.by_ids([person_id])), None)
    if person is None:
        return None
    own = unit.registrations.standing(person_id, meeting_id)
    visible = meeting.agenda_visible_to(Viewer(person, member=True))
    organisation = person.organisation.id if person.organisation else None
    return Told(
        meeting,
        rules,
        person,
        own,
        unit.invitations.replaces(meeting_id, person_id),
        unit.agenda.of_meeting(meeting_id) if visible else (),
        answered=any(stand.person_id == person_id for stand in stands),
        represented=organisation in represented_by(stands),
    )
