"""The rules for importing a network file: what counts as changed, and what an import did.

A field is applied only where its value in the file differs from its value at the last import. What the file no
longer names stays, and what people changed in chat since then is left alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | bool | list["Value"] | dict[str, "Value"] | None
"""A field's value as JSON knows it: dates and times as ISO text, money as a decimal in text."""


class Noun(StrEnum):
    """What a file can name, in the order in which it is applied."""

    NETWORK = "network"
    ORGANISATION = "organisation"
    PERSON = "person"
    MEETING = "meeting"
    SESSION = "session"
    AGENDA_POINT = "agenda_point"
    REGISTRATION = "registration"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing the file names: its noun, natural key, and the fields that stand in the file."""

    noun: Noun
    key: tuple[str, ...]
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an import set; `old` is None for a new record's field too."""

    noun: Noun
    key: tuple[str, ...]
    field: str
    old: Value
    new: Value


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do: records created, and fields changed in existing ones."""

    created: list[Record] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """True when the file says nothing new."""
        return not self.created and not self.changed


def changed_fields(record: Record, baseline: Mapping[str, Value] | None) -> dict[str, Value]:
    """The fields of `record` whose value differs from the `baseline` of the last import."""
    if baseline is None:
        return dict(record.fields)
    return {name: value for name, value in record.fields.items() if name not in baseline or baseline[name] != value}


class ImportConflict(Exception):
    """The file contradicts the database: `noun`, `key` and `field` say where, `value` what."""

    def __init__(self, noun: Noun, key: tuple[str, ...], field_name: str, value: Value) -> None:
        super().__init__(f"{noun} {key}: {field_name}={value}")
        self.noun, self.key, self.field, self.value = noun, key, field_name, value
