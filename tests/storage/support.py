"""A small fictional network as a file's value, and short ways to import it and to look at the tables."""

from copy import deepcopy
from datetime import datetime
from typing import Any, TypeAlias

import yaml
from sqlalchemy import Delete, Insert, Select, Update, select
from sqlalchemy.orm import Session

from bot.files.network import Known, read_network
from storage.domain.imports import ImportReport, Record
from storage.domain.meetings import Meeting, MeetingQuery, Which
from storage.domain.people import Person, Viewer
from storage.services.house import House
from storage.tables.network import NetworkRow
from tests.conftest import NOW
from tests.storage.holding import TABLES, Content, empty, filled, is_new, rows_of

ZONE = "Europe/Brussels"
STRANGER = Viewer(None, member=False)
MEMBER = Viewer(None, member=True)

File: TypeAlias = dict[str, Any]

_BROUGHT: dict[tuple[str, str, datetime], tuple[ImportReport, Content] | None] = {}
"""What an import made of a new database, by the database, the file and the moment; None when it was seen only once."""

ROOS, TARIK, MIEL, ANS = (f"{name}@duinen.example" for name in ("roos", "tarik", "miel", "ans"))

_NETWORK: File = {
    "network": {"name": "Netwerk Duinen", "timezone": ZONE, "language": "nl-BE", "regions": ["Noord", "Zuid"]},
    "organisations": [
        {"name": "De Helm", "kind": "jeugdhulp", "region": "Noord", "status": "ambassador"},
        {"name": "School Strandpad", "kind": "school", "region": "Zuid", "status": "exploring"},
    ],
    "people": [
        {"name": "Roos Pauwels", "email": ROOS, "organisation": "De Helm", "role": "coordinator"},
        {"name": "Tarik Aydin", "email": TARIK, "organisation": "De Helm", "role": "ambassador", "entra_id": None},
        {"name": "Miel Baert", "email": MIEL, "organisation": "School Strandpad", "role": "external"},
        {"name": "Ans Dewulf", "email": ANS, "role": "external"},
    ],
    "meetings": [
        {
            "key": "intervisie-rust",
            "kind": "intervisie",
            "title": "Intervisie rust in de klas",
            "description": "Wat brengt rust?",
            "for_whom": "Iedereen",
            "practical": "Soep voorzien",
            "organiser": ROOS,
            "note_taker": TARIK,
            "audience": "participants",
            "starts": "2027-02-04 09:30",
            "ends": "2027-02-04 12:00",
            "location": {"name": "De Helm", "address": "Duinpad 3, 9999 Zandrade", "room": "Zolder"},
            "online_url": "https://teams.example/rust",
            "capacity": 20,
            "fee_eur": 7.5,
            "register_until": "2027-02-01",
            "agenda_until": "2027-01-28",
            "themes": ["rust", "klas"],
            "guests": [{"name": "Ilse Moens", "organisation": "Vzw Golfslag"}],
            "agenda": [
                {"title": "Verwelkoming", "kind": "information", "minutes": 10},
                {"title": "Rust zonder straf", "kind": "theme", "presenter": "Ilse Moens", "minutes": 45},
                {"title": "Varia"},
            ],
            "registrations": [
                {"person": TARIK, "status": "registered", "session": "groen"},
                {"person": MIEL, "status": "excused"},
            ],
            "sessions": [
                {"key": "groen", "title": "Groep groen", "capacity": 8, "room": "Zaal 1"},
                {"key": "blauw", "title": "Groep blauw"},
            ],
        }
    ],
    "faq": [{"question": "Hoe doe ik mee?", "also": ["Kan ik meedoen?"], "answer": "Stuur een berichtje."}],
}


def network() -> File:
    """A fresh copy of the network, to change at will."""
    return deepcopy(_NETWORK)


def meeting(key: str, starts: str, ends: str, kind: str = "intervisie", **fields: Any) -> File:
    """A meeting as it stands in a file."""
    return {"key": key, "kind": kind, "title": f"Titel {key}", "starts": starts, "ends": ends, **fields}


async def records(house: House, file: File) -> list[Record]:
    """The records of a file without mistakes."""
    read = read_network(
        yaml.dump(file, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False),
        Known(*await house.imports.known()),
    )
    assert read.mistakes == []
    return read.records


async def imported(house: House, file: File, now: datetime = NOW) -> ImportReport:
    """Import a file."""
    return await house.imports.apply(await records(house, file), now)


async def bring(house: House, file: File, now: datetime = NOW) -> ImportReport:
    """Import a file. What it made of a new database is put back where a test begins with the same file.

    An import takes forty statements and begins most tests. The first two times it is done; what it made the second
    time is kept. test_imports imports each time.
    """
    key = (str(house._database.url), repr(file), now)
    if key not in _BROUGHT or not await house._database.read(is_new):
        _BROUGHT.setdefault(key, None)
        return await imported(house, file, now)
    kept = _BROUGHT[key]
    if kept is None:
        report = await imported(house, file, now)
        content = await house._database.read(Content.of)
        if "notices" not in content.rows:  # or the sender would not be woken
            _BROUGHT[key] = (report, content)
        return deepcopy(report)
    await house._database.write(kept[1].put_back)
    return deepcopy(kept[0])


async def renew(house: House, file: File) -> ImportReport:
    """Import a file into a database that holds nothing else any more, or put back what that made the last time."""
    kept = _BROUGHT.get((str(house._database.url), repr(file), NOW))
    if kept is None:
        await house._database.write(empty)
        return await bring(house, file)
    await house._database.write(kept[1].put_back)
    return deepcopy(kept[0])


async def rows(house: House, statement: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What a query gives."""
    return await house._database.read(lambda session: [tuple(row) for row in session.execute(statement)])


async def change(house: House, statement: Update | Delete | Insert) -> None:
    """Change rows, as chat would."""

    def work(session: Any) -> None:
        session.execute(statement)

    await house._database.write(work)


async def everything(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""

    def work(session: Session) -> dict[str, list[tuple[Any, ...]]]:
        holding = filled(session)
        return {one.name: sorted(rows_of(session, one), key=repr) if one.name in holding else [] for one in TABLES}

    return await house._database.read(work)


async def revision(house: House) -> int:
    """The network's revision."""
    return int((await rows(house, select(NetworkRow.revision)))[0][0])


async def person(house: House, email: str) -> Person:
    """Somebody the network knows."""
    found = await house.people.by_email(email)
    assert found is not None
    return found


async def viewer(house: House, email: str) -> Viewer:
    """Somebody the network knows, looking."""
    return Viewer(await person(house, email), member=True)


async def find(house: House, query: MeetingQuery, now: datetime = NOW, by: Viewer = MEMBER) -> list[str]:
    """The keys of the meetings that are found."""
    return [found.key for found in await house.meetings.find(query, by, ZONE, now)]


async def the_meeting(house: House, key: str = "intervisie-rust", by: Viewer = MEMBER) -> Meeting:
    """The meeting with this key, to come or over."""
    every = [Which.ALL, Which.PREVIOUS]
    found = [one for which in every for one in await house.meetings.find(MeetingQuery(which), by, ZONE, NOW)]
    return next(one for one in found if one.key == key)
