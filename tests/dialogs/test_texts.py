"""The building blocks of sentences, and that every refusal, mistake and question has its sentence."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from dialogs.conversations import meetings, outbox, registrations
from dialogs.language.intents import Intent
from dialogs.language.patterns import examples
from dialogs.notices import COMPOSERS
from dialogs.table import ABOUT, ANSWERS
from dialogs.texts import refusals
from dialogs.texts.words import (
    bullets,
    capital,
    day,
    duration,
    enumeration,
    euro,
    hour,
    hours,
    near_day,
    people,
    plain,
)
from storage.domain.refusals import Refusal
from storage.services.announcements import ANNOUNCEMENT, ANSWER, QUESTION
from storage.services.notices import TROUBLE
from tests.conftest import BRUSSELS

MORNING = datetime(2027, 1, 22, 9, 30, tzinfo=BRUSSELS)


def test_a_day_has_its_weekday_and_year() -> None:
    assert day(date(2027, 1, 22)) == "vrijdag 22 januari 2027"


def test_today_and_tomorrow_are_called_so() -> None:
    assert near_day(date(2027, 1, 22), date(2027, 1, 22)) == "vandaag, vrijdag 22 januari 2027"
    assert near_day(date(2027, 1, 22), date(2027, 1, 21)) == "morgen, vrijdag 22 januari 2027"
    assert near_day(date(2027, 1, 22), date(2027, 1, 20)) == "vrijdag 22 januari 2027"


def test_hours_are_written_with_a_point() -> None:
    assert hour(MORNING) == "9.30"
    assert hour(MORNING.replace(hour=14, minute=0)) == "14"
    assert hours(MORNING, MORNING.replace(hour=12, minute=5)) == "van 9.30 tot 12.05 uur"


def test_hours_over_midnight_name_the_day() -> None:
    assert hours(MORNING, MORNING.replace(day=23, hour=1)) == "van 9.30 uur tot zaterdag 23 januari 2027 om 1.30 uur"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minuut"), (45, "45 minuten"), (60, "1 uur"), (61, "1 uur en 1 minuut"), (150, "2 uur en 30 minuten")],
)
def test_a_duration_is_in_hours_and_minutes(minutes: int, said: str) -> None:
    assert duration(minutes) == said


@pytest.mark.parametrize(("amount", "said"), [("10", "10 euro"), ("10.00", "10 euro"), ("7.5", "7,50 euro")])
def test_an_amount_is_in_euro_with_a_comma(amount: str, said: str) -> None:
    assert euro(Decimal(amount)) == said


def test_enumerations_read_as_sentences() -> None:
    assert enumeration([]) == ""
    assert enumeration(["An"]) == "An"
    assert enumeration(["An", "Bo", "Cé"]) == "An, Bo en Cé"
    assert enumeration(["An", "Bo"], "of") == "An of Bo"
    assert bullets(["een", "twee"]) == "- een\n- twee"
    assert people(1) == "1 persoon"
    assert capital("de volgende") == "De volgende"


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("[GOEDGEKEURD](https://evil.example)", r"\[GOEDGEKEURD\](https://evil.example)"),
        ("**vet** _schuin_", r"\*\*vet\*\* \_schuin\_"),
        ("<at>iedereen</at>", r"\<at\>iedereen\</at\>"),
        ("een\n# kop", "een # kop"),
    ],
)
def test_text_from_elsewhere_can_not_become_markup(text: str, harmless: str) -> None:
    assert plain(text) == harmless


def test_every_refusal_has_a_sentence() -> None:
    for refusal in Refusal.__subclasses__():
        assert refusals.sentence(refusal()).endswith((".", "@."))


def test_every_question_about_a_meeting_has_an_answer() -> None:
    answered = meetings.ANSWERED | meetings.AGENDA | registrations.INTENTS | set(ABOUT) | set(ANSWERS)
    assert {intent for intent in Intent if intent.about_a_meeting} <= answered


def test_every_example_fits_on_a_button() -> None:
    for question in examples().values():
        assert len(question.format(soort="bijeenkomst")) <= 42, question


def test_every_notice_about_a_meeting_has_a_name_in_the_list_of_what_is_planned() -> None:
    groups = (outbox._ABOUT_MEETING, outbox._ABOUT_POINT, outbox._ABOUT_ACTION)
    named = {*(kind for group in groups for kind in group), TROUBLE, ANNOUNCEMENT, QUESTION, ANSWER}
    assert set(COMPOSERS) <= named
