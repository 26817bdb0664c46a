"""A network file to records: what it says, on which line, and every mistake in it."""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ValidationError

from bot.files.network_model import MeetingPart, NetworkFile
from bot.files.yaml_lines import Lines, Path, YamlProblem, read_yaml
from storage.domain.imports import Noun, Record
from storage.domain.network import DEFAULT_TIMEZONE


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in the file: the line (from 1), the field, a code for the sentence, and its words."""

    line: int
    field: str
    code: str
    value: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database already holds, so that a file may refer to it."""

    emails: Set[str] = frozenset()
    organisations: Set[str] = frozenset()
    timezone: str = DEFAULT_TIMEZONE


@dataclass(slots=True)
class NetworkRecords:
    """A file's records with the line of each, or its mistakes; where there are mistakes there are no records."""

    records: list[Record] = field(default_factory=list)
    lines: dict[tuple[Noun, tuple[str, ...]], int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


def read_network(text: str, known: Known) -> NetworkRecords:
    """Read a network file."""
    result = NetworkRecords()
    try:
        lines = read_yaml(text)
        file = NetworkFile.model_validate(lines.value if lines.value is not None else {})
    except YamlProblem as problem:
        result.mistakes.append(Mistake(problem.line, "", f"yaml_{problem.code}", problem.detail))
    except ValidationError as error:
        result.mistakes.extend(_mistakes(error, lines))
    else:
        _Reader(file, lines, known, result).read()
    result.mistakes.sort(key=lambda mistake: mistake.line)
    if result.mistakes:
        result.records.clear()
    return result


def _mistakes(error: ValidationError, lines: Lines) -> Iterator[Mistake]:
    for found in error.errors():
        path: Path = found["loc"]
        context = found.get("ctx", {})
        expected = str(context.get("expected") or context.get("ge", context.get("le", "")) or "")
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        value = "" if isinstance(found["input"], dict | list) else str(found["input"])
        yield Mistake(lines.at(path), name, found["type"], value, expected)


class _Reader:
    """Checks what the shape alone can't, and turns the parts into records."""

    def __init__(self, file: NetworkFile, lines: Lines, known: Known, result: NetworkRecords) -> None:
        self._file, self._lines, self._result = file, lines, result
        named = (
            file.network.timezone if file.network and "timezone" in file.network.model_fields_set else known.timezone
        )
        self._zone = ZoneInfo(named) if named in available_timezones() else None
        self._emails = known.emails | {person.email for person in file.people}
        self._organisations = known.organisations | {one.name for one in file.organisations}

    def read(self) -> None:
        """Fill the result."""
        if self._zone is None:
            self._mistake(
                ("network", "timezone"), "timezone", self._file.network.timezone if self._file.network else ""
            )
        if self._file.network:
            self._add(Noun.NETWORK, (), _fields(self._file.network), ("network",))
        self._organisations_and_people()
        for index, meeting in enumerate(self._file.meetings):
            self._meeting(meeting, ("meetings", index))
        for index, question in enumerate(self._file.faq):
            self._add(Noun.QUESTION, (question.question,), _fields(question, "question"), ("faq", index), "question")

    def _organisations_and_people(self) -> None:
        regions = set(self._file.network.regions) if self._file.network else set()
        for index, organisation in enumerate(self._file.organisations):
            path: Path = ("organisations", index)
            if regions and organisation.region and organisation.region not in regions:
                self._mistake((*path, "region"), "unknown_region", organisation.region, ", ".join(sorted(regions)))
            self._add(Noun.ORGANISATION, (organisation.name,), _fields(organisation, "name"), path, "name")
        for index, person in enumerate(self._file.people):
            path = ("people", index)
            self._refer((*path, "organisation"), person.organisation, self._organisations, "unknown_organisation")
            self._add(Noun.PERSON, (person.email,), _fields(person, "email"), path, "email")
        self._unique("people", "entra_id", [person.entra_id for person in self._file.people])

    def _meeting(self, meeting: MeetingPart, path: Path) -> None:
        self._times(meeting, path)
        for name in ("organiser", "note_taker"):
            self._refer((*path, name), getattr(meeting, name), self._emails, "unknown_person")
        fields = _fields(meeting, "key", "agenda", "registrations", "sessions")
        if "audience" in fields and fields["audience"] is None:
            del fields["audience"]
        self._add(Noun.MEETING, (meeting.key,), fields, path, "key")
        for index, session in enumerate(meeting.sessions):
            key = (meeting.key, session.key)
            self._add(Noun.SESSION, key, _fields(session, "key"), (*path, "sessions", index), "key")
        self._agenda(meeting, path)
        self._registrations(meeting, path)

    def _times(self, meeting: MeetingPart, path: Path) -> None:
        if meeting.ends <= meeting.starts:
            self._mistake((*path, "ends"), "ends_before_start", meeting.ends.strftime("%Y-%m-%d %H:%M"))
        for name, moment in (("starts", meeting.starts), ("ends", meeting.ends)):
            if self._zone and not _exists(moment, self._zone):
                self._mistake((*path, name), "no_such_time", moment.strftime("%Y-%m-%d %H:%M"))

    def _agenda(self, meeting: MeetingPart, path: Path) -> None:
        seen: dict[str, int] = {}
        for index, point in enumerate(meeting.agenda):
            title = point.title.casefold()
            seen[title] = seen.get(title, 0) + 1
            key = (meeting.key, title if seen[title] == 1 else f"{title} #{seen[title]}")
            fields = {**_fields(point), "position": index}
            self._add(Noun.AGENDA_POINT, key, fields, (*path, "agenda", index))

    def _registrations(self, meeting: MeetingPart, path: Path) -> None:
        sessions = {session.key for session in meeting.sessions}
        for index, registration in enumerate(meeting.registrations):
            here: Path = (*path, "registrations", index)
            self._refer((*here, "person"), registration.person, self._emails, "unknown_person")
            self._refer((*here, "replaced_by"), registration.replaced_by, self._emails, "unknown_person")
            self._refer((*here, "session"), registration.session, sessions, "unknown_session")
            if registration.replaced_by == registration.person:
                self._mistake((*here, "replaced_by"), "replaces_self", registration.person)
            fields = _fields(registration, "person")
            self._add(Noun.REGISTRATION, (meeting.key, registration.person), fields, here, "person")

    def _add(self, noun: Noun, key: tuple[str, ...], fields: dict[str, Any], path: Path, key_field: str = "") -> None:
        line = self._lines.at((*path, key_field) if key_field else path)
        if (noun, key) in self._result.lines:
            first = self._result.lines[noun, key]
            self._result.mistakes.append(Mistake(line, key_field, "twice_the_same", key[-1], str(first)))
            return
        self._result.lines[noun, key] = line
        self._result.records.append(Record(noun, key, fields))

    def _refer(self, path: Path, value: str | None, known: Set[str], code: str) -> None:
        if value is not None and value not in known:
            self._mistake(path, code, value)

    def _unique(self, part: str, name: str, values: Iterable[str | None]) -> None:
        seen: dict[str, int] = {}
        for index, value in enumerate(values):
            if value is not None and seen.setdefault(value, index) != index:
                first = self._lines.at((part, seen[value], name))
                self._mistake((part, index, name), "twice_the_same", value, str(first))

    def _mistake(self, path: Path, code: str, value: str, expected: str = "") -> None:
        self._result.mistakes.append(Mistake(self._lines.at(path), str(path[-1]), code, value, expected))


def _fields(part: BaseModel, *but: str) -> dict[str, Any]:
    """The fields that stand in the file, as JSON knows them."""
    dumped: dict[str, Any] = part.model_dump(mode="json", exclude_unset=True, exclude=set(but))
    return dumped


def _exists(moment: datetime, zone: ZoneInfo) -> bool:
    """False for a local time that the clock skips when summer time begins."""
    there_and_back: Callable[[datetime], datetime] = lambda when: when.astimezone(UTC).astimezone(zone)  # noqa: E731
    return there_and_back(moment.replace(tzinfo=zone)).replace(tzinfo=None) == moment
