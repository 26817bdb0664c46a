"""Queries of the import: rows by natural key, a file's fields as columns, and what earlier imports read.

Rows are read once per noun and written in bulk, so that 100,000 registrations take seconds.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.orm import Session

from storage.domain.imports import ImportConflict, Noun, Value
from storage.domain.meetings import Audience, MeetingKind
from storage.tables.agenda import AgendaPointRow
from storage.tables.base import Base
from storage.tables.imports import BaselineRow
from storage.tables.meetings import MeetingRow, SessionRow
from storage.tables.network import NetworkRow, QuestionRow
from storage.tables.people import OrganisationRow, PersonRow
from storage.tables.registrations import RegistrationRow

Key: TypeAlias = tuple[str, ...]
Columns: TypeAlias = dict[str, Any]

TABLES: Mapping[Noun, type[Base]] = {
    Noun.NETWORK: NetworkRow,
    Noun.ORGANISATION: OrganisationRow,
    Noun.PERSON: PersonRow,
    Noun.MEETING: MeetingRow,
    Noun.SESSION: SessionRow,
    Noun.AGENDA_POINT: AgendaPointRow,
    Noun.REGISTRATION: RegistrationRow,
    Noun.QUESTION: QuestionRow,
}

BATCH = 500


class ImportRepository:
    """Rows by natural key, and the baselines of earlier imports."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: dict[Noun, dict[Key, int]] = {}

    def baselines(self) -> dict[tuple[Noun, Key], dict[str, Value]]:
        """The fields of every record as they stood in the last imported file."""
        rows = self._session.execute(select(BaselineRow.noun, BaselineRow.key, BaselineRow.fields))
        return {(Noun(noun), tuple(json.loads(key))): fields for noun, key, fields in rows}

    def keep_baselines(self, records: Mapping[tuple[Noun, Key], Mapping[str, Value]]) -> None:
        """Remember these records as they stand in the file now."""
        rows = [
            {"noun": noun.value, "key": _text(key), "fields": dict(fields)} for (noun, key), fields in records.items()
        ]
        for start in range(0, len(rows), BATCH):
            keys = [(row["noun"], row["key"]) for row in rows[start : start + BATCH]]
            self._session.execute(delete(BaselineRow).where(tuple_(BaselineRow.noun, BaselineRow.key).in_(keys)))
        if rows:
            self._session.execute(insert(BaselineRow), rows)

    def rows(self, noun: Noun) -> dict[Key, Any]:
        """All rows of a noun by natural key."""
        key = self._key(noun)
        return {key(row): row for row in self._session.scalars(select(TABLES[noun]))}

    def insert(self, noun: Noun, rows: list[Columns]) -> None:
        """Insert many rows at once."""
        self._session.flush()
        if rows:
            self._session.execute(insert(TABLES[noun]), rows)
        self._ids.pop(noun, None)

    def timezone(self) -> str:
        """The network's zone."""
        return self._session.get_one(NetworkRow, 1).timezone

    def emails(self) -> frozenset[str]:
        """Every known mail address."""
        return frozenset(self._session.scalars(select(PersonRow.email)))

    def organisations(self) -> frozenset[str]:
        """Every known organisation's name."""
        return frozenset(self._session.scalars(select(OrganisationRow.name)))

    def id_of(self, noun: Noun, key: Key) -> int:
        """The id of the row with this natural key; KeyError when there is none."""
        if noun not in self._ids:
            self._ids[noun] = {found: row.id for found, row in self.rows(noun).items()}
        return self._ids[noun][key]

    def columns(self, noun: Noun, key: Key, fields: Mapping[str, Value], zone: str) -> Columns:
        """A record's fields as columns, references resolved to ids."""
        columns: Columns = {}
        for name, value in fields.items():
            columns.update(self._column(noun, key, name, value, zone))
        return columns

    def key_columns(self, noun: Noun, key: Key) -> Columns:
        """The natural key of a new row as columns."""
        if noun in INSIDE_A_MEETING:
            meeting = {"meeting_id": self.id_of(Noun.MEETING, key[:1])}
            if noun is Noun.REGISTRATION:
                return {**meeting, "person_id": self.id_of(Noun.PERSON, key[1:])}
            return {**meeting, ("key" if noun is Noun.SESSION else "source_key"): key[1]}
        return {NATURAL_KEYS[noun]: key[0]}

    def _column(self, noun: Noun, key: Key, name: str, value: Value, zone: str) -> Columns:
        if noun is Noun.MEETING and name in MEETING_COLUMNS:
            return MEETING_COLUMNS[name](value, zone)
        if name in REFERENCES:
            column, target = REFERENCES[name]
            within = key[:1] if target is Noun.SESSION else ()
            return {column: self._reference(noun, key, name, target, within, value)}
        return {name: value}

    def _reference(self, noun: Noun, key: Key, name: str, target: Noun, within: Key, value: Value) -> int | None:
        if value is None:
            return None
        try:
            return self.id_of(target, (*within, str(value)))
        except KeyError as error:
            raise ImportConflict(noun, key, name, value) from error

    def _key(self, noun: Noun) -> Callable[[Any], Key]:
        meetings = self._names(Noun.MEETING) if noun in INSIDE_A_MEETING else {}
        people = self._names(Noun.PERSON) if noun is Noun.REGISTRATION else {}
        keys: dict[Noun, Callable[[Any], Key]] = {
            Noun.NETWORK: lambda _: (),
            Noun.ORGANISATION: lambda row: (row.name,),
            Noun.PERSON: lambda row: (row.email,),
            Noun.MEETING: lambda row: (row.key,),
            Noun.SESSION: lambda row: (meetings[row.meeting_id], row.key),
            Noun.AGENDA_POINT: lambda row: (meetings[row.meeting_id], row.source_key or f"#{row.id}"),
            Noun.REGISTRATION: lambda row: (meetings[row.meeting_id], people[row.person_id]),
            Noun.QUESTION: lambda row: (row.question,),
        }
        return keys[noun]

    def _names(self, noun: Noun) -> dict[int, str]:
        pairs = select(MeetingRow.id, MeetingRow.key) if noun is Noun.MEETING else select(PersonRow.id, PersonRow.email)
        return dict(self._session.execute(pairs).tuples().all())


NATURAL_KEYS: Mapping[Noun, str] = {
    Noun.ORGANISATION: "name",
    Noun.PERSON: "email",
    Noun.MEETING: "key",
    Noun.QUESTION: "question",
}

INSIDE_A_MEETING = frozenset({Noun.SESSION, Noun.AGENDA_POINT, Noun.REGISTRATION})

REFERENCES: Mapping[str, tuple[str, Noun]] = {
    "organisation": ("organisation_id", Noun.ORGANISATION),
    "organiser": ("organiser_id", Noun.PERSON),
    "note_taker": ("note_taker_id", Noun.PERSON),
    "replaced_by": ("replaced_by_id", Noun.PERSON),
    "session": ("session_id", Noun.SESSION),
}


def _moment(column: str) -> Callable[[Value, str], Columns]:
    def columns(value: Value, zone: str) -> Columns:
        local = datetime.fromisoformat(str(value))
        return {
            f"{column}_local": local,
            f"{column}_at": local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC),
        }

    return columns


def _day(column: str) -> Callable[[Value, str], Columns]:
    return lambda value, _zone: {column: None if value is None else date.fromisoformat(str(value))}


def _location(value: Value, _zone: str) -> Columns:
    place = value if isinstance(value, dict) else {}
    return {f"location_{part}": place.get(part) for part in ("name", "address", "room")}


MEETING_COLUMNS: Mapping[str, Callable[[Value, str], Columns]] = {
    "starts": _moment("starts"),
    "ends": _moment("ends"),
    "register_until": _day("register_until"),
    "agenda_until": _day("agenda_until"),
    "fee_eur": lambda value, _zone: {"fee_eur": None if value is None else Decimal(str(value))},
    "location": _location,
}


def defaults(noun: Noun, columns: Columns, zone: str, now: datetime) -> Columns:
    """What a new row has where the file is silent."""
    match noun:
        case Noun.ORGANISATION:
            return {"kind": "andere", "status": "partner"}
        case Noun.PERSON:
            return {"role": "external"}
        case Noun.MEETING:
            audience = Audience.default_for(MeetingKind(columns["kind"])).value
            return {"audience": audience, "timezone": zone, "themes": [], "guests": []}
        case Noun.REGISTRATION:
            return {"status": "registered", "created_at": now}
        case Noun.QUESTION:
            return {"also": []}
        case _:
            return {}


def merged(noun: Noun, row: Any, columns: Columns) -> Columns:
    """Columns for an existing row, where the file adds to what is there instead of replacing it."""
    if noun is Noun.MEETING and "guests" in columns:
        named = {guest["name"] for guest in columns["guests"] or []}
        kept = [guest for guest in row.guests if guest["name"] not in named]
        return {**columns, "guests": [*(columns["guests"] or []), *kept]}
    if noun is Noun.PERSON and columns.get("entra_id", "") is None:
        # The file's empty place is filled in by the bot; emptying it again would lose who somebody is.
        return {name: value for name, value in columns.items() if name != "entra_id"}
    return columns


def _text(key: Iterable[str]) -> str:
    return json.dumps(list(key), ensure_ascii=False)
