"""Queries on the rules of kinds of meetings."""

from collections import defaultdict

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.domain.meetings import MeetingKind
from storage.domain.rules import Rules, rules_from
from storage.repositories.inserts import insert_into
from storage.tables.rules import RuleRow

_ALL = select(RuleRow.kind, RuleRow.name, RuleRow.value)


class RuleRepository:
    """What coordinators set for each kind of meeting."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, kind: MeetingKind) -> Rules:
        """The rules of one kind of meeting."""
        return self.all()[kind]

    def all(self) -> dict[MeetingKind, Rules]:
        """The rules of every kind of meeting."""
        kept: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in self._session.execute(_ALL):
            kept[row.kind][row.name] = row.value
        return {kind: rules_from(kept[kind.value]) for kind in MeetingKind}

    def get(self, kind: str, name: str) -> str | None:
        """One setting, as it was kept."""
        return self._session.scalar(select(RuleRow.value).where(RuleRow.kind == kind, RuleRow.name == name))

    def set(self, kind: str, name: str, value: str) -> None:
        """Keep one setting."""
        statement = insert_into(self._session, RuleRow).values(kind=kind, name=name, value=value)
        same = statement.on_conflict_do_update(index_elements=["kind", "name"], set_={"value": value})
        self._session.execute(same)

    def forget(self, kind: str, name: str) -> None:
        """Let one setting be as it is by itself."""
        self._session.execute(delete(RuleRow).where(RuleRow.kind == kind, RuleRow.name == name))
