"""The top of a report tells its title and the day of the meeting."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.language.minutes.head import read_head
from dialogs.language.minutes.lines import read_lines

NOW = datetime(2027, 5, 3, 10, tzinfo=ZoneInfo("Europe/Brussels"))


def day(text: str) -> date | None:
    """The day of the meeting."""
    return read_head(read_lines(text), NOW).day


def title(text: str) -> str:
    """The report's title."""
    return read_head(read_lines(text), NOW).title


@pytest.mark.parametrize(
    "text",
    [
        "Verslag overleg Kreekland\nDatum: donderdag 11 maart 2027, 13u30",
        "Verslag overleg Kreekland van 11 maart 2027",
        "VERSLAG KERNTEAM\ndo 11/03/2027 - online\nAanwezig: Noor, Wout",
        "# Kernteam\n| Datum | 11 maart 2027 |\n| Plaats | Kreekstad |",
        "Verslag overleg 11-03-2027",
        "Verslag overleg\nDatum:\t11 maart 2027\tLocatie:\tDe Kreek",
        "Beste collega's,\n\nHierbij het verslag van onze intervisie van donderdag 11 maart 2027.",
        "Verslag overleg Kreekland\n11 maart\n\n1. Opvolging\nGoedgekeurd op 4 februari 2027.",
    ],
)
def test_the_day_is_found_wherever_the_top_says_it(text: str) -> None:
    assert day(text) == date(2027, 3, 11)


def test_a_label_goes_before_other_dates() -> None:
    text = "Verslag overleg\nGoedkeuring verslag 4 februari 2027\nDatum: 11 maart 2027"
    assert day(text) == date(2027, 3, 11)


def test_a_mail_without_a_day_was_sent_the_day_after() -> None:
    text = "Van: Noor Daems\nVerzonden: vrijdag 12 maart 2027 9:04\n\nDag allen, ons overleg van gisteren in het kort."
    assert day(text) == date(2027, 3, 11)


def test_a_date_in_a_point_is_not_the_day_of_the_meeting() -> None:
    assert day("1. Verwelkoming\nDe studiedag is op 11 maart 2027.") is None


def test_a_date_in_a_table_of_actions_is_not_the_day_of_the_meeting() -> None:
    head = read_head(read_lines("| Nr | Punt | Actie | Wie | Tegen |\n| 1 | Bus | Bellen | Noor | 11/03/2027 |"), NOW)
    assert (head.title, head.day) == ("", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Verslag intervisie Kreekland\nDatum: 11 maart 2027", "Verslag intervisie Kreekland"),
        ("Onderwerp: Verslagje werkgroep De Brug van 11 maart 2027\n\nDag allemaal,", "Verslagje werkgroep De Brug"),
        ("# Stuurgroep **Time-out**\n\nDatum: 11 maart 2027", "Stuurgroep Time-out"),
        ("Verslag | Adviesraad Kreek\nDatum | 11/03/2027", "Adviesraad Kreek"),
        ("Verslag\nLerend netwerk, bijeenkomst 2\nWanneer: 11 maart 2027", "Lerend netwerk, bijeenkomst 2"),
    ],
)
def test_the_title_is_what_the_report_calls_itself(text: str, expected: str) -> None:
    assert title(text) == expected


@pytest.mark.parametrize("text", ["1. Verwelkoming\nNoor opent.", "Beste collega's,\n\nHierbij het verslag.", ""])
def test_no_title_is_made_up(text: str) -> None:
    assert not title(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "STAD KREEKDAM\nDienst Onderwijs\n\nVerslag netwerk leerplicht\nVrijdag 12 maart 2027",
            "Verslag netwerk leerplicht",
        ),
        ("Samenwerkingsverband Kreekrand\nVerslag stuurgroep 12 maart 2027", "Samenwerkingsverband Kreekrand"),
        ("MPI Kreekrode | Coördinatievergadering dagbesteding", "Coördinatievergadering dagbesteding"),
        ("Cel leerlingenbegeleiding – woe 10/03/2027 – 3e en 4e lesuur", "Cel leerlingenbegeleiding"),
        (
            "Beste collega's,\n\nHieronder het verslag van het overleg Huis van het Kind van gisteren.",
            "overleg Huis van het Kind",
        ),
    ],
)
def test_the_title_names_the_meeting_and_not_the_house(text: str, expected: str) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Van: Sofie Geerts\nVerzonden: zondag 14 maart 2027 21:47\n\nDag iedereen,\n\nWat we op 11 maart bespraken.",
        (
            "Beste allen,\n\nHieronder het verslag.\n\nACTIE An: kaartjes bezorgen aan het overleg van 20 april\n\n"
            "Verslag opgemaakt op 12 maart 2027 - overleg van 11 maart 2027"
        ),
    ],
)
def test_a_letter_tells_the_day_in_a_sentence_or_at_its_foot(text: str) -> None:
    assert day(text) == date(2027, 3, 11)
