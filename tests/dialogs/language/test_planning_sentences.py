"""Sentences with which a coordinator plans: what is read in them, on Saturday 21 November 2026."""

from datetime import date

import pytest

from dialogs.language.intents import Intent
from dialogs.language.planning import new_meeting, new_values, series
from dialogs.language.planning_openings import opening
from storage.domain.meetings import MeetingKind
from storage.domain.network import MeetingName, Names, PersonName
from storage.domain.people import Role
from storage.domain.series import Rhythm
from tests.conftest import NOW

NAMES = Names(
    meetings=(
        MeetingName(
            1,
            MeetingKind.INTERVISIE,
            "Intervisie schoolmotivatie",
            date(2027, 2, 4),
            ("schoolmotivatie",),
            "De Golf",
            "Stationsplein 1, 9998 Kustrade",
        ),
    ),
    people=(
        PersonName(1, "Nele Verhaegen", Role.COORDINATOR),
        PersonName(2, "Jonas Claerhout", Role.AMBASSADOR),
        PersonName(3, "Els Van Hove", Role.EXTERNAL),
        PersonName(4, "Lotte Segers", Role.EXTERNAL),
        PersonName(5, "Lotte Adams", Role.EXTERNAL),
    ),
)
FEBRUARY = date(2027, 2, 4)

NEW = [
    (
        "nieuwe intervisie op 11 juni om 9u30 in De Wallekes, thema spijbelen, 25 plaatsen, organisator Nele",
        {
            "kind": "intervisie",
            "day": "2027-06-11",
            "starts": "09:30",
            "place": "De Wallekes",
            "themes": "spijbelen",
            "capacity": "25",
            "organiser": "Nele Verhaegen",
        },
    ),
    ("plan een infomoment op 15 maart", {"kind": "infomoment", "day": "2027-03-15"}),
    (
        "maak een stuurgroep aan op dinsdag 9 maart van 14u tot 16u30",
        {"kind": "stuurgroep", "day": "2027-03-09", "starts": "14:00", "ends": "16:30"},
    ),
    (
        "Nieuwe netwerkdag op 20 mei 2027 van 9u tot 16u in De Golf, 10 euro, 120 plaatsen",
        {
            "kind": "netwerkdag",
            "day": "2027-05-20",
            "starts": "09:00",
            "ends": "16:00",
            "place": "De Golf",
            "address": "Stationsplein 1, 9998 Kustrade",
            "fee": "10",
            "capacity": "120",
        },
    ),
    (
        "nieuwe intervisie over pesten op 3 juni, gratis, enkel voor deelnemers",
        {"kind": "intervisie", "themes": "pesten", "day": "2027-06-03", "fee": "0", "audience": "participants"},
    ),
    (
        "voeg een infomoment toe op 12 januari om 13u30 online via https://teams.example/abc",
        {"kind": "infomoment", "day": "2027-01-12", "starts": "13:30", "online_url": "https://teams.example/abc"},
    ),
    (
        "nieuwe intervisie op 11 juni, inschrijven tot 1 juni, agendapunten tegen 28 mei",
        {"kind": "intervisie", "day": "2027-06-11", "register_until": "2027-06-01", "agenda_until": "2027-05-28"},
    ),
    (
        "nieuwe intervisie 11 juni 9u30-12u, lokaal 3, De Golf",
        {"kind": "intervisie", "day": "2027-06-11", "starts": "09:30", "ends": "12:00", "room": "lokaal 3"},
    ),
    (
        "nieuwe intervisie op 11 juni in De Wallekes (zaal Zolder), Pastoor De Nevestraat 10, 9900 Eeklo",
        {
            "kind": "intervisie",
            "day": "2027-06-11",
            "place": "De Wallekes",
            "room": "zaal Zolder",
            "address": "Pastoor De Nevestraat 10, 9900 Eeklo",
        },
    ),
    (
        "kan je een intervisie plannen op 8 april om 10 uur met Jonas als organisator en Els als verslaggever?",
        {
            "kind": "intervisie",
            "day": "2027-04-08",
            "starts": "10:00",
            "organiser": "Jonas Claerhout",
            "note_taker": "Els Van Hove",
        },
    ),
    (
        'nieuwe bijeenkomst "Samen naar school" op 4 mei in de namiddag',
        {"kind": "andere", "title": "Samen naar school", "day": "2027-05-04"},
    ),
    (
        "nieuwe intervisie op 11 juni, titel: Rust in de klas, thema's rust en klas",
        {"kind": "intervisie", "day": "2027-06-11", "title": "Rust in de klas", "themes": "rust, klas"},
    ),
    (
        "nieuw infomoment op 2 maart met gastspreker Ilse Moens (Vzw Golfslag)",
        {"kind": "infomoment", "day": "2027-03-02", "guests": "Ilse Moens (Vzw Golfslag)"},
    ),
    (
        "nieuwe intervisie op 11 juni, praktisch: broodjes voorzien, doelgroep: CLB en scholen",
        {"kind": "intervisie", "day": "2027-06-11", "practical": "broodjes voorzien", "for_whom": "CLB en scholen"},
    ),
    (
        "zet een intervisie in op 11/6/2027 om 09:30 voor maximaal 18 mensen",
        {"kind": "intervisie", "day": "2027-06-11", "starts": "09:30", "capacity": "18"},
    ),
    ("nieuwe intervisie", {"kind": "intervisie"}),
    ("ik wil een nieuwe netwerkdag organiseren", {"kind": "netwerkdag"}),
    (
        "organiseer een intervisie op 11 juni over spijbelen in De Wallekes voor 25 deelnemers",
        {
            "kind": "intervisie",
            "day": "2027-06-11",
            "themes": "spijbelen",
            "place": "De Wallekes",
            "capacity": "25",
        },
    ),
    (
        "nieuwe intervisie op 11 juni, deelname kost 7,50 euro",
        {"kind": "intervisie", "day": "2027-06-11", "fee": "7,50"},
    ),
    (
        "nieuwe intervisie op 11 juni om 9.30 u, duurt 2 uur",
        {"kind": "intervisie", "day": "2027-06-11", "starts": "09:30", "ends": "11:30"},
    ),
    (
        "nieuwe intervisie op 11 juni om 9u30, verslag: Lotte Adams, georganiseerd door Els",
        {
            "kind": "intervisie",
            "day": "2027-06-11",
            "starts": "09:30",
            "note_taker": "Lotte Adams",
            "organiser": "Els Van Hove",
        },
    ),
    (
        "nieuwe intervisie op 11 juni, organisator Lotte",
        {"kind": "intervisie", "day": "2027-06-11", "organiser": "Lotte"},
    ),
    (
        "nieuwe intervisie op 11 juni in het Huis van het Kind te Gent",
        {"kind": "intervisie", "day": "2027-06-11", "place": "het Huis van het Kind te Gent"},
    ),
    (
        "Intervisie toevoegen: 11 juni, 9u30 tot 12u, De Golf",
        {"kind": "intervisie", "day": "2027-06-11", "starts": "09:30", "ends": "12:00"},
    ),
    (
        "nieuw infomoment over leersteun voor ouders op 3 maart om 19u30",
        {"kind": "infomoment", "day": "2027-03-03", "starts": "19:30", "themes": "leersteun voor ouders"},
    ),
]


@pytest.mark.parametrize(("said", "read"), NEW, ids=[said[:60] for said, _ in NEW])
def test_a_sentence_prefills_a_new_meeting(said: str, read: dict[str, str]) -> None:
    found = new_meeting(said, NOW, NAMES)
    assert {name: found.get(name) for name in read} == read
    assert found.keys() - read.keys() <= {"place", "starts", "address"}


CHANGES = [
    (
        "verplaats de intervisie van 4 februari naar 11 februari om 13u",
        {"day": "2027-02-11", "starts": "13:00"},
    ),
    ("verplaats de intervisie van 4 februari naar 11 februari", {"day": "2027-02-11"}),
    ("verzet de intervisie van 4 februari naar 14u", {"starts": "14:00"}),
    ("verschuif de intervisie van 4 februari een week", {"day": "2027-02-11"}),
    ("stel de intervisie van 4 februari twee weken uit", {"day": "2027-02-18"}),
    ("verzet de intervisie van 4 februari een uur later", {"shift": "60"}),
    ("de intervisie van 4 februari begint een half uur vroeger", {"shift": "-30"}),
    ("de intervisie van 4 februari wordt 11 februari", {"day": "2027-02-11"}),
    ("de intervisie is niet op 4 februari maar op 11 februari", {"day": "2027-02-11"}),
    ("de intervisie start om 10u in plaats van 9u", {"starts": "10:00"}),
    ("de intervisie van 4 februari duurt tot 17u", {"ends": "17:00"}),
    ("de intervisie is van 13u tot 15u", {"starts": "13:00", "ends": "15:00"}),
    (
        "verplaats de intervisie naar donderdag 18 februari van 9u30 tot 12u",
        {"day": "2027-02-18", "starts": "09:30", "ends": "12:00"},
    ),
    ("verplaats de intervisie van 4 februari naar De Wallekes", {"place": "De Wallekes"}),
    ("de zaal wordt Zolder", {"room": "Zolder"}),
    ("het lokaal van de intervisie van 4 februari is lokaal 12", {"room": "lokaal 12"}),
    ("verander de titel in Rust in de klas", {"title": "Rust in de klas"}),
    ("wijzig de titel van de intervisie van 4 februari naar “Rust in de klas”", {"title": "Rust in de klas"}),
    ("hernoem de intervisie van 4 februari naar Rust in de klas", {"title": "Rust in de klas"}),
    ("Nele is de organisator", {"organiser": "Nele Verhaegen"}),
    ("verslaggever is Els", {"note_taker": "Els Van Hove"}),
    ("Jonas maakt het verslag van de intervisie van 4 februari", {"note_taker": "Jonas Claerhout"}),
    ("maak Jonas organisator van de intervisie van 4 februari", {"organiser": "Jonas Claerhout"}),
    ("de organisator van de intervisie van 4 februari is Jonas", {"organiser": "Jonas Claerhout"}),
    ("de verslaggever wordt voortaan Els Van Hove", {"note_taker": "Els Van Hove"}),
    ("zet Els als verslaggever", {"note_taker": "Els Van Hove"}),
    ("Lotte is de verslaggever", {"note_taker": "Lotte"}),
    ("het thema wordt spijbelen", {"themes": "spijbelen"}),
    ("de thema's zijn spijbelen en rust", {"themes": "spijbelen, rust"}),
    (
        "de plaats van de intervisie van 4 februari wordt De Golf",
        {"place": "De Golf", "address": "Stationsplein 1, 9998 Kustrade"},
    ),
    (
        "de intervisie van 4 februari gaat door in De Golf",
        {"place": "De Golf", "address": "Stationsplein 1, 9998 Kustrade"},
    ),
    ("het adres wordt Kaai 3, 9999 Waterdam", {"address": "Kaai 3, 9999 Waterdam"}),
    ("de link is https://teams.example/x", {"online_url": "https://teams.example/x"}),
    ("de intervisie gaat online door via https://teams.example/x", {"online_url": "https://teams.example/x"}),
    ("verwijder de online link", {"online_url": ""}),
    ("de intervisie van 4 februari heeft 30 plaatsen", {"capacity": "30"}),
    ("de prijs wordt 12,50 euro", {"fee": "12,50"}),
    ("deelname is gratis", {"fee": "0"}),
    ("inschrijven kan tot en met 1 februari", {"register_until": "2027-02-01"}),
    ("de deadline voor agendapunten wordt 20 januari", {"agenda_until": "2027-01-20"}),
    ("schrap de deadline om in te schrijven", {"register_until": ""}),
    ("maak de intervisie van 4 februari enkel voor deelnemers", {"audience": "participants"}),
    ("de agenda is voor iedereen zichtbaar", {"audience": "network"}),
    ("gastspreker wordt Ilse Moens van Vzw Golfslag", {"guests": "Ilse Moens (Vzw Golfslag)"}),
    ("voor wie: CLB en scholen", {"for_whom": "CLB en scholen"}),
    ("de praktische info wordt: breng je laptop mee, en een trui", {"practical": "breng je laptop mee, en een trui"}),
    ("de omschrijving is Wat werkt echt?", {"description": "Wat werkt echt?"}),
    ("de titel wordt Rust en de zaal wordt Zolder", {"title": "Rust", "room": "Zolder"}),
    ("pas de intervisie van 4 februari aan", {}),
    ("ik wil de intervisie van 4 februari wijzigen", {}),
    ("doe de intervisie van 4 februari nog eens op 9 september", {"day": "2027-09-09"}),
    ("kopieer de intervisie van 4 februari naar 9 september om 10u", {"day": "2027-09-09", "starts": "10:00"}),
]


@pytest.mark.parametrize(("said", "read"), CHANGES, ids=[said[:60] for said, _ in CHANGES])
def test_a_sentence_changes_fields_of_a_meeting(said: str, read: dict[str, str]) -> None:
    assert dict(new_values(said, NOW, NAMES, FEBRUARY)) == read


SERIES = [
    ("plan vier intervisies per jaar, telkens de derde vrijdag", Rhythm(4, NOW.date(), 0, 3, 4, 3)),
    ("maak een reeks intervisies: vier per jaar, telkens de derde vrijdag", Rhythm(4, NOW.date(), 0, 3, 4, 3)),
    ("om de zes weken een intervisie op donderdag vanaf 7 januari", Rhythm(6, date(2027, 1, 7), 6, 0, 3, 1)),
    ("plan 5 intervisies om de zes weken", Rhythm(5, NOW.date(), 6, 0, None, 1)),
    ("elke eerste dinsdag van de maand om 9u30 een infomoment", Rhythm(6, NOW.date(), 0, 1, 1, 1)),
    (
        "drie infomomenten, telkens de laatste woensdag van de maand, vanaf maart",
        Rhythm(3, date(2027, 3, 1), 0, 1, 2, -1),
    ),
    ("elke twee weken een stuurgroep op maandag", Rhythm(6, NOW.date(), 2, 0, 0, 1)),
    ("maandelijks op de tweede dinsdag een intervisie, 8 keer", Rhythm(8, NOW.date(), 0, 1, 1, 2)),
]


@pytest.mark.parametrize(("said", "rhythm"), SERIES, ids=[said[:60] for said, _ in SERIES])
def test_a_sentence_gives_the_rhythm_of_a_series(said: str, rhythm: Rhythm) -> None:
    assert series(said, NOW) == rhythm


@pytest.mark.parametrize("said", ["plan een reeks intervisies", "een reeks"])
def test_a_series_without_a_rhythm_has_none(said: str) -> None:
    assert series(said, NOW) is None


@pytest.mark.parametrize("said", ["x" * 4000, "verplaats " * 400, "in " * 1000, "de titel wordt " * 300, "(" * 2000])
def test_a_very_long_sentence_is_read_too(said: str) -> None:
    assert isinstance(new_meeting(said, NOW, NAMES), dict)
    assert isinstance(new_values(said, NOW, NAMES, FEBRUARY), dict)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        *((said, Intent.MEETING_CREATE) for said, _ in NEW if said.lower().startswith(("nieuw", "maak", "plan"))),
        ("kan je een nieuwe intervisie plannen op 8 april?", Intent.MEETING_CREATE),
        ("Dag, ik wil graag een nieuwe intervisie op 11 juni", Intent.MEETING_CREATE),
        ("plan een intervisie om de zes weken", Intent.MEETING_SERIES),
        ("nieuwe intervisie?", None),
        ("is er al een nieuwe intervisie gepland?", None),
        ("wanneer is de nieuwe intervisie?", None),
        ("plan de volgende intervisie in mijn agenda", None),
        ("zet een casus op de agenda van de intervisie", None),
    ],
)
def test_how_a_sentence_opens_tells_that_something_is_planned(said: str, intent: Intent | None) -> None:
    assert opening(said) is intent
