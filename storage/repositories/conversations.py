"""Queries on the places the bot is in, and on what conversations remember."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, null, select, update
from sqlalchemy.orm import Session

from storage.domain.dialogs import Memory
from storage.domain.network import Network
from storage.domain.people import Person
from storage.domain.places import Place, PlaceKind
from storage.repositories.inserts import Insert, Prepared
from storage.repositories.network import network_of
from storage.repositories.people import person_of
from storage.tables.conversations import MemoryRow, PlaceRow
from storage.tables.meetings import MeetingRow
from storage.tables.network import NetworkRow
from storage.tables.people import OrganisationRow, PersonRow


class PlaceRepository:
    """Conversations the bot can write to."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def arrive(self, place: Place) -> None:
        """Remember a place, or refresh its address; a removed one lives again. What is not told now stays as it was."""
        values = {
            "place": place.conversation_id,
            "scope": place.kind.value,
            "url": place.service_url,
            "tenant": place.tenant_id,
            "team": place.team_id,
            "bot": place.bot_id,
            "whose": place.entra_id,
        }
        self._session.connection().execute(_ARRIVE.for_(self._session), values)

    def claim_welcome(self, place: Place, now: datetime) -> bool:
        """True for the one caller that may greet here."""
        claimed = self._session.execute(
            update(PlaceRow)
            .where(*_is(place), PlaceRow.welcomed_at.is_(None))
            .values(welcomed_at=now)
            .returning(PlaceRow.conversation_id)
        )
        return claimed.first() is not None

    def forget_welcome(self, place: Place) -> None:
        """Nobody greeted here."""
        self._session.execute(update(PlaceRow).where(*_is(place)).values(welcomed_at=None))

    def delete(self, conversation_ids: Collection[str]) -> None:
        """Forget these places altogether."""
        self._session.execute(delete(PlaceRow).where(PlaceRow.conversation_id.in_(conversation_ids)))

    def remove(self, conversation_id: str, now: datetime, why: str) -> None:
        """The bot was removed here: the address is dead, and a return is greeted again."""
        gone = (PlaceRow.conversation_id == conversation_id) | (PlaceRow.team_id == conversation_id)
        values = {"removed_at": now, "removed_why": why, "welcomed_at": None, "posts_here": False}
        self._session.execute(update(PlaceRow).where(gone).values(values))

    def mark_dead(self, conversation_id: str, now: datetime, why: str) -> None:
        """Nothing can be written here any more."""
        here = (PlaceRow.conversation_id == conversation_id, PlaceRow.removed_at.is_(None))
        self._session.execute(update(PlaceRow).where(*here).values(removed_at=now, removed_why=why))

    def personal_of(self, entra_ids: Collection[str]) -> dict[str, tuple[Place, bool]]:
        """The personal chat of each of these people by Entra id, a living one if there is one, and whether it lives."""
        rows = self._session.scalars(_PERSONAL_OF, {"whose": list(entra_ids)})
        return {str(row.entra_id): (place_of(row), row.removed_at is None) for row in rows}

    def at(self, conversation_id: str) -> tuple[Place, bool] | None:
        """The place with this conversation id, and whether it lives; a channel rather than its team."""
        rows = self._session.scalars(
            select(PlaceRow)
            .where(PlaceRow.conversation_id == conversation_id)
            .order_by(PlaceRow.removed_at.is_not(None), PlaceRow.kind == PlaceKind.TEAM)
        )
        row = rows.first()
        return (place_of(row), row.removed_at is None) if row else None

    def live(self, kind: PlaceKind) -> tuple[Place, ...]:
        """The places of one kind where the bot still is."""
        return self._places(PlaceRow.kind == kind, PlaceRow.removed_at.is_(None))

    def post_only_here(self, place: Place) -> None:
        """Make this the one channel where the bot posts."""
        self._session.execute(update(PlaceRow).values(posts_here=and_(*_is(place))))

    def posting(self) -> Place | None:
        """The channel where the bot posts, once chosen."""
        return next(iter(self._places(PlaceRow.posts_here.is_(True), PlaceRow.removed_at.is_(None))), None)

    def _places(self, *conditions: ColumnElement[bool]) -> tuple[Place, ...]:
        rows: Sequence[PlaceRow] = self._session.scalars(select(PlaceRow).where(*conditions)).all()
        return tuple(place_of(row) for row in rows)


def place_of(row: PlaceRow) -> Place:
    """The domain value of a row."""
    return Place(
        row.conversation_id,
        PlaceKind(row.kind),
        row.service_url,
        row.tenant_id,
        row.team_id,
        row.bot_id,
        row.entra_id,
    )


_ADDRESS = {
    "service_url": bindparam("url"),
    "tenant_id": bindparam("tenant"),
    "team_id": bindparam("team"),
    "bot_id": bindparam("bot"),
    "entra_id": bindparam("whose"),
    "removed_at": null(),
    "removed_why": null(),
}


def _as_it_was(insert: Insert) -> dict[str, ColumnElement[str | None]]:
    """What not every activity from a place tells of it."""
    told = ("tenant_id", "team_id", "bot_id", "entra_id")
    return {name: func.coalesce(insert.excluded[name], getattr(PlaceRow, name)) for name in told}


_ARRIVE = Prepared(
    PlaceRow,
    lambda insert: insert.values(
        conversation_id=bindparam("place"), kind=bindparam("scope"), posts_here=False, **_ADDRESS
    ).on_conflict_do_update(index_elements=["conversation_id", "kind"], set_=_ADDRESS | _as_it_was(insert)),
)


_PERSONAL_OF = (
    select(PlaceRow)
    .where(PlaceRow.kind == PlaceKind.PERSONAL.value, PlaceRow.entra_id.in_(bindparam("whose", expanding=True)))
    .order_by(PlaceRow.removed_at.is_(None), PlaceRow.conversation_id)
)


def _is(place: Place) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PlaceRow.conversation_id == place.conversation_id, PlaceRow.kind == place.kind.value


class MemoryRepository:
    """What conversations remember."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def visit(
        self, entra_id: str | None, conversation_id: str, place: Place | None = None
    ) -> tuple[Network, Person | None, Memory, bool]:
        """The network, the person with this Entra id, this conversation's memory, and whether `place` is as we know it.

        One query.
        """
        values = {
            "entra_id": entra_id or None,
            "conversation": conversation_id,
            "place": place.conversation_id if place else None,
            "kind": place.kind.value if place else None,
        }
        network, person, organisation, memory, known = self._session.execute(_VISIT, values).one()
        who = person_of(person, organisation) if person is not None else None
        same = known is not None and known.removed_at is None and place_of(known) == place
        return network_of(network), who, _memory_of(memory) if memory is not None else Memory(), same

    def forget_before(self, moment: datetime) -> None:
        """Forget what was last talked about before this moment."""
        self._session.execute(delete(MemoryRow).where(MemoryRow.at < moment))

    def keep(self, conversation_id: str, memory: Memory, now: datetime) -> None:
        """Remember what was last talked about here."""
        values = {
            "conversation": conversation_id,
            "meeting": memory.meeting_id,
            "person": memory.person_id,
            "organisation": memory.organisation_id,
            "what": memory.intent,
            "waiting": memory.pending or None,
            "now": now,
        }
        self._session.connection().execute(_KEEP.for_(self._session), values)


# Every turn runs these, and building a statement costs more than running it: they are built once.
_VISIT = (
    select(NetworkRow, PersonRow, OrganisationRow, MemoryRow, PlaceRow)
    .select_from(NetworkRow)
    .outerjoin(PersonRow, PersonRow.entra_id == bindparam("entra_id"))
    .outerjoin(OrganisationRow, PersonRow.organisation_id == OrganisationRow.id)
    .outerjoin(MemoryRow, MemoryRow.conversation_id == bindparam("conversation"))
    .outerjoin(PlaceRow, and_(PlaceRow.conversation_id == bindparam("place"), PlaceRow.kind == bindparam("kind")))
)
_KEPT = {
    # Looked up: a button may name what never was, or is gone by now, and then nothing is remembered of it.
    "meeting_id": select(MeetingRow.id).where(MeetingRow.id == bindparam("meeting")).scalar_subquery(),
    "person_id": select(PersonRow.id).where(PersonRow.id == bindparam("person")).scalar_subquery(),
    "organisation_id": select(OrganisationRow.id)
    .where(OrganisationRow.id == bindparam("organisation"))
    .scalar_subquery(),
    "intent": bindparam("what"),
    "pending": bindparam("waiting"),
    "at": bindparam("now", type_=MemoryRow.at.type),
}
_KEEP = Prepared(
    MemoryRow,
    lambda insert: insert.values(conversation_id=bindparam("conversation"), **_KEPT).on_conflict_do_update(
        index_elements=["conversation_id"], set_=_KEPT
    ),
)


def _memory_of(row: MemoryRow) -> Memory:
    return Memory(row.meeting_id, row.person_id, row.organisation_id, row.intent, row.at, row.pending)
