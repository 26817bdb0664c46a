"""Which decisions put an end to an earlier one, by their own words; most do not, and then nothing is marked."""

from datetime import date

import pytest

from storage.domain.search_ranking import Found
from storage.domain.searching import indexed
from storage.domain.superseding import Ending, ended, ending

MARCH, JUNE = date(2026, 3, 12), date(2026, 6, 11)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("De afspraak van 12 maart over de time-out vervalt.", "over de time-out", MARCH),
        ("De beslissing van 12 maart 2026 over de bus wordt ingetrokken vanaf mei.", "over de bus", MARCH),
        ("De regel dat de gsm in de mand ligt, geldt niet meer.", "dat de gsm in de mand ligt,", None),
        ("Anders dan op 12 maart afgesproken gaat de laptop mee.", "gaat de laptop mee.", MARCH),
        ("In plaats van alle telefoons in te zamelen, maakt voortaan elke groep regels.", None, None),
        ("Het busabonnement van de leerlingen wordt afgeschaft.", "Het busabonnement van de leerlingen", None),
    ],
)
def test_words_that_end_a_decision(text: str, words: str | None, day: date | None) -> None:
    found = ending(text, JUNE)
    assert found is not None
    assert words is None or found.words.strip() == words
    assert found.day == day


@pytest.mark.parametrize(
    "text",
    [
        "De nieuwsbrief blijft één keer per trimester verschijnen en krijgt een rubriek.",
        "De termijnen van vorig jaar blijven behouden, maar zonder overleg is er geen plaats.",
        "De afspraak van 12 maart over de time-out geldt ook voor internaten.",
        "De afspraak over de time-out vervalt niet.",
        "De volgende netwerkdag vindt plaats in mei in plaats van in oktober.",
        "De vergadering van 12 maart vervalt.",
        "Kinderen verzamelen aan het gemeentehuis in plaats van thuis opgehaald te worden.",
    ],
)
def test_words_that_end_nothing(text: str) -> None:
    assert ending(text, JUNE) is None


def said(ref: str, text: str, day: date = MARCH) -> Found:
    """An earlier decision."""
    return Found(ref, "decision", text, indexed(text, ""), day)


def test_the_decision_that_is_meant_is_the_one_that_fits() -> None:
    bus, soup = said("bus", "Het netwerk betaalt het busabonnement."), said("soup", "De soep is gratis.")
    assert ended(Ending("over het betalen van het busabonnement"), [bus, soup]) is bus
    assert ended(Ending("over de vergoeding van vrijwilligers"), [bus, soup]) is None


def test_two_that_fit_as_well_as_each_other_are_left_alone() -> None:
    both = [said("one", "De time-out duurt drie weken."), said("two", "De time-out kost drie euro.")]
    assert ended(Ending("over de time-out"), both) is None


def test_a_day_that_is_named_leaves_out_all_others() -> None:
    both = [
        said("one", "De time-out duurt drie weken."),
        said("two", "De time-out duurt vier weken.", date(2026, 4, 2)),
    ]
    found = ended(Ending("over de time-out", MARCH), both)
    assert found is both[0]
