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
