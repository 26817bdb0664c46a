"""Who may start a poll, and ask whom."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.domain.new_polls import must_be_to_come, sensible
from storage.domain.notices import to_place
from storage.domain.people import Person, Viewer
from storage.domain.places import PlaceKind, base_of
from storage.domain.polls import NewPoll, Whom
from storage.domain.refusals import NotCoordinator, NotNow, NotSensible, NotYours
from storage.services.gate import Chosen, check
from storage.services.points_held import known
from storage.services.poll_creating import meeting_of, use_of_options
from storage.unit_of_work import UnitOfWork

MOST_OPEN = 5
"""Polls that somebody who does not coordinate may have open or planned, and that may come back."""

LONGEST_TARGET = 420
"""Characters of a target, as its column has them."""


def allowed(
    unit: UnitOfWork, new: NewPoll, viewer: Viewer, now: datetime, chosen: Chosen = False
) -> tuple[NewPoll, Person]:
    """A poll that this viewer may start, tidied, and who they are. See `Polls.create` for what it raises."""
    by = known(viewer)
    said = sensible(new)
    must_be_to_come(said.options, now.astimezone(ZoneInfo(unit.imports.timezone())).date())
    _must_be_allowed(unit, said, viewer)
    check(unit, said.question, "question", chosen=chosen)
    check(unit, "\n".join(one.text for one in said.options), "options", use_of_options(viewer), chosen)
    if not viewer.is_coordinator and unit.polls.started_by(by.id) >= MOST_OPEN:
        raise NotNow
    return replace(said, meeting_id=_about(unit, said, viewer)), by


def _about(unit: UnitOfWork, new: NewPoll, viewer: Viewer) -> int | None:
    """The meeting that it is about. Here that is the one of this chat: a button says another one for who runs that."""
    if new.whom is not Whom.HERE:
        return new.meeting_id
    meeting = meeting_of(unit, new, viewer)
    runs = meeting is not None and (viewer.is_coordinator or meeting.organiser_id == known(viewer).id)
    return new.meeting_id if runs else unit.reports.meeting_of_chat(base_of(new.conversation_id))


def _must_be_allowed(unit: UnitOfWork, new: NewPoll, viewer: Viewer) -> None:
    """Raises NotCoordinator, NotYours, NotSensible("whom") and NotSensible("meeting")."""
    meeting = meeting_of(unit, new, viewer)
    if new.whom is Whom.HERE:
        _must_be_together(unit, new)
    elif new.whom is Whom.PARTICIPANTS:
        if meeting is None:
            raise NotSensible("meeting")
        if not (viewer.is_coordinator or meeting.organiser_id == known(viewer).id):
            raise NotYours
    elif not viewer.is_coordinator:
        raise NotCoordinator


def _must_be_together(unit: UnitOfWork, new: NewPoll) -> None:
    """Here is somewhere with others: not one's own chat with the bot, nor nowhere. Raises NotSensible("whom")."""
    place = unit.places.at(base_of(new.conversation_id)) if new.conversation_id else None
    alone = place is not None and place[0].kind is PlaceKind.PERSONAL
    if not new.conversation_id or alone or len(to_place(new.conversation_id)) > LONGEST_TARGET:
        raise NotSensible("whom")
