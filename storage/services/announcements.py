"""Passing on: announcements of a coordinator, questions to the coordinator, and their answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.domain.announcements import LONGEST_TEXT, Announcement, AnnouncementState, Asked, may_be_announced_to
from storage.domain.notices import POSTING_CHANNEL, NewNotice, Timing, to_person
from storage.domain.people import Person, Role, Viewer
from storage.domain.refusals import (
    AlreadyAnswered,
    AlreadyDecided,
    NobodyToTell,
    NoChannelChosen,
    NoSuchAnnouncement,
    NoSuchQuestion,
    NotCoordinator,
    NothingSaid,
    NotKnown,
    TooLong,
)
from storage.services.gate import Chosen, Use, check
from storage.unit_of_work import UnitOfWork, Units

ANNOUNCEMENT = "announcement"
QUESTION = "asked"
ANSWER = "answered"

KEPT = timedelta(days=180)
"""How long announcements, questions to the coordinator and their answers are kept."""

LONGEST_FAQ = 500


MOST_WORDINGS = 10


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """How a question goes to the frequently asked ones: its wording there, and others by which it is recognised."""

    question: str
    also: tuple[str, ...] = ()


class Announcements:
    """What a coordinator lets everybody know."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._planned: dict[int, Announcement] = {}

    async def draft(
        self, text: str, viewer: Viewer, to_channel: bool, now: datetime, *, chosen: Chosen = False
    ) -> tuple[Announcement, int]:
        """Keep an announcement until its author decides, and to how many people it would go (0: the channel).

        Raises NotCoordinator, NothingSaid, TooLong, NobodyToTell, NoChannelChosen, IdentifiesSomebody("text").
        """
        author = _coordinator(viewer)
        said = _said(text)

        def work(unit: UnitOfWork) -> tuple[Announcement, int]:
            count = 0 if to_channel else len(_audience(unit, author))
            if to_channel and unit.places.posting() is None:
                raise NoChannelChosen
            if not to_channel and not count:
                raise NobodyToTell
            check(unit, said, "text", Use.WORK, chosen)
            drafted = unit.announcements.get(unit.announcements.draft(said, author, to_channel, now))
            if drafted is None:
                raise NoSuchAnnouncement
            return drafted, count

        return await self._units.write(work)

    async def send(self, announcement_id: int, viewer: Viewer, now: datetime, urgent: bool = False) -> int:
        """Plan one's own draft for everybody it is for; how many notices that makes. `urgent`: at any hour.

        Raises NotCoordinator, NoSuchAnnouncement, AlreadyDecided.
        """
        author = _coordinator(viewer)

        def work(unit: UnitOfWork) -> int:
            found = _decided(unit, announcement_id, author, AnnouncementState.PLANNED)
            targets = (
                [POSTING_CHANNEL] if found.to_channel else [to_person(one.id) for one in _audience(unit, found.author)]
            )
            timing = Timing.URGENT if urgent else Timing.NORMAL
            data = {"channel": found.to_channel}
            notices = [NewNotice(ANNOUNCEMENT, str(found.id), target, target, now, timing, data) for target in targets]
            return unit.notices.plan_all(notices, now)

        return await self._units.write(work)

    async def drop(self, announcement_id: int, viewer: Viewer) -> None:
        """Never send one's own draft. Raises NotCoordinator, NoSuchAnnouncement, AlreadyDecided."""
        author = _coordinator(viewer)
        await self._units.write(lambda unit: _decided(unit, announcement_id, author, AnnouncementState.DROPPED))

    async def get(self, announcement_id: int) -> Announcement | None:
        """One announcement."""
        if announcement_id in self._planned:
            return self._planned[announcement_id]
        found = await self._units.read(lambda unit: unit.announcements.get(announcement_id))
        if found is not None and found.state is AnnouncementState.PLANNED:
            self._planned = {announcement_id: found}  # it changes no more, and is sent to many people in a row
        return found

    async def forget_old(self, now: datetime) -> None:
        """Forget what was announced and asked long ago."""

        self._planned = {}

        def work(unit: UnitOfWork) -> None:
            unit.announcements.forget_before(now - KEPT)
            unit.asked.forget_before(now - KEPT)

        await self._units.write(work)


class Asking:
    """Questions to the coordinator."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def ask(
        self, question: str, viewer: Viewer, now: datetime, key: str = "", *, chosen: Chosen = False
    ) -> tuple[Person, ...]:
        """Pass a question on to the coordinators at once; to whom. Asked again with the same `key` it stays one.

        Raises NotKnown, NothingSaid, TooLong, NobodyToTell, IdentifiesSomebody("text").
        """
        if viewer.person is None:
            raise NotKnown
        asker, said = viewer.person, _said(question)

        def work(unit: UnitOfWork) -> tuple[Person, ...]:
            coordinators = tuple(one for one in unit.people.with_role(Role.COORDINATOR) if one.id != asker.id)
            if not coordinators:
                raise NobodyToTell
            check(unit, said, "text", chosen=chosen)
            subject = str(unit.asked.add(said, asker, now, key))
            notices = [
                NewNotice(QUESTION, subject, str(one.id), to_person(one.id), now, Timing.URGENT) for one in coordinators
            ]
            unit.notices.plan_all(notices, now)
            return coordinators

        return await self._units.write(work)

    async def answer(
        self,
        asked_id: int,
        answer: str,
        viewer: Viewer,
        now: datetime,
        faq: FaqEntry | None = None,
        *,
        chosen: Chosen = False,
    ) -> Asked:
        """Answer a question: the asker hears it at once, the other coordinators see that it was done.

        `faq`: how it also goes to the frequently asked questions; None when it does not. Raises NotCoordinator,
        NothingSaid, TooLong, NoSuchQuestion, AlreadyAnswered, IdentifiesSomebody("answer", "wording" or "also").
        """
        by, said = _coordinator(viewer), _said(answer)

        def work(unit: UnitOfWork) -> Asked:
            before = unit.asked.get(asked_id)
            if before is None:
                raise NoSuchQuestion
            if before.answer is not None:
                raise AlreadyAnswered
            check(unit, said, "answer", Use.WORK, chosen)
            if faq is not None:
                _check_faq(unit, before, faq, chosen)
            if not unit.asked.answer(asked_id, said, by, now):
                raise AlreadyAnswered
            found = unit.asked.get(asked_id)
            if found is None:
                raise NoSuchQuestion
            unit.notices.plan_all(
                [NewNotice(ANSWER, str(asked_id), "asker", to_person(found.asker.id), now, Timing.URGENT)], now
            )
            unit.notices.changed(QUESTION, str(asked_id), now)
            if faq is not None:
                _add_to_faq(unit, found, faq)
            return found

        return await self._units.write(work)

    async def get(self, asked_id: int) -> Asked | None:
        """One question."""
        return await self._units.read(lambda unit: unit.asked.get(asked_id))


def _coordinator(viewer: Viewer) -> Person:
    if viewer.person is None or not viewer.is_coordinator:
        raise NotCoordinator
    return viewer.person


def _said(text: str) -> str:
    said = _kept(text).strip()
    if not said:
        raise NothingSaid
    if len(said) > LONGEST_TEXT:
        raise TooLong
    return said


def _kept(text: str) -> str:
    """The text without what no database keeps: NUL, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _audience(unit: UnitOfWork, author: Person) -> list[Person]:
    everybody = [person for role in Role for person in unit.people.with_role(role)]
    return [person for person in everybody if may_be_announced_to(person, author)]


def _decided(unit: UnitOfWork, announcement_id: int, author: Person, state: AnnouncementState) -> Announcement:
    found = unit.announcements.get(announcement_id)
    if found is None or found.author.id != author.id:
        raise NoSuchAnnouncement
    if not unit.announcements.decide(announcement_id, state):
        raise AlreadyDecided
    return found


def _add_to_faq(unit: UnitOfWork, asked: Asked, entry: FaqEntry) -> None:
    """Only in the coordinator's words: what somebody typed may name who it was about."""
    question, also = _wordings(asked, entry)
    unit.asked.add_to_faq(question, also, asked.answer or "")
    unit.network.raise_revision()


def _check_faq(unit: UnitOfWork, asked: Asked, entry: FaqEntry, chosen: Chosen) -> None:
    """Everybody reads it, and it is made of what somebody asked: nobody is recognised in it."""
    question, also = _wordings(asked, entry)
    check(unit, question, "wording", chosen=chosen)
    check(unit, "\n".join(also), "also", chosen=chosen)


def _wordings(asked: Asked, entry: FaqEntry) -> tuple[str, list[str]]:
    also = [wording for one in entry.also if (wording := _on_one_line(one))]
    return _on_one_line(entry.question) or next(iter(also), "") or _on_one_line(asked.question), also[:MOST_WORDINGS]


def _on_one_line(text: str) -> str:
    return " ".join(_kept(text).split())[:LONGEST_FAQ]
