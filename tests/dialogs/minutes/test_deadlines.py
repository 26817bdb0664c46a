"""Days to keep to, and days that are only told."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.language.minutes import read_minutes
from dialogs.language.minutes.anchor import reference_day

ZONE = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 6, 1, 12, tzinfo=ZONE)
HEAD = (
    "Verslag overleg Zwanenhof\n10 maart 2026\nAanwezig: Lien Wouters, Karim Bouzian\n\n"
    "1. Welkom\nLien opent.\n\n2. Oproep\n"
)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Inschrijven kan tot 3 juni.", date(2026, 6, 3)),
        ("Dossiers indienen tegen 15 mei.", date(2026, 5, 15)),
        ("De deadline voor de subsidie is 1 juni 2026.", date(2026, 6, 1)),
        ("Aanmelden moet ten laatste op vrijdag 24 april.", date(2026, 4, 24)),
        ("De aanvraag moet uiterlijk 30 april binnen zijn.", date(2026, 4, 30)),
        ("Kandidaten kunnen zich melden tot en met 4 mei.", date(2026, 5, 4)),
        ("De onkostennota's moeten voor 30 juni binnen zijn.", date(2026, 6, 30)),
        ("Dossiers moeten ingediend zijn op 15 oktober 2026.", date(2026, 10, 15)),
        ("Deadline 15 september.", date(2026, 9, 15)),
    ],
)
def test_a_last_day_is_a_deadline(told: str, day: date) -> None:
    assert [one.day for one in read_minutes(f"{HEAD}{told}\n", NOW).deadlines] == [day]


@pytest.mark.parametrize(
    "told",
    [
        "De studiedag vindt plaats op 12 mei.",
        "De brugfiguur is in dienst tot 31 augustus.",
        "Het project loopt van 1 mei tot 30 juni.",
        "De deadline was 1 maart.",
        "Vorig jaar kon men indienen tot 15 mei.",
        "Kan iedereen indienen tegen 15 mei?",
        "Karim antwoordt dat er geen zaal vrij is voor 1 juni.",
    ],
)
def test_other_days_are_none(told: str) -> None:
    assert not read_minutes(f"{HEAD}{told}\n", NOW).deadlines


@pytest.mark.parametrize(
    ("text", "day", "reference"),
    [
        ("Eender wat", date(2026, 3, 10), datetime(2026, 3, 10, 12, tzinfo=ZONE)),
        (
            "Het verslag van 26 april 2024 is goed. Start op 1 september 2024.",
            None,
            datetime(2024, 4, 27, 12, tzinfo=ZONE),
        ),
        ("De jury kwam samen op 22/04/2024.", None, datetime(2024, 4, 22, 12, tzinfo=ZONE)),
        ("Geen enkele datum, of 31 februari 2024.", None, NOW),
        ("Alleen later: 1 september 2031.", None, NOW),
    ],
)
def test_dates_are_seen_from_the_report_or_what_it_looks_back_on(
    text: str, day: date | None, reference: datetime
) -> None:
    assert reference_day(text, day, NOW) == reference
