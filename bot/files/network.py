"""A network file to records: what it says, on which line, and every mistake in it."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ValidationError

from bot.files.network_model import (
    MeetingPart,
    NetworkFile,
    NetworkPart,
    OrganisationPart,
    PersonPart,
    QuestionPart,
    single_line,
)
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
    except YamlProblem as problem:
        result.mistakes.append(_yaml_mistake(problem))
        return result
    if not isinstance(lines.value, dict):
        code = "file_empty" if lines.value is None else "file_shape"
        result.mistakes.append(Mistake(lines.at(()), "", code))
        return result
    result.mistakes.extend(_yaml_mistake(problem) for problem in lines.problems)
    bad: set[Path] = set()
    try:
        NetworkFile.model_validate(lines.value)
    except ValidationError as error:
        result.mistakes.extend(_mistakes(error, lines))
        bad = {found["loc"][:2] for found in error.errors()}
    _Reader(_Shaped.without(bad, lines.value), lines, known, result).read()
    result.mistakes.sort(key=lambda mistake: mistake.line)
    if result.mistakes:
        result.records.clear()
    return result


def _yaml_mistake(problem: YamlProblem) -> Mistake:
    return Mistake(problem.line, "", f"yaml_{problem.code}", problem.detail)


def _mistakes(error: ValidationError, lines: Lines) -> Iterator[Mistake]:
    for found in error.errors():
        path: Path = found["loc"]
        context = found.get("ctx", {})
        expected = next((str(context[name]) for name in ("expected", "ge", "le", "max_length") if name in context), "")
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        yield Mistake(lines.at(path), name, found["type"], _shown(found["input"]), expected)


def _shown(value: object) -> str:
    """A value as it stands in YAML; nothing where it is a whole block."""
    if isinstance(value, dict | list):
        return ""
    return WORDS[value] if value is None or isinstance(value, bool) else str(value)


WORDS = {None: "null", True: "true", False: "false"}

P = TypeVar("P", bound=BaseModel)


@cache
def _zone_names() -> Set[str]:
    """The names of all time zones, looked for once: they are the files in a few folders."""
    return available_timezones()


@dataclass(frozen=True, slots=True)
class _Shaped:
    """The parts of a file that have the right shape, each list by its index in the file.

    `emails` and `organisation_names` are those of all parts: what is named wrongly elsewhere is still named.
    """

    network: NetworkPart | None
    organisations: Mapping[int, OrganisationPart]
    people: Mapping[int, PersonPart]
    meetings: Mapping[int, MeetingPart]
    faq: Mapping[int, QuestionPart]
    emails: Set[str]
    organisation_names: Set[str]

    @classmethod
    def without(cls, bad: Set[Path], value: Mapping[str, Any]) -> "_Shaped":
        """What is left of the file without the parts in which something has the wrong shape."""
        network = value.get("network")
        whole = network is not None and not any(path[0] == "network" for path in bad)
        return cls(
            NetworkPart.model_validate(network) if whole else None,
            _good(OrganisationPart, "organisations", bad, value),
            _good(PersonPart, "people", bad, value),
            _good(MeetingPart, "meetings", bad, value),
            _good(QuestionPart, "faq", bad, value),
            {single_line(email).lower() for email in _texts("people", "email", value)},
            {single_line(name) for name in _texts("organisations", "name", value)},
        )


def _good(part: type[P], name: str, bad: Set[Path], value: Mapping[str, Any]) -> dict[int, P]:
    items = value.get(name, []) if (name,) not in bad else []
    return {index: part.model_validate(item) for index, item in enumerate(items) if (name, index) not in bad}


def _texts(part: str, name: str, value: Mapping[str, Any]) -> Iterator[str]:
    items = value.get(part)
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and isinstance(item.get(name), str):
            yield item[name]


class _Reader:
    """Checks what the shape alone can't, and turns the parts into records."""

    def __init__(self, file: _Shaped, lines: Lines, known: Known, result: NetworkRecords) -> None:
        self._file, self._lines, self._result = file, lines, result
        named = (
            file.network.timezone if file.network and "timezone" in file.network.model_fields_set else known.timezone
        )
        self._zone = ZoneInfo(named) if named in _zone_names() else None
        self._emails = known.emails | file.emails
        self._organisations = known.organisations | file.organisation_names

    def read(self) -> None:
        """Fill the result."""
        if self._zone is None:
            self._mistake(
                ("network", "timezone"), "timezone", self._file.network.timezone if self._file.network else ""
            )
        if self._file.network:
            self._add(Noun.NETWORK, (), _fields(self._file.network), ("network",))
        self._organisations_and_people()
        for index, meeting in self._file.meetings.items():
            self._meeting(meeting, ("meetings", index))
        for index, question in self._file.faq.items():
            self._add(Noun.QUESTION, (question.question,), _fields(question, "question"), ("faq", index), "question")

    def _organisations_and_people(self) -> None:
        regions = set(self._file.network.regions) if self._file.network else set()
        for index, organisation in self._file.organisations.items():
            path: Path = ("organisations", index)
            if regions and organisation.region and organisation.region not in regions:
                self._mistake((*path, "region"), "unknown_region", organisation.region, ", ".join(sorted(regions)))
            self._add(Noun.ORGANISATION, (organisation.name,), _fields(organisation, "name"), path, "name")
        for index, person in self._file.people.items():
            path = ("people", index)
            self._refer((*path, "organisation"), person.organisation, self._organisations, "unknown_organisation")
            self._add(Noun.PERSON, (person.email,), _fields(person, "email"), path, "email")
        self._unique("people", "entra_id", {index: person.entra_id for index, person in self._file.people.items()})

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
            # Two spaces: a title never has them, so a point that is called "Pauze #2" keeps its own key.
            key = (meeting.key, title if seen[title] == 1 else f"{title}  #{seen[title]}")
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

    def _unique(self, part: str, name: str, values: Mapping[int, str | None]) -> None:
        seen: dict[str, int] = {}
        for index, value in values.items():
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
