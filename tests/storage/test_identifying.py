"""What identifies a person is found in hasty Flemish, harmless sentences pass, and nothing makes it slow."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.domain.identifying import HARD, Finding, Identifier, Known, findings, neutral
from tests.conftest import FIGURES

SENTENCES = sorted((Path(__file__).parents[1] / "sentences").glob("identifying*.yaml"))
MARK = re.compile(r"\{([^|{}]+)\|(\w+)\}")
KNOWN = Known(frozenset({"Els Wouters"}), frozenset({"Huis van Taal"}))
FLOORS = {
    "name": 0.96,
    "school": 0.93,
    **dict.fromkeys(("register_number", "phone", "mail", "iban", "postcode", "birth_date", "age"), 0.97),
}
MOST_FALSE = 0.025
TIMES_PLAIN = 80
"""How many times the work of splitting a text and counting its words the finding may take; it takes some 20."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PIECES = (
    *("yassine", "Lotte's", "roos", "zemra", "Van den Broeck", "el amrani", "L.V.", "kleine T.", "mevrouw", "De Smet"),
    *("(14)", "15 jaar", "16-jarige", "is er 14", "wordt 12", "°12/03/11", "geboren op 3 mei 2011", "12 tot 18 jaar"),
    *("85.07.30-033.28", "0478/12.34.56", "a.b@c.be", "9000 Gent", "BE68 5390 0754 7034", "kerkstraat 12 bus 3"),
    *("Sint-Jozefscollege", "mama van", "en haar mama", "met", "gaat het slecht", "komt niet meer naar school"),
    *("een", "de", "onze", "leerling", ",", ".", "\n", "\u00e9"),
)
UGLY = (
    *("yassine ", "zemra, ", "Yassine el amrani ", "XQ ", "van de ", "Kerk ", "straat", "sint-", "basisschool De "),
    *("1", "1 ", "1.", "0478 12 34 56 ", "1\u00a0", "(12", "\uff10", "BE68 5390 ", "9000 Gent ", "12 jaar ", "geb op "),
    *(".", " ", "\n", "a.", "A.A.", "a@", "at ", "a'", "a-", "\U0001f642", "\u0301", "a\u0301", "a\u200b", "\u200b"),
    *("\u0645\u062d\u0645\u062f ", "\ufdfa"),
)


def _sentences(kind: str) -> list[str]:
    return [line for path in SENTENCES for line in _read(path)[kind]]


@cache
def _read(path: Path) -> dict[str, list[str]]:
    return dict(yaml.load(path.read_text("utf-8"), _LOADER))


def _marked() -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Each sentence without its marks, and where they were."""
    for line in _sentences("marked"):
        text, marks, at = "", [], 0
        for match in MARK.finditer(line):
            text += line[at : match.start()]
            marks.append((len(text), len(text) + len(match[1]), match[2]))
            text, at = text + match[1], match.end()
        yield text + line[at:], marks


def _said(text: str, **how: Any) -> list[tuple[str, Identifier]]:
    return [(text[one.start : one.end], one.what) for one in findings(text, **how)]


def test_what_identifies_is_found_and_what_does_not_passes(record_property: Callable[[str, object], None]) -> None:
    found, all_of = Counter[str](), Counter[str]()
    for text, marks in _marked():
        spans = findings(text)
        for start, end, kind in marks:
            all_of[kind] += 1
            found[kind] += any(one.start < end and start < one.end and one.what == kind for one in spans)
    harmless = _sentences("harmless")
    false = [text for text in harmless if findings(text)]
    shares = {kind: found[kind] / all_of[kind] for kind in all_of}
    told = ", ".join(f"{kind} {share:.1%} of {all_of[kind]}" for kind, share in shares.items())
    record_property(FIGURES, f"identifying, own sentences: {told}; false {len(false)} of {len(harmless)}")
    assert {kind: share for kind, share in shares.items() if share < FLOORS.get(kind, 0.9)} == {}
    assert len(false) / len(harmless) <= MOST_FALSE, false


def test_no_proposed_wording_of_the_sentences_identifies_anybody() -> None:
    for text, _ in _marked():
        assert findings(neutral(text, findings(text))) == (), text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "met zemra gaat het slecht, zegt zemra's mama",
            "met een jongere gaat het slecht, zegt de mama van de jongere",
        ),
        (
            "Bilal (15) en Samira (8) vechten. Bilal begint.",
            "Een tiener en een kind van de lagere school vechten. De tiener begint.",
        ),
        ("yassine en lotte komen niet", "iemand en een tweede persoon komen niet"),
        (
            "yassine komt niet. Jonas wel, yassine morgen",
            "iemand komt niet. Een tweede persoon wel, die persoon morgen",
        ),
        ("Jonas's voorstel bespreken", "Iemands voorstel bespreken"),
        ("onze yassine komt", "iemand komt"),
        ("yassine zit niet meer op school", "een jongere zit niet meer op school"),
        ("een jongen van 15 jaar spijbelt", "een jongen spijbelt"),
        ("een 16-jarige leerling", "een leerling"),
        ("mail naar papa@x.be of bel 0478/12.34.56", "mail naar een mailadres of bel een telefoonnummer"),
        ("ze woont in de kerkstraat 12, 9000 Gent", "ze woont op een adres"),
        ("L.V. zit thuis", "Iemand zit thuis"),
        ("L.V. spijbelt", "De jongere spijbelt"),
        ("Emma van het Sint-Jozefscollege", "Een jongere van de school"),
    ],
)
def test_the_proposed_wording_is_plain_dutch(text: str, wanted: str) -> None:
    assert neutral(text, findings(text)) == wanted


def test_a_colleagues_full_name_passes_unless_the_text_is_a_case() -> None:
    text = "Els Wouters stelt het project voor"
    assert _said(text, known=KNOWN) == []
    assert _said(text, known=KNOWN, strict=True) == [("Els Wouters", Identifier.NAME)]


def test_a_colleagues_first_name_alone_is_found() -> None:
    assert _said("els stelt het voor, yassine ook", known=KNOWN)[-1] == ("yassine", Identifier.NAME)


def test_an_organisation_of_the_network_counts_only_beside_a_person() -> None:
    assert _said("Huis van Taal uitnodigen", known=KNOWN) == []
    assert ("Huis van Taal", Identifier.SCHOOL) in _said("yassine volgt les in Huis van Taal", known=KNOWN)


def test_a_number_that_fails_the_check_but_is_written_as_one_counts() -> None:
    assert _said("nr 85.07.30-033.29") == [("85.07.30-033.29", Identifier.REGISTER_NUMBER)]


def test_a_register_number_of_after_2000_counts_without_any_sign() -> None:
    number = f"110312123{97 - 2110312123 % 97:02d}"
    assert _said(f"het is {number}") == [(number, Identifier.REGISTER_NUMBER)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bel 0478\u00a012\u00a034\u00a056 nu", "0478\u00a012\u00a034\u00a056"),
        (
            "bel \uff10\uff14\uff17\uff18\uff11\uff12\uff13\uff14\uff15\uff16 nu",
            "\uff10\uff14\uff17\uff18\uff11\uff12\uff13\uff14\uff15\uff16",
        ),
        ("dag \U0001f642 ya\u200bssine is ziek", "ya\u200bssine"),
        ("dag, zoe\u0308 is ziek", "zoe\u0308"),
    ],
)
def test_signs_that_cannot_be_seen_hide_nothing(text: str, said: str) -> None:
    assert said in [one for one, _ in _said(text)]


def test_what_may_never_be_kept_is_told() -> None:
    assert {one.value for one in HARD} == {"register_number", "iban", "phone", "mail", "address", "birth_date"}


def _sound(text: str, found: tuple[Finding, ...]) -> bool:
    ends = [0, *(one.end for one in found)]
    return all(end <= one.start < one.end <= len(text) for end, one in zip(ends, found, strict=False))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_any_text_gives_sound_findings_and_a_wording_without_any(text: str) -> None:
    for strict in (False, True):
        assert _sound(text, findings(text, KNOWN, strict))
    assert findings(neutral(text, findings(text))) == ()


def _seconds(work: Callable[[], object], rounds: int = 2) -> float:
    """The processor time of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("piece", UGLY, ids=ascii)
def test_a_text_four_times_as_long_takes_about_four_times_as_long(piece: str) -> None:
    short, long = (piece * 1_000)[:1_000], (piece * 4_000)[:4_000]
    assert _seconds(lambda: findings(long)) < 10 * _seconds(lambda: findings(short)) + 0.02


def test_finding_takes_a_bounded_number_of_times_what_plain_splitting_takes(
    record_property: Callable[[str, object], None],
) -> None:
    text = ". ".join([*(text for text, _ in _marked()), *_sentences("harmless")])
    findings(text)
    found = _seconds(lambda: findings(text))
    plain = _seconds(lambda: Counter(match[0].lower() for match in re.finditer(r"\w+", text)), 9)
    each = found / len(text.split()) * 1e6
    record_property(FIGURES, f"identifying: {each:.1f} ms per 1,000 words, {found / plain:.0f} times plain splitting")
    assert found < TIMES_PLAIN * plain
