"""Frequently asked questions in other words, and what only resembles them."""

import pytest

from dialogs.language.intents import Intent
from dialogs.language.understanding import understand
from storage.domain.network import Names, Question
from tests.conftest import NOW

NAMES = Names(
    questions=(
        Question(1, "Hoe word ik onderwijsambassadeur?", ("Kan ik ook ambassadeur worden?",), "Vraag het."),
        Question(
            2,
            "Krijg ik mijn verplaatsing terugbetaald?",
            ("Worden kilometers terugbetaald?", "Is er een vergoeding voor de trein?"),
            "Ja.",
        ),
        Question(3, "Waar vind ik de verslagen?", (), "In Teams."),
    )
)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("mijn collega wil graag ambassadeur worden", 1),
        ("worden de km terugbetaald?", 2),
        ("kilometervergoeding?", 2),
        ("waar vind ik de oude verslagen terug?", 3),
    ],
)
def test_a_question_is_known_in_other_words(text: str, question: int) -> None:
    asked = understand(text, NOW, NAMES)
    assert (asked.intent, asked.question, asked.sure) == (Intent.FAQ_ANSWER, question, True)


@pytest.mark.parametrize(
    "text", ["het infomoment wordt verplaatst naar 14 uur", "wat moet er in een stageverslag staan?"]
)
def test_a_word_in_common_is_not_enough(text: str) -> None:
    assert understand(text, NOW, NAMES).question is None
