"""Two things asked in one message."""

from datetime import timedelta

import pytest

from dialogs.language.intents import Intent
from dialogs.language.parts import understand_all
from storage.domain.meetings import MeetingKind
from storage.domain.network import MeetingName, Names, PersonName
from storage.domain.people import Role
from tests.conftest import NOW

NAMES = Names(
    meetings=(
        MeetingName(1, MeetingKind.INTERVISIE, "Intervisie huiswerk", (NOW + timedelta(days=12)).date(), ("huiswerk",)),
        MeetingName(2, MeetingKind.NETWERKDAG, "Netwerkdag Samen", (NOW + timedelta(days=90)).date()),
    ),
    people=(PersonName(1, "Emre Kaya", Role.AMBASSADOR),),
)


def _intents(text: str) -> list[Intent]:
    return [one.intent for one in understand_all(text, NOW, NAMES)]


def test_two_questions_are_both_understood() -> None:
    assert _intents("wanneer is de netwerkdag en wat kost dat?") == [Intent.MEETING_WHEN, Intent.MEETING_FEE]
    assert _intents("Wie komt er? En wie is er verontschuldigd?") == [Intent.ATTENDANCE_WHO, Intent.ATTENDANCE_EXCUSED]


def test_the_meeting_named_last_is_the_one_of_both_questions() -> None:
    asked = understand_all("wanneer en waar is de netwerkdag?", NOW, NAMES)
    assert [one.intent for one in asked] == [Intent.MEETING_WHEN, Intent.MEETING_WHERE]
    assert [one.query.kind for one in asked] == [MeetingKind.NETWERKDAG] * 2
    assert all(one.names_meeting for one in asked)


@pytest.mark.parametrize(
    "text",
    [
        "dag, wanneer is de netwerkdag?",
        "dank je, wie komt er naar de netwerkdag?",
        "wie komt er naar de netwerkdag, Emre?",
        "wanneer is de intervisie, of is die al voorbij?",
        "",
        ",,,",
        "en en en en en en en en en en en en",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert len(understand_all(text, NOW, NAMES)) == 1
