"""`python -m bot import`: every mistake in a file is told with its line, in Dutch, and then nothing is written."""

import os
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.files.network import Known, read_network
from dialogs.texts.commands import mistake
from tests.bot.processes import command

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLE = REPOSITORY.parent / "shared" / "examples" / "netwerk.yaml"

GOOD = """\
network:
  name: Netwerk Duinen
  timezone: Europe/Brussels
  language: nl-BE
  regions: [Noord, Zuid]
organisations:
  - name: De Helm
    kind: jeugdhulp
    region: Noord
    status: ambassador
  - {name: Het Riet, kind: clb}
people:
  - name: Roos Pauwels
    email: roos@duinen.example
    entra_id: 0a1b2c3d-0000-4000-8000-000000000001
    organisation: De Helm
    role: coordinator
  - {name: Tarik Aydin, email: tarik@duinen.example}
  - {name: Miel Baert, email: miel@duinen.example, entra_id: null}
meetings:
  - key: rust
    kind: intervisie
    title: Rust in de klas
    organiser: roos@duinen.example
    note_taker: tarik@duinen.example
    audience: network
    starts: 2027-02-04 09:30
    ends: 2027-02-04 12:00
    location:
      name: De Helm
      room: Zolder
    online_url: null
    capacity: 20
    fee_eur: 7.50
    register_until: 2027-02-01
    themes: [rust]
    guests:
      - name: Ilse Moens
    agenda:
      - title: Verwelkoming
        kind: information
        minutes: 10
    registrations:
      - person: tarik@duinen.example
        status: excused
        replaced_by: miel@duinen.example
      - person: roos@duinen.example
        session: groen
    sessions:
      - key: groen
        title: Groep groen
      - {key: blauw, title: Groep blauw}
  - {key: stilte, kind: andere, title: Stilte, starts: 2027-03-04 09:30, ends: 2027-03-04 10:00}
faq:
  - question: Hoe doe ik mee?
    also: [Kan ik meedoen?]
    answer: Stuur een berichtje.
  - {question: Waarom?, answer: Daarom.}
"""


def told(text: str, known: Known | None = None) -> list[str]:
    """What the command line says of a file's mistakes."""
    found = read_network(text, known or Known())
    assert not (found.mistakes and found.records)
    return [mistake("x.yaml", one.line, one.field, one.code, one.value, one.expected) for one in found.mistakes]


def changed(*lines: tuple[int, str]) -> str:
    """The good file with other text on some lines, counted from 1. The text may be several lines, or none at all."""
    found = GOOD.splitlines(keepends=True)
    for number, text in lines:
        found[number - 1] = f"{text}\n" if text else ""
    return "".join(found)


def test_the_good_file_has_no_mistakes() -> None:
    found = read_network(GOOD, Known())
    assert found.mistakes == []
    assert len(found.records) == 15


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line of the good file made wrong, and what is said about it; on another line where `on` says so."""

    line: int
    text: str
    says: str
    on: int = 0


PERSON = "staat niet bij people; verwacht: het e-mailadres van iemand uit het netwerk"
MOMENT = "is geen tijdstip; verwacht: bijvoorbeeld 2027-02-04 09:30"
DAY = "is geen datum; verwacht: bijvoorbeeld 2027-02-04"
NUMBER = "is geen geheel getal; verwacht: bijvoorbeeld 20"
AMOUNT = "is geen bedrag; verwacht: bijvoorbeeld 10 of 7.50"
TEXT = "is geen tekst; zet ze tussen aanhalingstekens"
KEYS = "verwacht: kleine letters, cijfers en koppeltekens"
FIELD = "ken ik niet; verwacht: een veld uit het voorbeeld"

UNKNOWN_FIELDS = [
    Wrong(1, "extra: 1\nnetwork:", f"het veld 'extra' {FIELD}"),
    Wrong(4, "  taal: nl-BE", f"het veld 'taal' {FIELD}"),
    Wrong(8, "    soort: clb", f"het veld 'soort' {FIELD}"),
    Wrong(17, "    rol: coordinator", f"het veld 'rol' {FIELD}"),
    Wrong(33, "    plaatsen: 20", f"het veld 'plaatsen' {FIELD}"),
    Wrong(31, "      lokaal: Zolder", f"het veld 'lokaal' {FIELD}"),
    Wrong(38, "      - name: Ilse Moens\n        van: Zee", f"het veld 'van' {FIELD}", on=39),
    Wrong(41, "        soort: theme", f"het veld 'soort' {FIELD}"),
    Wrong(45, "        stand: excused", f"het veld 'stand' {FIELD}"),
    Wrong(51, "        title: Groep groen\n        zaal: 1", f"het veld 'zaal' {FIELD}", on=52),
    Wrong(56, "    ook: [Kan ik meedoen?]", f"het veld 'ook' {FIELD}"),
    Wrong(18, "  - {name: Tarik, email: tarik@duinen.example, tel: 1}", f"het veld 'tel' {FIELD}"),
    Wrong(9, "    1: Noord", f"het veld '1' {FIELD}"),
]

MISSING_FIELDS = [
    Wrong(2, "", "het veld 'name' ontbreekt", on=1),
    Wrong(11, "  - {kind: clb}", "het veld 'name' ontbreekt"),
    Wrong(12, "people:\n  - email: kim@duinen.example", "het veld 'name' ontbreekt", on=13),
    Wrong(12, "people:\n  - {name: Kim}", "het veld 'email' ontbreekt", on=13),
    Wrong(21, "  - description: rust", "het veld 'key' ontbreekt"),
    Wrong(22, "", "het veld 'kind' ontbreekt", on=21),
    Wrong(23, "", "het veld 'title' ontbreekt", on=21),
    Wrong(27, "", "het veld 'starts' ontbreekt", on=21),
    Wrong(28, "", "het veld 'ends' ontbreekt", on=21),
    Wrong(30, "", "het veld 'name' ontbreekt", on=29),
    Wrong(38, "      - organisation: Vzw Zee", "het veld 'name' ontbreekt"),
    Wrong(40, "      - presenter: Roos", "het veld 'title' ontbreekt"),
    Wrong(43, "    registrations:\n      - status: excused", "het veld 'person' ontbreekt", on=44),
    Wrong(51, "", "het veld 'title' ontbreekt", on=50),
    Wrong(52, "      - {title: Groep blauw}", "het veld 'key' ontbreekt"),
    Wrong(57, "", "het veld 'answer' ontbreekt", on=55),
    Wrong(58, "  - {answer: Daarom.}", "het veld 'question' ontbreekt"),
]

REFERENCES = [
    Wrong(44, "      - person: wie@duinen.example", f"'wie@duinen.example' bij person {PERSON}"),
    Wrong(46, "        replaced_by: wie@duinen.example", f"'wie@duinen.example' bij replaced_by {PERSON}"),
    Wrong(24, "    organiser: wie@duinen.example", f"'wie@duinen.example' bij organiser {PERSON}"),
    Wrong(25, "    note_taker: wie@duinen.example", f"'wie@duinen.example' bij note_taker {PERSON}"),
    Wrong(
        16,
        "    organisation: Nergens",
        "'Nergens' bij organisation staat niet bij organisations; verwacht: de naam van een organisatie",
    ),
    Wrong(
        48, "        session: paars", "'paars' bij session is geen sessie van deze bijeenkomst; verwacht: een key uit"
    ),
    Wrong(9, "    region: Oost", "'Oost' bij region staat niet bij regions; verwacht: Noord, Zuid"),
    Wrong(
        46,
        "        replaced_by: tarik@duinen.example",
        "'tarik@duinen.example' kan niet door zichzelf vervangen worden; verwacht: iemand anders",
    ),
]

EQUALS = [
    Wrong(11, "  - {name: De Helm}", "'De Helm' bij name staat ook op regel 7; verwacht: elk één keer"),
    Wrong(
        19,
        "  - {name: Miel Baert, email: ROOS@duinen.example}\n  - {name: Miel, email: miel@duinen.example}",
        "'roos@duinen.example' bij email staat ook op regel 14; verwacht: elk één keer",
    ),
    Wrong(
        53,
        "  - {key: rust, kind: andere, title: Stilte, starts: 2027-03-04 09:30, ends: 2027-03-04 10:00}",
        "'rust' bij key staat ook op regel 21; verwacht: elk één keer",
    ),
    Wrong(52, "      - {key: groen, title: Nog eens}", "'groen' bij key staat ook op regel 50; verwacht: elk één keer"),
    Wrong(
        47,
        "      - person: Tarik@duinen.example",
        "'tarik@duinen.example' bij person staat ook op regel 44; verwacht: elk één keer",
    ),
    Wrong(
        58,
        "  - {question: Hoe doe ik mee?, answer: Zo.}",
        "'Hoe doe ik mee?' bij question staat ook op regel 55; verwacht: elk één keer",
    ),
    Wrong(
        19,
        "  - {name: Miel, email: miel@duinen.example, entra_id: 0A1B2C3D-0000-4000-8000-000000000001}",
        "'0a1b2c3d-0000-4000-8000-000000000001' bij entra_id staat ook op regel 15; verwacht: elk één keer",
    ),
    Wrong(
        23, "    title: Rust\n    title: Ruis", "'title' staat hier een tweede keer; verwacht: elk veld één keer", on=24
    ),
    Wrong(54, "people: []\nfaq:", "'people' staat hier een tweede keer; verwacht: elk veld één keer"),
]

TIMES = [
    Wrong(
        28, "    ends: 2027-02-04 09:00", "ends (2027-02-04 09:00) ligt niet na starts; verwacht: een later tijdstip"
    ),
    Wrong(
        28, "    ends: 2027-02-04 09:30", "ends (2027-02-04 09:30) ligt niet na starts; verwacht: een later tijdstip"
    ),
    Wrong(27, "    starts: 2027-02-30 09:30", f"'2027-02-30 09:30' bij starts {MOMENT}"),
    Wrong(27, "    starts: 2027-13-01 09:30", f"'2027-13-01 09:30' bij starts {MOMENT}"),
    Wrong(27, "    starts: 2027-02-30 09:30:00", f"'2027-02-30 09:30:00' bij starts {MOMENT}"),
    Wrong(27, "    starts: 2027-02-04 25:30", f"'2027-02-04 25:30' bij starts {MOMENT}"),
    Wrong(27, "    starts: 2027-02-04 09:60", f"'2027-02-04 09:60' bij starts {MOMENT}"),
    Wrong(27, "    starts: volgende week", f"'volgende week' bij starts {MOMENT}"),
    Wrong(27, "    starts: 2027-02-04", f"'2027-02-04' bij starts {MOMENT}"),
    Wrong(27, "    starts: '2027-02-04'", f"'2027-02-04' bij starts {MOMENT}"),
    Wrong(27, "    starts: 1801730000", f"'1801730000' bij starts {MOMENT}"),
    Wrong(27, "    starts: null", f"'null' bij starts {MOMENT}"),
    Wrong(27, "    starts: [2027]", f"'' bij starts {MOMENT}"),
    Wrong(
        27,
        "    starts: 2027-02-04T09:30:00+01:00",
        "'2027-02-04 09:30:00+01:00' bij starts heeft een tijdzone; verwacht: de plaatselijke tijd, zonder zone",
    ),
    Wrong(
        53,
        "  - key: stilte\n    kind: andere\n    title: S\n    starts: 2027-03-28 02:30\n    ends: 2027-03-28 04:00",
        "2027-03-28 02:30 bestaat niet: dan springt de klok vooruit; verwacht: een ander uur",
        on=56,
    ),
    Wrong(35, "    register_until: 2027-02-30", f"'2027-02-30' bij register_until {DAY}"),
    Wrong(35, "    register_until: 2027-13-01", f"'2027-13-01' bij register_until {DAY}"),
    Wrong(35, "    register_until: morgen", f"'morgen' bij register_until {DAY}"),
    Wrong(35, "    register_until: 0", f"'0' bij register_until {DAY}"),
    Wrong(35, "    agenda_until: 01/02/2027", f"'01/02/2027' bij agenda_until {DAY}"),
    Wrong(
        35,
        "    register_until: 2027-02-01 10:00",
        "'2027-02-01 10:00' bij register_until is geen datum; verwacht: een dag zonder uur",
    ),
    Wrong(3, "  timezone: Europe/Brussel", "'Europe/Brussel' is geen tijdzone; verwacht: bijvoorbeeld Europe/Brussels"),
]

VALUES = [
    Wrong(22, "    kind: vergadering", "'vergadering' kan niet bij kind; verwacht: 'intervisie', 'infomoment', 'net"),
    Wrong(
        10, "    status: lid", "'lid' kan niet bij status; verwacht: 'ambassador', 'partner', 'visited', 'waiting', 'ex"
    ),
    Wrong(17, "    role: baas", "'baas' kan niet bij role; verwacht: 'ambassador', 'coordinator' of 'external'"),
    Wrong(26, "    audience: iedereen", "'iedereen' kan niet bij audience; verwacht: 'network' of 'participants'"),
    Wrong(
        41,
        "        kind: spel",
        "'spel' kan niet bij kind; verwacht: 'theme', 'case', 'organisation', 'information', '",
    ),
    Wrong(
        45, "        status: ja", "'ja' kan niet bij status; verwacht: 'registered', 'waitlisted', 'excused', 'attended"
    ),
    Wrong(
        45,
        "        status: offered",
        "'offered' kan niet bij status; verwacht: 'registered', 'waitlisted', 'excused', 'attended",
    ),
    Wrong(
        45,
        "        status: withdrawn",
        "'withdrawn' kan niet bij status; verwacht: 'registered', 'waitlisted', 'excused', 'attended",
    ),
    Wrong(4, "  language: fr-BE", "'fr-BE' kan niet bij language; verwacht: 'nl-BE'"),
    Wrong(33, "    capacity: -1", "'-1' bij capacity is te klein; verwacht: minstens 0"),
    Wrong(33, "    capacity: 100001", "'100001' bij capacity is te groot; verwacht: hoogstens 100000"),
    Wrong(33, "    capacity: twintig", f"'twintig' bij capacity {NUMBER}"),
    Wrong(33, "    capacity: '20'", f"'20' bij capacity {NUMBER}"),
    Wrong(33, "    capacity: 1.5", f"'1.5' bij capacity {NUMBER}"),
    Wrong(33, "    capacity: true", f"'true' bij capacity {NUMBER}"),
    Wrong(42, "        minutes: lang", f"'lang' bij minutes {NUMBER}"),
    Wrong(42, "        minutes: 0", "'0' bij minutes is te klein; verwacht: minstens 1"),
    Wrong(34, "    fee_eur: -1", "'-1' bij fee_eur is te klein; verwacht: minstens 0"),
    Wrong(34, "    fee_eur: gratis", f"'gratis' bij fee_eur {AMOUNT}"),
    Wrong(34, "    fee_eur: 7,50", f"'7,50' bij fee_eur {AMOUNT}"),
    Wrong(34, "    fee_eur: .nan", f"'nan' bij fee_eur {AMOUNT}"),
    Wrong(34, "    fee_eur: 7.505", "'7.505' bij fee_eur heeft te veel cijfers na de komma; verwacht: hoogstens 2"),
    Wrong(34, "    fee_eur: 1000000", "'1000000' bij fee_eur is te groot; verwacht: hoogstens 100000"),
    Wrong(14, "    email: roos.duinen.example", "'roos.duinen.example' kan niet bij email; verwacht: een e-mailadres"),
    Wrong(14, "    email: roos@duinen", "'roos@duinen' kan niet bij email; verwacht: een e-mailadres"),
    Wrong(24, "    organiser: Roos Pauwels", "'Roos Pauwels' kan niet bij organiser; verwacht: een e-mailadres"),
    Wrong(15, "    entra_id: roos", "'roos' kan niet bij entra_id; verwacht: een id zoals 12345678-90ab-cdef-1234-56"),
    Wrong(21, "  - key: Rust In De Klas", f"'Rust In De Klas' kan niet bij key; {KEYS}"),
    Wrong(
        32, "    online_url: teams.example", "'teams.example' kan niet bij online_url; verwacht: een adres dat met htt"
    ),
    Wrong(23, "    title: 2027", f"'2027' bij title {TEXT}"),
    Wrong(
        23,
        "    title: ja: nee",
        "dit is geen geldige YAML (mapping values are not allowed in this context); verwacht: ",
    ),
    Wrong(23, "    title: yes", f"'true' bij title {TEXT}"),
    Wrong(23, "    title: ''", "title is leeg; verwacht: tekst"),
    Wrong(23, f"    title: {'x' * 201}", "title is te lang; verwacht: hoogstens 200 tekens"),
    Wrong(31, f"      room: {'x' * 101}", "room is te lang; verwacht: hoogstens 100 tekens"),
    Wrong(55, f"  - question: {'x' * 501}", "question is te lang; verwacht: hoogstens 500 tekens"),
    Wrong(23, '    title: "a\\0b"', "title bevat een onzichtbaar stuurteken; verwacht: gewone tekst"),
    Wrong(5, "  regions: Noord", "bij regions verwacht ik een lijst"),
    Wrong(5, "  regions: [Noord, [Zuid]]", "'' bij regions is geen tekst"),
    Wrong(36, "    themes: {rust: 1}", "bij themes verwacht ik een lijst"),
    Wrong(11, "  - Het Riet", "bij organisations verwacht ik een blok met velden"),
    Wrong(52, "      - blauw", "bij sessions verwacht ik een blok met velden"),
    Wrong(54, "faq: later\nrest:", f"het veld 'rest' {FIELD}", on=55),
]

YAML = [
    Wrong(2, "\tname: Netwerk Duinen", "dit is geen geldige YAML (found character that cannot start any token)"),
    Wrong(5, "  regions: [Noord, Zuid", "dit is geen geldige YAML (did not find expected ',' or ']')", on=6),
    Wrong(23, "   title: Rust", "dit is geen geldige YAML (did not find expected '-' indicator)", on=23),
    Wrong(23, "    title: 'Rust", "dit is geen geldige YAML (found unexpected end of stream)", on=59),
    Wrong(23, "    title: a\0b", "dit is geen geldige YAML (control character)"),
    Wrong(23, "    title: *rust", "verwijzingen (* en &) lees ik niet; verwacht: de gegevens voluit"),
    Wrong(12, "---\npeople:", "dit is geen geldige YAML (but found another document)"),
    Wrong(36, f"    themes: {'[' * 30}{']' * 30}", "dit zit te diep genest; verwacht: hoogstens 20 niveaus"),
]


@pytest.mark.parametrize(
    "wrong",
    [*UNKNOWN_FIELDS, *MISSING_FIELDS, *REFERENCES, *EQUALS, *TIMES, *VALUES, *YAML],
    ids=lambda wrong: f"line {wrong.line}: {wrong.text.strip()[:30]}",
)
def test_a_mistake_is_told_with_its_line_and_what_was_expected(wrong: Wrong) -> None:
    found = told(changed((wrong.line, wrong.text)))
    start = f"x.yaml:{wrong.on or wrong.line}: {wrong.says}"
    assert [one for one in found if one.startswith(start)], found


@pytest.mark.parametrize(
    "wrong",
    [*REFERENCES, *EQUALS, *TIMES, *MISSING_FIELDS],
    ids=lambda wrong: f"line {wrong.line}: {wrong.text.strip()[:30]}",
)
def test_one_mistake_is_told_once(wrong: Wrong) -> None:
    assert len(told(changed((wrong.line, wrong.text)))) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "# nog niets\n", "null"], ids=["nothing", "blank", "comment", "null"])
def test_an_empty_file_is_a_mistake(text: str) -> None:
    assert told(text) == ["x.yaml:1: dit bestand is leeg; verwacht: network, organisations, people, meetings of faq"]


@pytest.mark.parametrize(("text", "line"), [("- rust\n- stilte\n", 1), ("\nrust en stilte\n", 2), ("12\n", 1)])
def test_a_file_that_is_no_block_of_fields_is_a_mistake(text: str, line: int) -> None:
    assert [one.split("; ")[0] for one in told(text)] == [f"x.yaml:{line}: dit is geen netwerkbestand"]


def test_aliases_that_unfold_into_gigabytes_are_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    assert told(bomb) == ["x.yaml:2: verwijzingen (* en &) lees ik niet; verwacht: de gegevens voluit"]


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000], ids=["list", "items", "block"])
def test_nesting_without_end_is_refused(text: str) -> None:
    assert told(text) == ["x.yaml:1: dit zit te diep genest; verwacht: hoogstens 20 niveaus"]


def test_every_mistake_is_told_in_the_order_of_the_lines() -> None:
    found = told(
        changed(
            (58, "  - {question: Waarom?, antwoord: Daarom.}"),
            (53, "  - {key: rust, kind: andere, title: S, starts: 2027-03-04 09:30, ends: 2027-03-04 09:00}"),
            (35, "    register_until: 2027-02-30"),
            (33, "    capacity: -1\n    capacity: 3"),
            (18, "  - {name: Tarik, email: tarik@duinen.example, organisation: Nergens}"),
            (9, "    region: Oost"),
        )
    )
    assert [one.split(":")[1] for one in found] == ["9", "18", "33", "34", "36", "54", "59", "59"]


def test_a_wrong_person_is_not_also_an_unknown_one() -> None:
    found = told(changed((13, "  - name: 2027")))
    assert [one.split(":")[1] for one in found] == ["13"]


def test_a_file_may_refer_to_what_the_database_holds() -> None:
    text = "people:\n  - {name: Kim, email: kim@duinen.example, organisation: De Golf}\n"
    assert told(text, Known(organisations={"De Golf"})) == []
    assert len(told(text)) == 1


def test_times_are_checked_in_the_zone_that_the_database_holds() -> None:
    text = "meetings:\n  - {key: a, kind: andere, title: A, starts: 2027-03-28 02:30, ends: 2027-03-28 04:00}\n"
    assert told(text, Known(timezone="Africa/Tunis")) == []
    assert len(told(text, Known(timezone="Europe/Brussels"))) == 1


def test_the_repeated_hour_in_autumn_is_no_mistake() -> None:
    text = "meetings:\n  - {key: a, kind: andere, title: A, starts: 2026-10-25 02:30, ends: 2026-10-25 03:30}\n"
    assert told(text) == []


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert told(f"\ufeff{GOOD}") == []


# As a real process


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    status: int
    out: str
    err: str


def run(file: Path, *options: str, url: str, from_nothing: bool = False) -> Ended:
    """`python -m bot import FILE`."""
    settings = {"PATH": os.environ["PATH"], "DATABASE_URL": url, "PYTHONPATH": str(REPOSITORY)}
    started = command("import", str(file), *options, from_nothing=from_nothing)
    done = subprocess.run(started, cwd=file.parent, env=settings, capture_output=True, timeout=60, check=False)
    ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ended.out + ended.err
    assert "Error" not in ended.out
    return ended


def counted(path: Path) -> dict[str, int]:
    """How many rows each table of a SQLite database has."""
    with sqlite3.connect(path) as connection:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_fts_%'"
            )
        ]
        found = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
    connection.close()
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The good file."""
    path = tmp_path / "netwerk.yaml"
    path.write_text(GOOD, "utf-8")
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the database comes."""
    return tmp_path / "bot.db"


def test_a_file_is_imported_and_then_was_already_there(file: Path, unmigrated_url: str) -> None:
    first = run(file, url=unmigrated_url)
    assert (first.status, first.out, first.err) == (0, "Ingelezen: 15 nieuw, 2 gewijzigd.\n", "")
    again = run(file, url=unmigrated_url)
    assert (again.status, again.out, again.err) == (0, "Alles stond er al: er is niets veranderd.\n", "")


def test_a_dry_run_tells_the_differences_and_keeps_nothing(file: Path, database: Path) -> None:
    url = f"sqlite:///{database}"
    assert run(file, url=url).status == 0
    before = counted(database)
    text = changed((33, "    capacity: null"), (31, "      room: Kelder"), (36, "    themes: [rust, orde]"), (24, ""))
    file.write_text(text.replace("Het Riet", "Het Gras"), "utf-8")
    ended = run(file, "--dry-run", url=url)
    assert ended.status == 0
    assert ended.out.splitlines() == [
        "+ organisatie Het Gras",
        "~ bijeenkomst rust: location: Zolder → Kelder",
        "~ bijeenkomst rust: capacity: 20 → (leeg)",
        "~ bijeenkomst rust: themes: rust → rust, orde",
        "Zou inlezen: 1 nieuw, 3 gewijzigd. Er is niets veranderd.",
    ]
    assert counted(database) == before


def test_a_file_with_mistakes_writes_nothing(file: Path, database: Path) -> None:
    file.write_text(changed((33, "    capacity: -1"), (57, "    antwoord: Zo.")), "utf-8")
    ended = run(file, url=f"sqlite:///{database}")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        f"Er is niets veranderd. Te verbeteren in {file}:",
        f"{file}:33: '-1' bij capacity is te klein; verwacht: minstens 0",
        f"{file}:55: het veld 'answer' ontbreekt",
        f"{file}:57: het veld 'antwoord' ken ik niet; verwacht: een veld uit het voorbeeld",
    ]
    rows = counted(database)
    assert {name for name, number in rows.items() if number} == {"alembic_version", "network"}


def test_what_contradicts_the_database_is_told_with_its_line(file: Path, database: Path) -> None:
    url = f"sqlite:///{database}"
    assert run(file, url=url).status == 0
    before = counted(database)
    entra_id = "0a1b2c3d-0000-4000-8000-000000000001"
    file.write_text(
        "organisations: [{name: Zal niet komen}]\n"
        f"people:\n  - {{name: Kim, email: kim@duinen.example, entra_id: {entra_id}}}\n",
        "utf-8",
    )
    ended = run(file, url=url)
    assert ended.status == 1
    expected = f"{file}:3: '{entra_id}' bij entra_id past niet bij wat er al in de databank staat"
    assert ended.err.splitlines()[1] == expected
    assert counted(database) == before


def test_bytes_that_are_not_utf_8_are_told_with_their_line(file: Path, database: Path) -> None:
    file.write_bytes(changed((23, "    title: Één klas")).encode("latin-1"))
    ended = run(file, url=f"sqlite:///{database}")
    assert ended.status == 1
    assert f"{file}:23: dit teken is geen UTF-8; verwacht: een bestand dat als UTF-8 bewaard is" in ended.err


def test_a_bomb_ends_the_process_decently(file: Path, database: Path) -> None:
    file.write_text("[" * 200_000, "utf-8")
    ended = run(file, url=f"sqlite:///{database}")
    assert (ended.status, ended.err.splitlines()[1]) == (
        1,
        f"{file}:1: dit zit te diep genest; verwacht: hoogstens 20 niveaus",
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path, database: Path) -> None:
    ended = run(tmp_path / "weg.yaml", url=f"sqlite:///{database}", from_nothing=True)
    assert ended.status == 2
    assert ended.err.startswith(f"{tmp_path / 'weg.yaml'}: dit bestand kan ik niet lezen")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://bot:geheim@127.0.0.1:1/bot",
        "sqlite:////dev/null/bot.db",
        "sqlite:///geen.db",
        "mysql://bot:geheim@127.0.0.1/bot",
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(file: Path, url: str) -> None:
    file.with_name("geen.db").write_bytes(b"dit is geen databank, al staat er wel iets in. " * 50)
    ended = run(file, url=url)
    assert (ended.status, ended.out) == (2, "")
    assert "DATABASE_URL" in ended.err
    assert "geheim" not in ended.err


def test_a_postgresql_database_that_does_not_exist_is_told(file: Path, postgres_url: str) -> None:
    ended = run(file, url=postgres_url.replace("/test_", "/nergens_"))
    assert ended.status == 2
    assert ended.err.startswith("De databank is niet bereikbaar")


def test_the_example_is_imported(tmp_path: Path, database: Path) -> None:
    if not EXAMPLE.exists():
        pytest.skip(f"no shared example here: {EXAMPLE}")
    copy = tmp_path / "voorbeeld.yaml"
    copy.write_bytes(EXAMPLE.read_bytes())
    ended = run(copy, url=f"sqlite:///{database}")
    assert (ended.status, ended.err) == (0, "")
    rows = counted(database)
    assert [rows[name] for name in ("organisations", "people", "meetings", "sessions", "agenda_points")] == [
        4,
        4,
        2,
        2,
        3,
    ]
    assert (rows["registrations"], rows["questions"]) == (2, 1)
    assert run(copy, url=f"sqlite:///{database}").out == "Alles stond er al: er is niets veranderd.\n"
