"""What can identify a person in a text, and where it was found."""

from dataclasses import dataclass
from enum import StrEnum


class Identifier(StrEnum):
    """The kinds of things that tell who a text is about."""

    NAME = "name"
    INITIALS = "initials"
    REGISTER_NUMBER = "register_number"
    BIRTH_DATE = "birth_date"
    AGE = "age"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PHONE = "phone"
    MAIL = "mail"
    IBAN = "iban"
    SCHOOL = "school"
    """A school or an organisation, next to a person."""


HARD = frozenset(
    {
        Identifier.REGISTER_NUMBER,
        Identifier.IBAN,
        Identifier.PHONE,
        Identifier.MAIL,
        Identifier.ADDRESS,
        Identifier.BIRTH_DATE,
    }
)
"""What may never be kept in a case, whoever asks."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The characters `start` up to `end` of a text are of the kind `what`."""

    start: int
    end: int
    what: Identifier


@dataclass(frozen=True, slots=True)
class Known:
    """The full names of the network's own adults, and of its organisations."""

    people: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
