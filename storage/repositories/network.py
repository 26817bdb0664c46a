"""Queries on the network itself, its questions, and every name in it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.domain.meetings import MeetingKind
from storage.domain.network import MeetingName, Names, Network, OrganisationName, PersonName, Question
from storage.domain.people import OrganisationStatus, Role
from storage.tables.meetings import MeetingRow
from storage.tables.network import NetworkRow, QuestionRow
from storage.tables.people import OrganisationRow, PersonRow


def network_of(row: NetworkRow) -> Network:
    """The domain value of the network's row."""
    return Network(row.name, row.timezone, tuple(row.regions), row.revision)


class NetworkRepository:
    """The network, its questions and names."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def raise_revision(self) -> None:
        """Tell every replica that a name changed."""
        self._session.execute(update(NetworkRow).values(revision=NetworkRow.revision + 1))

    def names(self, first: datetime, last: datetime) -> Names:
        """Every name: of all people, organisations and questions, and of the meetings between two moments."""
        return Names(
            meetings=self._meeting_names(first, last),
            people=tuple(
                PersonName(id_, name, Role(role), organisation)
                for id_, name, role, organisation in self._session.execute(
                    select(PersonRow.id, PersonRow.name, PersonRow.role, PersonRow.organisation_id).order_by(
                        PersonRow.id
                    )
                )
            ),
            organisations=tuple(
                OrganisationName(id_, name, OrganisationStatus(status))
                for id_, name, status in self._session.execute(
                    select(OrganisationRow.id, OrganisationRow.name, OrganisationRow.status).order_by(
                        OrganisationRow.id
                    )
                )
            ),
            questions=tuple(
                Question(row.id, row.question, tuple(row.also), row.answer)
                for row in self._session.scalars(select(QuestionRow).order_by(QuestionRow.id))
            ),
        )

    def _meeting_names(self, first: datetime, last: datetime) -> tuple[MeetingName, ...]:
        rows = self._session.scalars(
            select(MeetingRow).where(MeetingRow.starts_at.between(first, last)).order_by(MeetingRow.starts_at)
        )
        return tuple(
            MeetingName(
                id=row.id,
                kind=MeetingKind(row.kind),
                title=row.title,
                day=row.starts_local.date(),
                themes=tuple(row.themes),
                place=row.location_name,
                address=row.location_address,
                guests=tuple(guest["name"] for guest in row.guests),
                cancelled=row.cancelled_at is not None,
            )
            for row in rows
        )
