"""Queries of the import: rows by natural key, a file's fields as columns, and what earlier imports read.

Rows are read once per noun and written in bulk, so that 100,000 registrations take seconds.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.orm import Session

from storage.domain.imports import ImportConflict, Noun, Record, Value
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
Block: TypeAlias = dict[str, Any]

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

    def lock(self) -> None:
        """Let one import run at a time; on SQLite, the transaction itself does that."""
        self._session.get_one(NetworkRow, 1, with_for_update=True)

    def move_to(self, zone: str) -> None:
        """Keep every meeting at its local time, in another zone."""
        for row in self._session.scalars(select(MeetingRow)):
            row.timezone = zone
            row.starts_at, row.ends_at = _utc(row.starts_local, zone), _utc(row.ends_local, zone)

    def shown(self, row: Any, columns: Iterable[str]) -> Value:
        """What stands in these columns of a row, as a file would say it; None where nothing stands."""
        kept = [self._said(name, getattr(row, name)) for name in columns if not name.endswith("_at")]
        found = [value for value in kept if value is not None]
        return found[0] if len(found) == 1 else ", ".join(str(value) for value in found) or None

    def _said(self, column: str, value: Any) -> Value:
        nouns = dict(REFERENCES.values())
        if column in nouns and value is not None:
            return next(key[-1] for key, found in self._ids_of(nouns[column]).items() if found == value)
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        return str(value) if isinstance(value, date | Decimal) else value

    def _ids_of(self, noun: Noun) -> dict[Key, int]:
        if noun not in self._ids:
            self._ids[noun] = {found: row.id for found, row in self.rows(noun).items()}
        return self._ids[noun]

    def columns(self, noun: Noun, key: Key, fields: Mapping[str, Value], zone: str) -> Columns:
        """A record's fields as columns, references resolved to ids."""
        columns: Columns = {}
        for name, value in fields.items():
            columns.update(self._column(noun, key, name, value, zone))
        return columns

    def key_columns(self, noun: Noun, key: Key) -> Columns:
        """The natural key of a new row as columns."""
        if noun in INSIDE_A_MEETING:
            meeting = {"meeting_id": self._reference(noun, key, "meeting", Noun.MEETING, (), key[0])}
            if noun is Noun.REGISTRATION:
                return {**meeting, "person_id": self._reference(noun, key, "person", Noun.PERSON, (), key[1])}
            if noun is Noun.SESSION:
                return {**meeting, "key": key[1]}
            return {**meeting, "source_meeting_id": meeting["meeting_id"], "source_key": key[1]}
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
            return self._ids_of(target)[*within, str(value)]
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
            Noun.AGENDA_POINT: lambda row: (
                (meetings[row.source_meeting_id], row.source_key) if row.source_key else ("", "", str(row.id))
            ),
            Noun.REGISTRATION: lambda row: (meetings[row.meeting_id], people[row.person_id]),
            Noun.QUESTION: lambda row: (row.question,),
        }
        return keys[noun]

    def _names(self, noun: Noun) -> dict[int, str]:
        pairs = select(MeetingRow.id, MeetingRow.key) if noun is Noun.MEETING else select(PersonRow.id, PersonRow.email)
        return dict(self._session.execute(pairs).all())


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
        return {f"{column}_local": local, f"{column}_at": _utc(local, zone)}

    return columns


def _utc(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


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


def merged(row: Any, record: Record, name: str, columns: Columns, before: Mapping[str, Value]) -> Columns:
    """The columns of one changed field of an existing row, where the file adds to what is there.

    `before` is what the file said the last time: of a place and of the guests, too, only what changed is applied.
    """
    match record.noun, name:
        case Noun.MEETING, "guests":
            return {"guests": _merged_guests(row.guests, _blocks(columns["guests"]), _blocks(before.get(name)))}
        case Noun.MEETING, "location":
            return _merged_location(columns, record.fields[name], before.get(name))
        case Noun.MEETING, "kind" if "audience" not in {**before, **record.fields}:
            audience = Audience.default_for(MeetingKind(columns["kind"]))
            was_default = row.audience == Audience.default_for(MeetingKind(row.kind))
            return {**columns, "audience": audience.value} if was_default else columns
        case Noun.AGENDA_POINT, "position" if row.meeting_id != row.source_meeting_id or row.state != "accepted":
            return {}  # its place in the file is not where it stands now
        case Noun.PERSON, "entra_id" if columns["entra_id"] is None:
            # The file's empty place is filled in by the bot; emptying it again would lose who somebody is.
            return {}
        case _:
            return columns


def _merged_guests(here: Sequence[Block], new: Sequence[Block], before: Sequence[Block]) -> list[Block]:
    """The file's new and changed guests; an unchanged one as it is here, if still here; then everybody else here."""
    present = {guest["name"]: guest for guest in here}
    said = {guest["name"]: guest for guest in before}
    named = {guest["name"]: guest for guest in new}
    first = [
        {**present.get(name, {}), **guest} if said.get(name) != guest else present[name]
        for name, guest in named.items()
        if name in present or said.get(name) != guest
    ]
    return [*first, *(guest for guest in here if guest["name"] not in named)]


def _merged_location(columns: Columns, new: Value, before: Value) -> Columns:
    """Of another place, everything; of the same place, only the parts that changed in the file."""
    if not isinstance(new, dict) or not isinstance(before, dict) or new.get("name") != before.get("name"):
        return columns
    changed = {f"location_{part}" for part, value in new.items() if part not in before or before[part] != value}
    return {name: value for name, value in columns.items() if name in changed}


def _blocks(value: Value) -> list[Block]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(key: Iterable[str]) -> str:
    return json.dumps(list(key), ensure_ascii=False)
