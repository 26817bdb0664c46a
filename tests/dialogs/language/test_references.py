"""Which meeting is meant when the day said is not simply the meeting's day."""

from datetime import date, timedelta

import pytest

from dialogs.language.understanding import Understanding, understand
from storage.domain.dialogs import Memory
from storage.domain.meetings import MeetingKind, Which
from storage.domain.network import MeetingName, Names
from tests.conftest import NOW

THEN, SOON, LATER, FAR = date(2026, 10, 15), date(2026, 12, 3), date(2027, 1, 19), date(2027, 3, 18)
NAMES = Names(
    meetings=(
        MeetingName(1, MeetingKind.INTERVISIE, "Intervisie thuiszitters", THEN, ("thuiszitters",)),
        MeetingName(2, MeetingKind.INTERVISIE, "Intervisie huiswerk", SOON, ("huiswerk",)),
        MeetingName(3, MeetingKind.STUURGROEP, "Stuurgroep", LATER),
        MeetingName(4, MeetingKind.NETWERKDAG, "Netwerkdag Samen", FAR),
    ),
)


def _understood(text: str, memory: Memory | None = None) -> Understanding:
    return understand(text, NOW, NAMES, memory)


@pytest.mark.parametrize(
    "text",
    [
        "is de netwerkdag op een donderdag?",
        "is de netwerkdag op 19 maart?",
        "valt de netwerkdag voor of na de paasvakantie?",
        "verzet de netwerkdag naar 25 maart",
    ],
)
def test_a_day_said_of_a_named_meeting_does_not_choose_it(text: str) -> None:
    query = _understood(text).query
    assert (query.kind, query.first) == (MeetingKind.NETWERKDAG, None)


def test_a_month_without_such_a_meeting_stays_empty() -> None:
    assert _understood("wanneer is de intervisie in april?").query.first == date(2027, 4, 1)


def test_a_month_gone_by_is_meant_when_only_then_was_a_meeting() -> None:
    query = _understood("wie liet zich verontschuldigen in oktober?").query
    assert (query.which, query.first) == (Which.PREVIOUS, date(2026, 10, 1))


@pytest.mark.parametrize("text", ["hoe laat begint het de 19de?", "ben ik ingeschreven voor den 19de?"])
def test_a_day_number_is_of_the_month_with_a_meeting(text: str) -> None:
    assert _understood(text).query.first == LATER


def test_some_weeks_ahead_is_that_whole_week() -> None:
    query = _understood("wie spreekt er over twee weken?").query
    assert query.first is not None
    assert query.first <= SOON <= (query.last or SOON)


def test_after_a_day_the_first_meeting_is_meant() -> None:
    assert _understood("waar is de bijeenkomst na nieuwjaar?").query.ids == (3,)


def test_the_second_is_counted_from_today() -> None:
    names = Names(
        (*NAMES.meetings, MeetingName(5, MeetingKind.INTERVISIE, "Intervisie lezen", FAR - timedelta(days=30)))
    )
    assert understand("waar is de tweede intervisie?", NOW, names).query.ids == (5,)


def test_a_list_covers_all_months_said() -> None:
    query = _understood("welke bijeenkomsten zijn er in januari en maart?").query
    assert (query.first, query.last) == (date(2027, 1, 1), date(2027, 3, 31))


def test_a_point_for_the_agenda_is_not_the_meetings_theme() -> None:
    assert _understood("zet huiswerk op de agenda van de stuurgroep").query.kind is MeetingKind.STUURGROEP


def test_and_after_that_is_the_next_one() -> None:
    memory = Memory(meeting_id=2, intent="meeting.when", at=NOW)
    assert _understood("en daarna?", memory).query.ids == (3,)


@pytest.mark.parametrize(
    "text",
    [
        "verplaats de intervisie van 11 juni naar 18 juni",
        "verplaats de intervisie van 11 juni naar 3 december",
        "verplaats naar 3 december de intervisie van 11 juni",
        "verplaats de intervisie op 11 juni naar 18 juni",
        "kopieer de intervisie van 11 juni naar 18 juni",
        "annuleer de intervisie van 11 juni",
        "annuleer de intervisie huiswerk van 11 juni",
        "schrijf me in voor de intervisie huiswerk op 11 juni",
        "ik kan niet komen op de intervisie van 11 juni",
        "zet de intervisie van 11 juni op 30 plaatsen",
        "sluit de inschrijvingen van de intervisie van 11 juni",
        "nodig iedereen uit voor de intervisie van 11 juni",
    ],
)
def test_what_is_to_be_done_on_a_day_without_a_meeting_is_done_with_no_other(text: str) -> None:
    query = _understood(text).query
    assert (query.first, query.last) == (date(2027, 6, 11), date(2027, 6, 11))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("verplaats de intervisie naar 18 juni", None),
        ("verplaats de intervisie van 3 december naar 10 december", SOON),
        ("de intervisie is op 18 juni in plaats van 3 december", SOON),
    ],
)
def test_the_day_that_it_becomes_is_not_the_day_that_it_is_on(text: str, day: date | None) -> None:
    assert _understood(text).query.first == day


def test_who_counts_meetings_does_not_count_cancelled_ones() -> None:
    off = MeetingName(5, MeetingKind.INTERVISIE, "Intervisie dyslexie", SOON + timedelta(days=30), cancelled=True)
    last = MeetingName(6, MeetingKind.INTERVISIE, "Intervisie spelen", FAR)
    names = Names((*NAMES.meetings, off, last))
    assert understand("waar is de tweede intervisie?", NOW, names).query.ids == (6,)
    assert understand("waar is de eerste intervisie na nieuwjaar?", NOW, names).query.ids == (6,)
    assert understand("waar is de intervisie dyslexie?", NOW, names).query.ids == (5,)
