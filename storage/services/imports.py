"""Importing a network file: apply what changed in it since the last time, all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from storage.domain.imports import Change, ImportConflict, ImportReport, Noun, Record, Value, changed_fields
from storage.domain.registrations import RegistrationStatus
from storage.domain.summaries import MOST_ASKS
from storage.repositories.imports import Columns, ImportRepository, Key, defaults, merged
from storage.unit_of_work import UnitOfWork, Units


class Imports:
    """Imports network files."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def apply(self, records: Sequence[Record], now: datetime) -> ImportReport:
        """Apply a file's records in one transaction.

        Raises ImportConflict, with nothing changed, when the file contradicts the database.
        """
        return await self._units.write(lambda unit: _apply(unit, records, now))

    async def preview(self, records: Sequence[Record], now: datetime) -> ImportReport:
        """What `apply` would do; changes nothing. Raises what `apply` raises."""

        def undone(unit: UnitOfWork) -> None:
            raise _Preview(_apply(unit, records, now))

        try:
            await self._units.write(undone)
        except _Preview as preview:
            return preview.report
        raise AssertionError("a preview always ends in its own exception")

    async def known(self) -> tuple[frozenset[str], frozenset[str], str]:
        """What a file may refer to without naming it again: mail addresses, organisations, and the network's zone."""
        return await self._units.read(
            lambda unit: (unit.imports.emails(), unit.imports.organisations(), unit.imports.timezone())
        )


class _Preview(Exception):
    """Carries the report out of the transaction that it rolls back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def _apply(unit: UnitOfWork, records: Sequence[Record], now: datetime) -> ImportReport:
    report = ImportReport()
    unit.imports.lock()
    baselines = unit.imports.baselines()
    news = [(record, changed_fields(record, baselines.get((record.noun, record.key)))) for record in records]
    news = [(record, fields) for record, fields in news if fields or (record.noun, record.key) not in baselines]
    for noun in Noun:
        chosen = [(record, fields) for record, fields in news if record.noun is noun]
        if chosen:
            _NounImport(unit.imports, noun, now, report, baselines).run(chosen)
    _ask_nothing_of_the_past(unit, report, now)
    unit.imports.keep_baselines(
        {
            (record.noun, record.key): {**baselines.get((record.noun, record.key), {}), **record.fields}
            for record, _ in news
        }
    )
    if news:
        unit.network.raise_revision()
    return report


def _ask_nothing_of_the_past(unit: UnitOfWork, report: ImportReport, now: datetime) -> None:
    """Of meetings that lay behind when the bot first heard of them, nobody is asked for something to summarise."""
    created = {record.key for record in report.created if record.noun is Noun.MEETING}
    rows = unit.imports.rows(Noun.MEETING) if created else {}
    for key in created:
        if rows[key].ends_at.timestamp() <= now.timestamp():
            unit.reports.write(rows[key].id, asked_at=now, asks=MOST_ASKS)


class _NounImport:
    """Applies the changed records of one noun."""

    def __init__(
        self,
        imports: ImportRepository,
        noun: Noun,
        now: datetime,
        report: ImportReport,
        baselines: Mapping[tuple[Noun, Key], Mapping[str, Value]],
    ) -> None:
        self._imports, self._noun, self._now, self._report = imports, noun, now, report
        self._baselines = baselines
        self._zone = imports.timezone()
        self._rows = imports.rows(noun)
        self._new: dict[Key, Columns] = {}

    def run(self, news: Sequence[tuple[Record, dict[str, Value]]]) -> None:
        """Apply."""
        self._refuse_shared_accounts(news)
        replacements: list[Key] = []
        for record, fields in news:
            row = self._rows.get(record.key)
            if row is not None:
                self._update(record, row, fields)
            elif not self._only_moved(record, fields):
                self._create(record, {**self._before(record), **fields})
            if self._noun is Noun.REGISTRATION and fields.get("replaced_by"):
                replacements.append((record.key[0], str(fields["replaced_by"])))
        for key in replacements:
            self._seat(key)
        self._insert()

    def _before(self, record: Record) -> Mapping[str, Value]:
        """What the file said of this record the last time."""
        return self._baselines.get((record.noun, record.key), {})

    def _only_moved(self, record: Record, fields: Mapping[str, Value]) -> bool:
        """An agenda point that was removed since stays so when others in the file push it along."""
        return bool(self._before(record)) and set(fields) == {"position"}

    def _refuse_shared_accounts(self, news: Sequence[tuple[Record, dict[str, Value]]]) -> None:
        if self._noun is not Noun.PERSON:
            return
        owners = {row.entra_id: key for key, row in self._rows.items() if row.entra_id}
        for record, fields in news:
            entra_id = fields.get("entra_id")
            if entra_id and owners.setdefault(entra_id, record.key) != record.key:
                raise ImportConflict(self._noun, record.key, "entra_id", entra_id)

    def _create(self, record: Record, fields: Mapping[str, Value]) -> None:
        columns = self._imports.columns(self._noun, record.key, fields, self._zone)
        columns |= self._imports.key_columns(self._noun, record.key)
        self._new[record.key] = {**defaults(self._noun, columns, self._zone, self._now), **columns}
        self._report.created.append(record)

    def _update(self, record: Record, row: Any, fields: Mapping[str, Value]) -> None:
        for name, value in fields.items():
            columns = self._imports.columns(self._noun, record.key, {name: value}, self._zone)
            columns = merged(row, record, name, columns, self._before(record))
            different = {column: new for column, new in columns.items() if getattr(row, column) != new}
            if not different:
                continue
            old = self._imports.shown(row, different)
            for column, new in different.items():
                setattr(row, column, new)
            self._report.changed.append(Change(self._noun, record.key, name, old, self._imports.shown(row, different)))
            if name == "timezone":
                self._imports.move_to(str(value))

    def _seat(self, key: Key) -> None:
        """Who comes in somebody's place is registered, unless the list already says otherwise."""
        if key in self._rows or key in self._new:
            return
        status: Value = RegistrationStatus.REGISTERED.value
        self._create(Record(self._noun, key, {"status": status}), {"status": status})

    def _insert(self) -> None:
        try:
            self._imports.insert(self._noun, _same_columns(list(self._new.values())))
        except IntegrityError as error:
            raise ImportConflict(self._noun, next(iter(self._new), ()), "", str(error.orig)) from error


def _same_columns(rows: list[Columns]) -> list[Columns]:
    """Rows with the same columns each, as a bulk insert wants them."""
    names = sorted({name for row in rows for name in row})
    return [{name: row.get(name) for name in names} for row in rows]
