"""Queries on people, organisations and introductions."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.orm import Session

from storage.domain.people import Organisation, OrganisationKind, OrganisationStatus, Person, Role
from storage.repositories.inserts import insert_into
from storage.tables.people import IntroductionRow, OrganisationRow, PersonRow


def organisation_of(row: OrganisationRow) -> Organisation:
    """The domain value of an organisation's row."""
    return Organisation(row.id, row.name, OrganisationKind(row.kind), OrganisationStatus(row.status), row.region)


def person_of(row: PersonRow, organisation: OrganisationRow | None) -> Person:
    """The domain value of a person's row and that of their organisation."""
    belongs = organisation_of(organisation) if organisation is not None else None
    return Person(row.id, row.name, row.email, Role(row.role), belongs, row.entra_id, row.affiliation)


class PeopleRepository:
    """People and organisations."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_ids(self, ids: Collection[int]) -> tuple[Person, ...]:
        """These people, in order of name."""
        return self._people(_BY_IDS, {"ids": list(ids)})

    def by_emails(self, emails: Collection[str]) -> tuple[Person, ...]:
        """The people with one of these lower-case mail addresses."""
        return self._people(_people().where(PersonRow.email.in_(emails)))

    def by_entra_id(self, entra_id: str) -> Person | None:
        """The person with this Entra object id."""
        return next(iter(self._people(_people().where(PersonRow.entra_id == entra_id))), None)

    def full_names(self) -> frozenset[str]:
        """The names of everybody."""
        return frozenset(self._session.scalars(select(PersonRow.name)))

    def called(self, names: Collection[str]) -> tuple[Person, ...]:
        """The people with one of these names, as they are written."""
        return self._people(_people().where(PersonRow.name.in_(names))) if names else ()

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """Everybody with this role, in order of name."""
        return self._people(_people().where(PersonRow.role == role))

    def of_organisation(self, organisation_id: int) -> tuple[Person, ...]:
        """Everybody of an organisation, in order of name."""
        return self._people(_people().where(PersonRow.organisation_id == organisation_id))

    def organisation(self, organisation_id: int) -> Organisation | None:
        """One organisation."""
        row = self._session.get(OrganisationRow, organisation_id)
        return organisation_of(row) if row else None

    def organisations(self) -> tuple[Organisation, ...]:
        """All organisations, in order of name."""
        rows = self._session.scalars(select(OrganisationRow).order_by(OrganisationRow.name))
        return tuple(organisation_of(row) for row in rows)

    def set_entra_id(self, person_id: int, entra_id: str) -> None:
        """Remember a person's Entra object id."""
        self._session.get_one(PersonRow, person_id).entra_id = entra_id

    def add(self, name: str, email: str, entra_id: str, organisation_id: int | None) -> int:
        """Add somebody from outside the list, as an external; returns the id."""
        row = PersonRow(
            name=name,
            email=email,
            entra_id=entra_id,
            role=Role.EXTERNAL.value,
            organisation_id=organisation_id,
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def add_guest(self, name: str, email: str, organisation_id: int | None, affiliation: str | None) -> None:
        """Add somebody from outside, unless this lower-case mail address is known by now."""
        guest = {"name": name, "email": email, "role": Role.EXTERNAL.value, "affiliation": affiliation}
        statement = insert_into(self._session, PersonRow).values(**guest, organisation_id=organisation_id)
        self._session.execute(statement.on_conflict_do_nothing())

    def ask_once(self, entra_id: str, now: datetime) -> bool:
        """True the first time this is called for `entra_id`."""
        statement = insert_into(self._session, IntroductionRow).values(entra_id=entra_id, asked_at=now)
        asked = self._session.execute(statement.on_conflict_do_nothing().returning(IntroductionRow.entra_id))
        return asked.first() is not None

    def forget_account(self, entra_id: str) -> None:
        """Take this Entra id from whoever has it."""
        self._session.execute(update(PersonRow).where(PersonRow.entra_id == entra_id).values(entra_id=None))
        self.forget_asking(entra_id)

    def forget_asking(self, entra_id: str) -> None:
        """Forget that this person was asked for their organisation."""
        self._session.execute(delete(IntroductionRow).where(IntroductionRow.entra_id == entra_id))

    def _people(
        self, statement: Select[PersonRow, OrganisationRow], values: Mapping[str, object] | None = None
    ) -> tuple[Person, ...]:
        rows = self._session.execute(statement, values)
        return tuple(person_of(person, organisation) for person, organisation in rows)


def _people() -> Select[PersonRow, OrganisationRow]:
    joined = select(PersonRow, OrganisationRow).outerjoin(
        OrganisationRow, PersonRow.organisation_id == OrganisationRow.id
    )
    return joined.order_by(PersonRow.name, PersonRow.id)


_BY_IDS = _people().where(PersonRow.id.in_(bindparam("ids", expanding=True)))
