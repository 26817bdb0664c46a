"""Which sessions a sentence names, and in which order."""

import pytest

from dialogs.language.sessions import sessions_in, takes_back, tells_payment, wanted_way
from storage.domain.meetings import Session, SessionChoice

SESSIONS = (
    Session(1, "d", "Regio Deinze", 10, "Zaal 1"),
    Session(2, "e", "Regio Eeklo", 10, "Zaal 2"),
    Session(3, "g", "Regio Gent-Noord", 10, "Grote zaal"),
    Session(4, "s", "Workshop spijbelen en schooluitval", 5, None),
)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("ik kies regio Eeklo", [2]),
        ("ik kies regio Éeklo!", [2]),
        ("eerst Deinze en anders Eeklo", [1, 2]),
        ("Eeklo, en anders Deinze", [2, 1]),
        ("Eeklo, maar liefst Deinze", [1, 2]),
        ("liever Deinze dan Eeklo", [1, 2]),
        ("mijn eerste keuze is Gent en mijn tweede Deinze", [3, 1]),
        ("1. Deinze 2. Eeklo 3. gent noord", [1, 2, 3]),
        ("doe maar deinse", [1]),
        ("ik wil naar eklo", [2]),
        ("zet mij van Deinze naar Eeklo", [2]),
        ("niet Deinze", []),
        ("de workshop over schooluitval", [4]),
        ("zaal 1", [1]),
        ("de grote zaal", [3]),
        ("sessie 2", [2]),
        ("sessie b", [2]),
        ("de derde sessie", [3]),
        ("sessie 9", []),
        ("ik wil een sessie kiezen", []),
        ("een andere regio", []),
        ("dag", []),
        ("", []),
    ],
)
def test_sessions_are_found_in_the_order_of_preference(said: str, named: list[int]) -> None:
    assert list(sessions_in(said, SESSIONS)) == named


def test_what_fits_two_titles_as_well_names_neither() -> None:
    twins = [Session(1, "a", "Taal ochtend", None, None), Session(2, "b", "Taal middag", None, None)]
    assert sessions_in("ik kies taal", twins) == ()
    assert sessions_in("taal middag", twins) == (2,)


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("Els heeft betaald", True),
        ("Els en Jan hebben betaald", True),
        ("Els heeft nog niet betaald", False),
        ("wie heeft nog niet betaald?", None),
        ("wie heeft betaald", None),
        ("heeft Els al betaald", None),
    ],
)
def test_who_paid_is_told_or_asked(said: str, tells: bool | None) -> None:
    assert tells_payment(said) is tells


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("laat iedereen de sessies rangschikken", SessionChoice.RANKED),
        ("wie eerst komt eerst maalt voor de sessies", SessionChoice.FIRST_COME),
        ("verdeel de sessies", None),
    ],
)
def test_the_way_of_giving_out_is_heard(said: str, way: SessionChoice | None) -> None:
    assert wanted_way(said) is way


def test_a_session_is_taken_back_in_words() -> None:
    assert takes_back("ik wil geen sessie meer")
    assert not takes_back("ik wil een sessie kiezen")
